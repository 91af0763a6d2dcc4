#!/usr/bin/env bash
# What another program changes in a result (h5py), and what it adds or takes out: verify finds each and says where;
# show and diff do not take it for the result.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
source tests/support.sh
if ! $python -c 'import h5py' 2>/dev/null; then
    echo "skip: h5py is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
"$program" run tests/data/models/small.yaml -o "$work/good.h5" -r 3 -q || exit 1
change() {
    cp "$work/good.h5" "$work/changed.h5"
    $python -c "
import h5py, numpy as np
f = h5py.File('$work/changed.h5', 'r+')
$1"
}
while IFS='|' read -r name code place; do
    check "$name: is changed" change "$code"
    check "$name: verify" says 1 "$place" "$program" verify "$work/changed.h5"
    [[ $name == *'(verify only)' ]] && continue
    [[ $name == *'(not shown)' ]] || check "$name: show" says 2 damaged "$program" show "$work/changed.h5"
    check "$name: diff" says 2 damaged "$program" diff "$work/changed.h5" "$work/good.h5"
done <<'CASES'
a value|f['population'][2, 100, 1] += 1|population of replication 2 is damaged
a whole number (not shown)|f['total_arrived'][0, 5, 0] = 2**40|total_arrived of replication 0 is damaged
a label|f['facility'][2] = 'Other'|facility: what it holds
a date|f['month'][3] += 1|month: what it holds
a bound|f['time_bnds'][3, 1] += 1|time_bnds: what it holds
the region of a facility|f['facility_region'][0] = 'south'|facility_region: what it holds
a replication's number|f['replication'][0] = 9|replication: what it holds
a unit|f['house_wait'].attrs['units'] = np.bytes_('s')|house_wait: its name, shape or an attribute
a definition|f['beds'].attrs['definition'] = np.bytes_('chairs')|beds: its name, shape or an attribute
the title|f.attrs['title'] = np.bytes_('Another')|an attribute of the file
the id|f.attrs['id'] = np.bytes_('0' * 64)|an attribute of the file
the seed|f['provenance/seed'][()] = '4'|provenance/seed: what it holds
the scenario|f['provenance/file_1'][()] = f['provenance/file_1'][()].decode().replace('1.1 / d', '1.2 / d')|provenance/file_1: what it holds
the compiler|f['provenance/compiler'][()] = 'tcc'|provenance/compiler: what it holds
an input's mark|del f['provenance/seed'].attrs['input']|provenance/seed: its name, shape or an attribute
an attribute more|f['beds'].attrs['note'] = np.bytes_('x')|beds: its name, shape or an attribute
an attribute less|del f['beds'].attrs['counted']|beds: its name, shape or an attribute
a dataset more|f['more'] = np.zeros(3)|is damaged
a dataset less|del f['facility_kind']|is damaged
a text less|del f['provenance/file_1']|is damaged
another name|f.move('beds', 'chairs')|is damaged
a digest|f['provenance/digests'][0, 0, 0] ^= 1|is damaged
a digest of a text|f['provenance/content'][3, 1, 0] ^= 1|is damaged
the seal (verify only)|f['provenance/seal'][0] ^= 1|is not the file that was written
links to dimensions (verify only)|f['women'].dims[1].detach_scale(f['time'])|is not the file that was written
CASES

# Another program's chunks, not as they are written here: the values hold, the file is not the one that was written.
h5repack -f NONE "$work/good.h5" "$work/changed.h5"
check "repacked: show reads it" "$program" show "$work/changed.h5" population
check "repacked: diff reads it" says 0 "identical: " "$program" diff "$work/changed.h5" "$work/good.h5"
check "repacked: verify" says 1 "is not the file that was written" "$program" verify "$work/changed.h5"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
