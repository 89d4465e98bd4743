"""Accelerated ratio: more of a measure make one unit of a song that has been on the chart for long and falls.

- A song is accelerated from the issue on that it enters with ``after_weeks`` weeks on the chart, when in each of the
  ``declines`` windows before it did worse than the market (``against = "itself"``: worse than before). The window of
  the issue itself is not among them: with 9 weeks and 3 declines the streak may begin in week 7, and week 10 is the
  earliest to be accelerated.
- It stays accelerated until it grows by ``growth`` percentage points more than the market from the window before to
  this one, or a decision resets it (action ``reset``, for the issues that it names). From that issue on it is back at
  the standard ratio until it declines ``declines`` windows in a row again, the window of the reset the first of them.
- A song released more than ``years`` years before the first tracking day is accelerated for good. Growth does not
  reset it; a decision does. With ``absent_years`` it begins at the standard ratio when it was not on the chart for so
  many years, unless a decision calls it ``seasonal``.
- In a span of ``pauses`` growth resets nothing (``resets``), or nothing becomes accelerated (``declines``).

Growth and decline are those of all points at this issue's standard weights. What is found is remembered of songs
that are on the chart, were on the issue before or stand above its last position; a song further down keeps what it
had, and is judged anew when it comes back.

Rules W5, M5 and M6 of the methodologies: the UK chart since 2017-07-07 [S2, S3, S4, S5, S10].
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hitparade.compile.ages import later
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.seasons import in_season
from hitparade.compile.trend import Trend, markets, trend
from hitparade.compile.words import plural

stage = "weigh"
raises_points = False
holds_below = False

_SINCE, _RESET = "accelerated.since", "accelerated.reset"


class Facts(NamedTuple):
    """What was looked at.

    ``verdict`` is ``young`` (too few weeks), ``steady`` (no streak), ``begins``, ``stays``, ``old``, ``grown``,
    ``ruled``, ``returns`` or ``paused``. ``day`` is the day since which it is so, or until which the song was young.
    """

    verdict: str
    week: int
    declines: int
    terms: Mapping[str, Any]
    day: date | None = None
    trend: Trend | None = None

    @property
    def fast(self) -> bool:
        """Whether the accelerated ratio applies."""
        return self.verdict in {"begins", "stays", "old"}


class _Case(NamedTuple):
    """What holds for all lines of the issue."""

    context: Context
    market: tuple[int, ...]
    resets: bool
    declines: bool
    ruled: frozenset[str]
    seasonal: frozenset[str]


def apply(lines: Sequence[Line], context: Context) -> None:
    """Weigh at the accelerated ratio each song that is due, and note which songs are."""
    case, weights = _case(context), context.params["weights"]
    for line in lines:
        if line.candidate.song in context.exempt:
            continue
        facts = _judge(line, case)
        if facts.fast:
            line.weigh({**context.weights, **weights})
        line.stays("accelerated", facts)
        _note(line, facts, context.issue_date)


def _case(context: Context) -> _Case:
    params = context.params
    held = [each for each in params.get("pauses", ()) if in_season(context.issue_date, each["from"], each["to"])]
    paused = {word for each in held for word in each["what"]}
    said = [each for each in context.decisions if each.rule == "accelerated"]
    return _Case(
        context,
        markets(context.market, context.weights, look_back(params), params.get("against", "market")),
        resets="resets" not in paused,
        declines="declines" not in paused,
        ruled=frozenset(each.song for each in said if each.action == "reset"),
        seasonal=frozenset(each.song for each in said if each.action == "seasonal"),
    )


def _judge(line: Line, case: _Case) -> Facts:
    """Return the facts of one line."""
    terms, song = case.context.params, line.candidate
    week = line.state.weeks_on_chart + 1 if line.state else 1
    since, reset = _day(line.recall(_SINCE)), _day(line.recall(_RESET))
    if song.song in case.ruled:
        return Facts("ruled", week, 0, terms, case.context.issue_date)
    until = later(song.released, 12 * int(terms["years"])) if song.released and "years" in terms else None
    old = until is not None and until < case.context.tracking_start
    fresh = reset if reset and not (old and until and reset <= until) else None
    if old and not fresh:
        returns = _absent(line, case) and song.song not in case.seasonal
        return Facts("returns" if returns else "old", week, 0, terms, until)
    if since:
        return _lasting(line, case, week, since)
    return _coming(line, case, week, fresh, old=old)


def _lasting(line: Line, case: _Case, week: int, since: date) -> Facts:
    """Return the facts of a song that is accelerated already."""
    terms = case.context.params
    now = trend(line.candidate.sums, case.context.weights, case.market)
    grown = "growth" in terms and now.grows_by(int(terms["growth"]))
    if grown and case.resets:
        return Facts("grown", week, 0, terms, case.context.issue_date, now)
    return Facts("stays", week, 0, terms, since, now if grown else None)


def _coming(line: Line, case: _Case, week: int, reset: date | None, *, old: bool) -> Facts:
    """Return the facts of a song at the standard ratio."""
    terms = case.context.params
    needed = int(terms["declines"])
    if week <= int(terms["after_weeks"]) and not old:
        return Facts("young", week, 0, terms)
    within = needed
    if reset:
        within = min(needed, (case.context.issue_date - reset) // timedelta(case.context.window_days))
    streak = 0
    while streak < within and trend(line.candidate.sums, case.context.weights, case.market, streak + 1).declines:
        streak += 1
    if streak < needed:
        return Facts("steady", week, streak, terms, reset)
    return Facts("begins" if case.declines else "paused", week, streak, terms)


def _absent(line: Line, case: _Case) -> bool:
    """Return whether the song has not been on the chart for so long that it begins anew."""
    years = case.context.params.get("absent_years")
    if years is None:
        return False
    return line.state is None or later(line.state.last_issue, 12 * int(years)) < case.context.issue_date


def _note(line: Line, facts: Facts, issue_date: date) -> None:
    """Remember what changed."""
    since, reset = line.recall(_SINCE), line.recall(_RESET)
    if facts.verdict in {"ruled", "grown", "returns"}:
        since, reset = 0, _number(issue_date)
    elif facts.verdict == "begins" or (facts.verdict == "old" and not since):
        since, reset = _number(issue_date), 0
    for key, value in ((_SINCE, since), (_RESET, reset)):
        if value != line.recall(key):
            line.remember(key, value)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _day(number: int) -> date | None:
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None


def look_back(params: Mapping[str, Any]) -> int:
    """Return the windows that a streak before this one compares, one more than there are declines."""
    return int(params["declines"]) + 1


def reads(_params: Mapping[str, Any]) -> int:
    """Return 0: no position is read."""
    return 0


_SENTENCES = {
    "young": "standard ratio: week {week}, not yet after {after}",
    "steady": "standard ratio: {streak}{counted}",
    "begins": "accelerated ratio from this issue on: week {week}, {streak}",
    "stays": "accelerated ratio since {day}{ahead}",
    "old": "accelerated ratio for good: older than {years} since {day}",
    "grown": "back to the standard ratio: {ahead}",
    "ruled": "standard ratio: reset by decision",
    "returns": "standard ratio: older than {years}, but not on the chart for {absent}",
    "paused": "standard ratio: {streak}, but in these weeks nothing becomes accelerated",
}


def sentence(facts: Facts, *, proven: bool = True) -> str:  # noqa: ARG001 - no place is named
    """Return which ratio the song has, and why."""
    terms = facts.terms
    against = "than before" if terms.get("against") == "itself" else "than the market"
    return _SENTENCES[facts.verdict].format(
        week=facts.week,
        day=facts.day,
        after=plural(int(terms["after_weeks"]), "week"),
        years=plural(int(terms.get("years", 0)), "year"),
        absent=plural(int(terms.get("absent_years", 0)), "year"),
        streak=f"{facts.declines} of {terms['declines']} windows in a row worse {against}",
        counted=f", counted from the reset of {facts.day}" if facts.day else "",
        ahead=_ahead(facts) if facts.trend else "",
    )


def _ahead(facts: Facts) -> str:
    lead = facts.trend.lead if facts.trend else ""
    beside = "on the week before" if facts.terms.get("against") == "itself" else "on the market"
    enough = f"{lead} {beside}, {facts.terms['growth']} are enough"
    return enough if facts.verdict == "grown" else f"; {enough}, but in these weeks growth resets nothing"
