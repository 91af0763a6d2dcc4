# What is drawn for each replication: the same however it is run, shown, read from a table.
load support

scenario=tests/data/models/uncertain.yaml

setup_file() {
    "$program" run $scenario -r 6 -q -o "$work/one.h5" -t 1
}

@test "what is drawn is the same for any number of threads and way to use them" {
    "$program" run $scenario -r 6 -q -o "$work/two.h5" -t 2 --split replications
    "$program" run $scenario -r 6 -q -o "$work/cut.h5" -t 2 --split facilities
    same "$work/one.h5" "$work/two.h5"
    same "$work/one.h5" "$work/cut.h5"
}

@test "what was drawn is shown with its unit" {
    says 0 '^desks\[court\].time.gamma.mean (d)' "$program" show "$work/one.h5" parameter
    says 0 '^intake\[arrested\].rate times' "$program" show "$work/one.h5" parameter
}

@test "check says how many fields are drawn" {
    says 0 '^6 fields are drawn, anew for each replication' "$program" check -k $scenario
}

@test "a posterior comes from a table, and a hole in it has its place" {
    printf 'intake_level,people.women\n0.9,5 %%\n1.1,6 %%\n' >"$work/posterior.csv"
    printf '%s\n' "extends: $PWD/tests/data/models/small.yaml" 'posterior: {csv: posterior.csv}' >"$work/p.yaml"
    "$program" run "$work/p.yaml" -r 8 -q -o "$work/p.h5" --allow-outside
    says 0 '^intake_level ' "$program" show "$work/p.h5" parameter
    printf 'intake_level,people.women\n0.9,5 %%\n1.1,\n' >"$work/posterior.csv"
    says 2 'posterior.csv:3:.*error: posterior: expected a share' "$program" check "$work/p.yaml" --allow-outside
}
