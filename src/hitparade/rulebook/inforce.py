"""A book and the dates of an issue become the :class:`Rules` in force for it."""

from collections.abc import Iterator, Mapping
from typing import Any

from hitparade.errors import NotInForceError
from hitparade.rulebook.book import Book, DatedValue
from hitparade.rulebook.calendar import eras, local
from hitparade.rulebook.rules import IssueDates, Panel, Profile, Rules, Value
from hitparade.rulebook.spans import ACCUMULATIONS
from hitparade.rulebook.steps import charts_read, look_back
from hitparade.rulebook.units import weigh


def rules_for(book: Book, issue: IssueDates) -> Rules:
    """Return the rules of ``book`` in force for ``issue``.

    Raises:
        NotInForceError: the chart does not live then, or something that a chart needs has no value yet.
    """
    if not book.covers(issue.issue_date):
        lifetime = f"{book.title} lives {book.lifetime} (issue dates)"
        raise NotInForceError(f"{book.id} has no issue of {issue.issue_date}: {lifetime}")
    held = {key: dated for key, series in book.series.items() if (dated := series.at(issue))}
    weights, points_per_unit = weigh({m: d.value for m, d in _family(book, held, "units") if d.value is not None})
    if not weights:
        raise NotInForceError(f"{book.id}: no measure has units in force for the issue of {issue.issue_date}")
    ties = _needed(book, held, issue, "ties")
    params = {step: held[step].value for step in book.steps if _on(held, step, None)}
    order = tuple(dict.fromkeys((*ties["order"], "id")))
    return Rules(
        chart=book.id,
        title=_named(held, "names", book.title),
        publisher=_named(held, "publishers", book.publisher),
        territory=book.territory,
        issue=issue,
        size=_needed(book, held, issue, "size"),
        weights=weights,
        points_per_unit=points_per_unit,
        profile=_profile(book, held),
        panel=Panel(_on(held, "panel", {}).get("channels")),
        steps=book.steps,
        params=params,
        ties=order,
        shared=ties["shared"],
        look_back=look_back(params, order),
        cuts=_cuts(book, issue),
        values=_values(book, issue, held),
        upstream=tuple(sorted({*_on(held, "upstream", {"charts": ()})["charts"], *charts_read(params)})),
    )


def _family(book: Book, held: Mapping[str, DatedValue], block: str) -> Iterator[tuple[str, DatedValue]]:
    return ((measure, held[series.key]) for measure, series in book.family(block).items() if series.key in held)


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


def _profile(book: Book, held: Mapping[str, DatedValue]) -> Profile:
    plays = {measure: d.value for measure, d in _family(book, held, "minimum_play") if d.value is not None}
    caps = {measure: d.value for measure, d in _family(book, held, "cap_per_consumer") if d.value is not None}
    return Profile(plays, caps, _on(held, "repeats", "count"))


def _cuts(book: Book, issue: IssueDates) -> frozenset[tuple[int, str]]:
    # The cuts of every era of the zone, so that one set of totals serves the windows before a change as well.
    window = issue.window
    starts = [(e.starts.weekday, f"{e.starts.at:%H:%M}") for e in eras(book) if e.zone == window.zone]
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
