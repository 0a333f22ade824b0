"""Export: what is written is read back as the same network, or is refused; rounded, it says that it is another."""

import json
import math
import os
import re
import struct
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import cvc5
import numpy as np
import onnx
import onnxruntime
import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.convolution import Convolution, Window
from checker.dataset import Dataset
from checker.formats import content_sha256, native, npz, onnx_file, read_network, safetensors_file, smt2, vnnlib
from checker.formats.export import TARGETS, nearest_float, require_representable, rounded
from checker.network import Layer, Network
from tests.checker.examples import NETWORK, POINTS
from tests.checker.test_npz import refusal

BINARY = {"onnx": onnx_file, "npz": npz, "safetensors": safetensors_file}


def network(*layers, activations=None):
    """Layers of (weights, bias), ReLU between."""
    kinds = activations or ["relu"] * (len(layers) - 1) + ["identity"]
    return Network(
        tuple(
            Layer(tuple(tuple(map(Fraction, row)) for row in w), tuple(map(Fraction, b)), kind)
            for (w, b), kind in zip(layers, kinds, strict=True)
        )
    )


def written(file, value, name="n.json"):
    return file(name, native.network_text(value))


SMALL = network(([[1, -2], [0, 3], [4, 5]], [0, -1, 7]), ([[1, -1, 2]], [-9]))
LARGE = network(([[2**53, -(2**52) - 1]], [3]), ([[1], [-1]], [0, 2**40]))
DYADIC = network(([["3/8", "-1/1024"]], [Fraction(1, 2**1074)]), ([[Fraction(0.1)]], [Fraction(2) ** 1023]))


@pytest.mark.parametrize("to", [*BINARY, "native"])
@pytest.mark.parametrize("value", [SMALL, LARGE, DYADIC], ids=["integers", "large", "dyadic"])
def test_what_is_written_is_read_back_as_the_same_network(file, command, to, value):
    target = f"out.{'json' if to == 'native' else to}"
    result = command("export", written(file, value), "--to", to, "-o", target)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == (
        f"{target}: {to}, the same network, exactly\ncontent  sha256 {content_sha256(value)}\n"
    )
    assert read_network(target).value == value


floats32 = st.floats(width=32, allow_nan=False, allow_infinity=False)
FLOATS = {"float32": floats32, "float64": st.floats(allow_nan=False, allow_infinity=False)}


@settings(max_examples=30)
@given(data=st.data(), to=st.sampled_from(sorted(BINARY)), dtype=st.sampled_from(sorted(FLOATS)))
def test_any_floats_survive_every_binary_format(tmp_path_factory, data, to, dtype):
    widths = data.draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    layers = []
    for n, width in zip(widths[:-1], widths[1:], strict=True):
        row = st.lists(FLOATS[dtype], min_size=n, max_size=n)
        w = data.draw(st.lists(row, min_size=width, max_size=width))
        layers.append((w, data.draw(st.lists(FLOATS[dtype], min_size=width, max_size=width))))
    value = network(*layers)
    path = tmp_path_factory.getbasetemp() / f"any.{to}"
    path.write_bytes(BINARY[to].network_bytes(str(path), value, dtype))
    assert read_network(str(path)).value == value


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_runtime_computes_the_integer_network_exactly(file, command, dtype):
    assert command("export", written(file, SMALL), "--to", "onnx", "--dtype", dtype, "-o", "n.onnx").returncode == 0
    onnx.checker.check_model(onnx.load("n.onnx"), full_check=True)
    session = onnxruntime.InferenceSession("n.onnx", providers=["CPUExecutionProvider"])
    points = [(x, y) for x in range(-5, 6) for y in (-7, 0, 11)]
    (ys,) = session.run(None, {"input": np.array(points, dtype)})
    expected = [SMALL.preactivations(tuple(map(Fraction, point)))[-1] for point in points]
    assert [tuple(map(Fraction, row)) for row in ys.tolist()] == expected


def test_what_is_written_is_the_same_bytes_every_time(file, command):
    name = written(file, SMALL)
    for to in BINARY:
        for target, seed in (("a", "1"), ("b", "2")):
            command("export", name, "--to", to, "-o", f"{target}.{to}", environment={"PYTHONHASHSEED": seed})
        assert Path(f"a.{to}").read_bytes() == Path(f"b.{to}").read_bytes()


