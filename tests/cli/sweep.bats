# sweep and merge: many points of one scenario, in any number of tasks; what stops goes on, what is wrong is told.
load support

setup_file() {
    design "$work/design.yaml"
    "$program" sweep "$work/design.yaml" -o "$work/whole" -t 1 -q
    "$program" merge "$work/whole" -o "$work/whole.h5" -q
}

teardown_file() { umount "$work/full" 2>/dev/null || true; }

design() { # FILE: eighteen points of two replications
    cat >"$1" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
replications: 2
factors:
  - {path: 'intake[short,north].rate', name: rate, times: 0.8..1.2, levels: 3}
  - {path: 'facilities[Canal house].capacity', name: places, to: 10..30, step: 10}
  - {name: nothing, to: 0..1, levels: 2}
EOF
}

sweep() { "$program" sweep "$@"; }
merge() { "$program" merge "$@"; }

@test "in two, three and seven tasks, on one thread and on two, all values are the same" {
    local n k
    for n in 2 3 7; do
        for ((k = 1; k <= n; k++)); do sweep "$work/design.yaml" -o "$work/in$n" --task $k --tasks $n -t $((1 + k % 2)) -q; done
        merge "$work/in$n" -o "$work/in$n.h5" -q
        same "$work/whole.h5" "$work/in$n.h5"
        [ "$(id "$work/whole.h5")" = "$(id "$work/in$n.h5")" ]
    done
}

@test "a Slurm array's variables say which task it is" {
    for k in 5 6 7; do
        SLURM_ARRAY_TASK_ID=$k SLURM_ARRAY_TASK_MIN=5 SLURM_ARRAY_TASK_COUNT=3 sweep "$work/design.yaml" -o "$work/array" -q
    done
    merge "$work/array" -o "$work/array.h5" -q
    same "$work/whole.h5" "$work/array.h5"
    says 2 'the Slurm array has gaps: give --task and --tasks' env SLURM_ARRAY_TASK_ID=9 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_COUNT=3 \
        "$program" sweep "$work/design.yaml" -o "$work/array"
}

@test "what is missing is told as points and as tasks to run again, and nothing is written" {
    local k
    for k in 1 2 4 5 7; do sweep "$work/design.yaml" -o "$work/some" --task $k --tasks 7 -q; done
    says 1 '5 of 18 points are missing: 6-8,14-15$' merge "$work/some" -o "$work/some.h5"
    says 1 'run these tasks of 7 again: --array=3,6$' merge "$work/some" -o "$work/some.h5"
    [ ! -e "$work/some.h5" ]
    for k in 3 6; do sweep "$work/design.yaml" -o "$work/some" --task $k --tasks 7 -q; done
    says 0 '18 points of 7 parts$' merge "$work/some" -o "$work/some.h5"
    same "$work/whole.h5" "$work/some.h5"
}

@test "a point that is there twice is refused with both files, a part of another sweep with its own" {
    cp -r "$work/whole" "$work/twice"
    sweep "$work/design.yaml" -o "$work/twice" --task 2 --tasks 2 -q
    says 2 'point 9 is in .*/part-00001-of-00001.h5 and in .*/part-00002-of-00002.h5: take one of them away$' merge "$work/twice" -o "$work/no.h5"
    sed 's/replications: 2/replications: 3/' "$work/design.yaml" >"$work/other.yaml"
    sweep "$work/other.yaml" -o "$work/mixed" --task 1 --tasks 2 -q
    cp "$work/twice/part-00002-of-00002.h5" "$work/mixed/"
    says 2 'part-00002-of-00002.h5: is of another sweep than .*part-00001-of-00002.h5: its design is not the same; leave only parts' merge "$work/mixed" -o "$work/no.h5"
    says 2 'there is no part of a sweep in it$' merge "$work" -o "$work/no.h5"
    [ ! -e "$work/no.h5" ]
}

