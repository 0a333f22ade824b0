"""What the theorem says about one network and one dataset, its negation refuted by z3.

zero-error  f(x) = y at every row.
sign        every ReLU preactivation at every row is > 0 or <= 0 as the claimed activation pattern says: the theorem's (at position j of group i the neurons
            0, ..., i of the first layer and 0, ..., j of the second are on) for a network of its form, else the one that exact evaluation gives.
cell        for a network of the theorem's form, for each group with points and each neuron of the second layer: among all t in the open cell between
            the group's breakpoints the preactivation has exactly one zero and changes its sign there, strictly between the two points it separates.

Before a negated statement may be `unsat`, its definitions alone must be satisfiable, with the values that exact evaluation gives.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import z3

from checker.console import Disagreement
from checker.dataset import Dataset
from checker.judge import Refuted, zero_error
from checker.network import Layer, Network, Vector
from checker.rational import format_rational
from checker.theorem_form import NotOfTheoremForm, TheoremForm, theorem_form
from proofs.encoding import Terms, affine, constant, preactivations, relu, value

KINDS = ("zero-error", "sign", "cell")


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


def outcomes(instance: Instance, milliseconds: int) -> Iterator[Outcome]:
    """The outcome of each query: two for every row, one for every cell and neuron. Fails: Disagreement."""
    x = tuple(z3.Real(f"x{k}") for k in range(instance.network.widths[0]))
    trace = preactivations(instance.network, x)
    for row in range(len(instance.dataset)):
        solver = _solver(milliseconds)
        solver.add(*(v == constant(q) for v, q in zip(x, instance.dataset.inputs[row], strict=True)))
        yield _zero_error(instance, row, trace, solver)
        yield _signs(instance, row, trace, solver)
    for group, neuron in instance.cells():
        yield _cell(instance, group, neuron, _solver(milliseconds))


def _solver(milliseconds: int) -> z3.Solver:
    solver = z3.SimpleSolver()
    solver.set("timeout", milliseconds)
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
            place = f"row {row + 1}, layer {number + 1}, neuron {neuron + 1}"
            return Outcome("sign", len(named), "failed", f"{place}: preactivation {format_rational(z)} is not {'> 0' if on else '<= 0'}")
    raise Disagreement(f"row {row + 1}: z3 finds a wrong sign, exact evaluation finds none")


def _cell(instance: Instance, group: int, neuron: int, solver: z3.Solver) -> Outcome:
    """In the open cell, in the zigzag direction of the group, the preactivation g(t) is < 0 before the knot, 0 there and > 0 behind it."""
    cell = _Cell.of(instance, group, neuron)
    first, second = instance.network.layers[:2]
    t, g = z3.Real("t"), z3.Real("g")
    solver.add(constant(cell.low) < t, g == affine(second.weights[neuron], second.bias[neuron], [relu(t + constant(b)) for b in first.bias]))
    if cell.high is not None:
        solver.add(t < constant(cell.high))
    where = f"group {group + 1}, neuron {neuron + 1}"
    if not _satisfiable(solver, lambda model: value(model, g) == cell.preactivation(value(model, t))):
        return _decided("cell", 1, z3.unknown, where)
    ahead = cell.direction * (t - constant(cell.knot))
    holds = z3.And((ahead < 0) == (g < 0), (ahead > 0) == (g > 0), _strictly_between(cell))
    solver.add(z3.Not(holds))
    answer = solver.check()
    if answer != z3.sat:
        return _decided("cell", 1, answer, where)
    witness = value(solver.model(), t)
    if cell.holds_at(witness):
        raise Disagreement(f"{where}: z3 finds t = {witness} against the statement, exact evaluation does not")
    obtained = format_rational(cell.preactivation(witness))
    return Outcome("cell", 1, "failed", f"{where}: no single sign change between its points: preactivation {obtained} at t = {format_rational(witness)}")


def _strictly_between(cell: "_Cell") -> z3.BoolRef:
    below = constant(cell.before) < constant(cell.knot)
    return below if cell.behind is None else z3.And(below, constant(cell.knot) < constant(cell.behind))


@dataclass(frozen=True)
class _Cell:
    """A group's open cell low < t < high (None: unbounded), one neuron's preactivation in it, and the knot claimed for it.

    before and behind are the nearest points on either side of the knot, or the cell's ends where there are none. direction is 1 where the zigzag
    order goes with t. The knot is where exact evaluation finds it; the middle of its two neighbours when it finds none between them.
    """

    line: Network
    low: Fraction
    high: Fraction | None
    before: Fraction
    behind: Fraction | None
    direction: int
    knot: Fraction

    @classmethod
    def of(cls, instance: Instance, group: int, neuron: int) -> "_Cell":
        first, second = instance.network.layers[:2]
        identity = Layer((second.weights[neuron],), (second.bias[neuron],), "identity")
        line = Network((Layer(((Fraction(1),),) * first.width, first.bias, "relu"), identity))
        ends = instance.form.breakpoints
        low, high = ends[group], ends[group + 1] if group + 1 < len(ends) else None
        points = instance.form.points(group)
        off = [t for position, t in points.items() if position < neuron]
        on = [t for position, t in points.items() if position >= neuron]
        direction = 1 if group % 2 == 0 else -1
        left, right = (off, on) if direction > 0 else (on, off)
        before, behind = max(left, default=low), min(right, default=high)
        return cls(line, low, high, before, behind, direction, _knot(line, low, high, before, behind))

    def preactivation(self, t: Fraction) -> Fraction:
        """g(t), evaluated exactly."""
        return self.line.preactivations((t,))[-1][0]

    def holds_at(self, t: Fraction) -> bool:
        """Whether the statement holds at t and the knot is strictly between its neighbours."""
        ahead, g = self.direction * (t - self.knot), self.preactivation(t)
        between = self.before < self.knot and (self.behind is None or self.knot < self.behind)
        return between and (ahead < 0) == (g < 0) and (ahead > 0) == (g > 0)


def _knot(line: Network, low: Fraction, high: Fraction | None, before: Fraction, behind: Fraction | None) -> Fraction:
    width = Fraction(1) if high is None else (high - low) / 3
    t, u = low + width, low + 2 * width
    g, h = (line.preactivations((v,))[-1][0] for v in (t, u))
    if g != h:
        knot = t - g * (u - t) / (h - g)
        if before < knot and (behind is None or knot < behind):
            return knot
    return before + 1 if behind is None else (before + behind) / 2


def _refute(solver: z3.Solver, named: list, exact: Vector, negated: z3.BoolRef) -> z3.CheckSatResult:
    """z3's answer on the definitions with the negated statement, once the definitions alone are found to give the exact values."""
    solver.push()
    solver.add(*(v == term for v, term in named))
    answer = z3.unknown
    if _satisfiable(solver, lambda model: tuple(value(model, v) for v, _ in named) == exact):
        solver.add(negated)
        answer = solver.check()
    solver.pop()
    return answer


def _satisfiable(solver: z3.Solver, agrees: Callable[[z3.ModelRef], bool]) -> bool:
    """Whether z3 finds a model of the definitions. Fails: Disagreement when there is none, or it is not what exact evaluation gives."""
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
