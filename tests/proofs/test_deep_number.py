"""a1 + a2 + 2 points, 6 for hidden widths (2, 2): what is claimed, run on data, and what the kernel refuses."""

import random
from fractions import Fraction
from itertools import pairwise, product

import pytest

from proofs.audit.report import by_file
from proofs.audit.text import statement
from proofs.kernel.statement import Refused
from proofs.theorems.deep_number_data import CROSSED, td, up, way
from proofs.theorems.deep_number_network import level, middle, value
from proofs.theorems.deep_number_weights import NET, W1
from proofs.theorems.symbols import N, Y, a1, a2, rank, row
from tests.proofs.model import Model, Task, interpret, trial

SIGNS = list(product((-1, 0, 1), repeat=4))
SHAPES = {"crossed": (1, -1, 1, 1), "mirrored": (1, 1, -1, 1), "plain": (0, -1, 1, 0)}


@pytest.fixture(scope="module")
def kernel():
    return by_file()[0]


@pytest.fixture(scope="module")
def definitions(kernel):
    return interpret(kernel, Task(1, 1, ((Fraction(0),),), (Fraction(0),))).definitions


def data(draw, signs):
    """Points, in any order, whose bends have these signs."""
    ts = sorted(Fraction(t, 3) for t in draw.sample(range(60), len(signs) + 2))
    slope, ys = Fraction(draw.randint(-9, 9)), [Fraction(draw.randint(-5, 5))]
    for sign, (s, t) in zip((*signs, 0), pairwise(ts), strict=True):
        ys.append(ys[-1] + slope * (t - s))
        slope += sign * Fraction(draw.randint(1, 20), draw.randint(1, 4))
    order = draw.sample(range(len(ts)), len(ts))
    return tuple((ts[k],) for k in order), tuple(ys[k] for k in order)


def test_the_claim(kernel):
    claim = kernel["deep_number"]
    assert statement(claim) == "k >= 0 and k < N and N <= a1 + a2 + 2 and a1 >= 2 and a2 >= 2 => F_deep(k) = Y(k)"
    assert claim.assumptions == {"distinct", "inputs", "neurons", "rows"}
    line = kernel["deep_number_line"]
    assert statement(line) == "q >= 0 and q < 6 => value_deep(way_deep * ts(q)) = ys(q)"
    assert set(map(str, kernel.free(claim))) == {"N", "X", "Y", "a1", "a2", "n", "witness"}


def test_forward_pass(kernel):
    """F is W3 relu(W2 relu(W1 x + b1) + b2) + b3, summed as a network sums."""
    expected = {
        "deep_number.first": "(l = 0 => first_deep(k, m, l) = 0) and (l > 0 => first_deep(k, m, l) = "
        "first_deep(k, m, l - 1) + W1_deep(m, l - 1) * X(k, l - 1))",
        "deep_number.h1": "h1_deep(k, m) = relu(first_deep(k, m, n) + b1_deep(m))",
        "deep_number.second": "(m = 0 => second_deep(k, j, m) = 0) and (m > 0 => second_deep(k, j, m) = "
        "second_deep(k, j, m - 1) + W2_deep(j, m - 1) * h1_deep(k, m - 1))",
        "deep_number.h2": "h2_deep(k, j) = relu(second_deep(k, j, a1) + b2_deep(j))",
        "deep_number.third": "(j = 0 => third_deep(k, j) = 0) and (j > 0 => third_deep(k, j) = "
        "third_deep(k, j - 1) + W3_deep(j - 1) * h2_deep(k, j - 1))",
        "deep_number.value": "F_deep(k) = third_deep(k, a2) + b3_deep",
    }
    assert {name: statement(kernel[name]) for name in expected} == expected


def test_the_weights_are_made_from_the_task_alone(kernel):
    task = {a1.decl(), a2.decl(), N.decl()}
    for symbol in (NET.b1, NET.W2, NET.b2, NET.W3, NET.b3, W1):
        assert "witness" not in map(str, kernel.depends(symbol))
    assert kernel.depends(NET.F) >= task


