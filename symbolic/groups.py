"""Groups, breakpoints and zigzag order of projected points: the skeleton that the constructions share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from symbolic.arithmetic import Number, exact, floor
from symbolic.breakpoints import midpoint

Between = Callable[[Number, Number], Number]


@dataclass(frozen=True)
class Groups:
    """r groups of a2 points, x[i, j] and y[i, j] in their order: b[0] < group 0 < b[1] < ... < group r-1 < b[r].

    The order is the zigzag, or increasing in every group; near and far are the zigzag's.
    Units: x and b are projected inputs, y outputs.
    """

    r: int
    a2: int
    x: dict[tuple[int, int], Number]
    y: dict[tuple[int, int], Number]
    b: list[Number]

    def near(self, i: int) -> Number:
        """The breakpoint at which the zigzag order of group i begins."""
        return self.b[i] if i % 2 == 0 else self.b[i + 1]

    def far(self, i: int) -> Number:
        """The breakpoint at which the zigzag order of group i ends."""
        return self.b[i + 1] if i % 2 == 0 else self.b[i]


def groups(ts: Sequence[Number], ys: Sequence[Number], a2: int, between: Between = midpoint) -> Groups:
    """The points (t, y), all t distinct, in groups of a2; a short last group is padded with points to its right.

    between places a breakpoint in the gap between two groups.
    """
    points = _padded(ts, ys, a2)
    r = len(points) // a2
    x, y = {}, {}
    for i in range(r):
        group = points[i * a2 : (i + 1) * a2]
        for j, (t, value) in enumerate(group if i % 2 == 0 else reversed(group)):
            x[i, j], y[i, j] = t, value
    gaps = [exact(between(points[q - 1][0], points[q][0])) for q in range(a2, len(points), a2)]
    return Groups(r, a2, x, y, [points[0][0] - 1, *gaps, points[-1][0] + 1])


def increasing_groups(ts: Sequence[Number], ys: Sequence[Number], a2: int) -> Groups:
    """The same groups without the zigzag: every one in increasing t, b[i] two units behind the group before.

    Gaps of more than two units between groups make the breakpoints separate them. The further b[i] is before its group
    the less steep need the slopes be; b[0] is the width of an average group before the first point.
    """
    points = _padded(ts, ys, a2)
    places = [divmod(k, a2) for k in range(len(points))]
    x, y = (dict(zip(places, column, strict=True)) for column in zip(*points, strict=True))
    r = len(points) // a2
    before = max(1, floor((points[-1][0] - points[0][0]) / exact(r)))
    return Groups(r, a2, x, y, [x[0, 0] - before, *(x[i, a2 - 1] + 2 for i in range(r - 1)), points[-1][0] + 1])


def _padded(ts: Sequence[Number], ys: Sequence[Number], a2: int) -> list[tuple[Number, Number]]:
    """The points in increasing t, filled up to a multiple of a2 with points to their right."""
    points = sorted(zip(ts, ys, strict=True), key=itemgetter(0))
    while len(points) % a2:
        points.append((points[-1][0] + 1, points[-1][1]))
    return points
