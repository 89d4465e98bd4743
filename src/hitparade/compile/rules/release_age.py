"""Release age: songs older than a limit are not ranked.

A song leaves when its release day lies more than ``years`` (or ``months``) before the first day that counts.
On the anniversary itself it is exactly that old and stays; a day later it leaves. A month that lacks the day
ends on its last one (released 29 February, two years: until 28 February). A song whose release day nobody
stated stays, and its reason says so. With ``keep = "older"`` it is the other way round: only songs older than the
limit are ranked, as on a catalogue chart, and one without a release day is not.

With ``readmit`` an older song comes in when a decision admits it by this rule, it has not been on the chart for
``absent_years`` (a last issue of exactly that long ago is enough) and it would stand ``within`` that position: its
place among the lines still in, older songs above it off. It may then be on the chart for ``weeks`` issues, the one
that admits it included, whether or not it stays ``within``; after that it leaves. What counts the issues is kept in
the chart's memory, so no decision is needed any more.

Rule E2 of the methodologies: ARIA ranks releases up to two years old since 2025-09-01; older ones have a chart of
their own [AU1]. Rule E4: an older title returns when its label asks, after ten years outside, within 30, for ten
weeks [AU1].
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from hitparade.compile.ages import later, limit
from hitparade.compile.context import Context
from hitparade.compile.line import Line
from hitparade.compile.ranking import places
from hitparade.compile.words import ordinal

stage = "mark"
raises_points = False
holds_below = True

_BASE = "release_age.readmitted"
"""The weeks on chart that a song had when it was readmitted, and one more, so that 0 says never."""


class Facts(NamedTuple):
    """What was looked at: the release day, the limit, and the last day on which the song is young enough.

    ``readmit`` says what became of the wish to return: empty when there is none, ``week`` for the issue ``number``
    of ``out_of``, ``over`` after the last one, ``place`` when it would only stand at ``number``, below ``out_of``,
    ``present`` when it has been on the chart since ``seen``, less than ``out_of`` years ago.
    """

    released: date | None
    limit: str
    until: date | None
    off: bool
    keep: str = "younger"
    readmit: str = ""
    number: int = 0
    out_of: int = 0
    seen: date | None = None


def apply(lines: Sequence[Line], context: Context) -> None:
    """Take off every song that is older than the limit on the first day that counts, or every one that is not."""
    months, words = limit(context.params)
    keep, terms = str(context.params.get("keep", "younger")), context.params.get("readmit")
    asked = {each.song for each in context.decisions if each.action == "admit" and each.rule == "release_age"}
    known: dict[date | None, Facts] = {}  # songs come out on few days
    for line, place in places(lines, context.shared):
        released = line.candidate.released
        if line.candidate.song in context.exempt:
            continue
        if released not in known:
            known[released] = _look(released, months, words, keep, context.tracking_start)
        facts = known[released]
        if facts.off and terms:
            facts = _readmit(line, place, facts, terms, context.issue_date, asked=line.candidate.song in asked)
        if facts.off:
            line.goes("release_age", facts)
        else:
            line.stays("release_age", facts)


def _look(released: date | None, months: int, words: str, keep: str, tracking_start: date) -> Facts:
    if released is None:
        return Facts(None, words, None, keep == "older", keep)
    until = later(released, months)
    return Facts(released, words, until, (until < tracking_start) is (keep == "younger"), keep)


def _readmit(line: Line, place: int, facts: Facts, terms: Mapping[str, Any], issue_date: date, *, asked: bool) -> Facts:
    """Return the facts of an older song once the terms of its return are looked at."""
    weeks, absent, within = int(terms["weeks"]), int(terms["absent_years"]), int(terms["within"])
    so_far = line.state.weeks_on_chart if line.state else 0
    base = line.recall(_BASE)
    if base and so_far - (base - 1) < weeks:
        return facts._replace(off=False, readmit="week", number=so_far - (base - 1) + 1, out_of=weeks)
    if not asked:
        return facts._replace(readmit="over", out_of=weeks) if base else facts
    seen = line.state.last_issue if line.state else None
    if seen and later(seen, 12 * absent) > issue_date:
        return facts._replace(readmit="over" if base else "present", out_of=weeks if base else absent, seen=seen)
    if place > within:
        return facts._replace(readmit="place", number=place, out_of=within)
    line.remember(_BASE, so_far + 1)
    return facts._replace(off=False, readmit="week", number=1, out_of=weeks)


def look_back(_params: Mapping[str, Any]) -> int:
    """Return 0: no earlier window is read."""
    return 0


def reads(params: Mapping[str, Any]) -> int:
    """Return the position that a song must reach to be readmitted."""
    return int((params.get("readmit") or {}).get("within", 0))


def sentence(facts: Facts, *, proven: bool = True) -> str:
    """Return what the release day means for the song."""
    if facts.released is None and facts.keep == "older":
        return f"no sender stated a release day, so nobody knows that it is older than {facts.limit}"
    if facts.released is None:
        return f"no sender stated a release day, so the limit of {facts.limit} is not applied"
    if not facts.readmit and facts.off is (facts.keep == "older"):
        return f"released {facts.released}: within {facts.limit} until {facts.until}"
    older = f"released {facts.released}: older than {facts.limit} since {facts.until}"
    return older + _returning(facts, proven=proven)


def _returning(facts: Facts, *, proven: bool) -> str:
    stands = ordinal(facts.number) if proven else "far below the chart"
    return {
        "": "",
        "week": f"; readmitted, issue {facts.number} of {facts.out_of}",
        "over": f"; its {facts.out_of} issues are over",
        "place": f"; asks to return, but would be {stands}, not within {facts.out_of}",
        "present": f"; asks to return, but was on the issue of {facts.seen}, less than {facts.out_of} years ago",
    }[facts.readmit]
