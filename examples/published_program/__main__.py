"""python -m examples.published_program NNH2.py: where the published program fails, exactly; its code is not here.

The write-up is examples/published_program/README.md. Needs NumPy, as the program does, and z3.
"""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

from checker.console import REFUTED, Parser, run
from examples.published_program.division import SEEDS, Counts, built, counted, curve, smallest_misprint, with_fractions
from examples.published_program.mend import mended
from examples.published_program.projection import Point, collide, separates, smallest, smallest_by_z3

PROGRAM = "python -m examples.published_program"
DATASETS = (
    *("0,5 1,0", "4,0 3,5", "0,0,3 0,1,0", "1,0,0,0 0,2,0,1", "0,0,1,0,0 0,0,0,2,1", "0,9 1,0 2,5 3,5"),
    *("0,2 1/2,0", "0,8/25 1/10,0", "0,1/3 3,0"),
    *("0,4 1,0", "0,0 1,1", "5,0 0,1", "0,1/2 1,0", "0,1 1,2 2,0 3,4"),
)
MENDS = ((False, False), (True, False), (True, True))
"""Of the order, and of the gaps."""
SIDES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the audit: 0 when the program does everywhere what is stated here, else 1."""
    parser = Parser(prog=PROGRAM, description="Where the published program NNH2.py fails, reproduced from your copy.")
    parser.add_argument("program", metavar="NNH2.py", help="the author's file (repository nekonistyle/Python)")
    parser.add_argument("-o", dest="picture", metavar="FILE.svg", help="draw the curve of the division operator '/'")
    options = parser.parse_args(arguments)
    modules = [mended(str(Path(options.program).resolve()), *mend) for mend in MENDS]
    lines, right = _outcomes(modules)
    sizes = [_size(inputs) for inputs in range(1, 7)]
    steps = separates()
    wrong = len(right) - sum(right) + (not steps) + sum(line.endswith("DISAGREE") for line in sizes)
    first = f"{sum(right)} of {len(right)} stated outcomes occur"
    print(f"{'REFUTED' if wrong else 'CERTIFIED'} {first}\n")
    print(f"  {'inputs':32}{'as it is':20}{'order mended':20}order and gaps mended")
    print("\n".join(lines))
    print(f"\n  floats instead of integers: {outcome(modules[0], ((0.5, 1.0), (1.5, 0.0)))}")
    print("\nThe smallest ranges with which data of integers collide, any number of points:\n")
    print("\n".join(sizes))
    print(f"\n  mended: z3 {'refutes' if steps else 'DOES NOT REFUTE'} that a step of the proof of separation fails")
    _divide(modules[0], options.picture)
    return REFUTED if wrong else 0


def outcome(module: ModuleType, points: tuple[tuple[Any, ...], ...]) -> str:
    """What the program does with these inputs, and outputs 1, 2, ...; a1 = 1 for two points and 2 for four."""
    widths = (1, 2) if len(points) == 2 else (2, 2)
    try:
        inputs, outputs, parameters = built(module, list(points), list(range(1, len(points) + 1)), widths)
    except (ZeroDivisionError, TypeError) as error:
        return type(error).__name__
    errors = [module.MP(parameters, x)[0][0] - y for x, y in zip(inputs.T, outputs, strict=True)]
    return "error 0" if not any(errors) else "an error other than 0"


def _outcomes(modules: list[ModuleType]) -> tuple[list[str], list[bool]]:
    """What the program, as it is and mended, does with every dataset; and whether projection.py says so."""
    lines, right = [], []
    for text in DATASETS:
        points = tuple(tuple(map(Fraction, row.split(","))) for row in text.split())
        found = [outcome(module, points) for module in modules]
        stated = ["ZeroDivisionError" if collide(points, *mend) else "error 0" for mend in MENDS]
        right += [a == b for a, b in zip(found, stated, strict=True)]
        lines.append("".join((f"  {_shown(points):32}", *(f"{word:20}" for word in found))).rstrip())
    return lines, right


def _size(inputs: int) -> str:
    """The least range for so many inputs, by trying all and by z3."""
    found, solved = smallest(inputs, 5), smallest_by_z3(inputs, 5)
    words = f"{found[0]}: {_shown(found[1])}" if found else "none up to 5"
    agree = "tried all, z3" if (found and found[0]) == solved else "DISAGREE"
    return f"  {inputs} input{'s' if inputs > 1 else ' '}  {words:36}{agree}"


def _divide(module: ModuleType, picture: str | None) -> None:
    """The table of the division operator, and its curve."""
    print(f"\nWith the division operator '/', {SEEDS} random datasets a line, of integers from 0 to 99:\n")
    print("  inputs  widths  points  below 1/2  printed 0.0  exactly 0  printed 0.0 and not 0  largest printed")
    counts: dict[int, dict[int, Counts]] = {}
    for inputs in (1, 5):
        for side in SIDES:
            row = counts.setdefault(inputs, {})[side] = counted(module, inputs, (side, side))
            shares = f"{row.points:6}  {row.close:9}  {row.printed:11}  {row.exact:9}  {row.wrongly:21}"
            print(f"  {inputs:6}  {f'{side},{side}':6}  {shares}  {row.largest:15.1e}")
    if picture is not None:
        curve(counts, picture)
    for largest in (10**2, 10**9, 10**18):
        points, printed, exact = with_fractions(module, largest)
        said = f"{points} points, {printed} printed 0.0, {exact} exactly 0"
        print(f"\n  with Fraction, 5 inputs below {largest:.0e}, widths 3,3: {said}", end="")
    x, y, error, count = smallest_misprint(module, 99) or (0, 0, Fraction(0), 0)
    print(f"\n\n  with '/', one point, 0 <= x, y <= 99, widths 1,1: {count} of 10000 are printed 0.0 and are not 0;")
    print(f"  the one of least x + y: x = {x}, y = {y}, error {error}")


def _shown(points: tuple[Point, ...]) -> str:
    return "{" + ", ".join(f"({','.join(map(str, point))})" for point in points) + "}"


if __name__ == "__main__":
    run(main, PROGRAM)
