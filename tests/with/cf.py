"""cf.py RESULT.h5...: rules of the CF conventions 1.10 (each with its section) and of this project that results
keep; a line for each finding, status 1 when there is one. cf.py --self-test RESULT.h5 breaks each rule in a copy and
wants it found."""
import re
import shutil
import subprocess
import sys
import tempfile

import h5py
import netCDF4
import numpy as np

CALENDARS = {"standard", "gregorian", "proleptic_gregorian", "julian", "noleap", "365_day", "360_day", "all_leap",
             "366_day", "none"}
METHODS = {"point", "sum", "maximum", "maximum_absolute_value", "median", "mid_range", "minimum",
           "minimum_absolute_value", "mean", "mean_absolute_value", "mean_of_upper_decile", "mode", "range",
           "root_mean_square", "standard_deviation", "sum_of_squares", "variance"}
STANDARD_NAMES = {"time": "s", "realization": "1", "latitude": "degree_north", "longitude": "degree_east"}  # of the table, with canonical units
XARRAY_SPANS = {"days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"}
known_units = {}


def converts(unit, to):
    """Does UDUNITS turn UNIT into TO?"""
    if (unit, to) not in known_units:
        got = subprocess.run(["udunits2", "-H", unit, "-W", to], capture_output=True, text=True)
        known_units[unit, to] = got.returncode == 0 and "=" in got.stdout
    return known_units[unit, to]


def parses(unit):
    return converts(unit, unit)


class Result:
    def __init__(self, path):
        self.file = netCDF4.Dataset(path)
        self.variables = self.file.variables
        self.bounds = {v.bounds for v in self.variables.values() if "bounds" in v.ncattrs()}
        self.data = {n: v for n, v in self.variables.items() if "replication" in v.dimensions and v.ndim > 1}
        self.times = {n: v for n, v in self.variables.items() if "since" in str(getattr(v, "units", ""))}
        self.path = path


def conventions(r):
    "2.6.1 the file says CF-1.10"
    if "CF-1.10" not in re.split(r"[ ,]+", getattr(r.file, "Conventions", "")):
        yield "Conventions"


def names(r):
    "2.3 names begin with a letter, and differ by more than case"
    everything = list(r.variables) + list(r.file.dimensions)
    everything += [a for v in r.variables.values() for a in v.ncattrs() if not a.startswith("_")]
    for name in everything:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
            yield name
    if len({n.lower() for n in r.variables}) < len(r.variables):
        yield "names that differ by case only"


def types(r):
    "2.2 types of the conventions"
    for name, v in r.variables.items():
        if v.dtype is not str and np.dtype(v.dtype).str[1:] not in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"):
            yield name


def dimensions(r):
    "2.4 a variable has each dimension once"
    for name, v in r.variables.items():
        if len(set(v.dimensions)) < v.ndim:
            yield name


def description(r):
    "2.6.2 title, source, history and references are texts"
    for name in ("title", "source", "history", "references"):
        if not isinstance(getattr(r.file, name, None), str) or not getattr(r.file, name):
            yield name


def units(r):
    "3.1 every number has a unit that UDUNITS knows"
    for name, v in r.variables.items():
        if v.dtype is str or name in r.bounds:
            continue
        if "units" not in v.ncattrs() or not parses(re.sub(r" since .*", "", v.units)):
            yield name


def spans(r):
    "(project) no unit that xarray turns into a span of time"
    for name, v in r.variables.items():
        if getattr(v, "units", "") in XARRAY_SPANS:
            yield name


def long_names(r):
    "3.2 every variable is named by long_name or standard_name"
    for name, v in r.variables.items():
        if name not in r.bounds and not getattr(v, "long_name", "") and not getattr(v, "standard_name", ""):
            yield name


def standard_names(r):
    "3.3 standard names are in the table, with units that convert"
    for name, v in r.variables.items():
        standard = getattr(v, "standard_name", None)
        if standard is not None and (standard not in STANDARD_NAMES or not converts(
                re.sub(r" since .*", "", getattr(v, "units", "1")), STANDARD_NAMES[standard])):
            yield name


def calendar(r):
    "4.4.1 a time has a calendar, and a reference that can be read"
    for name, v in r.times.items():
        if getattr(v, "calendar", "") not in CALENDARS or not re.fullmatch(
                r"days since \d{4}-\d\d-\d\d", v.units):
            yield name


def coordinates(r):
    "5 coordinates rise or fall, labels are all different, none is missing"
    for name in r.file.dimensions:
        v = r.variables.get(name)
        if v is None:
            continue
        values = v[:]
        if v.dimensions != (name,) or np.ma.is_masked(values):
            yield name
        elif v.dtype is str:
            if len(set(values)) < len(values) or "" in set(values):
                yield name
        elif len(values) > 1 and not ((np.diff(values) > 0).all() or (np.diff(values) < 0).all()):
            yield name


def auxiliaries(r):
    "5 and 6.1 what `coordinates` names is there and lies on the variable's dimensions"
    for name, v in r.variables.items():
        for other in getattr(v, "coordinates", "").split():
            if other not in r.variables or not set(r.variables[other].dimensions) <= set(v.dimensions):
                yield name


