"""python -m examples.limits [-o FOLDER]: the table of the largest N, each cell decided from both sides by the commands.

Lower side: networks for N points on a line, here for zigzags of several spacings, certified by the judge; that ALL
datasets of N points fit is proved, not enumerated (README.md). Upper side: a zigzag of more points, with a certificate
of impossibility, which is replayed.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.console import DISAGREEMENT, Parser, run
from checker.dataset import Dataset
from checker.files import write_text
from checker.formats.native import network_text
from checker.judge import Certified, zero_error
from checker.network import Network
from examples.limits.shallow import before_one, behind_one, fitted

PROGRAM = "python -m examples.limits"


@dataclass(frozen=True)
class Cell:
    """Hidden widths, a number of points that always fit, why they do, and the most that may be (None: the same)."""

    widths: tuple[int, ...]
    number: int
    why: str
    open_up_to: int | None = None

    @property
    def impossible(self) -> int:
        """The zigzag of so many points does not fit."""
        return (self.open_up_to or self.number) + 1


CELLS = (
    Cell((1,), 2, "two points are on a line"),
    Cell((2,), 3, "a + 1"),
    Cell((3,), 5, "shallow.py"),
    Cell((4,), 6, "shallow.py"),
    Cell((1, 1), 2, "max(a1, a2) + 1"),
    Cell((1, 2), 3, "max(a1, a2) + 1"),
    Cell((2, 1), 3, "max(a1, a2) + 1"),
    Cell((1, 3), 5, "shallow.py behind one neuron"),
    Cell((3, 1), 5, "shallow.py before one neuron"),
    Cell((2, 2), 4, "a1 a2; open: 4 to 7", 7),
)
SPACINGS = ("0 1 2 3 4 5 6 7", "0 1 10 11 100 101 1000", "0 1/7 1/3 2 5/2 9 21/2")


def main(arguments: list[str] | None = None) -> int:
    """Prints the table: 0 when every cell is decided from both sides."""
    parser = Parser(prog=PROGRAM, description="The largest N that always fits, with certificates from both sides.")
    parser.add_argument("-o", dest="folder", metavar="FOLDER", help="keep datasets, networks and certificates there")
    parser.add_argument("--quick", action="store_true", help="without (3,1) and (2,2), which take the longest")
    options = parser.parse_args(arguments)
    cells = [cell for cell in CELLS if not (options.quick and cell.widths in ((3, 1), (2, 2)))]
    with TemporaryDirectory() as temporary:
        folder = Path(options.folder or temporary)
        rows = [_row(cell, folder) for cell in cells]
    wrong = [cell for cell, row in zip(cells, rows, strict=True) if row is None]
    print(f"{'FAILED' if wrong else 'CERTIFIED'} {len(cells) - len(wrong)} of {len(cells)} cells from both sides\n")
    print("| widths | N always fit | why | these do not | cases | replayed in |\n|---|---|---|---|---|---|")
    print("\n".join(row for row in rows if row is not None))
    return DISAGREEMENT if wrong else 0


def _row(cell: Cell, folder: Path) -> str | None:
    """A line of the table; None when one of the two sides does not come out."""
    name = "-".join(map(str, cell.widths))
    for k, spacing in enumerate(SPACINGS):
        if not _fits(cell, _zigzag(cell.number, spacing), folder, f"fits-{name}-{k + 1}"):
            return None
    data, certificate = folder / f"impossible-{name}.csv", folder / f"impossible-{name}.json"
    write_text(str(data), _csv(_zigzag(cell.impossible, SPACINGS[0])))
    widths = ",".join(map(str, cell.widths))
    found = _checker("impossible", data, "--widths", widths, "--timeout", 300, "-o", certificate)
    began = time.perf_counter()
    replayed = _checker("verify", certificate, data)
    seconds = time.perf_counter() - began
    if found.returncode != 0 or replayed.returncode != 0:
        return None
    cases = replayed.stdout.split("replayed")[1].split()[0]
    shown = ", ".join(map(str, cell.widths))
    return f"| ({shown}) | {cell.number} | {cell.why} | zigzag of {cell.impossible} | {cases} | {seconds:.1f} s |"


def _fits(cell: Cell, points: Dataset, folder: Path, name: str) -> bool:
    """Whether a network of these widths fits the points, by the judge."""
    network = _shallow(cell, points)
    if network is None:
        data = folder / f"{name}.csv"
        write_text(str(data), _csv(points))
        widths = ",".join(map(str, cell.widths))
        return _checker("impossible", data, "--widths", widths).stdout.startswith("POSSIBLE")
    write_text(str(folder / f"{name}.json"), network_text(network) + "\n")
    return network.widths[1:-1] == cell.widths and isinstance(zero_error(network, points), Certified)


def _shallow(cell: Cell, points: Dataset) -> Network | None:
    if max(cell.widths) < 3:
        return None
    ts, ys = [x for (x,) in points.inputs], [y for (y,) in points.outputs]
    network = fitted(ts, ys)
    if len(cell.widths) == 1:
        return network
    return behind_one(network, ts[0]) if cell.widths[0] == 1 else before_one(network, min(ys))


def _zigzag(count: int, spacing: str) -> Dataset:
    ts = [Fraction(t) for t in spacing.split()][:count]
    return Dataset(tuple((t,) for t in ts), tuple((Fraction(k % 2),) for k in range(count)))


def _csv(points: Dataset) -> str:
    rows = zip(points.inputs, points.outputs, strict=True)
    return "x,y\n" + "".join(f"{x},{y}\n" for (x,), (y,) in rows)


def _checker(*arguments: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "checker", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    run(main, PROGRAM)
