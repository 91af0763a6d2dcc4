"""page_numbers.py PROGRAM SEEN.json DOCUMENT.json CHANCE BASE.h5 OTHER.h5...: the numbers that a reader sees in a report, as a browser has
read them from its tables and files (others.test.js), against those that h5py and numpy work out from the results; and what the program
prints for addresses that the report gives. Each is compared to the last digit that is shown. CHANCE is how many futures a draw has."""

import json
import math
import random
import re
import shlex
import subprocess
import sys

import h5py
import numpy as np
from report_values import DEFINED
from scipy import stats

program, states, document, chance = sys.argv[1], json.load(open(sys.argv[2])), json.load(open(sys.argv[3])), int(sys.argv[4])
files = [h5py.File(path) for path in sys.argv[5:]]
CELLS, ADDRESSES = 24, 20  # that are looked at of each table and file; of all
random.seed(20261128)
agreed, wrong = {"en": 0, "nl": 0}, []
axis_of = {label: axis for q in document["quantities"] for axis, label in q["labels"].items()}
decimals_of = {(q["name"], q["by"]): q["decimals"] for q in document["quantities"]}
day = lambda window: str(np.datetime64(window[0], "D"))
windows = {"year": {day(w)[:4]: w for w in document["days"]["year"]}, "month": {day(w)[:7]: w for w in document["days"]["month"]},
           "whole": {"": document["days"]["whole"][0]}}


def name(word, code):
    """A region or facility in the reader's language."""
    texts = document["texts"]["names"].get(word, {})
    return texts.get(code) or texts.get("en") or word


def title(s, code):
    texts = document["scenarios"][s].get("title") or {}
    return texts.get(code) or texts.get("en") or document["scenarios"][s]["name"]


def number(text, code):
    """(value, decimals) of a number as it is written in a language; None of another text."""
    plain = re.sub(r"[\s\u00a0\u202f%]", "", text).replace("\u2212", "-")
    plain = plain.replace(",", "") if code == "en" else plain.replace(".", "").replace(",", ".")
    if plain in ("", "–"):
        return math.nan, 0
    return (float(plain), len(plain.partition(".")[2])) if re.fullmatch(r"[-+]?\d+(\.\d+)?", plain) else None


def digits(value, count, limit):
    """Decimals that show COUNT digits of a number; negative where it is rounded to tens or hundreds."""
    return 0 if not math.isfinite(value) or value == 0 else min(limit, count - 1 - math.floor(math.log10(abs(value))))


def decimals_on_page_one(value, low, high):
    """What the interval allows: two digits of its half width, and no more than four of the number."""
    half = (high - low) / 2
    if not half > 0:
        return max(0, digits(value, 3, 1))
    return min(min(1, digits(half, 2, 3)) if half >= 0.1 else min(3, digits(half, 1, 3)), max(0, digits(value, 4, 3)))


def values(what, labels, window, s, than):
    with np.errstate(invalid="ignore", divide="ignore"):
        got = DEFINED[what](files[s], labels, window)
        return got - DEFINED[what](files[0], labels, window) if than else got


def statistic(which, sample):
    """The mean of futures in which each draw counts once, a quantile of them, or an end of the 95 % interval of their mean."""
    draws = np.array([draw[np.isfinite(draw)].mean() for draw in sample.reshape(-1, chance) if np.isfinite(draw).any()])
    if len(draws) == 0:
        return math.nan
    if which == "mean":
        return draws.mean()
    if which[0] == "q":
        return np.quantile(sample[np.isfinite(sample)], int(which[1:]) / 100)
    half = stats.t.ppf(0.975, len(draws) - 1) * draws.std(ddof=1) / len(draws) ** 0.5
    return draws.mean() + (half if which == "high" else -half)


def hold(where, text, code, by, time, what, labels, s, than=False, which="mean", count=None):
    """Compares one number that is shown, with COUNT digits or the decimals that are read; what the document has rounded is off by half its
    last digit."""
    got = number(text, code)
    if what not in DEFINED or (got is None and wrong.append(f"{where}: no number: {text!r}")):
        return
    expected = statistic(which, values(what, labels, windows[by][time], s, than))
    decimals = decimals_of.get((what, by), 2)
    bound = 0.5 * 10.0 ** -(got[1] if count is None else digits(expected, count, 2)) + 0.501 * 10.0**-decimals + 1e-6 * abs(expected)
    if (math.isnan(got[0]) and math.isnan(expected)) or abs(got[0] - expected) <= bound:
        agreed[code] += 1
    else:
        wrong.append(f"{where} {which} of {what} {labels} {time or 'whole'} in {s}{' less the base' * than}: shown {text}, worked out {expected}")


