"""Functionals that close every case, or a network that fits; the replay and the judge believe neither."""

import time
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from checker.impossible.compare import compared
from checker.impossible.cones import Cell, Cones, Integers, first_layers, how_many_first_layers, one_layer, two_layers
from checker.impossible.cover import closed_kinds, open_choice
from checker.impossible.moved import Moved, Pair, cases, closed_pairs
from checker.impossible.nodes import MovedNode, Node
from checker.impossible.simplex import combination
from checker.impossible.witness import Neuron, network_moved, network_one, network_two
from checker.network import Network

CASES = 100_000
"""With more cases of first layers the search is not begun."""
Choice = tuple[tuple[int, ...], list[Neuron]]
"""A choice of kinds of cones, and neurons of these kinds, the first of them the constant."""


class TimeIsUp(Exception):
    """The time for the search is used up; the text says what was still open."""


@dataclass
class Search:
    """One search: points, widths, the functionals found so far, and when to stop."""

    ts: tuple[Fraction, ...]
    ys: Integers
    widths: tuple[int, ...]
    deadline: float
    functionals: list[Integers] = field(default_factory=list)

    def run(self) -> Network | Sequence[Node | MovedNode]:
        """A network on the line with these values (in units of ys), or the closed cases in order. Fails: TimeIsUp."""
        if len(self.widths) == 1:
            node = Node(())
            found = self._closed(one_layer(self.ts), node, {})
            return [node] if found is None else network_one(self.ts[0], found[1])
        if self.widths[0] == 1:
            return self._run_moved()
        if (count := how_many_first_layers(len(self.ts), self.widths[0])) > CASES:
            raise TimeIsUp(f"{count} cases of first layers: beyond this search")
        roots = [Node(cells) for cells in first_layers(self.ts, self.widths[0])]
        waiting = deque(roots)
        while waiting:
            node = waiting.popleft()
            self._require_time(len(waiting) + 1)
            closed = self._closed_or_fitted(node)
            if isinstance(closed, Network):
                return closed
            if not closed:
                waiting.extend(_halves(node))
        return roots

    def written(self, nodes: Sequence[Node | MovedNode]) -> dict[str, Any]:
        """What closes these nodes, as a certificate has it: the functionals in use, and the cases."""
        order = {k: place for place, k in enumerate(sorted({k for node in nodes for k in node.used()}))}
        functionals = [list(map(str, self.functionals[k])) for k in order]
        return {"functionals": functionals, "cases": [node.written(order) for node in nodes]}

    def _run_moved(self) -> Network | list[MovedNode]:
        """As run, for a first layer of one neuron."""
        roots = [MovedNode(case) for case in cases(self.ts, self.ys)]
        waiting = deque(roots)
        while waiting:
            node = waiting.popleft()
            case = node.case
            middle = None if case.low is None or case.high is None else (case.low + case.high) / 2
            for tau in {case.low, middle, case.high}:
                found = self._fitted(case, tau)
                if found is not None:
                    first = case.at(tau)[0]
                    return network_moved(first, case.reversed, network_one(first, found))
            # By Farkas points that do not move are fitted or closed.
            if not self._examined_moved(node) and middle is not None:
                low, high = (MovedNode(part) for part in case.split(middle))
                node.split = (middle, low, high)
                waiting.extend((low, high))
        return roots

    def _fitted(self, case: Moved, tau: Fraction | None) -> list[Neuron] | None:
        """Neurons of one hidden layer that have the case's values when the first point is at tau, if there are any."""
        if tau is not None and tau == case.ts[0]:
            return None  # two values at one place
        cones = one_layer(case.at(tau))
        closed: list[int] = []
        while (choice := open_choice(closed, len(cones.kinds), self.widths[-1])) is not None:
            self._require_time(1)
            found = _solved(cones, choice, case.ys)
            if isinstance(found, list):
                return found
            closed.append(closed_kinds(found, cones))
        return None

    def _examined_moved(self, node: MovedNode) -> bool:
        """Whether the node could be closed as it is."""
        case = node.case
        ends = one_layer(case.at(case.low)), one_layer(case.at(case.high))
        pairs: dict[Pair, int] = {}
        while (choice := open_choice(list(pairs.values()), len(ends[0].kinds), self.widths[-1])) is not None:
            self._require_time(1)
            pair = _pair(ends, choice, case.ys)
            if pair is None:
                return False
            pairs[pair] = closed_pairs(pair, case)
        needed = _needed(dict(enumerate(pairs.values())), len(ends[0].kinds), self.widths[-1])
        node.closing = []
        for k in needed:
            node.closing.append([len(self.functionals), len(self.functionals) + 1])
            self.functionals += list(pairs)[k]
        return True

    def _closed_or_fitted(self, node: Node) -> Network | bool:
        """Whether the node could be closed as it is; or a network."""
        cones = two_layers(self.ts, node.cells)
        closed: dict[int, int] = {}
        while (found := self._closed(cones, node, closed)) is not None:
            choice, neurons = found
            cells = tuple(_pinned(cell, k, neurons) for k, cell in enumerate(node.cells))
            exact = self._open(two_layers(self.ts, cells), {}, ())
            if exact is not None:
                return network_two(self.ts[0], cells, exact[1])
            proof = compared(cones, choice, self.ys)
            if proof is None:
                return False
            node.compared[choice] = proof
        return True

    def _closed(self, cones: Cones, node: Node, closed: dict[int, int]) -> Choice | None:
        """None, and the node is closed; or what is open."""
        found = self._open(cones, closed, node.compared)
        if found is None:
            node.closing = _needed(closed, len(cones.kinds), self.widths[-1], node.compared)
        return found

    def _open(self, cones: Cones, closed: dict[int, int], done: Collection[tuple[int, ...]]) -> Choice | None:
        """A choice of kinds that is not done, and neurons of these that have the values ys, if there is one.

        closed: the kinds that each functional closes; is extended by all that are known, and by new ones.
        """
        for k in range(len(closed), len(self.functionals)):
            closed[k] = closed_kinds(self.functionals[k], cones)
        count, width = len(cones.kinds), self.widths[-1]
        while (choice := open_choice(list(closed.values()), count, width, done)) is not None:
            self._require_time(1)
            found = _solved(cones, choice, self.ys)
            if isinstance(found, list):
                return choice, found
            closed[len(self.functionals)] = closed_kinds(found, cones)
            self.functionals.append(found)
        return None

    def _require_time(self, waiting: int) -> None:
        if time.monotonic() > self.deadline:
            raise TimeIsUp(f"the time is used up; at least {waiting} cases are not closed")


