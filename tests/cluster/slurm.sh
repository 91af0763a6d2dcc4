#!/usr/bin/env bash
# A sweep as a job array on a real Slurm of four virtual nodes: merged, it is the sweep that one process has made, bit for
# bit, whatever happened to its tasks: nothing, a signal that time is over, a node that is gone, a disk that is full, another
# array beside it. At the end: what Slurm and the task's log tell of the node that was lost.
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
trap 'bash tests/cluster/slurm_local.sh stop "$slurm"; umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
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

submit() { # NAME DESIGN [TASKS]: an array of four tasks; its number into $job, and its parts into $parts
    parts=$odd/$1.parts
    "$program" slurm "$odd/$2.yaml" -o "$odd/$1.sh" --tasks "${3:-4}" -q && job=$(sbatch --parsable "$odd/$1.sh")
}

again() { job=$(sbatch --parsable "$odd/$1.sh"); } # NAME

until_done() { # [JOB...]: all tasks of the jobs, else of $job, have ended, within five minutes
    local i all=${*:-$job}
    for ((i = 0; i < 1500; i++)); do
        [ -n "$(squeue -h -j "${all// /,}" 2>/dev/null)" ] || return 0
        sleep 0.2
    done
    squeue -r
    return 1
}

is_whole() { # NAME DESIGN: merged, it has the bits of the one process
    "$program" merge "$parts" -o "$work/$1_merged.h5" && same "$work/$2.h5" "$work/$1_merged.h5"
}

some_points() { # TASK [TASKS]: it runs, and has finished a point
    await "$parts/part-0000$1-of-0000${2:-4}.h5.journal" 4096
}

tell() { # TASK: its shell gets the signal, as Slurm gives it before the time is over
    # The signal arrives at once; but then scancel tries again for minutes, for the task is already back in the queue.
    timeout 2 scancel --signal=USR1 --batch "${job}_$1"
    local status=$?
    [ $status = 0 ] || [ $status = 124 ]
}

node_of() { squeue -h -j "${job}_$1" -o %N; }          # TASK
restarts() { scontrol show job "${job}_$1" | grep -q 'Restarts=1 '; } # TASK

goes_on() { # TASK [POINTS]: the last run of it had less than all of its six points to do
    cat "$parts/task-$1.log"
    ! tail -n 1 "$parts/task-$1.log" | grep -q ": ${2:-6} points, ${2:-6} run now" &&
        tail -n 1 "$parts/task-$1.log" | grep -q ": ${2:-6} points, [0-9]* run now, 0 failed"
}

# The disk of the parts: small, and filled by somebody else.
small_disk() { # NAME: its parts are to go there
    mkdir "$work/disk" && mount -t tmpfs -o size=8m tmpfs "$work/disk" && ln -s "$work/disk" "$odd/$1.parts"
}
fill() { ! cat /dev/zero >"$work/disk/of_somebody_else" 2>/dev/null; }

says_full() { # TASK: one line of the program, with the file, what is wrong and what to do
    cat "$parts/task-$1.log"
    [ "$(grep -c '^doorstroom' "$parts/task-$1.log")" = 1 ] &&
        grep -q "^doorstroom sweep: .*/part-0000$1-of-00002.h5.journal: cannot be written: No space left on device; once that is mended, the same command goes on$" \
            "$parts/task-$1.log"
}

state_is() { # TASK STATE EXIT
    local shown
    shown=$(scontrol show job "${job}_$1") || return
    echo "$shown"
    grep -qw "JobState=$2" <<<"$shown" && grep -qw "ExitCode=$3" <<<"$shown"
}

nothing_counts() { # no part, whole or half, is there; and merge says so
    ls "$parts"
    [ -z "$(find "$parts/" -name '*.h5' -o -name '*.partial')" ] &&
        says 2 'there is no part of a sweep in it' "$program" merge "$parts" -o "$work/no.h5"
}

refused() { # the second array of the same design: it was told by the log, or came when the first had ended
    cat "$parts"/task-*.log
    grep -hq '/part-0000[12]-of-00002.h5.journal is being written by another run$' "$parts"/task-*.log
}

# What a person sees of a task whose node is lost.
tell_lost() { # TASK NODE
    echo "a node is lost, as slurmctld.log, scontrol and the task's log tell:"
    sed -E 's/^\[[0-9-]*T([0-9:]*)[^]]*\] /  \1 /' "$slurm/slurmctld.log" | grep -E "$2 not resp|$2.*DOWN|[Rr]equeu.*$2" | head -n 4
    scontrol show job "${job}_$1" | grep -oE 'JobState=[A-Z]*|Restarts=[0-9]*|BatchHost=[^ ]*' | tr '\n' ' ' | sed 's/^/  /'
    echo
    sed "s/^/  /; s|$work|...|" "$parts/task-$1.log"
}

script_is_clean() {
    ! command -v shellcheck >/dev/null || shellcheck "$odd/plain.sh"
}

design few 2 && design many 100 || exit 1
bash tests/cluster/slurm_local.sh start "$slurm" 4 || exit 1
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
node=$(node_of 1)
check "the node is gone" bash tests/cluster/slurm_local.sh kill-node "$slurm" "$node"
check "all tasks end, on other nodes" until_done
check "the lost task was put back" restarts 1
check "it goes on where the node left it" goes_on 1
check "with a node lost, four tasks give what one process gives" is_whole lost many
tell_lost 1 "$node"

# Three nodes are left: two for one array, and one for the other's first task.
check "an array is submitted" submit twice many 2
first=$job
check "its first task has finished a point" some_points 1 2
check "the same array is submitted beside it" again twice
check "all tasks of both end" until_done "$first" "$job"
check "the second is told that another run writes the part" refused
check "two arrays at once give what one process gives" is_whole twice many

check "two arrays of two designs are submitted" submit one few 2
one=$parts first=$job
check "the other's first task begins" submit other many 2
check "all tasks of both end" until_done "$first" "$job"
check "beside another design, the other gives what one process gives" is_whole other many
parts=$one
check "beside another design, the one gives what one process gives" is_whole one few

skipped=0
if small_disk full 2>"$work/out"; then
    check "an array on a small disk is submitted" submit full many 2
    check "its first task has finished a point" some_points 1 2
    check "its second task has finished a point" some_points 2 2
    check "somebody else fills the disk" fill
    check "all tasks end" until_done
    for task in 1 2; do
        check "task $task says that the disk is full" says_full $task
        check "task $task has failed" state_is $task FAILED 3:0
    done
    check "nothing half written counts" nothing_counts
    check "the same array begins on the full disk" again full
    check "all tasks end" until_done
    for task in 1 2; do check "task $task fails at once" state_is $task FAILED 3:0; done
    check "again nothing half written counts" nothing_counts
    rm "$work/disk/of_somebody_else"
    check "with room, the same array is submitted again" again full
    check "all tasks end" until_done
    for task in 1 2; do check "task $task goes on where the full disk left it" goes_on $task 12; done
    check "after a full disk, two tasks give what one process gives" is_whole full many
else
    echo "skip: a full disk: no small one can be mounted: $(head -c 100 "$work/out")"
    skipped=1
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
