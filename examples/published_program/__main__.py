"""python -m examples.published_program NNH2.py: where the published program fails, exactly; its code is not here.

Needs NumPy, as the program does.
"""

import operator
import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.program import load
from checker.console import REFUTED, Parser, run
from checker.network import Layer, Network
from examples.published_program.pairs import Point, collide, pairs, smallest

PROGRAM = "python -m examples.published_program"
COLLISIONS = ("0,5 1,0", "4,0 3,5", "0,0,3 0,1,0", "2,1,3 2,2,0", "0,2 1/2,0", "0,9 1,0 2,5 3,5")
HARMLESS = ("0,4 1,0", "0,0 1,1", "5,0 0,1", "0,1/2 1,0", "0,1 1,2 2,0 3,4")
WIDTHS = ((1, 1), (1, 2), (2, 1), (2, 2), (3, 3), (4, 4))
SEEDS = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the audit: 0 when the program does everywhere what is stated here, else 1."""
    parser = Parser(prog=PROGRAM, description="Where the published program NNH2.py fails, reproduced from your copy.")
    parser.add_argument("program", metavar="NNH2.py", help="the author's file (repository nekonistyle/Python)")
    options = parser.parse_args(arguments)
    module = load(str(Path(options.program).resolve()))
    outcomes = [(text, expected, outcome(module, text)) for text, expected in _expected()]
    wrong = [text for text, expected, found in outcomes if found != expected]
    print(
        f"{'REFUTED' if wrong else 'CERTIFIED'} {len(outcomes) - len(wrong)} of {len(outcomes)} stated outcomes occur\n"
    )
    for text, _, found in outcomes:
        print(f"  {{({text.replace(' ', '), (')})}}: {found}")
    print("\nSmallest pairs whose projections collide (all pairs up to the bound were tried):\n")
    for inputs, bound, denominator in ((2, 6, 1), (3, 4, 1), (2, 6, 2)):
        print(f"  {_shown(inputs, bound, denominator)}")
    print(f"\nWith the division operator '/', {SEEDS} random datasets a line: points with error 0\n")
    print("  inputs  widths  points  printed as 0.0  exactly 0  printed so and not 0  largest error")
    for inputs in (1, 5):
        for a1, a2 in WIDTHS:
            row = floats(module, inputs, (a1, a2))
            print(f"  {inputs:6}  {a1},{a2:<4}  {row[0]:6}  {row[1]:14}  {row[2]:9}  {row[3]:20}  {row[4]:13.1e}")
    return REFUTED if wrong else 0


def outcome(module: ModuleType, text: str) -> str:
    """What the program does with these inputs, and outputs 1, 2, ...; a1 = 1 for two points and 2 for four."""
    points = [tuple(map(Fraction, row.split(","))) for row in text.split()]
    widths = (1, 2) if len(points) == 2 else (2, 2)
    try:
        inputs, outputs, parameters = _built(module, points, list(range(1, len(points) + 1)), widths)
    except ZeroDivisionError:
        return "ZeroDivisionError"
    errors = [module.MP(parameters, x)[0][0] - y for x, y in zip(inputs.T, outputs, strict=True)]
    return "error 0" if not any(errors) else "an error other than 0"


def floats(module: ModuleType, inputs: int, widths: tuple[int, int]) -> tuple[int, int, int, int, float]:
    """Of all points of the datasets: how many there are, how many have an error computed as 0.0, an exact error of 0,
    the first and not the second, and the largest error that is computed.

    The weights are made with '/', as the program's own comment offers; they are floats, read as what they are.
    """
    division, counts, largest = module.divop, [0, 0, 0, 0], 0.0
    module.divop = operator.truediv  # type: ignore[attr-defined]
    try:
        for seed in range(SEEDS):
            for error, is_right in _errors(module, random.Random(seed), inputs, widths):
                flags = (True, error == 0, is_right, error == 0 and not is_right)
                counts = [count + flag for count, flag in zip(counts, flags, strict=True)]
                largest = max(largest, abs(float(error)))
    finally:
        module.divop = division  # type: ignore[attr-defined]
    return (*counts, largest)


def _errors(module: Any, draw: random.Random, inputs: int, widths: tuple[int, int]) -> Iterator[tuple[float, bool]]:
    """For every point of a random dataset the error that the program computes, and whether it is 0 exactly."""
    points = widths[0] * widths[1]
    columns = [draw.sample(range(100), points) for _ in range(inputs)]
    rows = [tuple(map(Fraction, x)) for x in zip(*columns, strict=True)]
    found, ys, parameters = _built(module, rows, [draw.randrange(100) for _ in rows], widths)
    network = _network(parameters)
    for x, column, y in zip(rows, found.T, ys, strict=True):
        yield module.MP(parameters, column)[0][0] - y, network.preactivations(x)[-1][0] == y


def _expected() -> list[tuple[str, str]]:
    """Every dataset with what the projection, as stated in pairs.py, says of it."""
    return [(text, "ZeroDivisionError" if _collides(text) else "error 0") for text in (*COLLISIONS, *HARMLESS)]


def _collides(text: str) -> bool:
    return collide(tuple(tuple(map(Fraction, row.split(","))) for row in text.split()))


def _shown(inputs: int, bound: int, denominator: int) -> str:
    found = smallest(inputs, bound, denominator)
    least = min(found, key=lambda pair: sum(map(sum, pair)))
    kind = "integers" if denominator == 1 else f"multiples of 1/{denominator}"
    mended = sum(collide(pair, True) for pair in pairs(inputs, bound, denominator))
    tried = f"mended: {mended} of all pairs up to {Fraction(bound, denominator)} collide"
    return f"{inputs} inputs, {kind}: {' and '.join(map(_text, least))}; {tried}"


def _text(point: Point) -> str:
    return "(" + ", ".join(map(str, point)) + ")"


def _built(module: Any, points: list[Point], ys: list[int], widths: tuple[int, int]) -> tuple[Any, Any, Any]:
    import numpy

    module.a1, module.a2, module.N = *widths, len(points)
    rows = [[int(v) if v.denominator == 1 else v for v in x] for x in points]
    inputs, outputs = numpy.array(rows, dtype=object).T, numpy.array(ys, dtype=object)
    return inputs, outputs, module.make_parameters(inputs, outputs)


def _network(parameters: Any) -> Network:
    layers = zip(reversed(parameters), ("relu", "relu", "identity"), strict=True)
    return Network(tuple(Layer(tuple(map(_vector, w)), _vector(b.flat), activation) for (w, b), activation in layers))


def _vector(numbers: Any) -> tuple[Fraction, ...]:
    """The numbers, floats or (also NumPy's) integers, as exact fractions of Python's integers."""
    return tuple(Fraction(float(v)) if isinstance(v, float) else Fraction(int(v)) for v in numbers)


if __name__ == "__main__":
    run(main, PROGRAM)
