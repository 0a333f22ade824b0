"""python -m examples.smallest [DATASET --widths A1,A2]: the least bound on the parameters with which a network fits.

The least B such that a network of these hidden widths, all parameters integers of absolute value <= B (or fractions p/q
with |p|, q <= B), has f(x) = y at every point: a witness at B, certified by the judge, and none at B - 1, all tried.
"""

import argparse
from collections.abc import Sequence

from checker.certificate import certificate_text
from checker.console import CERTIFIED, UNDECIDED, Parser, add_dataset_options, positive, read_as, run
from checker.errors import InputError, printable
from checker.files import write_text
from checker.formats import read_dataset, require_consistent
from checker.formats.native import network_text
from examples.smallest.cases import CASES, FAR, Case, points
from examples.smallest.enumeration import TimeIsUp
from examples.smallest.search import CLASSES, Least, constructed, height_and_bits, least
from examples.smallest.statement import statement, verify

PROGRAM = "python -m examples.smallest"
METHODS = ("interpolant", "float64")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the least bound for a dataset, or the table: 0 when found and certified, 3 when the time is up."""
    parser = Parser(prog=PROGRAM, description="The least bound on the parameters with which a network fits.")
    parser.add_argument("dataset", nargs="?", metavar="DATASET", help="without: the table of README.md")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--widths", type=_widths, metavar="A1,A2", help="of the hidden layers")
    what.add_argument("--verify", metavar="CERTIFICATE", help="compute this certificate of DATASET anew")
    parser.add_argument("--class", dest="kind", choices=tuple(CLASSES), default="integers", help="(default: integers)")
    parser.add_argument("--timeout", type=positive, default=60, metavar="SECONDS", help="for a search (default: 60)")
    parser.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")
    parser.add_argument("--quick", action="store_true", help="the table without the four rows that take longest")
    add_dataset_options(parser)
    options = parser.parse_args(arguments)
    if options.dataset is None:
        if options.widths or options.verify:
            parser.error("--widths and --verify need a DATASET")
        return _table(options.quick)
    try:
        return _verify(options) if options.verify else _search(parser, options)
    except TimeIsUp as reason:
        print(f"UNKNOWN {reason}")
        return UNDECIDED


def _search(parser: Parser, options: argparse.Namespace) -> int:
    """Says the least bound, and writes the certificate. Fails: TimeIsUp."""
    if options.widths is None:
        parser.error("DATASET needs --widths or --verify")
    source = read_dataset(options.dataset, options.numbers, options.outputs)
    require_consistent(source)
    if len(source.value.outputs[0]) != 1:
        raise InputError(source.path, "", f"{len(source.value.outputs[0])} outputs; networks with one are enumerated")
    kind = options.kind
    found = least(source.value, options.widths, kind, options.timeout, FAR)
    if found.network is None:
        raise TimeIsUp(f"no network with {kind} up to {found.bound - 1} fits; the search ended there")
    if options.certificate is not None:
        none = found.none[-1] if found.none else None
        text = certificate_text(statement(source, options.numbers, kind, found.network, found.bound, none))
        write_text(options.certificate, text, (options.dataset,))
    print(f"CERTIFIED {_claim(kind, options.widths, found.bound, source.path)}{read_as(options.numbers)}")
    for bound, (choices, sums) in enumerate(found.none, 1):
        print(f"bound {bound:<6}none: all {choices} choices of the first layer and {sums} sums behind them")
    print(f"bound {found.bound:<6}a network, certified by the judge: {height_and_bits(found.network)[1]} bits in all")
    print(f"network     {network_text(found.network)}")
    for method in METHODS:
        size = constructed(source.value, options.widths, method)
        if size is not None:
            print(f"{method:12}largest numerator or denominator {size[0]}, {size[1]} bits in all")
    return CERTIFIED


def _verify(options: argparse.Namespace) -> int:
    said = verify(options.verify, options.dataset, options.timeout)
    claim = _claim(said["class"], said["hiddenWidths"], said["bound"], options.dataset)
    print(f"CERTIFIED {claim}{read_as(said['numbers'])}")
    return CERTIFIED


def _claim(kind: str, widths: Sequence[int], bound: int, path: str) -> str:
    shown = ",".join(map(str, widths))
    return f"{bound} is the least bound on {kind} with which hidden widths {shown} fit {printable(path)}"


def _table(quick: bool) -> int:
    """Prints the table; it depends on no clock."""
    rows = [row(case) for case in CASES if not (quick and case.slow)]
    cells = [cell for row in rows for cell in row[2:4]]
    left = sum(cell.startswith("open") for cell in cells)
    print(f"CERTIFIED {len(cells) - left} least bounds, {left} open, bounded\n")
    print("| points | widths | integers | fractions | interpolant | float64 |\n|---|---|---|---|---|---|")
    print("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return CERTIFIED


def row(case: Case) -> tuple[str, ...]:
    """The cells; a network with integers is one with fractions too, so that fewer bounds are left for these."""
    dataset, forever = points(case.rows), float("inf")
    whole = least(dataset, case.widths, "integers", forever, case.integers)
    left = min(case.fractions, whole.bound - 1)
    parts = least(dataset, case.widths, "fractions", forever, left)
    if parts.network is None and whole.network is not None and left == whole.bound - 1:
        parts = whole
    upper = str(whole.bound) if whole.network is not None else ""
    sizes = [constructed(dataset, case.widths, method) for method in METHODS]
    made = ["-" if size is None else f"{size[0]} ({size[1]} bits)" for size in sizes]
    widths = ",".join(map(str, case.widths))
    return f"`{case.rows}`", widths, _cell(whole, ""), _cell(parts, upper), *made


def _cell(found: Least, upper: str) -> str:
    if found.network is not None:
        return f"{found.bound} ({height_and_bits(found.network)[1]} bits)"
    return f"open: {found.bound} to {upper}" if upper else f"open: {found.bound} or more"


def _widths(text: str) -> tuple[int, int]:
    parts = text.split(",")
    if len(parts) != 2:
        raise argparse.ArgumentTypeError(f"{text!a} is not of the form A1,A2")
    return positive(parts[0], 2), positive(parts[1], 2)


if __name__ == "__main__":
    run(main, PROGRAM)
