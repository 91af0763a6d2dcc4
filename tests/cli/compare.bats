# `compare`, `show ADDRESS`, `export`, `run --until`: numbers of several results, with their addresses; what does not
# belong together is refused. Expected numbers are worked out by hand beside each.
load support

# 300 people who stay for ever in a prison of 250 places: 50 above places, on 120 beds: 180 on the floor. Two short days.
setup_file() {
    cat >"$work/base.yaml" <<'END2'
name: Three hundred people who stay
start: 2030-01-01
horizon: 2 y
regions: [north, south]
facilities:
  - {name: Harbour, region: north, capacity: 250, beds: 120, cost_day: 1000, cost_person_day: 10}
  - {name: Canal, region: south, capacity: 40, beds: 40, entry: 0, cost_day: 100, cost_person_day: 1}
intake:
  - {class: short, region: north, rate: 0 / d}
stock:
  - {status: convicted, count: 300, facility: Harbour, fresh: yes}
pathways:
  short: [{phase: stay, status: convicted, stay: {fixed: 100 y}, then: {released: 1}}]
END2
    cat >"$work/more.yaml" <<'END2'
extends: base.yaml
name: A hundred beds more, at 5 euro a day each
set: {'facilities[Harbour].beds': {plus: 100}, 'facilities[Harbour].cost_day': {plus: 500}}
END2
    cat >"$work/places.yaml" <<'END2'
extends: base.yaml
name: Thirty places more, and a house
set: {'facilities[Harbour].capacity': {plus: 30}, 'facilities[Harbour].cost_day': {plus: 300}}
add: {facilities: {name: House, region: south, capacity: 20, entry: 0, cost_day: 0, cost_person_day: 0}}
END2
    for name in base more places; do
        "$program" run "$work/$name.yaml" -r 8 -q -o "$work/$name.h5"
    done
    "$program" run scenarios/examples/first.yaml -r 20 -q -o "$work/first.h5"
    "$program" run scenarios/examples/first.yaml -r 20 -q -o "$work/up.h5" --set 'intake[short].rate: {times: 1.1}'
}

compared() { # WORDS ARGUMENTS...: compare says so
    local words=$1
    shift
    says 0 "$words" "$program" compare "$@"
}

refused() { # WORDS ARGUMENTS...
    local words=$1
    shift
    says 2 "$words" "$program" compare "$@"
}

@test "a hundred beds more leave a hundred fewer on the floor, in every future" {
    # 300 - 120 = 180, 300 - 220 = 80: -100, or -55.6 % of 180
    compared '^v people on the floor  *180.0  *-100\.0\* *-100\.0 to -100\.0  *-55\.6 100   0$' "$work/base.h5" "$work/more.h5"
    compared '^  people inside  *300.0  *0  *0 to 0  *0' "$work/base.h5" "$work/more.h5"
    # 730 days of 50 people above 250 places
    compared '^v person-days above places  *36500  *0  *0 to 0  *0   0   0' "$work/base.h5" "$work/more.h5"
    # (1000 + 300 x 10 + 100) x 730 days is 2,993,000; 500 a day more 365,000
    compared '^v cost, mln euro  *2.99  *+0.36\* *+0.36 to +0.36  *+12.2' "$work/base.h5" "$work/more.h5" --of total_cost
}

@test "what avoids person-days has a price, what avoids none has none" {
    compared 'no cost for a person-day avoided' "$work/base.h5" "$work/more.h5"
    # 300 euro a day more, 30 people fewer above places: 10 euro each
    compared 'each person-day above places that is avoided costs 10.00 euro (10.00 to 10.00)' "$work/base.h5" "$work/places.h5"
    compared 'each person-day above places that is avoided saves 10.00 euro' "$work/places.h5" "$work/base.h5" ||
        compared 'no cost for a person-day avoided' "$work/places.h5" "$work/base.h5"
}

