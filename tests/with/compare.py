"""compare.py PROGRAM BASE.h5 OTHER.h5: what `compare` prints, worked out another way: from the values in both files by
h5py, numpy and scipy, from the definitions alone. Every headline and some others, as a whole, by year, by region and by facility: the base, the
change with its interval and where eight in ten futures lie, per cent of the base by Fieller, futures in which it is better, the chance of nothing, Holm,
the worth of common people; the price of a person-day; bands and shares by `show`. Prints how many numbers agree."""

import csv
import datetime as dt
import io
import math
import subprocess
import sys

import h5py
import numpy as np
from scipy import stats

program, *paths = sys.argv[1:]
agreed, failed = 0, []


def near(what, got, expected, bound=1e-8):
    global agreed
    got = float(got) if got != "" else math.nan
    good = (math.isnan(got) and math.isnan(expected)) or abs(got - expected) <= bound * max(abs(expected), 1e-9)
    if good or (math.isnan(got) and not math.isfinite(expected)):
        agreed += 1
    else:
        failed.append(f"{what}: got {got!r}, expected {expected!r}")


class Result:
    def __init__(self, path):
        self.file = h5py.File(path)
        start = self.file["time"].attrs["units"]
        self.start = dt.date.fromisoformat((start.decode() if isinstance(start, bytes) else start).split()[-1])

    def rows(self, name):
        """Values [replication][row][...], the days of each row, the year in which it begins."""
        values = self.file[name][:].astype(float)
        time = self.file[name].dims[1].label or self.file[name].dims[1][0].name.split("/")[-1]
        begins = self.file[time][:]
        length = self.file["time_length" if time == "time" else time + "_length"][:].astype(float)
        months = np.array([(self.start + dt.timedelta(int(d))).strftime("%Y-%m") for d in begins])
        return values, length, months

    def labels(self, name):
        return [x.decode() if isinstance(x, bytes) else x for x in self.file[name][:]]


def total(values):
    return values.reshape(values.shape[0], values.shape[1], -1).sum(-1)


def days_of(result, name, pick, place):
    values, length, months = result.rows(name)
    if place is not None:
        values = values[:, :, place]
    values, length, months = total(values)[:, pick(months)], length[pick(months)], months[pick(months)]
    return values, length, months


def measure(result, what, pick, prefix="", place=None):
    """One number of each future."""
    def sum_of(name):
        values, _, _ = days_of(result, prefix + name, pick, place)
        return values.sum(1)

    def integral(name):
        values, length, _ = days_of(result, prefix + name, pick, place)
        return np.nansum(values * length, 1)

    def mean(name):
        values, length, _ = days_of(result, prefix + name, pick, place)
        return np.nansum(values * length, 1) / length.sum()

    if what == "density":
        return 100 * integral("population") / integral("capacity")
    if what == "person_days_above":
        return integral("above_capacity")
    if what == "months_above_110":
        values, length, months = days_of(result, prefix + "occupancy", pick, place)
        above = np.zeros(len(values))
        for month in dict.fromkeys(months):
            here = months == month
            above += np.nansum(values[:, here] * length[here], 1) / length[here].sum() > 110
        return above
    if what == "total_cost":
        return sum(sum_of(n) for n in ("cost", "building_cost", "measure_cost", "penalty") if n in result.file)
    if what == "crowding_moves":
        return 36525 * sum_of("moves_balance") / integral("population")
    if what == "headroom":
        return mean("capacity") - mean("population")
    return mean({"people": "population", "places_in_use": "house_residents"}.get(what, what))


def t_interval(values):
    n = len(values)
    half = stats.t.ppf(.975, n - 1) * values.std(ddof=1) / math.sqrt(n)
    return values.mean() - half, values.mean() + half


def fieller(a, b):
    """By bisection for the R at which (mean a - R mean b) is t standard errors from nothing."""
    n, t = len(a), stats.t.ppf(.975, len(a) - 1)

    def off(r):
        rest = a - r * b
        return abs(rest.mean()) - t * rest.std(ddof=1) / math.sqrt(n)

    if abs(b.mean()) <= t * b.std(ddof=1) / math.sqrt(n):
        return math.nan, math.nan
    middle, ends = a.mean() / b.mean(), []
    for sign in (-1, 1):
        far = max(abs(middle), 1e-9)
        while off(middle + sign * far) < 0:
            far *= 2
        low, high = 0.0, far
        for _ in range(200):
            step = (low + high) / 2
            low, high = (step, high) if off(middle + sign * step) < 0 else (low, step)
        ends.append(middle + sign * high)
    return ends[0], ends[1]


BETTER = {"people": 0, "density": -1, "person_days_above": -1, "floor_sleepers": -1, "months_above_110": -1,
          "waiting_outside": -1, "places_in_use": 1, "total_cost": -1, "crowding_moves": -1, "headroom": 1}


