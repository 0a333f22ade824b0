"""Construction yun: exhaustive small cases, its hard-tanhs, the room of Theorem 3.1, mutants, and what it refuses."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.dataset import Dataset
from checker.judge import Refuted, zero_error
from symbolic.construct import TooManyPointsError, construct
from symbolic.projection import CollisionError
from tests import points as strategies
from tests.commands import refused, run
from tests.points import dataset
from tests.represented import require_represented

TINY = Fraction(1, 10**30)


def line(ts, *columns):
    """Points in one dimension, their outputs by columns."""
    rows = zip(*(map(Fraction, column) for column in columns), strict=True)
    return Dataset(tuple((Fraction(t),) for t in ts), tuple(rows))


def built(data, widths):
    """The network, by the judge and the naive evaluator exact at every point."""
    network = construct(data, widths, "yun")
    require_represented(network, data, widths)
    return network


@pytest.mark.parametrize("widths", [(4, 4), (2, 8), (8, 2), (5, 5), (6, 6), (4, 7)])
def test_every_order_and_every_sign_of_four_points(widths):
    for order in permutations((Fraction(-3, 2), 0, 1, 9)):
        for ys in product((-1, 2), repeat=4):
            built(line(order, ys), widths)


@pytest.mark.parametrize("widths", [(2, 6), (6, 2), (4, 4), (4, 6)])
def test_every_triple_of_outputs_ties_included(widths):
    for ys in product((-1, 0, Fraction(1, 3)), repeat=3):
        built(line((0, 1, 3), ys), widths)


@pytest.mark.parametrize("count", range(1, 13))
def test_every_number_of_points_that_there_is_room_for(count):
    ts = [7 * k % 13 - 4 for k in range(count)]
    for widths in ((6, 8), (8, 6), (7, 9), (24, 2), (2, 24)):
        built(line(ts, [k * k % 7 - 3 for k in range(count)]), widths)


@pytest.mark.parametrize("gap", [TINY, 1 / TINY, Fraction(22, 7)])
def test_gaps_of_every_size_at_every_place(gap):
    for place in range(1, 8):
        ts = [k if k < place else k - 1 + gap for k in range(8)]
        for ys in ((0, 1) * 4, (3, 3, -1 / TINY, 2, TINY, 0, 0, 5)):
            built(line(ts, ys), (4, 8))
            built(line(ts, ys), (8, 4))


@st.composite
def cases(draw):
    outputs = draw(st.integers(1, 3))
    p, q = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    rows = st.tuples(strategies.numbers(), strategies.numbers())
    inputs = draw(st.lists(rows, min_size=1, max_size=p * q, unique=True))
    values = st.tuples(*[strategies.numbers()] * outputs)
    ys = draw(st.lists(values, min_size=len(inputs), max_size=len(inputs)))
    spare = draw(st.integers(0, 1)), draw(st.integers(0, 2 * outputs - 1))
    return Dataset(tuple(inputs), tuple(ys)), (2 * p + spare[0], 2 * q * outputs + spare[1])


@settings(max_examples=60, deadline=None)
@given(cases())
def test_any_distinct_inputs_and_any_outputs(case):
    built(*case)


def test_several_outputs_each_have_their_hard_tanhs():
    data = line(range(6), (1, 2, 3, 3, 2, 1), (0, 0, 0, 0, 0, 0), (5, -5, 5, -5, 5, Fraction(1, 7)))
    network = built(data, (4, 18))
    for e, row in enumerate(network.layers[-1].weights):
        assert [bool(w) for w in row] == [6 * e <= j < 6 * e + 6 for j in range(18)]


def test_equal_rows_are_one_point():
    data = line((1, 1, 1, 2, 2, 3), (5, 5, 5, 0, 0, 1))
    built(data, (4, 4))


# What the layers are


EIGHT = line((0, 1, 4, 6, 7, 12, 13, 20), (3, -1, 4, 1, -5, 9, -2, 6))


def test_the_neurons_are_pairs_of_two_hard_tanhs():
    first, second, last = built(EIGHT, (4, 8)).layers
    assert len(set(first.weights)) == 1 and last.weights == ((1, -1) * 4,)
    for low, high in zip(second.weights[::2], second.weights[1::2], strict=True):
        assert low == high and all(a == -b for a, b in zip(low[::2], low[1::2], strict=True))
    assert {b - c for b, c in zip(second.bias[::2], second.bias[1::2], strict=True)} == {9 + 5}


def test_each_point_has_one_hard_tanh_of_each_layer_to_itself():
    network = built(EIGHT, (4, 8))
    groups, within = [], []
    for x, (y,) in zip(EIGHT.inputs, EIGHT.outputs, strict=True):
        first, second, _ = network.preactivations(x)
        linear = [i for i in range(2) if first[2 * i] > 0 >= first[2 * i + 1]]
        inside = [j for j in range(4) if second[2 * j] > 0 > second[2 * j + 1]]
        at = [j for j in range(4) if second[2 * j] - 5 == y]
        groups.append(linear)
        within.append(inside)
        assert inside == (at if -5 < y < 9 else [])
    assert groups == [[0]] * 4 + [[1]] * 4
    assert within == [[0], [1], [2], [3], [], [], [1], [0]], "zigzag; 5 and 9 are the bounds"


def test_elsewhere_the_clipped_ones_say_low_or_high():
    network = built(EIGHT, (4, 8))
    values = {network.preactivations((Fraction(k, 10),))[-1][0] for k in range(-100, 300)}
    assert min(values) >= -5 - 14 * 2 and max(values) <= 9 + 14 * 2


# The room of Theorem 3.1


def test_there_is_room_for_what_the_theorem_says():
    for d1, d2, m in product(range(4, 13), range(4, 25), (1, 2, 3)):
        theorem = 4 * (d1 // 4) * (d2 // (4 * m))
        if theorem:
            ts = range(theorem)
            network = construct(line(ts, *[[k * k % (5 + e) for k in ts] for e in range(m)]), (d1, d2), "yun")
            assert network.widths == (1, d1, d2, m)


@pytest.mark.parametrize(
    ("widths", "outputs", "said"),
    [
        ((4, 4), 1, "5 distinct points, but widths 4,4 have room for (a1 div 2)*(a2 div 2) = 4"),
        ((5, 5), 1, "5 distinct points, but widths 5,5 have room for (a1 div 2)*(a2 div 2) = 4"),
        ((1, 50), 1, "room for (a1 div 2)*(a2 div 2) = 0"),
        ((50, 1), 1, "room for (a1 div 2)*(a2 div 2) = 0"),
        ((4, 11), 2, "5 distinct points, but widths 4,11 have room for (a1 div 2)*(a2 div 4) = 4"),
        ((50, 3), 2, "room for (a1 div 2)*(a2 div 4) = 0"),
    ],
)
def test_one_point_too_many_is_refused(widths, outputs, said):
    with pytest.raises(TooManyPointsError) as error:
        construct(line(range(5), *[range(5)] * outputs), widths, "yun")
    assert said in str(error.value)


def test_a_projection_that_makes_points_collide_is_refused():
    data = dataset([(0, 1), (1, 0)], (0, 1))
    with pytest.raises(CollisionError) as error:
        construct(data, (2, 4), "yun", (Fraction(1), Fraction(1)))
    assert error.value.pair == (1, 2)


# Any weight matters


def changed(network, layer, neuron, entry):
    """The network with 1e-30 added to one weight, or to the bias where entry is None."""
    here = network.layers[layer]
    if entry is None:
        bias = tuple(b + TINY if k == neuron else b for k, b in enumerate(here.bias))
        new = replace(here, bias=bias)
    else:
        row = tuple(w + TINY if k == entry else w for k, w in enumerate(here.weights[neuron]))
        new = replace(here, weights=(*here.weights[:neuron], row, *here.weights[neuron + 1 :]))
    return replace(network, layers=(*network.layers[:layer], new, *network.layers[layer + 1 :]))


def test_every_weight_and_bias_that_is_used_is_refuted_when_it_is_off_by_a_little():
    network = built(EIGHT, (4, 8))
    places = [
        (layer, neuron, entry)
        for layer, content in enumerate(network.layers)
        for neuron, row in enumerate(content.weights)
        for entry in (None, *range(len(row)))
    ]
    kept = [p for p in places if not isinstance(zero_error(changed(network, *p), EIGHT), Refuted)]
    last = [(0, 3, None), (0, 3, 0), *((1, j, 3) for j in range(8))]
    assert kept == last, "only the ReLU that begins behind all points, and what it is multiplied with"


# The command


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("".join(f"{k * 7 % 31},{k},{k * k % 13 - 6}\n" for k in range(20)))
    return path


@pytest.mark.parametrize("projection", ["auto", "article", "1,1/100"])
def test_what_construct_writes_is_certified(points, tmp_path, projection):
    network = tmp_path / "network.json"
    options = ("--method", "yun", "--widths", "8,10", "--projection", projection)
    process = run("symbolic", "construct", points, *options, "-o", network)
    assert (process.returncode, process.stderr) == (0, "")
    assert "widths (2, 8, 10, 1), 20 points, method yun\n" in process.stdout
    assert run("checker", "certify", network, points, "--engine", "all", "-q").stdout.startswith("CERTIFIED")


def test_several_outputs_are_certified(points, tmp_path):
    network = tmp_path / "network.json"
    options = ("--method", "yun", "--widths", "8,20", "--outputs", "2")
    assert run("symbolic", "construct", points, *options, "-o", network).returncode == 0
    process = run("checker", "certify", network, points, "--outputs", "2", "--engine", "all", "-q")
    assert process.stdout.startswith("CERTIFIED")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), "--widths: --method yun needs it"),
        (("--widths", "8"), "not of the form A1,A2"),
        (("--widths", "8,9"), "20 distinct points, but widths 8,9 have room for (a1 div 2)*(a2 div 2) = 16"),
        (("--widths", "8,20", "--outputs", "2", "--depth", "3"), "--depth: --method yun: not an option of it"),
        (("--widths", "8,10", "--all-relu"), "--all-relu: --method yun: not an option of it"),
        (("--widths", "8,10", "--projection", "0,0"), "rows 1 and 2: the projection sends both inputs to 0"),
        (("--widths", "8,10", "--projection", "1"), "2 inputs, but --projection has 1 entries"),
        (("--widths", "5000,5000"), "more than 20000000 parameters"),
    ],
)
def test_options_that_do_not_go_together_are_refused(points, tmp_path, options, reason):
    refused(run("symbolic", "construct", points, "--method", "yun", *options, "-o", tmp_path / "n.json"), reason)
    assert not (tmp_path / "n.json").exists()
