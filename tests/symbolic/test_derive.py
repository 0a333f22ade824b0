"""Every step of the derivation can fail, its closed forms give the constructed weights, its print is well-formed."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Product, Sum

from symbolic import derivation, derive, inoue, inoue_closed, interpolant, interpolant_output, yun, zhang
from symbolic.__main__ import main
from symbolic.arithmetic import exact_all, fraction
from symbolic.breakpoints import divisible, midpoint
from symbolic.construct import construct
from symbolic.denominators import NonZero, divisors
from symbolic.derivation import DERIVED, Equation, Step, put_in, solved, split_last
from symbolic.exact import DerivationError, exact_function, is_zero
from symbolic.groups import groups
from symbolic.symbols import G, M, P, S, alpha, b, beta, i, j, n, q, s, sign, t, term, x, z
from tests.commands import refused, run
from tests.points import dataset, numbers

SECTIONS = {
    "interpolant": interpolant_output.steps(),
    "inoue": inoue_closed.steps(),
    "zhang": zhang.steps(),
    "yun": yun.steps(),
    "same": inoue_closed.same(),
}
STEPS = [step for steps in SECTIONS.values() for step in steps]
CHECKED = [step for step in STEPS if step.equations()]
NAMED = {step.name: step for step in STEPS}


# The command


def test_the_first_line_counts_what_follows():
    process = run("symbolic", "derive")
    assert (process.returncode, process.stderr) == (0, "")
    first, *lines = process.stdout.splitlines()
    found = re.fullmatch(r"DERIVED (\d+) steps, (\d+) denominators", first)
    proved, denominators = map(int, found.groups())
    assert proved == len(CHECKED) == sum(line.startswith("  checked: SymPy") for line in lines)
    end = next(q for q, line in enumerate(lines) if line.startswith("Denominators: "))
    assert denominators == sum(line.endswith(" != 0") for line in lines[end:])
    headings = [line.split()[0] for line in lines if re.fullmatch(r"\S+  \[(derived|definition|choice)\]", line)]
    assert headings == [step.name for step in STEPS] and len(set(headings)) == len(headings)


@pytest.mark.parametrize("name", ["interpolant", "inoue", "zhang", "yun"])
def test_one_construction_alone(name):
    process = run("symbolic", "derive", name)
    headings = re.findall(r"^(\S+)  \[", process.stdout, re.MULTILINE)
    before = yun.uses() if name == "yun" else ()
    assert process.returncode == 0 and headings == [step.name for step in (*before, *SECTIONS[name])]


def test_an_unknown_id_is_refused():
    refused(run("symbolic", "derive", "zigzag"), "invalid choice: 'zigzag'")


@pytest.mark.parametrize(
    "name", ["interpolant.closed_value", "inoue.output", "zhang.line", "yun.others", "same.continuous"]
)
def test_a_false_step_stops_the_command(name, monkeypatch, capsys):
    sections = {key: tuple(false(step) if step.name == name else step for step in SECTIONS[key]) for key in SECTIONS}
    monkeypatch.setattr(derive.interpolant_output, "steps", lambda: sections["interpolant"])
    monkeypatch.setattr(derive.inoue_closed, "steps", lambda: sections["inoue"])
    monkeypatch.setattr(derive.zhang, "steps", lambda: sections["zhang"])
    monkeypatch.setattr(derive.yun, "steps", lambda: sections["yun"])
    monkeypatch.setattr(derive.inoue_closed, "same", lambda: sections["same"])
    assert main(["derive"]) == 1
    first, reason = capsys.readouterr().out.splitlines()
    assert first == f"FAILED {name}" and "is not 0" in reason


def false(step):
    return replace(step, right=step.right + 1)


# Every check can fail


def mutants(step):
    """The step with a false formula, in several ways."""
    yield "sign", replace(step, right=-step.right)
    yield "one more", false(step)
    yield "twice", replace(step, right=2 * step.right)
    yield "next i and j", replace(step, right=step.right.xreplace({i: i + 1, j: j + 1}))
    yield "wrong last term", replace(step, right=step.right.xreplace(longer(step.right)))
    yield "left", replace(step, left=step.left + 1) if not step.requirements else step


def longer(expression):
    return {
        node: node.func(node.function, (node.limits[0][0], node.limits[0][1], node.limits[0][2] + 1))
        for node in expression.atoms(Sum, Product)
    }


MUTANTS = [
    pytest.param(mutant, id=f"{step.name}: {how}")
    for step in CHECKED
    for how, mutant in mutants(step)
    if (mutant.left, mutant.right) != (step.left, step.right)
]


def test_there_are_enough_mutants():
    assert len(MUTANTS) >= 4 * len(CHECKED) - 10 > 100


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_false_formula_is_refused(mutant):
    with pytest.raises(DerivationError, match=f"^{re.escape(mutant.name)}: "):
        mutant.check()


@pytest.mark.parametrize("step", [step for step in CHECKED if step.given], ids=lambda step: step.name)
def test_every_given_step_is_needed(step):
    for left_out in range(len(step.given)):
        with pytest.raises(DerivationError):
            replace(step, given=step.given[:left_out] + step.given[left_out + 1 :]).check()


def test_every_derived_step_is_checked():
    assert all(step.equations() for step in STEPS if step.kind == DERIVED)


def test_a_step_uses_only_steps_before_it():
    steps = SECTIONS["interpolant"]
    with pytest.raises(DerivationError, match="interpolant.slope: it uses .*interpolant.line"):
        derivation.checked((steps[2], steps[0]))
    with pytest.raises(DerivationError, match="stands there twice"):
        derivation.checked((steps[0], steps[0]))


# Denominators


@pytest.mark.parametrize("method", ["interpolant", "inoue"])
def test_every_reason_is_needed(method):
    reasons = {"interpolant": interpolant_output, "inoue": inoue_closed}[method].NONZERO
    for left_out in reasons:
        with pytest.raises(DerivationError, match="nothing says why"):
            for step in SECTIONS[method]:
                derivation.obligations(step, [reason for reason in reasons if reason is not left_out])


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (t / (b[i] - x[i, j]), {b[i] - x[i, j]}),
        (1 / (t * (t + 1)) ** 2, {t, t + 1}),
        (1 / (1 / t + 1), {t, t + 1}),
        (Sum(1 / b[s], (s, 0, i)), {b[s]}),
        (1 / Product(b[s] / 2, (s, 0, i)), {b[s]}),
        (1 / sign(i) + t, set()),
        (t**2, set()),
    ],
)
def test_divisors(expression, found):
    assert divisors(expression) == found


def test_a_reason_covers_its_instances_only():
    reason = NonZero(x[i, j] - b[i], "", ())
    assert is_zero(reason.instance(b[s] - x[s, j + 1]) - (x[s, j + 1] - b[s]))
    for other in (x[i, j] - b[i + 1], x[i, j] + b[i], x[i, j] - b[j], b[i], x[i, j] - 2 * b[i]):
        assert reason.instance(other) is None


# The rules


@pytest.mark.parametrize(
    ("expression", "split"),
    [
        (Sum(b[s], (s, 0, i)), Sum(b[s], (s, 0, i - 1)) + b[i]),
        (Product(b[s], (s, 0, i + 1)), Product(b[s], (s, 0, i - 1)) * b[i] * b[i + 1]),
        (Sum(b[s], (s, 0, -1)), Integer(0)),
        (Product(b[s], (s, 0, -1)), Integer(1)),
        (Sum(b[s], (s, 0, 1)), b[0] + b[1]),
        (Sum(b[s], (s, 0, i - 1)), Sum(b[s], (s, 0, i - 1))),
        (Sum(b[s], (s, 0, n)), Sum(b[s], (s, 0, n))),
        (
            Sum(Product(b[q], (q, 0, s)), (s, 0, i)),
            Sum(Product(b[q], (q, 0, s - 1)) * b[s], (s, 0, i - 1)) + Product(b[q], (q, 0, i - 1)) * b[i],
        ),
    ],
)
def test_split_last(expression, split):
    assert split_last(expression) == split


@pytest.mark.parametrize(
    ("left", "right"),
    [(S[i, j], Sum(b[s], (s, 0, i))), (S[i, j], b[s]), (P[i, j], Product(x[s, j], (s, 0, i - 1)))],
)
def test_no_running_index_is_captured(left, right):
    with pytest.raises(DerivationError):
        put_in(Sum(left.xreplace({i: s}), (s, 0, j)), left, right)


def test_put_in_wants_the_same_indices():
    meets = (term(i, j, x[i, j]), t)
    assert put_in(term(i, s, x[i, s]) + term(i, s, x[i, j]), *meets) == t + term(i, s, x[i, j])
    assert put_in(M[i + 1, s] + M[i, s], M[i + 1, j], b[j]) == b[s] + M[i, s]


def test_what_cannot_be_solved_is_refused():
    with pytest.raises(DerivationError, match="^a: .*not linear"):
        solved("a", "", t, t, Equation(t**2, Integer(1)), "")
    with pytest.raises(DerivationError, match="^a: .*divides by 0"):
        Step("a", "", t / ((t + 1) ** 2 - t**2 - 2 * t - 1), t, "").check()
    with pytest.raises(DerivationError, match="^a: "):
        solved("a", "", t, b[i], Equation(2 * t, b[i]), "").check()


@pytest.mark.parametrize("false_claim", [Sum(b[s], (s, 0, j)), Sum(b[s + 1], (s, 0, j - 1))])
def test_an_induction_needs_base_and_step(false_claim):
    claim = Step("a", "", Sum(b[s + 1] - b[s], (s, 0, j)), b[j + 1] - b[0], "", induction=j)
    claim.check()
    with pytest.raises(DerivationError, match="base"):
        replace(claim, right=b[j + 1]).check()
    with pytest.raises(DerivationError, match="step"):
        replace(claim, right=b[1] - b[0]).check()
    with pytest.raises(DerivationError):
        replace(claim, right=false_claim).check()


# The formulas are those that construct evaluates


@pytest.mark.parametrize("room", [interpolant, inoue, yun])
def test_construct_evaluates_the_printed_formulas(room):
    prefix = room.__name__.rpartition(".")[2]
    for name, formula in vars(room.derive()).items():
        if name != "size":
            assert formula is NAMED[f"{prefix}.{name}"].right


@st.composite
def cases(draw):
    a1, a2 = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    ts = draw(st.lists(numbers(), min_size=a1 * a2, max_size=a1 * a2, unique=True))
    ys = draw(st.lists(numbers(), min_size=a1 * a2, max_size=a1 * a2))
    return a1, a2, ts, ys


def full(name):
    """The closed form of a step with the definitions of r and P put in: nothing but data, sums and products."""
    expression = NAMED[name].right
    for definition in (NAMED["interpolant.product"], NAMED["interpolant.ratio"]):
        expression = put_in(expression, definition.left, definition.right)
    return exact_function(expression)


def as_fractions(points):
    """The groups, without python-flint's numbers."""
    return replace(points, x={place: fraction(v) for place, v in points.x.items()}, b=[fraction(v) for v in points.b])


