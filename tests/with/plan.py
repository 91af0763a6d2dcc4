#!/usr/bin/python3
"""Belgium's plan of 2021 against the record: plan.py RESULT.h5 TOGETHER.h5

Prints each fact of scenarios/belgium/plan/record.csv beside the median over replications of RESULT.h5 and the bands
that hold eight and nine in ten of them; then how many houses are open in TOGETHER.h5, the same draws with
coordination at level 1, and whether any house opens later there. Exit status 1 when a fact lies outside nine in ten or
when a house opens later."""
import csv
import datetime as dt
import os
import sys

import h5py
import numpy as np

PLAN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../scenarios/belgium/plan")
MONTH = 30.4375
NEVER = np.inf


def table(name):
    with open(os.path.join(PLAN, name), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def word(row, field):
    """A date of a project, as houses.csv writes it; None where it has none."""
    if field not in row["project"]:
        return None
    return dt.date.fromisoformat(row["project"].split(field + ": ")[1][:10])


class Run:
    """Houses of a result, as arrays [replication, house], and days counted from its first day."""

    def __init__(self, path, kind="detention_house"):
        self.file = h5py.File(path)
        self.start = dt.date.fromisoformat(self.file["time"].attrs["units"].decode().split()[-1])
        place = [name.decode() for name in self.file["facility"][:]]
        self.house = [row for row in table("houses.csv") if row["kind"] == kind and row["project"]]
        column = [place.index(row["name"]) for row in self.house]
        self.places = self.file["facility_capacity"][:][:, :, column]
        self.people = self.file["facility_population"][:].astype(float)
        self.people = (self.people.sum(-1) if self.people.ndim == 4 else self.people)[:, :, column]
        self.stage = [name.decode() for name in self.file["stage"][:]]
        is_open = self.places > 0
        self.opened = np.where(is_open.any(1), is_open.argmax(1).astype(float), NEVER)

    def day(self, date):
        return (dt.date.fromisoformat(str(date)) - self.start).days

    def open(self, date):
        """Houses open on the day, of each replication."""
        return (self.places[:, self.day(date)] > 0).sum(1)

    def abandoned(self, date):
        return self.file["projects"][:, self.day(date), self.stage.index("abandoned")]

    def under_way(self, date):
        started = sum(word(row, "starts") <= dt.date.fromisoformat(date) for row in self.house)
        return started - self.open(date) - self.abandoned(date)

    def late(self, date):
        """Mean months after the date first promised, of the houses open; NaN where there is none."""
        promised = [word(row, "published_opening") for row in self.house]
        day = np.array([NEVER if p is None else self.day(p) for p in promised])
        counts = np.isfinite(day) & (self.opened <= self.day(date))
        delay = np.where(counts, self.opened - np.where(np.isfinite(day), day, 0), 0)
        return divided(delay.sum(1), counts.sum(1)) / MONTH

    def residents_after(self, name, days):
        """Of the replications in which the house is open for so long."""
        house = [row["name"] for row in self.house].index(name)
        at = self.opened[:, house] + int(days)
        held = at < self.places.shape[1]
        at = at[held].astype(int)
        of = np.flatnonzero(held)
        return self.people[of, at, house][self.places[of, at, house] > 0]


def divided(above, below):
    return np.where(below > 0, above / np.maximum(below, 1), np.nan)


def values_of(run, transition, fact):
    """What the model says of a fact, one value a replication that has it."""
    what, date = fact["what"], fact["date"]
    if what.startswith("residents of ") and what.endswith(" after days"):
        return run.residents_after(what[len("residents of "):-len(" after days")], date)
    day = run.day(date)
    places, people = run.places[:, day].sum(1), run.people[:, day].sum(1)
    return {"houses open": lambda: run.open(date),
            "abandoned": lambda: run.abandoned(date),
            "planned and not open": lambda: run.under_way(date),
            "places open": lambda: places,
            "residents of houses": lambda: people,
            "places in use, %": lambda: 100 * divided(people, places),
            "months late, those open": lambda: run.late(date),
            "new transition houses open": lambda: transition.open(date)}[what]()


def band(values, share):
    return np.quantile(values, ((1 - share) / 2, (1 + share) / 2), method="nearest")


def record(run, transition):
    """The table; the number of facts outside nine in ten."""
    outside = 0
    print(f"{'':<36} {'date, days':<10} {'record':>6} {'median':>6} {'8 in 10':>11} {'9 in 10':>11}  runs fit")
    for fact in table("record.csv"):
        values = values_of(run, transition, fact)
        values = values[np.isfinite(values)]
        wide, value = band(values, .9), float(fact["value"])
        inside = wide[0] - 1e-9 <= value <= wide[1] + 1e-9
        outside += not inside
        bands = [f"{low:.4g} to {high:.4g}" for low, high in (np.round(band(values, .8), 1), np.round(wide, 1))]
        print(f"{fact['what']:<36} {fact['date']:<10} {value:>6g} {round(np.median(values), 1):>6g}"
              f" {bands[0]:>11} {bands[1]:>11} {len(values):>5} {fact['fitted']}{'' if inside else '  OUTSIDE'}")
    return outside


def together(run, other):
    """The same draws with all parties working together; the number of houses that open later."""
    print(f"\n{'houses open':<14} {'as it is':>18} {'together':>18} {'more':>5}")
    for date in ("2022-12-31", "2023-12-31", "2024-12-31", "2025-12-31", "2027-12-31"):
        each = [r.open(date) for r in (run, other)]
        cells = [f"{x.mean():.1f} ({low:g} to {high:g})" for x in each for low, high in (band(x, .9),)]
        print(f"{date:<14} {cells[0]:>18} {cells[1]:>18} {(each[1].mean() - each[0].mean()):>5.1f}")
    later = int((other.opened > run.opened).sum())
    both = np.isfinite(run.opened) & np.isfinite(other.opened)
    print(f"\nof {run.opened.size} houses ({run.opened.shape[0]} replications of {run.opened.shape[1]}): {later} open"
          f" later, {int((other.opened < run.opened).sum())} earlier\n(by {(run.opened[both] - other.opened[both]).mean() / MONTH:.1f} months on"
          f" average where both open), {int((np.isfinite(other.opened) & ~np.isfinite(run.opened)).sum())} of them only so")
    return later


def main():
    run, other = Run(sys.argv[1]), Run(sys.argv[2])
    outside = record(run, Run(sys.argv[1], "transition_house"))
    later = together(run, other)
    facts = len(table("record.csv"))
    print(f"\n{facts - outside} inside, {outside} outside")
    return 1 if outside or later else 0


if __name__ == "__main__":
    sys.exit(main())
