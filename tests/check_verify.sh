#!/usr/bin/env bash
# verify, provenance, ids: a changed byte is found wherever it lies; what a result holds is enough to run it again, to
# the same id; results of 0.1.0 are read.
set -u
cd "$(dirname "$0")/.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
id() { "$program" verify "$1" | sed 's/.*id //'; }

# A scenario in a folder that extends one beside it, each with a table of one name, and values set on the command line.
mkdir -p "$work/in/policy" "$work/in/base"
printf 'name,region,capacity\nTown,north,50\n' >"$work/in/base/table.csv"
printf 'status,count\nconvicted,10\n' >"$work/in/policy/table.csv"
cat >"$work/in/base/base.yaml" <<'Y'
name: Base
start: 2026-01-01
horizon: 90 d
seed: 5
regions: [north]
exits: [out]
facilities: {csv: ./table.csv}
intake: [{class: a, region: north, rate: 2 / d}]
pathways: {a: [{phase: one, status: convicted, stay: {exponential: {mean: 20 d}}, then: {out: 1}}]}
Y
printf 'extends: ../base/base.yaml\nname: Policy\nstock: {csv: table.csv}\n' >"$work/in/policy/new.yaml"
run() { "$program" run "$work/in/policy/new.yaml" -r 3..5 -q -f --set 'intake[a].rate: {times: 1.1}' --set "pathways.a[one].stay: {exponential: {mean: 21 d}}" "$@"; }
run -t 1 -o "$work/one.h5"
run -t 2 -o "$work/two.h5"
check 'a result verifies' says 0 'every byte is what was written; id [0-9a-f]\{64\}$' "$program" verify "$work/one.h5"
check 'the id is that of any number of threads, at any time' test "$(id "$work/one.h5")" = "$(id "$work/two.h5")"
check 'diff says the id' says 0 "identical: .*; id $(id "$work/one.h5" | cut -c1-12)$" same "$work/one.h5" "$work/two.h5"
run -s 6 -o "$work/seed.h5"
check 'another seed has another id' test "$(id "$work/one.h5")" != "$(id "$work/seed.h5")"
"$program" provenance "$work/one.h5" >"$work/provenance"
for name in version commit source_address compiler flags gsl hdf5 libyaml libdeflate nettle sleef system machine seed replications started ended command_line; do
    check "provenance has $name" grep -q "^$name *[^ ]" "$work/provenance"
done
check 'files of one name in two folders differ' test "$(grep -E '^file_[0-9]+_name' "$work/provenance" | awk '{print $2}' | sort | tr '\n' ' ')" = '--set ../base/base.yaml ../base/table.csv new.yaml table.csv '
again=$("$program" provenance "$work/one.h5" --export $work/unpacked)
mv "$work/in" "$work/gone"
eval "${again/doorstroom/$program} -q -o '$work/again.h5'"
check 'what it holds is enough to run it again' same "$work/one.h5" "$work/again.h5"
check 'to the same id' test "$(id "$work/one.h5")" = "$(id "$work/again.h5")"
check 'an export does not write over a folder' says 3 'cannot be written' "$program" provenance "$work/one.h5" --export $work/unpacked
sed -i 's/mean: 20 d/mean: 20.0 d/' "$work/unpacked/base/base.yaml"
eval "${again/doorstroom/$program} -q -f -o '$work/words.h5'"
check 'other words for the same values: diff names the input' says 0 'identical: .*; made from other inputs: file_3$' same "$work/one.h5" "$work/words.h5"
check 'and the id is another' test "$(id "$work/words.h5")" != "$(id "$work/one.h5")"

# Every byte of a stride through the file is found; it is refused, or verify names what has changed.
size=$(stat -c %s "$work/one.h5")
missed=0 tried=0
for ((at = RANDOM % 1000; at < size; at += size / 80 + 1)); do
    cp "$work/one.h5" "$work/flip.h5"
    byte=$(dd if="$work/one.h5" bs=1 skip=$at count=1 status=none | od -An -tu1)
    printf "\\x$(printf %02x $((byte ^ 16)))" | dd of="$work/flip.h5" bs=1 seek=$at conv=notrunc status=none
    timeout 10 "$program" verify "$work/flip.h5" >"$work/out1" 2>&1
    [ $? -eq 1 ] && [ -s "$work/out1" ] || { missed=$((missed + 1)); echo "byte $at: $(head -c 200 "$work/out1")"; }
    tried=$((tried + 1))
done
check "$tried changed bytes are found" test $missed -eq 0
change() { # FROM TO, of one length: in the file's bytes
    cp "$work/one.h5" "$work/changed.h5"
    sed -i "s/$1/$2/" "$work/changed.h5"
    ! cmp -s "$work/one.h5" "$work/changed.h5"
}
found() { # NAME FROM TO PLACE: verify finds it there; diff and show refuse
    check "$1 is changed" change "$2" "$3"
    check "$1: verify" says 1 "$4" "$program" verify "$work/changed.h5"
    check "$1: diff" says 2 "$4" "$program" diff "$work/one.h5" "$work/changed.h5"
    check "$1: show" says 2 "$4" "$program" show "$work/changed.h5"
}
found 'an intake rate in the scenario' 'rate: 2 \/ d' 'rate: 3 \/ d' 'provenance/file_[0-9]*: what it holds'
found 'a label' 'convicted' 'convictee' 'status: what it holds'
found 'what was set' 'times: 1.1' 'times: 1.2' damaged

for old in tests/data/results/0.1.0-*.h5; do
    check "$old: show" "$program" show "$old"
    check "$old: diff" same "$old" "$old"
    check "$old: verify" says 0 'cannot be verified in a result of 0.1.0' "$program" verify "$old"
    check "$old: provenance" says 0 '^version *0.1.0' "$program" provenance "$old"
done
"$program" provenance tests/data/results/0.1.0-first.h5 --export "$work/old" >"$work/again"
check "a result of 0.1.0 is unpacked" grep -q "^name: A prison and a house" "$work/old/first.yaml"
cp tests/data/results/0.1.0-first.h5 "$work/old.h5"
printf '\xff\x00\xff' | dd of="$work/old.h5" bs=1 seek=$(($(stat -c %s "$work/old.h5") * 9 / 10)) conv=notrunc status=none
check 'a damaged result of 0.1.0 is found' says 1 'damaged' "$program" verify "$work/old.h5"
check 'no result at all' says 1 'is not a result' "$program" verify README.md
check 'a missing result' says 3 'cannot be read' "$program" verify "$work/none.h5"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
