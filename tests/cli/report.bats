# `report`: one page of several results; what does not belong together is refused, and nothing is half written.
load support

# 300 people who stay for ever in a prison of 250 places: 50 above places, on 120 beds: 180 on the floor. Two short days.
setup_file() {
    cat >"$work/base.yaml" <<'END'
name: Three hundred people who stay
description: Who sleeps on the floor?
start: 2030-01-01
horizon: 2 y
regions: [north, south]
facilities:
  - {name: Harbour, region: north, use: arrest, capacity: 250, beds: 120}
  - {name: Canal, region: south, capacity: 30, entry: 0}
intake:
  - {class: short, region: north, rate: 0 / d}
measures:
  - {name: Sooner, kind: early_release, from: 2031-01-01, until: 2032-01-01, forward: 1 d}
stock:
  - {status: convicted, count: 300, facility: Harbour, fresh: yes}
texts:
  - {of: title, en: A title that a later one replaces}
  - {of: title, en: Three hundred stay, nl: Driehonderd blijven, fr: Trois cents restent}
  - {of: name, word: north, nl: het noorden, fr: le Nord}
  - {of: error, en: Too few leave}
counted:
  - {date: 2029-12-31, series: population, value: 299, source: a count}
  - {date: 2029-12-31, series: floor_sleepers, facility: Harbour, value: 180}
pathways:
  short: [{phase: stay, status: convicted, stay: {fixed: 100 y}, then: {released: 1}}]
END
    cat >"$work/more.yaml" <<'END'
extends: base.yaml
name: </script><img src=x onerror=alert(1)>
set: {'facilities[Harbour].beds': {plus: 100}, 'facilities[Harbour].latitude': 51.2, 'facilities[Harbour].longitude': 4.4}
add: {facilities: {name: '=Quay "B"', region: south, capacity: 10, entry: 0},
      texts: [{of: title, nl: Meer}, {of: error, en: Too few leave}, {of: error, en: Beds are guessed}, {of: name, word: north, nl: iets anders}]}
END
    for name in base more; do
        "$program" run "$work/$name.yaml" -r 4 -q -o "$work/$name.h5"
    done
    "$program" run "$work/base.yaml" -r 4 -q -s 9 -o "$work/other.h5"
    SOURCE_DATE_EPOCH=1893456000 "$program" report "$work/base.h5" "$work/more.h5" -q -o "$work/report.html"
}

held() { node tests/report/numbers_of.mjs "$work/report.html" "$1"; }

need_node() { command -v node >/dev/null || skip "node is not here"; }

@test "one file comes out, and says where it is" {
    says 0 "^$work/new.html: 0\.[0-9] MB; open it in a browser" "$program" report "$work/base.h5" -o "$work/new.html"
    grep -q '^<html lang="nl">' "$work/new.html"
    grep -q '<title>Three hundred people who stay</title>' "$work/new.html"
}

@test "it opens in the language that is asked for; another is refused" {
    "$program" report "$work/base.h5" -q --lang fr -o "$work/fr.html"
    grep -q '^<html lang="fr">' "$work/fr.html"
    says 2 "^doorstroom report: --lang: found 'de', expected nl, fr or en" \
        "$program" report "$work/base.h5" --lang de -o "$work/de.html"
    [ ! -e "$work/de.html" ]
}

@test "what is there is kept, unless it is to be replaced, and never a result" {
    echo mine >"$work/mine.html"
    says 2 "is there; --force replaces it" "$program" report "$work/base.h5" -o "$work/mine.html"
    [ "$(cat "$work/mine.html")" = mine ]
    "$program" report "$work/base.h5" -q --force -o "$work/mine.html"
    grep -q '^<html' "$work/mine.html"
    cp "$work/base.h5" "$work/copy.h5"
    says 2 "is read; write to another file" "$program" report "$work/copy.h5" --force -o "$work/copy.h5"
    cmp "$work/base.h5" "$work/copy.h5"
}

