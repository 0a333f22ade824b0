"""The least bound on parameters: against a naive enumeration of all parameters, against z3, and its certificates."""

import json
import math
import random
import re
from fractions import Fraction
from itertools import product

import pytest

from checker.errors import InputError
from checker.judge import Certified, zero_error
from examples.smallest.__main__ import main, row
from examples.smallest.cases import Case, points
from examples.smallest.enumeration import Enumeration, Numbers, TimeIsUp
from examples.smallest.search import CLASSES, constructed, height_and_bits, least
from tests.commands import ROOT, refused, run

FOREVER = math.inf


def naive(dataset, widths, numbers):
    """Whether some choice of all parameters fits: the definition, no neuron compared with another."""
    a1, a2 = widths
    xs, ys = [x for (x,) in dataset.inputs], [y for (y,) in dataset.outputs]
    values = [Fraction(v, numbers.unit) for v in numbers.values]
    for p in product(values, repeat=2 * a1 + a2 * (a1 + 1) + a2 + 1):
        first, second, last = p[: 2 * a1], p[2 * a1 : 2 * a1 + a2 * (a1 + 1)], p[-a2 - 1 :]
        for x, y in zip(xs, ys, strict=True):
            r = [max(first[2 * i] * x + first[2 * i + 1], 0) for i in range(a1)]
            rows = [second[j * (a1 + 1) : (j + 1) * (a1 + 1)] for j in range(a2)]
            h = [max(sum(w * v for w, v in zip(row, [1, *r], strict=True)), 0) for row in rows]
            if sum(u * v for u, v in zip(last, [1, *h], strict=True)) != y:
                break
        else:
            return True
    return False


def found(dataset, widths, numbers):
    network = Enumeration(dataset, widths, numbers, FOREVER).network()
    assert network is None or isinstance(zero_error(network, dataset), Certified)
    values = set(numbers.values)
    for layer in network.layers if network else ():
        assert all(q * numbers.unit in values for row in (*layer.weights, layer.bias) for q in row)
    return network is not None


@pytest.mark.parametrize(
    ("widths", "numbers"),
    [
        ((1, 1), Numbers.integers(1)),
        ((1, 1), Numbers.integers(2)),
        ((1, 2), Numbers.integers(1)),
        ((2, 1), Numbers.integers(1)),
        ((1, 1), Numbers.fractions(2)),
    ],
    ids=str,
)
def test_the_enumeration_finds_what_a_naive_one_finds(widths, numbers):
    draw, answers = random.Random(f"{widths}{numbers}"), set()
    for _ in range(4):
        inputs = draw.sample([Fraction(k, 2) for k in range(-4, 5)], draw.choice((2, 3)))
        rows = " ".join(f"{x},{draw.choice((0, 0, 1, 2, 3, -1, Fraction(1, 2)))}" for x in inputs)
        answer = naive(points(rows), widths, numbers)
        assert found(points(rows), widths, numbers) == answer, rows
        answers.add(answer)
    assert answers == {True, False}


def test_z3_agrees_on_two_by_two():
    rows = "0,0 1,1 2,0 3,1 4,0"
    for bound, answer in ((1, False), (2, True)):
        assert found(points(rows), (2, 2), Numbers.integers(bound)) == by_z3(rows, bound) == answer


def by_z3(rows, bound):
    """The definition once more, as bit-vectors that are wide enough for every sum."""
    import z3

    solver, bits = z3.SolverFor("QF_BV"), 14
    p = [z3.BitVec(f"p{k}", bits) for k in range(13)]
    solver.add(*(z3.And(-bound <= v, v <= bound) for v in p))
    for (x,), (y,) in zip(points(rows).inputs, points(rows).outputs, strict=True):
        r = [relu(z3, p[k] * int(x) + p[k + 1]) for k in (0, 2)]
        h = [relu(z3, p[k] * r[0] + p[k + 1] * r[1] + p[k + 2]) for k in (4, 7)]
        solver.add(p[10] * h[0] + p[11] * h[1] + p[12] == int(y))
    answer = solver.check()
    assert answer in (z3.sat, z3.unsat)
    return answer == z3.sat


def relu(z3, v):
    return z3.If(v > 0, v, z3.BitVecVal(0, v.size()))


@pytest.mark.parametrize(
    ("rows", "widths", "kind", "bound"),
    [
        ("0,0 1,1 2,0 3,1", (2, 2), "integers", 1),
        ("0,3 1,-1 2,4 3,-1", (2, 2), "integers", 3),
        ("0,0 1,1 2,0 3,1 4,0", (1, 3), "integers", 6),
        ("0,0 1,1 2,0 3,1 4,0 5,1 6,0", (2, 3), "integers", 3),
        ("0,0,1 0,1,0 1,0,0 1,1,1", (2, 2), "integers", 1),
        ("0,1/2 1,1", (1, 1), "fractions", 2),
    ],
)
def test_least_bounds(rows, widths, kind, bound):
    answer = least(points(rows), widths, kind, 60, 9)
    assert answer.bound == bound and answer.network.widths[1:-1] == widths
    made = constructed(points(rows), widths, "interpolant")
    assert made is None or made > height_and_bits(answer.network)


def test_integers_never_give_a_half():
    assert not any(found(points("0,1/2 1,1"), (1, 1), Numbers.integers(bound)) for bound in (1, 2, 3, 4))


