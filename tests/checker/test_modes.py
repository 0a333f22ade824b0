"""Verdicts in floating point: exact in any order, in the stated order, or not at all; both arithmetics side by side."""

import itertools
import json
import random
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import decision, network
from checker.certificate import certificate, certificate_text
from checker.certificate import verify as verify_with
from checker.claim import ZERO_ERROR, parse_claim
from checker.coverage import Coverage
from checker.dataset import Dataset
from checker.decision import Request, decide
from checker.engines import binary64
from checker.engines.stated_order import ORDER
from checker.errors import InputError
from checker.formats import read_network
from checker.judge import Certified, decided
from checker.network import Layer, Network
from checker.pieces import task
from tests.checker.kill_suite import build, matrix
from tests.checker.test_certificate import changed, leaves
from tests.checker.test_claims import network_text, run, wrong_values

__all__ = ["run"]  # a fixture
P = {"float64": 53, "float32": 24}
FINEST = {"float64": 1074, "float32": 149}
MODES = pytest.mark.parametrize("mode", P)


def one(weights, bias="0"):
    """A network of one neuron and no ReLU."""
    return [(weights, bias, "identity")]


@pytest.fixture
def files(file):
    """Writes a network, as in kill_suite, and a dataset, as text, of one output unless told."""

    def write(layers, points):
        return file("network.json", network_text(layers)), file("points.csv", points)

    return write


def certified(layers, points, mode, files, claim="zero-error", **more):
    """The statement, which verifies."""
    paths = files(layers, points)
    source = read_network(paths[0])
    found = decide(source, paths[1], Request(claim=parse_claim(claim), mode=mode, **more))
    assert found.certifies, found.verdicts
    return certificate(source, found)


# Any order, and the edge of the bound.


@MODES
def test_a_sum_below_the_bound_is_exact_in_any_order(mode, files, run):
    p = P[mode]
    paths = files(one(f"{2**p - 2} 1"), "1,1," + str(2**p - 1) + "\n0,1,1\n")
    code, lines = run("certify", *paths, "--mode", mode, "-o", "c.json")
    assert code == 0 and lines[0] == (
        f"CERTIFIED zero-error: f(x) = y exactly at 2 of 2 rows, in {mode} arithmetic, in any order of summation"
    )
    assert (
        f"sums      the largest sum |w||h| + |b| is 2^{p}.00 units, at row 1, layer 1, neuron 1: no operation"
        in "".join(lines)
    )
    said = json.load(open("c.json"))["predicate"]
    assert said["summation"] == {"order": "any", "largestSum": str(2**p - 1), "row": 1, "layer": 1, "neuron": 1}
    assert run("verify", "c.json", *paths)[1] == lines


@MODES
@pytest.mark.parametrize(("weights", "bias", "sum_"), [("{0} 1", "0", 0), ("{0} -1", "-1", 1), ("1 {0}", "1", 1)])
def test_a_sum_at_the_bound_is_certified_in_the_stated_order_only(mode, weights, bias, sum_, files):
    top = 2 ** P[mode] - 1
    layers = one(weights.format(top), bias)
    x = (Fraction(1), Fraction(1))
    (value,) = build(network, layers).preactivations(x)[-1]
    because = f"row 1: the sum of absolute values is not below 2^{P[mode]} units"
    if sum_ == 0 or value <= 2 ** P[mode]:
        said = certified(layers, f"1,1,{value}\n", mode, files)["predicate"]
        assert said["summation"] == {"order": ORDER, "because": because}
        assert said["activationPatterns"] is None and said["smallestMargin"] is None and "tightest" not in said
    found = binary64.prepared(build(network, layers), mode)(Dataset((x,), ((value,),)))
    assert (found.reason, found.largest) == (because, top + 1 + sum_)


@MODES
def test_right_in_the_stated_order_and_wrong_in_another(mode, files, run):
    big = 2 ** P[mode]
    right, wrong = one(f"{big} {-big} 1"), one(f"1 {big} {-big}")
    code, lines = run("certify", *files(right, "1,1,1,1\n"), "--mode", mode)
    assert code == 0 and lines[0].endswith(f" in {mode} arithmetic, in the stated order of summation")
    assert f"sums      {ORDER}; not every order is exact: row 1: the sum of absolute values is" in "".join(lines)
    assert not [line for line in lines if line.startswith(("patterns", "margin", "tightest"))]
    paths = files(wrong, "0,0,0,0\n1,1,1,1\n")
    code, lines = run("certify", *paths, "--mode", mode)
    assert (code, lines[0]) == (
        1,
        f"REFUTED zero-error in {mode}, in the stated order of summation: row 2, output 1: expected 1, obtained 0",
    )
    said = run("certify", *paths, "--mode", mode, "--json")[1]
    assert said["counterexample"]["summation"] == {"order": ORDER} and said["counterexample"]["difference"] == "-1"
    assert run("certify", *paths)[0] == 0


