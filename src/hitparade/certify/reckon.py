"""The answer of a programme on one song: units to date, levels reached and when, the next one, what is due (K7, K8).

Pure: a programme, what was heard of the song, what was granted and a day come in; a value goes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hitparade.certify.eras import Era, Judged, judged
from hitparade.certify.heard import Heard, Line, Units, units_of
from hitparade.certify.ladder import Rung
from hitparade.certify.programme import Programme, Span
from hitparade.weeks import WEEKDAYS


@dataclass(frozen=True, slots=True)
class Granted:
    """A level that was granted on a day; ``source`` is the line of an imported list that says it, empty for the log."""

    level: str
    on: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A level, the day on which it was reached, and since when that threshold holds."""

    level: str
    at: int
    on: date
    once: bool
    ladder: date


@dataclass(frozen=True, slots=True)
class Certification:
    """What a song has under a programme as of a day.

    Attributes:
        total: in units once divided by ``per_unit``; so is ``missing`` until ``next_level``.
        level, level_on: the highest level reached and the day of it; empty and None when there is none.
        reached: every level, in the order in which they were.
        judged_by: whose day's levels hold; ``ladder`` the day since when they do, None where none can be told.
        granted: what was granted by then; ``due`` is what was reached beyond that.
        since: the first day that is added up; with ``lower_bound`` there may be more before it.
        proof: what each measure gave between changes of the rules.
    """

    programme: str
    title: str
    unit: str
    currency: str
    song: str
    song_title: str
    credit: str
    released: date | None
    as_of: date
    total: int
    per_unit: int
    level: str
    level_on: date | None
    reached: tuple[Reached, ...]
    next_level: str
    next_at: int | None
    missing: int | None
    judged_by: str
    ladder: date | None
    ladder_source: str
    ladder_confidence: str
    scale: str
    trigger: str
    granted: tuple[Granted, ...]
    due: tuple[str, ...]
    since: date
    lower_bound: bool
    proof: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    simulated: bool = False


def reckon(
    programme: Programme, heard: Heard, spans: Sequence[Span], as_of: date, granted: Iterable[Granted] = (),
    granted_by: date | None = None,
) -> Certification:  # fmt: skip
    """Return what a programme says of a song as of a day; ``spans`` are those that the song was heard in.

    Levels granted by that day count, or by ``granted_by``, where that is another.
    """
    found = judged(programme, heard, as_of)
    units = units_of(heard, spans)
    held = tuple(sorted((each for each in granted if each.on <= (granted_by or as_of)), key=lambda each: each.on))
    reached = _reached(units, found, as_of)
    best = _best(reached, found)
    step = _next(units, best, found)
    since = spans[0].first if spans else as_of
    return Certification(
        programme=programme.id,
        title=programme.title,
        unit=programme.unit,
        currency=programme.currency,
        song=heard.song,
        song_title=heard.title,
        credit=heard.credit,
        released=heard.released,
        as_of=as_of,
        total=units.total,
        per_unit=units.per_unit,
        level=best.level if best else "",
        level_on=best.on if best else None,
        reached=reached,
        next_level=step.name if step else "",
        next_at=step.at if step else None,
        missing=step.at * units.per_unit - units.total if step else None,
        judged_by=found.judged_by,
        ladder=found.ladder.since if found.ladder else None,
        ladder_source=found.ladder.source if found.ladder else "",
        ladder_confidence=found.ladder.confidence if found.ladder else "",
        scale=found.ladder.scale if found.ladder else "",
        trigger=found.trigger,
        granted=held,
        due=_due(reached, best, held, found),
        since=since,
        lower_bound=False,
        proof=units.lines,
        notes=found.notes,
    )


def bounded(made: Certification, *, lower_bound: bool, simulated: bool, notes: Iterable[str] = ()) -> Certification:
    """Return a certification with what is known of the ledger that it rests on."""
    return replace(made, lower_bound=lower_bound, simulated=simulated, notes=(*made.notes, *notes))


def _reached(units: Units, found: Judged, as_of: date) -> tuple[Reached, ...]:
    """Return each level with the first day on which an era's ladder and the units of that day made it.

    Of multiples and sums those are told that were the highest at the end of a day; a day may pass many at once.
    """
    made: dict[str, Reached] = {}
    lasting = found.trigger != "automatic"
    for era in found.eras:
        for rung in _made(units, era):
            crossed = units.first_day(rung.at, era.counts_to, lasting=lasting)
            if crossed is None:
                continue
            on = _looked_at(max(crossed, era.begins), found.week_ends)
            known = made.get(rung.name)
            if on <= min(era.ends, as_of) and (known is None or on < known.on):
                made[rung.name] = Reached(rung.name, rung.at, on, rung.once, era.ladder.since)
    return tuple(sorted(made.values(), key=lambda each: (each.on, each.at, each.level)))


def _made(units: Units, era: Era) -> list[Rung]:
    """Return the levels that units up to an era's end made at the end of any day."""
    totals = {total // units.per_unit for day, total in units.days if day <= era.counts_to}
    most = max(totals, default=0)
    listed = {rung for rung in era.ladder.levels if rung.at <= most}
    return sorted(listed | {rung for total in totals if (rung := era.ladder.highest(total)) is not None})


def _looked_at(day: date, week_ends: str) -> date:
    """Return the day on which the programme looks: the same, or the end of that week."""
    return day + timedelta((WEEKDAYS.index(week_ends) - day.weekday()) % 7) if week_ends else day


def _rank(level: str, since: date, found: Judged) -> int:
    """Return where a level of the ladder of a day stands by the ladder that holds.

    A level that this one does not know stands no lower than those that were below it.
    """
    rung = found.ladder.find(level) if found.ladder else None
    own = next((each for each in reversed(found.ladders) if each.since <= since), None)
    if rung is not None or own is None or (there := own.find(level)) is None:
        return rung.at if rung else 0
    below = (
        found.ladder.find(each.name) for each in own.levels if found.ladder and each.at < there.at and not each.once
    )
    return max([there.at, *(each.at for each in below if each)])


def _best(reached: Iterable[Reached], found: Judged) -> Reached | None:
    steps = [each for each in reached if not each.once]
    return max(steps, key=lambda each: (_rank(each.level, each.ladder, found), each.at), default=None)


def _next(units: Units, best: Reached | None, found: Judged) -> Rung | None:
    if found.ladder is None:
        return None
    stands = _rank(best.level, best.ladder, found) if best else 0
    return found.ladder.after(max(units.total // units.per_unit, stands))


def _due(
    reached: Iterable[Reached], best: Reached | None, granted: Sequence[Granted], found: Judged
) -> tuple[str, ...]:
    """Return the highest level above what was granted, and awards that are given once and were not."""
    names = {each.level for each in granted}
    beside = tuple(each.level for each in reached if each.once and each.level not in names)
    if best is None:
        return beside
    stands = max((_rank(each.level, each.on, found) for each in granted), default=0)
    above = best.level not in names and _rank(best.level, best.ladder, found) > stands
    return (*((best.level,) if above else ()), *beside)
