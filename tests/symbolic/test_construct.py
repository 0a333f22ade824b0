"""Every constructed network represents its dataset with error exactly 0, in the theorem's form and the widths asked."""

import random
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.dataset import Dataset
from checker.judge import Certified, zero_error
from symbolic import interpolant_neurons
from symbolic.breakpoints import midpoint
from symbolic.construct import TooManyPointsError, construct
from symbolic.groups import groups
from symbolic.instantiate import METHODS as METHODS_BY_NAME
from symbolic.projection import CollisionError
from tests.points import dataset, datasets_with_widths
from tests.represented import require_represented, require_sign_pattern

METHODS = ["interpolant", "inoue"]


def random_points(count, seed=0):
    """Distinct points with five inputs and one output, integers from 0 to 99."""
    generator = random.Random(seed)
    inputs = {tuple(generator.randrange(100) for _ in range(5)): None for _ in range(count)}
    return dataset(inputs, [generator.randrange(100) for _ in inputs])


def bits(network):
    """Of all numerators and denominators."""
    numbers = [q for layer in network.layers for row in (*layer.weights, layer.bias) for q in row]
    return sum(q.numerator.bit_length() + q.denominator.bit_length() for q in numbers)


def test_what_is_chosen_halves_the_bits(monkeypatch):
    points, method = random_points(400), METHODS_BY_NAME["interpolant"]
    chosen = construct(points, (20, 20), "interpolant")
    assert isinstance(zero_error(chosen, points), Certified)
    monkeypatch.setattr(interpolant_neurons, "_outward", lambda r: ())
    outward = construct(points, (20, 20), "interpolant")
    monkeypatch.setitem(METHODS_BY_NAME, "interpolant", replace(method, grouped=partial(groups, between=midpoint)))
    monkeypatch.setattr(interpolant_neurons, "middle", lambda r: 0)
    from_the_left = construct(points, (20, 20), "interpolant")
    assert bits(chosen) < 0.85 * bits(outward) and bits(chosen) < 0.5 * bits(from_the_left)


@settings(max_examples=60)
@given(datasets_with_widths(), st.sampled_from(METHODS))
def test_any_dataset(case, method):
    points, widths = case
    network = construct(points, widths, method)
    require_represented(network, points, widths)
    require_sign_pattern(network, points)


LONG = 10**200
EDGES = {
    "one point, one neuron each": (dataset([["7"]], ["-3"]), (1, 1)),
    "one point, many neurons": (dataset([["7", "1"]], ["-3"]), (4, 5)),
    "a1 = 1": (dataset([[v] for v in range(5)], [3, 1, 4, 1, 5]), (1, 5)),
    "a2 = 1": (dataset([[v] for v in range(5)], [3, 1, 4, 1, 5]), (5, 1)),
    "one short group, odd": (dataset([[v] for v in range(4)], [3, 1, 4, 1]), (2, 3)),
    "groups to spare": (dataset([[v] for v in range(4)], [3, 1, 4, 1]), (5, 3)),
    "constant outputs": (dataset([[v] for v in range(6)], [2] * 6), (3, 2)),
    "all inputs on a line": (dataset([[v, 2 * v, 3 * v] for v in range(6)], range(6)), (2, 3)),
    "no single coordinate separates": (dataset([[v // 2, v % 2] for v in range(4)], [1, 2, 2, 1]), (2, 2)),
    "fractions": (dataset([["1/3"], ["-1/7"], ["22/7"], ["0"]], ["1/9", "-8/3", "5", "1/2"]), (2, 2)),
    "200 digits": (dataset([[LONG + v * v, -v] for v in range(4)], [LONG, -LONG, Fraction(1, LONG), 0]), (2, 2)),
    "tiny and huge gaps": (dataset([[0], [Fraction(1, LONG)], [1], [LONG]], [0, 1, 0, 1]), (2, 2)),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("edge", EDGES)
def test_edges(edge, method):
    points, widths = EDGES[edge]
    require_represented(construct(points, widths, method), points, widths)


def test_equal_points_are_one():
    points = dataset([[1], [2], [1], [2], [3], [4]], [5, 6, 5, 6, 7, 8])
    require_represented(construct(points, (2, 2), "interpolant"), points, (2, 2))


def test_too_many_points():
    points = dataset([[v] for v in range(5)], range(5))
    with pytest.raises(TooManyPointsError, match="5 distinct points, but widths 2,2 have room for a1\\*a2 = 4"):
        construct(points, (2, 2), "interpolant")


def test_a_collision_names_rows_of_the_file():
    points = dataset([[9, 9], [9, 9], [0, 1], [1, 0]], [1, 1, 2, 3])
    with pytest.raises(CollisionError) as error:
        construct(points, (2, 2), "interpolant", (Fraction(1), Fraction(1)))
    assert error.value.pair == (3, 4)


def test_the_order_of_rows_is_immaterial_for_the_second_layer():
    points = dataset([[v] for v in range(6)], [3, 1, 4, 1, 5, 9])
    turned = Dataset(points.inputs[::-1], points.outputs[::-1])
    assert construct(points, (2, 3), "interpolant") == construct(turned, (2, 3), "interpolant")
