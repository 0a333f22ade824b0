"""Figures side by side, each section of RESULTS.md written by one program of this folder."""