@test "a result compared with itself differs in nothing" {
    "$program" compare "$work/first.h5" "$work/first.h5" --format csv >"$work/self.csv"
    [ "$(cut -d, -f12-14 "$work/self.csv" | sed 1d | sort -u)" = 0,0,0 ]
    [ "$(cut -d, -f22-23 "$work/self.csv" | sed 1d | sort -u)" = 1,1 ]
}

@test "years, months, regions, facilities and labels each for themselves" {
    compared '^    2030  *180.0  *-100.0' "$work/base.h5" "$work/more.h5" --of floor_sleepers --by year
    compared '^    2031-12  *180.0  *-100.0' "$work/base.h5" "$work/more.h5" --of floor_sleepers --by month
    compared '^    north  *180.0  *-100.0' "$work/base.h5" "$work/more.h5" --of floor_sleepers --by region
    compared '^    south  *0  *0  *0 to 0  *-' "$work/base.h5" "$work/more.h5" --of floor_sleepers --by region
    compared '^    Harbour  *180.0  *-100.0' "$work/base.h5" "$work/more.h5" --of floor_sleepers --by facility
    compared '^    convicted  *300.0  *0' "$work/base.h5" "$work/more.h5" --of population --by status
    compared '^v people on the floor, Harbour  *180.0' "$work/base.h5" "$work/more.h5" --of 'floor_sleepers, Harbour' ||
        compared '^    *180.0  *-100.0' "$work/base.h5" "$work/more.h5" --of 'floor_sleepers, Harbour'
}

@test "a facility that one result alone has is named" {
    compared 'Facilities of other 1 alone: House' "$work/base.h5" "$work/places.h5"
    compared 'Facilities of the base alone: House' "$work/places.h5" "$work/base.h5"
}

@test "where single futures lie can be seen in place of the mean's interval" {
    says 0 '8 in 10 futures' "$program" compare "$work/first.h5" "$work/up.h5" --futures
    says 0 '^v people on the floor  *180.0  *-100\.0\*-100\.0 to -100\.0' "$program" compare "$work/base.h5" "$work/more.h5" --futures
}

@test "what moves a number is ranked, the drift of the intake too" {
    cat >"$work/ranked.yaml" <<'END2'
extends: draws.yaml
name: What moves it
chance: 1
uncertain: {'intake[short].rate': {times: {uniform: {low: 0.5, high: 1.5}}}, 'facilities[Harbour].capacity': {uniform: {low: 90, high: 110}}}
drift: [{name: courts, classes: [short], yearly: 30 %, return: 5 y}]
END2
    cat >"$work/draws.yaml" <<'END2'
name: Draws
start: 2030-01-01
horizon: 2 y
warm_up: 1 y
regions: [north]
facilities:
  - {name: Harbour, region: north, capacity: 100}
intake:
  - {class: short, region: north, rate: 3 / d}
pathways:
  short: [{phase: stay, status: convicted, stay: {exponential: 60 d}, then: {released: 1}}]
END2
    cd "$work"
    "$program" run ranked.yaml -r 200 -q -o ranked.h5
    "$program" show ranked.h5 'mean(population, 2030)' --ranks >said
    grep -q '^intake\[short\].rate times  *+0\.9' said
    grep -q '^drift of intake: courts  *+0\.[5-9]' said
    grep -q '^facilities\[Harbour\].capacity  *[+-]0\.[01]' said
    grep -q '^2 of 3 can be told from nothing' said
    [ "$(awk '{ if (length($0) > most) most = length($0) } END { print most }' said)" -le 80 ]
    "$program" run ranked.yaml -r 5 -q -o few.h5
    says 2 'run more replications' "$program" show few.h5 'mean(population)' --ranks
    says 2 'nothing is uncertain' "$program" show base.h5 'mean(population)' --ranks
    for file in few base; do # no number before it is known that there are ranks
        [ -z "$("$program" show $file.h5 'mean(population)' --ranks 2>/dev/null)" ]
    done
    says 2 'needs an address' "$program" show ranked.h5 --ranks
}

