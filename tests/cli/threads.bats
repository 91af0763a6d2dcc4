# Each mechanism: the same values whoever runs it.
load support

same_for_all() { # SCENARIO...: on one thread, on two, and cut between two
    local scenario name how
    for scenario in "$@"; do
        name=${scenario//\//-}
        for how in "-t 1" "-t 2 --split replications" "-t 2 --split facilities"; do
            "$program" run "$scenario" -r 4 -q -o "$work/$name $how.h5" $how
            same "$work/$name -t 1.h5" "$work/$name $how.h5"
        done
    done
}

@test "each mechanism alone is the same for any number of threads and way to use them" {
    same_for_all $(ls scenarios/mechanisms/*.yaml | grep -vE '/(base|cases).yaml')
}

@test "several facilities, regions and mechanisms at once are the same, too" {
    same_for_all tests/data/models/{come_back,drift,evaluation,law,measures,projects,staff,ways}.yaml
}
