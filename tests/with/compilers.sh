#!/usr/bin/env bash
# The same bits for gcc and clang, -O0 and -O3, and for a processor without fused multiply-add: a
# replication of Belgium's ten years each time.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$(realpath "${BUILD:-build}/doorstroom")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
"$program" run scenarios/belgium/baseline.yaml -o "$work/first.h5" -r 3..3 -q || exit 1

same() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" run scenarios/belgium/baseline.yaml -o "$work/other.h5" -r 3..3 -q --force &&
        "$program" diff "$work/first.h5" "$work/other.h5" >"$work/said"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$name: $(cat "$work/said")"
    fi
}
same 'without FMA and AVX2' env GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2 "$program"
for compiler in gcc clang; do
    if ! command -v $compiler >/dev/null; then
        echo "skip: $compiler is not installed"
        skipped=$((skipped + 2))
        continue
    fi
    for level in -O0 -O3; do
        if make -s -j2 CC=$compiler BUILD="$work/build" OPTIMISE=$level all >"$work/made" 2>&1; then
            same "$compiler $level" "$work/build/doorstroom"
        else
            failed=$((failed + 1))
            tail -n 5 "$work/made"
        fi
        rm -rf "$work/build"
    done
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