@test "copies that one result alone has are told together" {
    printf 'extends: base.yaml\nname: copies\nadd: {facilities: [{name: Row, copies: 3, region: south, capacity: 20, entry: 0}, {name: Z, region: south, capacity: 20, entry: 0}]}\n' >"$work/copies.yaml"
    "$program" run "$work/copies.yaml" -r 8 -q -o "$work/copies.h5" 2>/dev/null
    compared 'Facilities of other 1 alone: Row 1 to 3, Z\.' "$work/base.h5" "$work/copies.h5"
}

@test "CSV, JSON and Markdown hold the same numbers" {
    local number='-100,-100,-100,-100,-100,-55.5555555555555'
    says 0 "$number" "$program" compare "$work/base.h5" "$work/more.h5" --format csv --of floor_sleepers
    says 0 '"difference": -100.0' "$program" compare "$work/base.h5" "$work/more.h5" --format json --of floor_sleepers
    says 0 '| floor.*| -100 | -100 | -100 | -100 | -100 | -55.5556 |' "$program" compare "$work/base.h5" "$work/more.h5" --format markdown --of floor_sleepers
    "$program" compare "$work/base.h5" "$work/more.h5" --format json | python3 -c 'import json, sys; assert len(json.load(sys.stdin)) > 5'
    says 2 'text, csv, json or markdown' "$program" compare "$work/base.h5" "$work/more.h5" --format xml
}

@test "what does not belong together is refused with what to do" {
    "$program" run "$work/base.yaml" -r 8 -q -s 2 -o "$work/seed.h5"
    "$program" run "$work/base.yaml" -r 8..9 -q -o "$work/later.h5"
    "$program" run "$work/base.yaml" -r 2 -q --set 'horizon: 1 y' -o "$work/short.h5"
    printf 'extends: base.yaml\nname: by month\nrecord: [{place: nation, tick: month}]\n' >"$work/month.yaml"
    "$program" run "$work/month.yaml" -r 2 -q -o "$work/month.h5"
    printf 'extends: base.yaml\nname: %s\nuncertain: {%s: {uniform: {low: %s, high: 1}}}\n' one house_selection.suitable 0.2 >"$work/u1.yaml"
    printf 'extends: base.yaml\nname: %s\nuncertain: {%s: {uniform: {low: %s, high: 1}}}\n' two house_selection.suitable 0.3 >"$work/u2.yaml"
    for name in u1 u2; do
        "$program" run "$work/$name.yaml" -r 2 -q -o "$work/$name.h5" --set 'house_selection: {suitable: 25 %, screening: {fixed: 30 d}}' 2>&1
    done
    refused 'other worlds: house_selection.suitable was drawn as' "$work/u1.h5" "$work/u2.h5"
    refused 'other people: the seeds are 1 and 2' "$work/base.h5" "$work/seed.h5"
    refused 'no replication in common' "$work/base.h5" "$work/later.h5"
    refused 'other days: 2030-01-01 to 2031-12-31, and 2030-01-01 to 2030-12-31' "$work/base.h5" "$work/short.h5"
    refused 'kept by day in the base and by month' "$work/base.h5" "$work/month.h5"
    refused "did you mean 'floor_sleepers'" "$work/base.h5" "$work/more.h5" --of flor_sleepers
    refused "did you mean 'Harbour'" "$work/base.h5" "$work/more.h5" --of 'floor_sleepers, Harbor'
    refused 'no day in 2035' "$work/base.h5" "$work/more.h5" --time 2035
    refused 'expected a year' "$work/base.h5" "$work/more.h5" --time '20 30'
    refused 'not kept by nothing' "$work/base.h5" "$work/more.h5" --of floor_sleepers --by nothing
    refused 'none of the headline indicators by nothing' "$work/base.h5" "$work/more.h5" --by nothing
    refused 'give --time' "$work/base.h5" "$work/more.h5" --of 'floor_sleepers, 2030'
    refused 'usage' "$work/base.h5"
    says 3 'cannot be read\|no such' "$program" compare "$work/base.h5" "$work/nowhere.h5" ||
        refused 'nowhere' "$work/base.h5" "$work/nowhere.h5"
}

