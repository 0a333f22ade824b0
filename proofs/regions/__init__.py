"""Linear regions and activation regions of a network with any number of inputs, searched by z3 (checker/FORMAT.md)."""
