"""Records of coming and coming back: debuts, re-entries, and songs that were at the top in two runs."""

from datetime import date
from typing import Any

from hitparade.records.lists import TITLED, Named
from hitparade.records.named_weeks import chart
from hitparade.records.query import Asked, Views
from hitparade.records.sentence import day, listed, number, plural, quoted

_DEBUTS = """
select series, song as _id, position, issue, issue as _first, issue as _last, 1000000 as _depth
from {high} where weeks = 1 and ordinal > 1
"""

_DEBUTS_WHOLE = """
select series, song as _id, first_position as position, first_issue as issue, first_issue as _first,
    first_issue as _last, 1000000 as _depth
from {runs} where first_issue > $begins
union all
select series, song as _id, position, issue, issue as _first, issue as _last, 1000000 as _depth
from {twice} where weeks = 1 and ordinal > 1
"""
"""Where two prints of a song came in at once, both are debuts."""

_GAPS = """
select series, song as _id, first_issue - left_issue as days, issues_out, left_issue as left, first_issue as back,
    left_issue as _first, first_issue as _last, 1000000 as _depth
from {spells} where left_issue is not null
"""

_TWICE = """
select series, song as _id, runs, weeks, issues, first_issue as _first, last_issue as _last, $depth as _depth
from (
    select series, song, count(distinct spell) as runs, count(distinct issue) as weeks,
        min(issue) as first_issue, max(issue) as last_issue,
        string_agg(distinct issue::varchar, ', ' order by issue::varchar) as issues
    from {high} group by series, song having count(distinct spell) > 1
)
"""

_COLUMNS = ("title", "credit", "position", "issue")
_DEEP = 1_000_000


def _entered(row: dict[str, Any], asked: Asked, _: Views) -> str:
    return f"{quoted(row)} entered the {chart(asked)} at number {number(row['position'])} on {day(row['issue'])}."


def _returned(row: dict[str, Any], asked: Asked, _: Views) -> str:
    out = plural(row["issues_out"], "issue")
    return f"{quoted(row)} returned to the {chart(asked)} on {day(row['back'])} after {out} off the chart."


def _twice(row: dict[str, Any], asked: Asked, _: Views) -> str:
    runs = number(row["runs"])
    what = "number one" if asked.depth == 1 else f"in the top {number(asked.depth)}"
    days = listed([day(date.fromisoformat(each)) for each in row["issues"].split(", ")])
    return f"{quoted(row)} was {what} of the {chart(asked)} in {runs} separate runs: on {days}."


RECORDS = (
    Named("debuts", "Debuts", "new songs in the order of their first issue", _COLUMNS,
          "issue, position, _id", _DEBUTS, whole=_DEBUTS_WHOLE, finish=TITLED, plain=True, depth=_DEEP,
          sentence=_entered),
    Named("debuts-at-one", "Debuts at number one", "songs that entered at number one; --depth 10 for the top ten",
          _COLUMNS, "issue, position, _id", _DEBUTS, finish=TITLED, plain=True, every=True, sentence=_entered),
    Named("highest-debuts", "Highest debuts", "new songs by the position they entered at", _COLUMNS,
          "position, issue, _id", _DEBUTS, whole=_DEBUTS_WHOLE, finish=TITLED, plain=True, depth=_DEEP,
          ranked=True, sentence=_entered),
    Named("longest-gap-between-runs", "Longest gaps between runs", "songs by days away before they came back",
          ("title", "credit", "days", "issues_out", "left", "back"), "days desc, back, _id", _GAPS, finish=TITLED,
          ranked=True, sentence=_returned),
    Named("number-one-in-two-runs", "Number one in separate runs",
          "songs that were number one, left the chart, came back and were number one again; --depth for a top n",
          ("title", "credit", "runs", "weeks", "issues"), "runs desc, issues, _id", _TWICE, finish=TITLED, every=True,
          sentence=_twice),
)  # fmt: skip
