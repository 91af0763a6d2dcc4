#!/usr/bin/env bash
# The cost that `check` tells is within 30 % of a real run: small scenarios with many replications, Belgium, a part
# of the world; on one and two threads.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
source tests/support.sh
/usr/bin/python3 scenarios/world/generate.py "$work/world" 100000 100 20 2 || exit 1
while read -r scenario replications; do
    for threads in 1 2; do
        check "$scenario on $threads threads" /usr/bin/python3 tests/with/cost.py "$program" "$work" $threads "${scenario/WORK/$work}" "$replications"
        tail -n 1 "$work/out"
    done
done <<'RUNS'
scenarios/examples/first.yaml         200
tests/data/models/small.yaml          200
scenarios/published/refuse-30.yaml    100
scenarios/belgium/baseline.yaml       8
WORK/world/world.yaml                 2
scenarios/examples/first.yaml         1
RUNS
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
