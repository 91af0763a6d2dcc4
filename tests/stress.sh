#!/usr/bin/env bash
# Prints scenarios/belgium/STRESS.md: Belgium's scenario by the 20 items of STRESS-DES (Monks and others 2019). What is a
# number comes from the program and the scenario as they are; 'make stress' writes the file anew when they change.
set -u
cd "$(dirname "$0")/.." || exit 3
program=${BUILD:-build}/doorstroom
folder=scenarios/belgium
baseline=$folder/baseline.yaml history=$folder/history.yaml

plan() { "$program" check --quick "$1" 2>/dev/null | sed 's/^/    /'; }

# The rows of check --sources --csv, each as: first name of the path, numbers, grade. Texts go before cells are split.
rows() {
    "$program" check --sources --csv "$1" 2>/dev/null | tail -n +2 | awk -F, '{
        match($0, /[a-z_]+/); name = substr($0, RSTART, RLENGTH)
        gsub(/"([^"]|"")*"/, "Q"); if ($3 ~ /^[0-9]+$/) print name, $3, ($4 == "" ? "none" : $4) }'
}

# How many numbers of each grade, part by part and in all.
grades() {
    echo '| part | A | B | C | without a source |'
    echo '| --- | --- | --- | --- | --- |'
    rows "$1" | awk '$3 != "chosen" { if (!($1 in seen)) { order[++n] = $1; seen[$1] = 1 }
            count[$1, $3] += $2; all[$3] += $2 }
        function row(name, a, b, c, d) { printf "| %s | %d | %d | %d | %d |\n", name, a, b, c, d }
        END { for (i = 1; i <= n; i++) row("`" order[i] "`", count[order[i], "A"], count[order[i], "B"],
                  count[order[i], "C"], count[order[i], "none"])
              row("all", all["A"], all["B"], all["C"], all["none"]) }'
}

# What is assumed, in the words of its source, once each.
assumptions() {
    "$program" check --sources "$1" 2>/dev/null | awk '
        /^[A-Z]  / { said = /^C  /; if (said) { sub(/^C  /, ""); text = $0 } next }
        said && /^   [^ ]/ { sub(/^   /, ""); text = text " " $0; next }
        said && text != "" { print "- " text; text = "" }'
}

# The phases of each class, as their paths name them.
phases() {
    "$program" check --sources --csv "$1" 2>/dev/null | grep -oE 'pathways\.[^.[,"]+\[[^],]+' | awk -F'[.[]' '
        !(($2, $3) in seen) { seen[$2, $3] = 1; if (!($2 in list)) order[++n] = $2
            list[$2] = list[$2] (list[$2] == "" ? "" : ", ") $3 }
        END { for (i = 1; i <= n; i++) printf "- %s: %s\n", order[i], list[order[i]] }'
}

# A field as FILE, or what it extends, writes it on a line of its own; OTHERWISE where none does.
written() { # FILE FIELD OTHERWISE
    local text file=$1 below
    while text=$(sed -nE "s/^$2: *([^>|#]*)( #.*)?$/\1/p" "$file" | head -n 1 | tr -d '[]'); [ -z "$text" ]; do
        below=$(sed -nE 's/^extends: *([^ #]+).*/\1/p' "$file" | head -n 1)
        [ -n "$below" ] || break
        file=$(dirname "$file")/$below
    done
    echo "${text:-$3}"
}

# What check says of the run of FILE: its first and last day, how often, with which seed.
said() { # FILE PATTERN
    "$program" check --quick "$1" 2>/dev/null | tr '\n' ' ' | grep -oE "$2" | head -n 1
}
days() { said "$1" '[0-9]{4}-[0-9-]+ to +[0-9]{4}-[0-9-]+ +\([0-9]+ days?\)' | tr -s ' '; }
times() { said "$1" '[0-9]+ replications?'; }
seed() { said "$1" 'seed [0-9]+'; }

without() { # a sentence where numbers have no source
    local count
    count=$("$program" check --sources "$1" 2>/dev/null | sed -nE 's/^.* ([0-9]+) without a source$/\1/p')
    [ "${count:-0}" -eq 0 ] || echo "$count numbers name no source in the scenario itself; README.md says in words what they rest on."
}

cat <<END
# Belgium by STRESS-DES

