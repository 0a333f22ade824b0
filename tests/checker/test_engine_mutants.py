"""Mutants of the engines: each differs from the code in one place, and none may survive the comparison with the judge."""

# ruff: noqa: E501 (mutated source lines, quoted)
import pytest

from checker import engines
from checker.engines import arithmetic, binary64, first_layer, integer, line, rows, stated_order
from tests.checker import engine_suite, float_suite, mutation

ENGINES = mutation.sources(rows, integer, first_layer, line)
GROUPS = {
    **dict.fromkeys(ENGINES, (engine_suite.run, ENGINES)),
    engines.__name__: (engine_suite.run_choice, mutation.sources(engines)),
    arithmetic.__name__: (engine_suite.run_arithmetic, mutation.sources(arithmetic)),
    binary64.__name__: (float_suite.run_bound, mutation.sources(binary64)),
    stated_order.__name__: (float_suite.run_order, mutation.sources(stated_order)),
}
"""By module: the suite that its mutants have to survive, and the modules that the suite takes."""

SAME_LENGTHS = "both have the same length, by construction"
SAME_ROWS = "all rows of the first layer's weights are the same, which is checked"
COMMUTES = "the two commute"
FILTER = "a weaker filter (an integer's denominator is 1): what it lets through, min decides"
NOTHING = "v is an integer, and 0 becomes 0 either way"
ZERO = "0/2 is 0/1"
SIGN_OF_ZERO = "a zero of the other sign, which no output shows"
ONE_GRADE = "the same for all obstacles, and compared with no others"
REPLACED = "no sum is negative, so the first layer replaces it"
OVERFLOWS = "only great values overflow"
LAST = "the distance from the last breakpoint is a preactivation too, and not below that from the first"
FLATTENED = "the numbers stay in the same order, and are flattened by rows in the end"
UNKNOWN = "NumPy finds the length for which any negative one stands"
# fmt: off
EQUIVALENT = {
    "checker.engines.rows": {
        "in_units: common = lcm(common, unit) -> common = lcm(unit, common)": COMMUTES,
        "preactivation: if best is None or size * best[0].denominator <= best[0].numerator * unit:"
        " -> if best is None or size * best[-1].denominator <= best[0].numerator * unit:": FILTER,
        "preactivation: if best is None or size * best[0].denominator <= best[0].numerator * unit:"
        " -> if best is None or size * best[1].denominator <= best[0].numerator * unit:": FILTER,
    },
    "checker.engines.integer": {
        "_evaluate: for neuron, (scale, column) in enumerate(zip(layer.scales, zip(*z, strict=True), strict=True), 1):"
        " -> for neuron, (scale, column) in enumerate(zip(layer.scales, zip(*z, strict=False), strict=True), 1):": SAME_LENGTHS,
        "_evaluate: for neuron, (scale, column) in enumerate(zip(layer.scales, zip(*z, strict=True), strict=True), 1):"
        " -> for neuron, (scale, column) in enumerate(zip(layer.scales, zip(*z, strict=True), strict=False), 1):": SAME_LENGTHS,
        "_evaluate: for number, (layer, (_, found)) in enumerate(zip(layers, activations(layers, rows), strict=True), 1):"
        " -> for number, (layer, (_, found)) in enumerate(zip(layers, activations(layers, rows), strict=False), 1):": SAME_LENGTHS,
        "_evaluate: for pattern, line in zip(patterns, z, strict=True):"
        " -> for pattern, line in zip(patterns, z, strict=False):": SAME_LENGTHS,
        "_evaluate: for row, pattern, line in zip(rows.numbers, patterns, z, strict=True):"
        " -> for row, pattern, line in zip(rows.numbers, patterns, z, strict=False):": SAME_LENGTHS,
        "_evaluate: findings.row(row, '/'.join(pattern), tuple((Fraction(int(v), u) for v, u in zip(line, units, strict=True))))"
        " -> findings.row(row, '/'.join(pattern), tuple((Fraction(int(v), u) for v, u in zip(line, units, strict=False))))": SAME_LENGTHS,
        "_evaluate: size, row = min(zip(map(abs, column), rows.numbers, strict=True))"
        " -> size, row = min(zip(map(abs, column), rows.numbers, strict=False))": SAME_LENGTHS,
        "_activated: return [[*((v if v > 0 else 0 for v in line) if relu else line), unit] for line in z]"
        " -> return [[*((v if v > -1 else 0 for v in line) if relu else line), unit] for line in z]": NOTHING,
        "_activated: return [[*((v if v > 0 else 0 for v in line) if relu else line), unit] for line in z]"
        " -> return [[*((v if v >= 0 else 0 for v in line) if relu else line), unit] for line in z]": NOTHING,
        "_largest: return [max(map(abs, column)) for column in zip(*h, strict=True)]"
        " -> return [max(map(abs, column)) for column in zip(*h, strict=False)]": SAME_LENGTHS,
        "_integer_layer: rows = tuple((scaled(row, scale) for row, scale in zip(fractions, scales, strict=True)))"
        " -> rows = tuple((scaled(row, scale) for row, scale in zip(fractions, scales, strict=False)))": SAME_LENGTHS,
        "integer_layers: for layer, alike in zip(network.layers, seen_by_windows, strict=True):"
        " -> for layer, alike in zip(network.layers, seen_by_windows, strict=False):": SAME_LENGTHS,
        "integer_layers: seen_by_windows = [isinstance(layer, (Convolution, MaxPool)) for layer in (*network.layers[1:], None)]"
        " -> seen_by_windows = [isinstance(layer, (MaxPool, Convolution)) for layer in (*network.layers[1:], None)]": COMMUTES,
        "largest_sum: sums = (sum((abs(w) * c for w, c in zip(row, columns, strict=True))) for row in weights)"
        " -> sums = (sum((abs(w) * c for w, c in zip(row, columns, strict=False))) for row in weights)": SAME_LENGTHS,
        "preactivations: return [list(by_channel(columns)) for columns in zip(*found, strict=True)]"
        " -> return [list(by_channel(columns)) for columns in zip(*found, strict=False)]": SAME_LENGTHS,
        "product: return [[sum(map(mul, line, row)) for row in weights] for line in lines(h)]"
        " -> return [[sum(map(mul, row, line)) for row in weights] for line in lines(h)]": COMMUTES,
    },
    "checker.engines.first_layer": {
        "__init__: for i, b in zip(self.order, self.breakpoints, strict=True):"
        " -> for i, b in zip(self.order, self.breakpoints, strict=False):": SAME_LENGTHS,
        "__init__: self._projection = scaled(layer.weights[0], self.unit)"
        " -> self._projection = scaled(layer.weights[-1], self.unit)": SAME_ROWS,
        "__init__: self.unit = lcm(*(q.denominator for q in layer.weights[0]))"
        " -> self.unit = lcm(*(q.denominator for q in layer.weights[-1]))": SAME_ROWS,
        "sees_a_line: return all((row == weights[0] for row in weights))"
        " -> return all((row == weights[-1] for row in weights))": SAME_ROWS,
        "sees_a_line: return all((row == weights[0] for row in weights))"
        " -> return all((row == weights[0] for row in list(weights)[1:]))": "the first row is itself",
        "points: inputs = zip(rows.numbers, rows.integers, strict=True)"
        " -> inputs = zip(rows.numbers, rows.integers, strict=False)": SAME_LENGTHS,
        "points: return sorted(((sum(map(mul, self._projection, x)), k) for k, x in inputs))"
        " -> return sorted(((sum(map(mul, x, self._projection)), k) for k, x in inputs))": COMMUTES,
    },
    "checker.engines.line": {
        "__init__: columns = zip(*last.weights, strict=True)"
        " -> columns = zip(*last.weights, strict=False)": SAME_LENGTHS,
        "__init__: start = [(self._number(0, 1), self._exact(b)) for b in second.bias]"
        " -> start = [(self._number(0, 2), self._exact(b)) for b in second.bias]": ZERO,
        "_first_margin: column = [t * first.fine - b * unit for t, _ in points]"
        " -> column = [b * unit - t * first.fine for t, _ in points]": "absolute values follow",
        "_first_margin: if 0 <= place < len(first.breakpoints):"
        " -> if -1 <= place < len(first.breakpoints):": LAST,
        "_least: size, row = min(zip(map(abs, column), rows, strict=True))"
        " -> size, row = min(zip(map(abs, column), rows, strict=False))": SAME_LENGTHS,
        "_over_one_denominator: scale = lcm(p, q)"
        " -> scale = lcm(q, p)": COMMUTES,
        "_preactivations: for place in (cell - 1, cell):"
        " -> for place in (cell, cell - 1):": "the order of the two places is nothing to the least",
        "_preactivations: return [''.join(column) for column in zip(*columns, strict=True)]"
        " -> return [''.join(column) for column in zip(*columns, strict=False)]": SAME_LENGTHS,
        "decided: for (_, row), pattern, values in zip(points, patterns, outputs, strict=True):"
        " -> for (_, row), pattern, values in zip(points, patterns, outputs, strict=False):": SAME_LENGTHS,
        "decided: for (cell, points), first in zip(cells, self._first_patterns(cells), strict=True):"
        " -> for (cell, points), first in zip(cells, self._first_patterns(cells), strict=False):": SAME_LENGTHS,
        "at: for (t, _), pattern in zip(points, patterns, strict=True):"
        " -> for (t, _), pattern in zip(points, patterns, strict=False):": SAME_LENGTHS,
        "at: for j, (old, new) in enumerate(zip(before, pattern, strict=True)):"
        " -> for j, (old, new) in enumerate(zip(before, pattern, strict=False)):": SAME_LENGTHS,
        "at: zero = self._number(0, 1)"
        " -> zero = self._number(0, 2)": ZERO,
        "rational: for (slope, value), row in zip(self._rational[-1], self._second.weights, strict=True):"
        " -> for (slope, value), row in zip(self._rational[-1], self._second.weights, strict=False):": SAME_LENGTHS,
    },
    "checker.engines.binary64": {
        "_tops: return zip(sums.max(axis=1).tolist(), (sums.argmax(axis=1) + 1).tolist(), strict=True)"
        " -> return zip(sums.max(axis=1).tolist(), (sums.argmax(axis=1) + 1).tolist(), strict=False)": SAME_LENGTHS,
        "_goodness: return (found.can_be_evaluated, not found.obstacle, 0 if found.obstacle else -found.largest, found.row)"
        " -> return (found.can_be_evaluated, not found.obstacle, -1 if found.obstacle else -found.largest, found.row)": ONE_GRADE,
        "_goodness: return (found.can_be_evaluated, not found.obstacle, 0 if found.obstacle else -found.largest, found.row)"
        " -> return (found.can_be_evaluated, not found.obstacle, 1 if found.obstacle else -found.largest, found.row)": ONE_GRADE,
        "_goodness: return (found.can_be_evaluated, not found.obstacle, 0 if found.obstacle else -found.largest, found.row)"
        " -> return (not found.obstacle, found.can_be_evaluated, 0 if found.obstacle else -found.largest, found.row)": "what cannot be evaluated is an obstacle",
        "_largest_sums: for number, (layer, (h, _)) in enumerate(zip(layers, activations(layers, rows), strict=True), 1):"
        " -> for number, (layer, (h, _)) in enumerate(zip(layers, activations(layers, rows), strict=False), 1):": SAME_LENGTHS,
        "_largest_sums: found = [(-1, 0, 0)] * len(rows.numbers)"
        " -> found = [(-1, -1, 0)] * len(rows.numbers)": REPLACED,
        "_largest_sums: found = [(-1, 0, 0)] * len(rows.numbers)"
        " -> found = [(-1, 0, -1)] * len(rows.numbers)": REPLACED,
        "_largest_sums: found = [(-1, 0, 0)] * len(rows.numbers)"
        " -> found = [(-1, 0, 1)] * len(rows.numbers)": REPLACED,
        "_largest_sums: found = [(-1, 0, 0)] * len(rows.numbers)"
        " -> found = [(-1, 1, 0)] * len(rows.numbers)": REPLACED,
        "_largest_sums: found = [(-1, 0, 0)] * len(rows.numbers)"
        " -> found = [(-2, 0, 0)] * len(rows.numbers)": REPLACED,
        "_parameters: for neuron, (row, bias) in enumerate(zip(neurons.weights, neurons.bias, strict=True), 1):"
        " -> for neuron, (row, bias) in enumerate(zip(neurons.weights, neurons.bias, strict=False), 1):": "integer_layers, before it, looks at the lengths",
        "_sums: for number, (largest, layer, neuron) in zip(rows.numbers, _largest_sums(layers, rows), strict=True):"
        " -> for number, (largest, layer, neuron) in zip(rows.numbers, _largest_sums(layers, rows), strict=False):": SAME_LENGTHS,
        "representable: dyadic = unit & unit - 1 == 0 and unit.bit_length() - 1 <= finest"
        " -> dyadic = unit - 1 & unit == 0 and unit.bit_length() - 1 <= finest": COMMUTES,
        "representable: significant = size // (size & -size) if size else 0"
        " -> significant = size // (-size & size) if size else 0": COMMUTES,
        "representable: significant = size // (size & -size) if size else 0"
        " -> significant = size // (size | -size) if size else 0": "minus the lowest bit: the length of the quotient in bits is the same",
        "representable: significant = size // (size & -size) if size else 0"
        " -> significant = size // (size & -size) if size else -1": "one bit, or none",
        "representable: significant = size // (size & -size) if size else 0"
        " -> significant = size // (size & -size) if size else 1": "one bit, or none",
    },
    "checker.engines.stated_order": {
        "_binary32: return float('inf') if value > 0 else float('-inf')"
        " -> return float('inf') if value > -1 else float('-inf')": OVERFLOWS,
        "_binary32: return float('inf') if value > 0 else float('-inf')"
        " -> return float('inf') if value > 1 else float('-inf')": OVERFLOWS,
        "_binary32: return float('inf') if value > 0 else float('-inf')"
        " -> return float('inf') if value >= 0 else float('-inf')": OVERFLOWS,
        "_binary32: nearest: float = unpack('<f', pack('<f', value))[0]"
        " -> nearest: float = unpack('<f', pack('<f', value))[-1]": "one value is unpacked",
        "_sums: for row, total in zip(layer.weights, layer.bias, strict=True):"
        " -> for row, total in zip(layer.weights, layer.bias, strict=False):": SAME_LENGTHS,
        "_sums: for w, v in zip(row, h, strict=True):"
        " -> for v, w in zip(row, h, strict=True):": COMMUTES,
        "_sums: for w, v in zip(row, h, strict=True):"
        " -> for w, v in zip(h, row, strict=True):": COMMUTES,
        "_outputs: h = [0.0 if layer.relu and v <= 0 else v for v in z]"
        " -> h = [0.0 if layer.relu and v < 0 else v for v in z]": SIGN_OF_ZERO,
        "_outputs: z = [v for channel in zip(*found, strict=True) for v in channel]"
        " -> z = [v for channel in zip(*found, strict=False) for v in channel]": SAME_LENGTHS,
        "_vectorised: h = library.where(z <= 0, library.zeros((), dtype=mode), z) if floats.relu else z"
        " -> h = library.where(z < 0, library.zeros((), dtype=mode), z) if floats.relu else z": SIGN_OF_ZERO,
        "_windowed: found = [patches.reshape(len(h), -1, size).max(axis=2) for patches in windows]"
        " -> found = [patches.reshape(-1, len(h), size).max(axis=2) for patches in windows]": FLATTENED,
        "_windowed: found = [patches.reshape(len(h), -1, size).max(axis=2) for patches in windows]"
        " -> found = [patches.reshape(len(h), -2, size).max(axis=2) for patches in windows]": UNKNOWN,
        "_windowed: padded = library.concatenate([h, library.zeros((len(h), 1), h.dtype)], axis=1)"
        " -> padded = library.concatenate([h, library.zeros((len(h), 2), h.dtype)], axis=1)": "no window sees the second zero",
        "_windowed: return library.stack(found, axis=2).reshape(len(h), -1)"
        " -> return library.stack(found, axis=2).reshape(len(h), -2)": UNKNOWN,
        "failures: for row, x, outputs in zip(rows, inputs, evaluated(network, inputs, mode), strict=True):"
        " -> for row, x, outputs in zip(rows, inputs, evaluated(network, inputs, mode), strict=False):": SAME_LENGTHS,
    },
}
# fmt: on


