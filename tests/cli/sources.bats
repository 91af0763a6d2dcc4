# check --sources: every number with its grade and source, those without one, the exit status; and that a run knows
# nothing of it.
load support
scenario=tests/data/good/sources.yaml

@test "every number is counted by its grade" {
    says 0 '^9 numbers: 4 A, 2 B, 3 C, 0 without a source$' "$program" check --sources $scenario
}

@test "what is there for readers alone is none of the numbers" {
    printf '%s\n' "extends: $PWD/$scenario" 'counted: [{date: 2025-01-05, series: population, value: 101}]' \
        'texts: [{of: title, en: 9 lives}]' 'set: {"facilities[Town].latitude": 51.2, "facilities[Town].longitude": 4.4}' >"$work/read.yaml"
    says 0 '^9 numbers: 4 A, 2 B, 3 C, 0 without a source$' "$program" check --allow-outside --sources "$work/read.yaml"
}

@test "a source stands above what comes from it" {
    said=$("$program" check --sources $scenario 2>/dev/null)
    [ "$(grep -A 1 '^C  counted by eye$' <<<"$said" | tail -n 1 | tr -s ' ')" = ' facilities[Town].beds 1 110' ]
    [ "$(grep -A 1 '^A  the yearly report, page 12$' <<<"$said" | tail -n 1 | tr -s ' ')" = ' facilities[Town].capacity 1 100' ]
}

@test "a map whose numbers have one source is one line" {
    says 0 '^  pathways.short\[inside\].stay  *2  gamma.mean 20 d, gamma.cv 0.5$' "$program" check --sources $scenario
}

@test "what is drawn is told with four digits" {
    # The median of a uniform from 1.23456 to 2.34567 is 1.790115; of one from 200001 to 200003 it is 200002.
    printf '%s\n' "extends: $PWD/$scenario" 'uncertain:' \
        '  "intake[north].rate": {uniform: {low: 1.23456 / d, high: 2.34567 / d}}' \
        '  "pathways.short[inside].stay.gamma.mean": {uniform: {low: 200001 d, high: 200003 d}}' >"$work/drawn.yaml"
    said=$("$program" check "$work/drawn.yaml" --allow-outside --sources --csv 2>/dev/null) || true
    grep -q '^"intake\[short,north\].rate",1.79 / d (drawn),' <<<"$said"
    grep -q '^pathways.short\[inside\].stay.gamma.mean,200000 d (drawn),' <<<"$said"
}

@test "what has no source is told by file and line, and the status is 1" {
    says 1 '^--set:1: intake\[short,north\].rate: 3 / d$' "$program" check --sources $scenario --set 'intake[north].rate: 3 / d'
    says 1 '^9 numbers: 3 A, 2 B, 3 C, 1 without a source$' "$program" check --sources $scenario --set 'intake[north].rate: 3 / d'
    says 1 'good/paths.yaml:46: balance.vans: 4$' "$program" check --sources tests/data/good/paths.yaml
}

@test "no line but a long path's is wider than a terminal" {
    said=$("$program" check --sources scenarios/belgium/baseline.yaml 2>/dev/null) || true
    [ "$(sed '/^without a source/,$d' <<<"$said" | wc -L)" -le 80 ]
}

@test "as a table each value has a row" {
    said=$("$program" check --sources --csv $scenario 2>/dev/null)
    [ "$(head -n 1 <<<"$said")" = path,value,numbers,grade,source,file,line ]
    [ "$(wc -l <<<"$said")" -eq 13 ] # nine numbers and three that are chosen
    grep -qx '"intake\[short,north\].rate",2 / d,1,A,the yearly report,'$scenario,13 <<<"$said"
}

@test "--csv alone is refused" {
    says 2 'give both' "$program" check --csv $scenario
}

@test "sources change no bit of what a run draws" {
    sed '/^sources:/,$d' $scenario >"$BATS_TEST_TMPDIR/without.yaml"
    "$program" run $scenario -q -o "$BATS_TEST_TMPDIR/with.h5" 2>/dev/null
    "$program" run "$BATS_TEST_TMPDIR/without.yaml" -q -o "$BATS_TEST_TMPDIR/without.h5" 2>/dev/null
    same "$BATS_TEST_TMPDIR/with.h5" "$BATS_TEST_TMPDIR/without.h5"
}

@test "what sources say is kept in the result" {
    "$program" run $scenario -q -o "$BATS_TEST_TMPDIR/kept.h5" 2>/dev/null
    "$program" provenance "$BATS_TEST_TMPDIR/kept.h5" --export "$BATS_TEST_TMPDIR/kept"
    cmp $scenario "$BATS_TEST_TMPDIR/kept/sources.yaml"
}

@test "a path to a form of a distribution covers its parameters" {
    sed "s/^sources:/sources:\n  pathways.short[inside].stay.gamma: {grade: B, text: the form of another year}/" \
        tests/data/good/sources.yaml >"$work/form.yaml"
    "$program" check "$work/form.yaml" --sources --csv | grep -q 'gamma.mean.*,B,the form of another year'
}

@test "a grade that is none is no source" {
    sed "s/source: 'A: the yearly report, page 12'/source: 'D: a guess'/" tests/data/good/sources.yaml >"$work/none.yaml"
    run "$program" check "$work/none.yaml" --sources
    [ "$status" -eq 1 ]
    [[ "$output" == *"1 without a source"* ]]
}
