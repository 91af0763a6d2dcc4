#!/usr/bin/python3
"""Belgium as it would have been forecast: hindcast.py UNKNOWN.h5 KNOWN.h5 FROM_2023.h5 [--picture FILE.svg]

Three forecasts of the number of people in prison against the counts that came later: from the end of 2020 without and
with the laws that were to come, and from the end of 2023. Beside them two forecasts that need no model: the last value,
and the last value with the mean change of 2008 to 2020 a year; both spread as far as yearly averages changed in one, two,
... years then. For each year: the number of counts, the error of the median in per cent (mean and root mean square), the
share of counts inside the middle 80 and 90 %, and the continuous ranked probability score in people (Gneiting and Raftery
2007, equation 21; for the others its closed form for a normal). No score below five counts."""
import csv
import datetime as dt
import math
import os
import sys

import h5py
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
BELGIUM = os.path.join(HERE, "../../scenarios/belgium")
FEWEST = 5


def table(path):
    with open(os.path.join(BELGIUM, path), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def counts(after, before):
    """Counts of people on a day, one a day: {date: people}."""
    found = {}
    for row in table("counts/population_history.csv"):
        if row["kind"] == "day" and row["population"] and after <= row["date"] < before:
            found[row["date"]] = float(row["population"])
    return found


def yearly_changes():
    """Changes of the logarithm of yearly averages 2008 to 2020 over 1, 2, ... years; missing years are left out."""
    level = {int(r["date"]): math.log(float(r["population"])) for r in table("counts/population_history.csv")
             if r["kind"] == "year average" and r["population"] and r["date"] <= "2020"}
    changes = {}
    for a in level:
        for b in level:
            if b > a:
                changes.setdefault(b - a, []).append(level[b] - level[a])
    return changes


class Ensemble:
    def __init__(self, path):
        with h5py.File(path) as file:
            units = file["time"].attrs["units"]
            self.start = dt.date.fromisoformat((units.decode() if isinstance(units, bytes) else units).split()[-1])
            self.population = file["population"][:].astype(float).sum(-1)

    def at(self, date):
        return np.sort(self.population[:, (dt.date.fromisoformat(date) - self.start).days])

    def score(self, date, count):
        x = self.at(date)
        n = len(x)
        spread = 2 * np.sum((np.arange(1, n + 1) * 2 - n - 1) * x) / (n * (n - 1))  # mean of |X - X'|
        inside = [np.quantile(x, (1 - c) / 2) <= count <= np.quantile(x, (1 + c) / 2) for c in (.8, .9)]
        return np.median(x), inside, np.abs(x - count).mean() - spread / 2


class Plain:
    """The last value, moved on by SLOPE a year, and spread as yearly averages were in the past."""

    def __init__(self, last_date, last, slope, spread):
        self.origin, self.last, self.slope, self.spread = dt.date.fromisoformat(last_date), last, slope, spread

    def score(self, date, count):
        years = (dt.date.fromisoformat(date) - self.origin).days / 365.25
        mean = self.last * math.exp(self.slope * years)
        s = mean * np.interp(years, *zip(*([(0, 0)] + sorted(self.spread.items()))))
        z = (count - mean) / s
        inside = [abs(z) <= q for q in (1.2815515655446004, 1.6448536269514722)]
        phi, big = math.exp(-z * z / 2) / math.sqrt(2 * math.pi), .5 * (1 + math.erf(z / math.sqrt(2)))
        return mean, inside, s * (z * (2 * big - 1) + 2 * phi - 1 / math.sqrt(math.pi))


def scores(forecast, found):
    rows = [(count, *forecast.score(date, count)) for date, count in found.items()]
    off = np.array([100 * (median / count - 1) for count, median, _, _ in rows])
    inside = np.array([i for _, _, i, _ in rows], float)
    return off.mean(), (off ** 2).mean() ** .5, 100 * inside[:, 0].mean(), 100 * inside[:, 1].mean(), np.mean([r[3] for r in rows])


def report(title, forecasts, groups):
    print(f"\n{title}\n{'':<34} {'counts':>6} {'error':>7} {'r.m.s.':>7} {'in 80 %':>8} {'in 90 %':>8} {'CRPS':>6}")
    for what, after, before in groups:
        found = counts(after, before)
        print(what)
        for name, forecast in forecasts:
            if len(found) < FEWEST:
                print(f"  {name:<32} {len(found):>6}   fewer than five: no score")
                continue
            mean, rms, c80, c90, crps = scores(forecast, found)
            print(f"  {name:<32} {len(found):>6} {mean:>+6.1f}% {rms:>6.1f}% {c80:>7.0f}% {c90:>7.0f}% {crps:>6.0f}")


def fitted(year):
    targets = table(f"hindcast/counts_to_{year}.csv")
    with open(os.path.join(BELGIUM, f"hindcast/posterior_{year}.csv"), encoding="utf-8") as file:
        columns = next(csv.reader(file))
    print(f"\nFitted to {len(targets)} counts until the end of {year}:")
    for row in targets:
        print(f"  {row['name']}: {float(row['value']):g}")
    print(f"What the fit moved ({len(columns)}):")
    for column in columns:
        print(f"  {column}")


def picture(path, unknown, known, late):
    import matplotlib
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt
    matplotlib.rcParams.update({"font.size": 9, "svg.hashsalt": "doorstroom", "axes.spines.top": False,
                                "axes.spines.right": False, "svg.fonttype": "none"})
    figure, axes = plt.subplots(1, 3, figsize=(14, 4.2), sharey=True)
    for axis, run, title, origin in ((axes[0], unknown, "From the end of 2020, later laws unknown", 2021),
                                     (axes[1], known, "From the end of 2020, later laws known", 2021),
                                     (axes[2], late, "From the end of 2023, measures known", 2024)):
        days = np.arange(0, run.population.shape[1], 14)
        dates = [run.start + dt.timedelta(int(d)) for d in days]
        for low, high, alpha in ((5, 95, .18), (25, 75, .3)):
            axis.fill_between(dates, np.percentile(run.population[:, days], low, axis=0),
                              np.percentile(run.population[:, days], high, axis=0), color="tab:blue", alpha=alpha, lw=0)
        axis.plot(dates, np.median(run.population[:, days], axis=0), color="tab:blue", lw=1.2, label="median; half; nine in ten")
        for label, after, before, face in (("counts used", "2015", str(origin), "black"), ("counts to come", str(origin), "2026", "white")):
            found = counts(after, before)
            axis.plot([dt.date.fromisoformat(d) for d in found], list(found.values()), "o", ms=4, color="black", mfc=face, label=label)
        axis.axvline(dt.date(origin, 1, 1), color="grey", lw=.8, ls=":")
        axis.set_title(title)
    axes[0].set_ylabel("people in prison")
    axes[0].legend(frameon=False, fontsize=8, loc="upper left")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None} if path.endswith("svg") else None, dpi=80)


