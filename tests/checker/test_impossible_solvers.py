"""A second opinion, without cells and cones: the forward pass itself, as z3 and cvc5 see it, on small zigzags."""

import time
from fractions import Fraction
from itertools import pairwise

import pytest

from checker.impossible.search import Search
from checker.network import Network


def forward_pass(widths, points):
    """SMT-LIB text: some parameters of these hidden widths give every point its value."""
    layers, lines = [], ["(set-logic QF_NRA)"]
    for depth, (n, m) in enumerate(pairwise((1, *widths, 1))):
        rows = [([f"w{depth}_{i}_{j}" for j in range(n)], f"b{depth}_{i}") for i in range(m)]
        lines += [f"(declare-const {name} Real)" for row, b in rows for name in (*row, b)]
        layers.append(rows)
    for k, (t, y) in enumerate(points):
        h = [f"{t}.0"]
        for depth, rows in enumerate(layers):
            products = [(b, " ".join(f"(* {w} {v})" for w, v in zip(row, h, strict=True))) for row, b in rows]
            z = [f"(+ {b} {terms})" for b, terms in products]
            if depth == len(layers) - 1:
                lines.append(f"(assert (= {z[0]} {y}.0))")
                continue
            h = [f"h{depth}_{i}_{k}" for i in range(len(rows))]
            lines += [f"(declare-const {v} Real)" for v in h]
            for v, e in zip(h, z, strict=True):
                lines.append(f"(assert (or (and (>= {e} 0.0) (= {v} {e})) (and (<= {e} 0.0) (= {v} 0.0))))")
    return "\n".join([*lines, "(check-sat)"])


def by_z3(text):
    z3 = pytest.importorskip("z3")
    solver = z3.Solver()
    solver.from_string(text)
    return str(solver.check())


def by_cvc5(text):
    cvc5 = pytest.importorskip("cvc5")
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("nl-cov", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "forward pass")
    said, command = "", parser.nextCommand()
    while not command.isNull():
        said += command.invoke(solver, parser.getSymbolManager())
        command = parser.nextCommand()
    return said.strip()


BOTH = [((1,), 2), ((1,), 3), ((1, 1), 2), ((1, 1), 3), ((2,), 3)]
Z3_ALONE = [((2,), 4), ((1, 2), 3), ((2, 1), 3), ((2, 1), 4)]
CASES = [(*case, solver) for case in BOTH for solver in (by_z3, by_cvc5)] + [(*case, by_z3) for case in Z3_ALONE]


@pytest.mark.parametrize(("widths", "count", "solver"), CASES)
def test_solvers_agree_with_the_search(widths, count, solver):
    points = [(k, k % 2) for k in range(count)]
    ts, ys = tuple(Fraction(t) for t, _ in points), tuple(y for _, y in points)
    found = Search(ts, ys, widths, time.monotonic() + 60).run()
    assert solver(forward_pass(widths, points)) == ("sat" if isinstance(found, Network) else "unsat")
