#!/usr/bin/env bash
# The published cases and the mechanisms hold (a short version); a wrong table and an unknown case
# are said.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
passed=0 failed=0
for folder in published mechanisms; do
    out=$("$program" validate --quick --from scenarios/$folder)
    status=$?
    passed=$((passed + $(grep -c ' holds$' <<<"$out")))
    failed=$((failed + $(grep -c ' FAILS$' <<<"$out")))
    grep ' FAILS$' <<<"$out"
    [ $status -eq 0 ] || failed=$((failed + 1))
done
said=$("$program" validate clinc 2>&1)
[ $? -eq 2 ] && grep -q "no case is called 'clinc'" <<<"$said" && passed=$((passed + 1)) || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
