# Lives of one replication: against the result of the same replication, in the order in which they must come, and as CSV.
load support

scenario=scenarios/examples/first.yaml

setup_file() {
    load support
    "$program" run $scenario --set 'house_selection.breach: 30 %' -r 3..3 -q -o "$work/first.h5"
    "$program" trace $scenario --set 'house_selection.breach: 30 %' -r 3 >"$work/first.csv"
}

of_series() { # SERIES [PLACE]: its sums by year, in the result; of all kinds where there are some
    "$program" show "$work/first.h5" "$@" | awk '/^20[0-9][0-9] /{print $1, $2 + 0}' | head -n 5
}

of_trace() { # CONDITION: events for which it holds, by year, in the trace; columns by their names
    awk -F, "NR == 1 {for (i = 1; i <= NF; i++) c[\$i] = i; next}
        {time = \$c[\"time\"]; what = \$c[\"what\"]; place = \$c[\"place\"]; detail = \$c[\"detail\"]}
        time >= 0 && ($1) {n[substr(\$1, 1, 4)]++}
        END {for (year = 2026; year < 2031; year++) print year, n[year] + 0}" "$work/first.csv"
}

@test "a trace has the events that the result of the replication counts" {
    [ "$(of_trace 'what == "arrived"')" = "$(of_series arrivals)" ]
    [ "$(of_trace 'what == "entered"')" = "$(of_series entries)" ]
    [ "$(of_trace 'what == "released"')" = "$(of_series releases)" ]
    [ "$(of_trace 'what == "moved" && detail == "house"')" = "$(of_series moves_house)" ]
    [ "$(of_trace 'what == "breach"')" = "$(of_series breaches)" ]
    [ "$(of_trace 'what == "released" && place == "Canal house"')" = "$(of_series releases 'Canal house')" ]
}

@test "each life goes from where it was, and nothing follows a release" {
    for file in first law measures small forensic unit_balance unit_refuses closing desk_priority; do
        path=tests/data/models/$file.yaml
        [ $file = first ] && path=$scenario
        "$program" trace $path -r 1 2>/dev/null | awk -F, -v file=$file '
            NR == 1 { time = -1e9; next }
            $2 + 0 < time { print file ": back in time: " $0; wrong = 1 }
            { time = $2 + 0 }
            $3 in gone { print file ": after the end: " $0; wrong = 1 }
            !($3 in at) && $4 != "arrived" && $4 != "there at the start" { print file ": from nowhere: " $0; wrong = 1 }
            $6 != "" && $6 != at[$3] { print file ": was in " at[$3] ": " $0; wrong = 1 }
            $4 != "refused" { at[$3] = $5 }
            $4 == "released" { gone[$3] }
            END { exit wrong }'
    done
}

@test "one person and one place are the lines of them" {
    head=$(head -n 1 "$work/first.csv")
    who=$(awk -F, '$4 == "breach" {print $3; exit}' "$work/first.csv")
    set_breach=(--set 'house_selection.breach: 30 %')
    [ "$("$program" trace $scenario "${set_breach[@]}" -r 3 "$who")" = "$(awk -F, -v who="$who" 'NR == 1 || $3 == who' "$work/first.csv")" ]
    [ "$("$program" trace $scenario "${set_breach[@]}" -r 3 'Canal house')" = \
        "$(awk -F, 'NR == 1 || $5 == "Canal house" || $6 == "Canal house"' "$work/first.csv")" ]
    [ "$("$program" trace $scenario "${set_breach[@]}" -r 3 --most 7)" = "$(head -n 8 "$work/first.csv")" ]
    [ "$head" = date,time,person,what,place,from,phase,status,detail ]
}

@test "seed and replication choose the run that is traced" {
    "$program" trace $scenario -s 9 -r 2 --most 50 >"$work/nine"
    ! "$program" trace $scenario -s 8 -r 2 --most 50 | cmp -s - "$work/nine"
    ! "$program" trace $scenario -s 9 -r 1 --most 50 | cmp -s - "$work/nine"
    sed '1a seed: 9' $scenario >"$work/nine.yaml"
    "$program" trace "$work/nine.yaml" -r 2 --most 50 | cmp - "$work/nine"
}

@test "cells are safe for tables and spreadsheets" {
    cat >"$work/odd.yaml" <<'END'
name: Odd names
start: 2026-01-01
horizon: 20 d
regions: ['=north']
facilities: [{name: 'A "cell", B', region: '=north', capacity: 10}]
intake: [{class: '+a', region: '=north', rate: 3 / d}]
pathways: {'+a': [{phase: b, status: remand, stay: {fixed: {value: 1 d}}, then: {'@out': 1}}]}
exits: ['@out']
END
    "$program" trace "$work/odd.yaml" >"$work/odd.csv" 2>/dev/null || "$program" trace "$work/odd.yaml"
    grep -q ",'+a/=north:[0-9.]*,entered,\"A \"\"cell\"\", B\",,'+a.b,remand,$" "$work/odd.csv"
    grep -q ",arrived,'=north,,,,'+a$" "$work/odd.csv"
    ! grep -q '\(^\|,\)[=+@]' "$work/odd.csv"
}

@test "what is wrong is one line and its exit status" {
    says 2 "^doorstroom trace: no facility, region or person is called 'Canal hous'; did you mean 'Canal house'?$" \
        "$program" trace $scenario 'Canal hous'
    says 2 "^doorstroom trace: nobody called 'short/north:0.7' comes in replication 0$" "$program" trace $scenario short/north:0.7
    says 2 "^doorstroom trace: -r: expected the number of one replication, from 0, found '1..2'$" "$program" trace $scenario -r 1..2
    says 2 "^doorstroom trace: --most: expected a number of events from 1, found '0'$" "$program" trace $scenario -m 0
    says 2 "^doorstroom trace: -s: expected a whole number" "$program" trace $scenario -s x
    says 2 "usage: doorstroom trace SCENARIO" "$program" trace
    says 2 "takes no option -t" "$program" trace $scenario -t 2
    says 3 "standard output cannot be written" bash -c "'$program' trace $scenario >/dev/full"
    says_nothing_of . bash -c "set -o pipefail; '$program' trace $scenario | true"  # who stops reading has read enough
}
