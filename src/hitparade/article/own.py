"""What an article shows, or fails to show, by its own tables; and what is left outside."""

from collections.abc import Sequence

from hitparade.article import held, places
from hitparade.article.claims import CHART_ROWS, Claim
from hitparade.article.context import Context
from hitparade.article.findings import Evidence, Finding, line, lines_named
from hitparade.article.inside import national_rows, rows_of
from hitparade.article.words import spoken
from hitparade.records.facts import TOP_TEN


def shown_by_itself(claim: Claim, context: Context) -> Finding | None:
    """Return what the article's own lines show for claims that sum up its tables; None for other claims."""
    match claim.kind:
        case "place_peak":
            return _place_peak(claim, context)
        case "top_ten_countries":
            return _countries(claim, context)
        case "certification":
            none = "" if _has_table(context) else "the article has no table of certifications, and "
            return Finding(claim, "outside", f"{none}no award of it is held here")
    return None


def _has_table(context: Context) -> bool:
    return any(claim.text.startswith("|") for claim in context.article.of("certification"))


def _place_peak(claim: Claim, context: Context) -> Finding:
    agreeing = [one.other for one in context.relations.get(claim.id, ()) if one.agrees]
    if agreeing:
        reason = f"only the article itself says so; {lines_named(agreeing)} agrees"
        return Finding(claim, "same_source", reason, _positions(agreeing))
    rows = rows_of(context.article, claim.subject)
    lost = [row for row in national_rows(context.article, claim.subject) if row.damaged]
    if lost:
        evidence = tuple(line(row, f"{row.subject}: {row.damaged}") for row in lost)
        which = f"{lines_named(lost)}, which should say so, lost its position"
        return Finding(claim, "outside", f"not shown by this article: {which}", evidence)
    if rows:
        which = f"of {claim.subject} it has only {lines_named(rows)}, on a chart of one component or format"
        return Finding(claim, "outside", f"not shown by this article: {which}", _positions(rows))
    which = f"it has no row of {claim.subject}, and no chart of it is known here"
    return Finding(claim, "outside", f"not shown by this article: {which}")


def _positions(rows: Sequence[Claim]) -> tuple[Evidence, ...]:
    return tuple(line(row, f"{row.subject}: {row.whole('position')}") for row in rows)


def _code(chart: str) -> str:
    country = places.country_of(chart)
    return country[0] if country else ""


def _countries(claim: Claim, context: Context) -> Finding:
    top = claim.whole("top") or 0
    rows = [row for row in context.article.of("weekly_peak") if 0 < (row.whole("position") or 0) <= top]
    shown = {country[0]: country[1] for row in rows if (country := places.country_of(row.subject))}
    whole = {_code(row.subject) for row in rows if not places.covers_a_part(row.subject)}
    part = sorted(name for code, name in shown.items() if code not in whole)
    least = claim.whole("least") or 0
    only = f"; {spoken(part)} only on a chart of one component or format" if part else ""
    counted = f"its tables show {len(shown)}" + (f" ({spoken(sorted(shown.values()))}{only})" if shown else "")
    evidence = [*_positions(rows)]
    told = _told(context, top)
    more = [told[code] for code in told if code not in shown]
    for count, (name, teller) in enumerate(more, len(shown) + 1):
        counted += f", {count} with what line {teller.line} says of {name}"
        evidence.append(line(teller, teller.text))
    counted += held.shown_here(top, context)
    if len(shown) + len(more) >= least:
        return Finding(claim, "same_source", f"only the article itself says so: {counted}", tuple(evidence))
    return Finding(claim, "outside", f"not shown by this article: {counted}", tuple(evidence))


def _told(context: Context, top: int) -> dict[str, tuple[str, Claim]]:
    found: dict[str, tuple[str, Claim]] = {}
    for claim in context.article.of("place_peak", "peak"):
        country = places.country_of(claim.subject)
        if country and 0 < (claim.whole("position") or 0) <= top:
            found.setdefault(country[0], (country[1], claim))
    return dict(sorted(found.items(), key=lambda one: (one[1][1].kind != "place_peak", one[0])))


def _known_chart(claim: Claim, context: Context) -> tuple[Evidence, ...]:
    book = context.known.book_of_chart(claim.subject)
    if book:
        return (Evidence("book", book.id, "its rules are here, its positions are not"),)
    return tuple(
        Evidence("register", chart.id, f"{chart.publisher}; {chart.lifetime or 'its life is not known here'}")
        for chart in context.known.registered(claim.subject, claim.whole("year"))
    )


def outside(claim: Claim, context: Context) -> Finding:
    """Return the finding of a claim that nothing here can speak for."""
    if claim.kind in (*CHART_ROWS, "peak"):
        known = _known_chart(claim, context)
        if known:
            return Finding(claim, "outside", "the chart is known here, but no edition or archive of it", known)
        return Finding(claim, "outside", "no chart of this name is known here")
    if claim.kind == "nth_top_ten" and claim.whole("top") != TOP_TEN:
        return Finding(claim, "outside", f"the facts here list top tens; nothing lists a top {claim.whole('top')}")
    if claim.kind == "nth_top_ten":
        return Finding(
            claim,
            "outside",
            f"no facts here list the top tens of {claim.subject}, or it does not say on which chart",
        )
    if claim.kind == "sentence":
        return Finding(claim, "outside", "no pattern reads this sentence yet")
    return Finding(claim, "outside", "nothing here speaks of it")
