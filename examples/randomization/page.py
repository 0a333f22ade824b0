"""The report: learning curves as in figure 1 of the paper (SVG), and one static page with every figure and verdict."""

import html
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.constructions import HEADING, WORDS, Line, cells, plot
from benchmarks.timing import RULE
from examples.randomization.audit import Audit
from examples.randomization.training import Trained

Result = tuple[str, Trained, Audit]
"""The name of the variant, the network trained on it, and its audit."""
FIVE = ("true-labels", "random-labels", "shuffled-pixels", "random-pixels", "gaussian-pixels")
CURVES = """Mean training loss against the epoch for each network and kind of data; epochs until no training sample is
wrong, and test error, against the fraction of random labels. The numbers are in curves.csv and in the table below."""
FIXTURE_HEADS = ("construction", "exact verdict", "right in exact arithmetic", "right in float32", "verdicts differ")
STYLE = """:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:66rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #8888;text-align:right}
td:first-child,td:nth-child(2),th:first-child,th:nth-child(2){text-align:left;white-space:nowrap}
.wide{overflow-x:auto}figure{margin:1rem 0;background:#fff}svg{max-width:100%;height:auto}
@media print{body{max-width:none;font-size:9pt}.wide{overflow:visible}}"""


def figure(results: list[Result]) -> str:
    """The learning curves, the epochs to fit and the test error against the fraction of random labels, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    kinds = list(dict.fromkeys(trained.kind for _, trained, _ in results))
    with matplotlib.rc_context({"svg.hashsalt": "randomization", "svg.fonttype": "none", "font.size": 9}):
        drawing, axes = pyplot.subplots(1, len(kinds) + 2, figsize=(4 * len(kinds) + 7, 3.4))
        for panel, kind in zip(axes, kinds, strict=False):
            for name, trained, _ in results:
                if trained.kind == kind and name in FIVE:
                    panel.plot([e for e, *_ in trained.curve], [loss for _, loss, _ in trained.curve], label=name)
            panel.set(title=f"{kind}: learning curves", xlabel="epoch", ylabel="mean training loss")
            panel.legend(frameon=False)
        for kind in kinds:
            corrupted = sorted((_fraction(n), t) for n, t, _ in results if t.kind == kind and _fraction(n) is not None)
            xs = [x for x, _ in corrupted]
            axes[-2].plot(xs, [len(t.curve) for _, t in corrupted], "o-", label=kind)
            axes[-1].plot(xs, [1 - t.test_accuracy for _, t in corrupted], "o-", label=kind)
        axes[-2].set(title="epochs to fit", xlabel="fraction of random labels", ylim=(0, None))
        axes[-1].set(title="test error", xlabel="fraction of random labels", ylim=(0, 1))
        axes[-1].legend(frameon=False)
        drawing.tight_layout()
        stream = io.StringIO()
        drawing.savefig(stream, format="svg", metadata={"Date": None})
        pyplot.close(drawing)
    return stream.getvalue()


def page(results: list[Result], samples: int, fixtures: dict[str, Audit], compared: Sequence[Line], svg: str) -> str:
    """The report as HTML that asks nobody for anything."""
    heads = ("network", "data", "epochs", "seconds", "training accuracy", "test accuracy", "exact verdict")
    heads += ("smallest exact margin", "at row", "rows where float32 differs", "audit, seconds")
    rows = [_cells(name, trained, audit) for name, trained, audit in results]
    points = fixtures["true-labels"].points
    body = f"""<h1>Randomization tests, certified</h1>
<p>Networks trained on {samples} of scikit-learn's digits, as they are and randomized (Zhang et al., ICLR 2017,
section 2). The verdict is exact: with the float32 weights as the dyadic rationals they are, in rational arithmetic, the
label's output is above every other one at every training sample. The smallest margin is a rational number, shown to
three digits.</p>
{_figure(svg, CURVES)}
{_table(heads, rows)}
<h2>Why floating point would not do</h2>
<p>Theorem 1 of the paper goes through {points} of the digits with one hidden layer of {points} neurons. Its weights
are rounded to float32; then an output is right when it is within 1/2 of the label.</p>
{_table(FIXTURE_HEADS, [_fixture_cells(name, audit) for name, audit in fixtures.items()])}
<p>Row by row, with both outputs: <code>construction-true-labels.rows.csv</code> and its twin beside this page.</p>
{"".join(map(_listed, fixtures, fixtures.values()))}
<h2>Every construction, on the same random points with 5 inputs</h2>
{_figure(plot(compared), "The parameters and the bits of every construction, as in the table below.")}
{_table(HEADING, ([str(cell) for cell in cells(line)] for line in compared))}
<p>{html.escape(f"{RULE} {WORDS}")}</p>"""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head += f"<title>Randomization tests, certified</title><style>{STYLE}</style>"
    return f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n<body>{body}</body></html>\n'


def _cells(name: str, trained: Trained, audit: Audit) -> list[str]:
    epochs, accuracy = str(len(trained.curve)), f"{trained.curve[-1][2]:.4f}"
    margin = "" if audit.margin is None else f"{float(audit.margin):.3g}"
    said = [trained.kind, name, epochs, f"{trained.seconds:.1f}", accuracy, f"{trained.test_accuracy:.3f}"]
    return [*said, audit.verdict, margin, str(audit.row or ""), str(len(audit.differing)), f"{audit.seconds:.1f}"]


def _fixture_cells(name: str, audit: Audit) -> list[str]:
    right = [str(audit.points - audit.failing[arithmetic]) for arithmetic in ("real", "float32")]
    return [name, audit.verdict, *right, str(len(audit.differing))]


def _listed(name: str, audit: Audit) -> str:
    rows = ", ".join(map(str, audit.differing))
    return f"<details><summary>The rows, {html.escape(name)}</summary><p>{rows}</p></details>\n"


def _table(heads: Sequence[str], rows: Iterable[list[str]]) -> str:
    def row(tag: str, cells: Any) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    lines = "\n".join([row("th", heads), *(row("td", cells) for cells in rows)])
    return f'<div class="wide"><table>{lines}</table></div>'


def _figure(svg: str, said: str) -> str:
    """The picture with what it shows in words, for those who do not see it."""
    drawing = svg[svg.index("<svg") :].replace("<svg", f'<svg role="img" aria-label="{html.escape(said)}"', 1)
    return f"<figure>{drawing}</figure>"


def _fraction(name: str) -> Fraction | None:
    """How many of the labels are random, where no pixels are."""
    known = {"true-labels": Fraction(0), "random-labels": Fraction(1)}
    rest = name.removeprefix("random-labels-")
    return known.get(name, Fraction(int(rest), 100) if rest.isdecimal() else None)


def write(path: Path, text: str) -> None:
    """The text, at path."""
    path.write_text(text, encoding="utf-8")
