"""Checking: every claim gets one verdict, from the first part of the house that can speak for it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hitparade.article import charts, hints, own, same
from hitparade.article.claims import Article, Claim
from hitparade.article.context import Context, context_of
from hitparade.article.findings import Finding, Report, line, lines_named
from hitparade.article.inside import Relation
from hitparade.article.known import Known, resting_on
from hitparade.article.notes import notes
from hitparade.article.reading import read

Checker = Callable[[Claim, Context], Finding | None]


def check(article: Article | str | Path, known: Known | None = None) -> Report:
    """Return a report on an article, resting on ``known`` or on what ships.

    Raises:
        ArticleError: the file cannot be read, or is in another layout.
    """
    said = article if isinstance(article, Article) else read(article)
    context = context_of(said, known if known is not None else resting_on())
    findings = tuple(verdict_on(claim, context) for claim in said.claims)
    return Report(said, findings, notes(context), _rests_on(context))


def verdict_on(claim: Claim, context: Context) -> Finding:
    """Return the finding of the first checker that can speak for the claim."""
    asked = (checker(claim, context) for checker in ORDER)
    found = next((finding for finding in asked if finding is not None), own.outside(claim, context))
    others = _others(claim, context) if found.verdict in ("confirmed", "contradicted") else ""
    return replace(found, reason=f"{found.reason}; {others}") if others else found


def _damaged(claim: Claim, context: Context) -> Finding | None:
    if not claim.damaged:
        return None
    hint, evidence = hints.hint(claim, context.article)
    return Finding(claim, "damaged", claim.damaged, evidence, hint)


def _opinion(claim: Claim, _: Context) -> Finding | None:
    opinion = claim.kind == "sentence" and claim.whole("opinion")
    return Finding(claim, "not_checkable", "an opinion or a quotation; no chart can check it") if opinion else None


def _inconsistent(claim: Claim, context: Context) -> Finding | None:
    evidence = tuple(line(one.other, one.sentence) for one in _against(claim, context))
    return Finding(claim, "inconsistent", _others(claim, context), evidence) if evidence else None


def _against(claim: Claim, context: Context) -> list[Relation]:
    return [one for one in context.relations.get(claim.id, ()) if not one.agrees]


def _others(claim: Claim, context: Context) -> str:
    """Return which other lines say otherwise, and what; empty when none does."""
    against = _against(claim, context)
    if not against:
        return ""
    verb = "says" if len({one.other.line for one in against}) == 1 else "say"
    sentences = "; ".join(dict.fromkeys(one.sentence for one in against))
    return f"{lines_named([one.other for one in against])} {verb} otherwise: {sentences}"


ORDER: tuple[Checker, ...] = (
    _damaged,
    _opinion,
    charts.impossible,
    charts.from_facts,
    _inconsistent,
    same.from_dossier,
    own.shown_by_itself,
)
"""Who is asked, in order: an outside source before the article's own lines, and these before its dossier."""


def _rests_on(context: Context) -> tuple[str, ...]:
    known = context.known
    facts = [f"facts {one.id}, up to the issue of {one.reach}" for one in known.evidence]
    simulated = [f"{one.id} is SIMULATED and confirms nothing" for one in known.facts if one.simulated]
    awards = [f"awards {one.id}, up to {one.ends}" for one in known.awards]
    books = [f"{len(known.books)} books of charts"] if known.books else []
    dossier = [f"dossier {context.dossier.id} (same source: {context.dossier.source})"] if context.dossier else []
    return (*facts, *simulated, *awards, *books, *dossier)
