#!/usr/bin/env bash
# What the README says about installing is what the Makefile does: the list of packages. What it shows runs.
set -u
cd "$(dirname "$0")/.." || exit 3
passed=0 failed=0
lists() { # NAME LISTED NEEDED: the same packages, in any order
    if [ -n "$3" ] && difference=$(diff <(tr ' ' '\n' <<<"$2" | grep . | sort) <(sort <<<"$3")); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $1: $difference"
    fi
}
installing=$(sed -n '/^## Installing/,/^\*\*Without root/p' README.md)
build=$(sed -n 's/^    //p' <<<"$installing")
# On a machine without node its packages belong to the list.
command -v node >/dev/null && command -v npm >/dev/null || build+=" $(sed -nE 's/^Where there is no node yet, `([^`]*)` besides.*/\1/p' <<<"$installing")"
lists 'packages of a build' "$build" "$(make -s packages-list)"
lists 'packages of the tests' "$build $(sed -nE 's/^`make test` needs these besides: (.*)\.$/\1/p' <<<"$installing" | tr ',' ' ')" \
    "$(make -s packages-list TEST=1)"
# The policy that the README shows is one, and what it names is found.
program=${BUILD:-build}/doorstroom
policy=$(mktemp ./.readme-XXXXXX.yaml)
trap 'rm -f "$policy"' EXIT
sed -n '/^    extends: /,/^$/p' README.md | sed 's/^    //' >"$policy"
runs() { # COMMAND...: it ends well and warns of nothing
    local said
    if said=$("$program" "$@" 2>&1) && ! grep -q 'warning:' <<<"$said"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$*: $said"
    fi
}
runs check --quick "$policy"
names=$(grep -o '`explain [^`]*`' README.md | sed "s/\`explain //; s/[\`']//g")
[ -n "$names" ] || runs explain 'what README names'
for name in $names 'facilities[Antwerpen].capacity'; do runs explain "$name"; done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
