"""Mutants of a module's source, each different in one place, and fresh modules made from them."""

import ast
import builtins
import copy
import signal
import warnings
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

SECONDS = 2
"""Of this process, whatever else the machine does. A suite takes well under a second on the real modules."""

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


def sources(*modules):
    """The source of these modules, by name."""
    return {module.__name__: Path(module.__file__).read_text(encoding="utf-8") for module in modules}


def replacements(node):
    """The expressions and statements that a mutant has in place of this node."""
    if isinstance(node, (ast.Raise, ast.Break)):
        return [ast.Pass()]
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
        return [ast.Pass()]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [ast.Pass()]
    if isinstance(node, ast.AugAssign) and type(node.op) in ARITHMETIC:
        return [ast.Pass(), ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)]
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
    """(what changed, source) of every mutant, 'function: old line -> new line'."""
    tree = ast.parse(source)
    before = ast.unparse(tree)
    for parent, field, k, new in list(sites(tree)):
        old = _put(parent, field, k, new)
        after = ast.unparse(tree)
        _put(parent, field, k, old)
        if after != before:
            yield _change(before.splitlines(), after.splitlines()), after


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


@lru_cache(maxsize=16)
def _code(name, source):
    return compile(source, f"<{name}>", "exec")


def load(sources):
    """Fresh modules of these sources by name, in that order, that import each other, and everything else as it is.

    Nothing is written to disk.
    """
    fresh = {}

    def importer(name, scope=None, local=None, wanted=(), level=0):
        return fresh.get(name) or builtins.__import__(name, scope, local, wanted, level)

    for name, source in sources.items():
        scope = {"__name__": f"mutant.{name}", "__builtins__": {**vars(builtins), "__import__": importer}}
        exec(_code(name, source), scope)
        fresh[name] = SimpleNamespace(**scope)
    return list(fresh.values())


def survives(suite, sources):
    """Whether the suite lets fresh modules of these sources pass."""
    before = signal.signal(signal.SIGVTALRM, _endless)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        with warnings.catch_warnings(action="ignore"):
            suite(*load(sources))
    except Exception:  # the mutant misbehaved, in whatever way
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


def survivors(suite, sources, name):
    """(how many mutants of this module were tried, what changed in those that passed the suite)."""
    tried = list(mutants(sources[name]))
    return len(tried), {what for what, source in tried if survives(suite, {**sources, name: source})}


def _endless(number, frame):
    raise TimeoutError("the mutant does not end")
