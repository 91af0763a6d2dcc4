# Laws by date: the same whoever runs them.
load support

scenario=tests/data/models/law.yaml

@test "laws are the same for any number of threads and way to use them" {
    "$program" run $scenario -r 4 -q -o "$work/one.h5" -t 1
    "$program" run $scenario -r 4 -q -o "$work/two.h5" -t 2 --split replications
    "$program" run $scenario -r 4 -q -o "$work/cut.h5" -t 2 --split facilities
    "$program" diff "$work/one.h5" "$work/two.h5"
    "$program" diff "$work/one.h5" "$work/cut.h5"
}
