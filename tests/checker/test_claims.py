"""The claims within:EPS and argmax: against a naive evaluation, on the command line, and in certificates."""

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import __main__, decision
from checker.certificate import certificate, certificate_text
from checker.certificate import verify as verify_with
from checker.claim import ClaimError, parse_claim
from checker.dataset import Dataset
from checker.decision import Request, decide
from checker.engines import line, prepared
from checker.errors import InputError
from checker.formats import read_network
from checker.judge import Certified, Refuted, decided
from checker.network import Layer, Network, ShapeError
from tests import naive
from tests.checker.kill_suite import build, matrix
from tests.checker.test_certificate import changed, leaves, objects, place

ENGINES = ("judge", "line", "integer")
SMALL = st.integers(-3, 3).map(Fraction)
HALVES = st.builds(Fraction, st.integers(-5, 5), st.integers(1, 3))
ERRORS = st.sampled_from([0, 1, 2, Fraction(1, 3), Fraction(1, 10**40), 10**40]).map(Fraction)


def network_text(layers):
    """The file of a network written as in kill_suite."""
    rows = [
        {"weights": [list(map(str, row)) for row in matrix(w)], "bias": b.split(), "activation": activation}
        for w, b, activation in layers
    ]
    return json.dumps({"format": "exact-relu-network/1", "layers": rows})


# One input x, outputs (x, -x, 1/2): two hidden ReLU layers on a line, so that all three engines apply.
FAN = [("1;1", "100 0", "relu"), ("1 0;0 1", "0 0", "relu"), ("1 0;-1 0;0 0", "-100 100 1/2", "identity")]


def naive_answer(claim, y, outputs):
    """(holds, output from 1, what it misses or room, obtained or None), by the words of FORMAT.md, with pairs."""
    values = [Fraction(*v) for v in outputs]
    if claim == "zero-error":
        wrong = [k for k, v in enumerate(values) if v != y[k]]
        return (False, wrong[0] + 1, y[wrong[0]], values[wrong[0]]) if wrong else (True, None, None, None)
    if claim.startswith("within:"):
        error = Fraction(claim.removeprefix("within:"))
        away = [v - want if v > want else want - v for v, want in zip(values, y, strict=True)]
        for k, size in enumerate(away):
            if size > error:
                return False, k + 1, y[k], values[k]
        return True, away.index(max(away)) + 1, error - max(away), None
    label = int(y[0])
    others = [v for k, v in enumerate(values) if k != label]
    rival = next(k for k, v in enumerate(values) if k != label and v == max(others))
    if max(others) > values[label] or (max(others) == values[label] and claim == "argmax"):
        return False, rival + 1, values[label], values[rival]
    return True, rival + 1, values[label] - values[rival], None


def naive_decision(model, data, claim):
    """(rows that fail with output, expected, obtained), (tightest, row, output) or None."""
    layers, failing, tightest = naive.plain(model), [], None
    for row, (x, y) in enumerate(zip(data.inputs, data.outputs, strict=True), 1):
        holds, output, value, obtained = naive_answer(claim, y, naive.outputs(layers, [naive.pair(q) for q in x]))
        if not holds:
            failing.append((row, output, value, obtained))
        elif output is not None and (tightest is None or value < tightest[0]):
            tightest = value, row, output
    return failing, tightest


