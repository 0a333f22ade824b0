"""python -m symbolic construct|derive (commands and exit codes: README.md)."""

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction

from checker.console import REFUTED, Parser, add_dataset_options, positive, run
from checker.rational import NumberError, format_rational, parse_rational

PROGRAM = "python -m symbolic"
PARAMETERS = 20_000_000
"""Networks with more parameters are refused before anything is built."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    return {"construct": _construct, "derive": _derive}[options.command](options)


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM, description="Derive the constructions with SymPy and evaluate them, exactly, on a dataset."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    construct = commands.add_parser("construct", help="write a network with f(x) = y at every point of a dataset")
    construct.add_argument("dataset", metavar="DATASET")
    construct.add_argument(
        "--widths",
        type=_widths,
        required=True,
        metavar="A1,A2",
        help="neurons of the two hidden layers; for one output a1*a2 points fit, with float64 half of it",
    )
    construct.add_argument(
        "--method",
        choices=("interpolant", "inoue", "float64"),
        default="interpolant",
        help="construction (default: interpolant); float64 makes integer weights that floating point evaluates exactly",
    )
    construct.add_argument(
        "--projection",
        type=_projection,
        default="auto",
        metavar="auto|article|P1,..,Pn",
        help="how inputs go to the line (default: auto)",
    )
    add_dataset_options(construct)
    construct.add_argument(
        "-o", dest="network", required=True, metavar="NETWORK", help="the file to write (.json or .json.gz)"
    )
    derive = commands.add_parser("derive", help="the derivations step by step, each step checked by SymPy")
    derive.add_argument(
        "id",
        nargs="?",
        choices=("interpolant", "inoue", "interpolation-error"),
        metavar="ID",
        help="interpolant or inoue (default: both), or interpolation-error (1/N^2 of a sine's ReLU interpolant)",
    )
    derive.add_argument("--latex", action="store_true", help="the same as a LaTeX body that needs amsmath")
    return parser


def _widths(text: str) -> tuple[int, int]:
    parts = text.split(",")
    if len(parts) != 2:
        raise argparse.ArgumentTypeError(f"{text!a} is not of the form A1,A2")
    return positive(parts[0]), positive(parts[1])


def _projection(text: str) -> str | tuple[Fraction, ...]:
    if text in ("auto", "article"):
        return text
    try:
        return tuple(parse_rational(part) for part in text.split(","))
    except NumberError as error:
        raise argparse.ArgumentTypeError(f"{text!a} is neither auto nor article nor P1,..,Pn: {error}") from None


def _derive(options: argparse.Namespace) -> int:
    from symbolic.derive import derivation, report
    from symbolic.exact import DerivationError
    from symbolic.interpolation_error import report as interpolation_error

    try:
        if options.id == "interpolation-error":
            print("\n".join(interpolation_error(options.latex)))
            return 0
        sections = derivation((options.id,) if options.id else ("interpolant", "inoue"))
    except DerivationError as error:
        step, _, reason = str(error).partition(": ")
        print(f"FAILED {step}\n{reason}")
        return REFUTED
    print("\n".join(report(sections, options.latex)))
    return 0


def _construct(options: argparse.Namespace) -> int:
    from checker.errors import printable
    from checker.files import write_text
    from checker.formats import read_dataset, require_consistent
    from checker.formats.native import network_text
    from symbolic.projection import scaled

    source = read_dataset(options.dataset, options.numbers, options.outputs)
    require_consistent(source)
    dataset = source.value
    _require_usable(options, source.path, len(dataset.inputs[0]), len(dataset.outputs[0]))
    network = _built(source.path, dataset, options)
    write_text(options.network, network_text(network) + "\n", (options.dataset,))
    widths = ", ".join(map(str, network.widths))
    p = ", ".join(format_rational(q) for q in network.layers[0].weights[0])
    points = len(set(scaled(dataset.inputs)))
    print(f"{printable(options.network)}: widths ({widths}), {points} points, method {options.method}")
    print(f"projection  ({p})")
    return 0


def _require_usable(options: argparse.Namespace, path: str, n: int, m: int) -> None:
    """Fails: InputError when the options do not go with n inputs and m outputs, or ask for too large a network."""
    from checker.errors import InputError

    if not isinstance(options.projection, str) and len(options.projection) != n:
        raise InputError(path, "", f"{n} inputs, but --projection has {len(options.projection)} entries")
    if not options.network.removesuffix(".gz").endswith(".json"):
        raise InputError(options.network, "", "a network file is called .json or .json.gz")
    a1, a2 = options.widths
    if a1 * (n + 1) + a2 * (a1 + 1) + m * (a2 + 1) > PARAMETERS:
        raise InputError("--widths", f"{a1},{a2}", f"such a network has more than {PARAMETERS} parameters")


def _built(path: str, dataset: object, options: argparse.Namespace) -> object:
    from checker.errors import InputError
    from symbolic.construct import TooManyPointsError, construct
    from symbolic.projection import CollisionError

    try:
        return construct(dataset, options.widths, options.method, options.projection)
    except TooManyPointsError as error:
        raise InputError(path, "", str(error)) from None
    except CollisionError as error:
        place = f"rows {error.pair[0]} and {error.pair[1]}"
        raise InputError(path, place, f"{error}: choose another --projection, or auto") from None


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
