"""progress.py PROGRAM FOLDER: the progress bar in a terminal of 30, 50 and 120 columns: one line, never wider than
the terminal, taken away at the end and when stopped; it moves within one long replication; a resumed run goes on."""

import fcntl
import os
import pty
import re
import signal
import struct
import sys
import termios
import time


def run(command, columns, stop_after=None):
    """What the command writes to a terminal of so many columns, and its exit status."""
    child, terminal = pty.fork()
    if child == 0:
        time.sleep(0.2)
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    said, start, told = b"", time.monotonic(), False
    while True:
        if stop_after and not told and time.monotonic() - start > stop_after:
            os.kill(child, signal.SIGINT)
            told = True
        try:
            piece = os.read(terminal, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    return said.decode(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def drawn(said, columns):
    """The lines drawn; each fits, and is taken away by what follows."""
    lines = [line for line in re.split(r"\r\x1b\[K", said)[1:] if re.match(r"\[|[0-9]+ of ", line)]
    assert lines, said
    for line in lines:
        assert len(line) < columns and "\n" not in line, (columns, line)
    assert re.search(r"\r\x1b\[K(?!\[)[^\r]*\r\n", said), said[-200:]
    return lines


def main():
    program, folder = sys.argv[1:]
    long, output = os.path.join(folder, "long.yaml"), os.path.join(folder, "long.h5")
    with open("scenarios/examples/first.yaml", encoding="utf-8") as file, open(long, "w", encoding="utf-8") as out:
        out.write(file.read().replace("horizon: 5 y", "horizon: 60 y").replace("rate: 2 / d", "rate: 600 / d"))
    command = [program, "run", long, "-o", output, "-t", "1"]
    for columns in (30, 50, 120):
        said, status = run([*command, "-r", "1", "-f"], columns, stop_after=4)
        assert status in (0, 130), (status, said)
        lines = drawn(said, columns)
        if columns == 120:
            filled = [line.count("#") for line in lines if line.startswith("[")]
            assert filled[-1] > filled[0], lines
            assert re.search(r"0 of 1, .* s each, .* left", lines[-1]), lines[-1]
        print(f"{columns} columns: {lines[-1]}")
    small = [program, "run", "scenarios/examples/first.yaml", "-o", output, "-t", "1"]
    said, status = run([*small, "-r", "1000", "-f"], 80, stop_after=3)
    assert status == 130 and "--resume" in said, said
    first = int(re.search(r"(\d+) of 1000 replications", said).group(1))
    said, status = run([*small, "-r", "1000", "--resume"], 80, stop_after=3)
    assert status == 130, said
    lines = drawn(said, 80)
    done = int(re.search(r"(\d+) of 1000", lines[-1]).group(1))
    left = re.search(r"([0-9.]+) (s|min) left", lines[-1])
    seconds = float(left[1]) * {"s": 1, "min": 60}[left[2]]
    each = 3.0 / max(1, done - first)
    assert done >= first and 0.3 * each * (1000 - done) < seconds < 3 * each * (1000 - done), (first, lines)
    print(f"resumed at {first}: {lines[-1]}")


if __name__ == "__main__":
    main()
