"""Construction zhang: its linear system, its golden matrix, exhaustive small cases, depth, and what it refuses."""

from fractions import Fraction
from itertools import permutations, product

import pytest
from sympy import Matrix, Rational, symbols

from checker.dataset import Dataset
from symbolic import zhang, zhang_network
from symbolic.exact import exact_functions
from symbolic.projection import CollisionError
from tests.commands import refused, run

SIGNS = (-1, 2, 0)
"""Outputs of every sign; 0 is left out for five points."""


def dataset(ts, ys):
    """Points in one dimension."""
    return Dataset(tuple((Fraction(t),) for t in ts), tuple((Fraction(y),) for y in ys))


def value(network, x):
    return network.preactivations(x)[-1]


def meets(network, data):
    return all(value(network, x) == y for x, y in zip(data.inputs, data.outputs, strict=True))


def system(z, b):
    """Entry (i, j) is relu(z_i - b_j)."""
    return Matrix(len(z), len(b), lambda i, j: max(z[i] - b[j], 0))


def test_the_golden_system():
    matrix = system((1, 3, 4, 8), (0, 2, Rational(7, 2), 5))
    half = Rational(1, 2)
    assert matrix == Matrix([[1, 0, 0, 0], [3, 1, 0, 0], [4, 2, half, 0], [8, 6, 9 * half, 3]])
    assert matrix.det() == Rational(3, 2) and min(matrix.eigenvals()) == half


@pytest.mark.parametrize("n", range(1, 6))
def test_the_closed_forms_solve_the_symbolic_system(n):
    T, Y = symbols(f"T:{n}"), symbols(f"Y:{n}")
    points = {"T": {-1: T[0] - 1, **dict(enumerate(T))}, "Y": {-1: 0, **dict(enumerate(Y))}}
    formula = exact_functions(zhang.derive)
    S = {-1: 0} | {j: formula["slope"](j=j, **points) for j in range(n)}
    b = [formula["breakpoint"](j=j, T=points["T"]) for j in range(n)]
    w = [formula["weight"](j=j, S=S) for j in range(n)]
    matrix = Matrix(n, n, lambda i, j: T[i] - b[j] if j <= i else 0)
    diagonal = [points["T"][j] - points["T"][j - 1] for j in range(n)]
    assert (matrix.det() - Matrix.diag(*diagonal).det()).simplify() == 0
    assert [matrix[j, j] for j in range(n)] == diagonal
    assert (matrix * Matrix(w) - Matrix(Y)).applyfunc(lambda q: q.simplify()) == Matrix([0] * n)


@pytest.mark.parametrize("n", range(1, 6))
def test_every_order_and_every_sign_of_up_to_five_points(n):
    ts = (Fraction(-3, 2), 0, 1, Fraction(7, 3), 9)[:n]
    for order in permutations(ts):
        for ys in product(SIGNS if n < 5 else SIGNS[:2], repeat=n):
            data = dataset(order, ys)
            network = zhang_network.shallow(data)
            assert network.widths == (1, n, 1) and meets(network, data), data
            assert meets(zhang_network.rectified(network, data), data), data


def test_orders_and_signs_in_the_deep_form():
    for order in permutations((0, 1, 3, 4)):
        for ys in product((-1, 2), repeat=4):
            data = dataset(order, ys)
            for depth in (1, 2, 3, 4):
                network = zhang_network.deep(data, depth)
                assert meets(network, data) and meets(zhang_network.rectified(network, data), data), (data, depth)


def scattered(n, dimension=3):
    """n distinct points with outputs of both signs."""
    inputs = tuple(tuple(Fraction(k * (31 + 17 * q) % 1009 - 400, 1 + q) for q in range(dimension)) for k in range(n))
    return Dataset(inputs, tuple((Fraction(k * k * 37 % 199 - 99, 1 + k % 3),) for k in range(n)))


@pytest.fixture(scope="module")
def four_hundred():
    return scattered(400, 1)


