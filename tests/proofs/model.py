"""One concrete dataset interprets every symbol, so that all statements can be tried at once.

A check of the statements themselves, apart from any solver: the definitions are run as programs
in exact arithmetic, and every theorem is evaluated at many terms. Symbols outside the guards of
their definition get an arbitrary value. Not part of any proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import z3

from proofs.kernel.rules import Kernel
from proofs.kernel.statement import Theorem
from proofs.theorems import float64_symbols as s64
from proofs.theorems import rounding_symbols as sums
from proofs.theorems import symbols as s
from proofs.theorems import theorem4_symbols as s4
from proofs.theorems import upper_bound_inputs as inputs
from proofs.theorems import upper_bound_two as two

MOST, DRAWN = 5000, 1000
ARBITRARY = {z3.Z3_INT_SORT: -3, z3.Z3_REAL_SORT: Fraction(22, 7)}


def tent(a2: int) -> dict:
    """A tent over 0 to 4, folded once: with a1 = a2 = 2 it is 0, 1, 0, 1, 0 at 0 to 4; over 0 to 2 if a2 = 1."""
    half = 1 if a2 == 1 else 2
    return {
        inputs.P: lambda column: Fraction(0),
        inputs.Q: lambda column: Fraction(column == 0),
        two.V1: lambda neuron, column: Fraction(column == 0),
        two.c1: lambda neuron: Fraction(-half * neuron),
        two.V2: lambda neuron, hidden: Fraction((1, -2, 0, 2)[hidden] if 0 <= hidden < 4 else 5),
        two.c2: lambda neuron: Fraction(-neuron),
        two.V3: lambda neuron: Fraction((1, -2, 2)[neuron] if 0 <= neuron < 3 else 3),
        two.c3.decl(): lambda: Fraction(0),
    }


def _list(*values):
    return lambda place: values[place] if 0 <= place < len(values) else ARBITRARY[z3.Z3_INT_SORT]


# A sum of three terms, added from the right; one extra point, seen from the second of two outputs
EXAMPLE = {
    sums.terms.decl(): lambda: 3,
    sums.nodes.decl(): lambda: 5,
    sums.limit.decl(): lambda: 60,
    sums.weight: _list(2, -5, 7),
    sums.factor: _list(3, 4, 1),
    sums.left: _list(-1, -1, -1, 1, 0),
    sums.right: _list(-1, -1, -1, 2, 3),
    sums.parent: _list(4, 3, 3, 4, 9),
    sums.fl: lambda node, value: Fraction(round(value)),
    sums.neuron.decl(): lambda: 0,
    sums.spot.decl(): lambda: 0,
    s4.e.decl(): lambda: 1,
    s4.outputs.decl(): lambda: 2,
    s4.extra.decl(): lambda: 1,
    s64.tz: lambda place: 0,
    s64.yz: lambda place: 0,
    s64.bendz: lambda place: 0,
    s64.Sz: lambda group, neuron: 0,
    s64.Cz.decl(): lambda: 0,
}


@dataclass(frozen=True)
class Task:
    """Widths and a dataset of distinct rows."""

    a1: int
    a2: int
    inputs: tuple[tuple[Fraction, ...], ...]
    outputs: tuple[Fraction, ...]

    def parameters(self) -> dict:
        """The values of the symbols that no statement defines."""

        def entry(row, column):
            inside = 0 <= row < len(self.inputs) and 0 <= column < len(self.inputs[0])
            return self.inputs[row][column] if inside else ARBITRARY[z3.Z3_REAL_SORT]

        def output(row):
            return self.outputs[row] if 0 <= row < len(self.outputs) else Fraction(5, 3)

        def witness(one, other):
            columns = range(len(self.inputs[0]))
            return next((c for c in columns if entry(one, c) != entry(other, c)), -1)

        sizes = {s.a1: self.a1, s.a2: self.a2, s.N: len(self.inputs), s.n: len(self.inputs[0])}
        constants = {symbol.decl(): (lambda v=v: v) for symbol, v in sizes.items()}
        return {**constants, s.X: entry, s.Y: output, s.witness: witness, **EXAMPLE, **tent(self.a2)}


@dataclass
class Model:
    """The definitions of a kernel, run on one task."""

    parameters: Mapping
    definitions: Mapping[z3.FuncDeclRef, tuple]
    known: dict = field(default_factory=dict)

    def value(self, term: z3.ExprRef, at: Mapping):
        """The term's value where the variables have the given values."""
        if term.get_id() in at:
            return at[term.get_id()]
        if z3.is_int_value(term):
            return term.as_long()
        if z3.is_rational_value(term):
            return term.as_fraction()
        kind = term.decl().kind()
        if kind == z3.Z3_OP_UNINTERPRETED:
            return self.apply(term.decl(), tuple(self.value(c, at) for c in term.children()))
        return LAZY[kind](self, at, term.children())

    def apply(self, decl: z3.FuncDeclRef, arguments: tuple):
        """The symbol's value: the parameter's, or the right side of the case that holds."""
        if decl in self.parameters:
            return self.parameters[decl](*arguments)
        if (decl, arguments) not in self.known:
            self.known[decl, arguments] = self._defined(decl, arguments)
        return self.known[decl, arguments]

    def _defined(self, decl, arguments):
        variables, cases = self.definitions[decl]
        at = {v.get_id(): a for v, a in zip(variables, arguments, strict=True)}
        for guard, right in cases:
            if self.value(guard, at):
                return self.value(right, at)
        return ARBITRARY[decl.range().kind()]


