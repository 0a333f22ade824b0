"""The smallest datasets on which the published program's projection collides, found twice: tried all, and by z3.

The projection, stated in our words: K_0 = 1, A_0 = 1 + R_0, K_1 = 1 + 2 A_0, A_1 = (1 + R_1) K_1, ...: R_r is the
range of coordinate r of the data; the weights are used in reverse, (K_{n-1}, ..., K_0). `order` uses them in order,
`gaps` the smallest positive difference m_r of coordinate r where the program has 1 (m_r <= 1):
K_r = 1 + 2 A_{r-1} / m_r, A_r = (m_r + R_r) K_r.

Mended in both respects it separates. With S_r the sum of K_s d_s over s <= r, d the difference of two points: |S_r| <=
A_r by induction, as K_r m_r = m_r + 2 A_{r-1}; and where the points differ last in coordinate r,
|p.d| = |S_r| >= K_r m_r - A_{r-1} >= m_r > 0. `separates` has z3 refute the negations of these steps.

Whether a dataset of integers collides depends on its ranges R and on one difference d, |d_r| <= R_r, alone: so all
datasets of any number of points with coordinates in a range of B are decided by finitely many pairs R, d.
With B = 1 none collides, for any n: K_m > 2 K_{m-1}, so K_m exceeds the sum of all before it. With n >= 5 some does
with B = 2: first two coordinates constant, so that K begins 1, 3, 7; last three differences 1, -2, -1.
"""

from fractions import Fraction
from itertools import product
from typing import Any

Point = tuple[Fraction, ...]


def weights(points: tuple[Point, ...], order: bool = False, gaps: bool = False) -> tuple[Fraction, ...]:
    """The projection's weights."""
    found, total = [], Fraction(0)
    for row in zip(*points, strict=True):
        values = sorted(set(row))
        steps = [b - a for a, b in zip(values, values[1:], strict=False)]
        gap = min([*steps, Fraction(1)]) if gaps else Fraction(1)
        found.append(1 + 2 * total / gap)
        total = (gap + values[-1] - values[0]) * found[-1]
    return tuple(found if order else reversed(found))


def collide(points: tuple[Point, ...], order: bool = False, gaps: bool = False) -> bool:
    """Whether two of the points go to one value."""
    p = weights(points, order, gaps)
    return len({sum(a * b for a, b in zip(p, x, strict=True)) for x in points}) < len(points)


def smallest(inputs: int, largest: int) -> tuple[int, tuple[Point, Point]] | None:
    """The least B such that integer data of any number of points, ranges <= B, collide, with two points that do.

    None: none do up to largest. All ranges and differences are tried.
    """
    for bound in range(1, largest + 1):
        for ranges in product(range(bound + 1), repeat=inputs):
            p = weights((tuple(map(Fraction, ranges)), (Fraction(0),) * inputs))
            for d in product(*(range(-r, r + 1) for r in ranges)):
                if any(d) and sum(w * v for w, v in zip(p, d, strict=True)) == 0:
                    return bound, two_points(d)
    return None


def smallest_by_z3(inputs: int, largest: int) -> int | None:
    """The same bound by z3: it says unsat for every smaller one."""
    import z3

    for bound in range(1, largest + 1):
        solver = z3.Solver()
        solver.set(ctrl_c=False)  # an interrupt ends the command
        ranges, d = z3.IntVector("R", inputs), z3.IntVector("d", inputs)
        solver.add(*_products(z3, ranges, d), z3.Or([v != 0 for v in d]))
        solver.add(*(z3.And(0 <= r, r <= bound, -r <= v, v <= r) for r, v in zip(ranges, d, strict=True)))
        answer = solver.check()
        if answer == z3.sat:
            return bound
        if answer != z3.unsat:
            raise RuntimeError(f"z3 says {answer} for {inputs} inputs, ranges up to {bound}")
    return None


def _products(z3: Any, ranges: list[Any], d: list[Any]) -> list[Any]:
    """K and A as above, and that the projection of d is 0."""
    k, constraints, total = z3.IntVector("K", len(d)), [], z3.IntVal(0)
    for weight, r in zip(k, ranges, strict=True):
        constraints.append(weight == 1 + 2 * total)
        total = (1 + r) * weight
    return [*constraints, sum(w * v for w, v in zip(reversed(k), d, strict=True)) == 0]


def two_points(d: tuple[int, ...]) -> tuple[Point, Point]:
    """Two points with this difference and coordinates >= 0, of which one is 0."""
    return tuple(Fraction(max(v, 0)) for v in d), tuple(Fraction(max(-v, 0)) for v in d)


def separates() -> bool:
    """z3 refutes that a step of the proof above fails."""
    import z3

    before, s, gap, span, k, d = z3.Reals("A S m R K d")
    given = [before >= 0, -before <= s, s <= before, gap > 0, span >= 0, k * gap == gap + 2 * before]
    bounded = z3.And(s + k * d <= (gap + span) * k, s + k * d >= -(gap + span) * k)
    apart = z3.Or(s + k * d >= gap, s + k * d <= -gap)
    steps = ([-span <= d, d <= span, z3.Not(bounded)], [z3.Or(d >= gap, d <= -gap), z3.Not(apart)])
    return all(_unsatisfiable(z3, [*given, *step]) for step in steps)


def _unsatisfiable(z3: Any, constraints: list[Any]) -> bool:
    solver = z3.Solver()
    solver.set(ctrl_c=False)  # an interrupt ends the command
    solver.add(*constraints)
    return solver.check() == z3.unsat
