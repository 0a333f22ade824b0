"""Every statement holds in concrete datasets, each with hypotheses that are met somewhere."""

from fractions import Fraction

import pytest

from proofs.audit.report import by_file
from proofs.theorems.symbols import F
from tests.proofs.model import Task, interpret, trial


def _rows(*rows):
    return tuple(tuple(Fraction(e) for e in row) for row in rows)


TASKS = {
    "short last group": Task(2, 2, _rows((2, 5), ("1/2", 5), (3, -1)), tuple(map(Fraction, (4, -7, "1/3")))),
    "full": Task(2, 2, _rows((0, 9), (1, 0), (2, 5), (3, 5)), tuple(map(Fraction, (1, -1, 1, 10)))),
    "silent neuron": Task(3, 1, _rows((4,), (1,)), (Fraction(0), Fraction(-2))),
    "one point": Task(1, 1, _rows((7,)), (Fraction(3),)),
}


WHOLE = {f"whole.{part}" for part in ("data", "slopes", "constant", "bends")} | {
    "unit", "second.neuron", "second.terms", "second.bias", "third.terms", "third.bias",
}  # fmt: skip
LARGEST = {"swings", "met_by_one", "one_first", "one_second"}
OWN_TASKS = ("shallow_number", "deep_number")
"""Files whose statements are met in datasets of their own tests."""
NOT_EVERYWHERE = WHOLE | LARGEST | {"groups64"}
REALS = [Fraction(-9), Fraction(0), Fraction(1, 3), Fraction(4), Fraction(60), Fraction(300)]
FEW_REALS = [Fraction(0), Fraction(1), Fraction(-1)]


def _tried(model, theorem):
    """The trial at many terms; with many variables, at few numbers, so that the hypotheses are met."""
    return trial(model, theorem, range(-1, 4), REALS if len(theorem.variables) < 6 else FEW_REALS)


@pytest.fixture(scope="module")
def kernel():
    return by_file()[0]


def test_every_statement_holds(kernel):
    """No statement fails anywhere; the hypotheses of each are met in some dataset."""
    met = dict.fromkeys(kernel.theorems, 0)
    for name in ("short last group", "silent neuron"):
        model = interpret(kernel, TASKS[name])
        false = _false(kernel, model)
        assert false <= NOT_EVERYWHERE
        for theorem in kernel.theorems.values():
            if not theorem.assumptions & false:
                held, failure = _tried(model, theorem)
                assert failure == ""
                met[theorem.name] += held
    rest = [t for name, t in kernel.theorems.items() if not met[name] and not name.startswith(OWN_TASKS)]
    assert [t.name for t in rest if not t.assumptions & (WHOLE | LARGEST)] == []


def _false(kernel, model):
    assumed = [t for t in kernel.theorems.values() if t.scheme == "assumption"]
    return {t.name for t in assumed if trial(model, t, range(-1, 4), REALS)[1]}


def test_a_false_statement_is_noticed(kernel):
    """The trial refuses what the solver would refuse."""
    task = TASKS["full"]
    wrong = Task(task.a1, task.a2 - 1, task.inputs, task.outputs)
    model = interpret(kernel, wrong)
    assert trial(model, kernel["theorem3"], range(4), [])[1].startswith("theorem3 at")


@pytest.mark.parametrize("name", TASKS)
def test_network_meets_every_row(kernel, name):
    task = TASKS[name]
    model = interpret(kernel, task)
    assert [model.apply(F, (k,)) for k in range(len(task.outputs))] == list(task.outputs)