@MODES
def test_wrong_in_any_order_is_refuted_as_such(mode, files, run):
    paths = files(one("2"), "1,3\n")
    code, lines = run("certify", *paths, "--mode", mode)
    assert (code, lines[0]) == (
        1,
        f"REFUTED zero-error in {mode}, in any order of summation: row 1, output 1: expected 3, obtained 2",
    )
    assert run("certify", *paths, "--mode", mode, "--json")[1]["counterexample"]["summation"] == {"order": "any"}


# What cannot be evaluated.


@MODES
@pytest.mark.parametrize(
    ("layers", "points", "reason"),
    [
        (one("1/3"), "3,1\n", "a weight of layer 1, neuron 1 is not a {} number"),
        (one("1", "1/10"), "1,1.1\n", "the bias of layer 1, neuron 1 is not a {} number"),
        (one("{over}"), "0,0\n", "a weight of layer 1, neuron 1 is not a {} number"),
        (one("1/{under}"), "0,0\n", "a weight of layer 1, neuron 1 is not a {} number"),
        (one("{long}"), "0,0\n", "a weight of layer 1, neuron 1 is not a {} number"),
        (one("1"), "1,1\n0.1,0.1\n", "row 2: an input is not a {} number"),
        (one("0"), "1,0\n2,0\n{long},0\n1/3,0\n", "row 3: an input is not a {} number"),
    ],
)
def test_what_is_no_number_of_the_format_is_not_evaluated(mode, layers, points, reason, files, run):
    p, f = P[mode], FINEST[mode]
    numbers = {"over": 2 ** (1024 if mode == "float64" else 128), "under": 2 ** (f + 1), "long": 2**p + 1}
    layers = [(w.format(**numbers), b, a) for w, b, a in layers]
    paths = files(layers, points.format(**numbers))
    reason = f"cannot be evaluated in {mode}: {reason.format(mode)}"
    assert run("certify", *paths, "--mode", mode) == (3, [f"UNKNOWN {reason}"])
    code, said = run("certify", *paths, "--mode", mode, "--json")
    assert (code, said) == (3, {"verdict": "UNKNOWN", "claim": "zero-error", "mode": mode, "reason": reason})
    assert run("certify", *paths)[0] == 0


def test_decimals_read_as_floats_can_be_evaluated(files, run):
    for mode in P:
        assert run("certify", *files(one("1"), "0.1,0.1\n"), "--mode", mode, "--numbers", mode)[0] == 0
    assert run("certify", *files(one("1"), "0.1,0.1\n"), "--mode", "float32", "--numbers", "float64")[0] == 3


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("order", "failing"), [("owu", [2]), ("uwo", [2]), ("wuw", [1, 3]), ("ouo", []), ("uuw", [3]), ("oouu", [])]
)
def test_a_refutation_goes_before_what_cannot_be_evaluated(order, failing, rows, files, run, monkeypatch):
    """o: right, w: wrong, u: an input is no float. The verdict does not depend on what shares a piece with what."""
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, rows))
    text = "".join({"o": f"{k},{k}\n", "w": f"{k},-1\n", "u": f"{k}/3,7\n"}[c] for k, c in enumerate(order, 10))
    text = text.replace("12/3", "12/7").replace("15/3", "15/7")
    paths, unfit = files(one("1"), text), order.count("u")
    code, said = run("certify", *paths, "--mode", "float64", "--json")
    if not failing:
        assert code == 3 and f"row {order.index('u') + 1}: an input is not" in said["reason"]
        return
    assert (code, said["counterexample"]["row"]) == (1, failing[0])
    code, said = run("certify", *paths, "--mode", "float64", "--json", "--all")
    assert [found["row"] for found in said["counterexamples"]] == failing
    assert (said["notEvaluated"], said["reason"]) == (
        unfit,
        f"row {order.index('u') + 1}: an input is not a float64 number",
    )
    lines = run("certify", *paths, "--mode", "float64", "--all")[1]
    assert lines[-1] == f"            {unfit} rows cannot be evaluated: {said['reason']}"
    both = run("certify", *paths, "--mode", "both", "--json")[1]
    assert (both["notEvaluated"], both["differingRows"]) == (unfit, [])
    assert both["failingRows"] == {"real": len(failing) + unfit, "float64": len(failing)}


