"""Mutants of the judge and of what it stands on: each differs from the code in one place, and none may survive."""

import ast
import builtins
import copy
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker import dataset, judge, network, rational
from tests.checker import kill_suite

MODULES = {"network": network, "dataset": dataset, "judge": judge, "rational": rational}
SOURCES = {name: Path(module.__file__).read_text(encoding="utf-8") for name, module in MODULES.items()}
SECONDS = 20

OPPOSITES = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
}  # fmt: skip
ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
SYMMETRIC = ("max", "min")

SAME_PAIRS = "activation_pattern pairs the same two before it, strictly"
SAME_LENGTHS = "both have the same length, by construction"
ANY_THRESHOLD = "digits may be halved at any length, the integer is the same"
ZERO = "0 is on every grid, so the general case rounds it to itself"
SIX_DIGITS = "six digits need far fewer"
# fmt: off
EQUIVALENT = {
    "network": {
        "_affine: for w, v in zip(row, h, strict=True): -> for v, w in zip(row, h, strict=True):": "products commute",
        "_affine: for w, v in zip(row, h, strict=True): -> for w, v in zip(h, row, strict=True):": "products commute",
        "__post_init__: for k, (before, layer) in enumerate(zip(self.layers[:-1], self.layers[1:], strict=True), 1):"
        " -> for k, (before, layer) in enumerate(zip(self.layers[:-1], self.layers[1:], strict=False), 1):": SAME_LENGTHS,
    },
    "dataset": {
        "conflict: pairs = [(rows[0] + 1, k + 1) for rows in self.points() for k in rows[1:] if outputs[k] != outputs[rows[0]]]"
        " -> pairs = [(rows[0] + 1, k + 1) for rows in self.points() for k in rows[0:] if outputs[k] != outputs[rows[0]]]": "a row's outputs do not differ from themselves",
        "points: keys = [tuple(((q.numerator, q.denominator) for q in x)) for x in self.inputs]"
        " -> keys = [tuple(((q.denominator, q.numerator) for q in x)) for x in self.inputs]": "either pair is a name of q",
    },
    "judge": {
        "_smaller: for number, (layer, zs) in enumerate(zip(network.layers, trace, strict=True), 1):"
        " -> for number, (layer, zs) in enumerate(zip(network.layers, trace, strict=False), 1):": SAME_PAIRS,
    },
    "rational": {
        "_decimal_integer: if len(digits) <= 600: -> if len(digits) < 600:": ANY_THRESHOLD,
        "_decimal_integer: if len(digits) <= 600: -> if len(digits) <= 601:": ANY_THRESHOLD,
        "_decimal_integer: if len(digits) <= 600: -> if len(digits) <= 599:": ANY_THRESHOLD,
        "_decimal_integer: half = len(digits) // 2 -> half = len(digits) // 3": ANY_THRESHOLD,
        "about: context = Context(prec=30, Emax=MAX_EMAX, Emin=MIN_EMIN)"
        " -> context = Context(prec=31, Emax=MAX_EMAX, Emin=MIN_EMIN)": SIX_DIGITS,
        "about: context = Context(prec=30, Emax=MAX_EMAX, Emin=MIN_EMIN)"
        " -> context = Context(prec=29, Emax=MAX_EMAX, Emin=MIN_EMIN)": SIX_DIGITS,
        "about: dropped = [max(n.bit_length() - 128, 0) for n in (p, d)]"
        " -> dropped = [max(n.bit_length() - 127, 0) for n in (p, d)]": SIX_DIGITS,
        "about: dropped = [max(n.bit_length() - 128, 0) for n in (p, d)]"
        " -> dropped = [max(n.bit_length() - 129, 0) for n in (p, d)]": SIX_DIGITS,
        "about: return f'{context.multiply(leading, context.power(2, dropped[0] - dropped[1])):.5e}'"
        " -> return f'{context.multiply(context.power(2, dropped[0] - dropped[1]), leading):.5e}'": "products commute",
        "nearest_binary: return q -> pass": ZERO,
        "nearest_binary: if q == 0: -> if q == 1:": ZERO + "; so is 1",
        "nearest_binary: if q == 0: -> if q == -1:": ZERO,
    },
}
# fmt: on


