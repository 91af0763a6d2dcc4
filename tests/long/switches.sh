#!/usr/bin/env bash
# Belgium's scenarios beside its baseline, paired: every switch alone, all seven, all but each, new prisons, the emergency
# law; then the switches at the unfavourable end of the coefficients behind them. FOLDER keeps the results.
#   tests/long/switches.sh FOLDER [REPLICATIONS]
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${BUILD:-build}/doorstroom
folder=$1 replications=${2:-200}
mkdir -p "$folder/ends" || exit 3
belgium=scenarios/belgium

# Six years, days of the nation and months of facilities, and only what is read of them.
keep='horizon: 6 y
record: [{place: nation, tick: day, series: [population, floor_sleepers, above_capacity, house_residents, cost, small_scale, transparency, moves_lapse, match, screening_error, opening_delay, capacity, waiting_for_house, breaches, breaches_wrongly_admitted]}, {place: facility, tick: month, series: [capacity]}]'

run() { # OUTPUT SCENARIO [SET...]
    local output=$1 scenario=$2 set=()
    shift 2
    [ -e "$output" ] && return
    for value in "$@"; do set+=(--set "$value"); done
    printf 'extends: %s\n%s\n' "$PWD/$scenario" "$keep" >"${output%.h5}.yaml"
    "$program" run "${output%.h5}.yaml" -o "$output" -r "$replications" -q --allow-outside "${set[@]}" 2>/dev/null ||
        { echo "$scenario: did not run"; exit 1; }
}

run "$folder/baseline.h5" $belgium/baseline.yaml
for scenario in $belgium/resolution/*.yaml $belgium/new-prisons-only.yaml $belgium/emergency-law.yaml; do
    run "$folder/$(basename "$scenario" .yaml).h5" "$scenario"
done

# The end of each range at which the switch does least; the others have no coefficient behind them but their date.
declare -A end=(
    [1-master-plan]="stages.detention_house[site].fails: 25 %|stages.detention_house[agreement].fails: 35 %|stages.detention_house[permit].fails: 88 %"
    [6-coordination]="coordination.hand_overs: 30 %|coordination.failures: 20 %"
    [7-evaluation]="evaluation.error: 10 %|evaluation.least_error: 8 %|evaluation.experience: 40 y|evaluation.breach: 2"
)
for name in "${!end[@]}"; do
    IFS='|' read -ra values <<<"${end[$name]}"
    run "$folder/ends/$name.h5" "$belgium/resolution/$name.yaml" "${values[@]}"
    run "$folder/ends/$name-baseline.h5" $belgium/baseline.yaml "${values[@]}"
done
/usr/bin/python3 tests/long/switches.py "$folder" --ends