# Overflow, NaN, subnormals, zeros.


def edge(mode):
    """A power of two whose double overflows, and the least positive number."""
    return (2**1023, f"1/{2**1074}") if mode == "float64" else (2**127, f"1/{2**149}")


@MODES
@pytest.mark.parametrize(
    ("layers", "points", "obtained"),
    [
        (one("{0} {0}"), "1,1,{1}\n", "no finite number"),
        (one("-{0} -{0}"), "1,1,-{1}\n", "no finite number"),
        ([("{0} {0};{0} {0}", "0 0", "identity"), ("1 -1", "0", "identity")], "1,1,0\n", "no finite number"),
        ([("{0} {0};{0} {0}", "0 0", "relu"), ("1 -1", "0", "identity")], "1,1,0\n", "no finite number"),
        ([("{0} {0}", "0", "relu"), ("0", "0", "identity")], "1,1,0\n", "no finite number"),
        ([("-{0} -{0}", "0", "relu"), ("1", "5", "identity")], "1,1,5\n", None),
        (one("{0} {0} -{0}"), "1,1,1,{0}\n", "no finite number"),
        (one("{0} -{0} {0}"), "1,1,1,{0}\n", None),
    ],
    ids=["inf", "-inf", "inf - inf", "relu inf - inf", "0 inf", "relu -inf", "on the way", "not on the way"],
)
def test_overflow(mode, layers, points, obtained, files, run):
    top, _ = edge(mode)
    paths = files([(w.format(top), b, a) for w, b, a in layers], points.format(top, 2 * top))
    assert run("certify", *paths)[0] == 0
    code, lines = run("certify", *paths, "--mode", mode)
    if obtained is None:
        assert code == 0 and lines[0].endswith("in the stated order of summation")
    else:
        assert code == 1 and lines[0].endswith(f"obtained {obtained}")
        said = run("certify", *paths, "--mode", mode, "--json")[1]["counterexample"]
        assert said["obtained"] == "not a finite number" and "difference" not in said
        code, said = run("certify", *paths, "--mode", "both" if mode == "float64" else "both-float32", "--json")
        assert (code, said["verdicts"]) == (1, {"real": "CERTIFIED", mode: "REFUTED"})


@MODES
def test_argmax_of_what_overflows(mode, files, run):
    """The label's output would be the largest, were it finite: no number was asked for, only a finite one."""
    top, _ = edge(mode)
    paths = files(one(f"{top} {top};1 1", "0 0"), "1,1,0\n")
    code, lines = run("certify", *paths, "--mode", mode, "--claim", "argmax")
    assert code == 1 and lines[0].endswith("row 1, output 1: expected a finite number, obtained no finite number")
    found = run("certify", *paths, "--mode", mode, "--claim", "argmax", "--json")[1]["counterexample"]
    assert (found["expected"], found["obtained"]) == ("a finite number", "not a finite number")


@MODES
@pytest.mark.parametrize(
    ("layers", "points", "order"),
    [
        (one("{least}"), "1,{least}\n", "any"),
        (one("{least}", "-{least}"), "1,0\n", "any"),
        (one("{least} {least}"), "1,3,4/{unit}\n", "any"),
        (one("{least}"), "1/2,0\n", ORDER),
        (one("{least}"), "3/2,2/{unit}\n", ORDER),
        ([("{least}", "0", "relu"), ("1/2", "0", "identity")], "1,0\n", ORDER),
        ([("{least}", "0", "relu"), ("1/2", "0", "identity")], "0,0\n", ORDER),
    ],
)
def test_subnormals(mode, layers, points, order, files):
    least = edge(mode)[1]
    names = {"least": least, "unit": least.removeprefix("1/")}
    layers = [(w.format(**names), b.format(**names), a) for w, b, a in layers]
    said = certified(layers, points.format(**names), mode, files)["predicate"]["summation"]
    assert said["order"] == order
    if order != "any":
        assert said["because"] == f"row 1: its terms are finer than 2^-{FINEST[mode]}"