@pytest.mark.parametrize(("widths", "every"), [((2, 2), 4), ((3, 2), 9), ((2, 3), 9), ((3, 4), 11)])
def test_networks_meet_every_row(definitions, widths, every):
    """As many points as are claimed, with bends of many signs, on the way there and mirrored, up and down."""
    seen, count = set(), sum(widths) + 2
    for signs in SIGNS[::every]:
        draw = random.Random(str(signs))
        rows, outputs = data(draw, (*signs, *draw.choices((-1, 0, 1), k=count - 6)))
        model = Model(Task(*widths, rows, outputs).parameters(), definitions)
        assert [model.apply(NET.F, (k,)) for k in range(count)] == list(outputs)
        seen.add((model.value(CROSSED, {}), model.value(way, {}), model.value(up, {})))
    assert len(seen) >= 4


def test_fewer_rows_in_two_dimensions(definitions):
    rows = tuple(tuple(map(Fraction, pair)) for pair in ((1, 5), (1, -2), (0, 5), ("1/2", 3)))
    outputs = tuple(map(Fraction, (1, -4, 9, 9)))
    model = Model(Task(2, 2, rows, outputs).parameters(), definitions)
    assert [model.apply(NET.F, (k,)) for k in range(4)] == list(outputs)


def test_a_seventh_point_is_missed(definitions):
    """The proved network meets six points of a zigzag and misses the seventh."""
    rows, outputs = tuple((Fraction(k),) for k in range(7)), tuple(Fraction(k % 2) for k in range(7))
    model = Model(Task(2, 2, rows, outputs).parameters(), definitions)
    assert [model.apply(NET.F, (k,)) == outputs[k] for k in range(7)] == [True] * 6 + [False]


def test_every_statement_holds(kernel, definitions):
    """In points of each shape, at the points and at half the gaps between them."""
    mine = [theorem for name, theorem in kernel.theorems.items() if name.startswith("deep_number")]
    met = {theorem.name: 0 for theorem in mine}
    for (name, signs), widths in zip(SHAPES.items(), [(3, 2), (3, 2), (2, 3)], strict=True):
        rows, outputs = data(random.Random(name), (*signs, 1))
        model = Model(Task(*widths, rows, outputs).parameters(), definitions)
        turned = [model.apply(td, (k,)) for k in range(6)]
        reals = [turned[0] - 1, *turned, *((s + t) / 2 for s, t in pairwise(turned))]
        for theorem in mine:
            held, failure = trial(model, theorem, range(-1, 7), reals)
            assert failure == ""
            met[theorem.name] += held
    assert [name for name, held in met.items() if not held] == []


def test_the_kernel_refuses_more():
    """One row more, a layer of one neuron, uncrossed points by the crossed network, and a value between the points."""
    own = by_file()[0]
    using = [
        own.at("deep_number.value", row),
        own.at("deep_number.third_sum", row, a2),
        own.at("deep_number_hinges", rank(row, N)),
        own.at("ranking.inverse", row),
        *(own.at(f"padding.{part}", rank(row, N)) for part in ("inputs", "outputs")),
    ]
    rows, most = [row >= 0, row < N], a1 + a2 + 2
    for limits in ([N <= most + 1, a1 >= 2, a2 >= 2], [N <= most, a1 >= 1, a2 >= 2], [N <= most, a1 >= 2, a2 >= 1]):
        with pytest.raises(Refused, match="sat, wanted unsat"):
            own.prove("more", "", (row,), [*rows, *limits], NET.F(row) == Y(row), using)
    fall = own["deep_number_crossed.first.3"]
    with pytest.raises(Refused, match="sat, wanted unsat"):
        own.prove("uncrossed", "", (), [], fall.conclusion, [own.at("deep_number_crossed.first.3")])
    with pytest.raises(Refused, match="sat, wanted unsat"):
        own.prove("between", "", (), [], value(middle) == level, [own.at("deep_number_network.value", middle)])