CLOSED = {name: full(f"interpolant.{name}") for name in ("closed_value", "closed_alpha", "closed_beta", "closed_B")}
CLOSED["closed_M"] = full("inoue.closed_M")


@settings(max_examples=40)
@given(cases())
def test_the_closed_forms_give_the_constructed_weights(case):
    a1, a2, ts, ys = case
    second, last = construct(dataset([[v] for v in ts], ys), (a1, a2), "interpolant", (Fraction(1),)).layers[1:]
    points = as_fractions(groups(exact_all(ts), ys, a2, divisible))
    data = {"x": points.x, "y": points.y, "b": points.b}
    z_before, slope_before = last.bias[0], [Fraction(0)] * a1
    for j_ in range(a2):
        z_here = z_before + (-1) ** j_ * second.bias[j_]
        slopes = []
        for i_ in range(a1):
            here = {"i": i_, "j": j_, **data}
            value = CLOSED["closed_value"](z={j_: z_here}, **here)
            constant = CLOSED["closed_alpha"](**here)
            assert value == constant + CLOSED["closed_beta"](i=i_, j=j_, x=points.x, b=points.b) * z_here
            behind = points.x[i_, j_] - points.b[i_]
            slope = (points.y[i_, j_] - constant) / behind
            slopes.append(slope + CLOSED["closed_B"](i=i_, j=j_, x=points.x, b=points.b) * z_here)
        own = [here - before for here, before in zip(slopes, slope_before, strict=True)]
        bends = [here - before for here, before in zip(own, [Fraction(0), *own], strict=False)]
        assert tuple((-1) ** j_ * bend for bend in bends) == second.weights[j_]
        z_before, slope_before = z_here, slopes


