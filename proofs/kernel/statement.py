"""What the kernel makes: queries, theorems and their instances. Trusted, with `rules.py`.

The language is quantifier-free: integers and reals, uninterpreted functions, +, -, *, /, order,
equality, the connectives and if-then-else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass

import z3

OPERATORS = (
    *("TRUE", "FALSE", "EQ", "DISTINCT", "ITE", "AND", "OR", "NOT", "IMPLIES", "LE", "GE", "LT", "GT"),
    *("ADD", "SUB", "UMINUS", "MUL", "DIV", "TO_REAL", "ANUM", "UNINTERPRETED"),
)
SORTS = (z3.Z3_BOOL_SORT, z3.Z3_INT_SORT, z3.Z3_REAL_SORT)
LANGUAGE = {getattr(z3, f"Z3_OP_{name}") for name in OPERATORS}
SPELLED = re.compile(r"[A-Za-z]\w*", re.ASCII)
"""Names of symbols: others could be read from SMT-LIB text as something else (a bound name, a quotation)."""


class Refused(Exception):
    """A rule did not apply; the message says why."""


class Undecided(Refused):
    """The solver answered `unknown`."""


@dataclass(frozen=True)
class Query:
    """`parts` must entail `goal`: the solver is asked for a model of parts and not goal."""

    name: str
    parts: tuple[tuple[str, z3.BoolRef], ...]
    goal: z3.BoolRef

    def formulas(self, without: str = "") -> list[z3.BoolRef]:
        """The conjunction to refute, less the part with the given label."""
        return [f for label, f in self.parts if label != without] + [z3.Not(self.goal)]


SEAL = object()


@dataclass(frozen=True, eq=False)
class Theorem:
    """An immutable statement that a rule of one kernel has established."""

    token: InitVar[object]
    name: str
    words: str
    scheme: str
    variables: tuple[z3.ExprRef, ...]
    hypotheses: tuple[z3.BoolRef, ...]
    conclusion: z3.BoolRef
    assumptions: frozenset[str]
    uses: tuple[str, ...]
    queries: tuple[Query, ...]
    owner: object

    def __post_init__(self, token: object) -> None:
        if token is not SEAL:
            raise Refused("theorems are made by the kernel's rules only")

    def formula(self) -> z3.BoolRef:
        """The statement without its outer quantifiers."""
        return implication(self.hypotheses, self.conclusion)

    def at(self, *terms: z3.ExprRef | int) -> Instance:
        """The statement is to be used of these terms (one for each variable, of its sort)."""
        if len(terms) != len(self.variables):
            raise Refused(f"{self.name}: {len(terms)} terms for {len(self.variables)} variables")
        pairs = zip(self.variables, terms, strict=True)
        return Instance(self, tuple(cast(term, variable, self.name) for variable, term in pairs))


@dataclass(frozen=True, eq=False)
class Instance:
    """A theorem and the terms to put for its variables; the kernel substitutes."""

    theorem: Theorem
    terms: tuple[z3.ExprRef, ...]

    def label(self) -> str:
        """The instance is named by its theorem and terms."""
        return f"{self.theorem.name}({', '.join(map(str, self.terms))})"

    def formula(self) -> z3.BoolRef:
        """The theorem's statement holds of the terms. Fails: as `at`, whoever made the instance."""
        pairs = zip(self.theorem.variables, self.terms, strict=True)
        return z3.substitute(self.theorem.formula(), *((v, cast(t, v, self.theorem.name)) for v, t in pairs))


def cast(term: z3.ExprRef | int, variable: z3.ExprRef, name: str) -> z3.ExprRef:
    """The term has the sort of the variable it is put for. Fails: another sort or language."""
    term = variable.sort().cast(term) if isinstance(term, int) else term
    if not term.sort().eq(variable.sort()):
        raise Refused(f"{name}: {term} is not of sort {variable.sort()}")
    return list(nodes(term))[0]


def entails(proof: Theorem, assumption: Theorem) -> bool:
    """The proof has the assumption's variables and conclusion, and no further hypothesis."""
    known = [h.get_id() for h in assumption.hypotheses]
    return (
        [v.get_id() for v in proof.variables] == [v.get_id() for v in assumption.variables]
        and all(h.get_id() in known for h in proof.hypotheses)
        and proof.conclusion.eq(assumption.conclusion)
    )


def implication(hypotheses: Sequence[z3.BoolRef], conclusion: z3.BoolRef) -> z3.BoolRef:
    """The hypotheses imply the conclusion; without hypotheses it is the conclusion."""
    return z3.Implies(z3.And(*hypotheses), conclusion) if hypotheses else conclusion


def nodes(term: z3.ExprRef) -> Iterator[z3.ExprRef]:
    """Every subterm occurs once. Fails: a quantifier, an operator outside the language, another sort or context."""
    if term.ctx != z3.main_ctx():
        raise Refused(f"of another z3 context: {term}")
    seen, stack = set(), [term]
    while stack:
        node = stack.pop()
        if node.get_id() in seen:
            continue
        seen.add(node.get_id())
        kind = node.decl().kind() if z3.is_app(node) else None
        if kind not in LANGUAGE:
            raise Refused(f"not in the language: {node}")
        if kind == z3.Z3_OP_UNINTERPRETED:
            _require_symbol(node)
        stack.extend(node.children())
        yield node


def _require_symbol(node: z3.ExprRef) -> None:
    if node.sort_kind() not in SORTS:
        raise Refused(f"not of sort Bool, Int or Real: {node}")
    if not SPELLED.fullmatch(node.decl().name()):
        raise Refused(f"no name of a symbol: {node.decl()}")


def applied(head: z3.ExprRef, arguments: Sequence[z3.ExprRef]) -> bool:
    """The head is a symbol applied to these very arguments: no operator, no numeral, nothing converted."""
    found = head.children() if list(nodes(head))[0].decl().kind() == z3.Z3_OP_UNINTERPRETED else None
    return found is not None and len(found) == len(arguments) and all(map(z3.eq, found, arguments))


def uninterpreted(term: z3.ExprRef) -> Iterator[z3.ExprRef]:
    """The subterms whose head is a symbol or a variable."""
    return (n for n in nodes(term) if n.decl().kind() == z3.Z3_OP_UNINTERPRETED)


def ambiguous(formulas: Sequence[z3.BoolRef]) -> str:
    """A name that two symbols of the formulas share, by their sorts; '' if there is none."""
    called: dict[str, z3.FuncDeclRef] = {}
    symbols = (node.decl() for node in uninterpreted(z3.And(*formulas)))
    return next((s.name() for s in symbols if called.setdefault(s.name(), s) != s), "")


def divisors(term: z3.ExprRef) -> list[z3.ExprRef]:
    """Everything the term divides by, numbers other than 0 excepted."""
    found = [n.arg(1) for n in nodes(term) if n.decl().kind() == z3.Z3_OP_DIV]
    return [d for d in found if not (z3.is_rational_value(d) and d.as_fraction() != 0)]
