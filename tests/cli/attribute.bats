# `attribute`: each overlay's share in what all bring together, in the same futures. Expected numbers are worked out by hand.
load support

# 300 people who stay for ever in a prison of 250 places, a year of 365 days: 50 above places. 30 places more leave 20, 40
# more leave 10, both none: alone -30 and -40, together -50 a day, so 20 are lost between them.
setup_file() {
    cat >"$work/base.yaml" <<'END2'
name: Three hundred people who stay
start: 2030-01-01
horizon: 1 y
regions: [north]
facilities:
  - {name: Harbour, region: north, capacity: 250, beds: 120}
intake:
  - {class: short, region: north, rate: 0 / d}
stock:
  - {status: convicted, count: 300, facility: Harbour, fresh: yes}
pathways:
  short: [{phase: stay, status: convicted, stay: {fixed: 100 y}, then: {released: 1}}]
END2
    printf 'extends: base.yaml\nname: Thirty places\nset: {"facilities[Harbour].capacity": {plus: 30}}\n' >"$work/thirty.yaml"
    printf 'extends: base.yaml\nname: Forty places\nset: {"facilities[Harbour].capacity": {plus: 40}}\n' >"$work/forty.yaml"
    cp scenarios/examples/first.yaml "$work/first.yaml"
    for i in 1 2 3 4; do
        printf 'extends: first.yaml\nname: Number %s\nset: {"facilities[Town prison].capacity": {plus: %s0}, "intake[short].rate": {times: 1.0%s}}\n' $i $i $i >"$work/first$i.yaml"
    done
}

shared() { # WORDS ARGUMENTS...
    local words=$1
    shift
    says 0 "$words" "$program" attribute "$@"
}
refused() {
    local words=$1
    shift
    says 2 "$words" "$program" attribute "$@"
}

@test "alone, last in and Shapley are as worked out by hand, and add up" {
    # -30 x 365, -10 x 365, (-30 - 10) / 2 x 365; total -50 x 365
    shared '^Thirty places  *-10950  *-3650  *-7300  *-7300 to -7300  *40$' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 4 -q
    shared '^Forty places  *-14600  *-7300  *-10950  *-10950 to -10950  *60$' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 4 -q
    shared '^interaction  *+7300  *-7300  *0$' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 4 -q
    shared '^total  *-18250  *-18250  *-18250  *-18250 to -18250$' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 4 -q
    # people on the floor do not change with places
    shared '^Thirty places  *0  *0  *0  *0 to 0  *-$' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 2 -q --of 'mean(floor_sleepers)'
}

@test "printed columns add up as they stand, and every value adds up exactly in each replication" {
    cd "$work"
    "$program" attribute first.yaml first1.yaml first2.yaml first3.yaml first4.yaml -r 6 -q -o values.csv --of 'mean(population, 2029)' >table
    [ "$(awk '{ if (length($0) > most) most = length($0) } END { print most }' table)" -le 80 ]
    python3 - <<'END2'
import csv, itertools, math
rows = [line[25:].split() for line in open("table") if line.startswith(("Number", "interaction", "total"))]
number = [[round(1000 * float(x)) for x in row[:3]] for row in rows[:5]]
total = round(1000 * float(rows[5][0]))
for column in range(3):
    assert sum(row[column] for row in number) == total, (column, number, total)
value, names = {}, None
for row in csv.reader(open("values.csv")):
    if names is None:
        names = row
        continue
    value[tuple(map(int, row[:4])), int(row[4])] = int(row[5])
assert len(value) == 16 * 6
for r in range(6):  # Shapley by all 24 orders, another way than by sets
    share = [0] * 4
    for order in itertools.permutations(range(4)):
        at = [0] * 4
        for i in order:
            before = value[tuple(at), r]
            at[i] = 1
            share[i] += value[tuple(at), r] - before
    assert sum(share) == math.factorial(4) * (value[(1,) * 4, r] - value[(0,) * 4, r])
    for i in range(4):
        value["share", i] = value.get(("share", i), 0) + share[i] / 24 / 2 ** 20 / 6
for i in range(4):
    assert abs(value["share", i] - float(rows[i][2])) < 0.02, (value["share", i], rows[i])
END2
}

