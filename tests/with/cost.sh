#!/usr/bin/env bash
# The cost that `check` tells is within 30 % of a real run (how that is judged on a busy machine: cost.py): small
# scenarios with many replications and with one, Belgium, a part of the world, sweeps of cheap, of uneven and of dear
# points; on one and two threads. Where the machine is too busy for a time, memory and disk are judged alone, and where
# that is so for all of them it is said.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TMPDIR=$work
source tests/support.sh
/usr/bin/python3 scenarios/world/generate.py "$work/world" 100000 100 20 2 || exit 1
design() { # NAME SCENARIO METHOD POINTS REPLICATIONS FACTOR...: a design of a sweep
    local name=$1
    printf 'scenario: %s\nmethod: %s\npoints: %s\nreplications: %s\nfactors:\n' "$PWD/$2" "$3" "$4" "$5" \
        >"$work/$name.yaml"
    shift 5
    printf '  - {name: %s\n' "$@" >>"$work/$name.yaml"
}
design cheap tests/data/models/small.yaml latin_hypercube 500 1 'changes_nothing, to: 0..1}'
design dear scenarios/belgium/baseline.yaml sobol 8 4 'changes_nothing, to: 0..1}'
# A point in which twice as many come takes longer than another.
design uneven scenarios/examples/first.yaml grid 1 5 'come, path: "intake[short,north].rate", times: 0.5..2, levels: 40}'
# A day's rows of twenty replications are most of the memory, of a point more than there are threads.
design wide scenarios/examples/first.yaml halton 10 20 'changes_nothing, to: 0..1}'
echo 'record: [{place: nation, tick: day}]' >>"$work/wide.yaml"
told=0
judged() { # COMMAND...: as it ends, or well without having judged the time
    "$@"
    local status=$?
    [ $status = 0 ] && told=$((told + 1))
    [ $status = 0 ] || [ $status = 77 ]
}
while read -r scenario replications threads; do
    for threads in ${threads/,/ }; do
        check "$scenario on $threads threads" judged /usr/bin/python3 tests/with/cost.py \
            "$program" "$work" $threads "${scenario/WORK/$work}" "$replications"
        tail -n 2 "$work/out"
    done
done <<'RUNS'
scenarios/examples/first.yaml         200  1,2
tests/data/models/small.yaml          200  1,2
scenarios/published/refuse-30.yaml    100  1,2
scenarios/belgium/baseline.yaml       8    1,2
WORK/world/world.yaml                 2    1,2
scenarios/examples/first.yaml         1    1,2
WORK/cheap.yaml                       -    2
WORK/uneven.yaml                      -    1
WORK/dear.yaml                        -    2
WORK/wide.yaml                        -    2
RUNS
# Memory and disk have been judged all the same.
[ $told -gt 0 ] || [ $failed -gt 0 ] || echo "note: the time of no run could be judged: the machine is busy"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