@test "a folder may have any name, and what is merged is none of its parts" {
    mkdir "$work/any"
    cp -r "$work/whole" "$work/any/s[1]*"
    cp -r "$work/whole" "$work/any/s1"
    says 0 '18 points of 1 part$' merge "$work/any/s[1]*" -o "$work/any/all.h5"
    same "$work/whole.h5" "$work/any/all.h5"
    says 2 'part-00001-of-00001.h5: is called as a part of a sweep is; give another name$' \
        merge "$work/any/s1" -o "$work/any/s1/part-00001-of-00001.h5" --force
    same "$work/whole/part-00001-of-00001.h5" "$work/any/s1/part-00001-of-00001.h5"
}

@test "a damaged part is named, wherever the damage is" {
    local at
    for at in 60000 30000 250000; do
        rm -rf "$work/damaged" && cp -r "$work/whole" "$work/damaged"
        printf 'x' | dd of="$work/damaged/part-00001-of-00001.h5" bs=1 seek=$at conv=notrunc status=none
        says 2 'part-00001-of-00001.h5: .*; take it away and run its task again$' merge "$work/damaged" -o "$work/no.h5"
        says 2 'part-00001-of-00001.h5: .*; take it away to run its points again$' sweep "$work/design.yaml" -o "$work/damaged"
        [ ! -e "$work/no.h5" ]
    done
}

@test "a point that fails is told, the others are run, and the same command goes on with it" {
    sed 's/to: 10..30, step: 10/to: [10, -4, 30]/' "$work/design.yaml" >"$work/fails.yaml"
    says 1 '^doorstroom sweep: point 2: .*capacity: expected from 0 to 1e+07, found .-4.$' sweep "$work/fails.yaml" -o "$work/fails"
    says 1 'part-00001-of-00001.h5: 18 points, 0 run now, 6 failed$' sweep "$work/fails.yaml" -o "$work/fails"
    says 1 '6 of 18 points are missing: 2-3,8-9,14-15$' merge "$work/fails" -o "$work/no.h5"
}

@test "what is stopped goes on with the same command" {
    sed 's/replications: 2/replications: 400/' "$work/design.yaml" >"$work/long.yaml"
    "$program" sweep "$work/long.yaml" -o "$work/long" -t 1 >"$work/said" 2>&1 &
    await "$work/long/part-00001-of-00001.h5.journal" 4096
    kill -USR1 $!
    wait $! || [ $? -eq 138 ]
    grep -q 'stopped; [1-9][0-9]* of 18 points are finished, and the same command goes on with the others$' "$work/said"
    [ ! -e "$work/long/part-00001-of-00001.h5" ]
    sweep "$work/long.yaml" -o "$work/long" -q
    sweep "$work/long.yaml" -o "$work/uninterrupted" -q
    same "$work/long/part-00001-of-00001.h5" "$work/uninterrupted/part-00001-of-00001.h5"
    [ ! -e "$work/long/part-00001-of-00001.h5.journal" ]
}

@test "a time that is over ends a sweep; one in which no point was finished is too short" {
    sed 's/levels: 3/levels: 60000/' "$work/design.yaml" >"$work/many.yaml" # 360,000 points, each a moment's work
    says 142 'of 360000 points are finished, and the same command goes on with the others$' \
        sweep "$work/many.yaml" -o "$work/many" --stop-after '0.05 min' -t 1
    sed 's/replications: 2/replications: 100000/' "$work/design.yaml" >"$work/slow.yaml"
    says 3 'stopped; none of the 18 points left was finished in the time that was given: give more time$' \
        sweep "$work/slow.yaml" -o "$work/slow" --stop-after '0.01 min' -t 1
}

# The same program, which says that it was built from another commit.
build_of() { # COMMIT'S FIRST LETTER, FILE
    local commit
    commit=$(cut -d ' ' -f 2 "${BUILD:-build}/commit")
    LC_ALL=C sed "s/$commit/$1${commit:1}/g" "$program" >"$2"
    chmod +x "$2"
}

