"""A first layer whose rows are all the same p: its neurons go on one after the other as t = p.x increases."""

from math import lcm
from operator import mul

from checker.engines.rows import Rows, scaled
from checker.network import Layer, Network

Point = tuple[int, int]
"""(t, row): the projected input in units of 1/unit, and the row of the dataset, counted from 0."""


class NotOnALineError(ValueError):
    """The network does not see its input through one projection, or has other hidden layers than the engine wants."""


def sees_a_line(network: Network, activations: tuple[str, ...]) -> bool:
    """Whether these are the activations of the network's layers, and all rows of the first weights are the same."""
    if [(type(layer), layer.activation) for layer in network.layers] != [(Layer, a) for a in activations]:
        return False
    weights = network.layers[0].weights
    return all(row == weights[0] for row in weights)


class FirstLayer:
    """The neurons in the order in which they go on, and where: at breakpoints, in units of 1/fine.

    neuron[b] is the first neuron with the breakpoint b; a point's t is in units of 1/unit, times those of its inputs.
    """

    def __init__(self, layer: Layer) -> None:
        self.unit = lcm(*(q.denominator for q in layer.weights[0]))
        self._projection = scaled(layer.weights[0], self.unit)
        self.order = sorted(range(layer.width), key=lambda i: -layer.bias[i])
        self.fine = lcm(*(b.denominator for b in layer.bias))
        self.breakpoints = [-b for b in scaled(tuple(layer.bias[i] for i in self.order), self.fine)]
        self.neuron: dict[int, int] = {}
        for i, b in zip(self.order, self.breakpoints, strict=True):
            self.neuron[b] = min(i, self.neuron.get(b, i))

    def points(self, rows: Rows) -> list[Point]:
        """The points in increasing t."""
        inputs = zip(rows.numbers, rows.integers, strict=True)
        return sorted((sum(map(mul, self._projection, x)), k) for k, x in inputs)
