"""What became of songs in two versions of the same issues: who was on, for how long, and how high."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hitparade.chart import Chart, Entry

Pair = tuple[Chart, Chart]
"""An issue as it was and as it would have been."""


@dataclass(frozen=True, slots=True)
class Fate:
    """One song in both versions of a stretch of issues.

    Attributes:
        weeks_before, weeks_after: issues it was on.
        peak_before, peak_after: its best position in them; None when it was on none.
        off: issues that it was on and would not have been on.
        on: issues that it was not on and would have been on.
        why: what keeps it off on the first of ``off``.
        moved: issues on which it stands in both versions, at other positions.
    """

    song: str
    title: str
    credit: str
    weeks_before: int
    weeks_after: int
    peak_before: int | None
    peak_after: int | None
    off: tuple[date, ...]
    on: tuple[date, ...]
    why: str
    moved: int

    @property
    def peaked_otherwise(self) -> bool:
        """Whether it was on in both versions, with another peak."""
        return None not in {self.peak_before, self.peak_after} and self.peak_before != self.peak_after


def fates(pairs: Sequence[Pair]) -> tuple[Fate, ...]:
    """Return the songs whose life differs between two versions, those with most weeks of difference first."""
    lines = [(_by_song(before), _by_song(after)) for before, after in pairs]
    songs = sorted({song for line in lines for side in line for song in side})
    found = (_fate(song, pairs, [(one.get(song), other.get(song)) for one, other in lines]) for song in songs)
    return tuple(sorted((each for each in found if each.off or each.on or each.moved), key=_interest))


def _by_song(chart: Chart) -> dict[str, Entry]:
    return {entry.song: entry for entry in chart.entries}


def _interest(fate: Fate) -> tuple[object, ...]:
    best = min(each for each in (fate.peak_before, fate.peak_after) if each is not None)
    return -len(fate.off) - len(fate.on), best, fate.song


def _fate(song: str, pairs: Sequence[Pair], life: Sequence[tuple[Entry | None, Entry | None]]) -> Fate:
    befores, afters = [before for before, _ in life], [after for _, after in life]
    days = [before.issue_date for before, _ in pairs]
    off = tuple(day for day, (before, after) in zip(days, life, strict=True) if before and not after)
    on = tuple(day for day, (before, after) in zip(days, life, strict=True) if after and not before)
    name = next(each for each in (*reversed(befores), *reversed(afters)) if each)
    return Fate(
        song=song,
        title=name.title,
        credit=name.credit,
        weeks_before=sum(each is not None for each in befores),
        weeks_after=sum(each is not None for each in afters),
        peak_before=_peak(befores),
        peak_after=_peak(afters),
        off=off,
        on=on,
        why=next((_why(song, after) for _, after in pairs if off and after.issue_date == off[0]), ""),
        moved=sum(1 for before, after in life if before and after and before.position != after.position),
    )


def _peak(entries: Iterable[Entry | None]) -> int | None:
    return min((each.position for each in entries if each), default=None)


def _why(song: str, chart: Chart) -> str:
    said = [(each.song, each.sentence) for each in chart.left_out]
    said += [(each.song, each.sentence) for each in chart.drop_outs]
    return next((sentence for name, sentence in said if name == song), "")
