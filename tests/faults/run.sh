#!/usr/bin/env bash
# Every allocation of the program, every write, sync, rename and open of a run fails once in turn. Each time: a
# line, status 3, no half result, all memory given back; and --resume gives the result of an undisturbed run.
# Arguments: every how manieth (default 1: all), and the kinds of calls (default: all).
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$(realpath "${BUILD:-build}/doorstroom")
step=${1:-1}
kinds=(memory write sync rename open)
[ $# -lt 2 ] || kinds=("${@:2}")
export MALLOC_PERTURB_=165 # what is used before it is set shows
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scenario=tests/data/models/laid_over.yaml
gcc -shared -fPIC -O1 -o "$work/fail.so" tests/faults/fail.c -ldl || exit 3
"$program" run $scenario -r 2 -t 1 -q -o "$work/good.h5" || exit 3
passed=0 failed=0
declare -A outcome
for kind in "${kinds[@]}"; do
    LD_PRELOAD=$work/fail.so FAIL_KIND=$kind FAIL_AT=0 FAIL_COUNT=$work/count \
        "$program" run $scenario -r 2 -t 1 -q -f -o "$work/x.h5" || exit 3
    read -r count before _ <"$work/count"
    [ "$before" -eq 0 ] || { echo "$kind: an undisturbed run keeps $before blocks of memory"; failed=$((failed + 1)); }
    for ((at = 1; at <= count; at += step)); do
        rm -f "$work"/x.h5*
        LD_PRELOAD=$work/fail.so FAIL_KIND=$kind FAIL_AT=$at FAIL_COUNT=$work/count \
            "$program" run $scenario -r 2 -t 1 -q -o "$work/x.h5" >"$work/out" 2>"$work/said"
        status=$?
        problem=
        read -r _ blocks where <"$work/count"
        [ "$blocks" -eq 0 ] || problem="; $blocks blocks of memory lost, one from $where"
        [ $status -eq 3 ] || problem+="; status $status"
        [ -s "$work/said" ] || problem+="; says nothing"
        [ ! -e "$work/x.h5" ] || problem+="; a result is there"
        if "$program" run $scenario -r 2 -t 1 -q --resume -o "$work/x.h5" >"$work/out" 2>&1; then
            "$program" diff "$work/x.h5" "$work/good.h5" >"$work/out" || problem+="; resumed to another result"
        else
            problem+="; cannot be resumed: $(head -c 200 "$work/out")"
        fi
        if [ -z "$problem" ]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            [ $failed -gt 40 ] || echo "$kind $at of $count: $problem: $(head -c 160 "$work/said" | tr '\n' ' ')"
        fi
        key="$kind, status $status"
        outcome[$key]=$((${outcome[$key]:-0} + 1))
    done
done
for key in "${!outcome[@]}"; do echo "$key: ${outcome[$key]}"; done | sort
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
