"""checker supnorm: both ends of the enclosure, what is refused, and that the bound would notice a wrong remainder."""

import json
import math
from fractions import Fraction

import pytest

from checker.balls import SIZES, greatest, jet, least, library, maximum
from checker.balls.expression import evaluated, parse_target
from checker.balls.smooth import SmoothLayer, SmoothNetwork, read_smooth_network
from checker.balls.supnorm import Question, difference, enclosed
from checker.errors import InputError
from tests.commands import ROOT, refused, run

F = Fraction
SINE = "sin(2*pi*x)"
FITTED = sorted((ROOT / "examples" / "approximation").glob("sigmoid-*.json"))
IDENTITY = [(["1"], ["0"], "identity")]


def layer(weights, bias, activation):
    """A layer from rows of numbers as text."""
    rows = tuple(tuple(map(F, row.split())) for row in weights)
    return SmoothLayer(rows, tuple(map(F, bias)), activation)


def network(*layers):
    return SmoothNetwork(tuple(layer(*parts) for parts in layers))


def tent():
    """The interpolant of sin(2 pi x) at 0, 1/4, 1/2, 3/4, 1: its slopes are 4, -4, -4, 4."""
    return network((["1"] * 3, ["0", "-1/4", "-3/4"], "relu"), (["4 -8 8"], ["0"], "identity"))


def sigmoids():
    hidden = (["9", "-5", "3"], ["-4", "3/2", "1/7"], "sigmoid")
    return network(hidden, (["2 -1 1/3"], ["1/5"], "identity"))


def tanhs():
    return network(
        (["3", "-2"], ["0", "1"], "tanh"), (["1 1", "2 -1"], ["0", "1/9"], "relu"), (["1 -2"], ["0"], "identity")
    )


def written(path, content):
    path.write_text(json.dumps(content))
    return path


def native(*layers):
    """The JSON of a network."""
    named = [{"weights": [r.split() for r in w], "bias": b, "activation": a} for w, b, a in layers]
    return {"format": "exact-relu-network/1", "layers": named}


TENT = native((["1"] * 3, ["0", "-1/4", "-3/4"], "relu"), (["4 -8 8"], ["0"], "identity"))
SIGMOID = native((["7"], ["-3"], "sigmoid"), (["2"], ["0"], "identity"))


def sup(g, target=SINE, lo=0, hi=1, bound=None):
    return enclosed(g, Question(target, F(lo), F(hi), None if bound is None else F(bound)))


def test_the_golden_number_of_the_interpolant_with_four_pieces():
    found = sup(tent())
    assert found.lower < F("0.21051366235301868433") < found.upper < found.lower * F("1.000001")


@pytest.mark.parametrize("pieces", [4, 8, 16, 32])
def test_interpolants_are_between_the_two_bounds_of_the_theory(pieces):
    ys = [F(round(math.sin(2 * math.pi * k / pieces) * 2**60), 2**60) for k in range(pieces + 1)]
    slopes = [(b - a) * pieces for a, b in zip(ys[:-1], ys[1:], strict=True)]
    jumps = [slopes[0], *(b - a for a, b in zip(slopes[:-1], slopes[1:], strict=True))]
    hidden = (["1"] * pieces, [str(F(-k, pieces)) for k in range(pieces)], "relu")
    found = sup(network(hidden, ([" ".join(map(str, jumps))], [str(ys[0])], "identity")))
    assert F("0.436") / (pieces + 1) ** 2 <= found.lower
    assert found.upper <= F("9.8696045") / (2 * pieces**2)


GOLDEN = {"sigmoid-1": "1.001", "sigmoid-2": "0.235655", "sigmoid-7": "0.000010205", "sigmoid-10": "0.000002418"}


def test_all_fitted_networks_are_there():
    assert {path.stem for path in FITTED} == set(GOLDEN)


@pytest.mark.parametrize("path", FITTED, ids=lambda path: path.stem)
def test_fitted_networks_reach_the_golden_numbers_and_a_bound_two_percent_too_small_is_refuted(path):
    g = read_smooth_network(str(path)).value
    found = sup(g)
    assert found.upper - found.lower <= found.upper / 1000
    assert found.upper <= F(GOLDEN[path.stem])
    question = Question(SINE, F(0), F(1), found.lower * F(98, 100))
    assert question.verdict(enclosed(g, question)) == "REFUTED"


