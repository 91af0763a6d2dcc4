#!/usr/bin/env bash
# What `compare` and `show ADDRESS` print of Belgium is what h5py, numpy and scipy work out from the files; and it takes no
# longer than h5py takes to read those variables on one core.
set -u
cd "$(dirname "$0")/../.." || exit 3
program=$PWD/${BUILD:-build}/doorstroom
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source tests/support.sh
for name in baseline emergency-law; do
    "$program" run scenarios/belgium/$name.yaml -r 30 -q -o "$work/$name.h5" || exit 1
done
for other in emergency-law; do
    check "$other beside the baseline" /usr/bin/python3 tests/with/compare.py "$program" "$work/baseline.h5" "$work/$other.h5"
    tail -n 1 "$work/out"
done
cat >"$work/time.py" <<'END'
import resource, subprocess, sys
import h5py
program, *paths = sys.argv[1:]
NAMES = ("population", "capacity", "above_capacity", "floor_sleepers", "occupancy", "waiting_outside", "house_residents",
         "cost", "building_cost", "measure_cost", "penalty")

def cpu(who):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime

best = []
for who, work in ((resource.RUSAGE_SELF, lambda: [h5py.File(p)[n][:] for p in paths for n in NAMES if n in h5py.File(p)]),
                  (resource.RUSAGE_CHILDREN, lambda: subprocess.run([program, "compare", *paths], check=True, stdout=subprocess.DEVNULL))):
    times = []
    for _ in range(5):
        before = cpu(who)
        work()
        times.append(cpu(who) - before)
    best.append(min(times))
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"compare takes {best[1] / best[0]:.2f} of the processor time in which h5py reads its variables, and {memory:.0f} MiB")
sys.exit(best[1] > 1.5 * best[0] or memory > 1024)
END
# Of many replications, as a comparison has them: what is paid once for a file does not count.
"$program" run scenarios/examples/first.yaml -r 1500 -q -o "$work/first.h5" || exit 1
"$program" run scenarios/examples/first.yaml -r 1500 -q -o "$work/more.h5" --set 'intake[short].rate: {times: 1.1}' || exit 1
check 'compare is as fast as reading' env OMP_NUM_THREADS=1 /usr/bin/python3 "$work/time.py" "$program" "$work/first.h5" "$work/more.h5"
tail -n 1 "$work/out"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
