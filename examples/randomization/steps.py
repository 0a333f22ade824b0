"""The steps of a network in NumPy, float32: each knows its output and the gradients of its parameters."""

from typing import Any

import numpy
from numpy.lib.stride_tricks import sliding_window_view


class Dense:
    """z = h W^T + b. Shapes: W is out x in. Starts as He et al. do."""

    def __init__(self, inputs: int, outputs: int, chance: Any) -> None:
        self.weights = _start(chance, (outputs, inputs), inputs)
        self.bias = numpy.zeros(outputs, numpy.float32)

    @property
    def parameters(self) -> list[Any]:
        """Weights and bias, changed in place by the training."""
        return [self.weights, self.bias]

    def forward(self, h: Any) -> Any:
        """The preactivations; h is kept for the gradients."""
        self._shape, self._h = h.shape, h.reshape(len(h), -1)
        return self._h @ self.weights.T + self.bias

    def backward(self, dz: Any) -> tuple[Any, list[Any]]:
        """The gradient of the loss in h, and in the parameters."""
        return (dz @ self.weights).reshape(self._shape), [dz.T @ self._h, dz.sum(axis=0)]


class Convolution:
    """A convolution of stride 1 without padding. Shapes: h is N x in x y x x, W is out x in x k x k."""

    def __init__(self, inputs: int, outputs: int, size: int, chance: Any) -> None:
        self.weights = _start(chance, (outputs, inputs, size, size), inputs * size * size)
        self.bias = numpy.zeros(outputs, numpy.float32)

    @property
    def parameters(self) -> list[Any]:
        """Weights and bias, changed in place by the training."""
        return [self.weights, self.bias]

    def forward(self, h: Any) -> Any:
        """The preactivations: one product of all patches with the kernel."""
        size = self.weights.shape[2]
        windows = sliding_window_view(h, (size, size), axis=(2, 3)).transpose(0, 2, 3, 1, 4, 5)
        self._shape, (n, y, x) = h.shape, windows.shape[:3]
        self._patches = windows.reshape(n * y * x, -1)
        z = self._patches @ self.weights.reshape(len(self.weights), -1).T + self.bias
        return numpy.ascontiguousarray(z.reshape(n, y, x, -1).transpose(0, 3, 1, 2))

    def backward(self, dz: Any) -> tuple[Any, list[Any]]:
        """The gradient of the loss in h, and in the parameters."""
        n, outputs, y, x = dz.shape
        rows = dz.transpose(0, 2, 3, 1).reshape(-1, outputs)
        gradients = [(rows.T @ self._patches).reshape(self.weights.shape), rows.sum(axis=0)]
        inputs, size = self.weights.shape[1:3]
        patches = (rows @ self.weights.reshape(outputs, -1)).reshape(n, y, x, inputs, size, size)
        dh = numpy.zeros(self._shape, numpy.float32)
        for i in range(size):
            for j in range(size):
                dh[:, :, i : i + y, j : j + x] += patches[..., i, j].transpose(0, 3, 1, 2)
        return dh, gradients


class ReLU:
    """max(z, 0)."""

    parameters: list[Any] = []

    def forward(self, z: Any) -> Any:
        """The activations; which were positive is kept."""
        self._on = z > 0
        return numpy.where(self._on, z, numpy.float32(0))

    def backward(self, dh: Any) -> tuple[Any, list[Any]]:
        """The gradient in z."""
        return dh * self._on, []


class MaxPool:
    """The largest of every 2 x 2 square."""

    parameters: list[Any] = []

    def forward(self, h: Any) -> Any:
        """The maxima; the place of each is kept."""
        n, c, y, x = h.shape
        squares = h.reshape(n, c, y // 2, 2, x // 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(n, c, y // 2, x // 2, 4)
        self._shape, self._place = h.shape, squares.argmax(axis=-1)[..., None]
        return numpy.take_along_axis(squares, self._place, -1)[..., 0]

    def backward(self, dz: Any) -> tuple[Any, list[Any]]:
        """The gradient in h."""
        n, c, y, x = self._shape
        squares = numpy.zeros((*dz.shape, 4), numpy.float32)
        numpy.put_along_axis(squares, self._place, dz[..., None], -1)
        return squares.reshape(n, c, y // 2, x // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(self._shape), []


def _start(chance: Any, shape: tuple[int, ...], inputs: int) -> Any:
    return chance.normal(0, (2 / inputs) ** 0.5, shape).astype(numpy.float32)
