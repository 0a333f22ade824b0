"""A second evaluator of ReLU networks, naive on purpose, that shares no code with the checker.

The checker adds fractions one by one. Here a layer is scaled to integers over one common denominator, and fractions
appear only as pairs (numerator, denominator) in lowest terms. A network is a list of layers (weights, bias, activation)
whose entries are such pairs.
"""

import json
from math import gcd, lcm


def pair(q):
    """(numerator, denominator) of any rational number that has these two attributes."""
    return lowest(int(q.numerator), int(q.denominator))


def lowest(p, q):
    """p/q in lowest terms with a positive denominator."""
    common = gcd(p, q) if q > 0 else -gcd(p, q)
    return p // common, q // common


def number(text):
    """The pair that the text p, p/q, or either with 0x, spells; text must be well formed."""
    p, _, q = text.partition("/")
    return lowest(int(p, 0 if "x" in p else 10), int(q or "1", 0 if "x" in q else 10))


def plain(network):
    """The layers of any object with the checker's field names (only its numbers are read)."""
    return [
        ([[pair(w) for w in row] for row in layer.weights], [pair(b) for b in layer.bias], layer.activation)
        for layer in network.layers
    ]


def from_json(text):
    """The layers of a well-formed network file."""
    layers = json.loads(text)["layers"]
    return [
        ([[number(w) for w in row] for row in a["weights"]], [number(b) for b in a["bias"]], a["activation"])
        for a in layers
    ]


def preactivations(layers, x):
    """For each layer its preactivations as integers, and the one denominator that they share."""
    below = lcm(*(q for _, q in x))
    h = [p * (below // q) for p, q in x]
    trace = []
    for weights, bias, activation in layers:
        own = lcm(*(q for row in weights for _, q in row), *(q for _, q in bias))
        scaled = [[p * (own // q) for p, q in row] for row in weights]
        z = [
            sum(w * v for w, v in zip(row, h, strict=True)) + p * (own // q) * below
            for row, (p, q) in zip(scaled, bias, strict=True)
        ]
        below *= own
        h = [v if v > 0 or activation == "identity" else 0 for v in z]
        trace.append((z, below))
    return trace


def outputs(layers, x):
    """f(x), as pairs."""
    z, below = preactivations(layers, x)[-1]
    return [lowest(v, below) for v in z]


def pattern(layers, x):
    """1 for every ReLU neuron with a positive preactivation, 0 for the others, hidden layers separated by /."""
    rows = zip(layers, preactivations(layers, x), strict=True)
    return "/".join("".join("01"[v > 0] for v in z) for (_, _, activation), (z, _) in rows if activation == "relu")


def margin(layers, xs):
    """(least |preactivation| as a pair, row, layer, neuron), the first place, counted from 1; None without ReLU."""
    found = None
    for row, x in enumerate(xs):
        for number_of_layer, ((_, _, activation), (z, below)) in enumerate(
            zip(layers, preactivations(layers, x), strict=True)
        ):
            for neuron, v in enumerate(z):
                size = -v if v < 0 else v
                if activation == "relu" and (found is None or size * found[0][1] < found[0][0] * below):
                    found = lowest(size, below), row + 1, number_of_layer + 1, neuron + 1
    return found


def first_wrong(layers, xs, ys):
    """(row, output), counted from 1, of the first value that is not the one asked for; None when there is none."""
    for row, (x, y) in enumerate(zip(xs, ys, strict=True)):
        for output, (obtained, expected) in enumerate(zip(outputs(layers, x), y, strict=True)):
            if obtained != expected:
                return row + 1, output + 1
    return None
