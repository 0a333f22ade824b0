"""The engine for one hidden layer answers what the judge does, in every field, and none of its mutants does."""

# ruff: noqa: E501 (mutated source lines, quoted)

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from checker import dataset as datasets
from checker import judge, network
from checker.claim import Argmax, Within
from checker.coverage import Coverage, Piece
from checker.dataset import Dataset
from checker.engines import chosen, first_layer, hinges, prepared
from checker.errors import InputError
from checker.judge import Certified, Refuted, decided, keeps_patterns, zero_error
from checker.network import Layer, Network, ShapeError
from tests.checker import kill_suite, mutation
from tests.checker.kill_suite import build

SHARED = [("1 2;1 2;1 2", "0 -3 -3", "relu"), ("1 -2 1/3;0 1/7 -1", "1/5 -1", "identity")]
BLIND = [("0;0;0", "1 0 -1", "relu"), ("2 3 5", "7", "identity")]
FALLING = [("-1/6;-1/6", "1/9 -1/2", "relu"), ("3 -4", "-1/8", "identity")]
SINGLE = [("1/2 0", "-1/3", "relu"), ("-3", "1/5", "identity")]
INPUTS = {1: "0;1;-1;1/2;2/3;3;-3;5", 2: "0 0;1 1;-1 2;3 0;1 1;1/2 5/4;1/3 4/3;3 0;-7 1"}
LARGE = {1: f"{2**70 + 1};{2**71}/3;0;1/{2**70}", 2: f"{2**70 + 1} 1;1/{2**70} 0;3 0"}


def own(model, inputs):
    xs = kill_suite.matrix(inputs)
    return Dataset(xs, tuple(model.preactivations(x)[-1] for x in xs))


def changed(data, row, amount):
    outputs = list(data.outputs)
    outputs[row] = (*outputs[row][:-1], outputs[row][-1] + amount)
    return Dataset(data.inputs, tuple(outputs))


def random_case(seed):
    """A network with one projection, some of its breakpoints at points and at each other; and points, some equal."""
    draw = random.Random(seed)
    n, width, outputs = draw.randint(1, 3), draw.randint(1, 7), draw.randint(1, 2)
    number = lambda: Fraction(draw.randint(-6, 6), draw.choice((1, 1, 2, 3)))  # noqa: E731
    p = tuple(number() for _ in range(n))
    xs = tuple(tuple(number() for _ in range(n)) for _ in range(draw.randint(1, 9)))
    ts = [sum((q * v for q, v in zip(p, x, strict=True)), Fraction(0)) for x in xs]
    bias = tuple(-draw.choice(ts) if draw.random() < 0.5 else number() for _ in range(width))
    last = Layer(tuple(tuple(number() for _ in bias) for _ in range(outputs)), (number(),) * outputs, "identity")
    model = Network((Layer((p,) * width, bias, "relu"), last))
    return model, Dataset(xs, tuple(model.preactivations(x)[-1] for x in xs))


def run(module):
    """Puts the engine through all cases against the judge."""
    for layers in (SHARED, BLIND, FALLING, SINGLE, kill_suite.RAMP):
        model = build(network, layers)
        for inputs in (INPUTS, LARGE):
            data = own(model, inputs[model.widths[0]])
            for k in range(len(data)):
                wrong = changed(data, k, Fraction(-1, 10**40))
                assert module.prepared(model)(wrong) == zero_error(model, wrong)
            assert module.prepared(model)(data) == zero_error(model, data)
    for seed in range(60):
        model, data = random_case(seed)
        assert module.prepared(model)(data) == zero_error(model, data), seed
        assert module.prepared(model, Within(Fraction(1)))(data) == decided(model, data, Within(Fraction(1)))
    assert not module.applies(build(network, [("1;2", "0 0", "relu"), ("1 1", "0", "identity")]))
    assert not module.applies(build(network, [("1;1", "0 0", "identity"), ("1 1", "0", "identity")]))
    kill_suite.refused(first_layer.NotOnALineError, None, module.prepared, build(network, kill_suite.SUM))
    unfitting = kill_suite.points(datasets, "1 2 3", "1")
    kill_suite.refused(ShapeError, None, module.prepared(build(network, SINGLE)), unfitting)
    _unpatterned(module)


def wide(width):
    """Hinges at 0, 1, 2, ... with weights 1, -1, 1, ..."""
    first = Layer(((Fraction(1),),) * width, tuple(Fraction(-k) for k in range(width)), "relu")
    return Network((first, Layer((tuple(Fraction((-1) ** k) for k in range(width)),), (Fraction(0),), "identity")))


