#!/usr/bin/env bash
# The command line: help, manual, completion and wrong usage.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
passed=0 failed=0
expect() { # NAME STATUS PATTERN COMMAND...
    local name=$1 status=$2 pattern=$3 said got
    shift 3
    said=$("$@" 2>&1)
    got=$?
    if [ $got -eq "$status" ] && grep -qE -- "$pattern" <<<"$said"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: status $got, said: $said"
    fi
}
for command in run check explain show diff verify provenance; do
    expect "$command -h" 0 "^doorstroom $command" "$program" $command -h
    expect "$command in the manual" 0 "^\.SS $command" "$program" --manual
    expect "$command in the completion" 0 "\b$command\b" "$program" --completion
done
for command in '' run check explain show diff verify provenance validate; do
    expect "80 columns: $command -h" 0 '^0$' bash -c '"$1" $2 -h | LC_ALL=C.UTF-8 grep -cE "^.{81,}" || true' _ "$program" "$command"
done
if command -v mandoc >/dev/null; then
    expect 'the manual is well formed' 0 '^$' bash -c '"$1" --manual | mandoc -Tlint -Werror' _ "$program"
fi
expect 'no command' 2 'doorstroom run' "$program"
expect 'unknown command' 2 "no command is called 'rnu'" "$program" rnu
expect 'unknown option' 2 'unrecognized option' "$program" run --replicatoins 3 x.yaml
expect 'an option of another command' 2 'it takes no option' "$program" show -r 3 x.h5
expect 'too many arguments' 2 'usage: doorstroom diff' "$program" diff a.h5
expect 'a missing scenario' 2 'nothere.yaml' "$program" run nothere.yaml
expect 'a missing result' 3 'nothere.h5' "$program" show nothere.h5
expect 'bad replications' 2 "expected a number of replications, or A..B, found '5..3'" \
    "$program" run scenarios/examples/first.yaml -r 5..3
expect 'a series' 0 'kept for nation region facility' "$program" explain population
expect 'a field' 0 'occupancy at which the placement office' "$program" explain facilities.ceiling
expect 'a near miss' 2 "did you mean 'facilities.ceiling'" "$program" explain facilities.cieling
expect 'a path as people write it' 0 '^facilities.ceiling \(a field' "$program" explain 'facilities[Haren].ceiling'
expect 'a phase of a class' 0 '^pathways.then \(a field' "$program" explain 'pathways.arrested[sentence].then'
expect 'a near miss within a path' 2 "did you mean 'facilities.capacity'" "$program" explain 'facilities[Haren].capcity'
expect 'a distribution' 0 'standard deviation over mean; needed' "$program" explain lognormal
expect 'a near distribution' 2 "did you mean 'lognormal'" "$program" explain lognomal
expect 'a word' 0 'refuses when full' "$program" explain detention_house
expect 'a word of two fields' 0 'word of the field serves' "$program" explain nation
expect 'a near word' 2 "did you mean 'detention_house'" "$program" explain detention_hose
expect 'a word of no name finds what mentions it' 2 '^facilities.closing_notice ' "$program" explain closing
expect 'and says that nothing is called so' 2 "called 'closing'; the above mention it" "$program" explain closing
expect 'in any case' 2 '^facilities.floor_area ' "$program" explain 'Floor area'
expect 'of a percent sign too' 2 "lists them" "$program" explain '%s'
expect 'a scenario of another program says so' 0 'made by doorstroom 0.1.0, commit 8e66c15; this is' \
    bash -c 'rm -rf "$2"; "$1" provenance tests/data/results/0.1.0-first.h5 -x "$2" 2>&1; s=$?; rm -rf "$2"; exit $s' _ "$program" "${TMPDIR:-/tmp}/exported.$$"
expect 'a range and a default' 0 'range +0 to 10$' "$program" explain balance.from
expect 'a series with its place' 0 'labels +en: .*; nl: .*; fr: ' "$program" explain region_population
expect 'a schema' 0 'json-schema.org/draft-07' "$program" explain --schema
for name in '' facilities pathways set lognormal population detention_house horizon; do
    expect "80 columns: $name" 0 '^0$' bash -c '"$1" explain $2 | LC_ALL=C.UTF-8 grep -cE "^.{81,}" || true' _ "$program" "$name"
done
expect 'completion is bash' 0 '^--replications --resume$' bash -c "eval \"\$($program --completion)\"
    COMP_WORDS=(doorstroom run --re) COMP_CWORD=2; _doorstroom; echo \${COMPREPLY[@]}"
# The cost is known beforehand, and what no machine holds is refused before memory is taken.
expect 'the cost of a run' 0 'a run takes about [0-9.]+ s on [0-9]+ thread' \
    "$program" check scenarios/examples/first.yaml
expect 'its memory and disk' 0 '^[0-9.]+ MB of memory, [0-9.]+ .B on disk' "$program" check scenarios/examples/first.yaml -r 3 -t 1
expect 'replications and threads as a run has them' 0 '^7 replications, seed 5$' \
    "$program" check --quick scenarios/examples/first.yaml -r 3..9 -t 1 -s 5
expect 'bad replications of a check' 2 "doorstroom check: -r: expected" "$program" check scenarios/examples/first.yaml -r x
expect 'a check without a trial' 0 '^A prison and a house: 2026-01-01' "$program" check --quick scenarios/examples/first.yaml
huge=$(mktemp --suffix=.yaml)
printf '%s\n' 'name: Too much' 'start: 2026-01-01' 'horizon: 1000 y' 'regions: [north]' \
    'intake_level: {2026-01-01: 100}' 'facilities: [{name: Town, region: north, capacity: 439}]' \
    'intake: [{class: short, region: north, rate: 1000000 / d}]' \
    'pathways: {short: [{phase: sentence, status: convicted, stay: {fixed: {value: 100 d}}, then: {released: 1}}]}' >"$huge"
expect 'too many people' 2 'people at once would need about .* GiB of memory' "$program" run "$huge" -o /dev/null -f
expect 'too many people, checked' 2 'people at once would need about .* GiB of memory' "$program" check "$huge"
sed -i 's/value: 100 d/value: 1 h/' "$huge"
expect 'too many events' 2 'a replication would have about .* events' "$program" check "$huge"
rm -f "$huge"
# The README's example is the file it names.
example=$(sed -n '/^    name: A prison/,/^    pathways:/p' README.md | sed 's/^    //')
expect 'the example of the README' 0 '^same$' bash -c '[ "$1" = "$(cat scenarios/examples/first.yaml)" ] && echo same' _ "$example"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
