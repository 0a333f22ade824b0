"""`proofs regions`: the counts of `checker regions` for any number of inputs, by z3."""

import argparse
import json
import re
import sys
from fractions import Fraction

from checker.console import CERTIFIED, UNDECIDED, positive

LAYERS = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `proofs regions`."""
    parser._negative_number_matcher = re.compile("-[0-9]")  # so that --box -1,1 is read: argparse has no other way
    parser.add_argument("network", metavar="NETWORK")
    parser.add_argument(
        "--box", type=_box, metavar="LO,HI", help="LO <= x <= HI for every input (default: the whole space)"
    )
    parser.add_argument("--cap", type=positive, default=100_000, metavar="N", help="give up above N activation regions")
    parser.add_argument("--timeout", type=positive, default=60, metavar="SECONDS", help="for each query (default: 60)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _box(text: str) -> tuple[Fraction, Fraction]:
    from checker.rational import NumberError, parse_dataset_number

    try:
        low, high = (parse_dataset_number(part, "decimal") for part in text.split(","))
    except (NumberError, ValueError):
        raise argparse.ArgumentTypeError(f"{text!a} is not of the form LO,HI") from None
    if low >= high:
        raise argparse.ArgumentTypeError(f"{text!a}: LO is not less than HI")
    return low, high


def run(options: argparse.Namespace) -> int:
    """Prints CERTIFIED and both counts, or UNKNOWN, and returns the exit code."""
    from tqdm import tqdm

    from checker.errors import InputError
    from checker.formats import read_network
    from proofs.regions.search import Search, UnknownError, count

    sys.set_int_max_str_digits(0)  # z3 takes and gives numbers as decimal text
    source = read_network(options.network)
    unknown = [layer.activation for layer in source.value.layers if layer.activation not in ("relu", "identity")]
    if unknown:
        raise InputError(source.path, "", f"activation {unknown[0]}: only ReLU networks have linear regions")
    if len(source.value.layers) > LAYERS:
        raise InputError(source.path, "", f"{len(source.value.layers)} layers: the search goes down {LAYERS}")
    try:
        with tqdm(unit=" regions", disable=None, leave=False) as bar:
            search = Search(source.value, options.box, options.timeout)
            linear, activation = count(search, options.cap, bar.update)
    except UnknownError as error:
        print(json.dumps({"verdict": "UNKNOWN", "reason": str(error)}) if options.json else f"UNKNOWN {error}")
        return UNDECIDED
    if options.json:
        print(json.dumps({"verdict": "CERTIFIED", "linear_regions": linear, "activation_regions": activation}))
    else:
        print(f"CERTIFIED {linear} linear regions, {activation} activation regions, by z3")
    return CERTIFIED
