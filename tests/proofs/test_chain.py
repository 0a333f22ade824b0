"""The chain as a whole: headline, honesty, second solver, mutants, index, command line."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.errors import InputError
from proofs.__main__ import main
from proofs.audit import document, graph, mutate, readme
from proofs.audit.honesty import CriticalKernel
from proofs.audit.report import by_file, stem
from proofs.audit.text import statement
from proofs.kernel.rules import TRUSTED_SCHEMES, Kernel
from proofs.kernel.statement import Refused, ambiguous
from proofs.theorems import (
    chain,
    deep_number,
    denominators,
    float64_any,
    float64_exact,
    inoue,
    lower_bound,
    shallow_number_behind,
    shallow_number_dimension,
    shallow_number_first,
    shallow_number_second,
    shallow_number_zigzag,
    symbols,
    theorem3_strict,
    theorem4,
    zhang,
)  # fmt: skip
from proofs.theorems.chain import prove_all
from symbolic import inoue_closed, interpolant_output
from symbolic import zhang as derived_zhang
from tests.commands import ROOT

PROOFS = Path(chain.__file__).parents[1]


@pytest.fixture(scope="module")
def kernel():
    return by_file()[0]


def test_headline(kernel):
    """Theorem 3 speaks of any distinct rows and of the forward pass of the file's network."""
    assert statement(kernel["theorem3"]) == "k >= 0 and k < N => F(k) = Y(k)"
    assert {name: statement(kernel[name]) for name in kernel["theorem3"].assumptions} == {
        "width": "a2 >= 1",
        "neurons": "a1 >= 1",
        "rows": "N >= 1",
        "inputs": "n >= 0",
        "enough": "N <= a1 * a2",
        "distinct": "k >= 0 and k < N and k2 >= 0 and k2 < N and k != k2 => "
        "witness(k, k2) >= 0 and witness(k, k2) < n and "
        "X(k, witness(k, k2)) != X(k2, witness(k, k2))",
    }


def test_forward_pass(kernel):
    """F is W3 relu(W2 relu(W1 x + b1) + b2) + b3, summed as a network sums."""
    expected = {
        "network.relu": "relu(A) = (if A > 0 then A else 0)",
        "forward.W1": "W1(m, l) = p(l)",
        "forward.b1": "b1(m) = -b(m)",
        "forward.W3": "W3(j) = sign(j)",
        "forward.b3": "b3 = C",
        "forward.first": "(l = 0 => first(k, m, l) = 0) and (l > 0 => first(k, m, l) = "
        "first(k, m, l - 1) + W1(m, l - 1) * X(k, l - 1))",
        "forward.h1": "h1(k, m) = relu(first(k, m, n) + b1(m))",
        "forward.second": "(m = 0 => second(k, j, m) = 0) and (m > 0 => second(k, j, m) = "
        "second(k, j, m - 1) + W2(j, m - 1) * h1(k, m - 1))",
        "forward.h2": "h2(k, j) = relu(second(k, j, a1) + b2(j))",
        "forward.third": "(j = 0 => third(k, j) = 0) and (j > 0 => third(k, j) = "
        "third(k, j - 1) + W3(j - 1) * h2(k, j - 1))",
        "forward.value": "F(k) = third(k, a2) + b3",
    }
    assert {name: statement(kernel[name]) for name in expected} == expected


def test_upper_bound(kernel):
    """No weight is chosen: the bound holds for every network of these widths."""
    claim = kernel["upper_bound_zigzag"]
    assert statement(claim) == "N <= (a1 + 1) * (a2 + 1) + 1"
    assert claim.assumptions == {"inputs", "met", "neurons", "width"}
    assert statement(kernel["met"]) == "k >= 0 and k < N => out2(k) = zig(k)"
    free = "N P Q V1 V2 V3 a1 a2 c1 c2 c3 n".split()
    assert sorted(map(str, kernel.free(claim))) == free
    assert statement(kernel["upper_bound_inputs"]) == "N <= pieces(L) + 1"


