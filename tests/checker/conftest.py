"""Fixtures of the checker's tests: files in a temporary folder, and the command line in a process of its own."""

import gzip
import subprocess
import sys

import pytest

from tests.checker.examples import NETWORK, POINTS, ROOT


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder, made the current one, so that messages name files without their folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def file(folder):
    """Writes text or bytes to a file of the folder (compressed when its name ends in .gz) and returns its name."""

    def write(name, content):
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        (folder / name).write_bytes(
            gzip.compress(data, mtime=0) if name.endswith(".gz") and isinstance(content, str) else data
        )
        return name

    return write


@pytest.fixture
def pair(file):
    """The running example of FORMAT.md: a network file and a dataset file that it fits."""
    return file("network.json", NETWORK), file("points.csv", POINTS)


@pytest.fixture
def command(folder):
    """Runs python -m checker with these arguments; python gives options of the interpreter."""

    def run(*arguments, python=(), module=("-m", "checker"), environment=None, **options):
        path = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **(environment or {})}
        line = [sys.executable, *python, *module, *arguments]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.run(line, cwd=folder, env=path, timeout=60, **options)

    return run