def test_a_sequential_of_pytorch_is_named_as_pytorch_does(file, command):
    command("export", written(file, SMALL), "--to", "safetensors", "-o", "n.safetensors")
    header = Path("n.safetensors").read_bytes()
    assert set(json.loads(header[8 : 8 + struct.unpack("<Q", header[:8])[0]])) == {
        "0.weight", "0.bias", "2.weight", "2.bias",
    }  # fmt: skip


UNREPRESENTABLE = [
    # weights of the second layer, bias of the second layer, dtype, place, value
    ([["1", "1/3"]], ["0"], "float64", "layer 2, neuron 1, weight 2", "1/3"),
    ([["1", "1"]], ["-1/10"], "float64", "layer 2, neuron 1, bias", "-1/10"),
    ([["9007199254740993", "1"]], ["0"], "float64", "layer 2, neuron 1, weight 1", "9007199254740993"),
    ([["1", "1"]], [Fraction(1, 2**1075)], "float64", "layer 2, neuron 1, bias", "1/4048045066"),
    ([["1", "1"]], [2**1024], "float64", "layer 2, neuron 1, bias", "1797693134862315907729305190789"),
    ([["16777217", "1"]], ["0"], "float32", "layer 2, neuron 1, weight 1", "16777217"),
    ([["1", "1"]], [Fraction(0.1)], "float32", "layer 2, neuron 1, bias", "3602879701896397/36028797018963968"),
    ([["1", "1"]], [2**128], "float32", "layer 2, neuron 1, bias", "340282366920938463463374607431768211456"),
]


@pytest.mark.parametrize(("weights", "bias", "dtype", "place", "shown"), UNREPRESENTABLE)
def test_a_number_that_the_type_does_not_have_is_refused(weights, bias, dtype, place, shown):
    value = network(([[1], [2]], [0, 0]), (weights, bias))
    error = refusal(require_representable, "n.json", value, dtype)
    assert (error.source, error.place) == ("n.json", place) and f"'{shown}" in error.reason
    assert f"is not a {dtype} number (--round {dtype} writes the nearest network, another one)" in error.reason


def test_nothing_is_written_when_a_number_is_refused(file, folder, command):
    name = written(file, network(([["1/3"]], [0])))
    result = command("export", name, "--to", "onnx", "-o", "n.onnx")
    assert (result.returncode, result.stdout) == (2, b"") and result.stderr.count(b"\n") == 1
    assert b"layer 1, neuron 1, weight 1: '1/3' is not a float64 number" in result.stderr
    assert os.listdir(folder) == ["n.json"]


@given(st.fractions() | st.floats(allow_nan=False, allow_infinity=False).map(Fraction))
def test_the_nearest_float64_is_python_s(q):
    assert nearest_float(q, "float64") == Fraction(q.numerator / q.denominator)


@given(floats32, st.integers(1, 2**40 - 1))
def test_the_nearest_float32_is_rounded_once(value, part):
    """Between neighbouring float32s, left of the middle is the lower one, however close."""
    low = np.float32(value)
    high = np.nextafter(low, np.float32(np.inf))
    if not math.isfinite(high):
        return
    low, high = Fraction(low.item()), Fraction(high.item())
    middle = (low + high) / 2
    close = (high - low) * Fraction(part, 2**42)
    assert nearest_float(middle - close, "float32") == low and nearest_float(middle + close, "float32") == high


def test_rounding_counts_what_it_changes():
    value = network(([["1/3", "1/2"]], ["1/5"]), ([[3]], [Fraction(0.1)]))
    near, changed = rounded("n.json", value, "float64")
    assert changed == 2 and near.layers[0].weights == ((Fraction(1 / 3), Fraction(1, 2)),)
    assert rounded("n.json", near, "float64") == (near, 0)
    assert rounded("n.json", near, "float32")[1] == 3
    error = refusal(rounded, "n.json", network(([[2**128]], [0])), "float32")
    assert error.place == "layer 1, neuron 1, weight 1" and "too large" in error.reason


