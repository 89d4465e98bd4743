"""Units become whole-number weights: exact ratios over their least common multiple."""

from collections.abc import Mapping
from math import gcd, lcm
from typing import Any, TypeVar

M = TypeVar("M")

LARGEST_QUANTITY = 2**40
"""What one song's quantity of all measures in one window is trusted to stay below: a million million."""
LARGEST_WEIGHT = 2**63 // LARGEST_QUANTITY
"""What a weight must stay below, so that points stay below 2^63."""


def weigh(units: Mapping[M, Any]) -> tuple[dict[M, int], int]:
    """Return whole-number weights and the points of one unit, exactly as ``units`` says."""
    ratios = {measure: how_many(value) for measure, value in units.items()}
    points = lcm(*(top for top, _ in ratios.values()))
    return {measure: points // top * bottom for measure, (top, bottom) in ratios.items()}, points


def weigh_both(units: Mapping[str, Any], fast: Mapping[str, Any]) -> tuple[dict[str, int], int, dict[str, int]]:
    """Return weights, the points of one unit, and the weights of songs for which more make a unit."""
    known = {measure: value for measure, value in fast.items() if measure in units}
    both = {(m, n): value for n, held in enumerate((units, known)) for m, value in held.items()}
    together, points = weigh(both)
    plain, other = ({m: weight for (m, n), weight in together.items() if n == which} for which in (0, 1))
    return plain, points, other


def how_many(value: Any) -> tuple[int, int]:  # noqa: ANN401 - a number, two of them, or a table with such a value
    """Return numerator and denominator, in lowest terms, of how many make one unit."""
    said = value["value"] if isinstance(value, dict) else value
    top, bottom = (said, 1) if isinstance(said, int) else said
    common = gcd(top, bottom)
    return top // common, bottom // common
