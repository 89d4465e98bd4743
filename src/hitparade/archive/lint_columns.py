"""Last week, peak and weeks as the issues held say them, and how often the published columns agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.lint_finding import Agreement

COLUMNS = ("last", "peak", "weeks")
_State = tuple[int, int, int | None, int, int]


@dataclass(frozen=True, slots=True)
class Derived:
    """By line, what its history in the issues held gives; a name twice on one issue counts once, at its better line."""

    last: list[int | None]
    peak: list[int]
    weeks: list[int]


def derive(lines: Lines, names: Sequence[Any]) -> Derived:
    """Return the columns that follow when lines of one name are one song."""
    size = len(lines)
    found = Derived([None] * size, [0] * size, [0] * size)
    known: dict[Any, _State] = {}
    for line, (name, at, position) in enumerate(zip(names, lines.at, lines.position, strict=True)):
        seen = known.get(name)
        if seen is None:
            state: _State = (at, position, None, position, 1)
        elif seen[0] == at:
            state = seen
        else:
            last = seen[1] if seen[0] == at - 1 else None
            state = (at, position, last, min(seen[3], position), seen[4] + 1)
        known[name] = state
        found.last[line], found.peak[line], found.weeks[line] = state[2:]
    return found


def agreements(lines: Lines, exact: Derived, songs: Derived) -> tuple[Agreement, ...]:
    """Return how often each published column agrees; an empty last week says something, other empty cells nothing."""
    made = []
    for name in COLUMNS:
        if name not in lines.columns:
            continue
        published = getattr(lines, name)
        counted = [line for line, cell in enumerate(published) if cell is not None or name == "last"]
        both = [sum(getattr(each, name)[line] == published[line] for line in counted) for each in (exact, songs)]
        made.append(Agreement(name, len(counted), *both))
    return tuple(made)
