#!/usr/bin/env bash
# Where a result may go and where not, links, locks and file systems without them, sizes, closed outputs; stops at
# any moment; hints that can be pasted; how many threads are used.
set -u
cd "$(dirname "$0")/.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
small=$PWD/tests/data/models/small.yaml
long=$PWD/tests/data/models/long.yaml
source_folder=$PWD/tests
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
source tests/support.sh
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" # a library is preloaded before its own
gcc -shared -fPIC -O1 -o "$work/no_locks.so" "$source_folder/faults/no_locks.c" || exit 3
cd "$work" || exit 3
run() { "$program" run "$small" -r 2 -t 1 -q "$@"; }
run -o base.h5 || exit 1

# A symbolic link is followed, and stays; what lies beside the result lies beside its target.
mkdir sub other
run -s 99 -o sub/file.h5 || exit 1
ln -s sub/file.h5 file.h5
ln -s sub/new.h5 dangling.h5
ln -s ../sub/chain.h5 other/second.h5
ln -s other/second.h5 chain.h5
linked() { # LINK TARGET
    run -o "$1" -f && [ -L "$1" ] && [ ! -L "$2" ] && same base.h5 "$2" && same base.h5 "$1"
}
check "a link to a file" linked file.h5 sub/file.h5
check "a link to where nothing is yet" linked dangling.h5 sub/new.h5
check "a link to a link in another folder" linked chain.h5 sub/chain.h5
check "a link to a result that is there" says 3 "sub/file.h5 is there already" run -o file.h5
ln -s loop_b loop_a
ln -s loop_a loop_b
check "links that go round" says 3 "Too many levels of symbolic links" run -o loop_a
ln -s nowhere/x.h5 lost.h5
check "a link into a folder that is not there" says 3 "nowhere/x.h5 cannot be created" run -o lost.h5
beside() { # the journal lies beside the target while the run goes on
    rm -f sub/new.h5
    "$program" run "$long" -r 1 -t 1 -q -o dangling.h5 &
    await sub/new.h5.journal
    kill -TERM $!
    wait $!
    [ -e sub/new.h5.journal ] && [ ! -e dangling.h5.journal ]
}
check "the journal of a link" beside
rm -f sub/new.h5.journal

# What cannot hold a result is refused before anything is simulated (the scenario takes minutes).
mkfifo pipe
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")' 2>/dev/null
refuse() { timeout 60 "$program" run "$long" -r 1 -t 1 -q -o "$@"; }
check "a device" says 2 "/dev/null is a device" refuse /dev/null -f
check "a folder" says 2 "sub is a folder; give a file in it, say sub/result.h5" refuse sub -f
check "a name that ends as a folder" says 2 "sub/ names a folder" refuse sub/
check "standard output" says 2 "cannot go to standard output" refuse -
check "an empty name" says 2 "name is empty" refuse ''
check "a pipe" says 2 "pipe is a pipe" refuse pipe -f
[ -S socket ] && check "a socket" says 2 "socket is a socket" refuse socket -f
cp "$small" mine.yaml
ln -s mine.yaml mine.h5
kept() { # a scenario, a table or a text is never taken for a result, nor through a link
    says 2 "mine.yaml is no result" refuse "$1" -f && cmp -s mine.yaml "$small"
}
check "a file that is no result" kept mine.yaml
check "a link to a file that is no result" kept mine.h5
: >empty.h5
check "an empty file" run -o empty.h5 -f
check "a folder that is not there" says 3 "none/x.h5 cannot be created: the folder none: No such" refuse none/x.h5
check "a file as a folder" says 3 "cannot be created: the folder base.h5: Not a directory" refuse base.h5/x.h5
check "a name of 5,000 bytes" says 2 "has 5000 bytes" refuse "$(printf '%05000d' 0)"
check "a name of 255 bytes" says 3 "File name too long" refuse "$(printf '%0255d' 0)"
if [ "$(id -u)" != 0 ]; then
    mkdir shut && chmod a-w shut
    check "a folder that cannot be written in" says 3 "Permission denied" refuse shut/x.h5
elif [ -w /proc ] && ! touch /proc/doorstroom 2>/dev/null; then
    check "a folder that takes no file" says 3 "cannot be created" refuse /proc/doorstroom.h5
fi
check "nothing is left by what was refused" test -z "$(find . -name '*.partial' -o -name '*.journal' -o -name '*.lock')"

