#!/usr/bin/env bash
# The same bits for any number of threads, either way of using cores, any part; kills and resumes; a full
# disk, an unwritable folder, a result that is there.
set -u
cd "$(dirname "$0")/.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
scenario=${SCENARIO:-tests/data/models/small.yaml}
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; mountpoint -q "$work/small" && umount "$work/small"; rm -rf "$work"' EXIT
source tests/support.sh

"$program" run "$scenario" -o "$work/base.h5" -r 12 -t 1 -q || exit 1
for threads in 2 4 8; do
    "$program" run "$scenario" -o "$work/r$threads.h5" -r 12 -t $threads --split replications -q
    check "replications on $threads threads" same "$work/base.h5" "$work/r$threads.h5"
done
for threads in 1 2 4; do
    "$program" run "$scenario" -o "$work/f$threads.h5" -r 12 -t $threads --split facilities -q
    check "facilities on $threads threads" same "$work/base.h5" "$work/f$threads.h5"
done
"$program" run "$scenario" -o "$work/one.h5" -r 7..7 -q
check "one replication alone" same --common "$work/one.h5" "$work/base.h5"
"$program" run "$scenario" -o "$work/seed.h5" -r 12 -s 5 -q -f
check "another seed differs" says 1 different: "$program" diff "$work/base.h5" "$work/seed.h5"

for kill in 1 2 3 4 5 6 7 8 9 10; do
    rm -f "$work"/k.h5*
    "$program" run "$scenario" -o "$work/k.h5" -r 12 -t 2 -q &
    pid=$!
    sleep "0.$(printf '%02d' $((RANDOM % 30 + 1)))"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ -e "$work/k.h5" ] || "$program" run "$scenario" -o "$work/k.h5" -r 12 -t 2 -q --resume
    check "kill $kill" same "$work/base.h5" "$work/k.h5"
done

"$program" run "$scenario" -o "$work/i.h5" -r 400 -t 1 -q 2>"$work/said" &
pid=$!
await "$work/i.h5.journal" 100000
kill -INT $pid
wait $pid
check "an interrupted run ends with 130" test $? -eq 130
check "and says how to go on" grep -q -- '--resume' "$work/said"
"$program" run "$scenario" -o "$work/i.h5" -r 12 -q --resume
check "what was finished counts" same --common "$work/base.h5" "$work/i.h5"

check "a result that is there is kept" says 3 "is there already" "$program" run "$scenario" -o "$work/base.h5" -r 2
check "a folder that is not there" says 3 "cannot be created" "$program" run "$scenario" -o "$work/none/x.h5" -r 2
mkdir "$work/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=96k tmpfs "$work/small" 2>/dev/null; then
    check "a full disk" says 3 "No space left" "$program" run "$scenario" -o "$work/small/x.h5" -r 12 -q
    check "leaves no half result" test ! -e "$work/small/x.h5"
    umount "$work/small"
else
    echo "skip: a full disk: a small tmpfs cannot be mounted here"
    skipped=2
fi
{
    echo 'name: T'; echo 'start: 2026-01-01'; echo 'horizon: 30 d'; echo 'regions: [n]'; echo 'exits: [out]'; echo 'facilities:'
    for i in $(seq 1100); do echo "  - {name: F$i, region: n, capacity: 10000000}"; done
    echo 'intake: [{class: a, region: n, rate: 1 / d}]'
    echo 'pathways: {a: [{phase: one, status: convicted, stay: {fixed: 100 d}, then: {out: 1}}]}'
} >"$work/places.yaml"
check "more places than a sum holds" says 2 "capacity: 1.1e+10 are more" "$program" run "$work/places.yaml" -o "$work/p.h5" -r 1
cp "$work/base.h5" "$work/flip.h5"
printf '\xff\x00\xff' | dd of="$work/flip.h5" bs=1 seek=$(($(stat -c %s "$work/flip.h5") / 2)) conv=notrunc status=none
check "a changed byte is found" says 2 "damaged" "$program" diff "$work/base.h5" "$work/flip.h5"
echo "$passed passed, $failed failed, ${skipped:-0} skipped"
[ $failed -eq 0 ]
