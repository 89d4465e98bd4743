"""A year's list once more in slow and obvious Python, from the charts of the oracle and the book's own words.

It imports nothing of hitparade. It knows lists that add up the issues dated in a chart year, by units, points or
positions; runs are split by the turn of the year.
"""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
ISSUE, POSITION, UNITS = range(3)


def lists(charts: dict[date, Row], book: Row, label: str, starts: dict[date, date]) -> list[Row]:
    """Return the lines of a year's list in order, with position, song, total, weeks and peak.

    ``starts`` is the first tracking day of each issue.
    """
    first, last, terms = chart_year(starts, book, int(label))
    assert terms.get("weeks", "counted") == "counted"
    assert not set(terms) & {"table", "eras", "runs", "by", "shared"}
    weeks: dict[str, list[tuple[date, int, Fraction]]] = defaultdict(list)
    for day, chart in sorted(charts.items()):
        for position, key, units, *_ in chart["entries"] if first <= day <= last else ():
            weeks[key].append((day, position, units))
    lines = [line(key, found, terms) for key, found in weeks.items()]
    keys = terms.get("ties", ["total", "peak", "weeks", "first_issue", "id"])
    lines.sort(key=lambda one: ([one["order"][key] for key in keys if key != "id"], one["song"]))
    return [{**one, "position": n} for n, one in enumerate(lines, 1)][: terms.get("size")]


def chart_year(starts: dict[date, date], book: Row, year: int) -> tuple[date, date, Row]:
    """Return the first and the last day of a chart year and its terms: the newest in force for its last issue."""
    said = book["year_end"]
    for since, terms in sorted(said["values"].items(), reverse=True):
        early = terms.get("begins_in", "same") == "previous"
        begins = date.fromisoformat(f"{year - early}-{terms.get('begins', '01-01')}")
        days = [str(begins), str(begins.replace(year=begins.year + 1) - timedelta(1))]
        first, last = map(date.fromisoformat, terms.get("exact", {}).get(str(year), days))
        within = [day for day in starts if first <= day <= last]
        by_issue = said.get("dated_by", book["dated_by"]) == "issue_date"
        if within and since <= str(max(within) if by_issue else starts[max(within)]):
            return first, last, terms
    raise AssertionError(year)


def line(key: str, weeks: list[tuple[date, int, Fraction]], terms: Row) -> Row:
    """Return what a song has of a year, and what orders it: smaller is better."""
    worth = [
        max(0, terms["inverse_of"] + 1 - week[POSITION]) if terms["method"] == "positions" else week[UNITS]
        for week in weeks
    ]
    total, peak = sum(worth), min(week[POSITION] for week in weeks)
    order = {
        "total": -total, "peak": peak, "weeks": -len(weeks), "first_issue": weeks[0][ISSUE],
        "entry_position": weeks[0][POSITION],
    }  # fmt: skip
    return {"song": key, "total": total, "weeks": len(weeks), "peak": peak, "order": order}
