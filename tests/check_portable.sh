#!/usr/bin/env bash
# Every function of the C library's libm that the program or GSL calls is either defined by the program
# (sim/engine/portable_math.c: the same bits on every processor) or exact by the standard (IEEE 754).
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
exact=" ceil copysign fabs floor fmax fmin fmod frexp ldexp lrint modf nearbyint nextafter rint round scalbn sqrt trunc "
libraries=$(ldd "$program" | awk '/libgsl|libm\.so/ {print $3}')
gsl=$(grep 'libgsl\.so' <<<"$libraries") libm=$(grep 'libm\.so' <<<"$libraries")
names() { sed 's/@.*//' | sort -u; }
imported=$(nm -D --undefined-only "$gsl" "$program" | awk 'NF == 2 {print $2}' | names)
offered=$(nm -D --defined-only "$libm" | awk '{print $3}' | names)
defined=$(nm -D --defined-only "$program" | awk '{print $3}' | names)
passed=0 failed=0
for name in $(comm -12 <(echo "$imported") <(echo "$offered")); do
    if grep -qx "$name" <<<"$defined" || [[ $exact == *" $name "* ]]; then
        passed=$((passed + 1))
    else
        echo "libm's $name is called and not covered: add it to sim/engine/portable_math.c"
        failed=$((failed + 1))
    fi
done
for name in $(comm -12 <(nm -D --undefined-only "$gsl" | awk 'NF == 2 {print $2}' | names) <(echo "$offered")); do
    [[ $exact == *" $name "* ]] || grep -qx "$name" <<<"$defined" ||
        { echo "GSL's $name would come from libm"; failed=$((failed + 1)); }
done
[ $passed -gt 10 ] || failed=$((failed + 1))
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
