"""The report: learning curves as in figure 1 of the paper (SVG), and one static page with every figure and verdict."""

import html
import io
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.constructions import HEADING, WORDS, Line, cells, plot
from benchmarks.results import machine
from benchmarks.timing import RULE
from examples.randomization.audit import Audit
from examples.randomization.training import Trained

Result = tuple[str, Trained, Audit]
"""The name of the variant, the network trained on it, and its audit."""
FIVE = ("true-labels", "random-labels", "shuffled-pixels", "random-pixels", "gaussian-pixels")
AGAIN = "python -m examples.randomization"
CURVES = "Mean training loss against the epoch, for each kind of data. The numbers are in curves.csv, beside this page."
EPOCHS = "Epochs until no training sample is wrong, against the fraction of random labels."
ERRORS = "Errors on data not trained on, against the fraction of random labels."
BARS = "The parameters and the bits of every construction, as in the table below."
FIXTURE_HEADS = ("construction", "exact verdict", "right in exact arithmetic", "right in float32", "verdicts differ")
STYLE = """:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:66rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}
table{border-collapse:collapse}td,th{padding:.2rem .6rem;border-bottom:1px solid #8888;text-align:right}
td:first-child,td:nth-child(2),th:first-child,th:nth-child(2){text-align:left;white-space:nowrap}
td:last-child{min-width:9rem}.wide{overflow-x:auto}h1{font-size:1.5rem}h2{font-size:1.2rem}
.panels{display:flex;flex-wrap:wrap;gap:1rem}.panels figure{flex:1 1 19rem;max-width:30rem}
figure{margin:1rem 0}figcaption{font-size:.875em}svg{background:#fff;max-width:100%;height:auto}
@media screen{.wide svg{min-width:46rem}}
@media print{body{max-width:none;margin:0;padding:0;font-size:9pt}.wide{overflow:visible}figure{break-inside:avoid}
td,th{padding:.1rem .25rem;font-size:7.5pt}td:first-child,td:nth-child(2){white-space:normal}
.panels figure{flex-basis:14rem}tr{break-inside:avoid}td:last-child{min-width:0}}"""
Panel = Callable[[Any], None]
"""What draws on the axes of a plot."""


def panels(results: list[Result]) -> list[tuple[str, Panel]]:
    """The learning curves of every kind of network, the epochs to fit, the test error; each with its caption."""
    kinds = list(dict.fromkeys(trained.kind for _, trained, _ in results))
    curves = [(f"{kind}: {CURVES}", partial(_curves, results, kind)) for kind in kinds]
    return [*curves, (EPOCHS, partial(_epochs, results, kinds)), (ERRORS, partial(_errors, results, kinds))]


def _curves(results: list[Result], kind: str, axes: Any) -> None:
    for name, trained, _ in results:
        if trained.kind == kind and name in FIVE:
            axes.plot([e for e, *_ in trained.curve], [loss for _, loss, _ in trained.curve], label=name)
    axes.set(title=f"{kind}: learning curves", xlabel="epoch", ylabel="mean training loss")
    axes.legend(frameon=False)


def _epochs(results: list[Result], kinds: list[str], axes: Any) -> None:
    for kind in kinds:
        xs, found = _corrupted(results, kind)
        axes.plot(xs, [len(t.curve) for t in found], "o-", label=kind)
    axes.set(title="epochs to fit", xlabel="fraction of random labels", ylim=(0, None))


def _errors(results: list[Result], kinds: list[str], axes: Any) -> None:
    for kind in kinds:
        xs, found = _corrupted(results, kind)
        axes.plot(xs, [1 - t.test_accuracy for t in found], "o-", label=kind)
    axes.set(title="test error", xlabel="fraction of random labels", ylim=(0, 1))
    axes.legend(frameon=False)


def _corrupted(results: list[Result], kind: str) -> tuple[list[Fraction], list[Trained]]:
    """The fractions of random labels, and the networks trained on them."""
    found = sorted((_fraction(n), t) for n, t, _ in results if t.kind == kind and _fraction(n) is not None)
    return [x for x, _ in found], [t for _, t in found]


