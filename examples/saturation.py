"""python -m examples.saturation [-o FILE.svg]: what is certain about saturated sigmoids and three initialisations.

A first layer of n = 100 inputs with |x|^2 = n and independent weights N(0, s^2) has preactivations z that are exactly
N(0, n s^2): n s^2 is 100 for s = 1, 1 for Xavier (s^2 = 1/n), 2 for He (s^2 = 2/n). So P(|z| > 6) is a value of erfc.
"""

from collections.abc import Iterator

from flint import acb, arb, ctx, fmpq

from checker.console import Parser, run
from examples.figure import pyplot, saved

INPUTS = 100
VARIANCES = {"std 1": fmpq(100), "Xavier": fmpq(1), "He": fmpq(2)}
"""n s^2: the variance of a first-layer preactivation."""
EDGE, CUT = 6, 12


def main() -> int:
    """Prints the table; draws the histograms where a file is named."""
    parser = Parser(prog="python -m examples.saturation")
    parser.add_argument("-o", dest="picture", help="write the histograms to this SVG file")
    options = parser.parse_args()
    with ctx.workprec(200):
        print("\n".join(table()))
    if options.picture:
        histograms(options.picture)
    return 0


def table() -> Iterator[str]:
    """The statements, each with who is believed for it."""
    yield "balls (Arb): enclosures of 15 digits"
    yield f"  sigmoid'(6)                              {shown(slope(arb(EDGE)))}"
    yield f"  sigmoid'(x) = 0.00247 at |x| =           {shown(where_slope(fmpq(247, 100000)))}"
    for name, variance in VARIANCES.items():
        yield f"  P(|z| > 6), first layer, {name:7}         {shown(beyond(EDGE, variance))}"
    for name, variance in VARIANCES.items():
        yield f"  n s^2 E[sigmoid'(z)^2], {name:7}          {shown(gradient_factor(variance))}"
    yield f"z3:    sigmoid' decreases on x > 0, is even and at most 1/4: {'proved' if monotone() else 'NOT PROVED'}"
    yield f"SymPy: E[max(z, 0)^2] = Var(z)/2 for z normal of mean 0:     {'proved' if half() else 'NOT PROVED'}"
    yield "So He's initialisation (variance 2/n) keeps the second moment of ReLU activations from layer to layer,"
    yield "in the mean over the weights. Xavier's makes saturation rare, but multiplies a squared gradient by at most"
    yield "1/16 in each sigmoid layer, in the mean; with std 1 many units are saturated, and yet the factor is larger."


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


def gradient_factor(variance: fmpq) -> arb:
    """n s^2 E[sigmoid'(z)^2] for z ~ N(0, n s^2): what a layer multiplies a squared gradient by, in the mean.

    A rigorous integral over |t| <= CUT, z = t sqrt(n s^2); beyond it the integrand is at most phi(t) / 16.
    """
    scale = acb(arb(variance).sqrt())

    def integrand(t: acb, _: bool) -> acb:
        s = 1 / (1 + (-scale * t).exp())
        return (s * (1 - s)) ** 2 * (-t * t / 2).exp()

    inner = acb.integral(integrand, acb(-CUT), acb(CUT)).real / (2 * arb.pi()).sqrt()
    tail = (CUT / arb(2).sqrt()).erfc() / 16
    return arb(variance) * (inner + tail * arb(fmpq(1, 2), fmpq(1, 2)))


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
    solver.add(*formulas)
    return solver.check() == z3.unsat


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
