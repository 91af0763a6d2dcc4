#!/usr/bin/env bash
# The cost that `check` tells is within 30 % of a real run (how that is judged on a busy machine: cost.py): small
# scenarios with many replications and with one, Belgium, a part of the world; on one and two threads. Where the machine
# is too busy for a time, memory and disk are judged alone; where it is so for all of them, that is a skipped test.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
source tests/support.sh
/usr/bin/python3 scenarios/world/generate.py "$work/world" 100000 100 20 2 || exit 1
told=0
judged() { # COMMAND...: as it ends, or well without having judged the time
    "$@"
    local status=$?
    [ $status = 0 ] && told=$((told + 1))
    [ $status = 0 ] || [ $status = 77 ]
}
while read -r scenario replications; do
    for threads in 1 2; do
        check "$scenario on $threads threads" judged /usr/bin/python3 tests/with/cost.py \
            "$program" "$work" $threads "${scenario/WORK/$work}" "$replications"
        tail -n 2 "$work/out"
    done
done <<'RUNS'
scenarios/examples/first.yaml         200
tests/data/models/small.yaml          200
scenarios/published/refuse-30.yaml    100
scenarios/belgium/baseline.yaml       8
WORK/world/world.yaml                 2
scenarios/examples/first.yaml         1
RUNS
# Memory and disk have been judged all the same.
[ $told -gt 0 ] || [ $failed -gt 0 ] || echo "note: the time of no run could be judged: the machine is busy"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
