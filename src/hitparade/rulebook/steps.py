"""What the rulebook itself must know of each rule kind: when it runs, and how many earlier windows it reads.

A kind that is not named here marks ordered lines and reads this window only. The kinds say the same of themselves,
and a test holds the two against each other.
"""

from collections.abc import Callable, Mapping
from typing import Any

Params = Mapping[str, Any]

WEIGH, MARK, AFTER = "weigh", "mark", "after"
STAGES = (WEIGH, MARK, AFTER)
"""Before lines are put in order; on ordered lines; on the lines of the chart, when places are known."""

STAGE: Mapping[str, str] = {
    "accelerated": WEIGH,
    "average_price": WEIGH,
    "credited": WEIGH,
    "growth": WEIGH,
    "markers": AFTER,
    "inherits": WEIGH,
    "rerank": WEIGH,
}
"""The stage of each step that does not mark."""

WINDOWS_READ: Mapping[str, Callable[[Params], int]] = {
    "accelerated": lambda params: int(params["declines"]) + 1,
    "growth": lambda _: 1,
    "markers": lambda params: int(any(sign["when"] in {"gain", "greatest_gain"} for sign in params["signs"])),
}
"""How many earlier windows a step with these parameters reads."""

_TIES = {"gain": 1}


def stage(step: str) -> str:
    """Return when a step runs."""
    return STAGE.get(step, MARK)


def look_back(params: Mapping[str, Params], ties: tuple[str, ...]) -> int:
    """Return how many earlier windows the steps in force and the ties read at most."""
    read = (WINDOWS_READ[step](held) for step, held in params.items() if step in WINDOWS_READ)
    return max((0, *read, *(_TIES.get(key, 0) for key in ties)))


def charts_read(params: Mapping[str, Params]) -> tuple[str, ...]:
    """Return the charts that steps in force name: their parameter ``chart``, or each of ``charts``."""
    one = (str(held["chart"]) for held in params.values() if "chart" in held)
    named = (each for held in params.values() for each in held.get("charts", ()))
    several = (str(each["chart"] if isinstance(each, Mapping) else each) for each in named)
    return tuple(sorted({*one, *several}))
