# Parameters from what was observed: the tables, the file for posterior, and targets as users write them wrong.
load support

targets=tests/data/calibrate/targets.yaml

setup_file() {
    "$program" calibrate $targets -q -t 1 -o "$work/one.csv" >"$work/said"
}

@test "each target has its fit before and after, each parameter what is left of its prior" {
    grep -E '^who came a day +1\.4 ' "$work/said"
    grep -E '^people inside +35 ' "$work/said"
    grep -E '^may give; all together .* [0-9.]+ before and 0\.[0-9]+ after' "$work/said"
    [ "$(wc -L <"$work/said")" -le 80 ]
    grep -E '^intake\[a\]\.rate times ' "$work/said"
}

@test "the table is the same for any number of threads, and a posterior" {
    "$program" calibrate $targets -q -t 2 -o "$work/two.csv" >/dev/null
    cmp "$work/one.csv" "$work/two.csv"
    [ "$(wc -l <"$work/one.csv")" -eq 81 ]
    cp tests/data/calibrate/base.yaml "$work"
    printf '%s\n' 'extends: base.yaml' 'posterior: {csv: one.csv}' >"$work/after.yaml"
    "$program" run "$work/after.yaml" -r 40 -q -o "$work/after.h5"
    says 0 '^pathways.a\[inside\].stay.exponential.mean (d)' "$program" show "$work/after.h5" parameter
}

@test "a table that is there is kept, unless --force says so" {
    says 2 'one.csv is there; --force replaces it' "$program" calibrate $targets -q -o "$work/one.csv"
    says 0 'who came a day' "$program" calibrate $targets -q -f -o "$work/one.csv"
}

@test "nothing is left where it cannot be written" {
    says 3 'cannot be written' "$program" calibrate $targets -q -o /proc/posterior.csv
}

@test "a target that no prior comes near is said to be so" {
    cp tests/data/calibrate/*.yaml "$work"
    printf '%s\n' 'scenario: priors.yaml' 'targets: [{name: a, series: arrivals, estimator: rate, value: 90}]' >"$work/far.yaml"
    says 0 '^1 of them is more than 3 off before' "$program" calibrate "$work/far.yaml" -q -o "$work/far.csv"
}

@test "explain tells the fields of the file" {
    says 0 '^  targets.error  *the standard error of what was observed' "$program" explain calibration
    says 0 "one of mean, ratio, stay, rate, share, delay" "$program" explain calibration
    for field in $("$program" explain calibration | sed -nE 's/^  ([a-z_.]+) .*/\1/p'); do
        grep -q "\"${field##*.}\"" analysis/targets.c
    done
}

wrong() { # WORDS LINES...: targets with these lines are refused so
    local words=$1
    shift
    cp tests/data/calibrate/*.yaml "$work"
    printf '%s\n' "$@" >"$work/wrong.yaml"
    says 2 "$words" "$program" calibrate "$work/wrong.yaml" -q -o "$work/wrong.csv"
    [ ! -e "$work/wrong.csv" ]
}

@test "targets that cannot be right are refused with their place" {
    one='targets: [{name: a, series: population, value: 30}]'
    wrong 'wrong.yaml:1:1: error: scenario: is missing' "$one"
    wrong 'wrong.yaml:1:1: error: targets: is missing' 'scenario: priors.yaml'
    wrong 'error: targets: there is none' 'scenario: priors.yaml' 'targets: []'
    wrong 'nowhere.yaml: ' 'scenario: nowhere.yaml' "$one"
    wrong 'wrong.yaml:1:11: error: scenario: nothing is uncertain' 'scenario: base.yaml' "$one"
    wrong "wrong.yaml:2:.*: error: membres: unknown field; did you mean 'members'" 'scenario: priors.yaml' 'membres: 50' "$one"
    wrong 'wrong.yaml:2:10: error: members: 10, and 2 parameters with 4 targets ask for 12' 'scenario: priors.yaml' 'members: 10' \
        'targets: [{name: a, series: population, value: 30}, {name: b, series: population, value: 30}, {name: c, series: population, value: 30}, {name: d, series: population, value: 30}]'
    wrong 'wrong.yaml:2:.*: error: a: the scenario keeps no series popluation' 'scenario: priors.yaml' \
        'targets: [{name: a, series: popluation, value: 30}]'
    wrong 'wrong.yaml:2:.*: error: a: its days are not within the result' 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, from: 2027-01-01, value: 30}]'
    wrong "wrong.yaml:2:.*: error: targets\[0\].value: expected a number" 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, value: many}]'
    wrong 'wrong.yaml:2:.*: error: a: what is it divided by' 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, estimator: ratio, value: 3}]'
    wrong 'wrong.yaml:2:.*: error: a: mean divides by nothing' 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, under: releases, value: 3}]'
    wrong "wrong.yaml:2:.*: error: targets\[0\].estimator: expected one of mean" 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, estimator: variance, value: 3}]'
    wrong "'doorstroom explain calibration' lists them" 'scenario: priors.yaml' 'horizon: 1 y' "$one"
    wrong "has no entry 'nobody'" 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, at: nobody, value: 3}]'
}