def replacements(node):
    """The expressions and statements that a mutant has in place of this node."""
    if isinstance(node, ast.Raise):
        return [ast.Pass()]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [ast.Pass()]
    if isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
        return [ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)]
    if isinstance(node, ast.If):
        return [ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)]
    if isinstance(node, ast.Compare):
        return [ast.Compare(node.left, [op()], node.comparators) for op in OPPOSITES[type(node.ops[0])]]
    if isinstance(node, ast.Constant):
        return _constants(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        swapped = [] if isinstance(node.op, (ast.Add, ast.Mult)) else [ast.BinOp(node.right, node.op, node.left)]
        return [ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right), *swapped]
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return [ast.BoolOp(other, node.values), *(_without(node, k) for k in range(len(node.values)))]
    if isinstance(node, ast.UnaryOp):
        return [node.operand] if isinstance(node.op, (ast.Not, ast.USub)) else []
    if isinstance(node, ast.IfExp):
        return [ast.IfExp(node.test, node.orelse, node.body)]
    if isinstance(node, ast.Call):
        return _calls(node)
    if isinstance(node, ast.Tuple) and len(node.elts) > 1:
        return [ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)]
    if isinstance(node, (ast.For, ast.comprehension)):
        return [_shortened(node, "[1:]"), _shortened(node, "[:-1]")]
    return []


def _constants(value):
    if isinstance(value, bool):
        return [ast.Constant(not value)]
    return [ast.Constant(value + 1), ast.Constant(value - 1)] if isinstance(value, int) else []


def _without(node, k):
    rest = node.values[:k] + node.values[k + 1 :]
    return rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _calls(node):
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    found = []
    if name == "abs":
        found.append(node.args[0])
    if name in SYMMETRIC:
        other = SYMMETRIC[1 - SYMMETRIC.index(name)]
        found.append(ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords))
    else:
        for k in range(len(node.args) - 1):
            swapped = [*node.args[:k], node.args[k + 1], node.args[k], *node.args[k + 2 :]]
            found.append(ast.Call(node.func, swapped, node.keywords))
    return found


def _shortened(node, part):
    shorter = copy.copy(node)
    shorter.iter = ast.parse(f"list(x){part}", mode="eval").body
    shorter.iter.value.args = [node.iter]
    return shorter