@st.composite
def cases(draw):
    """(network, dataset, claim), many of them on the edge: ties, errors of exactly EPS, equal rows."""
    n, m = draw(st.integers(1, 2)), draw(st.integers(1, 3))
    kind = draw(st.sampled_from([SMALL, HALVES]))
    a, b = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    row = draw(st.tuples(*[kind] * n))
    first = (row,) * a if draw(st.booleans()) else draw(st.tuples(*[st.tuples(*[kind] * n)] * a))
    shapes = [(first, a), (None, b), (None, m)]
    layers, inputs = [], n
    for number, (weights, width) in enumerate(shapes):
        weights = weights or draw(st.tuples(*[st.tuples(*[kind] * inputs)] * width))
        activation = "relu" if number < 2 else "identity"
        layers.append(Layer(weights, draw(st.tuples(*[kind] * width)), activation))
        inputs = width
    model = Network(tuple(layers))
    xs = tuple(draw(st.lists(st.tuples(*[kind] * n), min_size=1, max_size=6)))
    values = [model.preactivations(x)[-1] for x in xs]
    if m > 1 and draw(st.booleans()):
        best = [min(k for k, v in enumerate(row) if v == max(row)) for row in values]
        labels = [draw(st.sampled_from([k, k, k, 0, m - 1])) for k in best]
        return (
            model,
            Dataset(xs, tuple((Fraction(k),) for k in labels)),
            draw(st.sampled_from(["argmax", "argmax:ties"])),
        )
    error = draw(ERRORS)
    shift = st.sampled_from([0, 0, error, -error, error / 2, error + Fraction(1, 10**50)]).map(Fraction)
    ys = tuple(tuple(v + draw(shift) for v in row) for row in values)
    return model, Dataset(xs, ys), draw(st.sampled_from([f"within:{error}", "within:0", "zero-error"]))


@settings(max_examples=250)
@given(cases())
def test_every_engine_decides_as_the_naive_evaluation(case):
    model, data, text = case
    failing, tightest = naive_decision(model, data, text)
    for engine in ENGINES if line.applies(model) else ("judge", "integer"):
        found = prepared(engine, model, parse_claim(text))(data)
        if failing:
            assert isinstance(found, Refuted)
            rows = (found, *found.others)
            assert [(f.row, f.output, f.expected, f.obtained) for f in rows] == failing, engine
            assert all(f.input == data.inputs[f.row - 1] and f.others == () for f in found.others), engine
        else:
            assert isinstance(found, Certified) and found.rows == len(data)
            least = found.tightest and (found.tightest.value, found.tightest.row, found.tightest.output)
            assert least == tightest, engine


@settings(max_examples=80)
@given(cases())
def test_within_0_is_zero_error(case):
    model, data, text = case
    if not text.startswith("argmax"):
        answers = [decided(model, data, parse_claim(claim)) for claim in ("zero-error", "within:0")]
        places = [[(f.row, f.output) for f in (a, *a.others)] if isinstance(a, Refuted) else a.rows for a in answers]
        assert places[0] == places[1]
        assert isinstance(answers[1], Refuted) or answers[1].tightest.value == 0


TABLE = [
    # claim, x, y, row and output refuted with what is expected and obtained, or tightest, row, output
    ("within:1/2", "0;2", "0 0 1/2;2 -5/2 1/2", None, ("0", 2, 2)),
    ("within:1/2", "0;2", "0 0 1/2;2 -5/2 1/3", None, ("0", 2, 2)),
    ("within:1/2", "0;2", "0 0 1/2;2 -2 1/3", None, ("1/3", 2, 3)),
    ("within:1/2", "0;2", "1/2 0 1;2 -2 1", None, ("0", 1, 1)),
    ("within:1/2", "0;2", "0 1/4 1/4;2 -2 1/4", None, ("1/4", 1, 2)),
    ("within:1/2", "0;0", "0 0 1/2;0 0 1/2", None, ("1/2", 1, 1)),
    ("within:1/2", "0;2", "0 0 1/2;2 -5/2 -1/100", (2, 3, "-1/100", "1/2"), None),
    ("within:0", "3", "3 -3 1/2", None, ("0", 1, 1)),
    ("within:0", "3", f"3 -3 {10**50 + 2}/{2 * 10**50}", (1, 3, f"{10**50 + 2}/{2 * 10**50}", "1/2"), None),
    (f"within:1/{10**50}", "3", f"3 -3 {10**50 + 2}/{2 * 10**50}", None, ("0", 1, 3)),
    (f"within:{10**50}", "3", f"3 {10**50} 0", (1, 2, str(10**50), "-3"), None),
    (f"within:{10**50 + 3}", "3", f"3 {10**50} 0", None, ("0", 1, 2)),
    ("argmax", "2;-2;0", "0;1;2", None, ("1/2", 3, 1)),
    ("argmax", "2;1/2", "0;0", (2, 3, "1/2", "1/2"), None),
    ("argmax:ties", "2;1/2", "0;0", None, ("0", 2, 3)),
    ("argmax:ties", "2;1/2", "0;2", None, ("0", 2, 1)),
    ("argmax", "2;0;-3", "2;2;2", (1, 1, "1/2", "2"), None),
    ("argmax:ties", "49/100", "0", (1, 3, "49/100", "1/2"), None),
    ("argmax:ties", "51/100", "0", None, ("1/100", 1, 3)),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("claim", "x", "y", "refuted", "tightest"), TABLE)