def _quotient(parts):
    return Fraction(parts[0]) / parts[1]


def _strict(function):
    return lambda model, at, children: function([model.value(c, at) for c in children])


def _product(parts):
    result = parts[0]
    for part in parts[1:]:
        result *= part
    return result


LAZY = {
    z3.Z3_OP_TRUE: _strict(lambda p: True),
    z3.Z3_OP_FALSE: _strict(lambda p: False),
    z3.Z3_OP_EQ: _strict(lambda p: p[0] == p[1]),
    z3.Z3_OP_DISTINCT: _strict(lambda p: p[0] != p[1]),
    z3.Z3_OP_LE: _strict(lambda p: p[0] <= p[1]),
    z3.Z3_OP_LT: _strict(lambda p: p[0] < p[1]),
    z3.Z3_OP_GE: _strict(lambda p: p[0] >= p[1]),
    z3.Z3_OP_GT: _strict(lambda p: p[0] > p[1]),
    z3.Z3_OP_ADD: _strict(sum),
    z3.Z3_OP_SUB: _strict(lambda p: p[0] - sum(p[1:])),
    z3.Z3_OP_UMINUS: _strict(lambda p: -p[0]),
    z3.Z3_OP_MUL: _strict(_product),
    z3.Z3_OP_DIV: _strict(_quotient),
    z3.Z3_OP_TO_REAL: _strict(lambda p: Fraction(p[0])),
    z3.Z3_OP_NOT: _strict(lambda p: not p[0]),
    z3.Z3_OP_AND: lambda m, at, c: all(m.value(e, at) for e in c),
    z3.Z3_OP_OR: lambda m, at, c: any(m.value(e, at) for e in c),
    z3.Z3_OP_IMPLIES: lambda m, at, c: not m.value(c[0], at) or m.value(c[1], at),
    z3.Z3_OP_ITE: lambda m, at, c: m.value(c[1] if m.value(c[0], at) else c[2], at),
}


def interpret(kernel: Kernel, task: Task) -> Model:
    """Every symbol of the kernel has a value."""
    definitions = {}
    for theorem in kernel.theorems.values():
        if theorem.scheme.startswith("definition"):
            decl, cases = _cases(theorem)
            definitions[decl] = (theorem.variables, cases)
    return Model(task.parameters(), definitions)


def _cases(theorem: Theorem):
    """The defined symbol, and its guards and right sides."""
    parts = [case.children() for case in theorem.conclusion.children()]
    variables = [v.get_id() for v in theorem.variables]
    heads = [
        side
        for side in parts[0][1].children()
        if side.decl().kind() == z3.Z3_OP_UNINTERPRETED and [c.get_id() for c in side.children()] == variables
    ]
    head = heads[0]
    return head.decl(), [(g, next(e for e in eq.children() if not e.eq(head))) for g, eq in parts]


def _places(ranges: Sequence[Sequence]) -> Iterator[tuple]:
    """All places, or some of them, drawn, if there are more than `MOST`."""
    if prod(map(len, ranges)) <= MOST:
        return product(*ranges)
    draw = Random(MOST)
    return (tuple(draw.choice(values) for values in ranges) for _ in range(DRAWN))


def trial(model: Model, theorem: Theorem, reach: Sequence[int], reals: Sequence) -> tuple[int, str]:
    """How often the hypotheses held, and the first place where the statement fails ('' if none)."""
    ranges = [reach if z3.is_int(v) else reals for v in theorem.variables]
    held = 0
    for values in _places(ranges):
        at = {v.get_id(): value for v, value in zip(theorem.variables, values, strict=True)}
        if all(model.value(h, at) for h in theorem.hypotheses):
            held += 1
            if not model.value(theorem.conclusion, at):
                return held, f"{theorem.name} at {values}"
    return held, ""
