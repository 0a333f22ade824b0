"""The symbols of the construction `float64`, of rounding and of several outputs.

The suffix 64 marks what has a namesake in Theorem 3. First-layer neuron m bends at bend(m):
bend(2i) is b_i, just before group i, and bend(2i+1) is e_{i+1}, just behind group i.
"""

from __future__ import annotations

import z3

from proofs.theorems.symbols import INT, REAL, a2, i, j, q, r

bend = z3.Function("bend", INT, REAL)
C64 = z3.Real("C64")
x64 = z3.Function("x64", INT, INT, REAL)
y64 = z3.Function("y64", INT, INT, REAL)
half = z3.Function("half", INT, INT)
odd = z3.Function("odd", INT, INT)
S64 = z3.Function("S64", INT, INT, REAL)
T64 = z3.Function("T64", INT, INT, REAL)
chord64 = z3.Function("chord64", INT, INT, REAL)

# Values and slopes of G_j and g_j at bend m and on the cell right of it
V64 = z3.Function("V64", INT, INT, REAL)
R64 = z3.Function("R64", INT, INT, REAL)
gv64 = z3.Function("gv64", INT, INT, REAL)
gs64 = z3.Function("gs64", INT, INT, REAL)

# The network on the projected line
W264 = z3.Function("W264", INT, INT, REAL)
b264 = z3.Function("b264", INT, REAL)
hidden64 = z3.Function("hidden64", INT, REAL, REAL)
partial64 = z3.Function("partial64", INT, INT, REAL, REAL)
pre64 = z3.Function("pre64", INT, REAL, REAL)
out64 = z3.Function("out64", INT, REAL, REAL)
f64 = z3.Function("f64", REAL, REAL)

CELL = [i >= 0, i < r]
INSIDE = [*CELL, j >= 0, j < a2]
NEIGHBOUR = [*CELL, j >= 0, q < a2, z3.Or(q == j, q == j + 1)]


def line64(group: z3.ArithRef, neuron: z3.ArithRef, at: z3.ArithRef) -> z3.ArithRef:
    """The term is the line of G_j on the group's cell."""
    return y64(group, neuron) + T64(group, neuron) * (at - x64(group, neuron))


def residual64(cell: z3.ArithRef, neuron: z3.ArithRef, at: z3.ArithRef) -> z3.ArithRef:
    """The term is the line of g_j on the cell right of this bend."""
    return gv64(cell, neuron) + gs64(cell, neuron) * (at - bend(cell))


# Choices: distance of the bends, least pace of the slopes, running minima
step, pace = z3.Reals("step pace")
lowest64 = z3.Function("lowest64", INT, REAL)
narrow = z3.Function("narrow", INT, REAL)

# The same in integers
tz = z3.Function("tz", INT, INT)
yz = z3.Function("yz", INT, INT)
bendz = z3.Function("bendz", INT, INT)
Cz = z3.Int("Cz")
Sz = z3.Function("Sz", INT, INT, INT)
Vz = z3.Function("Vz", INT, INT, INT)
Rz = z3.Function("Rz", INT, INT, INT)
W2z = z3.Function("W2z", INT, INT, INT)
b2z = z3.Function("b2z", INT, INT)
