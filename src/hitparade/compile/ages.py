"""Limits of age in years or months, as several rules count them.

On the anniversary itself something is exactly that old and within the limit; a day later it is older. A month that
lacks the day ends on its last one: 29 February and two years lead to 28 February.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any


def limit(params: Mapping[str, Any]) -> tuple[int, str]:
    """Return the months of a limit and its words, for instance ``(24, "2 years")``; ``(0, "")`` without one."""
    word = next((word for word in ("year", "month") if f"{word}s" in params), "")
    if not word:
        return 0, ""
    number = int(params[f"{word}s"])
    return number * (12 if word == "year" else 1), f"{number} {word}{'' if number == 1 else 's'}"


@lru_cache(maxsize=1 << 14)  # songs come out on few days
def later(day: date, months: int) -> date:
    """Return the day so many months later, the last one of a month that lacks it."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
