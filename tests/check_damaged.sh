#!/usr/bin/env bash
# Results that the HDF5 library breaks off on (a byte of its own tables is changed): every command that opens one
# says so and ends by itself. Another version of the library may refuse them, or read them all the same.
set -u
cd "$(dirname "$0")/.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
good=tests/data/results/0.1.0-first.h5

ends_well() { # STATUS COMMAND...: 0, or STATUS and that a file is damaged; never a signal
    local expected=$1 status
    shift
    "$@" >"$work/out" 2>"$work/said"
    status=$?
    [ $status = 0 ] || { [ $status = "$expected" ] && grep -q 'damaged' "$work/said"; } ||
        { echo "status $status: $(tail -n 1 "$work/said")"; return 1; }
}

while read -r offset byte; do
    bad=$work/$offset.h5
    cp "$good" "$bad"
    printf "\\x$byte" | dd of="$bad" bs=1 seek="$offset" conv=notrunc status=none
    check "byte $offset: show" ends_well 2 "$program" show "$bad"
    check "byte $offset: a series" ends_well 2 "$program" show "$bad" population
    check "byte $offset: diff" ends_well 2 "$program" diff "$good" "$bad"
    check "byte $offset: diff, the other way" ends_well 2 "$program" diff "$bad" "$good"
    check "byte $offset: provenance" ends_well 2 "$program" provenance "$bad"
    check "byte $offset: verify" ends_well 1 "$program" verify "$bad"
done <<'BYTES'
80040 7f
80074 80
80370 7f
74318 80
BYTES

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
