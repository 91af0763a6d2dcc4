# Scenarios that are refused, and that are read, with exactly the lines expected. In tests/data/bad and tests/data/good
# a comment "#= LINE:COLUMN: error: ..." (or "#= FILE:LINE:COLUMN: ..." for a file beside it) is a line that check
# must say; a comment "#> ..." is the first line that it must print.
load support

expected() { sed -n 's/^#= //p' "$1" | sed -E "s/^([0-9])/$1:\1/"; }

differs() { # FILE STATUS EXPECTED FOUND
    printf '%s: status %s\n  expected: %s\n  found:    %s\n' "$@"
    different=$((different + 1))
}

refused() { # FILE...: lists all that are not refused as they say
    local different=0 found status
    cd tests/data/bad
    for file in "$@"; do
        status=0
        found=$("$program" check "$file" 2>&1 >/dev/null) || status=$?
        found=$(sed '$d' <<<"$found") # the last line counts the faults
        [ $status -eq 2 ] && [ "$found" = "$(expected "$file")" ] || differs "$file" $status "$(expected "$file")" "$found"
    done
    [ $# -gt 30 ] && [ $different -eq 0 ]
}

read_well() { # FILE...: lists all that are not read as they say
    local different=0 first status
    cd tests/data/good
    for file in "$@"; do
        status=0
        first=$(sed -n 's/^#> //p' "$file")
        "$program" check --quick "$file" >"$work/out" 2>"$work/found" || status=$?
        [ $status -eq 0 ] && [ "$(<"$work/found")" = "$(expected "$file")" ] &&
            { [ -z "$first" ] || [ "$first" = "$(head -n 1 "$work/out")" ]; } ||
            differs "$file" $status "$(expected "$file") $first" "$(cat "$work/found"; head -n 1 "$work/out")"
    done
    [ $# -gt 10 ] && [ $different -eq 0 ]
}

bad() { (cd tests/data/bad && ls ./*.yaml | sed 's,^\./,,' | grep "$@"); }
good() { (cd tests/data/good && ls ./*.yaml | sed 's,^\./,,' | grep "$@"); }

@test "tables with a fault are refused with its line and column" {
    refused $(bad '^csv_')
}

@test "paths and overlays with a fault are refused with its line and column" {
    refused $(bad '^path_')
}

@test "other scenarios with a fault are refused with its line and column" {
    refused $(bad -v '^csv_\|^path_')
}

@test "scenarios that are likely not meant are read with a warning" {
    read_well $(good '^warn_')
}

@test "scenarios that are right are read, and nothing is said but what they say" {
    read_well $(good -v '^warn_')
}