@pytest.mark.parametrize("to", [*BINARY, "native"])
def test_a_rounded_network_says_that_it_is_another(file, command, to):
    value = network(([["1/3"]], ["1/2"]))
    target = f"o.{'json' if to == 'native' else to}"
    result = command("export", written(file, value), "--to", to, "--round", "float32", "-o", target)
    near = read_network(target).value
    expected = "ANOTHER network: 1 numbers changed to the nearest float32; certify it anew\n"
    expected += f"content  sha256 {content_sha256(near)}"
    assert expected in result.stdout.decode() and near.layers[0].weights == ((Fraction(11184811, 33554432),),)
    shown = command("export", "n.json", "--to", to, "--round", "float32", "-o", target, "--json")
    assert json.loads(shown.stdout) == {
        "file": target,
        "format": to,
        "contentSha256": content_sha256(near),
        "sourceContentSha256": content_sha256(value),
        "changed": 1,
        "rounded": "float32",
    }


@pytest.mark.parametrize("to", BINARY)
def test_the_digest_of_a_convolution_is_that_of_the_matrix_written(file, command, to):
    kernel = Layer(((Fraction(1), Fraction(-2)),), (Fraction(3),), "relu")
    value = Network((Convolution(kernel, Window((1, 1, 3), (1, 2))), *network(([[1, 1]], [0])).layers))
    result = command("export", written(file, value), "--to", to, "-o", f"o.{to}", "--json")
    digest, source = content_sha256(read_network(f"o.{to}").value), content_sha256(value)
    assert digest != source
    said = json.loads(result.stdout)
    assert (said["contentSha256"], said["sourceContentSha256"], said["changed"]) == (digest, source, 0)
    shown = command("export", "n.json", "--to", to, "-o", f"o.{to}").stdout.decode()
    assert f"the same network, exactly, its convolutions as matrices\ncontent  sha256 {digest}\n" in shown


IDENTITY = network(([[1]], [0]), ([[1]], [0]), activations=["identity", "identity"])


def test_onnx_says_hidden_layers_without_relu_and_the_others_refuse(file, command):
    name = written(file, IDENTITY)
    assert command("export", name, "--to", "onnx", "-o", "n.onnx").returncode == 0
    assert read_network("n.onnx").value == IDENTITY
    for to in ("npz", "safetensors"):
        result = command("export", name, "--to", to, "-o", f"n.{to}")
        reason = f"layer 1: {to} cannot say a hidden layer with activation identity"
        assert (result.returncode, reason.encode() in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("n.json", "--to", "smt2", "-o", "o"), "--to smt2 states zero error: which DATASET?"),
        (("n.json", "--to", "vnnlib", "-o", "o"), "--to vnnlib states zero error: which DATASET?"),
        (("n.json", "p.csv", "--to", "npz", "-o", "o"), "p.csv: --to npz holds a network alone, no DATASET"),
        (("n.json", "p.csv", "--to", "native", "-o", "o"), "holds a network alone"),
        (("n.json", "--to", "native", "--dtype", "float32", "-o", "o"), "--dtype float32 does not go with"),
        (("n.json", "--to", "npz", "--dtype", "float32", "--round", "float64", "-o", "o"), "--dtype float32 does not"),
        (("n.json", "--to", "npz", "-o", "n.json"), "n.json: would overwrite an input"),
        (("n.json", "p.csv", "--to", "smt2", "-o", "p.csv"), "p.csv: would overwrite an input"),
        (("n.json", "--to", "pt", "-o", "o"), "argument --to: invalid choice: 'pt'"),
        (("n.json", "--to", "npz"), "the following arguments are required: -o"),
        (("n.json", "--to", "npz", "-o", "missing/o.npz"), "cannot be written: No such file or directory"),
        (("none.json", "--to", "npz", "-o", "o"), "none.json: No such file or directory"),
        (("n.json", "q.csv", "--to", "smt2", "-o", "o"), "2 inputs and 1 outputs, but the network n.json has 1 and 1"),
        (("n.json", "r.csv", "--to", "smt2", "-o", "o"), "equal inputs with different outputs"),
    ],
)
def test_a_request_is_refused_in_one_line(file, folder, command, arguments, reason):
    file("n.json", NETWORK), file("p.csv", POINTS), file("q.csv", "1,2,3\n"), file("r.csv", "1,2\n1,3\n")
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = command("export", *arguments)
    assert (result.returncode, result.stdout, result.stderr.count(b"\n")) == (2, b"", 1)
    assert reason in result.stderr.decode()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("package", ["numpy", "onnx", "safetensors"])
