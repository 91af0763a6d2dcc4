# slurm: a sweep as a job script, without a Slurm (tests/cluster/slurm.sh has one).
load support

setup_file() {
    cd "$BATS_TEST_DIRNAME/../.." || exit 3
    export work=$BATS_FILE_TMPDIR
    cat >"$work/design.yaml" <<END
scenario: $PWD/scenarios/examples/first.yaml
replications: 2
factors: [{path: 'intake[short].rate', times: [0.8, 0.9, 1, 1.1, 1.2]}]
END
}

slurm() { "$program" slurm "$work/design.yaml" "$@"; }

@test "the closing line says what comes next, as a shell takes it" {
    mkdir -p "$work/it's here"
    says 0 '^5 points in 1 task of up to 5, each 10 min and 200 MB on 1 core; next:$' slurm -o "$work/it's here/job.sh"
    says 0 "^  sbatch '$work/it'.''s here/job.sh'$" slurm -o "$work/it's here/job.sh" -f
    says 0 "^  $(realpath "$program") merge '$work/it'.''s here/job.parts' -o ALL.h5$" slurm -o "$work/it's here/job.sh" -f
    [ -d "$work/it's here/job.parts" ]
    bash -n "$work/it's here/job.sh"
    [ -z "$(slurm -o "$work/it's here/job.sh" -f -q)" ]
}

@test "tasks, time and cores are as they are asked for" {
    slurm -o "$work/asked.sh" --tasks 3 --time '90 min' -t 2 -q
    for line in --array=1-3 --time=01:30:00 --cpus-per-task=2; do grep -qx "#SBATCH $line" "$work/asked.sh"; done
}

@test "the script runs a task of the sweep where Slurm says which" {
    slurm -o "$work/three.sh" --tasks 3 -q
    SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_JOB_ID=1 bash "$work/three.sh"
    [ "$(ls "$work/three.parts")" = part-00002-of-00003.h5 ]
    says 1 'run these tasks of 3 again: --array=1,3$' "$program" merge "$work/three.parts" -o "$work/three.h5"
    says 2 "^this script is for Slurm: sbatch $work/three.sh$" bash "$work/three.sh"
}

@test "a task that is killed says what to type for twice the memory, and goes on" {
    sed 's/replications: 2/replications: 2000/' "$work/design.yaml" >"$work/killed.yaml"
    "$program" slurm "$work/killed.yaml" -o "$work/killed.sh" --tasks 1 -q
    SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_JOB_ID=1 SLURM_MEM_PER_NODE=300 SLURM_RESTART_COUNT=2 bash "$work/killed.sh" >"$work/said" 2>&1 &
    await "$work/killed.parts/part-00001-of-00001.h5.journal" 4096
    kill -9 "$(pgrep -P $!)"
    wait $! || [ $? -eq 137 ]
    grep -q "^task 1 was killed, most often for want of memory; with twice as much: sbatch --mem=600M --array=1 $work/killed.sh$" "$work/said"
    grep -q "^[0-9-]* [0-9:]* task 1 of 1 begins on .*, restart 2$" "$work/said"
    ! SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_JOB_ID=1 bash "$work/killed.sh" 2>&1 | grep -q ' 5 run now'
}

@test "a task whose time was too short for a point is not put back into the queue" {
    mkdir -p "$work/bin"
    printf '#!/bin/sh\necho "scontrol $*"\n' >"$work/bin/scontrol"
    chmod +x "$work/bin/scontrol"
    sed 's/replications: 2/replications: 100000/' "$work/design.yaml" >"$work/slow.yaml"
    "$program" slurm "$work/slow.yaml" -o "$work/slow.sh" --tasks 1 -q
    PATH=$work/bin:$PATH SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_JOB_ID=7 bash "$work/slow.sh" >"$work/said" 2>&1 &
    await "$work/slow.parts/part-00001-of-00001.h5.journal"
    kill -USR1 $!
    wait $! || [ $? -eq 3 ]
    grep -q 'none of the 5 points left was finished in the time that was given: give more time$' "$work/said"
    ! grep -q scontrol "$work/said"
}

@test "a design is found from where its link lies" {
    mkdir -p "$work/linked" "$work/far"
    cp scenarios/examples/first.yaml "$work/linked/near.yaml"
    sed 's/^scenario: .*/scenario: near.yaml/' "$work/design.yaml" >"$work/far/design.yaml"
    ln -s ../far/design.yaml "$work/linked/design.yaml"
    "$program" slurm "$work/linked/design.yaml" -o "$work/linked/job.sh" -q
    SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_JOB_ID=1 bash "$work/linked/job.sh"
    [ -e "$work/linked/job.parts/part-00001-of-00001.h5" ]
}

@test "nothing is written over, and what cannot be is refused" {
    echo mine >"$work/mine.sh"
    says 2 'mine.sh is there; --force replaces it$' slurm -o "$work/mine.sh"
    [ "$(cat "$work/mine.sh")" = mine ]
    says 2 'is read; write to another file$' slurm -o "$work/design.yaml" -f
    says 2 'where does the job script go? give -o job.sh$' slurm
    says 2 'at most one for each' slurm -o "$work/no.sh" --tasks 6
    says 2 'at least 3 min$' slurm -o "$work/no.sh" --time '2 min'
    says 2 'at least 3 min$' slurm -o "$work/no.sh" --time soon
    says 2 'give another name$' slurm -o "$work/a
b.sh"
    says 3 'No such file' slurm -o "$work/nowhere/job.sh"
    [ ! -e "$work/no.sh" ] && [ ! -e "$work/no.parts" ]
}
