"""The page: verdict, what was decided of which files, counterexamples, drawings, and how to decide it again."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker import __version__
from checker.decision import Decision
from checker.formats import Source, content_sha256
from checker.network import Network
from checker.report.drawings import drawings
from checker.report.markup import SHOWN, Markup, shortened, tag
from checker.report.style import STYLE

COUNTEREXAMPLES = 500
"""A page shows so many; `certify --all --json` has all."""
FIELDS = 8
"""An input of more numbers than this is shown by its first."""


@dataclass(frozen=True)
class Report:
    """What a page is about: said and lines are what `certify` or `verify` says of the decision.

    certificate: path and SHA-256 of the certificate that was verified, if any.
    """

    network: Source[Network]
    decision: Decision
    said: Mapping[str, Any]
    lines: Sequence[str]
    certificate: tuple[str, str] | None = None


HELD = {
    "CERTIFIED": "every field recomputed, and equal",
    "REFUTED": "IT DOES NOT HOLD",
    "UNKNOWN": "not verified: the claim could not be decided anew",
}
"""What was found of a certificate."""


def page(report: Report) -> bytes:
    """The page in ASCII: the same for the same report."""
    verdict = report.said["verdict"]
    title = f"{verdict} {report.decision.request.claim.text}: {_name(report.network.path)}"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", shortened(title)),
        tag("style", Markup(STYLE)),
    )
    heading, _, rest = report.lines[0].partition(": ")
    body = (
        tag("h1", shortened(heading), class_=verdict.lower()),
        tag("p", shortened(rest, 3 * SHOWN)),
        tag("main", _decided(report), _counterexamples(report.said), drawings(report.network.value, report.decision)),
        _again(report),
    )
    html = tag("html", tag("head", head), tag("body", body), lang="en")
    return f"<!DOCTYPE html>\n{html}\n".encode("ascii", "xmlcharrefreplace")


def _decided(report: Report) -> Markup:
    facts = [
        (tag("dt", name), tag("dd", shortened(value), class_="number" if value.startswith("sha256 ") else "fact"))
        for name, value in _facts(report)
    ]
    return tag("section", tag("h2", "What was decided"), tag("dl", facts))


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    decision, network, said = report.decision, report.network, report.said
    yield "claim", decision.request.claim.text
    yield "arithmetic", f"{decision.request.mode}; decimals of the dataset read as {decision.request.numbers}"
    if "verdicts" in said:
        yield "verdicts", ", ".join(f"{name}: {verdict}" for name, verdict in said["verdicts"].items())
    points = f"{decision.content.rows} given, {decision.content.distinct} distinct inputs"
    evaluated = decision.coverage.rows - (decision.coverage.unfit if len(decision.verdicts) == 1 else 0)
    yield "rows", f"{points}, {evaluated} evaluated"
    if "failingRows" in said:
        yield "failing rows", _count(said["failingRows"])
    if "differingRows" in said:
        yield "rows that differ", str(len(said["differingRows"]))
    yield "network", f"{_name(network.path)}, widths {', '.join(map(str, network.value.widths))}"
    yield "its bytes", f"sha256 {network.sha256}"
    yield "its content", f"sha256 {content_sha256(network.value)}"
    yield "dataset", f"{_name(decision.dataset_path)}, {decision.columns} output column{'s' * (decision.columns > 1)}"
    yield "its bytes", f"sha256 {decision.dataset_sha256}"
    yield "its content", f"sha256 {decision.content.sha256()}"
    if report.certificate is not None:
        yield "certificate", f"{_name(report.certificate[0])}: {HELD[said['verdict']]}"
        yield "its bytes", f"sha256 {report.certificate[1]}"
    for line in report.lines:
        name, _, rest = line.partition(" ")
        if name in ("patterns", "margin", "tightest", "sums"):
            yield name, rest.strip()
    yield "decided by", f"engine {decision.engine}, checker {__version__}"


def _count(failing: Any) -> str:
    if isinstance(failing, dict):
        return ", ".join(f"{name}: {'not evaluated' if n is None else n}" for name, n in failing.items())
    return str(failing)


def _counterexamples(said: Mapping[str, Any]) -> Markup:
    first = [said["counterexample"]] if "counterexample" in said else []
    found = said.get("counterexamples", first)
    if not found:
        return Markup()
    more = "" if "counterexamples" in said else " The first; option --all finds all."
    if len(found) > COUNTEREXAMPLES:
        more = f" The first {COUNTEREXAMPLES} of {len(found)}; certify --all --json has all."
    shown = f"Exact values; numbers of more than {SHOWN} characters are cut and say so.{more}"
    claim = said["claim"]
    others = (
        tag("ul", [tag("li", _in_one_line(other, claim)) for other in found[1:COUNTEREXAMPLES]]) if found[1:] else ""
    )
    return tag("section", tag("h2", "Counterexamples"), tag("p", shown), _counterexample(found[0], claim), others)


def _in_one_line(found: Mapping[str, Any], claim: str) -> str:
    values = ", ".join(f"{name} {value}" for name, value in _values(found, claim).items())
    return f"Row {found['row']}, output {found['output']}: {values}"


def _values(found: Mapping[str, Any], claim: str) -> dict[str, str]:
    """What was expected and what obtained, by the names that go with the claim."""
    expected, obtained = "expected", "obtained"
    if claim.startswith("argmax"):
        expected, obtained = "label's output", "this output"
    values = {expected: shortened(found["expected"]), obtained: shortened(found["obtained"])}
    if "difference" in found:
        values["difference"] = f"{shortened(found['difference'])} (about {found['differenceAbout']})"
    return values


def _counterexample(found: Mapping[str, Any], claim: str) -> Markup:
    numbers = [shortened(q, 80) for q in found["input"][:FIELDS]]
    if len(found["input"]) > FIELDS:
        numbers.append(f"... ({len(found['input'])} numbers)")
    departs = found["firstNeuronThatDeparts"]
    facts = {"input": f"({', '.join(numbers)})"} | _values(found, claim)
    facts["departs"] = f"layer {departs['layer']}, neuron {departs['neuron']}: {departs['reason']}"
    where = f" ({found['arithmetic']} arithmetic)" if "arithmetic" in found else ""
    lines = [(tag("dt", name), tag("dd", shortened(value), class_="number")) for name, value in facts.items()]
    title = f"Row {found['row']}, output {found['output']}{where}"
    return tag("article", tag("h3", title), tag("dl", lines))


def _again(report: Report) -> Markup:
    """The command that decides the same, for whoever does not believe the page."""
    request, paths = report.decision.request, (report.network.path, report.decision.dataset_path)
    words = ["python -m checker certify", *(shlex.quote(_name(path)) for path in paths)]
    words += ["--claim", request.claim.text, "--mode", request.mode]
    if request.numbers != "decimal":
        words += ["--numbers", request.numbers]
    words += ["--outputs", str(report.decision.columns)]
    said = "This page is a rendering and proves nothing. Whoever has the files whose digests it names decides it again:"
    command = tag("code", shortened(" ".join(words), 600))
    return tag("section", tag("h2", "Decide it again"), tag("p", said), tag("p", command))


def _name(path: str) -> str:
    return os.path.basename(path)
