"""Every activation pattern that some open set of inputs has, and which of them share a facet.

z3 is believed when it says that there is no such input; the inputs that it finds are checked exactly.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import z3

from checker.network import Layer, Network, Vector

Form = tuple[Fraction, ...]
"""An affine function: its constant, then its coefficients."""
Box = tuple[Fraction, Fraction]


class UnknownError(Exception):
    """z3 has not answered, or a cap was reached; the text says which."""


@dataclass(frozen=True)
class Region:
    """An activation region: the inputs where the forms whose bit is 1 are > 0 and the others < 0 (or constantly <= 0).

    forms: the preactivations there; outputs: the network's outputs there; witness: an input inside.
    """

    bits: tuple[int, ...]
    forms: tuple[Form, ...]
    outputs: tuple[Form, ...]
    witness: Vector


class Search:
    """The search through one network's patterns, within an open box or everywhere."""

    def __init__(self, network: Network, within: Box | None, timeout: int) -> None:
        self.network = network
        self.x = [z3.Real(f"x{k}") for k in range(1, network.widths[0] + 1)]
        self.solver = z3.SolverFor("QF_LRA")
        self.solver.set(timeout=1000 * timeout, ctrl_c=False)
        if within is not None:
            low, high = map(_number, within)
            self.solver.add([bound for x in self.x for bound in (low < x, x < high)])

    def regions(self) -> Iterator[Region]:
        """All activation regions. Fails: UnknownError."""
        n = len(self.x)
        inputs = tuple((Fraction(0), *(Fraction(int(i == k)) for i in range(n))) for k in range(n))
        witness = self.point([])
        if witness is not None:
            yield from self._behind(0, inputs, [], (), (), witness)

    def _behind(
        self, depth: int, values: tuple[Form, ...], given: list[z3.BoolRef], bits: tuple[int, ...],
        forms: tuple[Form, ...], witness: Vector,
    ) -> Iterator[Region]:  # fmt: skip
        """The regions inside the one where the layers before depth have these values and bits."""
        here = _preactivations(self.network.layers[depth], values)
        if depth + 1 == len(self.network.layers):
            yield Region(bits, forms, here, witness)
        elif self.network.layers[depth].activation != "relu":
            yield from self._behind(depth + 1, here, given, bits, forms, witness)
        else:
            for more, conditions, inside in self._signs(here, given, (), witness):
                on = tuple(_scaled(form, bit) for form, bit in zip(here, more, strict=True))
                yield from self._behind(depth + 1, on, conditions, bits + more, forms + here, inside)

    def _signs(
        self, here: tuple[Form, ...], given: list[z3.BoolRef], bits: tuple[int, ...], witness: Vector
    ) -> Iterator[tuple[tuple[int, ...], list[z3.BoolRef], Vector]]:
        """The bits that the neurons of a layer have on open sets, with their conditions and an input each."""
        waiting = [(bits, given, witness)]
        while waiting:
            bits, given, witness = waiting.pop()
            if len(bits) == len(here):
                yield bits, given, witness
                continue
            form = here[len(bits)]
            if not any(form[1:]):
                waiting.append(((*bits, int(form[0] > 0)), given, witness))
                continue
            for bit in (0, 1):
                conditions = [*given, self.sided(form, bit)]
                at = _at(form, witness)
                inside = witness if (at > 0 if bit else at < 0) else self.point(conditions)
                if inside is not None:
                    waiting.append(((*bits, bit), conditions, inside))

    def sided(self, form: Form, bit: int) -> z3.BoolRef:
        """form > 0 for bit 1, form < 0 for bit 0."""
        term = self._term(form)
        return term > 0 if bit else term < 0

    def facet(self, one: Region, other: Region) -> bool:
        """Whether two regions share a facet, a piece of a hyperplane.

        On it all neurons that differ are 0, and those that are not 0 all over the hyperplane keep their strict signs.
        Fails: UnknownError.
        """
        differ = [k for k, (a, b) in enumerate(zip(one.bits, other.bits, strict=True)) if a != b]
        plane = _direction(one.forms[differ[0]])  # the first that differs has the same form in both
        if plane is None:
            raise RuntimeError(f"neuron {differ[0]} is constant and yet of two signs")
        sides = [(region.forms[k], region.bits[k]) for region in (one, other) for k in range(len(region.bits))]
        if any(_direction(region.forms[k]) not in (plane, None) for region in (one, other) for k in differ):
            return False
        strict = [(form, bit) for form, bit in sides if any(form[1:]) and _direction(form) != plane]
        on_it = [self._term(plane) == 0, *(self.sided(form, bit) for form, bit in dict.fromkeys(strict))]
        return self.point(on_it) is not None

    def _term(self, form: Form) -> z3.ArithRef:
        return z3.Sum([_number(form[0]), *(_number(q) * x for q, x in zip(form[1:], self.x, strict=True))])

    def point(self, conditions: Sequence[z3.BoolRef]) -> Vector | None:
        """An input that meets the conditions, or None when z3 refutes that there is one. Fails: UnknownError."""
        self.solver.push()
        try:
            self.solver.add(*conditions)
            answer = self.solver.check()
            if answer == z3.unsat:
                return None
            if answer != z3.sat:
                raise UnknownError(f"z3: {self.solver.reason_unknown()}")
            model = self.solver.model()
            values = [model.eval(x, model_completion=True) for x in self.x]
            return tuple(Fraction(v.numerator_as_long(), v.denominator_as_long()) for v in values)
        finally:
            self.solver.pop()