def test_a_missing_package_is_named_with_how_to_get_it(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    to = "npz" if package == "numpy" else package
    error = refusal(BINARY[to].network_bytes, f"o.{to}", SMALL, "float64")
    assert error.reason == f"writing .{to} needs {package}: make setup, or pip install '.[formats]'"


CLAIMS = {
    # network, points, whether zero error holds
    "the example": (NETWORK, POINTS, True),
    "wrong": (NETWORK, "0,1\n1,2\n", False),
    "wrong by little": (NETWORK, f"0,1\n1,{3 * 10**40 + 1}/{2 * 10**40}\n", False),
    "too low": (NETWORK, "0,1\n1,1\n", False),
    "thirds": (NETWORK.replace("-1/2", "-1/3"), "1,5/3\n-7/3,1\n", True),
    "at the knee": (NETWORK, "1/2,1\n", True),
    "two outputs": (
        native.network_text(LARGE),
        "0,0,3,1099511627773\n1,-1,13510798882111492,-13509699370483716\n",
        True,
    ),
    "second output wrong": (native.network_text(LARGE), "0,0,3,1099511627774\n", False),
    "identity layers": (native.network_text(IDENTITY), "-1,-1\n", True),
    "long numbers": (native.network_text(network(([[10**5000]], [0]))), f"1,0x{10**5000:x}\n", True),
    "long and wrong": (native.network_text(network(([[10**5000]], [0]))), f"1,0x{10**5000 + 1:x}\n", False),
}


def exported(file, command, case, to):
    net, points, holds = CLAIMS[case]
    outputs = "2" if "output" in case else "1"
    arguments = file("n.json", net), file("p.csv", points), "--to", to, "--outputs", outputs, "-o", f"c.{to}"
    result = command("export", *arguments)
    assert result.returncode == 0, result.stderr
    assert f"c.{to}: {to}, unsat says zero error at every row of p.csv\n" in result.stdout.decode()
    return Path(f"c.{to}").read_text(), holds


@pytest.mark.parametrize("case", CLAIMS)
def test_z3_and_cvc5_answer_what_the_judge_says(file, command, case):
    text, holds = exported(file, command, case, "smt2")
    assert text.isascii() and "set-logic QF_LRA" in text
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.from_string(text)
    assert str(solver.check()) == ("unsat" if holds else "sat")
    assert cvc5_answer(text) == ("unsat" if holds else "sat")
    judged = command("certify", "n.json", "p.csv", "-q", "--outputs", "2" if "output" in case else "1")
    assert judged.returncode == (0 if holds else 1)


def cvc5_answer(text):
    """cvc5's answer to the one check-sat of an SMT-LIB script."""
    solver = cvc5.Solver()
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "claim")
    symbols, answers = parser.getSymbolManager(), []
    while not (step := parser.nextCommand()).isNull():
        answers.append(str(step.invoke(solver, symbols)).strip())
    return "".join(answers)


def test_the_true_booleans_are_the_wrong_rows(file, command):
    file("n.json", NETWORK), file("p.csv", "0,1\n1,2\n2,5/2\n3,9\n")
    command("export", "n.json", "p.csv", "--to", "smt2", "-o", "c.smt2")
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.from_string(Path("c.smt2").read_text())
    rows = {str(name): solver.check(name) == z3.sat for name in z3.Bools("r1 r2 r3 r4", context)}
    assert rows == {"r1": False, "r2": True, "r3": False, "r4": True}


def test_decimals_are_read_as_numbers_says(file, command):
    file("n.json", native.network_text(network(([[1]], [0])))), file("p.csv", f"0.1,{Fraction(0.1)}\n")
    answers = {}
    for numbers in ("decimal", "float64"):
        command("export", "n.json", "p.csv", "--to", "smt2", "--numbers", numbers, "-o", "c.smt2")
        answers[numbers] = cvc5_answer(Path("c.smt2").read_text())
    assert answers == {"decimal": "sat", "float64": "unsat"}


