"""The verdict on an instance, and what it rests on."""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from checker.console import CERTIFIED, REFUTED, UNDECIDED, read_as


def run(options: argparse.Namespace) -> int:
    """`proofs instance`: puts every statement to z3, prints the verdict and returns its exit code."""
    from tqdm import tqdm

    from checker.formats import read_pair
    from proofs.instance.statements import Instance, outcomes

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
        content |= {"numbers": options.numbers, "solver": solver, "cellsNotStated": instance.no_form or None}
        print(json.dumps(content | ({"kind": against[0].kind, "reason": against[0].reason} if against else {})))
        return code
    print(f"{verdict} {first}{read_as(options.numbers)}")
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