@settings(max_examples=40)
@given(cases())
def test_the_papers_closed_forms_give_the_constructed_weights(case):
    a1, a2, ts, ys = case
    second, last = construct(dataset([[v] for v in ts], ys), (a1, a2), "inoue", (Fraction(1),)).layers[1:]
    points = as_fractions(groups(exact_all(ts), ys, a2, midpoint))
    first, further = (exact_function(NAMED[f"inoue.{name}"].right) for name in ("paper_first", "paper_weight"))
    remainder, knot = (exact_function(NAMED[f"inoue.{name}"].right) for name in ("remainder", "knot"))
    c_, k_, M_ = {}, {}, {}
    tables = {"b": points.b, "c": c_, "k": k_, "M": M_}
    for j_ in range(a2):
        c_[j_] = -((-1) ** j_) * second.bias[j_]
        for i_ in range(a1):
            M_[i_, j_] = CLOSED["closed_M"](i=i_, j=j_, b=points.b, k=k_)
            D = remainder(i=i_, j=j_, n=j_, x=points.x, y=points.y, C=last.bias[0], **tables)
            k_[i_, j_] = knot(i=i_, j=j_, x=points.x, D={(i_, j_): D}, b=points.b, c=c_, M=M_)
        weights = [first(j=j_, b=points.b, c=c_, k=k_)]
        weights += [further(i=i_ - 1, j=j_, **tables) for i_ in range(1, a1)]
        assert tuple((-1) ** j_ * weight for weight in weights) == second.weights[j_]


