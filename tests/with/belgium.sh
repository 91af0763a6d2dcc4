#!/usr/bin/env bash
# Belgium's scenarios against the counts: every row of the table in tests/with/belgium.py is a test.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
if ! $python -c 'import h5py, numpy, yaml' 2>/dev/null; then
    echo "skip: Belgium against its counts: h5py and yaml are not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
"$program" run scenarios/belgium/baseline.yaml -o "$work/baseline.h5" -r 40 -q || exit 1
"$program" run scenarios/belgium/history.yaml -o "$work/history.h5" -r 12 -q || exit 1
"$program" run scenarios/belgium/fit/still.yaml -o "$work/still.h5" -r 6 -q || exit 1
$python tests/with/belgium.py "$work/baseline.h5" "$work/history.h5" "$work/still.h5" >"$work/table"
grep OUTSIDE "$work/table"
read -r inside outside < <(sed -nE 's/^([0-9]+) inside, ([0-9]+) outside$/\1 \2/p' "$work/table")
echo "${inside:-0} passed, ${outside:-1} failed"
[ "${outside:-1}" = 0 ]