@test "places of houses are compared by region, and not by facility" {
    # a detention house of 20 places in the south, for nobody
    printf 'extends: base.yaml\nname: A house\nadd: {facilities: {name: Quay, kind: detention_house, region: south, capacity: 20, entry: 0}}\n' >"$work/house.yaml"
    "$program" run "$work/house.yaml" -r 8 -q -o "$work/house.h5" --set 'house_selection: {suitable: 0, screening: {fixed: 30 d}}'
    compared '^  *south  *0  *+20.000' "$work/base.h5" "$work/house.h5" --of house_places --by region
    says 0 '^0$' "$program" show 'mean(house_places, north)' "$work/house.h5"
    says 0 '^20$' "$program" show 'mean(house_empty, 2030)' "$work/house.h5"
    refused 'is of facilities together\|no facility is in a region called' "$work/base.h5" "$work/house.h5" --of house_places --by facility
}

@test "replications that both hold are paired, and the others are told" {
    "$program" run "$work/base.yaml" -r 4..11 -q -o "$work/half.h5"
    compared 'share 4 replications; 4 and 4 are in one' "$work/base.h5" "$work/half.h5"
    compared '^4 futures, the same people' "$work/base.h5" "$work/half.h5"
}

@test "a label that is a region and a facility is not taken for either of them" {
    cd "$work"
    sed 's/name: Canal, region: south/name: north, region: south/' base.yaml >named.yaml
    "$program" run named.yaml -r 2 -q -o named.h5
    # the region has Harbour's 300 people, the facility called like it has none
    says 2 "'north' is a region and a facility of population: write region=north or facility=north" \
        "$program" show 'mean(people, north)' named.h5
    says 0 '^300$' "$program" show 'mean(people, region=north)' named.h5
    says 0 '^0$' "$program" show 'mean(people, facility = north)' named.h5
    says 0 '^0$' "$program" show 'mean(people, facility="north")' named.h5
    compared '^ *north *300.0 ' named.h5 named.h5 --of people --by region
    "$program" compare named.h5 named.h5 --of people --by facility --format csv | grep -q '^named.h5,people,people inside,north,.*,persons,,0,0,0,0,'
    says 0 '^300$' "$program" show 'mean(people, Harbour)' named.h5
    # 300 people on 250 places are 120 per 100; nobody is in the facility of 40 places
    "$program" compare named.h5 named.h5 --of density --by region --format csv | grep ',density,density,north,' | grep -q ',120,120,120,.*density, region=north, '
    "$program" compare named.h5 named.h5 --of density --by facility --format csv | grep ',density,density,north,' | grep -q ',0,0,0,.*density, facility=north, '
    says 2 "not kept by 'place', but by status, region, facility" "$program" show 'mean(people, place=north)' named.h5
    says 2 "population has no region 'nort'; did you mean 'north'" "$program" show 'mean(people, region=nort)' named.h5
    says 2 'begins with the name' "$program" show 'mean(region=north, people)' named.h5
    says 2 "'north' is a region and a facility: write 'region=north' or 'facility=north'" "$program" show named.h5 population north
    says 2 "'north' is a region and a facility: write" "$program" show named.h5 north
    says 0 '^region_population of north' "$program" show named.h5 population region=north
    says 0 '^facility_population of north' "$program" show named.h5 population facility=north
    says 0 '^facility=north: mean over 2' "$program" show named.h5 facility=north
    says 2 "no place or label of population is called 'facility=nort'" "$program" show named.h5 population facility=nort
}

@test "an address is printed only where it is of the same futures" {
    cd "$work"
    "$program" run more.yaml -r 4 -q -o four.h5
    "$program" compare base.h5 more.h5 four.h5 --of floor_sleepers --format csv >three.csv
    [ "$(grep -c ':mean(floor_sleepers, ' three.csv)" -eq 1 ]
    grep -q '^four.h5,.*:mean(floor_sleepers, ' three.csv
}