def test_zhang(kernel):
    """Theorem 1 speaks of any distinct rows and of a forward pass with one hidden layer, without a bias at its end."""
    assert statement(kernel["zhang"]) == "k >= 0 and k < N => F_zhang(k) = Y(k)"
    assert kernel["zhang"].assumptions == {"distinct", "inputs", "rows"}
    expected = {
        "zhang.b1": "b1_zhang(m) = -begin(m)",
        "zhang.h1": "h1_zhang(k, m) = relu(first(k, m, n) + b1_zhang(m))",
        "zhang.value": "F_zhang(k) = second_zhang(k, N)",
    }
    assert {name: statement(kernel[name]) for name in expected} == expected


def test_network_is_made_from_the_task_alone(kernel):
    task = {symbols.a1, symbols.a2, symbols.N, symbols.n}
    assert kernel.depends(symbols.F) == {*(s.decl() for s in task), symbols.X, symbols.Y}
    for symbol in (symbols.W1, symbols.W2, symbols.b1, symbols.b2, symbols.W3, symbols.b3):
        assert symbols.witness not in kernel.depends(symbol)


def test_free_choices(kernel):
    """theorem3_free holds for any p, b, C and z: no definition of theirs is used in its proof."""
    open_choices = {"p", "b", "C", "z"}
    assert open_choices <= set(map(str, kernel.free(kernel["theorem3_free"])))
    assert {"ts", "ys", "r"} <= set(map(str, kernel.free(kernel["theorem3_line"])))
    assert not open_choices & set(map(str, kernel.free(kernel["theorem3"])))


def test_assumptions_and_schemes_are_pinned(kernel):
    assumed = {t.name for t in kernel.theorems.values() if t.scheme == "assumption"}
    assert assumed == {
        "alternates", "ascending", "before", "behind", "below", "below64", "depth", "distinct", "enough",
        "extras", "groups", "groups64", "increasing", "injective", "inputs", "kinks", "layered",
        "met", "met_by_one", "neurons", "one_first", "one_output", "one_second",
        "pace", "room", "rooted", "rounding.model", "rows",
        "second.bias", "second.neuron", "second.terms", "separated", "sorted", "spot", "spread",
        "spread.base", "steep", "steep64", "swings", "teeth", "terms", "third.bias", "third.terms", "tree",
        "turns", "unit", "whole.bends", "whole.constant", "whole.data", "whole.slopes", "width",
        "widths", "zigzags",
    }  # fmt: skip
    assert set(TRUSTED_SCHEMES) == {"induction", "recursion", "naming"}


def test_honesty():
    findings = prove_all(CriticalKernel()).findings
    assert [f for f in findings if f.result != "ok"] == []
    assert {f.check for f in findings} == {"needed", "model", "goal"}


def test_both_solvers_agree():
    assert "theorem3" in prove_all(Kernel("both")).theorems


LEAVES = (
    denominators,
    theorem3_strict, lower_bound, inoue, float64_any, float64_exact, theorem4, zhang,
    shallow_number_first, shallow_number_second, shallow_number_zigzag, shallow_number_behind,
    shallow_number_dimension, deep_number,
)  # fmt: skip
NEEDED = [file for file in chain.FILES if file not in LEAVES]


def test_every_file_but_the_last_results_is_used():
    used = set().union(*graph.uses().values())
    assert used == {stem(file) for file in NEEDED} and not used & {stem(file) for file in LEAVES}


@pytest.mark.parametrize("left_out", NEEDED[::12], ids=lambda f: f.__name__)
def test_no_file_can_be_left_out(left_out, monkeypatch):
    """Without any one file the chain does not close, even if every query were granted."""
    monkeypatch.setattr("proofs.kernel.rules.verdict", lambda *_: "unsat")
    kernel = Kernel()
    with pytest.raises(Refused):
        for file in chain.FILES:
            if file is not left_out:
                file.prove(kernel)


