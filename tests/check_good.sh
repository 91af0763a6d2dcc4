#!/usr/bin/env bash
# Each scenario under tests/data/good is read, with exactly the warnings that its "#=" comments give (as in
# check_bad.sh), and the first line that check prints is the one after "#>", where there is one.
set -u
cd "$(dirname "$0")/data/good" || exit 3
program=../../../${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
for file in *.yaml; do
    expected=$(sed -n 's/^#= //p' "$file" | sed -E "s/^([0-9])/$file:\1/")
    first=$(sed -n 's/^#> //p' "$file")
    "$program" check --quick "$file" >"$work/out" 2>"$work/found"
    status=$?
    found=$(cat "$work/found")
    if [ $status -eq 0 ] && [ "$found" = "$expected" ] && { [ -z "$first" ] || [ "$first" = "$(head -n 1 "$work/out")" ]; }; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf '%s: status %s\n  expected: %s %s\n  found:    %s %s\n' "$file" "$status" "$expected" "$first" "$found" \
            "$(head -n 1 "$work/out")"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
