#!/usr/bin/env bash
# Belgium's plan of 2021 against the record: each fact of scenarios/belgium/plan/record.csv lies within nine in ten of the
# replications; with all parties working together no house opens later; posterior.csv is what calibrate writes.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
if ! $python -c 'import h5py' 2>/dev/null; then
    echo "skip: Belgium's plan of 2021 against the record: h5py is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
plan=scenarios/belgium/plan_2021.yaml
"$program" run $plan -o "$work/plan.h5" -r 200 -q || exit 1
"$program" run $plan --set 'coordination.level: 1' -o "$work/together.h5" -r 200 -q || exit 1
"$program" calibrate scenarios/belgium/plan/targets.yaml -o "$work/posterior.csv" -q >/dev/null || exit 1
$python tests/with/plan.py "$work/plan.h5" "$work/together.h5" >"$work/table"
grep OUTSIDE "$work/table"
read -r inside outside < <(sed -nE 's/^([0-9]+) inside, ([0-9]+) outside$/\1 \2/p' "$work/table")
inside=${inside:-0} outside=${outside:-1}
if grep -q ': 0 open later,' "$work/table"; then inside=$((inside + 1)); else
    grep 'open later' "$work/table"
    outside=$((outside + 1))
fi
if cmp -s "$work/posterior.csv" scenarios/belgium/plan/posterior.csv; then inside=$((inside + 1)); else
    echo "plan/posterior.csv is not what calibrate writes: 'make plan' writes it anew"
    outside=$((outside + 1))
fi
echo "$inside passed, $outside failed"
[ "$outside" = 0 ]
