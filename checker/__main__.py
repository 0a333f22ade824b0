"""python -m checker certify, verify, inspect, export, doctor (commands, exit codes: README.md; formats: FORMAT.md)."""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from typing import Any

from checker import __version__
from checker.console import CERTIFIED, REFUTED, Parser, add_dataset_options, run

PROGRAM = "python -m checker"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    commands = {"certify": _certify, "verify": _verify, "inspect": _inspect, "export": _export, "doctor": _doctor}
    return commands[options.command](options)


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
        "--mode", choices=("real",), default="real", help="arithmetic of the claim (default: real, exact)"
    )
    certify.add_argument("--engine", choices=("auto", "judge"), default="auto", help="who evaluates (default: auto)")
    add_dataset_options(certify)
    certify.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")
    _add_output_options(certify)
    verify = commands.add_parser("verify", help="decide anew what a certificate claims, trusting nothing in it")
    for name in ("certificate", "network", "dataset"):
        verify.add_argument(name, metavar=name.upper())
    _add_output_options(verify)
    inspect = commands.add_parser("inspect", help="widths, parameters and bit lengths of a network")
    inspect.add_argument("network", metavar="NETWORK")
    inspect.add_argument("--json", action="store_true", help="print one JSON object")
    _add_export(commands.add_parser("export", help="write a network, or a claim about it, in another format"))
    commands.add_parser("doctor", help="versions, and which optional parts are present")
    return parser


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
    from checker.certificate import certificate, certificate_text
    from checker.files import write_text
    from checker.formats import read_pair
    from checker.judge import Refuted, zero_error

    network, dataset = read_pair(options.network, options.dataset, options.numbers, options.outputs)
    verdict = zero_error(network.value, dataset.value)
    if isinstance(verdict, Refuted):
        return _refuted(options, network, dataset, verdict)
    statement = certificate(network, dataset, verdict, options.numbers)
    if options.certificate is not None:
        write_text(options.certificate, certificate_text(statement), (options.network, options.dataset))
    return _certified(options, statement)


def _verify(options: argparse.Namespace) -> int:
    from checker.certificate import verify
    from checker.judge import Refuted

    network, dataset, verdict, statement = verify(options.certificate, options.network, options.dataset)
    if isinstance(verdict, Refuted):
        return _refuted(options, network, dataset, verdict)
    return _certified(options, statement)


def _certified(options: argparse.Namespace, statement: dict[str, Any]) -> int:
    said, (network, dataset) = statement["predicate"], statement["subject"]
    if options.json:
        print(json.dumps({"verdict": "CERTIFIED", **said, "subject": statement["subject"]}))
        return CERTIFIED
    points, margin = said["points"], said["smallestMargin"]
    rows = f"{points['checked']} of {points['given']} rows"
    reading = "" if said["numbers"] == "decimal" else f", decimals read as {said['numbers']}"
    print(f"CERTIFIED {said['claim']}: f(x) = y exactly at {rows}, in {said['mode']} arithmetic{reading}")
    if not options.quiet:
        print(f"network   {network['name']}, widths {_widths(said['network']['widths'])}")
        print(f"          sha256 {network['digest']['sha256']}")
        print(f"dataset   {dataset['name']}, {points['distinct']} distinct inputs, numbers read as {said['numbers']}")
        print(f"          sha256 {dataset['digest']['sha256']}")
        print(f"patterns  {said['activationPatterns']['distinct']} distinct activation patterns")
        if margin:
            where = f"row {margin['row']}, layer {margin['layer']}, neuron {margin['neuron']}"
            print(f"margin    smallest |preactivation| {margin['value']}, at {where}")
    return CERTIFIED


def _refuted(options: argparse.Namespace, network: Any, dataset: Any, verdict: Any) -> int:
    from checker.certificate import CLAIM, MODE
    from checker.rational import about, format_rational
    from checker.theorem_form import first_neuron_that_departs

    layer, neuron, reason = first_neuron_that_departs(network.value, dataset.value, verdict.row)
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
        print(json.dumps({"verdict": "REFUTED", "claim": CLAIM, "mode": MODE, "counterexample": counterexample}))
        return REFUTED
    print(f"REFUTED {CLAIM}: row {verdict.row}, output {verdict.output}: expected {expected}, obtained {obtained}")
    if not options.quiet:
        print(f"input       ({', '.join(point)})")
        print(f"difference  {difference} (about {about(verdict.difference)})")
        print(f"departs     layer {layer}, neuron {neuron}: {reason}")
    return REFUTED


def _export(options: argparse.Namespace) -> int:
    from checker.formats.export import export

    return export(options)


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
        content |= {"longestBits": longest, "numbers": kind, "sha256": source.sha256}
        print(json.dumps(content | {"contentSha256": content_sha256(source.value)}))
        return 0
    shown = f"{len(numbers)} parameters, {sum(bits)} bits in all"
    print(f"{printable(source.path)}: widths {_widths(source.value.widths)}, {shown}")
    print(f"numbers      {kind}; the longest numerator or denominator has {longest} bits")
    print(f"bits         {', '.join(f'layer {k}: {n}' for k, n in enumerate(bits, 1))} (numerators and denominators)")
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


def _widths(widths: Sequence[int]) -> str:
    return "(" + ", ".join(map(str, widths)) + ")"


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
