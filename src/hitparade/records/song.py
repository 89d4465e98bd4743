"""A song's full history: every chart it was on, issue by issue, with what the archives cannot show."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from hitparade.archive.series import YEAR_END
from hitparade.errors import ArchiveError
from hitparade.records.finding import Found, namesakes
from hitparade.records.mirror import Mirror, SeriesRow
from hitparade.records.runs import Break, Calendar, RunLine, breaks, movement, re_entries, run_string

TOP_TEN = 10
_STRETCHES = 4
"""How many stretches of one way to print a song a note names before it counts the rest."""

_LINES = """
select series, issue, ordinal, position, title, credit, printed_last, printed_peak, printed_weeks, source, place,
    last, peak, peak_issue, peak_weeks, weeks, spell, credit_id
from {entries} where song = $song and issue <= $until
order by series, issue, position, title, credit, place
"""
_CREDITED = """
select a.name, c.role from {credits} c join {artists} a on a.artist = c.artist
where c.credit_id = $credit order by c.place
"""


@dataclass(frozen=True, slots=True)
class ChartRun:
    """A song's run on one chart as of an issue.

    Attributes:
        as_of: the last issue held that the run was followed to.
        still_on: whether the song is on that issue.
        top_ten_first, at_one_first: first issue there, or None.
        notes: what the archive cannot show, or shows otherwise than the chart prints it.
    """

    series: str
    title: str
    territory: str
    simulated: bool
    source: str
    size: int | None
    as_of: date
    still_on: bool
    run: str
    lines: tuple[RunLine, ...]
    breaks: tuple[Break, ...]
    re_entries: tuple[RunLine, ...]
    top_ten_first: date | None
    top_ten_weeks: int
    at_one_first: date | None
    at_one: int
    notes: tuple[str, ...]

    @property
    def debut(self) -> RunLine:
        """The first line."""
        return self.lines[0]

    @property
    def last(self) -> RunLine:
        """The last line; its peak and weeks are the run's."""
        return self.lines[-1]

    @property
    def sources(self) -> tuple[str, ...]:
        """The editions and imports that the lines come from, sorted."""
        return tuple(sorted({line.source for line in self.lines}))


@dataclass(frozen=True, slots=True)
class YearPlace:
    """A song's place on a published list of a year."""

    series: str
    title: str
    dated: date
    position: int
    source: str
    place: str


