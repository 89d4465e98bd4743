"""Release age: songs older than a limit are not ranked.

A song leaves when its release day lies more than ``years`` (or ``months``) before the first day that counts.
On the anniversary itself it is exactly that old and stays; a day later it leaves. A month that lacks the day
ends on its last one (released 29 February, two years: until 28 February). A song whose release day nobody
stated stays, and its reason says so.

Rule E2 of the methodologies: ARIA ranks releases up to two years old since 2025-09-01 [AU1].
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """What was looked at: the release day, the limit, and the last day on which the song is young enough."""

    released: date | None
    limit: str
    until: date | None
    off: bool


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that is older than the limit on the first day that counts."""
    months, limit = _limit(context.params)
    known: dict[date | None, Facts] = {}  # songs come out on few days
    for line in lines:
        released = line.candidate.released
        if line.candidate.song in context.exempt:
            continue
        if released not in known:
            known[released] = _look(released, months, limit, context.tracking_start)
        facts = known[released]
        if facts.off:
            line.goes("release_age", facts)
        else:
            line.stays("release_age", facts)


def _look(released: date | None, months: int, limit: str, tracking_start: date) -> Facts:
    if released is None:
        return Facts(None, limit, None, off=False)
    until = _later(released, months)
    return Facts(released, limit, until, off=until < tracking_start)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return what the release day means for the song."""
    if facts.released is None:
        return f"no sender stated a release day, so the limit of {facts.limit} is not applied"
    if facts.off:
        return f"released {facts.released}: older than {facts.limit} since {facts.until}"
    return f"released {facts.released}: within {facts.limit} until {facts.until}"


def _limit(params: Mapping[str, Any]) -> tuple[int, str]:
    count, word = (params["years"], "year") if "years" in params else (params["months"], "month")
    return int(count) * (12 if word == "year" else 1), f"{count} {word}{'' if count == 1 else 's'}"


def _later(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
