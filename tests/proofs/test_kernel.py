"""The kernel refuses what does not follow, each refusal for its own reason."""

import ast
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
import z3

from proofs.kernel import rules as kernel_module
from proofs.kernel.rules import Kernel
from proofs.kernel.solvers import Disagreement, cvc5_verdict, smt2, verdict
from proofs.kernel.statement import Instance, Refused, Theorem, Undecided
from proofs.theorems import chain

INT, REAL = z3.IntSort(), z3.RealSort()
i, j = z3.Ints("i j")
t, u = z3.Reals("t u")
g = z3.Function("g", INT, REAL)
h = z3.Function("h", INT, REAL)
c, d = z3.Reals("c d")
TRUE = z3.BoolVal(True)
THEOREMS = Path(chain.__file__).parent


@pytest.fixture
def k():
    made = Kernel()
    made.parameter(g, c)
    return made


def test_proves_and_uses(k):
    k.assume("growing", "", (i,), [i >= 0], g(i) < g(i + 1))
    k.induct(
        "order", "", j, i + 1, (i, j), [i >= 0], g(i) < g(j),
        base=[k.at("growing", i)], step=[k.at("growing", j)],
    )  # fmt: skip
    made = k.prove("two", "", (i,), [i >= 0], g(i) < g(i + 2), [k.at("order", i, i + 2)])
    assert made.assumptions == {"growing"}
    assert made.uses == ("order",)


def test_planted_inconsistent_definition(k):
    """Two equations for one value would prove everything."""
    cases = [(i >= 0, z3.RealVal(0)), (i <= 0, z3.RealVal(1))]
    with pytest.raises(Refused, match="one case"):
        k.define("planted", "", h, (i,), cases)


def test_second_definition(k):
    k.define("h", "", h, (i,), [(i >= 0, z3.RealVal(0))])
    with pytest.raises(Refused, match="defined before"):
        k.define("h2", "", h, (i,), [(i < 0, z3.RealVal(1))])


def test_division_by_what_may_be_zero(k):
    with pytest.raises(Refused, match="divisor"):
        k.define("h", "", h, (i,), [(TRUE, 1 / g(i))])
    k.define("h", "", h, (i,), [(g(i) != 0, 1 / g(i))])


def test_division_by_zero_itself(k):
    with pytest.raises(Refused, match="divisor"):
        k.define("h", "", h, (i,), [(TRUE, g(i) / z3.RealVal(0))])


def test_division_in_a_lemma(k):
    with pytest.raises(Refused, match="division outside"):
        k.prove("x", "", (t,), [], t / t == t / t)


@pytest.mark.parametrize(
    ("right", "measure", "reason"),
    [
        (h(i - 1), None, "without a measure"),
        (h(i) + 1, i, "descent"),
        (h(i + 1), i, "descent"),
        (h(i - 1), -i, "descent"),
    ],
)
def test_recursion_that_does_not_end(k, right, measure, reason):
    with pytest.raises(Refused, match=reason):
        k.define("h", "", h, (i,), [(i > 0, right)], measure)


def test_recursion_on_a_real_measure(k):
    """Reals descend for ever: t, t/2, t/4, ..."""
    halving = z3.Function("halving", z3.RealSort(), z3.RealSort())
    with pytest.raises(Refused, match="the measure t is not an integer"):
        k.define("halving", "", halving, (t,), [(t > 0, 1 + halving(t / 2))], t)


def test_recursion_without_a_bottom(k):
    with pytest.raises(Refused, match="descent"):
        k.define("h", "", h, (i,), [(TRUE, h(i - 1) + 1)], i)


def test_definition_from_what_is_not_defined(k):
    with pytest.raises(Refused, match="not defined yet"):
        k.define("h", "", h, (i,), [(TRUE, z3.Function("later", INT, REAL)(i))])


def test_circular_definition_of_a_parameter(k):
    """c = d + 1 and d = c are refused, directly and through a third symbol."""
    k.define("d", "", d, (), [(TRUE, c)])
    with pytest.raises(Refused, match="from itself"):
        k.define("c", "", c, (), [(TRUE, d + 1)])
    e = z3.Real("e")
    k.parameter(e)
    k.define("c", "", c, (), [(TRUE, e)])
    with pytest.raises(Refused, match="from itself"):
        k.define("e", "", e, (), [(TRUE, d + 1)])


def test_definition_that_leans_on_itself(k):
    """The proof that a definition is lawful must not speak of the symbol."""
    k.assume("a", "", (i,), [], g(i) != 0)
    with pytest.raises(Refused, match="from itself"):
        k.define("g", "", g, (i,), [(TRUE, 1 / c)], using=[k.at("a", i)])


def test_guard_that_mentions_the_symbol(k):
    with pytest.raises(Refused, match="guard"):
        k.define("h", "", h, (i,), [(h(i) > 0, z3.RealVal(-1))])


def test_planted_vacuous_lemma(k):
    with pytest.raises(Refused, match="vacuous"):
        k.prove("planted", "", (t,), [t > 0, t < 0], t == 17)


