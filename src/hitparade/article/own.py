"""What an article shows, or fails to show, by its own tables; and what is left outside."""

from hitparade.article import places
from hitparade.article.claims import CHART_ROWS, Claim
from hitparade.article.context import Context
from hitparade.article.findings import Evidence, Finding, line, lines_named
from hitparade.article.words import spoken
from hitparade.records.facts import TOP_TEN


def shown_by_itself(claim: Claim, context: Context) -> Finding | None:
    """Return what the article's own lines show for claims that sum up its tables; None for other claims."""
    match claim.kind:
        case "number_one":
            return _number_one(claim, context)
        case "top_ten_countries":
            return _countries(claim, context)
        case "certification":
            return Finding(
                claim,
                "outside",
                "the article has no table of certifications, and no programme is known here",
            )
    return None


def _number_one(claim: Claim, context: Context) -> Finding:
    agreeing = [one.other for one in context.relations.get(claim.id, ()) if one.agrees]
    if agreeing:
        evidence = tuple(line(one, f"{one.subject}: {one.whole('position')}") for one in agreeing)
        return Finding(
            claim, "same_source", f"only the article itself says so; {lines_named(agreeing)} agrees", evidence
        )
    place = places.country_of(claim.subject)
    lost = [
        row
        for row in context.article.of("weekly_peak")
        if row.damaged and place and _code(row.subject) == place[0]
    ]
    if lost:
        evidence = tuple(line(row, f"{row.subject}: {row.damaged}") for row in lost)
        return Finding(
            claim,
            "outside",
            f"not shown by this article: {lines_named(lost)}, which should say so, lost its position",
            evidence,
        )
    return Finding(
        claim,
        "outside",
        f"not shown by this article: it has no row of {claim.subject}, and no chart of it is known here",
    )


def _code(chart: str) -> str:
    country = places.country_of(chart)
    return country[0] if country else ""


def _countries(claim: Claim, context: Context) -> Finding:
    rows = [row for row in context.article.of("weekly_peak") if 0 < (row.whole("position") or 0) <= TOP_TEN]
    shown = {country[0]: country[1] for row in rows if (country := places.country_of(row.subject))}
    whole = {_code(row.subject) for row in rows if not places.covers_a_part(row.subject)}
    part = sorted(name for code, name in shown.items() if code not in whole)
    least = claim.whole("least") or 0
    counted = f"its tables show {len(shown)} ({spoken(sorted(shown.values()))}"
    counted += f"; {spoken(part)} only on a chart of one component or format)" if part else ")"
    evidence = [line(row, f"{row.subject}: {row.whole('position')}") for row in rows]
    told = _told(context)
    more = [told[code] for code in told if code not in shown]
    for count, (name, teller) in enumerate(more, len(shown) + 1):
        counted += f", {count} with what line {teller.line} says of {name}"
        evidence.append(line(teller, teller.text))
    if len(shown) + len(more) >= least:
        return Finding(claim, "same_source", f"only the article itself says so: {counted}", tuple(evidence))
    return Finding(claim, "outside", f"not shown by this article: {counted}", tuple(evidence))


def _told(context: Context) -> dict[str, tuple[str, Claim]]:
    found: dict[str, tuple[str, Claim]] = {}
    for claim in context.article.of("number_one", "peak"):
        country = places.country_of(claim.subject)
        if country and (claim.whole("position") or TOP_TEN + 1) <= TOP_TEN:
            found.setdefault(country[0], (country[1], claim))
    return dict(sorted(found.items(), key=lambda one: (one[1][1].kind != "number_one", one[0])))


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
    if claim.kind == "nth_top_ten":
        return Finding(
            claim,
            "outside",
            f"no facts here list the top tens of {claim.subject}, or it does not say on which chart",
        )
    if claim.kind == "sentence":
        return Finding(claim, "outside", "no pattern reads this sentence yet")
    return Finding(claim, "outside", "nothing here speaks of it")
