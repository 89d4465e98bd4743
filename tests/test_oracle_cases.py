"""The shipped cases on the oracle: the second reading of the rules gives what a person worked out by hand."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import oracle
from hitparade.rulebook.book import Book
from hitparade.rulebook.books import shipped
from hitparade.rulebook.calendar import issues
from hitparade.rulebook.cases import Case, load_case
from hitparade.rulebook.model import STEPS
from hitparade.rulebook.steps import charts_read
from hitparade.rulebook.whatif import overlaid
from hitparade.weeks import WeekStart
from oracle_cases import Cases
from test_register import OWN

CASES = Path(__file__).parent / "cases" / "charts"
MORE = {"traits", "audience", "price", "currency", "customer", "product", "event"}


def as_the_oracle_reads(book: Book) -> dict[str, Any]:
    """The dated values of a book, in the oracle's layout."""
    weeks = [(value.since, value.value, WeekStart.parse(value.value["starts"])) for value in book.series["week"].values]

    def dated(key: str) -> list[tuple[date, Any]]:
        series = book.series.get(key)
        return [(value.since, value.value) for value in series.values] if series else [(date.min, None)]

    def family(block: str) -> dict[str, list[tuple[date, Any]]]:
        return {measure: dated(series.key) for measure, series in book.family(block).items()}

    def ratio(value: Any) -> Any:  # noqa: ANN401 - a whole number, two of them, or nothing
        return (value, 1) if isinstance(value, int) else value and tuple(value)

    return {
        "territory": book.territory,
        "zone": [(day, week["zone"]) for day, week, _ in weeks],
        "weekday": [(day, starts.weekday) for day, _, starts in weeks],
        "at": [(day, f"{starts.at:%H:%M}") for day, _, starts in weeks],
        "steps": list(book.steps),
        "size": dated("size"),
        "units": {measure: [(day, ratio(n)) for day, n in series] for measure, series in family("units").items()},
        "minimum_play": family("minimum_play"),
        "cap": family("cap_per_consumer"),
        "repeats": dated("repeats"),
        "panel": [(day, channels_of(panel)) for day, panel in dated("panel")],
        **{step: dated(step) for step in book.steps},
        "ties": [(day, (ties["order"], ties["shared"])) for day, ties in dated("ties")],
    }


def channels_of(panel: Any) -> dict[str, int] | None:  # noqa: ANN401 - a block of a book
    """The weights of a panel."""
    return panel and dict(panel["channels"])


def entries_of(case: Case, territory: str) -> list[dict[str, Any]]:
    """The rows of a case as the oracle reads them."""
    return [
        {
            "territory": row.territory or territory,
            "day": row.day,
            "at": datetime.fromisoformat(row.at).replace(tzinfo=None) if row.at else None,
            "channel": row.channel,
            "measure": row.measure,
            "isrc": row.isrc or "",
            "title": row.title,
            "artist": row.artist,
            "quantity": row.quantity,
            "ms_played": row.ms_played,
            "consumer": row.consumer,
            "released": row.released,
            **row.model_dump(include=MORE),
        }
        for row in case.rows
    ]


def weeks_of(book: Book, case: Case) -> list[tuple[date, date]]:
    """The first tracking day and the issue date of every week that the case reaches."""
    found = issues(book, case.first_day, case.last_issue)
    return [(i.window.first_day, i.issue_date) for i in found if i.window.last_day >= case.first_day - timedelta(1)]


def own_chart(case: Case, book: Book, rows: list[dict[str, Any]]) -> dict[date, Any]:
    """The charts of a case of one of this project's own books, some of which lay a what-if over it."""
    book = overlaid(book, case.what_if, case.where) if case.what_if else book
    weeks = weeks_of(book, case)
    return dict(zip([day for _, day in weeks], oracle.charts(rows, as_the_oracle_reads(book), weeks), strict=True))


def real_chart(case: Case, book: Book, rows: list[dict[str, Any]]) -> dict[date, Any]:
    """The charts of a case of a real chart's book, read from its file; charts that it reads come first."""
    keys = {song["title"]: song["key"] for song in oracle.identities(rows).values()}
    rulings = [
        {**each.model_dump(), "song": keys[each.song], "first": each.first_issue, "last": each.last_issue}
        for each in case.decisions
    ]
    told = Cases(rows, Path(book.where).parent)
    for name in charts_read({step: series.values[-1].value for step, series in book.series.items() if step in STEPS}):
        told.told(name, weeks_of(shipped()[name], case), [])
    return told.told(case.chart, weeks_of(book, case), rulings)


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_oracle_agrees_with_the_case(path: Path) -> None:
    case = load_case(path)
    book = shipped()[case.chart]
    rows = entries_of(case, book.territory)
    charts = (own_chart if case.chart in OWN else real_chart)(case, book, rows)
    titles = {song["key"]: song["title"] for song in oracle.identities(rows).values()}
    for expected in case.expected:
        lines = charts[expected.issue]["entries"]
        made = [(position, titles[key]) for position, key, *_ in lines]
        wanted = [(line.position, line.title) for line in expected.lines]
        assert made == wanted if expected.whole else set(wanted) <= set(made)
        assert not {missing.title for missing in expected.off} & {title for _, title in made}
        weeks = {titles[key]: (weeks, peak) for _, key, _, _, _, peak, _, weeks in lines}
        for line in expected.lines:
            told = (line.weeks_on_chart, line.peak)
            assert all(want in (None, have) for want, have in zip(told, weeks[line.title], strict=True))
