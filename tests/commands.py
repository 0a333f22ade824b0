"""The three rooms' command lines, run as a stranger runs them: in processes of their own."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(room, *arguments, python=()):
    """The finished process of `python -m room arguments`, started in the repository's root."""
    line = [sys.executable, *python, "-m", room, *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)


def refused(process, *reasons):
    """The process exited 2 with one line on stderr that holds every reason, and said nothing on stdout."""
    assert process.returncode == 2, process
    assert process.stdout == ""
    assert process.stderr.count("\n") == 1 and process.stderr.endswith("\n"), process.stderr
    for reason in reasons:
        assert reason in process.stderr, (reason, process.stderr)