@test "what another build has begun or made is refused with both commits and what to do" {
    build_of z "$work/other_build"
    says 2 'part-00001-of-00001.h5 is of another sweep: commit [^z]*, and now z.*; go on with the program as it was built then, ' \
        "$work/other_build" sweep "$work/design.yaml" -o "$work/whole"
    "$program" sweep "$work/design.yaml" -o "$work/builds" --task 1 --tasks 2 -q
    "$work/other_build" sweep "$work/design.yaml" -o "$work/builds" --task 2 --tasks 2 -q
    says 2 'part-00002-of-00002.h5: is of another sweep than .*part-00001-of-00002.h5: commit z.*, and there [^z]*; run one of the two again, with --force' \
        merge "$work/builds" -o "$work/no.h5"
    sweep "$work/design.yaml" -o "$work/builds" --task 2 --tasks 2 -q --force
    merge "$work/builds" -o "$work/one_build.h5" -q
    same "$work/whole.h5" "$work/one_build.h5"

    sed 's/replications: 2/replications: 400/' "$work/design.yaml" >"$work/begun.yaml"
    "$work/other_build" sweep "$work/begun.yaml" -o "$work/begun" -t 1 -q 2>"$work/said" &
    await "$work/begun/part-00001-of-00001.h5.journal" 4096
    kill -9 $!
    wait $! || true
    says 2 'h5.journal belongs to another run: commit z.*, and now [^z]*; go on with the program as it was built then, give another output, or run with --force' \
        sweep "$work/begun.yaml" -o "$work/begun"
}

@test "a disk that is full ends a sweep with a line and nothing half written, and the same command goes on" {
    [ $EUID = 0 ] && mkdir "$work/full" && mount -t tmpfs -o size=40k tmpfs "$work/full" || skip "no small disk can be mounted"
    says 3 "^doorstroom sweep: $work/full/part-00001-of-00001.h5.journal: cannot be written: No space left on device; once that is mended, the same" \
        sweep "$work/design.yaml" -o "$work/full" -t 1
    [ "$(sweep "$work/design.yaml" -o "$work/full" 2>&1 | wc -l)" = 1 ]
    [ "$(ls "$work/full")" = part-00001-of-00001.h5.journal ]
    mount -o remount,size=8m "$work/full"
    sweep "$work/design.yaml" -o "$work/full" -q
    merge "$work/full" -o "$work/full/all.h5" -q
    same "$work/whole.h5" "$work/full/all.h5"
    umount "$work/full"
}

@test "what is done is not done again, and another sweep does not take its place" {
    says 0 '18 points, 0 run now, 0 failed$' sweep "$work/design.yaml" -o "$work/whole"
    sed 's/0.8..1.2/0.7..1.2/' "$work/design.yaml" >"$work/changed.yaml"
    says 2 'part-00001-of-00001.h5 is of another sweep: its design is not the same; give another folder, or run with --force' sweep "$work/changed.yaml" -o "$work/whole"
    cp -r "$work/whole" "$work/replaced"
    says 0 '18 points, 18 run now, 0 failed$' sweep "$work/changed.yaml" -o "$work/replaced" --force
}

@test "points may be listed, with words and units, and seeds may be a point's own" {
    cat >"$work/points.csv" <<'EOF'
places,stay
10,0.9
20,1.1
EOF
    cat >"$work/listed.yaml" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
method: list
list: {csv: points.csv}
seeds: own
replications: 2
factors:
  - {path: 'facilities[Canal house].capacity', name: places, to: 10..30}
  - {path: 'pathways.short[sentence].stay', name: stay, times: 0.5..2}
EOF
    says 0 '2 points, 2 run now, 0 failed$' sweep "$work/listed.yaml" -o "$work/listed"
    sed 's/places,stay/places,stays/' "$work/points.csv" >"$work/p" && mv "$work/p" "$work/points.csv"
    says 2 'points.csv:2:.*: error: list: expected a value of stay$' sweep "$work/listed.yaml" -o "$work/listed"
}

