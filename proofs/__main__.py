"""python -m proofs list | prove | instance | regions | edge-cases | honesty | mutate | readme | document |
graph (README.md)."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence

from checker.console import INTERRUPTED, Parser, add_dataset_options, positive, run
from proofs.regions import command as regions

PROGRAM = "python -m proofs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _parser().parse_args(arguments)
    if options.command == "instance":
        from proofs.instance import report

        return report.run(options)
    if options.command == "regions":
        return regions.run(options)
    if options.command == "edge-cases":
        from proofs.edge_cases import command

        return command.run(options)
    from proofs.audit import commands

    return commands.COMMANDS[options.command](options)


def _parser() -> Parser:
    parser = Parser(prog=PROGRAM, description="State what the theorem says and have a solver refute its negation.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="ID and statement of every theorem, for all widths and data")
    listing.add_argument("--json", action="store_true", help="print one JSON object")
    _add_prove(commands.add_parser("prove", help="prove the statements, or these and what they rest on"))
    _add_instance(commands.add_parser("instance", help="the statements about one network and one dataset"))
    regions.add_arguments(commands.add_parser("regions", help="count the linear regions of a network, by z3"))
    from proofs.edge_cases import command as edge_cases

    edge_cases.add_arguments(commands.add_parser("edge-cases", help="the named edge cases of the theorem, decided"))
    honesty = commands.add_parser("honesty", help="models, ablations and negated goals of every query")
    honesty.add_argument("ids", nargs="*", metavar="ID", help="show these with their models")
    mutate = commands.add_parser("mutate", help="mutate the statements; every mutant must fail or be explained")
    mutate.add_argument("--every", type=positive, default=1, metavar="N", help="each N-th mutant (default: 1)")
    commands.add_parser("readme", help="print the generated index")
    document = commands.add_parser("document", help="print one proof from end to end, its lemmas numbered")
    document.add_argument("id", metavar="ID", help="the statement, as `list` names it")
    commands.add_parser("graph", help="print the picture of which statement uses which, as SVG")
    return parser


def _add_prove(prove: argparse.ArgumentParser) -> None:
    prove.add_argument("ids", nargs="*", metavar="ID", help="file or statement (default: all)")
    prove.add_argument("--solver", choices=("z3", "cvc5", "both"), default="z3", help="who refutes (default: z3)")
    prove.add_argument("--timeout", type=positive, default=10, metavar="SECONDS", help="for each query (default: 10)")
    prove.add_argument("--proofs", metavar="DIR", help="write cvc5's proof object of every query to this folder")
    prove.add_argument("--json", action="store_true", help="print one JSON object")


def _add_instance(instance: argparse.ArgumentParser) -> None:
    instance.add_argument("network", metavar="NETWORK")
    instance.add_argument("dataset", metavar="DATASET")
    instance.add_argument("--solver", choices=("z3",), default="z3", help="who refutes (default: z3)")
    instance.add_argument(
        "--timeout", type=positive, default=60, metavar="SECONDS", help="for each query (default: 60)"
    )
    add_dataset_options(instance)
    instance.add_argument("--json", action="store_true", help="print one JSON object")


def _interrupted(*_: object) -> None:
    """Ends the process at once: an exception would be lost in, or broken by, the bindings of z3 and cvc5."""
    os.write(sys.stderr.fileno(), f"{PROGRAM}: interrupted\n".encode())
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _interrupted)
    run(lambda: main(sys.argv[1:]), PROGRAM)
