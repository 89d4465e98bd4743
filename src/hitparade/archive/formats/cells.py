"""Cells as archives print them: days, whole numbers, and the signs that stand for nothing."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from hitparade.errors import ArchiveError

NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "\u2013",
        "\u2014",
        "\u2212",
        "\u2022",
        "*",
        "new",
        "re",
        "re-entry",
        "reentry",
        "re-enter",
        "debut",
    }
    | {"n/a", "na", "n.a.", "nan", "none", "null", "nat", "<na>"}
)
"""What stands in a last-week, peak or weeks column when there is nothing to say, in small letters."""

_WHOLE = re.compile(r"\+?(\d{1,18})(?:\.0+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WRITTEN = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%d-%b-%Y", "%Y%m%d", "%Y/%m/%d")
DAY_FIRST, MONTH_FIRST = "%d/%m/%Y", "%m/%d/%Y"
_MONTHS = 12


def whole(text: str) -> int | None:
    """Return the whole number that a cell says, or None; ``12.0`` and ``1,234`` are whole numbers too."""
    text = text.strip()
    found = _WHOLE.fullmatch(text)
    if found:
        return int(found[1])
    return int(text.replace(",", "")) if _GROUPED.fullmatch(text) else None


def is_nothing(text: str) -> bool:
    """Return whether a cell says that there is nothing to say."""
    return text.strip().casefold() in NOTHING


def day(text: str, style: str = "") -> date | None:
    """Return the day that a cell says, or None; ``style`` is how the file writes days, as strptime reads it."""
    text = text.strip()
    found = _ISO.fullmatch(text)
    if found:
        return _made("%Y-%m-%d", found[1])
    if style in {DAY_FIRST, MONTH_FIRST} and (parts := _SLASHED.fullmatch(text)):
        return _made(style, "/".join(parts.groups()))
    if style and style not in {DAY_FIRST, MONTH_FIRST}:
        return _made(style, text)
    return next((made for each in _WRITTEN if (made := _made(each, text))), None)


def _made(style: str, text: str) -> date | None:
    try:
        return datetime.strptime(text, style).date()  # noqa: DTZ007 - a civil day has no zone
    except ValueError:
        return None


def style_of(texts: Iterable[str], where: str) -> tuple[str, str]:
    """Return how days such as 8/2/1958 are written, and the cell that shows it; empty where there are none.

    Raises:
        ArchiveError: no cell shows whether the day or the month comes first, or cells contradict each other.
    """
    slashed = sorted({text.strip() for text in texts if _SLASHED.fullmatch(text.strip())})
    parts = [re.split(r"[/.]", text) for text in slashed]
    day_first = next(("/".join(each) for each in parts if int(each[0]) > _MONTHS), "")
    month_first = next(("/".join(each) for each in parts if int(each[1]) > _MONTHS), "")
    if day_first and month_first:
        raise ArchiveError(
            f"{where}: days are written as {day_first!r} and as {month_first!r}; allowed is one order in a file"
        )
    if slashed and not (day_first or month_first):
        raise ArchiveError(
            f"{where}: {slashed[0]!r} can be two days; "
            f"a mapping with dates = {MONTH_FIRST!r} or {DAY_FIRST!r} says which"
        )
    return (DAY_FIRST, day_first) if day_first else (MONTH_FIRST, month_first) if month_first else ("", "")