def test_mutants_die():
    """A sample of the mutants; `python -m proofs mutate` runs them all."""
    mutants = mutate.kill_list(997, 0, lambda _: None)
    assert len(mutants) >= 8
    assert [m.line() for m in mutants if not m.killed and not m.explanation] == []
    assert sum(bool(m.killed) for m in mutants) >= 8


def test_index_and_picture_are_generated():
    assert (PROOFS / "README.md").read_text() == readme.text()
    assert (PROOFS / "theorem3.md").read_text() == document.document("theorem3")
    assert (PROOFS / "graph.svg").read_text() == graph.svg()


def test_a_document_has_what_the_proof_rests_on_in_order():
    """Every number that a proof names stands earlier, and nothing stands there that the statement does not need."""
    text = document.document("shallow").partition("## Where each assumption")[0]
    text = text[text.index('<a id="1">') :]
    numbers = [int(n) for n in re.findall(r'<a id="(\d+)"></a>', text)]
    assert numbers == list(range(1, len(numbers) + 1)) and f"**Lemma {len(numbers)}** (shallow)." in text
    for step in text.split('<a id="')[1:]:
        own = int(step.partition('"')[0])
        assert all(int(n) < own for n in re.findall(r"\]\(#(\d+)\)", step))
    used = {int(n) for n in re.findall(r"\]\(#(\d+)\)", text)}
    assumed = {int(n) for n in re.findall(r"Assumption (\d+)", text)}
    assert set(numbers) - used - assumed == {len(numbers)}
    with pytest.raises(InputError, match="no such statement"):
        document.document("shallower")


def test_the_tables_of_a_document():
    """Every assumption is discharged or a hypothesis; every symbol is explained."""
    text = document.document("theorem3")
    opened = text.partition("## Where each assumption")[2].partition("## Symbols")[0]
    kept = set(re.findall(r"\| `(\S+)` .*a hypothesis of the statement", opened))
    assert kept == by_file()[0]["theorem3"].assumptions
    assert len(re.findall(r"\| in \[", opened)) == 8
    assert "`F` is defined from `N`, `X`, `Y`, `a1`, `a2`, `n` and nothing else." in text and "[[" not in text
    symbols_there = text.partition("## Symbols")[2]
    assert "| `b(m)` |" in symbols_there and symbols_there.count("anything") == 0
    assert "anything" in document.document("theorem3_free").partition("## Symbols")[2]


@pytest.mark.parametrize("name", mutate.CLAIMS)
def test_a_name_in_a_document_is_one_symbol(name, kernel):
    steps = [kernel[step] for step in document.rests_on(kernel, kernel[name])]
    assert ambiguous([step.formula() for step in steps]) == ""


def test_every_file_is_in_the_chain():
    stems = [f.__name__.rpartition(".")[2] for f in chain.FILES]
    proving = {p.stem for p in (PROOFS / "theorems").glob("*.py") if "def prove(k: Kernel)" in p.read_text()}
    assert proving == set(stems)
    for name in stems:
        assert any(theorem.name.partition(".")[0] == name for theorem in by_file()[1][name])


