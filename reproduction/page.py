"""report.html: what failed, every claim and how it ended, and pictures; one page, static, nothing from elsewhere."""

import re
from collections.abc import Iterator, Sequence

from checker.report.markup import Markup, tag
from checker.report.style import STYLE
from reproduction.claims import Claim
from reproduction.pictures import Picture
from reproduction.report import Report
from reproduction.run import Outcome

ABOUT = """A ReLU network with two hidden layers of widths a1 and a2 goes through any a1 * a2 points exactly (Inoue,
Theorem 3). This repository constructs such networks, proves the theorem, and certifies networks by exact arithmetic.
Each claim below is one or more commands, run one after the other; it is reproduced when all of them end as the
table of claims, CLAIMS.md, says. A control shows that the check can fail: what is wrong on purpose is refused.
In the commands python is .venv/bin/python, and $W the folder they write to: build/reproduction, if none was named."""
OWN_STYLE = """
body { max-width: 64rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-bottom: 1px solid var(--edge); }
th { color: var(--soft); font-weight: normal; } td:nth-child(2) { width: 38%; }
th.number, td.number { text-align: right; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); font-weight: bold; }
a { color: var(--graph); } td code, dd code, figcaption code { display: block; } summary { color: var(--soft); }
article { border-left: .4rem solid var(--bad); }
.pictures { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.pictures figure { margin: 0; } .pictures h3 { margin-top: 0; } figcaption code { margin-top: .25rem; }
.pictures svg { margin: 0 auto .5rem; width: 100%; max-height: 26rem; }
.pictures svg text { fill: currentColor; } .pictures svg * { vector-effect: none; }
@media screen and (max-width: 40rem) { thead { display: none; } tr, td { display: block; border: 0; padding: 0; }
  tr { border-bottom: 1px solid var(--edge); padding: .5rem 0; } td:nth-child(2) { width: auto; }
  td.number { display: inline-block; margin-right: 1rem; } }
@media print { .pictures { display: block; } .pictures figure { margin-bottom: 1rem; }
  .pictures svg { max-height: 7cm; } tr { break-inside: avoid; } summary { display: none; }
  details::details-content { content-visibility: visible; } }
"""


def page(report: Report, drawn: Sequence[Picture]) -> str:
    """The page, in ASCII."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"exact-relu: {report.verdict}"),
        tag("style", Markup(STYLE + OWN_STYLE)),
    )
    body = (
        tag("h1", report.verdict, class_=_kind(report)),
        tag("p", ABOUT),
        tag("dl", _facts(report)),
        _failures(report),
        tag("section", tag("h2", "Every claim"), _table(report.pairs)),
        _pictures(drawn, {claim.id for claim, _ in report.pairs}),
    )
    html = tag("html", tag("head", head), tag("body", body), lang="en")
    return f"<!DOCTYPE html>\n{html}\n".encode("ascii", "xmlcharrefreplace").decode("ascii")


def _kind(report: Report) -> str:
    if report.right < len(report.outcomes):
        return "refuted"
    return "certified" if report.finished else "unknown"


def _facts(report: Report) -> Iterator[Markup]:
    controls = sum(claim.control for claim in report.chosen)
    again = f"python -m reproduction --only {report.chosen[0].id}"
    facts = {
        "machine": report.machine,
        "software": report.software,
        "run": f"started {report.started}, {report.seconds:.0f} s",
        "claims": f"{len(report.chosen)}, {controls} of them controls",
        "one claim again": again,
    }
    not_run = [claim.id for claim in report.chosen[len(report.outcomes) :]]
    facts |= {"not run": ", ".join(not_run)} if not_run else {}
    for name, value in facts.items():
        yield tag("dt", name)
        yield tag("dd", tag("code", value) if value == again else value)


def _failures(report: Report) -> Markup:
    failed = [(claim, outcome) for claim, outcome in report.pairs if not outcome.reproduced]
    if not failed:
        return Markup()
    return tag("section", tag("h2", "What failed"), [_failure(claim, outcome) for claim, outcome in failed])


def _failure(claim: Claim, outcome: Outcome) -> Markup:
    facts = {
        "reason": outcome.reason,
        "expected": f"of the last command, {_expected(claim)}",
        "obtained": f"exit code {outcome.exit}, {claim.line} line: {outcome.line or 'none'}",
    }
    facts |= {"error": outcome.said} if outcome.said else {}
    lines = [(tag("dt", name), tag("dd", value, class_="number")) for name, value in facts.items()]
    commands = tag("dt", "commands"), tag("dd", _commands(claim.commands))
    title = tag("h3", tag("a", claim.id, href=f"#{claim.id}"), f": {claim.claim}")
    return tag("article", title, tag("dl", lines, commands))


def _expected(claim: Claim) -> str:
    return f"exit code {claim.exit}, {claim.line} line (a regular expression): {claim.expect or 'nothing'}"


def _commands(commands: Sequence[str]) -> list[Markup]:
    return [tag("code", command) for command in commands]


def _table(pairs: Sequence[tuple[Claim, Outcome]]) -> Markup:
    heads = tag("th", "claim"), tag("th", "verdict, and what was said")
    numbers = tag("th", "seconds", class_="number"), tag("th", "memory", class_="number")
    rows = [_row(claim, outcome) for claim, outcome in pairs]
    return tag("table", tag("thead", tag("tr", heads, numbers)), tag("tbody", rows))


def _row(claim: Claim, outcome: Outcome) -> Markup:
    said = tag("span", "reproduced", class_="good") if outcome.reproduced else tag("span", "FAILED", class_="bad")
    name = tag("b", claim.id), " (control)" if claim.control else "", f": {claim.claim} ", tag("i", f"({claim.source})")
    details = tag("details", tag("summary", "commands"), _commands(claim.commands), _expected(claim))
    line = outcome.line or (f"(nothing; on standard error: {outcome.said})" if outcome.said else "(nothing)")
    return tag(
        "tr",
        tag("td", name, details),
        tag("td", said, tag("code", line)),
        tag("td", f"{outcome.seconds:.2f} s", class_="number"),
        tag("td", f"{outcome.memory:.0f} MiB", class_="number"),
        id=claim.id,
    )


def _pictures(drawn: Sequence[Picture], run: set[str]) -> Markup:
    if not drawn:
        return Markup()
    figures = [_figure(number, picture, run) for number, picture in enumerate(drawn, 1)]
    return tag("section", tag("h2", "Pictures"), tag("div", figures, class_="pictures"))


def _figure(number: int, picture: Picture, run: set[str]) -> Markup:
    """A picture with its caption, and links to its claims; what it shows in words is its alternative text."""
    named = tag("svg", role="img", aria_label=f"{picture.title}. {picture.caption}").removesuffix("/>")
    drawing = Markup(re.sub("<svg", lambda _: named, picture.svg, count=1))
    links = [(" ", tag("a", claim, href=f"#{claim}")) for claim in picture.claims if claim in run]
    caption = tag("figcaption", picture.caption, " Claims:", links, ". Commands:", _commands(picture.commands))
    return tag("figure", tag("h3", picture.title), drawing, caption, id=f"picture-{number}")
