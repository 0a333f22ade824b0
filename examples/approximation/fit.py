"""Sigmoid units fitted to sin(2 pi x) on [0, 1]: Levenberg and Marquardt, Lawson's weights towards the sup-norm, and
sequential quadratic programming for the sup-norm itself.

Nothing here is believed: `checker supnorm` encloses the error of the network that comes out.
"""

import numpy as np

GRID = 400
Array = np.ndarray


def fitted(units: int, seeds: int, steps: int) -> tuple[Array, Array, Array]:
    """Weights, biases and output weights of the best of so many starts; the error of each is judged on a grid only."""
    x = (1 - np.cos(np.linspace(0, np.pi, GRID))) / 2
    y = np.sin(2 * np.pi * x)
    best = None
    for seed in range(seeds):
        p = marquardt(start(units, seed, x, y), x, y, np.ones_like(x), steps)
        if best is not None and largest(p, x, y) > 30 * largest(best, x, y):
            continue
        p = lawson(p, x, y)
        if best is None or largest(p, x, y) < largest(best, x, y):
            best = p
    best = min(best, levelled(best, x, y), key=lambda p: largest(p, x, y))
    w, b, c = best.reshape(3, units)
    return w, b, c


def start(units: int, seed: int, x: Array, y: Array) -> Array:
    """Random units, output weights by least squares.

    More than two of them, an even number, come in pairs that mirror each other at x = 1/2, as the sine's two halves do.
    """
    rng = np.random.default_rng(seed)
    if units % 2 == 0 and units > 2:
        half, shift = rng.uniform(1, 9, units // 2), rng.uniform(-6, 6, units // 2)
        w, b = np.concatenate((half, -half)), np.concatenate((shift - half / 2, shift + half / 2))
    else:
        w = rng.uniform(2, 12, units) * rng.choice((-1, 1), units)
        b = -w * (np.arange(units) + rng.uniform(0, 1, units)) / units
    c = np.linalg.lstsq(sigmoid(np.outer(x, w) + b), y, rcond=1e-10)[0]
    return np.concatenate((w, b, c))


def largest(p: Array, x: Array, y: Array) -> float:
    """The largest error on the grid."""
    return float(np.abs(residual(p, x, y)).max())


def lawson(p: Array, x: Array, y: Array, rounds: int = 150) -> Array:
    """The best parameters seen while points with large errors gain weight."""
    weights, best = np.ones_like(x), p
    for _ in range(rounds):
        errors = np.abs(residual(p, x, y))
        weights = weights * (errors / errors.max() + 1e-3) ** 0.5
        weights = weights / weights.mean()
        p = marquardt(p, x, y, np.sqrt(weights), 20)
        best = min(best, p, key=lambda q: largest(q, x, y))
    return best


def levelled(p: Array, x: Array, y: Array) -> Array:
    """Parameters near p with the least largest error: t is least subject to -t <= residual <= t on the grid.

    Where two units all but coincide, as the best two do, Lawson's weights get nowhere and this does.
    """
    from scipy.optimize import minimize

    one = np.ones((len(x), 1))

    def room(q: Array) -> Array:
        r = residual(q[:-1], x, y)
        return np.concatenate((q[-1] - r, q[-1] + r))

    def gradients(q: Array) -> Array:
        j = slopes(q[:-1], x)
        return np.vstack((np.hstack((-j, one)), np.hstack((j, one))))

    return minimize(
        lambda q: q[-1],
        np.append(p, largest(p, x, y)),
        jac=lambda q: np.eye(len(q))[-1],
        constraints={"type": "ineq", "fun": room, "jac": gradients},
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-13},
    ).x[:-1]


def marquardt(p: Array, x: Array, y: Array, weights: Array, steps: int) -> Array:
    """Parameters whose weighted sum of squares is smaller, by damped Gauss-Newton steps."""
    damping = 1e-3
    r = weights * residual(p, x, y)
    for _ in range(steps):
        jacobian = weights[:, None] * slopes(p, x)
        scale = np.linalg.norm(jacobian, axis=0) + 1e-12
        stacked = np.vstack((jacobian / scale, np.sqrt(damping) * np.eye(len(p))))
        step = np.linalg.lstsq(stacked, np.concatenate((-r, np.zeros(len(p)))), rcond=None)[0] / scale
        trial = weights * residual(p + step, x, y)
        if trial @ trial < r @ r:
            p, r, damping = p + step, trial, max(damping / 5, 1e-16)
        else:
            damping *= 4
            if damping > 1e6:
                break
    return p


def residual(p: Array, x: Array, y: Array) -> Array:
    """Network minus target at the points of x."""
    w, b, c = p.reshape(3, -1)
    return sigmoid(np.outer(x, w) + b) @ c - y


def slopes(p: Array, x: Array) -> Array:
    """The residual's derivatives by the parameters."""
    w, b, c = p.reshape(3, -1)
    s = sigmoid(np.outer(x, w) + b)
    d = s * (1 - s) * c
    return np.hstack((d * x[:, None], d, s))


def sigmoid(z: Array) -> Array:
    """1 / (1 + exp(-z)), without overflow."""
    return 0.5 * (1 + np.tanh(z / 2))