# network, target, interval, the supremum or None
EXACT = [
    (network(*IDENTITY), "0", 0, 1, 1),
    (network(*IDENTITY), "x", -3, 5, 0),
    (network(*IDENTITY), "x**2", 0, 1, F(1, 4)),
    (network(*IDENTITY), "x**-1", 1, 2, F(3, 2)),
    (network(*IDENTITY), "1/x", 1, 2, F(3, 2)),
    (network(*IDENTITY), "abs(x)", -1, 2, 2),
    (network(*IDENTITY), "-x**2", -1, 1, 2),
    (network(*IDENTITY), "0.1*x", 0, 1, F(9, 10)),
    (network((["1", "-1"], ["0", "0"], "relu"), (["1 1"], ["0"], "identity")), "abs(x)", -1, 1, 0),
    (network((["1"], ["-1/3"], "relu"), (["1"], ["0"], "identity")), "x", 0, 1, F(1, 3)),
]


@pytest.mark.parametrize(("g", "target", "lo", "hi", "exact"), EXACT)
def test_where_the_supremum_is_known(g, target, lo, hi, exact):
    found = sup(g, target, lo, hi)
    assert found.lower <= exact <= found.upper <= exact + F(1, 10**6) * exact + F(1, 2**90)


@pytest.mark.parametrize("g", [tent(), sigmoids(), tanhs()])
@pytest.mark.parametrize("target", [SINE, "cos(3*x)*exp(-x)", "abs(x - 1/3)", "tanh(9*x)", "sqrt(x + 1/2)*log(x + 2)"])
def test_no_point_of_a_grid_is_outside_the_enclosure(g, target):
    """Values of a naive evaluator in floating point, at points that bisection does not visit."""
    names = {name: getattr(math, name) for name in ("sin", "cos", "exp", "sqrt", "log", "tanh", "pi")}
    largest = max(abs(naive(g, x) - eval(target, {"abs": abs, **names, "x": x})) for x in (k / 997 for k in range(998)))
    found = sup(g, target)
    assert largest <= float(found.upper) + 1e-12
    assert float(found.lower) <= largest + 1e-2


def naive(g, x):
    h = [x]
    functions = {"relu": lambda z: max(z, 0.0), "tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z))}
    for part in g.layers:
        z = [
            float(b) + sum(float(w) * v for w, v in zip(row, h, strict=True))
            for row, b in zip(part.weights, part.bias, strict=True)
        ]
        h = [functions.get(part.activation, lambda v: v)(v) for v in z]
    return h[0]


PIECES = [(F(k, 8), F(k + 1, 8)) for k in range(8)]


def grid_escapes(e, pieces=PIECES):
    """The first piece with a point where |e| is certainly above the bound for the piece, None when there is none."""
    for a, b in pieces:
        upper = maximum.bounded(e, a, b)[0]
        for k in range(41):
            value = maximum._at(e, a + (b - a) * F(k, 40))
            if upper is not None and value > upper:
                return a, b
    return None


def test_the_bound_of_every_piece_holds_on_a_grid():
    for g in (tent(), sigmoids(), tanhs()):
        assert grid_escapes(difference(g, SINE)) is None


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("curvature", lambda c: c * 0),
        ("curvature", lambda c: c / 4),
        ("curvature", lambda c: c * 31 / 32),
        ("slope", lambda s: s * 31 / 32),
    ],
)
def test_a_wrong_remainder_is_caught(part, wrong):
    """Taylor without its remainder, or with a smaller one, is not above a grid: of x + x^2 it is an equality."""
    e = difference(network(*IDENTITY), "-x**2")

    def mutant(x):
        found = e(x)
        return found._replace(
            **{part: wrong(getattr(found, part)), "value": found.value if x.value.rad() == 0 else HUGE}
        )

    HUGE = jet.library().arb(0, 100)
    assert grid_escapes(mutant) is not None
    assert grid_escapes(lambda x: e(x)._replace(value=e(x).value if x.value.rad() == 0 else HUGE)) is None


