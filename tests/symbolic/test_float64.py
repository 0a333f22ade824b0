"""Construction float64: exact, of the theorem's form, with integer weights, and exact in binary64 below its bound."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.engines import binary64
from checker.judge import zero_error
from checker.network import Network
from proofs.instance.statements import Instance, outcomes
from symbolic import float64, projection
from symbolic.arithmetic import exact_all
from symbolic.construct import TooManyPointsError, construct
from symbolic.exact import is_zero
from symbolic.float64 import H, V, e
from symbolic.groups import increasing_groups
from symbolic.symbols import G, S, b, i, j, n, sign, x, y
from tests.points import dataset, numbers
from tests.represented import require_represented, require_sign_pattern
from tests.symbolic.test_construct import EDGES, random_points

g = (G[i, j] - G[i, j - 1], S[i, j] - S[i, j - 1])
STATED = {
    "threshold": sign(j) * (y[i, n] - y[i, j]) / (x[i, n] - x[i, j]),
    "value": y[i, j] - S[i, j] * (x[i, j] - b[i]),
    "value_behind": G[i, j] + S[i, j] * (e[i + 1] - b[i]),
    "steering": (G[i, j] - H[i, j]) / (b[i] - e[i]),
    "weight_e": sign(j) * ((V[i, j] - V[i, j - 1]) - (S[i - 1, j] - S[i - 1, j - 1])),
    "weight_b": sign(j) * ((S[i, j] - S[i, j - 1]) - (V[i, j] - V[i, j - 1])),
    "bias": sign(j) * (G[0, j] - G[0, j - 1]),
    "knot": b[i] - g[0] / g[1],
}


@pytest.mark.parametrize("name", STATED)
def test_derived_formula(name):
    derived = getattr(float64.derive(), name)
    assert is_zero(derived - STATED[name])
    assert not is_zero(derived + STATED[name]), "the comparison cannot fail"


def test_every_formula_is_stated():
    assert set(vars(float64.derive())) == set(STATED)


@st.composite
def cases(draw, entries):
    """(dataset, (a1, a2)) with 1 <= N <= ((a1+1) div 2)*a2 distinct points and one output, made of such entries."""
    a1, a2, dimension = draw(st.integers(1, 7)), draw(st.integers(1, 4)), draw(st.integers(1, 3))
    room = (a1 + 1) // 2 * a2
    inputs = draw(st.lists(st.tuples(*[entries] * dimension), min_size=1, max_size=room, unique=True))
    outputs = draw(st.lists(entries, min_size=len(inputs), max_size=len(inputs)))
    return dataset(inputs, outputs), (a1, a2)


def require_integers(network, points):
    """Integer weights and biases in both hidden layers, W3 = u_j/d with d the common denominator of the outputs."""
    assert all(q.denominator == 1 for a in network.layers[:2] for row in (*a.weights, a.bias) for q in row)
    d = math.lcm(*(y.denominator for (y,) in points.outputs))
    assert network.layers[2].weights == (tuple(Fraction((-1) ** j, d) for j in range(network.widths[2])),)
    assert (d * network.layers[2].bias[0]).denominator == 1
    return d


@settings(max_examples=100)
@given(cases(numbers()))
def test_any_dataset(case):
    points, widths = case
    network = construct(points, widths, "float64")
    require_represented(network, points, widths)
    margin = zero_error(network, points).margin
    assert margin.value >= 1 and margin.value.denominator == 1, "no ReLU is at its kink at a point"
    if require_integers(network, points) == 1:
        form = require_sign_pattern(network, points)
        assert all(place.group % 2 == 0 for place in form.places), "data in the cells between e and b"


@pytest.mark.parametrize("edge", EDGES)
def test_edges(edge):
    points, (a1, a2) = EDGES[edge]
    for widths in ((2 * a1 - 1, a2), (2 * a1, a2)):
        require_represented(construct(points, widths, "float64"), points, widths)


def matrix(rows):
    return np.array([[float(v) for v in row] for row in rows])


def evaluated(network, points, generator):
    """NumPy's binary64 outputs with the columns of every product shuffled: by matrix product, and column by column."""
    h = matrix(points.inputs)
    one_by_one = h
    for layer in network.layers:
        order = generator.permutation(h.shape[1])
        W, bias = matrix(layer.weights)[:, order], matrix([layer.bias])[0]
        h = h[:, order] @ W.T + bias
        total = np.broadcast_to(bias, h.shape)
        for column, w in zip(one_by_one[:, order].T, W.T, strict=True):
            total = total + column[:, None] * w
        one_by_one = total
        if layer.activation == "relu":
            h, one_by_one = np.maximum(h, 0), np.maximum(one_by_one, 0)
    return h, one_by_one


def require_exact_in_binary64(network, points):
    expected = matrix(points.outputs)
    for seed in range(4):
        for obtained in evaluated(network, points, np.random.default_rng(seed)):
            assert np.max(np.abs(obtained - expected)) == 0.0


TOO_LARGE = "the sum of absolute values is not below 2^53 units"


def exactness(network, points):
    """What the sums of the network at the points say of binary64."""
    return binary64.prepared(network, "float64")(points)


dyadic = st.builds(lambda p, q: Fraction(p, 2**q), st.integers(-999, 999), st.integers(0, 6))


@settings(max_examples=100)
@given(cases(st.one_of(st.integers(-5, 5).map(Fraction), st.integers(-999, 999).map(Fraction), dyadic)))
def test_below_the_bound_binary64_is_exact_in_any_order(case):
    points, widths = case
    network = construct(points, widths, "float64")
    found = exactness(network, points)
    assert found.obstacle == ("" if found.largest < 2**53 else TOO_LARGE)
    if not found.obstacle:
        require_exact_in_binary64(network, points)


