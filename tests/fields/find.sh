#!/usr/bin/env bash
# Finds anew which test notices each field, of those that end soon: prints noticed.csv. With several, the one that
# notices the fewest fields: it is about this one.
set -u
cd "$(dirname "$0")/../.." || exit 3
build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
programs=(model/test_{measures,facilities,houses,people})
"$build/field-list" >"$work/fields"
while read -r field; do
    for program in "${programs[@]}"; do
        FIELD_IGNORED=$field CMOCKA_MESSAGE_OUTPUT=TAP "$build/tests/$program" 2>/dev/null |
            sed -nE "s,^not ok [0-9]+ - (.*),$field $program \1,p"
    done
done <"$work/fields" >"$work/noticed"
echo field,program,test
awk 'NR == FNR { fields[$3]++; next }
     { if (!($1 in least) || fields[$3] < fields[least[$1]]) { least[$1] = $3; program[$1] = $2 } }
     END { for (field in least) print field "," program[field] "," least[field] }' "$work/noticed" "$work/noticed" | LC_ALL=C sort
