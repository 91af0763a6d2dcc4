#!/usr/bin/env bash
# A sweep as a job array on a real Slurm of two virtual nodes: merged, it is the sweep that one process has made, bit for
# bit, whatever happened to its tasks: nothing, a signal that time is over, a node that is gone.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=${BUILD:-build}/doorstroom
if ! command -v sbatch slurmctld slurmd scontrol >/dev/null; then
    echo "skip: a sweep on Slurm: slurm-wlm is not installed"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
work=$(mktemp -d)
slurm=$work/slurm
mkdir "$slurm"
trap 'bash tests/cluster/slurm_local.sh stop "$slurm"; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
. tests/support.sh

# The paths have what a shell and sbatch could stumble over.
odd="$work/it's 5 %a \"#"
mkdir "$odd"

design() { # NAME REPLICATIONS: 24 points
    cat >"$odd/$1.yaml" <<END
scenario: $PWD/scenarios/examples/first.yaml
replications: $2
factors:
  - {path: 'intake[short].rate', times: [0.8, 0.9, 1, 1.1, 1.2, 1.3]}
  - {path: house_selection.suitable, to: [10 %, 20 %, 30 %, 40 %]}
END
    "$program" sweep "$odd/$1.yaml" -o "$work/$1" -t 2 -q && "$program" merge "$work/$1" -o "$work/$1.h5" -q
}

submit() { # NAME DESIGN: an array of four tasks; its number into $job, and its parts into $parts
    parts=$odd/$1.parts
    "$program" slurm "$odd/$2.yaml" -o "$odd/$1.sh" --tasks 4 -q && job=$(sbatch --parsable "$odd/$1.sh")
}

until_done() { # all tasks of $job have ended, within five minutes
    local i
    for ((i = 0; i < 1500; i++)); do
        [ -n "$(squeue -h -j "$job" 2>/dev/null)" ] || return 0
        sleep 0.2
    done
    squeue -r
    return 1
}

is_whole() { # NAME DESIGN: merged, it has the bits of the one process
    "$program" merge "$parts" -o "$work/$1_merged.h5" && same "$work/$2.h5" "$work/$1_merged.h5"
}

some_points() { # TASK: it runs, and has finished a point
    await "$parts/part-0000$1-of-00004.h5.journal" 4096
}

tell() { # TASK: its shell gets the signal, as Slurm gives it before the time is over
    # The signal arrives at once; but then scancel tries again for minutes, for the task is already back in the queue.
    timeout 2 scancel --signal=USR1 --batch "${job}_$1"
    local status=$?
    [ $status = 0 ] || [ $status = 124 ]
}

node_of() { squeue -h -j "${job}_$1" -o %N; }          # TASK
restarts() { scontrol show job "${job}_$1" | grep -q 'Restarts=1 '; } # TASK

goes_on() { # TASK: the last run of it had less than all of its six points to do
    cat "$parts/task-$1.log"
    grep -qE ': 6 points, [0-5] run now, 0 failed' "$parts/task-$1.log"
}

script_is_clean() {
    ! command -v shellcheck >/dev/null || shellcheck "$odd/plain.sh"
}

design few 2 && design many 100 || exit 1
bash tests/cluster/slurm_local.sh start "$slurm" 2 || exit 1
export SLURM_CONF=$slurm/slurm.conf

check "an array is submitted" submit plain few
check "its script is one that shellcheck takes" script_is_clean
check "outside Slurm it says what it is for" says 2 'this script is for Slurm: sbatch' bash "$odd/plain.sh"
check "all tasks end" until_done
check "four tasks give what one process gives" is_whole plain few

check "an array to be told is submitted" submit told many
check "a task has finished a point" some_points 1
check "its shell is told that time is over" tell 1
check "all tasks end, the told one too" until_done
check "the task was put back" restarts 1
check "it kept what was finished" grep -qE 'stopped; [1-5] of 6 points are finished' "$parts/task-1.log"
check "it goes on where it was" goes_on 1
check "told, four tasks give what one process gives" is_whole told many

check "an array to lose a node is submitted" submit lost many
check "a task on the node has finished a point" some_points 1
check "the node is gone" bash tests/cluster/slurm_local.sh kill-node "$slurm" "$(node_of 1)"
check "all tasks end, on the other node" until_done
check "the lost task was put back" restarts 1
check "it goes on where the node left it" goes_on 1
check "with a node lost, four tasks give what one process gives" is_whole lost many

echo "$passed passed, $failed failed"
[ $failed = 0 ]
