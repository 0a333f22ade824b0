"""What a command costs as a whole process: wall and processor seconds, peak memory, instructions."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.timing import RUNS, SHORT, Timing

ROOT = Path(__file__).resolve().parents[1]
LAUNCH = Path(__file__).with_name("launch.py")
PERF = ("perf", "stat", "-x", ",", "-e", "instructions:u")
CALLGRIND = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")


class FailedError(RuntimeError):
    """A command that should succeed does not."""


@dataclass(frozen=True)
class Cost:
    """Units: seconds, bytes. code None: stopped at the limit. output is what it said on standard output."""

    wall: float
    processor: float
    peak: int
    code: int | None
    output: str
    runs: int = 1

    @property
    def timing(self) -> Timing:
        """The wall seconds."""
        return Timing(self.wall, self.runs)

    @property
    def mebibytes(self) -> str:
        """The peak memory."""
        return f"{self.peak / 2**20:.0f}"


def python(*arguments: str) -> tuple[str, ...]:
    """The command `python -m arguments`."""
    return (sys.executable, "-m", *arguments)


def cost(command: Sequence[str], limit: float, codes: Sequence[int] = (0,)) -> Cost:
    """The run with the median wall time of RUNS; the only one when it takes SHORT seconds or is stopped.

    Fails: FailedError when it exits with none of these codes.
    """
    first = _run(command, limit)
    if first.code is not None and first.code not in codes:
        raise FailedError(f"exit code {first.code}: {' '.join(command)}")
    if first.wall >= SHORT or first.code is None:
        return first
    runs = sorted([first, *(_run(command, limit) for _ in range(RUNS - 1))], key=lambda run: run.wall)
    return replace(runs[RUNS // 2], runs=RUNS)


def _run(command: Sequence[str], limit: float) -> Cost:
    line = [sys.executable, "-I", "-S", str(LAUNCH), str(limit), *command]
    return Cost(**json.loads(subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout))


def instruction_counter() -> tuple[str, ...] | None:
    """The command that counts instructions: perf where the processor lets it, else callgrind, else None."""
    if shutil.which(PERF[0]) and instructions(PERF, (sys.executable, "-c", "")) is not None:
        return PERF
    return CALLGRIND if shutil.which(CALLGRIND[0]) else None


def instructions(counter: Sequence[str], command: Sequence[str]) -> int | None:
    """How many instructions the command takes in user space, by this counter; None when it does not say."""
    done = subprocess.run([*counter, *command], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    pattern = r"^(\d+),.*instructions" if counter == PERF else r"Collected : (\d+)"
    found = re.search(pattern, done.stderr, re.MULTILINE)
    return int(found[1]) if found and done.returncode == 0 else None
