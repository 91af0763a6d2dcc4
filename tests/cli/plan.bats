# Belgium's plan of 2021 runs, and its houses are in the result. Against the record: tests/with/plan.sh.
load support

plan=scenarios/belgium/plan_2021.yaml

@test "the plan of 2021, its base and its priors are read without a word of doubt" {
    for file in $plan scenarios/belgium/plan/base.yaml scenarios/belgium/plan/priors.yaml; do
        "$program" check --quick $file 2>&1 >/dev/null | tee "$work/doubts"
        [ ! -s "$work/doubts" ]
    done
}

@test "the houses announced have the places of the plan" {
    # 720 as announced, and 20 more at Kortrijk since November 2024.
    [ "$(sed -nE 's/^[^,]+,detention_house,[a-z]+,([0-9]+),.*/\1/p' scenarios/belgium/plan/houses.csv | wc -l)" -eq 15 ]
    [ "$(sed -nE 's/^[^,]+,detention_house,[a-z]+,([0-9]+),.*/\1/p' scenarios/belgium/plan/houses.csv | awk "{n += \$1} END {print n}")" -eq 740 ]
}

@test "the plan runs, every project that has been announced is somewhere, and people live in the houses" {
    "$program" run $plan -r 8 -q -o "$work/plan.h5"
    # By the end of 2026 all 15 houses and 4 new transition houses have begun: 19 in each replication.
    says 0 '^2027  *19.00  *19.00 to 19.00' "$program" show "$work/plan.h5" projects
    says 0 '^2027  *[1-9][0-9.]* ' "$program" show "$work/plan.h5" house_residents
    says 0 '^hand_over times' "$program" show "$work/plan.h5" parameter
}
