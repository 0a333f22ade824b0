"""Datasets as values: shapes, exact numbers, and equal inputs with different outputs."""

from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import dataset
from checker.dataset import Dataset
from checker.network import ShapeError
from tests.checker import kill_suite
from tests.checker.kill_suite import matrix, points

DIGITS = st.integers(0, 2).map(Fraction)
ROWS = st.lists(st.tuples(st.tuples(DIGITS, DIGITS), st.tuples(DIGITS)), min_size=1, max_size=8)


@pytest.mark.parametrize(("inputs", "outputs", "message"), kill_suite.BAD_DATASETS)
def test_rows_that_do_not_fit_are_refused(inputs, outputs, message):
    with pytest.raises(ShapeError) as refusal:
        Dataset(inputs, outputs)
    assert str(refusal.value) == message


@pytest.mark.parametrize("number", [0, 1.5, False, numpy.int64(3), "1/2", None], ids=repr)
@pytest.mark.parametrize("side", ["inputs", "outputs"])
def test_a_number_that_is_no_fraction_is_refused(side, number):
    good, bad = matrix("1;2"), (matrix("1")[0], (number,))
    with pytest.raises(TypeError, match="is not an exact Fraction of Python integers"):
        Dataset(**{"inputs": good, "outputs": good, side: bad})


@pytest.mark.parametrize(
    ("inputs", "outputs", "size"), [("1", "1", 1), ("1 2;3 4", "5;6", 2), ("1;1;1", "0 1;0 1;0 1", 3)]
)
def test_length_is_the_number_of_rows(inputs, outputs, size):
    assert len(points(dataset, inputs, outputs)) == size


@pytest.mark.parametrize(("inputs", "outputs", "rows"), kill_suite.CONFLICTS)
def test_the_first_conflict_is_found(inputs, outputs, rows):
    assert points(dataset, inputs, outputs).conflict() == rows


@given(ROWS)
def test_conflicts_are_those_of_a_double_loop(rows):
    pairs = [
        (a, b) for b in range(len(rows)) for a in range(b) if rows[a][0] == rows[b][0] and rows[a][1] != rows[b][1]
    ]
    first = min(pairs, key=lambda pair: (pair[1], pair[0]), default=None)
    found = Dataset(*zip(*rows, strict=True)).conflict()
    assert found == (first and (first[0] + 1, first[1] + 1))


def test_conflicts_are_found_in_linear_time_when_hashes_collide(monkeypatch):
    """The hash of a Fraction is known to everybody: multiples of 2**61 - 1 all have hash 0."""
    rows = 200
    colliding = Dataset(tuple((Fraction(k * (2**61 - 1)),) for k in range(rows)), ((Fraction(0),),) * rows)
    equal, compared = Fraction.__eq__, []
    monkeypatch.setattr(Fraction, "__eq__", lambda a, b: compared.append(1) or equal(a, b))
    assert colliding.conflict() is None
    assert len(compared) < 10 * rows, f"{len(compared)} comparisons of {rows} rows"
