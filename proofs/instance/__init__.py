"""One network and one dataset: what the theorem says of them, refuted to the contrary by z3."""