@MODES
def test_zeros_of_either_sign_are_0(mode, files):
    layers = [("-1;1", "0 0", "relu"), ("-1 -1", "0", "identity")]
    said = certified(layers, "-0.0,0\n", mode, files)["predicate"]
    assert said["summation"] == {"order": "any", "largestSum": "0", "row": 1, "layer": 1, "neuron": 1}
    assert said["smallestMargin"]["value"] == "0"


@MODES
def test_a_network_of_zeros_has_sums_of_no_units(mode, files, run):
    code, lines = run("certify", *files(one("0"), "5,0\n"), "--mode", mode)
    assert code == 0 and "is 0 units, at row 1" in "".join(lines)


# Claims in floating point.


@pytest.mark.parametrize(
    ("claim", "y", "real", "floating"),
    [
        ("zero-error", f"{2**53 + 1},1", "CERTIFIED", "REFUTED"),
        ("zero-error", f"{2**53},1", "REFUTED", "CERTIFIED"),
        ("within:1", f"{2**53 + 1},1", "CERTIFIED", "CERTIFIED"),
        ("within:1/2", f"{2**53 + 1},1", "CERTIFIED", "REFUTED"),
        ("within:1", f"{2**53 - 1},1", "REFUTED", "CERTIFIED"),
        ("within:0", f"{2**53},1", "REFUTED", "CERTIFIED"),
    ],
)
def test_both_arithmetics_of_a_claim(claim, y, real, floating, files, run):
    paths = files(one(f"{2**53} 1;0 1", "0 0"), f"1,1,{y}\n0,1,1,1\n")
    arguments = ("certify", *paths, "--outputs", "2", "--claim", claim)
    assert run(*arguments)[0] == (real == "REFUTED")
    assert run(*arguments, "--mode", "float64")[0] == (floating == "REFUTED")
    code, said = run(*arguments, "--mode", "both", "--json")
    assert (code, said["verdicts"]) == (int("REFUTED" in (real, floating)), {"real": real, "float64": floating})
    assert said["differingRows"] == ([1] if real != floating else [])
    if real != floating:
        found = said["counterexample"]
        assert (found["row"], found["arithmetic"]) == (1, "real" if real == "REFUTED" else "float64")
        assert found.get("summation") == (None if real == "REFUTED" else {"order": ORDER})
    code, lines = run(*arguments, "--mode", "both")
    worst = "REFUTED" if code else "CERTIFIED"
    assert lines[0] == f"{worst} {claim}: real {real}, float64 {floating}"
    assert lines[1] == f"real      fails at {int(real == 'REFUTED')} of 2 rows"
    assert lines[2] == f"float64   fails at {int(floating == 'REFUTED')} of 2 rows"
    assert lines[3].startswith("differ    at 1 rows; the first: " if real != floating else "differ    at no row")


@pytest.mark.parametrize(("claim", "label", "real", "floating"), [
    ("argmax", 0, "CERTIFIED", "REFUTED"),
    ("argmax:ties", 0, "CERTIFIED", "CERTIFIED"),
    ("argmax:ties", 1, "REFUTED", "CERTIFIED"),
    ("argmax", 1, "REFUTED", "REFUTED"),
])  # fmt: skip
def test_outputs_that_differ_may_be_equal_in_floating_point(claim, label, real, floating, files, run):
    paths = files(one(f"{2**53} 1;{2**53} 0", "0 0"), f"1,1,{label}\n")
    said = run("certify", *paths, "--claim", claim, "--mode", "both", "--json")[1]
    assert said["verdicts"] == {"real": real, "float64": floating}


def sums_of(count, wrong):
    """Rows k of f(x) = 2^24 x1 + x2 in float32: every third is not exact, and those in wrong ask for something else."""
    for k in range(count):
        x = (1, 2 * k + 1) if k % 3 == 0 else (0, k)
        yield f"{x[0]},{x[1]},{2**24 * x[0] + x[1] + (1 if k in wrong else 0)}\n"


