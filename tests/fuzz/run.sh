#!/usr/bin/env bash
# Fuzz the reader and the command line for $1 seconds each, or for $2 runs each (make fuzz-long: ten million);
# seeds from tests/data. What is found is left in the build folder as crash-*.
set -u
cd "$(dirname "$0")/../.." || exit 3
build=$(realpath "${BUILD:-build/fuzz}")
seconds=${1:-60} runs=${2:--1}
mkdir -p "$build/seeds-reader" "$build/seeds-arguments" "$build/found"
for file in tests/data/*/*.yaml scenarios/*/*.yaml; do
    [ "$(basename "$file")" = many_ways.yaml ] && continue # made to be as slow as can be: 50 s in a fuzzer's build
    table=$(sed -nE 's/.*\{csv: ([^}]*)\}.*/\1/p' "$file" | head -n 1)
    base=$(sed -nE 's/^extends: (.*paths\.yaml)$/\1/p' "$file") # what changes it by path has it before itself
    { [ -z "$base" ] || cat "$(dirname "$file")/$base"
      sed -E "s/\\{csv: [^}]*\\}/{csv: t.csv}/; ${base:+/^extends:/d;} s/^extends: .*/extends: s.yaml/" "$file"
      [ -z "$table" ] || { printf '\n===\n'; head -c 3000 "$(dirname "$file")/$table" 2>/dev/null; }
    } | head -c 5900 >"$build/seeds-reader/$(basename "$file").$(md5sum <<<"$file" | head -c 6)"
done
n=0
for words in 'run a.yaml -o b.h5 -r 1..3 -t 2' 'check --quick x.yaml' 'explain facilities.ceiling' 'show a.h5 population' \
    'diff --common a b' 'validate --quick clinic --from x' 'run --split facilities --seed 5 --resume x' '--manual' '--completion' '-h' 'show -h'; do
    echo "$words" >"$build/seeds-arguments/$((n++))"
done
export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=4 # twice as many runs a second
status=0
for what in reader arguments; do
    echo "== $what"
    "$build/fuzz-$what" -max_total_time="$seconds" -runs="$runs" -max_len=6000 -timeout=60 -rss_limit_mb=3000 -close_fd_mask=0 \
        -artifact_prefix="$build/found/" -print_final_stats=1 "$build/seeds-$what" 2>"$build/fuzz-$what.log" || status=1
    grep -E 'stat::number_of_executed_units|ERROR|SUMMARY|ALARM' "$build/fuzz-$what.log"
done
exit $status
