# Measures of every kind: told of where they are likely not meant.
load support

scenario=tests/data/models/measures.yaml

@test "a result tells of each measure" {
    "$program" run $scenario -r 2 -q -o "$work/told.h5"
    "$program" show "$work/told.h5" measure_taken | grep -q '^bracelets '
    "$program" explain measure_waiting | grep -q 'Wachtend op de maatregel'
    "$program" explain electronic_monitoring | grep -q 'bracelets'
}
