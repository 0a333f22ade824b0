"""Steps of a derivation: formulas that SymPy checks as they are printed, and the denominators they divide by."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from sympy import Expr, Integer, Product, Sum, Symbol
from sympy.core.function import AppliedUndef
from sympy.tensor.indexed import Indexed

from symbolic.denominators import NonZero, divisors, factors
from symbolic.exact import DerivationError, is_zero, linear_parts, solve_linear

DEFINITION, CHOICE, DERIVED = "definition", "choice", "derived"


class Equation(NamedTuple):
    """left = right; case says which part of an induction it is."""

    left: Expr
    right: Expr
    case: str = ""


@dataclass(frozen=True)
class Step:
    """The formula left = right, for symbolic indices, and the equations that SymPy reduces to 0 = 0 to establish it.

    With requirements, these equations are the requirements with the formula put in; without, the formula itself, by
    induction on an index if one is named. The formulas of the given steps are put in, too, in their order. A definition
    or a choice may go without any: then nothing is claimed.
    """

    name: str
    statement: str
    left: Expr
    right: Expr
    because: str
    requirements: tuple[Equation, ...] = ()
    given: tuple["Step", ...] = ()
    induction: Symbol | None = None
    kind: str = DERIVED
    solved_by: Expr = Integer(1)
    """What solving for the formula divided by."""

    def at(self, **values: Expr) -> "Step":
        """The same step with other indices or another t."""
        places = {letter: values[str(letter)] for letter in self.left.free_symbols if str(letter) in values}
        return replace(self, left=rename(self.left, places), right=rename(self.right, places))

    def solved_for(self, letter: Expr) -> "Step":
        """The same step, solved for another letter of its formula. Fails: DerivationError."""
        coefficient = linear_parts(self.left - self.right, letter)[1]
        right = solve_linear(self.left - self.right, letter)
        return replace(self, left=letter, right=right, solved_by=self.solved_by * coefficient)

    def equations(self) -> tuple[Equation, ...]:
        """What is to be reduced to 0 = 0."""
        if self.requirements or self.kind != DERIVED:
            return self.requirements
        if self.induction is None:
            return (Equation(self.left, self.right),)
        first, after = {self.induction: Integer(0)}, {self.induction: self.induction + 1}
        left, right = self.left, self.right
        base = Equation(rename(left, first), rename(right, first), "base")
        return base, Equation(rename(left, after) - left, rename(right, after) - right, "step")

    def residuals(self) -> tuple[Expr, ...]:
        """The differences of the equations' sides, everything put in and every last term split off."""
        found = []
        for equation in self.equations():
            difference = equation.left - equation.right
            for step in self.given if not self.requirements else (*self.given, self, *self.given):
                if isinstance(step.left, Indexed | AppliedUndef):
                    difference = split_last(difference)
                difference = put_in(difference, step.left, step.right)
            found.append(split_last(difference))
        return tuple(found)

    def check(self) -> None:
        """Fails: DerivationError when SymPy does not reduce an equation of the step to 0 = 0."""
        with _blamed(self.name):
            for equation, residual in zip(self.equations(), self.residuals(), strict=True):
                if not is_zero(residual):
                    raise DerivationError(f"{residual} is not 0{f' ({equation.case})' if equation.case else ''}")

    def denominators(self) -> tuple[Expr, ...]:
        """The factors of everything that the formula, its equations, their reduction and its solution divide by."""
        sides = [side for equation in self.equations() for side in (equation.left, equation.right)]
        found = {factor for step in (self, *self.given) for factor in factors(step.solved_by)}
        for expression in (self.left, self.right, *sides, *self.residuals()):
            found |= divisors(expression)
        return tuple(sorted(found, key=str))


def solved(
    name: str, statement: str, unknown: Expr, form: Expr, requirement: Equation, because: str, *given: Step
) -> Step:
    """The step whose formula is the requirement, linear in the unknown, solved for it, written in the form given.

    The check of the step puts the form into the requirement; a linear equation has no other solution.
    Fails: DerivationError when the requirement is not linear in the unknown.
    """
    difference = requirement.left - requirement.right
    for step in given:
        difference = put_in(difference, step.left, step.right)
    with _blamed(name):
        coefficient = linear_parts(difference, unknown)[1]
    return Step(name, statement, unknown, form, because, (requirement,), given, solved_by=coefficient)


