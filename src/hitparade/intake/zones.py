"""Civil times of a zone as a few spans of constant offset, so that engines never localise a time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hitparade.errors import IntakeError

_FIRST, _LAST = 1970, 2100


def check_zone(name: str, where: str) -> str:
    """Return ``name`` if there is such a zone; else :class:`IntakeError`."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise IntakeError(f"{where}: {name!r} is no time zone; allowed are names such as Europe/London") from error
    return name


def offsets(zone: str, first: datetime, last: datetime) -> tuple[tuple[datetime | None, int], ...]:
    """Return (civil time at which it ends, seconds east of UTC) for the spans between two civil times.

    A civil time that occurs twice is its first occurrence; one that is skipped is taken by the offset before.
    """
    here = ZoneInfo(zone)
    at, end = (_within(moment).replace(tzinfo=UTC) for moment in (first, last))
    at, end = at - timedelta(2), end + timedelta(2)
    spans: list[tuple[datetime | None, int]] = []
    while at < end:
        after = min(at + timedelta(1), end)
        if _seconds(here, at) != _seconds(here, after):
            change = _change(here, at, after)
            before = _seconds(here, at)
            civil = max(before, _seconds(here, after))
            spans.append(((change + timedelta(seconds=civil)).replace(tzinfo=None), before))
        at = after
    return (*spans, (None, _seconds(here, end)))


def _within(moment: datetime) -> datetime:
    return min(max(moment, datetime(_FIRST, 1, 3, tzinfo=None)), datetime(_LAST, 1, 1, tzinfo=None))  # noqa: DTZ001


def _seconds(zone: ZoneInfo, at: datetime) -> int:
    return int((at.astimezone(zone).utcoffset() or timedelta()).total_seconds())


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first whole second in (low, high] at which the offset is no longer that of ``low``."""
    before = _seconds(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _seconds(zone, middle) == before else (low, middle)
    return high
