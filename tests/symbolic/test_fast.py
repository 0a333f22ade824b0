"""Faster ways of computing change nothing: the same files without python-flint and NumPy, the same projection."""

import signal
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic import search
from symbolic.arithmetic import exact, floor, fraction, rational
from tests.commands import ROOT
from tests.points import numbers

HIDDEN = "import sys\nfor name in ('flint', 'numpy', 'tqdm'): sys.modules[name] = None\n"
SEEN = "import flint, numpy\n"
INTERRUPTED = """import os, signal
from symbolic.neurons import Neurons
Neurons.network = lambda *options: os.kill(os.getpid(), signal.SIGINT)
"""
RUN = "from checker.console import run\nfrom symbolic.__main__ import main\nrun(lambda: main(%r), 'construct')\n"


def construct(before, *arguments):
    code = before + RUN % (["construct", *map(str, arguments)],)
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    rows = (f"{k * k % 83}/3,{k * 31 % 47},{k},{k * 7 % 11},{k % 5}/4\n" for k in range(31))
    path.write_text("".join(rows))
    return path


@pytest.mark.parametrize("method", ["interpolant", "inoue", "float64", "yun"])
def test_the_same_file_without_flint_and_numpy(points, tmp_path, method):
    widths = "16,33" if method == "yun" else "9,13"
    found = []
    for before in (SEEN, HIDDEN):
        path = tmp_path / "network.json"
        process = construct(before, points, "--outputs", 2, "--widths", widths, "--method", method, "-o", path)
        assert (process.returncode, process.stderr) == (0, "")
        found.append((path.read_bytes(), process.stdout))
    assert found[0] == found[1]


def test_an_interrupt_leaves_nothing(points, tmp_path):
    process = construct(INTERRUPTED, points, "--outputs", 2, "--widths", "9,13", "-o", tmp_path / "network.json")
    assert (process.returncode, process.stderr) == (128 + signal.SIGINT, "construct: interrupted\n")
    assert list(tmp_path.iterdir()) == [points]


@given(numbers())
def test_numbers_there_and_back(q):
    assert type(exact(q)) is rational() and type(fraction(exact(q))) is Fraction and fraction(exact(q)) == q
    assert floor(exact(q)) == floor(q) and type(floor(exact(q))) is int


@st.composite
def searches(draw):
    """Distinct rows of integers, how far apart they are to be, some p and a limit."""
    entries = st.one_of(st.integers(-9, 9), st.integers(-(2**63), 2**63), st.integers(-(10**30), 10**30))
    rows = draw(st.lists(st.tuples(entries, entries, entries), min_size=1, max_size=12, unique=True))
    apart = draw(st.lists(st.integers(1, 3), min_size=len(rows) - 1, max_size=len(rows) - 1))
    p = draw(st.tuples(*[st.one_of(st.integers(-3, 3), st.integers(-(2**40), 2**40))] * 3))
    return rows, apart, p, draw(st.one_of(st.integers(0, 2**70), st.just(10**50)))


@given(searches())
def test_both_scores_are_the_range_of_what_is_far_enough_apart(case):
    rows, apart, p, limit = case
    values = sorted(sum(w * v for w, v in zip(p, row, strict=True)) for row in rows)
    wide = all(high - low >= gap for low, high, gap in zip(values[:-1], values[1:], apart, strict=True))
    size = values[-1] - values[0]
    expected = size if wide and size < limit else None
    assert search._score(rows, apart)(p, limit) == search._plain(rows, apart)(p, limit) == expected


@settings(max_examples=25)
@given(searches())
def test_the_search_finds_what_was_asked_for(case):
    rows, apart, _, _ = case
    p = search.smallest(rows, apart)
    assert search._plain(rows, apart)(p, 10**200) is not None
