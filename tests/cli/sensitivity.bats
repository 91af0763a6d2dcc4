# sensitivity: which factors of a sweep move a number, and what is said where it cannot be told.
load support

# A sweep of METHOD with N into $work/METHOD: the first of TASKS (1).
sweep_of() {
    rm -rf "${work:?}/$1"
    cp scenarios/examples/first.yaml "$work"
    cat >"$work/$1.yaml" <<EOF
scenario: first.yaml
method: $1
points: $2
replications: 2
seeds: common
factors:
  - {name: rate, path: 'intake[short].rate', times: 0.5..1.5}
  - {name: nothing, to: 0..1}
EOF
    "$program" sweep "$work/$1.yaml" -o "$work/$1" -q -j 1 -J "${3:-1}"
}

moved() { "$program" sensitivity "$work/$1"/part-*.h5 'mean(population, 2028)' "${@:2}"; }

@test "the rate moves the population, a factor without a path nothing: exactly 0 in common streams" {
    sweep_of saltelli 16
    moved saltelli --format csv >"$work/csv"
    sed -n 2p "$work/csv" | grep -q '^rate,.*,total,'
    grep -q '^nothing,,total,0,0,0' "$work/csv"
    [ "$(moved saltelli | wc -L)" -le 80 ]
    says 2 'no series or indicator is called' "$program" sensitivity "$work"/saltelli/part-*.h5 'mean(popul)'
    says 2 'first.yaml: ' "$program" sensitivity "$work/first.yaml" 'mean(population)'
    says 2 'factors move the mean over futures' "$program" sensitivity "$work"/saltelli/part-*.h5 'q90(population)'
}

@test "Morris, and missing points" {
    sweep_of morris 6
    moved morris --format csv | grep -q '^nothing,,mu_star,0,0,0'
    sweep_of saltelli 16 4
    says 2 '48 of 64 points are missing' moved saltelli
}

@test "ranks of a Latin hypercube from a merged file; a word has no rank" {
    sweep_of latin_hypercube 40
    "$program" merge "$work/latin_hypercube" -o "$work/hypercube.h5" -q
    # The same people at every point: the rate tells all ranks, and leaves nothing to explain.
    says 0 '^rate  *1.00  *1.00  *1.00$' "$program" sensitivity "$work/hypercube.h5" 'mean(population, 2028)'
    says 0 '^nothing  *-  *-  *-$' "$program" sensitivity "$work/hypercube.h5" 'mean(population, 2028)'
    says 0 '"measure": "prcc"' "$program" sensitivity "$work/hypercube.h5" 'mean(population, 2028)' --format json
    sed -i "s/name: nothing, to: 0..1/name: full, path: 'facilities[Canal house].when_full', to: [crowd, wait]/" "$work/latin_hypercube.yaml"
    "$program" sweep "$work/latin_hypercube.yaml" -o "$work/words" -q
    says 2 "full: 'crowd' is a word, which has no rank" "$program" sensitivity "$work"/words/part-*.h5 'mean(population, 2028)'
}
