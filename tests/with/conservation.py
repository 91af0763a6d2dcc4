"""conservation.py RESULT.h5...: nobody is lost, from the file alone: at the end of each row, class by class; and
what the totals gain in a row is what the row's own flows say."""
import sys

import h5py
import numpy as np

for path in sys.argv[1:]:
    file = h5py.File(path)

    def total(name):
        return file["total_" + name][:].astype(object)  # Python's own whole numbers

    came = total("initial") + total("arrived")
    there = sum(total(n) for n in ("inside", "centres", "elsewhere", "released", "refused"))
    assert (came == there).all(), (path, np.argwhere(came != there)[:3])
    assert (there >= 0).all() and there.sum() > 0, path
    for name, flow in (("arrived", "arrivals"), ("released", "releases")):
        gained = np.diff(total(name).sum(-1), axis=1)
        told = file[flow][:, 1:]
        if flow == "releases":
            told = told.sum(-1)
        assert (gained == told).all(), (path, name)
    for part, whole in (("released_from", "releases"), ("came_back_from", "came_back")):
        if part in file:  # who waited outside is in none, nor who was released before the run
            assert (file[part][:].sum(-1) <= file[whole][:].sum(-1)).all(), (path, part)
    assert came.size > 0, path
    for name, variable in file.items():
        if isinstance(variable, h5py.Dataset) and variable.chunks:
            assert variable.dtype == "f8" if name == "parameter" else variable.dtype in ("f4", "i8"), (name, variable.dtype)
    print(path, came.size, "balances hold")
