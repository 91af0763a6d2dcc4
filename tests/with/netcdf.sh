#!/usr/bin/env bash
# Results opened with ncdump, h5py, xarray, R and CDO: dimensions, dates, units, a named facility on a named date;
# the CF conventions; nobody is lost; parts and scenarios joined as the README does.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
passed=0 failed=0 skipped=0
"$program" run tests/data/models/small.yaml -o "$work/r.h5" -r 3 -q || exit 1
"$program" run tests/data/models/refuse.yaml -o "$work/refuse.h5" -r 2 -q || exit 1
"$program" run tests/golden/runs/warm-up.yaml -o "$work/warm.h5" -r 2 -q || exit 1
"$program" run scenarios/published/overflow.yaml -o "$work/overflow.h5" -r 2 -q || exit 1
"$program" run tests/data/models/kept.yaml -o "$work/kept.h5" -r 2 -q || exit 1
"$program" run scenarios/belgium/baseline.yaml -o "$work/belgium.h5" -r 2 -q || exit 1
"$program" run tests/data/good/for_readers.yaml -o "$work/map.h5" -r 2 -q || exit 1
all=("$work"/{r,refuse,warm,overflow,kept,belgium,map}.h5)

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
    if isinstance(d, h5py.Dataset) and d.ndim >= 2 and not name.endswith('_bnds'):
        assert 'units' in d.attrs and 'long_name' in d.attrs, name
assert 'seed' in f['provenance'] and f['provenance/file_1'][()].decode().startswith('name: Every part')
P
cat >"$work/xr.py" <<'P'
import sys, h5py, xarray as xr
d = xr.open_dataset(sys.argv[1], engine=sys.argv[2])
assert set(['replication', 'time', 'facility', 'status']) <= set(d.dims), d.dims
beds = d['facility_beds'].sel(facility='Arrest', month='2026-07-01').values
assert (beds == 150).all(), beds
assert str(d['time'].values[31])[:10] == '2026-02-01'
assert float(d['population'].sel(time='2026-01-01').sum('status').mean()) > 300
assert {v.dtype.kind for n, v in d.variables.items() if 'replication' in v.dims and v.ndim > 1} == {'f', 'i'}
by_region = d['facility_capacity'].groupby('facility_region').sum()  # of all facilities; one is not counted
north = d['region_capacity'].sel(region='north').groupby('time.month').max()
assert float(by_region.sel(facility_region='north', month='2026-07-01')[0]) == float(north.sel(month=7)[0]) == 210
P
cat >"$work/waits.py" <<'P'
import sys, h5py, xarray as xr
d, f = xr.open_dataset(sys.argv[1]), h5py.File(sys.argv[1])
for name in ('house_wait', 'centre_wait', 'allocation_wait', 'early_days'):
    a, b = float(d[name].astype('f8').sum()), float(f[name][:].astype('f8').sum())
    assert a == b and (b > 1000 or name == 'early_days'), (name, a, b)  # person-days, not spans of time
P
cat >"$work/map.py" <<'P'
import sys, xarray as xr
for engine in ('netcdf4', 'h5netcdf'):
    peak = xr.open_dataset(sys.argv[1], engine=engine)['facility_peak']
    north, east = peak.coords['facility_latitude'], peak.coords['facility_longitude']
    assert north.values.tolist() == [-51.2] and east.values.tolist() == [4.4]
    assert (north.units, east.units) == ('degrees_north', 'degrees_east'), (north, east)
P
cat >"$work/r.R" <<'P'
library(ncdf4)
f <- nc_open(commandArgs(TRUE)[1])
stopifnot(ncvar_get(f, "facility")[1] == "Arrest", ncatt_get(f, "time", "units")$value == "days since 2026-01-01")
beds <- ncvar_get(f, "facility_beds") # facility, month, replication
stopifnot(dim(beds) == c(8, 24, 3), beds[1, 7, ] == 150)
noon <- ncvar_get(f, "total_arrived")
stopifnot(noon[1, 730, 1] > 1000, ncatt_get(f, "facility_population", "coordinates")$hasatt)
P
blocks() { # the README's example: the commands, then the Python
    mkdir -p "$work/readme" && cd "$work/readme" || return 1
    sed -n '/^## Results in Python and R/,/^## /p' "$OLDPWD/README.md" >text
    sed -n 's/^    build\/doorstroom/doorstroom/p' text | sed "s,^doorstroom,$program,; s,scenarios/,$OLDPWD/scenarios/,; s,\$, -q -f," >commands
    [ "$(wc -l <commands)" -ge 3 ] && bash -e commands || return 1
    sed -n '/^    import/,/^$/s/^    //p' text >example.py
    sed -n '/^    library/,/^$/s/^    //p' text >example.R
    cat >>example.py <<'P'
assert list(base.replication.values) == list(range(10)) and base.time_bnds.dims == ("time", "bnds")
assert both.population.dims[0] == "scenario" and both.sizes["replication"] == 10
more = both.entries.sum(["time", "replication"])
assert float(more.sel(scenario="more")) > 1.05 * float(more.sel(scenario="base"))
assert (both.population.sel(scenario="base").values == base.population.values).all()
P
    $python example.py && Rscript example.R && [ -s Rplots.pdf ]
}
udunits() { # each unit, by the program itself
    $python - "$work/belgium.h5" >"$work/units" <<'P'
import h5py, sys
f = h5py.File(sys.argv[1])
print("\n".join(sorted({d.attrs["units"].decode().split(" since ")[0] for d in f.values() if "units" in d.attrs})))
P
    [ -s "$work/units" ] || return 1
    while read -r unit; do udunits2 -H "$unit" -W "$unit" | grep -q '=' || { echo "$unit"; return 1; }; done <"$work/units"
}
cdo_opens() { [ "$(cdo -s showname "$work/r.h5" 2>/dev/null | xargs)" = "time_length month_length" ] && cdo -s showdate -selname,time_length "$work/r.h5" 2>/dev/null | grep -q 2027-12-31; }
xarray="$python -c 'import xarray, netCDF4, h5netcdf'"
check 'nobody is lost' "$python -c 'import h5py'" $python tests/with/conservation.py "$work"/{r,refuse,warm,overflow,belgium}.h5
check ncdump 'command -v ncdump' header
check h5py "$python -c 'import h5py'" $python "$work/h5.py" "$work/r.h5"
check 'xarray by netCDF4' "$xarray" $python "$work/xr.py" "$work/r.h5" netcdf4
check 'xarray by h5netcdf' "$xarray" $python "$work/xr.py" "$work/r.h5" h5netcdf
check 'waits stay person-days' "$xarray" $python "$work/waits.py" "$work/belgium.h5"
check 'facilities on a map' "$xarray" $python "$work/map.py" "$work/map.h5"
check 'CF-1.10' "$xarray && command -v udunits2" $python tests/with/cf.py "${all[@]}"
check 'CF-1.10: breaches are found' "$xarray && command -v udunits2" $python tests/with/cf.py --self-test "$work/r.h5"
check UDUNITS 'command -v udunits2' udunits
check 'R (ncdf4)' 'command -v Rscript && Rscript -e "library(ncdf4)"' Rscript "$work/r.R" "$work/r.h5"
check CDO 'command -v cdo' cdo_opens
check "the README's example" "$xarray && $python -c 'import dask' && command -v Rscript" blocks
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
