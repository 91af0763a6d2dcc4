#!/usr/bin/env bash
# The JSON Schema of scenarios: valid itself; every scenario of the tree holds, those of data/bad mostly do not.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! /usr/bin/python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    echo "skip: python3-jsonschema or python3-yaml is not here"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
source tests/support.sh
"$program" explain --schema >"$work/schema.json" || exit 1
mapfile -t good < <(ls scenarios/*/*.yaml scenarios/belgium/{resolution,sweeps}/*.yaml tests/data/{models,show}/*.yaml tests/golden/runs/*.yaml |
    grep -vE '(published|mechanisms)/(cases|base).yaml|belgium/belgium.yaml' | xargs grep -LE '^(factors|effects):')
# What has factors is the design of a sweep, what has effects the plan of an evaluation, cases.yaml is validate's list; base.yaml and
# belgium.yaml are what others extend.
check "scenarios against the schema" /usr/bin/python3 tests/with/schema.py "$work/schema.json" "${good[@]}" -- tests/data/bad/*.yaml
cat "$work/out"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
