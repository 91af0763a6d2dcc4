#!/usr/bin/python3
"""What each of Belgium's scenarios changes: switches.py FOLDER [--ends]

FOLDER holds baseline.h5 and a result for each overlay, of the same replications (make resolution). Every figure is paired:
the difference within each replication, its mean, and its 95 % interval over replications (t of 199); p is two-sided, of a
normal.
First each switch alone, read in its own indicator: significant at 1e-6, or exact where it is the same in every replication.
With --ends the same at the unfavourable end of the coefficients behind it (FOLDER/ends). Then all scenarios by the headline
indicators. Exit status 1 where a switch has no result, does not move its indicator, or not with the same sign at the end."""
import datetime as dt
import math
import os
import sys

import h5py
import numpy as np

FROM, UNTIL = "2030-01-01", "2031-01-01"  # the year that is read, where nothing else is said


class Run:
    def __init__(self, path):
        self.file = h5py.File(path)
        units = self.file["time"].attrs["units"]
        self.start = dt.date.fromisoformat((units.decode() if isinstance(units, bytes) else units).split()[-1])
        self.facility = [x.decode() for x in self.file["facility"][:]]
        self.kind = [x.decode() for x in self.file["facility_kind"][:]]
        self.months = [self.start + dt.timedelta(int(d)) for d in self.file["month"][:]]

    def daily(self, name):
        """A daily series; 0 where the scenario has nothing of the kind (no funding that ends, say)."""
        if name not in self.file:
            return np.zeros(self.file["population"].shape[:2])
        return self.file[name][:].astype(float)

    def days(self, first, last):
        a, b = ((dt.date.fromisoformat(d) - self.start).days for d in (first, last))
        return slice(max(a, 0), b)

    def mean(self, name, first=FROM, last=UNTIL):
        values = self.daily(name)[:, self.days(first, last)]
        return np.nanmean(values.reshape(values.shape[0], values.shape[1], -1).sum(2), 1)

    def total(self, name, first="2025-02-11", last="2031-02-11"):
        values = self.daily(name)[:, self.days(first, last)]
        return values.reshape(values.shape[0], -1).sum(1)

    def place(self, name, first=FROM, last=UNTIL):
        """Mean over a year of a daily percentage, days without anybody left out."""
        values = self.daily(name)[:, self.days(first, last)]
        return np.nanmean(np.where(np.isfinite(values), values, np.nan), 1)

    def opened(self):
        """Of each facility the month in which it first has places, or none: (replication, facility)."""
        has = self.file["facility_capacity"][:] > 0
        return np.where(has.any(1), has.argmax(1), 10 ** 6)

    def houses(self, date):
        """Houses open in the month of a day."""
        month = [i for i, m in enumerate(self.months) if m.isoformat()[:7] == date[:7]][0]
        which = [i for i, k in enumerate(self.kind) if k == "detention_house"]
        return (self.file["facility_capacity"][:, month, :][:, which] > 0).sum(1).astype(float)

    def phase_end(self, stage):
        names = [x.decode() for x in self.file["stage"][:]]
        return self.daily("projects_at")[:, -1, names.index(stage)] if stage in names else None


def opening_delay(run):
    """Days of delay against plan, a house that opened."""
    return run.total("opening_delay")


def waiting_for_need(run):
    return run.mean("waiting_for_house")


# A switch, what it is read in, which way it should go, and how it is taken.
SWITCHES = [
    ("1-master-plan", "houses open, 2031-01", +1, lambda r: r.houses("2031-01-15")),
    ("2-cap", "residents in houses up to 30, 2030, %", +1, lambda r: r.place("small_scale")),
    ("3-transparency", "places with public figures, 2030, %", +1, lambda r: r.place("transparency")),
    ("4-funding", "residents sent back as funding ended, until 2031-02", -1, lambda r: r.total("moves_lapse")),
    ("5-groups", "residents who fit their house, 2030, %", +1, lambda r: r.place("match")),
    ("6-coordination", "houses open, 2031-01", +1, lambda r: r.houses("2031-01-15")),
    ("7-evaluation", "chance of an error in screening, 2030, %", -1, lambda r: 100 * r.place("screening_error")),
]
ALSO = [
    ("2-cap", "places in all, 2031-01", lambda r: r.mean("capacity", "2031-01-01", "2031-02-01")),
    ("3-transparency", "chance of an error in screening, 2030, %", lambda r: 100 * r.place("screening_error")),
    ("5-groups", "people waiting for a house, 2030", waiting_for_need),
    ("7-evaluation", "stays broken off in a year, 2030", lambda r: r.total("breaches", FROM, UNTIL)),
    ("7-evaluation", "of them wrongly admitted", lambda r: r.total("breaches_wrongly_admitted", FROM, UNTIL)),
]
HEADLINES = [
    ("people in prison, 2030", lambda r: r.mean("population")),
    ("floor sleepers, 2030", lambda r: r.mean("floor_sleepers")),
    ("person-years above capacity, until 2031-02", lambda r: r.total("above_capacity") / 365.25),
    ("residents of houses, 2030", lambda r: r.mean("house_residents")),
    ("running and building until 2031-02, million euro", lambda r: r.total("cost") / 1e6),
]


