#!/usr/bin/env bash
# Each scenario under tests/data/bad is refused with exactly the lines that its "#=" comments give:
# "#= LINE:COLUMN: error: ..." for the file itself, "#= FILE:LINE:COLUMN: ..." for one beside it.
set -u
cd "$(dirname "$0")/data/bad" || exit 3
program=../../../${BUILD:-build}/doorstroom
passed=0 failed=0
for file in *.yaml; do
    expected=$(sed -n 's/^#= //p' "$file" | sed -E "s/^([0-9])/$file:\1/")
    found=$("$program" check "$file" 2>&1 >/dev/null)
    status=$?
    found=$(sed '$d' <<<"$found")
    if [ $status -eq 2 ] && [ "$found" = "$expected" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s: status %s\n  expected: %s\n  found:    %s\n' "$file" "$status" "$expected" "$found"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
