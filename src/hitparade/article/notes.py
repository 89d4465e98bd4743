"""Notes: what an editor should know that is no verdict on one claim."""

import re
from collections.abc import Iterator

from hitparade.article import places
from hitparade.article.claims import Claim
from hitparade.article.context import Context
from hitparade.article.findings import Note
from hitparade.article.words import plural
from hitparade.catalog.folding import fold

_RECORDED = re.compile(r"\brecorded (?:[^.,;]*? )?(?:in|at) (?P<where>[^.,;]+)")


def notes(context: Context) -> tuple[Note, ...]:
    """Return the notes on an article, in the order of the lines they are about."""
    found = [
        *_missing_rows(context),
        *_missing_section(context),
        *_before_release(context),
        *_elsewhere(context),
    ]
    return tuple(sorted(found, key=lambda note: (note.lines, note.sentence)))


def _region(chart: str) -> str:
    country = places.country_of(chart)
    return country[0] if country else fold(chart.split(" (", maxsplit=1)[0])


def _missing_rows(context: Context) -> Iterator[Note]:
    year_ends, weekly = context.article.of("year_end"), context.article.of("weekly_peak")
    for year in sorted({row.whole("year") or 0 for row in year_ends if weekly}):
        rows = [row for row in year_ends if row.whole("year") == year]
        have = {_region(row.subject) for row in weekly if row.whole("year") == year}
        bare = [row for row in rows if _region(row.subject) not in have]
        if bare and have:
            counted = f"{len(bare)} of the {plural(len(rows), 'year-end row')} of {year}"
            text = f"{counted} have no weekly row of their country"
            yield Note(
                (rows[0].line, rows[-1].line),
                f"{text}; the table of weekly charts seems to have lost rows{_also(context)}",
            )


def _also(context: Context) -> str:
    told = [
        c
        for c in context.article.of("peak")
        if not any(fold(r.subject) == fold(c.subject) for r in context.article.of("weekly_peak"))
    ]
    return f" (line {told[0].line} itself gives a peak on the {told[0].subject})" if told else ""


def _missing_section(context: Context) -> Iterator[Note]:
    told = context.article.of("certification")
    if told and not any(claim.text.startswith("|") for claim in told):
        lines = tuple(sorted({claim.line for claim in told}))
        yield Note(
            lines,
            f"{plural(len(told), 'certification')} claimed, and the article has no table of certifications",
        )


def _before_release(context: Context) -> Iterator[Note]:
    box = context.article.box("Released")
    day = box.day("date") if box else None
    # Two sources may know one chart: the first speaks for it.
    for facts in {facts.chart: facts for facts in reversed(context.known.evidence)}.values():
        hit = facts.of_song(context.article.name, context.artists)
        if box and day and hit and hit.debut and hit.debut.issue < day:
            text = f"released {day}, but it was on the chart {facts.chart} in the issue of {hit.debut.issue}"
            yield Note(
                (box.line,),
                f"{text}: it was out before this date, perhaps as a track of an album ({hit.debut.source})",
            )


def _elsewhere(context: Context) -> Iterator[Note]:
    studio = context.article.box("Studio")
    for claim in context.article.of("sentence") if studio else ():
        match = _RECORDED.search(claim.text)
        if studio and match and not _names_the_studio(match["where"], studio):
            yield Note(
                (studio.line, claim.line),
                f"Studio is {studio.said('said')}; line {claim.line} says '{match[0].strip()}'",
            )


def _names_the_studio(where: str, studio: Claim) -> bool:
    # A city may stand for the studio in it: "recorded in Los Angeles" beside "(Los Angeles, CA)".
    return fold(where) in fold(studio.said("said"))