def figure(drawn: Sequence[Panel], size: tuple[float, float]) -> str:
    """The panels beside each other, as SVG. Units: size is in inches."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    with matplotlib.rc_context({"svg.hashsalt": "randomization", "svg.fonttype": "none", "font.size": 9}):
        drawing, axes = pyplot.subplots(1, len(drawn), figsize=size, squeeze=False)
        for draw, panel in zip(drawn, axes[0], strict=True):
            draw(panel)
        drawing.tight_layout()
        stream = io.StringIO()
        drawing.savefig(stream, format="svg", metadata={"Date": None})
        pyplot.close(drawing)
    return stream.getvalue()


def curves(results: list[Result]) -> str:
    """All panels in one picture."""
    drawn = [draw for _, draw in panels(results)]
    return figure(drawn, (4 * len(drawn) - 1, 3.4))


def page(results: list[Result], samples: int, fixtures: dict[str, Audit], compared: Sequence[Line]) -> str:
    """The report as HTML that asks nobody for anything."""
    heads = ("network", "data", "epochs", "seconds", "training accuracy", "test accuracy", "exact verdict")
    heads += ("smallest exact margin", "at row", "rows where float32 differs", "audit, seconds")
    rows = [_cells(name, trained, audit) for name, trained, audit in results]
    points = fixtures["true-labels"].points
    plots = "".join(_figure(figure([draw], (4.2, 3.2)), said) for said, draw in panels(results))
    certified = sum(audit.verdict == "CERTIFIED" for *_, audit in results)
    body = f"""<h1>Randomization tests: {certified} of {len(results)} networks certified</h1>
<p>Networks trained on {samples} of scikit-learn's digits, as they are and randomized (Zhang et al., ICLR 2017,
section 2). The verdict is exact: with the float32 weights as the dyadic rationals they are, in rational arithmetic, the
label's output is above every other one at every training sample. The smallest margin is a rational number, shown to
three digits.</p>
<p>Written by <code>{AGAIN}</code> (with <code>--quick</code>: the perceptron alone, on few samples).
{html.escape(machine())}</p>
<div class="panels">{plots}</div>
{_table(heads, rows)}
<h2>Why floating point would not do</h2>
<p>Theorem 1 of the paper goes through {points} of the digits with one hidden layer of {points} neurons. Its weights
are rounded to float32; then an output is right when it is within 1/2 of the label.</p>
{_table(FIXTURE_HEADS, [_fixture_cells(name, audit) for name, audit in fixtures.items()])}
<p>Row by row, with both outputs: <code>construction-true-labels.rows.csv</code> and its twin beside this page.</p>
{"".join(map(_listed, fixtures, fixtures.values()))}
<h2>Every construction, on the same random points with 5 inputs</h2>
<div class="wide">{_figure(plot(compared), BARS)}</div>
{_table(HEADING, ([str(cell) for cell in cells(line)] for line in compared))}
<p>{html.escape(f"{RULE} {WORDS}".replace("`", ""))}</p>"""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head += (
        f"<title>Randomization tests: {certified} of {len(results)} networks certified</title><style>{STYLE}</style>"
    )
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
    """The picture with what it shows in words, below it and for those who do not see it."""
    drawing = svg[svg.index("<svg") :].replace("<svg", f'<svg role="img" aria-label="{html.escape(said)}"', 1)
    return f"<figure>{drawing}<figcaption>{html.escape(said)}</figcaption></figure>"


def _fraction(name: str) -> Fraction | None:
    """How many of the labels are random, where no pixels are."""
    known = {"true-labels": Fraction(0), "random-labels": Fraction(1)}
    rest = name.removeprefix("random-labels-")
    return known.get(name, Fraction(int(rest), 100) if rest.isdecimal() else None)


def write(path: Path, text: str) -> None:
    """The text, at path."""
    path.write_text(text, encoding="utf-8")