@pytest.mark.parametrize("rows", [1, 2, 5, 100])
@pytest.mark.parametrize("engine", ["judge", "integer", "all"])
def test_both_in_pieces(engine, rows, files, run, monkeypatch):
    """Rows 1, 4, 7, 10 round to an even number; 4 asks for 2^24 + 8, which is what it rounds to, and 6 is wrong."""
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, rows))
    paths = files(one(f"{2**24} 1"), "".join(sums_of(11, {3, 5})))
    arguments = ("certify", *paths, "--mode", "both-float32", "--engine", engine)
    code, said = run(*arguments, "--json")
    assert (code, said["verdicts"]) == (1, {"real": "REFUTED", "float32": "REFUTED"})
    assert said["failingRows"] == {"real": 2, "float32": 4} and said["rows"] == 11 and said["notEvaluated"] == 0
    assert said["differingRows"] == [1, 4, 7, 10] and "counterexamples" not in said
    assert (said["counterexample"]["row"], said["counterexample"]["arithmetic"]) == (1, "float32")
    lines = run(*arguments)[1]
    assert lines[3:] == [
        "differ    at 4 rows; the first: zero-error in float32: row 1, output 1: expected 16777217, obtained 16777216",
        "          row 4 (real fails)",
        "          row 7 (float32 fails)",
        "          row 10 (float32 fails)",
    ]
    everything = run(*arguments, "--all", "--json")[1]
    found = {name: [f["row"] for f in failures] for name, failures in everything.pop("counterexamples").items()}
    assert found == {"real": [4, 6], "float32": [1, 6, 7, 10]} and everything == said
    assert run(*arguments, "--all")[1][: len(lines)] == lines
    assert [line.split(":")[1] for line in run(*arguments, "--all")[1][len(lines) :]] == [
        f" row {row}, output 1" for row in (4, 6, 1, 6, 7, 10)
    ]


@pytest.mark.parametrize("mode", ["both", "both-float32"])
def test_no_certificate_is_of_both(mode, pair, run, folder):
    with pytest.raises(InputError, match="a certificate is of one arithmetic"):
        run("certify", *pair, "--mode", mode, "-o", "c.json")
    assert not (folder / "c.json").exists()
    assert run("certify", *pair, "--mode", mode)[1] == [
        f"CERTIFIED zero-error: real CERTIFIED, float{'32' if '32' in mode else '64'} CERTIFIED",
        "real      fails at 0 of 2 rows",
        f"float{'32' if '32' in mode else '64'}   fails at 0 of 2 rows",
        "differ    at no row",
    ]


def test_both_of_what_cannot_be_evaluated(files, run):
    code, lines = run("certify", *files(one("1/3"), "3,1\n6,2\n"), "--mode", "both")
    assert (code, lines[0]) == (3, "UNKNOWN zero-error: real CERTIFIED, float64 UNKNOWN")
    assert lines[2:] == [
        "float64   fails at 0 of 2 rows; 2 cannot be evaluated: a weight of layer 1, neuron 1 is not a float64 number",
        "differ    at no row that can be evaluated",
    ]
    code, said = run("certify", *files(one("1/3"), "3,2\n"), "--mode", "both", "--json")
    assert (code, said["verdict"], said["verdicts"]) == (1, "REFUTED", {"real": "REFUTED", "float64": "UNKNOWN"})
    assert (said["notEvaluated"], said["differingRows"]) == (1, [])


@pytest.mark.parametrize(("mode", "signs"), [("float64", None), ("both", ["1", "0"]), ("real", ["1", "0"])])
def test_signs_are_those_of_exact_arithmetic(mode, signs, files, run):
    """In the stated order alone no pattern was established; in mode both, it is that of real arithmetic."""
    paths = files([(f"{2**53} {-(2**53)} 1", "0", "relu"), ("1", "0", "identity")], "1,1,1,1\n0,0,0,0\n")
    assert run("certify", *paths, "--mode", mode, "--signs", "--json")[1]["signs"] == signs


# Certificates do not depend on pieces, processes or engines.

MIXED = [(f"{2**24} {-(2**24)} 1;1 1 1", "0 -5", "relu"), ("1 1", "0", "identity")]
MIXED_POINTS = [(0, 0, 3), (1, 1, 1), (0, 0, 1), (2, 2, 2), (1, 0, 0), (0, 0, 9), (4, 4, 1)]


def mixed_text(points):
    model = build(network, MIXED)
    return "".join(
        f"{a},{b},{c},{model.preactivations(tuple(map(Fraction, (a, b, c))))[-1][0]}\n" for a, b, c in points
    )


@pytest.mark.parametrize("first", range(3))
@pytest.mark.parametrize("mode", P)
def test_rows_of_both_kinds_have_one_certificate(mode, first, files, monkeypatch):
    """Some rows are exact in any order, others in the stated one: the certificate says that of all, and why."""
    points = MIXED_POINTS[first:]
    expected = None
    for rows, engine in itertools.product((1, 2, 3, 100), ("judge", "integer", "all")):
        monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, rows))
        said = certified(MIXED, mixed_text(points), mode, files, engine=engine, claim="within:1")
        said["predicate"].pop("engine")
        expected = expected or said
        assert said == expected, (rows, engine)
    found = expected["predicate"]
    if mode == "float64":
        assert found["summation"]["order"] == "any" and found["tightest"]["value"] == "1"
    else:
        row = 2 - first if first < 2 else 2
        assert found["summation"] == {
            "order": ORDER,
            "because": f"row {row}: the sum of absolute values is not below 2^24 units",
        }
        assert found["tightest"] is found["smallestMargin"] is found["activationPatterns"] is None


