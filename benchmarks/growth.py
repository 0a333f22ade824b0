"""python -m benchmarks.growth [--largest N] [--limit SECONDS] [--instructions] [-o RESULTS]: costs as networks grow.

`symbolic construct` and `checker certify` as whole processes, as a table and, beside RESULTS, as growth.svg.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from benchmarks.chart import svg
from benchmarks.datasets import write_csv
from benchmarks.process import PERF, ROOT, Cost, cost, instruction_counter, instructions, python
from benchmarks.results import parser, publish, require_writable, table
from benchmarks.timing import RULE, progress, shown
from checker.console import positive, run
from checker.errors import InputError
from checker.files import write_text

TITLE = "Growth"
CHART = "growth.svg"
LIMIT = 240
UNKNOWN = 3


@dataclass(frozen=True)
class Series:
    """Networks of one method that grow; each is as full as its widths allow."""

    name: str
    along: str
    widths: tuple[tuple[int, int], ...]
    method: str = "interpolant"
    outputs: int = 1

    def points(self, a1: int, a2: int) -> int:
        """The room there is."""
        groups = (a1 + 1) // 2 if self.method == "float64" else a1
        return groups * (a2 // self.outputs)


SERIES = (
    Series("interpolant", "N", ((10, 10), (20, 20), (40, 40), (70, 70), (100, 100), (100, 1000))),
    Series("float64", "N", ((19, 10), (39, 20), (79, 40), (139, 70), (199, 100)), "float64"),
    Series("Theorem 4, 10 outputs", "N", ((40, 250), (100, 250), (200, 250), (400, 250)), outputs=10),
    Series("a2 = 40", "a1", ((10, 40), (20, 40), (40, 40), (80, 40), (160, 40))),
    Series("a1 = 40", "a2", ((40, 10), (40, 20), (40, 40), (40, 80), (40, 160))),
)


@dataclass(frozen=True)
class Measurement:
    """One network: what it is, and what it cost; certify is None where construct was stopped."""

    series: Series
    widths: tuple[int, int]
    points: int
    construct: Cost
    certify: Cost | None = None
    parameters: int = 0
    bits: int = 0
    longest: int = 0

    @property
    def done(self) -> bool:
        """Whether both commands came to their end."""
        return self.certify is not None and self.certify.code is not None

    @property
    def seconds(self) -> float:
        """Processor seconds of both commands."""
        return self.construct.processor + (self.certify.processor if self.certify else 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures all series and publishes the table and the chart."""
    options = parser("growth", "What construct and certify cost as networks grow.")
    options.add_argument("--largest", type=positive, metavar="N", help="leave out networks for more points")
    options.add_argument(
        "--limit", type=positive, default=LIMIT, metavar="SECONDS", help=f"a command is stopped then (default: {LIMIT})"
    )
    options.add_argument("--instructions", action="store_true", help="count them too, on the smallest network (slow)")
    given = options.parse_args(arguments)
    require_writable(given.results)
    with tempfile.TemporaryDirectory() as folder:
        found = [m for series in SERIES for m in _series(series, given.largest, given.limit, folder)]
        if not found:
            raise InputError("--largest", str(given.largest), "no network is as small as that")
        paragraphs = list(_paragraphs(found, given.limit))
        if given.instructions:
            paragraphs.append(_instructions(found[0], folder))
    if given.results is not None:
        progress("drawing")
        write_text(str(Path(given.results).with_name(CHART)), svg(_curves(found)))
        paragraphs.insert(1, f"![Seconds and bits over N, a1 and a2]({CHART})")
    publish(given.results, TITLE, paragraphs)
    return 0


def _series(series: Series, largest: int | None, limit: float, folder: str) -> Iterator[Measurement]:
    """Each network in turn, up to the first for which a command was stopped."""
    for widths in series.widths:
        points = series.points(*widths)
        if largest is None or points <= largest:
            progress(f"growth: {series.name}, widths {widths[0]},{widths[1]}")
            measured = _measured(series, widths, points, limit, folder)
            yield measured
            if not measured.done:
                return


