"""SymPy's three ground types (its own name for the integers and fractions beneath it) give identical results."""

import os
import subprocess
import sys

import pytest

from tests.commands import ROOT

GROUND_TYPES = ("python", "gmpy", "flint")


def said(ground, *arguments):
    """What `python -m symbolic arguments` prints when SymPy is told to use the ground type."""
    environment = os.environ | {"SYMPY_GROUND_TYPES": ground}
    line = [sys.executable, "-m", "symbolic", *map(str, arguments)]
    finished = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, env=environment, timeout=120)
    assert finished.returncode == 0, finished
    return finished.stdout


@pytest.mark.parametrize("ground", GROUND_TYPES)
def test_the_ground_type_is_the_one_asked_for(ground):
    line = [sys.executable, "-c", "from sympy.external.gmpy import GROUND_TYPES; print(GROUND_TYPES)"]
    environment = os.environ | {"SYMPY_GROUND_TYPES": ground}
    assert subprocess.run(line, capture_output=True, text=True, env=environment).stdout.strip() == ground


@pytest.mark.parametrize("method", [("inoue", "article"), ("interpolant", "auto"), ("float64", "auto")])
def test_constructions_are_identical_files(method, tmp_path):
    name, projection = method
    written = set()
    for ground in GROUND_TYPES:
        path = tmp_path / f"{ground}.json"
        widths = "5,3" if name == "float64" else "3,3"
        said(ground, "construct", "examples/article.csv", "--widths", widths, "--method", name,
             "--projection", projection, "-o", path)  # fmt: skip
        written.add(path.read_bytes())
    assert len(written) == 1


def test_derivations_print_the_same():
    assert len({said(ground, "derive") for ground in GROUND_TYPES}) == 1
