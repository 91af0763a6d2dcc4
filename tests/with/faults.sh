#!/usr/bin/env bash
# Faults that we can cause: a sample of failing calls (all of them: tests/faults/run.sh), damaged results, a
# journal cut at many places, kills, odd surroundings.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$(realpath "${BUILD:-build}/doorstroom")
mutate=$(realpath "${BUILD:-build}/mutate")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scenario=tests/data/models/small.yaml
source tests/support.sh
run() { "$program" run $scenario -r 3 -t 1 -q "$@"; }

run -o "$work/good.h5" || exit 3
check 'failing calls' tests/faults/run.sh 97
# Each label of a result is a write or two of its own, that HDF5 makes when the dataset is closed.
check 'failing writes of a part' env FAULTS_OF=sweep tests/faults/run.sh 9 write
"$program" run tests/data/models/kept.yaml -r 2 -q -o "$work/kept.h5"
check 'damaged results' "$mutate" "$work/kept.h5" 1500 7 "$work"

# A journal of three replications, kept by a rename that fails, and cut at 40 places.
gcc -shared -fPIC -O1 -o "$work/fail.so" tests/faults/fail.c -ldl
LD_PRELOAD=$work/fail.so FAIL_KIND=rename FAIL_AT=1 "$program" run $scenario -r 3 -t 1 -q -o "$work/j.h5" 2>/dev/null
size=$(stat -c %s "$work/j.h5.journal")
cut_journal() {
    head -c "$1" "$work/j.h5.journal" >"$work/c.h5.journal"
    rm -f "$work/c.h5"
    run -o "$work/c.h5" --resume && same "$work/c.h5" "$work/good.h5"
}
for ((i = 0; i < 40; i++)); do
    check "a journal cut at $((size * i / 40 + i))" cut_journal $((size * i / 40 + i))
done

# kill -9 at 25 moments of a longer run
"$program" run $scenario -r 60 -t 2 -q -o "$work/long.h5"
for kill in $(seq 25); do
    rm -f "$work"/k.h5*
    "$program" run $scenario -r 60 -t 2 -q -o "$work/k.h5" &
    pid=$!
    sleep "0.$(printf '%02d' $((RANDOM % 60 + 1)))"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ -e "$work/k.h5" ] || "$program" run $scenario -r 60 -t 2 -q -o "$work/k.h5" --resume
    check "kill $kill" same "$work/k.h5" "$work/long.h5"
done

# What a journal belongs to: the scenario, the seed.
mkdir "$work/s"
cp tests/data/models/small.yaml "$work/s/a.yaml"
begin() { rm -f "$work"/r.h5*; LD_PRELOAD=$work/fail.so FAIL_KIND=rename FAIL_AT=1 "$program" run "$work/s/a.yaml" -r 2 -q -o "$work/r.h5" 2>/dev/null; }
begin
check 'another seed at resume' says 2 'belongs to another run: seed 3, and now 77' "$program" run "$work/s/a.yaml" -r 2 -s 77 -q -o "$work/r.h5" --resume
sed -i 's/rate: 1.1/rate: 1.2/' "$work/s/a.yaml"
check 'another scenario at resume' says 2 'belongs to another run: its scenario is not the same' "$program" run "$work/s/a.yaml" -r 2 -q -o "$work/r.h5" --resume

# Two runs onto one output: the second is told, the first goes on.
"$program" run $scenario -r 150 -t 1 -q -o "$work/two.h5" &
pid=$!
await "$work/two.h5.journal"
check 'two runs onto one output' says 3 'is being written by another run' "$program" run $scenario -r 150 -q -o "$work/two.h5" --force
wait $pid
check 'the first of the two ends well' test $? -eq 0

odd() { # NAME COMMAND...: the result is the same in odd surroundings
    local name=$1
    shift
    rm -f "$work"/o.h5*
    "$@" "$program" run $scenario -r 3 -q -o "$work/o.h5" </dev/null >"$work/out" 2>&1
    check "$name" same "$work/o.h5" "$work/good.h5"
}
odd 'no HOME, no TERM' env -u HOME -u TERM
odd 'nothing in the environment' env -i
odd 'another time zone' env TZ=Pacific/Kiritimati
odd 'a locale with a decimal comma' env LC_ALL=fr_BE.UTF-8
odd 'umask 077' bash -c 'umask 077; exec "$@"' _
odd 'stdin closed' bash -c 'exec "$@" <&-' _
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