@test "what does not split is named, what is asked twice is told once, nothing in common is refused" {
    cd "$work"
    compared 'Not kept by status: density, ' base.h5 more.h5 --by status
    [ "$("$program" compare base.h5 more.h5 --of people --of people | grep -c '^  people inside')" -eq 1 ]
    sed -e 's/Harbour/Quay/' -e 's/Canal/Lock/' base.yaml >renamed.yaml
    "$program" run renamed.yaml -r 2 -q -o renamed.h5
    refused "headline indicators by Facility; did you mean 'facility'" base.h5 more.h5 --by Facility
    refused "people is not kept by regon; did you mean 'region'" base.h5 more.h5 --of people --by regon
    refused 'have no facility in common' base.h5 renamed.h5 --of people --by facility
}

@test "an address in a folder of several results must say of which" {
    mkdir "$work/one" && cd "$work/one"
    cp "$work/base.h5" .
    says 0 '^180$' "$program" show 'mean(floor_sleepers)'
    cp "$work/more.h5" .
    says 2 'several results' "$program" show 'mean(floor_sleepers)'
    says 2 'statistics are' "$program" show 'q50_low_high(floor_sleepers)' base.h5
    says 2 'number is to stand' "$program" show 'chance(floor_sleepers < 0x10)' base.h5
}

@test "a run that is stopped and asked for fewer futures has just those" {
    cd "$work"
    "$program" run base.yaml -r 8 -q -o whole.h5
    "$program" run base.yaml -r 3 -q -o three.h5
    "$program" run base.yaml -r 60000 -q -o stopped.h5 &
    while [ ! -s stopped.h5.journal ] && [ ! -s stopped.journal ] && [ -z "$(find . -name '*stopped*' -size +200k)" ]; do sleep 0.05; done
    kill -9 $! && wait $! || true
    "$program" run base.yaml -r 3 -q -o stopped.h5 --resume
    "$program" diff three.h5 stopped.h5
}

@test "the table keeps within 80 columns and says the same for any number of threads" {
    "$program" compare "$work/first.h5" "$work/up.h5" >"$work/table"
    [ "$(awk '{ if (length($0) > most) most = length($0) } END { print most }' "$work/table")" -le 80 ]
    tr '\n' ' ' <"$work/table" | grep -qE 'worth [0-9.]+ times as many replications \(median of the lines; the least is [0-9.]+\)\.'
    OMP_NUM_THREADS=1 "$program" compare "$work/first.h5" "$work/up.h5" >"$work/table1"
    OMP_NUM_THREADS=4 "$program" compare "$work/first.h5" "$work/up.h5" 2>/dev/null >"$work/table4"
    cmp "$work/table1" "$work/table4"
}

@test "each address that compare prints, show answers with the same number" {
    cd "$work"
    "$program" compare first.h5 up.h5 --format csv --by year --of floor_sleepers --of density --of 'population, convicted' >addressed.csv
    python3 - <<'END2' >asked
import csv
for row in csv.DictReader(open("addressed.csv")):
    print(row["address"], row["difference"], sep="\t")
    print(row["address"].replace("mean(", "relative_high("), row["relative_high"] or "-", sep="\t")
    print(row["address"].replace("mean(", "mean_low("), row["low"], sep="\t")
END2
    [ "$(wc -l <asked)" -eq $((3 * 3 * 5)) ]
    while IFS=$'\t' read -r address number; do
        got=$("$program" show "$address" first.h5 up.h5 | head -n 1)
        [ "$number" = - ] && [ "$got" = - ] && continue
        python3 -c 'import sys; a, b = map(float, sys.argv[1:]); assert abs(a - b) <= 1e-12 * abs(b) + 1e-300, sys.argv' "$got" "$number"
    done <asked
}

