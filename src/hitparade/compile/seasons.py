"""Spans of the year that come every year, such as Christmas: month and day to month and day."""

from datetime import date


def in_season(day: date, first: str, last: str) -> bool:
    """Return whether ``day`` lies from ``first`` to ``last`` (``"12-20"``), which may lie in the next year."""
    here = f"{day:%m-%d}"
    return first <= here <= last if first <= last else here >= first or here <= last
