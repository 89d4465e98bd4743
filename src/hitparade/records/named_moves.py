"""Records of movement: climbs, falls, jumps to the top, and how long it took to get there."""

from typing import Any

from hitparade.records.lists import TITLED, Named
from hitparade.records.named_weeks import chart
from hitparade.records.query import Asked, Views
from hitparade.records.sentence import day, number, place, plural, quoted

_MOVED = """
select series, song as _id, {by} as moved, last, position, issue, null::date as _first, issue as _last,
    1000000 as _depth
from {from} where {by} > 0
"""

_SLOWEST = """
select n.series, n.song as _id, n.weeks, n.issue as reached, r.first_issue,
    r.first_issue as _first, n.issue as _last, 1000000 as _depth
from {high} n
join (select series, song, min(issue) as issue from {high_past} group by series, song) o
    on o.series = n.series and o.song = n.song and o.issue = n.issue
join runs r on r.series = n.series and r.song = n.song
"""

_WAITED = """
select n.series, n.song as _id, n.reached - r.first_issue as days, r.first_issue as debut, n.reached,
    r.first_issue as _first, n.reached as _last, 1000000 as _depth
from (
    select series, song, min(issue) as reached from {high_past} group by series, song
) n join runs r on r.series = n.series and r.song = n.song
where n.reached between $first and $last
"""

_MOVE_COLUMNS = ("title", "credit", "moved", "last", "position", "issue")
_MOVE_ORDER = "moved desc, issue, position, _id"


_MOST = "{by} >= coalesce((select {most} from {runs} order by {most} desc limit 1 offset $most - 1), 0)"
"""The songs that moved most hold as many lines as are shown, so that no line below the last of them is."""


def _moved(by: str, lines: str = "{lines}") -> str:
    return _MOVED.replace("{by}", by).replace("{from}", lines)


def _furthest(by: str, most: str) -> str:
    return f"{_moved(by)} and {_MOST.replace('{by}', by).replace('{most}', most)}"


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
        ("title", "credit", "weeks", "reached", "first_issue"), "weeks desc, reached, _id", _SLOWEST, finish=TITLED,
        ranked=True, sentence=_slow,
    ),
    Named(
        "biggest-jump-to-one", "Biggest jumps to number one", "songs by the places they jumped to number one from",
        _MOVE_COLUMNS, _MOVE_ORDER, _moved("(last - position)", "{ones}"), finish=TITLED,
        plain=True, ranked=True, sentence=_climb,
    ),
    Named(
        "biggest-climb", "Biggest climbs", "songs by places gained from one issue to the next",
        _MOVE_COLUMNS, _MOVE_ORDER, _moved("(last - position)"), finish=TITLED,
        first=_furthest("(last - position)", "climb"), count="select sum(climbs) from {runs}", plain=True, ranked=True,
        sentence=_climb,
    ),
    Named(
        "biggest-fall", "Biggest falls", "songs by places lost from one issue to the next, still on the chart",
        _MOVE_COLUMNS, _MOVE_ORDER, _moved("(position - last)"), finish=TITLED,
        first=_furthest("(position - last)", "fall"), count="select sum(falls) from {runs}", plain=True, ranked=True,
        sentence=_climb,
    ),
    Named(
        "longest-wait", "Longest waits between debut and top ten",
        "songs by days from debut to first top ten; --depth 1 for number one",
        ("title", "credit", "days", "debut", "reached"), "days desc, reached, _id", _WAITED, finish=TITLED, ranked=True,
        depth=10, sentence=_wait,
    ),
)  # fmt: skip
