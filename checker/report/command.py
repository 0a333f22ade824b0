"""python -m checker report: decide a claim, or a certificate anew, and write what was found as one page."""

import argparse
import hashlib
from dataclasses import replace
from typing import Any

from checker.console import add_dataset_options
from checker.errors import InputError, printable

DEFAULTS = {"mode": "real", "numbers": "decimal"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and options, save those that say who decides and what is printed."""
    parser.add_argument("certificate", metavar="CERTIFICATE", nargs="?", help="a certificate, to be verified")
    parser.add_argument("network", metavar="NETWORK")
    parser.add_argument("dataset", metavar="DATASET")
    parser.add_argument("--mode", choices=("real", "float64", "float32", "both", "both-float32"), help="as certify")
    parser.add_argument("--all", dest="everything", action="store_true", help="show all rows at which it fails")
    add_dataset_options(parser)
    parser.set_defaults(numbers=None)
    parser.add_argument("-o", dest="page", metavar="FILE.html", required=True, help="write the page to this file")


def report(options: argparse.Namespace, asked: Any) -> int:
    """Writes the page and answers as certify and verify do; asked is the Request of the options.

    A certificate says itself what is claimed: options that say otherwise are refused.
    Fails: InputError.
    """
    from checker.answer import show
    from checker.files import write_bytes
    from checker.report.page import page

    if not options.page.endswith((".html", ".htm")):
        raise InputError(options.page, "", "a page's name ends in .html")
    found = _decided(options, asked) if options.certificate is None else _verified(options, asked)
    files = (options.certificate, options.network, options.dataset)
    write_bytes(options.page, page(found), tuple(path for path in files if path is not None))
    lines = [*found.lines, f"report    {printable(options.page)}"]
    return show(dict(found.said) | {"report": options.page}, lines, options.json, options.quiet)


def _decided(options: argparse.Namespace, request: Any) -> Any:
    """The Report of a claim at the rows of a dataset."""
    from checker.answer import certified, compared, not_certified
    from checker.certificate import certificate
    from checker.claim import ZERO_ERROR
    from checker.decision import decide
    from checker.formats import read_network
    from checker.report.page import Report

    absent = {name: value for name, value in DEFAULTS.items() if getattr(request, name) is None}
    request = replace(request, **absent, claim=request.claim or ZERO_ERROR)
    network = read_network(options.network)
    decision = decide(network, options.dataset, request)
    if request.mode.startswith("both"):
        said, lines = compared(network.value, decision)
    elif decision.certifies:
        said, lines = certified(certificate(network, decision))
    else:
        said, lines = not_certified(network.value, decision)
    return Report(network, decision, said, lines)


def _verified(options: argparse.Namespace, request: Any) -> Any:
    """The Report of a certificate."""
    from checker.answer import certified, not_certified
    from checker.certificate import verify
    from checker.files import read_bytes
    from checker.report.page import Report

    files = options.certificate, options.network, options.dataset
    network, decision, statement = verify(*files, request, request.claim)
    for name in ("mode", "numbers", "outputs"):
        wanted, its = getattr(request, name), getattr(decision.request, name)
        if wanted not in (None, its):
            raise InputError(options.certificate, f"predicate.{name}", f"is {its}, expected {wanted}")
    said, lines = certified(statement) if statement else not_certified(network.value, decision)
    sha256 = hashlib.sha256(read_bytes(options.certificate)).hexdigest()
    return Report(network, decision, said, lines, (options.certificate, sha256))
