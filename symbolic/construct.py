"""From a dataset to the network that represents it: projection, groups, second layer, extra points."""

from collections.abc import Sequence
from fractions import Fraction
from operator import itemgetter

from checker.dataset import Dataset
from checker.network import Network, Vector
from symbolic import projection
from symbolic.arithmetic import Number, exact, exact_all
from symbolic.instantiate import METHODS, Method
from symbolic.neurons import Neurons, stacked
from symbolic.outputs import with_extra_points
from symbolic.progress import progress

Points = list[tuple[Number, Vector]]
"""(projected input, outputs) of distinct points, in increasing order."""


class TooManyPointsError(ValueError):
    """The widths have no room for so many points."""


def construct(dataset: Dataset, widths: tuple[int, int], method: str, p: Sequence[Fraction] | str = "auto") -> Network:
    """A network with two hidden layers of these widths and f(x) = y at every point of the dataset.

    The dataset is consistent; it has one output (Theorem 3) or several (Theorem 4). p is a projection, or the name of
    one; method `float64` multiplies it by an integer.
    Fails: TooManyPointsError when there are more distinct points than the construction has room for; CollisionError
    when p sends two of them to one value, its pair being their rows (counted from 1).
    """
    rows = distinct(dataset)
    inputs = [dataset.inputs[row] for row in rows]
    outputs = len(dataset.outputs[0])
    _require_room(len(inputs), widths, outputs, METHODS[method])
    q, _ = METHODS[method].share(widths[1], outputs)
    apart = METHODS[method].apart(len(inputs), METHODS[method].groups(widths[0]) * q, q)
    if isinstance(p, str):
        p = projection.auto(inputs, apart) if p == "auto" else projection.article(inputs)
    ts = projected(p, inputs, rows)
    factor = projection.integer_factor(p, ts, apart) if METHODS[method].steers else 1
    points = [(exact(factor * t), dataset.outputs[row]) for t, row in zip(ts, rows, strict=True)]
    points.sort(key=itemgetter(0))
    return _represent(tuple(factor * q for q in p), points, widths, METHODS[method])


def distinct(dataset: Dataset) -> list[int]:
    """The rows (counted from 0) that hold each distinct input first."""
    first: dict[tuple[int, ...], int] = {}
    for row, x in enumerate(projection.scaled(dataset.inputs)):
        first.setdefault(x, row)
    return list(first.values())


def projected(p: Sequence[Fraction], inputs: Sequence[Vector], rows: Sequence[int]) -> list[Fraction]:
    """p.x for these distinct inputs. Fails: CollisionError with the two rows (counted from 1) that they are of."""
    try:
        return projection.project(p, inputs)
    except projection.CollisionError as error:
        raise projection.CollisionError((rows[error.pair[0]] + 1, rows[error.pair[1]] + 1), error.value) from None


def _require_room(count: int, widths: tuple[int, int], outputs: int, method: Method) -> None:
    """Fails: TooManyPointsError with the number of points and the room there is."""
    a1, a2 = widths
    q, extra = method.share(a2, outputs)
    room = method.groups(a1) * q + extra
    groups = "((a1+1) div 2)" if method.steers else "a1"
    formula = f"{groups}*a2" if outputs == 1 else f"{groups}*(a2 div {outputs}) + a2 mod {outputs}"
    if method.paired:
        formula = f"(a1 div 2)*(a2 div {2 * outputs})"
    if count > room:
        raise TooManyPointsError(f"{count} distinct points, but widths {a1},{a2} have room for {formula} = {room}")


def _represent(p: Vector, points: Points, widths: tuple[int, int], method: Method) -> Network:
    """The network: an equal share of the second layer for each output's groups, the rest for the points beyond."""
    outputs = len(points[0][1])
    q, _ = method.share(widths[1], outputs)
    room = method.groups(widths[0]) * q
    inside, extra = points[:room], points[room:]
    if inside:
        neurons, end = _grouped(inside, q, method)
    else:
        neurons, end = _no_group(points[0][0] - 2, outputs), points[0][0] - 2
    if extra:
        neurons = with_extra_points(neurons, inside[-1][0] if inside else end, extra)
        end = extra[-1][0] + 1
    return neurons.network(p, widths, end)


def _grouped(points: Points, q: int, method: Method) -> tuple[Neurons, Number]:
    """q neurons for each output, and a projected input to the right of all points."""
    ts = [t for t, _ in points]
    columns = map(exact_all, zip(*(y for _, y in points), strict=True))
    parts = [method.grouped(ts, column, q) for column in columns]
    return stacked([method.neurons(part) for part in progress(parts, "outputs")]), parts[0].b[-1]


def _no_group(breakpoint: Number, outputs: int) -> Neurons:
    """f = 0, with one breakpoint for the extra points to build on."""
    return Neurons((breakpoint,), (), (), ((),) * outputs, (0,) * outputs)
