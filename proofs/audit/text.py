"""Formulas as people read them: infix, with the least brackets, never shortened."""

from __future__ import annotations

import z3

INFIX = {
    z3.Z3_OP_IMPLIES: (" => ", 1), z3.Z3_OP_OR: (" or ", 2), z3.Z3_OP_AND: (" and ", 3),
    z3.Z3_OP_EQ: (" = ", 4), z3.Z3_OP_LE: (" <= ", 4), z3.Z3_OP_LT: (" < ", 4),
    z3.Z3_OP_GE: (" >= ", 4), z3.Z3_OP_GT: (" > ", 4), z3.Z3_OP_DISTINCT: (" != ", 4),
    z3.Z3_OP_ADD: (" + ", 5), z3.Z3_OP_SUB: (" - ", 5), z3.Z3_OP_MUL: (" * ", 6),
    z3.Z3_OP_DIV: (" / ", 6),
}  # fmt: skip


def show(term: z3.ExprRef) -> str:
    """The text is the term, in one line."""
    return _show(term)[0]


def statement(theorem) -> str:
    """The text is the theorem's formula without its outer quantifiers."""
    hypotheses = " and ".join(_bracketed(h, 3) for h in theorem.hypotheses)
    return (f"{hypotheses} => " if hypotheses else "") + _bracketed(theorem.conclusion, 2)


def _bracketed(term: z3.ExprRef, level: int) -> str:
    text, own = _show(term)
    return text if own >= level else f"({text})"


def _show(term: z3.ExprRef) -> tuple[str, int]:
    """The text, and how tightly its outermost operator binds (9: not at all)."""
    kind, parts = term.decl().kind(), term.children()
    if kind == z3.Z3_OP_TO_REAL:
        return _show(parts[0])
    if not parts:
        return str(term).lower() if z3.is_bool(term) else str(term), 9
    if kind == z3.Z3_OP_IMPLIES and z3.is_true(parts[0]):
        return _show(parts[1])
    if kind == z3.Z3_OP_ITE:
        yes, no = _bracketed(parts[1], 5), _bracketed(parts[2], 5)
        return f"(if {show(parts[0])} then {yes} else {no})", 9
    if kind == z3.Z3_OP_NOT:
        return f"not {_bracketed(parts[0], 9)}", 4
    if kind == z3.Z3_OP_UMINUS:
        return f"-{_bracketed(parts[0], 6)}", 5
    if kind in INFIX:
        return _infix(kind, parts)
    return f"{term.decl().name()}({', '.join(show(p) for p in parts)})", 9


def _infix(kind: int, parts: list[z3.ExprRef]) -> tuple[str, int]:
    word, level = (" <=> ", 1) if kind == z3.Z3_OP_EQ and z3.is_bool(parts[0]) else INFIX[kind]
    if len(parts) == 1:
        return _show(parts[0])
    first = _bracketed(parts[0], level)
    tighter = level + (kind not in (z3.Z3_OP_ADD, z3.Z3_OP_AND, z3.Z3_OP_OR))
    return word.join([first, *(_bracketed(p, tighter) for p in parts[1:])]), level
