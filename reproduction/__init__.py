"""CLAIMS.md: what this repository claims, run claim by claim, and reported."""
