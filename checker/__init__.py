"""Certifies that a ReLU network takes the values its dataset asks for, exactly. Standard library only."""

__version__ = "0.2.0"
