"""Theorem 4: several outputs, groups of a2 div m points for each, and one neuron for each of a2 mod m extra points."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Sum

from checker.dataset import Dataset
from proofs.instance.statements import Instance, outcomes
from symbolic import outputs
from symbolic.construct import TooManyPointsError, construct
from symbolic.exact import is_zero
from symbolic.outputs import A, F, T, Y, beta, e, k, kappa, power, power_of_two_below
from symbolic.symbols import s
from tests.points import numbers
from tests.represented import require_represented, require_sign_pattern
from tests.symbolic.test_float64 import TOO_LARGE, exactness, require_exact_in_binary64

METHODS = ["interpolant", "inoue", "float64"]
before = Sum(A[e, s] * (T[k] - kappa[s]), (s, 0, k - 1))
STATED = {
    "knot": T[k] - power[k],
    "bias": beta - kappa[k],
    "column": (Y[e, k] - F[e, k] - before) / power[k],
}


@pytest.mark.parametrize("name", STATED)
def test_derived_formula(name):
    derived = getattr(outputs.derive(), name)
    assert is_zero(derived - STATED[name])
    assert not is_zero(derived + STATED[name]), "the comparison cannot fail"


def test_every_formula_is_stated():
    assert set(vars(outputs.derive())) == set(STATED)


def dataset(inputs, columns):
    """The dataset of these rows of inputs and these columns of outputs."""
    xs = tuple(tuple(Fraction(v) for v in row) for row in inputs)
    return Dataset(xs, tuple(tuple(Fraction(y) for y in row) for row in zip(*columns, strict=True)))


def example(count, m):
    """count points on a line with m outputs, in no order."""
    xs = [[v * 7 % count if count % 7 else v] for v in range(count)]
    return dataset(xs, [[(v * v * (o + 2) + o) % 11 - 5 for v in range(count)] for o in range(m)])


def room(a1, a2, m, method):
    groups = (a1 + 1) // 2 if method == "float64" else a1
    return groups * (a2 // m) + a2 % m


@st.composite
def cases(draw, entries):
    """(dataset, (a1, a2), method) with m outputs and as many distinct points as there is room for, or fewer."""
    method, m = draw(st.sampled_from(METHODS)), draw(st.integers(1, 4))
    widths = draw(st.integers(1, 4)), draw(st.integers(1, 9))
    most = room(*widths, m, method)
    least = draw(st.sampled_from([1, most]))
    inputs = draw(st.lists(st.tuples(entries, entries), min_size=least, max_size=most, unique=True))
    columns = [draw(st.lists(entries, min_size=len(inputs), max_size=len(inputs))) for _ in range(m)]
    return dataset(inputs, columns), widths, method


@settings(max_examples=150)
@given(cases(numbers()))
def test_any_dataset(case):
    points, widths, method = case
    require_represented(construct(points, widths, method), points, widths)


@settings(max_examples=60)
@given(cases(st.integers(-99, 99).map(Fraction)))
def test_below_the_bound_binary64_is_exact_in_any_order(case):
    points, widths, _ = case
    if len(points) <= room(*widths, len(points.outputs[0]), "float64"):
        network = construct(points, widths, "float64")
        found = exactness(network, points)
        assert found.obstacle in ("", TOO_LARGE)
        if not found.obstacle:
            require_exact_in_binary64(network, points)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("a1", "a2", "m"),
    [(6, 9, 4), (1, 1, 1), (1, 5, 2), (3, 4, 4), (3, 1, 4), (2, 3, 5), (4, 2, 2), (1, 7, 3), (2, 5, 1), (3, 7, 4)],
)
def test_every_number_of_points_up_to_the_room(a1, a2, m, method):
    most = room(a1, a2, m, method)
    for count in {1, most // 2 or 1, max(most - 1, 1), most}:
        points = example(count, m)
        require_represented(construct(points, (a1, a2), method), points, (a1, a2))
    with pytest.raises(TooManyPointsError) as error:
        construct(example(most + 1, m), (a1, a2), method)
    assert f"{most + 1} distinct points" in str(error.value) and str(error.value).endswith(f" = {most}")


def test_the_reason_names_the_room():
    reason = "14 distinct points, but widths 6,9 have room for a1\\*\\(a2 div 4\\) \\+ a2 mod 4 = 13$"
    with pytest.raises(TooManyPointsError, match=reason):
        construct(example(14, 4), (6, 9), "interpolant")


@pytest.mark.parametrize("method", ["interpolant", "inoue"])
@pytest.mark.parametrize(("a1", "a2", "m"), [(6, 9, 4), (3, 1, 4), (2, 5, 3), (1, 8, 3)])
def test_extra_neurons_are_off_left_of_their_point_and_a_power_of_two_at_it(a1, a2, m, method):
    count, grouped = room(a1, a2, m, method), a2 // m * m
    points = example(count, m)
    network = construct(points, (a1, a2), method, (Fraction(1),))
    for rank, x in enumerate(sorted(points.inputs)):
        for extra, z in enumerate(network.preactivations(x)[1][grouped:]):
            place = count - a2 % m + extra
            assert z < 0 if rank < place else z > 0
            assert rank != place or z in {Fraction(2) ** q for q in range(-9, 9)}


def test_extra_neurons_without_a_point_are_silent():
    network = construct(example(12, 4), (6, 9), "interpolant")
    assert not any(network.layers[1].weights[8]) and network.layers[1].bias[8] == -1
    assert all(row[8] == 0 for row in network.layers[2].weights)


def test_a_spare_neuron_is_right_of_the_extra_points():
    points = example(7, 2)
    network = construct(points, (6, 5), "float64")
    assert all(network.preactivations(x)[0][5] < 0 for x in points.inputs)


@pytest.mark.parametrize("method", METHODS)
def test_each_output_runs_the_construction_for_one_output(method):
    """Its block of the second and third layer is the network of Theorem 3 for its column alone."""
    points, q = example(6, 3), 2
    network = construct(points, (5, 6), method)
    for o in range(3):
        alone = construct(Dataset(points.inputs, tuple((y[o],) for y in points.outputs)), (5, q), method)
        require_sign_pattern(alone, points)
        own = slice(o * q, (o + 1) * q)
        assert network.layers[0] == alone.layers[0]
        assert network.layers[1].weights[own] == alone.layers[1].weights
        assert network.layers[1].bias[own] == alone.layers[1].bias
        row = network.layers[2].weights[o]
        assert row[own] == alone.layers[2].weights[0] and not any(row[: o * q]) and not any(row[(o + 1) * q :])
        assert network.layers[2].bias[o] == alone.layers[2].bias[0]


LONG = 10**200
EDGES = {
    "one point": (dataset([["-7/3"]], [[1], [-2], ["1/3"]]), (1, 1)),
    "fractions": (dataset([["1/3"], ["-1/7"], ["22/7"]], [["1/9", "-8/3", 5], [1, "2/5", "-1/11"]]), (1, 5)),
    "200 digits": (dataset([[LONG + v * v, -v] for v in range(5)], [[LONG] * 5, range(5)]), (3, 5)),
    "tiny and huge gaps": (dataset([[0], [Fraction(1, LONG)], [LONG]], [[0, LONG, 1], [1, 1, 2]]), (1, 5)),
    "duplicates": (dataset([[1], [2], [1], [3], [2]], [[5, 6, 5, 7, 6], [1, 1, 1, 0, 1]]), (1, 5)),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("edge", EDGES)
def test_edges(edge, method):
    points, widths = EDGES[edge]
    require_represented(construct(points, widths, method), points, widths)


@pytest.mark.parametrize(("count", "m", "widths"), [(13, 4, (6, 9)), (2, 3, (2, 2)), (3, 2, (3, 2))])
def test_z3_proves_every_statement(count, m, widths):
    points = example(count, m)
    instance = Instance.of(construct(points, widths, "interpolant"), points)
    seen = list(outcomes(instance, 20_000))
    assert {outcome.result for outcome in seen} == {"proved"} and len(seen) == instance.queries()
    assert instance.statements() == {"zero-error": count * m, "sign": count * sum(widths), "cell": 0}


@given(st.fractions(Fraction(1, 10**9), 10**9))
def test_power_of_two_below(gap):
    power = power_of_two_below(gap)
    assert power < gap <= 2 * power
    assert power.numerator & (power.numerator - 1) == 0 and power.denominator & (power.denominator - 1) == 0
