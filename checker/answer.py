"""What `certify` and `verify` say: a decision as text or as one JSON object, and its exit code (FORMAT.md, Verdict)."""

import json
from fractions import Fraction
from math import log2
from typing import Any

from checker.claim import ZERO_ERROR, Argmax, Claim, Within
from checker.console import CERTIFIED, REFUTED, UNDECIDED, read_as
from checker.dataset import Dataset
from checker.decision import Decision
from checker.engines import binary64
from checker.engines.stated_order import ORDER
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
    reading = read_as(said["numbers"])
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
    said: dict[str, Any] = {"verdict": verdict, "claim": decision.request.claim.text, "mode": decision.request.mode}
    if verdict == "UNKNOWN":
        reason = f"cannot be evaluated in {arithmetic}: {_reason(decision)}"
        return {**said, "reason": reason}, [f"UNKNOWN {reason}"]
    claim, failures = decision.request.claim, _failures(decision)[arithmetic]
    shown = _shown(network, decision, arithmetic, failures if decision.request.everything else failures[:1])
    said["counterexample"] = shown[0]
    order = f"{arithmetic}{_order(shown[0]['summation'])}" if "summation" in shown[0] else arithmetic
    lines = [f"REFUTED {_at(claim, failures[0], order)}", *_more(shown[0])]
    if decision.request.everything:
        said |= {"failingRows": len(failures), "counterexamples": shown}
        lines.append(f"failing     {len(failures)} of {decision.content.rows} rows")
        lines += [f"            {_at(claim, failure, arithmetic)}" for failure in failures[1:]]
        if decision.coverage.unfit:
            said |= {"notEvaluated": decision.coverage.unfit, "reason": _reason(decision)}
            lines.append(f"            {decision.coverage.unfit} rows cannot be evaluated: {_reason(decision)}")
    return said, lines


def compared(network: Network, decision: Decision) -> tuple[dict[str, Any], list[str]]:
    """The verdicts in real and in floating-point arithmetic beside each other, and the rows where they differ."""
    verdicts, claim, found = decision.verdicts, decision.request.claim, _failures(decision)
    worst = next(word for word in ("REFUTED", "UNKNOWN", "CERTIFIED") if word in verdicts.values())
    rows, unfit = decision.coverage.differing, decision.coverage.unfit
    said: dict[str, Any] = {"verdict": worst, "claim": claim.text, "mode": decision.request.mode, "verdicts": verdicts}
    said |= {"failingRows": {name: len(failures) for name, failures in found.items()}, "rows": decision.content.rows}
    said |= {"notEvaluated": unfit, "differingRows": rows} | ({"reason": _reason(decision)} if unfit else {})
    lines = [f"{worst} {claim.text}: " + ", ".join(f"{name} {verdict}" for name, verdict in verdicts.items())]
    lines += [f"{name:10}fails at {len(failures)} of {decision.content.rows} rows" for name, failures in found.items()]
    if unfit:
        lines[-1] += f"; {unfit} cannot be evaluated: {_reason(decision)}"
    by_row = {f.row: (name, f) for name, failures in found.items() for f in failures}
    for number, row in enumerate(rows):
        name, failure = by_row[row]
        if number == 0:
            said["counterexample"] = _shown(network, decision, name, [failure])[0] | {"arithmetic": name}
            lines.append(f"differ    at {len(rows)} rows; the first: {_at(claim, failure, name)}")
        else:
            lines.append(f"          row {row} ({name} fails)")
    if not rows:
        lines.append(f"differ    at no row{' that can be evaluated' if unfit else ''}")
    if decision.request.everything:
        said["counterexamples"] = {name: _shown(network, decision, name, found[name]) for name in found}
        lines += [f"fails     {_at(claim, failure, name)}" for name in found for failure in found[name]]
    return said, lines


def add_signs(said: dict[str, Any], lines: list[str], signs: list[str] | None) -> None:
    """Adds the activation pattern of every row, or that they are not known, to the object and the lines."""
    said["signs"] = signs
    if signs is None:
        lines.append("signs     not known: the claim was not certified in exact arithmetic")
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


def _failures(decision: Decision) -> dict[str, list[Refuted]]:
    """By arithmetic, of those asked for: the rows at which the claim fails."""
    coverage = decision.coverage
    return {name: coverage.failures if name == "real" else coverage.floating_failures for name in decision.verdicts}


def _shown(network: Network, decision: Decision, arithmetic: str, failures: list[Refuted]) -> list[dict[str, Any]]:
    """The failures as JSON objects; in floating point with the order in which the row's sums were added up."""
    explained = arithmetic == "real" and len(decision.verdicts) == 1
    shown = [_counterexample(network, decision, f, explained and k == 0) for k, f in enumerate(failures)]
    if arithmetic != "real":
        sums = binary64.prepared(network, arithmetic)
        for counterexample, failure in zip(shown, failures, strict=True):
            row = sums(Dataset((failure.input,), (failure.input,)))
            counterexample["summation"] = {"order": ORDER if row.obstacle else "any"}
    return shown


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
