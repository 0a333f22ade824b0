"""python -m benchmarks.float64_rate [--seeds N] [--widths A1,A2] [-o RESULTS]: how often method float64 is exact.

On random datasets as large as the widths allow: construct, certify in float64 arithmetic, in any order of summation,
then NumPy and ONNX Runtime run the network, and their outputs are compared with those asked for.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log2
from typing import Any

from benchmarks.datasets import random_dataset, write_csv
from benchmarks.process import Cost, cost, python
from benchmarks.results import parser, publish, require_writable, table
from benchmarks.timing import RULE, Timing, progress, shown, timed
from checker.console import positive, run
from checker.dataset import Dataset
from checker.engines import binary64
from checker.errors import InputError
from checker.formats import read_network
from checker.network import Network

TITLE = "Exact in ordinary floating point"
SEEDS = 10
WIDTHS = "199,100"
HOUR = 3600.0
UNKNOWN = 3
ONNX_IR, ONNX_OPSET = 10, 17


@dataclass(frozen=True)
class Trial:
    """One dataset: the commands, what they found, and the largest difference in two programs that know only floats."""

    construct: Cost
    certify: Cost
    bound: int
    weight_bits: int
    numpy: tuple[Timing, float]
    onnx: tuple[Timing, float] | None

    @property
    def certified(self) -> bool:
        """Whether every order of summation is exact, as the checker says."""
        return self.certify.code == 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Tries all seeds and publishes the table and the rate."""
    options = parser("float64_rate", "How often networks of method float64 are exact in any order of summation.")
    options.add_argument("--seeds", type=positive, default=SEEDS, metavar="N", help=f"so many datasets ({SEEDS})")
    options.add_argument("--widths", default=WIDTHS, metavar="A1,A2", help=f"widths (default: {WIDTHS})")
    given = options.parse_args(arguments)
    require_writable(given.results)
    points = _points(given.widths)
    trials = []
    for seed in range(1, given.seeds + 1):
        progress(f"float64: dataset {seed} of {given.seeds}")
        trials.append(_trial(seed, points, given.widths))
    publish(given.results, TITLE, _paragraphs(trials, points, given.widths))
    return 0


def _points(widths: str) -> int:
    """The room that method float64 has. Fails: InputError."""
    parts = widths.split(",")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and 0 < int(part) < 10**4 for part in parts):
        raise InputError("--widths", widths, "not of the form A1,A2")
    return (int(parts[0]) + 1) // 2 * int(parts[1])


def _trial(seed: int, points: int, widths: str) -> Trial:
    with tempfile.TemporaryDirectory() as folder:
        path, made = f"{folder}/dataset.csv", f"{folder}/network.json"
        write_csv(path, points, seed=seed)
        shape = ("--widths", widths, "--method", "float64")
        construct = cost(python("symbolic", "construct", path, *shape, "-o", made), HOUR)
        certify = cost(python("checker", "certify", made, path, "--mode", "float64", "-q"), HOUR, (0, UNKNOWN))
        network = read_network(made).value
    dataset = random_dataset(points, seed=seed)
    bound = binary64.prepared(network, "float64")(dataset).largest
    weights = [q for layer in network.layers for row in layer.weights for q in row]
    longest = max(max(q.numerator.bit_length(), q.denominator.bit_length()) for q in weights)
    return Trial(construct, certify, bound, longest, _numpy(network, dataset), _onnx(network, dataset))


def _arrays(network: Network, dataset: Dataset) -> tuple[Any, Any, list[tuple[Any, Any]]]:
    """Inputs, outputs and (weights, bias) of the layers in float64, nothing rounded."""
    import numpy

    def array(rows: Sequence[Sequence[Fraction]]) -> Any:
        return numpy.array([[float(q) for q in row] for row in rows], dtype=numpy.float64)

    layers = [(array(layer.weights), array((layer.bias,))[0]) for layer in network.layers]
    return array(dataset.inputs), array(dataset.outputs), layers


