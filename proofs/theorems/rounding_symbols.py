"""The symbols of rounding: nodes v of a summation tree, an integer c."""

from __future__ import annotations

import z3

from proofs.theorems.symbols import INT, REAL

v, c = z3.Ints("v c")
terms, nodes, limit = z3.Ints("terms nodes limit")
weight = z3.Function("weight", INT, INT)
factor = z3.Function("factor", INT, INT)
left = z3.Function("left", INT, INT)
right = z3.Function("right", INT, INT)
parent = z3.Function("parent", INT, INT)
fl = z3.Function("fl", INT, REAL, REAL)
term = z3.Function("term", INT, INT)
exact = z3.Function("exact", INT, INT)
mag = z3.Function("mag", INT, INT)
computed = z3.Function("computed", INT, REAL)
total = z3.Function("total", INT, INT)
pending = z3.Function("pending", INT, INT, INT)
sizes = z3.Function("sizes", INT, INT)
loads = z3.Function("loads", INT, INT, INT)

# The sums of a network: one second-layer neuron, one place
neuron, spot = z3.Ints("neuron spot")
hz = z3.Function("hz", INT, INT)
