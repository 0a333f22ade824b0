"""The division operator '/', which the program offers in a comment: what is left of error 0, point by point.

The program's weights are floats then, and read as the numbers they are. Three questions at every point: does its check
print 0.0; is the error of these weights exactly 0, in rational arithmetic; is the printed error below 1/2, so that
rounding to the nearest integer would still give y?
"""

import io
import operator
import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checker.errors import InputError
from checker.files import write_text
from checker.network import Layer, Network

SEEDS = 20


@dataclass(frozen=True)
class Counts:
    """Of so many points: printed as 0.0, exactly 0, the first and not the second, printed below 1/2; the largest."""

    points: int
    printed: int
    exact: int
    wrongly: int
    close: int
    largest: float


def counted(module: Any, inputs: int, widths: tuple[int, int]) -> Counts:
    """All points of SEEDS random datasets with integers from 0 to 99, as the program draws them, distinct by column."""
    flags = []
    for seed in range(SEEDS):
        flags += list(_errors(module, *_drawn(random.Random(seed), inputs, widths), widths))
    printed, exact = [e == 0 for e, _ in flags], [right for _, right in flags]
    wrongly = sum(p and not right for p, right in zip(printed, exact, strict=True))
    close = sum(abs(e) < 0.5 for e, _ in flags)
    return Counts(len(flags), sum(printed), sum(exact), wrongly, close, max(abs(e) for e, _ in flags))


def smallest_misprint(module: Any, largest: int) -> tuple[int, int, Fraction, int] | None:
    """The least x + y, 0 <= x, y <= largest, where one point y at x, widths 1,1, prints 0.0 and is not exact; the
    error, and how many such points there are.
    """
    found = []
    for x in range(largest + 1):
        for y in range(largest + 1):
            parameters = _with_floats(module, [(Fraction(x),)], [y], (1, 1))
            printed = module.MP(parameters[2], parameters[0].T[0])[0][0] - y
            error = network(parameters[2]).preactivations((Fraction(x),))[-1][0] - y
            if printed == 0 and error:
                found.append((x + y, x, y, error))
    return (*min(found)[1:], len(found)) if found else None


def with_fractions(module: Any, largest: int) -> tuple[int, int, int]:
    """The default operator, 5 inputs below largest in NumPy's own 64-bit integers, widths 3,3, SEEDS datasets: points,
    printed as 0.0, exactly 0.
    """
    import numpy

    flags = []
    module.a1, module.a2, module.N = 3, 3, 9
    for seed in range(SEEDS):
        draw = random.Random(seed)
        inputs = numpy.array([draw.sample(range(largest), 9) for _ in range(5)])
        ys = numpy.array([draw.randrange(100) for _ in range(9)])
        parameters = module.make_parameters(inputs, ys)
        exact = network(parameters)
        for x, y in zip(inputs.T, ys, strict=True):
            z = exact.preactivations(tuple(map(_exact, x)))[-1][0]
            flags.append((float(module.MP(parameters, x)[0][0] - y) == 0, z == int(y)))
    return len(flags), sum(printed for printed, _ in flags), sum(right for _, right in flags)


def _drawn(draw: random.Random, inputs: int, widths: tuple[int, int]) -> tuple[list[tuple[Fraction, ...]], list[int]]:
    points = widths[0] * widths[1]
    columns = [draw.sample(range(100), points) for _ in range(inputs)]
    return [tuple(map(Fraction, x)) for x in zip(*columns, strict=True)], [draw.randrange(100) for _ in range(points)]


def _errors(
    module: Any, rows: list[tuple[Fraction, ...]], ys: list[int], widths: tuple[int, int]
) -> Iterator[tuple[float, bool]]:
    """For every point the error that the program prints, and whether that of its weights is 0 exactly."""
    found, outputs, parameters = _with_floats(module, rows, ys, widths)
    exact = network(parameters)
    for x, column, y in zip(rows, found.T, outputs, strict=True):
        yield float(module.MP(parameters, column)[0][0] - y), exact.preactivations(x)[-1][0] == y


def _with_floats(module: Any, rows: list[tuple[Fraction, ...]], ys: list[int], widths: tuple[int, int]) -> Any:
    division = module.divop
    module.divop = operator.truediv
    try:
        return built(module, rows, ys, widths)
    finally:
        module.divop = division


def built(module: Any, points: list[tuple[Any, ...]], ys: list[int], widths: tuple[int, int]) -> tuple[Any, Any, Any]:
    """The program's inputs, outputs and parameters: arrays of Python's integers, and of Fractions or floats."""
    import numpy

    module.a1, module.a2, module.N = *widths, len(points)
    rows = [[int(v) if isinstance(v, Fraction) and v.denominator == 1 else v for v in x] for x in points]
    inputs, outputs = numpy.array(rows, dtype=object).T, numpy.array(ys, dtype=object)
    return inputs, outputs, module.make_parameters(inputs, outputs)


def network(parameters: Any) -> Network:
    """The program's parameters as one of our networks. Fails: ValueError when one is not finite."""
    layers = zip(reversed(parameters), ("relu", "relu", "identity"), strict=True)
    return Network(tuple(Layer(tuple(map(_vector, w)), _vector(b.flat), activation) for (w, b), activation in layers))


def _vector(numbers: Any) -> tuple[Fraction, ...]:
    """The numbers, floats, Fractions or (also NumPy's) integers, as exact fractions of Python's integers."""
    return tuple(map(_exact, numbers))


def _exact(v: Any) -> Fraction:
    return Fraction(float(v)) if isinstance(v, float) else Fraction(int(v.numerator), int(v.denominator))


def curve(counts: dict[int, dict[int, Counts]], path: str) -> None:
    """Shares of points against their number, for every number of inputs, as SVG, the same bytes every time."""
    try:
        import matplotlib
    except ImportError:
        raise InputError(path, "", "the picture needs matplotlib (pip install matplotlib)") from None

    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "exact-relu", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    figure, plots = pyplot.subplots(1, len(counts), figsize=(9, 3.2), sharey=True, layout="constrained")
    kinds = (
        ("close", "printed error below 1/2", "0.6"),
        ("printed", "printed as 0.0", "C0"),
        ("exact", "exactly 0", "C3"),
    )
    for plot, (inputs, rows) in zip(plots, counts.items(), strict=True):
        for name, label, color in kinds:
            shares = [100 * getattr(row, name) / row.points for row in rows.values()]
            plot.plot([side * side for side in rows], shares, "o-", markersize=3, color=color, label=label)
        plot.set_xscale("log")
        plot.set_title(f"{inputs} input{'s' if inputs > 1 else ''}", fontsize=9)
        plot.set_xlabel("points N = a1 a2, a1 = a2")
    plots[0].set_ylabel("% of points, division '/'")
    plots[0].legend(fontsize=7)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    write_text(path, drawn.getvalue())
