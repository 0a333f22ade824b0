"""python -m proofs edge-cases: every edge case with its verdict, and what rounding does to the weights."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.console import CERTIFIED, REFUTED

SIDES = (3, 5)
"""Rounding is tried on side * side points."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="these cases alone, without the table of rounding")
    parser.add_argument("--write", metavar="DIR", help="also write the datasets to this folder")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Decides the cases: 0 when every one is as documented, else 1."""
    from checker.errors import InputError
    from checker.files import write_text
    from proofs.edge_cases.cases import CASES
    from proofs.edge_cases.decide import decided, survivals

    unknown = set(options.names) - {case.name for case in CASES}
    if unknown:
        raise InputError("edge-cases", "", f"no case is called {', '.join(sorted(unknown))}")
    cases = [case for case in CASES if not options.names or case.name in options.names]
    for case in cases if options.write is not None else ():
        write_text(str(Path(options.write) / f"{case.name}.csv"), case.dataset)
    with TemporaryDirectory() as name:
        answers = [decided(case, Path(name)) for case in cases]
        rounding = [] if options.names else [found for side in SIDES for found in survivals(Path(name), side)]
    pairs = list(zip(cases, answers, strict=True))
    wrong = [case.name for case, answer in pairs if not answer.is_right(case)]
    verdict = "REFUTED" if wrong else "CERTIFIED"
    if options.json:
        shown = [asdict(case) | {"verdict": a.verdict, "expected": case.verdict, "said": a.said} for case, a in pairs]
        print(json.dumps({"verdict": verdict, "wrong": wrong, "cases": shown, "rounding": list(map(asdict, rounding))}))
    else:
        aside = f"; not so: {', '.join(wrong)}" if wrong else ""
        print(f"{verdict} {len(cases) - len(wrong)} of {len(cases)} edge cases are as documented{aside}")
        for case, answer in pairs:
            print(f"{case.name:28}{answer.verdict:11} widths {case.widths}: {case.why}")
            if not answer.is_right(case):
                print(f"{'':28}expected {case.verdict} {case.words}, found {answer.said}")
        print("\n".join(_table(rounding)))
    return REFUTED if wrong else CERTIFIED


def _table(rounding: list) -> list[str]:
    """How many points keep error 0 when the weights are rounded."""
    if not rounding:
        return []
    lines = ["", "Weights rounded to floats: points with error 0 (exact arithmetic / that float arithmetic)", ""]
    lines.append(f"{'method':13}{'rounded to':12}{'points':>8}{'exact':>8}{'float':>8}")
    for row in rounding:
        floats = "-" if row.in_floats is None else row.in_floats
        lines.append(f"{row.method:13}{row.type:12}{row.points:8}{row.in_reals:8}{floats:>8}")
    return lines
