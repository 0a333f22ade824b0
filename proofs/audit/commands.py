"""python -m proofs list | prove | honesty | mutate | readme: what each prints, and its exit code."""

import argparse
import json
from collections.abc import Sequence
from importlib.util import find_spec
from types import ModuleType

from tqdm import tqdm

from checker.console import CERTIFIED, REFUTED, UNDECIDED
from checker.errors import InputError
from proofs.audit.document import document
from proofs.audit.graph import svg
from proofs.audit.honesty import CriticalKernel
from proofs.audit.mutate import kill_list
from proofs.audit.proof_objects import write_proofs
from proofs.audit.readme import text
from proofs.audit.report import Report, TimedKernel, run, selected, wanted
from proofs.audit.text import statement
from proofs.theorems.chain import FILES, prove_all


def _prove(options: argparse.Namespace) -> int:
    if (options.solver != "z3" or options.proofs is not None) and find_spec("cvc5") is None:
        raise InputError("cvc5", "", "not installed: make setup, or pip install cvc5")
    files = _files("prove", options.ids)
    kernel = TimedKernel(options.solver, options.timeout * 1000)
    report = run(tqdm(files, disable=None, leave=False), kernel)
    rows = [_row(kernel, t) for t in kernel.theorems.values() if wanted(t, options.ids)]
    _require_found(options.ids, report, rows)
    if options.proofs is not None and report.verdict == "PROVED":
        theorems = [t for t in kernel.theorems.values() if wanted(t, options.ids)]
        report = write_proofs(options.proofs, theorems, options.timeout * 1000, report)
    if options.json:
        print(json.dumps({"verdict": report.verdict, "reason": report.reason, "statements": rows}))
        return report.exit_code()
    queries, seconds = sum(row["queries"] for row in rows), sum(kernel.seconds.values())
    tail = f": {report.reason}" if report.reason else ""
    before = [theorem for theorem in kernel.theorems.values() if not wanted(theorem, options.ids)]
    if before:
        tail = f", with the {len(before)} statements ({sum(len(t.queries) for t in before)} queries) before them{tail}"
    print(f"{report.verdict} {len(rows)} statements, {queries} queries, {options.solver}, {seconds:.2f} s{tail}")
    for row in rows:
        print(f"{row['id']:34} {row['solver']:5} {row['queries']:3} {row['seconds']:8.3f} s")
    return report.exit_code()


def _files(command: str, ids: Sequence[str]) -> Sequence[ModuleType]:
    """The files that the statements rest on. Fails: InputError, before anything is proved, when one is in no file."""
    try:
        return selected(ids)
    except ValueError as error:
        raise InputError(command, "", str(error)) from None


def _require_found(ids: Sequence[str], report: Report, rows: Sequence[dict]) -> None:
    for name in ids if report.verdict == "PROVED" else ():
        if not any(row["id"] == name or row["id"].startswith(f"{name}.") for row in rows):
            raise InputError("prove", "", f"no statement {name}; `list` shows them all")


def _row(kernel: TimedKernel, theorem) -> dict:
    return {
        "id": theorem.name,
        "scheme": theorem.scheme,
        "assumptions": sorted(theorem.assumptions),
        "solver": kernel.solver if theorem.queries else "-",
        "queries": len(theorem.queries),
        "seconds": round(kernel.seconds[theorem.name], 4),
    }


def _list(options: argparse.Namespace) -> int:
    report = run(FILES, TimedKernel())
    theorems = report.kernel.theorems.values()
    if options.json:
        rows = [
            {"id": t.name, "words": t.words, "formula": statement(t), "scheme": t.scheme}
            | {"uses": list(t.uses), "assumptions": sorted(t.assumptions)}
            for t in theorems
        ]
        print(json.dumps({"verdict": report.verdict, "statements": rows}))
        return report.exit_code()
    print(f"{report.verdict} {len(theorems)} statements" + (f": {report.reason}" if report.reason else ""))
    for theorem in theorems:
        print(f"{theorem.name:34} {theorem.words}")
    return report.exit_code()


def _honesty(options: argparse.Namespace) -> int:
    _files("honesty", options.ids)
    findings = prove_all(CriticalKernel()).findings
    faults = [f for f in findings if f.result not in ("ok", "unknown")]
    unknown = [f for f in findings if f.result == "unknown"]
    verdict = "FAILED" if faults else "UNKNOWN" if unknown else "PROVED"
    print(f"{verdict} {len(findings)} examinations, {len(faults)} faults, {len(unknown)} unknown")
    named = [f for f in findings if f.theorem in options.ids and f.result == "ok"]
    for finding in [*faults, *unknown, *named]:
        line = f"{finding.theorem}: {finding.check}: {finding.part}: {finding.result}"
        print("\n".join([" ".join(line.split()), *finding.model.splitlines()]))
    return {"PROVED": CERTIFIED, "FAILED": REFUTED, "UNKNOWN": UNDECIDED}[verdict]


def _mutate(options: argparse.Namespace) -> int:
    with tqdm(disable=None, leave=False) as bar:
        mutants = kill_list(options.every, 0, lambda name: bar.update())
    alive = [m for m in mutants if not m.killed]
    known = [m for m in alive if m.explanation]
    verdict = "PROVED" if len(known) == len(alive) else "FAILED"
    print(f"{verdict} {len(mutants)} mutants, {len(alive)} survive, {len(known)} of them explained")
    for mutant in mutants:
        print(mutant.line())
    return CERTIFIED if verdict == "PROVED" else REFUTED


def _readme(options: argparse.Namespace) -> int:
    print(text(), end="")
    return CERTIFIED


def _document(options: argparse.Namespace) -> int:
    _files("document", [options.id])
    print(document(options.id), end="")
    return CERTIFIED


def _graph(options: argparse.Namespace) -> int:
    print(svg(), end="")
    return CERTIFIED


COMMANDS = {
    "prove": _prove,
    "list": _list,
    "honesty": _honesty,
    "readme": _readme,
    "document": _document,
    "graph": _graph,
    "mutate": _mutate,
}
