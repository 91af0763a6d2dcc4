#!/usr/bin/env bash
# Known runs keep their bits: the digest of each variable's values stands in tests/golden/NAME.txt.
# A commit that moves one on purpose runs this with --update and says why in its message.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom digest=${BUILD:-build}/golden-digest
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
while read -r name scenario replications; do
    [ -n "$name" ] || continue
    "$program" run "$scenario" -o "$work/$name.h5" -r "$replications" -q 2>"$work/said" &&
        "$digest" "$work/$name.h5" >"$work/$name.txt" 2>>"$work/said"
    if [ $? -ne 0 ]; then
        failed=$((failed + 1))
        echo "$name: $(tail -n 1 "$work/said")"
    elif [ "${1:-}" = --update ]; then
        cp "$work/$name.txt" "tests/golden/$name.txt"
        updated=$((${updated:-0} + 1))
    elif moved=$(diff "tests/golden/$name.txt" "$work/$name.txt"); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        moves=$(grep -q '^<' <<<"$moved" && echo moved || echo new)
        echo "$name: $moves: $(sed -nE 's/^[<>] [0-9a-f]+ //p' <<<"$moved" | sort -u | tr '\n' ' ')"
    fi
done <<'RUNS'
baseline      tests/golden/runs/belgium/baseline.yaml 2
history       tests/golden/runs/belgium/history.yaml 2
belgium       scenarios/belgium/baseline.yaml        2
belgium-past  scenarios/belgium/history.yaml         2
overflow      scenarios/published/overflow.yaml      2
desk-priority tests/golden/runs/desk-priority.yaml   2
trigger       tests/golden/runs/trigger.yaml         4
closing       tests/golden/runs/closing.yaml         4
warm-up       tests/golden/runs/warm-up.yaml         4
stroke-beds   scenarios/published/stroke-beds.yaml   4
world         tests/golden/runs/world/world.yaml     1
first         scenarios/examples/first.yaml          4
drift         tests/data/models/drift.yaml           4
projects      tests/data/models/projects.yaml        4
uncertain     tests/data/models/uncertain.yaml       4
staff         tests/data/models/staff.yaml           4
measures      tests/data/models/measures.yaml        4
come_back     tests/data/models/come_back.yaml       4
law           tests/data/models/law.yaml             4
ways          tests/data/models/ways.yaml            4
cost          scenarios/mechanisms/cost.yaml         2
feedback      scenarios/mechanisms/feedback.yaml     2
cap           scenarios/mechanisms/cap.yaml          2
evaluation    tests/data/models/evaluation.yaml      4
RUNS
[ -z "${updated:-}" ] || echo "$updated updated"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
