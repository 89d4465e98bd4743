"""What other lines suggest for a claim that lost something. A hint is never put in its place."""

import re

from hitparade.article.claims import CHART_ROWS, Article, Claim
from hitparade.article.findings import Evidence, line, lines_named
from hitparade.article.inside import national_rows, same_accolade
from hitparade.catalog.folding import fold

_BRACKETS = re.compile(r"\(([^)]+)\)")


def hint(claim: Claim, article: Article) -> tuple[str, tuple[Evidence, ...]]:
    """Return what other lines suggest, as a sentence part and as evidence; both empty when nothing."""
    if claim.kind in CHART_ROWS and not claim.whole("position"):
        return _position(claim, article)
    if claim.kind == "accolade" and not claim.said("result"):
        told = [one for one in article.of("nomination") if same_accolade(one, claim)]
        if told:
            sentence = f"{lines_named(told)} says: {told[0].said('result')}"
            return sentence, tuple(line(one, one.text) for one in told)
    return "", ()


def _position(row: Claim, article: Article) -> tuple[str, tuple[Evidence, ...]]:
    chart = _BRACKETS.search(row.subject)
    told = [c for c in article.of("place_peak") if row in national_rows(article, c.subject) and c.whole("position")]
    lists = [c for c in article.of("link") if chart and _lists_number_ones(c.subject, chart[1])]
    found: dict[int, list[Claim]] = {}
    for claim in (*told, *lists):
        found.setdefault(claim.whole("position") or 1, []).append(claim)
    evidence = tuple(line(claim, claim.text) for claim in (*told, *lists))
    return "; ".join(_suggested(claims, at) for at, claims in found.items()), evidence


def _suggested(claims: list[Claim], at: int) -> str:
    return f"{lines_named(claims)} suggest{'s' if len({claim.line for claim in claims}) == 1 else ''} {at}"


def _lists_number_ones(title: str, chart: str) -> bool:
    said = f" {fold(title)} "
    return f" {fold(chart)} " in said and bool(re.search(r" number (?:one|1)(?:s| )", said))