def check_rows(rows, where, base, other, pick_of, prefix="", places=None):
    p = []
    for row in rows:
        if row["indicator"] == "price_of_person_day":
            continue
        place = None if places is None else places.index(row["of"])
        pick = pick_of(row["time"])
        a = measure(base, row["indicator"], pick, prefix, place)
        b = measure(other, row["indicator"], pick, prefix, place if places is None else other.places.index(row["of"]))
        change, name = b - a, f"{where} {row['indicator']} {row['of']} {row['time']}"
        near(name + " base", row["base"], a.mean())
        near(name + " change", row["difference"], change.mean(), 1e-7)
        if change.std(ddof=1) < 1e-6 * max(1, abs(a.mean())):  # what is left is the rounding of sums
            p.append((row, None))
            continue
        for end, value in zip(("low", "high"), t_interval(change)):
            near(f"{name} {end}", row[end], value, 1e-6)
        near(name + " tenth", row["tenth"], np.quantile(change, .1), 1e-6)
        near(name + " ninetieth", row["ninetieth"], np.quantile(change, .9), 1e-6)
        low, high = fieller(change, a)
        near(name + " relative low", row["relative_low"], 100 * low, 1e-5)
        near(name + " relative high", row["relative_high"], 100 * high, 1e-5)
        better = BETTER[row["indicator"]]
        near(name + " better", row["better_in"], 100 * (better * change > 0).mean() if better else math.nan)
        near(name + " gain", row["crn_gain"], (a.var(ddof=1) + b.var(ddof=1)) / change.var(ddof=1), 1e-4)
        p.append((row, stats.ttest_1samp(change, 0).pvalue))
        near(name + " p", row["p"], p[-1][1], 1e-3)
    return p


def check_holm(p):
    told = [(row, float(row["p"])) for row, _ in p]
    worst = 0
    for rank, (row, chance) in enumerate(sorted(told, key=lambda x: x[1])):
        worst = max(worst, min(1, (len(told) - rank) * chance))
        near(f"Holm {row['indicator']} {row['of']} {row['time']}", row["p_holm"], worst, 1e-9)


def compared(*arguments):
    text = subprocess.run([program, "compare", *paths, "--format", "csv", *arguments], capture_output=True, text=True,
                          check=True).stdout
    return list(csv.DictReader(io.StringIO(text)))


def answer(address):
    said = subprocess.run([program, "show", paths[0], address], capture_output=True, text=True, check=True).stdout
    return said.splitlines()[0]


def everything(months):
    return np.ones(len(months), bool)


def year_of(text):
    return lambda months: np.char.startswith(months, text[:4])


base, other = Result(paths[0]), Result(paths[1])
n = base.file["population"].shape[0]

check_holm(check_rows(compared(), "whole", base, other, lambda time: everything))
check_holm(check_rows(compared("--of", "crowding_moves", "--of", "headroom"), "whole", base, other, lambda time: everything))
check_holm(check_rows(compared("--by", "year"), "year", base, other, year_of))
base.places, other.places = base.labels("region"), other.labels("region")
check_holm(check_rows(compared("--by", "region", "--time", "2030", "--of", "floor_sleepers", "--of", "density", "--of", "months_above_110"),
                      "region", base, other, year_of, "region_", base.places))
base.places, other.places = base.labels("facility"), other.labels("facility")
check_holm(check_rows(compared("--by", "facility", "--time", "2030", "--of", "floor_sleepers", "--of", "person_days_above"), "facility",
                      base, other, year_of, "facility_", base.places))

# What a person-day avoided costs.
cost = measure(other, "total_cost", everything) - measure(base, "total_cost", everything)
avoided = measure(base, "person_days_above", everything) - measure(other, "person_days_above", everything)
low, high = fieller(cost, avoided)
told = avoided.mean() > 0 and not math.isnan(low) and stats.ttest_1samp(cost, 0).pvalue < .05
price = [row for row in compared() if row["indicator"] == "price_of_person_day"]
near("is the price told", str(len(price)), float(told))
for row in price:
    near("price", row["difference"], cost.mean() / avoided.mean())
    near("price low", row["low"], low, 1e-5)
    near("price high", row["high"], high, 1e-5)

# Quantiles with intervals from order statistics, shares with Clopper and Pearson's.
floor = measure(base, "floor_sleepers", year_of("2030"))
for q in (.1, .5, .9):
    near(f"q{100 * q:g}", answer(f"q{100 * q:g}(floor_sleepers, 2030)"), np.quantile(floor, q))
    ordered = np.sort(floor)
    below = np.searchsorted(stats.binom.cdf(np.arange(n + 1), n, q), .025, side="right") - 1
    above = np.searchsorted(stats.binom.cdf(np.arange(n + 1), n, 1 - q), .025, side="right") - 1
    for bound, at in (("low", below), ("high", n - 1 - above if above >= 0 else -1)):
        got = answer(f"q{100 * q:g}_{bound}(floor_sleepers, 2030)")
        near(f"q{100 * q:g} {bound}", "" if got == "-" else got, ordered[at] if at >= 0 else math.nan)
k = int((floor < 500).sum())
near("chance", answer("chance(floor_sleepers < 500, 2030)"), 100 * k / n)
near("chance low", answer("chance_low(floor_sleepers < 500, 2030)"), 100 * stats.beta.ppf(.025, k, n - k + 1) if k else 0)
near("chance high", answer("chance_high(floor_sleepers < 500, 2030)"), 100 * stats.beta.ppf(.975, k + 1, n - k) if k < n else 100)

for line in failed[:20]:
    print(line)
print(f"{agreed} numbers agree, {len(failed)} do not")
sys.exit(len(failed) > 0)
