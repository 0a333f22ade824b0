"""Construction `vardi` on the points of a dataset: deep and at most ten wide, the points in the bits of few weights.

Source: Vardi, Yehudai, Shamir, On the optimal memorization power of ReLU neural networks (ICLR 2022), Theorem 3.1: any
N points with labels 0, ..., C - 1 are met by a network of width 12 with about sqrt(N) parameters, up to logarithms.
Its three stages: p.x puts the points on a line; the layers of the second one look up two numbers for the group that
the point is in, one with the bits of the group's inputs, one with those of its labels; the layers of the third take
these numbers apart, bit by bit, and keep the label whose input is the point's.

What is ours: inputs and labels are made integers, counted from the least one in units of the greatest common divisor
of the differences, so any rational outputs are labels, and the output layer turns them back; numbers looked up are
changed by steps, from one group to the next; and a bit is found by a step at a power of two, in place of tent maps.
Only at the points is anything asked of it: elsewhere its p.x need not be an integer.
"""

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checker.dataset import Dataset
from checker.network import Layer, Network, Vector
from symbolic import projection
from symbolic.construct import distinct, projected

WIDTH = 10
LAYERS = 150_000
"""More of them have too many parameters."""
Signal = dict[str, int]
"""A sum of neurons of the layer before, by name, and a constant, with the name ""."""
State = dict[str, Signal]
"""What the next layer is to carry on, by name; what is 0 everywhere has no signal."""


Layers = Generator[State, None, State]
"""The neurons of layers, one after the other, and what comes out of the last of them."""


class TooManyBitsError(ValueError):
    """The inputs or outputs have too many bits, or there are too many points."""


@dataclass(frozen=True)
class Units:
    """value = least + step * count, the counts integers from 0."""

    least: Fraction
    step: Fraction
    counts: tuple[int, ...]

    @property
    def bits(self) -> int:
        """The bits of the longest count, at least one."""
        return max(1, *(count.bit_length() for count in self.counts))


@dataclass(frozen=True)
class Code:
    """Points in groups of `size`, the inputs and labels of a group in one number each, the first point's bits on top.

    Shapes: starts, inputs and labels have an entry for each group. A short last group is filled up with labels 0.
    """

    size: int
    bits: tuple[int, int]
    starts: tuple[int, ...]
    inputs: tuple[int, ...]
    labels: tuple[int, ...]
    greatest: int

    @property
    def layers(self) -> int:
        """How many hidden layers the network has."""
        return len(self.starts) + self.size * (max(self.bits) + 1)


def network(dataset: Dataset, p: Sequence[Fraction] | str = "auto") -> Network:
    """A network at most WIDTH wide with f(x) = y at all points; the dataset is consistent and has one output.

    Fails: CollisionError when p sends two distinct points to one value; TooManyBitsError.
    """
    rows = distinct(dataset)
    inputs = [dataset.inputs[row] for row in rows]
    if isinstance(p, str):
        p = projection.auto(inputs) if p == "auto" else projection.article(inputs)
    ts, ys = units(projected(p, inputs, rows)), units([dataset.outputs[row][0] for row in rows])
    found = code(ts, ys)
    if found.layers > LAYERS:
        bits = f"{found.bits[0]} bits and labels of {found.bits[1]}"
        raise TooManyBitsError(f"{len(rows)} distinct points of {bits} need {found.layers} layers, more than {LAYERS}")
    *hidden, last = _layers(found)
    layers = [_first(hidden[0], tuple(q / ts.step for q in p), -ts.least / ts.step)]
    layers += [_layer(here, before) for before, here in zip(hidden[:-1], hidden[1:], strict=True)]
    (row,) = _layer(last, hidden[-1]).weights
    return Network((*layers, Layer((tuple(ys.step * w for w in row),), (ys.least,), "identity")))