@settings(max_examples=60)
@given(cases(st.integers(-999, 999).map(Fraction)))
def test_the_bound_is_the_largest_sum_of_sizes(case):
    points, widths = case
    network = construct(points, widths, "float64")
    largest = Fraction(0)
    for h in points.inputs:
        for layer, z in zip(network.layers, network.preactivations(h), strict=True):
            for row, bias in zip(layer.weights, layer.bias, strict=True):
                largest = max(largest, sum((abs(w * v) for w, v in zip(row, h, strict=True)), abs(bias)))
            h = [max(v, 0) for v in z]
    assert exactness(network, points).largest == largest


def test_random_points_leave_the_bound_room():
    """With a breakpoint one unit before every group, and all gaps scaled to 4, the bound was 2^47."""
    points = random_points(900)
    network = construct(points, (59, 30), "float64")
    found = exactness(network, points)
    assert found.obstacle == "" and found.largest < 2**36
    require_exact_in_binary64(network, points)


def test_beyond_the_bound_binary64_is_wrong():
    points = dataset([[v * v * 10**6 + v] for v in range(12)], [3**30 * (-1) ** v + v for v in range(12)])
    network = construct(points, (5, 4), "float64")
    assert exactness(network, points).obstacle == "the bias of layer 2, neuron 3 is not a float64 number"
    with pytest.raises(AssertionError):
        require_exact_in_binary64(network, points)


def test_outputs_with_a_denominator_are_exact_where_it_is_a_power_of_two():
    inputs = [[v * 5 % 9, v] for v in range(9)]
    eighths, thirds = (dataset(inputs, [Fraction(v, d) for v in range(9)]) for d in (8, 3))
    network = construct(eighths, (5, 3), "float64")
    assert exactness(network, eighths).obstacle == "" and require_integers(network, eighths) == 8
    require_exact_in_binary64(network, eighths)
    network = construct(thirds, (5, 3), "float64")
    assert "layer 3" in exactness(network, thirds).obstacle and require_integers(network, thirds) == 3
    hidden = Network((network.layers[0], replace(network.layers[1], activation="identity")))
    assert exactness(hidden, thirds).obstacle == ""


@pytest.mark.parametrize(
    ("points", "widths"),
    [
        (dataset([[7]], [-3]), (1, 1)),
        (dataset([[7]], [-3]), (2, 3)),
        (dataset([[v, v * v] for v in range(7)], [3, 1, 4, 1, 5, 9, 2]), (7, 2)),
        (dataset([[v] for v in range(5)], [3, 3, -4, 1, 5]), (4, 3)),
        (dataset([["1/3"], ["-1/7"], ["22/7"], ["0"], ["9"]], [9, -8, 5, 2, 0]), (6, 2)),
        (dataset([[10**200 + v * v] for v in range(4)], [10**200, -(10**200), 0, 1]), (3, 2)),
    ],
)
def test_z3_proves_every_statement(points, widths):
    instance = Instance.of(construct(points, widths, "float64"), points)
    seen = list(outcomes(instance, 20_000))
    assert {outcome.result for outcome in seen} == {"proved"} and len(seen) == instance.queries()
    groups = -(-len(points) // widths[1])
    assert instance.statements()["cell"] == groups * widths[1]


@pytest.mark.parametrize(("a1", "room"), [(1, 3), (2, 3), (3, 6), (4, 6), (5, 9)])
def test_room(a1, room):
    points = dataset([[v] for v in range(room)], [v * v for v in range(room)])
    require_represented(construct(points, (a1, 3), "float64"), points, (a1, 3))
    points = dataset([[v] for v in range(room + 1)], range(room + 1))
    reason = f"{room + 1} distinct points, but widths {a1},3 have room for \\(\\(a1\\+1\\) div 2\\)\\*a2 = {room}$"
    with pytest.raises(TooManyPointsError, match=reason):
        construct(points, (a1, 3), "float64")


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_spare_neurons_are_right_of_all_data(count):
    points = dataset([[v] for v in range(count)], range(count))
    network = construct(points, (8, 2), "float64")
    used = 2 * -(-count // 2) - 1
    assert all(all(z <= 0 for z in network.preactivations(x)[0][used:]) for x in points.inputs)
    assert all(not any(row[used:]) for row in network.layers[1].weights)


def test_equal_points_are_one():
    points = dataset([[1], [2], [1], [2], [3], [4]], [5, 6, 5, 6, 7, 8])
    require_represented(construct(points, (3, 2), "float64"), points, (3, 2))


@given(st.lists(numbers(), min_size=1, max_size=9, unique=True), st.fractions(1, 9, max_denominator=9))
def test_integer_factor(ts, q):
    apart = [4 if place % 2 else 1 for place in range(1, len(ts))]
    factor = projection.integer_factor((q,), ts, apart)
    scaled = sorted(factor * t for t in ts)
    assert all(t.denominator == 1 for t in (factor * q, *scaled))
    assert all(high - low >= gap for low, high, gap in zip(scaled[:-1], scaled[1:], apart, strict=True))


def test_increasing_groups():
    found = increasing_groups(exact_all([9, 1, 5]), exact_all([7, 8, 9]), 2)
    assert found.x == {(0, 0): 1, (0, 1): 5, (1, 0): 9, (1, 1): 10}
    assert found.y == {(0, 0): 8, (0, 1): 9, (1, 0): 7, (1, 1): 7}
    assert found.b == [-3, 7, 11]
