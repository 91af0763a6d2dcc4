#!/usr/bin/env bash
# The scripts in Python and in R that drive a sweep: as short as promised, run in a folder of a user's own, with numbers that
# are those of a run, and with pictures that show them.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
scripts=$PWD/scenarios/examples/scripts
tests=$PWD/tests/with
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
missing=
/usr/bin/python3 -c 'import xarray, netCDF4, h5py, matplotlib, PIL' 2>/dev/null || missing+=' python3-matplotlib'
Rscript -e 'library(ncdf4)' >/dev/null 2>&1 || missing+=' r-cran-ncdf4'
command -v pdftoppm >/dev/null || missing+=' poppler-utils'
if [ -n "$missing" ]; then
    echo "skip: sweeps from Python and R: not installed:$missing"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
export PATH=${program%/*}:$PATH MPLCONFIGDIR=$work
mkdir "$work/in Python" "$work/in R" "$work/faulty" || exit 3
cp scenarios/examples/first.yaml "$work"
cd "$work" || exit 3

is_short() { [ "$(grep -cvE '^ *(#|$)' "$scripts/$1")" -le 15 ]; }
python() { (cd "$1" && /usr/bin/python3 "$scripts/sweep.py" "$2"); }
R() { (cd "$1" && Rscript "$scripts/sweep.R" "$2"); }
prints() { "$2" "$3" ../first.yaml >"$1"; } # FILE COMMAND FOLDER

# In the table that a script has printed stands the mean of runs that are made by hand.
has_mean() { # FILE RATE PLACES
    "$program" run first.yaml -r 40 -q -f -o one.h5 --set "intake[short].rate: $2 / d" --set "facilities[Canal house].capacity: $3" &&
        "$program" show 'mean(floor_sleepers, 2030)' one.h5 >mean || return
    awk -v rate="$2" -v column="$(($3 / 30 + 2))" -v mean="$(head -n 1 mean)" '
        NF == 5 && $1 == rate + 0 {found = 1; print "expected", mean; print; if ($column != sprintf("%.3f", mean)) exit 1}
        END {if (!found) exit 1}' "$1"
}

has_words() { # PICTURE WORDS
    pdftotext "$1" - | grep -F "$2"
}

stops() { # COMMAND: at doorstroom's fault, which it says, and draws nothing
    ! "$1" faulty ../missing.yaml >said 2>&1 && cat said && grep -q 'missing.yaml' said && [ "$(ls faulty)" = floor.yaml ]
}

check "Python needs fifteen lines" is_short sweep.py
check "R needs fifteen lines" is_short sweep.R
check "Python writes a design, runs it, reads it" prints table.py python "in Python"
check "R does" prints table.R R "in R"
check "both write the same design" cmp "in Python/floor.yaml" "in R/floor.yaml"
for table in table.py table.R; do
    check "$table has a mean that show prints" has_mean $table 2.6 30
    check "$table has another" has_mean $table 3 90
done
check "Python draws a picture" /usr/bin/python3 "$tests/scripts.py" coloured "in Python/floor.png" 4
check "R draws a picture" pdftoppm -r 100 -png -singlefile "in R/floor.pdf" floor
check "with its lines" /usr/bin/python3 "$tests/scripts.py" coloured floor.png 3 # and a black one
check "and units" has_words "in R/floor.pdf" 'people on the floor (persons)'
check "and others" has_words "in R/floor.pdf" 'people sentenced (persons a day)'
check "Python stops at a fault" stops python
check "R stops at a fault" stops R
cd "in Python" || exit 3
check "Python draws what h5py reads" /usr/bin/python3 "$tests/scripts.py" drawn "$scripts/sweep.py"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