def test_table(claim, x, y, refuted, tightest, engine):
    found = prepared(engine, build_fan(), parse_claim(claim))(Dataset(matrix(x), matrix(y)))
    if refuted:
        row, output, expected, obtained = refuted
        assert isinstance(found, Refuted)
        assert (found.row, found.output) == (row, output)
        assert (found.expected, found.obtained) == (Fraction(expected), Fraction(obtained))
    else:
        value, row, output = tightest
        assert isinstance(found, Certified)
        assert (found.tightest.value, found.tightest.row, found.tightest.output) == (Fraction(value), row, output)


def build_fan():
    from checker import network

    return build(network, FAN)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("zero-error", "zero-error"),
        ("argmax", "argmax"),
        ("argmax:ties", "argmax:ties"),
        ("within:0", "within:0"),
        ("within:-0", "within:0"),
        ("within:0.50", "within:1/2"),
        ("within:2/4", "within:1/2"),
        ("within:0x1/0x2", "within:1/2"),
        ("within:007", "within:7"),
    ],
)
def test_a_claim_has_one_canonical_spelling(text, canonical):
    assert parse_claim(text).text == canonical and parse_claim(canonical) == parse_claim(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is none of zero-error, within:EPS, argmax, argmax:ties"),
        ("Zero-error", "is none of"),
        ("zero-error ", "is none of"),
        ("argmax:tie", "is none of"),
        ("argmax:", "is none of"),
        ("within:", "is not an exact number"),
        ("within", "is not an exact number"),
        ("within:1e-3", "is not an exact number"),
        ("within: 1", "is not an exact number"),
        ("within:nan", "is not an exact number"),
        ("within:1/0", "has a zero denominator"),
        ("within:-1/2", "no error is below 0"),
        ("within:-0.001", "no error is below 0"),
        ("within:1:2", "is not an exact number"),
    ],
)
def test_what_is_no_claim_is_refused(text, reason):
    with pytest.raises(ClaimError) as found:
        parse_claim(text)
    assert reason in str(found.value)


def test_claims_differ_by_what_they_say():
    texts = ["zero-error", "within:0", "within:1", "argmax", "argmax:ties"]
    assert len({parse_claim(text) for text in texts}) == len(texts)
    assert [parse_claim(text) == parse_claim(other) for text in texts for other in texts].count(True) == len(texts)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("label", ["3", "-1", "1/2", "0x7", "100000000000000000000"])
def test_a_label_that_is_no_class_is_refused(label, engine):
    data = Dataset(matrix("2;2"), matrix("0;0")[:1] + ((Fraction(int(label, 16) if "x" in label else label),),))
    with pytest.raises(ClaimError, match="is not a class from 0 to 2"):
        prepared(engine, build_fan(), parse_claim("argmax"))(data)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("claim", "y"), [("argmax", "0 1 2"), ("within:1", "0"), ("zero-error", "0 0")])
