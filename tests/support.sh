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
await() { # FILE [BYTES]: it has more in it (than 0), within a minute; how soon depends on what else the machine does
    local i
    for ((i = 0; i < 3000; i++)); do
        [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -le "${2:-0}" ] || return 0
        sleep 0.02
    done
    return 1
}
same() { "$program" diff "$@"; }