@test "where replications share a draw, the draw is what an interval counts" {
    cat >"$work/draws.yaml" <<'END2'
name: Five draws of four futures each
start: 2030-01-01
horizon: 1 y
warm_up: 1 y
regions: [north]
facilities:
  - {name: Harbour, region: north, capacity: 100}
intake:
  - {class: short, region: north, rate: 1 / d}
chance: 4
uncertain: {'intake[short].rate': {times: {uniform: {low: 0.5, high: 1.5}}}}
pathways:
  short: [{phase: stay, status: convicted, stay: {exponential: 60 d}, then: {released: 1}}]
END2
    printf 'extends: draws.yaml\nname: longer\nset: {"pathways.short[stay].stay": {exponential: 70 d}}\n' >"$work/longer.yaml"
    cd "$work"
    for name in draws longer; do
        "$program" run $name.yaml -r 20 -q -o $name.h5
        "$program" export $name.h5 population -o $name -q --by year
    done
    "$program" compare draws.h5 longer.h5 --format csv --of population >by_draw.csv
    says 0 'each draw counts once' "$program" compare draws.h5 longer.h5
    says 0 '^2030 [0-9]* %$' "$program" show draws.h5 population
    # five draws in which it always holds: at least 0.025^(1/5) of the futures
    [ "$("$program" show draws.h5 'chance_low(population > 0)' | head -n 1 | cut -c1-6)" = 47.817 ]
    python3 - <<'END2'
import csv, math
value = {}
for name in ("draws", "longer"):
    for row in csv.DictReader(open(f"{name}/population.csv")):
        value[name, int(row["replication"])] = value.get((name, int(row["replication"])), 0) + float(row["value"])
change = [sum(value["longer", 4 * d + i] - value["draws", 4 * d + i] for i in range(4)) / 4 for d in range(5)]
mean = sum(change) / 5
half = 2.7764451051977987 * math.sqrt(sum((c - mean) ** 2 for c in change) / 4 / 5)  # t of four degrees
row = next(csv.DictReader(open("by_draw.csv")))
for got, expected in ((row["difference"], mean), (row["low"], mean - half), (row["high"], mean + half)):
    assert abs(float(got) - expected) < 1e-9 * abs(expected), (got, expected)
assert row["futures"] == "20" and row["draws"] == "5", row
END2
}

@test "show answers an address of one result, and refuses what is none" {
    says 0 '^180$' "$program" show "$work/base.h5" 'mean(floor_sleepers, 2030)'
    says 0 '% of the futures' "$program" show "$work/base.h5" 'chance(floor_sleepers < 179)'
    says 2 'does not say of which result' "$program" show 'mean(floor_sleepers)' "$work/base.h5" "$work/more.h5"
    says 2 'are of two results' "$program" show "$work/base.h5" 'better(floor_sleepers)'
    says 0 '^100$' "$program" show "$work/base.h5" 'chance(floor_sleepers > 179, Harbour, 2030-06)'
    says 0 '^180$' "$program" show "$work/base.h5" 'q90(floor_sleepers)'
    says 0 '^0$' "$program" show "$work/base.h5" 'sd(floor_sleepers)'
    says 2 'an address is STATISTIC' "$program" show "$work/base.h5" 'median(floor_sleepers)'
    says 2 'no result that is named has an id' "$program" show "$work/base.h5" '0123456789ab:mean(density)'
    cd "$work"
    says 0 '^180$' "$program" show "$(id base.h5 | cut -c1-12):mean(floor_sleepers, 2030)"
    says 0 '^0$' "$program" show "$(id base.h5)-$(id base.h5 | cut -c1-9):mean(floor_sleepers)" base.h5
    says 0 '^0$' "$program" show "$(id base.h5)-$(id base.h5 | cut -c1-9):mean(floor_sleepers)" base.h5 base.h5
    says 2 "'179 %': floor_sleepers is no share, but in persons; write the number without %" \
        "$program" show base.h5 'chance(floor_sleepers < 179 %)'
    says 0 '^100$' "$program" show base.h5 'chance(density > 100 %, north)' # 300 on 250 places
    says 0 '^-100$' "$program" show "$(id more.h5 | cut -c1-12)-$(id base.h5 | cut -c1-12):mean(floor_sleepers, 2030)"
}