def _unpatterned(module):
    model = wide(judge.PATTERNED + 1)
    found = module.prepared(model)(own_wide())
    assert found.patterns is None and found.rows == 3 and found.margin.value == 0
    kept = module.prepared(wide(5))(own_wide())
    assert kept.patterns == ("10000", "11000", "11100")


def own_wide():
    return Dataset(((Fraction(1),), (Fraction(2),), (Fraction(3),)), ((Fraction(1),), (Fraction(1),), (Fraction(2),)))


def test_it_answers_what_the_judge_does():
    run(hinges)


@pytest.mark.parametrize("width", [judge.PATTERNED, judge.PATTERNED + 1])
def test_patterns_are_kept_by_a_rule_on_the_network_alone(width):
    model, data = wide(width), own_wide()
    kept = width <= judge.PATTERNED
    assert keeps_patterns(model) == kept
    answers = [prepared(engine, model)(data) for engine in ("judge", "line", "integer")]
    assert answers[0] == answers[1] == answers[2] and (answers[0].patterns is not None) == kept


def test_without_patterns_nothing_is_said_of_them_and_signs_are_refused():
    verdict = Certified(2, None, None)
    coverage = Coverage()
    coverage.add(Piece(0, 2, verdict))
    assert (coverage.rows, coverage.patterns()) == (2, None)
    with pytest.raises(InputError, match="--signs: the network has more than 16384 ReLU neurons"):
        Coverage(keep_signs=True).add(Piece(0, 2, verdict))
    coverage = Coverage()
    coverage.add(Piece(0, 2, replace(verdict, patterns=("0", "1"))))
    assert coverage.patterns().distinct == 2


def test_the_smallest_tamper_names_its_row():
    model, data = random_case(11)
    first, last = model.layers
    weights = (tuple(w + Fraction(1, 10**30) * (k == 2) for k, w in enumerate(last.weights[0])), *last.weights[1:])
    tampered = Network((first, replace(last, weights=weights)))
    found = hinges.prepared(tampered)(data)
    assert isinstance(found, Refuted) and found == zero_error(tampered, data)


def test_argmax_goes_through_it_as_well():
    model = build(network, SHARED)
    data = Dataset(kill_suite.matrix(INPUTS[2]), ((Fraction(0),),) * 9)
    assert hinges.prepared(model, Argmax())(data) == decided(model, data, Argmax())


def test_what_is_not_one_layer_on_a_line_is_refused():
    for layers in ([("1;2", "0 0", "relu"), ("1 1", "0", "identity")], kill_suite.SUM):
        with pytest.raises(first_layer.NotOnALineError, match="there is not one hidden ReLU layer"):
            hinges.prepared(build(network, layers))


def test_auto_takes_it_when_the_judge_would_be_slow():
    assert [chosen(build(network, SHARED), count) for count in (10, 10**6, None)] == ["judge", "line", "line"]


SAME_LENGTHS = "both have the same length, by construction"
FURTHER = "a breakpoint further away is a preactivation too, and not below the nearest"
# fmt: off
EQUIVALENT = {
    "__init__: self._lines = [_lines(first, row, bias, self._first.order) for row, bias in zip(last.weights, last.bias, strict=True)]"
    " -> self._lines = [_lines(first, row, bias, self._first.order) for row, bias in zip(last.weights, last.bias, strict=False)]": SAME_LENGTHS,
    "_lines: slope, value = (number(0, 1), number(bias.numerator, bias.denominator))"
    " -> slope, value = (number(0, 2), number(bias.numerator, bias.denominator))": "0/2 is 0/1",
    "_rows: for b in first.breakpoints[max(cell - 1, 0):cell + 1]:"
    " -> for b in first.breakpoints[max(cell - 1, 0):cell + 2]:": FURTHER,
    "_rows: for b in first.breakpoints[max(cell - 1, 0):cell + 1]:"
    " -> for b in first.breakpoints[max(cell - 2, 0):cell + 1]:": FURTHER,
    "_rows: size = abs(t * first.fine - b * unit)"
    " -> size = abs(b * unit - t * first.fine)": "absolute values follow",
}
# fmt: on


def test_every_mutant_dies_but_those_that_are_no_different():
    tried, alive = mutation.survivors(run, mutation.sources(hinges), hinges.__name__)
    assert tried > 60 and alive == set(EQUIVALENT)
