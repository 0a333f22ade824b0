"""Evaluate an ONNX network exactly, beside ONNX Runtime, at points of your choice.

    python -m examples.audit.compare NETWORK.onnx 0.1,-0.25,1/2 0,0,0

Every point is given as its inputs with commas between; a decimal stands for the nearest float32 number, so that both
evaluate the same point. Needs onnx and onnxruntime.
"""

import argparse
import sys
from fractions import Fraction
from typing import Any

from checker.console import Parser, run
from checker.errors import InputError, quoted
from checker.formats import read_network
from checker.formats.export import nearest_float
from checker.network import Network, Vector
from checker.rational import NumberError, about, format_rational, parse_dataset_number

PROGRAM = "python -m examples.audit.compare"


def main() -> int:
    """Prints every output at every point, exact and as ONNX Runtime has it, and the largest difference."""
    parser = Parser(prog=PROGRAM, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", metavar="NETWORK.onnx")
    parser.add_argument("points", metavar="POINT", nargs="+")
    options = parser.parse_args(_points_are_no_options())
    network = read_network(options.network).value
    points = [point(f"point {k}", spelled, network.widths[0]) for k, spelled in enumerate(options.points, 1)]
    session, worst = _session(options.network), Fraction(0)
    print(f"widths {network.widths}")
    for k, x in enumerate(points, 1):
        print(f"point {k}: ({', '.join(map(format_rational, x))})")
        worst = max(worst, compared(network, session, x))
    print(f"largest |difference| {about(worst)}")
    return 0


def point(place: str, spelled: str, inputs: int) -> Vector:
    """The point, of float32 numbers. Fails: InputError."""
    try:
        x = tuple(parse_dataset_number(text, "float32") for text in spelled.split(","))
        if any(nearest_float(q, "float32") != q for q in x):
            raise NumberError(f"{quoted(spelled)} is not of float32 numbers")
    except NumberError as error:
        raise InputError(place, "", str(error)) from None
    if len(x) != inputs:
        raise InputError(place, "", f"{len(x)} numbers, but the network has {inputs} inputs")
    return x


def compared(network: Network, session: Any, x: Vector) -> Fraction:
    """Prints the outputs at x; the largest difference between exact and runtime."""
    import numpy as np

    exact = network.preactivations(x)[-1]
    given = session.get_inputs()[0]
    shape = [size if isinstance(size, int) else 1 for size in given.shape]
    number = np.float64 if given.type == "tensor(double)" else np.float32
    values = np.array([float(q) for q in x], dtype=number).reshape(shape)
    (outputs,) = session.run(None, {given.name: values})
    worst = Fraction(0)
    for k, (q, near) in enumerate(zip(exact, outputs.reshape(-1).tolist(), strict=True), 1):
        difference = Fraction(near) - q
        worst = max(worst, abs(difference))
        print(f"  output {k}: exactly {format_rational(q)}")
        print(f"            about {about(q)}, ONNX Runtime {near:.9g}, difference {about(difference)}")
    return worst


def _session(path: str) -> Any:
    try:
        import onnxruntime
    except ImportError:
        raise InputError(path, "", "needs the package onnxruntime (pip install onnxruntime)") from None
    return onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])


def _points_are_no_options() -> list[str] | None:
    """The arguments, with -- before the second: a point may begin with a minus sign."""
    given = sys.argv[1:]
    return given if not given or given[0].startswith("-") else [given[0], "--", *given[1:]]


if __name__ == "__main__":
    run(main, PROGRAM)
