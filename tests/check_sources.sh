#!/usr/bin/env bash
# Every number of Belgium's scenarios has a grade and a source.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
passed=0 failed=0
for scenario in scenarios/belgium/*.yaml scenarios/belgium/{resolution,sweeps}/*.yaml; do
    grep -q '^factors:' "$scenario" && continue # the design of a sweep, not a scenario
    [ "$scenario" = scenarios/belgium/belgium.yaml ] && continue # a part of the others
    [ "$scenario" = scenarios/belgium/plan_2021.yaml ] && continue # PLAN.md says them
    if said=$("$program" check "$scenario" --sources 2>/dev/null); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $scenario has numbers without a source: $(tail -n 1 <<<"$said")"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
