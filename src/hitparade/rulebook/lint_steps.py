"""Sense checks of the order of steps, and of steps that look back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hitparade.rulebook.book import Book
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.steps import STAGES, charts_read, stage
from hitparade.rulebook.units import how_many

Found = Iterator[tuple[str, str, str]]

_NEAR = timedelta(6)

_STAGE_WORDS = {"weigh": "weighs songs", "mark": "takes songs off", "after": "follows the places"}


def order_of_steps(book: Book) -> Found:
    """Give steps that stand after one of a later stage: they run before it, whatever the book says."""
    latest = ""
    for step in book.steps:
        if latest and STAGES.index(stage(step)) < STAGES.index(stage(latest)):
            found = f'found "{step}", which {_STAGE_WORDS[stage(step)]}, after "{latest}", which'
            words = _STAGE_WORDS[stage(latest)]
            yield "steps", f"{found} {words}", "steps that weigh, then those that take off, then those that follow"
            return
        latest = step


def prices_before_ratios(book: Book) -> Found:
    """Give steps that weigh what is sold before it is known whose sales cost too little to count."""
    weighed = [step for step in ("accelerated", "growth") if step in book.steps]
    for step in weighed if "average_price" in book.steps else ():
        if book.steps.index(step) < book.steps.index("average_price"):
            found = f'found "average_price" after "{step}", which weighs all sales'
            yield "steps", found, f"average_price before {step}"


def reads_itself(book: Book) -> Found:
    """Give blocks that name the chart itself among the charts that it reads."""
    for key, series in book.series.items():
        for dated in series.values:
            if isinstance(dated.value, dict) and book.id in charts_read({key: dated.value}):
                yield f"{key} {dated.since}", f'found "{book.id}", the chart itself', "another chart"


def ordered_twice(book: Book) -> Found:
    """Give growth in percent beside the order of another chart: a chart has one order."""
    series = book.series.get("growth") if "rerank" in book.steps else None
    for dated in series.values if series else ():
        if dated.value and dated.value["by"] == "percent":
            found = 'found by = "percent" in a book whose steps name "rerank"'
            yield f"growth {dated.since}, by", found, "one of the two, since each says the whole order"


def accelerated(book: Book) -> Found:
    """Give accelerated ratios that count a song more than the standard one, or count what does not count."""
    series = book.series.get("accelerated")
    units = book.family("units")
    days = sorted({v.since for s in (*units.values(), *([series] if series else ())) for v in s.values})
    for day in days if series else ():
        held = series.on(day) if series else None
        for measure, value in held.value["units"].items() if held and held.value else ():
            base = units[measure].on(day) if measure in units else None
            if base is None or base.value is None:
                found = f"found {measure}, which has no units in force on {day}"
                yield f"accelerated {held.since}, units", found, "measures that count"  # type: ignore[union-attr]
                return
            (top, bottom), (least, of) = how_many(value), how_many(base.value)
            if top * of < least * bottom:
                found = f"found {_words(top, bottom)} of {measure}, fewer than the {_words(least, of)} of {day}"
                allowed = "as many as units says, or more"
                yield f"accelerated {held.since}, units", found, allowed  # type: ignore[union-attr]
                return


def skipped(book: Book) -> Found:
    """Give dates of skipped issues on which the chart would have no issue anyway."""
    series = book.series.get("skipped")
    whole = replace(book, series={key: held for key, held in book.series.items() if key != "skipped"})
    for dated in series.values if series else ():
        for day in map(date.fromisoformat, dated.value["issues"] if dated.value else ()):
            if not issues(whole, day, day):
                near = [str(issue.issue_date) for issue in issues(whole, day - _NEAR, day + _NEAR)]
                found = f"found {day}, on which there is no issue"
                yield f"skipped {dated.since}, issues", found, f"dates of issues, such as {' or '.join(near) or 'none'}"


def _words(top: int, bottom: int) -> str:
    return str(top) if bottom == 1 else f"{top}/{bottom}"
