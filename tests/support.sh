# For check_result.sh and with_faults.sh, which set $program and $work.
passed=0 failed=0
check() { # NAME, then a command that must succeed
    local name=$1
    shift
    if "$@" >"$work/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $name"
        tail -n 8 "$work/out"
    fi
}
says() { # STATUS WORDS COMMAND...: the command ends so and says so
    local status=$1 words=$2 got
    shift 2
    "$@" >"$work/said" 2>&1
    got=$?
    cat "$work/said"
    [ $got -eq "$status" ] && grep -q -- "$words" "$work/said"
}
same() { "$program" diff "$@"; }
