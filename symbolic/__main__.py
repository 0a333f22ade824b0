"""python -m symbolic construct|derive|montufar (commands and exit codes: README.md)."""

import argparse
import sys
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from checker.console import REFUTED, Parser, add_dataset_options, positive, run
from checker.rational import NumberError, format_rational, parse_rational
from symbolic import montufar

PROGRAM = "python -m symbolic"
ZHANG = ("zhang", "zhang-deep")
OWN_WIDTHS = {
    **dict.fromkeys(ZHANG, "one neuron for each distinct point"),
    "vardi": "its layers have 10 neurons at most",
}
"""The constructions that choose their own widths, and how."""
CONSTRUCTIONS = ("interpolant", "inoue", "float64", "yun", *OWN_WIDTHS)
"""All that `construct --method` knows."""
EQUALITIES = ("interpolation-error", "arc-cosine")
"""Derivations of neighbouring theorems, by equations of calculus."""
DERIVED = ("interpolant", "inoue", "zhang", "yun")
"""The constructions whose derivations are printed."""
MANY = 60
"""The widths of more layers are not printed one by one."""
PARAMETERS = 20_000_000
"""Networks with more parameters are refused before anything is built."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    return {"construct": _construct, "derive": _derive, "montufar": montufar.run}[options.command](options)


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
        metavar="A1,A2",
        help="neurons of the two hidden layers; for one output a1*a2 points fit, with float64 half of it, with yun a "
        "quarter; zhang, zhang-deep and vardi choose their own",
    )
    construct.add_argument(
        "--method",
        choices=CONSTRUCTIONS,
        default="interpolant",
        help="construction (default: interpolant); float64 makes integer weights that floating point evaluates "
        "exactly; yun has two ReLUs where interpolant has one; zhang has one hidden layer and a neuron for each point, "
        "zhang-deep the same ones in many layers; vardi is deep and narrow, the points in the bits of a few weights",
    )
    construct.add_argument("--depth", type=positive, metavar="K", help="zhang-deep: the points share so many layers")
    construct.add_argument(
        "--all-relu", action="store_true", help="zhang, zhang-deep: a ReLU as output too; it holds on the sample only"
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
    names = (*DERIVED, *EQUALITIES)
    words = (
        f"{', '.join(DERIVED)} (default: these), or {EQUALITIES[0]} (1/N^2 of a sine's ReLU interpolant), or "
        f"{EQUALITIES[1]} (Du et al.'s Gram matrix)"
    )
    derive.add_argument("id", nargs="?", choices=names, metavar="ID", help=words)
    derive.add_argument("--latex", action="store_true", help="the same as a LaTeX body that needs amsmath")
    montufar.add_arguments(commands.add_parser("montufar", help="a network with Montufar et al.'s number of regions"))
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
    from symbolic import arc_cosine, equality, interpolation_error
    from symbolic.derive import derivation, report
    from symbolic.exact import DerivationError

    try:
        if options.id in EQUALITIES:
            found = dict(zip(EQUALITIES, (interpolation_error, arc_cosine), strict=True))[options.id].steps()
            print("\n".join(equality.report(found, options.latex)))
            return 0
        sections = derivation((options.id,) if options.id else DERIVED)
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
    _require_usable(options, source.path, dataset)
    network = _built(source.path, dataset, options)
    write_text(options.network, network_text(network) + "\n", (options.dataset,))
    widths = ", ".join(map(str, network.widths))
    if len(network.layers) > MANY:
        n, *hidden, m = network.widths
        widths = f"{n}, {len(hidden)} layers of up to {max(hidden)}, {m}"
    p = ", ".join(format_rational(q) for q in network.layers[0].weights[0])
    points = len(set(scaled(dataset.inputs)))
    print(f"{printable(options.network)}: widths ({widths}), {points} points, method {options.method}")
    print(f"projection  ({p})")
    if options.method in ZHANG:
        _say_numbers(network, points, options.all_relu)
    if options.method == "vardi":
        least, step = network.layers[-1].bias[0], network.layers[-1].weights[0][0]
        print(f"labels      integers from 0: the output is {format_rational(least)} + {format_rational(step)} * label")
    return 0


def _say_numbers(network: Any, points: int, all_relu: bool) -> None:
    from symbolic.zhang_network import numbers

    entries, others = numbers(network)
    n, d, m = points, network.widths[0], network.widths[-1]
    distinct = (
        f"; {(m + 1) * n + d} of them make one hidden layer (n = {n}, d = {d})" if len(network.layers) == 2 else ""
    )
    print(f"parameters  {entries}, {others} of them not 0{distinct}")
    if all_relu:
        print("all ReLU    holds on the sample only: the output is cut off below the least value asked for there")


def _require_usable(options: argparse.Namespace, path: str, dataset: Any) -> None:
    """Fails: InputError when the options do not go with each other or the dataset, or ask for too large a network."""
    from checker.errors import InputError

    n, m = len(dataset.inputs[0]), len(dataset.outputs[0])
    if not isinstance(options.projection, str) and len(options.projection) != n:
        raise InputError(path, "", f"{n} inputs, but --projection has {len(options.projection)} entries")
    if not options.network.removesuffix(".gz").endswith(".json"):
        raise InputError(options.network, "", "a network file is called .json or .json.gz")
    _require_goes_with_method(options)
    if options.method in OWN_WIDTHS:
        from symbolic.zhang_network import entries

        if options.method == "vardi" and m > 1:
            raise InputError(path, "", f"{m} outputs, but --method vardi makes networks with one")
        size = entries(dataset, options.depth, options.all_relu) if options.method in ZHANG else 0
        place, asked = "--method", options.method
    else:
        a1, a2 = options.widths
        place, asked, size = "--widths", f"{a1},{a2}", a1 * (n + 1) + a2 * (a1 + 1) + m * (a2 + 1)
    if size > PARAMETERS:
        raise InputError(place, asked, f"such a network has more than {PARAMETERS} parameters")


def _require_goes_with_method(options: argparse.Namespace) -> None:
    """Fails: InputError on an option that the method does not take, or without one that it needs."""
    from checker.errors import InputError

    method = options.method
    given = {"--widths": options.widths, "--depth": options.depth, "--all-relu": options.all_relu or None}
    needed = {"zhang-deep": ("--depth",)}.get(method, () if method in OWN_WIDTHS else ("--widths",))
    taken = (*needed, "--all-relu") if method in ZHANG else needed
    for option, value in given.items():
        if value is not None and option not in taken:
            reason = OWN_WIDTHS[method] if option == "--widths" else "not an option of it"
            raise InputError(option, "", f"--method {method}: {reason}")
        if value is None and option in needed:
            raise InputError(option, "", f"--method {method} needs it")


def _built(path: str, dataset: Any, options: argparse.Namespace) -> Any:
    from checker.errors import InputError
    from symbolic import vardi_network
    from symbolic.construct import TooManyPointsError, construct
    from symbolic.projection import CollisionError
    from symbolic.zhang_network import TooManyLayersError

    try:
        if options.method in ZHANG:
            return _zhang(dataset, options)
        if options.method == "vardi":
            return vardi_network.network(dataset, options.projection)
        return construct(dataset, options.widths, options.method, options.projection)
    except (TooManyPointsError, TooManyLayersError, vardi_network.TooManyBitsError) as error:
        raise InputError(path, "", str(error)) from None
    except CollisionError as error:
        place = f"rows {error.pair[0]} and {error.pair[1]}"
        raise InputError(path, place, f"{error}: choose another --projection, or auto") from None


def _zhang(dataset: Any, options: argparse.Namespace) -> Any:
    """Fails: TooManyLayersError, CollisionError."""
    from symbolic.zhang_network import deep, rectified, shallow

    if options.method == "zhang":
        network = shallow(dataset, options.projection)
    else:
        network = deep(dataset, options.depth, options.projection)
    return rectified(network, dataset) if options.all_relu else network


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
