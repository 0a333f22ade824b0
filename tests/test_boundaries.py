"""Who may import whom: three rooms, arrows one way. Every rule has a sample that it refuses."""

import ast
import subprocess
import sys

import pytest

from tests.commands import ROOT

# What checker offers the other rooms: value types, readers and writers, and what all command lines share.
OFFERED = {"checker.network", "checker.dataset", "checker.rational", "checker.errors", "checker.files"}
OFFERED |= {"checker.formats", "checker.formats.native", "checker.console", "checker.theorem_form"}
ALLOWED = {
    "checker": {"checker"},
    "symbolic": {"symbolic", "sympy"} | OFFERED - {"checker.theorem_form"},
    "proofs": {"proofs", "z3", "cvc5", "tqdm", "checker.judge"} | OFFERED,
}
# The packages of the binary formats: each for the files that read or write its format, and nowhere else.
FORMATS = {
    "checker/formats/npz.py": {"numpy"},
    "checker/formats/onnx_file.py": {"onnx", "numpy", "google.protobuf.message"},
    "checker/formats/onnx_graph.py": {"onnx", "numpy"},
    "checker/formats/parquet.py": {"pyarrow"},
    "checker/formats/safetensors_file.py": {"safetensors", "safetensors.numpy"},
}


def imported(source):
    """The modules that Python source imports, wherever in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def allowed(room, module):
    """Whether a file of the room may import the module: the standard library, its own room, and what ALLOWED lists."""
    top = module.partition(".")[0]
    if top in sys.stdlib_module_names:
        return True
    return top in ALLOWED[room] or module in ALLOWED[room]


def forbidden(room, source, path=""):
    """The imports of source that a file of the room, at this path of the project, may not have."""
    extra = FORMATS.get(path, set())
    return [module for module in imported(source) if not allowed(room, module) and module not in extra]


FILES = [(room, path) for room in ALLOWED for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize(("room", "path"), FILES, ids=[str(path.relative_to(ROOT)) for _, path in FILES])
def test_imports(room, path):
    assert forbidden(room, path.read_text(), str(path.relative_to(ROOT))) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("checker", "import numpy"),
        ("checker", "import sympy"),
        ("checker", "def f():\n    import z3"),
        ("checker", "from symbolic.construct import construct"),
        ("checker", "from proofs import instance"),
        ("checker", "from . import judge"),
        ("symbolic", "from checker.judge import zero_error"),
        ("symbolic", "from checker.certificate import verify"),
        ("symbolic", "import z3"),
        ("symbolic", "import numpy"),
        ("proofs", "import sympy"),
        ("proofs", "from symbolic.groups import groups"),
        ("proofs", "from tests.naive import number"),
        ("checker", "import tests.points"),
        ("symbolic", "import examples.training"),
        ("proofs", "from benchmarks import encodings"),
    ],
)
def test_a_sample_that_is_refused(room, source):
    assert len(forbidden(room, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("checker/judge.py", "import numpy"),
        ("checker/network.py", "from numpy import array"),
        ("checker/formats/export.py", "import onnx"),
        ("checker/formats/__init__.py", "import numpy"),
        ("checker/formats/arrays.py", "import numpy"),
        ("checker/formats/native.py", "import safetensors"),
        ("checker/formats/table.py", "import pyarrow"),
        ("checker/formats/npz.py", "import onnx"),
        ("checker/formats/npz.py", "import numpy.f2py"),
        ("checker/formats/onnx_graph.py", "import safetensors"),
        ("checker/formats/onnx_file.py", "import onnxruntime"),
        ("checker/formats/parquet.py", "import numpy"),
        ("checker/formats/safetensors_file.py", "import torch"),
        ("checker/formats/smt2.py", "import z3"),
    ],
)
def test_packages_of_formats_are_refused_elsewhere(path, source):
    assert (ROOT / path).exists()
    assert len(forbidden("checker", source, path)) == 1


@pytest.mark.parametrize("path", sorted(FORMATS))
def test_packages_of_formats_are_needed_and_imported_lazily(path):
    tree = ast.parse((ROOT / path).read_text())
    at_once = {
        module
        for statement in tree.body
        if not isinstance(statement, ast.FunctionDef)
        for module in imported(ast.unparse(statement))
    }
    assert FORMATS[path] <= set(imported((ROOT / path).read_text()))
    assert not at_once & FORMATS[path]


def test_every_room_is_looked_at():
    assert {room for room, _ in FILES} == {path.name for path in ROOT.iterdir() if (path / "__main__.py").exists()}


def test_the_checker_runs_where_only_the_standard_library_is():
    modules = "checker.__main__, checker.certificate, checker.formats.export, checker.judge, checker.theorem_form, sys"
    code = (
        f"import {modules}; print([m for m in sys.modules if m.partition('.')[0] in ('numpy', 'onnx', 'sympy', 'z3')])"
    )
    process = subprocess.run([sys.executable, "-E", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (process.stdout, process.stderr) == ("[]\n", "")


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_help_imports_nothing_heavy(room):
    code = f"import runpy, sys; sys.argv = ['x', '--help']\ntry: runpy.run_module('{room}', run_name='__main__')\n"
    code += "except SystemExit: pass\nprint([m for m in ('numpy', 'sympy', 'z3', 'tqdm', 'json') if m in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    heavy = ast.literal_eval(process.stdout.splitlines()[-1])
    assert set(heavy) <= {"json"}, process.stderr


def test_rooms_hold_no_assert_statements():
    """Checks written as assert vanish under python -O."""
    for room, path in FILES:
        found = [node.lineno for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Assert)]
        assert not found, (room, path, found)
