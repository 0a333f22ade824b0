"""python -m checker supnorm: the largest |g - f| on an interval, enclosed; g a network, f a formula (FORMAT.md)."""

import argparse
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from checker.console import Undecided
from checker.errors import InputError
from checker.rational import NumberError, about, format_rational, parse_dataset_number, parse_rational

if TYPE_CHECKING:
    from checker.balls.maximum import Maximum
    from checker.balls.smooth import SmoothNetwork

PREDICATE = "tag:exact-relu,2026:supnorm/1"
RELATIVE, SMALL = Fraction(1, 10**6), Fraction(1, 2**100)
"""An enclosure is narrow enough when its width is at most RELATIVE times its upper end, or that at most SMALL."""
HOPELESS = Fraction(1, 10**12)
"""A bound inside an enclosure of this relative width is not decided."""


@dataclass(frozen=True)
class Question:
    """How far is a network from the target on [lo, hi]? With a bound: no further than that?"""

    target: str
    lo: Fraction
    hi: Fraction
    bound: Fraction | None

    def enough(self, lower: Fraction, upper: Fraction) -> bool:
        """Whether an enclosure answers the question, or is as narrow as it gets."""
        if self.bound is None:
            return upper - lower <= RELATIVE * upper or upper <= SMALL
        return upper <= self.bound or lower > self.bound or upper - lower <= HOPELESS * upper

    def verdict(self, found: "Maximum") -> str:
        """CERTIFIED, REFUTED or UNKNOWN."""
        if self.bound is not None and found.lower > self.bound:
            return "REFUTED"
        if found.upper is None or self.bound is not None and found.upper > self.bound:
            return "UNKNOWN"
        return "CERTIFIED"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """NETWORK, --target, --interval, --bound, -o."""
    from re import compile

    parser._negative_number_matcher = compile(r"-[0-9]")  # so that "--interval -1,1" is no unknown option
    parser.add_argument("network", metavar="NETWORK")
    parser.add_argument("--target", required=True, metavar="F", help='the function f, like "sin(2*pi*x)"')
    parser.add_argument("--interval", required=True, type=interval, metavar="LO,HI", help="where: LO <= x <= HI")
    parser.add_argument("--bound", type=bound, metavar="EPS", help="decide whether |g - f| <= EPS on the interval")
    parser.add_argument("-o", dest="certificate", metavar="CERTIFICATE", help="write the certificate to this file")


def interval(text: str) -> tuple[Fraction, Fraction]:
    """The ends of an interval, LO,HI with LO < HI."""
    try:
        lo, hi = (parse_dataset_number(part, "decimal") for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!a} is not of the form LO,HI (like 0,1)") from None
    if lo >= hi:
        raise argparse.ArgumentTypeError(f"{text!a}: the interval is empty or a point")
    return lo, hi


def bound(text: str) -> Fraction:
    """A number >= 0."""
    try:
        q = parse_dataset_number(text, "decimal")
    except NumberError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if q < 0:
        raise argparse.ArgumentTypeError(f"{text!a}: no error is below 0")
    return q


def run(options: argparse.Namespace) -> int:
    """Answers the question of the options. Fails: InputError, Undecided."""
    from checker.answer import show
    from checker.certificate import certificate_text
    from checker.files import write_text

    lo, hi = options.interval
    question = Question(options.target, lo, hi, options.bound)
    said, lines, recomputed = answer(question, options.network)
    if options.certificate is not None and said["verdict"] == "CERTIFIED":
        write_text(options.certificate, certificate_text(recomputed), (options.network,))
    return show(said, lines, options.json, options.quiet)


def verify(options: argparse.Namespace) -> int:
    """Decides anew what the certificate claims of the network. Fails: InputError where it differs in any field."""
    from checker.answer import show
    from checker.balls.statement import canonical, read_claimed, require_files, require_same, text

    path = options.certificate
    claimed, (target, ends, limit) = read_claimed(path, PREDICATE, ("target", "interval", "bound"))
    if not isinstance(ends, list) or len(ends) != 2:
        raise InputError(path, "predicate.interval", "expected a list of two numbers")
    lo, hi = (canonical(path, "interval", end) for end in ends)
    if lo >= hi:
        raise InputError(path, "predicate.interval", "the interval is empty or a point")
    eps = None if limit is None else canonical(path, "bound", limit)
    said, lines, recomputed = answer(Question(text(path, "target", target), lo, hi, eps), options.network)
    require_files(path, claimed, recomputed, options.network)
    if said["verdict"] == "CERTIFIED":
        require_same(path, claimed, recomputed)
    return show(said, lines, options.json, options.quiet)


