"""The letters of the derivation, for symbolic indices and widths.

Units: t, x, b, k are projected inputs; y, C, G, z are outputs; S is output per projected input.
"""

from sympy import Expr, Function, IndexedBase, Integer, Symbol

i = Symbol("i", integer=True, nonnegative=True)
"""A group: i = 0, ..., a1 - 1."""
j = Symbol("j", integer=True, nonnegative=True)
"""A neuron of the second layer, and a position in the zigzag order of a group: j = 0, ..., a2 - 1."""
m = Symbol("m", integer=True, nonnegative=True)
"""The group in the middle, of even index: values at b[m] are free."""
n = Symbol("n", integer=True)
"""The position of a neighbour of (i, j): j - 1 or j + 1."""
s = Symbol("s", integer=True, nonnegative=True)
"""A running index."""
q = Symbol("q", integer=True, nonnegative=True)
"""A running index inside a sum over s."""
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
v = IndexedBase("v", real=True)
"""v[j]: the value of G_j at b[m], free in place of z[j]."""
phi = IndexedBase("phi", real=True)
psi = IndexedBase("psi", real=True)
"""G[i, j] = phi[i, j] + psi[i, j] v[j]."""
tau = IndexedBase("tau", real=True)
"""tau[i, j, n]: threshold of -u_j v[j] from the neighbour (i, n) of the point (i, j)."""
r = IndexedBase("r", real=True)
"""r[i, j]: how far b[i + 1] is behind x[i, j], in units of how far b[i] is before it."""
P = IndexedBase("P", real=True)
"""P[i, j]: the product of r[0, j], ..., r[i - 1, j]."""
A = IndexedBase("A", real=True)
B = IndexedBase("B", real=True)
"""S[i, j] = A[i, j] + B[i, j] z[j]."""
theta = IndexedBase("theta", real=True)
"""theta[i, j, n]: threshold of -u_j z[j] from the neighbour (i, n) of the point (i, j)."""
Z = IndexedBase("Z", real=True)
"""Z[j]: |v[j]|."""
W2 = IndexedBase("W2", real=True)
"""W2[j, i]: weight of the second layer."""
b2 = IndexedBase("b2", real=True)
"""b2[j]: bias of the second layer."""
line = Function("G", real=True)
"""G(i, j, t): the value of G_j at t in group i."""
g = Function("g", real=True)
"""g(i, j, t): the preactivation of neuron j of the second layer at t in group i."""
term = Function("T", real=True)
"""T(i, j, t): neuron j's term of f at t in group i (construction inoue)."""
R = IndexedBase("R", real=True)
"""R[i, j, n]: what neurons 0, ..., j - 1 leave of y - C at the point (i, n) (construction inoue)."""
D_next = IndexedBase("D'", real=True)
"""D'[i, j]: the same at the next point, (i, j + 1)."""
mu = IndexedBase("mu", real=True)
E = IndexedBase("E", real=True)
E_next = IndexedBase("E'", real=True)
K = IndexedBase("K", real=True)
size = IndexedBase("size", real=True)
"""The paper's choices on the way to c[j]."""
w = IndexedBase("w", real=True)
"""w[i, j]: the paper's weight, W2[j, i] up to the sign of j."""


def sign(index: Expr) -> Expr:
    """The sign (-1)^index: sigma_i of a group, u_j of a neuron (its weight in the output)."""
    return Integer(-1) ** index
