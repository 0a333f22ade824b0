"""What the theorem says about one network and one dataset, its negation refuted by z3.

zero-error  f(x) = y at every row.
sign        every ReLU preactivation at every row is > 0 or <= 0 as the claimed activation pattern says. For a network
            of the theorem's form that is the theorem's: at position j of group i, neurons 0, ..., i of the first layer
            and 0, ..., j of the second are on. For any other it is the one that exact evaluation gives.
cell        for a network of the theorem's form, each group with points and each neuron of the second layer: among all t
            in the open cell between the group's breakpoints the preactivation has exactly one zero and changes its sign
            there, strictly between the two points that it separates.

Before a negated statement may be `unsat`, its definitions alone must be satisfiable, with the values that exact
evaluation gives.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import z3

from checker.console import Disagreement
from checker.dataset import Dataset
from checker.judge import Refuted, zero_error
from checker.network import Network, Vector
from checker.rational import format_rational
from checker.theorem_form import NotOfTheoremForm, TheoremForm, theorem_form
from proofs.instance.cell import Cell
from proofs.instance.encoding import Terms, affine, constant, preactivations, relu, value


@dataclass(frozen=True)
class Outcome:
    """One query: so many statements of a kind, `proved`, `failed` (with the counterexample as reason) or `unknown`."""

    kind: str
    statements: int
    result: str
    reason: str = ""


@dataclass(frozen=True)
class Instance:
    """A network, a dataset of its shape, and the form of Theorem 3 that they have, or why they have none."""

    network: Network
    dataset: Dataset
    form: TheoremForm | None
    no_form: str

    @classmethod
    def of(cls, network: Network, dataset: Dataset) -> "Instance":
        """The instance of this network and dataset."""
        try:
            return cls(network, dataset, theorem_form(network, dataset), "")
        except NotOfTheoremForm as error:
            return cls(network, dataset, None, str(error))

    def cells(self) -> list[tuple[int, int]]:
        """(group, neuron) for each group that holds points and each neuron of the second layer."""
        groups = sorted({place.group for place in self.form.places}) if self.form else []
        return [(group, neuron) for group in groups for neuron in range(self.network.widths[2])]

    def queries(self) -> int:
        """How many outcomes there will be."""
        return 2 * len(self.dataset) + len(self.cells())

    def statements(self) -> dict[str, int]:
        """How many statements of each kind there are to prove."""
        relus = sum(layer.width for layer in self.network.layers if layer.activation == "relu")
        rows = len(self.dataset)
        return {"zero-error": rows * self.network.widths[-1], "sign": rows * relus, "cell": len(self.cells())}


def outcomes(instance: Instance, milliseconds: int) -> Iterator[Outcome]:
    """The outcome of each query: two for every row, one for every cell and neuron. Fails: Disagreement."""
    yield from row_outcomes(instance, milliseconds)
    yield from cell_outcomes(instance, milliseconds)


def row_outcomes(instance: Instance, milliseconds: int) -> Iterator[Outcome]:
    """zero-error and sign, row by row."""
    x = tuple(z3.Real(f"x{k}") for k in range(instance.network.widths[0]))
    trace = preactivations(instance.network, x)
    for row in range(len(instance.dataset)):
        solver = _solver(milliseconds)
        solver.add(*(v == constant(q) for v, q in zip(x, instance.dataset.inputs[row], strict=True)))
        yield _zero_error(instance, row, trace, solver)
        yield _signs(instance, row, trace, solver)


def cell_outcomes(instance: Instance, milliseconds: int) -> Iterator[Outcome]:
    """cell, group by group and neuron by neuron."""
    for group, neuron in instance.cells():
        yield _cell(instance, group, neuron, _solver(milliseconds))


def _solver(milliseconds: int) -> z3.Solver:
    solver = z3.SimpleSolver()
    solver.set(timeout=milliseconds, ctrl_c=False)
    return solver


def _zero_error(instance: Instance, row: int, trace: tuple[Terms, ...], solver: z3.Solver) -> Outcome:
    """f(x) = y at this row (counted from 0)."""
    x, y = instance.dataset.inputs[row], instance.dataset.outputs[row]
    exact = instance.network.preactivations(x)[-1]
    named = [(z3.Real(f"f{e}"), term) for e, term in enumerate(trace[-1])]
    negated = z3.Or(*(v != constant(q) for (v, _), q in zip(named, y, strict=True)))
    answer = _refute(solver, named, exact, negated)
    if answer != z3.sat:
        return _decided("zero-error", len(named), answer, f"row {row + 1}")
    verdict = zero_error(instance.network, Dataset((x,), (y,)))
    if not isinstance(verdict, Refuted):
        raise Disagreement(f"row {row + 1}: z3 finds a wrong output, the judge finds none")
    shown = f"expected {format_rational(verdict.expected)}, obtained {format_rational(verdict.obtained)}"
    return Outcome("zero-error", len(named), "failed", f"row {row + 1}, output {verdict.output}: {shown}")


def _signs(instance: Instance, row: int, trace: tuple[Terms, ...], solver: z3.Solver) -> Outcome:
    """Every ReLU preactivation at this row (counted from 0) has its claimed sign."""
    evaluated = instance.network.preactivations(instance.dataset.inputs[row])
    relus = [number for number, layer in enumerate(instance.network.layers) if layer.activation == "relu"]
    neurons = [(number, neuron) for number in relus for neuron in range(instance.network.layers[number].width)]
    named = [(z3.Real(f"z{number}_{neuron}"), trace[number][neuron]) for number, neuron in neurons]
    exact = tuple(evaluated[number][neuron] for number, neuron in neurons)
    if instance.form:
        place = instance.form.places[row]
        claimed = [instance.form.active(place, number + 1, neuron) for number, neuron in neurons]
    else:
        claimed = [z > 0 for z in exact]
    negated = z3.Or(*((v <= 0 if on else v > 0) for (v, _), on in zip(named, claimed, strict=True)))
    answer = _refute(solver, named, exact, negated)
    if answer != z3.sat:
        return _decided("sign", len(named), answer, f"row {row + 1}")
    for (number, neuron), z, on in zip(neurons, exact, claimed, strict=True):
        if (z > 0) != on:
            where = f"row {row + 1}, layer {number + 1}, neuron {neuron + 1}"
            shown = f"preactivation {format_rational(z)} is not {'> 0' if on else '<= 0'}"
            return Outcome("sign", len(named), "failed", f"{where}: {shown}")
    raise Disagreement(f"row {row + 1}: z3 finds a wrong sign, exact evaluation finds none")


def _cell(instance: Instance, group: int, neuron: int, solver: z3.Solver) -> Outcome:
    """In the open cell, along the zigzag order, the preactivation is < 0 before the knot, 0 at it and > 0 behind it."""
    cell = Cell.of(instance.network, instance.form, group, neuron)
    first, second = instance.network.layers[:2]
    t, g = z3.Real("t"), z3.Real("g")
    h = [relu(t + constant(bias)) for bias in first.bias]
    solver.add(_inside(t, cell.low, cell.high), g == affine(second.weights[neuron], second.bias[neuron], h))
    where = f"group {group + 1}, neuron {neuron + 1}"
    if not _satisfiable(solver, lambda model: value(model, g) == cell.preactivation(value(model, t))):
        return _decided("cell", 1, z3.unknown, where)
    ahead = cell.direction * (t - constant(cell.knot))
    between = _inside(constant(cell.knot), cell.before, cell.behind)
    solver.add(z3.Not(z3.And((ahead < 0) == (g < 0), (ahead > 0) == (g > 0), between)))
    answer = solver.check()
    if answer != z3.sat:
        return _decided("cell", 1, answer, where)
    witness = value(solver.model(), t)
    if cell.holds_at(witness):
        raise Disagreement(f"{where}: z3 finds t = {witness} against the statement, exact evaluation does not")
    shown = f"preactivation {format_rational(cell.preactivation(witness))} at t = {format_rational(witness)}"
    return Outcome("cell", 1, "failed", f"{where}: no single sign change strictly between its points: {shown}")


def _inside(t: z3.ArithRef, low: Fraction, high: Fraction | None) -> z3.BoolRef:
    """low < t < high; high None: no bound."""
    return constant(low) < t if high is None else z3.And(constant(low) < t, t < constant(high))


def _refute(solver: z3.Solver, named: list, exact: Vector, negated: z3.BoolRef) -> z3.CheckSatResult:
    """z3's answer on the negated statement, once its definitions alone are found to give the exact values."""
    solver.push()
    solver.add(*(v == term for v, term in named))
    answer = z3.unknown
    if _satisfiable(solver, lambda model: tuple(value(model, v) for v, _ in named) == exact):
        solver.add(negated)
        answer = solver.check()
    solver.pop()
    return answer


def _satisfiable(solver: z3.Solver, agrees: Callable[[z3.ModelRef], bool]) -> bool:
    """Whether z3 finds a model of the definitions.

    Fails: Disagreement when there is none, or it is not what exact evaluation gives.
    """
    answer = solver.check()
    if answer == z3.unsat:
        raise Disagreement("z3 finds the definitions of a network contradictory")
    if answer == z3.sat and not agrees(solver.model()):
        raise Disagreement("z3 and exact evaluation give different values")
    return answer == z3.sat


def _decided(kind: str, statements: int, answer: z3.CheckSatResult, where: str) -> Outcome:
    if answer == z3.unsat:
        return Outcome(kind, statements, "proved")
    return Outcome(kind, statements, "unknown", f"{where}: z3 gave no verdict in time")