def facilities(r):
    "(project) variables along facility say region, kind, use, whether it is counted, and where it is if that is known"
    want = {"facility_region", "facility_kind", "facility_use", "facility_counted"}
    want |= {"facility_latitude", "facility_longitude"} & set(r.variables)
    for name, v in r.data.items():
        if "facility" in v.dimensions and set(getattr(v, "coordinates", "").split()) != want:
            yield name


def bounds(r):
    "7.1 each time has bounds: same type, two corners, around the value, without gaps"
    for name, v in r.times.items():
        b = r.variables.get(getattr(v, "bounds", ""))
        if b is None or b.dimensions[:-1] != v.dimensions or b.shape[-1] != 2 or b.dtype != v.dtype:
            yield name
        elif (b[:, 0] != v[:]).any() or (b[:, 1] <= b[:, 0]).any() or (b[1:, 0] != b[:-1, 1]).any():
            yield name
        elif set(b.ncattrs()) & {"units"} and b.units != v.units:
            yield name


def cell_methods(r):
    "7.3 cell methods are those of appendix E, over a dimension of the variable itself, where it runs over time"
    for name, v in r.data.items():
        if not set(r.times) & set(v.dimensions):
            continue
        found = re.fullmatch(r"(\w+): (\w+)", getattr(v, "cell_methods", ""))
        if not found or found[1] not in v.dimensions or found[1] not in r.times or found[2] not in METHODS:
            yield name


def definitions(r):
    "(project) each variable has a definition, and its own where it is of a facility"
    for name, v in r.data.items():
        if not getattr(v, "definition", ""):
            yield name
        if name.startswith("facility_") and name[9:] in r.data and v.definition == r.data[name[9:]].definition:
            yield name


def scales(r):
    "(project) no dimension without a scale"
    with h5py.File(r.path) as file:
        for name, v in file.items():
            if isinstance(v, h5py.Dataset) and not h5py.h5ds.is_scale(v.id) and any(len(d) != 1 for d in v.dims):
                yield name


RULES = [conventions, names, types, dimensions, description, units, spans, long_names, standard_names, calendar,
         coordinates, auxiliaries, facilities, bounds, cell_methods, definitions, scales]


def findings(path):
    r = Result(path)
    return [(rule, name) for rule in RULES for name in rule(r)]


def attribute(variable, name, value):
    def change(file):
        place = file[variable] if variable else file
        if value is None:
            del place.attrs[name]
        else:
            place.attrs[name] = np.bytes_(value)
    return change


def new(name, values, unit="1"):
    def change(file):
        d = file.create_dataset(name, data=values)
        d.attrs["units"] = d.attrs["long_name"] = np.bytes_(unit)
        for i, dim in enumerate(("time", "bnds")[:d.ndim]):
            d.dims[i].attach_scale(file[dim])
    return change


def value(name, place, to):
    def change(file):
        file[name][place] = to
    return change


def twice(file):
    d = file.create_dataset("twice", data=np.zeros((2, 2), "i4"))
    d.attrs["units"] = d.attrs["long_name"] = np.bytes_("1")
    d.dims[0].attach_scale(file["bnds"])
    d.dims[1].attach_scale(file["bnds"])


def unscaled(file):
    d = file.create_dataset("loose", data=np.zeros(2, "i4"))
    d.attrs["units"] = d.attrs["long_name"] = np.bytes_("1")


def self_test(path):
    length = h5py.File(path)["time"].shape[0]
    broken = [
        (conventions, attribute("", "Conventions", "CF-1.8")), (names, attribute("women", "2nd", "x")),
        (types, new("odd", np.zeros(length, "S1"))), (dimensions, twice),
        (description, attribute("", "source", None)), (units, attribute("women", "units", "persons")),
        (units, attribute("women", "units", None)), (spans, attribute("house_wait", "units", "days")),
        (long_names, attribute("facility_kind", "long_name", None)),
        (standard_names, attribute("women", "standard_name", "women")),
        (calendar, attribute("month", "calendar", "roman")), (coordinates, value("facility", 1, "Arrest")),
        (coordinates, value("time", 3, 90)), (auxiliaries, attribute("women", "coordinates", "facility_kind")),
        (facilities, attribute("facility_beds", "coordinates", "facility_kind")),
        (bounds, value("month_bnds", (0, 1), 30)), (bounds, attribute("time", "bounds", None)),
        (cell_methods, attribute("facility_beds", "cell_methods", "time: mean")),
        (cell_methods, attribute("women", "cell_methods", "time: average")),
        (definitions, lambda f: attribute("facility_beds", "definition", f["beds"].attrs["definition"])(f)),
        (scales, unscaled)]
    assert {rule for rule, _ in broken} == set(RULES)
    for rule, change in broken:
        with tempfile.NamedTemporaryFile(suffix=".h5") as copy:
            shutil.copy(path, copy.name)
            with h5py.File(copy.name, "r+") as file:
                change(file)
            assert rule in {found for found, _ in findings(copy.name)}, rule.__doc__
    print(len(broken), "breaches found")


if sys.argv[1] == "--self-test":
    self_test(sys.argv[2])
else:
    found = [(path, rule.__doc__, name) for path in sys.argv[1:] for rule, name in findings(path)]
    for line in found:
        print(*line, sep=": ")
    sys.exit(bool(found))
