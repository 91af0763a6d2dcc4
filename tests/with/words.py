#!/usr/bin/python3
"""What Belgium's scenarios hold for readers: words.py FOLDER RESULT.h5...

The labels of the results have their words in FOLDER/texts.csv, in three languages; each scenario that extends the
baseline has a title and a question of its own; each row of counted.csv stands in FOLDER/counts/; each facility lies in
the box around its region. Exit status 1 when one does not."""
import csv
import glob
import os
import sys

import h5py
import yaml

LANGUAGES = ("en", "nl", "fr")
AXES = ("region", "measure", "desk", "class", "group", "stage", "party", "kind", "part", "status", "regime",
        "facility_kind", "facility_use")
# South, north, west and east ends of each region, degrees, with a tenth to spare.
BOX = {"north": (50.58, 51.60, 2.44, 6.02), "south": (49.40, 50.92, 2.74, 6.51), "brussels": (50.66, 51.02, 4.14, 4.59)}


def table(*name):
    with open(os.path.join(*name), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def scenario(path):
    with open(path, encoding="utf-8") as file:
        return yaml.safe_load(file)


def says_all(row):
    return all(row.get(language) for language in LANGUAGES)


def names(folder, results):
    """Labels of RESULTS without words. A facility that is called the same in all languages needs none."""
    rows = [row for row in table(folder, "texts.csv") if row["of"] == "name"]
    words = [row["word"] for row in rows]
    yield from (f"{row['word']}: a language is missing" for row in rows if not says_all(row))
    yield from (f"{word} is there twice" for word in sorted({word for word in words if words.count(word) > 1}))
    for path in results:
        with h5py.File(path) as file:
            labels = {label.decode() for axis in AXES if axis in file for label in file[axis][:]}
            # English is in a facility's own name where it has more than one word.
            labels |= {name.decode() for name in file["facility"][:] if " " in name.decode()}
        yield from (f"{os.path.basename(path)}: {label} has no words" for label in sorted(labels - set(words)))


def limits(folder, _results):
    """What is missing of uses, limits, known errors and sources."""
    rows = table(folder, "texts.csv")
    yield from (f"{row['of']}: a language is missing: {row['en'][:60]}" for row in rows if not says_all(row))
    for of, least in (("title", 1), ("question", 1), ("use", 1), ("not_for", 1), ("error", 3), ("source", 1)):
        if sum(row["of"] == of for row in rows) < least:
            yield f"{of}: fewer than {least}"


def titles(folder, _results):
    """Scenarios over the baseline without a title or a question of their own."""
    seen = {}
    for path in sorted(glob.glob(folder + "/*.yaml") + glob.glob(folder + "/resolution/*.yaml")):
        whole = scenario(path)
        if os.path.basename(whole.get("extends", "")) not in ("baseline.yaml", "all.yaml"):
            continue
        rows = {row["of"]: row for row in whole.get("add", {}).get("texts", [])}
        for of in ("title", "question"):
            row = rows.get(of, {})
            if not says_all(row):
                yield f"{path}: no {of} in three languages"
            elif seen.setdefault((of, row["nl"]), path) != path:
                yield f"{path}: the {of} of {seen[of, row['nl']]}"
    if len(seen) < 30:
        yield f"only {len(seen)} titles and questions"


def is_same_time(counted, date, kind):
    """A mean of a year stands in its middle, what is known by month alone in or at an end of it."""
    return counted == date + "-07-01" if kind == "year average" else counted.startswith(date)


def counts(folder, _results):
    """Rows of counted.csv that counts/ does not hold."""
    nation = table(folder, "counts", "population_history.csv")
    prisons = table(folder, "counts", "counts_by_prison.csv")
    for row in table(folder, "counted.csv"):
        field = "note" if row["region"] else row["series"]
        found = [
            count for count in (prisons if row["facility"] else nation)
            if is_same_time(row["date"], count["date"], count["kind"]) and row["source"].endswith(count["source_url"])
            and count.get("facility", "") == row["facility"]
            and (count[field] == row["value"] or row["region"] and (row["value"] in count[field] or row["value"] == "0"))
        ]
        if not found:
            yield "not in counts/: " + ",".join(row.values())


def places(folder, _results):
    """Facilities outside the box around their region."""
    for name in ("facilities.csv", "announced.csv", "new_prisons.csv"):
        for row in table(folder, name):
            south, north, west, east = BOX[row["region"]]
            if not (row["latitude"] and south < float(row["latitude"]) < north and west < float(row["longitude"]) < east):
                yield f"{row['name']} is not in {row['region']}: {row['latitude']}, {row['longitude']}"


failed = 0
tests = (names, limits, titles, counts, places)
for test in tests:
    faults = list(test(sys.argv[1], sys.argv[2:]))
    print("\n".join(faults[:20]), end="\n" if faults else "")
    failed += len(faults) > 0
print(f"{len(tests) - failed} passed, {failed} failed")
sys.exit(failed > 0)