@test "the same values for any number of threads, and as runs of their own have them" {
    cd "$work"
    for t in 1 2; do
        "$program" attribute first.yaml first1.yaml first2.yaml -r 5 -t $t -q -o t$t.csv >t$t.txt
    done
    cmp t1.csv t2.csv
    cmp t1.txt t2.txt
    "$program" run first.yaml --over first1.yaml --over first2.yaml -r 5 -q -o both.h5
    number=$("$program" show both.h5 'mean(person_days_above)' | head -n 1)
    python3 - "$number" <<'END2'
import csv, sys
values = [int(r["value"]) / 2 ** 20 for r in csv.DictReader(open("t1.csv")) if r["Number 1"] == r["Number 2"] == "1"]
assert abs(sum(values) / 5 - float(sys.argv[1])) < 1e-5, (values, sys.argv)
END2
}

@test "what was finished before a kill is not run again, and the table is the same" {
    cd "$work"
    cp first.yaml slow.yaml
    for i in 1 2 3 4; do sed 's/first.yaml/slow.yaml/' first$i.yaml >slow$i.yaml; done
    "$program" attribute slow.yaml slow1.yaml slow2.yaml slow3.yaml slow4.yaml -r 60 -q -o whole.csv >whole.txt
    "$program" attribute slow.yaml slow1.yaml slow2.yaml slow3.yaml slow4.yaml -r 60 -q -t 1 -o killed.csv &
    for wait in $(seq 3000); do
        [ "$(stat -c %s killed.csv.journal 2>/dev/null || echo 0)" -le 3000 ] || break
        sleep 0.02
    done
    kill -9 $! 2>/dev/null || true
    wait || true
    [ ! -e killed.csv ]
    says 3 'holds finished sets' "$program" attribute slow.yaml slow1.yaml slow2.yaml slow3.yaml slow4.yaml -r 60 -q -o killed.csv
    says 2 'another run' "$program" attribute slow.yaml slow1.yaml slow2.yaml slow3.yaml slow4.yaml -r 61 -q -o killed.csv --resume
    "$program" attribute slow.yaml slow1.yaml slow2.yaml slow3.yaml slow4.yaml -r 60 -q -o killed.csv --resume >killed.txt
    cmp whole.csv killed.csv
    cmp whole.txt killed.txt
    [ ! -e killed.csv.journal ]
}

@test "more than eight overlays are sampled, and the table says so" {
    cd "$work"
    for i in 1 2 3 4 5 6 7 8 9; do
        printf 'extends: base.yaml\nname: %s places\nset: {"facilities[Harbour].capacity": {plus: %s}}\n' $i $i >many$i.yaml
    done
    # 45 places for 50 people above: nothing interacts, and each brings what it has
    shared '^9 places  *-3285  *-3285  *-3285  *-3285 to -3285  *0  *20$' base.yaml many?.yaml -r 2 -q --orders 6
    shared '6 orders of 9 overlays were sampled' base.yaml many?.yaml -r 2 -q --orders 6
}

begin() { # FILE: two or more of eight sets are in its journal, then SIGINT
    cd "$work"
    "$program" attribute first.yaml first1.yaml first2.yaml first3.yaml -r 60 -q -t 1 -o "$1" 2>"$1.said" &
    local one=$! status=0
    for wait in $(seq 6000); do
        [ "$(stat -c %s "$1.journal" 2>/dev/null || echo 0)" -le 2300 ] || break
        sleep 0.01
    done
    kill -INT $one
    wait $one || status=$?
    [ $status -eq 130 ]
    [ -s "$1.journal" ]
}

@test "an interrupt keeps what is finished and says how to go on" {
    begin stopped.csv
    grep -q 'stopped; [1-7] of 8 sets are finished; go on with: .* attribute --resume first.yaml' stopped.csv.said
    [ ! -e stopped.csv ]
}

