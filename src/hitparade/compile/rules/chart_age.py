"""Chart age: a song leaves when its first issue on the chart lies too long ago.

The clock starts at the date of the first issue that the song was on, whether or not it stayed. On the anniversary
itself the song stays; the first issue after it is without the song, for good. Its run is kept: a chart that inherits
from this one goes on with it, and a decision may exempt the song.

Rules E3 and M7 of the methodologies: since 2023-04-22 a song leaves the New Zealand chart 18 months after its first
charting week, for the catalogue chart and with its history; a return is an exception [N1, N7].
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hitparade.compile.ages import later, limit
from hitparade.compile.context import Context
from hitparade.compile.line import Line

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """The first issue, the limit, the last day within it, the chart that the song goes to, and whether it goes."""

    first: date | None
    limit: str
    until: date | None
    to: str
    off: bool


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song whose first issue lies further back than the limit."""
    months, words = limit(context.params)
    to = str(context.params.get("to") or "")
    for line in lines:
        if line.state is None or line.candidate.song in context.exempt:
            continue
        if line.state.first_issue is None:
            line.stays("chart_age", Facts(None, words, None, to, off=False))
            continue
        until = later(line.state.first_issue, months)
        facts = Facts(line.state.first_issue, words, until, to, off=until < context.issue_date)
        if facts.off:
            line.goes("chart_age", facts)
        else:
            line.stays("chart_age", facts)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return what the first issue means for the song."""
    if facts.first is None:
        return f"its first issue is not known, so {facts.limit} cannot be counted from it"
    if not facts.off:
        return f"first on the issue of {facts.first}: within {facts.limit} until {facts.until}"
    goes = f"; it goes on on {facts.to} with its history" if facts.to else ""
    return f"first on the issue of {facts.first}: more than {facts.limit} ago since {facts.until}{goes}"
