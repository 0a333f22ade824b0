"""Networks of the form of Theorem 3, read off their weights: groups, zigzag order, and who must be on where.

Nothing here decides a verdict on a claim. It names the neuron that departs in a refutation, and tells the rooms
outside which statement
about all t (not only the data) a network of this form makes.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from checker.dataset import Dataset
from checker.network import Network, Vector


class NotOfTheoremForm(Exception):
    """A network or its dataset is not of the form of Theorem 3; neuron is (layer, neuron) where one is to blame."""

    def __init__(self, reason: str, neuron: tuple[int, int] | None = None) -> None:
        self.neuron = neuron
        super().__init__(reason)


@dataclass(frozen=True)
class Place:
    """Where a point stands: in group i (counted from 0), at position j of its zigzag order, with projected input t."""

    group: int
    position: int
    t: Fraction


@dataclass(frozen=True)
class TheoremForm:
    """The projection p, the breakpoints b_0 < b_1 < ..., and the place of every row of the dataset."""

    projection: Vector
    breakpoints: Vector
    places: tuple[Place, ...]

    def points(self, group: int) -> dict[int, Fraction]:
        """The projected inputs of a group by position."""
        return {place.position: place.t for place in self.places if place.group == group}

    def active(self, place: Place, layer: int, neuron: int) -> bool:
        """Whether the theorem has this neuron (layer 1 or 2, neuron counted from 0) on at this place."""
        return neuron <= (place.group if layer == 1 else place.position)


def theorem_form(network: Network, dataset: Dataset) -> TheoremForm:
    """The form of a network f(t) = C + sum_j (-1)^j relu(g_j(t)), t = p.x, with at most a2 points between breakpoints.

    Fails: NotOfTheoremForm with the reason.
    """
    if (
        len(network.layers) != 3
        or any(layer.activation != "relu" for layer in network.layers[:2])
        or network.widths[3] != 1
    ):
        raise NotOfTheoremForm("it has not two hidden ReLU layers and one output")
    first, second, last = network.layers
    projection = _shared_row(first.weights)
    for j, u in enumerate(last.weights[0]):
        if u != (-1) ** j:
            raise NotOfTheoremForm(f"its output weight {j + 1} is not {(-1) ** j}", (3, 1))
    breakpoints = tuple(-b for b in first.bias)
    if any(b >= c for b, c in zip(breakpoints[:-1], breakpoints[1:], strict=True)):
        raise NotOfTheoremForm("its breakpoints do not increase")
    return TheoremForm(projection, breakpoints, _places(projection, breakpoints, second.width, dataset))


def first_neuron_that_departs(network: Network, dataset: Dataset, row: int) -> tuple[int, int, str]:
    """Layer and neuron (counted from 1) of the first departure behind a wrong output at this row, with the reason
    (FORMAT.md).
    """
    wrong = next(e for e, (y, z) in enumerate(_outputs(network, dataset, row), 1) if y != z)
    output = wrong_output(network, wrong)
    try:
        form = theorem_form(network, dataset)
    except NotOfTheoremForm as error:
        return (*error.neuron, str(error)) if error.neuron else output
    group = form.places[row - 1].group
    of_group = sorted((place.position, k) for k, place in enumerate(form.places, 1) if place.group == group)
    first = next(k for _, k in of_group if any(y != z for y, z in _outputs(network, dataset, k)))
    place, trace = form.places[first - 1], network.preactivations(dataset.inputs[first - 1])
    for layer in (1, 2):
        for neuron, z in enumerate(trace[layer - 1]):
            if (z > 0) != form.active(place, layer, neuron):
                state = "on" if z > 0 else "off"
                return layer, neuron + 1, f"it is {state} at row {first}, against the theorem's sign pattern"
    return 2, place.position + 1, f"the sum up to it misses its point of group {group + 1}, row {first}"


def wrong_output(network: Network, output: int) -> tuple[int, int, str]:
    """Layer and neuron (counted from 1) of an output that is wrong, with the reason."""
    return len(network.layers), output, "the output is not the value asked for"


def _shared_row(weights: tuple[Vector, ...]) -> Vector:
    row, count = Counter(weights).most_common(1)[0]
    if count != len(weights):
        odd = next(k for k, other in enumerate(weights, 1) if other != row)
        blame = (1, odd) if 2 * count > len(weights) else None
        raise NotOfTheoremForm("its weights are not those of the other neurons of the first layer", blame)
    return row


def _places(projection: Vector, breakpoints: Vector, a2: int, dataset: Dataset) -> tuple[Place, ...]:
    ts = [sum((p * v for p, v in zip(projection, x, strict=True)), Fraction(0)) for x in dataset.inputs]
    if len(set(ts)) != len(set(dataset.inputs)):
        raise NotOfTheoremForm("its projection sends two inputs to one value")
    places: dict[Fraction, Place] = {}
    group, count = -1, 0
    for t in sorted(set(ts)):
        while group + 1 < len(breakpoints) and breakpoints[group + 1] < t:
            group, count = group + 1, 0
        if group < 0:
            raise NotOfTheoremForm("a point lies before the first breakpoint")
        if count == a2:
            raise NotOfTheoremForm(f"more than {a2} points lie between two breakpoints")
        places[t] = Place(group, count if group % 2 == 0 else a2 - 1 - count, t)
        count += 1
    return tuple(places[t] for t in ts)


def _outputs(network: Network, dataset: Dataset, row: int) -> list[tuple[Fraction, Fraction]]:
    obtained = network.preactivations(dataset.inputs[row - 1])[-1]
    return list(zip(dataset.outputs[row - 1], obtained, strict=True))