@test "the journal of another run is refused and stays as it was" {
    begin other.csv
    cp other.csv.journal before
    says 2 'belongs to another run: replications 0..59, and now 0..60' \
        "$program" attribute first.yaml first1.yaml first2.yaml first3.yaml -r 61 -q -o other.csv --resume
    says 2 'belongs to another run' "$program" attribute first.yaml first2.yaml first1.yaml first3.yaml -r 60 -q -o other.csv --resume
    says 2 'belongs to another run: quantity' \
        "$program" attribute first.yaml first1.yaml first2.yaml first3.yaml -r 60 -q -o other.csv --resume --of 'mean(people)'
    cmp before other.csv.journal
}

@test "a table that is there, and what is read, are not written over" {
    cd "$work"
    "$program" attribute base.yaml thirty.yaml -r 2 -q -o there.csv >/dev/null
    cp there.csv before.csv
    says 2 'there.csv is there' "$program" attribute base.yaml thirty.yaml -r 3 -q -o there.csv
    says 2 'there.csv is there' "$program" attribute base.yaml thirty.yaml -r 3 -q -o there.csv --resume
    cmp there.csv before.csv
    printf 'path,value\nfacilities[Harbour].capacity,260\n' >lines.csv
    printf 'extends: base.yaml\nname: Ten\nset: {csv: lines.csv}\n' >ten.yaml
    refused 'lines.csv is read; write to another file' base.yaml ten.yaml -r 2 -q -o lines.csv --force
    refused 'name is empty' base.yaml thirty.yaml -r 2 -q -o ''
    [ ! -e .journal ]
}

@test "shares in per cent are of a total that is surely something, and make 100" {
    cd "$work"
    # three times ten places more of 50 above: a third each, 33 + 33 + 34
    for i in 1 2 3; do
        printf 'extends: base.yaml\nname: Third %s\nset: {"facilities[Harbour].capacity": {plus: 10}}\n' $i >third$i.yaml
    done
    [ "$("$program" attribute base.yaml third?.yaml -r 2 -q | awk '/^Third/ { sum += $NF } END { print sum }')" = 100 ]
    shared 'No shares in per cent' base.yaml thirty.yaml -r 2 -q --of 'mean(floor_sleepers)'
}

@test "base and total make what all of them leave" {
    cd "$work"
    shared 'Without any of them it is 18250, with all 0 (less' base.yaml thirty.yaml forty.yaml -r 2 -q
    shared '^all,,,,,,,0,0,0,' base.yaml thirty.yaml forty.yaml -r 2 -q --format csv
}

@test "CSV and JSON have the same numbers" {
    shared '^Thirty places,-10950,-10950,-10950,-3650,-3650,-3650,-7300,' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 2 -q --format csv
    shared '"shapley": -7300.0' "$work/base.yaml" "$work/thirty.yaml" "$work/forty.yaml" -r 2 -q --format json
}

@test "what cannot be shared out is refused with the reason" {
    cd "$work"
    printf 'extends: base.yaml\nname: seed\nseed: 5\n' >seed.yaml
    printf 'extends: base.yaml\nname: late\nhorizon: 2 y\n' >late.yaml
    refused 'name it once' base.yaml thirty.yaml thirty.yaml
    refused 'expected the file base.yaml' base.yaml first1.yaml
    refused 'expected the file base.yaml' base.yaml base.yaml
    refused 'leave seed out' base.yaml seed.yaml
    refused 'start, horizon or warm_up' base.yaml late.yaml
    refused 'only a mean' base.yaml thirty.yaml --of 'sd(people)'
    refused 'an address is' base.yaml thirty.yaml --of people
    refused "did you mean 'people'" base.yaml thirty.yaml --of 'mean(peopel)'
    refused 'no row in 2035' base.yaml thirty.yaml --of 'mean(people, 2035)'
    refused 'give --of once' base.yaml thirty.yaml --of 'mean(people)' --of 'mean(density)'
    refused 'no value in replication 0' base.yaml thirty.yaml -r 2 --of 'mean(handoff_gap)'
    refused 'expected a number of orders' base.yaml thirty.yaml --orders 1
    refused 'give -o' base.yaml thirty.yaml --resume
    refused 'is read; write to another' base.yaml thirty.yaml -o thirty.yaml -f
    refused 'usage' base.yaml
    refused 'nowhere' base.yaml nowhere.yaml || says 3 'nowhere' "$program" attribute base.yaml nowhere.yaml
}
