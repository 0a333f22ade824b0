"""One claim at a time: its commands, and whether the last of them ended as it has to."""

import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from checker.errors import printable
from checker.report.markup import shortened
from reproduction.claims import Claim

ROOT = Path(__file__).resolve().parents[1]
NOT_FOUND = 127
"""The exit code of what cannot be started, as a shell says it."""


@dataclass(frozen=True)
class Outcome:
    """How a claim's commands ended. Units: seconds of the clock, memory in MiB (the largest process).

    exit, line: of the last command that ran; said: the last line on its standard error; reason: none when reproduced.
    """

    id: str
    reproduced: bool
    seconds: float
    memory: float
    exit: int
    line: str
    reason: str
    said: str = ""


@dataclass(frozen=True)
class _Ended:
    code: int
    lines: list[str]
    said: str
    seconds: float
    memory: float


def reproduced(claim: Claim, work: Path) -> Outcome:
    """Runs the commands of a claim one after the other; every one but the last has to end with exit code 0."""
    seconds = memory = 0.0
    for number, command in enumerate(claim.commands, 1):
        ended = _run(command, work)
        seconds, memory, last = seconds + ended.seconds, max(memory, ended.memory), number == len(claim.commands)
        line = (ended.lines or [""])[-1 if claim.last else 0]
        reason = ""
        if ended.code != (claim.exit if last else 0):
            reason = f"exit code {ended.code} of: {command}"
        elif last and not re.fullmatch(claim.expect, line):
            reason = f"{claim.line} line: {line}"
        if reason or last:
            figures = round(seconds, 2), round(memory, 1)
            return Outcome(claim.id, not reason, *figures, ended.code, line, reason, ended.said)
    raise ValueError(f"{claim.id} has no commands")


def _run(command: str, work: Path) -> _Ended:
    """One command, in a group of processes of its own that does not outlive this function."""
    words = [word.replace("$W", str(work)) for word in shlex.split(command)]
    line = [sys.executable if word == "python" else word for word in words]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        try:
            process = subprocess.Popen(
                line, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, process_group=0
            )
        except OSError as error:
            return _Ended(NOT_FOUND, [], f"{line[0]}: {error.strerror}", 0.0, 0.0)
        try:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:  # however it ended, interrupted too: nothing that it started goes on
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        seconds = time.perf_counter() - started
        said = shortened(printable((_lines(errors) or [""])[-1]))
        return _Ended(process.returncode, _lines(output), said, seconds, usage.ru_maxrss / 1024)


def _lines(file: IO[bytes]) -> list[str]:
    file.seek(0)
    return file.read().decode("utf-8", "replace").splitlines()
