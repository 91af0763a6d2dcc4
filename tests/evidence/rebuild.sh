#!/usr/bin/env bash
# The program that made a result, built from the sources in it alone, makes the result again; and what it makes carries
# the same sources. Takes a build of the whole program.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
mkdir "$work/temporary"
export TMPDIR=$work/temporary
"$program" run scenarios/examples/first.yaml -r 3 -q -o "$work/first.h5" || exit 1

# From a folder that has nothing of the project in it.
rebuilt() { (cd "$work" && "$program" reproduce first.h5 --rebuild -o again.h5 -f >"$work/said" 2>&1 && grep -q "$1" "$work/said"); }
sources() { /usr/bin/python3 -c 'import h5py, sys; sys.stdout.buffer.write(h5py.File(sys.argv[1])["provenance/sources"][:].tobytes())' "$1"; }
unpacked_as_here() {
    mkdir "$work/unpacked"
    sources "$work/first.h5" | tar -xz -C "$work/unpacked" || return 1
    (cd "$work/unpacked" && find . -type f) | while read -r file; do cmp -s "$file" "$work/unpacked/$file" || echo "$file"; done |
        grep . && return 1
    [ "$(find "$work/unpacked" -name '*.c' | wc -l)" = "$(find sim models analysis cli -path analysis/report/page -prune -o -name '*.c' -print | wc -l)" ]
}
check "h5py and tar find every source in a result, as it is here" unpacked_as_here
check "the program of a result, built again, makes it again" rebuilt '^identical: .* in 3 of 3 replications; id '
check "what it makes carries the same sources" cmp <(sources "$work/first.h5") <(sources "$work/again.h5")
check "nothing is left behind" [ -z "$(ls "$work/temporary")" ]
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
