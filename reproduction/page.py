"""report.html: the claims, how they ended, and pictures; one static page without scripts or anything from elsewhere."""

from html import escape
from pathlib import Path

from reproduction.claims import Claim
from reproduction.pictures import Picture, pictures
from reproduction.run import Outcome

STYLE = """
:root { color-scheme: light dark; --line: #8884; --good: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #f85149; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid var(--line); } .number { text-align: right; white-space: nowrap; }
code { font-size: .85em; overflow-wrap: anywhere; } .good { color: var(--good); } .bad { color: var(--bad); }
figure { margin: 1.5rem 0; background: #fff; color: #000; padding: .5rem; border-radius: 4px; } figure svg { max-width:
  100%; height: auto; } details > code { display: block; }
@media (max-width: 40rem) { thead { display: none; } td { display: block; border: 0; padding: .1rem 0; }
  tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; } .number { text-align: left; } }
@media print { details > code { display: block; } body { max-width: none; } }
"""


def page(machine: str, chosen: list[Claim], outcomes: list[Outcome], work: Path) -> str:
    """The page, in ASCII."""
    right = sum(outcome.reproduced for outcome in outcomes)
    rows = "\n".join(_row(claim, outcome) for claim, outcome in zip(chosen, outcomes, strict=True))
    figures = "\n".join(map(_figure, pictures(work)))
    head = "<tr><th>claim</th><th>verdict</th><th>time</th><th>memory</th></tr>"
    text = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>exact-relu: {right} of {len(outcomes)} claims reproduced</title><style>{STYLE}</style></head>
<body><h1>{right} of {len(outcomes)} claims reproduced</h1><p>{escape(machine)}</p>
<table><thead>{head}</thead><tbody>
{rows}
</tbody></table>
{figures}
</body></html>
"""
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _figure(picture: Picture) -> str:
    said = escape(picture.caption)
    drawing = picture.svg.replace("<svg", f'<svg role="img" aria-label="{said}"', 1)
    return f"<figure>{drawing}<figcaption>{said}<br><code>{escape(picture.command)}</code></figcaption></figure>"


def _row(claim: Claim, outcome: Outcome) -> str:
    word, kind = ("reproduced", "good") if outcome.reproduced else (f"FAILED: {outcome.reason}", "bad")
    commands = "".join(f"<code>{escape(command)}</code>" for command in claim.commands)
    control = " (control)" if claim.control else ""
    return (
        f"<tr><td><b>{escape(claim.id)}</b>{control}: {escape(claim.claim)} <i>({escape(claim.source)})</i>"
        f"<details><summary>commands</summary>{commands}</details></td>"
        f'<td class="{kind}">{escape(word)}<br><code>{escape(outcome.line)}</code></td>'
        f'<td class="number">{outcome.seconds:.2f} s</td><td class="number">{outcome.memory:.0f} MiB</td></tr>'
    )