def vnnlib_holds(text, value):
    """Whether no disjunct of the property is met by the network, read by a reader of the competition's grammar."""
    names = re.findall(r"^\(declare-const (\w+) Real\)$", text, re.M)
    number = r"-?\d+\.\d+"
    rest = re.sub(r"^;.*$|^\(declare-const \w+ Real\)$", "", text, flags=re.M)
    assert re.fullmatch(rf"\s*\(assert \(or(\s*\(and( \((<=|>=|<|>) [XY]_\d+ {number}\))+\))+\s*\)\)\s*", rest)
    for disjunct in re.findall(r"\(and (.*)\)", rest):
        atoms = [(sign, name, Fraction(q)) for sign, name, q in re.findall(rf"\((\S+) (\w+) ({number})\)", disjunct)]
        x = [next(q for sign, name, q in atoms if name == f"X_{i}" and sign == "<=") for i in range(value.widths[0])]
        ys = value.preactivations(tuple(x))[-1]
        assert {f"X_{i}" for i in range(len(x))} | {f"Y_{j}" for j in range(len(ys))} == set(names)
        point = {f"X_{i}": q for i, q in enumerate(x)} | {f"Y_{j}": q for j, q in enumerate(ys)}
        compare = {"<=": Fraction.__le__, ">=": Fraction.__ge__, "<": Fraction.__lt__, ">": Fraction.__gt__}
        if all(compare[sign](point[name], q) for sign, name, q in atoms):
            return False
    return True


@pytest.mark.parametrize("case", [c for c in CLAIMS if c not in ("thirds", "long numbers", "long and wrong")])
def test_a_vnnlib_property_is_met_exactly_when_zero_error_fails(file, command, case):
    text, holds = exported(file, command, case, "vnnlib")
    assert vnnlib_holds(text, read_network("n.json").value) == holds


def test_vnnlib_refuses_numbers_without_a_finite_decimal(file, command):
    file("n.json", NETWORK), file("p.csv", "1,3/2\n0,1\n1/3,1\n")
    result = command("export", "n.json", "p.csv", "--to", "vnnlib", "-o", "c.vnnlib")
    reason = b"p.csv: row 3, input 1: '1/3' is no finite decimal, and VNN-LIB has no other numbers"
    assert (result.returncode, reason in result.stderr) == (2, True)


@given(st.integers(), st.integers(0, 80), st.integers(0, 5))
def test_a_finite_decimal_is_the_number(n, twos, fives):
    q = Fraction(n, 2**twos * 5**fives)
    text = vnnlib.decimal_text(q)
    assert re.fullmatch(r"-?[0-9]+\.[0-9]+", text) and Fraction(text) == q


@given(st.fractions())
def test_a_real_term_is_the_number(q):
    context = z3.Context()
    term = z3.simplify(z3.parse_smt2_string(f"(assert (= 0.0 (* 1.0 {smt2.real_text(q)})))", ctx=context)[0])
    assert z3.is_true(term) == (q == 0)
    pattern = r"(\(- )?(\(/ )?([0-9]+)\.0(?: ([0-9]+)\.0\))?\)?"
    sign, _, p, d = re.fullmatch(pattern, smt2.real_text(q)).groups()
    assert Fraction(int(p), int(d or 1)) * (-1 if sign else 1) == q


def test_every_target_is_offered(command):
    shown = command("export", "--help").stdout.decode()
    assert all(to in shown for to in TARGETS)


def test_other_activations_are_refused():
    value = Dataset(((Fraction(0),),), ((Fraction(0),),))
    strange = network(([[1]], [0]))
    object.__setattr__(strange.layers[0], "activation", "tanh")
    assert "cannot say the activation tanh" in refusal(smt2.claim_text, "n.json", strange, "p.csv", value).reason


def test_z3_s_own_program_agrees(file, command):
    program = Path(sys.executable).parent / "z3"
    if not program.exists():
        pytest.skip("z3's wheel brings no program here")
    exported(file, command, "the example", "smt2")
    result = subprocess.run([program, "c.smt2"], capture_output=True, timeout=60)
    assert result.stdout == b"unsat\n"


def test_the_same_weights_get_the_same_verdict_from_every_format(file, command):
    """What an auditor does: one network, four files, one content digest, one verdict, certificates that verify."""
    name, said = written(file, SMALL), set()
    points = [(Fraction(x), Fraction(y)) for x in (-1, 2) for y in (0, 9)]
    file("p.csv", "".join(f"{x},{y},{SMALL.preactivations((x, y))[-1][0]}\n" for x, y in points))
    for suffix in ("json", *BINARY):
        command("export", name, "--to", "native" if suffix == "json" else suffix, "-o", f"a.{suffix}")
        assert command("certify", f"a.{suffix}", "p.csv", "-o", "c.json", "-q").returncode == 0
        assert command("verify", "c.json", f"a.{suffix}", "p.csv", "-q").returncode == 0
        said.add(json.loads(Path("c.json").read_text())["predicate"]["network"]["contentSha256"])
    assert said == {content_sha256(SMALL)}