def test_each_of_the_three_bounds_is_needed_to_be_narrow():
    e = difference(network(*IDENTITY), "-x**2")
    upper, lower = maximum.bounded(e, F(0), F(1))
    assert lower == F(3, 4) and F(2) <= upper < F("2.00001")


UNARY = [jet.sin, jet.cos, jet.exp, jet.log, jet.sqrt, jet.tanh, jet.sigmoid, jet.reciprocal, jet.relu, jet.absolute]


@pytest.mark.parametrize(
    "f", [*UNARY, lambda z: jet.power(z, 5), lambda z: jet.power(z, -2), lambda z: jet.power(z, 0)]
)
def test_slopes_and_curvatures_enclose_those_of_finite_differences(f):
    h, x = F(1, 2**40), F(13, 16)
    with jet.library().ctx.workprec(256):
        step = maximum.ball(h)
        values = [f(jet.variable(maximum.ball(x + k * h))).value for k in (-1, 0, 1)]
        found = f(jet.variable(maximum.interval(x - h, x + h)))
        first, second = (values[2] - values[0]) / (2 * step), (values[2] - 2 * values[1] + values[0]) / step**2
        assert found.slope.overlaps(first) and found.curvature.overlaps(second)
        assert found.slope.rad() < 1e-9 and found.curvature.rad() < 1e-8


@pytest.mark.parametrize("f", [jet.relu, jet.absolute])
def test_where_a_function_bends_no_curvature_is_known(f):
    assert f(jet.variable(maximum.interval(F(-1), F(2)))).curvature is None


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("", "is not a formula"),
        ("((", "is not a formula"),
        ("y", "'y': is none of numbers, x, pi"),
        ("foo(x)", "'foo': is none of the functions sin, cos"),
        ("sin", "'sin': is none of"),
        ("sin()", "takes one argument"),
        ("sin(x, x)", "a character that no formula has"),
        ("x.real", "'x.real': is none of"),
        ("x.sin(x)", "'x.sin': is none of the functions"),
        ("x if x else 1", "is none of"),
        ("x or 1", "is none of"),
        ("x // 2", "is none of"),
        ("2 ** x", "'x': an exponent is an integer"),
        ("x ** 0.5", "'0.5': an exponent is an integer"),
        ("x ** 1001", "'1001': an exponent is an integer"),
        ("1e5 * x", "'1e5' is not an exact number"),
        ("1_0", "'1_0' is not an exact number"),
        ("1j", "'1j' is not an exact number"),
        ("0o17", "'0o17' is not an exact number"),
        ("True", "'True' is not an exact number"),
        ("None", "'None' is not an exact number"),
        ("__import__", "is none of"),
        ("x[0]", "a character that no formula has"),
        ("lambda: x", "a character that no formula has"),
        ("x\n+1", "a character that no formula has"),
        ("\uff58", "a character that no formula has"),
        ("(" * 400 + "x" + ")" * 400, "is not a formula"),
        ("-" * 500 + "x", "nested more than 60 deep"),
        ("x" * 1001, "more than 1000 characters"),
    ],
)
def test_what_is_no_target(target, reason):
    with pytest.raises(InputError) as error:
        parse_target(target)
    assert reason in str(error.value)


def test_numbers_of_a_target_are_exact():
    third = evaluated(parse_target("0.1 + 1/3"), None).value
    assert third.overlaps(maximum.ball(F(13, 30))) and third.rad() < 1e-15


@pytest.mark.parametrize("target", ["log(x)", "1/x", "log(x - 2)", "1/0", "sqrt(x - 1/2)", "(1/x)**0"])
def test_what_is_not_defined_everywhere_is_not_certified(tmp_path, target):
    done = run("checker", "supnorm", written(tmp_path / "g.json", SIGMOID), "--target", target, "--interval", "0,1")
    assert (done.returncode, done.stdout.split()[0]) == (3, "UNKNOWN")


