"""The smallest parameters that fit a small dataset, by exhaustive enumeration in exact integers."""