def test_false_lemma_and_unused_base(k):
    with pytest.raises(Refused, match="sat, wanted unsat"):
        k.prove("x", "", (t,), [t > 0], t > 1)
    with pytest.raises(Refused, match="base"):
        k.induct("x", "", i, 0, (i,), [], g(i) == g(0) + 1)
    with pytest.raises(Refused, match="step"):
        k.induct("x", "", i, 0, (i,), [], g(i) == g(0))


def test_unknown_is_not_proved(k, monkeypatch):
    monkeypatch.setattr(kernel_module, "verdict", lambda *_: "unknown")
    with pytest.raises(Undecided):
        k.prove("x", "", (t,), [], t == t)


def test_induction_whose_start_moves(k):
    with pytest.raises(Refused, match="moves"):
        k.induct("x", "", j, j, (i, j), [], g(j) == g(j))
    with pytest.raises(Refused, match="moves"):
        k.induct("x", "", j, i, (i, j), [], g(j) == g(j), vary=[(i, i - 1)])
    with pytest.raises(Refused, match="no induction"):
        k.induct("x", "", t, 0, (t,), [], t == t)
    with pytest.raises(Refused, match="no induction"):
        k.induct("x", "", i, z3.RealVal("1/2"), (i,), [], i == i)


def test_quantifiers_and_foreign_operators(k):
    for formula in (z3.ForAll([t], t == t), i / 2 == i, i % 2 == 0, t**2 == t):
        with pytest.raises(Refused, match="not in the language"):
            k.prove("x", "", (i, t), [], formula)


def test_free_and_repeated_variables(k):
    with pytest.raises(Refused, match="not defined yet"):
        k.prove("x", "", (), [], t == t)
    with pytest.raises(Refused, match="repeated"):
        k.prove("x", "", (t, t), [], t == t)
    with pytest.raises(Refused, match="is a symbol"):
        k.prove("x", "", (c,), [], c == c)
    with pytest.raises(Refused, match="compound"):
        k.prove("x", "", (i, g(i)), [], g(i) == g(i))


def test_a_number_is_no_variable(k):
    """For 3 put i in 3 > 2: i > 2 for all i."""
    for number in (z3.IntVal(3), TRUE):
        with pytest.raises(Refused, match="a number"):
            k.prove("x", "", (number,), [], z3.IntVal(3) > 2)


@pytest.mark.parametrize(
    ("symbol", "arguments", "right"),
    [
        (z3.IntVal(0), (), z3.IntVal(1)),  # 0 = 1
        (c + 1, (), z3.RealVal(5)),  # and then c = 0
        (g(i), (), z3.RealVal(5)),
        (z3.Int("whole"), (), z3.RealVal("1/2")),
        (z3.Bool("truth"), (), z3.IntVal(5)),
        (z3.Function("whole", INT, INT), (i,), z3.RealVal("1/2")),
        (z3.Function("of_reals", REAL, REAL), (i,), t),
    ],
)
def test_what_defines_no_symbol(k, symbol, arguments, right):
    with pytest.raises(Refused, match="no symbol of its arguments, or of another sort"):
        k.define("x", "", symbol, arguments, [(TRUE, right)])


@pytest.mark.parametrize("name", ['x| () Real) (assert false) (check-sat) (echo ") ;', "?x19", "x y", "1", ""])
def test_a_name_that_another_solver_reads_otherwise(name):
    """The first made cvc5 answer unsat to whether x > 0; z3's texts bind names like the second."""
    odd = z3.Real(name)
    with pytest.raises(Refused, match="no name of a symbol"):
        Kernel("cvc5").prove("x", "", (odd,), [], odd > 0)


def test_an_instance_made_by_hand_is_looked_at(k):
    made = k.prove("x", "", (i,), [], i + 1 > i)
    for term, reason in ((t, "not of sort Int"), (z3.Int("?x19"), "no name of a symbol")):
        with pytest.raises(Refused, match=reason):
            k.prove("y", "", (t,), [], t == t, [Instance(made, (term,))])


def test_terms_of_another_context(k):
    """Terms are compared by numbers that z3 gives anew in every context."""
    foreign = z3.Real("t", z3.Context())
    with pytest.raises(Refused, match="another z3 context"):
        k.prove("x", "", (t,), [foreign > 5], t == t)


