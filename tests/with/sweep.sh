#!/usr/bin/env bash
# A sweep's values against those of `run --set`, read with h5py; parts opened as one with xarray; and a sweep that is killed
# 25 times at any moment, and begun again each time.
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
"$program" sweep design.yaml -o whole -q && "$program" merge whole -o whole.h5 -q || exit 1

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
import numpy, xarray
parts, whole = xarray.open_mfdataset("three/part-*.h5"), xarray.open_dataset("whole.h5")
assert parts.sizes["point"] == 40
for name in [name for name in whole if "point" in whole[name].dims]:
    numpy.testing.assert_array_equal(parts[name].values, whole[name].values)
assert whole.rate.dims == ("point",) and whole.population.dims == ("point", "replication", "year", "status")
assert whole.places.values.min() == 10 and whole.places.values.max() == 30
EOF
}
check "unmerged parts open as one" opens_as_one

killed() { # within so many milliseconds of each start
    local n pid
    RANDOM=11
    for ((n = 0; n < 25; n++)); do
        "$program" sweep design.yaml -o killed -q -t 2 &
        pid=$!
        sleep "0.$(printf '%03d' $((RANDOM % 250)))"
        kill -9 $pid 2>/dev/null
        wait $pid 2>/dev/null
    done
    "$program" sweep design.yaml -o killed && "$program" merge killed -o killed.h5 -q && "$program" diff whole.h5 killed.h5
}
check "killed 25 times, the values are the same" killed
cat "$work/out"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