@dataclass(frozen=True, slots=True)
class Credit:
    """An artist of a song and the part taken."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SongHistory:
    """A song on all charts that the house holds.

    Attributes:
        key: the song's key.
        charts: its runs, the longest first.
        years: its places on published year-end lists.
        others: other songs of the same title.
        prints: the titles and credits under which charts print it, those with most lines first.
    """

    song: int
    key: str
    title: str
    credit: str
    artists: tuple[Credit, ...]
    charts: tuple[ChartRun, ...]
    years: tuple[YearPlace, ...]
    others: tuple[Found, ...]
    prints: tuple[tuple[str, str], ...]
    on: date | None


def history(mirror: Mirror, found: Found, series: str = "", on: date | None = None) -> SongHistory:
    """Return a song's history on a series or on all, as of a day.

    Raises:
        ArchiveError: the song was on none of them by then.
    """
    until = on or date.max
    charts = [series] if series else mirror.series_of(found.song)
    values = {"song": found.song, "until": until}
    rows = mirror.rows(_LINES.format(entries=mirror.entries_of(charts)), values) if charts else []
    if not rows:
        raise ArchiveError(f"{found.name}: it was on no chart that is held{f' up to {on}' if on else ''}")
    runs, years = [], []
    for name, each in groupby(rows, key=itemgetter(0)):
        about = mirror.series[name]
        if about.kind == YEAR_END:
            years += [YearPlace(name, about.title, row[1], row[3], row[9], row[10]) for row in each]
        else:
            runs.append(_run(mirror, about, list(each), until))
    runs.sort(key=lambda run: (-len(run.lines), run.series))
    prints = _prints(rows)
    credited = _CREDITED.format(credits=mirror.near("credits"), artists=mirror.near("artists"))
    usual = next((row[17] for row in rows if (row[4], row[5]) == (found.title, found.credit)), rows[0][17])
    artists = tuple(Credit(*row) for row in mirror.rows(credited, {"credit": usual}))
    others = namesakes(mirror, found, on)
    return SongHistory(
        found.song, found.key, found.title, found.credit, artists, tuple(runs), tuple(years), others, prints, on
    )


def _prints(rows: Iterable[Sequence[Any]]) -> tuple[tuple[str, str], ...]:
    counted: dict[tuple[str, str], int] = {}
    for row in rows:
        counted[row[4], row[5]] = counted.get((row[4], row[5]), 0) + 1
    return tuple(sorted(counted, key=lambda name: (-counted[name], name)))


def _run(mirror: Mirror, about: SeriesRow, rows: Sequence[Sequence[Any]], until: date) -> ChartRun:
    lines = tuple(_lines(rows))
    calendar = mirror.calendar(about.series)
    as_of = mirror.last_issue(about.series, until)
    tens = [line.issue for line in lines if line.position <= TOP_TEN]
    ones = [line.issue for line in lines if line.position == 1]
    return ChartRun(
        about.series, about.title, about.territory, about.simulated, about.source, about.size,
        as_of=as_of,
        still_on=lines[-1].issue == as_of,
        run=run_string(lines, calendar),
        lines=lines,
        breaks=breaks(lines, calendar),
        re_entries=re_entries(lines),
        top_ten_first=min(tens, default=None),
        top_ten_weeks=len(tens),
        at_one_first=min(ones, default=None),
        at_one=len(ones),
        notes=tuple(_notes(about, lines, calendar)),
    )  # fmt: skip


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[RunLine]:
    for issue, group in groupby(rows, key=itemgetter(1)):
        best, *rest = group
        _, _, ordinal, position, title, credit, was, top, told, source, place, last, peak, *more = best
        peak_issue, peak_weeks, weeks, spell, _ = more
        yield RunLine(
            issue, ordinal, position, last, movement(position, last, weeks), peak, peak_issue, peak_weeks, weeks, spell,
            title, credit, tuple(row[3] for row in rest), was, top, told, source, place,
        )  # fmt: skip


def _notes(about: SeriesRow, lines: Sequence[RunLine], calendar: Calendar) -> Iterator[str]:
    """Return what the archive cannot show, or shows otherwise than the chart prints it."""
    first, last = lines[0], lines[-1]
    if first.ordinal == 1 and (first.printed_weeks or 1) > 1:
        yield (
            f"the archive begins on {first.issue}, in the song's week {first.printed_weeks} as printed; "
            "its debut is earlier and not held"
        )
    if last.printed_peak is not None and last.printed_peak != last.peak:
        yield f"the chart prints peak {last.printed_peak} on {last.issue}; the issues held show {last.peak}"
    if last.printed_weeks is not None and last.printed_weeks != last.weeks:
        yield f"the chart prints {_weeks(last.printed_weeks)} on {last.issue}; {_weeks(last.weeks)} are held"
    twice = [line for line in lines if line.also]
    if twice:
        yield (
            f"two prints of it stand on {len(twice)} of its issues ({twice[0].issue} first, at {twice[0].position} and "
            f"{twice[0].also[0]}); the better position counts, and both lines are kept"
        )
    yield from _renamed(lines)
    for each in breaks(lines, calendar):
        if each.short:
            which = "the issue" if each.out == 1 else f"{each.short} of the {each.out} issues"
            holds = "holds fewer lines than it should" if each.short == 1 else "hold fewer lines than they should"
            when = f"between {each.after} and {each.before}"
            yield f"{which} {when} {holds}: the song may have been on {about.title} then"


def _renamed(lines: Sequence[RunLine]) -> Iterator[str]:
    """Give under which words the lines stand, with the spans of each, where a chart printed a song in several ways."""
    words = {(line.title, line.credit) for line in lines}
    credited = {credit for _, credit in words}
    if len(credited) > 1:
        yield f"credited {_spans(lines, [line.credit for line in lines])}"
    if len({title for title, _ in words}) > 1:
        yield f"printed {_spans(lines, [line.title for line in lines])}"


def _spans(lines: Sequence[RunLine], words: Sequence[str]) -> str:
    """Return each text with the first and last issue of every stretch on which it stands."""
    found: dict[str, list[str]] = {}
    for text, group in groupby(zip(words, lines, strict=True), key=itemgetter(0)):
        issues = [line.issue for _, line in group]
        first, last = issues[0], issues[-1]
        found.setdefault(text, []).append(f"on {first}" if first == last else f"{first} to {last}")
    return "; ".join(f'"{text}" {_and(spans)}' for text, spans in found.items())


def _and(said: Sequence[str]) -> str:
    many = f"{', '.join(said[:_STRETCHES])} and {len(said) - _STRETCHES} more times"
    if len(said) > _STRETCHES + 1:
        return many
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _weeks(count: int) -> str:
    return "1 week" if count == 1 else f"{count} weeks"
