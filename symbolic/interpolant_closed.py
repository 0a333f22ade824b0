"""Construction `interpolant` in closed form, its thresholds and choices: steps that only `derive` needs."""

from functools import cache

from sympy import Function, Integer, Product, Rational, Sum, ceiling

from symbolic.derivation import CHOICE, DEFINITION, Equation, Step, put_in
from symbolic.interpolant import named
from symbolic.interpolant_line import ratio
from symbolic.symbols import (
    A,
    B,
    C,
    G,
    P,
    S,
    Z,
    alpha,
    b,
    beta,
    i,
    j,
    line,
    m,
    n,
    phi,
    psi,
    q,
    r,
    s,
    sign,
    tau,
    theta,
    v,
    x,
    y,
    z,
)


@cache
def closed_values() -> tuple[Step, ...]:
    """G[i, j], alpha, beta and the slope without recurrence, each by induction on i from the recurrence."""
    ratios, products = _short()
    earlier = Sum(sign(s) * (1 + r[s, j]) * y[s, j] / P[s + 1, j], (s, 0, i - 1))
    because = "induction on `i`: base `i = 0`, step `i -> i + 1`; the last term is split off every sum and product"
    rows = (
        ("value", "The value at every breakpoint.", G, z[j], sign(i) * P[i, j] * (z[j] - earlier), "value"),
        ("alpha", "Its constant part.", alpha, Integer(0), -sign(i) * P[i, j] * earlier, "next_alpha"),
        ("beta", "Its coefficient of `z[j]`, of the group's sign.", beta, Integer(1), sign(i) * P[i, j], "next_beta"),
    )
    closed = [
        Step(
            f"interpolant.closed_{name}",
            f"THE CLOSED FORM. {statement}",
            letter[i, j],
            form,
            because,
            (Equation(letter[0, j], first, "base"), Equation(letter[i + 1, j], named()[recurrence].right, "step")),
            (products, ratios),
        )
        for name, statement, letter, first, form, recurrence in rows
    ]
    return ratios, products, *closed, *_closed_slope(closed[-1])


def _short() -> tuple[Step, Step]:
    """Short letters for the factor of the recurrence and for the product of the factors before."""
    ratios = Step(
        "interpolant.ratio",
        "The factor of the recurrence.",
        r[i, j],
        ratio,
        "short for the ratio of the distances to both breakpoints",
        kind=DEFINITION,
    )
    products = Step(
        "interpolant.product",
        "The product of the factors of the groups before.",
        P[i, j],
        Product(r[q, j], (q, 0, i - 1)),
        "the empty product is 1",
        kind=DEFINITION,
    )
    return ratios, products


def _closed_slope(beta_form: Step) -> tuple[Step, ...]:
    """S[i, j] = A[i, j] + B[i, j] z[j] with the closed B, of sign opposite to the group's."""
    split, slope = named()["split"], named()["slope"]
    form = put_in(slope.right, split.left, split.right)
    constant = Step(
        "interpolant.slope_constant",
        "The constant part of the slope.",
        A[i, j],
        (y[i, j] - alpha[i, j]) / (x[i, j] - b[i]),
        "the slope at `z[j] = 0`",
        (Equation(A[i, j], put_in(form, z[j], Integer(0))),),
    )
    coefficient = Step(
        "interpolant.closed_B",
        "THE CLOSED FORM. The slope's coefficient of `z[j]`: its sign is opposite to that of the group.",
        B[i, j],
        -sign(i) * P[i, j] / (x[i, j] - b[i]),
        "the slope at `z[j] + 1`, less the slope at `z[j]`, with the closed `beta`",
        (Equation(B[i, j], put_in(form, z[j], z[j] + 1) - form),),
        (beta_form,),
    )
    affine = Step(
        "interpolant.slope_affine",
        "The slope is affine in `z[j]`.",
        form,
        A[i, j] + B[i, j] * z[j],
        "the two parts, put together",
        given=(constant, coefficient, beta_form),
    )
    return constant, coefficient, affine


@cache
def moved() -> tuple[Step, ...]:
    """What is chosen at b[m], seen from b[0]: the same values, the same thresholds."""
    recurrences = named()["next_alpha"], named()["next_beta"]
    because = "induction on `i` from `m`, in both directions: the recurrence run to the left is the same equation"
    share = beta[i, j] / beta[m, j]
    rows = (
        ("phi", "The constant part, from the middle.", phi, Integer(0), alpha[i, j] - alpha[m, j] * share, recurrences),
        ("psi", "The coefficient, from the middle.", psi, Integer(1), share, recurrences[1:]),
    )
    coefficients = [
        Step(
            f"interpolant.moved_{name}",
            statement,
            letter[i, j],
            form,
            because,
            (Equation(letter[m, j], first, "base"), Equation(letter[i + 1, j], named()[f"next_{name}"].right, "step")),
            given,
        )
        for name, statement, letter, first, form, given in rows
    ]
    return *coefficients, *_moved_choice(*coefficients)


