#!/usr/bin/env bash
# Runs the test programs of $BUILD, the command line's tests and the scripts that need nothing more; with --all also
# those that need other programs, with --others those alone. Says what failed, one line for each file of tests, the
# names of those that failed once more, and ends in: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")/.." || exit 3
export BUILD=${BUILD:-build}
passed=0 failed=0 skipped=0
names= # of the tests that failed, a line each: said once more at the end

count() { # NAME PASSED FAILED SKIPPED: a file's line, and the sums
    printf '%-28s %s passed, %s failed%s\n' "$1" "$2" "$3" "$([ "$4" = 0 ] || echo ", $4 skipped")"
    passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
}

# The Test Anything Protocol, as cmocka and bats speak it: a plan "1..N"; "ok I - name" or "not ok I - name" for each
# test; "# SKIP" in one that was skipped. A planned test that says nothing has failed, and so has a program that ends badly.
tap() { # NAME COMMAND...
    local name=$1 out status planned ok bad skip
    shift
    out=$("$@" 2>&1)
    status=$?
    planned=$(sed -nE 's/^1\.\.([0-9]+).*/\1/p' <<<"$out" | awk '{n += $1} END {print n + 0}')
    skip=$(grep -ciE '^(not )?ok [0-9]+ .*# skip' <<<"$out")
    ok=$(grep -iE '^ok [0-9]+ ' <<<"$out" | grep -civE '# skip')
    bad=$((planned - ok - skip))
    [ $status -eq 0 ] || [ $bad -gt 0 ] || bad=1
    if [ $bad -gt 0 ]; then
        echo "$name ends with status $status:"
        grep -vE '^(ok [0-9]+ |1\.\.[0-9]+|# ok - )' <<<"$out" | tail -n 60 | sed 's/^/    /'
        names+=$(sed -nE "s|^not ok [0-9]+ (- )?|failed: $name: |p" <<<"$out")$'\n'
    fi
    count "$name" "$ok" "$bad" "$skip"
}

# A script of tests says "skip: ..." and "failed: ..." as it goes, and last: N passed, N failed, N skipped.
script() { # FILE
    local out line p f s
    out=$(bash "$1" 2>&1)
    line=$(tail -n 1 <<<"$out")
    [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]] && p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]} s=${BASH_REMATCH[4]:-0} ||
        p=0 f=1 s=0
    [ "$f" = 0 ] && ! grep -q '^skip' <<<"$out" || head -n -1 <<<"$out" | tail -n 40 | sed 's/^/    /'
    [ "$f" = 0 ] || names+=$(sed -n "s|^failed: |failed: ${1#tests/}: |p" <<<"$out")$'\n'
    count "${1#tests/}" "$p" "$f" "$s"
}

which=${1:-}
if [ "$which" != --others ]; then
    for source in tests/*/test_*.c; do
        name=${source%.c}
        tap "${name#tests/}" env CMOCKA_MESSAGE_OUTPUT=TAP "$BUILD/$name"
    done
    for file in tests/cli/*.bats; do
        [ ! -e "$file" ] || tap "${file#tests/}" bats --tap "$file"
    done
    for file in tests/check_*.sh; do script "$file"; done
fi
if [ -n "$which" ]; then
    for file in tests/with/*.sh; do script "$file"; done
fi
if [ "${CI:-}" = true ] && [ -n "$which" ] && [ $skipped -gt 0 ]; then
    echo "a skipped test counts as a failure in CI"
    failed=$((failed + skipped))
fi
printf '%s' "$names" | grep .
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
