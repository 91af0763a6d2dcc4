# What an evaluation of a roll-out can see: the tables, the rows, and plans that show nothing.
load support

setup() {
    cp tests/data/power/* "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR" || exit 3
}

refused() { # WORDS COMMAND...: changed by COMMAND, the plan is refused in one line with WORDS
    local words=$1
    shift
    cp "$BATS_TEST_DIRNAME"/../data/power/* .
    "$@"
    says 2 "$words" "$program" power plan.yaml -q -r 20
    [ "$("$program" power plan.yaml -q -r 20 2>&1 | grep -vc warning)" -eq 1 ]
}

change() { # FROM TO [FILE]: in the plan
    sed -i "s~$1~$2~" "${3:-plan.yaml}"
    grep -qF -- "${2%%\\n*}" "${3:-plan.yaml}"
}

@test "the table has each effect after each year, and a dash where nothing can be told" {
    "$program" power plan.yaml -q >said
    [ "$(grep -Ec '^(no effect|half as many|nobody) +[12] ' said)" -eq 24 ]
    # By year there is one period, and then none in which a region has no house yet all year.
    [ "$(grep -Ec '^no effect +[12] +[15]\.0 +-( +-){3}$' said)" -eq 4 ]
    [ "$(grep -Ec '^nobody +2 +5\.0 +-[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+$' said)" -eq 2 ]
    tr -s ' \n' ' ' <said | grep 'nobody: .* Seen less often at the end in returns by year, returns per release by year than in'
    tr -s ' \n' ' ' <said | grep 'Holds if lots decide which region opens when'
    tr -s ' \n' ' ' <said | grep 'Keep for returns per release: region, first day of the period, came_back_from; released_from'
    [ "$(wc -L <said)" -le 80 ]
}

@test "an outcome without a name is called what it is of and per; two of one name are refused; check says whose the plan is" {
    change 'name: returns per release, ' ''
    says 0 '^came_back_from per released_from by month$' "$program" power plan.yaml -q -r 20
    refused "plan.yaml:7:5: error: outcomes: 'returns' is there already: give one of them another name" change 'returns per release' returns
    says 2 "^doorstroom check: plan.yaml: is for 'doorstroom power', .*; 'doorstroom explain power' lists its fields$" "$program" check plan.yaml
    [ "$("$program" check plan.yaml 2>&1 | wc -l)" -eq 1 ]
}

@test "an effect that is large enough is seen, and said to be" {
    change '0.5' '0' fewer.yaml
    says 0 '^fewer come back: seen in 80 % of futures or more from 2 years and 3.0' "$program" power fewer.yaml -q -r 100
    says 0 '^The smallest change that is seen so often after 2 years: fewer come back' "$program" power fewer.yaml -q -r 100
}

@test "false alarms that are too many are said to be" {
    change 'came_back}' 'house_residents}' alarms.yaml # houses fill by themselves
    "$program" power alarms.yaml -q -r 40 | tr '\n' ' ' >said
    grep 'after 2 years: false alarms are more than 5 %: the openings' said
}

@test "without an effect only false alarms are told" {
    "$program" power alarms.yaml -q -r 20 >said
    [ "$(grep -c '^no effect' said)" -eq 1 ]
    ! grep 'not shown' said
}

@test "people from houses are held against futures, whatever the test of regions" {
    "$program" power people.yaml -q -r 40 --format csv >rows.csv
    grep -E '^returns,"came_back_from, house",.*,person,fewer come back,2,3,.*,40,40,[0-9.]+,futures$' rows.csv
    says 0 '^returns, person by person$' "$program" power people.yaml -q -r 40
    says 0 '^Person by person: held against futures without' "$program" power people.yaml -q -r 40
}

@test "a lag and another first month move when a change is looked for" {
    "$program" power alarms.yaml -q -r 20 --format csv | cut -d, -f9,10 >without
    echo 'lag: 6 mo' >>alarms.yaml
    "$program" power alarms.yaml -q -r 20 --format csv | cut -d, -f9,10 >with
    [ "$(cut -d, -f1 without)" = "$(cut -d, -f1 with)" ] # houses are open as before
    [ "$(cut -d, -f2 without)" != "$(cut -d, -f2 with)" ]
    sed -i 's/^years.*/years: [1]/; $d' alarms.yaml
    echo 'from: 2026-06-01' >>alarms.yaml # the house of May is there before: 9 + 5 + 1 months
    [ "$("$program" power alarms.yaml -q -r 20 --format csv | tail -n 1 | cut -d, -f9)" = 1.25 ]
}

