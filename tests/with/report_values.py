"""report_values.py: the quantities of a report, worked out from the values in result files by h5py and numpy; their definitions stand in
DEFINED. For report.py and page_numbers.py."""

import datetime as dt
import math

import numpy as np

EPOCH = dt.date(1970, 1, 1)
PREFIX = {"region": "region_", "facility": "facility_"}
seen = {}  # values by variable


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
        "above_capacity", "floor_sleepers", "capacity", "house_residents", "vacating", "waiting_for_house",
        "match", "small_scale", "projects", "projects_at", "projects_promised", "waiting_by_need", "measure_on",
        "measure_people", "measure_waiting", "waiting_outside", "at_desk", "women", "no_residence",
        "population_by_need", "population")},
    **{name: lambda f, *a, n=name: total(f, n, *a) for name in (
        "projects_opened", "opening_delay", "measure_taken", "measure_days",
        "early_releases", "early_days", "came_back", "desk_done", "ten_days", "released_from", "came_back_from",
        "cost", "building_cost", "measure_cost", "penalty")},
}