@pytest.mark.parametrize("kind", CLASSES)
def test_a_class_has_those_with_smaller_bounds_in_it(kind):
    for bound in range(1, 8):
        smaller, larger = CLASSES[kind](bound), CLASSES[kind](bound + 1)
        exact = {Fraction(v, larger.unit) for v in larger.values}
        assert {Fraction(v, smaller.unit) for v in smaller.values} < exact
        assert {0, 1, -1} <= exact == {-q for q in exact}


def test_a_deadline_is_kept():
    with pytest.raises(TimeIsUp):
        Enumeration(points("0,0 1,1"), (2, 2), Numbers.integers(2), -1).network()
    assert least(points("0,0 1,1 2,0"), (1, 1), "integers", 1, 3).network is None


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("0,3\n1,-1\n2,4\n3,-1\n")
    return path


@pytest.fixture
def certificate(data, tmp_path):
    path = tmp_path / "certificate.json"
    assert main([str(data), "--widths", "2,2", "-o", str(path)]) == 0
    return path


def test_the_command_and_its_certificate(data, tmp_path):
    certificate = tmp_path / "certificate.json"
    process = run("examples.smallest", data, "--widths", "2,2", "-o", certificate)
    assert process.returncode == 0 and process.stdout.startswith("CERTIFIED 3 is the least bound on integers")
    again = run("examples.smallest", data, "--verify", certificate)
    assert again.returncode == 0 and again.stdout.startswith("CERTIFIED 3 is the least bound on integers")


CHANGES = [
    ("bound", 4, "not the least: a network with bound 3 fits"),
    ("bound", 2, "is not in the class"),
    ("bound", 0, "expected an integer from 1 to 99"),
    ("class", "reals", "expected one of integers, fractions"),
    ("hiddenWidths", [2, 3], "predicate.hiddenWidths[1]: recomputed '2'"),
    ("none", {"bound": 2, "choices": 119, "sums": 7070}, "predicate.none.choices: recomputed '120'"),
    ("none", None, "predicate.none: expected an object"),
    ("claim", "least", "predicate.claim: recomputed"),
    ("outputs", 2, "predicate.outputs: expected 1: networks with one output are enumerated"),
]


@pytest.mark.parametrize(("key", "value", "reason"), CHANGES)
def test_a_changed_certificate_is_refused(data, certificate, key, value, reason):
    said = json.loads(certificate.read_text())
    said["predicate"][key] = value
    certificate.write_text(json.dumps(said))
    with pytest.raises(InputError, match=re.escape(reason)):
        main([str(data), "--verify", str(certificate)])


def test_another_witness_or_dataset_is_refused(data, certificate):
    text = certificate.read_text()
    certificate.write_text(text.replace('\\"bias\\":[\\"3\\"]', '\\"bias\\":[\\"2\\"]'))
    assert certificate.read_text() != text
    refused(run("examples.smallest", data, "--verify", certificate), "predicate.network: does not fit row 1")
    certificate.write_text(text)
    data.write_text("0,3\n1,-1\n2,4\n3,-1\n4,0\n")
    with pytest.raises(InputError, match="sha256"):
        main([str(data), "--verify", str(certificate)])


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["DATA"], "DATASET needs --widths or --verify"),
        (["--widths", "2,2"], "need a DATASET"),
        (["DATA", "--widths", "2"], "not of the form A1,A2"),
        (["DATA", "--widths", "2,0"], "is not an integer from 1"),
        (["DATA", "--widths", "2,2", "--outputs", "2"], "one"),
        (["missing.csv", "--widths", "2,2"], "missing.csv"),
    ],
)
def test_refusals(data, arguments, reason):
    refused(run("examples.smallest", *(data if a == "DATA" else a for a in arguments)), reason)


def test_time_that_is_up_ends_in_unknown(data):
    process = run("examples.smallest", data, "--widths", "1,1", "--timeout", "1")
    assert process.returncode == 3 and process.stdout.startswith("UNKNOWN no network with integers up to")


@pytest.mark.parametrize(
    ("case", "cells"),
    [
        (Case("0,0 1,1", (1, 1)), ("1 (9 bits)", "1 (9 bits)", "-", "-")),
        (Case("0,3 1,1 2,4 3,1", (3, 2)), ("2 (42 bits)", "2 (42 bits)", "64 (54 bits)", "20 (62 bits)")),
        (Case("0,0 1,1 2,0 3,1 4,0", (1, 3), 9, 2), ("6 (36 bits)", "open: 3 to 6", "-", "-")),
        (Case("0,0 1,1 2,0", (1, 1), 3, 2), ("open: 4 or more", "open: 3 or more", "-", "-")),
    ],
)
def test_a_row_of_the_table(case, cells):
    assert row(case)[2:] == cells


def test_the_quick_table_is_in_the_readme(capsys):
    assert main(["--quick"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "CERTIFIED 30 least bounds, 0 open, bounded"
    readme = (ROOT / "examples/smallest/README.md").read_text().splitlines()
    assert len(said) == 19 and set(said[2:]) <= set(readme)


def test_the_first_line_says_how_decimals_were_read(tmp_path):
    data, certificate = tmp_path / "points.csv", tmp_path / "certificate.json"
    data.write_text("0,1.0\n1,2.0\n")
    arguments = (data, "--widths", "1,1")
    assert run("examples.smallest", *arguments).stdout.splitlines()[0].endswith("points.csv")
    found = run("examples.smallest", *arguments, "--numbers", "float32", "-o", certificate)
    again = run("examples.smallest", data, "--verify", certificate)
    assert found.stdout.splitlines()[0] == again.stdout.splitlines()[0]
    assert again.stdout.splitlines()[0].endswith("points.csv, decimals read as float32")
