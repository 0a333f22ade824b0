"""The engines against the judge: random networks and data, whatever is installed; sums that binary64 gets wrong."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import network
from checker.dataset import Dataset
from checker.engines import ENGINES, first_layer, integer, line, prepared
from checker.judge import Certified, Refuted, zero_error
from checker.network import Layer, Network
from tests.checker import engine_suite
from tests.checker.engine_suite import BACK_ENDS, installed, own, same, wrong
from tests.checker.examples import ROOT
from tests.checker.kill_suite import build

SMALL = st.integers(-3, 3).map(Fraction)
FRACTIONS = st.builds(Fraction, st.integers(-9, 9), st.integers(1, 9))
DYADIC = st.builds(lambda p, e: Fraction(p, 2**e), st.integers(-9, 9), st.integers(0, 70))
NEAR_2_53 = st.builds(
    lambda sign, e, d: Fraction(sign * 2**e + d), st.sampled_from([-1, 1]), st.integers(24, 54), st.integers(-2, 2)
)
HUGE = st.builds(lambda sign, d: Fraction(sign * 10**40 + d), st.sampled_from([-1, 1]), st.integers(-2, 2))
TINY = st.builds(lambda p, d: Fraction(p, 10**40 + d), st.integers(-1, 1), st.integers(0, 3))
COPRIME = st.builds(Fraction, st.integers(-5, 5), st.sampled_from([1, 3, 2**31 - 1, 2**61 - 1, 2**64 + 13, 2**89 - 1]))
KINDS = [SMALL, FRACTIONS, DYADIC, NEAR_2_53, HUGE | SMALL, TINY | SMALL, COPRIME]
KINDS.append(st.one_of(KINDS))
AMOUNTS = st.sampled_from([Fraction(1), Fraction(-1), Fraction(1, 10**60), Fraction(-(10**60)), Fraction(1, 2**53)])
OFFSETS = st.sampled_from([Fraction(1, 10**25), Fraction(1, 7), Fraction(-1, 7), Fraction(-1, 10**25), 0, 0, 0])


def vectors(kind, length):
    return st.tuples(*[kind] * length)


def layers(draw, inputs, width, activation):
    """A layer of numbers of one kind, now and then with weights that are all 0."""
    kind = draw(st.sampled_from(KINDS))
    weights = draw(vectors(vectors(kind, inputs), width))
    if draw(st.integers(0, 9)) == 9:
        weights = (*weights[1:], (Fraction(0),) * inputs)
    return Layer(weights, draw(vectors(draw(st.sampled_from([kind, SMALL])), width)), activation)


@st.composite
def deep(draw):
    """A network of depth 1 to 4, identity layers anywhere."""
    widths = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    hidden = [draw(st.sampled_from(["relu", "relu", "relu", "identity"])) for _ in widths[2:]]
    shapes = zip(widths[:-1], widths[1:], [*hidden, "identity"], strict=True)
    return Network(tuple(layers(draw, *shape) for shape in shapes))


@st.composite
def projected(draw):
    """A network that sees its input through one projection: breakpoints in any order, some of them equal."""
    n, a1, a2, m = (draw(st.integers(1, 5)) for _ in range(4))
    first = layers(draw, n, a1, "relu")
    bias = draw(st.lists(st.sampled_from(first.bias), min_size=a1, max_size=a1))
    first = replace(first, weights=first.weights[:1] * a1, bias=draw(st.sampled_from([first.bias, tuple(bias)])))
    return Network((first, layers(draw, a1, a2, "relu"), layers(draw, a2, m, "identity")))


@st.composite
def represented(draw, networks):
    """(network, dataset that it represents): duplicates, and preactivations that are 0 or nearly so."""
    model = draw(networks)
    n = model.widths[0]
    inputs = draw(st.lists(vectors(draw(st.sampled_from(KINDS)), n), min_size=1, max_size=5))
    for neuron in draw(st.lists(st.integers(0, model.layers[0].width - 1), min_size=1, max_size=4)):
        inputs.append(_near_breakpoint(model.layers[0], neuron, draw(st.sampled_from(inputs)), draw(OFFSETS)))
    inputs += draw(st.lists(st.sampled_from(inputs), max_size=2))
    if draw(st.booleans()):
        model = _zeroed(model, draw(st.integers(0, len(model.layers) - 1)), draw(st.sampled_from(inputs)))
    return model, own(model, tuple(draw(st.permutations(inputs))))


def _near_breakpoint(layer, neuron, x, offset):
    """x moved along one coordinate to where the neuron's preactivation is offset; x when its weights are all 0."""
    weights = layer.weights[neuron]
    for j, w in enumerate(weights):
        if w:
            z = layer.bias[neuron] + sum(a * b for a, b in zip(weights, x, strict=True))
            return (*x[:j], x[j] + (offset - z) / w, *x[j + 1 :])
    return x


