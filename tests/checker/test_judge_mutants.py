"""Mutants of the judge and of what it stands on: each differs from the code in one place, and none may survive."""

from types import SimpleNamespace

import pytest

from checker import claim, dataset, judge, network, rational
from tests.checker import kill_suite, mutation


def judged(network, dataset, claim, judge):
    """The judge and its values, in the order of their imports, against the kill suite."""
    kill_suite.run(judge, network, dataset)
    kill_suite.run_claims(judge, network, dataset, claim)


MODULES = ("network", "dataset", "claim", "judge", "rational")
GROUPS = {
    **dict.fromkeys(MODULES, mutation.sources(network, dataset, claim, judge)),
    "rational": mutation.sources(rational),
}
SUITES = {**dict.fromkeys(MODULES, judged), "rational": kill_suite.run_numbers}

SAME_PAIRS = "activation_pattern pairs the same two before it, strictly"
SAME_LENGTHS = "both have the same length, by construction"
ANY_THRESHOLD = "digits may be halved at any length, the integer is the same"
ZERO = "0 is on every grid, so the general case rounds it to itself"
ONE_LABEL = "a point of this claim has one output"
SIX_DIGITS = "six digits need far fewer"
# fmt: off
EQUIVALENT = {
    "network": {
        "_dot: total += Fraction(sum(map(mul, map(row.__getitem__, places), numerators)), unit * denominator)"
        " -> total += Fraction(sum(map(mul, numerators, map(row.__getitem__, places))), unit * denominator)": "products commute",
        "__post_init__: for k, (before, layer) in enumerate(zip(self.layers[:-1], self.layers[1:], strict=True), 1):"
        " -> for k, (before, layer) in enumerate(zip(self.layers[:-1], self.layers[1:], strict=False), 1):": SAME_LENGTHS,
    },
    "dataset": {
        "conflict: pairs = [(rows[0] + 1, k + 1) for rows in self.points() for k in rows[1:] if outputs[k] != outputs[rows[0]]]"
        " -> pairs = [(rows[0] + 1, k + 1) for rows in self.points() for k in rows[0:] if outputs[k] != outputs[rows[0]]]": "a row's outputs do not differ from themselves",
        "points: keys = [tuple(((q.numerator, q.denominator) for q in x)) for x in self.inputs]"
        " -> keys = [tuple(((q.denominator, q.numerator) for q in x)) for x in self.inputs]": "either pair is a name of q",
    },
    "claim": {
        "examined: label = y[0].numerator -> label = y[-1].numerator": ONE_LABEL,
        "examined: room = self.error - abs(obtained - expected) -> room = self.error - abs(expected - obtained)": "absolute values",
        "parse_claim: simple = {claim.text: claim for claim in (ZERO_ERROR, Argmax(), Argmax(ties=True))}"
        " -> simple = {claim.text: claim for claim in (Argmax(), ZERO_ERROR, Argmax(ties=True))}": "the order of the keys is nothing",
        "require_point: if y[0].denominator != 1 or not 0 <= y[0] < outputs: -> if y[-1].denominator != 1 or not 0 <= y[0] < outputs:": ONE_LABEL,
        "require_point: if y[0].denominator != 1 or not 0 <= y[0] < outputs: -> if y[0].denominator != 1 or not 0 <= y[-1] < outputs:": ONE_LABEL,
        "require_point: raise ClaimError(f'the label {quoted(format_rational(y[0]))} is not a class from 0 to {outputs - 1}')"
        " -> raise ClaimError(f'the label {quoted(format_rational(y[-1]))} is not a class from 0 to {outputs - 1}')": ONE_LABEL,
    },
    "judge": {
        "_smaller: for number, (layer, zs) in enumerate(zip(network.layers, trace, strict=True), 1):"
        " -> for number, (layer, zs) in enumerate(zip(network.layers, trace, strict=False), 1):": SAME_PAIRS,
    },
    "rational": {
        "_decimal_integer: if len(digits) <= 600: -> if len(digits) < 600:": ANY_THRESHOLD,
        "_decimal_integer: if len(digits) <= 600: -> if len(digits) <= 601:": ANY_THRESHOLD,
        "_decimal_integer: if len(digits) <= 600: -> if len(digits) <= 599:": ANY_THRESHOLD,
        "_decimal_integer: half = len(digits) // 2 -> half = len(digits) // 3": ANY_THRESHOLD,
        "about: context = Context(prec=30, Emax=MAX_EMAX, Emin=MIN_EMIN)"
        " -> context = Context(prec=31, Emax=MAX_EMAX, Emin=MIN_EMIN)": SIX_DIGITS,
        "about: context = Context(prec=30, Emax=MAX_EMAX, Emin=MIN_EMIN)"
        " -> context = Context(prec=29, Emax=MAX_EMAX, Emin=MIN_EMIN)": SIX_DIGITS,
        "about: dropped = [max(n.bit_length() - 128, 0) for n in (p, d)]"
        " -> dropped = [max(n.bit_length() - 127, 0) for n in (p, d)]": SIX_DIGITS,
        "about: dropped = [max(n.bit_length() - 128, 0) for n in (p, d)]"
        " -> dropped = [max(n.bit_length() - 129, 0) for n in (p, d)]": SIX_DIGITS,
        "about: return f'{context.multiply(leading, context.power(2, dropped[0] - dropped[1])):.5e}'"
        " -> return f'{context.multiply(context.power(2, dropped[0] - dropped[1]), leading):.5e}'": "products commute",
        "nearest_binary: return q -> pass": ZERO,
        "nearest_binary: if q == 0: -> if q == 1:": ZERO + "; so is 1",
        "nearest_binary: if q == 0: -> if q == -1:": ZERO,
    },
}
# fmt: on


