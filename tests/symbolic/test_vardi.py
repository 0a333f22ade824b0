"""Construction vardi: exhaustive small cases, its three stages, how it grows, mutants, and what it refuses."""

import math
from dataclasses import replace
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.judge import Certified, Refuted, zero_error
from symbolic import vardi_network
from symbolic.projection import CollisionError
from symbolic.vardi_network import WIDTH, TooManyBitsError, Units, code, network, units
from tests import naive
from tests import points as strategies
from tests.commands import refused, run
from tests.points import dataset


def line(ts, ys):
    """Points in one dimension."""
    return dataset([(t,) for t in ts], ys)


def built(data):
    """The network, by the judge and the naive evaluator exact at every point."""
    made = network(data)
    assert max(made.widths[1:-1]) <= WIDTH and isinstance(zero_error(made, data), Certified)
    layers = naive.plain(made)
    for x, (y,) in zip(data.inputs, data.outputs, strict=True):
        assert list(naive.outputs(layers, [naive.pair(v) for v in x])) == [naive.pair(y)]
    return made


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_every_order_and_every_sign_of_three_points_in_groups_of_every_size(size, monkeypatch):
    monkeypatch.setattr(vardi_network.math, "isqrt", lambda number: size)
    for order in permutations((Fraction(-3, 2), 0, 3)):
        for ys in product((-1, 2), repeat=3):
            made = network(line(order, ys))
            assert isinstance(zero_error(made, line(order, ys)), Certified), (order, ys)


@pytest.mark.parametrize("count", range(1, 14))
def test_every_number_of_points_in_groups_of_every_size(count, monkeypatch):
    for size in range(1, count + 2):
        monkeypatch.setattr(vardi_network.math, "isqrt", lambda number, size=size: size)
        data = line([7 * k % 15 - 4 for k in range(count)], [Fraction(k * k % 7 - 3, 1 + k % 2) for k in range(count)])
        assert isinstance(zero_error(network(data), data), Certified), size


def test_labels_that_are_ties_or_far_apart():
    for ys in ((0, 0, 0), (Fraction(1, 3), 0, Fraction(1, 3)), (0, -(10**9), Fraction(1, 3)), (10**12, 10**12, 1)):
        built(line((0, 1, 3), ys))
        built(line((0, Fraction(1, 10**9), 10**6), ys))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_distinct_inputs_and_any_outputs(data):
    small = st.fractions(-5, 5, max_denominator=6)
    number = data.draw(st.sampled_from((small, strategies.numbers())))
    inputs = data.draw(st.lists(st.tuples(small, number), min_size=1, max_size=9, unique=True))
    outputs = data.draw(st.lists(number, min_size=len(inputs), max_size=len(inputs)))
    built(dataset(inputs, outputs))


def test_equal_rows_are_one_point():
    assert built(line((1, 1, 2, 2), (5, 5, 0, 0))).widths == built(line((1, 2), (5, 0))).widths


# The stages


def test_values_are_counted_from_the_least_in_their_greatest_common_step():
    assert units([Fraction(7), Fraction(-5), Fraction(1)]) == Units(Fraction(-5), Fraction(6), (2, 0, 1))
    assert units([Fraction(1, 6), Fraction(1, 4)]) == Units(Fraction(1, 6), Fraction(1, 12), (0, 1))
    assert units([Fraction(3), Fraction(3)]) == Units(Fraction(3), Fraction(1), (0, 0))
    assert [units([Fraction(0), Fraction(1), Fraction(last)]).bits for last in (2, 3, 4)] == [2, 2, 3]
    assert units([Fraction(4)]).bits == 1


def test_the_points_of_a_group_are_in_the_bits_of_two_numbers(monkeypatch):
    monkeypatch.setattr(vardi_network.math, "isqrt", lambda number: 2)
    ts, ys = units([Fraction(t) for t in (0, 1, 3, 6, 5)]), units([Fraction(y) for y in (1, 0, 1, 3, 2)])
    found = code(ts, ys)
    assert (found.size, found.bits, found.starts, found.greatest) == (2, (3, 2), (0, 3, 6), 3)
    assert found.inputs == (0b000_001, 0b011_101, 0b110_000)
    assert found.labels == (0b01_00, 0b01_10, 0b11_00)
    assert found.layers == 3 + 2 * 4


@pytest.mark.parametrize("count", [1, 2, 12, 60, 150])
def test_the_number_of_layers_is_known_before(count):
    data = line([k * k for k in range(count)], [k * 7 % 10 for k in range(count)])
    ts, ys = (units([row[0] for row in rows]) for rows in (data.inputs, data.outputs))
    assert len(network(data).widths) - 2 == code(ts, ys).layers


@pytest.mark.parametrize("count", [100, 1000, 10_000])
def test_parameters_grow_as_the_square_root_but_for_logarithms(count):
    ts, ys = units([Fraction(k) for k in range(count)]), units([Fraction(k % 10) for k in range(count)])
    found = code(ts, ys)
    assert found.layers <= 2.1 * math.sqrt(count * (1 + math.ceil(math.log2(count)))) + 2
    assert max(number.bit_length() for number in found.inputs) <= math.sqrt(count / math.log2(count)) * found.bits[0]


