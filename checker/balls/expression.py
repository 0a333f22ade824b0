"""The target of an approximation: a formula in x, read from text by a small grammar (FORMAT.md, Targets)."""

import ast
import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from checker.balls import ball, jet, library
from checker.balls.jet import Jet
from checker.errors import InputError, quoted
from checker.rational import NumberError, parse_dataset_number

CHARACTERS, DEPTH, EXPONENT = 1000, 60, 1000
FUNCTIONS: dict[str, Callable[[Jet], Jet]] = {
    "sin": jet.sin,
    "cos": jet.cos,
    "exp": jet.exp,
    "sqrt": jet.sqrt,
    "abs": jet.absolute,
    "log": jet.log,
    "tanh": jet.tanh,
}
_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_ALLOWED = re.compile(r"[0-9A-Za-z_.+*/() -]*", re.ASCII)


class Expression(NamedTuple):
    """A node of the formula: a name of FUNCTIONS, an operator, 'x', 'pi', or 'number' with its exact value."""

    operation: str
    arguments: tuple["Expression", ...] = ()
    number: Fraction = Fraction(0)


def parse_target(text: str) -> Expression:
    """The formula that text spells. Fails: InputError naming what is not of the grammar."""
    if len(text) > CHARACTERS:
        raise InputError("--target", "", f"more than {CHARACTERS} characters")
    if not _ALLOWED.fullmatch(text):
        raise InputError("--target", quoted(text), "has a character that no formula has (like sin(2*pi*x) - x**2/3)")
    stripped = text.strip()
    try:
        body = ast.parse(stripped, mode="eval").body
    except (SyntaxError, MemoryError, RecursionError, ValueError):
        raise InputError("--target", quoted(text), "is not a formula (like sin(2*pi*x) - x**2/3)") from None
    return _node(stripped, body, 0)


def _node(text: str, node: ast.expr, depth: int) -> Expression:
    if depth > DEPTH:
        raise InputError("--target", "", f"nested more than {DEPTH} deep")
    if isinstance(node, ast.Constant):
        return Expression("number", number=_number(ast.get_source_segment(text, node) or ""))
    if isinstance(node, ast.Name) and node.id in ("x", "pi"):
        return Expression(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return Expression("negative", (_node(text, node.operand, depth + 1),))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.UAdd):
        return _node(text, node.operand, depth + 1)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _binary(text, node, depth)
    if isinstance(node, ast.Call):
        return _call(text, node, depth)
    shown = quoted(ast.get_source_segment(text, node) or "")
    raise InputError("--target", shown, f"is none of numbers, x, pi, + - * / **, {', '.join(FUNCTIONS)}")


def _binary(text: str, node: ast.BinOp, depth: int) -> Expression:
    left = _node(text, node.left, depth + 1)
    right = _node(text, node.right, depth + 1)
    operation = _OPERATORS[type(node.op)]
    if operation == "**":
        negative = right.operation == "negative"
        exponent = right.arguments[0] if negative else right
        if exponent.operation != "number" or exponent.number.denominator != 1 or exponent.number > EXPONENT:
            shown = quoted(ast.get_source_segment(text, node.right) or "")
            raise InputError("--target", shown, f"an exponent is an integer from -{EXPONENT} to {EXPONENT}")
    return Expression(operation, (left, right))


def _call(text: str, node: ast.Call, depth: int) -> Expression:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in FUNCTIONS:
        shown = quoted(ast.get_source_segment(text, node.func) or "")
        raise InputError("--target", shown, f"is none of the functions {', '.join(FUNCTIONS)}")
    if node.keywords or len(node.args) != 1:
        raise InputError("--target", quoted(name), "takes one argument")
    return Expression(name, (_node(text, node.args[0], depth + 1),))


def _number(text: str) -> Fraction:
    try:
        return parse_dataset_number(text, "decimal")
    except NumberError as error:
        raise InputError("--target", "", f"{error}, nor a plain decimal like 0.25") from None


def evaluated(node: Expression, x: Jet) -> Jet:
    """The jet of the formula on the interval of x."""
    if node.operation == "x":
        return x
    if node.operation == "pi":
        return jet.constant(library().arb.pi())
    if node.operation == "number":
        return jet.constant(ball(node.number))
    if node.operation == "**":
        base, exponent = node.arguments
        negative = exponent.operation == "negative"
        n = exponent.arguments[0].number if negative else exponent.number
        return jet.power(evaluated(base, x), -int(n) if negative else int(n))
    arguments = [evaluated(argument, x) for argument in node.arguments]
    if node.operation in FUNCTIONS:
        return FUNCTIONS[node.operation](arguments[0])
    return _arithmetic(node.operation, arguments)


def _arithmetic(operation: str, arguments: list[Jet]) -> Jet:
    if operation == "negative":
        return jet.scaled(arguments[0], library().arb(-1))
    left, right = arguments
    if operation == "+":
        return jet.add(left, right)
    if operation == "-":
        return jet.add(left, jet.scaled(right, library().arb(-1)))
    return jet.product(left, right if operation == "*" else jet.reciprocal(right))
