"""Claims that sum up many charts, and year-end rows, against what the house's editions and archives hold."""

from hitparade.article import places
from hitparade.article.claims import Claim
from hitparade.article.context import Context
from hitparade.article.findings import Evidence, Finding
from hitparade.article.words import spoken
from hitparade.catalog.folding import fold
from hitparade.records.facts import ChartFacts, Hit
from hitparade.records.facts_held import YearList


def held(context: Context) -> list[tuple[ChartFacts, Hit]]:
    """Return the charts of the house that tell of the song, with what they tell; simulated ones never do."""
    found = ((one, one.of_song(context.article.name, context.artists)) for one in context.known.evidence if one.held_to)
    return [(facts, hit) for facts, hit in found if hit]


def place_peak(claim: Claim, context: Context) -> Finding | None:
    """Return a finding on a position in a country from charts of that country that the house holds; else None."""
    code, position = _code(claim.subject), claim.whole("position")
    there = [(facts, hit) for facts, hit in held(context) if code and facts.territory == code]
    if not there or position is None:
        return None
    evidence = tuple(_peak(hit) for _, hit in there)
    agreeing = [facts for facts, hit in there if hit.peak == position]
    told = spoken([f"{hit.peak} on {facts.names[0]}" for facts, hit in there])
    if agreeing:
        return Finding(claim, "confirmed", f"its peak is {position} on {agreeing[0].names[0]}", evidence)
    national = [facts for facts, _ in there if not places.covers_a_part(facts.names[0])]
    reason = f"as of {there[0][0].reach} its peak in {claim.subject} is {told}"
    if national and all(hit.peak > position for _, hit in there):
        return Finding(claim, "contradicted", reason, evidence)
    return None


def countries(claim: Claim, context: Context) -> Finding | None:
    """Return that enough countries are shown by the house's own charts and archives; None when they are not."""
    top, least = claim.whole("top") or 0, claim.whole("least") or 0
    shown = _in_top(context, top)
    if not least or len(shown) < least:
        return None
    reason = f"the charts held here show it in {len(shown)} ({spoken(sorted(shown))})"
    return Finding(claim, "confirmed", reason, tuple(_peak(hit) for _, hit in shown.values()))


def shown_here(top: int, context: Context) -> str:
    """Return what the house's charts add to a count of countries, as words to end a sentence with; or nothing."""
    shown = _in_top(context, top)
    return f"; the charts held here show {len(shown)} ({spoken(sorted(shown))})" if shown else ""


def _in_top(context: Context, top: int) -> dict[str, tuple[ChartFacts, Hit]]:
    found: dict[str, tuple[ChartFacts, Hit]] = {}
    for facts, hit in held(context):
        if hit.peak <= top and len(facts.territory) == 2:  # noqa: PLR2004 - a country's code
            found.setdefault(facts.territory, (facts, hit))
    return found


def year_end(claim: Claim, context: Context) -> Finding | None:
    """Return a finding on a year-end row from an imported list of that chart and year; else None."""
    position, year = claim.whole("position"), claim.whole("year")
    line = next((one for one in context.known.lists if _is_of(one, claim, context)), None)
    if line is None or position is None or line.year != year:
        return None
    evidence = (Evidence("fact", f"{line.id} {line.year}/{fold(line.title)}", f"{line.position}: {line.source}"),)
    verdict = "confirmed" if line.position == position else "contradicted"
    return Finding(claim, verdict, f"the published list of {line.year} has it at {line.position}", evidence)


def _is_of(line: YearList, claim: Claim, context: Context) -> bool:
    names = {fold(name) for name in line.names}
    ours = fold(line.title) == fold(context.article.name) and line.year == claim.whole("year")
    return ours and not line.simulated and fold(claim.subject) in names


def _code(place: str) -> str:
    country = places.country_of(place)
    return country[0] if country else ""


def _peak(hit: Hit) -> Evidence:
    return Evidence("fact", hit.fact, f"{hit.peak_issue.issue}: {hit.title} at {hit.peak} ({hit.peak_issue.source})")
