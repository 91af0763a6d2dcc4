"""report.py NUMBERS.json BASE.h5 OTHER.h5: the numbers of the report, worked out another way: from the values in the files by h5py, numpy
and scipy. Of every quantity whose definition stands below one stretch of time, of both results and of their difference: mean, t interval,
quantiles, single futures, sides. Prints how many agree; a quantity that nobody works out is named."""

import json
import math
import random
import sys

import h5py
import numpy as np
from report_values import DEFINED, numbers_of
from scipy import stats

numbers = json.load(open(sys.argv[1]))
files = [h5py.File(path) for path in sys.argv[2:]]
STRETCHES = 2  # that are looked at of each quantity
random.seed(20261127)
agreed, wrong, unknown = 0, [], set()


def near(what, got, expected, bound):
    global agreed
    if (math.isnan(got) and math.isnan(expected)) or abs(got - expected) <= bound:
        agreed += 1
    else:
        wrong.append(f"{what}: got {got!r}, expected {expected!r}")


def hold(what, quantity, band, window, values):
    decimals, values = quantity["decimals"], values[~np.isnan(values)]
    n, centre = len(values), values.mean() if len(values) else math.nan
    half = stats.t.ppf(0.975, n - 1) * values.std(ddof=1) / n**0.5 if n > 1 else math.nan
    bound = 0.51 / 10**decimals + 1e-6 * (abs(centre) if n else 0)  # rounded; values are kept as floats of 24 bits
    for key, expected in (("mean", centre), ("low", centre - half), ("high", centre + half)):
        if key in band:
            near(f"{what} {key}", numbers_of(band[key], decimals)[window], expected, bound)
    for p, array in zip(numbers["probabilities"], band.get("q", [])):
        near(f"{what} q{p}", numbers_of(array, decimals)[window], np.quantile(values, p) if n else math.nan, bound)
    for key, side in (("below", values < 0), ("above", values > 0)):
        if key in band:
            near(f"{what} {key}", numbers_of(band[key], 1)[window], 100 * side.mean() if n else math.nan, 0.051)
    if "futures" in band:
        for got, expected in zip(numbers_of(band["futures"][window], decimals), np.sort(values), strict=True):
            near(f"{what} futures", got, expected, bound)


for quantity in numbers["quantities"]:
    name, labels = quantity["name"], quantity["labels"]
    if name not in DEFINED:
        unknown.add(name)
        continue
    windows = numbers["days"][quantity["by"]]
    for w in random.sample(range(len(windows)), min(STRETCHES, len(windows))):
        values = []
        for k, file in enumerate(files):
            band = quantity["of"][k]
            with np.errstate(invalid="ignore", divide="ignore"):
                values.append(None if band is None else DEFINED[name](file, labels, windows[w]))
            if band is not None:
                hold(f"{name} {labels} {windows[w]} of {k}", quantity, band, w, np.where(np.isfinite(values[k]), values[k], math.nan))
        if quantity["than"][1] is not None:
            hold(f"{name} {labels} {windows[w]} than", quantity, quantity["than"][1], w, values[1] - values[0])

for line in wrong[:20]:
    print(line)
print(f"{agreed} numbers agree, {len(wrong)} do not; not worked out: {', '.join(sorted(unknown)) or 'none'}")
sys.exit(bool(wrong) or agreed < 5000 or bool(unknown))
