"""Networks as z3 terms: rationals as exact text, ReLU as a case split, weights as constants."""

from collections.abc import Sequence
from fractions import Fraction

import z3

from checker.network import Layer, Network, Vector

Terms = tuple[z3.ArithRef, ...]


def constant(q: Fraction) -> z3.RatNumRef:
    """The rational number q, handed over as text p/q."""
    return z3.RealVal(f"{q.numerator}/{q.denominator}")


def relu(term: z3.ArithRef) -> z3.ArithRef:
    """max(term, 0), by cases."""
    return z3.If(term > 0, term, constant(Fraction(0)))


def affine(row: Vector, bias: Fraction, terms: Sequence[z3.ArithRef]) -> z3.ArithRef:
    """The sum of bias and the products of row and terms."""
    return z3.Sum([constant(bias), *(constant(w) * h for w, h in zip(row, terms, strict=True))])


def layer_preactivations(layer: Layer, terms: Sequence[z3.ArithRef]) -> Terms:
    """The preactivations of a layer over the values of the layer before."""
    return tuple(affine(row, bias, terms) for row, bias in zip(layer.weights, layer.bias, strict=True))


def preactivations(network: Network, x: Sequence[z3.ArithRef]) -> tuple[Terms, ...]:
    """The preactivations of every layer over the input terms x; the last are the outputs."""
    trace, h = [], tuple(x)
    for layer in network.layers:
        z = layer_preactivations(layer, h)
        h = tuple(map(relu, z)) if layer.activation == "relu" else z
        trace.append(z)
    return tuple(trace)


def value(model: z3.ModelRef, term: z3.ArithRef) -> Fraction:
    """The exact value of a term in a model."""
    number = model.eval(term, model_completion=True)
    return Fraction(number.numerator_as_long(), number.denominator_as_long())
