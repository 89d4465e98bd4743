"""Invented archives for lint: a publisher who counts rightly, and the damage that a test does to what he printed."""

from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from hitparade.archive.lint import Report, lint
from hitparade.archive.lint_finding import About, Finding

SATURDAY = date(2020, 1, 4)
Row = dict[str, Any]


def weekly(number: int, first: date = SATURDAY, step: int = 7) -> list[date]:
    """Return the dates of so many issues."""
    return [first + timedelta(step * each) for each in range(number)]


def published(charts: list[str], dates: list[date] | None = None, *, columns: bool = True) -> list[Row]:
    """Return the printed lines of charts, each a text of titles from the first position on, with the true columns."""
    rows: list[Row] = []
    seen: dict[str, tuple[int, int, int, int]] = {}
    for number, (day, chart) in enumerate(zip(dates or weekly(len(charts)), charts, strict=True)):
        for position, title in enumerate(chart.split(), 1):
            at, last, peak, weeks = seen.get(title, (-9, 0, position, 0))
            peak, weeks = min(peak, position), weeks + 1
            told = {"last": last if at == number - 1 else None, "peak": peak, "weeks": weeks} if columns else {}
            seen[title] = (number, position, peak, weeks)
            rows.append({"issue": day, "position": position, "title": title, "credit": f"{title} Band", **told})
    return rows


def line(rows: list[Row], day: date, title: str) -> Row:
    """Return the line of a title on an issue, to be damaged."""
    return next(row for row in rows if row["issue"] == day and row["title"] == title)


def without(rows: list[Row], day: date, title: str) -> list[Row]:
    """Return the lines without one, those below it closed up, as the thirteen short issues of the Hot 100 are."""
    gone = line(rows, day, title)["position"]
    kept = [dict(row) for row in rows if not (row["issue"] == day and row["title"] == title)]
    for row in kept:
        if row["issue"] == day and row["position"] > gone:
            row["position"] -= 1
    return kept


def table(rows: list[Row]) -> pa.Table:
    """Return lines as a series gives them; the place says file and record."""
    kinds = {"issue": pa.date32(), "position": pa.int32(), "title": pa.string(), "credit": pa.string()}
    numbers = dict.fromkeys(("last", "peak", "weeks"), pa.int32())
    columns = {name: pa.array([row.get(name) for row in rows], kind) for name, kind in {**kinds, **numbers}.items()}
    records = range(1, len(rows) + 1)
    columns["place"] = pa.array([f"chart.csv record {each}" for each in records], pa.string())
    columns["record"] = pa.array(records, pa.int64())
    return pa.table(columns)


def linted(rows: list[Row], kind: str = "chart", size: int | None = None) -> Report:
    """Return what lint finds in lines."""
    return lint(table(rows), About("my-chart", kind, size))


def kinds(report: Report) -> list[str]:
    """Return the kinds of all findings in order."""
    return [each.kind for each in report.findings]


def one(report: Report, kind: str) -> Finding:
    """Return the only finding of a kind."""
    found = [each for each in report.findings if each.kind == kind]
    assert len(found) == 1, found
    return found[0]


def classes(report: Report) -> list[tuple[str, str, str, int | None, int | None, str]]:
    """Return issue, title, column, published, derived and class of every number that disagrees."""
    return [
        (str(each.issue), each.title, each.column, each.published, each.derived, each.kind)
        for each in report.disagreements
    ]
