"""The audit in examples/audit: a trained float32 network from three formats, and beside ONNX Runtime."""

import gzip
import json
import re
from fractions import Fraction

import pytest

from checker.formats import read_network
from checker.rational import format_rational
from tests.checker.examples import ROOT
from tests.checker.test_commands import refused

AUDIT = ROOT / "examples" / "audit"
FORMATS = ["digits.onnx", "digits.safetensors", "digits.npz"]
CONTENT = "6d84a5d3c494a4ad1bb17718942b9c40fb6d9bd0e8daf3008bb00b3b15352eac"


@pytest.mark.parametrize("name", FORMATS)
def test_a_trained_network_from_three_formats(command, name):
    done = command("certify", str(AUDIT / name), str(AUDIT / "right.csv.gz"), "--claim", "argmax", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == 0 and found["points"] == {"given": 1341, "checked": 1341, "distinct": 1341}
    assert found["network"] == {"contentSha256": CONTENT, "widths": [64, 16, 10]}
    assert found["tightest"] == {"value": "56001906662612395/144115188075855872", "row": 149, "output": 4}


def test_the_samples_that_it_gets_wrong(command):
    done = command(
        "certify", str(AUDIT / "digits.npz"), str(AUDIT / "digits.csv.gz"), "--claim", "argmax", "--all", "--json"
    )
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert [failing["row"] for failing in found["counterexamples"]] == [99, 249, 659, 666, 1010, 1088]
    rows = {
        name: gzip.decompress((AUDIT / name).read_bytes()).splitlines() for name in ("digits.csv.gz", "right.csv.gz")
    }
    wrong = {99, 249, 659, 666, 1010, 1088}
    assert [row for k, row in enumerate(rows["digits.csv.gz"]) if k not in wrong] == rows["right.csv.gz"]


def test_one_changed_bit_is_another_network(file, command):
    data = bytearray((AUDIT / "digits.safetensors").read_bytes())
    data[-100] ^= 1
    done = command("inspect", file("changed.safetensors", bytes(data)), "--json")
    assert json.loads(done.stdout)["contentSha256"] != CONTENT


def compare(command, *arguments):
    return command(*arguments, module=("-m", "examples.audit.compare"))


def test_beside_a_runtime(command):
    done = compare(command, str(AUDIT / "digits.onnx"), ",".join(["-0.5", *["1/4"] * 63]))
    assert done.returncode == 0, done.stderr
    said = done.stdout.decode()
    network = read_network(str(AUDIT / "digits.onnx")).value
    exact = network.preactivations((Fraction(-1, 2), *[Fraction(1, 4)] * 63))[-1]
    assert re.findall("exactly (.*)", said) == [format_rational(q) for q in exact]
    assert float(said.rsplit(" ", 1)[1]) < 1e-5


@pytest.mark.parametrize(
    ("point", "reason"),
    [("0,0", "2 numbers, but the network has 64 inputs"), ("1/3", "is not of float32"), ("x", "'x'")],
)
def test_points_that_are_refused(command, point, reason):
    refused(compare(command, str(AUDIT / "digits.onnx"), point), "point 1", reason)
