"""cost.py PROGRAM FOLDER THREADS SCENARIO REPLICATIONS: what `check` says of a run's time, memory and disk is within
30 % of what the run takes. The machine may be busy: a time may be missed four times, memory and disk may not."""

import os
import re
import resource
import subprocess
import sys
import time

BYTES = {"kB": 1e3, "MB": 1e6, "GB": 1e9}
SECONDS = {"s": 1, "min": 60, "h": 3600}


def said(command):
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    taken = re.search(r"takes about ([0-9.e+-]+) (s|min|h) on", out)
    memory = re.search(r"([0-9.e+-]+) (kB|MB|GB) of memory", out)
    disk = re.search(r"([0-9.e+-]+) (kB|MB|GB) on disk", out)
    return (float(taken[1]) * SECONDS[taken[2]], float(memory[1]) * BYTES[memory[2]], float(disk[1]) * BYTES[disk[2]])


def measured(command, output):
    """In a process of its own, for its peak of memory."""
    ends = os.pipe()
    start = time.monotonic()
    if os.fork() == 0:
        subprocess.run(command, check=True)
        os.write(ends[1], str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024).encode())
        os._exit(0)
    os.close(ends[1])
    memory = float(os.read(ends[0], 100))
    os.wait()
    return time.monotonic() - start, memory, os.path.getsize(output)


def main():
    program, folder, threads, scenario, replications = sys.argv[1:]
    output = os.path.join(folder, "cost.h5")
    common = [scenario, "-r", replications, "-t", threads]
    ratios = []
    for _ in range(5):
        expected = said([program, "check", *common])
        got = measured([program, "run", *common, "-f", "-q", "-o", output], output)
        ratios.append([e / g for e, g in zip(expected, got)])
        good = [0.7 <= ratio <= 1.43 for ratio in ratios[-1]]
        if all(good) or not all(good[1:]):
            break
    print(f"{scenario} -r {replications} -t {threads}: said over measured (time, memory, disk):",
          "; ".join(" ".join(f"{ratio:.2f}" for ratio in row) for row in ratios))
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