@test "results that do not belong together are refused by name, and nothing is written" {
    says 2 "other.h5: they have other people: the seeds are" \
        "$program" report "$work/base.h5" "$work/more.h5" "$work/other.h5" -o "$work/no.html"
    says 2 "base.yaml" "$program" report "$work/base.h5" "$work/base.yaml" -o "$work/no.html"
    says 3 "nothing.h5" "$program" report "$work/nothing.h5" -o "$work/no.html"
    says 2 "usage: doorstroom report" "$program" report
    [ ! -e "$work/no.html" ]
}

@test "the same result twice, under two names too, is said with both" {
    cp "$work/base.h5" "$work/copy.h5"
    says 2 "copy.h5 is the same result as $work/base.h5: give it once" "$program" report "$work/base.h5" "$work/copy.h5" -o "$work/no.html"
    [ ! -e "$work/no.html" ]
}

@test "a folder that takes nothing is said, and nothing is left" {
    says 3 "cannot be written" "$program" report "$work/base.h5" -o "$work/nowhere/report.html"
    [ "$EUID" = 0 ] || { mkdir -m 555 "$work/shut"
        says 3 "cannot be written" "$program" report "$work/base.h5" -o "$work/shut/report.html"; }
    ! ls "$work"/*.html.* 2>/dev/null
}

# What 'attribute --format json' prints of one measure over the scenario called $1.
shares() {
    local of='"indicator": "floor_sleepers", "unit": "persons", "better": "less", "of": "mean(floor_sleepers, 2030)", "futures": 4, "draws": 4'
    local name comma=
    echo [
    for name in Beds interaction total base all; do
        echo "$comma{\"overlay\": \"$name\", \"alone\": -100, \"alone_low\": -100, \"alone_high\": -100, \"last\": -100, \"last_low\": -100," \
            "\"last_high\": -100, \"shapley\": -100, \"low\": -100, \"high\": -100, $of, \"base_name\": \"$1\"}"
        comma=,
    done
    echo ]
}

@test "shares of another scenario are refused, with both names" {
    shares "Three hundred people who stay" >"$work/shares.json"
    shares "Two hundred" >"$work/others.json"
    says 0 "open it in a browser" "$program" report "$work/base.h5" -A "$work/shares.json" -o "$work/shares.html"
    says 2 "others.json: is of 'Two hundred', and .*base.h5 is of 'Three hundred people who stay'" \
        "$program" report "$work/base.h5" -A "$work/others.json" -o "$work/no.html"
    [ ! -e "$work/no.html" ]
}

@test "what other commands printed is never written over" {
    shares "Three hundred people who stay" >"$work/read.json"
    cp "$work/read.json" "$work/kept.json"
    ln -sf read.json "$work/name.json"
    says 2 "read.json is read; write to another file" "$program" report "$work/base.h5" -A "$work/read.json" -f -o "$work/read.json"
    says 2 "read.json is read; write to another file" "$program" report "$work/base.h5" -A "$work/name.json" -f -o "$work/read.json"
    says 2 "read.json is read; write to another file" "$program" report "$work/base.h5" -z "$work/read.json" -f -o "$work/read.json"
    cmp "$work/read.json" "$work/kept.json"
}

@test "a time that SOURCE_DATE_EPOCH cannot mean is refused" {
    local given
    for given in abc -5 +5 ' 12' 12x 1e9 253402300800 99999999999999999999; do
        says 2 "^doorstroom report: SOURCE_DATE_EPOCH: found '$given', expected seconds, 0 to 253402300799" \
            env SOURCE_DATE_EPOCH="$given" "$program" report "$work/base.h5" -o "$work/no.html"
    done
    [ ! -e "$work/no.html" ]
    need_node
    SOURCE_DATE_EPOCH=253402300799 "$program" report "$work/base.h5" -q -o "$work/latest.html"
    [ "$(node tests/report/numbers_of.mjs "$work/latest.html" d.made.date)" = 9999-12-31 ]
}

# AT: with the byte there changed, the page comes out (it does not show that byte), or one line names the file, once.
with_changed() {
    local at=$1 byte status=0
    cp "$work/base.h5" "$work/flip.h5"
    byte=$(dd if="$work/base.h5" bs=1 skip="$at" count=1 status=none | od -An -tu1)
    printf "\\x$(printf %02x $((byte ^ 16)))" | dd of="$work/flip.h5" bs=1 seek="$at" conv=notrunc status=none
    "$program" report "$work/flip.h5" -q -f -o "$work/flip.html" 2>"$work/said" || status=$?
    cat "$work/said" >>"$work/all_said"
    [ $status -eq 0 ] || { [ $status -eq 2 ] && [ "$(wc -l <"$work/said")" -eq 1 ] &&
        [ "$(grep -o 'flip\.h5' "$work/said" | wc -l)" -eq 1 ]; } ||
        { echo "byte $at: $status: $(head -c 300 "$work/said")"; return 1; }
}

@test "a result with a changed byte is named once, in one line" {
    local size at
    size=$(stat -c %s "$work/base.h5")
    for ((at = size / 20; at < size; at += size / 10)); do with_changed $at; done
    # The values of whole days come first in the file.
    for ((at = 13400; at < 15400; at += 100)); do with_changed $at; done
    grep -q 'is not a result of doorstroom, or is damaged' "$work/all_said"
    grep -q 'of replication [0-3] is damaged' "$work/all_said"
}

@test "a name that is no text is told of a result of 0.1.0" {
    LC_ALL=C sed 's/Town prison/\xffown prison/g' tests/data/results/0.1.0-first.h5 >"$work/bytes.h5"
    says 2 "^doorstroom report: [^ ]*bytes.h5: is damaged: facility: label 1 is no text (UTF-8)" \
        "$program" report "$work/bytes.h5" -o "$work/no.html"
    [ ! -e "$work/no.html" ]
}

@test "the same results give the same bytes" {
    SOURCE_DATE_EPOCH=1893456000 OMP_NUM_THREADS=1 "$program" report "$work/base.h5" "$work/more.h5" -q -o "$work/again.html"
    # The command stands in the report: only it differs.
    need_node
    node tests/report/numbers_of.mjs "$work/report.html" | sed 's/report\.html/X/' >"$work/one.json"
    node tests/report/numbers_of.mjs "$work/again.html" | sed 's/again\.html/X/' >"$work/two.json"
    cmp "$work/one.json" "$work/two.json"
}

@test "what is said of the results" {
    need_node
    [ "$(held 'd.made.date')" = 2030-01-01 ]
    [ "$(held 'd.scenarios.map(s => s.file).join()')" = base.h5,more.h5 ]
    [ "$(held 'd.scenarios[0].id')" = "$(id "$work/base.h5")" ]
    [ "$(held 'd.scenarios[0].name')" = "Three hundred people who stay" ]
    [ "$(held 'd.scenarios[0].description')" = "Who sleeps on the floor?" ]
    [ "$(held '[d.scenarios[0].replications, d.scenarios[0].first, d.scenarios[0].last]')" = "[4,0,3]" ]
    # 2030-01-01 and 2032-01-01, days since 1970
    [ "$(held '[d.scenarios[0].start, d.scenarios[0].end]')" = "[21915,22645]" ]
    [ "$(held 'd.regions')" = '["north","south"]' ]
    [ "$(held 'd.facilities.map(f => [f.name, f.region, f.kind, f.use, f.in])')" = \
        '[["Harbour","north","prison","arrest",[true,true]],["Canal","south","prison","mixed",[true,true]],["=Quay \"B\"","south","prison","mixed",[false,true]]]' ]
}

@test "what the scenarios say themselves" {
    need_node
    [ "$(held 'd.scenarios[0].title')" = '{"en":"Three hundred stay","nl":"Driehonderd blijven","fr":"Trois cents restent"}' ]
    [ "$(held 'd.scenarios[1].title')" = '{"nl":"Meer"}' ]
    [ "$(held 'd.texts.names')" = '{"north":{"nl":"het noorden","fr":"le Nord"}}' ]
    [ "$(held 'd.texts.errors.map(e => e.en).join()')" = "Too few leave,Beds are guessed" ]
    # 2029-12-31
    [ "$(held 'd.counted.map(c => [c.series, c.facility, c.day, c.value, c.source])')" = \
        '[["population",null,21914,299,"a count"],["floor_sleepers","Harbour",21914,180,null]]' ]
    [ "$(held 'd.measures.map(m => [m.name, m.kind, m.from, m.until, m.in])')" = \
        '[["Sooner","early_release",22280,22645,[true,true]]]' ]
    [ "$(held 'd.facilities.map(f => [f.latitude, f.longitude])')" = '[[51.2,4.4],[null,null],[null,null]]' ]
}

@test "the numbers of page one, by hand" {
    need_node
    # On the floor: 300 people less 120 beds; with 100 beds more 80, which is 100 fewer in all four futures.
    [ "$(held 'd.comparison.rows.find(r => r.name === "floor_sleepers").base.mean')" = 180 ]
    [ "$(held 'd.comparison.rows.find(r => r.name === "floor_sleepers").others[0].difference')" = -100 ]
    [ "$(held 'd.comparison.rows.find(r => r.name === "floor_sleepers").others[0].better')" = 100 ]
    [ "$(held 'd.comparison.futures')" = 4 ]
}

@test "what keeps none of the headlines makes a report of what it keeps" {
    need_node
    printf 'extends: base.yaml\nadd: {record: {place: nation, tick: year, series: [capacity]}}\n' >"$work/few.yaml"
    "$program" run "$work/few.yaml" -r 2 -q -o "$work/few.h5"
    "$program" report "$work/few.h5" -q -o "$work/few.html"
    [ "$(node tests/report/numbers_of.mjs "$work/few.html" 'd.comparison.rows')" = '[]' ]
    # 250 places in the one, 30 in the other, to two decimals
    [ "$(node tests/report/numbers_of.mjs "$work/few.html" 'd.quantities.map(q => [q.name, q.by, q.of[0].mean])')" = \
        '[["capacity","year",[28000,0]],["capacity","whole",[28000]]]' ]
}

@test "a hostile name is text" {
    need_node
    [ "$(held 'd.scenarios[1].name')" = '</script><img src=x onerror=alert(1)>' ]
    "$program" report "$work/more.h5" -q -o "$work/hostile.html"
    grep -q '<title>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</title>' "$work/hostile.html"
    ! grep -q '<img' <(sed 's/<script>.*//' "$work/hostile.html")
}

@test "a program without the page says in one line how to get it" {
    says 3 "^doorstroom report: this program was built without the page: install nodejs and npm, then 'make' again" \
        "${program%/*}/without-page" report "$work/base.h5" -o "$work/without.html"
    [ ! -e "$work/without.html" ]
    says 0 "Three hundred people" "${program%/*}/without-page" show "$work/base.h5"
}

@test "a build without node makes an empty page, and says so in one line" {
    mkdir -p "$work/bin"
    for tool in bash realpath dirname mkdir mktemp rm grep cut; do ln -sf "$(command -v $tool)" "$work/bin/$tool"; done
    run env PATH="$work/bin" bash analysis/report/page/make.sh "$work/made/page.html"
    [ "$status" -eq 0 ]
    [ "$output" = "no page for reports: install nodejs and npm (Debian: apt-get install nodejs npm), then make again; the rest is built" ]
    [ -e "$work/made/page.html" ] && [ ! -s "$work/made/page.html" ]
}
