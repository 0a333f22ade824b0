"""python -m checker certify | verify | inspect | doctor (commands and exit codes: README.md; formats: FORMAT.md)."""

import argparse
import json
import platform
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import log2
from typing import Any

from checker import __version__
from checker.console import CERTIFIED, REFUTED, UNDECIDED, Parser, Undecided, add_dataset_options, positive, run

PROGRAM = "python -m checker"
CLUSTER_WORKERS = 16
"""So many pieces, twice over, wait at a cluster."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    command = {"certify": _certify, "verify": _verify, "inspect": _inspect, "doctor": _doctor}[options.command]
    try:
        return command(options)
    except Undecided as error:
        return _unknown(options, str(error))


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
        "--claim", choices=("zero-error",), default="zero-error", help="what is claimed (default: zero-error, f(x) = y)"
    )
    certify.add_argument(
        "--mode",
        choices=("real", "float64", "float32"),
        default="real",
        help="arithmetic of the claim (default: real, exact); a float mode needs sums that are exact in any order",
    )
    _add_engine_options(certify)
    add_dataset_options(certify)
    certify.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")
    _add_output_options(certify)
    verify = commands.add_parser("verify", help="decide anew what a certificate claims, trusting nothing in it")
    for name in ("certificate", "network", "dataset"):
        verify.add_argument(name, metavar=name.upper())
    _add_engine_options(verify)
    _add_output_options(verify)
    inspect = commands.add_parser("inspect", help="widths, parameters and bit lengths of a network")
    inspect.add_argument("network", metavar="NETWORK")
    inspect.add_argument("--json", action="store_true", help="print one JSON object")
    commands.add_parser("doctor", help="versions, and which optional parts are present")
    return parser


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


def _add_output_options(parser: argparse.ArgumentParser) -> None:
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("-q", dest="quiet", action="store_true", help="print the first line only")


def _certify(options: argparse.Namespace) -> int:
    from checker.certificate import certificate, certificate_text
    from checker.decision import decide
    from checker.files import write_text
    from checker.formats import read_network

    network = read_network(options.network)
    with _request(options) as request:
        decision = decide(network, options.dataset, request)
    if not decision.certifies:
        return _not_certified(options, network, decision)
    statement = certificate(network, decision)
    if options.certificate is not None:
        write_text(options.certificate, certificate_text(statement), (options.network, options.dataset))
    return _certified(options, statement)


def _verify(options: argparse.Namespace) -> int:
    from checker.certificate import verify

    with _request(options) as request:
        network, decision, statement = verify(options.certificate, options.network, options.dataset, request)
    return _certified(options, statement) if statement else _not_certified(options, network, decision)


@contextmanager
def _request(options: argparse.Namespace) -> Iterator[Any]:
    """What the options ask for, with the workers that they name, while these are there."""
    from checker.decision import Request
    from checker.engines.line import NotOnALineError
    from checker.errors import InputError
    from checker.pieces import executor

    asked = {key: vars(options)[key] for key in ("mode", "engine", "numbers", "outputs") if key in options}
    try:
        with executor(options.jobs, options.cluster) as workers:
            yield Request(**asked, executor=workers, workers=options.jobs or CLUSTER_WORKERS)
    except NotOnALineError as error:
        raise InputError("--engine", options.engine, str(error)) from None


def _certified(options: argparse.Namespace, statement: dict[str, Any]) -> int:
    said, (network, dataset) = statement["predicate"], statement["subject"]
    if options.json:
        print(json.dumps({"verdict": "CERTIFIED", **said, "subject": statement["subject"]}))
        return CERTIFIED
    points, margin = said["points"], said["smallestMargin"]
    rows = f"{points['checked']} of {points['given']} rows"
    reading = "" if said["numbers"] == "decimal" else f", decimals read as {said['numbers']}"
    order = ", in any order of summation" if "summation" in said else ""
    print(f"CERTIFIED {said['claim']}: f(x) = y exactly at {rows}, in {said['mode']} arithmetic{order}{reading}")
    if not options.quiet:
        print(f"network   {network['name']}, widths {_widths(said['network']['widths'])}")
        print(f"          sha256 {network['digest']['sha256']}")
        print(f"dataset   {dataset['name']}, {points['distinct']} distinct inputs, numbers read as {said['numbers']}")
        print(f"          sha256 {dataset['digest']['sha256']}")
        print(f"patterns  {said['activationPatterns']['distinct']} distinct activation patterns")
        if margin:
            where = f"row {margin['row']}, layer {margin['layer']}, neuron {margin['neuron']}"
            print(f"margin    smallest |preactivation| {margin['value']}, at {where}")
        if "summation" in said:
            print(f"sums      {_sums(said['summation'])}")
        print(f"engine    {said['engine']}")
    return CERTIFIED


def _not_certified(options: argparse.Namespace, network: Any, decision: Any) -> int:
    sums = decision.coverage.sums
    if sums is None or not sums.obstacle:
        return _refuted(options, network, decision)
    more = f"sums      the largest sum |w||h| + |b| is {sums}" if sums.layer else ""
    return _unknown(options, f"not exact in every order of summation: {sums.reason}", more)


def _unknown(options: argparse.Namespace, reason: str, more: str = "") -> int:
    if options.json:
        print(json.dumps({"verdict": "UNKNOWN", "reason": reason}))
        return UNDECIDED
    print(f"UNKNOWN {reason}")
    if more and not options.quiet:
        print(more)
    return UNDECIDED


def _refuted(options: argparse.Namespace, network: Any, decision: Any) -> int:
    from checker.certificate import CLAIM
    from checker.rational import about, format_rational
    from checker.theorem_form import first_neuron_that_departs, wrong_output

    mode, verdict = decision.request.mode, decision.coverage.refuted
    if decision.kept is None:
        layer, neuron, reason = wrong_output(network.value, verdict.output)
    else:
        layer, neuron, reason = first_neuron_that_departs(network.value, decision.kept, verdict.row)
    expected, obtained, difference = (
        format_rational(q) for q in (verdict.expected, verdict.obtained, verdict.difference)
    )
    point = [format_rational(q) for q in verdict.input]
    if options.json:
        counterexample = {
            "row": verdict.row,
            "input": point,
            "output": verdict.output,
            "expected": expected,
            "obtained": obtained,
            "difference": difference,
            "differenceAbout": about(verdict.difference),
            "firstNeuronThatDeparts": {"layer": layer, "neuron": neuron, "reason": reason},
        }
        print(json.dumps({"verdict": "REFUTED", "claim": CLAIM, "mode": mode, "counterexample": counterexample}))
        return REFUTED
    print(f"REFUTED {CLAIM}: row {verdict.row}, output {verdict.output}: expected {expected}, obtained {obtained}")
    if not options.quiet:
        print(f"input       ({', '.join(point)})")
        print(f"difference  {difference} (about {about(verdict.difference)})")
        print(f"departs     layer {layer}, neuron {neuron}: {reason}")
    return REFUTED


def _inspect(options: argparse.Namespace) -> int:
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
    print(f"{printable(source.path)}: widths {_widths(source.value.widths)}, {size}")
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
    "numpy": "tests",
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


def _sums(summation: dict[str, Any]) -> str:
    where = f"row {summation['row']}, layer {summation['layer']}, neuron {summation['neuron']}"
    largest = int(summation["largestSum"])
    size = f"2^{log2(largest):.2f}" if largest else "0"
    return f"the largest sum |w||h| + |b| is {size} units, at {where}: no operation rounds"


def _widths(widths: Sequence[int]) -> str:
    return "(" + ", ".join(map(str, widths)) + ")"


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
