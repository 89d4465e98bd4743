"""A book and the dates of an issue become the :class:`Rules` in force for it."""

from collections.abc import Mapping
from typing import Any

from hitparade.errors import NotInForceError
from hitparade.rulebook import scope
from hitparade.rulebook.book import MEASURED, Book, DatedValue
from hitparade.rulebook.calendar import eras, local
from hitparade.rulebook.rules import IssueDates, Rules, Value
from hitparade.rulebook.skips import how_skipped
from hitparade.rulebook.spans import ACCUMULATIONS
from hitparade.rulebook.steps import charts_read, look_back
from hitparade.rulebook.units import weigh_both
from hitparade.weeks import WEEKDAYS


def rules_for(book: Book, issue: IssueDates) -> Rules:
    """Return the rules of ``book`` in force for ``issue``.

    Raises:
        NotInForceError: the chart does not live then, or something that a chart needs has no value yet.
    """
    if not book.covers(issue.issue_date):
        lifetime = f"{book.title} lives {book.lifetime} (issue dates)"
        raise NotInForceError(f"{book.id} has no issue of {issue.issue_date}: {lifetime}")
    held = {key: dated for key, series in book.series.items() if (dated := series.at(issue))}
    units, uplift = (scope.family(book, held, block) for block in ("units", "uplift"))
    params = _params(book, held)
    fast = params.get("accelerated", {}).get("units", {})
    weights, points_per_unit, fast = weigh_both(scope.raised(units, uplift), scope.raised(fast, uplift))
    if not weights:
        raise NotInForceError(f"{book.id}: no measure has units in force for the issue of {issue.issue_date}")
    ties = _needed(book, held, issue, "ties")
    if fast:
        params["accelerated"] = {**params["accelerated"], "weights": fast}
    order = tuple(dict.fromkeys((*ties["order"], "id")))
    back, cuts = look_back(params, order), _cuts(book, issue)
    counting = scope.counting(book, issue, held, weights, back)
    panel = scope.panel(book, held, issue.window, back)
    return Rules(
        chart=book.id,
        title=_named(held, "names", book.title),
        publisher=_named(held, "publishers", book.publisher),
        territory=book.territory,
        issue=issue,
        size=_needed(book, held, issue, "size"),
        weights=weights,
        points_per_unit=points_per_unit,
        profile=scope.profile(book, held),
        panel=panel,
        steps=book.steps,
        params=params,
        ties=order,
        shared=ties["shared"],
        look_back=back,
        cuts=cuts,
        values=_values(book, issue, held),
        upstream=tuple(sorted({*_on(held, "upstream", {"charts": ()})["charts"], *charts_read(params)})),
        versions={each["song"]: tuple(each["versions"]) for each in _on(held, "versions", {"songs": ()})["songs"]},
        repeats=how_skipped(book, issue) == "repeat",
        cuts_of=scope.cuts_of(book, cuts, counting, panel, weights),
        counting=counting,
    )


def _params(book: Book, held: Mapping[str, DatedValue]) -> dict[str, Any]:
    """Return the parameters in force of each step; those of a step that has a value for each measure by measure."""
    found = {step: scope.family(book, held, step) if step in MEASURED else _on(held, step, None) for step in book.steps}
    return {step: said for step, said in found.items() if said}


def _on(held: Mapping[str, DatedValue], key: str, otherwise: Any) -> Any:  # noqa: ANN401 - a number, text or table
    return held[key].value if key in held and held[key].value is not None else otherwise


def _named(held: Mapping[str, DatedValue], key: str, otherwise: str) -> str:
    said = _on(held, key, otherwise)
    return str(said["value"] if isinstance(said, dict) else said)


def _needed(book: Book, held: Mapping[str, DatedValue], issue: IssueDates, key: str) -> Any:  # noqa: ANN401 - as above
    if key not in held:
        first = book.series[key].values[0].since
        raise NotInForceError(
            f"{book.id}: {key} has no value for the issue of {issue.issue_date}; its first is of {first}"
        )
    return held[key].value


def _cuts(book: Book, issue: IssueDates) -> frozenset[tuple[int, str]]:
    # The cuts of every era of the zone, so that one set of totals serves the windows before a change as well.
    window = issue.window
    starts = [
        (weekday, f"{era.starts.at:%H:%M}")
        for era in eras(book)
        if era.zone == window.zone
        for weekday in (range(len(WEEKDAYS)) if era.months else (era.starts.weekday,))
    ]
    edges = [local(instant, window.zone) for instant in (window.starts, window.ends)]
    all_cuts = {*starts, *((edge.weekday(), f"{edge:%H:%M}") for edge in edges)}
    return frozenset(cut for cut in all_cuts if cut[1] != "00:00")


def _values(book: Book, issue: IssueDates, held: Mapping[str, DatedValue]) -> tuple[Value, ...]:
    span = next(span for span in book.life if span.holds(issue.issue_date))
    days = {"begins": span.begins.isoformat(), "ends": span.ends.isoformat() if span.ends else None}
    life = Value("life", span.begins, "issue_date", days, span.source, span.confidence)
    # What is added up over many issues is no input of one.
    weekly = (key for key in book.series if key in held and key not in ACCUMULATIONS)
    return life, *(book.series[key].printed(held[key]) for key in weekly)
