#!/usr/bin/python3
"""Belgium against its counts: belgium.py BASELINE.h5 HISTORY.h5 STILL.h5 [--picture FILE.svg]

Prints target, got and error for every row of scenarios/belgium/counts/targets.csv, the yearly averages of
2015 to 2025, the prison-years of 2019 to 2021, what was reported of measures, the spread of the forecast, the floor
sleepers of December 2025 by prison, and Little's law for the baseline held still. Got is the mean over replications.
Exit status 1 when a row lies outside its tolerance. With --picture it draws every count against the two runs."""
import csv
import datetime as dt
import os
import sys

import h5py
import numpy as np

COUNTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scenarios/belgium/counts")
# Names in the counts that differ from the scenario's.
RENAMED = {"Enghien transition house": "Enghien (pilot)"}
STATUS = {"remand": 0, "convicted and others": 1, "internees in prison": 2}


def table(name):
    with open(os.path.join(COUNTS, name), encoding="utf-8") as file:
        return list(csv.DictReader(file))


class Run:
    """Daily series of a result by date; means over replications."""

    def __init__(self, path):
        self.file = h5py.File(path)
        units = self.file["time"].attrs["units"]
        units = units.decode() if isinstance(units, bytes) else units
        self.start = dt.date.fromisoformat(units.split()[-1])
        self.facility = [x.decode() for x in self.file["facility"][:]]
        self.phase = [x.decode() for x in self.file["phase"][:]]
        self.days = self.file["time"].shape[0]
        self.months = [self.start + dt.timedelta(int(d)) for d in self.file["month"][:]]

    def daily(self, name):
        values = self.file[name][:].astype(float)
        return values.sum(-1) if name == "population" else values

    def span(self, date):
        """First and last day (excluded) of a year, a month or a day."""
        parts = [int(p) for p in date.split("-")]
        first = dt.date(*(parts + [1, 1])[:3])
        last = {1: dt.date(first.year + 1, 1, 1),
                2: dt.date(first.year + first.month // 12, first.month % 12 + 1, 1),
                3: first + dt.timedelta(1)}[len(parts)]
        a, b = max((first - self.start).days, 0), min((last - self.start).days, self.days)
        return (0, 1) if b <= 0 else (a, b)  # a count shortly before the start: the first day

    def holds(self, date):
        a, b = self.span(date)
        return b > a and int(date[:4]) >= self.start.year

    def at(self, values, date):
        """Mean and standard error over replications of a (replication, time) series."""
        a, b = self.span(date)
        each = values[:, a:b].mean(1)
        return each.mean(), each.std(ddof=1) / len(each) ** .5 if len(each) > 1 else 0.

    def measured(self, series, name, date):
        """The same for a series of a measure, as at."""
        return self.at(self.of_measure(series, name), date)

    def of_measure(self, series, name):
        """A series of all measures whose names begin so, (replication, time)."""
        names = [x.decode() for x in self.file["measure"][:]]
        return sum(self.file[series][:, :, i].astype(float) for i, n in enumerate(names) if n.startswith(name))

    def until(self, values, date):
        """Summed up to a day, as at."""
        each = values[:, :(dt.date.fromisoformat(date) - self.start).days].sum(1)
        return each.mean(), each.std(ddof=1) / len(each) ** .5 if len(each) > 1 else 0.

    def monthly(self, series, name, date):
        """The same for a named facility, over the months that begin in a year or a month."""
        values = self.file["facility_" + series][:, :, self.facility.index(name)].astype(float)
        values = values.sum(-1) if values.ndim == 3 else values
        which = [i for i, m in enumerate(self.months) if m.isoformat()[:7].startswith(date[:7])]
        each = values[:, which].mean(1)
        return each.mean(), each.std(ddof=1) / len(each) ** .5 if len(each) > 1 else 0.


class Table:
    def __init__(self):
        self.outside = self.rows = 0

    def heading(self, text):
        print(f"\n{text}\n{'quantity':<42} {'target':>12} {'got':>10} {'s.e.':>7} {'error':>9} {'allowed':>12}")

    def row(self, what, target, got, error, shown, allowed, inside):
        self.rows += 1
        self.outside += not inside
        print(f"{what:<42} {target:>12} {got:>10.1f} {error:>7.2f} {shown:>9} {allowed:>12}"
              f"{'' if inside else '   OUTSIDE'}")

    def relative(self, what, target, got, error, allowed):
        off = got / target - 1
        self.row(what, f"{target:g}", got, error, f"{100 * off:+.1f} %", f"{100 * allowed:g} %",
                 abs(off) <= allowed)


# What was reported of measures: (what, date, reported, allowed, how it is taken). Names begin with the first word.
REPLAYED = [
    ("Leave by turns: people away, aim of 2017", "2018", 150, .1, lambda r, d: half(r.measured("measure_people", "Leave by turns", d))),
    ("Interruption 2020: people (set)", "2020-06-15", 835, .05, lambda r, d: r.until(r.of_measure("measure_taken", "Interruption"), d)),
    ("Early release 2020: people released", "2020-06-17", 355, .2, lambda r, d: r.until(r.of_measure("measure_releases", "Early release (Covid"), d)),
    ("Extended leave: on it", "2024-04-11", 234, .2, lambda r, d: r.measured("measure_people", "Extended leave", d)),
    ("Extended leave: put on it since March", "2024-09-20", 594, .2, lambda r, d: r.until(r.of_measure("measure_taken", "Extended leave"), d)),
    ("Extended leave: on it", "2024-11-26", 696, .1, lambda r, d: r.measured("measure_people", "Extended leave", d)),
    ("Extended leave: on it", "2025-02-11", 704, .1, lambda r, d: r.measured("measure_people", "Extended leave", d)),
    ("Extended leave: on it, spring", "2025-04", 713, .1, lambda r, d: r.measured("measure_people", "Extended leave", d)),
    ("Waiting to be called, spring", "2025-04", 3400, .3, lambda r, d: r.at(r.daily("waiting_outside"), d)),
    ("Waiting to be called", "2025-07-01", 3500, .3, lambda r, d: r.at(r.daily("waiting_outside"), d)),
    ("Waiting to be called (more than 3,000)", "2025-12-15", 3000, .2, lambda r, d: r.at(r.daily("waiting_outside"), d)),
    ("Fall from March to May 2020", "2020-05-04", 10825 - 9634, .25, lambda r, d: fall(r, "2020-03-05", d)),
    ("Tilburg, rented", "2016", 500, .1, lambda r, d: r.monthly("population", "Tilburg", "2016")),
    ("Mons under the mayor's order", "2019-08", 372, .15, lambda r, d: r.monthly("population", "Mons", d)),
    ("Antwerpen under the mayor's order", "2023-04", 678, .1, lambda r, d: r.monthly("population", "Antwerpen", d)),
    ("Jamioulx under the mayor's order", "2022-12", 400, .1, lambda r, d: r.monthly("population", "Jamioulx", d)),
    ("Huy under the mayor's order", "2023-07", 90, .15, lambda r, d: r.monthly("population", "Huy", d)),
]


def half(pair):
    return pair[0] / 2, pair[1] / 2


def fall(run, first, last):
    a, b = ((dt.date.fromisoformat(d) - run.start).days for d in (first, last))
    population = run.daily("population")
    each = population[:, a] - population[:, b]
    return each.mean(), each.std(ddof=1) / len(each) ** .5


def replayed(out, run):
    out.heading("history.yaml: measures, orders and rented places against what was reported")
    for what, date, reported, allowed, taken in REPLAYED:
        out.relative(f"{what}, {date}", reported, *taken(run, date), allowed)


def spread(out, run):
    """The standard deviation of the population over replications, since the day from which the courts wander."""
    out.heading("baseline.yaml: spread of the forecast after 1, 3 and 5 years, % of its mean")
    population = run.daily("population")
    for year, (low, high) in ((1, (3.5, 5)), (3, (7, 11)), (5, (9, 14))):
        at = population[:, (dt.date(2026 + year, 1, 1) - run.start).days]
        got = 100 * at.std(ddof=1) / at.mean()
        out.row(f"spread on {2026 + year}-01-01", f"{low:g}-{high:g}", got, got / (2 * len(at)) ** .5, "", "in range",
                low <= got <= high)


def rank(values):
    order = np.argsort(np.argsort(values, kind="stable"), kind="stable").astype(float)
    for v in set(values):
        same = np.array(values) == v
        order[same] = order[same].mean()
    return order


def got_of(run, quantity, date):
    population = run.daily("population")
    if quantity in STATUS:
        return run.at(run.file["population"][:, :, STATUS[quantity]].astype(float), date)
    if quantity in ("population", "capacity"):
        return run.at(run.daily(quantity), date)
    if quantity == "floor sleepers":
        return run.at(run.daily("floor_sleepers"), date)
    if quantity == "on extended leave":
        return run.measured("measure_people", "Extended leave", date)
    if quantity == "without right of residence":
        return run.at(100 * run.daily("no_residence") / population, date)
    if quantity == "women":
        return run.at(100 * run.daily("women") / population, run.start.isoformat())
    if quantity == "entries":
        year = run.daily("entries")[:, :365].sum(1)
        return year.mean(), year.std(ddof=1) / len(year) ** .5
    if quantity == "mean stay":
        stay = population[:, :365].mean(1) / run.daily("entries")[:, :365].mean(1) / 30.4375
        return stay.mean(), stay.std(ddof=1) / len(stay) ** .5
    if quantity == "residents of detention houses":
        houses = [run.monthly("population", n, "2025-02") for n in ("Kortrijk", "Vorst-Forest")]
        return sum(h[0] for h in houses), sum(h[1] for h in houses)
    if quantity == "convicted waiting outside":
        return run.at(run.daily("waiting_outside"), date)
    if quantity == "share of floor sleepers in the north":
        floor = run.file["region_floor_sleepers"][:].astype(float)
        return run.at(100 * floor[:, :, 0] / np.maximum(floor.sum(2), 1e-9), date)
    return None


def targets(out, run):
    out.heading("baseline.yaml against targets.csv")
    for row in table("targets.csv"):
        got = got_of(run, row["quantity"], row["date"])
        if got is None:
            continue  # the prison-years: below
        what = f"{row['quantity']}, {row['date']}"
        tolerance = row["tolerance"]
        if tolerance == "in range":
            low, high = (float(x) for x in row["value"].split("-"))
            out.row(what, row["value"], *got, "", tolerance, low <= got[0] <= high)
        elif "points" in tolerance:
            off = got[0] - float(row["value"])
            out.row(what, row["value"], *got, f"{off:+.2f}", tolerance, abs(off) <= float(tolerance.split()[0]))
        else:
            allowed = 0 if tolerance == "exact" else float(tolerance.split()[0]) / 100
            out.relative(what, float(row["value"]), *got, allowed)


def years(out, run):
    out.heading("history.yaml against the yearly averages of population_history.csv")
    for row in table("population_history.csv"):
        if row["kind"] == "year average" and row["population"] and run.holds(row["date"]):
            out.relative(f"population, {row['date']}", float(row["population"]),
                         *run.at(run.daily("population"), row["date"]), .06)


def prison_years():
    return [r for r in table("counts_by_prison.csv")
            if r["kind"] == "year average" and r["population"] and r["capacity"]]


def prisons(out, run):
    out.heading("history.yaml against the prison-years of counts_by_prison.csv")
    for row in prison_years():
        name = RENAMED.get(row["facility"], row["facility"])
        out.relative(f"{row['facility']}, {row['date']}", float(row["population"]),
                     *run.monthly("population", name, row["date"]), .10)


def floor_by_prison(run):
    """(prison, mean count of December 2025, got) for the prisons that the counts name."""
    counted = {}
    for row in table("counts_by_prison.csv"):
        if row["date"].startswith("2025-12") and row["floor_sleepers"]:
            counted.setdefault(row["facility"], []).append(float(row["floor_sleepers"]))
    return [(n, np.mean(v), run.monthly("floor_sleepers", n, "2025-12")[0])
            for n, v in counted.items() if n in run.facility]


def floors(out, run):
    rows = floor_by_prison(run)
    print("\nfloor sleepers by prison, December 2025 (mean count, got)")
    for name, count, got in sorted(rows, key=lambda r: -r[1]):
        print(f"{name:<42} {count:>12.1f} {got:>10.1f}")
    ranks = np.corrcoef(rank([r[1] for r in rows]), rank([r[2] for r in rows]))[0, 1]
    out.heading("the same, taken together")
    out.row(f"rank correlation over {len(rows)} prisons", "1", ranks, 0, "", "from 0.7", ranks >= .7)
    some = [n for n in run.facility if run.monthly("floor_sleepers", n, "2025-12")[0] >= 1]
    out.row("prisons with floor sleepers, 2025-12", "about 20", len(some), 0, "", "15 to 25",
            15 <= len(some) <= 25)


def days(text):
    number, unit = text.split()
    return float(number) * {"d": 1, "mo": 30.4375, "y": 365.25}[unit]


def sample(what, size, draw):
    """Draws from a distribution as a scenario writes it; written anew here, apart from the program."""
    (kind, by), = what.items()
    if kind == "fixed":
        return np.full(size, days(by if isinstance(by, str) else by["value"]))
    number = {k: days(str(v)) if " " in str(v) else float(v) for k, v in by.items()}
    if kind == "lognormal":
        s2 = np.log(1 + number["cv"] ** 2)
        return draw.lognormal(np.log(number["mean"]) - s2 / 2, np.sqrt(s2), size)
    if kind == "gamma":
        shape = number["cv"] ** -2
        return draw.gamma(shape, number["mean"] / shape, size)
    if kind == "exponential":
        return draw.exponential(number["mean"], size)
    if kind == "uniform":
        return draw.uniform(number["low"], number["high"], size)
    if kind == "triangular":
        return draw.triangular(number["low"], number["mode"], number["high"], size)
    return np.interp(draw.random(size), [float(k) for k in by], list(number.values()))  # quantiles


def expected_levels(scenario):
    """People a day into each phase times its mean length, by phase: Little's law for the network."""
    draw, size = np.random.default_rng(1), 400000
    season = {True: lambda m: sum(m) / 12, False: lambda m: 1.}
    classes = {c["name"]: c for c in scenario["classes"]}
    desks = {d["name"]: d["time"] for d in scenario["desks"]}
    into, length, status = {}, {}, {}
    for name, phases in scenario["pathways"].items():
        row = classes.get(name, {})
        repeat = draw.random(size) < float(str(row.get("repeat", "0 %")).rstrip(" %")) / 100
        earliest = np.where(repeat, 2 / 3, 1 / 3)
        sentence = sample(row["sentence"], size, draw) if "sentence" in row else np.zeros(size)
        share = np.maximum(sample(row["served"], size, draw), earliest) if "served" in row else np.ones(size)
        custody = np.zeros(size)
        for phase in phases:
            key = f"{name}.{phase['phase']}"
            until = {"share": share, "earliest": earliest}.get(phase.get("serve"))
            if until is not None:
                spent = np.maximum(until * sentence - custody, 0)
            else:
                spent = sample(phase.get("stay") or desks[phase["desk"]], size, draw)
            inside = phase.get("place", "inside") == "inside"
            custody = custody + spent * inside
            into[key], length[key] = 0., spent.mean()
            status[key] = phase["status"] if inside else phase.get("place")
    for row in scenario["intake"]:
        months = row.get("months", [])
        first = f"{row['class']}.{scenario['pathways'][row['class']][0]['phase']}"
        into[first] += float(row["rate"].split()[0]) * season[bool(months)](months)
    arriving = dict(into)
    for _ in range(200):
        following = dict.fromkeys(into, 0.)
        for name, phases in scenario["pathways"].items():
            for phase in phases:
                for target, part in phase["then"].items():
                    key = target if "." in target else f"{name}.{target}"
                    if key in into:
                        following[key] += arriving[f"{name}.{phase['phase']}"] * float(part)
        for key in into:
            into[key] += following[key]
        arriving = following
    return into, length, status


def little(out, run):
    """The mean of the last five years against people a day x mean stay, worked out from the scenario."""
    import yaml
    scenario = {}
    for name in ("belgium.yaml", "today.yaml"):
        with open(os.path.join(COUNTS, "..", name), encoding="utf-8") as file:
            scenario.update(yaml.safe_load(file))
    scenario["intake"] = [row for row in scenario["intake"] if row["class"] != "uncalled"]
    into, length, status = expected_levels(scenario)
    got = run.file["in_phase"][:, -5 * 365:, :].astype(float).mean(1)
    print("\nLittle's law by phase and status: people a day x mean stay (days), and the run's last five years")
    print(f"{'phase':<34} {'status':<12} {'a day':>7} {'days':>7} {'expected':>9} {'got':>9}")
    sums = {}
    for i, key in enumerate(run.phase):
        if into[key] == 0:
            continue
        expected, found = into[key] * length[key], got[:, i].mean()
        print(f"{key:<34} {status[key]:<12} {into[key]:>7.2f} {length[key]:>7.1f} {expected:>9.1f} {found:>9.1f}")
        a, b = sums.get(status[key], (0., np.zeros(got.shape[0])))
        sums[status[key]] = (a + expected, b + got[:, i])
    out.heading("the same by status")
    for name, (expected, each) in sums.items():
        out.relative(name, round(expected, 1), each.mean(), each.std(ddof=1) / len(each) ** .5, .01)


def picture(path, baseline, history):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    matplotlib.rcParams.update({"font.size": 9, "svg.hashsalt": "doorstroom", "axes.spines.top": False,
                                "axes.spines.right": False, "svg.fonttype": "none"})
    figure, axes = plt.subplots(3, 2, figsize=(13, 14))
    runs = ((history, "tab:blue", "history.yaml"), (baseline, "tab:orange", "baseline.yaml"))

    def dates(run):
        return [run.start + dt.timedelta(i) for i in range(run.days)]

    def line(axis, run, values, colour, label):
        end = min(run.days, (dt.date(2027, 1, 1) - run.start).days)
        weekly = values[:, :end:7]
        low, high = np.percentile(weekly, (5, 95), axis=0)
        axis.fill_between(dates(run)[:end:7], low, high, color=colour, alpha=.25, lw=0)
        axis.plot(dates(run)[:end:7], weekly.mean(0), color=colour, lw=1, label=label)

    def dots(axis, column, colour="black", label="counted"):
        for row in table("population_history.csv"):
            if row[column] and row["date"] >= "2015":
                a, b = history.span(row["date"]) if history.holds(row["date"]) else baseline.span(row["date"])
                base = history if history.holds(row["date"]) else baseline
                mid = base.start + dt.timedelta((a + b) // 2)
                year = row["kind"] == "year average"
                axis.plot(mid, float(row[column]), "D" if year else "o", color=colour, ms=5 if year else 3,
                          mfc="white" if year else colour, label=label)
                label = None

    top = axes[0][0]
    top.set_title("People in prison and places (band: 5 to 95 % of replications)")
    for run, colour, label in runs:
        line(top, run, run.daily("population"), colour, label)
        line(top, run, run.daily("capacity"), colour, None)
    dots(top, "population", label="people, counted (open: yearly average)")
    dots(top, "capacity", "grey", "places, counted")
    top.set_ylim(8000, 15000)
    floor = axes[0][1]
    floor.set_title("Floor sleepers")
    for run, colour, label in runs:
        line(floor, run, run.daily("floor_sleepers"), colour, label)
    dots(floor, "floor_sleepers")
    status = axes[1][0]
    status.set_title("By legal status")
    for name, column, colour in (("remand", "remand", "tab:blue"), ("convicted", "convicted", "tab:green"),
                                 ("internees", "internees", "tab:red")):
        for run, _, label in runs:
            k = ["remand", "convicted", "internees"].index(name)
            line(status, run, run.file["population"][:, :, k].astype(float), colour,
                 name if run is history else None)
        dots(status, column, colour, None)
    scatter = axes[1][1]
    scatter.set_title("Prison by prison: every count of people, 2015 to 2025")
    styles = {"year average": ("D", "tab:blue"), "day": ("o", "tab:orange")}
    for row in table("counts_by_prison.csv"):
        name = RENAMED.get(row["facility"], row["facility"])
        value = row["population"] or (row["occupancy_pct"] and row["capacity"] and
                                      float(row["occupancy_pct"]) * float(row["capacity"]) / 100)
        if name not in history.facility or not value or not "2015" <= row["date"] < "2026":
            continue
        marker, colour = styles.get(row["kind"], ("o", "tab:orange"))
        scatter.plot(float(value), history.monthly("population", name, row["date"])[0], marker, color=colour,
                     ms=4, alpha=.8)
    scatter.plot([20, 1300], [20, 1300], color="grey", lw=.8)
    scatter.plot([20, 1300], [22, 1430], color="grey", lw=.5, ls=":")
    scatter.plot([20, 1300], [18, 1170], color="grey", lw=.5, ls=":")
    scatter.set_xscale("log")
    scatter.set_yscale("log")
    scatter.set_xlabel("counted (diamonds: yearly averages; dotted: 10 %)")
    scatter.set_ylabel("history.yaml")
    bars = axes[2][0]
    bars.set_title("Floor sleepers by prison, December 2025")
    rows = sorted(floor_by_prison(baseline), key=lambda r: r[1])
    bars.barh([r[0] for r in rows], [r[1] for r in rows], height=.8, color="lightgrey", label="counted")
    bars.plot([r[2] for r in rows], [r[0] for r in rows], "o", color="tab:orange", label="baseline.yaml")
    occupancy = axes[2][1]
    occupancy.set_title("Occupancy of single prisons where only that was printed, %")
    for row in table("counts_by_prison.csv"):
        name = RENAMED.get(row["facility"], row["facility"])
        if row["occupancy_pct"] and name in history.facility and "2015" <= row["date"] < "2026":
            people = history.monthly("population", name, row["date"])[0]
            places = history.monthly("capacity", name, row["date"])[0]
            occupancy.plot(float(row["occupancy_pct"]), 100 * people / places, "o", color="tab:orange", ms=4)
            occupancy.annotate(f"{name} {row['date'][:4]}", (float(row["occupancy_pct"]), 100 * people / places),
                               fontsize=6, xytext=(3, 0), textcoords="offset points")
    occupancy.plot([100, 190], [100, 190], color="grey", lw=.8)
    occupancy.set_xlabel("printed")
    occupancy.set_ylabel("history.yaml")
    for axis in (top, floor, status, bars):
        axis.legend(frameon=False, fontsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.endswith("svg") else None, dpi=80)


def main():
    baseline, history, still = (Run(path) for path in sys.argv[1:4])
    out = Table()
    targets(out, baseline)
    years(out, history)
    prisons(out, history)
    replayed(out, history)
    spread(out, baseline)
    floors(out, baseline)
    little(out, still)
    print(f"\n{out.rows - out.outside} inside, {out.outside} outside")
    if "--picture" in sys.argv:
        picture(sys.argv[sys.argv.index("--picture") + 1], baseline, history)
    return 1 if out.outside else 0


if __name__ == "__main__":
    sys.exit(main())
