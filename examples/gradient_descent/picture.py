"""Pictures of certified courses of gradient descent, and of widths."""

from pathlib import Path

from examples.figure import pyplot, saved
from examples.gradient_descent.trajectory import Course


def courses(wide: Course, broken: Course, units: tuple[int, int], path: Path) -> None:
    """A course certified below its bound at every step, and one that is certainly above it at the last."""
    figure, axes = pyplot().subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for ax, found, m in zip(axes, (wide, broken), units, strict=True):
        ax.semilogy([float(v.mid()) for v in found.errors], color="C3", label="squared error, enclosed")
        ax.semilogy(
            [float(v.mid()) for v in found.bounds], color="0.5", label="(1 \u2212 \u03b7\u03bb\u2080/2)^k |e(0)|\u00b2"
        )
        last = len(found.errors) - 1
        said = {
            "CERTIFIED": f"certified at every step up to {last}",
            "REFUTED": f"broken at step {last}, certified",
            "UNKNOWN": f"not decided behind step {last}",
        }[found.verdict]
        ax.set_title(f"n = 10, m = {m}: bound {said}", fontsize=9)
        ax.set_xlabel("step k")
        ax.legend(fontsize=7)
    saved(figure, path)


def widths(shares: dict[int, float], asked: float, path: Path) -> None:
    """The share of certified courses by width, and the order of the width that the theorem asks for."""
    figure, ax = pyplot().subplots(figsize=(6, 3.2), layout="constrained")
    ax.semilogx(list(shares), list(shares.values()), "o-", color="C3", label="share of seeds with a certified course")
    ax.axvline(asked, color="0.5", label=f"n\u2076/(\u03bb\u2080\u2074\u03b4\u00b3) = {asked:.1e}, up to a constant")
    ax.set_xlabel("width m")
    ax.set_ylim(0, 1.05)
    ax.legend(fontsize=7, loc="lower center")
    saved(figure, path)
