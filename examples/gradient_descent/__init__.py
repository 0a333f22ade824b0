"""Gradient descent on wide networks (Du et al., ICLR 2019): what of its bound is certain."""
