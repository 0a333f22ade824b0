"""The symbols of the article's own construction, beside those of `symbols.py`.

Indices as there: i group, j second-layer neuron or place in a group, q = j or j + 1, m a running
bound, A a value at b(0).
"""

from __future__ import annotations

import z3

INT, REAL = z3.IntSort(), z3.RealSort()

# Points with virtual neighbours on both sides, the farther of two neighbours from b(i)
px = z3.Function("px", INT, INT, REAL)
py = z3.Function("py", INT, INT, REAL)
mu = z3.Function("mu", INT, INT, REAL)

# The line of the first j+1 neurons when its value at b(0) is A
level = z3.Function("leveli", INT, INT, REAL, REAL)
tilt = z3.Function("tilti", INT, INT, REAL, REAL)

# What decides c_j: residuals D and D', the bound K, the product over the groups before, C
lack = z3.Function("lack", INT, INT, INT, REAL, REAL)
stretch = z3.Function("stretch", INT, INT, INT, REAL)
bound = z3.Function("bound", INT, INT, REAL, REAL)
shrink = z3.Function("shrink", INT, INT, REAL)
top = z3.Function("top", INT, INT, REAL, REAL)
least = z3.Function("least", INT, REAL)
base = z3.Real("basei")
origin = z3.Function("origin", INT, REAL)
c = z3.Function("c", INT, REAL)

# The term of neuron j: value at b(i), slope on cell i, both in the direction of the zigzag
lift = z3.Function("lift", INT, INT, REAL)
slope = z3.Function("slopei", INT, INT, REAL)
mass = z3.Function("mass", INT, INT, REAL)
grade = z3.Function("grade", INT, INT, REAL)
D = z3.Function("D", INT, INT, INT, REAL)
M = z3.Function("M", INT, INT, REAL)
kink = z3.Function("kink", INT, INT, REAL)
prefix = z3.Function("prefix", INT, INT, REAL, REAL)

# The network
V2 = z3.Function("W2i", INT, INT, REAL)
d2 = z3.Function("b2i", INT, REAL)
drive = z3.Function("drive", INT, INT, REAL, REAL)
ahead = z3.Function("aheadi", INT, REAL, REAL)
total = z3.Function("totali", INT, REAL, REAL)
fi = z3.Function("fi", REAL, REAL)
