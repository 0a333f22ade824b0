"""The randomization tests of Zhang et al. (ICLR 2017) on scikit-learn's digits, every network audited exactly."""
