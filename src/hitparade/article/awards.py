"""Certifications against the lists of awards that a house imported: by level, and by day where the article says one.

What a house logged as granted may confirm a level as well; it is no list, and so what it lacks says nothing.
"""

from calendar import monthrange
from datetime import date

from hitparade.article import places
from hitparade.article.claims import Claim
from hitparade.article.context import Context
from hitparade.article.findings import Evidence, Finding
from hitparade.article.words import level
from hitparade.catalog.folding import fold
from hitparade.records.awards_held import AwardList
from hitparade.records.query import Award

_ORDER = ("silver", "gold", "platinum", "diamond")
_GOLD = _ORDER.index("gold")
Level = tuple[int, int]


def certification(claim: Claim, context: Context) -> Finding | None:
    """Return a finding on a certification from the awards of its country that the house holds; else None."""
    code, said = places.code_of(claim.subject), _rank(claim.said("level"), claim.whole("times") or 1)
    held = [each for each in context.known.awards if code and each.territory == code]
    found = next((_by_list(claim, one, said) for one in held if one.whole and said), None)
    if found and found.verdict in {"confirmed", "contradicted"}:
        return found
    return next((granted for one in held if not one.whole and (granted := _by_log(claim, one))), found)


def _by_log(claim: Claim, one: AwardList) -> Finding | None:
    """Return a confirmation by a level that was logged as granted: on the day said, or the last one; or None."""
    span, said = _span(claim), (claim.said("level"), claim.whole("times") or 1)
    granted = [each for each in one.awards if span is None or span[0] <= each.given <= span[1]][-1:]
    award = next((each for each in granted if level(each.level) == said), None)
    if award is None:
        return None
    return Finding(claim, "confirmed", f"granted {award.level} on {award.given}, says the log", _evidence(one))


def _by_list(claim: Claim, one: AwardList, said: Level) -> Finding:
    if not one.awards:
        reason = f"the awards of {one.title} of {one.begins} to {one.ends} held here name no level of this song"
        return Finding(claim, "outside", reason)
    span = _span(claim)
    if span and span[0] > one.ends:
        return Finding(
            claim, "later", f"the awards held here reach to {one.ends}; by then {_told(one)}", _evidence(one)
        )
    verdict, reason = _of_day(one, said, span) if span else _of_level(one, said)
    return Finding(claim, verdict, reason, _evidence(one))


def _of_level(one: AwardList, said: Level) -> tuple[str, str]:
    """Return the verdict on a level without a day: the last one listed counts, and levels only rise."""
    held = _ranked(one.awards[-1])
    if held == said:
        return "confirmed", f"{_told(one)}, as of {one.ends}"
    if held and said > held and (said[0] == held[0] or held[0] <= _GOLD):
        return "later", f"as of {one.ends} {_told(one)}; a higher level could only come after"
    if held and said < held and said[0] <= held[0] != _ORDER.index("diamond"):
        award = _at(one, said)
        since = f"{award.level} since {award.given}, and " if award else ""
        return "contradicted", f"as of {one.ends} {since}{_told(one)}"
    return "outside", f"{_told(one)}; how that compares with the level said here the list does not say"


def _of_day(one: AwardList, said: Level, span: tuple[date, date]) -> tuple[str, str]:
    """Return the verdict on a level that was given on a day, in a month or in a year."""
    award = _at(one, said)
    if award and span[0] <= award.given <= span[1]:
        return "confirmed", f"certified {award.level} on {award.given}"
    if award:
        return "contradicted", f"certified {award.level} on {award.given}"
    if span[1] > one.ends:
        return "later", f"the awards held here reach to {one.ends}; by then {_told(one)}"
    return "contradicted", f"no award of that level is listed; as of {one.ends} {_told(one)}"


def _at(one: AwardList, said: Level) -> Award | None:
    return next((award for award in one.awards if _ranked(award) == said), None)


def _ranked(award: Award) -> Level | None:
    found = level(award.level)
    return _rank(*found) if found else None


def _rank(word: str, times: int) -> Level | None:
    return (_ORDER.index(word), times) if word in _ORDER else None


def _told(one: AwardList) -> str:
    return f"it is {one.awards[-1].level} since {one.awards[-1].given}"


def _span(claim: Claim) -> tuple[date, date] | None:
    """Return the days that a claim may mean, or None where it says none."""
    if day := claim.day("date"):
        return day, day
    year, month = claim.whole("year"), claim.whole("month")
    if not year:
        return None
    return date(year, month or 1, 1), date(year, month or 12, monthrange(year, month or 12)[1])


def _evidence(one: AwardList) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            "fact",
            f"{one.id} {award.source}/{fold(award.title)}",
            f"{award.given}: {award.title} - {award.artist}, {award.level} "
            f"({one.title}; {'archive import ' if one.whole else ''}{award.source}, {award.place})",
        )
        for award in one.awards
    )
