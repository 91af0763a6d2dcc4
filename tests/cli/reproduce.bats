# reproduce: a result simulated again from its own file, and where it differs.
load support

setup_file() {
    "$program" run scenarios/examples/first.yaml -r 3..12 -s 77 --set 'facilities[Canal house].capacity: 24' -o "$work/first.h5" -q
    cat >"$work/design.yaml" <<EOF
scenario: $PWD/scenarios/examples/first.yaml
replications: 2
method: latin_hypercube
points: 6
seeds: own
factors:
  - {path: 'intake[short,north].rate', name: rate, times: 0.8..1.2}
  - {path: 'facilities[Canal house].capacity', name: places, to: 10..30, step: 5}
EOF
    "$program" sweep "$work/design.yaml" -o "$work/parts" -q
    "$program" merge "$work/parts" -o "$work/all.h5" -q
    mkdir "$work/alone" "$work/left"
    mv "$work/first.h5" "$work/all.h5" "$work/alone"
    rm "$work/design.yaml"
}

reproduce() { (cd "$work/alone" && TMPDIR=$work/left "$program" reproduce "$@"); }

@test "a result alone is enough: the same values and the same id, and nothing is left behind" {
    says 0 '^identical: [0-9]* variables in 10 of 10 replications; id [0-9a-f]\{12\}$' reproduce first.h5 -t 1
    says 0 '^identical: [0-9]* variables in 10 of 10 replications; id [0-9a-f]\{12\}$' reproduce first.h5 -t 2
    [ -z "$(ls "$work/left")" ]
    [ "$(ls "$work/alone" | wc -l)" = 2 ]
}

@test "a sample is of so many replications, and at least one" {
    says 0 '^identical: [0-9]* variables in 3 of 10 replications$' reproduce first.h5 --sample '21 %'
    says 0 '^identical: [0-9]* variables in 1 of 10 replications$' reproduce first.h5 --sample 0.001
    says 2 "expected a share of the result, such as '5 %'" reproduce first.h5 --sample 0
    says 2 "expected a share of the result, such as '5 %'" reproduce first.h5 --sample '120 %'
    says 2 "expected a share of the result, such as '5 %'" reproduce first.h5 --sample some
}

@test "the points of a sweep are simulated again, each with its values and its seed" {
    says 0 '^identical: [0-9]* variables in 6 of 6 points; id [0-9a-f]\{12\}$' reproduce all.h5
    says 0 '^identical: [0-9]* variables in 2 of 6 points$' reproduce all.h5 --sample '30 %'
    says 2 'is set in its design' reproduce all.h5 --set 'seed: 3' -o "$work/no.h5"
    [ -z "$(ls "$work/left")" ]
}

@test "a result with one bit changed is refused, and the place is named" {
    cp "$work/alone/first.h5" "$work/bit.h5"
    printf '\x5a' | dd of="$work/bit.h5" bs=1 seek=30000 conv=notrunc status=none
    says 2 . "$program" reproduce "$work/bit.h5"
    says 1 . "$program" verify "$work/bit.h5"
}

@test "with an assumption changed, what differs is told as compare tells it" {
    says 2 'where does the changed result go' reproduce first.h5 --set 'facilities[Canal house].capacity: 60'
    says 2 'facilities.Nowhere' reproduce first.h5 --set 'facilities[Nowhere].capacity: 60' -o "$work/changed.h5"
    [ ! -e "$work/changed.h5" ]
    says 0 '^changed: facilities.Canal house..capacity: 60$' reproduce first.h5 --set 'facilities[Canal house].capacity: 60' -o "$work/changed.h5"
    says 0 '^. people in houses  *[0-9.]*  *+[0-9.]*' reproduce first.h5 --set 'facilities[Canal house].capacity: 60' -o "$work/changed.h5" -f
    says 2 'is there; --force replaces it' reproduce first.h5 --set 'facilities[Canal house].capacity: 60' -o "$work/changed.h5"
}

@test "what is stopped leaves nothing" {
    local i pid
    "$program" run scenarios/belgium/baseline.yaml -r 60 --set 'horizon: 60 d' -o "$work/b.h5" -q 2>/dev/null
    TMPDIR=$work/left "$program" reproduce "$work/b.h5" -q -t 1 >"$work/said" 2>&1 &
    pid=$!
    for ((i = 0; i < 3000; i++)); do
        [ ! -s "$(echo "$work"/left/*/again.h5.journal)" ] || break
        sleep 0.02
    done
    kill -TERM $pid
    i=0
    wait $pid || i=$?
    [ $i = 143 ]
    cat "$work/said"
    grep -q '^doorstroom reproduce: stopped$' "$work/said"
    [ -z "$(ls "$work/left")" ]
}

@test "--rebuild says what it cannot build, runs nothing of a part, and leaves nothing" {
    says 2 'with nothing changed: leave --set out' reproduce first.h5 --rebuild --set 'seed: 3'
    mkdir "$work/empty"
    ln -s "$(command -v tar)" "$(command -v gzip)" "$work/empty"
    says 3 'the sources in the result cannot be built here' env PATH="$work/empty" "$program" reproduce "$work/alone/first.h5" --rebuild
    says 2 'it carries no sources: it is a part of a sweep' "$program" reproduce "$work/parts/part-00001-of-00001.h5" --rebuild
    [ -z "$(ls "$work/left")" ]
}
