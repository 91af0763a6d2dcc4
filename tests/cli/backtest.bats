# Scores of past forecasts: the tables, the rows, and files as users write them wrong.
load support

setup() {
    cp tests/data/backtest/* "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR" || exit 3
}

refused() { # WORDS COMMAND...: changed by COMMAND, the back-test is refused in one line with WORDS
    local words=$1
    shift
    cp "$BATS_TEST_DIRNAME"/../data/backtest/* .
    "$@"
    says 2 "$words" "$program" backtest backtest.yaml -q
    [ "$("$program" backtest backtest.yaml -q 2>&1 | grep -vc warning)" -eq 1 ]
}

@test "the table has each horizon, and no score of fewer than five counts" {
    "$program" backtest backtest.yaml -q >said
    grep -E '^ +6 model +5 +-?[0-9.]+ +[0-9.]+ +5 ' said
    grep -E '^ +12 model +4  fewer than five: no score$' said
    grep -E '^ +1 model +0  fewer than five: no score$' said
    grep -E '^ +naive +5 +-?[0-9.]+ +[0-9.]+ +3 +- +- +- +-$' said # three forecasts have a spread
    grep '^Left out: 2006-01-01 (last count 184 days before)$' said
    grep '^1 count is not before 2008-01-01, where the scenario ends.$' said
    tr '\n' ' ' <said | grep 'knew what the scenario dates after an origin: laws'
    tr '\n' ' ' <said | grep 'those near each other hang together'
    [ "$(wc -L <said)" -le 80 ]
}

@test "what the model knew is said" {
    sed -i '1ilaws: unknown' backtest.yaml
    says 0 '^The model knew the intake after an origin, but not laws' "$program" backtest backtest.yaml -q
    sed -i '1iintake: unknown' backtest.yaml
    says 0 '^The model knew nothing that the scenario dates after' "$program" backtest backtest.yaml -q
    sed -i 1,2d backtest.yaml
    sed -i '1iintake: unknown' backtest.yaml
    says 0 '^The model knew the laws, measures and openings that came' "$program" backtest backtest.yaml -q
}

@test "of many origins that are left out the first twelve are named" {
    sed -i '1ievery: 1' backtest.yaml
    "$program" backtest backtest.yaml -q | tr '\n' ' ' >said
    [ "$(grep -o '(last count' said | wc -l)" -eq 12 ]
    grep -E 'and [0-9]+ more, which --origins lists' said
    [ "$("$program" backtest backtest.yaml -q --origins | grep -c ' left out: ')" -gt 12 ]
}

@test "each origin has its line" {
    sed -i 's/^to:.*/to: 2007-01-01/' backtest.yaml
    "$program" backtest backtest.yaml -q --origins >said
    grep -E '^2001-01-01 +96 +2  fewer than five: no score$' said
    grep -E '^2006-01-01  left out: last count 184 days before$' said
    [ "$(wc -L <said)" -le 80 ]
}

@test "each forecast of a count is a row for each that forecasts" {
    "$program" backtest backtest.yaml -q --csv >rows.csv
    [ "$(wc -l <rows.csv)" -eq $((1 + 3 * 9)) ]
    [ "$(awk -F, 'NF != 14' rows.csv | wc -l)" -eq 0 ]
    grep -E '^2001-01-01,2000-12-20,96,2001-07-01,5\.94[0-9]+,6,104,naive,96,,,,,$' rows.csv
    grep -E '^2003-01-01,2002-12-20,105,2003-07-01,[0-9.]+,6,102,model,[0-9.]+,' rows.csv
}

@test "the scores are told to other programs, too" {
    "$program" backtest backtest.yaml -q --format csv >rows.csv
    [ "$(wc -l <rows.csv)" -eq $((1 + 3 * 3)) ] # three horizons
    # As in the table: five counts half a year ahead; of a year four, too few for a score.
    grep -E '^model,6,5,-?[0-9.]+,[0-9.]+,5,[0-9.]+,[0-9.]+,[0-9.]+,,Ward,population,20,' rows.csv
    grep -E '^model,12,4,,,4,,,,,' rows.csv
    "$program" backtest backtest.yaml -q --format json >rows.json
    [ "$(grep -c '"forecaster": "naive"' rows.json)" -eq 3 ]
    grep -q '"laws_known": "yes"' rows.json
    says 2 'give one' "$program" backtest backtest.yaml -q --csv --format json
    says 2 'format is text, csv, json or markdown' "$program" backtest backtest.yaml -q --format xml
}

