"""Duration: a song that lasts too long or not long enough is not ranked.

How long it lasts is the trait ``seconds`` that senders state; a song of exactly ``at_most_seconds`` or
``at_least_seconds`` stays. One of which no whole number of seconds is stated stays, and its reason says so.

Rule E1 of the methodologies: a single of one track lasts up to 15 minutes in the United Kingdom [S8]; a download more
than one minute in Norway [NO1].
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.words import plural

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """How long the song lasts, None when nobody says, and the limits, 0 where there is none."""

    seconds: int | None
    least: int
    most: int

    @property
    def off(self) -> bool:
        """Whether the song is beyond a limit."""
        return self.seconds is not None and (self.seconds < self.least or bool(self.most and self.seconds > self.most))


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that is known to last less or more than the limits."""
    least, most = (int(context.params.get(f"at_{end}_seconds") or 0) for end in ("least", "most"))
    for line in lines:
        if line.candidate.song in context.exempt:
            continue
        said = line.candidate.traits.get("seconds", "")
        facts = Facts(int(said) if said.isascii() and said.isdigit() else None, least, most)
        if facts.off:
            line.goes("duration", facts)
        else:
            line.stays("duration", facts)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return how long the song lasts, and the limit that matters."""
    if facts.seconds is None:
        return "no sender stated how long it lasts, so no limit is applied"
    lasts = f"lasts {plural(facts.seconds, 'second')}"
    if facts.off:
        too_long = facts.seconds >= facts.least
        return f"{lasts}, {f'more than {facts.most:,}' if too_long else f'less than {facts.least:,}'}"
    limits = [f"at least {facts.least:,}"] * bool(facts.least) + [f"at most {facts.most:,}"] * bool(facts.most)
    return f"{lasts}: {' and '.join(limits)}"
