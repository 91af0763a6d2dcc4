"""report.py NUMBERS.json BASE.h5 OTHER.h5: the numbers of the report, worked out another way: from the values in the files by h5py, numpy
and scipy. Of every quantity whose definition stands below one stretch of time, of both results and of their difference: mean, t interval,
quantiles, single futures, sides. Prints how many agree; a quantity that nobody works out is named."""

import datetime as dt
import json
import math
import random
import sys

import h5py
import numpy as np
from scipy import stats

numbers = json.load(open(sys.argv[1]))
files = [h5py.File(path) for path in sys.argv[2:]]
EPOCH = dt.date(1970, 1, 1)
PREFIX = {"region": "region_", "facility": "facility_"}
seen = {}  # values by variable
STRETCHES = 2  # that are looked at of each quantity
random.seed(20261127)


def text(value):
    return value.decode() if isinstance(value, bytes) else value


def numbers_of(array, decimals):
    """Whole numbers, each less the one before it, as they were."""
    out, before = [], 0
    for item in array:
        before += item or 0
        out.append(math.nan if item is None else before / 10**decimals)
    return out


def rows(file, name, labels, window):
    """Values [replication][row] of the rows that begin in the window, and their days."""
    variable = file[next((PREFIX[a] for a in labels if a in PREFIX), "") + name]
    axes = [dimension[0].name.split("/")[-1] for dimension in variable.dims]
    time = axes[1]
    start = dt.date.fromisoformat(text(file[time].attrs["units"]).split()[-1])
    begins = file[time][:] + (start - EPOCH).days
    kept = (begins >= window[0]) & (begins < window[1])
    if variable not in seen:
        seen[variable] = variable[:].astype(float)
    values = seen[variable][:, kept]
    for axis, label in labels.items():
        at = axes.index(axis)
        values = np.take(values, [text(x) for x in file[axis][:]].index(label), axis=at)
        axes.pop(at)
    while values.ndim > 2:
        values = values.sum(-1)
    return values, file[time + "_length"][:][kept].astype(float)


def mean(*asked):
    values, days = rows(*asked)
    there = ~np.isnan(values)
    return np.where(there, values, 0) @ days / (there @ days)


def days(*asked):
    values, length = rows(*asked)
    return values @ length


def total(*asked):
    return rows(*asked)[0].sum(1)


def last(*asked):
    return rows(*asked)[0][:, -1]


def several(file, names, *asked):
    return sum(total(file, name, *asked) for name in names if name in file)


def part(word):
    return lambda file, labels, window: days(file, "crowding", {"part": word}, window)


def house_places(file, labels, window):
    """Facilities one by one: those whose kind is a house, of a region or all."""
    here = np.isin([text(x) for x in file["facility_kind"][:]], ["detention_house", "transition_house"])
    if "region" in labels:
        here &= np.array([text(x) == labels["region"] for x in file["facility_region"][:]])
    start = dt.date.fromisoformat(text(file["month"].attrs["units"]).split()[-1])
    begins, length = file["month"][:] + (start - EPOCH).days, file["month_length"][:].astype(float)
    kept = (begins >= window[0]) & (begins < window[1])
    return file["facility_capacity"][:].astype(float)[:, kept][:, :, here].sum(2) @ length[kept] / length[kept].sum()


DEFINED = {
    "people": lambda f, *a: mean(f, "population", *a),
    "density": lambda f, *a: 100 * days(f, "population", *a) / days(f, "capacity", *a),
    "felt_density": lambda f, *a: mean(f, "felt_occupancy", *a),
    "person_days_above": lambda f, *a: days(f, "above_capacity", *a),
    "desk_days": lambda f, *a: days(f, "at_desk", *a),
    "handoff_gap": lambda f, *a: days(f, "vacating", *a) / total(f, "moves_house", *a),
    "house_places": house_places,
    "house_empty": lambda f, *a: house_places(f, *a) - mean(f, "house_residents", *a),
    "projects_open": lambda f, labels, window: mean(f, "projects", {"stage": "open"}, window),
    "total_cost": lambda f, *a: several(f, ("cost", "building_cost", "measure_cost", "penalty"), *a),
    "crowding": lambda f, *a: last(f, "crowding", *a),
    "crowding_shortage": part("shortage"), "crowding_wrong_place": part("wrong_place"),
    "crowding_wrong_type": part("wrong_type"), "crowding_delay": part("delay"),
    **{name: lambda f, *a, n=name: mean(f, n, *a) for name in (
        "above_capacity", "floor_sleepers", "capacity", "beds", "house_residents", "vacating", "waiting_for_house", "screening",
        "match", "small_scale", "projects", "projects_at", "projects_promised", "project_places", "waiting_by_need", "measure_on",
        "measure_people", "measure_waiting", "waiting_outside", "at_home", "at_desk", "women", "no_residence",
        "population_by_need", "population")},
    **{name: lambda f, *a, n=name: total(f, n, *a) for name in (
        "moves_house", "breaches", "projects_opened", "opening_delay", "moves_lapse", "measure_taken", "measure_days",
        "early_releases", "early_days", "came_back", "desk_done", "ten_days", "released_from", "came_back_from",
        "cost", "building_cost", "measure_cost", "penalty")},
}
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
sys.exit(bool(wrong) or agreed < 5000 or unknown != {"months_above_110"})