@test "ten things that are wrong are ten lines" {
    cat >"$work/wrong.yaml" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
method: sobo
points: 10.5
factors:
  - {path: 'intake[short,north].rate', times: 0.8..1.2, step: 0.3}
  - {path: 'facilities[Canal house].capacity', to: 30..10}
  - {name: x}
  - {to: 1..2, plus: 3..4}
  - {name: y, to: {uniform: {low: 3 d, high: 1 d}}}
  - {name: z, to: [1, [2]]}
  - {name: w, to: 1..2, wrld: yes}
EOF
    says 2 "wrong.yaml:2:9: error: method: unknown word 'sobo'; did you mean 'sobol'?" sweep "$work/wrong.yaml" -o "$work/no"
    says 2 'wrong.yaml:6:52: error: .*the first is the larger; write 10..30$' sweep "$work/wrong.yaml" -o "$work/no"
    [ "$(sweep "$work/wrong.yaml" -o "$work/no" 2>&1 | grep -c 'wrong.yaml:.*: error: ')" = 10 ]
    [ ! -e "$work/no" ]
}

@test "a value of several lines is refused, in a list and in a table" {
    sed 's/to: 10..30, step: 10/to: [10, "20\\nseed: 5\\nname: x\\nchance: 3"]/' "$work/design.yaml" >"$work/lines.yaml"
    says 2 'lines.yaml:5:71: error: places: expected a value in one line' sweep "$work/lines.yaml" -o "$work/no"
    printf 'rate,places,nothing\n1,10,0\n1,"20\nseed: 5\nname: x\nchance: 3",0\n' >"$work/lines.csv"
    (cat "$work/design.yaml"; printf 'method: list\nlist: {csv: lines.csv}\n') >"$work/lines.yaml"
    says 2 'lines.csv:3:3: error: list: expected a value of places in one line' sweep "$work/lines.yaml" -o "$work/no"
}

@test "what is wrong with a value is told where it stands in the design" {
    sed 's/to: 10..30, step: 10/to: [10.0]/' "$work/design.yaml" >"$work/value.yaml"
    says 2 "value.yaml:5:66: error: facilities.1..capacity: expected a whole number, .*found '10.0'$" sweep "$work/value.yaml" -o "$work/no"
    printf 'rate,places,nothing\n1,10,0\n1,-5,0\n' >"$work/cell.csv"
    (cat "$work/design.yaml"; printf 'method: list\nlist: {csv: cell.csv}\n') >"$work/cell.yaml"
    says 1 "point 1: .*cell.csv:3:3: error: facilities.1..capacity: expected from 0 to 1e+07, found '-5'$" sweep "$work/cell.yaml" -o "$work/cell"
    sed "s|name: nothing, to: 0..1, levels: 2|name: nothing, path: 'intake[short].rate', to: [1 / d]|" "$work/design.yaml" >"$work/same.yaml"
    says 2 "same.yaml:6:[0-9]*: error: intake.short..rate: 'intake.short,north..rate' changes the same value; keep one of them$" \
        sweep "$work/same.yaml" -o "$work/no"
}

@test "what no point would have is no factor" {
    local path
    for path in seed replications record 'record[nation,year].tick'; do
        sed "s/name: nothing, to: 0..1/name: nothing, path: '$path', to: 1..2/" "$work/design.yaml" >"$work/alike.yaml"
        says 2 'alike.yaml:6:27: error: factors: all points have the same' sweep "$work/alike.yaml" -o "$work/no"
    done
    sed 's/^factors:/factors:\n  - 3/' "$work/design.yaml" >"$work/number.yaml"
    [ "$(sweep "$work/number.yaml" -o "$work/no" 2>&1)" = "$work/number.yaml:4:5: error: factors[0]: expected a map of fields, found '3'" ]
}