def test_processes_give_the_same_certificate(files, run, monkeypatch):
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, 2))
    paths = files(MIXED, mixed_text(MIXED_POINTS))
    for number in ("1", "2"):
        assert run("certify", *paths, "--mode", "float32", "--jobs", number, "-o", f"{number}.json")[0] == 0
    assert open("1.json").read() == open("2.json").read()


NEAR = st.sampled_from([0, 1, -1, 2, 3, 2**23, 2**24 - 1, -(2**24), 2**12, 2**11 + 1, 2**53]).map(Fraction)
FINE = st.builds(lambda p, e: Fraction(p, 2**e), st.integers(-5, 5), st.sampled_from([0, 1, 2, 10, 23, 149, 150, 160]))
UNFIT = st.sampled_from([Fraction(1, 3), Fraction(2**24 + 1), Fraction(2) ** 130])


@st.composite
def pieces(draw):
    """A network and rows about the edges of binary32, with outputs that are right, rounded, or wrong."""
    kind = st.one_of(NEAR, FINE, *([UNFIT] if draw(st.integers(0, 9)) == 0 else []))
    n, width = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    layers = [
        Layer(draw(st.tuples(*[st.tuples(*[kind] * n)] * width)), draw(st.tuples(*[kind] * width)), "relu"),
        Layer((draw(st.tuples(*[kind] * width)),), draw(st.tuples(kind)), "identity"),
    ]
    model = Network(tuple(layers))
    xs = draw(st.lists(st.tuples(*[st.one_of(NEAR, NEAR, FINE, UNFIT)] * n), min_size=1, max_size=6))
    ys = [model.preactivations(x)[-1] for x in xs]
    shift = st.sampled_from([0, 0, 0, 1, -1]).map(Fraction)
    return model, Dataset(tuple(xs), tuple((y + draw(shift),) for (y,) in ys))


@settings(max_examples=150)
@given(pieces(), st.sampled_from(["float32", "both-float32", "float64"]), st.sampled_from(["zero-error", "within:1"]))
def test_what_is_found_does_not_depend_on_the_pieces(case, mode, text):
    model, data = case

    def found(size, engine):
        coverage, work = Coverage(True), task(model, parse_claim(text), engine, mode)
        for start in range(0, len(data), size):
            rows = slice(start, start + size)
            coverage.add(work(start, Dataset(data.inputs[rows], data.outputs[rows])))
        said = vars(coverage)
        exact = (coverage.margin, coverage.tightest, coverage.signs, coverage.patterns()) if coverage.exact else None
        # In a float mode a piece may be exact on its own; what it says beyond the failures counts if all are.
        real = [f.row for f in coverage.failures] if mode.startswith("both") else None
        return coverage.exact, exact, real, *(said[k] for k in ("floating_failures", "differing", "unfit", "sums"))

    whole = found(len(data), "judge")
    assert all(found(size, engine) == whole for size in (1, 2, 4) for engine in ("judge", "integer"))


# Tampered certificates.


@pytest.mark.parametrize("mode", P)
@pytest.mark.parametrize("layers", [MIXED, one(f"{2**53} {-(2**53)} 1")], ids=["mixed", "stated"])
def test_every_field_of_a_float_certificate_that_is_changed_is_noticed(layers, mode, files, file):
    text = mixed_text(MIXED_POINTS) if layers is MIXED else "1,1,1,1\n0,0,0,0\n"
    statement = certified(layers, text, mode, files, claim="within:1/4")
    for path in set(leaves(statement)) - {("subject", 0, "name"), ("subject", 1, "name")}:
        value = statement
        for key in path:
            value = value[key]
        others = wrong_values(value) if value is not None else [0, "", {}, [], False, "null", {"distinct": 1}]
        for other in others:
            with pytest.raises(InputError):
                verify_with(
                    file("c.json", json.dumps(changed(statement, path, other))), "network.json", "points.csv", Request()
                )
    lies = [
        {"order": "any", "largestSum": "1", "row": 1, "layer": 1, "neuron": 1},
        {"order": ORDER, "because": ""},
        {"order": "any"},
        {"order": "any", "because": "I say so"},
        None,
        {},
    ]
    for lie in lies:
        with pytest.raises(InputError, match="predicate.summation"):
            path = file("c.json", json.dumps(changed(statement, ("predicate", "summation"), lie)))
            verify_with(path, "network.json", "points.csv", Request())


