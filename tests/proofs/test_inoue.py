"""The article's construction: its formulas, evaluated as they stand, are what the chain defines."""

from fractions import Fraction
from random import Random

import pytest

from proofs.audit.report import by_file
from proofs.audit.text import statement
from proofs.theorems import inoue_symbols as s
from proofs.theorems import symbols
from tests.proofs.model import Task, interpret

SIZES = [(1, 1), (1, 3), (3, 1), (2, 2), (2, 3), (3, 3)]


@pytest.fixture(scope="module")
def kernel():
    return by_file()[0]


def _task(a1, a2):
    """Random rows of one coordinate."""
    random = Random(a1 * 100 + a2)
    inputs = random.sample(range(-50, 50), a1 * a2)
    outputs = [Fraction(random.randint(-20, 20), 3) for _ in inputs]
    return Task(a1, a2, tuple((Fraction(e),) for e in inputs), tuple(outputs))


class Article:
    """The formulas of the article, evaluated step by step."""

    def __init__(self, a1, a2, ts, ys):
        self.a1, self.a2, self.x, self.y = a1, a2, {}, {}
        middle = [(ts[i * a2 - 1] + ts[i * a2]) / 2 for i in range(1, a1)]
        self.b = [ts[0] - 1, *middle, ts[-1] + 1]
        for i in range(a1):
            places = range(i * a2, i * a2 + a2)[:: (-1) ** i]
            for j, q in enumerate(places):
                self.x[i, j], self.y[i, j] = ts[q], ys[q]
            near, far = self.b[i : i + 2][:: (-1) ** i]
            self.x[i, -1] = (near + self.x[i, 0]) / 2
            self.x[i, a2] = (far + self.x[i, a2 - 1]) / 2
            self.y[i, a2] = (far + self.y[i, a2 - 1]) / 2
        self.C = min(self.y[i, 0] for i in range(a1)) - 1
        self.M, self.k, self.c, self.w = {}, {}, {}, {}
        for j in range(a2):
            self._neuron(j)

    def residual(self, i, j, q):
        """D for q = j, D' for q = j + 1."""
        terms = (
            (-1) ** i * (self.x[i, q] - self.k[i, t]) / (self.k[i, t] - self.b[i])
            * self.M[i, t] * self.c[t]
            for t in range(j)
        )  # fmt: skip
        return self.y[i, q] - self.C - sum(terms)

    def _bound(self, i, j):
        """K times the product over the groups before."""
        x, b = self.x, self.b
        mu = {e: max(x[e, j - 1], x[e, j]) for e in range(i + 1)}
        own, after = (abs(self.residual(i, j, q)) for q in (j, j + 1))
        scaled = [(mu[i] - b[i]) / ((-1) ** i * (x[i, q] - x[i, q - 1])) * d for q, d in ((j, own), (j + 1, after))]
        result = max(own, *scaled) + 1
        for e in range(i):
            result *= (mu[e] - b[e]) / (b[e + 1] - mu[e])
        return result

    def _neuron(self, j):
        x, b, M, k = self.x, self.b, self.M, self.k
        self.c[j] = c = (-1) ** j * max(self._bound(i, j) for i in range(self.a1))
        M[0, j] = Fraction(1)
        for i in range(self.a1):
            lack, force = self.residual(i, j, j), (-1) ** i * M[i, j] * c
            k[i, j] = (x[i, j] * force + b[i] * lack) / (force + lack)
            M[i + 1, j] = (b[i + 1] - k[i, j]) / (k[i, j] - b[i]) * M[i, j]
            turn = (-1) ** i * (k[i, j] - k.get((i - 1, j), 0)) * M.get((i - 1, j), 1) * c
            self.w[i, j] = turn / ((k[i, j] - b[i]) * (k[i - 1, j] - b[i - 1])) if i else c / (k[i, j] - b[i])


@pytest.mark.parametrize("sizes", SIZES)
def test_definitions_are_the_formulas_of_the_article(kernel, sizes):
    a1, a2 = sizes
    model = interpret(kernel, _task(a1, a2))

    def value(symbol, *arguments):
        return model.apply(symbol if arguments else symbol.decl(), arguments)

    ts, ys = ([value(f, q) for q in range(a1 * a2)] for f in (symbols.ts, symbols.ys))
    article = Article(a1, a2, ts, ys)
    assert value(s.base) == article.C
    for j in range(a2):
        assert value(s.c, j) == article.c[j]
        assert value(s.d2, j) == -((-1) ** j) * article.c[j]
        for i in range(a1):
            assert value(symbols.b, i) == article.b[i]
            assert value(s.kink, i, j) == article.k[i, j]
            assert value(s.M, i, j) == article.M[i, j]
            assert value(s.V2, j, i) == (-1) ** j * article.w[i, j]
            for q in (j, j + 1):
                assert value(s.D, i, j, q) == article.residual(i, j, q)
    assert [value(s.fi, t) for t in ts] == ys


def test_headline(kernel):
    """The claim assumes sorted data in at most a1 groups of a2 >= 1 places, and nothing else."""
    claim = kernel["inoue"]
    assert statement(claim) == "q >= 0 and q < start(r) => fi(ts(q)) = ys(q)"
    assert claim.assumptions == {"groups", "sorted", "width"}
    assert {"ts", "ys", "r", "a1", "a2"} <= set(map(str, kernel.free(claim)))


def test_recurrences(kernel):
    """What the article defines by recurrences holds of the symbols."""
    inside = "i >= 0 and i < r and j >= 0 and j < a2 => "
    expected = {
        "inoue_recurrences.ratio": "M(i + 1, j) * (kink(i, j) - b(i)) = M(i, j) * (b(i + 1) - kink(i, j))",
        "inoue_recurrences.slope": "slopei(i, j) * (kink(i, j) - b(i)) = sign(i) * M(i, j) * c(j)",
        "inoue_recurrences": "D(i, j, q) = py(i, q) - basei - prefix(i, j, px(i, q))",
    }
    assert {name: statement(kernel[name]) for name in expected} == {
        name: inside + text for name, text in expected.items()
    }
