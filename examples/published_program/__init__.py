"""The article's published program, audited: run on stated datasets, its outcomes compared with those stated."""