def test_another_mode_in_the_certificate_is_noticed(files, file):
    statement = certified(one(f"1 {2**53} {-(2**53)}"), "1,1,1,1\n", "real", files)
    names = ("network.json", "points.csv", Request())
    for mode in ("both", "both-float32", "any", None):
        with pytest.raises(InputError, match="predicate.mode"):
            verify_with(file("c.json", json.dumps(changed(statement, ("predicate", "mode"), mode))), *names)
    for mode in P:
        lie = file("c.json", json.dumps(changed(statement, ("predicate", "mode"), mode)))
        _, found, none = verify_with(lie, *names)
        assert (found.floating, none) == ("REFUTED", {})
    statement = certified(one("1/3"), "3,1\n", "real", files)
    lie = file("c.json", json.dumps(changed(statement, ("predicate", "mode"), "float64")))
    assert verify_with(lie, *names)[1].floating == "UNKNOWN"


def test_a_stated_order_that_is_certified_verifies(files, file):
    for layers, text in ((MIXED, mixed_text(MIXED_POINTS)), (one(f"{2**24} {-(2**24)} 1"), "1,1,1,1\n")):
        for mode in P:
            statement = certified(layers, text, mode, files)
            path = file("c.json", certificate_text(statement))
            for engine in ("judge", "integer", "all"):
                assert verify_with(path, "network.json", "points.csv", Request(engine=engine))[2] == statement


# The bound is sound: brute force over the orders.


def in_order(model, x, mode, order):
    """The outputs when every neuron's terms are added as order, a function from terms to a value, says."""
    kind = {"float64": numpy.float64, "float32": numpy.float32}[mode]
    h = [kind(float(v)) for v in x]
    with numpy.errstate(all="ignore"):
        for layer in model.layers:
            z = [
                order([*(kind(float(w)) * v for w, v in zip(row, h, strict=True)), kind(float(b))])
                for row, b in zip(layer.weights, layer.bias, strict=True)
            ]
            h = [max(v, kind(0)) for v in z] if layer.activation == "relu" else z
    return [Fraction(float(v)) if numpy.isfinite(v) else None for v in h]


def tree(generator):
    """Adds two of the terms that are left, whichever, until one is."""

    def add(terms):
        terms = list(terms)
        while len(terms) > 1:
            a, b = (terms.pop(generator.randrange(len(terms))) for _ in "ab")
            terms.append(a + b)
        return terms[0]

    return add


def permuted(order):
    def add(terms):
        total = terms[order[0]]
        for k in order[1:]:
            total = total + terms[k]
        return total

    return add


@st.composite
def near_the_bound(draw):
    """(network, x, mode): fan-in 2 everywhere, so three terms, with sums about the bound."""
    mode = draw(st.sampled_from(sorted(P)))
    p, unit = P[mode], Fraction(1, 2 ** draw(st.sampled_from([0, 3, 20])))
    big = st.builds(
        lambda e, d, s: Fraction(s * (2**e + d)),
        st.integers(p - 3, p - 1),
        st.integers(-1, 1),
        st.sampled_from([-1, 1]),
    )
    number = st.one_of(big, st.integers(-3, 3).map(Fraction), st.integers(-3, 3).map(Fraction))
    scaled = number.map(lambda q: q * unit)
    depth = draw(st.integers(1, 3))
    layers = [
        Layer(
            draw(
                st.tuples(
                    *[st.tuples(*[st.one_of(number, scaled) if k == 0 else st.integers(-2, 2).map(Fraction)] * 2)] * 2
                )
            ),
            draw(st.tuples(*[number] * 2)),
            draw(st.sampled_from(["relu", "identity"])) if k + 1 < depth else "identity",
        )
        for k in range(depth)
    ]
    x = draw(st.tuples(*[st.sampled_from([0, 1, -1, 2, Fraction(1, 2)]).map(Fraction)] * 2))
    return Network(tuple(layers)), x, mode