def _commands(series: Series, widths: tuple[int, int], folder: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Construct and certify."""
    dataset, network, outputs = f"{folder}/dataset.csv", f"{folder}/network.json", ("--outputs", str(series.outputs))
    shape = ("--widths", f"{widths[0]},{widths[1]}", "--method", series.method)
    mode = ("--mode", "float64" if series.method == "float64" else "real")
    return (
        python("symbolic", "construct", dataset, *outputs, *shape, "-o", network),
        python("checker", "certify", network, dataset, *outputs, *mode, "-q"),
    )


def _measured(series: Series, widths: tuple[int, int], points: int, limit: float, folder: str) -> Measurement:
    write_csv(f"{folder}/dataset.csv", points, series.outputs)
    construct, certify = _commands(series, widths, folder)
    made = cost(construct, limit)
    if made.code is None:
        return Measurement(series, widths, points, made)
    decided = cost(certify, limit, (0, UNKNOWN))
    inspected = subprocess.run(
        python("checker", "inspect", f"{folder}/network.json", "--json"), cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    said = json.loads(inspected.stdout)
    return Measurement(series, widths, points, made, decided, said["parameters"], said["bits"], said["longestBits"])


def _instructions(smallest: Measurement, folder: str) -> str:
    """How many instructions the commands take on the smallest network, in words."""
    counter = instruction_counter()
    if counter is None:
        return "Instructions: not available (neither perf, with permission and a counter, nor valgrind)."
    progress("growth: counting instructions")
    write_csv(f"{folder}/dataset.csv", smallest.points, smallest.series.outputs)
    commands = ((sys.executable, "-c", ""), *_commands(smallest.series, smallest.widths, folder))
    counts = [instructions(counter, command) for command in commands]
    nothing, construct, certify = ("not available" if n is None else f"{n / 1e6:,.0f} million" for n in counts)
    tool = "perf" if counter == PERF else "valgrind's callgrind (perf has no counter here)"
    return (
        f"Instructions in user space, by {tool}, {smallest.series.name} {_widths(smallest)}: construct {construct} "
        f"(with the derivation of the formulas), certify {certify}; Python that does nothing {nothing}."
    )


def _paragraphs(found: Sequence[Measurement], limit: float) -> tuple[str, ...]:
    heading: tuple[str, ...] = (
        "network",
        "widths",
        "N",
        "parameters",
        "Mbit",
        "longest number, bits",
        "construct, s",
        "CPU s",
        "MiB",
    )
    heading += ("certify, s", "CPU s", "MiB", "CPU s per Mbit", "verdict")
    growth = [line for series in SERIES for line in _exponent([m for m in found if m.series == series and m.done])]
    stopped = [f"{m.series.name}, {_widths(m)}" for m in found if not m.done]
    stops = f" Stopped, and nothing larger of the kind was run: {'; '.join(stopped)}." if stopped else ""
    return (
        "`python -m benchmarks.growth`. The commands as whole processes: Python's start, files read and written, the "
        f"formulas derived. {RULE} MiB is peak memory. Mbit: numerators and denominators of all parameters; CPU s "
        f"per Mbit is of both commands. A command is stopped after {limit} s.{stops}",
        table(heading, map(_line, found)),
        "\n".join(growth) if growth else "Too few sizes to say how the time grows.",
    )


def _line(m: Measurement) -> tuple[object, ...]:
    name = m.series.name if m.series.along == "N" else f"{m.series.name}, over {m.series.along}"
    head = (name, _widths(m), f"{m.points:,}")
    if m.certify is None:
        return (*head, "", "", "", *_cost(m.construct), "", "", "", "", "")
    size = (f"{m.parameters:,}", shown(m.bits / 1e6), f"{m.longest:,}")
    rate = shown(m.seconds / (m.bits / 1e6)) if m.done else ""
    return (*head, *size, *_cost(m.construct), *_cost(m.certify), rate, m.certify.output.split(" ")[0])


def _cost(part: Cost) -> tuple[str, str, str]:
    if part.code is None:
        return "stopped", shown(part.processor), part.mebibytes
    return str(part.timing), shown(part.processor), part.mebibytes


def _exponent(done: Sequence[Measurement]) -> Iterator[str]:
    """How the time of a series grows with the bits between its last two networks."""
    if len(done) > 1:
        one, two = done[-2:]
        exponent = log(two.seconds / one.seconds) / log(two.bits / one.bits)
        yield (
            f"- {one.series.name}, from {_widths(one)} to {_widths(two)}: {shown(two.bits / one.bits)} times the bits, "
            f"{shown(two.seconds / one.seconds)} times the CPU seconds: bits to the power {exponent:.2f}."
        )


def _widths(m: Measurement) -> str:
    return f"{m.widths[0]},{m.widths[1]}"


def _curves(found: Sequence[Measurement]) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """For each panel of the chart its curves, (x, y)."""
    panels: dict[str, dict[str, list[tuple[float, float]]]] = {
        f"seconds over {along}": {} for along in ("N", "a1", "a2")
    }
    panels["Mbit over parameters"] = {}
    for m in found:
        if m.done and m.certify is not None:
            along = m.series.along
            x = {"N": m.points, "a1": m.widths[0], "a2": m.widths[1]}[along]
            panel = panels[f"seconds over {along}"]
            panel.setdefault(f"construct, {m.series.name}", []).append((x, m.construct.wall))
            panel.setdefault(f"certify, {m.series.name}", []).append((x, m.certify.wall))
            panels["Mbit over parameters"].setdefault(m.series.name, []).append((m.parameters, m.bits / 1e6))
    return panels


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), "python -m benchmarks.growth")
