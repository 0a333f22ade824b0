"""The symbols of the upper bound; they mean nothing by themselves.

Indices: s neuron, numbered through all hidden layers from 0 on; m neuron that s reads; l layer
from 0 on; k interval between teeth k and k+1; q number of intervals passed; e end of an interval
(0 left, 1 right). Units: t, u and v are inputs.
"""

from __future__ import annotations

import z3

INT, REAL = z3.IntSort(), z3.RealSort()

s, e = z3.Ints("s edge")
u, v = z3.Reals("u v")

# Any network with one input and one output: layers of neurons, weights
L = z3.Int("L")
width = z3.Function("width", INT, INT)
ahead = z3.Function("ahead", INT, INT)
pieces = z3.Function("pieces", INT, INT)
wire = z3.Function("wire", INT, INT, REAL)
inlet = z3.Function("inlet", INT, REAL)
offset = z3.Function("offset", INT, REAL)
feed = z3.Function("feed", INT, INT, REAL, REAL)
value = z3.Function("value", REAL, REAL)

# The zigzag, and the part of each of its intervals on which no neuron changes sign
tooth = z3.Function("tooth", INT, REAL)
crossing = z3.Function("crossing", INT, REAL, REAL, REAL)
keep = z3.Function("keep", INT, INT, REAL, REAL, INT)
end = z3.Function("end", INT, INT, INT, REAL)

# The network with the neurons frozen as they are on that part
on = z3.Function("on", INT, INT, INT)
slope = z3.Function("slope", INT, INT, INT, REAL)
height = z3.Function("height", INT, INT, INT, REAL)
faithful = z3.Function("faithful", INT, INT, REAL, INT)

# What changes from one interval to the next
broken = z3.Function("broken", INT, INT, INT)
breaks = z3.Function("breaks", INT, INT, INT)
flips = z3.Function("flips", INT, INT, INT, INT)


def pre(neuron: z3.ArithRef, at: z3.ArithRef) -> z3.ArithRef:
    """The term is the preactivation of the neuron at the input."""
    return feed(neuron, neuron, at)


def frozen(neuron: z3.ArithRef, reads: z3.ArithRef, interval: z3.ArithRef, at: z3.ArithRef) -> z3.ArithRef:
    """The term is the line of the neuron over the first neurons it reads, frozen."""
    return slope(neuron, reads, interval) * at + height(neuron, reads, interval)
