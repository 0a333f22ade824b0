"""Comparisons of weights: they hold for what networks compute, and a certificate that misuses them is refused."""

import json
import random
from fractions import Fraction

import pytest

from checker.impossible.cones import first_layers, two_layers
from checker.impossible.joint import Comparison, closes, constraints, outputs, pattern
from tests.commands import ROOT, refused, run

WRITTEN = ROOT / "examples" / "limits" / "certificates"
DATA, CERTIFICATE = WRITTEN / "impossible-2-2.csv", WRITTEN / "impossible-2-2.json"


def first_choice(cases):
    """The number of the first case that has choices of kinds with proofs."""
    return next(k for k, case in enumerate(cases) if isinstance(case, dict))


def test_the_zigzag_of_seven_points_does_not_fit_two_and_two():
    process = run("checker", "verify", CERTIFICATE, DATA, "--json")
    said = json.loads(process.stdout)
    assert process.returncode == 0 and said["verdict"] == "IMPOSSIBLE" and said["hiddenWidths"] == [2, 2], process


def leaf(case):
    """The first functional with multipliers in the case."""
    proof = case["choices"][0]["proof"]
    while "parts" in proof:
        proof = proof["parts"][0]
    return proof


def double_multiplier(case):
    proof = leaf(case)
    proof["multipliers"][0][1] = str(2 * int(proof["multipliers"][0][1]))


def negative_multiplier(case):
    proof = leaf(case)
    proof["multipliers"][0][1] = "-" + proof["multipliers"][0][1]


def functional_of_the_wrong_sign(case):
    proof = leaf(case)
    proof["functional"] = [str(-int(v)) for v in proof["functional"]]


def repeated_constraint(case):
    leaf(case)["multipliers"].append(list(leaf(case)["multipliers"][0]))


def no_such_constraint(case):
    leaf(case)["multipliers"][0][0] = 999


def parts_exchanged(case):
    case["choices"][0]["proof"]["parts"].reverse()


def one_part(case):
    case["choices"][0]["proof"]["parts"].pop()


def choice_left_out(case):
    case["choices"].pop()


def other_kinds(case):
    case["choices"][0]["kinds"] = [0, 0]


def no_such_neuron(case):
    case["choices"][0]["proof"]["compare"] = 3


def compared_with_itself(case):
    case["choices"][0]["proof"]["of"] = [1, 1]


def not_a_list(case):
    case["choices"] = {}


NOT_A_PROOF = "not a proof that the functional is nowhere negative"
MUTANTS = [
    (double_multiplier, NOT_A_PROOF),
    (negative_multiplier, NOT_A_PROOF),
    (functional_of_the_wrong_sign, "not a functional that separates the values"),
    (repeated_constraint, "this constraint has a multiplier already"),
    (no_such_constraint, "expected an integer from 0 to"),
    (parts_exchanged, NOT_A_PROOF),
    (one_part, "parts: expected a list of 2"),
    (choice_left_out, "no functional closes the cones"),
    (other_kinds, "predicate.cases"),
    (no_such_neuron, "expected an integer from 0 to 2"),
    (compared_with_itself, "expected two different neurons"),
    (not_a_list, "expected a list"),
]


def verified(change, tmp_path):
    statement = json.loads(CERTIFICATE.read_text())
    change(statement["predicate"]["cases"])
    changed = tmp_path / "certificate.json"
    changed.write_text(json.dumps(statement))
    return run("checker", "verify", changed, DATA)


@pytest.mark.parametrize(("change", "reason"), MUTANTS, ids=[change.__name__ for change, _ in MUTANTS])
def test_a_changed_choice_is_refused(change, reason, tmp_path):
    refused(verified(lambda cases: change(cases[first_choice(cases)]), tmp_path), reason)


def test_a_missing_case_is_refused(tmp_path):
    refused(verified(lambda cases: cases.pop(), tmp_path), "predicate.cases: expected a list of 90")


SPLITS = [
    ("1/2", 2, None),
    ("1", 2, "not inside the interval that is split"),
    ("-1/2", 2, "not inside the interval that is split"),
    ("1/2", 1, "parts: expected a list of 2"),
]


@pytest.mark.parametrize(("at", "parts", "reason"), SPLITS)
def test_a_split_leaves_no_hole(at, parts, reason, tmp_path):
    """Case 12 is about neurons in the first gap, 0 < tau < 1; what closes it closes both its halves."""

    def split(cases):
        assert isinstance(cases[12], list)
        cases[12] = {"split": 1, "at": at, "parts": [cases[12]] * parts}

    process = verified(split, tmp_path)
    if reason is None:
        assert process.returncode == 0, process
    else:
        refused(process, reason)


def test_random_neurons_with_one_tau_satisfy_the_comparisons():
    draw, ts = random.Random(22), tuple(map(Fraction, range(5)))
    crossed = [cells for cells in first_layers(ts, 2) if all(cell.side for cell in cells)]
    for cells in draw.sample(crossed, 8):
        cones = two_layers(ts, cells)
        shares = [Fraction(draw.randint(0, 6), 6) for _ in cells]
        for _ in range(5):
            weights = [[draw.randint(-5, 5) for _ in cells] for _ in range(2)]
            values = [[draw.randint(-6, 6), *w] for w in weights]
            forms = [coefficients(cones.columns, shares, *row) for row in values]
            for kinds in [(a, b) for a in holding(cones, forms[0])[:2] for b in holding(cones, forms[1])[:2]]:
                patterns = [pattern(cones, kind) for kind in kinds]
                known = [
                    Comparison(i, *((0, 1) if abs(weights[0][i]) >= abs(weights[1][i]) else (1, 0)))
                    for i in {column.neuron for column in cones.columns if column.paired}
                ]
                joint = [c for form in forms for c in form]
                assert all(dot(row, joint) >= 0 for row in constraints(cones, patterns, known))
                for k, row in enumerate(outputs(cones, patterns)):
                    g = [sum(c * col.values[k] for c, col in zip(f, cones.columns, strict=True)) for f in forms]
                    assert dot(row, joint) == sum(p.sign * max(v, 0) for p, v in zip(patterns, g, strict=True))


def coefficients(columns, shares, beta, *weights):
    """Of g = beta + weights of the neurons, each of whose tau has this share of the second column."""
    seen, found = set(), []
    for column in columns:
        if column.neuron is None:
            found.append(Fraction(beta))
            continue
        share = shares[column.neuron] if column.neuron in seen else 1 - shares[column.neuron]
        seen.add(column.neuron)
        found.append(weights[column.neuron] * (share if column.paired else 1) * Fraction(column.unit) ** -1)
    return found


def holding(cones, form):
    """The kinds whose signs the coefficients have."""
    of = [pattern(cones, kind) for kind in range(len(cones.kinds))]
    return [k for k, p in enumerate(of) if all(dot(row, form) >= 0 for row in constraints(cones, [p], []))]


def dot(a, b):
    return sum(v * w for v, w in zip(a, b, strict=True))


def test_closes_needs_the_sum_and_the_sign():
    rows, at = [(1, 0), (0, 1)], [(1, 0), (0, 1)]
    assert closes((2, 3), {0: 2, 1: 3}, rows, at)
    assert not closes((2, 3), {0: 2}, rows, at)
    assert not closes((2, -3), {0: 2, 1: -3}, rows, at)
