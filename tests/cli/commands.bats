# Help, manual, completion, wrong usage, explain, and what a run will cost.
load support

commands='run check explain trace show diff verify provenance'

@test "each command has its own help" {
    for command in $commands; do says 0 "^doorstroom $command" "$program" "$command" -h; done
}

@test "each command is in the manual" {
    for command in $commands; do says 0 "^\.SS $command" "$program" --manual; done
}

@test "each command is in the completion" {
    for command in $commands; do says 0 "\b$command\b" "$program" --completion; done
}

within_80_columns() { # COMMAND...
    "$program" "$@" >"$work/wide"
    ! LC_ALL=C.UTF-8 grep -nE '^.{81,}' "$work/wide"
}

@test "no help is wider than a terminal" {
    within_80_columns -h
    for command in $commands validate; do within_80_columns "$command" -h; done
}

@test "the manual is well formed" {
    command -v mandoc || skip 'mandoc is not installed'
    "$program" --manual >"$work/manual"
    mandoc -Tlint -Werror "$work/manual"
}

@test "without a command it says which there are" {
    says 2 'doorstroom run' "$program"
}

@test "an unknown command is refused" {
    says 2 "no command is called 'rnu'" "$program" rnu
}

@test "an unknown option is refused" {
    says 2 'unrecognized option' "$program" run --replicatoins 3 x.yaml
}

@test "an option of another command is refused" {
    says 2 'it takes no option' "$program" show -r 3 x.h5
}

@test "too many or too few arguments show the usage" {
    says 2 'usage: doorstroom diff' "$program" diff a.h5
}

@test "a missing scenario is bad input" {
    says 2 'nothere.yaml' "$program" run nothere.yaml
}

@test "a missing result is a matter of the disk" {
    says 3 'nothere.h5' "$program" show nothere.h5
}

@test "replications that fall are refused" {
    says 2 "expected a number of replications, or A..B, found '5..3'" "$program" run scenarios/examples/first.yaml -r 5..3
}

@test "completion is bash and completes options" {
    says 0 '^--replications --resume$' bash -c "eval \"\$($program --completion)\"
        COMP_WORDS=(doorstroom run --re) COMP_CWORD=2; _doorstroom; echo \${COMPREPLY[@]}"
}

@test "explain tells where a series is kept" {
    says 0 'kept for nation region facility' "$program" explain population
}

@test "explain tells what a field means" {
    says 0 'occupancy at which the placement office' "$program" explain facilities.ceiling
}

@test "explain finds a field by a path as people write it" {
    says 0 '^facilities.ceiling (a field' "$program" explain 'facilities[Haren].ceiling'
}

@test "explain finds a phase's field behind its class" {
    says 0 '^pathways.then (a field' "$program" explain 'pathways.arrested[sentence].then'
}

@test "explain tells range and default" {
    says 0 'range *0 to 10$' "$program" explain balance.from
}

@test "explain tells a series' labels in three languages" {
    says 0 'labels  *en: .*; nl: .*; fr: ' "$program" explain region_population
}

@test "explain tells what an indicator is made of" {
    says 0 '^  house_empty  *mean places of open detention and transition houses less' "$program" explain indicators
    says 0 '^  formula  *(capacity of houses - house_residents)$' "$program" explain house_empty
    says 0 '^  formula  *(projects, open)$' "$program" explain projects_open
}

@test "explain tells a distribution's parameters" {
    says 0 'standard deviation over mean; needed' "$program" explain lognormal
}

@test "explain knows words" {
    says 0 'refuses when full' "$program" explain detention_house
}

@test "explain knows a word of two fields" {
    says 0 'word of the field serves' "$program" explain nation
}

@test "explain proposes what is near" {
    says 2 "did you mean 'facilities.ceiling'" "$program" explain facilities.cieling
    says 2 "did you mean 'facilities.capacity'" "$program" explain 'facilities[Haren].capcity'
    says 2 "did you mean 'lognormal'" "$program" explain lognomal
    says 2 "did you mean 'detention_house'" "$program" explain detention_hose
}

@test "explain tells a field of another file by its path, what it takes and what it is where not given" {
    says 0 '^  power.lag  *how long after' "$program" explain power.lag
    says 0 '^  *given: 0 d$' "$program" explain power.lag
    says 0 '^  *a list of maps$' "$program" explain sweep.factors
    says 0 'given: grid$' "$program" explain sweep.method
    says 2 "^sweep.method  *how points are chosen" "$program" explain latin_hypercube
    says 2 '^power.no_effect ' "$program" explain no_effect
    says 2 "'merge' is a command: 'doorstroom merge -h' says what it does$" "$program" explain merge
    for file in calibration counts backtest sweep power; do
        says 0 "^'doorstroom explain $file' .*those of" "$program" explain
        [ "$("$program" explain "$file" | wc -L)" -le 80 ]
    done
}

@test "explain finds what mentions a word, and says that nothing is called so" {
    says 2 '^facilities.closing_notice ' "$program" explain closing
    says 2 "called 'closing'; the above mention it" "$program" explain closing
}

