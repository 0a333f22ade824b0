"""Networks with exactly as many linear regions as Montufar et al. say that some network has at least.

Montufar, Pascanu, Cho, Bengio, On the Number of Linear Regions of Deep Neural Networks (NeurIPS 2014), Theorem 5:
(prod_{i<L} floor(n_i / n_0))^{n_0} * sum_{j<=n_0} C(n_L, j). Why the networks here have that many:

Folds. With p = floor(n_i / n_0) >= 2 neurons for each coordinate, relu(1 - p x), relu(p x - 1), relu(p x - 2), ...,
relu(p x - (p - 1)), with the signs 1, 1, -2, 2, -2, ..., add up to a zigzag of p pieces over the whole line (the
first two neurons bend at the same place), each of slope p or -p and onto [0, 1]. All layers but the last fold every
coordinate so; the rest of their neurons are 0. With p = 1 the one neuron relu(x + 1), less 1, is x for x >= -1.

Last layer. z_k = k^0 y_1 + ... + k^(n_0 - 1) y_{n_0} - e k^{n_0} for k = 1, ..., n_L, with y = u - 1/2. At most n_0
of the hyperplanes z_k = 0 meet in a point; the polynomial z(k) has these roots, so |y_i| <= e prod(1 + root) <= 1/4,
and all vertices lie inside the unit cube. If n_L >= n_0 every cell has a vertex: all sum_j C(n_L, j) cells meet the
cube. (If n_L < n_0, e = 0, and all 2^n_L cells meet the cube at its centre.)

Signs. Neuron k is relu(s_k z_k), with output weight s_k, and s_k = -1, 1, -1, ... from the last one down. All neurons
off would be a polynomial z(k) of degree n_0 with leading coefficient -e < 0 and n_L - 1 sign changes that is positive
at n_L: there is none if n_L > n_0. So some neuron is on, and every partial derivative of the output in u, the sum of
s_k s_k k^i over those that are on, is positive: across a fold it changes sign, across z_k = 0 it changes. So no two
neighbours are joined. If n_L <= n_0 every pattern occurs, all neurons off too: there the output is 0 on both sides of
a fold.
"""

import argparse
from fractions import Fraction
from math import comb, prod
from typing import Any

from checker.network import Layer, Network

PARAMETERS, BITS = 2_000_000, 100_000_000
"""No larger networks are made: so many parameters, so many bits in the last layer's weights."""
Row = tuple[tuple[int, ...], int]
"""Weights and bias of one neuron."""


class NotAttainedError(ValueError):
    """The construction does not attain the bound for these widths; the text says why."""


def formula() -> Any:
    """The bound, a SymPy expression in n[0], ..., n[L]."""
    from sympy import IndexedBase, Product, Sum, binomial, floor, symbols

    n = IndexedBase("n", integer=True, positive=True)
    i, j, last = symbols("i j L", integer=True, positive=True)
    return Product(floor(n[i] / n[0]), (i, 1, last - 1)) ** n[0] * Sum(binomial(n[last], j), (j, 0, n[0]))


