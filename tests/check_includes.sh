#!/usr/bin/env bash
# Who includes whom, file by file: an include goes down only, each .c has a header of its own name, and modules
# (x.c and x.h together) make no circle. And models/ knows no thread and no file format, and a site is written by site.c.
set -u
cd "$(dirname "$0")/.." || exit 3

# From the lowest to the highest. models/state.h, which is data alone, stands above plan.
order='sim/base sim/engine sim/result models/scenario models/plan models/people models/places models/staff models/measures
models/pathways models/office models/projects models/record models models/run analysis cli'

files=$(find sim models analysis cli -name '*.[ch]' | sort)
# One line an include: file, what it includes.
includes=$(grep -oH '^#include "[^"]*"' $files | awk -F'[:"]' -v files="$files" '
    BEGIN { n = split(files, list, /[ \n]+/); for (i = 1; i <= n; i++) is[list[i]] = 1 }
    { folder = $1; sub(/[^\/]*$/, "", folder); print $1, ((folder $3) in is ? folder $3 : $3) }')

passed=0 failed=0
# say WHAT FOUND: a test that holds where nothing was found.
say() {
    if [ -z "$2" ]; then passed=$((passed + 1)); else echo "$1:"; echo "$2"; failed=$((failed + 1)); fi
}

say "an include goes up, or sideways" "$(echo "$includes" | awk -v order="$order" '
    BEGIN { n = split(order, list, /[ \n]+/); for (i = 1; i <= n; i++) rank[list[i]] = i }
    function of(file,  folder) { # the rank of the folder that is listed, or of the one above it
        folder = file
        while (sub(/\/[^\/]*$/, "", folder)) if (folder in rank) return rank[folder]
        return 99
    }
    $2 == "models/state.h" && of($1) > rank["models/plan"] { next }
    of($2) > of($1) { print "  " $0 }')"

# cli/command.h is the table of all commands, one a file.
say "a source without a header of its name" "$(for f in $files; do
    m=${f%.c}
    [[ $f != *.c || -f $m.h || $f == cli/*.c ]] || echo "  $f"; done)"

say "modules include each other in a circle" "$(echo "$includes" | sed 's/\.[ch]\b//g' | awk '$1 != $2' | sort -u |
    tsort 2>&1 >/dev/null | sed 's/^tsort: */  /; s/^  -:.*/a circle:/')"

say "models/ knows threads or HDF5" "$(grep -nE 'omp\.h|pthread\.h|hdf5\.h|#pragma omp' -r models --include='*.[ch]')"

# The plan is what handlers know; models/run, where a plan is made and a result is named, reads the scenario too.
say "the scenario behind the plan is read" "$(grep -nE 'plan->scenario' -r models --include='*.[ch]' |
    grep -vE '^models/(plan|run)/' | sed 's/^/  /')"

# A site is written by its module. Looked for: an assignment, ++ or -- through any name that the file declares as a
# struct site *, and through model->site[..]; the person in a slot is not the site's own.
written='\w+(\[[^]]*\]|\.\w+)* *([-+*/|&^]?=[^=]|\+\+|--)'
say "a site is written outside places/site.[ch]" "$(for f in $(grep -lE 'struct site \*|->site\[' -r models --include='*.[ch]' |
        grep -v '^models/places/site\.[ch]$'); do
    names=$(grep -oE 'struct site \*\w+(, \*\w+)*' "$f" | grep -oE '\*\w+' | tr -d '*' | sort -u | paste -sd'|')
    grep -nE "\b(${names:-site})->$written|->site\[[^]]*\]\.$written|[-+]{2}(${names:-site})->|^ *\*(${names:-site}) = " "$f" |
        grep -vE -- '(->|\.)person\[[^]]*\]\.' | sed "s|^|  $f:|"; done)"

echo "$passed passed, $failed failed"
[ $failed = 0 ]
