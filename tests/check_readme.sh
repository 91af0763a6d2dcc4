#!/usr/bin/env bash
# What the README says about installing is what the Makefile does: the list of packages.
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
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
