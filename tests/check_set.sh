#!/usr/bin/env bash
# --set on the command line: what it changes, where its errors stand, that it belongs to a run's identity, and that a
# run is repeated from what the result keeps.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom scenario=tests/data/models/small.yaml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. tests/support.sh
run() { "$program" run "$scenario" -r 2 -q "$@"; }

check 'a length is set' says 0 '2026-01-01 to 2027-02-28 (424 days)' "$program" check --quick "$scenario" --set 'horizon: 14 mo'
check 'a value is set' says 0 '^7 replications' "$program" check --quick "$scenario" \
    --set 'horizon: 14 mo' --set 'replications: {plus: -5}'
check 'without --set it is as written' says 0 '2026-01-01 to 2027-12-31 (730 days)' "$program" check --quick "$scenario"
check 'an error names which --set it is in' says 2 "^--set:2:1: error: seedd: scenario has no field 'seedd'; did you mean 'seed'?" \
    "$program" check "$scenario" --set 'seed: 4' --set 'seedd: 4'
check 'an error points into the value' says 2 '^--set:1:23: error: balance.from: times: expected a factor' \
    "$program" check "$scenario" --set 'balance.from: {times: x}'
check 'a line without a value' says 2 "^--set:1:1: error: expected 'PATH: VALUE'" "$program" check "$scenario" --set 'balance.from'
check 'a line that is not YAML' says 2 '^--set:.*not YAML' "$program" check "$scenario" --set 'balance.from: {times: 3'
check 'the same value twice' says 2 "^--set:2:1: error: facilities\[Arrest\].beds: 'facilities\[\*\].beds' on line 1 changes" \
    "$program" check "$scenario" --set 'facilities[*].beds: 3' --set 'facilities[Arrest].beds: 4'
check 'an unfinished --set' says 2 'argument' "$program" check "$scenario" --set
check 'explain knows set' says 0 'order: drop takes out of what is extended' "$program" explain set
check 'explain knows paths' says 0 'names fields by dots' "$program" explain path
check 'explain knows copies' says 0 'House 1, House 2' "$program" explain copies
check 'commands without a scenario do not take it' says 2 'takes no option' "$program" show x.h5 --set 'a: 1'

run -o "$work/base.h5" && run -o "$work/set.h5" --set 'facilities[Arrest].capacity: {plus: 10}' --set 'seed: 5' &&
    run -o "$work/again.h5" -S 'facilities[Arrest].capacity: {plus: 10}' -S 'seed: 5'
check 'what is set is in the result' says 1 '.' "$program" diff "$work/base.h5" "$work/set.h5"
check 'the same is the same' same "$work/set.h5" "$work/again.h5"
cat >"$work/over.yaml" <<YAML
extends: $PWD/$scenario
set:
  facilities[Arrest].capacity: {plus: 10}
  seed: 5
YAML
"$program" run "$work/over.yaml" -r 2 -q -o "$work/over.h5" --allow-outside
check 'an overlay that sets the same gives the same values' same "$work/set.h5" "$work/over.h5"
# A journal belongs to what was set.
{ timeout -s KILL 0.3 "$program" run "$scenario" -r 2000 -q -o "$work/r.h5" --set 'seed: 5'; } 2>/dev/null
check 'a journal with other values set is refused' says 2 'belongs to another' "$program" run "$scenario" -r 3 -q -o "$work/r.h5" \
    --set 'seed: 6' --resume
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
