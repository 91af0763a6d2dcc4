# --set on the command line: what it changes, where its errors stand, that it belongs to a run's identity, and that a
# run is repeated from what the result keeps.
load support
scenario=tests/data/models/small.yaml

@test "a length is set, and is as written without --set" {
    says 0 '2026-01-01 to 2027-02-28 (424 days)' "$program" check --quick $scenario --set 'horizon: 14 mo'
    says 0 '2026-01-01 to 2027-12-31 (730 days)' "$program" check --quick $scenario
}

@test "a value is changed" {
    says 0 '^7 replications' "$program" check --quick $scenario --set 'horizon: 14 mo' --set 'replications: {plus: -5}'
}

@test "an error names which --set it is in" {
    says 2 "^--set:2:1: error: seedd: scenario has no field 'seedd'; did you mean 'seed'?" \
        "$program" check $scenario --set 'seed: 4' --set 'seedd: 4'
}

@test "an error points into the value" {
    says 2 '^--set:1:23: error: balance.from: times: expected a factor' \
        "$program" check $scenario --set 'balance.from: {times: x}'
}

@test "a line without a value is refused" {
    says 2 "^--set:1:1: error: expected 'PATH: VALUE'" "$program" check $scenario --set 'balance.from'
}

@test "a line that is not YAML is refused" {
    says 2 '^--set:.*not YAML' "$program" check $scenario --set 'balance.from: {times: 3'
}

@test "the same value twice is refused" {
    says 2 "^--set:2:1: error: facilities\[Arrest\].beds: 'facilities\[\*\].beds' changes the same" \
        "$program" check $scenario --set 'facilities[*].beds: 3' --set 'facilities[Arrest].beds: 4'
}

@test "an unfinished --set is refused" {
    says 2 'argument' "$program" check $scenario --set
}

@test "commands without a scenario do not take it" {
    says 2 'takes no option' "$program" show x.h5 --set 'a: 1'
}

@test "explain knows set, paths and copies" {
    says 0 'order: drop takes out of what is extended' "$program" explain set
    says 0 'names fields by dots' "$program" explain path
    says 0 'House 1, House 2' "$program" explain copies
}

run_small() { "$program" run $scenario -r 2 -q "$@"; }

setup_file() {
    run_small -o "$work/base.h5"
    run_small -o "$work/set.h5" --set 'facilities[Arrest].capacity: {plus: 10}' --set 'seed: 5'
}

@test "what is set is in the result" {
    says 1 '^different' "$program" diff "$work/base.h5" "$work/set.h5"
}

@test "the same set again gives the same result" {
    run_small -o "$work/again.h5" -S 'facilities[Arrest].capacity: {plus: 10}' -S 'seed: 5'
    same "$work/set.h5" "$work/again.h5"
}

@test "an overlay that sets the same gives the same values" {
    printf '%s\n' "extends: $PWD/$scenario" 'set:' '  facilities[Arrest].capacity: {plus: 10}' '  seed: 5' >"$work/over.yaml"
    "$program" run "$work/over.yaml" -r 2 -q -o "$work/over.h5" --allow-outside
    same "$work/set.h5" "$work/over.h5"
}

@test "a journal with other values set is refused" {
    "$program" run $scenario -r 2000 -q -o "$work/r.h5" --set 'seed: 5' &
    await "$work/r.h5.journal"
    kill -9 $! && wait $! || true
    says 2 'belongs to another' "$program" run $scenario -r 3 -q -o "$work/r.h5" --set 'seed: 6' --resume
}
