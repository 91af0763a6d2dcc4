#!/usr/bin/env bash
# What is generated from the program and committed is what the program says today.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
passed=0 failed=0
current() { # FILE HOW COMMAND...: the file is what the command prints; else HOW makes it anew
    local file=$1 how=$2 difference
    shift 2
    if difference=$(diff "$file" <("$@") 2>&1); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $file is not what the program says; '$how' writes it anew"
        head -n 10 <<<"$difference"
    fi
}
current models/PARAMETERS.md 'make parameters' "$program" explain --parameters
current scenarios/belgium/STRESS.md 'make stress' bash tests/stress.sh
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
