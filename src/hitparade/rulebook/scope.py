"""What an issue counts: a book's blocks on where, when and of which rows, as the values that the ledger is given."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from hitparade.counting import (
    Amount,
    Bulk,
    Counting,
    Floor,
    Hours,
    Imputation,
    Outage,
    PanelRow,
    Products,
    Territories,
    of_measure,
)
from hitparade.rulebook.book import Book, DatedValue
from hitparade.rulebook.calendar import before, local, spanning
from hitparade.rulebook.panels import rows_in_book
from hitparade.rulebook.rules import IssueDates, Panel, Profile
from hitparade.rulebook.units import how_many
from hitparade.weeks import WEEKDAYS, WeekStart, Window

Held = Mapping[str, DatedValue]
Cuts = frozenset[tuple[int, str]]
_NONE: Mapping[str, Any] = {"parts": {}}


def on(held: Held, key: str, otherwise: Any) -> Any:  # noqa: ANN401 - a number, text or table
    """Return the value in force of a key, or ``otherwise`` where there is none or it is switched off."""
    return held[key].value if key in held and held[key].value is not None else otherwise


def family(book: Book, held: Held, block: str) -> dict[str, Any]:
    """Return the values in force of a block by measure, without those that are switched off."""
    found = ((measure, on(held, series.key, None)) for measure, series in book.family(block).items())
    return {measure: value for measure, value in found if value is not None}


def raised(units: Mapping[str, Any], uplift: Mapping[str, Any]) -> dict[str, list[int]]:
    """Return the ratios of ``units``, each raised where its measure is: fewer then make one unit."""
    made = {}
    for measure, value in units.items():
        pattern = of_measure(uplift, measure)
        more, of = how_many(uplift[pattern]) if pattern else (1, 1)
        top, bottom = how_many(value)
        made[measure] = [top * of, bottom * more]
    return made


def profile(book: Book, held: Held) -> Profile:
    """Return the rules that must see single rows."""
    week = held["week"].value
    starts = WeekStart.parse(week["starts"] if week.get("every", "days") == "days" else "monday 00:00")
    bulk = {
        measure: Bulk(said["counts"], said.get("void_from"), said["per"], starts.weekday, f"{starts.at:%H:%M}")
        for measure, said in family(book, held, "bulk").items()
    }
    return Profile(
        minimum_play=family(book, held, "minimum_play"),
        cap=family(book, held, "cap_per_consumer"),
        repeats=on(held, "repeats", "count"),
        events={measure: said["count"] for measure, said in family(book, held, "events").items()},
        floor={m: Floor(said["value"], said["currency"]) for m, said in family(book, held, "price_floor").items()},
        bulk=bulk,
        products={m: _products(said) for m, said in family(book, held, "products").items()},
        zones=on(held, "channel_zones", {"zones": {}})["zones"],
    )


def _products(said: Mapping[str, Any]) -> Products:
    return Products(said.get("titles"), said.get("tracks"), lead=said.get("counts_for") == "lead")


def panel(book: Book, held: Held, window: Window, look_back: int) -> Panel:
    """Return the channels that count within a window and the earlier ones that are looked at."""
    said = on(held, "panel", None)
    if said is None:
        return Panel()
    measures = tuple(said.get("measures") or ())
    if "file" in said:
        lines = book.panels.get(said["file"], ())
        wanted = said.get("format")
        rows = tuple(line.row for line in lines if wanted is None or line.format == wanted)
        first = window.first_day - timedelta(len(window.days) * (look_back + 1))
        return Panel(None, tuple(row for row in rows if _within(row, first, window.last_day)), measures)
    channels = said["channels"]
    if any(isinstance(weight, Mapping) for weight in channels.values()):
        return Panel(None, rows_in_book(channels), measures)
    return Panel(dict(channels), (), measures)


def _within(row: PanelRow, first: date, last: date) -> bool:
    return (row.first_day is None or row.first_day <= last) and (row.last_day is None or first <= row.last_day)


def counting(book: Book, issue: IssueDates, held: Held, measures: Iterable[str], look_back: int) -> Counting:
    """Return what is added up beyond the quantities of the issue's own window."""
    measures = tuple(measures)

    def by_measure(block: str, make: Callable[[Any], Any]) -> dict[str, Any]:
        said = family(book, held, block)
        found = ((measure, of_measure(said, measure)) for measure in measures)
        return {measure: make(said[pattern]) for measure, pattern in found if pattern is not None}

    territories, outage = on(held, "territories", None), on(held, "outage", None)
    units = {measure: value for measure, value in family(book, held, "units").items() if isinstance(value, Mapping)}
    return Counting(
        territories=Territories(tuple(territories["of"]), tuple(territories["minus"])) if territories else None,
        amounts={measure: amount for measure, value in units.items() if (amount := _amount(value)) != Amount()},
        windows=_windows(book, issue, held, measures),
        hours=by_measure("hours", lambda said: _spans(said["only"])),
        dayparts={name: _spans(spans) for name, spans in on(held, "dayparts", _NONE)["parts"].items()},
        net=on(held, "returns", "gross") == "net",
        uplift=by_measure("uplift", how_many),
        imputation=by_measure("imputation", lambda said: Imputation(said["weeks"], said["days"])),
        quorum=on(held, "quorum", {"channels": 0})["channels"],
        outage=Outage(outage["days"], how_many(outage["reporters"])) if outage else None,
        earlier=before(book, issue, look_back),
        prices=by_measure("average_price", lambda said: str(said["currency"])),
    )


