"""Lines that stand where they stood and say something else: last position, peak or weeks."""

from dataclasses import dataclass
from datetime import date

from hitparade.chart import Chart, Entry


@dataclass(frozen=True, slots=True)
class Restated:
    """One line at the same position in two versions of an issue; ``differs`` says what is printed otherwise."""

    issue_date: date
    position: int
    song: str
    title: str
    credit: str
    differs: str


def restated(before: Chart, after: Chart) -> tuple[Restated, ...]:
    """Return the lines of the same song and position whose printed last position, peak or weeks differ."""
    old = {entry.song: entry for entry in before.entries}
    stayed = [(old[each.song], each) for each in after.entries if each.song in old]
    return tuple(
        Restated(after.issue_date, new.position, new.song, new.title, new.credit, said)
        for was, new in stayed
        if was.position == new.position and (said := _differs(was, new))
    )


def _differs(was: Entry, new: Entry) -> str:
    """Return each printed number that differs, as ``weeks 2 -> 1``."""
    weeks = was.weeks_on_chart, new.weeks_on_chart
    printed = ("last", _last(was), _last(new)), ("peak", was.peak, new.peak), ("weeks", *weeks)
    return ", ".join(f"{name} {one} -> {other}" for name, one, other in printed if one != other)


def _last(entry: Entry) -> str:
    return str(entry.previous_position) if entry.previous_position else entry.movement
