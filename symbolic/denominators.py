"""What an expression divides by, factor by factor, and the reasons why it is not 0."""

from dataclasses import dataclass
from functools import cache
from itertools import product

from sympy import Expr, Mul, Product, Symbol, factor_list, preorder_traversal, together
from sympy.tensor.indexed import Indexed

from symbolic.exact import is_zero


def divisors(expression: Expr) -> set[Expr]:
    """The irreducible factors of every denominator in the expression, those inside sums and products included."""
    powers = (node for node in preorder_traversal(expression) if node.is_Pow and not _is_sign(node))
    bases = (node.base for node in powers if node.exp.could_extract_minus_sign())
    return {factor for base in bases for factor in factors(base)}


def _is_sign(expression: Expr) -> bool:
    return expression.is_Pow and expression.base == -1


@cache
def factors(denominator: Expr) -> tuple[Expr, ...]:
    """What must not be 0 so that the denominator is not; a product is not when none of its factors is."""
    found: list[Expr] = []
    for part in Mul.make_args(together(denominator).as_numer_denom()[0]):
        if part.is_Number or _is_sign(part):
            continue
        for factor, _ in factor_list(part)[1]:
            if _is_sign(factor):
                continue
            found += factors(factor.function) if isinstance(factor, Product) else [factor]
    return tuple(found)


@dataclass(frozen=True)
class NonZero:
    """An expression that is not 0 for any indices in their range: an obligation, not proved here.

    reason says why in words; proved names the statements of the proofs room that discharge it.
    """

    expression: Expr
    reason: str
    proved: tuple[str, ...]

    def instance(self, factor: Expr) -> Expr | None:
        """This expression at the indices where it is the factor or its negative; None when there are none."""
        own = sorted(self.expression.atoms(Indexed), key=str)
        for atoms in product(sorted(factor.atoms(Indexed), key=str), repeat=len(own)):
            values: dict[Symbol, Expr] = {}
            for pattern, atom in zip(own, atoms, strict=True):
                if pattern.base == atom.base and len(pattern.indices) == len(atom.indices):
                    pairs = zip(pattern.indices, atom.indices, strict=True)
                    values |= {letter: value for letter, value in pairs if isinstance(letter, Symbol)}
            renamed = self.expression.xreplace(values)
            if is_zero(factor - renamed) or is_zero(factor + renamed):
                return renamed
        return None
