"""`checker regions`: counts the regions of a network, draws them, and writes a certificate of the two counts."""

import argparse
import re
from typing import Any

from checker.console import positive

CELLS = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `checker regions`."""
    parser._negative_number_matcher = re.compile("-[0-9]")  # so that --box -1,1 is read: argparse has no other way
    parser.add_argument("network", metavar="NETWORK")
    parser.add_argument(
        "--box", type=_box, metavar="LO,HI", help="LO <= x <= HI for every input (default: the whole space)"
    )
    parser.add_argument(
        "--cap", type=positive, default=CELLS, metavar="CELLS", help=f"give up above so many cells (default: {CELLS})"
    )
    parser.add_argument("--timeout", type=positive, metavar="SECONDS", help="give up after so long (default: never)")
    parser.add_argument("--svg", metavar="FILE", help="draw the regions of a network of two inputs")
    parser.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("-q", dest="quiet", action="store_true", help="print the first line only")


def _box(text: str) -> Any:
    from checker.regions.certificate import BoxError, parse_box

    try:
        return parse_box(text.split(","))
    except BoxError as error:
        raise argparse.ArgumentTypeError(f"{text!a}: {error}") from None


def run(options: argparse.Namespace) -> int:
    """`checker regions`: CERTIFIED with the two counts, or UNKNOWN."""
    from checker.certificate import certificate_text
    from checker.errors import InputError
    from checker.files import write_text
    from checker.formats import read_network
    from checker.regions.certificate import certificate, counted
    from checker.regions.drawing import svg

    source = read_network(options.network)
    if options.svg is not None and options.svg == options.certificate:
        raise InputError("--svg", options.svg, "is the file of -o, too")
    if options.svg is not None and source.value.widths[0] != 2:
        raise InputError("--svg", options.svg, f"regions of two inputs can be drawn, not of {source.value.widths[0]}")
    found = counted(source, options.box, options.cap, options.timeout)
    statement = certificate(source, options.box, found)
    if options.svg is not None:
        write_text(options.svg, svg(source.value, found, options.box), (options.network,))
    if options.certificate is not None:
        write_text(options.certificate, certificate_text(statement), (options.network,))
    return _show(statement, options)


def verify(options: argparse.Namespace) -> int:
    """`checker verify` of a certificate of regions: counts anew."""
    from checker.regions.certificate import verified

    return _show(verified(options.certificate, options.network, CELLS), options)


def _show(statement: dict[str, Any], options: argparse.Namespace) -> int:
    from checker.answer import show, widths

    said, (network,) = statement["predicate"], statement["subject"]
    inputs = said["network"]["widths"][0]
    everywhere = {1: "on the whole line", 2: "in the whole plane"}[inputs]
    where = f"in [{', '.join(said['box'])}]^{inputs}" if said["box"] else everywhere
    lines = [
        f"CERTIFIED {said['linearRegions']} linear regions, {said['activationRegions']} activation regions, {where}",
        f"network   {network['name']}, widths {widths(said['network']['widths'])}",
        f"          sha256 {network['digest']['sha256']}",
    ]
    counts = {"linear_regions": said["linearRegions"], "activation_regions": said["activationRegions"]}
    content = {"verdict": "CERTIFIED", **counts, "box": said["box"], "network": said["network"]}
    content |= {"checker": said["checker"], "subject": statement["subject"]}
    return show(content, lines, options.json, options.quiet)
