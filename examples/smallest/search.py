"""The least bound on the parameters with which a network fits, found from below; and what constructions need."""

import time
from dataclasses import dataclass

from checker.console import Disagreement
from checker.dataset import Dataset
from checker.judge import Certified, zero_error
from checker.network import Network
from examples.smallest.enumeration import Enumeration, Numbers, TimeIsUp
from symbolic.construct import TooManyPointsError, construct

CLASSES = {"integers": Numbers.integers, "fractions": Numbers.fractions}


@dataclass(frozen=True)
class Least:
    """none[k] are the choices and sums with bound k + 1, of which no network fits; then the network that does.

    network None: the search ended before the next bound was decided.
    """

    none: tuple[tuple[int, int], ...]
    network: Network | None

    @property
    def bound(self) -> int:
        """The least bound, or one that it is at least."""
        return len(self.none) + 1


def least(dataset: Dataset, widths: tuple[int, int], kind: str, seconds: float, up_to: int) -> Least:
    """The least bound with which a network of these widths fits, as far as these seconds and bounds go."""
    deadline = time.monotonic() + seconds
    none: list[tuple[int, int]] = []
    for bound in range(1, up_to + 1):
        try:
            search = Enumeration(dataset, widths, CLASSES[kind](bound), deadline)
            network = search.network()
        except TimeIsUp:
            break
        if network is not None:
            if not isinstance(zero_error(network, dataset), Certified):
                raise Disagreement("the enumeration gave a network that the judge refutes")
            return Least(tuple(none), network)
        none.append((search.choices, search.tried))
    return Least(tuple(none), None)


def height_and_bits(network: Network) -> tuple[int, int]:
    """The largest numerator or denominator by absolute value; the bits of all, as `checker inspect` counts them."""
    numbers = [q for layer in network.layers for row in (*layer.weights, layer.bias) for q in row]
    bits = sum(q.numerator.bit_length() + q.denominator.bit_length() for q in numbers)
    return max(max(abs(q.numerator), q.denominator) for q in numbers), bits


def constructed(dataset: Dataset, widths: tuple[int, int], method: str) -> tuple[int, int] | None:
    """The same of a construction; None when it has no room."""
    try:
        return height_and_bits(construct(dataset, widths, method))
    except TooManyPointsError:
        return None
