"""Records of movement: climbs, falls, jumps to the top, and how long it took to get there."""

from typing import Any

from hitparade.records.lists import Named
from hitparade.records.named_weeks import chart
from hitparade.records.query import Asked, Views
from hitparade.records.sentence import day, number, place, plural, quoted

_MOVED = """
select t.title, t.credit, {by} as moved, n.last, n.position, n.issue,
    n.song as _id, i.previous as _first, n.issue as _last, 1000000 as _depth
from {lines} n
join runs t on t.series = n.series and t.song = n.song
join issues i on i.series = n.series and i.issue = n.issue
where {by} > 0 {only}
"""

_SLOWEST = """
select t.title, t.credit, n.weeks, n.issue as reached, t.first_issue,
    n.song as _id, t.first_issue as _first, n.issue as _last, 1000000 as _depth
from {lines} n
join (select series, song, min(issue) as issue from {past} where position <= $depth group by series, song) r
    on r.series = n.series and r.song = n.song and r.issue = n.issue
join runs t on t.series = n.series and t.song = n.song
where n.position <= $depth
"""

_WAITED = """
select t.title, t.credit, r.reached - t.first_issue as days, t.first_issue as debut, r.reached,
    r.song as _id, t.first_issue as _first, r.reached as _last, 1000000 as _depth
from (
    select series, song, min(issue) as reached from {past} where position <= $depth group by series, song
) r join runs t on t.series = r.series and t.song = r.song
where r.reached between $first and $last
"""

_MOVE_COLUMNS = ("title", "credit", "moved", "last", "position", "issue")
_MOVE_ORDER = "moved desc, issue, position, title, _id"


def _moved(by: str, only: str = "") -> str:
    return _MOVED.replace("{by}", by).replace("{only}", only)


def _climb(row: dict[str, Any], asked: Asked, _: Views) -> str:
    way = "climbed" if row["last"] > row["position"] else "fell"
    places = plural(row["moved"], "place")
    steps = f"from number {number(row['last'])} to number {number(row['position'])}"
    return f"{quoted(row)} {way} {places} on the {chart(asked)} of {day(row['issue'])}, {steps}."


def _slow(row: dict[str, Any], asked: Asked, _: Views) -> str:
    what = "number one" if asked.depth == 1 else f"the top {number(asked.depth)}"
    nth = plural(row["weeks"], "week")
    return f"{quoted(row)} reached {what} of the {chart(asked)} on {day(row['reached'])}, after {nth} on the chart."


def _wait(row: dict[str, Any], asked: Asked, _: Views) -> str:
    what = "number one" if asked.depth == 1 else f"the top {number(asked.depth)}"
    return (
        f"{quoted(row)} entered the {chart(asked)} on {day(row['debut'])} and was first {place(asked.depth)} on "
        f"{day(row['reached'])}: {plural(row['days'], 'day')} to {what}."
    )


RECORDS = (
    Named(
        "slowest-to-one", "Slowest climbs to number one",
        "songs by weeks on the chart at their first number one; --depth 10 for the top ten",
        ("title", "credit", "weeks", "reached", "first_issue"), "weeks desc, reached, title, _id", _SLOWEST,
        ranked=True, sentence=_slow,
    ),
    Named(
        "biggest-jump-to-one", "Biggest jumps to number one", "songs by the places they jumped to number one from",
        _MOVE_COLUMNS, _MOVE_ORDER, _moved("(n.last - n.position)", "and n.position = 1"), ranked=True, sentence=_climb,
    ),
    Named(
        "biggest-climb", "Biggest climbs", "songs by places gained from one issue to the next",
        _MOVE_COLUMNS, _MOVE_ORDER, _moved("(n.last - n.position)"), ranked=True, sentence=_climb,
    ),
    Named(
        "biggest-fall", "Biggest falls", "songs by places lost from one issue to the next, still on the chart",
        _MOVE_COLUMNS, _MOVE_ORDER, _moved("(n.position - n.last)"), ranked=True, sentence=_climb,
    ),
    Named(
        "longest-wait", "Longest waits between debut and top ten",
        "songs by days from debut to first top ten; --depth 1 for number one",
        ("title", "credit", "days", "debut", "reached"), "days desc, reached, title, _id", _WAITED, ranked=True,
        depth=10, sentence=_wait,
    ),
)  # fmt: skip