@pytest.mark.parametrize("depth", range(1, 51))
def test_four_hundred_points_at_every_depth(four_hundred, depth):
    network = zhang_network.deep(four_hundred, depth)
    hidden = network.widths[2:-1]
    assert len(hidden) == depth and network.widths[1] == 1 and max(hidden) <= -(-400 // depth) + 2
    others = zhang_network.numbers(network)[1]
    assert others <= 3 * 400 + 1 + 4 * depth
    few = range(0, 400, 19)
    assert all(value(network, four_hundred.inputs[k]) == four_hundred.outputs[k] for k in few)


@pytest.mark.parametrize("depth", [1, 4, 7, 13])
def test_all_four_hundred_rows_at_some_depths(four_hundred, depth):
    assert meets(zhang_network.deep(four_hundred, depth), four_hundred)


def test_two_n_and_d_numbers_say_the_network():
    data = scattered(50)
    network = zhang_network.shallow(data)
    first, last = network.layers
    assert set(first.weights) == {first.weights[0]} and last.bias == (0,) and network.widths == (3, 50, 1)
    assert meets(network, data)
    assert len({id(row) for row in first.weights}) == 1, "one row in memory, not n"


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("depth", [None, 1, 2, 3, 7])
def test_entries_are_known_before_anything_is_built(depth, outputs):
    """Seven distinct points in two dimensions, and equal rows, which are none."""
    rows = [(Fraction(k % 7), Fraction(1, k % 7 + 1)) for k in range(40)]
    data = Dataset(tuple(rows), tuple((x[0],) * outputs for x in rows))
    network = zhang_network.shallow(data) if depth is None else zhang_network.deep(data, depth)
    for built, all_relu in ((network, False), (zhang_network.rectified(network, data), True)):
        assert zhang_network.entries(data, depth, all_relu) == zhang_network.numbers(built)[0]
    assert zhang_network.entries(data, 8, False) == 0


def test_many_equal_rows_are_not_too_many_parameters(tmp_path):
    points = tmp_path / "points.csv"
    points.write_text("0,1\n1,2\n2,0\n" * 3000)
    line = ("construct", points, "--method", "zhang-deep", "--depth", 2, "-o", tmp_path / "n.json")
    found = run("symbolic", *line)
    assert found.returncode == 0 and "parameters  19, " in found.stdout, found


def test_the_matrix_is_triangular_with_a_positive_diagonal():
    network = zhang_network.shallow(scattered(40))
    first = network.layers[0]
    ts = sorted(sum(p * v for p, v in zip(first.weights[0], x, strict=True)) for x in scattered(40).inputs)
    for i, t in enumerate(ts):
        assert [t + b > 0 for b in first.bias] == [j <= i for j in range(40)]


def test_several_outputs_share_the_hinges():
    data = scattered(30)
    both = Dataset(data.inputs, tuple((y, Fraction(k % 5 - 2)) for k, (y,) in enumerate(data.outputs)))
    for network in (zhang_network.shallow(both), zhang_network.deep(both, 6)):
        assert meets(network, both) and meets(zhang_network.rectified(network, both), both)


def test_equal_rows_are_one_point():
    data = Dataset(((Fraction(1),),) * 3 + ((Fraction(2),),), ((Fraction(5),),) * 3 + ((Fraction(-5),),))
    assert zhang_network.shallow(data).widths == (1, 2, 1) and meets(zhang_network.shallow(data), data)


def test_the_all_relu_variant_holds_on_the_sample_only():
    data = dataset((0, 1), (0, -2))
    plain = zhang_network.shallow(data)
    cut = zhang_network.rectified(plain, data)
    assert [layer.activation for layer in cut.layers] == ["relu", "relu", "identity"]
    assert value(plain, (Fraction(2),)) == (-4,) and value(cut, (Fraction(2),)) == (-2,)


def test_a_projection_that_makes_points_collide_is_refused():
    data = Dataset(((Fraction(0), Fraction(1)), (Fraction(1), Fraction(0))), ((Fraction(0),), (Fraction(1),)))
    with pytest.raises(CollisionError) as error:
        zhang_network.shallow(data, (Fraction(1), Fraction(1)))
    assert error.value.pair == (1, 2)


def test_more_layers_than_points_are_refused():
    with pytest.raises(zhang_network.TooManyLayersError, match="3 layers, but only 2 distinct points"):
        zhang_network.deep(dataset((0, 1), (0, 1)), 3)


# The command


@pytest.fixture
def points(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("".join(f"{k * 7 % 31},{k},{k * k % 13 - 6}\n" for k in range(20)))
    return path


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("zhang",), "widths (2, 20, 1), 20 points, method zhang\n"),
        (("zhang", "--all-relu"), "widths (2, 20, 1, 1), 20 points, method zhang\n"),
        (("zhang-deep", "--depth", "5"), "widths (2, 1, 5, 6, 6, 6, 5, 1), 20 points, method zhang-deep\n"),
    ],
)
def test_what_construct_writes_is_certified(points, tmp_path, options, said):
    network = tmp_path / "network.json"
    process = run("symbolic", "construct", points, "--method", *options, "-o", network)
    assert (process.returncode, process.stderr) == (0, "") and said in process.stdout
    assert ("on the sample only" in process.stdout) == ("--all-relu" in options)
    assert ("; 42 of them make one hidden layer (n = 20, d = 2)" in process.stdout) == (options == ("zhang",))
    assert run("checker", "certify", network, points, "--engine", "all", "-q").stdout.startswith("CERTIFIED")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("zhang", "--widths", "4,5"), "--widths: --method zhang: one neuron for each distinct point"),
        (("zhang", "--depth", "2"), "--depth: --method zhang: not an option of it"),
        (("zhang-deep",), "--depth: --method zhang-deep needs it"),
        (("zhang-deep", "--depth", "2", "--widths", "4,5"), "--widths: --method zhang-deep: one neuron for each"),
        (("zhang-deep", "--depth", "21"), "21 layers, but only 20 distinct points"),
        (("zhang-deep", "--depth", "0"), "--depth"),
        (("inoue",), "--widths: --method inoue needs it"),
        (("inoue", "--widths", "4,5", "--all-relu"), "--all-relu: --method inoue: not an option of it"),
        (("zhang", "--projection", "1,0,0"), "2 inputs, but --projection has 3 entries"),
        (("zhang", "--projection", "0,0"), "rows 1 and 2: the projection sends both inputs to 0"),
    ],
)
def test_options_that_do_not_go_together_are_refused(points, tmp_path, options, reason):
    refused(run("symbolic", "construct", points, "--method", *options, "-o", tmp_path / "network.json"), reason)
    assert not (tmp_path / "network.json").exists()