def _spans(texts: Iterable[str]) -> tuple[Hours, ...]:
    return tuple(Hours.parse(text) for text in texts)


def _amount(said: Mapping[str, Any]) -> Amount:
    return Amount(
        said.get("of", "quantity"), said.get("currency", ""), said.get("rounded_to", 1), said.get("rounding", "down")
    )


def _windows(book: Book, issue: IssueDates, held: Held, measures: Iterable[str]) -> dict[str, Window]:
    """Return the windows of measures that have one of their own; each lasts until the next issue's begins."""
    window, blocks, made = issue.window, book.family("component_week"), {}
    said = family(book, held, "component_week")
    next_first = local(window.ends, window.zone).date()
    for measure in measures:
        pattern = of_measure(said, measure)
        if pattern is not None:
            series, now = blocks[pattern], said[pattern]
            next_issue = issue.issue_date + (next_first - window.first_day)
            later = series.on(next_first if series.dated_by == "tracking_start" else next_issue)
            # Where the measure takes the chart's own window again, what that one counts must not count here as well.
            ends = local(window.ends, window.zone)
            own: dict[str, Any] = {"after_days": 0, "starts": f"{WEEKDAYS[ends.weekday()]} {ends:%H:%M}"}
            following = now if later is None else later.value or own
            made[measure] = spanning(
                window.zone, window.first_day + timedelta(now["after_days"]), WeekStart.parse(now["starts"]).at,
                next_first + timedelta(following["after_days"]), WeekStart.parse(following["starts"]).at,
            )  # fmt: skip
    return made


def cuts_of(book: Book, of_all: Cuts, scope: Counting, panel: Panel, measures: Iterable[str]) -> dict[str, Cuts]:
    """Return where days are cut for the measures that have hours, dayparts or a window of their own."""
    components = book.family("component_week")
    parts = {row.daypart for row in panel.rows} - {""}
    of_parts = frozenset(cut for part in scope.dayparts.values() if parts for span in part for cut in span.cuts)
    made = {}
    for measure in measures:
        cuts = of_all
        if measure in scope.windows:
            pattern = of_measure(components, measure)
            values = components[pattern].values if pattern else ()
            starts = [WeekStart.parse(dated.value["starts"]) for dated in values if dated.value]
            cuts = frozenset((s.weekday, f"{s.at:%H:%M}") for s in starts if s.at != s.at.min)
        cuts |= {cut for span in scope.hours.get(measure, ()) for cut in span.cuts}
        if of_parts and (not panel.measures or of_measure(dict.fromkeys(panel.measures, 1), measure)):
            cuts |= of_parts
        if cuts != of_all:
            made[measure] = cuts
    return made
