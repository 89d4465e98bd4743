"""Charts over many issues: units, points or positions added up, and songs put in order.

Pure: issues come in as they were published or drafted, sums over all weeks as numbers; a table goes out.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import lcm
from typing import Any

from hitparade.chart import Chart, Entry
from hitparade.rulebook.spans import Terms

_NOWHERE = 1 << 62


@dataclass(frozen=True, slots=True)
class Part:
    """An issue, how many positions its book gives it, and whether it falls into the span."""

    chart: Chart
    size: int
    inside: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """What songs have in all weeks of a span, on the chart or not: totals and printed words by song."""

    totals: Mapping[str, int]
    per_unit: int
    words: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a chart over many issues.

    Attributes:
        total: what was added up; in units once divided by the table's ``per_unit``.
        weeks: issues counted.
        peak, peak_weeks: the best position in them and the issues there; None and 0 for a song on none.
        first_issue, entry_position, last_issue: of the counted issues; None for a song on none.
    """

    position: int
    song: str
    title: str
    credit: str
    total: int
    weeks: int
    peak: int | None
    peak_weeks: int
    first_issue: date | None
    entry_position: int | None
    last_issue: date | None


@dataclass(frozen=True, slots=True)
class Table:
    """The lines in order, and how much of a total makes one unit (1 where no units are added)."""

    lines: tuple[Tally, ...]
    per_unit: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one issue adds for a song: ``adds`` is ``worth`` for its points or position, times the ``era``'s factor."""

    issue: date
    position: int
    worth: int
    era: int
    adds: int


Week = tuple[Part, Entry]


def accumulate(
    parts: Sequence[Part], terms: Terms, sums: Sums | None = None, renamed: Mapping[str, str] | None = None
) -> Table:
    """Return the chart over the parts that count.

    Args:
        parts: issues in order; those outside of the span are read where whole runs are credited.
        terms: what is added up.
        sums: the songs' totals over all weeks, where the terms ask for them.
        renamed: song keys of published issues that identity has changed since, and what they are now.
    """
    histories = _counted(_histories(parts, renamed or {}), terms)
    per_unit = sums.per_unit if sums else _per_unit(histories, terms)
    totals = _totals(histories, terms, sums, per_unit)
    words = {**(sums.words if sums else {}), **{song: _words(weeks) for song, weeks in histories.items()}}
    lines = [_line(song, words[song], total, histories.get(song, ())) for song, total in totals.items() if total > 0]
    ranked = _ranked(lines, histories, terms)
    return Table(tuple(line for line in ranked if terms.size is None or line.position <= terms.size), per_unit)


def shares(parts: Sequence[Part], terms: Terms, song: str, per_unit: int, renamed: Mapping[str, str]) -> list[Share]:
    """Return what each counted issue adds for one song, in order; they sum to its total where no other sums are given.

    ``per_unit`` is that of the table.
    """
    found = []
    for part, entry in _counted(_histories(parts, renamed), terms).get(song, ()):
        worth, era = _worth(part, entry, terms, per_unit), terms.era(part.chart.issue_date)
        found.append(Share(part.chart.issue_date, entry.position, worth, era, worth * era))
    return found


def _histories(parts: Sequence[Part], renamed: Mapping[str, str]) -> dict[str, list[Week]]:
    """Return each song's weeks in order of time."""
    found: dict[str, list[Week]] = {}
    for part in sorted(parts, key=lambda each: each.chart.issue_date):
        for entry in part.chart.entries:
            found.setdefault(renamed.get(entry.song, entry.song), []).append((part, entry))
    return found


def _counted(histories: Mapping[str, list[Week]], terms: Terms) -> dict[str, list[Week]]:
    """Return the weeks of each song that count, of songs that have any."""
    if terms.runs == "split":
        inside = {song: [week for week in weeks if week[0].inside] for song, weeks in histories.items()}
        return {song: weeks for song, weeks in inside.items() if weeks}
    anchors: dict[str, Callable[[list[Week]], Week]] = {
        "peak": lambda weeks: min(weeks, key=lambda week: (week[1].position, week[0].chart.issue_date)),
        "entry": lambda weeks: weeks[0],
        "exit": lambda weeks: weeks[-1],
    }
    return {song: weeks for song, weeks in histories.items() if anchors[terms.runs](weeks)[0].inside}


def _per_unit(histories: Mapping[str, list[Week]], terms: Terms) -> int:
    """Return how much makes one unit: a multiple of what did in every week, so that weeks add exactly."""
    if terms.method == "positions":
        return 1
    return lcm(*{part.chart.points_per_unit for weeks in histories.values() for part, _ in weeks})


def _totals(histories: Mapping[str, list[Week]], terms: Terms, sums: Sums | None, per_unit: int) -> Mapping[str, int]:
    if sums is not None:
        return sums.totals if terms.songs == "all" else {s: n for s, n in sums.totals.items() if s in histories}
    return {
        song: sum(_worth(part, entry, terms, per_unit) * terms.era(part.chart.issue_date) for part, entry in weeks)
        for song, weeks in histories.items()
    }


def _worth(part: Part, entry: Entry, terms: Terms, per_unit: int) -> int:
    """Return what one week of a song adds."""
    if terms.method != "positions":
        return entry.points * (per_unit // part.chart.points_per_unit)
    if entry.position <= len(terms.table):
        return terms.table[entry.position - 1]
    top = part.size if terms.inverse_of is None else terms.inverse_of
    return max(0, top + 1 - entry.position)


def _words(weeks: Sequence[Week]) -> tuple[str, str]:
    return weeks[-1][1].title, weeks[-1][1].credit


def _line(song: str, words: tuple[str, str], total: int, weeks: Sequence[Week]) -> Tally:
    peak = min((entry.position for _, entry in weeks), default=None)
    days = [part.chart.issue_date for part, _ in weeks]
    return Tally(
        position=0,
        song=song,
        title=words[0],
        credit=words[1],
        total=total,
        weeks=len(set(days)),
        peak=peak,
        peak_weeks=sum(entry.position == peak for _, entry in weeks),
        first_issue=days[0] if days else None,
        entry_position=weeks[0][1].position if weeks else None,
        last_issue=days[-1] if days else None,
    )


def _ranked(lines: Iterable[Tally], histories: Mapping[str, list[Week]], terms: Terms) -> Iterator[Tally]:
    def key(line: Tally) -> tuple[Any, ...]:
        return tuple(_key(name, line, histories.get(line.song, ())) for name in terms.ties)

    ahead, groups, place, tied = 0, 0, 0, None
    for line in sorted(lines, key=key):
        this = key(line)[:-1]
        if terms.shared == "no" or this != tied:
            place = (groups if terms.shared == "dense" else ahead) + 1
            groups += 1
        ahead, tied = ahead + 1, this
        yield replace(line, position=place)


def _key(name: str, line: Tally, weeks: Sequence[Week]) -> Any:  # noqa: ANN401 - numbers, days and words
    if name == "best":
        at = Counter(entry.position for _, entry in weeks)
        # The last number is above every other one, so that of equal beginnings the longer list is the better one.
        return (*(-at[position] for position in range(1, max(at, default=0) + 1)), 1)
    return {
        "total": -line.total,
        "peak": line.peak or _NOWHERE,
        "peak_weeks": -line.peak_weeks,
        "weeks": -line.weeks,
        "first_issue": line.first_issue or date.max,
        "entry_position": line.entry_position or _NOWHERE,
        "title": (line.title.casefold(), line.title),
        "id": line.song,
    }[name]
