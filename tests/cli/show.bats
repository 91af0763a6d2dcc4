# `show`: every series of every result, within 80 columns; dashes where there is nothing; part years; places by name;
# results of 0.1.0; names that a terminal would obey.
load support

setup_file() {
    local name
    for name in no_house no_places few_series; do
        "$program" run tests/data/show/$name.yaml -r 2 -q -o "$work/$name.h5"
    done
    "$program" run tests/data/models/small.yaml -r 1 -q -o "$work/one.h5"
    cat >"$work/closes.yaml" <<'END'
name: A prison closes, and hardly anybody comes
start: 2026-01-01
horizon: 2 y
regions: [north]
facilities:
  - {name: Old, region: north, capacity: 10, closes: 2026-12-01}
  - {name: New, region: north, capacity: 10}
intake: [{class: a, region: north, rate: 0.5 / y}]
pathways: {a: [{phase: one, status: convicted, stay: {exponential: 30 d}, then: {released: 1}}]}
END
    "$program" run "$work/closes.yaml" -r 5 -q -o "$work/closes.h5"
}

shown() { # RESULT WORDS ARGUMENTS...: show RESULT says a line with WORDS
    local result=$1 words=$2
    shift 2
    says 0 "$words" "$program" show "$result" "$@"
}

# Each series that a result lists, and each place, ends well and keeps within the terminal.
everything() { # RESULT
    local name
    "$program" show "$1" >"$work/all"
    sed -n '/^series:/,$p' "$work/all" | sed -E 's/^[a-z]+: *//; s/^ +//' | tr ',' '\n' | sed -E 's/^ +//' |
        grep -v '^$' | grep -av '\\x' >"$work/names"
    [ -s "$work/names" ]
    while read -r name; do
        "$program" show "$1" "$name" >"$work/series" || { echo "$name ends badly"; return 1; }
        cat "$work/series" >>"$work/all"
    done <"$work/names"
    ! LC_ALL=C.UTF-8 grep -nE '^.{81,}' "$work/all" && ! LC_ALL=C grep -n $'[\x01-\x09\x0b-\x1f\x7f]' "$work/all"
}

@test "everything of a result without houses is shown" {
    everything "$work/no_house.h5"
}

@test "everything of a result without places is shown" {
    everything "$work/no_places.h5"
}

@test "everything of a result with few series is shown" {
    everything "$work/few_series.h5"
}

@test "everything of one replication is shown" {
    everything "$work/one.h5"
}

