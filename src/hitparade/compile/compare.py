"""Two versions of one issue side by side: what other rules, late data or a correction would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hitparade.chart import Chart, Entry


@dataclass(slots=True, frozen=True)
class Move:
    """One song in both versions.

    Attributes:
        before, after: its positions; None where it is not on the chart.
        points_before, points_after: its points; their worth differs when ``points_per_unit`` does.
        why: for a song that left, the sentence of the rule that keeps it off.
    """

    song: str
    title: str
    credit: str
    before: int | None
    after: int | None
    points_before: int | None
    points_after: int | None
    why: str = ""


@dataclass(slots=True, frozen=True)
class Comparison:
    """What differs between two versions of one issue.

    Attributes:
        units_before, units_after: how many points make a unit in each.
        entered, left, moved: songs by their new position, or by the old one where they left.
        restated: songs at the same position with other points, previous position, peak or weeks.
        same: how many lines are equal in all of that.
    """

    chart: str
    issue_date: date
    units_before: int
    units_after: int
    entered: tuple[Move, ...]
    left: tuple[Move, ...]
    moved: tuple[Move, ...]
    restated: tuple[Move, ...]
    same: int

    @property
    def changes(self) -> bool:
        """Whether any line differs."""
        return bool(self.entered or self.left or self.moved or self.restated)


def compare(before: Chart, after: Chart) -> Comparison:
    """Return who moved, entered and left from one version of an issue to another, with numbers."""
    old = {entry.song: entry for entry in before.entries}
    new = {entry.song: entry for entry in after.entries}
    stayed = [(old[entry.song], entry) for entry in after.entries if entry.song in old]
    moved = [(one, other) for one, other in stayed if one.position != other.position]
    restated = [
        (one, other) for one, other in stayed if one.position == other.position and _facts(one) != _facts(other)
    ]
    why = {each.song: each.sentence for each in after.left_out}
    why |= {each.song: each.sentence for each in after.drop_outs}
    return Comparison(
        chart=after.chart,
        issue_date=after.issue_date,
        units_before=before.points_per_unit,
        units_after=after.points_per_unit,
        entered=tuple(_move(None, entry, {}) for entry in after.entries if entry.song not in old),
        left=tuple(_move(entry, None, why) for entry in before.entries if entry.song not in new),
        moved=tuple(_move(one, other, {}) for one, other in moved),
        restated=tuple(_move(one, other, {}) for one, other in restated),
        same=len(stayed) - len(moved) - len(restated),
    )


def _facts(entry: Entry) -> tuple[object, ...]:
    return (
        entry.points,
        entry.previous_position,
        entry.movement,
        entry.peak,
        entry.peak_weeks,
        entry.weeks_on_chart,
    )


def _move(before: Entry | None, after: Entry | None, why: Mapping[str, str]) -> Move:
    named = after or before
    assert named is not None  # noqa: S101 - a song is in one of the two
    return Move(
        named.song,
        named.title,
        named.credit,
        before.position if before else None,
        after.position if after else None,
        before.points if before else None,
        after.points if after else None,
        why.get(named.song, ""),
    )
