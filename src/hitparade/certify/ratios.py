"""How many of a measure make one unit of a programme, since when and by which source; and ranges of what is secret."""

from dataclasses import dataclass
from datetime import date

from hitparade.certify.programme import Programme
from hitparade.rulebook.book import DatedValue
from hitparade.rulebook.units import how_many


@dataclass(frozen=True, slots=True)
class RatioSince:
    """How many of a measure make one unit from a day on.

    ``makes_one`` is empty from when on none counts; ``but`` says for which songs alone it holds, ``between`` the range
    within which a number that is not published lies.
    """

    measure: str
    since: date
    makes_one: str
    but: str
    confidence: str
    between: str
    source: str


def ratios_of(programme: Programme) -> tuple[RatioSince, ...]:
    """Return the ratios of a programme by measure, oldest first."""
    found = sorted(programme.family("units").items())
    return tuple(_ratio(measure, each) for measure, series in found for each in series.values)


def ranges_of(programme: Programme, since: date) -> tuple[str, ...]:
    """Return the range of each level of a ladder whose threshold is not published, in words."""
    held = programme.series["ladder"].on(since)
    levels = held.value["levels"] if held and held.value else ()
    return tuple(f"{each['name']} {_range(each['between'])}" for each in levels if each.get("between"))


def _ratio(measure: str, held: DatedValue) -> RatioSince:
    top, bottom = how_many(held.value) if held.value is not None else (0, 0)
    one = "" if held.value is None else f"{top:,}" if bottom == 1 else f"{top:,}/{bottom:,}"
    since = held.value.get("available_from") if isinstance(held.value, dict) else None
    but = "does not count" if held.value is None else f"of songs released from {since} on" if since else ""
    between = _range(held.between) if held.between else ""
    return RatioSince(measure, held.since, one, but, held.confidence, between, held.source)


def _range(between: tuple[int, int]) -> str:
    return f"{between[0]:,} to {between[1]:,}"
