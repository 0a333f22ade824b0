"""python -m examples.saturation [-o FILE.svg]: what is certain about saturated sigmoids and three initialisations.

A first layer of n = 100 inputs with |x|^2 = n and independent weights N(0, s^2) has preactivations z that are exactly
N(0, n s^2): n s^2 is 100 for s = 1, 1 for Xavier (s^2 = 1/n), 2 for He (s^2 = 2/n). So P(|z| > 6) is a value of erfc.
In deeper layers z is not normal; in the mean-field recursion, the limit of wide layers of the same n s^2, it is.
"""

from collections.abc import Callable, Iterator

from flint import acb, arb, ctx, fmpq

from checker.console import Parser, run
from examples.figure import pyplot, saved

INPUTS = 100
VARIANCES = {"std 1": fmpq(100), "Xavier": fmpq(1), "He": fmpq(2)}
"""n s^2: the variance of a first-layer preactivation."""
EDGE, CUT, LAYERS = 6, 12, 5

CONCLUSIONS = """\
So sigmoid' is below 0.0024666 wherever |x| > 6. A ReLU layer multiplies the second moment of its inputs by n s^2 / 2 in
the mean over its weights: by 50 for std 1, 1/2 for Xavier, and 1 for He, who keeps it. A sigmoid layer multiplies |v|^2
of a vector on its way back by n s^2 E[sigmoid'(z)^2], in the mean over weights on which v does not depend; that a
gradient does not is the usual assumption of mean-field theory, not a fact. Xavier makes |z| > 6 rare in the first
layer, and yet this factor is at most 1/16 in every layer, as n s^2 = 1 and sigmoid' <= 1/4: that it avoids vanishing
gradients is not said here, nor true of this mean. With std 1 more than half of the first layer is beyond 6, and the
factor is larger, 0.66."""


def main() -> int:
    """Prints the table; draws the histograms where a file is named."""
    parser = Parser(prog="python -m examples.saturation")
    parser.add_argument("-o", dest="picture", help="write the histograms to this SVG file")
    options = parser.parse_args()
    with ctx.workprec(200):
        if options.picture:
            histograms(options.picture)
        print("\n".join(table()))
    return 0


def table() -> Iterator[str]:
    """The statements, each with who is believed for it."""
    yield "balls (Arb): enclosures of 15 digits"
    yield f"  sigmoid'(6)                              {shown(slope(arb(EDGE)))}"
    yield f"  sigmoid'(x) = 0.00247 at |x| =           {shown(where_slope(fmpq(247, 100000)))}"
    for name, variance in VARIANCES.items():
        yield f"  P(|z| > 6), first layer, {name:7}         {shown(beyond(EDGE, variance))}"
    for name, variance in VARIANCES.items():
        yield f"  n s^2 E[sigmoid'(z)^2], first layer, {name:7} {shown(gradient_factor(variance, arb(variance)))}"
    for name, variance in VARIANCES.items():
        factors = " ".join(f.str(6, radius=False) for f in mean_field(variance, LAYERS))
        yield f"  the same in layers 1 to {LAYERS} of the mean-field recursion, {name:7}: {factors}"
    yield f"z3:    sigmoid' decreases on x > 0, is even and at most 1/4: {'proved' if monotone() else 'NOT PROVED'}"
    yield f"SymPy: Var(w.x) = s^2 |x|^2, with |x|^2 = n 100, 1 and 2:  {'proved' if preactivation() else 'NOT PROVED'}"
    yield f"SymPy: E[max(z, 0)^2] = Var(z)/2 for z normal of mean 0:     {'proved' if half() else 'NOT PROVED'}"
    yield from CONCLUSIONS.splitlines()


def slope(x: arb) -> arb:
    """sigmoid'(x)."""
    s = 1 / (1 + (-x).exp())
    return s * (1 - s)


def where_slope(value: fmpq) -> arb:
    """The x >= 0 at which sigmoid'(x) is the value: s (1 - s) = value has the roots 1/2 +- sqrt(1/4 - value)."""
    s = arb(fmpq(1, 2)) + (arb(fmpq(1, 4) - value)).sqrt()
    return (s / (1 - s)).log()


def beyond(edge: int, variance: fmpq) -> arb:
    """P(|z| > edge) for z normal of mean 0."""
    return (edge / (2 * arb(variance)).sqrt()).erfc()


def gradient_factor(variance: fmpq, q: arb) -> arb:
    """n s^2 E[sigmoid'(z)^2] for z ~ N(0, q): a layer's factor on the way back, in the mean (CONCLUSIONS)."""
    return arb(variance) * expected(lambda s: (s * (1 - s)) ** 2, q)