@test "show --bands prints quantiles over futures with their intervals" {
    # of 41 futures, the median's interval is from the 14th to the 28th (binomial); all are 180
    says 0 '^2030  *180.0  *180.0  *180.0  *180.0  *180.0$' "$program" show "$work/base.h5" floor_sleepers --bands
    "$program" run scenarios/examples/first.yaml -r 41 -q -o "$work/many.h5"
    "$program" show "$work/many.h5" population --bands >"$work/bands"
    [ "$(awk '{ if (length($0) > most) most = length($0) } END { print most }' "$work/bands")" -le 80 ]
    grep -q 'from 41 futures' "$work/bands"
    says 2 'name a place' "$program" show "$work/many.h5" facility_occupancy --bands
}

@test "export writes a tidy table a variable, which a spreadsheet opens" {
    "$program" export "$work/base.h5" population floor_sleepers -o "$work/tables" -q
    [ "$(head -n 1 "$work/tables/population.csv")" = replication,begins,ends,status,value,unit ]
    [ "$(grep -c . "$work/tables/population.csv")" -eq $((1 + 8 * 730 * 3)) ]
    grep -q '^0,2030-01-01,2030-01-01,convicted,300,persons$' "$work/tables/population.csv"
    "$program" export "$work/base.h5" floor_sleepers -o "$work/years" --by year
    grep -q '^7,2031-01-01,2031-12-31,180,persons$' "$work/years/floor_sleepers.csv"
    grep -q '^7,2031-01-01,2031-12-31,Harbour,180,persons$' "$work/years/facility_floor_sleepers.csv"
    "$program" export "$work/first.h5" population -o "$work/comma" --by year --comma -q
    grep -q '^replication;begins;ends;facility;status;value;unit$' "$work/comma/facility_population.csv"
    grep -qE '^0;2027-01-01;2027-12-31;Canal house;convicted;29,[0-9]+;persons$' "$work/comma/facility_population.csv"
    says 2 'made of series' "$program" export "$work/base.h5" density -o "$work/years"
    says 2 'is there' "$program" export "$work/base.h5" floor_sleepers -o "$work/years"
    says 0 '' "$program" export "$work/base.h5" floor_sleepers -o "$work/years" -f
    says 2 "did you mean 'floor_sleepers'" "$program" export "$work/base.h5" flor_sleepers -o "$work/years"
    says 2 'row, month or year' "$program" export "$work/base.h5" -o "$work/years" --by day
    says 2 'names the folder' "$program" export "$work/base.h5"
    says 3 'cannot be' "$program" export "$work/base.h5" -o "$work/base.h5/x"
    # one of two is there: neither is written
    mkdir "$work/some"
    : >"$work/some/facility_floor_sleepers.csv"
    says 2 'is there' "$program" export "$work/base.h5" floor_sleepers -o "$work/some"
    [ ! -e "$work/some/floor_sleepers.csv" ]
    says 0 "^$work/\\\\x1b\[31mred/floor_sleepers.csv" "$program" export "$work/base.h5" floor_sleepers -o "$work/"$'\e[31mred'
}

@test "export writes what was drawn" {
    "$program" run tests/data/models/uncertain.yaml -r 3 -q -o "$work/drawn.h5"
    "$program" export "$work/drawn.h5" parameter -o "$work/drawn" -q
    [ "$(head -n 1 "$work/drawn/parameter.csv")" = replication,parameter,value,unit ]
    [ "$(grep -c '^[012],desks\[court\].time.gamma.mean,[0-9.]*,d$' "$work/drawn/parameter.csv")" -eq 3 ]
    says 2 "no series is called 'parameter'" "$program" export "$work/base.h5" parameter -o "$work/drawn"
}

@test "export of a damaged series says so in one line" {
    local at found=0
    cp "$work/base.h5" "$work/flip.h5"
    size=$(stat -c %s "$work/flip.h5")
    for at in 2 3 4 5 6 7 8 9; do
        cp "$work/base.h5" "$work/flip.h5"
        printf '\xff\x00\xff\x55' | dd of="$work/flip.h5" bs=1 seek=$((size * at / 10)) conv=notrunc status=none
        "$program" export "$work/flip.h5" -o "$work/flip" -q -f --by year 2>"$work/said" || {
            found=$((found + 1))
            [ "$(wc -l <"$work/said")" -eq 1 ]
            [ -z "$(grep 'cannot be written' "$work/said")" ] # a "!" would not end a test
        }
    done
    [ $found -gt 0 ]
}