def bound(widths: tuple[int, ...]) -> int:
    """The bound's value for the widths n_0, ..., n_L: what formula() has there.

    >>> bound((2, 4, 4, 4)), bound((1, 8, 8, 8, 8))
    (176, 4608)
    """
    n0, *hidden, last = widths
    return prod(n // n0 for n in hidden) ** n0 * sum(comb(last, j) for j in range(min(n0, last) + 1))


def montufar(widths: tuple[int, ...]) -> Network:
    """A network of these widths n_0, ..., n_L and one output that attains the bound, exactly so in the unit box.

    In the whole space too, where no layer before the last has p = 1; there it has at least so many.
    Fails: NotAttainedError.
    """
    n0, hidden, last = widths[0], widths[1:-1], widths[-1]
    _require_admissible(widths)
    rows: list[Row] = [(tuple(int(k == axis) for k in range(n0)), 0) for axis in range(n0)]
    layers = []
    for width in hidden:
        neurons, fold = _folding(n0, width)
        layers.append(_layer([_composed(neuron, rows) for neuron in neurons], "relu"))
        rows = fold
    signs = [(-1) ** (last - k + 1) for k in range(1, last + 1)]
    scale, neurons = _arrangement(n0, last, signs)
    layers.append(_layer([_composed(neuron, rows) for neuron in neurons], "relu"))
    output = Layer((tuple(Fraction(s, scale) for s in signs),), (Fraction(0),), "identity")
    return Network((*layers, output))


def _require_admissible(widths: tuple[int, ...]) -> None:
    n0, hidden, last = widths[0], widths[1:-1], widths[-1]
    for k, width in enumerate(hidden, 1):
        if width < n0:
            raise NotAttainedError(f"n_{k} = {width} < n_0 = {n0}: floor(n_{k} / n_0) is 0, and so is the bound")
    if last <= n0 and any(width >= 2 * n0 for width in hidden):
        raise NotAttainedError(
            f"n_{len(widths) - 1} = {last} <= n_0 = {n0}: somewhere all neurons of the last layer are off, the output "
            f"is constant there on both sides of a fold, and these regions are one"
        )


def _folding(n0: int, width: int) -> tuple[list[Row], list[Row]]:
    """The neurons of a layer over n_0 coordinates in [0, 1], and the folded coordinates as rows over these neurons."""
    p = width // n0
    neurons: list[Row] = []
    fold: list[Row] = []
    for axis in range(n0):
        here = [int(k == axis) for k in range(n0)]
        bends = [(1, -1)] if p == 1 else [(-p, -1), *((p, j) for j in range(1, p))]
        neurons += [(tuple(slope * e for e in here), -offset) for slope, offset in bends]
        signs = [1] if p == 1 else [1, 1, *(2 * (-1) ** (j + 1) for j in range(2, p))]
        weights = [0] * width
        weights[axis * p : (axis + 1) * p] = signs
        fold.append((tuple(weights), -1 if p == 1 else 0))
    neurons += [((0,) * n0, 0)] * (width - n0 * p)
    return neurons, fold


def _arrangement(n0: int, last: int, signs: list[int]) -> tuple[int, list[Row]]:
    """The neurons scale s_k z_k of the last layer, in integers, and the scale 1 / e (2 if e = 0)."""
    scale = 2 if last < n0 else 4 * prod(1 + k for k in range(last - n0 + 1, last + 1))
    e = 0 if last < n0 else 1
    neurons = []
    for k, sign in enumerate(signs, 1):
        powers = [k**i for i in range(n0)]
        bias = -(scale // 2) * sum(powers) - e * k**n0
        neurons.append((tuple(sign * scale * power for power in powers), sign * bias))
    return scale, neurons


def _composed(neuron: Row, rows: list[Row]) -> Row:
    """The neuron over the coordinates that the rows compute."""
    weights, bias = neuron
    columns = zip(*(row for row, _ in rows), strict=True)
    through = tuple(sum(w * q for w, q in zip(weights, column, strict=True)) for column in columns)
    return through, bias + sum(w * b for w, (_, b) in zip(weights, rows, strict=True))


def _layer(rows: list[Row], activation: str) -> Layer:
    weights = tuple(tuple(map(Fraction, row)) for row, _ in rows)
    return Layer(weights, tuple(Fraction(b) for _, b in rows), activation)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `symbolic montufar`."""
    parser.add_argument(
        "--widths", type=_widths, required=True, metavar="N0,N1,...,NL", help="inputs, and neurons of each hidden layer"
    )
    parser.add_argument(
        "-o", dest="network", required=True, metavar="NETWORK", help="the file to write (.json or .json.gz)"
    )


def run(options: argparse.Namespace) -> int:
    """`symbolic montufar`: writes the network and prints the bound."""
    from checker.errors import InputError, printable
    from checker.files import write_text
    from checker.formats.native import network_text
    from checker.rational import format_rational

    widths, shown = options.widths, ",".join(map(str, options.widths))
    if not options.network.removesuffix(".gz").endswith(".json"):
        raise InputError(options.network, "", "a network file is called .json or .json.gz")
    _require_moderate(widths, shown)
    try:
        network = montufar(widths)
    except NotAttainedError as error:
        raise InputError("--widths", shown, str(error)) from None
    write_text(options.network, network_text(network) + "\n")
    print(f"{printable(options.network)}: widths ({', '.join(map(str, network.widths))})")
    whole = all(width >= 2 * widths[0] for width in widths[1:-1])
    print(f"bound     {format_rational(Fraction(bound(widths)))} linear regions: {formula()}")
    print(f"attained  exactly in --box 0,1{' and in the whole space' if whole else '; at least, in the whole space'}")
    return 0


def _require_moderate(widths: tuple[int, ...], shown: str) -> None:
    """Fails: InputError when the network is too large; the last layer's weights are powers up to n_L^(n_0 - 1)."""
    from checker.errors import InputError

    n0, last = widths[0], widths[-1]
    if sum((n + 1) * m for n, m in zip(widths, (*widths[1:], 1), strict=True)) > PARAMETERS:
        raise InputError("--widths", shown, f"such a network has more than {PARAMETERS} parameters")
    if last * n0 * (n0 + min(n0, last)) * last.bit_length() > BITS:
        raise InputError("--widths", shown, f"the last layer's weights may have more than {BITS} bits")


def _widths(text: str) -> tuple[int, ...]:
    from checker.console import positive

    widths = tuple(positive(part) for part in text.split(","))
    if len(widths) < 2:
        raise argparse.ArgumentTypeError(f"{text!a} is not of the form N0,N1,...,NL")
    return widths
