"""Recurrent: songs that have been on the chart for long and rank low leave it.

A tier ``{weeks = 20, below = 50}`` reads: a song with 20 weeks on the chart so far (printed before this
issue, so that this would be its 21st or later) that would rank below 50, that is 51st or deeper, leaves. One
tier that applies is enough. Rule M1 of the methodologies, weeks_on_chart > w and would-be rank > r with this
issue counted in, is the same [B1, B2].

- The would-be rank is the place among the lines still in when this step runs, earlier steps and shared
  positions considered. ``passes = "one"`` (default): the places before this step removes anything. ``passes
  = "fixpoint"``: the places after it, so that a song moves up when recurrent songs above it leave, and may
  thereby stay. As a place depends only on the lines above, one walk from the top finds the fixpoint, and
  there is no other.
- ``descending_only``: the tiers apply only to a song that would rank worse than the last position it held.
- A song that the rule takes off although it was on the issue before, or would have ranked within the chart's
  size, is recurrent from then on and does not return; with ``return_within`` it returns when it would rank
  at or above that position and no tier applies, and is then no longer recurrent.
- ``season``: a title of the season, which a decision calls ``seasonal``, returns on issues dated ``from`` one day of
  the year ``to`` another, both included, when it would rank ``within`` a position of its own, whatever the tiers say;
  from the next issue on it obeys them (M4: holiday titles return above 50, then obey the tiers).
- A song that an earlier step has taken off may become recurrent all the same; the earlier step is given as
  the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.ranking import places
from hitparade.compile.words import ordinal, plural

stage = "mark"
raises_points = False
holds_below = True


class Facts(NamedTuple):
    """What was looked at: the week this would be, the place, the tier that applies, and what held it back.

    ``verdict`` is ``leaves``, ``kept_off`` (recurrent before), ``returns``, ``rising`` (a tier applies, but
    the song does not descend) or ``stays``.
    """

    verdict: str
    week: int
    place: int
    weeks: int
    below: int
    since: date | None
    within: int


class _Terms(NamedTuple):
    """Within which position the song returns, always and as a title of the season, and whether it must descend."""

    within: int
    season: int
    descending: bool


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off the songs to which a tier applies, and those that are recurrent already."""
    walk: Iterable[tuple[Line, int]] = places(lines, context.shared)
    if context.params.get("passes", "one") == "one":
        walk = list(walk)
    tiers = sorted((int(tier["weeks"]), int(tier["below"])) for tier in context.params["tiers"])
    always, titles = int(context.params.get("return_within") or 0), _seasonal(context)
    for line, place in walk:
        if line.state is None or line.candidate.song in context.exempt:
            continue
        terms = _Terms(always, titles.get(line.candidate.song, 0), bool(context.params.get("descending_only")))
        facts = _judge(line, place, tiers, terms)
        if facts.verdict in {"leaves", "kept_off"}:
            line.goes("recurrent", facts)
            line.recurrent = bool(line.previous) or place <= context.size
        else:
            line.stays("recurrent", facts)


def _seasonal(context: Context) -> dict[str, int]:
    """Return within which position each title of the season returns; none out of season."""
    season = context.params.get("season")
    today = f"{context.issue_date:%m-%d}"
    if not season or not _within(today, str(season["from"]), str(season["to"])):
        return {}
    titles = (each for each in context.decisions if each.action == "seasonal" and each.rule == "recurrent")
    return {each.song: int(season["within"]) for each in titles}


def _within(today: str, begins: str, ends: str) -> bool:
    """Return whether a month and day lies in a span that may reach over the end of the year."""
    return begins <= today <= ends if begins <= ends else today >= begins or today <= ends


def _judge(line: Line, place: int, tiers: Sequence[tuple[int, int]], terms: _Terms) -> Facts:
    """Return the facts of one line that has been on the chart before."""
    state = line.state
    assert state is not None  # noqa: S101 - the caller has looked
    hit = next(((w, b) for w, b in tiers if state.weeks_on_chart >= w and place > b), None)
    rising = hit and terms.descending and place <= state.last_position
    verdict = "rising" if rising else "leaves" if hit else "stays"
    within = max(terms.within, terms.season)
    if state.recurrent_since is not None:
        back = place <= terms.season or (place <= terms.within and verdict != "leaves")
        verdict = "returns" if back else "kept_off"
    weeks, below = hit or next(((w, b) for w, b in reversed(tiers) if state.weeks_on_chart >= w), tiers[0])
    return Facts(verdict, state.weeks_on_chart + 1, place, weeks, below, state.recurrent_since, within)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: weeks and positions are in the state, no earlier window is read."""
    return 0


def reads(params: Mapping[str, Any]) -> int:
    """Return the deepest place that a tier or the return asks about."""
    season = int((params.get("season") or {}).get("within", 0))
    return max(*(int(tier["below"]) for tier in params["tiers"]), int(params.get("return_within") or 0), season)


def sentence(facts: Facts, *, proven: bool = True) -> str:
    """Return week, place and tier of the song."""
    stands = f"week {facts.week} and would be {ordinal(facts.place) if proven else 'far below the chart'}"
    if facts.verdict == "kept_off":
        back = f"; it may return within {facts.within}" if facts.within else ""
        return f"recurrent since {facts.since}: {stands}{back}"
    if facts.verdict == "returns":
        return f"returns, recurrent since {facts.since}: would be {ordinal(facts.place)}, within {facts.within}"
    tier = f"below {facts.below} after {plural(facts.weeks, 'week')}"
    if facts.verdict == "rising":
        return f"{stands}: {tier}, but not descending"
    if facts.verdict == "leaves":
        return f"{stands}: {tier}"
    return f"{stands}: not yet {tier}"