# Locks.
"$program" run "$long" -r 1 -t 1 -q -o held.h5 2>/dev/null &
holder=$!
await held.h5.journal
check "a result that another run writes" says 3 "held.h5.journal is being written by another run" refuse held.h5 -f
kill -TERM $holder
wait $holder
rm -f held.h5*
exec 8<base.h5
flock -x 8
check "a result open for writing elsewhere" says 3 "base.h5 is open for writing in another program" refuse base.h5 -f
check "and read meanwhile" says 3 "base.h5 is open for writing in another program" "$program" show base.h5
exec 8<&-
for error in 37 38 95; do # ENOLCK, ENOSYS, EOPNOTSUPP
    without() { LOCK_ERROR=$error LD_PRELOAD=$work/no_locks.so "$@"; }
    check "error $error of flock" says 0 "the file system has no locks: n$error.h5.lock stands in" without run -o n$error.h5
    check "error $error: the same result" same base.h5 n$error.h5
    check "error $error: read without locks" without "$program" diff base.h5 n$error.h5
    check "error $error: no lock file is left" test ! -e n$error.h5.lock
done
LOCK_ERROR=37 LD_PRELOAD=$work/no_locks.so "$program" run "$long" -r 1 -t 1 -q -o n.h5 2>/dev/null &
holder=$!
await n.h5.lock && await n.h5.journal
check "a lock file keeps others away" says 3 "n.h5.lock: process $holder on .* is writing this result" refuse n.h5 -f
check "those too that have no locks" says 3 "n.h5.lock: process $holder on" without refuse n.h5 -f
kill -KILL $holder
wait $holder 2>/dev/null
check "one that was left says how to go on" says 3 "n.h5.lock was left by process $holder, which has ended; delete it" refuse n.h5 -f
rm n.h5.lock
check "and then it goes on" without run -o n.h5 -f
check "a lock file of another machine" says 3 "process 7 on elsewhere is writing" \
    bash -c 'echo "elsewhere 7" >m.h5.lock; "$@"' _ "$program" run "$small" -r 2 -q -o m.h5

# A whole result is not gone on with: it is this run's, or has other replications, or is another run's.
check "a whole result" says 3 "base.h5 is complete; --force" run -o base.h5 --resume
check "with fewer replications than are asked for" says 3 "complete with replications 0..1, and 0..4 are asked for" \
    "$program" run "$small" -r 5 -q -o base.h5 --resume
check "a whole result of another run" says 3 "base.h5 is the result of another run" run -s 99 -o base.h5 --resume
cp base.h5 damaged.h5
printf '\xff\x00\xff\x55' | dd of=damaged.h5 bs=1 seek=0 conv=notrunc status=none
check "what is no result" says 2 "damaged.h5" run -o damaged.h5 --resume
check "and is still there" test -s damaged.h5

# The closing line tells events, and what they took where there are enough of them.
check "few events are counted" says 0 "^few.h5: 1 replication, [0-9]* events* in [0-9.]* s; id" \
    "$program" run "$small" -r 1 -o few.h5

# A file that may not grow.
for blocks in 1 8 64 200 400; do
    limited() { (ulimit -f $blocks; run -o limit.h5); }
    rm -f limit.h5*
    check "ulimit -f $blocks" says 3 "File too large" limited
    check "ulimit -f $blocks leaves no half result" test ! -e limit.h5 -a ! -e limit.h5.partial
    check "ulimit -f $blocks, resumed" run -o limit.h5 --resume
    check "ulimit -f $blocks, the same" same base.h5 limit.h5
done

# Outputs that take nothing.
closed() { "$@" >&-; }
full() { "$@" >/dev/full; }
broken() { # whoever read has gone before the program begins
    local status
    exec 7> >(exec true)
    wait $!
    "$@" >&7
    status=$?
    exec 7>&-
    return $status
}
left() { # COMMAND...: as it ends with an output, and silently
    local got=0 expected=0
    "$@" >/dev/null 2>usual || expected=$?
    broken "$@" 2>errors || got=$?
    [ $got -eq $expected ] && cmp usual errors
}
# A reader that has gone has what it wanted; all else is a failure, and is not one of memory.
for command in explain -h --manual --completion --version "check -k $small" "show base.h5" "diff base.h5 n.h5" "run -h" \
    "explain indicators" "explain --schema" "explain --parameters" "compare base.h5 base.h5 --format json" "trace $small" \
    "compare base.h5 base.h5 --format csv" "compare base.h5 base.h5 --format markdown" "check --sources $small"; do
    for way in closed full; do
        # shellcheck disable=SC2086
        check "$command, $way output" says 3 "^doorstroom: standard output cannot be written" $way "$program" $command
    done
    # shellcheck disable=SC2086
    check "$command, a reader that has gone" left "$program" $command
done
check "a fault counts before the output" says 2 "nothere.yaml" closed "$program" check nothere.yaml
check "a run with a closed output keeps its result whole" bash -c \
    '"$1" run "$2" -r 2 -t 1 -o quiet.h5 >&- 2>/dev/null; "$1" diff base.h5 quiet.h5' _ "$program" "$small"