@contextmanager
def _blamed(name: str) -> Iterator[None]:
    """Whatever does not hold inside is blamed on the step of this name."""
    try:
        yield
    except DerivationError as error:
        raise DerivationError(f"{name}: {error}") from None


def put_in(expression: Expr, left: Expr, right: Expr) -> Expr:
    """The expression with left replaced by right, for every value of the indices that left names by a letter alone.

    Fails: DerivationError when the running index of a sum or product would take the place of another letter.
    """
    if not isinstance(left, Indexed | AppliedUndef):
        return expression.xreplace({left: right})
    places = {atom: _binding(left, atom) for atom in expression.atoms(type(left))}
    values = {atom: place for atom, place in places.items() if place is not None}
    free = right.free_symbols - {p for p in left.args if isinstance(p, Symbol)}
    if values and free & _running(expression):
        raise DerivationError(f"{left} = {right} does not name the letters that run in {expression}")
    return expression.xreplace({atom: rename(right, place) for atom, place in values.items()})


def rename(expression: Expr, places: dict[Symbol, Expr]) -> Expr:
    """The expression with other indices. Fails: DerivationError when a running index of it is among the new letters."""
    running = _running(expression)
    if running and any(running & value.free_symbols | running & {letter} for letter, value in places.items()):
        raise DerivationError(f"{expression}: {places} would be captured by a running index")
    return expression.xreplace(places)


def _running(expression: Expr) -> set[Symbol]:
    return {limit[0] for node in expression.atoms(Sum, Product) for limit in node.limits}


def _binding(pattern: Expr, atom: Expr) -> dict[Symbol, Expr] | None:
    """The values of the pattern's lone letters at which it is the atom, None when there are none."""
    if pattern.func != atom.func or len(pattern.args) != len(atom.args):
        return None
    pairs = list(zip(pattern.args, atom.args, strict=True))
    values: dict[Symbol, Expr] = {}
    for letter, value in pairs:
        if isinstance(letter, Symbol) and values.setdefault(letter, value) != value:
            return None
    return values if all(letter.xreplace(values) == value for letter, value in pairs) else None


def split_last(expression: Expr) -> Expr:
    """The expression with the last terms of its sums and products split off, until none runs beyond (letter) - 1.

    An empty sum is 0, an empty product 1. The rule is applied to a fixpoint: a term split off may hold a sum or product
    that now ends later.
    """
    while True:
        split = {node: _split_once(node) for node in expression.atoms(Sum, Product)}
        split = {node: value for node, value in split.items() if value is not node}
        if not split:
            return expression
        expression = expression.xreplace(split)


def _split_once(node: Expr) -> Expr:
    """The sum or product without its last term, and that term; itself where it may be empty for some index >= 0."""
    ((index, first, last),) = node.limits
    if last - first == -1:
        return Integer(0 if isinstance(node, Sum) else 1)
    beyond, letter = last.as_coeff_Add()
    if not ((last - first).is_nonnegative and beyond >= 0 and letter.is_nonnegative):
        return node
    rest, term = node.func(node.function, (index, first, last - 1)), rename(node.function, {index: last})
    return rest + term if isinstance(node, Sum) else rest * term


def obligations(step: Step, reasons: Iterable[NonZero]) -> dict[Expr, NonZero]:
    """The denominators of the step, each with the reason why it is not 0.

    Fails: DerivationError when a denominator has none.
    """
    found: dict[Expr, NonZero] = {}
    for factor in step.denominators():
        instances = ((reason.instance(factor), reason) for reason in reasons)
        instance, reason = next(((e, reason) for e, reason in instances if e is not None), (None, None))
        if reason is None:
            raise DerivationError(f"{step.name}: nothing says why its denominator {factor} is not 0")
        found[instance] = reason
    return found


def checked(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps, each reduced to 0 = 0 and using only steps before it. Fails: DerivationError."""
    done: dict[str, Step] = {}
    for step in steps:
        unknown = [given.name for given in step.given if given.name not in done]
        if unknown or step.name in done:
            raise DerivationError(f"{step.name}: it uses {unknown}, not established before it, or stands there twice")
        step.check()
        done[step.name] = step
    return tuple(done.values())
