"""python -m benchmarks.encodings [SIZES]: ways to put statements of an instance to z3, side by side in one run.

Each figure is the median of RUNS runs in seconds, on interpolant networks of random 5-dimensional integer data (0..99,
seeded), one size a row (a1 = a2 = size, N = size^2 points); `fractions` is the plain exact evaluation, for scale.
"""

import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction

import z3

from checker.dataset import Dataset
from checker.judge import Certified, zero_error
from checker.network import Network
from proofs.instance.cell import Cell
from proofs.instance.encoding import affine, constant, layer_preactivations, preactivations
from proofs.instance.statements import Instance, cell_outcomes
from symbolic.construct import construct

RUNS = 3
DIMENSION = 5


def random_dataset(size: int) -> Dataset:
    """size^2 distinct points with integer coordinates and outputs from 0 to 99, the same in every run."""
    generator = random.Random(size)
    inputs: dict[tuple[Fraction, ...], None] = {}
    while len(inputs) < size * size:
        inputs[tuple(Fraction(generator.randrange(100)) for _ in range(DIMENSION))] = None
    return Dataset(tuple(inputs), tuple((Fraction(generator.randrange(100)),) for _ in inputs))


def refute(*assertions: z3.BoolRef) -> None:
    """Fails: RuntimeError unless z3 answers unsat."""
    solver = z3.SimpleSolver()
    solver.add(*assertions)
    if solver.check() != z3.unsat:
        raise RuntimeError("a statement that is true was not proved")


def constants(network: Network, points: Dataset) -> None:
    """Zero error: one query a point, weights as constants, terms shared by all points."""
    x = z3.Reals(" ".join(f"x{k}" for k in range(DIMENSION)))
    output = preactivations(network, x)[-1][0]
    for row, (y,) in zip(points.inputs, points.outputs, strict=True):
        refute(*(v == constant(q) for v, q in zip(x, row, strict=True)), output != constant(y))


def one_query(network: Network, points: Dataset) -> None:
    """Zero error: all points in one query, weights as constants."""
    given, wrong = [], []
    for k, (row, (y,)) in enumerate(zip(points.inputs, points.outputs, strict=True)):
        x = [z3.Real(f"x{k}_{c}") for c in range(DIMENSION)]
        given += [v == constant(q) for v, q in zip(x, row, strict=True)]
        wrong.append(preactivations(network, x)[-1][0] != constant(y))
    refute(*given, z3.Or(*wrong))


def equalities(network: Network, points: Dataset) -> None:
    """Zero error: one query a point, every preactivation and ReLU a variable, bound by equalities and cases."""
    for row, (y,) in zip(points.inputs, points.outputs, strict=True):
        given, h = [], [constant(q) for q in row]
        for number, layer in enumerate(network.layers):
            z = [z3.Real(f"z{number}_{k}") for k in range(layer.width)]
            given += [v == term for v, term in zip(z, layer_preactivations(layer, h), strict=True)]
            if layer.activation == "relu":
                h = [z3.Real(f"h{number}_{k}") for k in range(layer.width)]
                given += [z3.Or(z3.And(v > 0, w == v), z3.And(v <= 0, w == 0)) for v, w in zip(z, h, strict=True)]
        refute(*given, z[0] != constant(y))


def cells(network: Network, points: Dataset) -> None:
    """The cell statements for all t, one query a group and neuron, first-layer ReLUs by cases in the query."""
    for outcome in cell_outcomes(Instance.of(network, points), 600_000):
        if outcome.result != "proved":
            raise RuntimeError(outcome.reason)


def cells_resolved(network: Network, points: Dataset) -> None:
    """The cell statements for all t, first-layer ReLUs resolved by one side query a cell."""
    instance = Instance.of(network, points)
    t = z3.Real("t")
    for group, neuron in instance.cells():
        cell, breakpoints = Cell.of(network, instance.form, group, neuron), instance.form.breakpoints
        inside = [t > constant(cell.low)] + ([] if cell.high is None else [t < constant(cell.high)])
        if neuron == 0:
            signs = z3.And(*((t > constant(b)) == (k <= group) for k, b in enumerate(breakpoints)))
            refute(*inside, z3.Not(signs))
        line = [t - constant(b) if k <= group else constant(Fraction(0)) for k, b in enumerate(breakpoints)]
        second = network.layers[1]
        g = affine(second.weights[neuron], second.bias[neuron], line)
        ahead = cell.direction * (t - constant(cell.knot))
        refute(*inside, z3.Not(z3.And((ahead < 0) == (g < 0), (ahead > 0) == (g > 0))))


def fractions(network: Network, points: Dataset) -> None:
    """The judge: plain evaluation of all points."""
    if not isinstance(zero_error(network, points), Certified):
        raise RuntimeError("a network that is right was not certified")


WAYS: tuple[Callable[[Network, Dataset], None], ...] = (
    constants,
    one_query,
    equalities,
    cells,
    cells_resolved,
    fractions,
)


def median_seconds(way: Callable[[Network, Dataset], None], network: Network, points: Dataset) -> float:
    """The median time of RUNS runs."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        way(network, points)
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main() -> None:
    """Prints the table in Markdown."""
    sizes = [int(text) for text in sys.argv[1:]] or [5, 10, 20]
    print(f"Median of {RUNS} runs, seconds. Python {platform.python_version()}, z3 {z3.get_version_string()}.\n")
    for way in WAYS:
        print(f"- `{way.__name__}`: {way.__doc__}")
    print("\n| size | " + " | ".join(way.__name__ for way in WAYS) + " | constants / fractions |")
    print("|---" * (len(WAYS) + 2) + "|")
    for size in sizes:
        points = random_dataset(size)
        network = construct(points, (size, size), "interpolant")
        times = [median_seconds(way, network, points) for way in WAYS]
        figures = " | ".join(f"{seconds:.3f}" for seconds in times)
        print(f"| {size}x{size} | {figures} | {times[0] / times[-1]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
