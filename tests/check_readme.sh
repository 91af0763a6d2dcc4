#!/usr/bin/env bash
# What the README says about installing is what the Makefile does: the list of packages. What it shows runs.
set -u
cd "$(dirname "$0")/.." || exit 3
passed=0 failed=0
listed=$(sed -n '/^## Installing/,/^\*\*Without root/p' README.md | sed -n 's/^    //p' | tr ' ' '\n' | grep . | sort)
needed=$(make -s packages-list | sort)
if [ -n "$needed" ] && [ "$listed" = "$needed" ]; then
    passed=1
else
    failed=1
    diff <(echo "$listed") <(echo "$needed")
fi
# The policy that the README shows is one, and what it names is found.
program=${BUILD:-build}/doorstroom
policy=$(mktemp ./.readme-XXXXXX.yaml)
trap 'rm -f "$policy"' EXIT
sed -n '/^    extends: /,/^$/p' README.md | sed 's/^    //' >"$policy"
for command in "check --quick $policy" "explain facilities"; do
    # shellcheck disable=SC2086
    if said=$("$program" $command 2>&1) && ! grep -q 'warning:' <<<"$said"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "$command: $said"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
