#!/usr/bin/env bash
# A result opened with ncdump, h5py and xarray: dimensions, dates, units, a named facility on a named date.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
passed=0 failed=0 skipped=0
"$program" run tests/data/models/small.yaml -o "$work/r.h5" -r 3 -q || exit 1

check() { # NAME NEEDED COMMAND...
    local name=$1 needed=$2
    shift 2
    if ! eval "$needed" >/dev/null 2>&1; then
        echo "skip: $name: it is not installed"
        skipped=$((skipped + 1))
    elif "$@" >"$work/out" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "failed: $name"
        tail -n 5 "$work/out"
    fi
}
header() { ncdump -h "$work/r.h5" | tee "$work/header" && grep -q 'population(replication, time, status)' "$work/header" && grep -q 'time:units = "days since 2026-01-01"' "$work/header"; }
cat >"$work/h5.py" <<'P'
import h5py, sys
f = h5py.File(sys.argv[1])
names = [x.decode() for x in f['facility'][:]]
month = list(f['month'][:]).index(120)  # 1 May 2026
assert f['facility_capacity'][0, month, names.index('Canal')] == 30
assert f['facility_capacity'][0, month - 1, names.index('Canal')] == 30  # open since 1 April
assert f['facility_capacity'][0, month - 2, names.index('Canal')] == 0
assert f['population'].dims[1][0].name == '/time'
for name, d in f.items():
    if isinstance(d, h5py.Dataset) and d.ndim >= 2:
        assert 'units' in d.attrs and 'long_name' in d.attrs, name
assert 'seed' in f['provenance'] and f['provenance/file_1'][()].decode().startswith('name: Every part')
P
cat >"$work/xr.py" <<'P'
import sys, xarray as xr
d = xr.open_dataset(sys.argv[1], engine=sys.argv[2])
assert set(['replication', 'time', 'facility', 'status']) <= set(d.dims), d.dims
beds = d['facility_beds'].sel(facility='Arrest', month='2026-07-01').values
assert (beds == 150).all(), beds
assert str(d['time'].values[31])[:10] == '2026-02-01'
assert float(d['population'].sel(time='2026-01-01').sum('status').mean()) > 300
P
"$program" run tests/data/models/refuse.yaml -o "$work/refuse.h5" -r 2 -q
"$program" run tests/golden/runs/warm-up.yaml -o "$work/warm.h5" -r 2 -q
"$program" run scenarios/published/overflow.yaml -o "$work/overflow.h5" -r 2 -q
check 'nobody is lost' "$python -c 'import h5py'" $python tests/conservation.py "$work"/{r,refuse,warm,overflow}.h5
check ncdump 'command -v ncdump' header
check h5py "$python -c 'import h5py'" $python "$work/h5.py" "$work/r.h5"
check 'xarray by netCDF4' "$python -c 'import xarray, netCDF4'" $python "$work/xr.py" "$work/r.h5" netcdf4
check 'xarray by h5netcdf' "$python -c 'import xarray, h5netcdf'" $python "$work/xr.py" "$work/r.h5" h5netcdf
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
