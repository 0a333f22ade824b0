"""python -m benchmarks.encodings [SIZE ...] [-o RESULTS]: ways to put statements of an instance to z3, side by side.

On interpolant networks of random points, one size a row (a1 = a2 = size, N = size^2 points); `fractions` is the plain
exact evaluation, for scale.
"""

import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

import z3

from benchmarks.datasets import DIMENSION, random_dataset
from benchmarks.results import parser, publish, require_writable, table
from benchmarks.timing import RULE, Timing, progress, shown, timed
from checker.console import run
from checker.dataset import Dataset
from checker.judge import Certified, zero_error
from checker.network import Network
from proofs.instance.cell import Cell
from proofs.instance.encoding import affine, constant, layer_preactivations, preactivations
from proofs.instance.statements import Instance, cell_outcomes
from symbolic.construct import construct

TITLE = "How z3 takes the statements of an instance"
SIZES = (5, 10, 20)


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures all ways at all sizes and publishes the table."""
    given = parser("encodings", "Ways to put statements of an instance to z3, side by side.", SIZES).parse_args(
        arguments
    )
    require_writable(given.results)
    sizes = sorted(set(given.sizes or SIZES))
    rows = [_row(size) for size in sizes]
    heading = ("size", *(way.__name__ for way in WAYS), "constants / fractions")
    figures = [
        (f"{size}x{size}", *row, shown(_ratio(row, constants, fractions)))
        for size, row in zip(sizes, rows, strict=True)
    ]
    saved = 1 - _ratio(rows[-1], cells_resolved, cells)
    publish(
        given.results,
        TITLE,
        (
            f"`python -m benchmarks.encodings`. Method `interpolant`, one process. {RULE}",
            "\n".join(f"- `{way.__name__}`: {way.__doc__}" for way in WAYS),
            table(heading, figures),
            "`proofs instance` uses `constants` for the rows and `cells` for the cells: every ReLU stays a case split "
            f"in the query itself. Resolving those of the first layer beforehand takes {saved:.0%} of the time of the "
            f"cells away at {sizes[-1]}x{sizes[-1]}, for a second kind of query that one would have to trust.",
        ),
    )
    return 0


def _row(size: int) -> list[Timing]:
    dataset = random_dataset(size * size)
    network = construct(dataset, (size, size), "interpolant")
    row = []
    for way in WAYS:
        progress(f"z3, {size}x{size}: {way.__name__}")
        row.append(timed(partial(way, network, dataset))[0])
    return row


def _ratio(row: Sequence[Timing], one: Callable, other: Callable) -> float:
    return row[WAYS.index(one)].seconds / row[WAYS.index(other)].seconds


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), "python -m benchmarks.encodings")
