#!/usr/bin/env bash
# Lines covered in build/coverage: by file, of sim/ and models/ together, and each line of these that is not.
set -u
cd "$(dirname "$0")/.." || exit 3
build=build/coverage
for data in $(cd $build && find sim models analysis -name '*.gcda' | sort); do
    source=${data%.gcda}.c
    gcov -t -o "$build/$(dirname "$data")" "$build/$data" 2>/dev/null |
        awk -F: -v source="$source" '$2 + 0 == 0 && $3 == "Source" { here = $4 == source }
            here && $2 + 0 > 0 && $1 !~ /-$/ { line = $0; sub(/^[^:]*:[^:]*:/, "", line)
                                              print source, ($1 ~ /#####/ ? "missed" : "run"), $2 + 0, line }'
done >$build/lines.txt
awk '{ all[$1]++; run[$1] += $2 == "run" }
     END { for (f in all) printf "%-32s %5.1f %% of %4d lines\n", f, 100 * run[f] / all[f], all[f] }' $build/lines.txt | sort
awk '/^(sim|models)/ { all++; run += $2 == "run" }
     END { printf "sim/ and models/: %.1f %% of %d lines\n", 100 * run / all, all }' $build/lines.txt
awk '/^(sim|models)/ && $2 == "missed" { $2 = ""; print }' $build/lines.txt >$build/missed.txt
echo "not covered: $(wc -l <$build/missed.txt) lines, in $build/missed.txt"