def main():
    unknown, known, late = (Ensemble(path) for path in sys.argv[1:4])
    changes = yearly_changes()
    spread = {years: (np.square(values).mean()) ** .5 for years, values in changes.items() if years <= 6}
    slope = float(np.mean(changes[1]))
    fitted(2020)
    fitted(2023)
    print("\nYearly averages of 2008 to 2020 changed by so many per cent (root mean square): "
          + ", ".join(f"{100 * s:.1f} in {y} y" for y, s in sorted(spread.items())[:5]) + f"; on average {100 * slope:+.2f} a year")
    last = [("last value", 0.), ("last value and mean change", slope)]
    plain = [(name, Plain("2020-12-24", 10442, s, spread)) for name, s in last]
    report("From the end of 2020 (last count: 10442 on 2020-12-24)",
           [("laws to come unknown", unknown), ("laws to come known by date", known)] + plain,
           [("2021", "2021", "2022"), ("2022", "2022", "2023"), ("2021 and 2022", "2021", "2023"), ("2023", "2023", "2024"),
            ("2024", "2024", "2025"), ("2025", "2025", "2026"), ("all five years", "2021", "2026")])
    plain = [(name, Plain("2023-09-20", 11522, s, spread)) for name, s in last]
    report("From the end of 2023 (last count: 11522 on 2023-09-20)", [("measures to come known by date", late)] + plain,
           [("2024", "2024", "2025"), ("2025", "2025", "2026"), ("both years", "2024", "2026")])
    if "--picture" in sys.argv:
        picture(sys.argv[sys.argv.index("--picture") + 1], unknown, known, late)
    return 0


if __name__ == "__main__":
    sys.exit(main())
