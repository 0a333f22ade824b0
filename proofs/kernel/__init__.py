"""The rules by which a theorem can be made, and nothing else: what one must believe besides a solver."""