@test "what is given and not read is told" {
    (cat "$work/design.yaml"; echo 'list: [{rate: 0.9, places: 10, nothing: 0}]') >"$work/unlisted.yaml"
    says 2 'unlisted.yaml:7:7: error: list: grid does not read it: say method: list' sweep "$work/unlisted.yaml" -o "$work/no"
    (cat "$work/design.yaml"; echo 'points: 5') >"$work/pointed.yaml"
    says 0 'pointed.yaml:7:9: warning: points: nothing reads it: how many points grid has' "$program" check --quick "$work/pointed.yaml"
    (cat "$work/design.yaml"; printf 'method: halton\nlevels: 6\n') >"$work/levelled.yaml"
    says 0 'levelled.yaml:8:9: warning: levels: nothing reads it: halton has no levels$' "$program" check --quick "$work/levelled.yaml"
    says 0 'levelled.yaml:4:77: warning: levels: .* halton has no levels of a factor$' "$program" check --quick "$work/levelled.yaml"
    (cat "$work/design.yaml"; echo 'record: [{place: nation, tick: year}, {place: nation, tick: month}]') >"$work/twice.yaml"
    says 2 'twice.yaml:7:39: error: record: the place is that of record.0.; a place is kept once$' sweep "$work/twice.yaml" -o "$work/no"
    (cat "$work/design.yaml"; echo 'record: [{place: nation, tick: year, series: [populatoin]}]') >"$work/series.yaml"
    says 2 "series.yaml:7:[0-9]*: error: record.0..series: .*'populatoin'.*did you mean" sweep "$work/series.yaml" -o "$work/no"
    [ ! -e "$work/no" ]
}

@test "a scenario that extends one outside its folder is swept where that is allowed, and its measure is there or not by date" {
    mkdir -p "$work/own"
    cat >"$work/own/early.yaml" <<EOF
extends: $PWD/scenarios/examples/first.yaml
name: With a measure
add:
  measures: [{name: early, kind: early_release, from: 2027-01-01, forward: 2 mo, statuses: [convicted], a_day: 1}]
EOF
    cat >"$work/own/grid.yaml" <<EOF
scenario: early.yaml
replications: 1
record: [{place: nation, tick: year, series: [measure_on]}]
factors:
  - {name: early, path: 'measures[early].from', to: [2027-01-01, 2031-01-01]}
EOF
    says 2 "lies outside the scenario's folder; move it, or allow it with --allow-outside$" sweep "$work/own/grid.yaml" -o "$work/no"
    says 0 '^early  *2027-01-01 .. 2031-01-01 measures' "$program" check "$work/own/grid.yaml" --quick --allow-outside
    says 0 '2 points, 2 run now, 0 failed' sweep "$work/own/grid.yaml" -o "$work/outside" --allow-outside
    says 0 '1 task ' "$program" slurm "$work/own/grid.yaml" -o "$work/own/job.sh" --allow-outside
    grep -q '^outside=--allow-outside$' "$work/own/job.sh"
}

@test "a path that fits nothing, a name that is taken, and limits of methods are told before anything runs" {
    sed 's/short,north/shorty,north/' "$work/design.yaml" >"$work/path.yaml"
    says 2 "no intake has 'shorty'; did you mean 'short'?" sweep "$work/path.yaml" -o "$work/no"
    sed 's/name: rate/name: arrivals/' "$work/design.yaml" >"$work/taken.yaml"
    says 2 "a factor cannot be called 'arrivals' in the result" sweep "$work/taken.yaml" -o "$work/no"
    sed 's/name: rate/name: places/' "$work/design.yaml" >"$work/names.yaml"
    says 2 "'places' is there already: give one of them another name$" sweep "$work/names.yaml" -o "$work/no"
    (sed 's/^replications/method: morris\nlevels: 3\n&/' "$work/design.yaml") >"$work/odd.yaml"
    says 2 'odd.yaml:1:1: error: method: .*levels' sweep "$work/odd.yaml" -o "$work/no"
    sed 's/^replications/method: halton\n&/; s/, step: 10//' "$work/design.yaml" >"$work/whole.yaml"
    says 2 "whole.yaml:6:5: error: places: with 16.366, between its ends: expected a whole number.*; give it a step" \
        sweep "$work/whole.yaml" -o "$work/no"
    sed 's/, step: 10/, levels: 4/' "$work/design.yaml" >"$work/whole.yaml" # 10, 16 2/3, 23 1/3, 30
    says 2 "whole.yaml:5:5: error: places: with 16.66.*, between its ends: expected a whole number.*; give it a step" \
        sweep "$work/whole.yaml" -o "$work/no"
    says 2 'give -o FOLDER$' sweep "$work/design.yaml"
    says 2 'belong together: give both$' sweep "$work/design.yaml" -o "$work/no" --task 1
}

