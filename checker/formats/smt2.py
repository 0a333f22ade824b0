"""Zero error as a self-contained SMT-LIB 2.6 script in QF_LRA; `unsat` says that it holds (FORMAT.md)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from checker.dataset import Dataset
from checker.errors import InputError
from checker.network import Network, Vector

_RELU = "(define-fun relu ((z Real)) Real (ite (> z 0.0) z 0.0))"


def claim_text(network_path: str, network: Network, dataset_path: str, dataset: Dataset) -> str:
    """A script that is satisfiable exactly when the network departs from the dataset (at the rows that are true)."""
    return "\n".join(_lines(network_path, network, dataset)) + "\n"


def integer_text(n: int) -> str:
    """n >= 0 in decimal digits, however long: Python's own conversion has a limit."""
    return str(Decimal(n))


def real_text(q: Fraction) -> str:
    """The SMT-LIB term for q.

    >>> real_text(Fraction(-1, 3)), real_text(Fraction(2))
    ('(- (/ 1.0 3.0))', '2.0')
    """
    size = f"{integer_text(abs(q.numerator))}.0"
    if q.denominator != 1:
        size = f"(/ {size} {integer_text(q.denominator)}.0)"
    return f"(- {size})" if q < 0 else size


def _lines(path: str, network: Network, dataset: Dataset) -> Iterator[str]:
    yield "; unsat: the network takes the value of the dataset at every row. sat: not at the rows r that are true."
    yield "(set-info :smt-lib-version 2.6)"
    yield "(set-logic QF_LRA)"
    yield _RELU
    for k, layer in enumerate(network.layers, 1):
        if layer.activation not in ("relu", "identity"):
            raise InputError(path, f"layer {k}", f"linear arithmetic cannot say the activation {layer.activation}")
        arguments = " ".join(f"(h{j} Real)" for j in range(1, layer.inputs + 1))
        for i, (row, bias) in enumerate(zip(layer.weights, layer.bias, strict=True), 1):
            body = _affine(row, bias)
            body = f"(relu {body})" if layer.activation == "relu" else body
            yield f"(define-fun n{k}_{i} ({arguments}) Real {body})"
    rows = [f"r{k}" for k in range(1, len(dataset) + 1)]
    for name, x, y in zip(rows, dataset.inputs, dataset.outputs, strict=True):
        yield f"(declare-fun {name} () Bool)"
        yield f"(assert (=> {name} {_departs(network, x, y)}))"
    yield f"(assert (or {' '.join(rows)} false))"
    yield "(check-sat)"


def _affine(row: Vector, bias: Fraction) -> str:
    return f"(+ {real_text(bias)} {' '.join(f'(* {real_text(w)} h{j})' for j, w in enumerate(row, 1))})"


def _departs(network: Network, x: Vector, y: Vector) -> str:
    """Some output at x is not that of y; the neurons' values are named layer by layer."""
    values = [real_text(q) for q in x]
    opened = 0
    text = ""
    for k, layer in enumerate(network.layers, 1):
        names = [f"v{k}_{i}" for i in range(1, layer.width + 1)]
        pairs = (f"({name} (n{k}_{i} {' '.join(values)}))" for i, name in enumerate(names, 1))
        text += f"(let ({' '.join(pairs)}) "
        values, opened = names, opened + 1
    wrong = (f"(not (= {value} {real_text(q)}))" for value, q in zip(values, y, strict=True))
    return f"{text}(or {' '.join(wrong)} false){')' * opened}"