def _dropped_returns(tree):
    """Places of the return statements that are not the last of their function."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            yield from (
                node for node in ast.walk(function) if isinstance(node, ast.Return) and node is not function.body[-1]
            )


def sites(tree):
    """Every (parent, field, index or None, new node) that makes a mutant; type annotations are left alone."""
    early = {id(node) for node in _dropped_returns(tree)}
    waiting = [tree]
    while waiting:
        parent = waiting.pop(0)
        for field, value in ast.iter_fields(parent):
            if field in ("annotation", "returns") or (
                isinstance(parent, ast.Subscript) and isinstance(value, ast.Tuple)
            ):
                continue
            for k, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(child, ast.AST):
                    waiting.append(child)
                    new = replacements(child) + ([ast.Pass()] if id(child) in early else [])
                    yield from ((parent, field, k, other) for other in new)


def mutants(source):
    """(what changed, syntax tree) of every mutant, 'function: old line -> new line'."""
    tree = ast.parse(source)
    before = ast.unparse(tree).splitlines()
    for parent, field, k, new in list(sites(tree)):
        old = _put(parent, field, k, new)
        changed = ast.fix_missing_locations(copy.deepcopy(tree))
        _put(parent, field, k, old)
        yield _change(before, ast.unparse(changed).splitlines()), changed


def _put(parent, field, k, node):
    """Puts node at that place and returns what was there."""
    value = getattr(parent, field)
    if k is None:
        setattr(parent, field, node)
        return value
    old, value[k] = value[k], node
    return old


def _change(before, after):
    first = next(k for k, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    inside = [line.split("(")[0].split()[-1] for line in before[: first + 1] if line.lstrip().startswith("def ")]
    return f"{inside[-1] if inside else 'module'}: {before[first].strip()} -> {after[first].strip()}"


def load(mutated):
    """Fresh modules, some of them from mutated syntax trees, that import each other and nothing is written to disk."""
    fresh = {}

    def importer(name, scope=None, local=None, wanted=(), level=0):
        return fresh.get(name) or builtins.__import__(name, scope, local, wanted, level)

    names = ("rational",) if "rational" in mutated else ("network", "dataset", "judge")
    for name in names:
        code = compile(mutated.get(name) or ast.parse(SOURCES[name]), f"<{name}>", "exec")
        scope = {"__name__": f"mutant.{name}", "__builtins__": {**vars(builtins), "__import__": importer}}
        exec(code, scope)
        fresh[f"checker.{name}"] = SimpleNamespace(**scope)
    return [fresh[f"checker.{name}"] for name in names]


def survives(name, tree):
    """Whether the kill suite lets this mutant of the module pass."""
    before = signal.signal(signal.SIGALRM, _endless)
    signal.alarm(SECONDS)
    try:
        if name == "rational":
            kill_suite.run_numbers(*load({name: tree}))
        else:
            network, dataset, judge = load({name: tree})
            kill_suite.run(judge, network, dataset)
    except Exception:  # the mutant misbehaved, in whatever way
        return False
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    return True


def _endless(number, frame):
    raise TimeoutError("the mutant does not end")


def _dummy(verdict):
    return SimpleNamespace(**{**vars(judge), "zero_error": verdict})


def _accept(network, dataset):
    return judge.Certified(len(dataset), ("",) * len(dataset), None)


def _refute(network, dataset):
    return judge.Refuted(1, dataset.inputs[0], 1, dataset.outputs[0][0], dataset.outputs[0][0] + 1)


def _first_row_only(network, dataset):
    verdict = judge.zero_error(network, type(dataset)(dataset.inputs[:1], dataset.outputs[:1]))
    return (
        judge.Certified(len(dataset), verdict.patterns * len(dataset), verdict.margin)
        if isinstance(verdict, judge.Certified)
        else verdict
    )


def _true_or_accept(network, dataset):
    verdict = judge.zero_error(network, dataset)
    return verdict if isinstance(verdict, judge.Certified) else _accept(network, dataset)


def _true_or_refute(network, dataset):
    verdict = judge.zero_error(network, dataset)
    return verdict if isinstance(verdict, judge.Refuted) else _refute(network, dataset)


@pytest.fixture(scope="module")
def survivors():
    """By module: how many mutants were tried, and those that passed the kill suite."""
    found = {}
    for name, source in SOURCES.items():
        tried = list(mutants(source))
        found[name] = len(tried), {what for what, tree in tried if survives(name, tree)}
    return found


def test_the_real_modules_pass_as_they_are():
    kill_suite.run(judge, network, dataset)
    kill_suite.run_numbers(rational)


@pytest.mark.parametrize("name", MODULES)
def test_the_real_modules_pass_when_loaded_like_a_mutant(name):
    assert survives(name, ast.parse(SOURCES[name]))


@pytest.mark.parametrize("verdict", [_accept, _refute, _first_row_only, _true_or_accept, _true_or_refute])
def test_dummies_are_caught(verdict):
    with pytest.raises(AssertionError):
        kill_suite.run(_dummy(verdict), network, dataset)


@pytest.mark.parametrize("name", MODULES)
def test_every_mutant_dies(name, survivors):
    assert survivors[name][1] - set(EQUIVALENT.get(name, {})) == set()


@pytest.mark.parametrize("name", MODULES)
def test_the_equivalent_mutants_still_exist(name, survivors):
    assert set(EQUIVALENT.get(name, {})) - survivors[name][1] == set()


def test_at_least_one_hundred_mutants_were_tried(survivors, capsys):
    tried = {name: count for name, (count, _) in survivors.items()}
    equivalent = sum(len(table) for table in EQUIVALENT.values())
    with capsys.disabled():
        print(f"\nmutants tried: {sum(tried.values())} {tried}, of which equivalent: {equivalent}")
    assert sum(tried.values()) >= 100 and all(count >= 20 for count in tried.values())