def mean_field(variance: fmpq, layers: int) -> Iterator[arb]:
    """The gradient factor of every layer, where q, the variance of z, is n s^2 E[sigmoid(z)^2] of the layer before."""
    q = arb(variance)
    for _ in range(layers):
        yield gradient_factor(variance, q)
        q = arb(variance) * expected(lambda s: s * s, q)


def expected(function: Callable[[acb], acb], q: arb) -> arb:
    """E[function(sigmoid(z))] for z ~ N(0, q), of a function with values from 0 to 1.

    A rigorous integral over |t| <= CUT, z = t sqrt(q); what is beyond has at most the probability of |t| > CUT.
    """
    scale = acb(q.sqrt())

    def integrand(t: acb, _: bool) -> acb:
        return function(1 / (1 + (-scale * t).exp())) * (-t * t / 2).exp()

    inner = acb.integral(integrand, acb(-CUT), acb(CUT)).real / (2 * arb.pi()).sqrt()
    return inner + (CUT / arb(2).sqrt()).erfc() * arb(fmpq(1, 2), fmpq(1, 2))


def monotone() -> bool:
    """With s = exp(-x), sigmoid'(x) = s / (1 + s)^2: z3 finds no 0 < s < t <= 1 where it does not increase in s.

    Nor an s > 0 at which it is above 1/4, or differs from its value at 1/s.
    """
    import z3

    s, t = z3.Reals("s t")
    refuted = (
        [0 < s, s < t, t <= 1, s * (1 + t) ** 2 >= t * (1 + s) ** 2],
        [0 < s, 4 * s > (1 + s) ** 2],
        [0 < s, s * t == 1, s * (1 + t) ** 2 != t * (1 + s) ** 2],
    )
    return all(unsatisfiable(formulas) for formulas in refuted)


def unsatisfiable(formulas: list) -> bool:
    """z3 says unsat."""
    import z3

    solver = z3.Solver()
    solver.set(ctrl_c=False)  # an interrupt ends the command
    solver.add(*formulas)
    return solver.check() == z3.unsat


def preactivation() -> bool:
    """E[(sum_k w_k x_k)^2] = s^2 sum_k x_k^2 for any n, as E[w_k w_j] is s^2 for k = j, else 0; its three values."""
    from sympy import IndexedBase, KroneckerDelta, Rational, Sum, symbols
    from sympy.concrete.delta import deltasummation

    k, j, n = symbols("k j n", integer=True, positive=True)
    x, square = IndexedBase("x"), symbols("s", positive=True) ** 2
    inner = deltasummation(square * KroneckerDelta(k, j) * x[k] * x[j], (j, 1, n), no_piecewise=True)  # 1 <= k <= n
    sums = Sum(inner, (k, 1, n)) - square * Sum(x[k] ** 2, (k, 1, n))
    squares = {"std 1": Rational(1), "Xavier": 1 / n, "He": 2 / n}
    values = {name: (n * value).subs(n, INPUTS) for name, value in squares.items()}
    return sums.simplify() == 0 and all(values[name] == Rational(int(q.p), int(q.q)) for name, q in VARIANCES.items())


def half() -> bool:
    """The integral of z^2 phi(z / d) / d over z > 0 is d^2 / 2, for every d > 0."""
    from sympy import exp, integrate, oo, pi, sqrt, symbols

    z, d = symbols("z d", positive=True)
    density = exp(-(z**2) / (2 * d**2)) / (d * sqrt(2 * pi))
    return (integrate(z**2 * density, (z, 0, oo)) - d**2 / 2).equals(0) is True


def shown(x: arb) -> str:
    """The ball in decimals."""
    return x.str(15)


def histograms(path: str) -> None:
    """First-layer preactivations of one sampled layer for every initialisation, sampled beside certified fractions."""
    import numpy as np

    rng = np.random.default_rng(0)
    x = rng.standard_normal((1000, INPUTS))
    x *= np.sqrt(INPUTS) / np.linalg.norm(x, axis=1, keepdims=True)
    figure, axes = pyplot().subplots(1, len(VARIANCES), figsize=(10, 3), layout="constrained")
    for ax, (name, variance) in zip(axes, VARIANCES.items(), strict=True):
        z = (x @ rng.normal(0, np.sqrt(int(variance.p) / INPUTS), (INPUTS, INPUTS))).ravel()
        sampled = float(np.mean(np.abs(z) > EDGE))
        certain = float(beyond(EDGE, variance).mid())
        ax.hist(z, bins=np.linspace(-30, 30, 121), color="0.6")
        for edge in (-EDGE, EDGE):
            ax.axvline(edge, color="C3", linewidth=0.8)
        ax.set_title(f"{name}: P(|z| > 6) = {certain:.4g}, certified\nof {z.size} sampled: {sampled:.4g}", fontsize=9)
        ax.set_xlabel("first-layer preactivation z")
        ax.set_yticks([])
    saved(figure, path)


if __name__ == "__main__":
    run(main, "python -m examples.saturation")
