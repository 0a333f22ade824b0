"""Construction `zhang` on the points of a dataset: one hidden layer, many narrow ones, or a ReLU as output as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

from checker.dataset import Dataset
from checker.network import Layer, Network, Vector
from symbolic import projection, zhang
from symbolic.arithmetic import Number, exact, exact_all, floor, fraction
from symbolic.construct import distinct, projected
from symbolic.exact import exact_functions

WORK = 3_000_000
"""So many products of a candidate and a point may be spent on a better projection: little, since numbers stay short."""
ZERO, ONE = Fraction(0), Fraction(1)


class TooManyLayersError(ValueError):
    """A layer would be left without a hinge."""


@dataclass(frozen=True)
class Hinges:
    """f(x) = sum_j w[j] relu(p.x - b[j]), one w for each output; the first j + 1 hinges make a line from b[j] on.

    Shapes: n breakpoints, increasing; weights, least and end M x n. Units: b in projected inputs, all others in
    outputs.
    least[e][j] is the least output of the points up to j, end[e][j] the value of the first j + 1 hinges at the last.
    """

    p: Vector
    breakpoints: tuple[Number, ...]
    weights: tuple[tuple[Number, ...], ...]
    least: tuple[tuple[Number, ...], ...]
    end: tuple[tuple[Number, ...], ...]


def shallow(dataset: Dataset, p: Sequence[Fraction] | str = "auto") -> Network:
    """A network with one hidden neuron for each distinct point, and f(x) = y at all of them: 2n + d numbers.

    The dataset is consistent. Fails: CollisionError when p sends two distinct points to one value.
    """
    found = hinges(dataset, p)
    first = Layer((found.p,) * len(found.breakpoints), tuple(fraction(-b) for b in found.breakpoints), "relu")
    weights = tuple(tuple(map(fraction, row)) for row in found.weights)
    return Network((first, Layer(weights, (ZERO,) * len(weights), "identity")))


def deep(dataset: Dataset, depth: int, p: Sequence[Fraction] | str = "auto") -> Network:
    """The same function on the dataset, its hinges in so many layers behind one that carries p.x.

    Each has a carry and an accumulator for each output, shifted: neither is negative at any point of the dataset.
    Fails: TooManyLayersError when there are more layers than distinct points; as `shallow`.
    """
    found = hinges(dataset, p)
    n, outputs = len(found.breakpoints), len(found.weights)
    if depth > n:
        raise TooManyLayersError(f"{depth} layers, but only {n} distinct points to share among them")
    starts = [n * k // depth for k in range(depth + 1)]
    layers = [Layer((found.p,), (fraction(-found.breakpoints[0]),), "relu")]
    shifts = [[ZERO] * outputs] + [[_shift(found, e, start) for e in range(outputs)] for start in starts[1:-1]]
    before, sums = 0, 0
    for k, (start, end) in enumerate(zip(starts[:-1], starts[1:], strict=True)):
        carry = [_row({before: ONE}, before + 1 + sums)]
        rows = carry * (end - start + (k < depth - 1))
        bias = [fraction(found.breakpoints[0] - b) for b in found.breakpoints[start:end]] + [ZERO] * (k < depth - 1)
        if k:
            rows += _sums(found, starts[k - 1], start, (before + 1, sums))
            bias += [new - old for new, old in zip(shifts[k], shifts[k - 1], strict=True)]
        layers.append(Layer(tuple(rows), tuple(bias), "relu"))
        before, sums = end - start, outputs if k else 0
    last = _sums(found, starts[-2], n, (before, sums))
    return Network((*layers, Layer(tuple(last), tuple(-c for c in shifts[-1]), "identity")))


def rectified(network: Network, dataset: Dataset) -> Network:
    """The network with a ReLU as its output too, behind a shift c = max(0, -min y) that is read off again.

    f(x) = y at every point of the dataset as before; elsewhere f is cut off at -c.
    """
    *hidden, last = network.layers
    shifts = [max(ZERO, -min(column)) for column in zip(*dataset.outputs, strict=True)]
    bias = tuple(b + c for b, c in zip(last.bias, shifts, strict=True))
    identity = tuple(_row({e: ONE}, len(shifts)) for e in range(len(shifts)))
    output = Layer(identity, tuple(-c for c in shifts), "identity")
    return Network((*hidden, Layer(last.weights, bias, "relu"), output))


def hinges(dataset: Dataset, p: Sequence[Fraction] | str = "auto") -> Hinges:
    """The hinges for a consistent dataset. Fails: CollisionError."""
    rows = distinct(dataset)
    inputs = [dataset.inputs[row] for row in rows]
    if isinstance(p, str):
        budget = WORK // len(inputs)
        p = projection.auto(inputs, budget=budget) if p == "auto" else projection.article(inputs)
    ts = projected(p, inputs, rows)
    points = sorted(zip(exact_all(ts), (dataset.outputs[row] for row in rows), strict=True), key=itemgetter(0))
    T = {k: t for k, (t, _) in enumerate(points)}
    T[-1] = T[0] - 1
    formula = exact_functions(zhang.derive)
    b = tuple(formula["breakpoint"](j=j, T=T) for j in range(len(points)))
    columns = [_column(T, [y[e] for _, y in points]) for e in range(len(points[0][1]))]
    return Hinges(tuple(p), b, *(tuple(parts) for parts in zip(*columns, strict=True)))


def _column(T: dict[int, Number], outputs: Sequence[Fraction]) -> tuple[tuple[Number, ...], ...]:
    """(weights, least, end) of one output."""
    formula = exact_functions(zhang.derive)
    places = range(len(outputs))
    Y = {-1: exact(ZERO)} | {k: exact(y) for k, y in enumerate(outputs)}
    S = {-1: exact(ZERO)} | {j: formula["slope"](j=j, T=T, Y=Y) for j in places}
    least = [Y[0]]
    for j in places[1:]:
        least.append(min(least[-1], Y[j]))
    end = tuple(formula["line"](j=j, t=T[places[-1]], S=S, T=T, Y=Y) for j in places)
    return tuple(formula["weight"](j=j, S=S) for j in places), tuple(least), end


def _shift(found: Hinges, output: int, count: int) -> Fraction:
    """An integer that the sum of the first so many hinges is not below, negative, at any point of the dataset.

    Behind the last of these hinges' points the sum is a line, so it is least at one of its ends.
    """
    return Fraction(max(0, -floor(min(found.least[output][count - 1], found.end[output][count - 1]))))


def _sums(found: Hinges, start: int, end: int, places: tuple[int, int]) -> list[Vector]:
    """For each output, the hinges of one layer times their weights, and the accumulator, if there is one.

    places: where the accumulators begin among the inputs, and how many there are.
    """
    first, count = places
    rows = []
    for e, weights in enumerate(found.weights):
        row = {q: fraction(w) for q, w in enumerate(weights[start:end])}
        rows.append(_row(row | ({first + e: ONE} if count else {}), first + count))
    return rows


def _row(entries: dict[int, Fraction], length: int) -> Vector:
    return tuple(entries.get(q, ZERO) for q in range(length))


def numbers(network: Network) -> tuple[int, int]:
    """(all entries of the weights and biases, those that are not 0)."""
    rows = [row for layer in network.layers for row in (*layer.weights, layer.bias)]
    return sum(map(len, rows)), sum(1 for row in rows for q in row if q)


def entries(dataset: Dataset, depth: int | None, all_relu: bool) -> int:
    """How many entries `shallow` (depth None) or `deep` has, rectified or not, before anything is built.

    0 when there are more layers than distinct points: then nothing is.
    """
    n, outputs = len(distinct(dataset)), len(dataset.outputs[0])
    hidden = [n]
    if depth is not None:
        if depth > n:
            return 0
        counts = [n * (k + 1) // depth - n * k // depth for k in range(depth)]
        hidden = [1, *(count + (k < depth - 1) + (outputs if k else 0) for k, count in enumerate(counts))]
    widths = [len(dataset.inputs[0]), *hidden, outputs, *([outputs] if all_relu else [])]
    return sum((before + 1) * width for before, width in pairwise(widths))
