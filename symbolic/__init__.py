"""Derives the constructions with SymPy and evaluates the derived formulas, exactly, on a dataset."""