@test "explain says of coordination that a number without dates holds from the first day on" {
    said=$("$program" explain coordination.level)
    tr -s ' \n' ' ' <<<"$said" | grep -q 'a number without dates holds from the first day'
}

@test "explain finds words in any case" {
    says 2 '^facilities.floor_area ' "$program" explain 'Floor area'
}

@test "explain takes a percent sign for what it is" {
    says 2 "lists them" "$program" explain '%s'
}

@test "explain prints a JSON Schema" {
    says 0 'json-schema.org/draft-07' "$program" explain --schema
}

@test "no explanation is wider than a terminal" {
    within_80_columns explain
    for name in facilities pathways set lognormal population detention_house horizon; do within_80_columns explain "$name"; done
}

@test "a scenario taken out of another version's result says so" {
    says 0 'made by doorstroom 0.1.0, commit 8e66c15; this is' \
        "$program" provenance tests/data/results/0.1.0-first.h5 -x "$work/exported"
}

@test "check tells what a run will cost" {
    says 0 'a run takes about [0-9.][0-9.]* s on [0-9][0-9]* thread' "$program" check scenarios/examples/first.yaml
}

@test "check tells memory and disk" {
    says 0 '^[0-9.][0-9.]* MB of memory, [0-9.][0-9.]* .B on disk' "$program" check scenarios/examples/first.yaml -r 3 -t 1
}

@test "check tells the cost where nothing can be written" { # nobody, root neither, writes into /proc
    cd /proc
    TMPDIR=/proc says 0 '^[0-9.][0-9.]* MB of memory, [0-9.][0-9.]* .B on disk' \
        "$program" check "$BATS_TEST_DIRNAME/../../scenarios/examples/first.yaml" -r 3 -t 1
}

@test "check takes replications, threads and seed as a run does" {
    says 0 '^7 replications, seed 5$' "$program" check --quick scenarios/examples/first.yaml -r 3..9 -t 1 -s 5
    says 2 "doorstroom check: -r: expected" "$program" check scenarios/examples/first.yaml -r x
}

@test "a seed of 16 digits is read to the last, wherever it stands" {
    says 0 '^100 replications, seed 8999999999999999$' "$program" check --quick tests/data/good/seed_of_16_digits.yaml
    for how in "--set=seed: 8999999999999999" -s8999999999999999; do
        says 0 '^100 replications, seed 8999999999999999$' "$program" check --quick scenarios/examples/first.yaml "$how"
    done
}

@test "a seed beyond the limit is refused with the limit, wherever it stands" {
    for seed in 9000000000000001 9223372036854775808 123456789012345678901234567890; do
        says 2 "seed: expected from 0 to 9000000000000000, found '$seed'" \
            "$program" check --quick scenarios/examples/first.yaml --set "seed: $seed"
        says 2 "^doorstroom check: -s: expected a whole number from 0 to 9000000000000000, found '$seed'" \
            "$program" check --quick scenarios/examples/first.yaml -s "$seed"
    done
}

@test "check can do without a trial" {
    says 0 '^A prison and a house: 2026-01-01' "$program" check --quick scenarios/examples/first.yaml
}

# What no machine holds is refused before memory is taken.
huge() { # STAY
    printf '%s\n' 'name: Too much' 'start: 2026-01-01' 'horizon: 1000 y' 'regions: [north]' \
        'intake_level: {2026-01-01: 100}' 'facilities: [{name: Town, region: north, capacity: 439}]' \
        'intake: [{class: short, region: north, rate: 1000000 / d}]' \
        "pathways: {short: [{phase: sentence, status: convicted, stay: {fixed: {value: $1}}, then: {released: 1}}]}" >"$work/huge.yaml"
}

@test "more than memory holds of what is kept is refused" {
    printf '%s\n' 'name: Much kept' 'start: 2026-01-01' 'horizon: 1000 y' 'warm_up: 1 y' 'regions: [north]' \
        'facilities: [{name: House, copies: 10000, region: north, capacity: 1}]' \
        'intake: [{class: short, region: north, rate: 2 / d}]' \
        'pathways: {short: [{phase: sentence, status: convicted, stay: {fixed: {value: 10 d}}, then: {released: 1}}]}' \
        'record: [{place: facility, tick: day}]' >"$work/kept.yaml"
    says 2 'what is kept of one replication would need about .* GiB' "$program" run "$work/kept.yaml" -r 1 -o "$work/kept.h5"
}

@test "too many people are refused, by run and by check" {
    huge '100 d'
    says 2 'people at once would need about .* GiB of memory' "$program" run "$work/huge.yaml" -o /dev/null -f
    says 2 'people at once would need about .* GiB of memory' "$program" check "$work/huge.yaml"
}

@test "too many events are refused" {
    huge '1 h'
    says 2 'a replication would have about .* events' "$program" check "$work/huge.yaml"
}

@test "the README's example is the file that it names" {
    diff <(sed -n '/^    name: A prison/,/^    pathways:/p' README.md | sed 's/^    //') scenarios/examples/first.yaml
}
