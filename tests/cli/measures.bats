# Measures of every kind: the same whoever runs them, and told of where they are likely not meant.
load support

scenario=tests/data/models/measures.yaml

@test "measures are the same for any number of threads and way to use them" {
    "$program" run $scenario -r 4 -q -o "$work/one.h5" -t 1
    "$program" run $scenario -r 4 -q -o "$work/two.h5" -t 2 --split replications
    "$program" run $scenario -r 4 -q -o "$work/cut.h5" -t 2 --split facilities
    "$program" diff "$work/one.h5" "$work/two.h5"
    "$program" diff "$work/one.h5" "$work/cut.h5"
}

@test "a result tells of each measure" {
    "$program" run $scenario -r 2 -q -o "$work/told.h5"
    "$program" show "$work/told.h5" measure_taken | grep -q '^bracelets '
    "$program" explain measure_waiting | grep -q 'Wachtend op de maatregel'
    "$program" explain electronic_monitoring | grep -q 'bracelets'
}
