"""One claim at a time: its commands, and whether the last of them ended as it has to."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from reproduction.claims import Claim

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Outcome:
    """How a claim's commands ended. Units: seconds of the clock, memory in MiB (the largest process)."""

    id: str
    reproduced: bool
    seconds: float
    memory: float
    exit: int
    line: str
    reason: str


def reproduced(claim: Claim, work: Path) -> Outcome:
    """Runs the commands of a claim one after the other; every one but the last has to end with exit code 0."""
    seconds = memory = 0.0
    for number, command in enumerate(claim.commands, 1):
        code, lines, took, peak = _run(command, work)
        seconds, memory, last = seconds + took, max(memory, peak), number == len(claim.commands)
        said = (lines or [""])[-1 if claim.last else 0]
        reason = ""
        if code != (claim.exit if last else 0):
            reason = f"exit code {code} of: {command}"
        elif last and not re.fullmatch(claim.expect, said):
            reason = f"{claim.line} line: {said}"
        if reason or last:
            return Outcome(claim.id, not reason, round(seconds, 2), round(memory, 1), code, said, reason)
    raise ValueError(f"{claim.id} has no commands")


def _run(command: str, work: Path) -> tuple[int, list[str], float, float]:
    """Exit code, the lines on standard output, seconds and MiB of one command."""
    words = [word.replace("$W", str(work)) for word in shlex.split(command)]
    line = [sys.executable if word == "python" else word for word in words]
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(line, cwd=ROOT, stdout=output, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        output.seek(0)
        lines = output.read().decode("utf-8", "replace").splitlines()
    return process.returncode, lines, seconds, usage.ru_maxrss / 1024
