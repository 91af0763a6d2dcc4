#!/usr/bin/env bats
# Belgium's seven recommendations as overlays: who is there, who comes and what they go through stays as in the baseline
# until a switch does something; and all.yaml is the seven and nothing else.

load support

folder=scenarios/belgium

# The events of DAYS days of a replication.
life() { # SCENARIO DAYS
    "$program" trace "$1" -r 3 --set "horizon: $2 d" 2>/dev/null
}

@test "until a switch acts everybody lives as in the baseline" {
    life $folder/baseline.yaml 20 >"$work/base"
    [ "$(wc -l <"$work/base")" -gt 40000 ]
    for name in 1-master-plan 2-cap 3-transparency 4-funding 6-coordination 7-evaluation; do
        life $folder/resolution/$name.yaml 20 | cmp - "$work/base"
    done
}

@test "houses for groups leave the people of the start as they are" {
    life $folder/baseline.yaml 2 | grep 'there at the start' >"$work/base"
    [ "$(wc -l <"$work/base")" -gt 18000 ]
    for name in 5-groups all; do
        life $folder/resolution/$name.yaml 2 | grep 'there at the start' | cmp - "$work/base"
    done
}

@test "all.yaml has every line of the seven, and no other" {
    # Each has a title and a question of its own, which are no switch.
    lines() { sed -n '/^sources:/q; /^ *\(texts:\|- {of: \)/d; /^\(#\|extends\|name\|description\|add\|set\|drop\|master_plan\):*/!p' "$@" | sed 's/^ *//' | sort; }
    for one in $folder/resolution/[1-7]-*.yaml; do lines "$one"; done | sort >"$work/seven"
    [ "$(wc -l <"$work/seven")" -gt 30 ]
    diff "$work/seven" <(lines $folder/resolution/all.yaml)
}

@test "all but one takes back what that one says" {
    for one in 1 2 3 4 5 6 7; do
        run "$program" check --quick $folder/resolution/all-but-$one.yaml
        [ "$status" -eq 0 ]
        [[ "$output" != *warning* ]]
    done
    # Without the houses of the plan there are as many facilities as in the baseline: 24 fewer.
    "$program" check --quick $folder/resolution/all.yaml | grep -q "^75 facilities"
    "$program" check --quick $folder/resolution/all-but-1.yaml | grep -q "^51 facilities"
}
