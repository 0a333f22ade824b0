"""Every default projection separates distinct inputs; a named or given one that does not is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic import projection
from tests.points import numbers


def rows(*inputs):
    return [tuple(map(Fraction, row)) for row in inputs]


@st.composite
def inputs(draw):
    n = draw(st.integers(1, 4))
    return draw(st.lists(st.tuples(*[numbers()] * n), min_size=1, max_size=12, unique=True))


@given(inputs())
def test_auto_separates_every_set_of_distinct_inputs(xs):
    p = projection.auto(xs)
    assert len(p) == len(xs[0]) and all(type(q) is Fraction and q.denominator == 1 for q in p)
    assert len({sum(a * v for a, v in zip(p, x, strict=True)) for x in xs}) == len(xs)


@given(inputs())
def test_the_proofs_projection_separates_every_set_of_distinct_inputs(xs):
    assert len(set(projection.project(projection.separating(xs), xs))) == len(xs)


def test_auto_falls_back_on_the_proofs_projection(monkeypatch):
    monkeypatch.setattr(projection, "smallest", lambda rows, apart: None)
    assert projection.auto(rows((0, 0), (2, 6))) == (1, 4)


@pytest.mark.parametrize(
    ("xs", "p"),
    [(rows((3,)), (1,)), (rows((1, 5), (2, 5)), (1, 0)), (rows((0, 1), (0, 2)), (0, 1))],
)
def test_auto_prefers_small_integers(xs, p):
    assert tuple(map(abs, projection.auto(xs))) == p


def test_the_articles_projection_is_reversed():
    assert projection.article(rows((0, 5), (1, 0))) == (5, 1)
    assert projection.article(rows((0, 9), (1, 0), (2, 5), (3, 5))) == (9, 1)


@pytest.mark.parametrize(
    ("xs", "pair"),
    [
        (rows((0, 5), (1, 0)), (0, 1)),
        (rows((4, 0), (3, 5)), (0, 1)),
        (rows((0, 9), (1, 0), (2, 5), (3, 5)), (0, 1)),
        (rows((2, 1, 3), (2, 2, 0)), (0, 1)),
        (rows((0, 2), ("1/2", 0)), (0, 1)),
    ],
)
def test_the_articles_projection_collides(xs, pair):
    with pytest.raises(projection.CollisionError) as error:
        projection.project(projection.article(xs), xs)
    assert error.value.pair == pair


def test_project_needs_as_many_entries_as_inputs():
    with pytest.raises(ValueError, match="zip"):
        projection.project((Fraction(1),), rows((1, 2)))
