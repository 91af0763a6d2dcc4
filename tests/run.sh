#!/usr/bin/env bash
# Runs every test program of $BUILD and the scripts that need nothing more; with --all also those that need other
# programs, with --others those alone. Adds up what they say and ends in one line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 3
build=${BUILD:-build}
passed=0 failed=0 skipped=0

count() { # a line "N passed, N failed, N skipped" for each program
    printf '%-28s %s\n' "$1" "$2"
    read -r p f s < <(sed -E 's/[^0-9]+/ /g' <<<"$2")
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
}

which=${1:-}
programs=(tests/*/test_*.c) scripts=(tests/check_*.sh)
[ "$which" = --others ] && programs=() scripts=()
[ -z "$which" ] || scripts+=(tests/with/*.sh)
for program in "${programs[@]}"; do
    name=${program#tests/}; name=${name%.c}
    out=$("$build/tests/$name" 2>&1)
    status=$?
    ok=$(grep -c '^\[       OK \]' <<<"$out")
    bad=$(grep -c '^\[  FAILED  \] [a-z0-9_]*$' <<<"$out")
    [ $status -eq 0 ] || { [ "$bad" -gt 0 ] || bad=1; echo "$out" | tail -n 40; }
    count "$name" "$ok passed, $bad failed"
done
for script in "${scripts[@]}"; do
    [ -e "$script" ] || continue
    out=$(BUILD=$build bash "$script" 2>&1)
    line=$(tail -n 1 <<<"$out")
    [[ $line == *passed*failed* ]] || line="0 passed, 1 failed"
    [[ $line == *" 0 failed"* ]] && ! grep -q '^skip' <<<"$out" || echo "$out" | tail -n 40
    count "${script#tests/}" "$line"
done
if [ "${CI:-}" = true ] && [ -n "$which" ] && [ $skipped -gt 0 ]; then
    echo "a skipped test counts as a failure in CI"
    failed=$((failed + skipped))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