def test_command_line(capsys, monkeypatch):
    assert main(["prove", "sign"]) == 0
    assert capsys.readouterr().out.startswith("PROVED 2 statements")
    assert main(["prove", "order"]) == 0
    assert re.match(
        r"PROVED 1 statements, .* s, with the 8 statements \(11 queries\) before them\n", capsys.readouterr().out
    )
    assert main(["prove", "order", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "PROVED"
    for ids in (["nothing"], ["sign.nothing"]):
        with pytest.raises(InputError, match="no statement"):
            main(["prove", *ids])
    monkeypatch.setattr("proofs.kernel.rules.verdict", lambda *_: pytest.fail("proved before the name was known"))
    for command in ("honesty", "document"):
        with pytest.raises(InputError, match="no statement nothing"):
            main([command, "nothing"])
    monkeypatch.setattr("proofs.kernel.rules.verdict", lambda *_: "unknown")
    assert main(["prove"]) == 3
    assert capsys.readouterr().out.startswith("UNKNOWN")
    monkeypatch.setattr("proofs.kernel.rules.verdict", lambda *_: "sat")
    assert main(["prove"]) == 1
    assert capsys.readouterr().out.startswith("FAILED")


@pytest.mark.parametrize("command", ["mutate", "honesty"])
def test_an_interrupt_ends_the_command_though_a_solver_is_at_work(command):
    line = [sys.executable, "-m", "proofs", command]
    process = subprocess.Popen(line, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30) == ("", "python -m proofs: interrupted\n")
    assert process.returncode == 130


def test_disagreement_is_exit_4(capsys, monkeypatch):
    monkeypatch.setattr("proofs.kernel.solvers.cvc5_verdict", lambda *_: "sat")
    assert main(["prove", "--solver", "both"]) == 4
    assert capsys.readouterr().out.startswith("DISAGREE")


def test_float64_and_theorem4(kernel):
    """What is assumed by name, and what is concluded."""
    expected = {
        "float64_any": ("f64(ts(q)) = ys(q)", {"groups64", "sorted", "width"}),
        "theorem4": (
            "f4(ts(q)) = ys(q)",
            {"extras", "groups", "increasing", "one_output", "width"},
        ),
        "rounding_order": (
            "computed(nodes - 1) = total(terms)",
            {"rooted", "rounding.model", "terms", "tree"},
        ),
    }
    for name, (conclusion, assumed) in expected.items():
        assert statement(kernel[name]).endswith(conclusion)
        assert kernel[name].assumptions == assumed
    model = statement(kernel["rounding.model"])
    assert model == "c <= limit and -c <= limit => fl(v, c) = c"


def test_proof_objects_without_trust_steps(tmp_path):
    assert main(["prove", "sign", "order", "--proofs", str(tmp_path)]) == 0
    index = (tmp_path / "index.txt").read_text().splitlines()
    assert len(index) == len(list(tmp_path.glob("*.cpc"))) >= 6
    assert all(line.endswith("| proof") for line in index)
    assert all(":rule trust" not in path.read_text() for path in tmp_path.glob("*.cpc"))


def test_a_proof_with_a_trust_step_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("proofs.audit.proof_objects._cpc", lambda text, options: "(step @p1 :rule trust)")
    assert main(["prove", "sign", "--proofs", str(tmp_path)]) == 3
    with pytest.raises(InputError, match="cannot be made a folder"):
        main(["prove", "sign", "--proofs", str(tmp_path / "index.txt")])
    assert "no proof without a trust step of 4 of 4 queries" in capsys.readouterr().out
    assert "1 trust steps" in (tmp_path / "index.txt").read_text() and not list(tmp_path.glob("*.cpc"))


def test_without_cvc5_the_second_opinion_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr("proofs.audit.commands.find_spec", lambda name: None)
    with pytest.raises(InputError, match="cvc5: not installed: make setup"):
        main(["prove", "--solver", "both"])


def test_every_derivation_named_in_the_index_is_a_step_that_sympy_checks():
    parts = (interpolant_output.steps(), inoue_closed.steps(), inoue_closed.same(), derived_zhang.steps())
    steps = {step.name for part in parts for step in part}
    named = {name for names in readme.DERIVED.values() for name in names}
    assert named <= steps and set(readme.DERIVED) <= {stem(file) for file in chain.FILES}


def test_every_denominator_of_the_derivations_is_proved_non_zero(kernel):
    reasons = (*interpolant_output.NONZERO, *inoue_closed.NONZERO, *derived_zhang.NONZERO)
    listed = {name for reason in reasons for name in reason.proved}
    proved = {name for name in kernel.theorems if name.startswith("denominators.")} | {"zhang_line.gap"}
    assert listed == proved and all(statement(kernel[name]).endswith(" != 0") for name in proved)
    left = set().union(*(kernel[name].assumptions for name in proved))
    assert left <= {"ascending", "below", "groups", "separated", "sorted", "steep", "width"}
