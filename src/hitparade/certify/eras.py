"""By which levels a song is judged: those of the certification's day, of its release, or the newest for all (K7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hitparade.certify.heard import Heard
from hitparade.certify.ladder import Ladder
from hitparade.certify.programme import Programme
from hitparade.errors import NotInForceError

_DAY = timedelta(1)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Era:
    """Days on which a ladder makes levels, from units consumed up to ``counts_to``."""

    ladder: Ladder
    begins: date
    ends: date
    counts_to: date


@dataclass(frozen=True, slots=True)
class Judged:
    """How a programme judges a song as of a day: eras of ladders, and the one that the next level is of."""

    judged_by: str
    trigger: str
    week_ends: str
    ladder: Ladder | None
    ladders: tuple[Ladder, ...]
    eras: tuple[Era, ...]
    notes: tuple[str, ...] = ()


def judged(programme: Programme, heard: Heard, as_of: date) -> Judged:
    """Return by which levels a song is judged as of a day.

    Raises:
        NotInForceError: the programme had no levels yet.
    """
    by, trigger = needed(programme, "judged_by", as_of), needed(programme, "trigger", as_of)
    ladders = programme.ladders(heard.traits)
    day, notes = (as_of, []) if by != "release" else (heard.released, _no_release(programme, heard))
    held = programme.ladder_on(day, heard.traits) if day else None
    if held is None and by != "release":
        raise NotInForceError(_too_early(programme, "ladder", as_of))
    if (why := not_eligible(programme, heard, as_of)) is not None:
        return Judged(by, trigger["value"], trigger.get("week_ends", ""), None, ladders, (), (why,))
    eras = tuple(_eras(programme, ladders, held, by, as_of)) if held else ()
    week = trigger.get("week_ends", "")
    return Judged(by, trigger["value"], week, held, ladders, eras, tuple(notes) if held is None else ())


def needed(programme: Programme, key: str, day: date) -> Any:  # noqa: ANN401 - a word, or a table
    """Return the value of a key in force; :class:`NotInForceError` when it has none yet."""
    held = programme.on(key, day)
    if held is None:
        raise NotInForceError(_too_early(programme, key, day))
    return {"value": held.value} if key == "trigger" and isinstance(held.value, str) else held.value


def _too_early(programme: Programme, key: str, day: date) -> str:
    first, what = programme.series[key].values[0].since, key.replace("judged_by", "ladder")
    return f"{programme.id}: no {what} is known for {day}, the first is of {first}; --as-of says a later day"


def _no_release(programme: Programme, heard: Heard) -> list[str]:
    first = programme.series["ladder"].values[0].since
    if heard.released is None:
        return ["no release day is known, and the programme judges by it; --released DATE says one"]
    return [f"released {heard.released}; the levels known are for releases since {first}"]


def not_eligible(programme: Programme, heard: Heard, as_of: date) -> str | None:
    """Return why a song may not be certified, or None when it may."""
    held = programme.on("eligible", as_of)
    if held is None:
        return None
    since = held.value["released_from"]
    if heard.released is None:
        return f"no release day is known, and only songs released on {since} or later are certified"
    return None if heard.released >= since else f"released {heard.released}; certified are songs of {since} or later"


def _eras(programme: Programme, ladders: tuple[Ladder, ...], held: Ladder, by: str, as_of: date) -> Iterator[Era]:
    # By release, the ladder was there before the song; else it makes levels from its own day on.
    if by == "release":
        yield Era(held, date.min, as_of, as_of)
        return
    yield Era(held, held.since, as_of, as_of)
    if by == "all":
        return
    number = ladders.index(held)
    before = ladders[:number]
    if _automatic(programme, as_of):
        yield from _kept(programme, (*before, held), as_of)
    elif before and as_of < _grace_ends(programme, held):
        yield Era(before[-1], before[-1].since, as_of, held.since - _DAY)


def _automatic(programme: Programme, as_of: date) -> bool:
    return bool(needed(programme, "trigger", as_of)["value"] == "automatic")


def _kept(programme: Programme, ladders: tuple[Ladder, ...], as_of: date) -> Iterator[Era]:
    """Give the eras in which levels were made by themselves, and stay."""
    first = _automatic_since(programme, as_of)
    for n, each in enumerate(ladders[:-1]):
        ends = ladders[n + 1].since - _DAY
        if ends >= first:
            late = max(ends, min(as_of, _grace_ends(programme, ladders[n + 1]) - _DAY))
            yield Era(each, max(each.since, first), late, ends)


def _automatic_since(programme: Programme, as_of: date) -> date:
    values = [each for each in programme.series["trigger"].values if each.since <= as_of]
    since = values[-1].since
    for each in reversed(values):
        said = each.value
        if (said if isinstance(said, str) else said["value"]) != "automatic":
            break
        since = each.since
    return since


def _grace_ends(programme: Programme, held: Ladder) -> date:
    """Return the first day after the grace of a change of levels; the change itself when there is none."""
    said = programme.series["ladder"].on(held.since)
    months = said.value.get("grace_months", 0) if said and said.value else 0
    year, month = divmod(held.since.month - 1 + months, _MONTHS)
    return _in_month(held.since.year + year, month + 1, held.since.day)


def _in_month(year: int, month: int, day: int) -> date:
    """Return that day of a month, or the first of the next one where the month is shorter."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year + month // _MONTHS, month % _MONTHS + 1, 1)