def _zeroed(model, number, x):
    """The network with a bias changed such that the first neuron of a layer has preactivation 0 at x."""
    layer, z = model.layers[number], model.preactivations(x)[number][0]
    changed = replace(layer, bias=(layer.bias[0] - z, *layer.bias[1:]))
    return Network((*model.layers[:number], changed, *model.layers[number + 1 :]))


def agree(model, data):
    """Every engine that applies answers what the judge does, whatever is installed; that answer."""
    reference = zero_error(model, data)
    names = ["integer", *(["line"] if line.applies(model) else [])]
    for libraries in BACK_ENDS:
        with pytest.MonkeyPatch.context() as patch:
            installed(patch, *libraries)
            for name in names:
                same(prepared(name, model)(data), reference, (name, libraries))
    return reference


@settings(max_examples=80)
@given(represented(deep()))
def test_any_network_is_certified_as_by_the_judge(case):
    assert isinstance(agree(*case), Certified)


@settings(max_examples=80)
@given(represented(projected()))
def test_a_network_on_a_line_is_certified_as_by_the_judge(case):
    assert line.applies(case[0])
    assert isinstance(agree(*case), Certified)


@settings(max_examples=80)
@given(represented(deep() | projected()), st.data(), AMOUNTS)
def test_wrong_outputs_are_refuted_as_by_the_judge(case, data, amount):
    model, right = case
    places = st.tuples(st.integers(0, len(right) - 1), st.integers(0, len(right.outputs[0]) - 1))
    changed = wrong(right, data.draw(st.sets(places, min_size=1, max_size=3)), amount)
    assert isinstance(agree(model, changed), Refuted)


@settings(max_examples=40)
@given(represented(projected()), st.data(), st.sampled_from([Fraction(1), Fraction(1, 10**40), Fraction(-(10**40))]))
def test_almost_one_projection_is_refused(case, data, amount):
    model, points = case
    first = model.layers[0]
    i, j = data.draw(st.integers(0, first.width - 1)), data.draw(st.integers(0, first.inputs - 1))
    row = tuple(w + amount if k == j else w for k, w in enumerate(first.weights[i]))
    first = replace(first, weights=(*first.weights[:i], row, *first.weights[i + 1 :]))
    other = Network((first, *model.layers[1:]))
    assert line.applies(other) == (first.width == 1)
    if first.width > 1:
        with pytest.raises(first_layer.NotOnALineError):
            prepared("line", other)
    agree(other, points)


@pytest.mark.parametrize("libraries", BACK_ENDS, ids=str)
@pytest.mark.parametrize("number", range(len(engine_suite.CASES)))
def test_the_fixed_cases(number, libraries, monkeypatch):
    installed(monkeypatch, *libraries)
    model, right = build(network, engine_suite.CASES[number][0]), engine_suite.CASES[number][1]
    for data, claim, reference in engine_suite.judged_of(model, right):
        for name in ENGINES if line.applies(model) else ("judge", "integer", "all"):
            same(prepared(name, model, claim)(data), reference, (name, libraries))


