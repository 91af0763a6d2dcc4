#!/usr/bin/env bash
# Includes go down only: cli -> analysis -> models -> sim.
set -u
cd "$(dirname "$0")/.." || exit 3
up() { grep -nE "#include \"(\.\./)*($2)/" -r "$1" --include='*.[ch]'; }
found=$( { up sim 'models|analysis|cli|tests'; up models 'analysis|cli|tests'; up analysis 'cli|tests'; up cli tests; } )
threads=$(grep -nE 'omp\.h|pthread\.h|hdf5\.h|#pragma omp' -r models --include='*.[ch]')
if [ -n "$found$threads" ]; then echo "$found$threads"; echo "0 passed, 1 failed"; exit 1; fi
echo "1 passed, 0 failed"
