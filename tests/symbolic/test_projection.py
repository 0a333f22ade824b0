"""Every default projection separates distinct inputs; a named or given one that does not is refused."""

import math
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


@pytest.mark.parametrize(
    ("xs", "p"),
    [(rows((3,)), (1,)), (rows((1, 5), (2, 5)), (1, 0)), (rows((0, 1), (0, 2)), (0, 1))],
)
def test_auto_prefers_small_integers(xs, p):
    assert tuple(map(abs, projection.auto(xs))) == p


ADVERSARIAL = {
    "a grid": rows(*((v % 6, v // 6 % 6, v // 36) for v in range(216))),
    "a line": rows(*((v, 2 * v, -3 * v) for v in range(50))),
    "powers of two": rows(*((2**v, 2 ** (40 - v)) for v in range(41))),
    "corners": rows(*(tuple(v >> bit & 1 for bit in range(7)) for v in range(128))),
    "what the article's projection joins": rows((0, 2), ("1/2", 0), (0, 9), (1, 0), (2, 5), (3, 5), (4, 0)),
    "beyond 64 bits": rows(*((v * 10**30, v * v % 7 - 10**25) for v in range(30)), (0, 10**25)),
    "tiny beside huge": rows(*((Fraction(v, 10**9), 10**9 * (v * v % 5)) for v in range(40))),
}


@pytest.mark.parametrize("name", ADVERSARIAL)
def test_auto_separates_adversarial_inputs_in_a_small_range(name):
    xs = ADVERSARIAL[name]
    for apart in ([1] * (len(xs) - 1), [3 if place % 5 == 0 else 1 for place in range(1, len(xs))]):
        integers = rows(*projection.scaled(xs))
        ts = sorted(projection.project(projection.auto(xs, apart), integers))
        assert all(high - low >= gap for low, high, gap in zip(ts[:-1], ts[1:], apart, strict=True))
        product = math.prod(max(column) - min(column) + 1 for column in zip(*integers, strict=True))
        assert ts[-1] - ts[0] <= max([1, *apart]) * (product - 1)


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
