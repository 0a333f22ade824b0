"""Train a small classifier of handwritten digits with scikit-learn, in float32, and write it in three formats.

    python -m examples.audit.train FOLDER

writes digits.onnx, digits.safetensors and digits.npz (the same float32 arrays), digits.csv.gz (the training samples: 64
grey values and the label) and right.csv.gz (those that it classifies right, in scikit-learn's arithmetic).
Needs scikit-learn, onnx and safetensors (make setup, or pip install '.[examples,formats]').
"""

import warnings
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save_model
from safetensors.numpy import save_file
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from checker.console import Parser, run
from checker.errors import InputError
from checker.files import write_text

PROGRAM = "python -m examples.audit.train"
HIDDEN = (16,)


def trained() -> tuple[MLPClassifier, np.ndarray, np.ndarray]:
    """A classifier with float32 weights, the samples that it was trained on, and their labels; it says its accuracy."""
    digits = load_digits()
    samples = train_test_split(digits.data.astype(np.float32), digits.target, test_size=0.25, random_state=0)
    train, test, labels, test_labels = samples
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # 200 epochs are enough: a few samples stay wrong
        network = MLPClassifier(HIDDEN, random_state=0).fit(train, labels)
    print(f"scikit-learn: {network.score(train, labels):.4f} of {len(train)} training samples right,", end=" ")
    print(f"{network.score(test, test_labels):.4f} of {len(test)} others")
    return network, train, labels


def arrays(network: MLPClassifier) -> dict[str, np.ndarray]:
    """W1, b1, W2, ... with one row of W for each neuron, exactly as they were trained."""
    named = {}
    for k, (weights, bias) in enumerate(zip(network.coefs_, network.intercepts_, strict=True), 1):
        if weights.dtype != np.float32 or bias.dtype != np.float32:
            raise TypeError(f"layer {k} is {weights.dtype}, not float32")
        named |= {f"W{k}": np.ascontiguousarray(weights.T), f"b{k}": bias}
    return named


def onnx_model(named: dict[str, np.ndarray]):
    """The chain Gemm, Relu, ..., Gemm of these arrays."""
    nodes, last, depth = [], "x", len(named) // 2
    for k in range(1, depth + 1):
        end = "y" if k == depth else f"z{k}"
        nodes.append(helper.make_node("Gemm", [last, f"W{k}", f"b{k}"], [end], transB=1))
        if k < depth:
            nodes.append(helper.make_node("Relu", [end], [f"h{k}"]))
        last = f"h{k}"
    start = helper.make_tensor_value_info("x", TensorProto.FLOAT, ("N", named["W1"].shape[1]))
    end = helper.make_tensor_value_info("y", TensorProto.FLOAT, ("N", len(named[f"b{depth}"])))
    tensors = [numpy_helper.from_array(array, name) for name, array in named.items()]
    graph = helper.make_graph(nodes, "digits", [start], [end], tensors)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def main() -> int:
    """Trains, and writes the five files into a folder that is there."""
    parser = Parser(prog=PROGRAM, description="Train a small classifier of handwritten digits.")
    parser.add_argument("folder", metavar="FOLDER")
    target = Path(parser.parse_args().folder)
    if not target.is_dir():
        raise InputError(str(target), "", "no such folder")
    network, samples, labels = trained()
    named = arrays(network)
    save_model(onnx_model(named), target / "digits.onnx")
    save_file(named, target / "digits.safetensors")
    np.savez(target / "digits.npz", **named)
    rows = np.column_stack([samples.astype(int), labels])
    right = network.predict(samples) == labels
    print(f"{len(rows)} training samples, {len(rows) - right.sum()} of them classified wrong")
    for name, chosen in (("digits", rows), ("right", rows[right])):
        write_text(str(target / f"{name}.csv.gz"), table(chosen))
    return 0


def table(rows: np.ndarray) -> str:
    """The rows as CSV with a header."""
    header = [*(f"pixel{k}" for k in range(1, 65)), "label"]
    return "".join(",".join(map(str, row)) + "\n" for row in (header, *rows.tolist()))


if __name__ == "__main__":
    run(main, PROGRAM)
