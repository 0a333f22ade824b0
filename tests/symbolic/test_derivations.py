"""What SymPy derives is what the theory and the paper state, typed here once more, compared as rational functions."""

import pytest
from sympy import IndexedBase

from symbolic import inoue, interpolant
from symbolic.exact import is_zero
from symbolic.symbols import C, D, G, M, S, b, c, i, j, k, n, phi, psi, s, sign, slope, v, x, y, z

ratio = (b[i + 1] - x[i, j]) / (x[i, j] - b[i])
before = (b[i] - b[i - 1]) / (b[i] - x[i - 1, j])
STATED = {
    ("interpolant", "slope"): (y[i, j] - G[i, j]) / (x[i, j] - b[i]),
    ("interpolant", "next_phi"): -ratio * phi[i, j] + (1 + ratio) * y[i, j],
    ("interpolant", "next_psi"): -ratio * psi[i, j],
    ("interpolant", "previous_phi"): before * y[i - 1, j] - (before - 1) * phi[i, j],
    ("interpolant", "previous_psi"): -(before - 1) * psi[i, j],
    ("interpolant", "middle"): phi[i, j] + psi[i, j] * v[j],
    ("interpolant", "middle_threshold"): sign(j)
    * (phi[i, j] - y[i, j] + (y[i, n] - y[i, j]) / (x[i, n] - x[i, j]) * (x[i, j] - b[i]))
    / psi[i, j],
    ("interpolant", "weight"): sign(j) * ((S[i, j] - S[i, j - 1]) - (S[i - 1, j] - S[i - 1, j - 1])),
    ("interpolant", "bias"): sign(j) * (z[j] - z[j - 1]),
    ("interpolant", "knot"): b[i] - (G[i, j] - G[i, j - 1]) / (S[i, j] - S[i, j - 1]),
    ("inoue", "next_M"): (b[i + 1] - k[i, j]) / (k[i, j] - b[i]) * M[i, j],
    ("inoue", "knot"): (sign(i) * x[i, j] * M[i, j] * c[j] + b[i] * D[i, j]) / (sign(i) * M[i, j] * c[j] + D[i, j]),
    ("inoue", "slope"): sign(i) * M[i, j] * c[j] / (k[i, j] - b[i]),
    ("inoue", "weight"): sign(j) * (slope[i, j] - slope[i - 1, j]),
    ("inoue", "bias"): -sign(j) * c[j],
}
ROOMS = {"interpolant": interpolant, "inoue": inoue}


@pytest.mark.parametrize(("method", "name"), STATED)
def test_derived_formula(method, name):
    derived = getattr(ROOMS[method].derive(), name)
    assert is_zero(derived - STATED[method, name])
    assert not is_zero(derived + STATED[method, name]), "the comparison cannot fail"


def test_the_papers_weight_in_the_papers_form():
    """w_ij = s_i (k_ij - k_{i-1,j}) M_{i-1,j} c_j / ((k_ij - b_i)(k_{i-1,j} - b_{i-1})) is a difference of slopes."""
    formulas = inoue.derive()
    here, before = formulas.slope, formulas.slope.subs(i, i - 1)
    difference = (here - before).subs(M[i, j], formulas.next_M.subs(i, i - 1))
    numerator = sign(i) * (k[i, j] - k[i - 1, j]) * M[i - 1, j] * c[j]
    assert is_zero(difference - numerator / ((k[i, j] - b[i]) * (k[i - 1, j] - b[i - 1])))


def test_the_remainder_is_the_papers():
    remainder = inoue.derive().remainder
    h = IndexedBase("h")
    total = remainder.args[-1] if remainder.args[-1].has(s) else next(a for a in remainder.args if a.has(s))
    stated = sign(i) * (x[i, n] - k[i, s]) / (k[i, s] - b[i]) * M[i, s] * c[s]
    assert is_zero(remainder - total - (y[i, n] - C)) and not remainder.has(h)
    ((index, first, last),) = (-total).limits
    assert (index, first, last) == (s, 0, j - 1) and is_zero((-total).function - stated)