def cells(columns, rows, first):
    """Some cells of a table, as (row, column)."""
    all_cells = [(r, c) for r in range(len(rows)) for c in range(first, columns)]
    return random.sample(all_cells, min(CELLS, len(all_cells)))


def bands(where, code, by, columns, rows, what, labels, than):
    """Time, then for each scenario the mean and, where there are several futures, the ends of 80 % of them."""
    shown = range(1 if than else 0, len(files))
    each = (len(columns) - 1) // len(shown)
    for r, c in cells(len(columns), rows, 1):
        s, which = shown[(c - 1) // each], ("mean", "q10", "q90")[(c - 1) % each]
        hold(where, rows[r][c], code, by, rows[r][0], what, labels, s, than, which)


def years_of_people(where, code, columns, rows):
    for r, c in cells(len(columns), rows, 1):
        hold(where, rows[r][c], code, "year", rows[r][0], ("people", "capacity")[(c - 1) % 2], {}, (c - 1) // 2)


def facilities_by_time(where, code, columns, rows, is_file):
    known = {name(f["name"], code): f["name"] for f in document["facilities"]}
    for r, c in cells(len(columns), rows, 4 if is_file else 3):
        time = rows[r][3] if is_file else columns[c]
        hold(where, rows[r][c], code, "month" if is_file else "year", time, "density", {"facility": known[rows[r][0]]}, 0)


def facilities_of_a_year(where, code, columns, rows, year):
    known = {name(f["name"], code): f["name"] for f in document["facilities"]}
    for r, c in cells(5, rows, 2):
        where_it_is = {"facility": known[rows[r][0]]}
        if c < 4:
            hold(where, rows[r][c], code, "year", year, ("capacity", "people")[c - 2], where_it_is, 0)
            continue
        # The map divides what it shows: mean people by mean places.
        places, people = (statistic("mean", values(what, where_it_is, windows["year"][year], 0, False)) for what in ("capacity", "people"))
        shown = number(rows[r][c], code)[0]
        good = (places == 0 and math.isnan(shown)) or abs(shown - 100 * people / places) <= 0.6
        agreed[code] += good
        if not good:
            wrong.append(f"{where} {where_it_is}: shown {rows[r][c]} per 100 places, worked out {people} on {places}")


ADDRESS = re.compile(r'(?:\w+-)?(\w+):mean\((\w+)((?:, (?:"(?:[^"]|"")*"|[^,")]+))*)\)$')


def read_address(address):
    """Series, labels, time and scenario of a mean."""
    short, what, rest = ADDRESS.match(address).groups()
    words = [q.replace('""', '"') if q else p for q, p in re.findall(r', (?:"((?:[^"]|"")*)"|([^,"]+))', rest)]
    time = words.pop() if words and re.fullmatch(r"\d{4}", words[-1]) else ""
    return what, {axis_of[word]: word for word in words}, time, [s["short"] for s in document["scenarios"]].index(short)


def rows_with_addresses(where, code, table):
    """In each row mean, low and high of what its address names."""
    numbers = [i for i, text in enumerate(table["rows"][0]) if number(text, code)]
    for r in random.sample(range(len(table["rows"])), min(CELLS, len(table["rows"]))):
        if table["addresses"][r]:
            what, labels, time, s = read_address(table["addresses"][r])
            for c, which in zip(numbers, ("mean", "low", "high")):
                hold(where, table["rows"][r][c], code, "year", time, what, labels, s, which=which)


def comparison(code, table, visible):
    """Page one: the table behind it, all indicators by scenario, and the table that everybody sees."""
    for r, row in enumerate(document["comparison"]["rows"]):
        for s in range(len(files)):
            line, (value, interval) = table["rows"][r * len(files) + s], visible[r][s]
            hold("o-table", line[3], code, "whole", "", row["name"], {}, s, count=4)
            for c, which in zip((6, 7, 8) if s else (3, 4, 5), ("mean", "low", "high")):
                hold("o-table", line[c], code, "whole", "", row["name"], {}, s, s > 0, which, 4)
            scale = 1e6 if row["unit"] == "euro" else 1
            ends = re.split(r" (?:to|tot) ", interval) if interval else []
            if row["name"] not in DEFINED or not value:
                continue
            sample = values(row["name"], {}, windows["whole"][""], s, s > 0) / scale
            expected = [statistic(which, sample) for which in ("mean", "low", "high")]
            decimals = decimals_on_page_one(*expected)
            for text, exact in zip([value, *ends], expected):
                good = abs(number(text, code)[0] - exact) <= 0.501 * 10.0**-decimals + 0.0051 / scale + 1e-6 * abs(exact)
                agreed[code] += good
                if not good:
                    wrong.append(f"page one, {row['name']} in {s}: shown {text}, worked out {exact}")


def look(state):
    code = state["code"]
    labels = {"region": state["region"]} if "region" in state else {}
    for picture, table in state["tables"].items():
        file = state["files"][picture][:-2]  # without the empty line and the source
        columns, rows = table["columns"], table["rows"]
        what = picture.removeprefix("a-").removesuffix("-than")
        if picture == "o-table":
            comparison(code, table, state["comparison"])
        elif picture == "o-people":
            years_of_people(picture, code, columns, rows)
        elif picture.startswith("a-") and what in DEFINED:
            bands(picture, code, "year", columns, rows, what, labels, picture.endswith("-than"))
            bands(f"{picture}.csv", code, "month", file[0], file[1:], what, labels, picture.endswith("-than"))
        elif picture == "b-heat":
            facilities_by_time(picture, code, columns, rows, False)
            facilities_by_time(f"{picture}.csv", code, file[0], file[1:], True)
        elif picture == "b-map":
            facilities_of_a_year(picture, code, columns, rows, read_address(table["addresses"][0])[2])
        elif picture in ("b-one-numbers", "e-remedies"):
            rows_with_addresses(picture, code, table)


def shown_at(state, picture, text):
    """The number that the table of a picture shows for what its list of addresses calls TEXT; None where it is not known which."""
    table, (head, _, last) = state["tables"].get(picture), text.rpartition(", ")
    if table is None:
        return None
    rows, columns = table["rows"], table["columns"]
    if picture == "o-table":
        row = next((row for row in rows if row[:2] == [head, last]), None)
        return row and (row[3] if row[6] == "–" else row[6])
    row = next((row for row in rows if row[0] == (head if picture == "b-heat" else last)), None)
    column = next((c for c, name in enumerate(columns) if (name == last if picture == "b-heat" else name.startswith(f"{head}:"))), None)
    return row[column] if row and column else None


def addresses():
    """(where, command or address, text, code) of every number whose place in a table is known."""
    found = []
    for state in states:
        for picture, entries in state["addresses"].items():
            if picture.startswith(("a-", "o-", "b-heat")) and picture != "a-chance":
                found += [(picture, e["command"], shown, state["code"]) for e in entries if (shown := shown_at(state, picture, e["text"]))]
        for picture in ("b-one-numbers", "e-remedies", "a-chance", "b-map"):
            table = state["tables"].get(picture, {"rows": [], "addresses": []})
            for row, address in zip(table["rows"], table["addresses"]):
                numbers = [text for text in row[1:] if number(text, state["code"])]
                if address and numbers:
                    names = " ".join(shlex.quote(s["file"]) for s in document["scenarios"])
                    shown = numbers[1] if picture == "b-map" else numbers[0]
                    found.append((picture, f"doorstroom show {shlex.quote(address)} {names}", shown, state["code"]))
    return [entry for entry in found if entry[2] != "–"]


def ask(picture, command, shown, code):
    done = subprocess.run([program, *shlex.split(command)[1:]], capture_output=True, text=True)
    got, decimals = number(shown, code)
    answer = float(done.stdout.split()[0]) if done.returncode == 0 else math.nan
    decimals = digits(answer, 4, 2) if picture == "o-table" else decimals
    if abs(got - answer) <= 0.501 * 10.0**-decimals + 0.0051 + 1e-9 * abs(answer):
        return 1
    wrong.append(f"{picture}: {command}: shown {shown}, answered {done.stdout[:40]!r} {done.stderr[:200]!r}")
    return 0


for one in states:
    look(one)
known = addresses()
by_picture = {picture: [entry for entry in known if entry[0] == picture] for picture in {entry[0] for entry in known}}
asked = [random.choice(entries) for entries in by_picture.values()]
asked += random.sample(known, max(0, min(ADDRESSES - len(asked), len(known))))
answered = sum(ask(*entry) for entry in asked)
for line in wrong[:20]:
    print(line)
print(f"{agreed['en']} numbers in English and {agreed['nl']} in Dutch, {answered} of {len(asked)} addresses agree; {len(wrong)} do not")
sys.exit(bool(wrong) or min(agreed.values()) < 200 or answered < ADDRESSES)
