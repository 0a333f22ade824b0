"""Any a + 2 points on a line fit one hidden layer of a >= 3 neurons: the network, and why.

Points t_1 < ... < t_N, N = a + 2, values y. Slopes c_k = (y_{k+1} - y_k) / (t_{k+1} - t_k), bends d_k = c_{k+1} - c_k
at t_{k+1}, k = 1..a. A network is a piecewise linear function with at most a breakpoints, of which some set L looks
left (relu(tau - t)), the others right; its slope at the far left must be minus the sum of the bends in L. Nothing else.

1. *Some d_k = 0*: bends at the other places, at most a - 1, all looking right; one neuron is left for the slope c_1.
2. *Two neighbours d_k, d_{k+1} of one sign*: the lines of the gaps k and k + 2 meet inside gap k + 1, so that one bend
   does for two; again one neuron is left.
3. *Signs alternate.* Three bends can be moved, at the price of becoming larger, the values at the points unchanged:
   - the first, left from t_2: slope c_1 - r d_1 at the far left, bend (1 + r) d_1, for any r >= 0;
   - the last, right from t_{N-1}: bend (1 + r) d_a;
   - the second (a >= 4), right from t_3: bends (1 + r) d_2 and d_3 - r d_2 at t_4, which has the sign of d_3.
   Let the third bend look left, alone. Wanted is c_1 - r d_1 = -(d_3 - q d_2) when a >= 4, c_1 - r d_1 = -(1 + q) d_3
   when a = 3 (the third is the last). d_1 and d_3 have one sign s, d_2 has the other: with absolute values
   r |d_1| = s c_1 + |d_3| + q |d_2|, or r |d_1| = s c_1 + |d_3| + q |d_3|, which some r, q >= 0 satisfy.
"""

from fractions import Fraction
from itertools import pairwise

from checker.network import Layer, Network

Bend = tuple[Fraction, Fraction, int]
"""A neuron: breakpoint, bend, and 1 when it looks right, -1 when it looks left."""


def fitted(ts: list[Fraction], ys: list[Fraction]) -> Network:
    """A network with len(ts) - 2 >= 3 hidden neurons and these values at the ts, which increase."""
    points = list(zip(ts, ys, strict=True))
    slopes = [(w - v) / (t - s) for (s, v), (t, w) in pairwise(points)]
    bends = [d - c for c, d in pairwise(slopes)]
    if 0 in bends:
        spare = [(t, d, 1) for t, d in zip(ts[1:-1], bends, strict=True) if d]
        neurons = [(ts[0], slopes[0], 1), *spare]
    elif (k := _same_sign(bends)) is not None:
        tau = ts[k + 1] + (ts[k + 2] - ts[k + 1]) * bends[k + 1] / (bends[k] + bends[k + 1])
        spare = [(t, d, 1) for t, d in zip(ts[1:-1], bends, strict=True)]
        neurons = [(ts[0], slopes[0], 1), *spare[:k], (tau, bends[k] + bends[k + 1], 1), *spare[k + 2 :]]
    else:
        neurons = _alternating(ts, slopes[0], bends)
    return _network(points[0], neurons, len(bends))


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


def _same_sign(bends: list[Fraction]) -> int | None:
    return next((k for k, (d, e) in enumerate(pairwise(bends)) if (d > 0) == (e > 0)), None)


def _alternating(ts: list[Fraction], slope: Fraction, bends: list[Fraction]) -> list[Bend]:
    """Step 3: the bends, the third looking left."""
    places, sizes = list(ts[1:-1]), list(bends)
    need = (slope if bends[0] > 0 else -slope) + abs(bends[2])
    last = len(bends) == 3
    r = max(need, Fraction(0)) / abs(bends[0])
    q = max(-need, Fraction(0)) / abs(bends[2] if last else bends[1])
    places[0] -= (ts[1] - ts[0]) * r / (1 + r)
    sizes[0] *= 1 + r
    moved = 2 if last else 1
    places[moved] += (ts[moved + 2] - ts[moved + 1]) * q / (1 + q)
    sizes[moved] *= 1 + q
    if not last:
        sizes[2] -= q * bends[1]
    return [(t, d, -1 if k == 2 else 1) for k, (t, d) in enumerate(zip(places, sizes, strict=True))]


def _network(point: tuple[Fraction, Fraction], neurons: list[Bend], width: int) -> Network:
    t, y = point
    neurons = neurons + [(t, Fraction(0), 1)] * (width - len(neurons))
    here = sum(d * max(side * (t - tau), Fraction(0)) for tau, d, side in neurons)
    hidden = Layer(
        tuple((Fraction(side),) for *_, side in neurons), tuple(-side * tau for tau, _, side in neurons), "relu"
    )
    return Network((hidden, Layer((tuple(d for _, d, _ in neurons),), (y - here,), "identity")))
