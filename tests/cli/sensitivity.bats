# sensitivity: which factors of a sweep move a number, and what is said where it cannot be told.
load support

# A design of METHOD in $work/NAME.yaml, with N points and ROWS of its own, of factors and else.
design_of() { # NAME METHOD N [ROWS]
    cp scenarios/examples/first.yaml "$work"
    cat >"$work/$1.yaml" <<EOF
scenario: first.yaml
method: $2
points: $3
replications: 2
${4:-seeds: common}
factors:
  - {name: rate, path: 'intake[short].rate', times: 0.5..1.5, source: 'C: assumed'}
  - {name: nothing, to: 0..1}
EOF
}

sweep() { # NAME [OPTION...]: into $work/NAME
    rm -rf "${work:?}/$1"
    "$program" sweep "$work/$1.yaml" -o "$work/$1" -q "${@:2}"
}

moved() { # NAME [OPTION...]: of the first part
    local part=("$work/$1"/part-*.h5)
    "$program" sensitivity "${part[0]}" 'mean(population, 2028)' "${@:2}"
}

setup_file() {
    design_of saltelli saltelli 16
    sweep saltelli
    design_of hypercube latin_hypercube 40
    sweep hypercube
    "$program" merge "$work/hypercube" -o "$work/hypercube.h5" -q
}

@test "the rate moves the population, a factor without a path nothing: exactly 0 in common streams" {
    moved saltelli --format csv >"$work/csv"
    [ "$(head -n 1 "$work/csv")" = factor,path,measure,value,low,high,source ]
    sed -n 2p "$work/csv" | grep -q '^rate,intake\[short\].rate,total,.*,C: assumed$'
    grep -q '^nothing,,total,0,0,0,$' "$work/csv"
    grep -q '^,,noise,0\.' "$work/csv"
    [ "$(moved saltelli | wc -L)" -le 80 ]
    says 0 '^saltelli: 16 of 16 base rows count, 2 replications a point; intervals of 95 %' moved saltelli
    says 0 '^Chance makes .*, by 2 that$' moved saltelli
    says 2 'no series or indicator is called' "$program" sensitivity "$work"/saltelli/part-*.h5 'mean(popul)'
    says 2 'first.yaml: ' "$program" sensitivity "$work/first.yaml" 'mean(population)'
    says 2 'factors move the mean over futures' "$program" sensitivity "$work"/saltelli/part-*.h5 'q90(population)'
}

@test "CSV, JSON and Markdown hold the same numbers" {
    moved saltelli --format csv | sed -n 's/^nothing,,first,\([^,]*\),.*/\1/p' >"$work/first"
    [ -s "$work/first" ]
    says 0 "\"value\": $(cut -c 1-12 "$work/first")" moved saltelli --format json
    says 0 '^| nothing |  | total | 0 | 0 | 0 |  |$' moved saltelli --format markdown
    says 0 '^| rate | intake\\\[short\\\].rate | total | .* | C: assumed |$' moved saltelli --format markdown
    says 2 'text, csv, json or markdown' moved saltelli --format xml
}

