"""python -m benchmarks.datasets POINTS [--outputs M] [--seed S] -o FILE.csv: random points, the same in every run.

The points are distinct, with integer coordinates and outputs from 0 to 99.
"""

import random
from fractions import Fraction

from checker.console import Parser, positive, run
from checker.dataset import Dataset
from checker.files import write_text

PROGRAM = "python -m benchmarks.datasets"
DIMENSION = 5
RANGE = 100


def random_rows(points: int, outputs: int = 1, seed: int = 0) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """(inputs, outputs) of so many points, distinct in their DIMENSION inputs."""
    generator = random.Random(f"{seed}/{points}/{outputs}")
    inputs: dict[tuple[int, ...], None] = {}
    while len(inputs) < points:
        inputs[tuple(generator.randrange(RANGE) for _ in range(DIMENSION))] = None
    return list(inputs), [tuple(generator.randrange(RANGE) for _ in range(outputs)) for _ in inputs]


def random_dataset(points: int, outputs: int = 1, seed: int = 0) -> Dataset:
    """The same points as a dataset."""
    xs, ys = random_rows(points, outputs, seed)
    return Dataset(tuple(tuple(map(Fraction, x)) for x in xs), tuple(tuple(map(Fraction, y)) for y in ys))


def write_csv(path: str, points: int, outputs: int = 1, seed: int = 0) -> None:
    """Puts the same points at path, the outputs as the last columns. Fails: InputError when it cannot be written."""
    rows = zip(*random_rows(points, outputs, seed), strict=True)
    write_text(str(path), "".join(",".join(map(str, x + y)) + "\n" for x, y in rows))


def main() -> int:
    """Writes one file."""
    parser = Parser(prog=PROGRAM, description="Random points with 5 inputs, 0 to 99, seeded.")
    parser.add_argument("points", type=positive, metavar="POINTS")
    parser.add_argument("--outputs", type=positive, default=1, metavar="M", help="outputs of each point (default: 1)")
    parser.add_argument("--seed", type=positive, default=1, metavar="S", help="which points (default: 1)")
    parser.add_argument("-o", dest="path", required=True, metavar="FILE", help="the .csv file to write")
    options = parser.parse_args()
    write_csv(options.path, options.points, options.outputs, options.seed)
    return 0


if __name__ == "__main__":
    run(main, PROGRAM)
