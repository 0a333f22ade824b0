"""A network on the line from neurons found in cones. What it computes is for the judge to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checker.impossible.cones import Cell, Cones
from checker.network import Layer, Network


@dataclass(frozen=True)
class Neuron:
    """sign * the sum of rays, by index, with these coefficients > 0; index -1 is the constant."""

    cones: Cones
    sign: int
    rays: dict[int, Fraction]

    def terms(self) -> Iterator[tuple[int, Fraction]]:
        """(column, coefficient) of the sum, columns not in units but as they are."""
        for ray, coefficient in self.rays.items():
            if ray >= 0:
                found = self.cones.rays[ray].coefficients
                for column, c in enumerate(found):
                    yield column, coefficient * c * self.cones.columns[column].unit

    def weights(self, number: int) -> list[tuple[Fraction, Fraction]]:
        """(tau, weight) of the columns of the first-layer neuron of this number."""
        columns = self.cones.columns
        return [(columns[k].tau, w) for k, w in self.terms() if columns[k].neuron == number]


def network_one(origin: Fraction, neurons: list[Neuron]) -> Network:
    """One hidden layer; neurons[0] is the constant. For t >= origin the neuron t is origin + relu(t - origin)."""
    constant, hidden = neurons[0].rays[-1], []
    for neuron in neurons[1:]:
        side, tau, weight = 1, origin, Fraction(0)
        for ray, coefficient in neuron.rays.items():
            column, sign = neuron.cones.rays[ray].coefficients
            found = neuron.cones.columns[column]
            d = coefficient * sign * found.unit * neuron.sign
            side = found.side
            if side == 0:
                side, constant, place = 1, constant + d * origin, origin
            else:
                place = found.tau
            tau = (tau * weight + place * d) / (weight + d) if weight + d else tau
            weight += d
        hidden.append((side, tau, weight))
    first = _first([(side, tau) for side, tau, _ in hidden])
    return Network((first, Layer((tuple(w for _, _, w in hidden),), (constant,), "identity")))


def network_two(origin: Fraction, cells: tuple[Cell, ...], neurons: list[Neuron]) -> Network:
    """Two hidden layers, the first with the cells' neurons, each cell a single tau; neurons[0] is the constant."""
    first = _first([(cell.side or 1, cell.low if cell.side else origin) for cell in cells])
    rows, biases, signs = [], [], []
    for neuron in neurons[1:]:
        row, bias = [Fraction(0)] * len(cells), Fraction(0)
        for column, coefficient in neuron.terms():
            number = neuron.cones.columns[column].neuron
            if number is None:
                bias += coefficient
                continue
            row[number] += coefficient
            bias += coefficient * origin if cells[number].side == 0 else 0
        rows.append(tuple(row))
        biases.append(bias)
        signs.append(Fraction(neuron.sign))
    output = Layer((tuple(signs),), (neurons[0].rays[-1],), "identity")
    return Network((first, Layer(tuple(rows), tuple(biases), "relu"), output))


def network_moved(tau: Fraction, backwards: bool, network: Network) -> Network:
    """The network with one hidden layer behind t -> max(t, tau), or max(-t, tau), which is tau + relu(t - tau)."""
    second, output = network.layers
    bias = tuple(b + row[0] * tau for row, b in zip(second.weights, second.bias, strict=True))
    side = -1 if backwards else 1
    first = Layer(((Fraction(side),),), (-tau,), "relu")
    return Network((first, Layer(second.weights, bias, "relu"), output))


def _first(neurons: list[tuple[int, Fraction]]) -> Layer:
    weights = tuple((Fraction(side),) for side, _ in neurons)
    return Layer(weights, tuple(-side * tau for side, tau in neurons), "relu")


def lifted(network: Network, coordinate: int, inputs: int) -> Network:
    """The network of so many inputs that looks at one coordinate alone."""
    first, *others = network.layers
    rows = tuple(tuple(row[0] if k == coordinate else Fraction(0) for k in range(inputs)) for row in first.weights)
    return Network((Layer(rows, first.bias, first.activation), *others))


def padded(network: Network, hidden: tuple[int, ...]) -> Network:
    """The same function, with neurons that do nothing up to these hidden widths."""
    layers, inputs = [], network.widths[0]
    for layer, width in zip(network.layers, (*hidden, network.widths[-1]), strict=True):
        rows = [(*row, *(Fraction(0) for _ in range(inputs - len(row)))) for row in layer.weights]
        missing = width - len(rows)
        zeros = (Fraction(0),) * inputs
        layers.append(Layer((*rows, *(zeros,) * missing), (*layer.bias, *(Fraction(0),) * missing), layer.activation))
        inputs = width
    return Network(tuple(layers))
