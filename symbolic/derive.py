"""The derivations as text or LaTeX: every step checked, every denominator listed with its reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr
from sympy.printing.latex import LatexPrinter
from sympy.printing.str import StrPrinter

from symbolic import inoue_closed, interpolant_output, yun, zhang
from symbolic.denominators import NonZero
from symbolic.derivation import DERIVED, Equation, Step, checked, obligations

TITLES = {
    "interpolant": "Construction interpolant: each partial sum of f interpolates one point of every group",
    "inoue": "Construction inoue: the paper's, a term of f for each neuron of the second layer",
    "zhang": "Construction zhang: one hidden layer, a hinge for each point",
    "yun": "Construction yun: hard-tanhs, each linear at one point of every group and clipped at the others",
    "same": "Same: both constructions satisfy one interpolation identity",
}


@dataclass(frozen=True)
class Entry:
    """A step that SymPy has reduced to 0 = 0 (a definition or choice: nothing claimed), and what it divided by."""

    step: Step
    nonzero: dict[Expr, NonZero]


def derivation(names: tuple[str, ...]) -> dict[str, tuple[Entry, ...]]:
    """The named derivations, all steps checked; interpolant and inoue are followed by what is the same in them.

    yun goes on from interpolant: without that, its section begins with the steps of it that it uses.

    Fails: DerivationError, its text beginning with the name of the step that does not hold.
    """
    parts = {"interpolant": interpolant_output, "inoue": inoue_closed, "zhang": zhang, "yun": yun}
    sections = {name: parts[name].steps() for name in names}
    if "yun" in names and "interpolant" not in names:
        sections["yun"] = (*yun.uses(), *sections["yun"])
    if {"interpolant", "inoue"} <= set(names):
        sections["same"] = inoue_closed.same()
    checked(step for steps in sections.values() for step in steps)
    reasons = dict.fromkeys(sections, (*interpolant_output.NONZERO, *inoue_closed.NONZERO))
    reasons["zhang"] = zhang.NONZERO
    return {name: tuple(Entry(step, obligations(step, reasons[name])) for step in sections[name]) for name in sections}


def report(sections: dict[str, tuple[Entry, ...]], latex: bool) -> Iterator[str]:
    """The lines of the derivation, the first one the verdict."""
    style = Latex() if latex else Text()
    entries = [entry for section in sections.values() for entry in section]
    needed: dict[NonZero, list[str]] = {}
    for entry in entries:
        for reason in dict.fromkeys(entry.nonzero.values()):
            needed.setdefault(reason, []).append(entry.step.name)
    proved = sum(1 for entry in entries if entry.step.equations())
    yield f"DERIVED {proved} steps, {len(needed)} denominators"
    yield style.words(
        f"Besides the steps, {len(entries) - proved} definitions and choices, labelled as such: nothing derives them."
    )
    for name, section in sections.items():
        yield from style.title(TITLES[name])
        for entry in section:
            yield from _step(entry, style)
    yield from style.title("Denominators: what the proofs room proves to be non-zero, and why it is")
    for reason, names in needed.items():
        yield from style.formula(reason.expression, "!=", 0)
        yield from style.remark("because", reason.reason)
        yield from style.remark("used in", ", ".join(names))
        file = reason.proved[0].partition(".")[0]
        yield from style.remark("proved", f"{', '.join(reason.proved)} (python -m proofs prove {file})")


def _step(entry: Entry, style: "Text") -> Iterator[str]:
    step = entry.step
    yield from style.heading(step.name, step.kind)
    yield style.words(step.statement)
    yield from style.formula(step.left, "=", step.right)
    yield from style.remark("because", step.because)
    if step.equations():
        given = ", ".join(dict.fromkeys(given.name for given in step.given))
        yield from style.remark("checked", f"SymPy reduces this to 0 = 0{', with ' + given if given else ''}:")
        for equation in step.equations():
            yield from style.equation(equation)
    elif step.kind != DERIVED:
        yield from style.remark("checked", f"nothing: a {step.kind}")
    if entry.nonzero:
        yield from style.remark("obligations", "it divides by these, which must not be 0:")
    for denominator in entry.nonzero:
        yield from style.formula(denominator, "!=", 0)


class Text:
    """Plain ASCII, formulas as SymPy's str."""

    def words(self, text: str) -> str:
        """A sentence, in which a formula stands between backquotes."""
        return text.replace("`", "")

    def title(self, text: str) -> Iterator[str]:
        """The lines that begin a derivation."""
        yield from ("", text, "=" * len(text))

    def heading(self, name: str, kind: str) -> Iterator[str]:
        """The lines that begin a step."""
        yield from ("", f"{name}  [{kind}]")

    def formula(self, left: Expr, relation: str, right: Expr) -> Iterator[str]:
        """A relation on a line of its own."""
        yield f"    {_TextPrinter().doprint(left)} {relation} {_TextPrinter().doprint(right)}"

    def remark(self, label: str, text: str) -> Iterator[str]:
        """A sentence about the step, with what it says."""
        yield f"  {label}: {self.words(text)}"

    def equation(self, equation: Equation) -> Iterator[str]:
        """An equation, and in which case it holds."""
        case = f"({equation.case}) " if equation.case else ""
        yield f"    {case}{_TextPrinter().doprint(equation.left)} = {_TextPrinter().doprint(equation.right)}"


