"""Networks whose regions are known, and a second way to count them on a line."""

from dataclasses import replace
from fractions import Fraction

from checker.network import Layer, Network


def network(*layers):
    """A network from (weights, biases) of each layer, ReLU behind all but the last."""
    kinds = ["relu"] * (len(layers) - 1) + ["identity"]
    made = []
    for (weights, bias), kind in zip(layers, kinds, strict=True):
        rows = tuple(tuple(map(Fraction, row)) for row in weights)
        made.append(Layer(rows, tuple(map(Fraction, bias)), kind))
    return Network(tuple(made))


def random_network(random, *widths):
    """Weights and biases are small and often 0 or equal, so that many cases are degenerate."""

    def number():
        return Fraction(random.randint(-3, 3), random.choice((1, 1, 2, 3)))

    sizes = zip(widths, widths[1:], strict=False)
    return network(
        *([[[number() for _ in range(n)] for _ in range(m)], [number() for _ in range(m)]] for n, m in sizes)
    )


def signs(network, x):
    """The activation pattern at x, layer by layer."""
    trace = network.preactivations(x)
    return tuple(tuple(z > 0 for z in zs) for zs in trace[:-1])


def affine(network, pattern):
    """The outputs as affine functions, with these activations: constants, and rows of weights, in rationals."""
    n = network.widths[0]
    rows = [[Fraction(0)] + [Fraction(int(i == k)) for i in range(n)] for k in range(n)]
    for k, layer in enumerate(network.layers):
        made = []
        for neuron, (weights, bias) in enumerate(zip(layer.weights, layer.bias, strict=True)):
            row = [sum(w * r[i] for w, r in zip(weights, rows, strict=True)) for i in range(n + 1)]
            row[0] += bias
            on = k == len(pattern) or pattern[k][neuron]
            made.append(row if on else [Fraction(0)] * (n + 1))
        rows = made
    return tuple(map(tuple, rows))


def swept(network, low=None, high=None):
    """(linear regions, activation regions) on a line: zeros of all neurons between the zeros found before."""
    cuts = [Fraction(0)] if low is None else [low, high]
    for depth in range(len(network.layers) - 1):
        shallow = Network((*network.layers[:depth], replace(network.layers[depth], activation="identity")))
        found = set()
        for x, left, right in between(cuts, low is not None):
            for constant, slope in affine(shallow, signs(shallow, (x,))):
                zero = -constant / slope if slope else None
                if zero is not None and (left is None or left < zero) and (right is None or zero < right):
                    found.add(zero)
        cuts = sorted(found | set(cuts))
    seen = [signs(network, (x,)) for x, _, _ in between(cuts, low is not None)]
    functions = [affine(network, pattern) for pattern in seen]
    linear_regions = 1 + sum(a != b for a, b in zip(functions, functions[1:], strict=False))
    return linear_regions, len(set(seen))


def between(cuts, bounded):
    """A point between any two neighbouring cuts, with both; and beyond the outer ones."""
    inner = [((a + b) / 2, a, b) for a, b in zip(cuts, cuts[1:], strict=False)]
    return inner if bounded else [(cuts[0] - 1, None, cuts[0]), *inner, (cuts[-1] + 1, cuts[-1], None)]


def naive_folds(n0, *hidden):
    """Montufar et al.'s own folds relu(p x), relu(2 p x - 2), relu(2 p x - 4), ..., and a last layer of hyperplanes in
    general position that is oriented without care: all of it is off near 0.
    """
    rows, layers = [([int(i == k) for i in range(n0)], 0) for k in range(n0)], []
    for width in hidden[:-1]:
        p = width // n0
        neurons, fold = [], []
        for axis in range(n0):
            bends = [(p, 0), *((2 * p, -2 * j) for j in range(1, p))]
            neurons += [([slope * int(i == axis) for i in range(n0)], bias) for slope, bias in bends]
            fold.append(([(-1) ** (k % p) * int(k // p == axis) for k in range(n0 * p)], 0))
        layers.append(composed(neurons, rows))
        rows = fold
    last, e = hidden[-1], Fraction(1, 4 * (1 + hidden[-1]) ** n0)
    neurons = [
        ([k**i for i in range(n0)], -Fraction(sum(k**i for i in range(n0)), 2) - e * k**n0) for k in range(1, last + 1)
    ]
    layers.append(composed(neurons, rows))
    return network(*layers, ([[k * k + 1 for k in range(last)]], [0]))


def composed(neurons, rows):
    weights = [
        [sum(w * row[i] for w, (row, _) in zip(ws, rows, strict=True)) for i in range(len(rows[0][0]))]
        for ws, _ in neurons
    ]
    return weights, [b + sum(w * c for w, (_, c) in zip(ws, rows, strict=True)) for ws, b in neurons]
