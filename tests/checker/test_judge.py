"""The judge: tables of what it accepts and refutes, and random networks against the naive evaluator."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import dataset, judge, network
from checker.dataset import Dataset
from checker.judge import Certified, Refuted, zero_error
from checker.network import Layer, Network, ShapeError
from tests import naive
from tests.checker import kill_suite
from tests.checker.kill_suite import build, points

NUMBERS = st.just(Fraction(0)) | st.builds(Fraction, st.integers(-6, 6), st.integers(1, 7)) | st.fractions()
AMOUNTS = st.builds(Fraction, st.integers(-9, 9).filter(bool), st.integers(1, 10**30)) | st.just(Fraction(1, 2**5000))


@pytest.mark.parametrize(("layers", "inputs", "outputs", "patterns", "margin"), kill_suite.ACCEPTED)
def test_accepted(layers, inputs, outputs, patterns, margin):
    kill_suite.accepts(judge, build(network, layers), points(dataset, inputs, outputs), patterns, margin)


@pytest.mark.parametrize(("layers", "inputs", "outputs", "row", "output", "expected", "obtained"), kill_suite.REJECTED)
def test_rejected(layers, inputs, outputs, row, output, expected, obtained):
    kill_suite.rejects(judge, build(network, layers), points(dataset, inputs, outputs), row, output, expected, obtained)


@pytest.mark.parametrize(
    ("layers", "inputs", "outputs", "message"),
    [
        (kill_suite.RAMP, "0 0", "1", "the dataset has 2 inputs, the network 1"),
        (kill_suite.RAMP, "0", "1 1", "the dataset has 2 outputs, the network 1"),
        (kill_suite.TWO, "0", "1 1", "the dataset has 1 inputs, the network 2"),
        (kill_suite.TWO, "0 0", "1", "the dataset has 1 outputs, the network 2"),
    ],
)
def test_files_that_do_not_fit_together_are_refused(layers, inputs, outputs, message):
    with pytest.raises(ShapeError) as refusal:
        zero_error(build(network, layers), points(dataset, inputs, outputs))
    assert str(refusal.value) == message


@st.composite
def labelled(draw):
    """A random network, and a dataset labelled by the naive evaluator; some preactivations are exactly 0."""
    widths = draw(st.lists(st.integers(1, 3), min_size=2, max_size=5))
    rows = draw(st.lists(st.tuples(*[NUMBERS] * widths[0]), min_size=1, max_size=4))
    layers = []
    for depth, (n, width) in enumerate(zip(widths[:-1], widths[1:], strict=True), 2):
        weights = draw(st.tuples(*[st.tuples(*[NUMBERS] * n)] * width))
        bias = draw(st.tuples(*[NUMBERS] * width))
        activation = draw(st.sampled_from(["relu", "relu", "identity"])) if depth < len(widths) else "identity"
        if draw(st.booleans()):
            bias = _zeroed(layers, weights, bias, rows[-1])
        layers.append(Layer(weights, bias, activation))
    model = Network(tuple(layers))
    plain = naive.plain(model)
    outputs = tuple(tuple(Fraction(*y) for y in naive.outputs(plain, _pairs(x))) for x in rows)
    return model, Dataset(tuple(rows), outputs)


def _zeroed(layers, weights, bias, x):
    """bias, its first entry chosen such that the first neuron's preactivation is 0 at x."""
    before = [
        ([[naive.pair(w) for w in a.weights[k]] for k in range(a.width)], [naive.pair(b) for b in a.bias], a.activation)
        for a in layers
    ]
    probe = ([[naive.pair(w) for w in weights[0]]], [(0, 1)], "identity")
    return (-Fraction(*naive.outputs([*before, probe], _pairs(x))[0]), *bias[1:])


def _pairs(vector):
    return [naive.pair(q) for q in vector]


@settings(max_examples=150)
@given(labelled())
def test_labelled_data_are_certified_with_the_naive_patterns_and_margin(case):
    model, data = case
    plain, xs = naive.plain(model), [_pairs(x) for x in data.inputs]
    verdict = zero_error(model, data)
    assert type(verdict) is Certified and verdict.rows == len(data)
    assert verdict.patterns == tuple(naive.pattern(plain, x) for x in xs)
    least = naive.margin(plain, xs)
    found = verdict.margin
    assert (found and (naive.pair(found.value), found.row, found.layer, found.neuron)) == least


@settings(max_examples=150)
@given(labelled(), st.data(), AMOUNTS)
def test_one_wrong_output_is_refuted_where_it_is(case, data, amount):
    model, right = case
    row = data.draw(st.integers(1, len(right)))
    output = data.draw(st.integers(1, len(right.outputs[0])))
    expected = right.outputs[row - 1][output - 1] + amount
    changed = tuple(expected if e == output else y for e, y in enumerate(right.outputs[row - 1], 1))
    wrong = replace(right, outputs=tuple(changed if k == row else y for k, y in enumerate(right.outputs, 1)))
    verdict = zero_error(model, wrong)
    assert verdict == Refuted(row, right.inputs[row - 1], output, expected, right.outputs[row - 1][output - 1])
    assert verdict.difference == -amount


@settings(max_examples=100)
@given(labelled(), st.data(), st.sampled_from([Fraction(-1), Fraction(1, 3), Fraction(1)]))
def test_any_verdict_is_the_naive_one_after_a_weight_is_changed(case, data, amount):
    model, points = case
    k = data.draw(st.integers(0, len(model.layers) - 1))
    neuron = data.draw(st.integers(0, model.layers[k].width - 1))
    weights = [list(row) for row in model.layers[k].weights]
    weights[neuron][data.draw(st.integers(0, len(weights[0]) - 1))] += amount
    changed = replace(model.layers[k], weights=tuple(map(tuple, weights)))
    other = Network((*model.layers[:k], changed, *model.layers[k + 1 :]))
    wrong = naive.first_wrong(
        naive.plain(other), [_pairs(x) for x in points.inputs], [_pairs(y) for y in points.outputs]
    )
    verdict = zero_error(other, points)
    assert (wrong is None) == isinstance(verdict, Certified)
    assert wrong is None or (verdict.row, verdict.output) == wrong


class Longer(Dataset):
    """A dataset that says it has one row more than it has."""

    def __len__(self):
        return super().__len__() + 1


def test_a_row_that_was_not_checked_is_never_certified():
    one = points(dataset, "0", "1")
    with pytest.raises(RuntimeError, match="1 rows were checked of 2 given"):
        zero_error(build(network, kill_suite.RAMP), Longer(one.inputs, one.outputs))