def test_a_number_of_any_size_is_enclosed_at_once():
    """Near 0 the bell exp(-1/x^2) is below 2^-(2^100): as a fraction it would fill every memory."""
    found = sup(network(*[(["0"], ["0"], "identity")]), "exp(-1/x**2)", -1, 1)
    assert found.upper is None and found.lower < F(1, 2)
    with library().ctx.workprec(100):
        tiny, huge = library().arb((1, -(2**300))), library().arb((1, 2**300))
        ends = [(least(x), greatest(x)) for x in (tiny, -tiny, huge)]
    edge = F(1, 2**SIZES)
    assert ends == [(0, edge), (-edge, 0), (2**SIZES, None)]


def test_the_command_decides_a_bound(tmp_path):
    path = written(tmp_path / "g.json", TENT)
    usual = ("supnorm", path, "--target", SINE, "--interval", "0,1", "--json")
    plain = run("checker", *usual)
    said = json.loads(plain.stdout)
    assert plain.returncode == 0 and F(said["lower"]) < F("0.21051366235301868433") < F(said["upper"])
    above = run("checker", *usual, "--bound", "0.2106")
    assert (above.returncode, json.loads(above.stdout)["verdict"]) == (0, "CERTIFIED")
    below = run("checker", *usual, "--bound", "0.2063")
    said = json.loads(below.stdout)
    assert (below.returncode, said["verdict"]) == (1, "REFUTED")
    x = F(said["point"])
    error = abs(naive(tent(), float(x)) - math.sin(2 * math.pi * x))
    assert 0.2063 < float(said["error"]["lower"]) <= error + 1e-12 and error - 1e-12 <= float(said["error"]["upper"])


def test_a_bound_that_is_met_exactly_is_certified_and_one_inside_the_enclosure_is_not_decided():
    question = Question("0", F(0), F(1), F(1))
    assert question.verdict(enclosed(network(*IDENTITY), question)) == "CERTIFIED"
    question = Question("sin(x)", F(0), F(3), F(1))
    assert question.verdict(enclosed(network((["0"], ["0"], "identity")), question)) == "UNKNOWN"


FAR = 10**700


@pytest.mark.parametrize(
    ("weight", "target", "interval", "code", "said"),
    [
        ("1", "x**1000", "0,1000000000000", 3, "UNKNOWN numbers from 10^1000 on are not written as decimals"),
        ("1", "0", f"{FAR},{2 * FAR}", 0, "CERTIFIED |g - f| <= 20000"),
        (f"0x1/0x1{'0' * 5000}", "0", "0,1", 0, f"CERTIFIED |g - f| <= 0.{'0' * 999}1 on"),
    ],
)
def test_numbers_too_long_for_a_decimal(tmp_path, weight, target, interval, code, said):
    path = written(tmp_path / "g.json", native(([weight], ["0"], "identity")))
    done = run("checker", "supnorm", path, "--target", target, "--interval", interval)
    assert (done.returncode, done.stderr) == (code, "") and done.stdout.startswith(said)


@pytest.mark.parametrize(
    ("content", "options", "reasons"),
    [
        (TENT, ["--interval", "1,0"], ["the interval is empty"]),
        (TENT, ["--interval", "1,1"], ["the interval is empty or a point"]),
        (TENT, ["--interval", "0,1,2"], ["is not of the form LO,HI"]),
        (TENT, ["--interval", "0,1", "-o", "missing/c.json"], ["missing/c.json: cannot be written"]),
        (TENT, ["--interval", "0"], ["is not of the form LO,HI"]),
        (TENT, ["--interval", "0,1e3"], ["is not of the form LO,HI"]),
        (TENT, ["--interval", "0,1", "--bound", "-1"], ["no error is below 0"]),
        (TENT, ["--interval", "0,1", "--bound", "1e-3"], ["is not an exact number"]),
        (native((["1 1"], ["0"], "identity")), ["--interval", "0,1"], ["2 inputs and 1 outputs"]),
        (native((["1", "1"], ["0", "0"], "identity")), ["--interval", "0,1"], ["1 inputs and 2 outputs"]),
        (
            native((["1"], ["0"], "gelu"), *IDENTITY),
            ["--interval", "0,1"],
            ["layers[0]", "'gelu' is none of relu, sigmoid"],
        ),
        (native((["1"], ["0"], "sigmoid")), ["--interval", "0,1"], ["the last layer's activation is not identity"]),
        (native((["1", "1"], ["0"], "tanh"), *IDENTITY), ["--interval", "0,1"], ["layers[0]", "2 rows"]),
    ],
)
def test_what_is_refused(tmp_path, content, options, reasons):
    path = written(tmp_path / "g.json", content)
    refused(run("checker", "supnorm", path, "--target", SINE, *options), *reasons)