def _pair(ends: tuple[Cones, Cones], choice: Sequence[int], ys: Integers) -> Pair | None:
    """Functionals with one first entry that separate ys from these kinds of cones at the two ends, if there are any.

    They are looked for as one functional on pairs of vectors, and a last entry that is to be negative.
    """
    size, blocks = len(ys), []
    for place, cones in enumerate(ends):
        vectors = [(1,) * size, (-1,) * size]
        for kind in set(choice):
            sign, mask = cones.kinds[kind]
            vectors += [tuple(sign * v for v in ray.values) for k, ray in enumerate(cones.rays) if mask >> k & 1]
        blocks += [_placed(vector, place, 0) for vector in vectors]
        blocks.append(_placed(tuple(-y for y in ys), place, 1))
    equal = tuple((k == 0) - (k == size) for k in range(2 * size + 1))
    found = combination([*blocks, equal, tuple(-v for v in equal)], (0,) * (2 * size) + (1,))
    return (found[:size], found[size:-1]) if isinstance(found, tuple) else None


def _placed(vector: Integers, place: int, last: int) -> Integers:
    zeros = (0,) * len(vector)
    return (*vector, *zeros, last) if place == 0 else (*zeros, *vector, last)


def _solved(cones: Cones, choice: Sequence[int], ys: Integers) -> list[Neuron] | Integers:
    """Neurons of these kinds that add up to ys, the first of them the constant; or a functional that separates."""
    kinds = sorted(set(choice))
    places = [(kind, ray) for kind in kinds for ray in range(len(cones.rays)) if cones.kinds[kind][1] >> ray & 1]
    columns = [tuple(cones.kinds[kind][0] * v for v in cones.rays[ray].values) for kind, ray in places]
    ones = (1,) * len(ys)
    found = combination([ones, tuple(-v for v in ones), *columns], ys)
    if isinstance(found, tuple):
        return found
    neurons = {kind: Neuron(cones, cones.kinds[kind][0], {}) for kind in kinds}
    for place, coefficient in found.items():
        if place >= 2:
            kind, ray = places[place - 2]
            neurons[kind].rays[ray] = coefficient
    constant = found.get(0, Fraction(0)) - found.get(1, Fraction(0))
    return [Neuron(cones, 1, {-1: constant}), *neurons.values()]


def _needed(closed: dict[int, int], count: int, width: int, done: Collection[tuple[int, ...]] = ()) -> list[int]:
    """Indices of functionals that close everything, without those that are not needed."""
    kept = {k: kinds for k, kinds in closed.items() if kinds}
    if width == 1:
        return _greedy(kept, count)
    for k in sorted(kept, key=lambda k: kept[k].bit_count()):
        fewer = {j: kinds for j, kinds in kept.items() if j != k}
        if open_choice(list(fewer.values()), count, width, done) is None:
            kept = fewer
    return sorted(kept)


def _greedy(closed: dict[int, int], count: int) -> list[int]:
    rest, chosen = (1 << count) - 1, []
    while rest:
        best = max(closed, key=lambda k: (closed[k] & rest).bit_count())
        chosen.append(best)
        rest &= ~closed[best]
    return sorted(chosen)


def _pinned(cell: Cell, number: int, neurons: list[Neuron]) -> Cell:
    """The cell with tau fixed where the neurons, taken together, would have it."""
    if cell.low == cell.high:
        return cell
    weights = [weight for neuron in neurons[1:] for weight in neuron.weights(number)]
    total = sum((abs(w) for _, w in weights), Fraction(0))
    at = sum((tau * abs(w) for tau, w in weights), Fraction(0)) / total if total else (cell.low + cell.high) / 2
    return Cell(cell.side, at, at)


def _halves(node: Node) -> list[Node]:
    """The two cases of a node, whose widest cell is split in the middle."""
    number = max(range(len(node.cells)), key=lambda k: node.cells[k].high - node.cells[k].low)
    cell = node.cells[number]
    at = (cell.low + cell.high) / 2
    parts = [Node((*node.cells[:number], c, *node.cells[number + 1 :])) for c in cell.split(at)]
    node.split = (number, at, parts[0], parts[1])
    return parts
