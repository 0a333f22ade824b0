"""The count: every layer cuts the cells of the layer before, exactly; then neighbours with one function are joined."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from operator import add, mul

from checker.network import Network
from checker.regions.cells import Cell, Facet, Form, box, facets, halves, space, value

INPUTS = (1, 2)
Box = tuple[Fraction, Fraction]
Columns = tuple[tuple[int, ...], ...]
"""The affine functions of a layer on a cell: their constants, their coefficients of x, and of y, as integers."""


class TooManyCellsError(Exception):
    """The cap on cells was reached; nothing is known of the number."""


@dataclass(frozen=True)
class Piece:
    """A cell on which every preactivation is affine and none changes sign.

    pattern: one bit for each ReLU, the last ReLU's lowest. functions: the outputs, in one unit for all cells.
    """

    cell: Cell
    pattern: int
    functions: Columns


@dataclass(frozen=True)
class Regions:
    """The pieces, and for each the number of the linear region to which it belongs; the two counts."""

    pieces: tuple[Piece, ...]
    region: tuple[int, ...]
    activation_regions: int
    linear_regions: int


def regions(network: Network, within: Box | None, cap: int, advance: Callable[[], None] = lambda: None) -> Regions:
    """The activation regions and linear regions of a network with one or two inputs, in a box or everywhere.

    advance is called for each piece found.
    Fails: TooManyCellsError above cap pieces; RuntimeError when the pieces do not fit together, which is a bug.
    """
    inputs = network.widths[0]
    cells, frame = space(inputs) if within is None else box(inputs, *within)
    found: list[Piece] = []
    for piece in pieces(network, cells):
        if len(found) == cap:
            raise TooManyCellsError(f"more than {cap} cells")
        found.append(piece)
        advance()
    roots = _joined(found, frame)
    numbers = {root: number for number, root in enumerate(dict.fromkeys(roots))}
    region = tuple(numbers[root] for root in roots)
    return Regions(tuple(found), region, len({piece.pattern for piece in found}), len(numbers))


def pieces(network: Network, cells: Sequence[Cell]) -> Iterator[Piece]:
    """The pieces into which the network's ReLUs cut the cells, depth first: few of them wait in memory."""
    layers = _scaled(network)
    size = network.widths[0] + 1
    inputs = tuple(tuple(int(row == column) for row in range(1, size)) for column in range(size))
    waiting: list[Iterator[Piece]] = [iter([Piece(cell, 0, inputs) for cell in cells])]
    while waiting:
        piece = next(waiting[-1], None)
        if piece is None:
            waiting.pop()
        elif len(waiting) > len(layers):
            yield piece
        else:
            waiting.append(_through(piece, *layers[len(waiting) - 1]))


def _through(piece: Piece, rows: Sequence[Form], biases: Form, relu: bool) -> Iterator[Piece]:
    """The parts of the piece behind a layer."""
    columns = [tuple(sum(map(mul, row, column)) for row in rows) for column in piece.functions]
    columns[0] = tuple(map(add, columns[0], biases))
    return _cut(piece, tuple(columns)) if relu else iter([replace(piece, functions=tuple(columns))])


def _scaled(network: Network) -> list[tuple[list[Form], Form, bool]]:
    """Weights, biases and 'is ReLU' of every layer, in integers: each layer's values are multiplied by a positive
    number, the same for all its neurons and inputs, so signs and equality of functions are unchanged.
    """
    layers, before = [], 1
    for layer in network.layers:
        unit = lcm(*(denominator for _, denominator in layer.integer_rows))
        rows = [tuple(n * (unit // denominator) for n in row) for row, denominator in layer.integer_rows]
        biases = tuple(row[0] * before for row in rows)
        layers.append(([row[1:] for row in rows], biases, layer.activation == "relu"))
        before *= unit
    return layers


def _cut(piece: Piece, columns: Columns) -> Iterator[Piece]:
    """The parts of the piece on which no ReLU of the layer changes sign, with the layer's activations there."""
    forms = tuple(zip(*columns, strict=True))
    waiting: list[tuple[Cell, tuple[int, ...]]] = [(piece.cell, ())]
    while waiting:
        cell, bits = waiting.pop()
        if len(bits) < len(forms):
            waiting += _sided(cell, bits, forms[len(bits)])
            continue
        pattern = piece.pattern
        for bit in bits:
            pattern = pattern << 1 | bit
        yield Piece(cell, pattern, tuple(tuple(map(mul, column, bits)) for column in columns))


def _sided(cell: Cell, bits: tuple[int, ...], form: Form) -> list[tuple[Cell, tuple[int, ...]]]:
    """The cell whole or in two, with the bit of the form: 1 where it is > 0 inside. The form 0 is off."""
    values = [value(form, point) for point in cell]
    if max(values) <= 0:
        return [(cell, (*bits, 0))]
    if min(values) >= 0:
        return [(cell, (*bits, 1))]
    above, below = halves(cell, values)
    return [(above, (*bits, 1)), (below, (*bits, 0))]


def _joined(found: Sequence[Piece], frame: Sequence[Form]) -> list[int]:
    """For each piece the representative of its linear region: pieces with one function and a common facet are joined.

    Pieces meet facet to facet, since a preactivation is continuous and cuts a common facet from both sides alike. It is
    checked: a facet without a piece on its other side lies on the frame.
    """
    parent = list(range(len(found)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    open_facets: dict[Facet, int] = {}
    for k, piece in enumerate(found):
        for facet in facets(piece.cell):
            other = open_facets.pop(facet, None)
            if other is None:
                open_facets[facet] = k
            elif found[other].functions == piece.functions:
                parent[root(k)] = root(other)
    for facet in open_facets:
        if not any(all(value(form, point) == 0 for point in facet) for form in frame):
            raise RuntimeError(f"nothing lies behind the facet {facet}")
    return [root(k) for k in range(len(found))]
