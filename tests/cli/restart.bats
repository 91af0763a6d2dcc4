# A new baseline from newer counts: what comes out, what is told, and counts as users write them wrong.
load support

base=tests/data/restart/base.yaml
head=date,what,where,count,source
day=2026-05-01

setup_file() {
    cp tests/data/restart/* "$work"
    "$program" restart "$work/base.yaml" "$work/counts.csv" -o "$work/new.yaml" >"$work/said" 2>"$work/notes"
}

# Remand: 70 at Ash, and 63 over 30 and 10: 47.25, 15.75. Convicted: 5 in the new house, 207 over 40, 60, 109 (9 of them
# from the prison that closed) and 8: 38.2, 57.2, 104.0, 7.6; then 12 on leave over the prisons: 2.3, 3.4, 6.3.
@test "people are as counted, spread as they were where a count is of more than a facility" {
    while read -r row; do
        grep -qF -- "  - {status: $row}" "$work/new.yaml" || { echo "lacks $row"; cat "$work/new.yaml"; return 1; }
    done <<'EOF'
remand, facility: Ash, count: 70
remand, facility: Birch, count: 47
remand, facility: Cedar, count: 16
convicted, facility: Ash, count: 40
convicted, facility: Birch, count: 61
convicted, class: held, facility: Cedar, count: 66
convicted, class: called, facility: Cedar, count: 44
convicted, class: called, facility: Fir house, count: 8
convicted, class: called, facility: Hazel house, count: 5
internee, facility: Centre, count: 20
convicted, class: held, phase: band, region: north, count: 33
convicted, class: held, phase: band, region: south, count: 11
convicted, class: later, phase: waiting, count: 75
EOF
    [ "$(grep -c 'status:' "$work/new.yaml")" -eq 13 ]
}

@test "the new file extends the baseline, begins on the day, and says where each count is from" {
    grep -qx 'extends: base.yaml' "$work/new.yaml"
    grep -qx "start: $day" "$work/new.yaml"
    grep -qx 'name: "Base; counts of 2026-05-01"' "$work/new.yaml"
    grep -qx '# remand: 133  day list' "$work/new.yaml"
    grep -qx '# convicted, Hazel house: 5' "$work/new.yaml"
    says 0 '^Base; counts of 2026-05-01: 2026-05-01 to 2026-11-16 (200 days)' "$program" check "$work/new.yaml"
    ! grep -q 'intake_matches_stock' "$work/new.yaml"
}

# A count that is one row is of its source's grade; one that is spread is derived; what is kept has the baseline's source. A name
# with a comma stands between quotes in a path.
@test "each number that is written has a source, of no better grade than its count" {
    sed 's/Birch/"Birch, upper"/; s/Ash\b/"Ash, old"/' "$work/base.yaml" >"$work/base2.yaml"
    printf '%s\n' 'sources:' '  intake: {grade: B, text: the yearly report}' '  stock: {grade: A, text: an old count}' >>"$work/base2.yaml"
    printf '%s\n' $head "$day,remand,,133,day list" "$day,remand,\"Ash, old\",70,B: beds and floor" "$day,convicted,,212,A: day list" \
        "$day,Leave,,12,leave list" "$day,held.band,,44,band list" "$day,later.waiting,,75," >"$work/counts2.csv"
    "$program" restart "$work/base2.yaml" "$work/counts2.csv" -o "$work/new2.yaml" -q
    "$program" check "$work/new2.yaml" --sources --csv >"$work/sources.csv" 2>/dev/null || true
    while read -r row; do
        grep -qF -- "$row" "$work/sources.csv" || { echo "lacks $row"; cat "$work/sources.csv"; return 1; }
    done <<'EOF'
"stock[remand,""Ash, old""].count",70,1,B,"70, remand, Ash, old: beds and floor"
"stock[remand,""Birch, upper""].count",47,1,B,"the baseline's stock, scaled to the counts of 2026-05-01; 133, remand: day list; 212, convicted: day list"
"stock[convicted,held,band,north].count",33,1,B,"a part of 44, held.band, spread as in the baseline: band list"
"stock[convicted,later,waiting].count",75,1,C,"75, later.waiting: the table of counts names no source"
"stock[internee,Centre].count",20,1,A,from the baseline: an old count
measures[Leave].at_once,12,1,A,"12, Leave: leave list"
EOF
    grep -q '^"intake\[held,south\].rate",0.619[0-9]* / d,1,B,from the baseline: the yearly report' "$work/sources.csv"
    [ -z "$(grep -F "$work/new2.yaml" "$work/sources.csv" | grep ',,,')" ]
}

# The trend grew for 120 of 365.25 days: 1.1 to the power of 0.3285 is 1.0318.
@test "what hangs on the start is set: people on leave, a trend, who is kept outside, a measure that is over" {
    grep -qF '{path: "measures[Leave].at_once", value: 12}' "$work/new.yaml"
    grep -qE 'path: "intake\[held,south\]\.rate", value: \{times: 1\.0318[0-9]*\}' "$work/new.yaml"
    grep -qF 'path: "intake[later,south].rate", value: {2026-05-01: 0 / d, 2026-05-02: 0.25 / d, 2026-07-01: 0.5 / d}' "$work/new.yaml"
    ! grep -q 'intake\[called' "$work/new.yaml"
    grep -qF -- '- "measures[Winter]"' "$work/new.yaml"
    grep -qx 'warm_up: 1 d' "$work/new.yaml"
}

@test "what is not counted, and all that was decided, is told a line each" {
    while read -r line; do
        grep -qF -- "doorstroom restart: $line" "$work/notes" || { echo "lacks $line"; cat "$work/notes"; return 1; }
    done <<'EOF'
not counted, as in the baseline: 20 people, internee
Old Elm is not open on 2026-05-01: its 9 people of the stock are spread
Leave: 12 people are held out of prison, 12 of them beside those counted inside
Winter: over since 2026-02-01
intake[held,south]: its trend counts from the start
intake[later,south]: kept outside by a measure, so not in the stock: 0 / d until 2026-05-01
intake: as in the baseline; --match
EOF
    grep -E '^remand +100 +133$' "$work/said"
    grep -E '^convicted +217 +224$' "$work/said"
    grep -E '^population +309 +345$' "$work/said"
    [ "$(wc -L <"$work/said")" -le 80 ]
    "$program" restart "$work/base.yaml" "$work/counts.csv" -q -o "$work/quiet.yaml" 2>&1 >/dev/null | says_nothing_of 'restart:' cat
}

@test "a run begins with those counted: nobody is lost, and nobody is added" {
    # 133 + 212 + 12 inside, 20 in the centre, 44 at home, 75 outside
    [ "$("$program" trace "$work/new.yaml" 2>/dev/null | grep -c ',there at the start,')" -eq 496 ]
    [ "$("$program" trace "$work/new.yaml" 2>/dev/null | grep -c ',there at the start,Ash,')" -eq 110 ]
}

@test "a law that is in force by then is written where it stands" {
    printf '%s\n' 'extends: base.yaml' 'law:' '  - {name: Short, from: 2026-03-01, reaches: both,' \
        "     set: {'pathways.called[sentence].stay.exponential.mean': 60 d}}" \
        '  - {name: Later, from: 2026-06-01, reaches: new, set: {earliest_share: 0.4}}' >"$work/law.yaml"
    says 0 'law Short: in force since 2026-03-01' "$program" restart "$work/law.yaml" "$work/counts.csv" -o "$work/law.new.yaml"
    grep -qF '{path: "pathways.called[sentence].stay.exponential.mean", value: 60 d}' "$work/law.new.yaml"
    says 0 '^Base; counts of 2026-05-01' "$program" check -k "$work/law.new.yaml"
    ! grep -q Later "$work/law.new.yaml"
}

# 90 d, half of it, and a fifth of that again: 9 d.
@test "laws that change one field, each upon the one before, are written one behind the other" {
    printf '%s\n' 'extends: base.yaml' 'law:' '  - {name: First, from: 2026-02-01, reaches: both,' \
        "     set: {'pathways.called[sentence].stay.exponential.mean': {times: 0.5}}}" \
        '  - {name: Second, from: 2026-03-01, reaches: both,' \
        "     set: [{path: 'pathways.called[sentence].stay.exponential.mean', value: {times: 0.2}}]}" >"$work/laws.yaml"
    "$program" restart "$work/laws.yaml" "$work/counts.csv" -q -o "$work/laws.new.yaml" >/dev/null
    sed -e '/exponential.mean.*{times: 0.2}/d' -e '/exponential.mean/s/{times: 0.5}/9 d/' "$work/laws.new.yaml" >"$work/laws.alone.yaml"
    [ "$(grep -c 'path: .*exponential.mean' "$work/laws.alone.yaml")" -eq 1 ]
    "$program" run "$work/laws.new.yaml" -o "$work/laws.h5" -r 1 -q
    "$program" run "$work/laws.alone.yaml" -o "$work/alone.h5" -r 1 -q
    "$program" diff "$work/laws.h5" "$work/alone.h5"
}

@test "what is drawn stays drawn, and is told where a rate would have to move" {
    printf '%s\n' 'extends: base.yaml' 'uncertain:' '  intake[later].rate: {times: {uniform: {low: 0.9, high: 1.1}}}' >"$work/drawn.yaml"
    says 0 'intake\[later,south\]: its rate is drawn and changes' "$program" restart "$work/drawn.yaml" "$work/counts.csv" -o "$work/drawn.new.yaml"
    says 0 '1 field is drawn' "$program" check -k "$work/drawn.new.yaml"
}

@test "Belgium, from the counts of December 2025" {
    "$program" restart scenarios/belgium/baseline.yaml scenarios/belgium/restart/counts_2025-12-23.csv -q -O -o "$work/belgium.yaml" >"$work/belgium"
    grep -E '^population +[0-9]+ +13397$' "$work/belgium"
    grep -E '^uncalled.waiting +[0-9]+ +3000$' "$work/belgium"
    # of each prison that was counted
    awk -F, '$2 == "population" && $3 != "" {print $4, $3}' scenarios/belgium/restart/counts_2025-12-23.csv | while read -r count name; do
        got=$(sed -nE "s/.*facility: \"?$name\"?, count: ([0-9]+)}/\1/p" "$work/belgium.yaml" | awk '{n += $1} END {print n}')
        [ "$got" = "$count" ] || { echo "$name: $got, counted $count"; return 1; }
    done
    says 0 '2025-12-23 to 2035-12-22 (3652 days)' "$program" check -O -k "$work/belgium.yaml"
    says 0 ', 0 without a source$' "$program" check -O -k "$work/belgium.yaml" --sources
}

@test "--match lets the intake follow the counts" {
    "$program" restart "$work/base.yaml" "$work/counts.csv" -M -o "$work/match.yaml" 2>"$work/notes.match" >/dev/null
    grep -qx 'intake_matches_stock: yes' "$work/match.yaml"
    grep -q 'follows the people counted' "$work/notes.match"
    "$program" check -k "$work/match.yaml" >/dev/null
}

@test "a total of each prison crosses the statuses of all" {
    printf '%s\n' $head $day,population,Ash,110, $day,population,Birch,80, $day,remand,north,95, $day,Leave,,0, >"$work/cross.csv"
    "$program" restart "$work/base.yaml" "$work/cross.csv" -q -o "$work/cross.yaml" >/dev/null
    for row in 'remand, facility: Ash, count: 67' 'convicted, facility: Ash, count: 43' \
        'remand, facility: Birch, count: 28' 'convicted, facility: Birch, count: 52' 'remand, facility: Cedar, count: 10'; do
        grep -qF "{status: $row}" "$work/cross.yaml"
    done
}

@test "a facility that the stock has nobody in is filled as those of its kind" {
    printf '%s\n' $head "$day,population,Hazel house,6," >"$work/house.csv"
    says 0 'Hazel house: nobody is there in the baseline' "$program" restart "$work/base.yaml" "$work/house.csv" -o "$work/house.yaml"
    grep -qF '{status: convicted, class: called, facility: Hazel house, count: 6}' "$work/house.yaml"
    says 0 'Hazel house has opened since the baseline.s start and is not counted' \
        "$program" restart "$work/base.yaml" <(printf '%s\n' $head $day,remand,,100,) -o "$work/empty.yaml"
}

@test "a file that is there is kept, unless --force says so, and what is read is never written" {
    says 2 'new.yaml is there; --force replaces it' "$program" restart "$work/base.yaml" "$work/counts.csv" -o "$work/new.yaml"
    says 0 'people of the stock' "$program" restart "$work/base.yaml" "$work/counts.csv" -f -o "$work/new.yaml"
    says 2 'base.yaml is read; write to another file' "$program" restart "$work/base.yaml" "$work/counts.csv" -f -o "$work/base.yaml"
    says 2 'give the new scenario.s file with --output' "$program" restart "$work/base.yaml" "$work/counts.csv"
    says 3 'cannot be written' "$program" restart "$work/base.yaml" "$work/counts.csv" -o /proc/none/new.yaml
}

@test "a new file in another folder finds the baseline" {
    mkdir -p "$work/below"
    "$program" restart "$work/base.yaml" "$work/counts.csv" -q -o "$work/below/new.yaml" >/dev/null
    grep -qx 'extends: ../base.yaml' "$work/below/new.yaml"
    mkdir -p "$work/far/away"
    says 2 "lies outside the scenario's folder" "$program" restart "$work/base.yaml" "$work/counts.csv" -q -o "$work/far/away/new.yaml"
    [ ! -e "$work/far/away/new.yaml" ]
    "$program" restart "$work/base.yaml" "$work/counts.csv" -q -O -o "$work/far/away/new.yaml" >/dev/null
    says 0 '^Base; counts' "$program" check -O -k "$work/far/away/new.yaml"
}

wrong() { # WORDS ROWS...: counts of these rows are refused so, and nothing is written
    local words=$1
    shift
    printf '%s\n' $head "$@" >"$work/wrong.csv"
    says 2 "$words" "$program" restart "$work/base.yaml" "$work/wrong.csv" -q -o "$work/wrong.yaml"
    [ ! -e "$work/wrong.yaml" ] && [ ! -e "$work/wrong.yaml.part" ]
}

@test "counts that cannot be read are refused with their place" {
    wrong 'wrong.csv:1:1: error: no count stands here'
    wrong "wrong.csv:2:1: error: counts\[0\].date: expected a date such as 2025-03-01, found '1 May 2026'" '1 May 2026,remand,,100,'
    wrong 'wrong.csv:3:1: error: counts\[1\].date: 2026-04-30, where the rows before are of 2026-05-01' \
        $day,remand,,100, 2026-04-30,convicted,,200,
    wrong "wrong.csv:2:20: error: counts\[0\].count: expected a whole number, .*found '100.5'" $day,remand,,100.5,
    wrong "wrong.csv:2:20: error: counts\[0\].count: .*-3" $day,remand,,-3,
    wrong 'wrong.csv:2:1: error: counts\[0\].count: is missing' $day,remand,Ash,,
    wrong 'wrong.csv:2:1: error: counts\[0\].what: is missing' $day,,Ash,3,
    wrong 'wrong.csv:2:1: error: counts\[0\].date: 2025-12-31 is before the baseline.s start; expected 2026-01-01 or later' 2025-12-31,remand,,100,
    printf '%s\n' date,what,whre,count $day,remand,Ash,1 >"$work/wrong.csv"
    says 2 "wrong.csv:1:11: error: counts\[0\].whre: unknown field; did you mean 'where'?" "$program" restart "$work/base.yaml" \
        "$work/wrong.csv" -q -o "$work/wrong.yaml"
    says 2 "separated by ';'" "$program" restart "$work/base.yaml" <(printf '%s\n' 'date;what;where;count' "$day;remand;Ash;1") -q -o "$work/wrong.yaml"
    says 2 'nowhere.csv: error: cannot be read' "$program" restart "$work/base.yaml" "$work/nowhere.csv" -q -o "$work/wrong.yaml"
}

@test "names that are not known are refused with what was likely meant" {
    wrong "wrong.csv:2:12: error: counts\[0\].what: expected population, .*; found 'remnd'; did you mean 'remand'?" $day,remnd,,100,
    wrong "wrong.csv:2:12: error: counts\[0\].what: .*found 'held.bnd'; did you mean 'held.band'?" $day,held.bnd,,10,
    wrong "wrong.csv:2:12: error: counts\[0\].what: .*found 'Leve'; did you mean 'Leave'?" $day,Leve,,10,
    wrong "wrong.csv:2:19: error: counts\[0\].where: expected a facility, a region, or nothing for all; found 'Brich'; did you mean 'Birch'?" \
        $day,remand,Brich,30,
    wrong "wrong.csv:2:19: error: counts\[0\].where: .*found 'norht'; did you mean 'north'?" $day,remand,norht,30,
}

@test "counts that no scenario could have are refused" {
    wrong 'wrong.csv:2:12: error: counts\[0\].what: held.sentence is a phase inside' $day,held.sentence,,30,
    wrong 'wrong.csv:2:22: error: counts\[0\].where: people of held.band live in no facility' $day,held.band,Ash,30,
    wrong 'wrong.csv:2:19: error: counts\[0\].where: Fir house does not take remand; expected convicted' "$day,remand,Fir house,3,"
    wrong 'wrong.csv:2:22: error: counts\[0\].where: Old Elm is not open on 2026-05-01: it closed on 2026-03-01' "$day,convicted,Old Elm,3,"
    wrong 'wrong.csv:2:22: error: counts\[0\].where: Hazel house is not open on 2026-02-20: it opens on 2026-03-01' "2026-02-20,convicted,Hazel house,3,"
    wrong 'wrong.csv:2:12: error: counts\[0\].what: Not called holds nobody out of prison; .*class.phase' "$day,Not called,,30,"
    wrong 'wrong.csv:2:18: error: counts\[0\].where: people under a measure are counted all together' $day,Leave,north,3,
    wrong 'wrong.csv:3:12: error: counts\[1\].what: line 2 counts the same already' $day,remand,Ash,3, $day,remand,Ash,4,
}

@test "counts that contradict each other are refused" {
    wrong 'wrong.csv:2:20: error: counts\[0\].count: 100 people, and all of its parts are counted too, .* and are 99' \
        $day,remand,,100, $day,remand,Ash,70, $day,remand,Birch,20, $day,remand,Cedar,9,
    wrong 'wrong.csv:2:20: error: counts\[0\].count: 50 people, and its parts that are counted too are 70 already' \
        $day,remand,,50, $day,remand,Ash,70,
    wrong 'wrong.csv:2:24: error: counts\[0\].count: 300 people, and its parts that are counted too are 310 already' \
        $day,population,,300, $day,remand,,110, $day,convicted,,200,
    wrong 'wrong.csv:2:27: error: counts\[0\].count: 3 people, and beside those of other counts the stock has 0 there' $day,internee,south,3,
    wrong 'wrong.csv:4:25: error: counts\[2\].count: 40 people cannot hold together with the other counts' \
        $day,population,Ash,10, $day,population,Birch,20, $day,remand,north,40,
    wrong 'wrong.csv:2:.*error: counts\[0\].count: 44 people, and its regions that are counted too are 50 already' \
        $day,held.band,,44, $day,held.band,north,50,
    wrong 'wrong.csv:2:.*error: counts\[0\].count: 44 people of a region .*; expected a count of each region, or of all' $day,later.waiting,north,44,
}

@test "all that is wrong is said at once" {
    printf '%s\n' $head $day,remnd,,1, $day,remand,Ahs,1, $day,remand,Ash,x, >"$work/all.csv"
    says 2 'all.csv:4:' "$program" restart "$work/base.yaml" "$work/all.csv" -o "$work/all.yaml"
    printf '%s\n' $head $day,remnd,,1, $day,remand,Ahs,1, $day,remand,Ash,3, >"$work/all.csv"
    run "$program" restart "$work/base.yaml" "$work/all.csv" -o "$work/all.yaml"
    [ "$status" -eq 2 ] && [ "$(grep -c ' error: ' <<<"$output")" -eq 2 ]
}

@test "a baseline without people, or with faults of its own, is refused" {
    sed '/^stock:/,$d' "$work/base.yaml" >"$work/nobody.yaml"
    says 2 'nobody.yaml: error: stock: is not given' "$program" restart "$work/nobody.yaml" "$work/counts.csv" -q -o "$work/wrong.yaml"
    sed 's/capacity: 120/capacity: many/' "$work/base.yaml" >"$work/faulty.yaml"
    says 2 'faulty.yaml:10:42: error: facilities\[0\].capacity' "$program" restart "$work/faulty.yaml" "$work/counts.csv" -q -o "$work/wrong.yaml"
    sed 's/{status: remand, facility: Ash, count: 60}/{status: remand, region: north, count: 60}/' "$work/base.yaml" >"$work/placed.yaml"
    says 2 'counts.csv:3:.*where: the baseline.s stock has 60 such people without a facility; expected a count of the region' \
        "$program" restart "$work/placed.yaml" "$work/counts.csv" -q -o "$work/wrong.yaml"
    [ ! -e "$work/wrong.yaml" ]
}

@test "help, explain, the manual and completion know it" {
    says 0 'doorstroom restart BASELINE.yaml COUNTS.csv' "$program" restart -h
    says 0 '-M, --match' "$program" restart -h
    says 0 'restart) options=' "$program" --completion
    says 0 'SS restart BASELINE.yaml COUNTS.csv' "$program" --manual
    says 0 '^  what \*  *population (everybody inside)' "$program" explain counts
}

@test "the end of the calendar, another end of a line and a device are refused" {
    printf '%s\n' "$head" '9999-12-31,remand,,133,' >"$work/late.csv"
    says 2 'late.csv:2:1: error: .*a day from which a scenario can start' \
        "$program" restart $base "$work/late.csv" -o "$work/late.yaml"
    printf '%s\n%s,remand,,133,x\302\205horizon: 1 d\n' "$head" "$day" >"$work/line.csv"
    says 2 'character U+0085 does not belong in a text' "$program" restart $base "$work/line.csv" -o "$work/late.yaml"
    says 2 '/dev/null is no file that could be replaced' \
        "$program" restart "$work/base.yaml" "$work/counts.csv" -f -o /dev/null
    [ ! -e "$work/late.yaml" ]
    [ -c /dev/null ]
}
