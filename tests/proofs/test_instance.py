"""z3 proves what is true of an instance, refutes what is not with the reason, and every wrong encoding is noticed."""

from fractions import Fraction

import pytest
import z3

import proofs.instance.statements
from checker.console import Disagreement
from checker.formats import read_dataset
from checker.judge import zero_error
from checker.network import Layer, Network
from proofs.instance.statements import Instance, outcomes
from symbolic.construct import construct
from tests.commands import ROOT
from tests.points import dataset

MILLISECONDS = 20_000


def matrix(rows):
    return tuple(tuple(map(Fraction, row)) for row in rows)


def hand_made(second, bias, inputs=("1",), b1=("1",), offset="0"):
    """A network of the theorem's form: projections with rows `inputs`, breakpoints -b1, second layer as given."""
    first = Layer(matrix([inputs] * len(b1)), matrix([b1])[0], "relu")
    middle = Layer(matrix(second), matrix([bias])[0], "relu")
    last = Layer((tuple(Fraction((-1) ** j) for j in range(len(bias))),), (Fraction(offset),), "identity")
    return Network((first, middle, last))


def results(network, points):
    """The results of all queries, and the reasons of those that did not prove."""
    seen = list(outcomes(Instance.of(network, points), MILLISECONDS))
    return [outcome.result for outcome in seen], {o.kind: o.reason for o in seen if o.result != "proved"}


TWO = dataset([[0], [1]], [2, 1])


@pytest.mark.parametrize("method", ["interpolant", "inoue"])
@pytest.mark.parametrize(
    ("points", "widths"),
    [
        (read_dataset(str(ROOT / "examples/article.csv")).value, (3, 3)),
        (dataset([[7]], [-3]), (1, 1)),
        (dataset([[v, v * v] for v in range(7)], [3, 1, 4, 1, 5, 9, 2]), (4, 2)),
        (dataset([["1/3"], ["-1/7"], ["22/7"], ["0"], ["9"]], ["1/9", "-8/3", "5", "1/2", "0"]), (2, 3)),
        (dataset([[10**200 + v * v] for v in range(4)], [10**200, -(10**200), 0, 1]), (2, 2)),
    ],
)
def test_constructed_networks(points, widths, method):
    instance = Instance.of(construct(points, widths, method), points)
    seen = list(outcomes(instance, MILLISECONDS))
    assert {outcome.result for outcome in seen} == {"proved"} and len(seen) == instance.queries()
    groups = -(-len(points) // widths[1])
    expected = {"zero-error": len(points), "sign": len(points) * sum(widths), "cell": groups * widths[1]}
    assert instance.statements() == expected
    assert {kind: sum(o.statements for o in seen if o.kind == kind) for kind in expected} == expected


@pytest.mark.parametrize(
    ("network", "points", "kind", "reason"),
    [
        (
            hand_made([[3], [2]], [-1, -3]),
            dataset([[0], [1]], [2, 5]),
            "zero-error",
            "row 2, output 1: expected 5, obtained 4",
        ),
        (
            hand_made([[2], [2]], [-2, -3]),
            dataset([[0], [1]], [0, 1]),
            "sign",
            "row 1, layer 2, neuron 1: preactivation 0 is not > 0",
        ),
        (
            hand_made([[3], [2]], [-1, -1]),
            dataset([[0], [1]], [1, 2]),
            "sign",
            "row 1, layer 2, neuron 2: preactivation 1 is not <= 0",
        ),
        (hand_made([[0], [2]], [2, -3]), TWO, "cell", "group 1, neuron 1: no single sign change"),
        (
            hand_made([[3], [1]], [-1, -1]),
            dataset([[0], [1]], [2, 4]),
            "cell",
            "group 1, neuron 2: no single sign change",
        ),
    ],
)
def test_false_statements(network, points, kind, reason):
    seen, reasons = results(network, points)
    assert "failed" in seen and reason in reasons[kind]
    if kind != "zero-error":
        assert "zero-error" not in reasons, "the case is meant to be wrong in its signs or cells only"
    if kind == "cell":
        assert set(reasons) == {"cell"}


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        (hand_made([[3], [2]], [-1, -3], b1=("1", "1")[:1], inputs=("0",)), "sends two inputs to one value"),
        (hand_made([[3, 0], [2, 0]], [-1, -3], b1=("1", "1")), "breakpoints do not increase"),
        (hand_made([[3]], [-1]), "more than 1 points lie between"),
        (hand_made([[3], [2]], [-1, -3], b1=("0",)), "before the first breakpoint"),
        (Network(hand_made([[3], [2]], [-1, -3]).layers[1:]), "two hidden ReLU layers"),
    ],
)
def test_networks_of_another_form_state_no_cells(network, reason):
    xs = dataset([[0], [1]], [0, 0])
    truth = dataset([[0], [1]], [network.preactivations(x)[-1][0] for x in xs.inputs])
    instance = Instance.of(network, truth)
    assert reason in instance.no_form and instance.cells() == []
    assert results(network, truth) == (["proved"] * 4, {})


def test_a_sign_change_outside_the_points_is_not_enough():
    """Neuron 2 is 0 at t = 1/2, between its points; moved to t = 0 it would still fit the data, but not strictly."""
    good = hand_made([[3], [2]], [-1, -3])
    assert results(good, dataset([[0], [1]], [2, 4])) == (["proved"] * 6, {})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("relu", lambda term: term),
        ("relu", lambda term: z3.If(term > 1, term, z3.RealVal(0))),
        ("constant", lambda q: z3.RealVal(float(q))),
        ("affine", lambda row, bias, terms: z3.Sum([z3.RealVal(0), *terms])),
    ],
)
def test_a_wrong_encoding_is_noticed(monkeypatch, name, wrong):
    points = dataset([["1/3"], ["2"], ["-1/7"], ["5"]], ["1/9", "-8/3", "5", "1/2"])
    network = construct(points, (2, 2), "interpolant")
    monkeypatch.setattr(f"proofs.instance.encoding.{name}", wrong)
    if hasattr(proofs.instance.statements, name):
        monkeypatch.setattr(f"proofs.instance.statements.{name}", wrong)
    with pytest.raises(Disagreement):
        list(outcomes(Instance.of(network, points), MILLISECONDS))


def test_a_sat_that_the_judge_does_not_confirm_is_a_bug(monkeypatch):
    points = dataset([[0], [1]], [2, 5])
    monkeypatch.setattr(
        "proofs.instance.statements.zero_error", lambda network, points: zero_error(network, dataset([[0]], [2]))
    )
    with pytest.raises(Disagreement, match="the judge finds none"):
        list(outcomes(Instance.of(hand_made([[3], [2]], [-1, -3]), points), MILLISECONDS))


def test_no_verdict_in_time_is_unknown(monkeypatch):
    class Silent(z3.Solver):
        def check(self, *assumptions):
            return z3.unknown

    monkeypatch.setattr("proofs.instance.statements._solver", lambda milliseconds: Silent())
    seen, reasons = results(construct(TWO, (1, 2), "interpolant"), TWO)
    assert set(seen) == {"unknown"} and reasons["cell"] == "group 1, neuron 2: z3 gave no verdict in time"
