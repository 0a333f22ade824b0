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
# What single files may import besides, and do without where it is not installed.
OPTIONAL = {
    "checker/engines/arithmetic.py": {"flint", "numpy"},
    "checker/balls/__init__.py": {"flint"},
    "checker/pieces.py": {"distributed"},
    "checker/progress.py": {"tqdm"},
    "symbolic/arithmetic.py": {"flint"},
    "symbolic/search.py": {"numpy"},
    "symbolic/progress.py": {"tqdm"},
    # The packages of the binary formats: each for the files that read or write its format.
    "checker/formats/npz.py": {"numpy"},
    "checker/formats/onnx_file.py": {"onnx", "numpy", "google.protobuf.message"},
    "checker/formats/onnx_graph.py": {"onnx"},
    "checker/formats/onnx_operators.py": {"numpy"},
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


def forbidden(room, source, file=""):
    """The imports of source that this file of the room may not have."""
    return [m for m in imported(source) if not allowed(room, m) and m not in OPTIONAL.get(file, ())]


FILES = [(room, path) for room in ALLOWED for path in sorted((ROOT / room).rglob("*.py"))]


@pytest.mark.parametrize(("room", "path"), FILES, ids=[str(path.relative_to(ROOT)) for _, path in FILES])
def test_imports(room, path):
    assert forbidden(room, path.read_text(), path.relative_to(ROOT).as_posix()) == []


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
    ("file", "source", "refused"),
    [
        ("checker/engines/arithmetic.py", "def f():\n    import flint\n    import numpy", []),
        ("checker/engines/arithmetic.py", "import sympy", ["sympy"]),
        ("checker/engines/arithmetic.py", "import numpy.linalg", ["numpy.linalg"]),
        ("checker/engines/integer.py", "import numpy", ["numpy"]),
        ("checker/engines/line.py", "from flint import fmpq", ["flint"]),
        ("checker/judge.py", "import flint", ["flint"]),
        ("checker/balls/__init__.py", "def library():\n    import flint", []),
        ("checker/balls/jet.py", "import flint", ["flint"]),
        ("checker/balls/gram.py", "import numpy", ["numpy"]),
        ("checker/arithmetic.py", "import numpy", ["numpy"]),
        ("checker/judge.py", "import numpy", ["numpy"]),
        ("checker/network.py", "from numpy import array", ["numpy"]),
        ("checker/formats/export.py", "import onnx", ["onnx"]),
        ("checker/formats/__init__.py", "import numpy", ["numpy"]),
        ("checker/formats/arrays.py", "import numpy", ["numpy"]),
        ("checker/formats/native.py", "import safetensors", ["safetensors"]),
        ("checker/formats/table.py", "import pyarrow", ["pyarrow"]),
        ("checker/formats/npz.py", "import onnx", ["onnx"]),
        ("checker/formats/npz.py", "import numpy.f2py", ["numpy.f2py"]),
        ("checker/formats/onnx_graph.py", "import numpy", ["numpy"]),
        ("checker/formats/onnx_operators.py", "import safetensors", ["safetensors"]),
        ("checker/formats/onnx_file.py", "import onnxruntime", ["onnxruntime"]),
        ("checker/formats/parquet.py", "import numpy", ["numpy"]),
        ("checker/formats/safetensors_file.py", "import torch", ["torch"]),
        ("checker/formats/smt2.py", "import z3", ["z3"]),
    ],
)
def test_what_is_optional_stays_in_its_file(file, source, refused):
    assert forbidden("checker", source, file) == refused


def test_the_files_with_optional_imports_use_them_and_only_inside_functions():
    for file, modules in OPTIONAL.items():
        source = (ROOT / file).read_text()
        assert modules <= set(imported(source)), file
        outside = [node for node in ast.parse(source).body if not isinstance(node, (ast.FunctionDef, ast.ClassDef))]
        assert not modules & set(imported("\n".join(map(ast.unparse, outside)))), file


def test_every_room_is_looked_at():
    with_commands = {path.name for path in ROOT.iterdir() if (path / "__main__.py").exists()}
    assert {room for room, _ in FILES} == with_commands - {"reproduction"}, "which runs the rooms and is none"


def test_the_checker_runs_where_only_the_standard_library_is():
    modules = "checker.__main__, checker.balls.gram, checker.balls.supnorm, checker.balls.statement, "
    modules += "checker.certificate, checker.engines, checker.formats.export, checker.judge, "
    modules += "checker.theorem_form"
    heavy = ("flint", "numpy", "onnx", "sympy", "z3")
    code = f"import {modules}, sys; print([m for m in sys.modules if m.partition('.')[0] in {heavy}])"
    process = subprocess.run([sys.executable, "-E", "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (process.stdout, process.stderr) == ("[]\n", "")


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_help_imports_nothing_heavy(room):
    code = f"import runpy, sys; sys.argv = ['x', '--help']\ntry: runpy.run_module('{room}', run_name='__main__')\n"
    code += "except SystemExit: pass\n"
    code += "print([m for m in ('flint', 'numpy', 'sympy', 'z3', 'tqdm', 'json') if m in sys.modules])"
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    heavy = ast.literal_eval(process.stdout.splitlines()[-1])
    assert set(heavy) <= {"json"}, process.stderr


def test_rooms_hold_no_assert_statements():
    """Checks written as assert vanish under python -O."""
    for room, path in FILES:
        found = [node.lineno for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Assert)]
        assert not found, (room, path, found)


@pytest.mark.parametrize(
    ("command", "package"),
    [
        (("symbolic", "derive"), "sympy"),
        (("symbolic", "construct", "examples/article.csv", "--widths", "3,3", "-o", "never.json"), "sympy"),
        (("proofs", "prove"), "tqdm"),
    ],
)
def test_a_package_that_is_not_installed_is_one_line(command, package):
    line = [sys.executable, "-S", "-m", *command]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"python -m {command[0]}: needs the package {package}: make setup\n"


def test_a_module_of_our_own_that_is_missing_is_a_bug():
    code = "from checker.console import run\nrun(lambda: __import__('checker.nothing'), 'program')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4 and done.stderr.endswith("No module named 'checker.nothing'\n")
