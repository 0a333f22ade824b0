"""python -m reproduction [--smoke] [--only ID ...]: runs the claims of CLAIMS.md in order and writes a report."""

import json
import os
import platform
from dataclasses import asdict
from pathlib import Path

from checker.console import CERTIFIED, REFUTED, Parser, run
from checker.errors import InputError
from checker.files import write_text
from reproduction.claims import FIGURES, Claim, claims, markdown, recorded
from reproduction.run import ROOT, Outcome, reproduced

PROGRAM = "python -m reproduction"


def main() -> int:
    """Runs the claims asked for; 0 when all are reproduced."""
    options = _options()
    table = claims()
    if options.table:
        print(markdown(table, recorded()), end="")
        return CERTIFIED
    chosen = [c for c in table if (not options.smoke or c.smoke) and (not options.only or c.id in options.only)]
    unknown = set(options.only or ()) - {claim.id for claim in table}
    if unknown:
        raise InputError("--only", ", ".join(sorted(unknown)), "no such claim")
    work = Path(options.folder)
    work.mkdir(parents=True, exist_ok=True)
    outcomes = [_shown(claim, reproduced(claim, work)) for claim in _progress(chosen)]
    _report(chosen, outcomes, work, Path(options.report))
    if options.record:
        _record(outcomes)
    right = sum(outcome.reproduced for outcome in outcomes)
    print(f"{right} of {len(outcomes)} claims reproduced")
    return CERTIFIED if right == len(outcomes) else REFUTED


def _options():
    parser = Parser(prog=PROGRAM, description="Run the claims of CLAIMS.md and write a report.")
    parser.add_argument("--smoke", action="store_true", help="only the quick ones, marked * in CLAIMS.md")
    parser.add_argument("--only", nargs="+", metavar="ID", help="only these")
    parser.add_argument("--table", action="store_true", help="print CLAIMS.md instead")
    parser.add_argument("--record", action="store_true", help="keep seconds and memory for CLAIMS.md")
    parser.add_argument(
        "--report", default=str(ROOT / "reproduction"), metavar="DIR", help="where report.html and report.json go"
    )
    parser.add_argument(
        "--folder", default=str(ROOT / "build/reproduction"), metavar="DIR", help="where the commands write ($W)"
    )
    return parser.parse_args()


def _shown(claim: Claim, outcome: Outcome) -> Outcome:
    word = "reproduced" if outcome.reproduced else "FAILED"
    print(f"{word:10}  {claim.id:24} {outcome.seconds:8.2f} s  {outcome.memory:7.1f} MiB  {outcome.reason}", flush=True)
    return outcome


def _progress(chosen: list[Claim]) -> object:
    from tqdm import tqdm

    return tqdm(chosen, disable=None, leave=False, unit="claim")


def _report(chosen: list[Claim], outcomes: list[Outcome], work: Path, folder: Path) -> None:
    from reproduction.page import page

    where = _machine()
    content = {"machine": where, "claims": [asdict(c) | asdict(o) for c, o in zip(chosen, outcomes, strict=True)]}
    write_text(str(folder / "report.json"), json.dumps(content, indent=2) + "\n")
    write_text(str(folder / "report.html"), page(where, chosen, outcomes, work))


def _record(outcomes: list[Outcome]) -> None:
    figures = {o.id: {"seconds": round(o.seconds, 1), "memory": round(o.memory)} for o in outcomes}
    write_text(str(FIGURES), json.dumps({"machine": _machine(), "claims": figures}, indent=2) + "\n")


def _machine() -> str:
    system = f"{platform.machine()}, {platform.system()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


if __name__ == "__main__":
    run(main, PROGRAM)