The 20 items of the STRESS-DES checklist: T. Monks, C. S. M. Currie, B. S. Onggo, S. Robinson, M. Kunc and S. J. E.
Taylor, "Strengthening the reporting of empirical simulation studies: introducing the STRESS guidelines", Journal of
Simulation 13(1), 2019, 55-67. Written by \`make stress\` from the program and the scenarios as they are.

## 1. Objectives

**1.1 Purpose of the model.** To compare what can be done about the overcrowding of Belgium's prisons: houses, laws,
measures, fewer or other arrests. The question of the baseline:
$(written $baseline description "what happens if nothing is added?") \`history.yaml\` runs the past and is held
against its counts. The model is one of numbers of people and says nothing about a single person.

**1.2 Model outputs.** By day, week, month or year, of the nation, its regions and each facility: people by legal
status, places, beds, people on the floor, occupancy, person-days above capacity, entries, releases, moves, waits,
houses on their way and open, costs. Means over time are time integrals, flows are counts. Each series and its
definition: \`doorstroom explain\`; unit and definition stand beside it in the result. First looked at are people
inside, above the places and on the floor.

**1.3 Aims of experimentation.** Two runs, the baseline and the history, and any scenario laid over the baseline
(\`extends\`), which has the same people, the same draws and the same chance, so that a difference is the
scenario's. Targets and what was got: README.md.

## 2. Logic

**2.1 Base model overview diagram.**

    courts, by region --arrivals--> police custody --next round--> prison (arrest, mixed)
                                                                      |
              +----------------+------------------+------------------+---------------+
              |                |                  |                  |               |
        prison for       detention house    transition house   forensic centre   home: electronic
        sentences        (screening,        (last months,      (internees,       monitoring, leave
        (allocation)     turn)              turn)              turn)                 |
              |                |                  |                  |               |
              +----------------+---------+--------+------------------+---------------+
                                         |
                    an exit: $(written $baseline exits "the exits of the scenario")

**2.2 Base model logic.** models/README.md (ODD): people go through phases with a legal status; inside a facility
events happen at their own moment; once a day a placement office answers what was asked: entries by the courts'
weights, houses, centres, prisons for sentences, balance between prisons.

**2.3 Scenario logic.** An overlay changes values by path, adds and drops: laws by date, measures with triggers and
limits, projects that become houses, intake. What is not known may be drawn for each replication, the same in every
scenario.

**2.4 Algorithms.** Formulas of each submodel: models/README.md, Details. Arrivals: thinning of a Poisson field. The
stock: people met on a random day, length-biased stays. Crowding in four parts: maximum flows. The engine: logical
processes in windows of one round.

**2.5 Components.**

- *Entities*: people, with class, region, sex, age, need, exclusions, right to stay, sentence. Classes of the
  baseline and the phases that they go through:

$(phases $baseline | sed 's/^/  /')

- *Activities*: the phases, whose stay is a distribution, a part of the sentence or the time of a desk; screening
  for a house; hand-off of a place.
- *Resources*: places and beds of facilities, desks, seats in vans, bracelets of a measure.
- *Queues*: for allocation, detention houses, transition houses, forensic centres and units, by priority and date;
  at desks and doors in order of coming. A prison does not queue: it crowds.
- *Entry and exit points*: streams of arrivals by class and region; the exits above.

The baseline in numbers:

$(plan $baseline)

The history:

$(plan $history)

## 3. Data

**3.1 Data sources.** Grade A is a published figure, B is derived from published figures, C is an assumption. The
numbers of the baseline by grade, as \`doorstroom check $baseline --sources\` counts them (a value by date counts
once for each date):

$(grades $baseline)

And of the history, with what it extends:

$(grades $history)

Each number with its source: the same command. Addresses of the counts: \`counts/\`.

**3.2 Pre-processing.** README.md tells how stays, shares, weights and levels were fitted to the counts, and which
capacities were scaled.

**3.3 Input parameters.** All of them, with value, grade and source: \`doorstroom check $baseline --sources --csv\`.
What each means, its unit, range and default: models/PARAMETERS.md.

**3.4 Assumptions.** What the numbers of grade C rest on, in the words of their sources:

$(assumptions $baseline)

$(without $baseline)
What the model leaves out: models/README.md, What is not modelled; what this scenario misses: README.md.

## 4. Experimentation

**4.1 Initialisation.** The baseline starts on $(days $baseline | cut -c 1-10) with the people counted on that day
($(rows $baseline | awk '$1 == "stock" { n += $2 } END { print n + 0 }') numbers in its stock), each met on a random
day of a phase; no warm-up: none is needed where the stock is in balance, and where it is not, that is the
country's. The history starts on $(days $history | cut -c 1-10).

**4.2 Run length.** Baseline: $(days $baseline); history: $(days $history).

**4.3 Estimation approach.** $(times $baseline) of the baseline, $(times $history) of the history. Means with
Student's intervals over replications; where replications share a draw of what is uncertain, the draw is the unit.
Scenarios are compared replication by replication: they share all random numbers.

## 5. Implementation

**5.1 Software.** $("$program" --version), C17, GPL-3.0-or-later. Libraries: GSL, HDF5, libyaml, libcsv, SLEEF,
Random123, libdeflate, nettle, jansson, libunistring (versions stand in every result).

**5.2 Random sampling.** Philox, a counter-based generator (Random123). A stream is named by (seed, replication,
purpose, who, which time), so that no draw depends on another. The baseline has $(seed $baseline), the history
$(seed $history). Distributions by the inverse or the methods of GSL.

**5.3 Model execution.** Events within a window of one round, process by process (a facility each), by any number of
threads; at its end the day's row and the office's round. The same bits for any number of threads, gcc and clang.

**5.4 System specification.** Any x86-64 Linux. A replication of the baseline takes a fraction of a second and a few
tens of MB; \`doorstroom check\` tells for the machine at hand, before a run, how long and how much.

## 6. Code access

**6.1 Computer model sharing statement.** Program, scenarios, counts and tests are one repository (CITATION.cff),
free software. A result holds the scenario's text, the seed and the versions: \`doorstroom provenance RESULT.h5
--export\` gives back what to run it again with.
END
