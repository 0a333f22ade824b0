"""What a definition or an induction must prove, as queries. Trusted, with `rules.py`."""

from __future__ import annotations

import z3

from proofs.kernel.statement import Query, Refused, cast, divisors, nodes


def moved(on, term, hypotheses, conclusion):
    """The hypotheses and the conclusion hold the term in place of the induction variable."""

    def put(formula):
        return z3.substitute(formula, (on, term))

    return [put(h) for h in hypotheses], put(conclusion)


def beliefs(statement, on, variables, vary) -> list[tuple[str, z3.BoolRef]]:
    """The induction hypothesis holds as it stands and with each term for its own variable."""
    if any(v.eq(on) or not any(v.eq(w) for w in variables) for v, _ in vary):
        raise Refused(f"only the other variables may vary: {vary}")
    varied = [(f"induction hypothesis at {t}", (v, cast(t, v, "vary"))) for v, t in vary]
    return [
        ("induction hypothesis", statement),
        *((label, z3.substitute(statement, pair)) for label, pair in varied),
    ]


def overlaps(name, cases) -> list[Query]:
    """No two guards hold together."""
    guards = [guard for guard, _ in cases]
    pairs = [(g, h) for at, g in enumerate(guards) for h in guards[at + 1 :]]
    return [Query(f"{name}: one case", (("guard", g),), z3.Not(h)) for g, h in pairs]


def divisions(name, cases, parts) -> list[Query]:
    """Nothing divides by 0 under its guard."""
    return [
        Query(f"{name}: divisor", (("guard", guard), *parts), divisor != 0)
        for guard, right in cases
        for divisor in [*divisors(right), *divisors(guard)]
    ]


def descents(name, decl, arguments, cases, measure, parts) -> list[Query]:
    """Every call of the symbol itself lowers the measure, which is not negative."""
    if measure is not None and not z3.is_int(measure):
        raise Refused(f"{name}: the measure {measure} is not an integer")
    queries = []
    for guard, right in cases:
        for call in (n for n in nodes(right) if n.decl() == decl):
            if measure is None:
                raise Refused(f"{name}: {call} calls itself without a measure")
            lower = z3.substitute(measure, *zip(arguments, call.children(), strict=True))
            goal = z3.And(measure >= 0, lower < measure)
            queries.append(Query(f"{name}: descent", (("guard", guard), *parts), goal))
    return queries
