"""The largest N such that every N points fit, for small widths: constructions, certificates, the table."""