def _numpy(network: Network, dataset: Dataset) -> tuple[Timing, float]:
    import numpy

    x, y, layers = _arrays(network, dataset)

    def forward() -> Any:
        h = x
        for number, (weights, bias) in enumerate(layers, 1):
            z = h @ weights.T + bias
            h = numpy.maximum(z, 0.0) if number < len(layers) else z
        return h

    timing, outputs = timed(forward)
    return timing, float(abs(outputs - y).max())


def _onnx(network: Network, dataset: Dataset) -> tuple[Timing, float] | None:
    """None when onnx or onnxruntime is not installed."""
    try:
        import onnxruntime
        from onnx import TensorProto, helper, numpy_helper
    except ImportError:
        return None
    x, y, layers = _arrays(network, dataset)
    nodes, constants, last = [], [], "x"
    for number, (weights, bias) in enumerate(layers, 1):
        constants += [numpy_helper.from_array(weights, f"w{number}"), numpy_helper.from_array(bias, f"b{number}")]
        nodes.append(helper.make_node("Gemm", [last, f"w{number}", f"b{number}"], [f"z{number}"], transB=1))
        last = f"z{number}"
        if number < len(layers):
            nodes.append(helper.make_node("Relu", [last], [f"h{number}"]))
            last = f"h{number}"
    inputs, outputs = (
        helper.make_tensor_value_info(name, TensorProto.DOUBLE, [None, width])
        for name, width in (("x", x.shape[1]), (last, y.shape[1]))
    )
    graph = helper.make_graph(nodes, "network", [inputs], [outputs], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", ONNX_OPSET)], ir_version=ONNX_IR)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    timing, found = timed(lambda: session.run(None, {"x": x})[0])
    return timing, float(abs(found - y).max())


def _paragraphs(trials: Sequence[Trial], points: int, widths: str) -> tuple[str, ...]:
    heading: tuple[str, ...] = (
        "seed",
        "construct, s",
        "certify, s",
        "certified in any order",
        "largest sum",
        "longest weight, bits",
    )
    heading += ("NumPy, s", "difference", "ONNX Runtime, s", "difference")
    count = sum(trial.certified for trial in trials)
    sizes = [trial.bound for trial in trials]
    ran = [trial.onnx[1] for trial in trials if trial.onnx is not None]
    runtime = (
        f", with ONNX Runtime {max(ran)!r} over {len(ran)} dataset(s)" if ran else "; ONNX Runtime is not installed"
    )
    return (
        f"`python -m benchmarks.float64_rate`. {points:,} points, widths {widths}, method `float64`; construct and "
        f"`certify --mode float64` as whole processes. {RULE} `largest sum` is that of |w||h| + |b|, over all rows and "
        "neurons, in units of which all terms are multiples: below 2^53, no order of summation rounds. `difference` is "
        "the largest between an output computed in float64 and the one asked for.",
        table(heading, (_line(seed, trial) for seed, trial in enumerate(trials, 1))),
        f"Certified in any order of summation: {count} of {len(trials)}. Largest sums from {_power(min(sizes))} "
        f"to {_power(max(sizes))}. Largest difference with NumPy {max(t.numpy[1] for t in trials)!r} over "
        f"{len(trials)} dataset(s){runtime}.",
    )


def _power(bound: int) -> str:
    return f"2^{log2(bound):.2f}" if bound else "no sum (a parameter or an input is not a float)"


def _line(seed: int, trial: Trial) -> tuple[object, ...]:
    runtime = (shown(trial.onnx[0].seconds), repr(trial.onnx[1])) if trial.onnx else ("not installed", "")
    return (
        seed,
        trial.construct.timing,
        trial.certify.timing,
        "yes" if trial.certified else "no",
        _power(trial.bound),
        trial.weight_bits,
        shown(trial.numpy[0].seconds),
        repr(trial.numpy[1]),
        *runtime,
    )


if __name__ == "__main__":
    run(lambda: main(sys.argv[1:]), "python -m benchmarks.float64_rate")
