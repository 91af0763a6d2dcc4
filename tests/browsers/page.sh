#!/usr/bin/env bash
# The page of a report as its readers have it: Belgium's report and one of a scenario with hostile names, opened from a file in
# Debian's Chromium and Firefox, in three languages, at three widths, by mouse and by keyboard, on paper; its numbers against h5py,
# its addresses against the program.
set -u
cd "$(dirname "$0")/../.." || exit 3
top=$PWD program=$PWD/${BUILD:-build}/doorstroom page=$PWD/analysis/report/page
for tool in node npm chromium firefox-esr pdfinfo pdftotext; do
    command -v $tool >/dev/null && continue
    echo "skip: $tool is not here (Debian: nodejs npm chromium firefox-esr poppler-utils)"
    echo '0 passed, 0 failed, 1 skipped'
    exit 0
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
[ -e "$page/node_modules/puppeteer-core" ] && [ -e "$page/node_modules/axe-core" ] && [ -e "$page/node_modules/playwright-core" ] ||
    (cd "$page" && npm ci --no-audit --no-fund --loglevel=error) >"$work/out" 2>&1 || {
    echo "failed: 'npm ci' in analysis/report/page: $(grep -m 1 . "$work/out" | cut -c1-160)"
    echo '0 passed, 1 failed'
    exit 1
}

# Counts the tests of a run of node's runner; LOG is its output as TAP. A run that counts nothing has failed.
count() { # LOG
    local ran
    ran=$(sed -n 's/^# pass //p' "$1")
    passed=$((passed + ${ran:-0})) failed=$((failed + $(sed -n 's/^# fail //p' "$1") + 0))
    [ "${ran:-0}" -gt 0 ] || { echo "failed: $(tail -n 3 "$1")"; failed=$((failed + 1)); }
    grep -A 30 '^not ok' "$1" | grep -vE "^ +(duration_ms|type|location|code|name|expected|actual|operator|stack): |node:internal" | cut -c1-200 | head -n 60
}

# What a terminal would take for more than a line of text: a control, or a mark that turns the direction of writing.
plain() { # COMMAND...
    "$@" >"$work/said" 2>&1
    ! LC_ALL=C.UTF-8 grep -nP '[\x00-\x08\x0b-\x1f\x7f-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]' "$work/said"
}

belgium=scenarios/belgium
for name in baseline resolution/all emergency-law; do
    "$program" run $belgium/$name.yaml -r 6 --set 'chance: 2' -q -o "$work/$(basename $name).h5" || exit 1
done
(cd $belgium && "$program" attribute baseline.yaml resolution/2-cap.yaml resolution/5-groups.yaml -r 2 -q \
    --of 'mean(person_days_above, 2026..2028)' --format json) >"$work/attribution.json" || exit 1
cp -r $belgium "$work/belgium" || exit 3
printf '%s\n' 'scenario: wandering.yaml' 'from: 2023-01-01' 'to: 2024-01-01' 'replications: 20' 'intake: unknown' 'counts: {csv: counts.csv}' \
    >"$work/belgium/backtest/one.yaml"
"$program" backtest "$work/belgium/backtest/one.yaml" -q --format json >"$work/backtest.json" || exit 1
cd "$work" || exit 3
"$program" report baseline.h5 all.h5 emergency-law.h5 --attribution attribution.json --backtest backtest.json -q -o belgium.html || exit 1
node "$top/tests/report/numbers_of.mjs" belgium.html >document.json || exit 1

"$program" run "$top/tests/data/report/hostile.yaml" -r 4 -q -o hostile.h5 || exit 1
"$program" run "$top/tests/data/report/hostile.yaml" -r 4 -q --set 'facilities[@SUM(A1)].capacity: 30' -o 'more "h5"; $(x).h5' || exit 1
"$program" report hostile.h5 more*.h5 -q -o hostile.html || exit 1
for command in 'show hostile.h5' 'show hostile.h5 population' 'show mean(people,2031) hostile.h5' 'compare hostile.h5 more*.h5' \
    'compare hostile.h5 more*.h5 --of floor_sleepers --by facility' 'compare hostile.h5 more*.h5 --format markdown' \
    'report hostile.h5 more*.h5 -o again.html' 'export hostile.h5 facility_population -o exported' 'provenance hostile.h5'; do
    check "no control reaches the terminal: $command" plain "$program" $command
done
cp hostile.h5 forged.h5
/usr/bin/python3 -c 'import h5py; h5py.File("forged.h5", "r+").attrs["title"] = "\x1b[31mred\u202e"'
check 'a name that was written into a result is refused' says 2 'forged.h5: is damaged' "$program" report forged.h5 -o forged.html
check 'a comparison of hostile names is JSON' bash -c '"$1" compare hostile.h5 more*.h5 --format json | /usr/bin/python3 -m json.tool' - "$program"

export REPORT=$work/belgium.html HOSTILE=$work/hostile.html FOLDER=$work NUMBERS=$work/seen.json DOCUMENT=$work/document.json
export CHOSEN='{"regions": ["north", "brussels"], "facilities": ["Antwerpen", "Haren"]}'
cd "$page" || exit 3
node --test --test-concurrency=2 --test-reporter=tap browse/*.test.js >"$work/browse.log" 2>&1
count "$work/browse.log"
node --test --test-concurrency=2 --test-reporter=tap test/*.test.js >"$work/test.log" 2>&1
count "$work/test.log"

cd "$work" || exit 3
check 'the numbers of the page, and what its addresses answer' \
    /usr/bin/python3 "$top/tests/with/page_numbers.py" "$program" seen.json document.json 2 baseline.h5 all.h5 emergency-law.h5
tail -n 1 "$work/out"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