@pytest.mark.parametrize("path", sorted(THEOREMS.glob("*.py")), ids=lambda path: path.stem)
def test_a_file_of_theorems_knows_the_rules_only(path):
    """It imports of the kernel `Kernel` and `Instance` at most, and touches nothing that is private or a setting."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    touched = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert not {name for name in touched if name.startswith("_")} | touched & {"theorems", "solver", "milliseconds"}
    imported = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    taken = {alias.name for node in imported if node.module.startswith("proofs.kernel") for alias in node.names}
    assert taken <= {"Instance", "Kernel"}
    rest = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    rest |= {node.module for node in imported if not node.module.startswith("proofs.")}
    assert rest <= {"__future__", "z3", "collections.abc", "dataclasses", "functools", "itertools", "types"}


def test_two_symbols_of_one_name(k):
    """A reader cannot tell them apart, nor can cvc5."""
    with pytest.raises(Refused, match="two symbols are called same"):
        k.prove("x", "", (z3.Int("same"), z3.Real("same")), [], z3.Int("same") + z3.Real("same") > 0)


@pytest.mark.parametrize(
    "variable", [z3.BitVec("v", 1), z3.Const("v", z3.DeclareSort("Odd")), z3.Array("v", INT, INT), z3.String("v")]
)
def test_variables_of_other_sorts(k, variable):
    with pytest.raises(Refused, match="not of sort Bool, Int or Real"):
        k.prove("x", "", (variable,), [], variable == variable)


def test_an_instance_that_says_something_else(k):
    class Forged(Instance):
        def formula(self):
            return c > 0

    made = k.prove("x", "", (), [], z3.Or(c > 0, c <= 0))
    with pytest.raises(Refused, match="must be instances"):
        k.prove("y", "", (), [], c > 0, [Forged(made, ())])


def test_what_is_used_is_read_once(k):
    """A list that is empty when it is read again lost its assumptions."""

    class Forgetful(list):
        left = 2

        def __iter__(self):
            self.left -= 1
            return super().__iter__() if self.left >= 0 else iter(())

    k.assume("a", "", (), [], c > 0)
    assert k.prove("x", "", (), [], c > 0, Forgetful([k.at("a")])).assumptions == {"a"}
    hypotheses = k.prove("y", "", (t,), Forgetful([t > 0]), t > 0).hypotheses
    assert len(hypotheses) == 1


def test_an_assumption_is_not_exchanged(k):
    """What a theorem assumes by name is the assumption that it was made under."""
    k.assume("a", "", (), [], c > 0)
    made = k.prove("x", "", (), [], c > -1, [k.at("a")])
    k.theorems.pop("a")
    trivial = z3.Or(c > 0, c <= 0)
    with pytest.raises(Refused, match="taken"):
        k.assume("a", "", (), [], trivial)
    proof = k.prove("trivial", "", (), [], trivial)
    with pytest.raises(Refused, match="does not prove"):
        k.discharge("y", "", made, {"a": proof})


def test_a_measure_that_mentions_the_symbol(k):
    """Of a symbol that is only being defined the measure knows nothing."""
    count = z3.Function("count", INT, INT)
    with pytest.raises(Refused, match="from itself"):
        k.define("count", "", count, (i,), [(i > 0, count(i - 1))], i + 0 * count(i))


def test_a_definition_in_no_case_has_variables(k):
    with pytest.raises(Refused, match="a number"):
        k.define("h", "", h, (z3.IntVal(3),), [])


def test_theorems_are_made_by_rules_only(k):
    with pytest.raises(Refused, match="rules only"):
        Theorem(object(), "x", "", "", (), (), z3.BoolVal(False), frozenset(), (), (), k)
    made = k.prove("x", "", (t,), [], t == t)
    with pytest.raises(FrozenInstanceError):
        made.conclusion = z3.BoolVal(False)
    with pytest.raises(Refused, match="taken"):
        k.prove("x", "", (t,), [], t == t)


def test_theorem_of_another_kernel(k):
    other = Kernel()
    other.parameter(c)
    other.define("c", "", c, (), [(TRUE, z3.RealVal(1))])
    with pytest.raises(Refused, match="another kernel"):
        k.prove("x", "", (), [], c == 1, [other.at("c")])


def test_instances_fit(k):
    k.prove("x", "", (i, t), [], t + i == i + t)
    with pytest.raises(Refused, match="2 variables"):
        k.at("x", 1)
    with pytest.raises(Refused, match="sort"):
        k.at("x", t, t)
    with pytest.raises(Refused, match="language"):
        k.at("x", i, z3.If(z3.ForAll([t], t == t), t, u))


def test_discharge(k):
    k.assume("a", "", (i,), [i >= 0], g(i) > 0)
    made = k.prove("x", "", (), [], g(3) > 0, [k.at("a", 3)])
    weak = k.prove("weak", "", (i,), [i >= 1, g(i) > 0], g(i) > 0)
    with pytest.raises(Refused, match="does not prove"):
        k.discharge("y", "", made, {"a": weak})
    k.define("g", "", g, (i,), [(TRUE, z3.RealVal(2))])
    strong = k.prove("strong", "", (i,), [], g(i) > 0, [k.at("g", i)])
    assert k.discharge("y", "", made, {"a": strong}).assumptions == frozenset()


def test_circular_discharge_discharges_nothing(k):
    assumed = k.assume("a", "", (), [], c > 0)
    assert k.discharge("x", "", assumed, {"a": assumed}).assumptions == {"a"}


def test_disagreement_raises(monkeypatch):
    monkeypatch.setattr("proofs.kernel.solvers.cvc5_verdict", lambda *_: "sat")
    with pytest.raises(Disagreement):
        verdict([t < t], "both")


def test_second_solver_reads_the_text():
    assert cvc5_verdict(smt2([t < u, u < t])) == "unsat"
    assert cvc5_verdict(smt2([t < u])) == "sat"
