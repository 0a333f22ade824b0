"""The graph of a network's output along its projection, with the data, as SVG.

Coordinates are rounded, from exact numbers, to a hundredth of the drawing's unit; nothing else is.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from checker.rational import about, format_rational
from checker.report.line_function import Point
from checker.report.markup import Markup, joined, svg, tag

WIDTH, HEIGHT = 720, 320


class Box:
    """The part of the plane that is drawn: t from low to high, values from bottom to top."""

    def __init__(self, low: Fraction, high: Fraction, bottom: Fraction, top: Fraction) -> None:
        self.low, self.high, self.bottom, self.top = low, high, bottom, top

    def x(self, t: Fraction) -> str:
        """Where t is drawn."""
        return _rounded((t - self.low) / (self.high - self.low) * WIDTH)

    def y(self, value: Fraction) -> str:
        """Where a value is drawn."""
        return _rounded((self.top - value) / (self.top - self.bottom) * HEIGHT)

    def path(self, points: Sequence[Point]) -> str:
        """The polyline through the points, cut off exactly where it leaves the box."""
        steps, last = [], None
        for p, q in pairwise(points):
            cut = self._cut(p, q)
            if cut is not None:
                begin, end = (f"{self.x(t)} {self.y(v)}" for t, v in cut)
                steps.append(f"L{end}" if begin == last else f"M{begin}L{end}")
                last = end
        return "".join(steps)

    def holds(self, value: Fraction) -> bool:
        """Whether a value is between bottom and top."""
        return self.bottom <= value <= self.top

    def _cut(self, p: Point, q: Point) -> tuple[Point, Point] | None:
        (t, v), (u, w) = p, q
        if max(v, w) < self.bottom or min(v, w) > self.top:
            return None

        def inside(value: Fraction, at: Fraction) -> Point:
            bound = min(max(value, self.bottom), self.top)
            return (at, value) if bound == value else (t + (bound - v) * (u - t) / (w - v), bound)

        return inside(v, t), inside(w, u)


def box(low: Fraction, high: Fraction, data: Sequence[Fraction], graph: Sequence[Fraction]) -> tuple[Box, bool]:
    """What is drawn: the graph, no further from the data than twice their range; and whether that cuts it off."""
    wanted = data or graph
    room = 2 * (max(wanted) - min(wanted)) or Fraction(1)
    bottom, top = max(min(*graph, *wanted), min(wanted) - room), min(max(*graph, *wanted), max(wanted) + room)
    cut = bool(graph) and (min(graph) < bottom or max(graph) > top)
    margin = (top - bottom) / 20 or Fraction(1)
    return Box(low, high, bottom - margin, top + margin), cut


def drawing(
    identity: str,
    texts: tuple[str, str],
    area: Box,
    graph: Sequence[Point],
    changes: tuple[Sequence[Fraction], Sequence[Point]],
    rows: tuple[Iterable[Point], Iterable[Point]],
) -> Markup:
    """A graph with its breakpoints (t) and knots (t, value), and the data, right rows and wrong ones."""
    breakpoints, knots = changes
    right, wrong = rows
    frame = tag("rect", width=WIDTH, height=HEIGHT, class_="frame")
    zero = "" if not area.holds(Fraction(0)) else f"M0 {area.y(Fraction(0))}H{WIDTH}"
    lines = [(zero, "zero"), ("".join(f"M{area.x(t)} 0V{HEIGHT}" for t in breakpoints), "breakpoint")]
    lines += [(area.path(graph), "graph")]
    lines += [("".join(_square(area, p) for p in knots if area.holds(p[1])), "knot")]
    paths = joined(tag("path", d=d, class_=name) for d, name in lines if d)
    dots = joined(tag("circle", cx=area.x(t), cy=area.y(v), r=5, class_="right") for t, v in right if area.holds(v))
    crosses = "".join(_cross(area, p) for p in wrong if area.holds(p[1]))
    return svg(
        identity,
        *texts,
        (WIDTH, HEIGHT),
        frame,
        paths,
        dots,
        tag("path", d=crosses, class_="wrong") if crosses else "",
        kind="graphs",
    )


def short(q: Fraction) -> str:
    """q, when it is short, or about q."""
    exact = format_rational(q)
    return exact if len(exact) <= 12 else f"about {Decimal(about(q)):g}"


def _square(area: Box, point: Point) -> str:
    return f"M{area.x(point[0])} {area.y(point[1])}m-4 -4h8v8h-8z"


def _cross(area: Box, point: Point) -> str:
    return f"M{area.x(point[0])} {area.y(point[1])}m-7 -7l14 14m-14 0l14 -14"


def _rounded(q: Fraction) -> str:
    """q to two digits behind the point."""
    hundredths = round(q * 100)
    sign, size = "-" if hundredths < 0 else "", abs(hundredths)
    return f"{sign}{size // 100}.{size % 100:02}"
