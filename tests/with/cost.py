"""cost.py PROGRAM FOLDER THREADS SCENARIO REPLICATIONS: what `check` says of a run's time, memory and disk is within
30 % of what the run takes; with - in place of replications, SCENARIO is the design of a sweep. Status 77: the machine was too busy for the time to be judged.

Memory and disk have to be so in every pair of a check and a run, on any machine. Time is judged by most of five pairs,
and of processor time, which waiting for others or for a disk does not lengthen: what is said, times the processor time
that the check itself used in each second of its own, beside the processor time of the run less that of reading the
scenario (`check --quick`). Where others take the processor, a check of a second tells how busy they are and not what a
run costs; so a yardstick stands before, between and behind: as many processes as there are threads, each of which does
the same work. Where one of the three takes longer than BUSY of the quickest there was, the pair does not count and
another is made, MOST_PAIRS in all. On a machine that is shared (CI=true) processors also change their speed from one
minute to the next, which no yardstick between them sees: there time has to be right within a factor of two. A run of less than a second is judged with SLACK besides, for threads that start and
files that are made."""

import os
import re
import subprocess
import sys
import time
from typing import NamedTuple

BYTES = {"kB": 1e3, "MB": 1e6, "GB": 1e9}
SECONDS = {"s": 1, "min": 60, "h": 3600}
LEAST, MOST = 0.7, 1.43  # said over measured
SHARED = os.environ.get("CI") == "true"
LEAST_TIME, MOST_TIME = (0.5, 2.0) if SHARED else (LEAST, MOST)
SHORT, SLACK = 1.0, 0.1  # seconds
BUSY = 1.25
PAIRS, MOST_PAIRS = 5, 5 if SHARED else 12
YARDSTICK = "sum(i * i for i in range(1000000))"


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


def within(expected, got, least=LEAST, most=MOST, slack=0.0):
    return least * got - slack <= expected <= most * got + slack


def yardstick(threads):
    """Seconds that as many processes as THREADS take for the same work, side by side."""
    start = time.monotonic()
    for process in [subprocess.Popen([sys.executable, "-SEc", YARDSTICK]) for _ in range(int(threads))]:
        process.wait()
    return time.monotonic() - start


class Pair(NamedTuple):
    ratios: list  # said over measured: time, memory, disk
    in_time: bool  # is the time within the bounds?
    fits: bool  # are memory and disk?
    slowest: float  # seconds of the yardstick
    quickest: float


def pair(program, command, common, threads, output):
    before = yardstick(threads)
    _, _, reading, _ = used([program, "check", "--quick", *common])
    out, clock, processor, _ = used([program, "check", *common])
    between = yardstick(threads)
    _, _, running, memory = used([program, command, *common, "-f", "-q", "-o", output])
    yardsticks = before, between, yardstick(threads)
    seconds, *sizes = said(out)
    seconds, running = seconds * processor / clock, running - reading
    part = os.path.join(output, "part-00001-of-00001.h5") if command == "sweep" else output
    measured = [memory, os.path.getsize(part)]
    ratios = [e / g for e, g in zip([seconds, *sizes], [running, *measured])]
    in_time = within(seconds, running, LEAST_TIME, MOST_TIME, SLACK if running < SHORT else 0.0)
    return Pair(ratios, in_time, all(map(within, sizes, measured)), max(yardsticks), min(yardsticks))


def votes_of(pairs):
    """Of each pair whether it was within the time; None: the machine was busy."""
    quickest = min((each.quickest for each in pairs), default=0)
    return [each.in_time if each.slowest <= BUSY * quickest else None for each in pairs]


def main():
    program, folder, threads, scenario, replications = sys.argv[1:]
    command = "sweep" if replications == "-" else "run"
    common = [scenario, "-t", threads] + (["-r", replications] if command == "run" else [])
    pairs, votes, fits = [], [], True
    while fits and max(votes.count(True), votes.count(False)) <= PAIRS // 2 and len(pairs) < MOST_PAIRS:
        pairs.append(pair(program, command, common, threads, os.path.join(folder, f"cost-{command}")))
        votes, fits = votes_of(pairs), pairs[-1].fits
    rows = [" ".join(f"{r:.2f}" for r in p.ratios) + (" (busy)" if v is None else "") for p, v in zip(pairs, votes)]
    print(f"{os.path.basename(scenario)} -r {replications} -t {threads}: said over measured (time, memory, disk):", "; ".join(rows))
    good, bad = votes.count(True), votes.count(False)
    if fits and max(good, bad) <= PAIRS // 2:
        print("time was not judged: the machine is busy")
        sys.exit(77)
    sys.exit(not fits or bad > good)


if __name__ == "__main__":
    main()
