"""python -m checker lambda0: the least eigenvalue of Du et al.'s Gram matrix of a dataset, enclosed (FORMAT.md)."""

import argparse
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from checker.console import Undecided, add_dataset_options
from checker.errors import InputError
from checker.rational import NUMBERS, NumberError, format_rational, parse_dataset_number

if TYPE_CHECKING:
    from checker.dataset import Dataset
    from checker.formats import Source

PREDICATE = "tag:exact-relu,2026:lambda0/1"
POINTS = 500
"""More inputs than this are declined: the work grows with the cube of their number."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """DATASET, --bound, how the dataset is read, -o."""
    parser.add_argument("dataset", metavar="DATASET")
    parser.add_argument("--bound", type=bound, metavar="LAMBDA", help="decide whether lambda_0 >= LAMBDA")
    add_dataset_options(parser)
    parser.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")


def bound(text: str) -> Fraction:
    """An exact number."""
    try:
        return parse_dataset_number(text, "decimal")
    except NumberError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def run(options: argparse.Namespace) -> int:
    """Encloses the eigenvalue, and compares it with the bound if there is one. Fails: InputError, Undecided."""
    from checker.answer import show
    from checker.certificate import certificate_text
    from checker.files import write_text

    said, lines, recomputed = answer(options.dataset, options.bound, options.numbers, options.outputs)
    if options.certificate is not None and said["verdict"] == "CERTIFIED":
        write_text(options.certificate, certificate_text(recomputed), (options.dataset,))
    return show(said, lines, options.json, options.quiet)


def verify(options: argparse.Namespace) -> int:
    """Decides anew what the certificate claims of the dataset. Fails: InputError where it differs in any field."""
    from checker.answer import show
    from checker.balls.statement import canonical, read_claimed, require_files, require_same, text
    from checker.certificate import columns

    path, dataset = options.certificate, options.network
    claimed, (limit, numbers, outputs) = read_claimed(path, PREDICATE, ("bound", "numbers", "outputs"))
    if text(path, "numbers", numbers) not in NUMBERS:
        raise InputError(path, "predicate.numbers", f"expected one of {', '.join(NUMBERS)}")
    least = None if limit is None else canonical(path, "bound", limit)
    said, lines, recomputed = answer(dataset, least, numbers, columns(path, outputs))
    require_files(path, claimed, recomputed, dataset)
    if said["verdict"] == "CERTIFIED":
        require_same(path, claimed, recomputed)
    return show(said, lines, options.json, options.quiet)


def answer(
    path: str, least: Fraction | None, numbers: str, outputs: int | None
) -> tuple[dict[str, Any], list[str], dict[str, Any]]:
    """The answer as the content of a JSON object, as lines of text, and as a certificate.

    Fails: InputError where an input is no unit vector, Undecided where there are too many.
    """
    from checker.balls import decimal, gram, library
    from checker.balls.statement import statement
    from checker.formats import content_sha256, read_dataset

    source = read_dataset(path, numbers, outputs)
    require_unit_vectors(source)
    with library().ctx.workprec(gram.BITS):
        rho = gram.cosines(source.value.inputs)
        found = gram.least_eigenvalue(gram.gram(rho))
    parallel = gram.parallel(rho)
    predicate = {
        "bound": None if least is None else format_rational(least),
        "lower": decimal(found.lower, up=False),
        "upper": decimal(found.upper, up=True),
        "parallel": None if parallel is None else list(parallel),
        "points": len(source.value),
        "numbers": numbers,
        "outputs": len(source.value.outputs[0]),
        "dataset": {"contentSha256": content_sha256(source.value)},
    }
    said: dict[str, Any] = {"verdict": _verdict(least, found.lower, found.upper), **predicate}
    if said["verdict"] == "REFUTED":
        said["direction"] = [format_rational(q) for q in found.direction]
    return said, _lines(said, path), statement(PREDICATE, path, source.sha256, predicate)


def require_unit_vectors(source: "Source[Dataset]") -> None:
    """Every input is exactly of length 1. Fails: InputError naming the row; Undecided past POINTS rows."""
    for row, x in enumerate(source.value.inputs, 1):
        square = sum((q * q for q in x), Fraction(0))
        if square != 1:
            raise InputError(source.path, f"row {row}", f"not a unit vector: |x|^2 = {_short(square)}, not exactly 1")
    if len(source.value) > POINTS:
        raise Undecided(f"{len(source.value)} inputs: the least eigenvalue is enclosed for at most {POINTS}")


def _short(q: Fraction) -> str:
    from checker.rational import about

    text = format_rational(q)
    return text if len(text) <= 60 else f"about {about(q)}, and 1 - |x|^2 about {about(1 - q)}"


def _verdict(least: Fraction | None, lower: Fraction, upper: Fraction) -> str:
    if least is None or lower >= least:
        return "CERTIFIED"
    return "REFUTED" if upper < least else "UNKNOWN"


def _lines(said: dict[str, Any], path: str) -> list[str]:
    from checker.console import read_as
    from checker.errors import printable

    enclosure = f"from {said['lower']} to {said['upper']}"
    first = {
        "CERTIFIED": f"CERTIFIED lambda_0 >= {said['bound'] or said['lower']}",
        "REFUTED": f"REFUTED lambda_0 >= {said['bound']}: it is at most {said['upper']}",
        "UNKNOWN": f"UNKNOWN lambda_0 >= {said['bound']}: the bound is inside the enclosure",
    }[said["verdict"]]
    pair = said["parallel"]
    lines = [
        first,
        f"lambda_0  {enclosure}, of {said['points']} unit vectors",
        f"dataset   {printable(path)}{read_as(said['numbers'])}",
    ]
    lines.append(f"parallel  {'no two inputs' if pair is None else f'rows {pair[0]} and {pair[1]}'} (exact)")
    if "direction" in said:
        lines.append(f"direction {' '.join(said['direction'])}: its Rayleigh quotient is below the bound")
    return lines