class Latex(Text):
    """A body that compiles with amsmath, without preamble."""

    def words(self, text: str) -> str:
        parts = text.split("`")
        return "".join(f"${_math(part)}$" if q % 2 else part.replace("_", r"\_") for q, part in enumerate(parts))

    def title(self, text: str) -> Iterator[str]:
        yield from ("", rf"\section*{{{self.words(text)}}}")

    def heading(self, name: str, kind: str) -> Iterator[str]:
        yield from ("", rf"\paragraph{{\texttt{{{self.words(name)}}} ({kind}).}}")

    def formula(self, left: Expr, relation: str, right: Expr) -> Iterator[str]:
        sign = r"\ne" if relation == "!=" else relation
        yield rf"\[ {_LatexPrinter().doprint(left)} {sign} {_LatexPrinter().doprint(right)} \]"

    def remark(self, label: str, text: str) -> Iterator[str]:
        yield rf"\emph{{{label}:}} {self.words(text)}\par"

    def equation(self, equation: Equation) -> Iterator[str]:
        case = rf"\text{{({equation.case})}}\quad " if equation.case else ""
        yield rf"\[ {case}{_LatexPrinter().doprint(equation.left)} = {_LatexPrinter().doprint(equation.right)} \]"


MATH = (
    (r"(\w)\[([^\]]*)\]", r"\1_{\2}"),
    (r"\b(alpha|beta|theta|mu|phi|psi|rho|tau)(?=\b|_)", r"\\\1 "),
    (r"\b(slope|beyond|free|level|low|high|odd|last|relu)(?=\b|_)", r"\\mathrm{\1}"),
    ("!=", r"\\ne "),
    ("->", r"\\to "),
    (">=", r"\\ge "),
    (r"\.\.\.", r"\\dots "),
)
"""What a formula among words becomes in LaTeX."""


def _math(text: str) -> str:
    for pattern, replacement in MATH:
        text = re.sub(pattern, replacement, text)
    return text


class _PositiveFirst:
    """Prints sums with their positive terms first: x - b, not -b + x."""

    def _as_ordered_terms(self, expression: Expr, order: str | None = None) -> list[Expr]:
        terms = super()._as_ordered_terms(expression, order)
        return sorted(terms, key=lambda term: term.could_extract_minus_sign())


class _TextPrinter(_PositiveFirst, StrPrinter):
    pass


class _LatexPrinter(_PositiveFirst, LatexPrinter):
    pass
