"""Claims about charts against books and facts: impossible, confirmed, contradicted, later."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date

from hitparade.article import awards, held
from hitparade.article.claims import Claim
from hitparade.article.context import Context
from hitparade.article.findings import Evidence, Finding
from hitparade.article.words import month_name, nth, plural
from hitparade.catalog.folding import fold
from hitparade.records.facts import TOP_TEN, ChartFacts, Hit
from hitparade.records.ordinals import Ordinal, nth_highest, nth_top_ten
from hitparade.records.sentence import possessive, top
from hitparade.rulebook.book import Book
from hitparade.rulebook.register import Registered


def impossible(claim: Claim, context: Context) -> Finding | None:
    """Return a finding when the chart did not live in the claim's year, or has no such position."""
    year = claim.whole("year")
    if claim.kind not in ("weekly_peak", "year_end", "peak") or not year:
        return None
    book = context.known.book_of_chart(claim.subject)
    if book:
        return _against_book(claim, book, year)
    charts = context.known.registered(claim.subject, year)
    # A name that several charts have borne rules out nothing.
    return _against_register(claim, charts[0], year) if len(charts) == 1 else None


def _against_book(claim: Claim, book: Book, year: int) -> Finding | None:
    if not _lived_in(book, year):
        evidence = Evidence("book", book.id, f"published {book.lifetime} ({book.life[0].source})")
        began = f"the chart began with the issue of {book.life[0].begins}"
        why = (
            began
            if year < book.life[0].begins.year
            else _published(book.lifetime, ended=book.life[-1].ends is not None)
        )
        return Finding(claim, "impossible", f"{why}, so nothing has a position on it in {year}", (evidence,))
    return _too_deep(claim, "book", book.id, _largest_size(book, year), year)


def _against_register(claim: Claim, chart: Registered, year: int) -> Finding | None:
    if not chart.lived_in(year):
        evidence = Evidence("register", chart.id, f"published {chart.lifetime} ({chart.life[0].source})")
        published = _published(chart.lifetime, ended=chart.life[-1].ends is not None)
        reason = f"{published}, so nothing has a position on it in {year}"
        return Finding(claim, "impossible", reason, (evidence,))
    return _too_deep(claim, "register", chart.id, chart.size_in(year), year)


def _published(lifetime: str, *, ended: bool) -> str:
    return f"the chart {'was' if ended else 'has been'} published {lifetime}"


def _too_deep(claim: Claim, kind: str, name: str, most: int | None, year: int) -> Finding | None:
    position = claim.whole("position")
    if claim.kind == "year_end" or not position or not most or position <= most:
        return None
    evidence = Evidence(kind, name, f"has {most} positions in {year}")
    return Finding(claim, "impossible", f"the chart has {plural(most, 'position')} in {year}", (evidence,))


def _lived_in(book: Book, year: int) -> bool:
    first, last = date(year, 1, 1), date(year, 12, 31)
    # A life that is not published may be wrong at its ends, and nobody is refuted by a guess.
    sure = all(span.confidence == "published" for span in book.life)
    return not sure or any(span.begins <= last and (span.ends is None or span.ends >= first) for span in book.life)


def _largest_size(book: Book, year: int) -> int | None:
    series = book.series.get("size")
    first = series.on(date(year, 1, 1)) if series else None
    in_force = [v for v in series.values if v.since.year == year] if series else []
    sizes = [*([first] if first else []), *in_force]
    sure = all(size.confidence == "published" for size in sizes)
    return max((size.value for size in sizes), default=None) if sure else None


def from_facts(claim: Claim, context: Context) -> Finding | None:
    """Return a finding when dated facts speak for or against the claim, or do not reach so far; else None."""
    checker = _OF_KIND.get(claim.kind)
    return checker(claim, context) if checker else None


def _chart_of(claim: Claim, context: Context) -> ChartFacts | None:
    # "His second top ten" names no chart: it is that of the last peak before it in the same paragraph.
    before = [c for c in context.article.of("peak") if c.line == claim.line and _number(c) < _number(claim)]
    return context.known.facts_of_chart(before[-1].subject, claim.subject) if before else None


def _number(claim: Claim) -> int:
    return int(claim.id.split(".")[1])


def _peak(claim: Claim, context: Context) -> Finding | None:
    facts, hit = context.known.song_on(claim.subject, context.article.name, context.artists)
    position, year, month = claim.whole("position"), claim.whole("year"), claim.whole("month")
    # A table's year scopes all its rows; a peak in another year is not what its row is about.
    if (
        facts is None
        or hit is None
        or position is None
        or (claim.kind == "weekly_peak" and year != hit.peak_issue.issue.year)
    ):
        return None
    verdict, reason = _peak_verdict(position, year, month, hit, facts.reach)
    return Finding(claim, verdict, reason, (_peak_evidence(hit),))


