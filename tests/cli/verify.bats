# verify, provenance, ids: a changed byte is found wherever it lies; what a result holds is enough to run it again, to
# the same id; results of 0.1.0 are read.
load support

# A scenario in a folder that extends one beside it, each with a table of one name, and values set on the command line.
setup_file() {
    mkdir -p "$work/in/policy" "$work/in/base"
    printf 'name,region,capacity\nTown,north,50\n' >"$work/in/base/table.csv"
    printf 'status,count\nconvicted,10\n' >"$work/in/policy/table.csv"
    cat >"$work/in/base/base.yaml" <<'Y'
name: Base
start: 2026-01-01
horizon: 90 d
seed: 5
regions: [north]
exits: [out]
facilities: {csv: ./table.csv}
intake: [{class: a, region: north, rate: 2 / d}]
pathways: {a: [{phase: one, status: convicted, stay: {exponential: {mean: 20 d}}, then: {out: 1}}]}
Y
    printf 'extends: ../base/base.yaml\nname: Policy\nstock: {csv: table.csv}\n' >"$work/in/policy/new.yaml"
    run_policy -t 1 -o "$work/one.h5"
    "$program" provenance "$work/one.h5" >"$work/provenance"
}

run_policy() {
    "$program" run "$work/in/policy/new.yaml" -r 3..5 -q -f --set 'intake[a].rate: {times: 1.1}' \
        --set 'pathways.a[one].stay: {exponential: {mean: 21 d}}' "$@"
}

@test "a result verifies and has an id" {
    says 0 'every byte is what was written; id [0-9a-f]\{64\}$' "$program" verify "$work/one.h5"
}

@test "the id is the same for any number of threads and at any time; diff says it" {
    run_policy -t 2 -o "$work/two.h5"
    [ "$(id "$work/one.h5")" = "$(id "$work/two.h5")" ]
    says 0 "identical: .*; id $(id "$work/one.h5" | cut -c1-12)$" same "$work/one.h5" "$work/two.h5"
}

@test "another seed has another id" {
    run_policy -s 6 -o "$work/seed.h5"
    [ "$(id "$work/one.h5")" != "$(id "$work/seed.h5")" ]
}

@test "provenance says what a result was made of and with" {
    for name in version commit source_address compiler flags gsl hdf5 libyaml libdeflate nettle sleef system machine seed \
        replications started ended command_line; do
        grep -q "^$name *[^ ]" "$work/provenance" || { echo "$name is missing"; false; }
    done
}

@test "files of one name in two folders have names that differ" {
    diff <(printf '%s\n' --set ../base/base.yaml ../base/table.csv new.yaml table.csv) \
        <(grep -E '^file_[0-9]+_name' "$work/provenance" | awk '{print $2}' | LC_ALL=C sort)
}

@test "what a result holds is enough to run it again, to the same id; other words for the same values have another id" {
    again=$("$program" provenance "$work/one.h5" --export "$work/unpacked")
    mv "$work/in" "$work/gone"
    eval "${again/doorstroom/$program} -q -o '$work/again.h5'"
    mv "$work/gone" "$work/in"
    same "$work/one.h5" "$work/again.h5"
    [ "$(id "$work/one.h5")" = "$(id "$work/again.h5")" ]
    says 3 'cannot be written' "$program" provenance "$work/one.h5" --export "$work/unpacked"

    sed -i 's/mean: 20 d/mean: 20.0 d/' "$work/unpacked/base/base.yaml"
    eval "${again/doorstroom/$program} -q -f -o '$work/words.h5'"
    says 0 'identical: .*; made from other inputs: file_3$' same "$work/one.h5" "$work/words.h5"
    [ "$(id "$work/words.h5")" != "$(id "$work/one.h5")" ]
}

@test "a changed byte is found wherever it lies" { # eighty bytes along the file, from a random one on
    size=$(stat -c %s "$work/one.h5") missed=0
    for ((at = RANDOM % 1000; at < size; at += size / 80 + 1)); do
        cp "$work/one.h5" "$work/flip.h5"
        byte=$(dd if="$work/one.h5" bs=1 skip=$at count=1 status=none | od -An -tu1)
        printf "\\x$(printf %02x $((byte ^ 16)))" | dd of="$work/flip.h5" bs=1 seek=$at conv=notrunc status=none
        status=0
        timeout 10 "$program" verify "$work/flip.h5" >"$work/said" 2>&1 || status=$?
        [ $status -eq 1 ] && [ -s "$work/said" ] || { missed=$((missed + 1)); echo "byte $at: $(head -c 200 "$work/said")"; }
    done
    [ $missed -eq 0 ]
}

found() { # FROM TO PLACE: a text of one length changed to another in the file's bytes; verify finds it; diff and show refuse
    sed "s/$1/$2/" "$work/one.h5" >"$work/changed.h5"
    ! cmp -s "$work/one.h5" "$work/changed.h5" || { echo "'$1' is nowhere"; return 1; }
    says 1 "$3" "$program" verify "$work/changed.h5"
    says 2 "$3" "$program" diff "$work/one.h5" "$work/changed.h5"
    says 2 "$3" "$program" show "$work/changed.h5"
}

@test "a changed rate in the scenario is found" {
    found 'rate: 2 \/ d' 'rate: 3 \/ d' 'provenance/file_[0-9]*: what it holds'
}

@test "a changed label is found" {
    found 'convicted' 'convictee' 'status: what it holds'
}

@test "a changed --set is found" {
    found 'times: 1.1' 'times: 1.2' damaged
}

@test "results of 0.1.0 are read, but cannot be verified" {
    for old in tests/data/results/0.1.0-*.h5; do
        "$program" show "$old" >"$work/said"
        same "$old" "$old"
        says 0 'cannot be verified in a result of 0.1.0' "$program" verify "$old"
        says 0 '^version *0.1.0' "$program" provenance "$old"
    done
}

@test "a result of 0.1.0 is unpacked" {
    "$program" provenance tests/data/results/0.1.0-first.h5 --export "$work/old"
    grep -q "^name: A prison and a house" "$work/old/first.yaml"
}

@test "a damaged result of 0.1.0 is found" {
    cp tests/data/results/0.1.0-first.h5 "$work/old.h5"
    printf '\xff\x00\xff' | dd of="$work/old.h5" bs=1 seek=$(($(stat -c %s "$work/old.h5") * 9 / 10)) conv=notrunc status=none
    says 1 'damaged' "$program" verify "$work/old.h5"
}

@test "what is no result, or is not there, cannot be verified" {
    says 1 'is not a result' "$program" verify README.md
    says 3 'cannot be read' "$program" verify "$work/none.h5"
}
