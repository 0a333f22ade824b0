"""python -m examples.limits [-o FOLDER]: the table of the largest N, each cell decided from both sides by the commands.

Lower side: networks for some datasets of N points, certified by the judge; that ALL datasets of N points fit is
proved, not enumerated (README.md). Upper side: a zigzag of N + 1 points, with a certificate of impossibility.
--verify FOLDER: no search, only the certificates written before; without a folder's name, those of this example.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.console import DISAGREEMENT, Parser, run
from checker.dataset import Dataset
from checker.files import write_text
from checker.formats.native import network_text
from examples.figure import folder as made
from examples.limits.cells import TABLE, Cell, constructed, zigzag
from examples.limits.verify import Rejected, checked, verify

PROGRAM = "python -m examples.limits"
WRITTEN = Path(__file__).parent / "certificates"


def main(arguments: list[str] | None = None) -> int:
    """Prints the table: 0 when every cell is decided from both sides."""
    parser = Parser(prog=PROGRAM, description="The largest N that always fits, with certificates from both sides.")
    parser.add_argument("-o", dest="folder", metavar="FOLDER", help="keep datasets, networks and certificates there")
    parser.add_argument("--quick", action="store_true", help="without (3,1) and (2,2), which take the longest")
    parser.add_argument(
        "--verify", nargs="?", const=str(WRITTEN), metavar="FOLDER", help="verify the certificates written there"
    )
    options = parser.parse_args(arguments)
    if options.verify is not None:
        if options.quick or options.folder is not None:
            parser.error("--verify takes neither -o nor --quick")
        return verify(Path(options.verify))
    cells = [cell for cell in TABLE if not (options.quick and cell.slow)]
    with TemporaryDirectory() as temporary:
        folder = made(options.folder or temporary)
        rows = [_row(cell, folder) for cell in cells]
    wrong = rows.count(None)
    print(f"{'FAILED' if wrong else 'CERTIFIED'} {len(cells) - wrong} of {len(cells)} cells from both sides\n")
    print(
        "| widths | N always fit | why | these do not | cases | found in | verified in |\n|---|---|---|---|---|---|---|"
    )
    print("\n".join(row for row in rows if row is not None))
    return DISAGREEMENT if wrong else 0


def _row(cell: Cell, folder: Path) -> str | None:
    """A line of the table; None when one of the two sides does not come out."""
    try:
        for name, points in cell.shown().items():
            _fitted(cell, points, folder / f"fits-{cell.name}-{name}.json")
        data, certificate = folder / f"impossible-{cell.name}.csv", folder / f"impossible-{cell.name}.json"
        write_text(str(data), _csv(zigzag(cell.number + 1)))
        began = time.perf_counter()
        checked("impossible", data, "--widths", _widths(cell), "--timeout", 600, "-o", certificate, "--json")
        found = time.perf_counter()
        cases = checked("verify", certificate, data, "--json")["cases"]
    except Rejected as error:
        print(f"{PROGRAM}: ({_widths(cell)}) {error}", file=sys.stderr)
        return None
    seconds = f"{found - began:.1f} s | {time.perf_counter() - found:.1f} s"
    shown = _widths(cell).replace(",", ", ")
    return f"| ({shown}) | {cell.number} | {cell.why} | zigzag of {cell.number + 1} | {cases} | {seconds} |"


def _fitted(cell: Cell, points: Dataset, certificate: Path) -> None:
    """Writes a network of these widths that fits the points, and the judge's certificate."""
    data, network = certificate.with_suffix(".csv"), certificate.with_suffix(".network.json")
    write_text(str(data), _csv(points))
    made = constructed(cell, points)
    if made is not None:
        write_text(str(network), network_text(made) + "\n")
    else:
        _possible(cell, data, network)
    checked("certify", network, data, "-o", certificate, "--json")


def _possible(cell: Cell, data: Path, network: Path) -> None:
    try:
        checked("impossible", data, "--widths", _widths(cell), "--network", network, "--json")
    except Rejected as error:
        if error.code != 1:  # POSSIBLE, with a network
            raise


def _widths(cell: Cell) -> str:
    return ",".join(map(str, cell.widths))


def _csv(points: Dataset) -> str:
    rows = zip(points.inputs, points.outputs, strict=True)
    return "x,y\n" + "".join(f"{x},{y}\n" for (x,), (y,) in rows)


if __name__ == "__main__":
    run(main, PROGRAM)
