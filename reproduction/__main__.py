"""python -m reproduction [--smoke] [--only ID ...]: runs the claims of CLAIMS.md in order and writes a report."""

import json
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from checker.console import CERTIFIED, REFUTED, Parser, run
from checker.errors import InputError
from checker.files import write_text
from reproduction.claims import FIGURES, Claim, claims, markdown, needed, recorded
from reproduction.report import Report, machine, software
from reproduction.run import ROOT, Outcome, reproduced

PROGRAM = "python -m reproduction"


def main() -> int:
    """Runs the claims asked for; 0 when all are reproduced."""
    options = _options()
    table = claims()
    if options.table:
        print(markdown(table, recorded()), end="")
        return CERTIFIED
    if options.record and (options.smoke or options.only):
        raise InputError("--record", "", "figures are kept of a run of all claims")
    unknown = set(options.only or ()) - {claim.id for claim in table}
    if unknown:
        raise InputError("--only", ", ".join(sorted(unknown)), "no such claim")
    ids = [c.id for c in table if (not options.smoke or c.smoke) and (not options.only or c.id in options.only)]
    chosen = needed(table, ids)
    if not chosen:
        raise InputError("--only", ", ".join(options.only), "not among the quick claims")
    work, folder = _made(options.folder), _made(options.report)
    _end_as_interrupted()
    report = _run(chosen, work, folder)
    if options.record:
        _record(report.outcomes)
    print(report.verdict)
    return CERTIFIED if report.right == len(chosen) else REFUTED


def _options():
    parser = Parser(prog=PROGRAM, description="Run the claims of CLAIMS.md and write a report.")
    parser.add_argument("--smoke", action="store_true", help="only the quick ones, marked * in CLAIMS.md")
    parser.add_argument("--only", nargs="+", metavar="ID", help="only these, and those whose files they read")
    parser.add_argument("--table", action="store_true", help="print CLAIMS.md instead")
    parser.add_argument("--record", action="store_true", help="keep seconds and memory for CLAIMS.md")
    parser.add_argument(
        "--report", default=str(ROOT / "reproduction"), metavar="DIR", help="where report.html and report.json go"
    )
    parser.add_argument(
        "--folder", default=str(ROOT / "build/reproduction"), metavar="DIR", help="where the commands write ($W)"
    )
    return parser.parse_args()


def _made(name: str) -> Path:
    """The folder, made where there was none. Fails: InputError, before anything is run."""
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(name, "", error.strerror or "cannot be made") from None
    return Path(name).resolve()


def _end_as_interrupted() -> None:
    """Whoever ends this program ends the command that it runs too, which is in a group of its own."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _run(chosen: Sequence[Claim], work: Path, folder: Path) -> Report:
    """The report of all claims, written; of those that were run, also when it is interrupted."""
    started, clock, outcomes = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC", time.perf_counter(), list[Outcome]()

    def report() -> Report:
        seconds = round(time.perf_counter() - clock, 1)
        return Report(machine(), software(), started, seconds, tuple(chosen), tuple(outcomes))

    try:
        for claim, say in _progress(chosen):
            outcomes.append(reproduced(claim, work))
            say(_line(outcomes[-1]))
    finally:
        _write(report(), folder)
    found = report()
    from reproduction.pictures import pictures

    _write(found, folder, [*pictures(work, {o.id for o in outcomes if o.reproduced})])
    return found


def _line(outcome: Outcome) -> str:
    word = "reproduced" if outcome.reproduced else "FAILED"
    figures = f"{outcome.seconds:8.2f} s  {outcome.memory:7.1f} MiB"
    told = "" if outcome.reproduced else "; ".join(filter(None, (outcome.reason, outcome.said)))
    return f"{word:10}  {outcome.id:24} {figures}  {told}".rstrip()


def _progress(chosen: Sequence[Claim]) -> Iterator[tuple[Claim, Callable[[str], None]]]:
    """Every claim, with a function that prints a line; a bar says which one is run, on a terminal only."""
    try:
        from tqdm import tqdm
    except ImportError:
        yield from ((claim, lambda line: print(line, flush=True)) for claim in chosen)
        return

    def say(line: str) -> None:
        with tqdm.external_write_mode():
            print(line, flush=True)

    with tqdm(chosen, disable=None, leave=False, unit="claim") as bar:
        for claim in bar:
            bar.set_description(claim.id)
            yield claim, say


def _write(report: Report, folder: Path, drawn: Sequence[object] = ()) -> None:
    from reproduction.page import page

    write_text(str(folder / "report.json"), report.json())
    write_text(str(folder / "report.html"), page(report, drawn))


def _record(outcomes: Sequence[Outcome]) -> None:
    figures = {o.id: {"seconds": round(o.seconds, 1), "memory": round(o.memory)} for o in outcomes}
    write_text(str(FIGURES), json.dumps({"machine": machine(), "claims": figures}, indent=2) + "\n")


if __name__ == "__main__":
    run(main, PROGRAM)