def _peak_verdict(position: int, year: int | None, month: int | None, hit: Hit, reach: date) -> tuple[str, str]:
    issue = hit.peak_issue.issue
    found = f"its peak is {hit.peak}, in the issue of {issue}"
    if year and date(year, month or 1, 1) > reach:
        return "later", f"the facts here reach to the issue of {reach}; as of then {found}"
    when_agrees = (year is None or year == issue.year) and (month is None or month == issue.month)
    if position == hit.peak and when_agrees:
        return "confirmed", found + (
            f"; {month_name(issue)} is the month of the issue" if month else f", as of {reach}"
        )
    if position < hit.peak and year is None:
        return "later", f"as of {reach} {found}; a better one could only come after"
    return "contradicted", f"{found}, as of {reach}"


def _peak_evidence(hit: Hit) -> Evidence:
    return Evidence("fact", hit.fact, f"{hit.peak_issue.issue}: {hit.title} at {hit.peak} ({hit.peak_issue.source})")


def _nth_top_ten(claim: Claim, context: Context) -> Finding | None:
    facts, n, depth = _chart_of(claim, context), claim.whole("nth"), claim.whole("top") or TOP_TEN
    known_to = facts.known_to(claim.subject) if facts and facts.tells_of(depth) else None
    if facts is None or n is None or known_to is None:
        return None
    year, month = claim.whole("year"), claim.whole("month")
    as_of = date(year, month, monthrange(year, month)[1]) if year and month else known_to
    hit = facts.of_song(context.article.name, context.artists)
    found = nth_top_ten(facts, claim.subject, hit, as_of, depth=depth) if hit else None
    if found is None and as_of > known_to:
        return Finding(claim, "later", f"the facts here reach to the issue of {known_to}")
    if found is None:
        return Finding(
            claim,
            "contradicted",
            f"it is not among the {top(depth)}s of {claim.subject} as of {min(as_of, known_to)}",
        )
    verdict = "confirmed" if found.holds(n) else "contradicted"
    return Finding(claim, verdict, _counted(found), _proof(found))


def _counted(found: Ordinal) -> str:
    place = nth(found.first) if found.first == found.last else f"{nth(found.first)} to {nth(found.last)}, shared,"
    featured = sum(1 for hit in found.proof if hit.role_of(found.artist) == "featured")
    reached = f"reached in the issue of {found.proof[-1].since(found.depth)}"
    which = f"{possessive(found.artist)} {place} {top(found.depth)}"
    return f"{which}, {reached} ({featured} of {len(found.proof)} as featured artist)"


def _proof(found: Ordinal) -> tuple[Evidence, ...]:
    return tuple(Evidence("fact", hit.fact, _reached(hit, found)) for hit in found.proof)


def _reached(hit: Hit, found: Ordinal) -> str:
    shown = hit.reached(found.depth)
    reached = f"{hit.since(found.depth)}: {hit.title} - {hit.credit}, {hit.role_of(found.artist)}"
    source = f" ({shown.source})" if shown else ""
    return f"{reached}; peak {hit.peak}{source}"


def _nth_highest(claim: Claim, context: Context) -> Finding | None:
    facts, n, behind = _chart_of(claim, context), claim.whole("nth"), claim.said("behind")
    hit = facts.of_song(context.article.name, context.artists) if facts else None
    found = nth_highest(facts, claim.subject, hit, role=claim.said("role")) if facts and hit else None
    if facts is None or hit is None or found is None or n is None:
        return None
    as_what = f" as {claim.said('role')}" if claim.said("role") else ""
    place = "highest" if found.first == 1 else f"{nth(found.first)} highest"
    reason = f"as of {found.as_of} it is {claim.subject}'s {place}{as_what}"
    rival = (
        next((h for h in facts.hits if fold(h.title) == fold(behind) and h.role_of(claim.subject)), None)
        if behind
        else None
    )
    # A place among the highest can only be lost as time goes on, so a worse one than ours may come later.
    if n < found.first or (rival and rival.peak >= hit.peak):
        return Finding(claim, "contradicted", reason, _proof(found))
    if found.holds(n) and (rival or not behind):
        return Finding(claim, "confirmed", reason, _proof(found))
    missing = f", and the facts here know no '{behind}' by then" if behind and not rival else ""
    return Finding(claim, "later", reason + missing, _proof(found))


_OF_KIND: Mapping[str, Callable[[Claim, Context], Finding | None]] = {
    "peak": _peak,
    "weekly_peak": _peak,
    "nth_top_ten": _nth_top_ten,
    "nth_highest": _nth_highest,
    "place_peak": held.place_peak,
    "top_ten_countries": held.countries,
    "year_end": held.year_end,
    "certification": awards.certification,
}