@test "a sign's form is no control character in Markdown" {
    sed $'s/Harbour/Gate \u267f\ufe0f/' "$work/base.yaml" >"$work/form.yaml"
    "$program" run "$work/form.yaml" -r 2 -q -o "$work/form.h5"
    says 0 $'Gate \u267f\ufe0f' "$program" compare "$work/form.h5" "$work/form.h5" --of people --by facility --format markdown
}

@test "more arguments than there is room for are counted" {
    says 2 '65 arguments are given, and it takes at most 64' "$program" compare $(printf "$work/base.h5 %.0s" $(seq 65))
}

@test "run --until goes on until a mean is known so well, to the same bits for any number of threads" {
    cd "$work"
    "$program" run "$OLDPWD/scenarios/examples/first.yaml" -t 1 -o one.h5 --until 'mean(population, 2030) +- 0.8 %' >said
    grep -q '^mean(population, 2030): .* +- .* after [0-9]* replications$' said
    says 2 "no place or label 'a +- b'" "$program" run "$OLDPWD/scenarios/examples/first.yaml" -o quoted.h5 --until 'mean(population, "a +- b") +- 5 %'
    says 1 'more than 10000000 replications would be needed' "$program" run "$OLDPWD/scenarios/examples/first.yaml" \
        -o never.h5 --until 'mean(population, 2030) +- 0.000001' --most 20
    n=$(sed -n 's/.*after \([0-9]*\) replications/\1/p' said)
    [ "$n" -gt 40 ]
    "$program" run "$OLDPWD/scenarios/examples/first.yaml" -t 2 -q -o two.h5 --until 'mean(population, 2030) +- 0.8 %'
    same one.h5 two.h5
    "$program" run "$OLDPWD/scenarios/examples/first.yaml" -q -o plain.h5 -r "$n"
    [ "$(id one.h5)" = "$(id plain.h5)" ]
    # as show has it, half the interval is within 0.8 %
    "$program" show one.h5 'mean(population, 2030)' | head -n 1 >mean
    "$program" show one.h5 'mean_high(population, 2030)' | head -n 1 >high
    python3 -c 'm, h = (float(open(f).read()) for f in ("mean", "high")); assert h / m - 1 <= 0.008, h / m'
    says 1 'not as well known as asked' "$program" run "$OLDPWD/scenarios/examples/first.yaml" -q -o less.h5 --most 45 --until 'mean(population, 2030) +- 0.1 %'
    "$program" show less.h5 >/dev/null
    # what has no spread in forty futures may have some in more: 200 are looked at
    says 0 'after 200 replications, which all have the same' "$program" run "$work/base.yaml" -o same.h5 --until 'mean(floor_sleepers) +- 1 %' --most 200
    says 1 'has no value' "$program" run "$work/base.yaml" -q -o none.h5 --until 'mean(handoff_gap) +- 1 %' --most 50
    says 2 'give --most, not -r' "$program" run "$OLDPWD/scenarios/examples/first.yaml" -o x.h5 -r 5 --until 'mean(population, 2030) +- 1 %'
    says 2 'only a mean' "$program" run "$OLDPWD/scenarios/examples/first.yaml" -o x.h5 --until 'sd(population, 2030) +- 1 %'
    says 2 'behind +-' "$program" run "$OLDPWD/scenarios/examples/first.yaml" -o x.h5 --until 'mean(population, 2030) +- 0'
    says 2 'expected a mean' "$program" run "$OLDPWD/scenarios/examples/first.yaml" -o x.h5 --until 'mean(population, 2030)'
    says 2 'did you mean' "$program" run "$OLDPWD/scenarios/examples/first.yaml" -o x.h5 --until 'mean(populatoin, 2030) +- 1 %'
    [ ! -e x.h5 ]
}
