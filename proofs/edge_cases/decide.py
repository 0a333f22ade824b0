"""What the commands say about an edge case: they are run as a user runs them, in a folder of their own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from proofs.edge_cases.cases import IMPOSSIBLE, POSSIBLE, REFUSED, Case

ROUNDINGS = (("float64", "both"), ("float32", "both-float32"))
METHODS = (("inoue", 1), ("interpolant", 1), ("float64", 2))
"""Constructions, and by how much they need a wider first layer: r groups take r neurons, or 2r - 1."""


@dataclass(frozen=True)
class Answer:
    """What was said of a case: the verdict, and the line with its reason."""

    verdict: str
    said: str

    def is_right(self, case: Case) -> bool:
        """It is what the case documents."""
        return self.verdict == case.verdict and case.words in self.said


@dataclass(frozen=True)
class Survival:
    """Of so many points, how many have error 0 after rounding the weights: in exact and in that float arithmetic.

    in_floats None: the rounded network could not be evaluated there.
    """

    method: str
    type: str
    points: int
    in_reals: int
    in_floats: int | None


def decided(case: Case, folder: Path) -> Answer:
    """The verdict on the case. Fails: RuntimeError when a command says something it never should."""
    data, network = folder / f"{case.name}.csv", folder / f"{case.name}.json"
    data.write_text(case.dataset, "ascii")
    if case.verdict in (IMPOSSIBLE, POSSIBLE):
        found = _run("checker", "impossible", data, "--widths", case.widths, "-q")
        return Answer(found.stdout.split(" ")[0], found.stdout.strip())
    if case.network:
        network.write_text(case.network, "ascii")
    else:
        built = _run("symbolic", "construct", data, "--widths", case.widths, *case.options, "-o", network)
        if built.returncode == 2:
            return Answer(REFUSED, built.stderr.strip().replace(f"{folder}/", ""))
        _require(built, 0)
    found = _run("checker", "certify", network, data)
    return Answer(found.stdout.split(" ")[0], found.stdout.replace(f"{folder}/", "").strip())


def survivals(folder: Path, side: int) -> list[Survival]:
    """How many of side * side points survive rounding, for every construction and type."""
    data = folder / f"points{side}.csv"
    numbers = [(7919 * k * k + 104729 * k) % 1009 for k in range(3 * side * side)]
    rows = [f"{k},{numbers[3 * k]},{numbers[3 * k + 1]},{numbers[3 * k + 2] % 100}" for k in range(side * side)]
    data.write_text("\n".join(rows) + "\n", "ascii")
    found = []
    for method, factor in METHODS:
        network = folder / f"{method}.json"
        widths = f"{side if factor == 1 else 2 * side - 1},{side}"
        _require(_run("symbolic", "construct", data, "--widths", widths, "--method", method, "-o", network), 0)
        found += [_survival(method, kind, mode, network, data, side * side) for kind, mode in ROUNDINGS]
    return found


def _survival(method: str, kind: str, mode: str, network: Path, data: Path, points: int) -> Survival:
    rounded = network.with_suffix(f".{kind}.json")
    said = _run("checker", "export", network, "--to", "native", "--round", kind, "-o", rounded)
    if said.returncode == 2:  # a weight beyond the largest number of the type
        return Survival(method, kind, points, 0, None)
    failing = json.loads(_run("checker", "certify", rounded, data, "--mode", mode, "--json").stdout)["failingRows"]
    wrong = failing[kind]
    return Survival(method, kind, points, points - failing["real"], None if wrong is None else points - wrong)


def _run(room: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", room, *map(str, arguments)]
    found = subprocess.run(line, capture_output=True, text=True, check=False)
    if found.returncode not in (0, 1, 2, 3):
        raise RuntimeError(f"{' '.join(line[1:])} exited {found.returncode}: {found.stderr}")
    return found


def _require(found: subprocess.CompletedProcess[str], code: int) -> None:
    if found.returncode != code:
        raise RuntimeError(f"{' '.join(found.args[1:])} exited {found.returncode}: {found.stderr}{found.stdout}")
