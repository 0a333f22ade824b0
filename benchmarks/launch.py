"""python -I -S benchmarks/launch.py LIMIT COMMAND...: runs the command and prints what it cost, as JSON.

Linux hands the peak memory of a process down to those it starts, so the one that starts a command to measure it has to
be small: this file imports next to nothing.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence


def report(limit: float, command: Sequence[str]) -> dict[str, object]:
    """The fields of a benchmarks.process.Cost; the command is stopped after so many seconds."""
    stopped = threading.Event()
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)

    def stop() -> None:
        stopped.set()
        process.kill()

    timer = threading.Timer(limit, stop)
    timer.start()
    try:
        output = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
    finally:
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "wall": time.perf_counter() - started,
        "processor": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        "code": None if stopped.is_set() else process.returncode,
        "output": output.decode("utf-8", "backslashreplace"),
    }


if __name__ == "__main__":
    try:
        print(json.dumps(report(float(sys.argv[1]), sys.argv[2:])))
    except KeyboardInterrupt:
        sys.exit(130)  # who started this says so