def test_a_missing_option_is_refused(tmp_path):
    refused(run("checker", "supnorm", written(tmp_path / "g.json", TENT), "--interval", "0,1"), "--target")


@pytest.mark.parametrize("command", ["certify", "inspect"])
def test_the_judge_never_sees_a_smooth_network(tmp_path, command):
    path, points = written(tmp_path / "g.json", SIGMOID), tmp_path / "p.csv"
    points.write_text("0,0\n")
    files = (path, points) if command == "certify" else (path,)
    refused(run("checker", command, *files), "layers[0]", "'sigmoid' is none of relu, identity; only supnorm takes it")


def test_without_flint_one_line_says_what_to_install(tmp_path):
    path = written(tmp_path / "g.json", TENT)
    done = run("checker", "supnorm", path, "--target", "x", "--interval", "0,1", python=("-E", "-S"))
    refused(done, "make setup, or pip install '.[fast]'")


@pytest.fixture
def certified(tmp_path):
    """A network and its certificate."""
    path, certificate = written(tmp_path / "g.json", TENT), tmp_path / "c.json"
    done = run(
        "checker", "supnorm", path, "--target", SINE, "--interval", "0,1", "--bound", "0.2106", "-o", certificate
    )
    assert done.returncode == 0, done.stderr
    return path, certificate


def test_a_certificate_is_verified(certified):
    path, certificate = certified
    done = run("checker", "verify", certificate, path)
    assert (done.returncode, done.stdout.split()[0]) == (0, "CERTIFIED")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"target": "sin(2*pi*x)"', '"target": "sin(2*pi*x)*0.999"', "predicate"),
        ('"upper": "0.2105', '"upper": "0.2104', "predicate.upper"),
        ('"lower": "0.2105', '"lower": "0.2104', "predicate.lower"),
        ('"point": "', '"point": "1', "predicate.point"),
        ('"bound": "1053/5000"', '"bound": "2106/10000"', "not the canonical spelling"),
        ('"bound": "1053/5000"', '"bound": "1"', "predicate"),
        ('"bound": "1053/5000",', "", "predicate"),
        ('"engine": "balls"', '"engine": "grid"', "predicate.engine"),
        ('"widths": [', '"widths": [2, ', "predicate.network.widths"),
        ("supnorm/1", "supnorm/2", "required: DATASET"),
        ("in-toto.io/Statement/v1", "in-toto.io/Statement/v2", "not an in-toto Statement v1"),
        ('"interval": [', '"interval": ["1", ', "predicate.interval"),
        ('"sha256": "', '"sha256": "0', "sha256"),
        ('"checker": ', '"clock": "0", "checker": ', "unknown key 'clock'"),
    ],
)
def test_a_tampered_certificate_is_refused(certified, old, new, reason):
    path, certificate = certified
    text = certificate.read_text()
    assert old in text
    certificate.write_text(text.replace(old, new, 1))
    done = run("checker", "verify", certificate, path)
    refused(done, reason)


def test_a_certificate_of_another_network_is_refused(certified, tmp_path):
    other = written(tmp_path / "other.json", SIGMOID)
    refused(run("checker", "verify", certified[1], other), "subject[0].digest.sha256", "is not that of")


def test_a_certificate_of_one_file_takes_no_dataset(certified):
    path, certificate = certified
    refused(run("checker", "verify", certificate, path, path), "is of one file")
    refused(run("checker", "verify", certificate, path, "--expect", "zero-error"), "is of one file")
