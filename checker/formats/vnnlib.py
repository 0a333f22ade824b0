"""Zero error as a VNN-LIB property of inputs X_i and outputs Y_j; `unsat` says that it holds (FORMAT.md)."""

from collections.abc import Iterator
from fractions import Fraction

from checker.dataset import Dataset
from checker.errors import InputError, quoted
from checker.formats.smt2 import integer_text
from checker.network import Network, Vector
from checker.rational import format_rational


def claim_text(network_path: str, network: Network, dataset_path: str, dataset: Dataset) -> str:
    """A property that a network satisfies exactly when it departs from the dataset at one of its rows.

    Fails: InputError on a number with no finite decimal.
    """
    return "\n".join(_lines(dataset_path, network, dataset)) + "\n"


def decimal_text(q: Fraction) -> str | None:
    """q as a finite decimal without exponent; None when it has none.

    >>> decimal_text(Fraction(-3, 8)), decimal_text(Fraction(2)), decimal_text(Fraction(1, 3))
    ('-0.375', '2.0', None)
    """
    twos = (q.denominator & -q.denominator).bit_length() - 1
    rest, fives = q.denominator >> twos, 0
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives, 1)
    digits = integer_text(abs(q.numerator) * 2 ** (places - twos) * 5 ** (places - fives)).rjust(places + 1, "0")
    return f"{'-' if q < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _lines(path: str, network: Network, dataset: Dataset) -> Iterator[str]:
    yield "; unsat: the network takes the value of the dataset at every row"
    for letter, count in (("X", network.widths[0]), ("Y", network.widths[-1])):
        for i in range(count):
            yield f"(declare-const {letter}_{i} Real)"
    yield "(assert (or"
    for k, (x, y) in enumerate(zip(dataset.inputs, dataset.outputs, strict=True), 1):
        xs, ys = _texts(path, f"row {k}, input", x), _texts(path, f"row {k}, output", y)
        here = " ".join(f"(<= X_{i} {text}) (>= X_{i} {text})" for i, text in enumerate(xs))
        for j, text in enumerate(ys):
            yield from (f"  (and {here} ({sign} Y_{j} {text}))" for sign in "<>")
    yield "))"


def _texts(path: str, place: str, numbers: Vector) -> list[str]:
    texts = []
    for i, q in enumerate(numbers, 1):
        text = decimal_text(q)
        if text is None:
            shown = quoted(format_rational(q))
            raise InputError(path, f"{place} {i}", f"{shown} is no finite decimal, and VNN-LIB has no other numbers")
        texts.append(text)
    return texts
