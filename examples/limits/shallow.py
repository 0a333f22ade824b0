"""Any a + 2 points on a line fit one hidden layer of a >= 3 neurons: the network.

That it fits is proved by `proofs prove shallow_number`, and of the two deeper ones by `shallow_number_second` and
`shallow_number_first`; the idea is in proofs/theorems/shallow_number_join.py. In short: a + 1 hinges meet the points.
Hinges at two neighbouring points whose weights have no opposite signs are one neuron; and of hinge 1, hinge 2 and
hinge 0 + hinge 3, which a neuron that looks left makes of hinges 0 and 3, two have no opposite signs.
"""

from fractions import Fraction
from itertools import pairwise

from checker.network import Layer, Network

Hinges = list[tuple[Fraction, int]]
"""A neuron, by the hinges that it is at the points: weight and place."""


def fitted(ts: list[Fraction], ys: list[Fraction]) -> Network:
    """A network with len(ts) - 2 >= 3 hidden neurons and these values at the ts, which increase."""
    points = list(zip(ts, ys, strict=True))
    slopes = [(w - v) / (t - s) for (s, v), (t, w) in pairwise(points)]
    hinges = [slopes[0], *(d - c for c, d in pairwise(slopes))]
    looks_left = hinges[1] * hinges[2] < 0
    neurons = [*_first_three(hinges), *([(hinge, place)] for place, hinge in enumerate(hinges) if place > 3)]
    weights, bias, out = [], [], []
    for m, neuron in enumerate(neurons):
        steep = sum((weight for weight, _ in neuron), Fraction(0))
        moment = sum((weight * ts[place] for weight, place in neuron), Fraction(0))
        unit = 1 if steep >= 0 else -1
        facing = -unit if m == 2 and looks_left else unit
        weights.append((facing * steep,))
        bias.append(-facing * moment)
        out.append(Fraction(unit))
    lacking = neurons[2][0][0] * (ts[3] - ts[0]) if looks_left else Fraction(0)
    hidden = Layer(tuple(weights), tuple(bias), "relu")
    return Network((hidden, Layer((tuple(out),), (ys[0] - lacking,), "identity")))


def _first_three(hinges: list[Fraction]) -> list[Hinges]:
    """Three neurons that make the first four hinges; unless the first two bends are joined the third looks left."""
    start, first, second, third = hinges[:4]
    need = start + third
    if first * second >= 0:
        return [[(start, 0)], [(first, 1), (second, 2)], [(third, 3)]]
    if first * need >= 0:
        return [[(first, 1), (need, 0)], [(second, 2)], [(third, 3)]]
    return [[(first, 1)], [(second, 2), (need, 3)], [(-start, 3)]]


def behind_one(network: Network, origin: Fraction) -> Network:
    """The same for t >= origin, with a first hidden layer of one neuron, origin + relu(t - origin) = t."""
    hidden, output = network.layers
    bias = tuple(b + row[0] * origin for row, b in zip(hidden.weights, hidden.bias, strict=True))
    first = Layer(((Fraction(1),),), (-origin,), "relu")
    return Network((first, Layer(hidden.weights, bias, "relu"), output))


def before_one(network: Network, least: Fraction) -> Network:
    """The same where the value is >= least, with a second hidden layer of one neuron."""
    hidden, output = network.layers
    second = Layer(output.weights, (output.bias[0] - least,), "relu")
    return Network((hidden, second, Layer(((Fraction(1),),), (least,), "identity")))
