"""The judge: is f(x) = y, exactly, at every row of the dataset?

It recomputes everything from the network and the dataset, in rational arithmetic, by one path, and believes nothing
else.
"""

from dataclasses import dataclass
from fractions import Fraction

from checker.dataset import Dataset
from checker.network import Network, ShapeError, Vector


@dataclass(frozen=True)
class Margin:
    """The least |preactivation| of a ReLU neuron, and the first place (counted from 1) where it occurs."""

    value: Fraction
    row: int
    layer: int
    neuron: int


@dataclass(frozen=True)
class Certified:
    """f(x) = y exactly at every row; patterns has one activation pattern for each of them."""

    rows: int
    patterns: tuple[str, ...]
    margin: Margin | None


@dataclass(frozen=True)
class Refuted:
    """f(x) != y at this row; output is the first that is wrong (row and output counted from 1)."""

    row: int
    input: Vector
    output: int
    expected: Fraction
    obtained: Fraction

    @property
    def difference(self) -> Fraction:
        """obtained - expected, never 0."""
        return self.obtained - self.expected


def zero_error(network: Network, dataset: Dataset) -> Certified | Refuted:
    """Certified when f(x) = y at every row of the dataset, else Refuted with the first row where it is not.

    Fails: ShapeError when the dataset's inputs or outputs are not as many as the network's.
    """
    require_same_shape(network, dataset)
    patterns: list[str] = []
    margin: Margin | None = None
    for row, (x, y) in enumerate(zip(dataset.inputs, dataset.outputs, strict=True), 1):
        trace = network.preactivations(x)
        for output, (expected, obtained) in enumerate(zip(y, trace[-1], strict=True), 1):
            if obtained != expected:
                return Refuted(row, x, output, expected, obtained)
        patterns.append(activation_pattern(network, trace))
        margin = _smaller(margin, row, network, trace)
    if len(patterns) != len(dataset):
        raise RuntimeError(f"{len(patterns)} rows were checked of {len(dataset)} given")
    return Certified(len(patterns), tuple(patterns), margin)


def activation_pattern(network: Network, trace: tuple[Vector, ...]) -> str:
    """'1' for each ReLU neuron whose preactivation is > 0 and '0' for the others, layers separated by '/'."""
    layers = zip(network.layers, trace, strict=True)
    return "/".join("".join("1" if z > 0 else "0" for z in zs) for layer, zs in layers if layer.activation == "relu")


def require_same_shape(network: Network, dataset: Dataset) -> None:
    """The dataset has as many inputs and outputs as the network. Fails: ShapeError."""
    n, m = network.widths[0], network.widths[-1]
    if len(dataset.inputs[0]) != n:
        raise ShapeError(f"the dataset has {len(dataset.inputs[0])} inputs, the network {n}")
    if len(dataset.outputs[0]) != m:
        raise ShapeError(f"the dataset has {len(dataset.outputs[0])} outputs, the network {m}")


def _smaller(margin: Margin | None, row: int, network: Network, trace: tuple[Vector, ...]) -> Margin | None:
    """The smaller of the margin so far and the ReLU preactivations of this row."""
    for number, (layer, zs) in enumerate(zip(network.layers, trace, strict=True), 1):
        if layer.activation == "relu":
            for neuron, z in enumerate(zs, 1):
                if margin is None or abs(z) < margin.value:
                    margin = Margin(abs(z), row, number, neuron)
    return margin
