#!/usr/bin/env python3
"""A country too large for one core: generate.py FOLDER [PEOPLE [FACILITIES [REGIONS [YEARS]]]]

Writes world.yaml and its tables. 11.5 million people in prison and about three in ten of them not yet
sentenced are the world's numbers (World Prison Population List, 13th and 14th editions); everything else is
synthetic: the number and size of facilities, stays, shares. It is there to measure the program, not to say
anything about the world."""
import os
import sys

DEFAULTS = (11_500_000, 10_000, 200, 10)
folder = sys.argv[1] if len(sys.argv) > 1 else "."
given = [int(x) for x in sys.argv[2:6]]
people, facilities, regions, years = given + list(DEFAULTS[len(given):])
each = facilities // regions          # facilities of a region
inside = people // regions            # people of a region
remand = int(0.3 * inside)
remand_days = 124
rate = remand / remand_days           # a day in a region, so that the stock is in balance
names = [f"R{r:03d}" for r in range(regions)]


def table(name, heading, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(heading + "\n")
        file.writelines(",".join(str(c) for c in row) + "\n" for row in rows)


def facility(region, i):
    """Four in ten are for sentences; one in twenty-five is a detention house of 30."""
    size = max(4, int(inside / each / 1.15 * (0.5 + i / each)))  # the smallest half of the largest
    name = f"{region}-{i:03d}"
    if i % 25 == 24:
        return name, "detention_house", "", region, 30, "", "", ""
    if i % 5 < 2:
        return name, "prison", "sentences", region, size, size, "", 1.05
    return name, "prison", "arrest", region, size, int(1.2 * size), size, ""


os.makedirs(folder, exist_ok=True)
table("facilities.csv", "name,kind,use,region,capacity,beds,entry,ceiling",
      (facility(r, i) for r in names for i in range(each)))
table("intake.csv", "class,region,rate", (("arrested", r, f"{rate:.4f} / d") for r in names))
table("stock.csv", "status,region,count",
      ((s, r, n) for r in names for s, n in (("remand", remand), ("convicted", inside - remand))))
with open(os.path.join(folder, "world.yaml"), "w", encoding="utf-8") as file:
    file.write(f"""name: World, synthetic, {people} people in {facilities} facilities
start: 2026-01-01
horizon: {years} y
replications: 1
seed: 1
regions: [{', '.join(names)}]
facilities: {{csv: facilities.csv}}
intake: {{csv: intake.csv}}
stock: {{csv: stock.csv}}
classes:
  - {{name: arrested, sentence: {{lognormal: {{mean: 49 mo, cv: 0.8}}}}, served: {{uniform: {{low: 0.34, high: 0.66}}}}}}
pathways:
  arrested:
    - {{phase: remand, status: remand, stay: {{lognormal: {{mean: {remand_days} d, cv: 1}}}}, then: {{released: 0.5375, sentence: 0.4625}}}}
    - {{phase: sentence, status: convicted, serve: share, then: {{released: 0.8, monitored: 0.2}}}}
    - {{phase: monitored, status: convicted, place: home, stay: {{lognormal: {{mean: 5 mo, cv: 0.6}}}}, then: {{released: 1}}}}
house_selection: {{suitable: 25 %, screening: {{exponential: {{mean: 30 d}}}}, least_stay: 2 mo, breach: 11 %,
  most_sentence: 3 y, first: region, hand_off: {{exponential: {{mean: 14 d}}}}}}
allocation: {{first: region, least_left: 2 mo, moves: {max(10, inside // 100)}}}
record:
  - {{place: nation, tick: month}}
  - {{place: region, tick: month, series: [population, capacity, beds, above_capacity, floor_sleepers, entries, releases]}}
  - {{place: facility, tick: year, series: [population, peak, entries]}}
""")
