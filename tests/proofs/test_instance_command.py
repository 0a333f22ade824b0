"""python -m proofs instance: first words, exit codes, JSON and refusals."""

import json

import pytest

import proofs.instance.statements
from proofs.__main__ import main
from tests.commands import refused, run

ARTICLE = "examples/article.csv"


@pytest.fixture
def network(tmp_path):
    path = tmp_path / "network.json"
    assert run("symbolic", "construct", ARTICLE, "--widths", "3,3", "-o", path).returncode == 0
    return path


def test_certified(network):
    process = run("proofs", "instance", network, ARTICLE)
    assert (process.returncode, process.stderr) == (0, "")
    assert process.stdout.startswith("CERTIFIED 9 zero-error equalities, 54 sign conditions, 9 knots: all by z3\n")


def test_the_first_line_says_how_decimals_were_read(network):
    process = run("proofs", "instance", network, ARTICLE, "--numbers", "float32")
    assert process.stdout.splitlines()[0].endswith(": all by z3, decimals read as float32")
    assert json.loads(run("proofs", "instance", network, ARTICLE, "--json").stdout)["numbers"] == "decimal"


def test_refuted(network):
    text = network.read_text()
    network.write_text(text.replace('"bias":["16"]', '"bias":["15"]'))
    assert network.read_text() != text
    process = run("proofs", "instance", network, ARTICLE)
    assert process.returncode == 1
    assert process.stdout.startswith("REFUTED zero-error: row 1, output 1: expected 1, obtained 0\n")


def test_json_is_one_object(network):
    process = run("proofs", "instance", network, ARTICLE, "--json")
    content = json.loads(process.stdout)
    assert content["verdict"] == "CERTIFIED" and process.stdout.count("\n") == 1
    assert content["proved"] == content["stated"] == {"zero-error": 9, "sign": 54, "cell": 9}


def test_a_statement_left_out_is_not_certified(network, monkeypatch, capsys):
    every = proofs.instance.statements.outcomes
    monkeypatch.setattr("proofs.instance.statements.outcomes", lambda *arguments: list(every(*arguments))[:-1])
    assert main(["instance", str(network), ARTICLE]) == 3
    assert capsys.readouterr().out.startswith("UNKNOWN not every statement was put to the solver\n")


def test_unknown(network, monkeypatch, capsys):
    outcome = proofs.instance.statements.Outcome("sign", 6, "unknown", "row 1: z3 gave no verdict in time")
    monkeypatch.setattr("proofs.instance.statements.outcomes", lambda *arguments: [outcome])
    assert main(["instance", str(network), ARTICLE]) == 3
    assert capsys.readouterr().out.startswith("UNKNOWN sign: row 1: z3 gave no verdict in time\n")


def test_a_disagreement_has_its_own_exit_code(network):
    code = "import runpy, sys, proofs.instance.encoding as e\n"
    code += "e.relu = lambda term: term\n"
    code += f"sys.argv = ['proofs', 'instance', {str(network)!r}, {ARTICLE!r}]\n"
    code += "runpy.run_module('proofs', run_name='__main__')\n"
    import subprocess
    import sys

    from tests.commands import ROOT

    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert process.returncode == 4 and process.stdout == ""
    assert "this is a bug: z3 and exact evaluation give different values" in process.stderr


@pytest.mark.parametrize(
    ("dataset", "arguments", "reason"),
    [
        ("1,2\n1,3\n", [], "rows 1 and 2: equal inputs with different outputs"),
        ("1,2\n", [], "1 inputs and 1 outputs, but the network"),
        ("1,2,3,4,5,x\n", [], "line 1 column 6: 'x' is not an exact number"),
        ("1,2,3,4,5,6\n", ["--solver", "oracle"], "invalid choice: 'oracle'"),
        ("1,2,3,4,5,6\n", ["--timeout", "0"], "'0' is not an integer from 1"),
    ],
)
def test_refusals(network, tmp_path, dataset, arguments, reason):
    points = tmp_path / "points.csv"
    points.write_text(dataset)
    refused(run("proofs", "instance", network, points, *arguments), reason)