def test_outputs_that_the_claim_is_not_about_are_refused(claim, y, engine):
    with pytest.raises(ShapeError, match="the dataset has . outputs, the network 3"):
        prepared(engine, build_fan(), parse_claim(claim))(Dataset(matrix("2"), matrix(y)))


# The command line, in this process.


@pytest.fixture
def run(capsys):
    """Runs a command; (exit code, what it printed), the text as lines or with --json as an object."""

    def done(*arguments):
        code = __main__.main(arguments)
        text = capsys.readouterr().out
        return code, json.loads(text) if "--json" in arguments else text.splitlines()

    return done


@pytest.fixture
def fan(file):
    return file("fan.json", network_text(FAN))


@pytest.fixture
def labels(file):
    """Rows 2, 5, 6 and 9 fail argmax on FAN; rows 5 and 9 by ties."""
    rows = ["2,0", "1,1", "-2,1", "0,2", "1/2,0", "3,2", "4,0", "5,0", "-1/2,1"]
    return file("labels.csv", "\n".join(rows) + "\n")


@pytest.mark.parametrize(
    ("points", "parts"),
    [
        ("2,0\n1,3\n", ["points.csv: row 2: the label '3' is not a class from 0 to 2"]),
        ("2,0\n1,-1\n", ["row 2: the label '-1' is not"]),
        ("2,0\n1,0.5\n", ["row 2: the label '1/2' is not"]),
        ("2,0\n1,0\n2,1\n", ["rows 1 and 3", "equal inputs with different outputs"]),
        ("1,3\n", ["row 1: the label '3' is not"]),
    ],
)
def test_labels_on_the_command_line(file, fan, run, points, parts):
    for engine in ("auto", "all"):
        with pytest.raises(InputError) as found:
            run("certify", fan, file("points.csv", points), "--claim", "argmax", "--engine", engine)
        assert all(part in str(found.value) for part in parts), found.value


def test_argmax_of_one_output_is_refused(pair, run):
    for claim in ("argmax", "argmax:ties"):
        with pytest.raises(InputError) as found:
            run("certify", *pair, "--claim", claim)
        assert str(found.value) == (
            f"points.csv: 1 inputs and 1 outputs, but the network network.json has 1 and 1 (claim {claim}: one output "
            "column, the label, and a network of at least two outputs)"
        )


def test_argmax_of_two_columns_is_refused(file, fan, run):
    with pytest.raises(InputError, match="1 inputs and 3 outputs, but .* 1 and 3 .claim argmax: one output column"):
        run("certify", fan, file("points.csv", "1,1,-1,1/2\n"), "--outputs", "3", "--claim", "argmax")


def test_a_claim_that_needs_every_output_says_so(file, fan, run):
    for claim in ("zero-error", "within:1"):
        with pytest.raises(InputError, match=f"1 inputs and 1 outputs, but .* has 1 and 3 .claim {claim}.$"):
            run("certify", fan, file("points.csv", "1,1\n"), "--claim", claim)


def test_first_lines(file, fan, run):
    path, labelled = file("points.csv", "2,2,-5/2,1/2\n"), file("labels.csv", "2,0\n")
    for arguments, line_ in [
        ((path, "--outputs", "3", "--claim", "within:0.5"), "CERTIFIED within:1/2: |f(x) - y| <= 1/2 at 1 of 1 rows, "),
        ((labelled, "--claim", "argmax"), "CERTIFIED argmax: the label's output is larger than every other at 1 of 1"),
        ((labelled, "--claim", "argmax:ties"), "CERTIFIED argmax:ties: the label's output is as large as every other"),
    ]:
        code, said = run("certify", fan, *arguments)
        assert code == 0 and said[0].startswith(line_), said
    assert (
        "tightest  0 to spare at row 1, output 2"
        in run("certify", fan, path, "--outputs", "3", "--claim", "within:1/2")[1]
    )
    path, labelled = file("points.csv", "2,2,-5/2,1/2\n"), file("labels.csv", "1/2,0\n")
    for arguments, line_ in [
        (
            (path, "--outputs", "3", "--claim", "within:0.4"),
            "REFUTED within:2/5: row 1, output 2: expected -5/2 within 2/5, obtained -2",
        ),
        (
            (labelled, "--claim", "argmax"),
            "REFUTED argmax: row 1, output 3: expected less than 1/2, the label's output, obtained 1/2",
        ),
    ]:
        code, said = run("certify", fan, *arguments)
        assert (code, said[0]) == (1, line_)
    code, said = run("certify", fan, file("labels.csv", "1/4,0\n"), "--claim", "argmax:ties", "-q")
    assert said == ["REFUTED argmax:ties: row 1, output 3: expected at most 1/4, the label's output, obtained 1/2"]


