"""States what the theorem says and has z3 refute its negation. Only `unsat` is believed."""