@pytest.fixture(scope="module")
def survivors():
    """By module: how many mutants were tried, and those that passed their suite."""
    return {name: mutation.survivors(*group, name) for name, group in GROUPS.items()}


def test_the_real_modules_pass_as_they_are():
    engine_suite.run(rows, integer, first_layer, line)
    engine_suite.run_choice(engines)
    engine_suite.run_arithmetic(arithmetic)
    float_suite.run_bound(binary64)
    float_suite.run_order(stated_order)


@pytest.mark.parametrize("name", GROUPS)
def test_the_real_modules_pass_when_loaded_like_a_mutant(name):
    assert mutation.survives(*GROUPS[name])


@pytest.mark.parametrize("name", GROUPS)
def test_every_mutant_dies(name, survivors):
    assert survivors[name][1] - set(EQUIVALENT.get(name, {})) == set()


@pytest.mark.parametrize("name", GROUPS)
def test_the_equivalent_mutants_still_exist(name, survivors):
    assert set(EQUIVALENT.get(name, {})) - survivors[name][1] == set()


def test_at_least_two_hundred_mutants_were_tried(survivors, capsys):
    tried = {name: count for name, (count, _) in survivors.items()}
    equivalent = sum(len(table) for table in EQUIVALENT.values())
    with capsys.disabled():
        print(f"\nmutants of the engines tried: {sum(tried.values())} {tried}, of which equivalent: {equivalent}")
    assert sum(tried.values()) >= 200 and all(tried[name] >= 40 for name in ENGINES)
