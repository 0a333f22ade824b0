"""Linear regions of networks of the theorem and of those that have most of them."""