def test_a_refutation_names_the_largest_rival(file, fan, run):
    code, said = run("certify", fan, file("labels.csv", "2,0\n1,1\n"), "--claim", "argmax", "--json")
    found = said["counterexample"]
    assert (code, said["verdict"], said["claim"]) == (1, "REFUTED", "argmax")
    assert [found[key] for key in ("row", "input", "output", "expected", "obtained", "difference")] == [
        2, ["1"], 1, "-1", "1", "2",
    ]  # fmt: skip


FAILING = {"argmax": [2, 5, 6, 9], "argmax:ties": [2, 6]}


@pytest.mark.parametrize("rows", [1, 2, 4, 100])
@pytest.mark.parametrize("engine", [*ENGINES, "all"])
@pytest.mark.parametrize("claim", FAILING)
def test_all_failing_rows_are_named_in_order(fan, labels, run, monkeypatch, claim, engine, rows):
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, rows))
    arguments = ("certify", fan, labels, "--claim", claim, "--engine", engine)
    code, said = run(*arguments, "--all", "--json")
    assert (code, said["verdict"], said["failingRows"]) == (1, "REFUTED", len(FAILING[claim]))
    assert [found["row"] for found in said["counterexamples"]] == FAILING[claim]
    assert said["counterexamples"][0] == said["counterexample"]
    code, lines = run(*arguments, "--all")
    assert lines[0].startswith(f"REFUTED {claim}: row 2, ")
    start = lines.index(f"failing     {len(FAILING[claim])} of 9 rows")
    assert [line_.split("row ")[1].split(",")[0] for line_ in lines[start + 1 :]] == [
        str(row) for row in FAILING[claim][1:]
    ]
    first = run(*arguments)
    assert first == (1, lines[:start])
    alone = run(*arguments, "--json")[1]
    assert "counterexamples" not in alone and alone["counterexample"] == said["counterexample"]


def test_all_failing_rows_by_processes(fan, labels, run, monkeypatch):
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, 2))
    arguments = ("certify", fan, labels, "--claim", "argmax", "--all", "--json")
    assert run(*arguments, "--jobs", "2") == run(*arguments)


def test_all_of_a_claim_that_holds_adds_nothing(pair, run):
    assert run("certify", *pair, "--all") == run("certify", *pair)


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_signs_are_those_of_their_rows_or_none(fan, labels, file, run, monkeypatch, rows):
    """A piece that is refuted has no patterns, so behind it no pattern may get the number of another row."""
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, rows))
    right = file("right.csv", "2,0\n-200,1\n0,2\n")
    code, said = run("certify", fan, right, "--claim", "argmax", "--signs", "--json")
    assert (code, said["signs"]) == (0, ["11/11", "00/00", "10/10"])
    lines = run("certify", fan, right, "--claim", "argmax", "--signs")[1]
    assert lines[-3:] == ["signs     row 1: 11/11", "signs     row 2: 00/00", "signs     row 3: 10/10"]
    for more in ([], ["--all"]):
        code, said = run("certify", fan, labels, "--claim", "argmax", "--signs", "--json", *more)
        assert (code, said["signs"]) == (1, None)
        lines = run("certify", fan, labels, "--claim", "argmax", "--signs", *more)[1]
        assert lines[-1] == "signs     not known: the claim was not certified in exact arithmetic"


