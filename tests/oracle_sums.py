"""What charts over many issues add up, once more in slow and obvious Python: methods, runs, eras, ties, places.

It imports nothing of hitparade. An issue is a dict of date, size, inside (is it in the span), per_unit (how many
points make a unit) and entries, each (position, song, points); terms are words of a book's layout.
"""

from collections import Counter
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Week = tuple[Row, int, int]
"""An issue, the song's position on it and its points."""


def table(issues: list[Row], terms: Row) -> list[Row]:
    """Return the lines of the chart in order: position, song, total, weeks, peak and weeks there."""
    songs = sorted({song for issue in issues for _, song, _ in issue["entries"]})
    lines = []
    for song in songs:
        weeks = counted(run_of(song, issues), terms)
        total = sum((worth(week, terms) for week in weeks), Fraction(0))
        if total > 0:
            lines.append({"song": song, "total": total, "weeks": len(weeks), "keys": keys(song, weeks, total, terms)})
    lines.sort(key=lambda line: (line["keys"], line["song"]))
    for line in lines:
        line["position"] = place(line, lines, terms["shared"])
    return [line for line in lines if terms["size"] is None or line["position"] <= terms["size"]]


def run_of(song: str, issues: list[Row]) -> list[Week]:
    """Return the issues that a song was on, the earliest first."""
    found = [(issue, place, points) for issue in issues for place, other, points in issue["entries"] if other == song]
    return sorted(found, key=lambda week: week[0]["date"])


def counted(run: list[Week], terms: Row) -> list[Week]:
    """Return the weeks of a run that count in the span: those inside of it, or all or none of them."""
    if terms["runs"] == "split":
        return [week for week in run if week[0]["inside"]]
    best = min(place for _, place, _ in run)
    days = {
        "entry": run[0],
        "exit": run[-1],
        "peak": next(week for week in run if week[1] == best),
    }
    return run if days[terms["runs"]][0]["inside"] else []


def worth(week: Week, terms: Row) -> Fraction:
    """Return what a week adds: units or points for its position, times the factor of its era."""
    issue, place, points = week
    factor = 1
    for since, said in sorted(terms["eras"]):
        factor = said if issue["date"] >= since else factor
    if terms["method"] != "positions":
        return factor * Fraction(points, issue["per_unit"])
    if place <= len(terms["table"]):
        return Fraction(factor * terms["table"][place - 1])
    first = issue["size"] if terms["inverse_of"] is None else terms["inverse_of"]
    return Fraction(factor * max(0, first - (place - 1)))


def keys(song: str, weeks: list[Week], total: Fraction, terms: Row) -> list[Any]:
    """Return what orders a line beside its song: smaller goes first."""
    at = Counter(place for _, place, _ in weeks)
    peak = min(at)
    told = {
        "total": -total,
        "peak": peak,
        "peak_weeks": -at[peak],
        "best": [-at[place] for place in range(1, 100)],
        "weeks": -len(weeks),
        "first_issue": weeks[0][0]["date"].toordinal(),
        "entry_position": weeks[0][1],
        "title": (song.casefold(), song),
    }
    return [told[key] for key in terms["ties"] if key != "id"]


def place(line: Row, lines: list[Row], shared: str) -> int:
    """Return where a line stands."""
    if shared == "no":
        return 1 + sum((other["keys"], other["song"]) < (line["keys"], line["song"]) for other in lines)
    better = [other["keys"] for other in lines if other["keys"] < line["keys"]]
    return 1 + (len(better) if shared == "competition" else len({str(each) for each in better}))
