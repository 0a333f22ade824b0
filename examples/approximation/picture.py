"""Pictures of approximations of sin(2 pi x), the certified error written into each."""

from pathlib import Path

import numpy as np

from checker.balls.maximum import Maximum
from checker.balls.smooth import SmoothNetwork
from examples.approximation.fit import sigmoid
from examples.figure import pyplot, saved

FUNCTIONS = {"sigmoid": sigmoid, "relu": lambda z: np.maximum(z, 0), "identity": lambda z: z}


def curves(networks: dict[int, SmoothNetwork], errors: dict[int, Maximum], path: Path) -> None:
    """Target and network for every number of units; the dotted line is where the certified lower bound is attained."""
    figure, axes = pyplot().subplots(1, len(networks), figsize=(12, 3.2), sharey=True, layout="constrained")
    x = np.linspace(0, 1, 300)
    for ax, (units, network) in zip(axes, networks.items(), strict=True):
        found = errors[units]
        ax.plot(x, np.sin(2 * np.pi * x), color="0.6", linewidth=4, label="sin 2\u03c0x")
        ax.plot(x, values(network, x), color="C3", linewidth=1.2, label=f"J = {units} sigmoid units")
        ax.axvline(float(found.point), color="C0", linewidth=0.8, linestyle=":")
        ax.set_title(f"J = {units}: certified sup |g \u2212 f| \u2264 {rounded_up(found)}", fontsize=9)
        ax.legend(fontsize=7, loc="lower left")
    saved(figure, path)


def rates(network: SmoothNetwork, errors: dict[int, Maximum], path: Path) -> None:
    """The interpolant with four pieces, and the certified errors for N pieces below pi^2 / (2 N^2)."""
    figure, (left, right) = pyplot().subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    x, n = np.linspace(0, 1, 300), np.array(sorted(errors), dtype=float)
    left.plot(x, np.sin(2 * np.pi * x), color="0.6", linewidth=4, label="sin 2\u03c0x")
    left.plot(x, values(network, x), color="C3", linewidth=1.2, label="ReLU interpolant, N = 4")
    left.set_title(f"N = 4: certified sup |g \u2212 f| \u2264 {rounded_up(errors[4])}", fontsize=9)
    left.legend(fontsize=7)
    right.loglog(n, np.pi**2 / (2 * n**2), color="0.6", label="\u03c0\u00b2 / (2N\u00b2), proved")
    right.loglog(n, [float(errors[int(k)].upper) for k in n], "o", color="C3", label="certified error")
    right.loglog(n, 0.436 / (n + 1) ** 2, color="C0", linestyle=":", label="0.436 / (N+1)\u00b2, no N pieces do better")
    right.set_xlabel("pieces N")
    right.legend(fontsize=7)
    saved(figure, path)


def values(network: SmoothNetwork, x: np.ndarray) -> np.ndarray:
    """The network in floating point, for the eye."""
    h = x[:, None]
    for layer in network.layers:
        weights = np.array([[float(q) for q in row] for row in layer.weights])
        h = FUNCTIONS[layer.activation](h @ weights.T + np.array([float(q) for q in layer.bias]))
    return h[:, 0]


def rounded_up(found: Maximum) -> str:
    """The upper end to four digits, never below it."""
    from fractions import Fraction

    digits = f"{float(found.upper):.3e}"
    if Fraction(digits) < found.upper:
        mantissa, exponent = digits.split("e")
        digits = f"{float(mantissa) + 0.001:.3f}e{exponent}"
    return digits
