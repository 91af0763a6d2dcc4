"""conservation.py RESULT.h5...: nobody is lost, from the file alone: at the end of each row, of the nation and
of each region, class by class; and what the totals gain in a row is what the row's own flows say."""
import sys

import h5py
import numpy as np

for path in sys.argv[1:]:
    file = h5py.File(path)

    def total(place, name):
        return file[place + "total_" + name][:].astype(object)  # Python's own whole numbers

    seen = 0
    for place in ("", "region_"):
        if place + "total_arrived" not in file:
            continue
        came = total(place, "initial") + total(place, "arrived")
        if place:
            came = came + total(place, "moved")
        there = sum(total(place, n) for n in ("inside", "centres", "elsewhere", "released", "refused"))
        assert (came == there).all(), (path, place, np.argwhere(came != there)[:3])
        assert (there >= 0).all() and there.sum() > 0, path
        for name, flow in (("arrived", "arrivals"), ("released", "releases")):
            gained = np.diff(total(place, name).sum(-1), axis=1)
            told = file[place + flow][:, 1:]
            if flow == "releases":
                told = told.sum(-1)
            assert (gained == told).all(), (path, place, name)
        seen += came.size
    if "region_total_arrived" in file:
        assert (total("region_", "moved").sum(2) == 0).all(), path
        for name in ("initial", "arrived", "inside", "centres", "elsewhere", "released", "refused"):
            if file["total_" + name].shape[1] == file["region_total_" + name].shape[1]:
                assert (total("region_", name).sum(2) == total("", name)).all(), (path, name)
    assert seen > 0, path
    for name, variable in file.items():
        if isinstance(variable, h5py.Dataset) and variable.chunks:
            assert variable.dtype in ("f4", "i8"), (name, variable.dtype)
    print(path, seen, "balances hold")
