#!/usr/bin/env bash
# A sweep's values against those of `run --set`, read with h5py; parts opened as one with xarray; a sweep that is killed
# 25 times at any moment, and begun again each time; and so in 2, 3 and 7 tasks on 1 and 4 threads.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
cat >"$work/design.yaml" <<EOF
scenario: base.yaml
method: latin_hypercube
points: 40
replications: 12
factors:
  - {path: 'intake[short,north].rate', name: rate, times: 0.8..1.2}
  - {path: 'facilities[Canal house].capacity', name: places, to: 10..30, step: 1}
EOF
{ cat scenarios/examples/first.yaml; echo 'record: [{place: nation, tick: year}]'; } >"$work/base.yaml"
cd "$work" || exit 3
begun=${EPOCHREALTIME//[!0-9]/}
"$program" sweep design.yaml -o whole -q || exit 1
taken=$((${EPOCHREALTIME//[!0-9]/} - begun)) # microseconds
"$program" merge whole -o whole.h5 -q || exit 1

# Point, then each line that is set there.
same_as_run() {
    /usr/bin/python3 - "$program" <<'EOF'
import subprocess, sys
import h5py
swept = h5py.File("whole.h5")
compared = 0
for point in (0, 7, 39):
    lines = [part for line in swept["set"].asstr()[point].splitlines() for part in ("--set", line)]
    subprocess.run([sys.argv[1], "run", "base.yaml", "-r", "3..11", "-q", "-f", "-o", "one.h5", *lines], check=True)
    with h5py.File("one.h5") as one:
        for name, values in one.items():
            if name in swept and "point" in str(swept[name].attrs.get("dimensions")):
                assert swept[name][point, 3:].tobytes() == values[...].tobytes(), (point, name)
                compared += 1
print(compared, "arrays")
assert compared > 100
EOF
}
check "a point has the values of run --set, any replication alone" same_as_run

opens_as_one() {
    for k in 1 2 3; do "$program" sweep design.yaml -o three --task $k --tasks 3 -q || return; done
    /usr/bin/python3 - <<'EOF'
import xarray
parts, whole = xarray.open_mfdataset("three/part-*.h5", data_vars="minimal"), xarray.open_dataset("whole.h5")
assert parts.sizes["point"] == 40
parts.attrs = whole.attrs = {}  # the id, and how it was made
xarray.testing.assert_identical(parts.load(), whole.load())
assert whole.rate.dims == ("point",) and whole.population.dims == ("point", "replication", "year", "status")
assert whole.places.values.min() == 10 and whole.places.values.max() == 30
EOF
}
check "unmerged parts open as one" opens_as_one

# A twelfth of 365.25 days is a month; 31 days are in January.
units() {
    cat >units.yaml <<'EOF'
scenario: base.yaml
replications: 1
factors:
  - {name: months, to: [1 mo, 2 d]}
  - {name: shares, to: [25 %]}
  - {name: rates, to: [2 / d]}
  - {name: dates, to: [2027-02-01]}
  - {name: both, to: [0, 2 d]}
EOF
    "$program" sweep units.yaml -o units -q && "$program" merge units -o units.h5 -q || return
    /usr/bin/python3 - <<'EOF'
import numpy, xarray
swept = xarray.open_dataset("units.h5")
units = {name: swept[name].attrs.get("units") for name in ("months", "shares", "rates", "both")}
assert units == {"months": "d", "shares": "1", "rates": "d-1", "both": None}, units
assert set(swept.months.values) == {365.25 / 12, 2} and set(swept.shares.values) == {0.25} and set(swept.rates.values) == {2}
assert (swept.dates.values == numpy.datetime64("2027-01-01") + numpy.timedelta64(31, "D")).all()
EOF
}
check "factors say their units, and dates open as dates" units

# More points than are run in a row (4,096), of a place that lives ten days.
many_points() {
    cat >tiny.yaml <<'EOF'
name: Tiny
start: 2026-01-01
horizon: 10 d
warm_up: 10 d
regions: [north]
facilities: [{name: House, region: north, capacity: 5}]
intake: [{class: short, region: north, rate: 1 / d}]
pathways: {short: [{phase: stay, status: convicted, stay: {fixed: {value: 3 d}}, then: {released: 1}}]}
EOF
    cat >many.yaml <<'EOF'
scenario: tiny.yaml
method: halton
points: 4200
replications: 1
record: [{place: nation, tick: year, series: [arrivals, releases]}]
factors: [{name: rate, path: 'intake[short].rate', times: 0.5..2}]
EOF
    local k
    "$program" sweep many.yaml -o many -q && "$program" merge many -o many.h5 -q || return
    for k in 1 2 3; do "$program" sweep many.yaml -o many3 -j $k -J 3 -q || return; done
    "$program" merge many3 -o many3.h5 -q && "$program" diff many.h5 many3.h5 | grep -q 'identical: 2 variables, 4200 points; id '
}
check "more points than are run in a row are the same in tasks of fewer" many_points

kills=0
kill_within() { # MICROSECONDS OPTIONS...: a go that is killed at any moment before, or has ended by then
    local pid
    "$program" sweep design.yaml -q "${@:2}" &
    pid=$!
    sleep "$(printf '%d.%06d' $(($1 * (RANDOM + 1) / 32768 / 1000000)) $(($1 * (RANDOM + 1) / 32768 % 1000000)))"
    kill -9 $pid 2>/dev/null && kills=$((kills + 1))
    wait $pid 2>/dev/null
    return 0
}

killed() { # each go within an eighth of what all of it takes
    local n
    RANDOM=11
    for ((n = 0; n < 25; n++)); do kill_within $((taken / 8)) -o killed -t 2; done
    "$program" sweep design.yaml -o killed && "$program" merge killed -o killed.h5 -q && "$program" diff whole.h5 killed.h5
}
check "killed 25 times, the values are the same" killed
cat "$work/out"

# Each task runs until it has ended by itself; before that it is killed twice, within half of what its share takes.
killed_tasks() { # TASKS THREADS
    local k n
    RANDOM=$(($1 * 10 + $2))
    for ((k = 1; k <= $1; k++)); do
        for n in 1 2; do kill_within $((taken / $1 / 2 + 20000)) -o "tasks-$1-$2" --task "$k" --tasks "$1" -t "$2"; done
        "$program" sweep design.yaml -o "tasks-$1-$2" --task "$k" --tasks "$1" -t "$2" >>last_goes || return
    done
    "$program" merge "tasks-$1-$2" -o "tasks-$1-$2.h5" -q
}

# Each dataset of one file against that of the other, but those that tell of a run: when, where, by which command.
same_datasets() { # A B
    /usr/bin/python3 - "$1" "$2" <<'EOF'
import sys
import h5py
of_a_run = {"provenance/" + name for name in ("command_line", "started", "ended", "content", "seal")}
def sets(file):
    found = {}
    file.visititems(lambda name, item: found.update({name: item}) if isinstance(item, h5py.Dataset) else None)
    return found
def bits(values):
    return values.tobytes() if hasattr(values, "tobytes") and values.dtype != object else getattr(values, "tolist", lambda: values)()
with h5py.File(sys.argv[1]) as a, h5py.File(sys.argv[2]) as b:
    one, other = sets(a), sets(b)
    assert one.keys() == other.keys()
    compared = [name for name in one if name not in of_a_run]
    for name in compared:
        assert one[name].dtype == other[name].dtype and one[name].shape == other[name].shape, name
        assert bits(one[name][()]) == bits(other[name][()]), name
    print(len(compared), "datasets of", sys.argv[2])
    assert len(compared) > 100
EOF
}
for tasks in 2 3 7; do
    for threads in 1 4; do
        check "$tasks tasks on $threads threads are killed and go on" killed_tasks $tasks $threads
        check "$tasks tasks on $threads threads, killed, give the same datasets" same_datasets whole.h5 tasks-$tasks-$threads.h5
    done
done
left=$(awk '{sum += $4} END {print sum}' last_goes)
echo "killed $kills times; the last goes had $left of 240 points left to do"
check "most kills came before the end" test "$kills" -ge 37 # of 73
check "what was finished before a kill was not run again" test "$left" -lt 240
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
