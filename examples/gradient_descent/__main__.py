"""python -m examples.gradient_descent [-o FOLDER]: a certified course, one that breaks the bound, and widths.

What is certified is gradient descent in real arithmetic from these weights, for the steps that were taken; nothing is
said of later ones, nor of a program that computes it in floating point. Of gradient flow, with steps of no length, all
times are certified where the network is wide enough (all_time.md).
"""

from fractions import Fraction

from flint import ctx

from checker.balls import ball
from checker.console import Parser, run
from checker.rational import format_rational
from examples.figure import folder
from examples.gradient_descent.all_time import all_time
from examples.gradient_descent.trajectory import PRECISION, Course, course, lambda0, problem

POINTS, DIMENSION, ETA = 10, 5, Fraction(1, 4)
WIDE, NARROW, STEPS = 1024, 5, 600
FLOW_DIMENSION, SPREAD, FLOW_WIDTHS = 100, 350, (2_000, 10_000, 40_000)
WIDTHS, SEEDS, SHORT = (5, 10, 20, 40, 80, 160), 10, 150
DELTA = 0.1


def main() -> int:
    """Prints the verdicts, writes the dataset and draws two pictures."""
    parser = Parser(prog="python -m examples.gradient_descent")
    parser.add_argument("-o", dest="folder", default="build/gradient_descent", help="where dataset and pictures go")
    place = folder(parser.parse_args().folder)
    given = problem(POINTS, DIMENSION, ETA)
    rows = [",".join(map(format_rational, (*x, y))) for x, y in zip(given.inputs, given.targets, strict=True)]
    (place / "points.csv").write_text("\n".join(rows) + "\n")
    eigenvalue = lambda0(given.inputs)
    with ctx.workprec(PRECISION):
        rate = eigenvalue * ball(ETA) / 2
        wide = course(given, WIDE, STEPS, rate, 0)
        faster = course(given, WIDE, STEPS, 16 * rate, 0)
        narrow = {seed: course(given, NARROW, STEPS, rate, seed) for seed in range(SEEDS)}
        broken = next(found for found in narrow.values() if found.verdict == "REFUTED")
        shares = {
            m: sum(course(given, m, SHORT, rate, seed).verdict == "CERTIFIED" for seed in range(SEEDS)) for m in WIDTHS
        }
    asked = POINTS**6 / (float(eigenvalue.mid()) ** 4 * DELTA**3)
    print(
        f"lambda_0 {eigenvalue.str(15)} of {POINTS} unit vectors in {DIMENSION} dimensions (python -m checker lambda0)"
    )
    print("bound    |e(k)|^2 <= (1 - eta lambda_0/2)^k |e(0)|^2, eta = 1/4")
    for name, found in (("bound", wide), ("16 times the rate", faster)):
        print(f"m = {WIDE:4}  {name:17} {told(found)}")
    for seed, found in narrow.items():
        print(f"m = {NARROW:4}  seed {seed:<12} {told(found)}")
    for m, count in shares.items():
        print(f"m = {m:4}  certified for {SHORT} steps at {count} of {SEEDS} seeds")
    print(f"n^6/(lambda_0^4 delta^3), the order of the theorem's width at delta = {DELTA}: {asked:.2g}")
    flows()
    from examples.gradient_descent.picture import courses, widths

    courses(wide, broken, (WIDE, NARROW), place / "courses.svg")
    widths({m: count / SEEDS for m, count in shares.items()}, asked, place / "widths.svg")
    return 0


def flows() -> None:
    """Prints what is certain of gradient flow at all times, by width."""
    given = problem(POINTS, FLOW_DIMENSION, ETA, spread=SPREAD)
    print(f"flow of {POINTS} unit vectors in {FLOW_DIMENSION} dimensions: |e(t)|^2 <= exp(-lambda_0 t) |e(0)|^2 always")
    for m in FLOW_WIDTHS:
        found = all_time(given, m, 0)
        most, error = max(found.unsettled), float(found.squared_error)
        signs = f"at most {most} units may change sign" if found.verdict == "CERTIFIED" else f"{most} units not settled"
        print(
            f"m = {m:5}  {found.verdict:9} |e(0)|^2 about {error:.6g}, lambda_0 about {float(2 * found.kappa):.6g}; "
            f"{signs} at an input"
        )


def told(found: Course) -> str:
    """A course in one line."""
    last, first = len(found.errors) - 1, found.errors[0].str(6, radius=False)
    end, bound = found.errors[-1].str(6, radius=False), found.bounds[-1].str(6, radius=False)
    where = {"CERTIFIED": "at every step up to", "REFUTED": "at step", "UNKNOWN": "behind step"}[
        found.verdict
    ] + f" {last}"
    return f"{found.verdict} {where}: |e|^2 from {first} to {end}, bound {bound}"


if __name__ == "__main__":
    run(main, "python -m examples.gradient_descent")
