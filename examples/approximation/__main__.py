"""python -m examples.approximation [--fit] [-o FOLDER]: networks near sin(2 pi x), their certified errors, pictures.

With --fit the sigmoid networks are trained anew (about two minutes), otherwise those of this folder are taken.
"""

import math
from fractions import Fraction
from pathlib import Path

from checker.balls.smooth import SmoothLayer, SmoothNetwork, read_smooth_network
from checker.balls.supnorm import Question, enclosed
from checker.console import Parser, run
from checker.formats.native import network_text
from examples.figure import folder

HERE = Path(__file__).parent
UNITS = {1: (1, 200), 2: (27, 600), 7: (8, 3000), 10: (1, 3000)}
"""How many starts, and how many steps each."""
PIECES = (2, 4, 8, 16, 32, 64)
SINE = Question("sin(2*pi*x)", Fraction(0), Fraction(1), None)


def main() -> int:
    """Prints a table of certified errors and draws two pictures."""
    parser = Parser(prog="python -m examples.approximation")
    parser.add_argument("--fit", action="store_true", help="train the sigmoid networks anew, into this folder")
    parser.add_argument("-o", dest="folder", default="build/approximation", help="where the pictures go")
    options = parser.parse_args()
    place = folder(options.folder)
    if options.fit:
        for units, (seeds, steps) in UNITS.items():
            path(units).write_text(network_text(trained(units, seeds, steps)) + "\n")
    smooth = {units: read_smooth_network(str(path(units))).value for units in UNITS}
    relu = {pieces: interpolant(pieces) for pieces in PIECES}
    print(f"{'network':22} sup |g - sin 2 pi x| on [0, 1], certified")
    errors = {}
    for name, networks in (("sigmoid units", smooth), ("ReLU pieces", relu)):
        for count, network in networks.items():
            found = errors[name, count] = enclosed(network, SINE)
            bound = f"   pi^2/(2 N^2) = {math.pi**2 / 2 / count**2:.6g}" if name == "ReLU pieces" else ""
            print(f"{count:3} {name:18} {float(found.lower):.9g} .. {float(found.upper):.9g}{bound}")
    from examples.approximation.picture import curves, rates

    curves(smooth, {n: errors["sigmoid units", n] for n in UNITS}, place / "sigmoid.svg")
    rates(relu[4], {n: errors["ReLU pieces", n] for n in PIECES}, place / "relu.svg")
    return 0


def path(units: int) -> Path:
    """The file of the fitted network with so many units."""
    return HERE / f"sigmoid-{units}.json"


def trained(units: int, seeds: int, steps: int) -> SmoothNetwork:
    """A fitted network, its floats taken as the dyadic rationals that they are."""
    from examples.approximation.fit import fitted

    w, b, c = (tuple(Fraction(number) for number in row.tolist()) for row in fitted(units, seeds, steps))
    hidden = SmoothLayer(tuple((q,) for q in w), b, "sigmoid")
    return SmoothNetwork((hidden, SmoothLayer((c,), (Fraction(0),), "identity")))


def interpolant(pieces: int) -> SmoothNetwork:
    """The ReLU network that is linear between 0, 1/N, ..., 1 and the float nearest to sin 2 pi x there."""
    places = [Fraction(k, pieces) for k in range(pieces + 1)]
    values = [Fraction(math.sin(2 * math.pi * q)) for q in places]
    slopes = [(b - a) * pieces for a, b in zip(values[:-1], values[1:], strict=True)]
    jumps = (slopes[0], *(b - a for a, b in zip(slopes[:-1], slopes[1:], strict=True)))
    hidden = SmoothLayer(((Fraction(1),),) * pieces, tuple(-q for q in places[:-1]), "relu")
    return SmoothNetwork((hidden, SmoothLayer((jumps,), (values[0],), "identity")))


if __name__ == "__main__":
    run(main, "python -m examples.approximation")
