"""G_j goes through the j-th point of every group and is continuous; j = -1 is the constant C.

At the breakpoints `G(i, j) = alpha(i, j) + beta(i, j) z(j)`, and sign(i) beta(i, j) > 0.
"""

from __future__ import annotations

import z3

from proofs.kernel.rules import Kernel
from proofs.theorems.symbols import ONE, ZERO, C, G, S, alpha, b, beta, i, j, r, rho, sign, x, y, z
from proofs.theorems.zigzag import INSIDE

SOURCE = "this project, construction interpolant"
CELL = INSIDE[:2]
WITH_VIRTUAL = [*CELL, j >= -1, *INSIDE[3:]]
RUN = x(i, j) - b(i)
WIDTH = b(i + 1) - b(i)


def prove(k: Kernel) -> None:
    """The interpolants are defined; they interpolate, and are continuous at the breakpoints."""
    k.parameter(z)
    _ratio(k)
    _coefficients(k)
    _lines(k)
    k.prove(
        "interpolant.through",
        "The line of G_j on cell i goes through point (i, j), the virtual one included.",
        (i, j),
        WITH_VIRTUAL,
        G(i, j) + S(i, j) * RUN == y(i, j),
        [
            k.at("interpolant.slope", i, j),
            k.at("interpolant", i, j),
            k.at("zigzag.inside", i, j),
            k.at("zigzag.output", i, j),
        ],
    )
    k.prove(
        "interpolant.rise",
        "On cell i, G_j rises by rho times what it lacks at b(i).",
        (i, j),
        INSIDE,
        S(i, j) * WIDTH == rho(i, j) * (y(i, j) - G(i, j)),
        [k.at("interpolant.ratio", i, j), k.at("interpolant.through", i, j)],
    )
    k.prove(
        "interpolant.next",
        "From b(i) to b(i+1), G_j goes rho times the way to the output.",
        (i, j),
        [i >= 0, j >= 0],
        G(i + 1, j) == G(i, j) + rho(i, j) * (y(i, j) - G(i, j)),
        [
            k.at("interpolant", i, j),
            k.at("interpolant", i + 1, j),
            k.at("interpolant.alpha", i + 1, j),
            k.at("interpolant.beta", i + 1, j),
        ],
    )
    k.prove(
        "interpolant.continuous",
        "The line of G_j on cell i ends where the line on cell i+1 begins.",
        (i, j),
        WITH_VIRTUAL,
        G(i + 1, j) == G(i, j) + S(i, j) * WIDTH,
        [
            k.at("interpolant", i, j),
            k.at("interpolant", i + 1, j),
            k.at("interpolant.slope", i, j),
            k.at("interpolant.next", i, j),
            k.at("interpolant.rise", i, j),
        ],
    )


def _ratio(k: Kernel) -> None:
    """The cell is rho > 1 times as wide as the way from b(i) to the point."""
    words = "rho(i, j) is the width of cell i over the distance of point (i, j) from b(i)."
    inside = [k.at("zigzag.inside", i, j)]
    cases = [(z3.And(*INSIDE), WIDTH / RUN)]
    k.define("interpolant.rho", words, rho, (i, j), cases, using=inside)
    k.prove(
        "interpolant.ratio",
        "rho(i, j) times the distance of the point is the width of the cell, and rho(i, j) > 1.",
        (i, j),
        INSIDE,
        z3.And(rho(i, j) * RUN == WIDTH, rho(i, j) > 1),
        [*inside, k.at("interpolant.rho", i, j)],
    )


def _coefficients(k: Kernel) -> None:
    """alpha and beta follow their recurrences, and beta has the sign of its group."""
    old, ratio = alpha(i - 1, j), rho(i - 1, j)
    words = "alpha(0, j) = 0; the next alpha goes rho times the way to the output."
    cases = [(i == 0, ZERO), (i > 0, old + ratio * (y(i - 1, j) - old))]
    k.define("interpolant.alpha", words, alpha, (i, j), cases, i)
    words = "beta(0, j) = 1; the next beta is 1 - rho times the one before."
    cases = [(i == 0, ONE), (i > 0, (1 - ratio) * beta(i - 1, j))]
    k.define("interpolant.beta", words, beta, (i, j), cases, i)
    signed = sign(i) * beta(i, j)
    k.induct(
        "interpolant.sign",
        "beta(i, j) has the sign of group i, and is not zero.",
        i,
        0,
        (i, j),
        [i <= r, *INSIDE[2:]],
        signed > 0,
        base=[k.at("interpolant.beta", 0, j), k.at("sign", 0), k.at("sign", -1)],
        step=[
            k.at("interpolant.beta", i + 1, j),
            k.at("sign", i + 1),
            k.at("interpolant.ratio", i, j),
        ],
    )


def _lines(k: Kernel) -> None:
    """Values at the breakpoints and slopes on the cells are named."""
    words = "G(i, j) is the value of G_j at b(i): alpha + beta z(j), and C for j = -1."
    cases = [(j == -1, C), (j >= 0, alpha(i, j) + beta(i, j) * z(j))]
    k.define("interpolant", words, G, (i, j), cases)
    words = "S(i, j) is the slope from (b(i), G(i, j)) to point (i, j); 0 for j = -1 or i = -1."
    cases = [(z3.Or(i == -1, j == -1), ZERO), (z3.And(*INSIDE), (y(i, j) - G(i, j)) / RUN)]
    inside = [k.at("zigzag.inside", i, j)]
    k.define("interpolant.slope", words, S, (i, j), cases, using=inside)
