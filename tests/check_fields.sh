#!/usr/bin/env bash
# Every field that a scenario may leave out is noticed by a test: without the field (tests/fields/ignore.c) the test
# that fields/noticed.csv names fails. A field that stands there nowhere, or whose test passes without it, is listed.
set -u
cd "$(dirname "$0")/.." || exit 3
build=${BUILD:-build}
passed=0 failed=0
while read -r field; do
    IFS=, read -r _ program test < <(grep "^$field," tests/fields/noticed.csv)
    if [ -n "${test:-}" ] && FIELD_IGNORED=$field TEST_ALONE=$test CMOCKA_MESSAGE_OUTPUT=TAP "$build/tests/$program" 2>/dev/null |
        grep -q "^not ok 1 - $test\$"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: no test notices $field${test:+: $program, $test passes without it}"
    fi
    program='' test=''
done < <("$build/field-list")
[ $passed -gt 100 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
