"""What `certify` and `verify` say: a decision as text or as one JSON object, and its exit code (FORMAT.md, Verdict)."""

import json
from fractions import Fraction
from math import log2
from typing import Any

from checker.claim import ZERO_ERROR, Argmax, Claim, Within
from checker.console import CERTIFIED, REFUTED, UNDECIDED
from checker.decision import Decision
from checker.judge import Refuted
from checker.network import Network
from checker.rational import about, format_rational
from checker.theorem_form import first_neuron_that_departs, wrong_output

FINITE = "a finite number"
CODES = {"CERTIFIED": CERTIFIED, "REFUTED": REFUTED, "UNKNOWN": UNDECIDED}


def certified(statement: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """What a certificate says, as the content of a JSON object and as lines of text."""
    said, (network, dataset) = statement["predicate"], statement["subject"]
    points, margin, tightest = said["points"], said["smallestMargin"], said.get("tightest")
    summation, patterns = said.get("summation"), said["activationPatterns"]
    rows = f"{points['checked']} of {points['given']} rows"
    reading = "" if said["numbers"] == "decimal" else f", decimals read as {said['numbers']}"
    order = _order(summation) if summation else ""
    meaning = _meaning(said["claim"])
    lines = [
        f"CERTIFIED {said['claim']}: {meaning} at {rows}, in {said['mode']} arithmetic{order}{reading}",
        f"network   {network['name']}, widths {widths(said['network']['widths'])}",
        f"          sha256 {network['digest']['sha256']}",
        f"dataset   {dataset['name']}, {points['distinct']} distinct inputs, numbers read as {said['numbers']}",
        f"          sha256 {dataset['digest']['sha256']}",
    ]
    if patterns:
        lines.append(f"patterns  {patterns['distinct']} distinct activation patterns")
    if margin:
        where = f"row {margin['row']}, layer {margin['layer']}, neuron {margin['neuron']}"
        lines.append(f"margin    smallest |preactivation| {margin['value']}, at {where}")
    if tightest:
        lines.append(f"tightest  {tightest['value']} to spare at row {tightest['row']}, output {tightest['output']}")
    if summation:
        lines.append(f"sums      {_sums(summation)}")
    lines.append(f"engine    {said['engine']}")
    return {"verdict": "CERTIFIED", **said, "subject": statement["subject"]}, lines


def not_certified(network: Network, decision: Decision) -> tuple[dict[str, Any], list[str]]:
    """What a decision that certifies nothing says, as the content of a JSON object and as lines of text."""
    if len(decision.verdicts) > 1:
        return compared(network, decision)
    ((arithmetic, verdict),) = decision.verdicts.items()
    said = {"verdict": verdict, "claim": decision.request.claim.text, "mode": decision.request.mode}
    if verdict == "UNKNOWN":
        reason = f"cannot be evaluated in {arithmetic}: {_reason(decision)}"
        return {**said, "reason": reason}, [f"UNKNOWN {reason}"]
    failures = decision.coverage.failures if arithmetic == "real" else decision.coverage.floating_failures
    first = _counterexample(network, decision, failures[0], arithmetic == "real")
    said["counterexample"] = first
    lines = [f"REFUTED {_at(decision.request.claim, failures[0], arithmetic)}", *_more(first)]
    if decision.request.everything:
        others = [_counterexample(network, decision, failure, False) for failure in failures[1:]]
        said |= {"failingRows": len(failures), "counterexamples": [first, *others]}
        lines.append(f"failing     {len(failures)} of {decision.content.rows} rows")
        lines += [f"            {_at(decision.request.claim, failure, arithmetic)}" for failure in failures[1:]]
    return said, lines


def compared(network: Network, decision: Decision) -> tuple[dict[str, Any], list[str]]:
    """The verdicts in real and in floating-point arithmetic beside each other, and the rows where they differ."""
    verdicts, claim = decision.verdicts, decision.request.claim
    worst = next(word for word in ("REFUTED", "UNKNOWN", "CERTIFIED") if word in verdicts.values())
    form = next(name for name in verdicts if name != "real")
    by_row = [{f.row: f for f in found} for found in (decision.coverage.failures, decision.coverage.floating_failures)]
    evaluated = decision.coverage.evaluated
    rows = sorted(by_row[0].keys() ^ by_row[1].keys()) if evaluated else []
    counts = {"real": len(by_row[0]), form: len(by_row[1]) if evaluated else None}
    said = {"verdict": worst, "claim": claim.text, "mode": decision.request.mode, "verdicts": verdicts}
    said |= {"failingRows": counts, "rows": decision.content.rows, "differingRows": rows}
    lines = [f"{worst} {claim.text}: " + ", ".join(f"{name} {verdict}" for name, verdict in verdicts.items())]
    for name, count in counts.items():
        shown = f"cannot be evaluated: {_reason(decision)}" if count is None else f"fails at {count} rows"
        lines.append(f"{name:10}{shown} of {decision.content.rows}" if count is not None else f"{name:10}{shown}")
    if rows:
        failure = by_row[0].get(rows[0]) or by_row[1][rows[0]]
        where = "real" if rows[0] in by_row[0] else form
        said["counterexample"] = _counterexample(network, decision, failure, False) | {"arithmetic": where}
        lines.append(f"differ    at {len(rows)} rows; the first: {_at(claim, failure, where)}")
        lines += [f"          row {row} ({'real' if row in by_row[0] else form} fails)" for row in rows[1:]]
    elif evaluated:
        lines.append("differ    at no row")
    return said, lines


def add_signs(said: dict[str, Any], lines: list[str], signs: list[str] | None) -> None:
    """Adds the activation pattern of every row, or that they are not known, to the object and the lines."""
    said["signs"] = signs
    if signs is None:
        lines.append("signs     not known: the claim does not hold at every row in exact arithmetic")
    else:
        lines += [f"signs     row {row}: {pattern}" for row, pattern in enumerate(signs, 1)]


def widths(numbers: list[int] | tuple[int, ...]) -> str:
    """Widths as they are printed."""
    return "(" + ", ".join(map(str, numbers)) + ")"


def show(said: dict[str, Any], lines: list[str], as_json: bool, quiet: bool) -> int:
    """Prints one of the two, and gives the exit code."""
    if as_json:
        print(json.dumps(said))
    else:
        print("\n".join(lines[:1] if quiet else lines))
    return CODES[said["verdict"]]


def _counterexample(network: Network, decision: Decision, failure: Refuted, explained: bool) -> dict[str, Any]:
    shown = {
        "row": failure.row,
        "input": [format_rational(q) for q in failure.input],
        "output": failure.output,
        "expected": FINITE if failure.expected is None else format_rational(failure.expected),
        "obtained": f"not {FINITE}" if failure.obtained is None else format_rational(failure.obtained),
    }
    if failure.difference is not None:
        shown |= {"difference": format_rational(failure.difference), "differenceAbout": about(failure.difference)}
    if explained and decision.kept is not None and decision.request.claim == ZERO_ERROR:
        layer, neuron, reason = first_neuron_that_departs(network, decision.kept, failure.row)
    else:
        layer, neuron, reason = wrong_output(network, failure.output)
    return shown | {"firstNeuronThatDeparts": {"layer": layer, "neuron": neuron, "reason": reason}}


def _more(counterexample: dict[str, Any]) -> list[str]:
    departs = counterexample["firstNeuronThatDeparts"]
    lines = [f"input       ({', '.join(counterexample['input'])})"]
    if "difference" in counterexample:
        lines.append(f"difference  {counterexample['difference']} (about {counterexample['differenceAbout']})")
    return [*lines, f"departs     layer {departs['layer']}, neuron {departs['neuron']}: {departs['reason']}"]


def _at(claim: Claim, failure: Refuted, arithmetic: str) -> str:
    """The claim, where it fails, what was expected and what obtained."""
    obtained = "no finite number" if failure.obtained is None else format_rational(failure.obtained)
    where = "" if arithmetic == "real" else f" in {arithmetic}"
    place = f"{claim.text}{where}: row {failure.row}, output {failure.output}"
    return f"{place}: expected {_expected(claim, failure.expected)}, obtained {obtained}"


def _expected(claim: Claim, value: Fraction | None) -> str:
    if value is None:
        return FINITE
    if isinstance(claim, Within):
        return f"{format_rational(value)} within {format_rational(claim.error)}"
    if isinstance(claim, Argmax):
        return f"{'at most' if claim.ties else 'less than'} {format_rational(value)}, the label's output"
    return format_rational(value)


def _meaning(claim: str) -> str:
    if claim.startswith("within:"):
        return f"|f(x) - y| <= {claim.removeprefix('within:')}"
    if claim.startswith("argmax"):
        return f"the label's output is {'as large as' if claim.endswith(':ties') else 'larger than'} every other"
    return "f(x) = y exactly"


def _order(summation: dict[str, Any]) -> str:
    return ", in any order of summation" if summation["order"] == "any" else ", in the stated order of summation"


def _sums(summation: dict[str, Any]) -> str:
    if summation["order"] != "any":
        return f"{summation['order']}; not every order is exact: {summation['because']}"
    where = f"row {summation['row']}, layer {summation['layer']}, neuron {summation['neuron']}"
    largest = int(summation["largestSum"])
    size = f"2^{log2(largest):.2f}" if largest else "0"
    return f"the largest sum |w||h| + |b| is {size} units, at {where}: no operation rounds"


def _reason(decision: Decision) -> str:
    sums = decision.coverage.sums
    return "" if sums is None else sums.reason
