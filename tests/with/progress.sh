#!/usr/bin/env bash
# The progress bar, in terminals of Python's making.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
check "the progress bar" /usr/bin/python3 tests/with/progress.py "$program" "$work"
cat "$work/out"
"$program" run scenarios/examples/first.yaml -r 40 -o "$work/quiet.h5" >/dev/null 2>"$work/said"
check "nothing is drawn without a terminal" test ! -s "$work/said"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