def units(values: Sequence[Fraction]) -> Units:
    """The values as counts of their greatest common step.

    >>> units([Fraction(1, 2), Fraction(2), Fraction(5, 4)])
    Units(least=Fraction(1, 2), step=Fraction(3, 4), counts=(0, 2, 1))
    """
    least, scale = min(values), math.lcm(*(value.denominator for value in values))
    integers = [int((value - least) * scale) for value in values]
    step = math.gcd(*integers) or 1
    return Units(least, Fraction(step, scale), tuple(count // step for count in integers))


def code(ts: Units, ys: Units) -> Code:
    """The points in groups of about the size that makes the fewest layers."""
    points = sorted(zip(ts.counts, ys.counts, strict=True))
    size = max(1, math.isqrt(len(points) // (max(ts.bits, ys.bits) + 1)))
    groups = [points[start : start + size] for start in range(0, len(points), size)]
    inputs = tuple(_packed([t for t, _ in group], ts.bits, size) for group in groups)
    labels = tuple(_packed([y for _, y in group], ys.bits, size) for group in groups)
    return Code(size, (ts.bits, ys.bits), tuple(group[0][0] for group in groups), inputs, labels, max(ys.counts))


def _packed(numbers: Sequence[int], bits: int, size: int) -> int:
    """The numbers one after the other, of so many bits each, the first one on top; zeros for those that are missing."""
    return sum(number << bits * (size - 1 - place) for place, number in enumerate(numbers))


def _layers(found: Code) -> Iterator[State]:
    """The neurons of each hidden layer as sums of those before; in the first, `t` is the input. Last, the label."""
    state: State = {"t": {"t": 1}, "inputs": {"": found.inputs[0]}, "labels": {"": found.labels[0]}}
    for group in range(1, len(found.starts)):
        state = yield from _passed(state, _step(state["t"], found.starts[group], "group"))
        for name, numbers in (("inputs", found.inputs), ("labels", found.labels)):
            state[name] = _sum(state[name], _bit("group", numbers[group] - numbers[group - 1]))
    for place in range(found.size):
        state = yield from _member(state, found, found.size - 1 - place)
    state = yield from _passed({name: state[name] for name in ("result", "found") if name in state}, {})
    yield {"label": state["result"]}


def _member(state: State, found: Code, behind: int) -> Layers:
    """One input and one label taken from the group's numbers, then compared; so many are behind them."""
    for left in range(max(found.bits), 0, -1):
        steps: State = {}
        for name, bits in zip(("inputs", "labels"), found.bits, strict=True):
            if left <= bits:
                steps |= _step(state[name], 1 << bits * behind + left - 1, f"{name} bit")
        state = yield from _passed(state, steps)
        for name, part, bits in (("inputs", "input", found.bits[0]), ("labels", "label", found.bits[1])):
            if left <= bits:
                digit = _bit(f"{name} bit", 1)
                state[part] = _sum(_times(2, state.get(part, {})), digit)
                state[name] = _sum(state[name], _times(-(1 << bits * behind + left - 1), digit))
    off = _sum(state["t"], _times(-1, state.pop("input")))
    tent = {f"near {shift}": _sum(off, {"": shift}) for shift in (1, 0, -1)}
    state = yield from _passed(state, tent)
    same = {"near 1": 1, "near 0": -2, "near -1": 1}
    state["found"] = _sum(state.pop("label"), {"": -found.greatest}, _times(found.greatest, same))
    return state


def _passed(state: State, others: State) -> Layers:
    """A layer that carries the state on and has these neurons too; then the state in terms of this layer."""
    yield state | others
    carried: State = {name: {name: 1} for name in state if name != "found"}
    if "found" in state:
        carried["result"] = _sum(carried.get("result", {}), {"found": 1})
    return carried


def _step(signal: Signal, level: int, called: str) -> State:
    """Two neurons whose difference is 1 where the signal, an integer, has reached the level, else 0."""
    return {f"{called} on": _sum(signal, {"": 1 - level}), f"{called} past": _sum(signal, {"": -level})}


def _bit(called: str, factor: int) -> Signal:
    """The difference of these two neurons, times a factor."""
    return {f"{called} on": factor, f"{called} past": -factor}


def _times(factor: int, signal: Signal) -> Signal:
    return {name: factor * weight for name, weight in signal.items()}


def _sum(*signals: Signal) -> Signal:
    names = dict.fromkeys(name for signal in signals for name in signal)
    return {name: sum(signal.get(name, 0) for signal in signals) for name in names}


def _first(neurons: State, p: Vector, shift: Fraction) -> Layer:
    """The first layer, whose t is p.x + shift."""
    factors = [signal.get("t", 0) for signal in neurons.values()]
    bias = [f * shift + signal.get("", 0) for f, signal in zip(factors, neurons.values(), strict=True)]
    return Layer(tuple(tuple(f * q for q in p) for f in factors), tuple(bias), "relu")


def _layer(neurons: State, before: State) -> Layer:
    """A layer behind the one before."""
    weights = tuple(tuple(Fraction(signal.get(name, 0)) for name in before) for signal in neurons.values())
    return Layer(weights, tuple(Fraction(signal.get("", 0)) for signal in neurons.values()), "relu")
