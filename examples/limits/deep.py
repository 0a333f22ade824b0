"""Any 6 points on a line fit hidden widths (2, 2): the network, and why. Each further neuron of either layer: one more.

Points t_1 < ... < t_6, values y. Slopes c_k = (y_{k+1} - y_k) / (t_{k+1} - t_k), bends d_k = c_{k+1} - c_k at t_{k+1}.

1. *d_1 > 0 > d_2.* First layer relu(t - s), relu(r - t), t_1 < s <= t_2, t_4 < r < t_5. A g of the second layer
   has three slopes then, the middle one the sum of the outer two; nothing else is asked of it. l_2, l_5: the lines
   through points 2 and 3, through points 5 and 6. f = C - relu(g_1) - relu(g_2), C large.
   g_2 = C - l_2 on [s, r]: above 0 at t_2, t_3, t_4. On the left its slope is b - c_2, so that g_2 = C - y_1 at t_1:
   b (s - t_1) = d_1 (t_2 - t_1) is the height of y_1 above l_2 at t_1. With s near t_1, b is as large as wanted. On the
   right the slope is -b: g_2 is below 0 at t_5, t_6.
   g_1 = C - l_5 on the right of r: above 0 at t_5, t_6. On [s, r] it has the slope m with g_1 = l_2 - y_4 at t_4, which
   is above 0 as d_2 < 0; C large makes m large. So g_1 is below 0 at t_3, and at t_2, t_1: on the left its slope is
   m + c_5. Hence f is C - g_2 at t_1, t_2, t_3, and C - g_1 - g_2 at t_4, and C - g_1 at t_5, t_6: the values.
2. *d_1 < 0 < d_2*: the same for -y. *d_3 d_4 < 0*: the same for -t.
3. *Otherwise* one bend does for d_1 and d_2: if neither is 0, the lines of gaps 1 and 3 meet inside gap 2. So for d_3
   and d_4. With bends d at tau, e at tau': f = y_1 - K + relu(g_1) + d relu(t - tau), where g_1 = K + c_1 (t - t_1) +
   e relu(t - tau') is above 0 for K large. First layer relu(t - t_1), relu(t - tau').
4. *A further point t_7 on the right, one more neuron in the second layer*: relu(t - t_6), which is a function of a
   neuron relu(t - s), s <= t_6, of the first. There is one in every case, also of -t.
5. *A further point t_7, one more neuron in the first layer*: relu(t - t_6), with a weight in g_1 alone (of -t: in g_2
   alone) which gives it the value wanted at t_7. That is C - y_7, or about K: not below 0 when C or K is large.
   So any 6 + j + k points fit widths (2 + j, 2 + k): step 5 j times, all with one large C or K, then step 4 k times.
"""

from fractions import Fraction
from itertools import pairwise

from checker.network import Layer, Network

Points = list[tuple[Fraction, Fraction]]


def fitted_deep(ts: list[Fraction], ys: list[Fraction], room: Fraction = Fraction(0)) -> Network:
    """A network with hidden widths (2, 2) and these 6 values; room: by how much C or K is larger than it must be."""
    slopes = [(w - v) / (t - s) for (s, v), (t, w) in pairwise(zip(ts, ys, strict=True))]
    d = [c - b for b, c in pairwise(slopes)]
    if d[0] * d[1] < 0:
        return _crossed(ts, ys, room) if d[0] > 0 else _negated(_crossed(ts, [-y for y in ys], room))
    if d[2] * d[3] < 0:
        return _reflected(fitted_deep([-t for t in reversed(ts)], ys[::-1], room))
    return _two_bends(ts, ys, [_merged(ts[1:3], d[:2]), _merged(ts[3:5], d[2:])], room)


