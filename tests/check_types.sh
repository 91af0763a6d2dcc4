#!/usr/bin/env bash
# What the compiler is to refuse: a row of the field table whose type is not its member's, and a failure that nobody
# looks at.
set -u
cd "$(dirname "$0")/.." || exit 3
table=models/scenario/fields/fields.c
passed=0 failed=0
compiles() { sed "$1" $table | gcc -std=c17 -D_GNU_SOURCE -I. -Imodels/scenario/fields -fsyntax-only -xc - 2>/dev/null; }
check() {
    if "$@"; then passed=$((passed + 1)); else echo "failed: ${*: -1}"; failed=$((failed + 1)); fi
}
refused() {
    [ "$(sed "$1" $table | cmp -s - $table; echo $?)" = 1 ] || { echo "changes nothing: $1"; return 1; }
    ! compiles "$1"
}
check compiles ''
check refused 's/"copies", WHOLE,/"copies", NUMBER,/'
check refused 's/"counted", YES_NO,/"counted", WHOLE,/'
check refused 's/"capacity", COUNT_STEPS, facility_object, capacity\[CAPACITY_MAIN\]/"capacity", COUNT_STEPS, facility_object, floor_area/'
check refused 's/"statuses", SET,/"statuses", CHOICE,/'
check refused 's/"series", NAMES,/"series", NUMBERS,/'
check refused 's/OBJECT("people", people, scenario, people,/OBJECT("people", people, scenario, balance,/'
check refused 's/"pathways", OBJECT_MAP,/"pathways", OBJECTS,/'
ignored() {
    ! printf '#include "%s"\nvoid f(void);\nvoid f(void) { %s; }\n' "$1" "$2" |
        gcc -std=c17 -D_GNU_SOURCE -I. -Werror -xc -c -o /dev/null - 2>/dev/null; }
check ignored sim/base/arena.h 'arena_allocate((struct arena *)0, 1)'
check ignored sim/engine/engine.h 'engine_run((struct engine *)0, 1, (struct error *)0)'
check ignored models/scenario/node.h 'tree_add_child((struct tree *)0, 0, 0, 0)'
check ignored models/scenario/read.h 'scenario_read(0, "x", 0, 0)'
echo "$passed passed, $failed failed"
[ $failed = 0 ]