@settings(max_examples=300)
@given(near_the_bound(), st.integers(0, 2**32))
def test_what_is_exact_in_any_order_is(case, seed):
    model, x, mode = case
    exact = model.preactivations(x)[-1]
    if binary64.prepared(model, mode)(Dataset((x,), (exact,))).obstacle:
        return
    for order in itertools.permutations(range(3)):
        assert in_order(model, x, mode, permuted(order)) == list(exact), order
    generator = random.Random(seed)
    for _ in range(5):
        assert in_order(model, x, mode, tree(generator)) == list(exact)


@MODES
def test_wide_sums_in_random_orders(mode):
    generator, p = random.Random(7), P[mode]
    for width in (5, 17, 64):
        for tight in (0, 1):
            weights = [generator.choice([-1, 1]) * ((2**p - 1) // width - generator.randrange(3)) for _ in range(width)]
            rest = 2**p - 1 - sum(map(abs, weights))
            model = build(network, one(" ".join(map(str, weights)), str(rest + tight)))
            x = (Fraction(1),) * width
            exact = model.preactivations(x)[-1]
            found = binary64.prepared(model, mode)(Dataset((x,), (exact,)))
            assert bool(found.obstacle) == bool(tight) and found.largest == 2**p - 1 + tight
            if not tight:
                for _ in range(40):
                    assert in_order(model, x, mode, tree(generator)) == list(exact)


@MODES
@pytest.mark.parametrize(
    ("weights", "bias"), [("{0} 2", "-1"), ("{0} 1", "1"), ("-{0} -2", "1"), ("{0} 2 -1", "0"), ("{0}/8 1/4", "-1/8")]
)
def test_just_above_the_bound_an_order_fails(mode, weights, bias):
    """So the bound is needed: the exact sum is a number of the format, and some order does not give it."""
    p = P[mode]
    layers = one(weights.format(2**p - 1), bias)
    model = build(network, layers)
    x = (Fraction(1),) * model.widths[0]
    exact = model.preactivations(x)[-1]
    found = binary64.prepared(model, mode)(Dataset((x,), (exact,)))
    assert 2**p < found.largest <= 2**p + 2 and found.obstacle
    orders = itertools.permutations(range(model.widths[0] + 1))
    values = {in_order(model, x, mode, permuted(order))[0] for order in orders}
    assert values - {exact[0]}, "every order is exact"


def test_a_unit_that_is_too_fine_fails_in_some_order():
    """Below the least number a product is rounded: the other half of the bound is needed too."""
    for mode, finest in FINEST.items():
        model = build(network, one(f"1/{2**finest}"))
        x = (Fraction(1, 2),)
        exact = model.preactivations(x)[-1]
        assert binary64.prepared(model, mode)(Dataset((x,), (exact,))).obstacle
        assert in_order(model, x, mode, permuted((0, 1))) != list(exact)


def test_identity_layers_and_rows_of_their_own_units():
    """A negative activation counts with its absolute value; each row is measured in its own unit."""
    layers = [("1;-1", "0 0", "identity"), ("1 1", "0", "identity")]
    model = build(network, layers)
    found = binary64.prepared(model, "float32")
    for inputs, largest, row in [("3", 6, 1), ("-3", 6, 1), ("1/2;3;-7/8", 14, 3), ("5/2;5", 10, 1), ("-5;5/2", 10, 1)]:
        data = Dataset(matrix(inputs), tuple((Fraction(0),) for _ in matrix(inputs)))
        sums = found(data)
        assert (sums.largest, sums.row, sums.layer, sums.neuron, sums.obstacle) == (largest, row, 2, 1, "")
    half = 2**23
    for inputs, obstacle in [(f"{half - 1}", ""), (f"{half}", "x"), (f"-{half}", "x"), (f"{half}/4194304", "")]:
        data = Dataset(matrix(inputs), ((Fraction(0),),))
        assert bool(found(data).obstacle) == bool(obstacle), inputs


def test_the_real_claim_may_fail_where_the_float_claim_is_certified(files):
    """Then nothing exact is said: no patterns, no margin, no tightest row."""
    said = certified([("1 1", "0", "relu"), ("1", "0", "identity")], f"{2**53},1,{2**53}\n", "float64", files)
    assert said["predicate"]["activationPatterns"] is said["predicate"]["smallestMargin"] is None
    assert said["predicate"]["summation"]["order"] == ORDER
    data = Dataset(matrix(f"{2**53} 1"), matrix(str(2**53)))
    assert not isinstance(decided(build(network, [("1 1", "0", "identity")]), data, ZERO_ERROR), Certified)
