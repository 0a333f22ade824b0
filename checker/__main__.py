"""python -m checker certify, verify, regions, inspect, export, doctor (commands: README.md; formats: FORMAT.md)."""

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from checker import __version__
from checker.balls import lambda0, supnorm
from checker.console import UNDECIDED, Parser, Undecided, add_dataset_options, positive, run, size
from checker.impossible import command as impossible
from checker.regions import command as regions
from checker.report import command as report

PROGRAM = "python -m checker"
CLUSTER_WORKERS = 16
"""So many pieces, twice over, wait at a cluster."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    commands = {"certify": _certify, "verify": _verify, "inspect": _inspect, "export": _export, "doctor": _doctor}
    commands |= {"regions": regions.run, "supnorm": supnorm.run, "lambda0": lambda0.run, "report": _report}
    commands["impossible"] = impossible.run
    if options.max_bytes is not None:
        from checker.files import raise_cap

        raise_cap(options.max_bytes)
    try:
        return commands[options.command](options)
    except Undecided as error:
        said = {"verdict": "UNKNOWN", "reason": str(error)}
        print(json.dumps(said) if options.json else f"UNKNOWN {error}")
        return UNDECIDED


def _parser() -> Parser:
    parser = Parser(
        prog=PROGRAM, description="Certify exactly that a ReLU network takes the values its dataset asks for."
    )
    parser.add_argument("--version", action="version", version=f"checker {__version__}")
    parser.add_argument(
        "--max-bytes", type=size, metavar="N", help="the most bytes of a file, unpacked too (default: 2^30)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    certify = commands.add_parser("certify", help="decide a claim at every row of a dataset, exactly")
    certify.add_argument("network", metavar="NETWORK")
    certify.add_argument("dataset", metavar="DATASET")
    certify.add_argument(
        "--claim",
        type=_claim,
        default="zero-error",
        metavar="CLAIM",
        help="zero-error: f(x) = y (the default); within:EPS: |f(x) - y| <= EPS; argmax: the output column is the "
        "label, a class counted from 0, and its output is the largest (argmax:ties: or as large as another)",
    )
    certify.add_argument(
        "--mode",
        choices=("real", "float64", "float32", "both", "both-float32"),
        default="real",
        help="arithmetic of the claim (default: real, exact); both: real and float64, and the rows where they differ",
    )
    certify.add_argument("--all", dest="everything", action="store_true", help="name all rows at which it fails")
    certify.add_argument("--signs", action="store_true", help="add the activation pattern of every row")
    _add_engine_options(certify)
    add_dataset_options(certify)
    certify.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")
    _add_output_options(certify)
    verify = commands.add_parser("verify", help="decide anew what a certificate claims, trusting nothing in it")
    for name in ("certificate", "network"):
        verify.add_argument(name, metavar=name.upper())
    verify.add_argument("dataset", metavar="DATASET", nargs="?", help="absent when the certificate is of one file only")
    verify.add_argument(
        "--expect", type=_claim, metavar="CLAIM", help="refuse a certificate of any other claim than this"
    )
    _add_engine_options(verify)
    _add_output_options(verify)
    inspect = commands.add_parser("inspect", help="widths, parameters and bit lengths of a network")
    inspect.add_argument("network", metavar="NETWORK")
    inspect.add_argument("--json", action="store_true", help="print one JSON object")
    _add_export(commands.add_parser("export", help="write a network, or a claim about it, in another format"))
    regions.add_arguments(commands.add_parser("regions", help="count the linear regions of a network, exactly"))
    page = commands.add_parser("report", help="decide a claim, or a certificate anew, and show it on one HTML page")
    page.add_argument("--claim", type=_claim, metavar="CLAIM", help="as certify (default: zero-error)")
    report.add_arguments(page)
    _add_engine_options(page)
    _add_output_options(page)
    for module, purpose in (
        (supnorm, "how far a network is from a formula"),
        (lambda0, "Du et al.'s least eigenvalue"),
    ):
        companion = commands.add_parser(module.__name__.rpartition(".")[2], help=f"{purpose}, enclosed by balls")
        module.add_arguments(companion)
        _add_output_options(companion)
    impossible.add_arguments(commands.add_parser("impossible", help="no network of these tiny widths fits a dataset"))
    commands.add_parser("doctor", help="versions, and which optional parts are present")
    return parser


def _claim(text: str) -> Any:
    from checker.claim import ClaimError, parse_claim

    try:
        return parse_claim(text)
    except ClaimError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _add_engine_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--engine",
        choices=("auto", "judge", "line", "integer", "all"),
        default="auto",
        help="who evaluates: the reference (judge), a faster engine, or all of them, which must agree (default: auto)",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--jobs", type=positive, metavar="N", help="share the rows among N processes")
    where.add_argument("--cluster", metavar="tcp://HOST:PORT", help="share the rows among a Dask cluster's workers")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("network", metavar="NETWORK")
    parser.add_argument("dataset", metavar="DATASET", nargs="?", help="for smt2 and vnnlib: zero error at its rows")
    parser.add_argument("--to", required=True, choices=("onnx", "npz", "safetensors", "smt2", "vnnlib", "native"))
    floats = ("float64", "float32")
    parser.add_argument("--dtype", choices=floats, help="type of the numbers written (default: float64)")
    parser.add_argument("--round", choices=floats, help="write the nearest network of this type: another network")
    add_dataset_options(parser)
    parser.add_argument("-o", dest="output", metavar="FILE", required=True, help="write to this file")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_output_options(parser: argparse.ArgumentParser) -> None:
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("-q", dest="quiet", action="store_true", help="print the first line only")


def _certify(options: argparse.Namespace) -> int:
    from checker.answer import add_signs, certified, compared, not_certified, show
    from checker.certificate import certificate, certificate_text
    from checker.decision import decide
    from checker.errors import InputError
    from checker.files import write_text
    from checker.formats import read_network

    both = options.mode.startswith("both")
    if both and options.certificate is not None:
        raise InputError("--mode", options.mode, "a certificate is of one arithmetic: certify each with its own -o")
    network = read_network(options.network)
    with _request(options) as request:
        decision = decide(network, options.dataset, request)
    if both or not decision.certifies:
        said, lines = (compared if both else not_certified)(network.value, decision)
    else:
        statement = certificate(network, decision)
        said, lines = certified(statement)
        if options.certificate is not None:
            write_text(options.certificate, certificate_text(statement), (options.network, options.dataset))
    if options.signs:
        add_signs(said, lines, decision.coverage.signs)
    return show(said, lines, options.json, options.quiet)


_OF_ONE_FILE = {
    "tag:exact-relu,2026:regions/1": regions.verify,
    supnorm.PREDICATE: supnorm.verify,
    lambda0.PREDICATE: lambda0.verify,
    "tag:exact-relu,2026:impossibility/1": impossible.verify,
}
"""Who verifies certificates of a network or a dataset alone, by their predicateType."""


def _verify(options: argparse.Namespace) -> int:
    from checker.answer import certified, not_certified, show
    from checker.certificate import predicate_type, verify
    from checker.errors import InputError

    of_one_file = _OF_ONE_FILE.get(predicate_type(options.certificate))
    if of_one_file is not None:
        if options.dataset is not None or options.expect is not None:
            raise InputError(options.certificate, "", "is of one file: verify CERTIFICATE FILE, without --expect")
        return of_one_file(options)
    if options.dataset is None:
        raise InputError(options.certificate, "", "is of a network and a dataset: required: DATASET")
    with _request(options) as request:
        files = options.certificate, options.network, options.dataset
        network, decision, statement = verify(*files, request, options.expect)
    said, lines = certified(statement) if statement else not_certified(network.value, decision)
    return show(said, lines, options.json, options.quiet)


def _report(options: argparse.Namespace) -> int:
    with _request(options) as request:
        return report.report(options, request)


@contextmanager
def _request(options: argparse.Namespace) -> Iterator[Any]:
    """What the options ask for, with the workers that they name, while these are there."""
    from checker.decision import Request
    from checker.engines.first_layer import NotOnALineError
    from checker.errors import InputError
    from checker.pieces import executor

    names = ("claim", "mode", "everything", "signs", "engine", "numbers", "outputs")
    asked = {name: vars(options)[name] for name in names if name in options}
    try:
        with executor(options.jobs, options.cluster) as workers:
            yield Request(**asked, executor=workers, workers=options.jobs or CLUSTER_WORKERS)
    except NotOnALineError as error:
        raise InputError("--engine", options.engine, str(error)) from None


def _export(options: argparse.Namespace) -> int:
    from checker.formats.export import export

    return export(options)


def _inspect(options: argparse.Namespace) -> int:
    from checker.answer import widths
    from checker.convolution import Convolution, MaxPool
    from checker.errors import printable
    from checker.formats import content_sha256, read_network

    source = read_network(options.network)
    kernels = [layer.kernel if isinstance(layer, Convolution) else layer for layer in source.value.layers]
    kernels = [layer for layer in kernels if not isinstance(layer, MaxPool)]
    layers = [[*(q for row in layer.weights for q in row), *layer.bias] for layer in kernels]
    bits = [sum(q.numerator.bit_length() + q.denominator.bit_length() for q in layer) for layer in layers]
    numbers = [q for layer in layers for q in layer]
    longest = max(max(q.numerator.bit_length(), q.denominator.bit_length()) for q in numbers)
    kind = _kind(numbers)
    if options.json:
        content = {"widths": source.value.widths, "parameters": len(numbers), "bits": sum(bits), "bitsByLayer": bits}
        content |= {"bitsPerParameter": round(sum(bits) / len(numbers), 1)}
        content |= {"longestBits": longest, "numbers": kind, "sha256": source.sha256}
        print(json.dumps(content | {"contentSha256": content_sha256(source.value)}))
        return 0
    size = f"{len(numbers)} parameters, {sum(bits)} bits in all"
    print(f"{printable(source.path)}: widths {widths(source.value.widths)}, {size}")
    counts = zip(bits, layers, strict=True)
    shown = [f"layer {k}: {n} ({n / len(layer):.1f} a parameter)" for k, (n, layer) in enumerate(counts, 1)]
    print(f"numbers      {kind}; the longest numerator or denominator has {longest} bits")
    print(f"bits         {', '.join(shown)} (numerators and denominators)")
    print(f"activations  {', '.join(layer.activation for layer in source.value.layers)}")
    print(f"content      sha256 {content_sha256(source.value)}")
    return 0


def _kind(numbers: Sequence[Any]) -> str:
    """The smallest of integers, dyadic rationals and rationals that holds all the numbers."""
    if all(q.denominator == 1 for q in numbers):
        return "integers"
    return "dyadic rationals" if all(q.denominator & (q.denominator - 1) == 0 for q in numbers) else "rationals"


_PACKAGES = {
    "sympy": "symbolic",
    "z3-solver": "proofs",
    "cvc5": "proofs",
    "python-flint": "speed",
    "numpy": "speed, .npz",
    "tqdm": "progress",
    "distributed": "--cluster",
    "onnx": ".onnx",
    "safetensors": ".safetensors",
    "pyarrow": ".parquet",
    "pytest": "tests",
    "hypothesis": "tests",
}


def _doctor(options: argparse.Namespace) -> int:
    from importlib.metadata import PackageNotFoundError, version

    print(f"checker {__version__}, Python {platform.python_version()}: the judge needs nothing else")
    for package, purpose in _PACKAGES.items():
        try:
            print(f"{package:12} {version(package)} (for {purpose})")
        except PackageNotFoundError:
            print(f"{package:12} absent, for {purpose}: make setup")
    return 0


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
