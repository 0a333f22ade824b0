"""Curves on logarithmic axes, as an SVG that is the same for the same figures."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from checker.errors import InputError

COLOURS = ("#000000", "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#7a5c00")
"""Those of Okabe and Ito, less the light ones: told apart by all, and in grey by their markers."""
MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("-", "--")
Curves = Mapping[str, Sequence[tuple[float, float]]]


def svg(panels: Mapping[str, Curves]) -> str:
    """One panel below the other in two columns, titled `y over x`. Fails: InputError without matplotlib."""
    return _drawn(panels, _panel)


def bars(panels: Mapping[str, Mapping[str, float]], title: str) -> str:
    """The same with a bar and its figure for each name, on logarithmic axes, and all of it in words as well.

    The words are the SVG's title and description. Fails: InputError without matplotlib.
    """
    drawn = _drawn(panels, _bars)
    figures = "; ".join(f"{panel}: {_figures(values)}" for panel, values in panels.items())
    words = f" <title>{escape(title)}</title>\n <desc>{escape(figures)}</desc>\n <metadata>"
    return drawn.replace(" <metadata>", words, 1)


def _figures(values: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:,.0f}" for name, value in values.items())


def _drawn(panels: Mapping[str, Any], draw: Callable[[Any, str, Any], None]) -> str:
    try:
        import matplotlib

        matplotlib.use("Agg")
        from matplotlib.figure import Figure
    except ImportError:
        raise InputError("benchmarks", "", "needs matplotlib (make setup, or pip install '.[bench]')") from None
    with matplotlib.rc_context({"svg.hashsalt": "exact-relu", "svg.fonttype": "none", "font.family": "sans-serif"}):
        figure = Figure(figsize=(11, 4.2 * -(-len(panels) // 2)), layout="constrained")
        for number, (title, content) in enumerate(panels.items(), 1):
            draw(figure.add_subplot(-(-len(panels) // 2), 2, number), title, content)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return "\n".join(line.rstrip() for line in drawn.getvalue().splitlines()) + "\n"


def _bars(axes: Any, title: str, values: Mapping[str, float]) -> None:
    drawn = axes.barh(list(values)[::-1], list(values.values())[::-1], color=COLOURS[2], zorder=2)
    axes.bar_label(drawn, fmt="{:,.0f}", padding=3)
    axes.set(xscale="log", title=title)
    axes.set_xlim(min(values.values()) / 3, max(values.values()) * 8)
    axes.grid(True, axis="x", which="major", color="#cccccc", linewidth=0.6, zorder=0)
    _plain_labels(axes.xaxis)


def _panel(axes, title: str, curves: Curves) -> None:  # type: ignore[no-untyped-def]
    """Curves whose names begin `construct, ` are drawn solid, those with `certify, ` dashed, in the same colour."""
    y, _, x = title.partition(" over ")
    kinds = list(dict.fromkeys(name.partition(", ")[2] if _is_command(name) else name for name in curves))
    for name, points in curves.items():
        kind = kinds.index(name.partition(", ")[2] if _is_command(name) else name) % len(COLOURS)
        style = LINES[name.startswith("certify, ")]
        xs, ys = zip(*points, strict=True)
        filled = COLOURS[kind] if style == "-" else "white"
        axes.plot(xs, ys, style, color=COLOURS[kind], marker=MARKERS[kind], markerfacecolor=filled, label=name)
    axes.set(xscale="log", yscale="log", xlabel=x, ylabel=y, title=title)
    for axis in (axes.xaxis, axes.yaxis):
        _plain_labels(axis)
    axes.grid(True, which="major", color="#cccccc", linewidth=0.6)
    if curves:
        axes.legend(fontsize=8)


def _plain_labels(axis) -> None:  # type: ignore[no-untyped-def]
    """Labels such as 200 or 0.5 in place of powers; at 1, 2 and 5 times these where there are few of them."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    low, high = axis.get_view_interval()
    axis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if high < 300 * low else (1.0,), numticks=20))
    axis.set_major_formatter(FuncFormatter(lambda value, place: f"{value:,.10g}"))
    axis.set_minor_formatter(NullFormatter())


def _is_command(name: str) -> bool:
    return name.startswith(("construct, ", "certify, "))
