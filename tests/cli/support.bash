# For the tests of the command line: where the program is, and what it says. Loaded by each; runs in the project's folder.
cd "$BATS_TEST_DIRNAME/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=${BATS_FILE_TMPDIR:-} # one folder for a file's tests; setup_file puts there what they share

says() { # STATUS WORDS COMMAND...: the command ends so, and a line that it says fits WORDS (a basic regular expression)
    local expected=$1 words=$2 said got=0
    shift 2
    said=$("$@" 2>&1) || got=$?
    [ $got -ne "$expected" ] || ! grep -q -- "$words" <<<"$said" || return 0
    printf 'expected status %s and a line with: %s\n' "$expected" "$words"
    printf 'got status %s from: %s\nwhich said:\n%s\n' $got "${*##*/}" "$(head -n 30 <<<"$said")"
    return 1
}

says_nothing_of() { # WORDS COMMAND...: the command ends well and no line fits WORDS
    local words=$1 said
    shift
    said=$("$@" 2>&1) || { echo "ends badly: ${*##*/}: $said"; return 1; }
    ! grep -n -- "$words" <<<"$said"
}

await() { # FILE [BYTES]: it has more in it (than 0), within a minute; how soon depends on what else the machine does
    local i
    for ((i = 0; i < 3000; i++)); do
        [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -le "${2:-0}" ] || return 0
        sleep 0.02
    done
    return 1
}

same() { "$program" diff "$@"; }

id() { "$program" verify "$1" | sed 's/.*id //'; }
