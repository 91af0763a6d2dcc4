# Parameters from what was observed: the tables, the file for posterior, and targets as users write them wrong.
load support

targets=tests/data/calibrate/targets.yaml
by_abc=tests/data/calibrate/abc.yaml

setup_file() {
    "$program" calibrate $targets -q -t 1 -o "$work/one.csv" >"$work/said"
    "$program" calibrate $by_abc -t 1 -o "$work/abc.csv" >"$work/abc_said" 2>"$work/abc_steps"
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

@test "abc says how much it may run, how near it came and what its members are worth" {
    # 120 members to begin with and at the end, 40 steps of 60 at most, two replications of each
    grep -E '^doorstroom calibrate: abc, at most 5280 replications in all$' "$work/abc_steps"
    grep -E '^doorstroom calibrate: step 0, 120 members of 2 replications$' "$work/abc_steps"
    grep -E '^doorstroom calibrate: step 7, 60 members of 2 replications$' "$work/abc_steps"
    grep -E '^tolerance 0\.[0-9]+ after [0-9]+ steps, [0-9.]+ at first' "$work/abc_said"
    grep -E '^60 that are kept are worth [0-9]+ of equal weight$' "$work/abc_said"
    grep -E '^So few came within it' "$work/abc_said"
    [ "$(wc -L <"$work/abc_said")" -le 80 ]
}

@test "the table of abc is the same for any number of threads, and a posterior" {
    "$program" calibrate $by_abc -q -t 2 -o "$work/abc_two.csv" >"$work/abc_two"
    cmp "$work/abc.csv" "$work/abc_two.csv"
    cmp "$work/abc_said" "$work/abc_two"
    [ "$(wc -l <"$work/abc.csv")" -eq 121 ]
    cp tests/data/calibrate/base.yaml "$work"
    printf '%s\n' 'extends: base.yaml' 'posterior: {csv: abc.csv}' >"$work/after_abc.yaml"
    "$program" run "$work/after_abc.yaml" -r 40 -q -o "$work/after_abc.h5"
    says 0 '^pathways.a\[inside\].stay.exponential.mean (d)' "$program" show "$work/after_abc.h5" parameter
}

@test "a tolerance that cannot fall, steps that are too few and a distance that stays are said in words" {
    cp tests/data/calibrate/*.yaml "$work"
    one='targets: [{name: a, series: capacity, value: 60}]'
    printf '%s\n' 'scenario: priors.yaml' 'method: abc' 'members: 40' "$one" >"$work/same.yaml"
    says 0 '^All are equally near, and steps cannot choose' "$program" calibrate "$work/same.yaml" -q -o "$work/same.csv"
    says 0 '^1 of the targets was the same in all members' "$program" calibrate "$work/same.yaml" -q -f -o "$work/same.csv"
    one='targets: [{name: a, series: arrivals, estimator: rate, value: 1.4}]'
    printf '%s\n' 'scenario: priors.yaml' 'method: abc' 'members: 40' 'steps: 1' "$one" >"$work/short.yaml"
    says 0 '^All steps are done; more of them would come nearer' "$program" calibrate "$work/short.yaml" -q -o "$work/short.csv"
    says 0 '^Fewer than 50 tell little' "$program" calibrate "$work/short.yaml" -q -f -o "$work/short.csv"
    says 0 'That is much: regions are too wide' "$program" calibrate "$work/short.yaml" -q -f -o "$work/short.csv"
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
    wrong "wrong.yaml:2:9: error: method: unknown word 'abd'; did you mean 'abc'" 'scenario: priors.yaml' 'method: abd' "$one"
    wrong 'wrong.yaml:2:8: error: steps: ' 'scenario: priors.yaml' 'steps: 0' "$one"
    wrong 'wrong.yaml:3:8: error: steps: ' 'scenario: priors.yaml' 'method: abc' 'steps: 0' "$one"
    wrong 'wrong.yaml:3:8: error: steps: ' 'scenario: priors.yaml' 'method: abc' 'steps: 201' "$one"
    wrong 'wrong.yaml:3:10: error: members: 29, and 2 parameters with 1 targets ask for 30' 'scenario: priors.yaml' \
        'method: abc' 'members: 29' "$one"
    wrong 'wrong.yaml:3:11: error: accepted: ' 'scenario: priors.yaml' 'method: abc' 'accepted: 95 %' "$one"
    wrong 'wrong.yaml:2:11: error: accepted: smoother takes all its steps; leave it out' 'scenario: priors.yaml' \
        'accepted: 5 %' "$one"
    wrong "has no entry 'nobody'" 'scenario: priors.yaml' \
        'targets: [{name: a, series: population, at: nobody, value: 3}]'
}

@test "what is read, a device and a link are never written over" {
    cp tests/data/calibrate/* "$work"
    cd "$work"
    for file in targets.yaml priors.yaml base.yaml; do
        cp $file before
        says 2 "$file is read; write to another file" "$program" calibrate targets.yaml --force -q -o $file
        cmp $file before
    done
    ln -sf base.yaml link
    says 2 'link is no file that could be replaced' "$program" calibrate targets.yaml --force -q -o link
    says 2 '/dev/null is no file that could be replaced' "$program" calibrate targets.yaml --force -q -o /dev/null
    [ -c /dev/null ]
}

@test "a target that is the same in every run is out of reach for abc" {
    cp tests/data/calibrate/* "$work"
    cd "$work"
    printf '%s\n' 'scenario: priors.yaml' 'method: abc' 'members: 40' \
        'targets: [{name: places, series: capacity, value: 70}]' >places.yaml
    says 2 'targets\[0\] is the same in every run, 60, and not what was observed, 70' \
        "$program" calibrate places.yaml -q -o places.csv
    [ ! -e places.csv ]
}