def count(search: Search, cap: int, advance: Callable[[], object] = lambda: None) -> tuple[int, int]:
    """(linear regions, activation regions). Fails: UnknownError; RuntimeError when an input found by z3 is none."""
    found: list[Region] = []
    for region in search.regions():
        if len(found) == cap:
            raise UnknownError(f"more than {cap} activation regions (--cap)")
        _require_inside(search.network, region)
        found.append(region)
        advance()
    same: dict[tuple[Form, ...], list[int]] = {}
    for k, region in enumerate(found):
        same.setdefault(region.outputs, []).append(k)
    parent = list(range(len(found)))

    def root(k: int) -> int:
        while parent[k] != k:
            k = parent[k]
        return k

    for group in same.values():
        for a, b in combinations(group, 2):
            if root(a) != root(b) and search.facet(found[a], found[b]):
                parent[root(a)] = root(b)
    return sum(up == k for k, up in enumerate(parent)), len(found)


def _require_inside(network: Network, region: Region) -> None:
    """The witness has the region's pattern, strictly, by exact evaluation. Fails: RuntimeError."""
    trace = network.preactivations(region.witness)
    layers = zip(network.layers, trace, strict=True)
    zs = [z for layer, row in layers if layer.activation == "relu" for z in row]
    inside = all(
        (z > 0) == bool(bit) and (z != 0 or not any(form[1:]))
        for z, bit, form in zip(zs, region.bits, region.forms, strict=True)
    )
    if not inside:
        raise RuntimeError(f"z3's input {region.witness} has another activation pattern")


def _preactivations(layer: Layer, values: tuple[Form, ...]) -> tuple[Form, ...]:
    """The layer's preactivations over the affine functions before it."""
    columns = list(zip(*values, strict=True))
    made = []
    for row, bias in zip(layer.weights, layer.bias, strict=True):
        constant, *slopes = (sum((w * q for w, q in zip(row, column, strict=True)), Fraction(0)) for column in columns)
        made.append((constant + bias, *slopes))
    return tuple(made)


def _direction(form: Form) -> Form | None:
    """The form divided by its first coefficient other than 0: equal for forms with equal zeros. None for constants."""
    leading = next((q for q in form[1:] if q), None)
    return None if leading is None else tuple(q / leading for q in form)


def _scaled(form: Form, bit: int) -> Form:
    return form if bit else (Fraction(0),) * len(form)


def _at(form: Form, point: Vector) -> Fraction:
    return form[0] + sum((q * x for q, x in zip(form[1:], point, strict=True)), Fraction(0))


def _number(q: Fraction) -> z3.RatNumRef:
    return z3.RealVal(f"{q.numerator}/{q.denominator}")