# Sums of products in which binary64 may have to round: the total, an entry, or what it has added up on the way.
ROUNDED = [
    # inputs, weights, the exact sum
    ([1, 1], [2**53, 1], 2**53 + 1),
    ([1, 1], [2**53 - 1, 2], 2**53 + 1),
    ([-1, -1], [2**53, 1], -(2**53) - 1),
    ([2**26, 1, 1], [2**27, 1, 0], 2**53 + 1),
    ([3, 1], [2**52 - 1, 1], 3 * 2**52 - 2),
    ([2**53 + 1, 0], [1, 1], 2**53 + 1),
    ([1, 0], [-(2**53) - 1, 1], -(2**53) - 1),
    ([1, 1], [2**53 - 1, 1], 2**53),
    ([1, 1, 1], [2**53, 1, -(2**53)], 1),
    ([2**53, 2**53, 1], [1, -1, 1], 1),
]
EXACT = [
    ([1, 1], [2**53 - 2, 1], 2**53 - 1),
    ([1, 1], [2**53 - 1, 0], 2**53 - 1),
    ([1, 1], [2**52, -(2**52) + 1], 1),
    ([2**26, 2**26], [2**26, -(2**26) + 1], 2**26),
    ([0, 1], [2**53 - 1, 1], 1),
    ([3, -1], [(2**53 - 1) // 3, 0], 3 * ((2**53 - 1) // 3)),
]


@pytest.mark.parametrize(("h", "weights", "total"), ROUNDED)
@pytest.mark.parametrize("libraries", BACK_ENDS, ids=str)
def test_a_sum_that_binary64_rounds_is_not_left_to_it(h, weights, total, libraries, monkeypatch):
    installed(monkeypatch, *libraries)
    assert integer.largest_sum([h], [weights]) >= 2**53
    assert integer.product([h], [weights]) == [[total]]
    assert int(integer.product([h], [weights])[0][0]) == total


def _in_binary64(h, weights):
    return int(numpy.array([h], dtype=float)[0] @ numpy.array(weights, dtype=float))


def test_binary64_does_get_such_sums_wrong():
    """One at least of every kind: too great a weight, activation, product, sum, or partial sum of a small one."""
    for number in (0, 1, 2, 3, 5, 6):
        h, weights, total = ROUNDED[number]
        assert _in_binary64(h, weights) != total
    orders = [(0, 1, 2), (0, 2, 1), (1, 0, 2)]
    h, weights, total = ROUNDED[8]
    assert {_in_binary64(h, [weights[k] for k in order]) for order in orders} - {total}


@pytest.mark.parametrize(("h", "weights", "total"), EXACT)
def test_a_sum_below_the_bound_is_exact(h, weights, total):
    assert integer.largest_sum([h], [weights]) < 2**53
    assert integer.product([h], [weights]) == [[total]] and _in_binary64(h, weights) == total


@pytest.mark.parametrize("bound", [2**54, 2**60, 2**2000])
def test_with_a_greater_bound_the_engine_would_be_wrong(bound, monkeypatch):
    """The check is what keeps binary64 exact: without it, or with the bound doubled, a wrong network is certified."""
    model = build(network, [("1 1", "1", "identity")])
    right = own(model, f"{2**53 - 1} 1;{2**52} {2**52}")
    lie = wrong(right, {(0, 0), (1, 0)}, Fraction(-1))
    assert zero_error(model, lie).obtained == 2**53 + 1
    same(integer.prepared(model)(lie), zero_error(model, lie))
    monkeypatch.setattr(integer, "EXACT", bound)
    assert isinstance(integer.prepared(model)(lie), Certified)


@pytest.mark.parametrize("weight", [2**53 + 1, 2**63, 2**64, 2**1023, 2**1024, 10**400])
@pytest.mark.parametrize("libraries", BACK_ENDS, ids=str)
def test_a_great_weight_against_zeros_alone(weight, libraries, monkeypatch):
    """In binary64 the weight would overflow, or be infinite, and infinity times 0 is not a number."""
    installed(monkeypatch, *libraries)
    assert integer.product([[0, 3], [0, -3]], [[weight, 1], [-weight, 0]]) == [[3, 0], [-3, 0]]
    model = build(network, [(f"{weight} 1", "0", "relu"), ("1", "0", "identity")])
    data = own(model, "0 3;0 -3;0 0")
    same(integer.prepared(model)(data), zero_error(model, data))


def test_activations_of_python_flint_meet_numpy():
    """A layer beyond the bound, whose ReLU leaves small activations to a layer below it."""
    model = build(
        network, [(f"-{2**60};1", f"{2**60} 0", "relu"), ("3 1;1 -1", "-1 1", "relu"), ("1 1", "0", "identity")]
    )
    for inputs in ("1;2;3", "1", f"1;{2**60}"):
        assert isinstance(agree(model, own(model, inputs)), Certified)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_standard_library_is_enough(engine):
    code = (
        "from fractions import Fraction as F; from checker.dataset import Dataset; from checker.network import *;"
        "from checker.engines import prepared; one = ((F(1),),);"
        "n = Network((*(Layer(one, (F(-1, 2),), 'relu'),) * 2, Layer(one, (F(1),), 'identity')));"
        f"print(prepared({engine!r}, n)(Dataset(((F(3),), (F(0),)), ((F(3),), (F(1),)))))"
    )
    process = subprocess.run([sys.executable, "-E", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)
    margin = "Margin(value=Fraction(1, 2), row=2, layer=1, neuron=1)"
    assert process.stdout == f"Certified(rows=2, patterns=('1/1', '0/0'), margin={margin}, tightest=None)\n", (
        process.stderr
    )


def test_rows_of_many_units_keep_their_places():
    """Rows in groups, each with its own denominator: the first wrong row is that of the file, not of a group."""
    model = build(network, engine_suite.IN_ORDER)
    units = [2**61 - 1, 1, 2**89 - 1, 2, 2**61 - 1, 2**31 - 1, 1]
    right = own(model, tuple((Fraction(k, unit),) for k, unit in enumerate(units, 1)))
    for row in range(len(units)):
        verdict = agree(model, wrong(right, {(k, 0) for k in range(row, len(units))}, Fraction(1, 3)))
        assert isinstance(verdict, Refuted) and verdict.row == row + 1
    assert isinstance(agree(model, Dataset(right.inputs * 2, right.outputs * 2)), Certified)