def _dummy(verdict):
    return SimpleNamespace(**{**vars(judge), "zero_error": verdict})


def _accept(network, dataset):
    return judge.Certified(len(dataset), ("",) * len(dataset), None)


def _refute(network, dataset):
    return judge.Refuted(1, dataset.inputs[0], 1, dataset.outputs[0][0], dataset.outputs[0][0] + 1)


def _first_row_only(network, dataset):
    verdict = judge.zero_error(network, type(dataset)(dataset.inputs[:1], dataset.outputs[:1]))
    return (
        judge.Certified(len(dataset), verdict.patterns * len(dataset), verdict.margin)
        if isinstance(verdict, judge.Certified)
        else verdict
    )


def _true_or_accept(network, dataset):
    verdict = judge.zero_error(network, dataset)
    return verdict if isinstance(verdict, judge.Certified) else _accept(network, dataset)


def _true_or_refute(network, dataset):
    verdict = judge.zero_error(network, dataset)
    return verdict if isinstance(verdict, judge.Refuted) else _refute(network, dataset)


@pytest.fixture(scope="module")
def survivors():
    """By module: how many mutants were tried, and those that passed the kill suite."""
    return {name: mutation.survivors(SUITES[name], GROUPS[name], f"checker.{name}") for name in MODULES}


def test_the_real_modules_pass_as_they_are():
    judged(network, dataset, claim, judge)
    kill_suite.run_numbers(rational)


@pytest.mark.parametrize("name", MODULES)
def test_the_real_modules_pass_when_loaded_like_a_mutant(name):
    assert mutation.survives(SUITES[name], GROUPS[name])


@pytest.mark.parametrize("verdict", [_accept, _refute, _first_row_only, _true_or_accept, _true_or_refute])
def test_dummies_are_caught(verdict):
    with pytest.raises(AssertionError):
        kill_suite.run(_dummy(verdict), network, dataset)


@pytest.mark.parametrize("name", MODULES)
def test_every_mutant_dies(name, survivors):
    assert survivors[name][1] - set(EQUIVALENT.get(name, {})) == set()


@pytest.mark.parametrize("name", MODULES)
def test_the_equivalent_mutants_still_exist(name, survivors):
    assert set(EQUIVALENT.get(name, {})) - survivors[name][1] == set()


def test_at_least_one_hundred_mutants_were_tried(survivors, capsys):
    tried = {name: count for name, (count, _) in survivors.items()}
    equivalent = sum(len(table) for table in EQUIVALENT.values())
    with capsys.disabled():
        print(f"\nmutants tried: {sum(tried.values())} {tried}, of which equivalent: {equivalent}")
    assert sum(tried.values()) >= 100 and all(count >= 20 for count in tried.values())
