#!/usr/bin/env bash
# An archive, by other programs: sha256sum finds every file as it was written, npm's ro-crate a valid crate that describes
# every file, and from the archive alone the result is made again.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
cp -r tests/with/crate "$work/crate"
(cd "$work/crate" && npm ci --silent --no-audit --no-fund) || { echo "0 passed, 1 failed"; exit 1; }

"$program" run scenarios/belgium/baseline.yaml -r 2 --set 'horizon: 30 d' -q -o "$work/it's 100 %.h5" 2>/dev/null || exit 1
printf 'scenario: %s\nreplications: 2\nfactors:\n  - {name: nothing, to: 0..1, levels: 3}\n' "$PWD/scenarios/examples/first.yaml" >"$work/design.yaml"
"$program" sweep "$work/design.yaml" -o "$work/parts" -q && "$program" merge "$work/parts" -o "$work/swept.h5" -q || exit 1
archive() { "$program" archive "$work/$1" -o "$work/$2"; }
valid() { node "$work/crate/validate.js" "$work/$1"; }
sums() { (cd "$work/$1" && sha256sum -c --strict --quiet SHA256SUMS && [ "$(wc -l <SHA256SUMS)" = "$(find . -type f | grep -vc '/SHA256SUMS$')" ]); }
again() { (cd "$work/$1" && "$program" reproduce "$2" | grep -q '; id '); }
runs() { (cd "$work/a run/scenario" && "$program" check --quick "$(ls | grep -m1 baseline)" >/dev/null); }
check "of a result" archive "it's 100 %.h5" "a run"
check "of a sweep" archive swept.h5 "a sweep"
for folder in "a run" "a sweep"; do
    check "$folder is a crate that describes all its files" valid "$folder"
    check "sha256sum holds every file of $folder" sums "$folder"
done
check "the result is made again from the archive" again "a run" "it's 100 %.h5"
check "the sweep is made again from the archive" again "a sweep" swept.h5
check "its sources are a tar that can be built" tar -tzf "$work/a run/doorstroom-sources.tar.gz" Makefile cli/main.c
check "a folder that is there is left alone" says 3 'is there: give another name' "$program" archive "$work/swept.h5" -o "$work/a run"
printf 'x' | dd of="$work/swept.h5" bs=1 seek=20000 conv=notrunc status=none
check "a damaged result is not archived" says 2 'damaged' "$program" archive "$work/swept.h5" -o "$work/damaged"
check "and nothing is left of it" [ ! -e "$work/damaged" ] && [ ! -e "$work/damaged.partial" ]
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
