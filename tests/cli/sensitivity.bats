# sensitivity: which factors of a sweep move a number, and what is said where it cannot be told.
load support

# A sweep of METHOD with N into $work/METHOD, by TASKS of which only the first is run.
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
    says 2 'sensitivity' "$program" sensitivity "$work/first.yaml" 'mean(population)'
}

@test "Morris, and missing points" {
    sweep_of morris 6
    moved morris --format csv | grep -q '^nothing,,mu_star,0,0,0'
    sweep_of saltelli 16 4
    says 2 '48 of 64 points are missing' moved saltelli
}
