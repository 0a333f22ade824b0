"""Sigmoid and ReLU networks near sin 2 pi x, with the certified sup of the error in every picture."""