@test "what a design keeps has the rules of a scenario's record, and all its faults are told" {
    cat >"$work/kept.yaml" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
record:
  - {place: nation, tick: year, series: [population, admisions]}
  - {place: facility, tick: month, series: [arrivals]}
  - {place: nation, tick: month}
factors: [{name: nothing, to: 0..1}]
EOF
    says 2 "kept.yaml:3:.*error: record.0..series: no series is called 'admisions'" sweep "$work/kept.yaml" -o "$work/no"
    says 2 'kept.yaml:4:.*error: record.1..series: arrivals is not kept for facilities, only for ' sweep "$work/kept.yaml" -o "$work/no"
    says 2 'kept.yaml:5:.*error: record: the place is that of record.0.; a place is kept once$' "$program" check "$work/kept.yaml" --quick
    [ ! -e "$work/no" ]
}

@test "what the scenario warns of is told, with its file" {
    sed 's/times: 0.8..1.2, levels: 3/times: [0, 1]/' "$work/design.yaml" >"$work/empty.yaml"
    says 0 'first.yaml:7:5: warning: facilities.0.: nobody can enter Town prison' sweep "$work/empty.yaml" -o "$work/empty"
    printf 'scenario: %s\nfactors: [{name: nothing, to: 0..1}]\n' "$PWD/scenarios/belgium/fit/still.yaml" >"$work/still.yaml"
    says 0 'facilities.csv:2:[0-9]*: warning: facilities: nothing reads posts' "$program" check --quick "$work/still.yaml"
}

@test "points are no futures of one scenario: what compares those refuses them" {
    says 2 'holds the points of a sweep, not the futures of one scenario; ' "$program" show "$work/whole.h5"
    says 2 'holds the points of a sweep' "$program" compare "$work/whole.h5" "$work/whole.h5"
    says 0 'every byte is what was written' "$program" verify "$work/whole.h5"
}

@test "check tells of a design its points, its runs, its factors and what it costs" {
    says 0 '^grid: 18 points of 3 factors, 2 replications each: 36 runs; common seeds$' "$program" check "$work/design.yaml"
    says 0 '^rate  *0.8 .. 1.2  *intake.short,north..rate$' "$program" check "$work/design.yaml" --quick
    says 0 '^places  *10 .. 30  *facilities' "$program" check "$work/design.yaml" --quick
    says 0 '^nothing  *0 .. 1  *nothing: what chance makes$' "$program" check "$work/design.yaml" --quick
    says 0 '^it takes about [0-9.]* s on 2 threads (' "$program" check "$work/design.yaml" -t 2
    says 0 '^[0-9.]* MB of memory, [0-9.]* kB on disk (' "$program" check "$work/design.yaml" -t 1
    [ -z "$("$program" check "$work/design.yaml" --quick | grep takes)" ]
}

@test "check tells the lowest and the highest value of a list, and words as they are" {
    printf 'rate,days\n1.5 / d,20 d\n0.5 / d,7 d\n2 / d,2 mo\n' >"$work/rows.csv"
    cat >"$work/rows.yaml" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
method: list
list: {csv: rows.csv}
factors:
  - {path: 'intake[short,north].rate', name: rate, to: [1 / d]}
  - {path: house_selection.window, name: days, to: [1 d]}
EOF
    says 0 '^list: 3 points' "$program" check "$work/rows.yaml" --quick
    says 0 '^rate  *0.5 / d .. 2 / d ' "$program" check "$work/rows.yaml" --quick
    says 0 '^days  *7 d .. 2 mo ' "$program" check "$work/rows.yaml" --quick
}

