#!/usr/bin/env bash
# What Belgium's scenarios hold for readers: each name that a report shows has its words in three languages, each scenario
# a title and a question of its own, each count stands in counts/, and each facility lies in its region.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
if ! $python -c 'import h5py, yaml' 2>/dev/null; then
    echo "skip: Belgium's words: h5py or yaml is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
folder=scenarios/belgium
for scenario in baseline new-prisons-only emergency-law resolution/all; do
    "$program" run $folder/$scenario.yaml --set 'horizon: 1 mo' -r 1 -q -o "$work/${scenario##*/}.h5" 2>/dev/null || exit 1
done
$python tests/with/words.py $folder "$work"/*.h5