def paired(base, other):
    d = other - base
    n = len(d)
    mean, sd = d.mean(), d.std(ddof=1)
    half = 1.972 * sd / n ** .5  # t of 199
    if sd < 1e-9 * max(1, abs(mean)):
        return mean, 0., 0. if mean else 1.
    p = math.erfc(abs(mean) / (sd / n ** .5) / math.sqrt(2))
    return mean, half, p


def line(what, base, mean, half, p):
    shown = "exact" if half == 0 and mean else "<1e-99" if p < 1e-99 else f"{p:.0e}" if p < 1e-3 else f"{p:.3f}"
    print(f"  {what:<48} {base:>10.1f} {mean:>+10.2f} {half:>8.2f}  {shown}")


def compare(folder, base, fails):
    heading = f"{'':<50} {'base':>10} {'change':>10} {'+-':>8}  p"
    ends = os.path.basename(folder.rstrip("/")) == "ends"
    print(f"Each switch alone{', at the unfavourable end' if ends else ''}\n{heading}")
    signs = {}
    for name, what, sign, taken in SWITCHES:
        path = os.path.join(folder, name + ".h5")
        own = os.path.join(folder, name + "-baseline.h5")
        if not os.path.exists(path):
            continue
        before = taken(Run(own) if os.path.exists(own) else base)
        mean, half, p = paired(before, taken(Run(path)))
        print(name)
        line(what, before.mean(), mean, half, p)
        signs[name] = math.copysign(1, mean) if mean else 0
        if p >= 1e-6 or signs[name] != sign:
            fails.append(f"{name}: {what}: {mean:+.3g}, p {p:.1g}")
        for other, also, how in ALSO:
            if other == name:
                was = how(Run(own) if os.path.exists(own) else base)
                line(also, was.mean(), *paired(was, how(Run(path))))
    return signs


def openings(folder, base, fails):
    """Projects that both have: the same day of opening, and with a platform no later one."""
    print("\nFacilities that both have, in all replications: month of opening")
    was = base.opened()
    for name, *_ in SWITCHES:
        path = os.path.join(folder, name + ".h5")
        if not os.path.exists(path):
            continue
        run = Run(path)
        now = run.opened()
        both = [(base.facility.index(f), run.facility.index(f)) for f in base.facility if f in run.facility]
        a, b = was[:, [x for x, _ in both]], now[:, [y for _, y in both]]
        later, earlier = int((b > a).sum()), int((b < a).sum())
        print(f"  {name:<18} {len(both)} facilities: {earlier} earlier, {later} later, {a.size - earlier - later} the same")
        if later or (earlier and name != "6-coordination"):
            fails.append(f"{name}: {later} later and {earlier} earlier openings")


def headlines(folder, base):
    names = sorted(f[:-3] for f in os.listdir(folder) if f.endswith(".h5") and f != "baseline.h5")
    print("\nAll scenarios: base, difference and its 95 % interval")
    for what, taken in HEADLINES:
        before = taken(base)
        print(f"{what}: base {before.mean():.1f} (nine in ten: {np.quantile(before, .05):.1f} to {np.quantile(before, .95):.1f})")
        for name in names:
            after = taken(Run(os.path.join(folder, name + ".h5")))
            mean, half, p = paired(before, after)
            better = int(100 * (after < before).mean())
            print(f"  {name:<20} {mean:>+10.1f} +- {half:>7.1f}   lower in {better} of 100 futures")


def main():
    folder, fails = sys.argv[1], []
    base = Run(os.path.join(folder, "baseline.h5"))
    first = compare(folder, base, fails)
    fails += [f"{name}: no result" for name, *_ in SWITCHES if name not in first]
    openings(folder, base, fails)
    headlines(folder, base)
    if "--ends" in sys.argv:
        print()
        ends = compare(os.path.join(folder, "ends"), base, fails)
        fails += [f"{name}: another sign at the unfavourable end" for name in ends if ends[name] != first.get(name)]
        fails += ["no result at any unfavourable end"] if not ends else []
    for fail in fails:
        print("FAILS: " + fail)
    print(f"\n{len(SWITCHES)} switches, {len(fails)} that do not hold")
    return 1 if fails else 0


if __name__ == "__main__":
    sys.exit(main())
