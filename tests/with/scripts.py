"""scripts.py drawn SCRIPT: run in the folder of its results, the script draws each line through the means of floor.h5 as h5py
reads them, with bars of two standard errors, a name for each line and units on the axes.
scripts.py coloured IMAGE LINES: a picture of a sensible size with so many coloured lines in it."""

import colorsys
import collections
import runpy
import sys

import h5py
import numpy as np
from PIL import Image


def drawn(script):
    sys.argv = [script, "../first.yaml"]
    axes = runpy.run_path(script)["axes"]
    swept = h5py.File("floor.h5")
    last = swept["floor_sleepers"][:, :, -1].astype(float)
    names = [text.get_text() for text in axes.get_legend().get_texts()]
    assert names == ["0", "30", "60", "90"], names
    assert "(persons a day)" in axes.get_xlabel() and "(persons)" in axes.get_ylabel()
    assert len(axes.containers) == len(names)
    for name, (line, _, (bars,)) in zip(names, axes.containers):
        at = np.flatnonzero(swept["places"][:] == float(name))
        mean, error = last[at].mean(axis=1), last[at].std(axis=1, ddof=1) / np.sqrt(last.shape[1])
        np.testing.assert_allclose(line.get_xdata(), swept["sentenced"][at])
        np.testing.assert_allclose(line.get_ydata(), mean, atol=1e-6)
        ends = np.array(bars.get_segments())[:, :, 1]
        np.testing.assert_allclose(ends, np.stack([mean - 2 * error, mean + 2 * error], axis=1), atol=1e-6)


def coloured(path, lines):
    image = Image.open(path).convert("RGB")
    assert image.width >= 600 and image.height >= 450, image.size
    shades = collections.Counter(image.getdata())
    hues = collections.Counter()
    for (red, green, blue), pixels in shades.items():
        hue, saturation, _ = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
        if saturation > 0.4:
            hues[round(hue * 12) % 12] += pixels
    seen = [hue for hue, pixels in hues.items() if pixels >= 300]
    assert len(seen) >= int(lines), hues


{"drawn": drawn, "coloured": coloured}[sys.argv[1]](*sys.argv[2:])
