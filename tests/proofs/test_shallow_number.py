"""The largest N of one hidden layer: what is claimed, run on data, and what the kernel refuses."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest
import z3

from examples.limits.shallow import fitted
from proofs.audit.report import by_file
from proofs.audit.text import statement
from proofs.kernel.statement import Refused
from proofs.theorems import shallow_number, shallow_number_first, shallow_number_second
from proofs.theorems.shallow_number_row import largest
from proofs.theorems.symbols import N, a1, a2
from tests.proofs.model import Model, Task, interpret, trial


@pytest.fixture(scope="module")
def kernel():
    return by_file()[0]


def test_both_sides_speak_of_the_same_number(kernel):
    assert statement(kernel["shallow_number_row.largest"]) == "largest(a) = (if a < 3 then a + 1 else a + 2)"
    below = {"shallow_number": ("a1", "F_number"), "shallow_number_first": ("a1", "F_number_first"),
             "shallow_number_second": ("a2", "F_number_second")}  # fmt: skip
    for name, (width, value) in below.items():
        assert statement(kernel[name]) == f"k >= 0 and k < N and N <= largest({width}) => {value}(k) = Y(k)"
        assert kernel[name].assumptions <= {"distinct", "inputs", "neurons", "rows", "width"}
    above = {
        "shallow_number_zigzag": ("a1", {"inputs", "met_by_one", "neurons"}),
        "shallow_number_zigzag.before_one": ("a1", {"inputs", "met", "neurons", "one_second"}),
        "shallow_number_behind.zigzag": ("a2", {"inputs", "met", "one_first", "width"}),
    }
    for name, (width, assumed) in above.items():
        assert statement(kernel[name]) == f"N <= largest({width})"
        assert kernel[name].assumptions == assumed


def test_every_weight_is_free_above_and_the_data_below(kernel):
    free = {name: set(map(str, kernel.free(kernel[name]))) for name in kernel.theorems if name.startswith("shallow")}
    assert free["shallow_number_zigzag"] == {"N", "P", "Q", "V1", "V2", "a1", "c1", "c2", "n"}
    assert {"V1", "V2", "V3", "c1", "c2", "c3", "P", "Q", "n"} <= free["shallow_number_behind.zigzag"]
    assert free["shallow_number"] == {"N", "X", "Y", "a1", "n", "witness"}
    assert {"L", "width", "wire", "inlet", "offset", "X", "p"} <= free["shallow_number_dimension"]


def test_forward_pass(kernel):
    """F is W2 relu(W1 x + b1) + b2, summed as a network sums."""
    expected = {
        "shallow_number.h1": "h1_number(k, m) = relu(first_number(k, m, n) + b1_number(m))",
        "shallow_number.value": "F_number(k) = second_number(k, a1) + b2_number",
        "met_by_one": "k >= 0 and k < N => take(0, a1, k) + c2(0) = zig(k)",
        "upper_bound_two.act1": "act1(m, t) = relu(enter1(m, n, t) + c1(m))",
    }
    assert {name: statement(kernel[name]) for name in expected} == expected


@pytest.fixture(scope="module")
def definitions(kernel):
    return interpret(kernel, Task(1, 1, ((Fraction(0),),), (Fraction(0),))).definitions


def data(draw, count, signs):
    """Points whose first bends have these signs."""
    ts = sorted(Fraction(t, 3) for t in draw.sample(range(60), count))
    slope, ys = Fraction(draw.randint(-9, 9)), [Fraction(draw.randint(-5, 5))]
    for k, (s, t) in enumerate(pairwise(ts)):
        ys.append(ys[-1] + slope * (t - s))
        sign = signs[k] if k < len(signs) else draw.choice((-1, 0, 1))
        slope += sign * Fraction(draw.randint(1, 20), draw.randint(1, 4))
    return ts, ys


@pytest.mark.parametrize("signs", [(1, 1), (-1, 0), (0, 0), (1, -1, 1), (-1, 1, -1), (1, -1, -1), (-1, 1, 1)])
@pytest.mark.parametrize("width", [3, 4])
def test_networks_meet_every_row_and_are_those_of_the_example(definitions, width, signs):
    draw = random.Random(f"{width} {signs}")
    ts, ys = data(draw, width + 2, signs)
    order = draw.sample(range(width + 2), width + 2)
    rows = tuple((ts[k],) for k in order)
    outputs = tuple(ys[k] for k in order)
    for widths, symbol in (((width, 2), shallow_number.F), ((width, 1), shallow_number_first.NET.F),
                           ((1, width), shallow_number_second.NET.F)):  # fmt: skip
        model = Model(Task(*widths, rows, outputs).parameters(), definitions)
        assert [model.apply(symbol, (k,)) for k in range(width + 2)] == list(outputs)
    hidden, output = fitted(ts, ys).layers
    model = Model(Task(width, 2, rows, outputs).parameters(), definitions)
    weights = [[model.apply(symbol, (m,)) for m in range(width)] for symbol in (shallow_number.W2, shallow_number.b1)]
    assert weights == [list(output.weights[0]), list(hidden.bias)]
    assert [(model.apply(shallow_number.W1, (m, 0)),) for m in range(width)] == list(hidden.weights)


def test_one_point_more_is_not_met(kernel):
    """The proved network of two neurons meets three points and misses a fourth: the number cannot be raised."""
    rows, outputs = tuple((Fraction(k),) for k in range(4)), tuple(Fraction(k % 2) for k in range(4))
    model = interpret(kernel, Task(2, 2, rows, outputs))
    assert [model.apply(shallow_number.F, (k,)) == outputs[k] for k in range(4)] == [True, True, True, False]


SMALL = ((1, 1, 1), (1, 2, 2), (2, 1, 2), (1, 3, 3), (3, 1, 3))
ZIGZAGS = tuple(f"shallow_number_{name}" for name in ("swings", "zigzag", "behind"))
FOUR_POINTS = ("way", "other", "pair")


def test_every_statement_about_zigzags_holds(kernel, definitions):
    """In networks of widths (1, a) and (a, 1) that follow as many teeth as there are rows, three at most."""
    mine = [t for name, t in kernel.theorems.items() if name.startswith(ZIGZAGS) and not name.endswith(FOUR_POINTS)]
    assumed = [kernel[name] for name in sorted(set().union(*(t.assumptions for t in mine)))]
    met = {t.name: 0 for t in mine}
    for first, second, count in SMALL:
        rows = tuple((Fraction(k),) for k in range(count))
        model = Model(Task(first, second, rows, (Fraction(0),) * count).parameters(), definitions)
        false = {t.name for t in assumed if trial(model, t, range(-1, 3), [])[1]}
        for theorem in mine:
            if not theorem.assumptions & false:
                held, failure = trial(model, theorem, range(-1, 3), [Fraction(0), Fraction(3)])
                assert failure == ""
                met[theorem.name] += held
    assert [name for name, held in met.items() if not held] == []


def test_the_kernel_refuses_one_more():
    """Each side with one point more, and the joined hinges without the third neuron."""
    own = by_file()[0]
    below, above = own["shallow_number_row"], own["shallow_number_swings"]
    a, q = below.variables
    with pytest.raises(Refused, match="sat, wanted unsat"):
        own.prove("more", "", (a, q), [q >= 0, q <= largest(a)], below.conclusion, [own.at("shallow_number_row", a, q)])
    with pytest.raises(Refused, match="sat, wanted unsat"):
        own.prove("less", "", (), [], N < largest(a1), [own.at("shallow_number_swings")])
    assert z3.is_le(above.conclusion)
    with pytest.raises(Refused, match="does not prove the assumption"):
        own.discharge("wrong", "", above, {"swings": own["shallow_number_behind.swings"]})
    with pytest.raises(Refused, match="sat, wanted unsat"):
        own.prove("two", "", (), [a2 == 2], N <= 2, [own.at("shallow_number_behind")])
