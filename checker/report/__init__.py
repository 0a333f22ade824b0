"""One static HTML page about a certificate or a refutation (FORMAT.md, Report). It decides nothing itself.

It is written by hand, without a plotting package: the judge's room has the standard library alone, the drawings are
polylines and squares, and coordinates rounded from exact numbers are the same on every machine.
"""
