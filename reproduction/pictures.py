"""The report's pictures, drawn by matplotlib from what the claims' commands wrote."""

import io
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from checker.formats import read_dataset
from reproduction.run import ROOT

INOUE, INTERPOLANT, FLOAT64 = "inoue", "interpolant", "float64"


def pictures(work: Path) -> Iterator[tuple[str, str, str]]:
    """(SVG text, caption, command that shows the same) of every picture that can be drawn."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "exact-relu"
    yield (
        _interpolant(),
        "The network through the article's nine points; breakpoints dotted, knots as crosses.",
        ("python -m symbolic construct examples/article.csv --widths 3,3 -o article.json"),
    )
    yield (
        _bits(),
        "Bits of all parameters against the number of points, a1 = a2, random 5-dimensional data.",
        ("python -m symbolic construct points.csv --widths A,A --method METHOD -o network.json"),
    )


def _interpolant() -> str:
    from symbolic.construct import construct

    dataset = read_dataset(str(ROOT / "examples/article.csv")).value
    network = construct(dataset, (3, 3), INTERPOLANT)
    figure, axes = _figure(f"f(t) is the output, t = p.x; {len(dataset)} points")
    first, second, _ = network.layers
    p, breakpoints = first.weights[0], sorted(-b for b in first.bias)
    ts = [sum((a * b for a, b in zip(p, x, strict=True)), Fraction(0)) for x in dataset.inputs]
    unit = next(k for k, a in enumerate(p) if a)
    low, high = min(ts) - 2, max(ts) + 2
    grid = sorted({*breakpoints, *ts, *(low + (high - low) * k / 600 for k in range(601))})
    along = [tuple(t / p[k] if k == unit else Fraction(0) for k in range(len(p))) for t in grid]
    traces = [network.preactivations(x) for x in along]
    axes.plot([float(t) for t in grid], [float(trace[-1][0]) for trace in traces], linewidth=1)
    axes.plot([float(t) for t in ts], [float(y) for (y,) in dataset.outputs], "o", label="points")
    for b in breakpoints:
        axes.axvline(float(b), linestyle=":", color="grey")
    for j in range(second.width):
        values = [trace[1][j] for trace in traces]
        knots = [float(t) for t, v, w in zip(grid, values, values[1:], strict=False) if (v > 0) != (w > 0)]
        axes.plot(knots, [0] * len(knots), "x", label=f"knots of neuron {j + 1}")
    axes.set_xlabel("t")
    axes.set_ylabel("f")
    axes.legend(fontsize="small")
    return _svg(figure)


def _bits() -> str:
    from benchmarks.datasets import random_dataset
    from symbolic.construct import construct

    figure, axes = _figure("numerators and denominators of all parameters")
    for method, sizes, marker in (
        (INOUE, (2, 4, 6, 8), "s"),
        (INTERPOLANT, (2, 4, 8, 16, 32), "o"),
        (FLOAT64, (2, 4, 8, 16, 32), "^"),
    ):
        bits = []
        for size in sizes:
            widths = (2 * size - 1, size) if method == FLOAT64 else (size, size)
            network = construct(random_dataset(size * size), widths, method)
            numbers = [q for layer in network.layers for row in (*layer.weights, layer.bias) for q in row]
            bits.append(sum(q.numerator.bit_length() + q.denominator.bit_length() for q in numbers))
        axes.loglog([size * size for size in sizes], bits, marker=marker, label=method)
    axes.set_xlabel("points")
    axes.set_ylabel("bits")
    axes.legend(fontsize="small")
    return _svg(figure)


def _figure(title: str) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, fontsize="medium")
    return figure, axes


def _svg(figure: Any) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return re.sub(r"^.*?(?=<svg)", "", text.getvalue(), flags=re.S).replace("<svg", '<svg role="img"', 1)
