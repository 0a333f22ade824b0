"""The activation matrix of a dataset, and the bit lengths of a network's parameters, as grids of squares in SVG."""

from collections.abc import Sequence
from itertools import groupby

from checker.dataset import Dataset
from checker.judge import activation_pattern
from checker.network import Layer, Network
from checker.report.line_function import price
from checker.report.markup import Markup, joined, svg, tag

ROWS, NEURONS = 200, 256
"""The matrix shows the first so many rows of a dataset and neurons of a network."""
EVALUATED = 20_000_000
"""The work of the matrix, as that of a line function (products of short numbers)."""
BLOCKS = 64
"""A heat map has at most so many squares each way; of larger layers each stands for a block of parameters."""
SHADES = 8
WIDTH, HEIGHT, CELL = 720, 600, 14
Size = tuple[int, int]
"""Width and height."""


def patterns(network: Network, dataset: Dataset) -> list[str]:
    """The activation patterns of the first rows, as many as are drawn, evaluated anew in real arithmetic."""
    rows = min(ROWS, len(dataset), EVALUATED // sum(map(price, network.layers)))
    return [activation_pattern(network, network.preactivations(x)) for x in dataset.inputs[:rows]]


def matrix(shown: Sequence[str], total: int) -> Markup:
    """One line for each pattern, a filled square for each neuron that is on; a gap between layers."""
    cut = [row[:NEURONS] for row in shown]
    scale = _cell(len(cut[0]), len(cut))
    size = len(cut[0]) * scale[0], len(cut) * scale[1]
    steps = "".join(_runs(row, y * scale[1], scale) for y, row in enumerate(cut))
    on = sum(row.count("1") for row in cut)
    about = f"{len(cut)} rows of {total}; {on} of {sum(len(row) - row.count('/') for row in cut)} neurons are on."
    ground = tag("rect", width=size[0], height=size[1], class_="off")
    gaps = "".join(_rectangle(x * scale[0], 0, (scale[0], size[1])) for x, c in enumerate(cut[0]) if c == "/")
    layers = tag("path", d=gaps, class_="gap") if gaps else ""
    return svg(
        "matrix", "Activation matrix", about, size, ground, layers, tag("path", d=steps, class_="on") if steps else ""
    )


def _runs(row: str, y: int, scale: Size) -> str:
    """The squares of the neurons that are on, those next to each other as one rectangle."""
    steps, x = [], 0
    for state, members in groupby(row):
        length = len(list(members))
        if state == "1":
            steps.append(_rectangle(x * scale[0], y, (length * scale[0], scale[1])))
        x += length
    return "".join(steps)


def bits(layer: Layer) -> list[list[int]]:
    """For each neuron the bits of numerator and denominator of its weights and, last, its bias."""
    rows = zip(layer.weights, layer.bias, strict=True)
    return [[q.numerator.bit_length() + q.denominator.bit_length() for q in (*row, b)] for row, b in rows]


def heat_map(identity: str, title: str, lengths: list[list[int]], longest: int) -> tuple[Markup, int, int]:
    """One line for each neuron, one square for each weight, and behind a gap the bias; and the block of a square.

    Shades go from 1 bit to longest. The longest number of a block gives the shade.
    """
    weights, biases = [row[:-1] for row in lengths], [row[-1:] for row in lengths]
    down, across = -(-len(weights) // BLOCKS), -(-len(weights[0]) // BLOCKS)
    cells, last = _blocks(weights, down, across), _blocks(biases, down, 1)
    columns = len(cells[0]) + 2
    scale = _cell(columns, 2 * len(cells))
    size = columns * scale[0], len(cells) * scale[1]
    shades: dict[int, list[str]] = {}
    for y, (row, (bias,)) in enumerate(zip(cells, last, strict=True)):
        for x, length in (*enumerate(row), (columns - 1, bias)):
            shades.setdefault(shade(length, longest), []).append(_rectangle(x * scale[0], y * scale[1], scale))
    paths = joined(tag("path", d="".join(squares), class_=f"heat{k}") for k, squares in sorted(shades.items()))
    least, most = min(map(min, lengths)), max(map(max, lengths))
    about = f"{len(weights)} neurons of {len(weights[0])} weights and a bias, of {least} to {most} bits each."
    return svg(identity, title, about, size, paths), down, across


def shade(length: int, longest: int) -> int:
    """From 1 to SHADES."""
    return max(1, -(-SHADES * length // longest))


def legend(longest: int) -> Markup:
    """The shades, in order."""
    squares = [tag("path", d=_rectangle(k * CELL, 0, (CELL, CELL)), class_=f"heat{k + 1}") for k in range(SHADES)]
    size = SHADES * CELL, CELL
    return svg("shades", "Shades", f"From few bits, light, to {longest} bits, dark.", size, squares)


def _blocks(table: list[list[int]], down: int, across: int) -> list[list[int]]:
    """The largest number of each block of down x across."""
    lines = [[max(column) for column in zip(*table[y : y + down], strict=True)] for y in range(0, len(table), down)]
    return [[max(line[x : x + across]) for x in range(0, len(line), across)] for line in lines]


def _cell(columns: int, lines: int) -> Size:
    """The size of a cell of so many."""
    return max(1, min(CELL, WIDTH // columns)), max(1, min(CELL, HEIGHT // lines))


def _rectangle(x: int, y: int, size: Size) -> str:
    return f"M{x} {y}h{size[0]}v{size[1]}h-{size[0]}z"
