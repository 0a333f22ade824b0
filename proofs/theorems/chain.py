"""The statements in the order in which they are proved."""

from __future__ import annotations

from types import ModuleType

from proofs.kernel.rules import Kernel
from proofs.theorems import (
    breakpoint,
    cell,
    denominators,
    float64,
    float64_any,
    float64_cell,
    float64_exact,
    float64_line,
    float64_pattern,
    float64_points,
    float64_steep,
    float64_whole,
    forward,
    group,
    inoue,
    inoue_growth,
    inoue_knots,
    inoue_lift,
    inoue_network,
    inoue_pattern,
    inoue_points,
    inoue_recurrences,
    inoue_start,
    inoue_term,
    interpolant,
    knots,
    lower_bound,
    lower_first,
    lower_second,
    network,
    order,
    output,
    padding,
    pattern,
    projection,
    ranking,
    rounding,
    rounding_order,
    shallow,
    sign,
    steepness,
    theorem3,
    theorem3_free,
    theorem3_injective,
    theorem3_line,
    theorem3_sorted,
    theorem3_strict,
    theorem4,
    theorem4_block,
    theorem4_extra,
    theorem4_network,
    upper_bound,
    upper_bound_count,
    upper_bound_cut,
    upper_bound_frozen,
    upper_bound_inputs,
    upper_bound_network,
    upper_bound_pass,
    upper_bound_same,
    upper_bound_two,
    upper_bound_zigzag,
    zhang,
    zhang_line,
    zigzag,
)  # fmt: skip

FILES: tuple[ModuleType, ...] = (
    sign, group, order, breakpoint, zigzag, interpolant, steepness, pattern,
    network, cell, knots, output, theorem3_sorted, theorem3_line,
    ranking, padding, forward, theorem3_free, theorem3_injective, projection,
    theorem3, theorem3_strict,
    shallow, lower_first, lower_second, lower_bound,
    zhang_line, zhang,
    inoue_points, inoue_lift, inoue_start, inoue_term, inoue_growth, inoue_knots,
    inoue_recurrences, inoue_network, inoue_pattern, inoue, denominators, float64_points, float64_steep,
    float64_cell, float64_pattern, float64, rounding, rounding_order, float64_line, float64_any,
    float64_whole, float64_exact, theorem4_network, theorem4_block, theorem4_extra, theorem4,
    upper_bound_network, upper_bound_cut, upper_bound_frozen, upper_bound_same,
    upper_bound_count, upper_bound, upper_bound_inputs, upper_bound_two, upper_bound_pass,
    upper_bound_zigzag,
)  # fmt: skip


def prove_all(kernel: Kernel) -> Kernel:
    """Every statement of every file is a theorem of the kernel. Fails: Refused."""
    for file in FILES:
        file.prove(kernel)
    return kernel