def test_the_closed_forms_are_sums_and_products_of_the_data():
    expected = {"closed_value": {"Sum", "Product"}, "closed_alpha": {"Sum", "Product"}, "closed_beta": {"Product"}}
    for name, kinds in expected.items():
        expression = NAMED[f"interpolant.{name}"].right
        for definition in (NAMED["interpolant.product"], NAMED["interpolant.ratio"]):
            expression = put_in(expression, definition.left, definition.right)
        assert {type(node).__name__ for node in expression.atoms(Sum, Product)} == kinds
        assert not expression.has(G, alpha, beta, S) and expression.has(z) == (name == "closed_value")


# The print


@pytest.fixture(scope="module")
def printed():
    return {form: run("symbolic", "derive", *form).stdout for form in ((), ("--latex",))}


def test_no_instance_is_printed(printed):
    _, *lines = printed[()].splitlines()[1:]
    assert set(re.findall(r"\d+", "\n".join(lines))) <= {"0", "1", "2"}
    assert set(re.findall(r"\ba[12]\b", printed[()])) == set()


def test_the_text_is_ascii(printed):
    assert all(text.isascii() for text in printed.values())


def test_choices_are_labelled(printed):
    for name in ("mu", "E", "E_next", "K", "size", "c", "C"):
        assert f"inoue.{name}  [choice]" in printed[()]
    for name in ("offset", "size", "free"):
        assert f"interpolant.{name}  [choice]" in printed[()]


def test_the_latex_is_balanced(printed):
    text = printed["--latex",]
    assert text.startswith("DERIVED ") and text.count(r"\[") == text.count(r"\]") > 100
    assert text.count(r"\left") - text.count(r"\leftarrow") == text.count(r"\right") - text.count(r"\rightarrow")
    depth = 0
    for character in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    for line in text.splitlines():
        assert line.count("$") % 2 == 0
        words = re.sub(r"\$[^$]*\$|\\\[.*\\\]", "", line)
        assert not re.search(r"(?<!\\)[_^#%&<>`]|\*\*", words), line
        math = "".join(re.findall(r"\$[^$]*\$|\\\[.*\\\]", line))
        assert not re.search(r"_[^{}]_|\^[^{}]\^|\*", math), line


def test_latex_has_the_steps_of_the_text(printed):
    headings = re.findall(r"\\paragraph\{\\texttt\{([^}]*)\}", printed["--latex",])
    assert [heading.replace(r"\_", "_") for heading in headings] == [step.name for step in STEPS]
    assert printed["--latex",].splitlines()[0] == printed[()].splitlines()[0]
