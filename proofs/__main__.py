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
    instance = commands.add_parser(
        "instance", help="zero-error equalities and sign conditions of one network and one dataset"
    )
    instance.add_argument("network", metavar="NETWORK")
    instance.add_argument("dataset", metavar="DATASET")
    instance.add_argument("--solver", choices=("z3",), default="z3", help="who refutes (default: z3)")
    instance.add_argument(
        "--timeout", type=positive, default=60, metavar="SECONDS", help="for each query (default: 60)"
    )
    add_dataset_options(instance)
    instance.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _instance(options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from checker.formats import read_pair
    from proofs.instance import Instance, outcomes

    sys.set_int_max_str_digits(0)  # z3 takes and gives numbers as decimal text
    network, dataset = read_pair(options.network, options.dataset, options.numbers, options.outputs)
    instance = Instance.of(network.value, dataset.value)
    started, seen = time.monotonic(), []
    for outcome in tqdm(
        outcomes(instance, 1000 * options.timeout), total=instance.queries(), disable=None, leave=False
    ):
        seen.append(outcome)
        if outcome.result == "failed":
            break
    return _report(options, instance, seen, time.monotonic() - started)


def _report(options: argparse.Namespace, instance: Any, seen: Sequence[Any], seconds: float) -> int:
    """Prints the verdict and what it rests on: REFUTED before UNKNOWN before CERTIFIED."""
    import z3

    proved: Counter[str] = Counter()
    for outcome in seen:
        proved[outcome.kind] += outcome.statements if outcome.result == "proved" else 0
    against = sorted((o for o in seen if o.result != "proved"), key=lambda o: o.result)[:1]
    solver = f"z3 {z3.get_version_string()}"
    if against:
        verdict, code = {"failed": ("REFUTED", REFUTED), "unknown": ("UNKNOWN", UNDECIDED)}[against[0].result]
        first = f"{against[0].kind}: {against[0].reason}"
    elif proved == Counter(instance.statements()):
        verdict, code = "CERTIFIED", CERTIFIED
        cells = f"{proved['cell']} knots" if instance.form else "knots not stated"
        first = f"{proved['zero-error']} zero-error equalities, {proved['sign']} sign conditions, {cells}: all by z3"
    else:
        verdict, code, first = "UNKNOWN", UNDECIDED, "not every statement was put to the solver"
    if options.json:
        content = {"verdict": verdict, "proved": dict(proved), "stated": instance.statements(), "queries": len(seen)}
        content |= {"solver": solver, "cellsNotStated": instance.no_form or None}
        print(json.dumps(content | ({"kind": against[0].kind, "reason": against[0].reason} if against else {})))
        return code
    print(f"{verdict} {first}")
    for kind, meaning in _MEANINGS.items():
        print(f"{kind:10}  {proved[kind]} of {instance.statements()[kind]}: {meaning}")
    if not instance.form:
        print(f"no cells    the network is not of the theorem's form: {instance.no_form}")
    print(f"solver      {solver}, {len(seen)} of {instance.queries()} queries, {seconds:.2f} s")
    return code


_MEANINGS = {
    "zero-error": "f(x) = y",
    "sign": "a ReLU's preactivation has the sign that the activation pattern claims",
    "cell": "for all t between two breakpoints, exactly one sign change, strictly between two points",
}


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), PROGRAM)
