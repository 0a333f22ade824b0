"""The running example of FORMAT.md, and where the project is."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NETWORK = (
    '{"format": "exact-relu-network/1", "layers": [{"weights": [["1"]], "bias": ["-1/2"], "activation": "relu"},'
    ' {"weights": [["1"]], "bias": ["1"], "activation": "identity"}]}'
)
POINTS = "x,y\n0,1\n1,3/2\n"
