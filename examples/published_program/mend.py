"""The program, mended in memory: changes to the syntax tree of the user's copy, none of which is kept.

`order`: a new weight of the projection goes behind the others, not before them. `gaps`: the loop for the least
difference runs over all values but the first, not over the first; and a local called min no longer hides the function.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from benchmarks.program import load
from checker.errors import InputError
from checker.files import decoded, read_bytes


def mended(path: str, order: bool, gaps: bool) -> ModuleType:
    """The program with these mends. Fails: InputError when it is not the program, or not the one that was audited."""
    load(path)
    tree = ast.parse(decoded(path, read_bytes(path)))
    if order:
        _at_one_place(path, tree, "make_w1", _append)
    if gaps:
        _at_one_place(path, tree, "dminmax", _all_but_the_first)
        _at_one_place(path, tree, "dminmax", _unhide)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "mended.py"
        copy.write_text(ast.unparse(tree), "utf-8")
        return load(str(copy))


def _at_one_place(path: str, tree: ast.Module, function: str, change: Callable[[ast.AST], int]) -> None:
    """The function's tree, changed at one place. Fails: InputError when there are none, or several."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == function]
    if sum(map(change, found)) != 1:
        raise InputError(path, function, "not the program that was audited: what is mended is not there once")


def _append(function: ast.AST) -> int:
    """[k, *others] becomes [*others, k]."""
    lists = [node for node in ast.walk(function) if isinstance(node, ast.List) and len(node.elts) == 2]
    lists = [node for node in lists if isinstance(node.elts[-1], ast.Starred)]
    for node in lists:
        node.elts.reverse()
    return len(lists)


def _all_but_the_first(function: ast.AST) -> int:
    """s[:1] becomes s[1:]."""
    slices = [node for node in ast.walk(function) if isinstance(node, ast.Slice) and node.lower is None]
    for node in slices:
        node.lower, node.upper = node.upper, None
    return len(slices)


def _unhide(function: ast.AST) -> int:
    """The variable min gets another name; calls of min are left alone."""
    called = {id(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == "min"]
    variables = [node for node in names if id(node) not in called]
    for node in variables:
        node.id = "least"
    return sum(isinstance(node.ctx, ast.Store) for node in variables)
