#!/usr/bin/env bash
# Belgium's ten years with every event checked (nobody lost, time never back) under AddressSanitizer and
# UBSan, and under ThreadSanitizer with both ways of using threads; the bits stay the same.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$(realpath "${BUILD:-build}/doorstroom")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
belgium=scenarios/belgium/baseline.yaml
"$program" run $belgium -o "$work/first.h5" -r 5..6 -q || exit 1

same() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" run $belgium -o "$work/other.h5" -r 5..6 -q --force "${how[@]}" >"$work/said" 2>&1 &&
        "$program" diff "$work/first.h5" "$work/other.h5" >>"$work/said"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name:"
        tail -n 8 "$work/said"
    fi
}
built() { make -s -j2 BUILD="$work/build" "$@" all >"$work/made" 2>&1 || { tail -n 5 "$work/made"; false; }; }

how=(-t 1)
if built OPTIMISE=-O1 CHECK='-DDOORSTROOM_CHECK -fsanitize=address,undefined -fno-sanitize-recover=all'; then
    same 'AddressSanitizer and UBSan' env ASAN_OPTIONS=detect_leaks=1 "$work/build/doorstroom"
else
    failed=$((failed + 1))
fi
rm -rf "$work/build"
archer=$(find /usr/lib/llvm-*/lib -name libarcher.so 2>/dev/null | tail -n 1)
if ! command -v clang >/dev/null || [ -z "$archer" ]; then
    echo "skip: ThreadSanitizer: clang and libomp are not installed"
    skipped=$((skipped + 2))
elif built CC=clang OPTIMISE=-O1 CHECK=-fsanitize=thread; then
    for split in replications facilities; do
        how=(-t 2 --split $split)
        same "ThreadSanitizer, $split" env OMP_TOOL_LIBRARIES="$archer" \
            TSAN_OPTIONS='ignore_noninstrumented_modules=1 halt_on_error=1' "$work/build/doorstroom"
    done
else
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
