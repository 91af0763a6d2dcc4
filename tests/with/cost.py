"""cost.py PROGRAM FOLDER THREADS SCENARIO REPLICATIONS: what `check` says of a run's time, memory and disk is within
30 % of what the run takes. Status 77: the machine was too busy for the time to be judged.

Memory and disk have to be so in every pair of a check and a run, on any machine. Time is judged by most of five pairs,
and of processor time, which waiting for others or for a disk does not lengthen: what is said, times the processor time
that the check itself used in each second of its own, beside the processor time of the run less that of reading the
scenario (`check --quick`). Where others take the processor, a check of a second tells how busy they are and not what a
run costs; so a yardstick stands before, between and behind: as many processes as there are threads, each of which
counts for a tenth of a second of processor time. Where it takes longer than BUSY of that, the pair does not count and
another is made, MOST_PAIRS in all. A run of less than a second is judged with SLACK besides, for threads that start and
files that are made."""

import os
import re
import subprocess
import sys
import time

BYTES = {"kB": 1e3, "MB": 1e6, "GB": 1e9}
SECONDS = {"s": 1, "min": 60, "h": 3600}
LEAST, MOST = 0.7, 1.43  # said over measured
SHORT, SLACK = 1.0, 0.1  # seconds
BUSY = 1.25
PAIRS, MOST_PAIRS = 5, 12
YARDSTICK = "import time\nwhile time.process_time() < 0.1: pass"


def used(command):
    """What it prints, its seconds by the clock and of processor time with its children's, and its peak of memory."""
    start = time.monotonic()
    passive = {**os.environ, "OMP_WAIT_POLICY": "passive"}  # a thread that waits takes no processor time
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=passive)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return out, time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def said(out):
    taken = re.search(r"takes about ([0-9.e+-]+) (s|min|h) on", out)
    memory = re.search(r"([0-9.e+-]+) (kB|MB|GB) of memory", out)
    disk = re.search(r"([0-9.e+-]+) (kB|MB|GB) on disk", out)
    return (float(taken[1]) * SECONDS[taken[2]], float(memory[1]) * BYTES[memory[2]], float(disk[1]) * BYTES[disk[2]])


def within(expected, got, slack=0.0):
    return LEAST * got - slack <= expected <= MOST * got + slack


def is_quiet(threads):
    """Have as many processes as THREADS the processors to themselves?"""
    yardsticks = [subprocess.Popen([sys.executable, "-SEc", YARDSTICK]) for _ in range(int(threads))]
    processor, start = 0.0, time.monotonic()
    for yardstick in yardsticks:
        _, _, usage = os.wait4(yardstick.pid, 0)
        processor = max(processor, usage.ru_utime + usage.ru_stime)
    return time.monotonic() - start < BUSY * processor + 0.01


def pair(program, common, threads, output):
    """Said over measured of time, memory and disk; is the time within the bounds (None: it cannot be told), and are
    memory and disk?"""
    quiet = is_quiet(threads)
    _, _, reading, _ = used([program, "check", "--quick", *common])
    out, clock, processor, _ = used([program, "check", *common])
    quiet = is_quiet(threads) and quiet
    _, _, running, memory = used([program, "run", *common, "-f", "-q", "-o", output])
    seconds, *sizes = said(out)
    seconds, running = seconds * processor / clock, running - reading
    measured = [memory, os.path.getsize(output)]
    ratios = [e / g for e, g in zip([seconds, *sizes], [running, *measured])]
    in_time = within(seconds, running, SLACK if running < SHORT else 0.0)
    return ratios, in_time if is_quiet(threads) and quiet else None, all(map(within, sizes, measured))


def main():
    program, folder, threads, scenario, replications = sys.argv[1:]
    common = [scenario, "-r", replications, "-t", threads]
    rows, votes, fits = [], [], True
    while fits and max(votes.count(True), votes.count(False)) <= PAIRS // 2 and len(rows) < MOST_PAIRS:
        ratios, in_time, fits = pair(program, common, threads, os.path.join(folder, "cost.h5"))
        rows.append(" ".join(f"{ratio:.2f}" for ratio in ratios) + (" (busy)" if in_time is None else ""))
        votes.append(in_time)
    print(f"{scenario} -r {replications} -t {threads}: said over measured (time, memory, disk):", "; ".join(rows))
    good, bad = votes.count(True), votes.count(False)
    if fits and max(good, bad) <= PAIRS // 2:
        print("time was not judged: the machine is busy")
        sys.exit(77)
    sys.exit(not fits or bad > good)


if __name__ == "__main__":
    main()