# Stops are seen within a second, in a run and in the trial of a check; what was finished is kept. A machine that does
# something else besides may take three.
catches() { # PID SIGNAL: has the program set its handler?
    local mask
    mask=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status") && ((16#${mask: -8} >> ($(kill -l "$2") - 1) & 1))
}
stopped_in() { # SIGNAL SECONDS COMMAND...: its status; fails when it takes too long to end
    local signal=$1 seconds=$2 start status i
    shift 2
    "$@" &
    for ((i = 0; i < 6000; i++)); do catches $! "$signal" && break || sleep 0.01; done
    sleep "$seconds"
    start=$(date +%s%N)
    kill "-$signal" $!
    wait $!
    status=$?
    [ $(($(date +%s%N) - start)) -lt "${PATIENCE:-3000000000}" ] || return 99
    return $status
}
for at in 0.1 0.5 1.5; do
    rm -f stop.h5*
    check "INT after $at s" says 130 "" stopped_in INT $at "$program" run "$long" -r 1 -t 1 -q -o stop.h5
    rm -f stop.h5*
    check "TERM after $at s" says 143 "" stopped_in TERM $at "$program" run "$long" -r 1 -t 2 --split facilities -q -o stop.h5
done
check "a stopped run keeps its journal" test -e stop.h5.journal
mkdir temporary
trial() { TMPDIR=$work/temporary stopped_in "$1" 0.4 "$program" check "$long"; }
check "TERM in a trial" says 143 "stopped" trial TERM
check "INT in a trial" says 130 "stopped" trial INT
cases() { TMPDIR=$work/temporary stopped_in TERM 0.5 "$program" validate --from "$source_folder/../scenarios/published"; }
check "TERM among published cases" says 143 "stopped" cases
check "a stopped trial leaves nothing" test -z "$(ls -A temporary)"
check "nor a process" bash -c '! pgrep -f "$1 check"' _ "$program"

# The hint can be pasted, whatever the names.
mkdir "it's \$HOME"
cp "$small" "it's \$HOME/a \"b\" c.yaml"
pasted() { # OPTIONS...: stop a run of many replications, paste its hint with fewer
    rm -f ./*odd*
    "$program" run "it's \$HOME/a \"b\" c.yaml" -q -t 1 -r 300 -o "odd; name's.h5" "$@" 2>said &
    await "odd; name's.h5.journal"
    kill -TERM $!
    wait $!
    hint=$(sed -n 's/.*go on with: //p' said)
    [ "$(grep -o -- --resume <<<"$hint" | wc -l)" = 1 ] || { echo "hint: $hint"; return 1; }
    bash -c "${hint/-r 300/-r 2}" && same --common base.h5 "odd; name's.h5"
}
check "a hint with quotes" pasted
check "a hint of a run that was resumed" pasted --resume
check "a hint behind --" pasted --force --

# Threads: more than the work or the cores are said, and do not crawl.
cores=$(nproc)
threads() { env "$@" "$program" run "$small" -r 2 -q -f -o t.h5; }
timed() { timeout 300 "$program" run "$small" -r 2 -t 999 -q -f -o t.h5 --split "$1"; }
check "999 threads for two replications" says 0 "999 threads are too many: $((4 * cores)) are used" timed replications
check "999 threads for ten sites" says 0 "999 threads are too many" timed facilities
check "the same result" same base.h5 t.h5
check "more than there is work for" says 0 "more than there is work for: 1 is used, one for each replication" \
    "$program" run "$small" -r 1 -t 2 --split replications -q -f -o t.h5
check "a cluster's setting" says 0 "7777 threads are too many" threads SLURM_CPUS_PER_TASK=7777 OMP_NUM_THREADS=8888
check "OpenMP's setting" says 0 "8888 threads are too many" threads OMP_NUM_THREADS=8888
check "a setting that is no number" says 0 "SLURM_CPUS_PER_TASK: expected a number of threads, found '2x'" threads SLURM_CPUS_PER_TASK=2x
check "another" says 0 "OMP_NUM_THREADS: expected a number of threads, found 'many'" threads OMP_NUM_THREADS=many
check "a limit" says 0 "2 threads are too many: 1 are used, OMP_THREAD_LIMIT" \
    env OMP_THREAD_LIMIT=1 "$program" run "$small" -r 2 -t 2 -q -f -o t.h5
quiet() { threads "$@" 2>&1 | grep . && return 1; return 0; }
check "a list of OpenMP's" quiet OMP_NUM_THREADS=1,2
check "a setting within the cores" quiet SLURM_CPUS_PER_TASK=1 OMP_NUM_THREADS=7777
echo "$passed passed, $failed failed, ${skipped:-0} skipped"
[ $failed -eq 0 ]
