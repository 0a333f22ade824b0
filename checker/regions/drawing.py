"""The regions of a network of two inputs as SVG: one colour for each affine function, thin lines where only the
activation pattern changes, thick ones between linear regions.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from checker.network import Network
from checker.rational import format_rational
from checker.regions.cells import Cell, facets
from checker.regions.count import Box, Regions, regions

SIZE = 640
GOLDEN_ANGLE = 137.508
"""Degrees between the hues of consecutive functions: neighbours look different."""


def svg(network: Network, found: Regions, within: Box | None) -> str:
    """The picture of the box; of the whole plane, a box around all vertices, in which all regions show.

    Fails: RuntimeError when in that box the counts were others, which is a bug.
    """
    if within is None:
        within = _around(found)
        inside = regions(network, within, len(found.pieces))
        if (inside.activation_regions, inside.linear_regions) != (found.activation_regions, found.linear_regions):
            raise RuntimeError("the box around all vertices does not show all regions")
        found = inside
    sides = " to ".join(map(format_rational, within))
    title = (
        f"{found.linear_regions} linear regions, {found.activation_regions} activation regions, {sides} in both inputs"
    )
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}">',
        f"<title>{title}</title>",
        '<g stroke="#00000055" stroke-width="0.4" stroke-linejoin="round">',
        *_cells(found, within),
        '</g>\n<g stroke="#000000" stroke-width="1.1" stroke-linecap="round">',
        *_borders(found, within),
        "</g>\n</svg>\n",
    ]
    return "\n".join(lines)


def _around(found: Regions) -> Box:
    """A box with all vertices inside. Every region meets it: the axes cut the plane too, so each cell has a vertex."""
    finite = [point for piece in found.pieces for point in piece.cell if point[0]]
    reach = max((Fraction(abs(x), w) for w, *xs in finite for x in xs), default=Fraction(0))
    edge = Fraction(int(reach * 5 / 4) + 1)
    return -edge, edge


def _cells(found: Regions, within: Box) -> Iterator[str]:
    hues: dict[object, int] = {}
    for piece in found.pieces:
        number = hues.setdefault(piece.functions, len(hues))
        colour = f"hsl({number * GOLDEN_ANGLE % 360:.1f},55%,{(62, 74, 86)[number % 3]}%)"
        yield f'<polygon fill="{colour}" points="{_places(piece.cell, within)}"/>'


def _borders(found: Regions, within: Box) -> Iterator[str]:
    seen: dict[object, int] = {}
    for piece, region in zip(found.pieces, found.region, strict=True):
        for facet in facets(piece.cell):
            if seen.setdefault(facet, region) != region:
                yield f'<polyline points="{_places(facet, within)}"/>'


def _places(cell: Cell | Sequence[tuple[int, ...]], within: Box) -> str:
    """The points on the picture, y upwards, to a hundredth: nothing is decided by them."""
    low, high = within
    scale = SIZE / (high - low)
    shown = ((float((Fraction(x, w) - low) * scale), float((high - Fraction(y, w)) * scale)) for w, x, y in cell)
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in shown)
