"""Trained networks and their samples as files of the checker: every float32 as the dyadic rational that it is."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy

from examples.randomization.steps import Convolution, Dense, MaxPool, ReLU
from examples.randomization.training import SCALE, SHAPES, Trained
from examples.randomization.variants import Digits


def write_dataset(path: Path, data: Digits) -> None:
    """The training samples as CSV, the label last."""
    rows = numpy.column_stack([data.inputs, data.labels])
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows.tolist()), encoding="ascii")


def write_network(path: Path, trained: Trained) -> None:
    """The network for pixels as they are, as the arrays of an .npz or in the native .json.gz. Fails: ValueError."""
    first, *_ = (step for step in trained.steps if step.parameters)
    scaled = first.weights * SCALE
    if not numpy.array_equal(scaled / SCALE, first.weights):
        raise ValueError("a weight is too small to be scaled exactly")
    weights = [scaled if step is first else step.weights for step in trained.steps if step.parameters]
    biases = [step.bias for step in trained.steps if step.parameters]
    if path.suffix == ".npz":
        numbered = enumerate(zip(weights, biases, strict=True), 1)
        numpy.savez(
            path, **{f"{name}{k}": array for k, pair in numbered for name, array in zip("Wb", pair, strict=True)}
        )
        return
    layers = _layers(trained, iter(weights))
    content = json.dumps({"format": "exact-relu-network/1", "layers": layers}, separators=(",", ":"))
    path.write_bytes(gzip.compress(content.encode("ascii"), mtime=0))


def dyadic(value: float) -> str:
    """The text of the rational number that a float is.

    >>> dyadic(0.375), dyadic(-2.0)
    ('3/8', '-2')
    """
    numerator, denominator = value.as_integer_ratio()
    return str(numerator) if denominator == 1 else f"{numerator}/{denominator}"


def _layers(trained: Trained, weights: Any) -> list[dict[str, Any]]:
    layers: list[dict[str, Any]] = []
    shape = SHAPES[trained.kind]
    for step in trained.steps:
        if isinstance(step, ReLU):
            layers[-1]["activation"] = "relu"
        elif isinstance(step, MaxPool):
            layers.append({"type": "max-pool", "input": _texts(shape), "window": ["2", "2"], "stride": ["2", "2"]})
            shape = (shape[0], shape[1] // 2, shape[2] // 2)
        else:
            layer = {"weights": _nested(next(weights)), "bias": _nested(step.bias), "activation": "identity"}
            if isinstance(step, Convolution):
                moved = {"input": _texts(shape), "stride": ["1", "1"], "padding": ["0", "0"]}
                layer = {"type": "convolution", **layer, **moved}
                size = step.weights.shape[2] - 1
                shape = (len(step.bias), shape[1] - size, shape[2] - size)
            elif not isinstance(step, Dense):
                raise TypeError(f"no layer for {step!r}")
            layers.append(layer)
    return layers


def _nested(array: Any) -> Any:
    return list(map(_nested, array)) if array.ndim else dyadic(float(array))


def _texts(lengths: tuple[int, ...]) -> list[str]:
    return list(map(str, lengths))