def _moved_choice(moved_phi: Step, moved_psi: Step) -> tuple[Step, ...]:
    """The value v[j], and that it gives the same values and passes the same thresholds as z[j]."""
    value = Step(
        "interpolant.middle_value",
        "The value in the middle, from the one at `b[0]`.",
        v[j],
        alpha[m, j] + beta[m, j] * z[j],
        "`v[j]` is the value at `b[m]`",
        (Equation(v[j], put_in(G[m, j], named()["split"].left, named()["split"].right)),),
    )
    same = Step(
        "interpolant.same_value",
        "So both ways give one value at every breakpoint.",
        phi[i, j] + psi[i, j] * v[j],
        alpha[i, j] + beta[i, j] * z[j],
        "the constant parts and the coefficients, put in",
        given=(value, moved_phi, moved_psi),
    )
    beyond = Step(
        "interpolant.moved_threshold",
        "Beyond its thresholds in the middle, `z[j]` is beyond those at `b[0]`: `beta[m, j] > 0`, for `m` is even.",
        -sign(j) * v[j] - tau[i, j, n],
        beta[m, j] * (-sign(j) * z[j] - theta[i, j, n]),
        "both thresholds are where the slope is that of the data",
        given=(value, named()["middle_threshold"], named()["threshold"], moved_phi, moved_psi),
    )
    return value, same, beyond


@cache
def sides() -> tuple[Step, ...]:
    """Beyond its threshold z[j] makes the slope steeper than the data; the virtual neighbour; what is chosen."""
    form = put_in(named()["slope"].right, named()["split"].left, named()["split"].right)
    data_slope = (y[i, n] - y[i, j]) / (x[i, n] - x[i, j])
    side = Step(
        "interpolant.side",
        "Beyond the threshold the slope is steeper than the data: `beta[i, j]` has the sign of the group.",
        sign(j) * sign(i) * (form - data_slope),
        sign(i) * beta[i, j] / (x[i, j] - b[i]) * (-sign(j) * z[j] - theta[i, j, n]),
        "the slope is affine in `z[j]` and equals the data's at the threshold; the fraction on the right is positive",
        given=(named()["threshold"],),
    )
    neighbour = Step(
        "interpolant.neighbour",
        "At the neighbour `(i, n)` the interpolant misses the output by the difference of the slopes, times the "
        "distance: so a steeper slope has the sign that the activation pattern asks for.",
        line(i, j, x[i, n]) - y[i, n],
        (S[i, j] - data_slope) * (x[i, n] - x[i, j]),
        "`G_j` goes through `(x[i, j], y[i, j])`",
        given=(named()["line"], named()["slope"].solved_for(G[i, j])),
    )
    return side, neighbour, *_chosen()


def _chosen() -> tuple[Step, ...]:
    """The virtual neighbour (i, -1), the offset C, and z[j]."""
    least, largest, whole = Function("min_i"), Function("max_in"), Function("beyond")
    near = Rational(1, 2) * ((1 + sign(i)) * b[i] + (1 - sign(i)) * b[i + 1])
    return (
        Step(
            "interpolant.near",
            "The virtual neighbour of the first point: its input is the near breakpoint, where the zigzag of the group "
            "begins.",
            x[i, -1],
            near,
            "before a group of even index, behind one of odd index",
            (Equation(x[2 * i, -1], b[2 * i], "even"), Equation(x[2 * i + 1, -1], b[2 * i + 2], "odd")),
            kind=DEFINITION,
        ),
        Step(
            "interpolant.offset",
            "The virtual neighbour's output is `C`, an integer below every `y[i, 0]`.",
            C,
            ceiling(least(y[i, 0])) - 1,
            "any number below would do; an integer is short",
            kind=CHOICE,
        ),
        Step("interpolant.virtual", "That output.", y[i, -1], C, "`G_{-1} = C`", kind=DEFINITION),
        Step(
            "interpolant.size",
            "How far out: `beyond(v)` is an integer above `v`, at least 0; of such, the least that makes the slopes "
            "next to `b[m]` integers, as far as one can.",
            Z[j],
            whole(largest(tau[i, j, n])),
            "any number above all thresholds would do, and those of different `j` are independent; integers are short",
            kind=CHOICE,
        ),
        Step(
            "interpolant.free",
            "The free values.",
            v[j],
            -sign(j) * Z[j],
            "then `-u_j v[j] = Z[j]` is above every threshold, see interpolant.moved_threshold",
            kind=CHOICE,
        ),
    )
