"""The judge: does a claim hold, exactly, at every row of the dataset?

It recomputes everything from the network and the dataset, in rational arithmetic, by one path, and believes nothing
else.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from checker.claim import ZERO_ERROR, Claim, Miss
from checker.dataset import Dataset
from checker.network import Network, ShapeError, Vector

PATTERNED = 16_384
"""Of a network of more ReLU neurons than these no activation patterns are kept."""


@dataclass(frozen=True)
class Margin:
    """The least |preactivation| of a ReLU neuron, and the first place (counted from 1) where it occurs."""

    value: Fraction
    row: int
    layer: int
    neuron: int


@dataclass(frozen=True)
class Tightest:
    """The least room that the claim leaves at any row, and the first place (counted from 1) where it does."""

    value: Fraction
    row: int
    output: int


@dataclass(frozen=True)
class Certified:
    """The claim holds at every row; patterns has one activation pattern for each of them, or is None, see PATTERNED."""

    rows: int
    patterns: tuple[str, ...] | None
    margin: Margin | None
    tightest: Tightest | None = None


@dataclass(frozen=True)
class Refuted:
    """The claim fails at this row (row and output counted from 1): obtained misses expected.

    obtained None: floating point gave no finite number; expected None: and the claim asks for no value, only for one.
    others: the rows behind it at which the claim fails too.
    """

    row: int
    input: Vector
    output: int
    expected: Fraction | None
    obtained: Fraction | None
    others: tuple["Refuted", ...] = ()

    @property
    def difference(self) -> Fraction | None:
        """obtained - expected."""
        return None if self.obtained is None or self.expected is None else self.obtained - self.expected


def zero_error(network: Network, dataset: Dataset) -> Certified | Refuted:
    """Certified when f(x) = y at every row of the dataset, else Refuted. Fails: ShapeError."""
    return decided(network, dataset, ZERO_ERROR)


def decided(network: Network, dataset: Dataset, claim: Claim) -> Certified | Refuted:
    """Certified when the claim holds at every row of the dataset, else Refuted with the first row where it fails.

    Fails: ShapeError when the dataset's inputs or outputs do not go with the network's; ClaimError when a point is none
    that the claim can be about.
    """
    require_fit(network, dataset, claim)
    patterns: list[str] = []
    failures: list[Refuted] = []
    margin: Margin | None = None
    tightest: Tightest | None = None
    kept = keeps_patterns(network)
    for row, (x, y) in enumerate(zip(dataset.inputs, dataset.outputs, strict=True), 1):
        trace = network.preactivations(x)
        found = claim.examined(y, trace[-1])
        if isinstance(found, Miss):
            failures.append(Refuted(row, x, found.output, found.expected, found.obtained))
        elif found is not None and (tightest is None or found.value < tightest.value):
            tightest = Tightest(found.value, row, found.output)
        patterns.append(activation_pattern(network, trace) if kept else "")
        margin = _smaller(margin, row, network, trace)
    if failures:
        return replace(failures[0], others=tuple(failures[1:]))
    if len(patterns) != len(dataset):
        raise RuntimeError(f"{len(patterns)} rows were checked of {len(dataset)} given")
    return Certified(len(patterns), tuple(patterns) if kept else None, margin, tightest)


def keeps_patterns(network: Network) -> bool:
    """Whether the network is small enough for the activation patterns of all rows to be kept."""
    return sum(layer.width for layer in network.layers if layer.activation == "relu") <= PATTERNED


def activation_pattern(network: Network, trace: tuple[Vector, ...]) -> str:
    """'1' for each ReLU neuron whose preactivation is > 0 and '0' for the others, layers separated by '/'."""
    layers = zip(network.layers, trace, strict=True)
    return "/".join("".join("1" if z > 0 else "0" for z in zs) for layer, zs in layers if layer.activation == "relu")


def require_fit(network: Network, dataset: Dataset, claim: Claim) -> None:
    """The dataset has as many inputs as the network, and the outputs that the claim needs. Fails: ShapeError."""
    if len(dataset.inputs[0]) != network.widths[0]:
        raise ShapeError(f"the dataset has {len(dataset.inputs[0])} inputs, the network {network.widths[0]}")
    if not claim.takes(len(dataset.outputs[0]), network.widths[-1]):
        found = f"the dataset has {len(dataset.outputs[0])} outputs, the network {network.widths[-1]}"
        raise ShapeError(found if claim == ZERO_ERROR else f"{found} (claim {claim.text})")
    for y in dataset.outputs:
        claim.require_point(y, network.widths[-1])


def _smaller(margin: Margin | None, row: int, network: Network, trace: tuple[Vector, ...]) -> Margin | None:
    """The smaller of the margin so far and the ReLU preactivations of this row."""
    for number, (layer, zs) in enumerate(zip(network.layers, trace, strict=True), 1):
        if layer.activation == "relu":
            for neuron, z in enumerate(zs, 1):
                if margin is None or abs(z) < margin.value:
                    margin = Margin(abs(z), row, number, neuron)
    return margin
