#!/usr/bin/env bash
# The page of a report by itself, without a browser: its sentences, numbers, texts, files and addresses in three languages,
# and the licences of what travels in it.
set -u
cd "$(dirname "$0")/../../analysis/report/page" || exit 3
for tool in node npm; do
    command -v $tool >/dev/null && continue
    echo "skip: $tool is not here (Debian: nodejs npm)"
    echo '0 passed, 0 failed, 1 skipped'
    exit 0
done
log=$(mktemp)
trap 'rm -f "$log"' EXIT
[ -e node_modules/d3 ] || npm ci --no-audit --no-fund --loglevel=error >"$log" 2>&1 || {
    echo "failed: 'npm ci' in analysis/report/page: $(grep -m 1 . "$log" | cut -c1-160)"
    echo '0 passed, 1 failed'
    exit 1
}
# missing.test.js opens a browser.
node --test --test-reporter=tap $(ls test/*.test.js | grep -v missing) >"$log" 2>&1
grep -A 30 '^not ok' "$log" | cut -c1-200 | head -n 60
passed=$(sed -n 's/^# pass //p' "$log") failed=$(sed -n 's/^# fail //p' "$log")
echo "${passed:-0} passed, ${failed:-1} failed"
[ "${failed:-1}" -eq 0 ]