@test "a name longer than its column stands on a line of its own, whole" {
    local long='stages.detention_house[permit].time.mixture.weight of nothing'
    design_of names morris 4
    sed -i "s/name: nothing/name: '$long'/" "$work/names.yaml"
    sweep names
    [ "$(moved names | grep -A 1 -F "$long" | head -n 2)" = "$long
$(printf '%32s %14s %14s %14s' '' 0 0 0)" ]
    [ "$(moved names | wc -L)" -le 80 ]
}

@test "Jansen's points; a seed for each point, in which the share of chance is told apart" {
    design_of jansen jansen 32 'seeds: own'
    sweep jansen
    says 0 '^jansen: 32 of 32 base rows count' moved jansen
    says 0 '^Chance makes [0-9.]* % ([0-9.]* to [0-9.]*) of the variance of one replication.$' moved jansen
    # What does nothing: 0 lies in its interval, though its points have other people.
    moved jansen --format csv | awk -F, '$1 == "nothing" && $3 == "total" { exit !($5 < 0 && 0 < $6) }'
    moved jansen --format csv | awk -F, '$1 == "rate" && $3 == "total" { exit !($5 < 1 && 0.5 < $5) }'
    sed -i 's/replications: 2/replications: 1/' "$work/jansen.yaml"
    sweep jansen
    says 2 'chance cannot be told from the factors with one replication a point' moved jansen
}

@test "Morris: what does nothing has no effect, and more people come where the rate is higher" {
    design_of morris morris 6
    sweep morris
    moved morris --format csv >"$work/csv"
    grep -q '^nothing,,mu_star,0,0,0,$' "$work/csv"
    # 2 a day, for 7.2 months: 438 people in all, and from half to one and a half as many so many more.
    awk -F, '$1 == "rate" && $3 == "mu" { exit !($4 > 350 && $4 < 530) }' "$work/csv"
    says 0 '^mu_star: .*, persons$' moved morris
    says 0 '^Chance alone would give a factor a mu_star of [0-9.]* at most' moved morris
}

@test "of a part that lacks points only whole base rows and trajectories count" {
    design_of rows saltelli 32
    sweep rows -j 1 -J 3 # points 0 to 42 of 128, four a row
    says 0 '^saltelli: 10 of 32 base rows count' moved rows
    sweep rows -j 1 -J 5 # 26 points
    says 2 '102 of 128 points are missing: .* 8 base rows at least .* not 6 of 32' moved rows
    design_of walks morris 10
    sweep walks -j 1 -J 2 # points 0 to 14 of 30, three a trajectory
    says 0 '^morris: 5 of 10 trajectories count' moved walks
    sweep walks -j 1 -J 3 # 10 points
    says 2 '20 of 30 points are missing: .* 4 trajectories at least .* not 3 of 10' moved walks
}

@test "what is straight has one effect and no sigma: places in steps of ten, and a share of 1000 places" {
    sed 's/capacity: 439/capacity: 1000/' scenarios/examples/first.yaml >"$work/thousand.yaml"
    cat >"$work/straight.yaml" <<EOF
scenario: thousand.yaml
method: morris
points: 12
replications: 1
factors:
  - {name: steps, path: 'facilities[Canal house].capacity', to: 10..60, step: 10}
  - {name: share, path: 'facilities[Town prison].capacity', times: {uniform: {low: 0.5, high: 1.5}}}
EOF
    "$program" sweep "$work/straight.yaml" -o "$work/straight" -q
    # Places are the sum of both: from end to end 60 - 10 and 1000 (1.5 - 0.5) more, wherever the others stand.
    "$program" sensitivity "$work"/straight/part-*.h5 'mean(capacity, 2028)' --format csv >"$work/csv"
    for line in share,mu_star,1000 share,mu,1000 share,sigma,0 steps,mu_star,50 steps,mu,50 steps,sigma,0; do
        awk -F, -v line="$line" 'BEGIN { split(line, is, ",") }
            $1 == is[1] && $3 == is[2] && ($4 - is[3]) ^ 2 < 1e-12 { found = 1 } END { exit !found }' "$work/csv"
    done
}

@test "chance makes nothing of places, which are the same in every replication" {
    design_of places saltelli 16 'seeds: own'
    sed -i "s/{name: nothing, to: 0..1}/{name: places, path: 'facilities[Canal house].capacity', to: 10..60, step: 10}/" "$work/places.yaml"
    sweep places
    places() { "$program" sensitivity "$work"/places/part-*.h5 'mean(capacity, 2028)'; }
    says 0 '^places  *1.00  *1.00  *1.00$' places
    says 0 '^Chance makes 0[0. %]*(0[.0]* to 0[.0]*) of the variance of one replication' places
}

@test "points that are all alike have no ranks" {
    design_of alike latin_hypercube 9
    sed -i '/name: rate/d' "$work/alike.yaml"
    sweep alike
    says 2 'the outcome is the same at all points, ' moved alike
}

@test "ranks of a Latin hypercube from a merged file; a word has no rank" {
    ranks() { "$program" sensitivity "$work/hypercube.h5" 'mean(population, 2028)' "$@"; }
    # The same people at every point: the rate tells all ranks, and leaves nothing to explain.
    says 0 '^rate  *1.00  *1.00  *1.00$' ranks
    says 0 '^nothing  *-  *-  *-$' ranks
    says 0 '^nothing  *0  *0  *0$' ranks
    says 0 '^-: .*the others leave nothing to explain' ranks
    says 0 '^The factors tell every rank of the outcome' ranks
    says 0 '"measure": "prcc"' ranks --format json
    design_of few halton 5
    sweep few
    says 2 'ranks of 2 factors take 6 points at least whose outcomes are all known, not 5: sweep more points$' moved few
    design_of words latin_hypercube 40
    sed -i "s/name: nothing, to: 0..1/name: full, path: 'facilities[Canal house].when_full', to: [crowd, wait]/" "$work/words.yaml"
    sweep words
    says 2 "full: 'crowd' is a word, which has no rank" moved words
    # 439 places in the prison and 30 in the house, at all points.
    says 2 "the outcome is the same at all points, 469: ask for another number" "$program" sensitivity "$work/hypercube.h5" 'mean(capacity, 2028)'
}

@test "ranks of a list (CSV) and of a grid; points one at a time are not for factors" {
    design_of list list 1 'list: {csv: points.csv}'
    printf 'rate,nothing\n0.5,3\n0.7,1\n0.9,4\n1.1,1\n1.3,5\n1.5,9\n1.2,2\n0.6,6\n' >"$work/points.csv"
    sweep list
    says 0 '^list: 8 of 8 points count' moved list
    says 0 '^rate  *1.00  *1.00  *1.00$' moved list
    design_of grid grid 1
    sed -i -e 's/0.5..1.5/[0.5, 1, 1.5]/' -e 's/to: 0..1/to: [0, 1, 2]/' "$work/grid.yaml"
    sweep grid
    says 0 '^grid: 9 of 9 points count' moved grid
    says 0 '^rate  *1.00  *1.00  *1.00$' moved grid
    design_of one_at_a_time one_at_a_time 1
    sweep one_at_a_time
    says 2 'one_at_a_time compares points, not factors' moved one_at_a_time
}

@test "what ranks tell, less what a factor tells by chance" {
    design_of alone list 1 $'list: {csv: alone.csv}\nseeds: own'
    sed -i '/name: nothing/d' "$work/alone.yaml"
    printf '%s\n' rate 1 1.01 1.02 1.04 1.06 1.08 1.11 1.14 1.17 1.2 >"$work/alone.csv"
    sweep alone
    # One factor tells its coefficient squared, of ten points: 1 - (1 - r^2) 9 / 8, and no less than nothing.
    moved alone --format csv | awk -F, '$3 == "srrc" { r = $4 } $3 == "explained" { found = $4 }
        END { is = 1 - (1 - r * r) * 9 / 8; is = is > 0 ? is : 0; exit !(r > 0.4 && r < 1 && found > 0 && found - is < 1e-9 && is - found < 1e-9) }'
}

@test "a picture: whole, never over what is read, and of none of it if there is a fault" {
    cd "$work"
    says 0 '^rate ' "$program" sensitivity hypercube.h5 'mean(population, 2028)' -o ranks.svg
    head -c 4 ranks.svg | grep -q '^<svg'
    [ "$(tail -n 1 ranks.svg)" = '</svg>' ]
    grep -q '>What moves mean(population, 2028)</text>' ranks.svg
    grep -q '>People in prisons and houses, persons</text>' ranks.svg
    grep -q '>latin_hypercube: 40 of 40 points count, 2 replications a point; intervals of 95 %.</text>' ranks.svg
    # rate from 0 to 1: of -1 to 1 the right half of the plot
    grep -q '<rect x="508.0" y="[0-9.]*" width="192.0"' ranks.svg
    says 2 'ranks.svg is there; --force replaces it' "$program" sensitivity hypercube.h5 'mean(density)' -o ranks.svg
    says 0 . "$program" sensitivity hypercube.h5 'mean(density)' -o ranks.svg --force
    grep -q 'What moves mean(density)' ranks.svg
    says 2 'hypercube.h5 is read; write to another file' "$program" sensitivity hypercube.h5 'mean(density)' -o ./hypercube.h5 -f
    says 2 'no series or indicator' "$program" sensitivity hypercube.h5 'mean(popul)' -o none.svg
    says 3 'cannot be written' "$program" sensitivity hypercube.h5 'mean(density)' -o nowhere/ranks.svg
    [ ! -e none.svg ]
}

@test "a factor's value takes the place of what the scenario draws; times acts on the draw" {
    cat >"$work/drawn.yaml" <<'EOF'
extends: first.yaml
name: Drawn
uncertain: {'facilities[Canal house].capacity': {uniform: {low: 50, high: 100}}}
EOF
    design_of to morris 4
    sed -i -e 's/first.yaml/drawn.yaml/' -e "s/name: rate.*/name: places, path: 'facilities[Canal house].capacity', to: 10..20, step: 10}/" "$work/to.yaml"
    sweep to
    effect() { "$program" sensitivity "$work/$1"/part-*.h5 'mean(capacity, 2028)' --format csv; }
    effect to | grep -q '^places,.*,mu,10,10,10,$' # from 10 to 20 places, whatever is drawn
    effect to | grep -q '^places,.*,sigma,0,0,0,$'
    sed 's/to: 10..20, step: 10/times: 1..3/' "$work/to.yaml" >"$work/times.yaml"
    sweep times
    effect times | awk -F, '$1 == "places" && $3 == "mu" { exit !($4 > 100 && $4 < 200) }' # twice the draws
}

@test "the designs of Belgium are read, their scenario too" {
    local design
    for design in scenarios/belgium/sweeps/*.yaml; do
        grep -q '^factors:' "$design" || continue
        rm -rf "$work/belgium"
        says 0 ' 1 run now, 0 failed$' "$program" sweep "$design" -o "$work/belgium" -j 1 -J 2000
    done
}
