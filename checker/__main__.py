"""python -m checker certify, verify, inspect, export, doctor (commands, exit codes: README.md; formats: FORMAT.md)."""

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from checker import __version__
from checker.console import UNDECIDED, Parser, Undecided, add_dataset_options, positive, run

PROGRAM = "python -m checker"
CLUSTER_WORKERS = 16
"""So many pieces, twice over, wait at a cluster."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    commands = {"certify": _certify, "verify": _verify, "inspect": _inspect, "export": _export, "doctor": _doctor}
    commands["impossible"] = _impossible
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
    verify.add_argument("certificate", metavar="CERTIFICATE")
    verify.add_argument("network", metavar="NETWORK", nargs="?", help="not for certificates of impossibility")
    verify.add_argument("dataset", metavar="DATASET")
    verify.add_argument(
        "--expect", type=_claim, metavar="CLAIM", help="refuse a certificate of any other claim than this"
    )
    _add_engine_options(verify)
    _add_output_options(verify)
    inspect = commands.add_parser("inspect", help="widths, parameters and bit lengths of a network")
    inspect.add_argument("network", metavar="NETWORK")
    inspect.add_argument("--json", action="store_true", help="print one JSON object")
    _add_export(commands.add_parser("export", help="write a network, or a claim about it, in another format"))
    from checker.impossible import command as impossible

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
    from checker.answer import certified, compared, not_certified, show
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
        said["signs"] = decision.coverage.signs
        lines += [f"signs     row {row}: {pattern}" for row, pattern in enumerate(decision.coverage.signs, 1)]
    return show(said, lines, options.json, options.quiet)


def _verify(options: argparse.Namespace) -> int:
    from checker.answer import certified, not_certified, show
    from checker.certificate import PREDICATE, verify
    from checker.errors import InputError
    from checker.files import decoded, read_bytes
    from checker.formats.strict_json import parse

    claimed = parse(options.certificate, decoded(options.certificate, read_bytes(options.certificate)))
    kind = claimed.get("predicateType") if isinstance(claimed, dict) else None
    if isinstance(kind, str) and kind in _OTHER_PREDICATES:
        if options.network is not None or options.expect is not None:
            raise InputError(options.certificate, "", "of a dataset alone: verify takes no network and no claim for it")
        return _OTHER_PREDICATES[kind](options, claimed)
    if options.network is None:
        raise InputError(options.certificate, "", f"not about a dataset alone: {PREDICATE} needs NETWORK and DATASET")

    with _request(options) as request:
        files = options.certificate, options.network, options.dataset
        network, decision, statement = verify(*files, request, options.expect)
    said, lines = certified(statement) if statement else not_certified(network.value, decision)
    return show(said, lines, options.json, options.quiet)


def _impossible(options: argparse.Namespace) -> int:
    from checker.impossible import command

    return command.run(options)


def _verify_impossible(options: argparse.Namespace, claimed: Any) -> int:
    from checker.impossible import command

    return command.verify(options, claimed)


_OTHER_PREDICATES = {"tag:exact-relu,2026:impossibility/1": _verify_impossible}


@contextmanager
def _request(options: argparse.Namespace) -> Iterator[Any]:
    """What the options ask for, with the workers that they name, while these are there."""
    from checker.decision import Request
    from checker.engines.line import NotOnALineError
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
    from checker.errors import printable
    from checker.formats import content_sha256, read_network

    source = read_network(options.network)
    layers = [[*(q for row in layer.weights for q in row), *layer.bias] for layer in source.value.layers]
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
