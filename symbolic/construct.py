"""From a dataset to the network that represents it: projection, groups, second layer, assembly."""

from collections.abc import Sequence
from fractions import Fraction

from checker.dataset import Dataset
from checker.network import Layer, Network
from symbolic import projection
from symbolic.groups import Groups, groups
from symbolic.instantiate import METHODS, SecondLayer

PROJECTIONS = {"auto": projection.auto, "article": projection.article}


class TooManyPointsError(ValueError):
    """The widths have no room for so many points."""


def construct(dataset: Dataset, widths: tuple[int, int], method: str, p: Sequence[Fraction] | str = "auto") -> Network:
    """A network with two hidden layers of these widths and f(x) = y at every point of the dataset.

    The dataset is consistent and has one output. p is a projection, or the name of one.
    Fails: TooManyPointsError when there are more than a1*a2 distinct points; CollisionError when p sends two of them to
    one value, its pair being their rows (counted from 1).
    """
    a1, a2 = widths
    rows = {x: row for row, x in reversed(list(enumerate(dataset.inputs, 1)))}
    inputs = sorted(rows, key=rows.__getitem__)
    if len(inputs) > a1 * a2:
        raise TooManyPointsError(f"{len(inputs)} distinct points, but widths {a1},{a2} have room for a1*a2 = {a1 * a2}")
    if isinstance(p, str):
        p = PROJECTIONS[p](inputs)
    try:
        ts = projection.project(p, inputs)
    except projection.CollisionError as error:
        raise projection.CollisionError(tuple(rows[inputs[q]] for q in error.pair), error.value) from None
    points = groups(ts, [dataset.outputs[rows[x] - 1][0] for x in inputs], a2)
    return _assemble(tuple(p), points, a1, METHODS[method](points))


def _assemble(p: tuple[Fraction, ...], points: Groups, a1: int, second_layer: SecondLayer) -> Network:
    """The three layers.

    First-layer neurons beyond the groups are off at every point, and their weights in the second layer 0.
    """
    W2, b2, offset = second_layer
    spare = a1 - points.r
    breakpoints = [*points.b[: points.r], *(points.b[points.r] + q for q in range(spare))]
    rows = [tuple(W2[j, i] for i in range(points.r)) + (Fraction(0),) * spare for j in range(points.a2)]
    first = Layer((p,) * a1, tuple(-b for b in breakpoints), "relu")
    second = Layer(tuple(rows), tuple(b2), "relu")
    last = Layer((tuple(Fraction((-1) ** j) for j in range(points.a2)),), (offset,), "identity")
    return Network((first, second, last))
