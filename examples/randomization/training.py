"""Training by Adam until every training sample is classified as labelled, with its learning curve. Seeded."""

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy

from examples.randomization.steps import Convolution, Dense, MaxPool, ReLU
from examples.randomization.variants import Digits

SCALE = numpy.float32(1 / 16)
"""Pixels are trained on in units of 16; a power of two, so the exported first layer is the trained one, exactly."""
BATCH = 50
EPOCHS = 400
RATE, MEAN, SQUARE, TINY = 1e-3, 0.9, 0.999, 1e-8
SHAPES = {"mlp": (64,), "cnn": (1, 8, 8)}


@dataclass(frozen=True)
class Trained:
    """A network's steps; curve has (epoch, mean loss, training accuracy); fitted: the last accuracy is 1."""

    kind: str
    steps: list[Any]
    curve: list[tuple[int, float, float]]
    test_accuracy: float
    seconds: float

    @property
    def fitted(self) -> bool:
        """Whether every training sample is classified as labelled, in float32."""
        return self.curve[-1][2] == 1.0


def steps(kind: str, seed: int) -> list[Any]:
    """An untrained network: the perceptron 64-256-128-10, or conv 32, conv 64, pool, dense 128, dense 10."""
    chance = numpy.random.default_rng(seed)
    if kind == "mlp":
        return [Dense(64, 256, chance), ReLU(), Dense(256, 128, chance), ReLU(), Dense(128, 10, chance)]
    convolutions = [Convolution(1, 32, 3, chance), ReLU(), Convolution(32, 64, 3, chance), ReLU(), MaxPool()]
    return [*convolutions, Dense(256, 128, chance), ReLU(), Dense(128, 10, chance)]


def train(kind: str, data: Digits, title: str = "", epochs: int = EPOCHS) -> Trained:
    """A network trained until it fits all training samples, or for so many epochs."""
    network, started = steps(kind, seed=0), time.perf_counter()
    x, labels = _images(kind, data.inputs), data.labels
    parameters = [p for step in network for p in step.parameters]
    moments = [(numpy.zeros_like(p), numpy.zeros_like(p)) for p in parameters]
    chance, curve, updates = numpy.random.default_rng(1), [], 0
    for epoch in _progress(range(1, epochs + 1), f"{kind} {title}"):
        losses = []
        order = chance.permutation(len(x))
        for batch in numpy.array_split(order, max(len(x) // BATCH, 1)):
            loss, gradients = _gradients(network, x[batch], labels[batch])
            losses.append(loss)
            updates += 1
            _adam(parameters, gradients, moments, updates)
        curve.append((epoch, float(numpy.mean(losses)), _accuracy(network, x, labels)))
        if curve[-1][2] == 1.0:
            break
    test = _accuracy(network, _images(kind, data.test_inputs), data.test_labels)
    return Trained(kind, network, curve, test, time.perf_counter() - started)


def _images(kind: str, inputs: Any) -> Any:
    return (inputs.astype(numpy.float32) * SCALE).reshape(-1, *SHAPES[kind])


def _outputs(network: list[Any], h: Any) -> Any:
    for step in network:
        h = step.forward(h)
    return h


def _accuracy(network: list[Any], x: Any, labels: Any) -> float:
    return float((_outputs(network, x).argmax(axis=1) == labels).mean())


def _gradients(network: list[Any], x: Any, labels: Any) -> tuple[float, list[Any]]:
    """The mean cross-entropy of the softmax, and its gradients in all parameters."""
    z = _outputs(network, x)
    p = numpy.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    rows = numpy.arange(len(labels))
    loss = -float(numpy.log(numpy.maximum(p[rows, labels], 1e-30)).mean())
    p[rows, labels] -= 1
    flow, gradients = p / numpy.float32(len(labels)), []
    for step in reversed(network):
        flow, own = step.backward(flow)
        gradients[:0] = own
    return loss, gradients


def _adam(parameters: list[Any], gradients: list[Any], moments: list[Any], updates: int) -> None:
    """One step of Kingma and Ba's method, in place."""
    rate = numpy.float32(RATE * (1 - SQUARE**updates) ** 0.5 / (1 - MEAN**updates))
    for p, g, (mean, square) in zip(parameters, gradients, moments, strict=True):
        mean += numpy.float32(1 - MEAN) * (g - mean)
        square += numpy.float32(1 - SQUARE) * (g * g - square)
        p -= rate * mean / (numpy.sqrt(square) + numpy.float32(TINY))


def _progress(epochs: range, title: str) -> Any:
    if not sys.stderr.isatty():
        return epochs
    try:
        from tqdm import tqdm
    except ImportError:
        return epochs
    return tqdm(epochs, desc=title, unit="epoch", leave=False)
