"""Sense checks of what a book counts: windows by measure, dayparts of a panel, rules on rows that clash."""

from collections.abc import Iterator
from datetime import date, timedelta

from hitparade.counting import SALES, of_measure
from hitparade.rulebook.book import Book, measured_key
from hitparade.rulebook.calendar import eras
from hitparade.rulebook.panels import dayparts_named, rows_in_book
from hitparade.weeks import WEEKDAYS, WeekStart

Found = Iterator[tuple[str, str, str]]
_WEEK = 7


def counting(book: Book) -> Found:
    """Give what makes no sense in the blocks on what is counted."""
    for check in (_weeks, _components, _bulk, _prices, _products, _dayparts, _measures):
        yield from check(book)


def _weeks(book: Book) -> Found:
    for dated, era in zip(book.series["week"].values, eras(book), strict=False):
        if era.months and era.first != dated.since:
            found = f"the window starts on {dated.value['starts']}, which the day is not"
            yield f"week {dated.since}", found, f"the day on which the first such window starts: {era.first}"


def _components(book: Book) -> Found:
    for measure, series in book.family("component_week").items():
        for dated in series.values:
            era = next((each for each in reversed(eras(book)) if each.first <= dated.since), eras(book)[0])
            place = f"{measured_key('component_week', measure)} {dated.since}"
            if dated.value is None:
                continue
            if era.months:
                yield (
                    place,
                    "the chart's own window is a period of the calendar",
                    "a chart whose windows are of so many days",
                )
                continue
            begins = (era.first + timedelta(dated.value["after_days"])).weekday()
            if begins != WeekStart.parse(dated.value["starts"]).weekday:
                found = f"{dated.value['after_days']} days after the chart's window is a {WEEKDAYS[begins]}"
                yield f"{place}, after_days", found, f'days that lead to "{dated.value["starts"]}"'


def _bulk(book: Book) -> Found:
    caps = dict.fromkeys(book.family("cap_per_consumer"), 1)
    for measure, series in book.family("bulk").items():
        both = measure in caps or of_measure(caps, measure) or any(of_measure({measure: 1}, each) for each in caps)
        if both:
            yield (
                measured_key("bulk", measure),
                "the measure has a cap per consumer, too",
                "one of the two for a measure",
            )
        for dated in series.values if _uneven(book) else ():
            if dated.value and dated.value["per"] == "week":
                found = 'per = "week", and the chart\'s windows are not always seven days'
                yield f"{measured_key('bulk', measure)} {dated.since}, per", found, '"day"'


def _prices(book: Book) -> Found:
    """Give average prices of measures whose pieces are limited: money has no exact share in what then counts."""
    for measure in book.family("average_price"):
        for block in ("bulk", "cap_per_consumer"):
            limits = dict.fromkeys(book.family(block), 1)
            if of_measure(limits, measure) or any(of_measure({measure: 1}, each) for each in limits):
                found = f"the measure has {block}, too, which takes pieces away and cannot say for what money"
                yield measured_key("average_price", measure), found, "one of the two for a measure"


def _products(book: Book) -> Found:
    """Give limits on products of what is no sale: a play is of a song, whatever it is sold on."""
    for measure in book.family("products"):
        if measure.partition(".")[0] not in SALES:
            yield measured_key("products", measure), "what is not sold is of no product", " or ".join(SALES)


def _uneven(book: Book) -> bool:
    return any(era.months or era.days != _WEEK for era in eras(book))


def _dayparts(book: Book) -> Found:
    series = book.series.get("panel")
    spoken: set[str] = set()
    for dated in series.values if series else ():
        said = dated.value or {}
        lines = book.panels.get(said.get("file", ""), ())
        if said.get("format") and lines and said["format"] not in {line.format for line in lines}:
            formats = ", ".join(sorted({line.format for line in lines} - {""})) or "none"
            yield f"panel {dated.since}, format", f'found "{said["format"]}"', f"a format of {said['file']}: {formats}"
        rows = tuple(line.row for line in lines) or rows_in_book(said.get("channels", {}))
        spoken |= dayparts_named(rows)
        known = _parts_on(book, dated.since)
        for part in sorted(dayparts_named(rows) - known):
            allowed = f"dayparts of [dayparts]: {', '.join(sorted(known | {'other'}))}"
            yield f"panel {dated.since}", f'found the daypart "{part}"', allowed
    parts = book.series.get("dayparts")
    if parts and any(dated.value for dated in parts.values) and not spoken:
        yield "dayparts", "no weight of the panel speaks of them", "dayparts that the panel names"


def _parts_on(book: Book, day: date) -> set[str]:
    dated = book.series["dayparts"].on(day) if "dayparts" in book.series else None
    return set(dated.value["parts"]) if dated and dated.value else set()


def _measures(book: Book) -> Found:
    """Give blocks of measures that have no units, so that the block does nothing."""
    units = book.family("units")
    for block in ("component_week", "hours", "events", "price_floor", "average_price", "bulk", "products",
                  "imputation", "uplift"):  # fmt: skip
        for measure in book.family(block):
            if not any(of_measure({measure: 1}, each) for each in units):
                yield (
                    measured_key(block, measure),
                    "no such measure has units, so it would do nothing",
                    ", ".join(units),
                )
