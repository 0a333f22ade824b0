"""python -m proofs instance (commands and exit codes: README.md)."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from checker.console import CERTIFIED, REFUTED, UNDECIDED, Parser, add_dataset_options, positive, run

PROGRAM = "python -m proofs"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    return _instance(_parser().parse_args(arguments))


def _parser() -> Parser:
    parser = Parser(prog=PROGRAM, description="State what the theorem says and have z3 refute its negation.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    instance = commands.add_parser("instance", help="zero-error equalities and sign conditions of one network and one dataset")
    instance.add_argument("network", metavar="NETWORK")
    instance.add_argument("dataset", metavar="DATASET")
    instance.add_argument("--solver", choices=("z3",), default="z3", help="who refutes (default: z3)")
    instance.add_argument("--timeout", type=positive, default=60, metavar="SECONDS", help="for each query (default: 60)")
    add_dataset_options(instance)
    instance.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _instance(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from checker.formats import read_pair
    from proofs.instance import Instance, outcomes

    sys.set_int_max_str_digits(0)  # z3 takes and gives numbers as decimal text
    instance = Instance.of(*(source.value for source in read_pair(options.network, options.dataset, options.numbers, options.outputs)))
    started = time.monotonic()
    statements: Counter[tuple[str, str]] = Counter()
    queries = 0
    stopped = None
    for outcome in tqdm(outcomes(instance, 1000 * options.timeout), total=instance.queries(), disable=None, leave=False):
        queries += 1
        statements[outcome.kind, outcome.result] += outcome.statements
        if outcome.result == "failed":
            stopped = outcome
            break
        stopped = stopped or (outcome if outcome.result == "unknown" else None)
    return _report(options, instance, statements, queries, stopped, time.monotonic() - started)


def _report(options: argparse.Namespace, instance: Any, statements: Counter, queries: int, stopped: Any, seconds: float) -> int:
    """Prints the verdict and what it rests on; `stopped` is the outcome that decided against it, or None."""
    import z3

    from proofs.instance import KINDS

    proved = {kind: statements[kind, "proved"] for kind in KINDS}
    verdict, code = ("CERTIFIED", CERTIFIED) if stopped is None else _ADVERSE[stopped.result]
    if options.json:
        content = {"verdict": verdict, "proved": proved, "queries": queries, "solver": f"z3 {z3.get_version_string()}"}
        content["cellsNotStated"] = instance.no_form or None
        print(json.dumps(content | ({"kind": stopped.kind, "reason": stopped.reason} if stopped else {})))
        return code
    if stopped is None:
        cells = f"{proved['cell']} knots" if instance.form else "knots not stated"
        print(f"{verdict} {proved['zero-error']} zero-error equalities, {proved['sign']} sign conditions, {cells}: z3 refuted every negation")
    else:
        print(f"{verdict} {stopped.kind}: {stopped.reason}")
    print(f"zero-error  {proved['zero-error']} equalities f(x) = y proved")
    print(f"sign        {proved['sign']} ReLU sign conditions proved")
    if instance.form:
        print(f"cell        {proved['cell']} preactivations proved to change sign exactly once in their cell, for all t, strictly between their points")
    else:
        print(f"cell        not stated: the network is not of the theorem's form ({instance.no_form})")
    print(f"solver      z3 {z3.get_version_string()}, {queries} of {instance.queries()} queries, {seconds:.2f} s")
    return code


_ADVERSE = {"failed": ("REFUTED", REFUTED), "unknown": ("UNKNOWN", UNDECIDED)}


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