# Any weight matters


def changed(made, layer, neuron, entry):
    """The network with one weight off by 1/1000, or the bias where entry is None."""
    here, amount = made.layers[layer], Fraction(1, 1000)
    if entry is None:
        new = replace(here, bias=tuple(b + amount if k == neuron else b for k, b in enumerate(here.bias)))
    else:
        row = tuple(w + amount if k == entry else w for k, w in enumerate(here.weights[neuron]))
        new = replace(here, weights=(*here.weights[:neuron], row, *here.weights[neuron + 1 :]))
    return replace(made, layers=(*made.layers[:layer], new, *made.layers[layer + 1 :]))


def test_a_weight_that_is_off_by_a_little_is_refuted():
    data = line((0, 1, 3, 4, 7, 8), (2, 0, 1, 3, 3, 1))
    made = built(data)
    places = [
        (layer, neuron, entry)
        for layer, content in enumerate(made.layers)
        for neuron, row in enumerate(content.weights)
        for entry in (None, *(k for k, w in enumerate(row) if w))
    ]
    found = [isinstance(zero_error(changed(made, *place), data), Refuted) for place in places]
    assert sum(found) > 0.7 * len(places), "a step is the same for all integers but the two at which it begins and ends"
    assert all(found[-2:])


@pytest.mark.parametrize("size", [1, 2, 3])
def test_every_bit_that_is_looked_up_matters(size, monkeypatch):
    data = line((0, 1, 3, 4, 7, 8), (2, 1, 1, 3, 3, 0))
    monkeypatch.setattr(vardi_network.math, "isqrt", lambda number: size)
    right = code(*(units([row[0] for row in rows]) for rows in (data.inputs, data.outputs)))
    for name, bits in zip(("inputs", "labels"), right.bits, strict=True):
        numbers = getattr(right, name)
        for group, bit in product(range(len(numbers)), range(bits * size)):
            wrong = tuple(number ^ (group == k) << bit for k, number in enumerate(numbers))
            monkeypatch.setattr(vardi_network, "code", lambda ts, ys, new={name: wrong}: replace(right, **new))
            last = group == len(numbers) - 1 and bit < bits and name == "inputs"
            assert isinstance(zero_error(network(data), data), Refuted) != last, "the label of the last point is 0"


# What is refused


def test_a_projection_that_makes_points_collide_is_refused():
    data = dataset([(0, 1), (1, 0)], (0, 1))
    with pytest.raises(CollisionError) as error:
        network(data, (Fraction(1), Fraction(1)))
    assert error.value.pair == (1, 2)


def test_too_many_bits_are_refused():
    with pytest.raises(TooManyBitsError, match="3 distinct points of 2 bits and labels of 150002 need 150006 layers"):
        network(line((0, 1, 2), (0, 1, Fraction(1, 2 ** (vardi_network.LAYERS + 1)))))


# The command


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("".join(f"{k * 7 % 31},{k},{k * k % 13 - 6}/4\n" for k in range(20)))
    return path


@pytest.mark.parametrize("projection", ["auto", "article", "1,1/100"])
def test_what_construct_writes_is_certified(points, tmp_path, projection):
    made = tmp_path / "network.json"
    process = run("symbolic", "construct", points, "--method", "vardi", "--projection", projection, "-o", made)
    assert (process.returncode, process.stderr) == (0, "")
    assert "20 points, method vardi\n" in process.stdout
    assert "\nlabels      integers from 0: the output is -3/2 + 1/4 * label\n" in process.stdout
    assert run("checker", "certify", made, points, "--engine", "all", "-q").stdout.startswith("CERTIFIED")


def test_many_widths_are_not_printed_one_by_one(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("".join(f"{k},{k * k % 13}\n" for k in range(80)))
    process = run("symbolic", "construct", path, "--method", "vardi", "-o", tmp_path / "network.json")
    assert "widths (1, 5" in process.stdout or " layers of up to 10, 1)" in process.stdout


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("--widths", "8,10"), "--widths: --method vardi: its layers have 10 neurons at most"),
        (("--depth", "3"), "--depth: --method vardi: not an option of it"),
        (("--all-relu",), "--all-relu: --method vardi: not an option of it"),
        (("--outputs", "2"), "2 outputs, but --method vardi makes networks with one"),
        (("--projection", "0,0"), "rows 1 and 2: the projection sends both inputs to 0"),
        (("--projection", "1"), "2 inputs, but --projection has 1 entries"),
    ],
)
def test_options_that_do_not_go_together_are_refused(points, tmp_path, options, reason):
    refused(run("symbolic", "construct", points, "--method", "vardi", *options, "-o", tmp_path / "n.json"), reason)
    assert not (tmp_path / "n.json").exists()