def wider_second(network: Network, ts: list[Fraction], y: Fraction) -> Network:
    """The network with one more neuron in its second hidden layer, and with value y at ts[-1], the same before it."""
    first, second, output = network.layers
    k = next(k for k, ((w,), b) in enumerate(zip(first.weights, first.bias, strict=True)) if w == 1 and -b <= ts[-2])
    row = tuple(Fraction(k == j) for j in range(len(first.weights)))
    missing = (y - network.preactivations((ts[-1],))[-1][0]) / (ts[-1] - ts[-2])
    second = Layer((*second.weights, row), (*second.bias, -ts[-2] - first.bias[k]), "relu")
    return Network((first, second, Layer(((*output.weights[0], missing),), output.bias, "identity")))


def wider_first(network: Network, ts: list[Fraction], y: Fraction) -> Network | None:
    """As wider_second, in its first hidden layer; None when there is not enough room."""
    first, second, output = network.layers
    _, before, (value,) = network.preactivations((ts[-1],))
    for j, (g, v) in enumerate(zip(before, output.weights[0], strict=True)):
        wanted = max(g, Fraction(0)) + (y - value) / v if v else Fraction(-1)
        if wanted >= 0:
            rows = [(*row, (wanted - g) / (ts[-1] - ts[-2]) * (i == j)) for i, row in enumerate(second.weights)]
            wider = Layer((*first.weights, (Fraction(1),)), (*first.bias, -ts[-2]), "relu")
            return Network((wider, Layer(tuple(rows), second.bias, "relu"), output))
    return None


def _crossed(ts: list[Fraction], ys: list[Fraction], room: Fraction) -> Network:
    """Step 1, with r in the middle of its gap."""
    t1, t2, _, t4, t5, _ = ts
    c1, c2, _, _, c5 = [(w - v) / (t - s) for (s, v), (t, w) in pairwise(zip(ts, ys, strict=True))]
    r = (t4 + t5) / 2
    at_t4, at_r, at_r5 = ys[1] + c2 * (t4 - ts[1]), ys[1] + c2 * (r - ts[1]), ys[4] + c5 * (r - t5)
    height = at_t4 - ys[3]
    steep = max(height / (t4 - ts[2]), -c5)
    constant = max(*ys, at_t4, at_r5 + height + steep * (r - t4)) + room
    m = (constant - at_r5 - height) / (r - t4)
    b = max((constant - at_r) / (t5 - r), c2 - c1)
    s = t1 + (c2 - c1) * (t2 - t1) / b
    # g = beta + w relu(t - s) + u relu(r - t) has the slopes -u, w - u, w.
    first = Layer(((Fraction(1),), (Fraction(-1),)), (-s, r), "relu")
    rows = ((-c5, -m - c5), (-b, c2 - b))
    biases = (constant - at_r5 + c5 * (r - s), constant - at_r + b * (r - s))
    return Network((first, Layer(rows, biases, "relu"), Layer(((Fraction(-1),) * 2,), (constant,), "identity")))


def _two_bends(ts: list[Fraction], ys: list[Fraction], bends: Points, room: Fraction) -> Network:
    """Step 3."""
    (tau, d), (place, e) = bends
    slope = (ys[1] - ys[0]) / (ts[1] - ts[0])
    # The first bend is not before the second point.
    lowest = min(slope * (t - ts[0]) + e * max(t - place, Fraction(0)) for t in ts)
    k = 1 + room - lowest
    first = Layer(((Fraction(1),), (Fraction(1),)), (-ts[0], -place), "relu")
    second = Layer(((slope, e), (Fraction(1), Fraction(0))), (k, ts[0] - tau), "relu")
    return Network((first, second, Layer(((Fraction(1), d),), (ys[0] - k,), "identity")))


def _merged(places: list[Fraction], bends: list[Fraction]) -> tuple[Fraction, Fraction]:
    """One bend instead of two of one sign, or of which one is 0: place and size."""
    total = sum(bends)
    at = places[0] + (places[1] - places[0]) * bends[1] / total if total else places[0]
    return at, total


def _negated(network: Network) -> Network:
    *hidden, output = network.layers
    row = tuple(-w for w in output.weights[0])
    return Network((*hidden, Layer((row,), (-output.bias[0],), "identity")))


def _reflected(network: Network) -> Network:
    first, *others = network.layers
    return Network((Layer(tuple((-w,) for (w,) in first.weights), first.bias, "relu"), *others))
