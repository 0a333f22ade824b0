"""Derivations whose steps are equations of calculus, each reduced to 0 by SymPy, with words beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr, cancel, cos, expand, expand_trig, latex, rem, sin, together

from symbolic.exact import DerivationError


@dataclass(frozen=True)
class Equality:
    """left = right, which SymPy reduces to 0 = 0, and what it says."""

    name: str
    words: str
    left: Expr
    right: Expr

    def check(self) -> None:
        """Fails: DerivationError when SymPy does not reduce left - right to 0."""
        difference = reduced((self.left - self.right).doit())
        if difference != 0:
            raise DerivationError(f"{self.name}: {difference} is not 0")


def reduced(expression: Expr) -> Expr:
    """The expression as one fraction, sin^2 = 1 - cos^2 put in: 0 only if the expression is 0 where it is defined."""
    numerator, denominator = together(expand_trig(expression)).as_numer_denom()
    numerator = expand(numerator)
    for letter in sorted(numerator.atoms(sin), key=str):
        numerator = rem(numerator, letter**2 + cos(letter.args[0]) ** 2 - 1, letter)
    return cancel(numerator / denominator)


def report(found: tuple[Equality, ...], as_latex: bool) -> Iterator[str]:
    """The lines of the derivation, the first one the verdict; every step is checked before anything is said."""
    for step in found:
        step.check()
    yield f"DERIVED {len(found)} steps"
    for step in found:
        yield ""
        yield f"\\paragraph{{{step.name}}}" if as_latex else step.name
        sides = (latex(step.left), latex(step.right)) if as_latex else (step.left, step.right)
        yield f"\\[ {sides[0]} = {sides[1]} \\]" if as_latex else f"    {sides[0]} = {sides[1]}"
        yield step.words
