"""What can be claimed of a network at every point of a dataset, decided on exact outputs (FORMAT.md, Claims)."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction

from checker.errors import quoted
from checker.network import Vector
from checker.rational import NumberError, format_rational, parse_dataset_number


class ClaimError(ValueError):
    """A text is no claim, or a point is none that the claim can be about."""


@dataclass(frozen=True)
class Miss:
    """The claim fails at this output (counted from 1): expected is the value, or the bound, that obtained misses."""

    output: int
    expected: Fraction
    obtained: Fraction


@dataclass(frozen=True)
class Room:
    """The claim holds, and would for errors up to this value at this output (counted from 1)."""

    value: Fraction
    output: int


class Claim(ABC):
    """A claim about the outputs y of a point and the network's outputs there."""

    @property
    @abstractmethod
    def text(self) -> str:
        """The claim as it is written on the command line, in its one canonical spelling."""

    @abstractmethod
    def examined(self, y: Vector, outputs: Vector) -> Miss | Room | None:
        """Whether the claim holds; None when it does and could not hold by more or less."""

    def takes(self, columns: int, outputs: int) -> bool:
        """Whether the claim can be about a dataset of so many output columns and a network of so many outputs."""
        return columns == outputs

    @property
    def about(self) -> str:
        """The claim, and what it takes where that is more than a column for each output."""
        return f"claim {self.text}"

    def asked(self, y: Vector, output: int) -> Fraction | None:
        """The value asked for at this output (counted from 1) of a point; None when the claim asks for none."""
        return y[output - 1]

    def require_point(self, y: Vector, outputs: int) -> None:
        """The claim can be about a point with outputs y, and a network of so many outputs. Fails: ClaimError."""
        return None


@dataclass(frozen=True)
class ZeroError(Claim):
    """f(x) = y."""

    text: str = "zero-error"

    def examined(self, y: Vector, outputs: Vector) -> Miss | None:
        """The first output that is not the one asked for."""
        for number, (expected, obtained) in enumerate(zip(y, outputs, strict=True), 1):
            if obtained != expected:
                return Miss(number, expected, obtained)
        return None


@dataclass(frozen=True)
class Within(Claim):
    """|f(x) - y| <= error, in every output."""

    error: Fraction

    @property
    def text(self) -> str:
        """within:EPS, the number canonical."""
        return f"within:{format_rational(self.error)}"

    def examined(self, y: Vector, outputs: Vector) -> Miss | Room:
        """The first output that is further away, or what is left of the error at the worst one."""
        worst = Room(self.error, 1)
        for number, (expected, obtained) in enumerate(zip(y, outputs, strict=True), 1):
            room = self.error - abs(obtained - expected)
            if room < 0:
                return Miss(number, expected, obtained)
            if room < worst.value:
                worst = Room(room, number)
        return worst


@dataclass(frozen=True)
class Argmax(Claim):
    """The output of the label (the point's y, a class counted from 0) is larger than every other one.

    ties: or as large.
    """

    ties: bool = False

    @property
    def text(self) -> str:
        """argmax, or argmax:ties."""
        return "argmax:ties" if self.ties else "argmax"

    def examined(self, y: Vector, outputs: Vector) -> Miss | Room:
        """The largest of the other outputs (the first of them): too large, or by how much it is not."""
        label = y[0].numerator
        right = outputs[label]
        negative, rival = min((-v, number) for number, v in enumerate(outputs, 1) if number != label + 1)
        room = right + negative
        return Miss(rival, right, -negative) if room < 0 or (room == 0 and not self.ties) else Room(room, rival)

    def takes(self, columns: int, outputs: int) -> bool:
        """One column of labels, and at least two outputs."""
        return columns == 1 and outputs > 1

    @property
    def about(self) -> str:
        """The claim and what it takes."""
        return f"claim {self.text}: one output column, the label, and a network of at least two outputs"

    def asked(self, y: Vector, output: int) -> None:
        """A label is no value that an output should have."""
        return None

    def require_point(self, y: Vector, outputs: int) -> None:
        """The label is a class."""
        if y[0].denominator != 1 or not 0 <= y[0] < outputs:
            raise ClaimError(f"the label {quoted(format_rational(y[0]))} is not a class from 0 to {outputs - 1}")


ZERO_ERROR = ZeroError()


def parse_claim(text: str) -> Claim:
    """The claim that a text names. Fails: ClaimError.

    >>> parse_claim("within:0.5").text, parse_claim("argmax:ties").text
    ('within:1/2', 'argmax:ties')
    """
    simple = {claim.text: claim for claim in (ZERO_ERROR, Argmax(), Argmax(ties=True))}
    if text in simple:
        return simple[text]
    name, _, error = text.partition(":")
    if name != "within":
        raise ClaimError(f"{quoted(text)} is none of zero-error, within:EPS, argmax, argmax:ties")
    try:
        bound = parse_dataset_number(error, "decimal")
    except NumberError as reason:
        raise ClaimError(f"{quoted(text)}: {reason}") from None
    if bound < 0:
        raise ClaimError(f"{quoted(text)}: no error is below 0")
    return Within(bound)
