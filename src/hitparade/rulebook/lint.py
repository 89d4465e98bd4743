"""Sense checks of a book whose layout is right: what is said twice, too early, out of order or never used."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hitparade.rulebook.book import Book
from hitparade.rulebook.calendar import eras, first_issue, issues
from hitparade.rulebook.complaints import Complaint
from hitparade.rulebook.lint_counting import counting
from hitparade.rulebook.lint_steps import (
    accelerated,
    order_of_steps,
    ordered_twice,
    prices_before_ratios,
    reads_itself,
    skipped,
)
from hitparade.rulebook.model import STEPS
from hitparade.rulebook.panels import rows_in_book
from hitparade.rulebook.scope import raised
from hitparade.rulebook.units import LARGEST_WEIGHT, how_many, weigh_both
from hitparade.weeks import WEEKDAYS, WeekStart

_KEY = re.compile(r"^[\w.-]+$")
_AROUND = timedelta(120)


def lint(book: Book, cited: Mapping[str, str], sources: Sequence[tuple[str, str]]) -> tuple[Complaint, ...]:
    """Return what makes no sense in ``book``, given its sources and each (place, source) as written."""
    changed = any(dated.what_if for series in book.series.values() for dated in series.values)
    checks = (
        _sources(cited, sources),
        () if changed else _unused(cited, sources),
        _steps(book),
        order_of_steps(book),
        prices_before_ratios(book),
        reads_itself(book),
        ordered_twice(book),
        _life(book),
        _ranges(book),
        _weeks(book),
    )
    found = [problem for check in checks for problem in check]
    # The calendar of a book with a wrong week or life would only repeat the mistake in other words.
    if not found:
        more = (counting(book), _beginning(book), _order(book), _bounds(book), accelerated(book), skipped(book))
        found = [problem for check in more for problem in check]
    return tuple(Complaint(book.where, *problem) for problem in found)


Found = Iterator[tuple[str, str, str]]


def _sources(cited: Mapping[str, str], sources: Sequence[tuple[str, str]]) -> Found:
    for place, source in sources:
        if source not in cited and _KEY.match(source):
            known = ", ".join(cited) or "nothing"
            yield (
                place,
                f'found "{source}", which [sources] does not define',
                f"a citation in words, or a key of [sources]: {known}",
            )


def _unused(cited: Mapping[str, str], sources: Sequence[tuple[str, str]]) -> Found:
    used = {source for _, source in sources}
    for key in cited:
        if key not in used:
            yield f"sources.{key}", "is never used", "a key that a value names as its source"


def _steps(book: Book) -> Found:
    for step in dict.fromkeys(book.steps):
        if book.steps.count(step) > 1:
            yield "steps", f'found "{step}" {book.steps.count(step)} times', "each step once"
        if step not in book.series and not book.family(step):
            yield (
                "steps",
                f'found "{step}", but there is no block [{step}]',
                "steps whose block is in the book",
            )
    for step in STEPS:
        if (step in book.series or book.family(step)) and step not in book.steps:
            yield (
                step,
                "is not named in steps, so it would do nothing",
                f'steps that name "{step}" at its place in the order',
            )


def _life(book: Book) -> Found:
    for n, span in enumerate(book.life, 1):
        if span.ends and span.ends < span.begins:
            yield f"life, {n}.ends", f"found {span.ends}", f"a date not before its beginning, {span.begins}"
        elif not span.holds(span.first_issue):
            yield f"life, {n}.covered_from", f"found {span.covered_from}", f"a date of its life {span}"
    for before, after in pairwise(book.life):
        if before.ends is None or after.begins <= before.ends:
            yield "life", f"the spans {before} and {after} overlap", "spans one after the other"


def _ranges(book: Book) -> Found:
    for key, series in book.series.items():
        for dated in series.values:
            place = f"{key} {dated.since}"
            if dated.confidence == "undisclosed" and dated.between is None:
                yield (
                    place,
                    "is undisclosed and has no range",
                    "between = [lowest, highest], so that readers see how unsure it is",
                )
            if dated.between and _outside(dated.value, dated.between):
                low, high = dated.between
                yield (
                    f"{place}, between",
                    f"the value lies outside of {low} to {high}",
                    "a range that holds the value",
                )


def _outside(value: object, between: tuple[int, int]) -> bool:
    if isinstance(value, dict):
        return "value" in value and _outside(value["value"], between)
    if not isinstance(value, int | list):
        return False
    top, bottom = how_many(value)
    return not between[0] * bottom <= top <= between[1] * bottom


def _weeks(book: Book) -> Found:
    for dated in book.series["week"].values:
        if "every" in dated.value:
            continue
        starts = dated.value["starts"]
        weekday = WeekStart.parse(starts).weekday
        if weekday != dated.since.weekday():
            said = f"the day is a {WEEKDAYS[dated.since.weekday()]}, the window starts on {starts}"
            first = dated.since + timedelta((weekday - dated.since.weekday()) % 7)
            yield f"week {dated.since}", said, f"the day on which the first such window starts: {first}"


def _beginning(book: Book) -> Found:
    issue = first_issue(book)
    if issue is None:
        yield "life", "no tracking window belongs to it", "a life in which week and label are in force"
        return
    for key in ("size", "ties"):
        series = book.series[key]
        if series.at(issue) is None:
            at = f"the chart's first issue, {issue.issue_date} (tracked from {issue.window.first_day})"
            yield (
                f"{key} {series.values[0].since}",
                f"begins after {at}",
                f"a first value in force by then, by {series.dated_by}",
            )
    if not any((dated := series.at(issue)) and dated.value is not None for series in book.family("units").values()):
        yield (
            "units",
            f"none is in force for the first issue, {issue.issue_date}",
            "units of one measure at least by then",
        )
    if issue.issue_date - book.life[0].first_issue > timedelta(max(era.days for era in eras(book))):
        yield (
            "life",
            f"begins {book.life[0].first_issue}, but the first issue is of {issue.issue_date}",
            "a life that begins with its first issue, or covered_from with the first one that the book covers",
        )


def _order(book: Book) -> Found:
    changes = {dated.since for key in ("week", "label") for dated in book.series[key].values}
    pairs = {pair for day in changes for pair in pairwise(issues(book, day - _AROUND, day + _AROUND))}
    for before, after in sorted(pairs, key=lambda pair: pair[0].window.starts):
        if after.issue_date <= before.issue_date:
            same = before.issue_date == after.issue_date
            dates = f"both dated {after.issue_date}" if same else f"dated {before.issue_date} and {after.issue_date}"
            found = f"the windows from {before.window.first_day} and {after.window.first_day} are {dates}"
            yield "label", found, "issue dates that always grow"


def _bounds(book: Book) -> Found:
    days = sorted({dated.since for series in book.series.values() for dated in series.values})
    for day in days:
        units, uplift = (_held(book, block, day) for block in ("units", "uplift"))
        fast = book.series["accelerated"].on(day) if "accelerated" in book.series else None
        faster = fast.value["units"] if fast and fast.value else {}
        weights, points, _ = weigh_both(raised(units, uplift), raised(faster, uplift))
        largest = max(weights.values(), default=0) * _greatest_channel(book, day)
        if largest >= LARGEST_WEIGHT:
            weight = f"the largest weight, channel weight included, is {largest}"
            allowed = f"weights below {LARGEST_WEIGHT}, so that points stay below 2^63; choose rounder ratios"
            yield "units", f"from {day} on one unit is {points} points, and {weight}", allowed
            return


def _held(book: Book, block: str, day: date) -> dict[str, Any]:
    held = ((measure, series.on(day)) for measure, series in book.family(block).items())
    return {measure: dated.value for measure, dated in held if dated and dated.value is not None}


def _greatest_channel(book: Book, day: date) -> int:
    panel = book.series["panel"].on(day) if "panel" in book.series else None
    if not panel or not panel.value:
        return 1
    lines = book.panels.get(panel.value.get("file", ""), ())
    rows = tuple(line.row for line in lines) or rows_in_book(panel.value.get("channels", {}))
    return max((row.weight for row in rows), default=1)
