"""Every certificate of a folder that the table rests on, verified anew, without any search."""

import json
import subprocess
import sys
from pathlib import Path

from checker.dataset import Dataset
from checker.errors import InputError
from checker.formats import read_dataset, read_network
from examples.limits.cells import TABLE, Cell, zigzag


class Rejected(Exception):
    """A certificate does not say what the cell needs, with the reason; code is the checker's exit code."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.code = code


def verify(folder: Path) -> int:
    """Prints a line for each cell, and how many have both sides: 0 when all have, else the checker's exit code.

    Fails: InputError when there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "", "is not a folder")
    codes = [_line(cell, folder) for cell in TABLE]
    good = codes.count(0)
    print(f"{'CERTIFIED' if good == len(codes) else 'FAILED'} {good} of {len(codes)} cells from both sides")
    return max(codes)


def _line(cell: Cell, folder: Path) -> int:
    shown = f"({', '.join(map(str, cell.widths))})"
    try:
        cases, networks = _upper(cell, folder), _lower(cell, folder)
    except Rejected as error:
        print(f"{shown:8} FAILED {error}")
        return error.code
    fit = f"{networks} datasets of {cell.number} points have networks ({cell.why})"
    print(f"{shown:8} {cell.number}: {cell.number + 1} points impossible ({cases} cases); {fit}", flush=True)
    return 0


def _upper(cell: Cell, folder: Path) -> int:
    """How many cases the certificate of impossibility closes."""
    certificate = folder / f"impossible-{cell.name}.json"
    data = certificate.with_suffix(".csv")
    said = checked("verify", certificate, data, "--json")
    if said.get("verdict") != "IMPOSSIBLE" or said["hiddenWidths"] != list(cell.widths):
        raise Rejected(f"{certificate.name}: not that these widths are impossible", 1)
    if said["numbers"] != "decimal" or not _equal(data, zigzag(cell.number + 1)):
        raise Rejected(f"{data.name}: not the zigzag of {cell.number + 1} points", 1)
    return said["cases"]


def _lower(cell: Cell, folder: Path) -> int:
    """How many datasets have a network of the cell's widths that the judge certifies."""
    expected = cell.shown()
    for name, points in expected.items():
        certificate = folder / f"fits-{cell.name}-{name}.json"
        network, data = certificate.with_suffix(".network.json"), certificate.with_suffix(".csv")
        said = checked("verify", certificate, network, data, "--json")
        if (said.get("claim"), said.get("mode")) != ("zero-error", "real"):
            raise Rejected(f"{certificate.name}: not zero error in real arithmetic", 1)
        if said["numbers"] != "decimal" or not _equal(data, points):
            raise Rejected(f"{data.name}: not the {cell.number} points that are stated", 1)
        if read_network(str(network)).value.widths[1:-1] != cell.widths:
            raise Rejected(f"{network.name}: not of these widths", 1)
    return len(expected)


def _equal(path: Path, points: Dataset) -> bool:
    """Whether the file has these points, in any order."""
    found = read_dataset(str(path)).value
    return sorted(zip(found.inputs, found.outputs, strict=True)) == sorted(
        zip(points.inputs, points.outputs, strict=True)
    )


def checked(*arguments: object) -> dict:
    """What a command of the checker printed as JSON. Fails: Rejected, with its last line, when it did not exit 0."""
    line = [sys.executable, "-m", "checker", *map(str, arguments)]
    process = subprocess.run(line, capture_output=True, text=True, check=False)
    if process.returncode != 0:
        last = (process.stderr or process.stdout).strip().rpartition("\n")[2]
        raise Rejected(last, process.returncode)
    return json.loads(process.stdout)
