#!/usr/bin/env bash
# Every allocation of the program, every write, sync, rename and open of a run, of a sweep and of a merge fails once in
# turn. Each time: a line, status 3, no half result, all memory given back; and a second go (--resume of a run, else the
# same command) gives the result of an undisturbed one.
# Arguments: every how manieth (default 1: all), and the kinds of calls (default: all); FAULTS_OF says of which commands.
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
cat >"$work/design.yaml" <<END
scenario: $PWD/scenarios/examples/first.yaml
replications: 2
record: [{place: nation, tick: year}]
factors:
  - {path: 'intake[short].rate', name: rate, times: [0.9, 1.1]}
  - {path: 'facilities[Canal house].capacity', name: places, to: [10, 20]}
END

# Of each command: how it goes, its second go, the file that it makes in the folder x, and that of an undisturbed one.
go() { # COMMAND [OPTION]
    case $1 in
    run) "$program" run $scenario -r 2 -t 1 -q -o "$work/x/x.h5" "${@:2}" ;;
    sweep) "$program" sweep "$work/design.yaml" -t 1 -q -o "$work/x" ;;
    merge) "$program" merge "$work/parts" -q -o "$work/x/x.h5" ;;
    esac
}
declare -A option=([run]=--resume)
declare -A made=([run]=x.h5 [sweep]=part-00001-of-00001.h5 [merge]=x.h5)
anew() { rm -rf "$work/x" && mkdir "$work/x"; }

# A part may be there without the point for which there was no memory: merge has to say so.
no_result() { # COMMAND
    [ -e "$work/x/${made[$1]}" ] || return 0
    [ "$1" = sweep ] || return 1
    "$program" merge "$work/x" -q -o "$work/no.h5" >"$work/out" 2>&1
    [ $? -eq 1 ] && [ ! -e "$work/no.h5" ] && grep -q '1 of 4 points are missing' "$work/out"
}

for k in 1 2; do "$program" sweep "$work/design.yaml" --task $k --tasks 2 -q -o "$work/parts" || exit 3; done
passed=0 failed=0
declare -A outcome
for command in ${FAULTS_OF:-run sweep merge}; do
    anew
    go "$command" && mv "$work/x/${made[$command]}" "$work/good.h5" || exit 3
    for kind in "${kinds[@]}"; do
        anew
        LD_PRELOAD=$work/fail.so FAIL_KIND=$kind FAIL_AT=0 FAIL_COUNT=$work/count go "$command" || exit 3
        read -r count before _ <"$work/count"
        [ "$before" -eq 0 ] || [ "$command" = merge ] || { echo "$command, $kind: undisturbed it keeps $before blocks of memory"; failed=$((failed + 1)); }
        for ((at = 1; at <= count; at += step)); do
            anew
            LD_PRELOAD=$work/fail.so FAIL_KIND=$kind FAIL_AT=$at FAIL_COUNT=$work/count go "$command" >"$work/out" 2>"$work/said"
            status=$?
            problem=
            read -r _ blocks where <"$work/count"
            [ "$blocks" -le "$before" ] || problem="; $blocks blocks of memory lost, one from $where"
            [ $status -eq 3 ] || problem+="; status $status"
            [ -s "$work/said" ] || problem+="; says nothing"
            no_result "$command" || problem+="; a result is there"
            if go "$command" ${option[$command]:-} >"$work/out" 2>&1; then
                "$program" diff "$work/x/${made[$command]}" "$work/good.h5" >"$work/out" || problem+="; gone on to another result"
            else
                problem+="; cannot go on: $(head -c 200 "$work/out")"
            fi
            if [ -z "$problem" ]; then
                passed=$((passed + 1))
            else
                failed=$((failed + 1))
                [ $failed -gt 40 ] || echo "$command, $kind $at of $count: $problem: $(head -c 160 "$work/said" | tr '\n' ' ')"
            fi
            key="$command, $kind, status $status"
            outcome[$key]=$((${outcome[$key]:-0} + 1))
        done
    done
done
for key in "${!outcome[@]}"; do echo "$key: ${outcome[$key]}"; done | sort
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
