"""Whether the statements are worth their names: models, ablations, mutants; and the generated index."""
