"""The symbols of the statements, in the letters of the theory; they mean nothing by themselves.

Indices: i group, j second-layer neuron or place in a group (j = -1 is the virtual neighbour),
m first-layer neuron, q place in the sorted list, k and k2 rows of the dataset, l input coordinate.
Units: t, x, b and ts are projected inputs; y, ys, G and C are outputs.
"""

from __future__ import annotations

import z3

INT, REAL = z3.IntSort(), z3.RealSort()
TRUE, ZERO, ONE = z3.BoolVal(True), z3.RealVal(0), z3.RealVal(1)


def _ints(names: str) -> list[z3.ArithRef]:
    return z3.Ints(names)


i, j, m, q, row, row2, col = _ints("i j m q k k2 l")
t, A = z3.Reals("t A")

# The task: widths, data
a1, a2, N, n = _ints("a1 a2 N n")
X = z3.Function("X", INT, INT, REAL)
Y = z3.Function("Y", INT, REAL)
witness = z3.Function("witness", INT, INT, INT)

# Sorted data in r groups of a2
r = z3.Int("r")
ts = z3.Function("ts", INT, REAL)
ys = z3.Function("ys", INT, REAL)
sign = z3.Function("sign", INT, REAL)
start = z3.Function("start", INT, INT)
place = z3.Function("place", INT, INT, INT)
b = z3.Function("b", INT, REAL)
C = z3.Real("C")
x = z3.Function("x", INT, INT, REAL)
y = z3.Function("y", INT, INT, REAL)

# Interpolants G_j = alpha_j + beta_j z_j, their slopes, the thresholds of z_j
z = z3.Function("z", INT, REAL)
rho = z3.Function("rho", INT, INT, REAL)
alpha = z3.Function("alpha", INT, INT, REAL)
beta = z3.Function("beta", INT, INT, REAL)
G = z3.Function("G", INT, INT, REAL)
S = z3.Function("S", INT, INT, REAL)
chord = z3.Function("chord", INT, INT, REAL)
floor = z3.Function("floor", INT, INT, INT, REAL)
gv = z3.Function("gv", INT, INT, REAL)
gs = z3.Function("gs", INT, INT, REAL)
knot = z3.Function("knot", INT, INT, REAL)

# Division of a place by a2; running minimum and maximum
quotient = z3.Function("quotient", INT, INT)
remainder = z3.Function("remainder", INT, INT)
lowest = z3.Function("lowest", INT, REAL)
highest = z3.Function("highest", INT, INT, REAL)

# The network on the projected line
relu = z3.Function("relu", REAL, REAL)
W2 = z3.Function("W2", INT, INT, REAL)
b2 = z3.Function("b2", INT, REAL)
hidden = z3.Function("hidden", INT, REAL, REAL)
partial = z3.Function("partial", INT, INT, REAL, REAL)
pre = z3.Function("pre", INT, REAL, REAL)
out = z3.Function("out", INT, REAL, REAL)
f = z3.Function("f", REAL, REAL)

# The dataset: projection, ranking by insertion, and the forward pass of the file's network
p = z3.Function("p", INT, REAL)
dot = z3.Function("dot", INT, INT, REAL)
rank = z3.Function("rank", INT, INT, INT)
order = z3.Function("order", INT, INT, INT)
W1 = z3.Function("W1", INT, INT, REAL)
b1 = z3.Function("b1", INT, REAL)
W3 = z3.Function("W3", INT, REAL)
b3 = z3.Real("b3")
first = z3.Function("first", INT, INT, INT, REAL)
h1 = z3.Function("h1", INT, INT, REAL)
second = z3.Function("second", INT, INT, INT, REAL)
h2 = z3.Function("h2", INT, INT, REAL)
third = z3.Function("third", INT, INT, REAL)
F = z3.Function("F", INT, REAL)

# The base of the projection
K, gap = z3.Reals("K gap")
size = z3.Function("size", INT, INT, INT, REAL)
widest = z3.Function("widest", INT, INT, INT, REAL)
wider = z3.Function("wider", INT, INT, REAL)
wide = z3.Function("wide", INT, REAL)


def line(group: z3.ArithRef, neuron: z3.ArithRef, at: z3.ArithRef) -> z3.ArithRef:
    """The term is the line of G_j on the group's cell."""
    return G(group, neuron) + S(group, neuron) * (at - b(group))


def residual(group: z3.ArithRef, neuron: z3.ArithRef, at: z3.ArithRef) -> z3.ArithRef:
    """The term is the line of g_j on the group's cell."""
    return gv(group, neuron) + gs(group, neuron) * (at - b(group))