@test "the order of the counts and the number of threads change nothing" {
    "$program" backtest backtest.yaml -q -t 1 --csv >one.csv
    { head -n 1 counts.csv && tail -n +2 counts.csv | tac; } >turned.csv
    mv turned.csv counts.csv
    "$program" backtest backtest.yaml -q -t 2 --csv >two.csv
    cmp one.csv two.csv
}

@test "a status and a place are counted, too" {
    "$program" backtest backtest.yaml -q --csv >all.csv
    for quantity in 'population, convicted' 'population, Prison' 'population, north, convicted'; do
        { cat "$BATS_TEST_DIRNAME/../data/backtest/backtest.yaml" && echo "quantity: $quantity"; } >backtest.yaml
        "$program" backtest backtest.yaml -q --csv >some.csv # there is one prison, and all are convicted
        cut -d, -f1-9 all.csv >a && cut -d, -f1-9 some.csv >b
        cmp a b
    done
}

@test "counts that cannot be used are refused where they stand" {
    refused '^counts.csv:14:1: error: counts: line 3 is of the same day' bash -c 'echo 2001-07-01,105,A, >>counts.csv'
    refused '^counts.csv:2:12: error: .*from 1 to 1e+09, found .0' sed -i 's/,96,/,0,/' counts.csv
    refused '^counts.csv:2:12: error: .*expected a number' sed -i 's/,96,/,nan,/' counts.csv
    refused '^counts.csv:2:1: error: .*expected a date' sed -i s/2000-12-20/2000-13-20/ counts.csv
    refused 'counts: there is none: give two at least' sed -i 2,99d counts.csv
    refused 'from no origin can anything be forecast' sed -i 3,99d counts.csv # before every origin
    refused 'from no origin can anything be forecast' sed -i 's/^20/21/' counts.csv # in the future
}

@test "times beyond the scenario are refused" {
    refused '^backtest.yaml:4:11: error: horizons: 90 months after the first origin' sed -i 's/, 12/, 12, 90/' backtest.yaml
    refused '^backtest.yaml:4:11: error: horizons: expected months above 0 that rise' sed -i 's/, 12/, 4/' backtest.yaml
    refused '^backtest.yaml:4:11: error: horizons: expected months above 0' sed -i 's/\[1/[0/' backtest.yaml
    refused '^backtest.yaml:4:11: error: horizons: there is none' sed -i 's/\[.*/[]/' backtest.yaml
    refused '^backtest.yaml:4:11: error: horizons: expected a list of numbers' sed -i 's/\[.*/12/' backtest.yaml
    refused 'from: the scenario begins on 2000-01-01' sed -i 's/^from.*/from: 1999-01-01/' backtest.yaml
    refused 'to: the scenario ends before 2008-01-01' sed -i 's/^to.*/to: 2009-01-01/' backtest.yaml
    refused 'to: it is before from' sed -i 's/^to.*/to: 2000-01-01/' backtest.yaml
}

@test "what cannot be forecast is refused" {
    refused 'quantity: expected population' sed -i '1iquantity: floor_sleepers' backtest.yaml
    refused "^backtest.yaml:1:11: error: quantity: 'population, 2007' names a time" sed -i '1iquantity: "population, 2007"' backtest.yaml
    refused 'quantity: expected population' sed -i '1iquantity: "population, convicted, remand"' backtest.yaml
    refused 'no facility or region of the scenario is called .Prisn.' sed -i '1iquantity: "population, Prisn"' backtest.yaml
    refused '^counts.csv:2:1: error: counts: begun anew on 2001-01-01: 96 people' sed -i '1iquantity: "population, remand"' backtest.yaml
    refused '^base.yaml: error: stock: is not given' sed -i /^stock/d base.yaml
    refused '^none.yaml: error: cannot be read' sed -i s/base.yaml/none.yaml/ backtest.yaml
    refused 'foo: unknown field' sed -i '1ifoo: 5' backtest.yaml
    says 2 'whole number from 20 to 100000' "$program" backtest backtest.yaml -r 5
    says 2 'takes no option -o' "$program" backtest backtest.yaml -o x.csv
}

@test "a stop ends it, and nothing is scored" {
    "$program" backtest backtest.yaml -r 100000 >said 2>errors &
    for _ in $(seq 600); do ! grep -q 'replications in all' errors || break; sleep 0.1; done
    kill -INT $!
    status=0
    wait $! || status=$?
    [ $status -eq 130 ]
    grep 'stopped; nothing is scored' errors
    [ ! -s said ]
}
