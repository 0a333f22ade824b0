"""The author's published program (repository nekonistyle/Python, file NNH2.py), from the copy that the user names.

None of its code is in this repository. Called, it builds and prints a demonstration; here it is imported without the
statements that do so, and its functions are called.
"""

import ast
from dataclasses import dataclass
from fractions import Fraction
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import CodeType, ModuleType
from typing import Any

from checker.dataset import Dataset
from checker.errors import InputError
from checker.network import Layer, Network

NEEDED = ("make_parameters", "MP", "a1", "a2", "N")


class _WithoutDemonstration(SourceFileLoader):
    """Leaves out calls that stand alone at top level; what is defined stays. Uses no bytecode, and writes none."""

    def get_code(self, fullname: str) -> CodeType:
        """The definitions in the file."""
        tree = ast.parse(self.get_data(self.path), self.path)
        tree.body = [statement for statement in tree.body if not isinstance(statement, ast.Expr)]
        return compile(tree, self.path, "exec", dont_inherit=True)


def load(path: str) -> ModuleType:
    """The program as a module. Fails: InputError when it is not there, or not that program."""
    loader = _WithoutDemonstration("published_program", path)
    spec = spec_from_loader(loader.name, loader)
    if spec is None:
        raise InputError(path, "", "cannot be imported")
    module = module_from_spec(spec)
    try:
        loader.exec_module(module)
    except (OSError, SyntaxError, ValueError, ImportError, NameError) as error:
        raise InputError(path, "", f"cannot be imported: {error}") from None
    missing = [name for name in NEEDED if not hasattr(module, name)]
    if missing:
        raise InputError(path, "", f"not the published program: it has no {', '.join(missing)}")
    return module


@dataclass(frozen=True)
class Published:
    """The program on one dataset of a1*a2 points: inputs and outputs as it takes them, arrays of Python integers.

    (With NumPy's integers inside its Fractions it would compute modulo 2^64 where numbers grow.)
    """

    module: ModuleType
    inputs: Any
    outputs: Any

    @classmethod
    def on(cls, module: ModuleType, dataset: Dataset, widths: tuple[int, int]) -> "Published":
        """The program, set to these widths, and the dataset, one point a column."""
        import numpy

        module.a1, module.a2, module.N = *widths, len(dataset)  # type: ignore[attr-defined]
        xs = numpy.array([[int(v) for v in x] for x in dataset.inputs], dtype=object).T
        return cls(module, xs, numpy.array([int(y) for (y,) in dataset.outputs], dtype=object))

    def build(self) -> Any:
        """Its parameters."""
        return self.module.make_parameters(self.inputs, self.outputs)

    def check(self, parameters: Any) -> None:
        """All points evaluated and compared as it does it. Fails: InputError when an output is wrong."""
        found = [self.module.MP(parameters, x)[0][0] for x in self.inputs.T]
        if any(f != y for f, y in zip(found, self.outputs, strict=True)):
            raise InputError("--program", "", "the network that it builds misses a point")


def as_network(parameters: Any) -> Network:
    """The program's parameters as one of our networks."""
    last, second, first = (
        Layer(tuple(map(_vector, weights)), _vector(bias.flat), activation)
        for (weights, bias), activation in zip(parameters, ("identity", "relu", "relu"), strict=True)
    )
    return Network((first, second, last))


def _vector(numbers: Any) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(q.numerator), int(q.denominator)) for q in numbers)