@test "check tells both ends of lists, dates and distributions" {
    cat >"$work/ends.yaml" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
method: halton
factors:
  - {name: listed, to: [3, 1.5, 9]}
  - {name: times, to: [1 y, 2 mo, 10 d]}
  - {name: words, to: [crowd, refuse, wait]}
  - {name: dates, to: 2027-01-01..2032-01-01}
  - {name: waits, to: {exponential: {mean: 30 d}}}
EOF
    "$program" check "$work/ends.yaml" --quick >"$work/ends"
    grep -q '^listed  *1.5 .. 9 ' "$work/ends"
    grep -q '^times  *10 d .. 1 y ' "$work/ends"
    grep -q '^words  *crowd .. wait ' "$work/ends"
    grep -q '^dates  *2027-01-01 .. 2032-01-01 ' "$work/ends"
    # 30 d ln(1 / 0.95) and 30 d ln(1 / 0.05)
    grep -q '^waits  *1.54 d .. 89.9 d ' "$work/ends"
    grep -q '^of a distribution the middle 90 of 100 values$' "$work/ends"
    # Two levels are the quartiles: 30 d ln(4 / 3) and 30 d ln 4.
    for method in grid morris; do
        sed "s/halton/$method\nlevels: 2/" "$work/ends.yaml" >"$work/levels.yaml"
        says 0 '^waits  *8.63 d .. 41.6 d ' "$program" check "$work/levels.yaml" --quick
        [ "$("$program" check "$work/levels.yaml" --quick | grep -c 'middle 90')" = 0 ]
    done
    [ "$(wc -L <"$work/ends")" -le 80 ]
}

@test "check of a design tells its faults, and a point that cannot be run" {
    sed 's/levels: 3/levels: 3, stpe: 4/; s/to: 10..30/to: ten..30/' "$work/design.yaml" >"$work/faulty.yaml"
    says 2 'faulty.yaml:4:.*stpe' "$program" check "$work/faulty.yaml"
    says 2 'faulty.yaml:5:.*ten' "$program" check "$work/faulty.yaml"
    sed 's/step: 10}/step: 10}\n  - {path: "facilities[Canal house].beds", to: [40, -5]}/' "$work/design.yaml" >"$work/part.yaml"
    says 2 '^doorstroom check: point [0-9]*: .*beds: expected from 0 ' "$program" check "$work/part.yaml"
    says 0 '18 points\|36 points' "$program" check "$work/part.yaml" --quick
    says 2 'of a design of a sweep only --quick, --threads and --allow-outside' "$program" check "$work/design.yaml" --set 'seed: 3'
    says 2 'of a design of a sweep only --quick, --threads and --allow-outside' "$program" check "$work/design.yaml" -r 3
}

@test "check takes what a part has of all points for no cost of a few" {
    for points in 100 200000; do
        printf 'scenario: %s\nmethod: latin_hypercube\npoints: %s\nreplications: 1\nfactors:\n' "$PWD/tests/data/models/small.yaml" $points
        printf '  - {name: nothing %s, to: 0..1}\n' {1..10}
    done | (cd "$work" && csplit -sz -f many - '/^scenario/' '{1}')
    each() { "$program" check "$work/$1" -t 1 2>/dev/null | sed -n 's/.*(\([0-9.e-]*\) s a replication.*/\1/p'; }
    few=$(each many00) many=$(each many01)
    echo "seconds a replication: $few of 100 points, $many of 200000"
    awk -v few="$few" -v many="$many" 'BEGIN {exit !(few > 0 && many > 0 && many < 5 * few)}' # it was 15 times as much once
}

@test "check reads a scenario that comes through a pipe, once" {
    says 0 '^2 facilities in 1 region' "$program" check <(cat scenarios/examples/first.yaml) --quick
}
