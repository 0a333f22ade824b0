"""A network of several outputs, seen from output e; v counts second-layer neurons."""

from __future__ import annotations

import z3

from proofs.theorems.symbols import INT, REAL, r, start, ts

e, outputs, extra, v = z3.Ints("e outputs extra v")
kappa = z3.Function("kappa", INT, REAL)
column = z3.Function("column", INT, REAL)
tail = z3.Function("tail", INT, REAL, REAL)
W24 = z3.Function("W24", INT, INT, REAL)
b24 = z3.Function("b24", INT, REAL)
W34 = z3.Function("W34", INT, REAL)
partial4 = z3.Function("partial4", INT, INT, REAL, REAL)
pre4 = z3.Function("pre4", INT, REAL, REAL)
out4 = z3.Function("out4", INT, REAL, REAL)
f4 = z3.Function("f4", REAL, REAL)


def beyond(index):
    """The place of an extra point: they follow the last group."""
    return start(r) + index


def late(index):
    """The term is the projected input of an extra point."""
    return ts(beyond(index))
