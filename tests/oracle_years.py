"""A year's list once more in slow and obvious Python, from the charts of the oracle and the book's own words.

It imports nothing of hitparade. It knows lists that add up the issues dated in a calendar year, by units, points or
positions; runs are split by the turn of the year.
"""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
ISSUE, POSITION, UNITS = range(3)


def lists(charts: dict[date, Row], book: Row, label: str) -> list[Row]:
    """Return the lines of a year's list in order, with position, song, total, weeks and peak."""
    said = book["year_end"]["values"]
    terms = said[max(day for day in said if day <= f"{label}-12-31")]
    assert terms.get("begins", "01-01") == "01-01"
    assert terms.get("weeks", "counted") == "counted"
    assert not set(terms) & {"table", "eras", "runs", "exact", "by", "shared"}
    weeks: dict[str, list[tuple[date, int, Fraction]]] = defaultdict(list)
    for day, chart in sorted(charts.items()):
        for position, key, units, *_ in chart["entries"] if day.year == int(label) else ():
            weeks[key].append((day, position, units))
    lines = [line(key, found, terms) for key, found in weeks.items()]
    keys = terms.get("ties", ["total", "peak", "weeks", "first_issue", "id"])
    lines.sort(key=lambda one: ([one["order"][key] for key in keys if key != "id"], one["song"]))
    return [{**one, "position": n} for n, one in enumerate(lines, 1)][: terms.get("size")]


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