def answer(question: Question, path: str) -> tuple[dict[str, Any], list[str], dict[str, Any]]:
    """The answer as the content of a JSON object, as lines of text, and as a certificate. Fails: InputError."""
    from checker.balls import decimal
    from checker.balls.smooth import read_smooth_network
    from checker.balls.statement import statement

    source = read_smooth_network(path)
    found = enclosed(source.value, question)
    upper = None if found.upper is None else decimal(found.upper, up=True)
    predicate = {
        "target": question.target,
        "interval": [format_rational(question.lo), format_rational(question.hi)],
        "bound": None if question.bound is None else format_rational(question.bound),
        "lower": decimal(found.lower, up=False),
        "upper": upper,
        "point": format_rational(found.point),
        "intervals": found.intervals,
        "network": {"contentSha256": source.value.content_sha256(), "widths": list(source.value.widths)},
    }
    said = {"verdict": question.verdict(found), **predicate}
    if said["verdict"] == "REFUTED":
        said["error"] = dict(zip(("lower", "upper"), error_at(source.value, question, found.point), strict=True))
    recomputed = statement(PREDICATE, path, source.sha256, predicate)
    return said, _lines(said, path), recomputed


def enclosed(network: "SmoothNetwork", question: Question) -> "Maximum":
    """The enclosure of the largest |network - target| on the interval. Fails: InputError, Undecided."""
    from checker.balls import library
    from checker.balls.maximum import maximum
    from checker.balls.smooth import precision

    with library().ctx.workprec(precision(network)):
        found = maximum(difference(network, question.target), question.lo, question.hi, question.enough)
    if found is None:
        raise Undecided(f"{question.target!a} is not shown to be defined anywhere on the interval")
    return found


def difference(network: "SmoothNetwork", target: str) -> Any:
    """The function network - target of jets, at the present precision."""
    from checker.balls import library
    from checker.balls.expression import evaluated, parse_target
    from checker.balls.jet import add, scaled
    from checker.balls.smooth import prepared

    g, f, minus = prepared(network), parse_target(target), library().arb(-1)
    return lambda x: add(g(x), scaled(evaluated(f, x), minus))


def error_at(network: "SmoothNetwork", question: Question, x: Fraction) -> tuple[str, str]:
    """Decimals that enclose |network - target| at x."""
    from checker.balls import ball, decimal, greatest, known, least, library
    from checker.balls.jet import variable
    from checker.balls.smooth import precision

    with library().ctx.workprec(precision(network)):
        value = abs(difference(network, question.target)(variable(ball(x))).value)
        return decimal(known(least(value)), up=False), decimal(known(greatest(value)), up=True)


def _lines(said: dict[str, Any], path: str) -> list[str]:
    from checker.errors import printable

    where = f"on [{', '.join(said['interval'])}]"
    first = {
        "CERTIFIED": f"CERTIFIED |g - f| <= {said['bound'] or said['upper']} {where}",
        "REFUTED": f"REFUTED |g - f| <= {said['bound']} {where}: not at x = {said['point']}",
        "UNKNOWN": f"UNKNOWN |g - f| {where} is not shown to be bounded, or the bound is too near to it",
    }[said["verdict"]]
    lines = [first, f"f         {said['target']}", f"g         {printable(path)}"]
    lines.append(f"largest   from {said['lower']} to {said['upper'] or 'unknown'}, in {said['intervals']} intervals")
    lines.append(f"lower     |g - f| at x = {said['point']} (about {about(parse_rational(said['point']))})")
    if "error" in said:
        lines.append(f"there     |g - f| from {said['error']['lower']} to {said['error']['upper']}")
    return lines
