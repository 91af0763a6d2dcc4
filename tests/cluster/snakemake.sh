#!/usr/bin/env bash
# A sweep as a workflow of Snakemake: merged, it is the sweep that one process has made, bit for bit, whatever happened:
# nothing, a kill of all or of the tasks, a run that is forced, a cluster that ends jobs. A point that fails leaves the others.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
tests=$PWD/tests/cluster
workflow=$PWD/scenarios/examples/scripts/Snakefile
if ! command -v snakemake >/dev/null; then
    echo "skip: a sweep as a workflow: snakemake is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
work=$(mktemp -d)
group= # of the workflow that runs
slurm=$work/slurm
trap 'bash "$tests/slurm_local.sh" stop "$slurm"; [ -z "$group" ] || kill -9 -- "-$group"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
. tests/support.sh
export PATH=${program%/*}:$PATH XDG_CACHE_HOME=$work/cache
odd="$work/it's a folder"
mkdir "$odd" && cp scenarios/examples/first.yaml "$odd" && cd "$odd" || exit 3

cat >base.yaml <<END
extends: first.yaml
name: What the design names, and what that extends
END
cat >design.yaml <<END
scenario: base.yaml
replications: 60
factors:
  - {path: 'intake[short].rate', times: [0.8, 0.9, 1, 1.1, 1.2, 1.3]}
  - {path: house_selection.suitable, to: [10 %, 20 %, 30 %, 40 %]}
END
sed 's/to: .*/to: [10 %, 20 %, 30 %, 140 %]}/; s/60/2/' design.yaml >fails.yaml

flow() { # FOLDER OPTIONS...: the workflow of three tasks in a folder of its own
    local folder=$1
    shift
    mkdir -p "$folder" && (cd "$folder" && snakemake -s "$workflow" -c2 "$@" --config design=../design.yaml tasks=3)
}

begin() { # FOLDER: and go on here once a task has finished a point
    mkdir -p "$1"
    (cd "$1" && exec setsid snakemake -s "$workflow" -c2 --config design=../design.yaml tasks=3) >"$1.log" 2>&1 &
    group=$!
    await "$1/design-in-3/part-00001-of-00003.h5.journal" 4096
}

is_whole() { same whole.h5 "$1/design.h5"; } # FOLDER
kept() { [ ! -e "$1/design-in-3/task-1.done" ] && [ -s "$1/design-in-3/part-00001-of-00003.h5.journal" ]; } # FOLDER

kill_all() { # at any moment, and what the workflow has locked
    kill -9 -- "-$group"
    wait "$group"
    group=
    flow killed --unlock
}

kill_task() { # both that run; the workflow ends by itself, and badly
    kill -9 $(pgrep -g "$group" -x doorstroom) && ! wait "$group" && group=
}

# Each task is a job of Slurm; those that run once a point is finished are cancelled, and begun again.
on_slurm() {
    bash "$tests/slurm_local.sh" start "$slurm" 2 || return
    export SLURM_CONF=$slurm/slurm.conf
    mkdir "$work/cluster" # Snakemake's jobs want a path without quotes
    (cd "$work/cluster" && exec setsid snakemake -s "$workflow" -j 3 --retries 2 --latency-wait 20 \
        --cluster-sync 'sbatch --wait -c {threads} --mem {resources.mem_mb} --time {resources.runtime}' \
        --config "design=$odd/design.yaml" tasks=3 mem_mb=300) >cluster.log 2>&1 &
    group=$!
    await "$work/cluster/design-in-3/part-00001-of-00003.h5.journal" 4096 && scancel --me --state=RUNNING && wait "$group" && group=
    local status=$?
    cat cluster.log
    return $status
}

goes_on_there() {
    cat "$work"/cluster/slurm-*.out
    grep -qhE 'part-00001.*: 8 points, [1-7] run now, 0 failed' "$work"/cluster/slurm-*.out
}

goes_on() { # FOLDER: all eight points of a task were to do, and less were left
    flow "$1" >"$1.log" 2>&1 || return
    grep points "$1.log"
    grep -qE 'part-00001.*: 8 points, [1-7] run now, 0 failed' "$1.log"
}

fails() { # RUN NOW: so many of the eight points of each of the three tasks, and nothing is merged
    (cd failing && ! snakemake -s "$workflow" -c2 -k --config design=../fails.yaml tasks=3) >failing.log 2>&1
    cat failing.log
    [ "$(grep -c "8 points, $1 run now, 2 failed" failing.log)" = 3 ] && [ ! -e failing/fails.h5 ] &&
        [ "$(ls failing/fails-in-3/part-*.h5 | wc -l)" = 3 ]
}

runs_no_point() { # when all tasks are begun once more
    flow plain -F >plain.log 2>&1 || return
    cat plain.log
    [ "$(grep -c '8 points, 0 run now, 0 failed' plain.log)" = 3 ]
}

"$program" sweep design.yaml -o whole -t 2 -q && "$program" merge whole -o whole.h5 -q || exit 1

check "three tasks run" flow plain
check "they give what one process gives" is_whole plain
check "begun again, nothing is done" says 0 'Nothing to be done' flow plain
check "forced to, it runs no point that is there" runs_no_point
check "and still gives it" is_whole plain
echo 'seed: 12' >>first.yaml
check "parts of another scenario are refused" says 1 'is of another sweep: its design, scenario' flow plain
sed -i '$d' first.yaml

check "a workflow to be killed runs" begin killed
check "all of it is killed" kill_all
check "the journal stays" kept killed
check "it goes on where it was" goes_on killed
check "killed, it gives what one process gives" is_whole killed

check "a workflow whose tasks are to be killed runs" begin lost
check "the tasks are killed, and it says so" kill_task
check "the journal stays behind a task" kept lost
check "begun again, the task goes on" goes_on lost
check "with lost tasks, it gives what one process gives" is_whole lost

mkdir failing
check "points that fail leave the others" fails 6
check "which are not run again" fails 0

check "what --config takes is told" says 1 'config task=3: expected such as design=sweep.yaml tasks=4' snakemake -s "$workflow" -c1 --config task=3
check "a number is a number" says 1 'config tasks=x: expected such as' snakemake -s "$workflow" -c1 --config tasks=x
check "a design that is not there is named" says 1 'no.yaml' snakemake -s "$workflow" -c1 --config design=no.yaml

skipped=0
if command -v sbatch slurmctld slurmd scancel >/dev/null; then
    check "on Slurm all tasks end, the cancelled ones too" on_slurm
    check "a cancelled task goes on" goes_on_there
    check "Slurm's jobs give what one process gives" is_whole "$work/cluster"
else
    echo "skip: a workflow on Slurm: slurm-wlm is not installed"
    skipped=1
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
