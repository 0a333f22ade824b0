"""Every number of constructed networks, its numerator changed by 1: refuted at the right row, or no output changes."""

from dataclasses import replace
from fractions import Fraction

import pytest

from checker.formats import read_dataset
from checker.judge import Certified, Refuted, zero_error
from checker.network import Network
from checker.theorem_form import first_neuron_that_departs
from symbolic.construct import construct
from tests import naive
from tests.commands import ROOT


def changed(q, step):
    return Fraction(q.numerator + step, q.denominator)


def mutants(network, step):
    """(layer, neuron, column, mutant), all counted from 1; column 0 is the bias."""
    for k, layer in enumerate(network.layers):
        for j, row in enumerate(layer.weights):
            for column in range(len(row) + 1):
                if column:
                    new = (*row[: column - 1], changed(row[column - 1], step), *row[column:])
                    mutated = replace(layer, weights=(*layer.weights[:j], new, *layer.weights[j + 1 :]))
                else:
                    mutated = replace(layer, bias=(*layer.bias[:j], changed(layer.bias[j], step), *layer.bias[j + 1 :]))
                yield k + 1, j + 1, column, Network((*network.layers[:k], mutated, *network.layers[k + 1 :]))


def wrong_rows(network, points):
    """The rows whose outputs the naive evaluator finds wrong, counted from 1."""
    layers = naive.plain(network)
    pairs = zip(points.inputs, points.outputs, strict=True)
    obtained = [(naive.outputs(layers, [naive.pair(v) for v in x]), [naive.pair(v) for v in y]) for x, y in pairs]
    return [row for row, (z, y) in enumerate(obtained, 1) if list(z) != y]


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize(
    ("method", "projection"),
    [("inoue", "article"), ("interpolant", "auto"), ("interpolant", (1, 1, 1, 1, 1)), ("float64", "auto")],
)
def test_every_changed_number_is_refuted_or_immaterial(method, projection, step):
    points = read_dataset(str(ROOT / "examples/article.csv")).value
    if not isinstance(projection, str):
        projection = tuple(map(Fraction, projection))
    network = construct(points, (5 if method == "float64" else 3, 3), method, projection)
    refuted = 0
    for layer, neuron, column, mutant in mutants(network, step):
        wrong, verdict = wrong_rows(mutant, points), zero_error(mutant, points)
        if not wrong:
            assert isinstance(verdict, Certified), (layer, neuron, column)
            continue
        refuted += 1
        assert isinstance(verdict, Refuted) and verdict.row == wrong[0], (layer, neuron, column)
        assert verdict.expected == points.outputs[wrong[0] - 1][0] and verdict.difference != 0
        blamed = first_neuron_that_departs(mutant, points, verdict.row)
        assert (blamed[0], blamed[1]) == expected_blame(layer, neuron, column, blamed)
    assert refuted >= 30


def expected_blame(layer, neuron, column, blamed):
    """The neuron whose number was changed, where the theorem's form tells it; any for a breakpoint or offset."""
    if (layer == 2 or (layer == 1 and column)) or (layer == 3 and column):
        return layer, 1 if layer == 3 else neuron
    return blamed[0], blamed[1]
