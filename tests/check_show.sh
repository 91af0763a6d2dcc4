#!/usr/bin/env bash
# `show`: every series of every result, within 80 columns; dashes where there is nothing; part years; places
# by name; results of 0.1.0; names that a terminal would obey.
set -u
cd "$(dirname "$0")/.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh

# Each series that a result lists, and each place, ends well and keeps within the terminal.
everything() { # RESULT
    local name said
    "$program" show "$1" >"$work/all" || return 1
    sed -n '/^series:/,$p' "$work/all" | sed -E 's/^[a-z]+: *//; s/^ +//' | tr ',' '\n' | sed -E 's/^ +//' |
        grep -v '^$' | grep -av '\\x' >"$work/names"
    [ -s "$work/names" ] || return 1
    while read -r name; do
        "$program" show "$1" "$name" >"$work/one" || { echo "$name ends badly"; return 1; }
        cat "$work/one" >>"$work/all"
    done <"$work/names"
    ! LC_ALL=C.UTF-8 grep -nE '^.{81,}' "$work/all" && ! LC_ALL=C grep -n $'[\x01-\x09\x0b-\x1f\x7f]' "$work/all"
}

for name in no_house no_places few_series; do
    "$program" run tests/data/show/$name.yaml -r 2 -q -o "$work/$name.h5" || exit 1
    check "everything of $name" everything "$work/$name.h5"
done
"$program" run tests/data/models/small.yaml -r 1 -q -o "$work/one.h5" || exit 1
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
"$program" run "$work/closes.yaml" -r 5 -q -o "$work/closes.h5" || exit 1
check 'everything of one replication' everything "$work/one.h5"
for result in tests/data/results/*.h5 tests/data/show/*.h5; do
    check "everything of $result" everything "$result"
done

check 'an escape in a name is printed as such' says 0 'Jail\\x0d\\xe2\\x80\\xaegnol' \
    "$program" show tests/data/show/0.1.0-hostile_names.h5 facility_population
check 'a quotient of nothing is a dash' says 0 '^2026  *-  *-  *-  *-$' "$program" show "$work/no_house.h5" match
check 'and says so' says 0 '^-: no value' "$program" show "$work/no_house.h5" match
check 'a density without places is a dash' says 0 '^2028  *-  *-  *-  *-$' "$program" show "$work/no_places.h5" occupancy
check 'one replication has no interval' says 0 ' 1 run ' "$program" show "$work/one.h5" population
check 'but a dash' says 0 '^2026  *[0-9.]*  *-  *-  *-$' "$program" show "$work/one.h5" population
check 'a part of a year says its days' says 0 '^2026-03-01 to 2026-12-31 (306 days)' \
    "$program" show "$work/few_series.h5" population

# 10 a day arrive, half a day later on the average they are placed, and 4.5 days later they go: 45 inside (the
# standard error of two years' mean is 0.6) and 3,650 entries a year (43).
year() { "$program" show "$@" | grep '^2027 ' | head -n 1; }
level() { year "$work/few_series.h5" population north | awk '{exit !($2 > 42.3 && $2 < 47.7)}'; }
flow() { year "$work/few_series.h5" entries Harbour | awk '{exit !($2 > 3456 && $2 < 3844)}'; }
check 'a level is a mean of the year' level
check 'a flow is the sum of the year' flow
check 'a level says so' says 0 "a mean over each period's days" "$program" show "$work/few_series.h5" population
check 'a flow says so' says 0 'a sum over each period' "$program" show "$work/few_series.h5" entries
check 'a maximum says so' says 0 'the largest of each period' "$program" show "$work/few_series.h5" peak
check 'a point says so' says 0 "as it is in each period's last" "$program" show "$work/one.h5" crowding
# In force from 1 March to 1 June 2028: 92 of 366 days, of which the last row of the year knows nothing.
check 'what is or is not is a share of its rows' says 0 '^2028  *[0-9.]*  *0.25$' \
    "$program" show tests/data/results/0.1.0-trigger.h5 measure_on
check 'and has no unit to be in' says 0 '^Measure in force: the share' "$program" show tests/data/results/0.1.0-trigger.h5 measure_on
check 'a dash of the overview is explained' says 0 '^-: no value' "$program" show "$work/closes.h5" Old
cannot_be_negative() { # few and rare arrivals: the mean is above zero, its interval is wide
    "$program" show "$work/closes.h5" arrivals >"$work/rare" && grep -q '^2026  *0\.[0-9]*  *0 to [0-9]' "$work/rare"
}
check 'an interval of a count does not begin below zero' cannot_be_negative
never_on() { # a picture of zeros alone has its zero at the foot
    "$program" show "$work/closes.h5" refused >"$work/zeros" && grep -q '^ *0.00 |\*' "$work/zeros" && ! grep -q '^ *-' "$work/zeros"
}
check 'nothing is drawn below zero' never_on
check 'an interval is labelled' says 0 'of that mean' "$program" show "$work/no_house.h5" population

check 'without population it shows what there is' says 0 'series: arrivals, population, entries, peak' \
    "$program" show "$work/few_series.h5"
check 'a facility by its name' says 0 '^facility_population of Arrest' "$program" show "$work/one.h5" population Arrest
check 'a region by its name, any case' says 0 '^region_population of north' "$program" show "$work/one.h5" population NORTH
check 'a variable by its own name' says 0 '^region_population of north' "$program" show "$work/one.h5" region_population north
check 'a place alone' says 0 '^Arrest: mean over 1 replication' "$program" show "$work/one.h5" Arrest
check 'a label of what it runs over' says 0 '^releases of monitored' "$program" show "$work/one.h5" releases monitored
check 'a place and a label' says 0 '^facility_releases of Arrest, monitored' "$program" show "$work/one.h5" releases Arrest monitored
check 'a level of crowding is not added up' says 0 '^level  *100  *110' "$program" show "$work/one.h5" facilities_above
check 'a place that is not there' says 2 "did you mean 'Arrest'?" "$program" show "$work/one.h5" population Arest
check 'lists those there are' says 2 'Sentences, Canal' "$program" show "$work/one.h5" population Arest
check 'a series that is not there' says 2 "did you mean 'population'?" "$program" show "$work/one.h5" populaton
check 'a series without places' says 2 'no place or label of women' "$program" show "$work/one.h5" women Arrest

"$program" run tests/data/models/small.yaml -r 12 -q -o "$work/flip.h5" || exit 1
printf '\xff\x00\xff' | dd of="$work/flip.h5" bs=1 seek=$(($(stat -c %s "$work/flip.h5") / 2)) conv=notrunc status=none
shown_or_refused() { # all series: those that are damaged are refused
    "$program" show "$work/one.h5" | sed -n '/^series:/,/^regions:/p' | sed -E 's/^[a-z]+: *//' | tr -d ' ' |
        tr ',' '\n' | grep -v '^$' >"$work/names"
    while read -r name; do
        for variable in "$name" "region_$name" "facility_$name"; do
            "$program" show "$work/flip.h5" "$variable" 2>&1 >/dev/null
        done
    done <"$work/names" | grep -q damaged
}
check 'changed values are not shown' shown_or_refused
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
