# Pressure, staff and evaluation: the same whoever runs them.
load support

# The scenario NAME of tests/data/models on one thread, on two, and cut between two.
same() {
    for how in "-t 1" "-t 2 --split replications" "-t 2 --split facilities"; do
        "$program" run "tests/data/models/$1.yaml" -r 4 -q -o "$work/$1 $how.h5" $how
        "$program" diff "$work/$1 -t 1.h5" "$work/$1 $how.h5"
    done
}

@test "pressure and staff are the same for any number of threads and way to use them" {
    same staff
}

@test "evaluation is the same for any number of threads and way to use them" {
    same evaluation
}
