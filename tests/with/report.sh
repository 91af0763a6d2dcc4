#!/usr/bin/env bash
# The report's numbers of Belgium are what h5py, numpy and scipy work out from the files; and they take no longer than h5py
# takes to read those variables on one core.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom numbers=$PWD/${BUILD:-build}/report-numbers
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
"$program" run scenarios/belgium/baseline.yaml -r 6 -q -o "$work/base.h5" || exit 1
"$program" run scenarios/belgium/resolution/all.yaml -r 6 -q -o "$work/all.h5" || exit 1
"$numbers" "$work/base.h5" "$work/all.h5" >"$work/numbers.json" || exit 1
check 'the numbers of the report' /usr/bin/python3 tests/with/report.py "$work/numbers.json" "$work/base.h5" "$work/all.h5"
tail -n 1 "$work/out"
"$program" run scenarios/examples/first.yaml -r 1000 -q -o "$work/first.h5" || exit 1
"$program" run scenarios/examples/first.yaml -r 1000 -q -o "$work/more.h5" --set 'intake[short].rate: {times: 1.1}' || exit 1
cat >"$work/time.py" <<'END'
import json, resource, subprocess, sys, time
import h5py
numbers, *paths = sys.argv[1:]
names = {q["name"] for q in json.loads(subprocess.run([numbers, *paths], check=True, capture_output=True).stdout)["quantities"]}
SERIES = {"people": ["population"], "density": ["population", "capacity"], "felt_density": ["felt_occupancy"],
          "handoff_gap": ["vacating", "moves_house"], "desk_days": ["at_desk"],
          "house_places": ["facility_capacity"], "house_empty": ["facility_capacity", "house_residents"], "projects_open": ["projects"],
          "total_cost": ["cost", "building_cost", "measure_cost", "penalty"]}
wanted = {s for n in names for s in SERIES.get(n, ["crowding" if n.startswith("crowding") else n])}

def read():
    for path in paths:
        with h5py.File(path) as file:
            for name in file:
                if name in wanted or name.removeprefix("region_") in wanted or name.removeprefix("facility_") in wanted:
                    file[name][:]

# One after the other, so that a burst of something else takes its time from both; the best of each.
best = [float("inf"), float("inf")]
for _ in range(5):
    for i, work in enumerate((read, lambda: subprocess.run([numbers, *paths], check=True, stdout=subprocess.DEVNULL))):
        before = time.perf_counter()
        work()
        best[i] = min(best[i], time.perf_counter() - before)
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"the numbers take {best[1]:.2f} s, {best[1] / best[0]:.2f} of the time in which h5py reads their variables, and {memory:.0f} MiB")
sys.exit(best[1] > best[0] or memory > 1024)
END
check 'the numbers come as fast as reading' /usr/bin/python3 "$work/time.py" "$numbers" "$work/first.h5" "$work/more.h5"
tail -n 1 "$work/out"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