def test_without_signs_there_are_none(pair, run):
    assert "signs" not in run("certify", *pair, "--json")[1]


# Certificates of these claims.


def points(claim):
    return "2,0\n-2,1\n0,2\n2,0\n" if claim.startswith("argmax") else "2,2,-5/2,1/2\n-99,-99,99,1/2\n2,2,-5/2,1/2\n"


CLAIMS = ["within:1/2", "argmax", "argmax:ties"]


@pytest.fixture(params=CLAIMS)
def made(request, file, fan):
    """(statement, paths) of a claim that holds."""
    claim = parse_claim(request.param)
    path = file("made.csv", points(request.param))
    source = read_network(fan)
    columns = 1 if request.param.startswith("argmax") else 3
    return certificate(source, decide(source, path, Request(claim=claim, outputs=columns))), (fan, path)


def verify(file, statement, paths, **more):
    text = statement if isinstance(statement, str) else json.dumps(statement)
    return verify_with(file("certificate.json", text), *paths, Request(**more))


def test_a_certificate_says_how_tight_the_claim_is(made):
    said = made[0]["predicate"]
    assert said["tightest"] == ({"value": "0", "row": 1, "output": 2} if "within" in said["claim"] else {
        "value": "1/2", "row": 3, "output": 1,
    })  # fmt: skip


@pytest.mark.parametrize("engine", [*ENGINES, "all"])
@pytest.mark.parametrize("rows", [1, 2, 100])
def test_certificates_of_claims_verify_by_any_engine_in_any_pieces(made, file, monkeypatch, engine, rows):
    monkeypatch.setattr(decision, "ROWS", dict.fromkeys(decision.ROWS, rows))
    assert verify(file, certificate_text(made[0]), made[1], engine=engine)[2] == made[0]


def wrong_values(value):
    if isinstance(value, int):
        return [value + 1, value - 1, -1, str(value), None, [], {}, True, float(value)]
    return [value + "x", "", value[:-1], f"{value}/1", f" {value}", f"0x{value}", None, 0, [], {}, [value]]


def test_every_field_that_is_changed_is_noticed(made, file):
    statement, paths = made
    names = {("subject", 0, "name"), ("subject", 1, "name")}
    for path in set(leaves(statement)) - names:
        value = statement
        for key in path:
            value = value[key]
        for other in wrong_values(value):
            with pytest.raises(InputError) as found:
                verify(file, changed(statement, path, other), paths)
            assert path[0] != "predicate" or path[-1] == "outputs" or found.value.place.startswith(place(path)), found
    for path in objects(statement):
        if path:
            for other in (None, [], {}, "x", 0):
                with pytest.raises(InputError):
                    verify(file, changed(statement, path, other), paths)


def test_a_tightest_that_is_left_out_or_added_is_noticed(made, file, pair):
    statement, paths = made
    del statement["predicate"]["tightest"]
    with pytest.raises(InputError, match="predicate: the key 'tightest' is missing"):
        verify(file, statement, paths)
    source = read_network(pair[0])
    plain = certificate(source, decide(source, pair[1], Request()))
    for extra in (None, {"value": "0", "row": 1, "output": 1}):
        with pytest.raises(InputError, match="predicate: unknown key 'tightest'"):
            verify(file, changed(plain, ("predicate", "tightest"), extra), pair)
    with pytest.raises(InputError, match="predicate: unknown key 'summation'"):
        verify(file, changed(plain, ("predicate", "summation"), {"order": "any"}), pair)


