"""The letters of the derivation, for symbolic indices and widths.

Units: t, x, b, k are projected inputs; y, C, G, z are outputs; S is output per projected input.
"""

from sympy import Expr, IndexedBase, Integer, Symbol

i = Symbol("i", integer=True, nonnegative=True)
"""A group: i = 0, ..., a1 - 1."""
j = Symbol("j", integer=True, nonnegative=True)
"""A neuron of the second layer, and a position in the zigzag order of a group: j = 0, ..., a2 - 1."""
n = Symbol("n", integer=True)
"""The position of a neighbour of (i, j): j - 1 or j + 1."""
s = Symbol("s", integer=True, nonnegative=True)
"""A running index."""
t = Symbol("t", real=True)
"""A projected input."""
C = Symbol("C", real=True)
"""The bias of the output, below every y[i, 0]."""

x = IndexedBase("x", real=True)
"""x[i, j]: the projected input of point (i, j)."""
y = IndexedBase("y", real=True)
"""y[i, j]: its output."""
b = IndexedBase("b", real=True)
"""b[i]: breakpoint of the first layer before group i."""
k = IndexedBase("k", real=True)
"""k[i, j]: knot, the zero of the preactivation of neuron j in group i."""
D = IndexedBase("D", real=True)
"""D[i, j]: what neurons 0, ..., j - 1 leave of y[i, j] - C (construction inoue)."""
M = IndexedBase("M", real=True)
c = IndexedBase("c", real=True)
slope = IndexedBase("slope", real=True)
"""slope[i, j]: slope of neuron j's term of f in group i (construction inoue)."""
G = IndexedBase("G", real=True)
"""G[i, j]: the value at b[i] of the interpolant G_j of the j-th points (construction interpolant)."""
S = IndexedBase("S", real=True)
"""S[i, j]: the slope of G_j on group i."""
alpha = IndexedBase("alpha", real=True)
beta = IndexedBase("beta", real=True)
"""G[i, j] = alpha[i, j] + beta[i, j] z[j]."""
z = IndexedBase("z", real=True)
"""z[j]: the free value of G_j at b[0]."""


def sign(index: Expr) -> Expr:
    """The sign (-1)^index: sigma_i of a group, u_j of a neuron (its weight in the output)."""
    return Integer(-1) ** index
