# seek: the smallest value of a path that keeps a goal, and what is said where there is none.
load support
scenario=tests/data/models/erlang.yaml
places='facilities[Desk].capacity'
goal='mean(refused_share) < 5'

seek() { "$program" seek $scenario "$@"; }

@test "fifteen erlang need twenty places, on one thread and on two" {
    seek "$places" 10..30 --goal "$goal" -t 1 >"$work/one"
    seek "$places" 10..30 --goal "$goal" -t 2 >"$work/two"
    cmp "$work/one" "$work/two"
    says 0 '^20 is the smallest that holds (4.*, at most 4.*). One step short of it, 19$' cat "$work/one"
    grep -q '^19  .* fails$' "$work/one"
    grep -q '^20  .* holds$' "$work/one"
    [ "$(wc -L <"$work/one")" -le 80 ]
}

@test "less may be easier" {
    says 0 '^1 d is the largest that holds' seek 'pathways.caller[call].stay.exponential.mean' '0.5 d..2 d' \
        --step '0.05 d' --largest --goal "$goal"
    says 1 'The other end$' seek "$places" 10..30 --goal "$goal" --largest
}

@test "where nothing holds, the status is 1; where all do, it is said that less was not asked" {
    says 1 '^No value is shown to hold: even 15 fails' seek "$places" 5..15 --goal "$goal"
    says 0 '^Already 25 holds (.*); what is smaller was not asked' seek "$places" 25..30 --goal "$goal"
}

@test "what is not shown is told from what fails" {
    says 0 'not shown to hold (6.*); it may hold or not, and more$' seek "$places" 10..30 --goal 'mean(refused_share) < 6.4'
}

@test "few replications show nothing, and it is said how many would" {
    says 2 'give -r 29 or more' seek "$places" 10..30 --goal 'chance(refused_share < 5) >= 90 %' -r 28
    says 0 '21 is the smallest' seek "$places" 10..30 --goal 'chance(refused_share < 5) >= 90 %' -r 29
    says 0 '21 is the smallest' seek "$places" 10..30 --goal 'chance(refused_share < 5) >= 90 %' -r 22 --confidence '90 %'
}

@test "the seed and what is set reach every value" {
    says 0 '^10 is the smallest' seek "$places" 1..30 --goal "$goal" --set 'intake[caller].rate: 6 / d' # 4.31 %; 9: 7.51 %
    seek "$places" 10..30 --goal "$goal" >"$work/one"
    seek "$places" 10..30 --goal "$goal" -s 16 >"$work/other"
    ! cmp -s "$work/one" "$work/other"
}

@test "no goal, no range and no path are refused with one line" {
    says 2 'what is to hold' seek "$places" 10..30
    says 2 'a comparison is missing' seek "$places" 10..30 --goal 'mean(refused_share)'
    says 2 'no series or indicator is called' seek "$places" 10..30 --goal 'mean(refusals) < 5'
    says 2 'write 10..30' seek "$places" 30..10 --goal "$goal"
    says 2 'come to 28 and 31' seek "$places" 10..30 --step 3 --goal "$goal"
    says 2 'expected A..B' seek "$places" many --goal "$goal"
    says 2 'a path is one line' seek "$places"$'\n' 10..30 --goal "$goal"
    says 2 'confidence: expected a share' seek "$places" 10..30 --goal "$goal" --confidence 95
    says 2 'seed is no lever' seek seed 1..3 --goal "$goal"
    says 2 'name is no lever' seek ' name' 1..3 --goal "$goal"
    says 2 'replications is no lever' seek 'replications ' 1..3 --goal "$goal"
    says 2 "'5 %': population is no share" seek "$places" 10..30 --goal 'mean(population) < 5 %'
    says 2 'usage' seek "$places" --goal "$goal"
    [ "$(seek "$places" 30..10 --goal "$goal" 2>&1 | wc -l)" -eq 1 ]
}

@test "a value that the scenario refuses is told with its place and the value" {
    says 2 "^doorstroom seek: with facilities\[Dsk\].capacity: 10: error: facilities\[Dsk\].capacity: no facility is called 'Dsk'" \
        seek 'facilities[Dsk].capacity' 10..30 --goal "$goal"
    [ "$(seek 'facilities[Dsk].capacity' 10..30 --goal "$goal" 2>&1 | wc -l)" -eq 1 ]
    says 2 'with facilities\[Desk\].capacity: 5 d: ' seek "$places" '5 d..7 d' --goal "$goal"
    says 2 'with facilities\[Desk\].capacity: -5: ' seek "$places" -5..5 --goal "$goal" # a range, and no option
    says 2 'error' seek '' 1..2 --goal "$goal"
    says 2 'error' seek '{' 1..2 --goal "$goal"
}

@test "a search that is stopped says so" {
    (trap - INT; exec "$program" seek $scenario "$places" 10..30 --goal "$goal" -r 100000) >"$work/out" 2>"$work/err" &
    await "$work/out" # its heading stands there before anything is run
    kill -INT $!
    wait $! || status=$?
    [ "$status" -eq 130 ]
    grep -q 'seek: stopped' "$work/err"
}