@test "each row is told to other programs, the same for any number of threads" {
    "$program" power plan.yaml -q -t 1 --format csv >one.csv
    [ "$(wc -l <one.csv)" -eq $((1 + 4 * 3 * 2)) ]
    [ "$(awk -F, 'NF != 19' one.csv | wc -l)" -eq 0 ]
    "$program" power plan.yaml -q -t 3 --format csv | cmp - one.csv
    [ "$("$program" power plan.yaml -q --format json | grep -c '"effect": "nobody"')" -eq 8 ]
    says 2 'format is text, csv, json or markdown' "$program" power plan.yaml -q --format xml
    says 2 'a whole number from 20' "$program" power plan.yaml -q -r 3
}

@test "what cannot be evaluated is refused in one line" {
    refused 'it has 1 region: expected 2 to 256' \
        sed -i '/: [b-e],/d; s/a, b, c, d, e/a/' five.yaml
    refused 'no house opens while it is watched' sed -i 's/opens: 202[67]/opens: 2040/' five.yaml
    refused "'half as many' changes nothing" change 'house: 0.5' 'house: 1'
    refused 'returns never varies, or regions without a house have none of it' change 'of: came_back}' "of: 'released_from, home'}"
    refused 'houses open everywhere at once' sed -i 's/opens: .*}/opens: 2027-01-01}/' five.yaml
    refused '5 regions can open in so few orders .* in 20.0 % of them' sed -i 's/opens: 2027.*}/opens: 2027-01-01}/; s/opens: 2026-09-01/opens: 2027-01-01/' five.yaml
    refused '3 regions can open .* in 16.7 % of them' sed -i '/: [de],/d; s/c, d, e/c/' five.yaml
    refused '10 futures, a half of them, are too few' change 'periods.*' 'test: futures'
}

@test "plans as they are written wrong are refused in one line" {
    refused "no series or indicator is called 'came_bak'" change 'came_back}' 'came_bak}'
    refused "plan.yaml:6:.*names a time" change 'of: came_back}' "of: 'came_back, 2026'}"
    refused 'plan.yaml:3:5: error:.*come_back\[none\]' change 'come_back\[all\].house: 0.5' 'come_back[none].house: 0.5'
    refused "'nobody' is there already" change 'half as many' 'nobody'
    refused 'the scenario has 2 whole years' change 'replications.*' 'years: [1, 3]'
    refused 'expected whole numbers of years' change 'replications.*' 'years: [1.5]'
    refused 'expected from 0 to 100' change 'replications.*' 'years: [1e300]'
    refused 'expected the first day of a month' change 'replications.*' 'from: 2026-03-02'
    refused 'between the start and the end' change 'replications.*' 'from: 2030-03-01'
    refused 'give of, per, against and other_per' change 'of: came_back}' 'of: came_back, against: releases}'
    refused "'half as many' changes the start" change 'come_back\[all\].house: 0.5' 'horizon: 3 y'
    refused 'there is none: give one at least' sed -i '/^outcomes/,/per release/d; $aoutcomes: []' plan.yaml
    refused 'nothing.yaml' change five.yaml nothing.yaml
}

@test "the plans that come with the scenarios are read" {
    cd "$BATS_TEST_DIRNAME/../.." || exit 3
    # Houses are open for 7, 6.25, 5.5, 4.75, 4 and 3.25 of the eight years: 30.75 in all.
    "$program" power scenarios/examples/evaluation.yaml -q -r 40 | grep -E '^no effect +8 +30\.8 '
    # The chance in so few futures is not known: it is said before anything is run.
    says 2 'are too few to tell' "$program" power scenarios/belgium/evaluation/houses.yaml -q -r 20
}