@test "everything of results of 0.1.0 is shown" {
    for result in tests/data/results/*.h5 tests/data/show/*.h5; do everything "$result"; done
}

@test "an escape in a name is printed as such" {
    shown tests/data/show/0.1.0-hostile_names.h5 'Jail\\x0d\\xe2\\x80\\xaegnol' facility_population
}

@test "a quotient of nothing is a dash, and that is explained" {
    shown "$work/no_house.h5" '^2026  *-  *-  *-  *-$' match
    shown "$work/no_house.h5" '^-: no value' match
}

@test "a density without places is a dash" {
    shown "$work/no_places.h5" '^2028  *-  *-  *-  *-$' occupancy
}

@test "one replication has no interval but a dash" {
    shown "$work/one.h5" ' 1 run ' population
    shown "$work/one.h5" '^2026  *[0-9.]*  *-  *-  *-$' population
}

@test "a part of a year says its days" {
    shown "$work/few_series.h5" '^2026-03-01 to 2026-12-31 (306 days)' population
}

# 10 a day arrive, half a day later on the average they are placed, and 4.5 days later they go: 45 inside (the
# standard error of two years' mean is 0.6) and 3,650 entries a year (43).
year_is_within() { # LOW HIGH ARGUMENTS...: the first number of the year 2027
    local low=$1 high=$2
    shift 2
    "$program" show "$work/few_series.h5" "$@" | grep '^2027 ' | head -n 1 >"$work/year"
    cat "$work/year"
    awk -v low="$low" -v high="$high" '{ok = $2 > low && $2 < high} END {exit !ok}' "$work/year"
}

@test "a level is a mean of the year, and says so" {
    year_is_within 42.3 47.7 population north
    shown "$work/few_series.h5" "a mean over each period's days" population
}

@test "a flow is the sum of the year, and says so" {
    year_is_within 3456 3844 entries Harbour
    shown "$work/few_series.h5" 'a sum over each period' entries
}

@test "a maximum says so" {
    shown "$work/few_series.h5" 'the largest of each period' peak
}

@test "a point in time says so" {
    shown "$work/one.h5" "as it is in each period's last" crowding
}

# In force from 1 March to 1 June 2028: 92 of 366 days, of which the last row of the year knows nothing.
@test "what is or is not is a share of its rows, without a unit" {
    shown tests/data/results/0.1.0-trigger.h5 '^2028  *[0-9.]*  *0.25$' measure_on
    shown tests/data/results/0.1.0-trigger.h5 '^Measure in force: the share' measure_on
}

@test "a dash of the overview is explained" {
    shown "$work/closes.h5" '^-: no value' Old
}

@test "an interval of a count does not begin below zero" { # few and rare arrivals: the mean is above zero, its interval is wide
    shown "$work/closes.h5" '^2026  *0\.[0-9]*  *0 to [0-9]' arrivals
}

@test "nothing is drawn below zero" { # a picture of zeros alone has its zero at the foot
    shown "$work/closes.h5" '^ *0.00 |\*' refused
    says_nothing_of '^ *-' "$program" show "$work/closes.h5" refused
}

@test "an interval is labelled" {
    shown "$work/no_house.h5" 'of that mean' population
}

@test "without population it shows what there is" {
    shown "$work/few_series.h5" 'series: arrivals, population, entries, peak'
}

@test "a facility is found by its name" {
    shown "$work/one.h5" '^facility_population of Arrest' population Arrest
}

@test "a region is found by its name in any case" {
    shown "$work/one.h5" '^region_population of north' population NORTH
}

@test "a variable is found by its own name" {
    shown "$work/one.h5" '^region_population of north' region_population north
}

@test "a place alone has an overview" {
    shown "$work/one.h5" '^Arrest: mean over 1 replication' Arrest
}

@test "a label of what a series runs over is found" {
    shown "$work/one.h5" '^releases of monitored' releases monitored
    shown "$work/one.h5" '^facility_releases of Arrest, monitored' releases Arrest monitored
}

@test "levels of crowding are not added up" {
    shown "$work/one.h5" '^level  *100  *110' facilities_above
}

@test "a place that is not there is refused, with what is near and what there is" {
    says 2 "did you mean 'Arrest'?" "$program" show "$work/one.h5" population Arest
    says 2 'Sentences, Canal' "$program" show "$work/one.h5" population Arest
}

@test "a series that is not there is refused, with what is near" {
    says 2 "did you mean 'population'?" "$program" show "$work/one.h5" populaton
}

@test "a series without places says so" {
    says 2 'no place or label of women' "$program" show "$work/one.h5" women Arrest
}

@test "changed values are not shown" { # of all series, those that are damaged are refused
    "$program" run tests/data/models/small.yaml -r 12 -q -o "$work/flip.h5"
    printf '\xff\x00\xff' | dd of="$work/flip.h5" bs=1 seek=$(($(stat -c %s "$work/flip.h5") / 2)) conv=notrunc status=none
    "$program" show "$work/one.h5" | sed -n '/^series:/,/^regions:/p' | sed -E 's/^[a-z]+: *//' | tr -d ' ' |
        tr ',' '\n' | grep -v '^$' >"$work/names"
    while read -r name; do
        for variable in "$name" "region_$name" "facility_$name"; do
            "$program" show "$work/flip.h5" "$variable" 2>&1 >/dev/null || true
        done
    done <"$work/names" >"$work/said"
    grep -q damaged "$work/said"
}