@pytest.mark.parametrize(
    ("claim", "other", "place_"),
    [
        ("within:1/2", "within:1", "predicate.tightest.value"),
        ("within:1/2", "within:0.5", "predicate.claim"),
        ("within:1/2", "within:1/3", "REFUTED"),
        ("within:1/2", "zero-error", "REFUTED"),
        ("argmax", "argmax:ties", ""),
        ("argmax:ties", "argmax", ""),
        ("argmax", "argmax ", "predicate.claim"),
    ],
)
def test_another_claim_in_the_certificate_is_noticed_or_true(file, fan, claim, other, place_):
    """Where the other claim holds as well, and as tightly, it is that claim's own certificate (see --expect)."""
    path, source = file("points.csv", points(claim)), read_network(fan)
    columns = 1 if claim.startswith("argmax") else 3
    statement = certificate(source, decide(source, path, Request(claim=parse_claim(claim), outputs=columns)))
    lie = changed(statement, ("predicate", "claim"), other)
    if place_ == "REFUTED":
        _, found, none = verify(file, lie, (fan, path))
        assert found.real == "REFUTED" and none == {}
    elif place_:
        with pytest.raises(InputError) as error:
            verify(file, lie, (fan, path))
        assert error.value.place == place_
    else:
        assert verify(file, lie, (fan, path))[1].request.claim.text == other
        with pytest.raises(InputError, match=f"claims {other}, expected {claim}"):
            verify_with(file("c.json", json.dumps(lie)), fan, path, Request(), parse_claim(claim))


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        ("within:1/2", 0),
        ("within:0.5", 0),
        ("within:2/4", 0),
        ("within:0x1/0x2", 0),
        ("within:0.51", 2),
        ("within:1", 2),
        ("within:0.49", 2),
        ("within:0", 2),
        ("zero-error", 2),
        ("argmax", 2),
    ],
)
def test_a_certificate_has_to_make_the_claim_expected(file, fan, run, expected, code):
    path = file("points.csv", points("within"))
    assert run("certify", fan, path, "--outputs", "3", "--claim", "within:0.5", "-o", "c.json")[0] == 0
    arguments = ("verify", "c.json", fan, path, "--expect", expected)
    if code == 0:
        assert run(*arguments)[0] == 0
    else:
        with pytest.raises(InputError) as found:
            run(*arguments)
        wanted = parse_claim(expected).text
        assert str(found.value) == f"c.json: predicate.claim: claims within:1/2, expected {wanted}"


@pytest.mark.parametrize(("claim", "expected"), [("argmax", "argmax:ties"), ("argmax:ties", "argmax")])
def test_ties_are_another_claim(file, fan, run, claim, expected):
    path = file("points.csv", points("argmax"))
    assert run("certify", fan, path, "--claim", claim, "-o", "c.json")[0] == 0
    assert run("verify", "c.json", fan, path, "--expect", claim)[0] == 0
    with pytest.raises(InputError, match=f"claims {claim}, expected {expected}"):
        run("verify", "c.json", fan, path, "--expect", expected)


def test_rows_with_equal_inputs_count_once(file, fan, run):
    said = run("certify", fan, file("points.csv", points("argmax")), "--claim", "argmax", "--json")[1]
    assert said["points"] == {"given": 4, "checked": 4, "distinct": 3}


def test_equal_inputs_with_different_outputs_are_refused_whatever_the_claim(file, fan, run):
    """Even where both rows might hold: a dataset is the graph of a function."""
    path = file("points.csv", "0,0,0,0\n0,0,0,1\n")
    with pytest.raises(InputError, match="rows 1 and 2: equal inputs with different outputs"):
        run("certify", fan, path, "--outputs", "3", "--claim", "within:1")


def test_what_a_claim_says_of_itself():
    assert parse_claim("zero-error").about == "claim zero-error"
    point = (Fraction(3), Fraction(5))
    assert parse_claim("zero-error").asked(point, 2) == 5 and parse_claim("argmax").asked(point, 1) is None
