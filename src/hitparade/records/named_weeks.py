"""Records of endurance: weeks on the chart, weeks at the top, in all and in a row."""

from typing import Any

from hitparade.records.lists import TITLED, Named
from hitparade.records.query import Asked, Views
from hitparade.records.sentence import day, place, plural, quoted

_SHOWN = "first_issue as _first, last_issue as _last"

_WEEKS = f"""
select series, song as _id, weeks, first_issue, last_issue, {_SHOWN}, 1000000 as _depth
from (
    select series, song, max(weeks) - min(weeks) + 1 as weeks, min(issue) as first_issue, max(issue) as last_issue
    from {{lines}} group by series, song
)
"""

_WEEKS_WHOLE = f"""
select series, song as _id, weeks, first_issue, last_issue, {_SHOWN}, 1000000 as _depth from {{runs}}
"""

AT = f"""
select series, song as _id, weeks, first_issue, last_issue, {_SHOWN}, $depth as _depth
from (
    select series, song, count(distinct issue) as weeks, min(issue) as first_issue, max(issue) as last_issue
    from {{high}} group by series, song
)
"""
"""How many issues each song was at a depth or above."""

_IN_A_ROW = f"""
select series, song as _id, weeks, first_issue, last_issue, {_SHOWN}, $depth as _depth
from (
    select series, song, count(*) as weeks, min(issue) as first_issue, max(issue) as last_issue
    from (
        select series, song, issue, ordinal - row_number() over (partition by series, song order by ordinal) as streak
        from (select distinct series, song, issue, ordinal from {{high}})
    )
    group by series, song, streak
)
"""

_SPELLS = f"""
select series, song as _id, weeks, first_issue, last_issue, {_SHOWN}, 1000000 as _depth
from (
    select series, song, spell, max(spell_weeks) - min(spell_weeks) + 1 as weeks,
        min(issue) as first_issue, max(issue) as last_issue
    from {{lines}} group by series, song, spell
)
"""

_SPELLS_WHOLE = f"""
select series, song as _id, weeks, first_issue, last_issue, {_SHOWN}, 1000000 as _depth from {{spells}}
"""

_COLUMNS = ("title", "credit", "weeks", "first_issue", "last_issue")
_ORDER = "weeks desc, first_issue, _id"


def _spent(row: dict[str, Any], asked: Asked, _: Views) -> str:
    weeks = plural(row["weeks"], "week")
    return f"{quoted(row)} spent {weeks} on the {chart(asked)} as of {day(asked.as_of)}."


def _at(row: dict[str, Any], asked: Asked, _: Views) -> str:
    weeks = plural(row["weeks"], "week")
    return f"{quoted(row)} spent {weeks} {place(asked.depth)} on the {chart(asked)} as of {day(asked.as_of)}."


def _row(row: dict[str, Any], asked: Asked, _: Views) -> str:
    weeks, when = plural(row["weeks"], "week"), f"from {day(row['first_issue'])} to {day(row['last_issue'])}"
    where = f"{place(asked.depth)} of" if asked.depth < DEEP else "on"
    return f"{quoted(row)} spent {weeks} in a row {where} the {chart(asked)}, {when}."


DEEP = 1_000_000
"""A depth below every chart."""


def chart(asked: Asked) -> str:
    """Return the name of the chart that was asked for, as it stands behind "the"."""
    return asked.series.title.removeprefix("The ") if asked.series else "charts held here"


RECORDS = (
    Named(
        "most-weeks", "Most weeks on the chart", "songs by weeks on the chart, all runs together",
        _COLUMNS, _ORDER, _WEEKS, whole=_WEEKS_WHOLE, finish=TITLED, ranked=True, sentence=_spent,
    ),
    Named(
        "most-weeks-at-one", "Most weeks at number one",
        "songs by weeks at number one; --depth 10 for the top ten",
        _COLUMNS, _ORDER, AT, finish=TITLED, ranked=True, sentence=_at,
    ),
    Named(
        "longest-at-one-in-a-row", "Most weeks at number one in a row",
        "songs by unbroken weeks at number one; --depth 10 for the top ten",
        _COLUMNS, _ORDER, _IN_A_ROW, finish=TITLED, ranked=True, sentence=_row,
    ),
    Named(
        "longest-in-a-row", "Most weeks on the chart in a row", "songs by their longest spell without a week off",
        _COLUMNS, _ORDER, _SPELLS, whole=_SPELLS_WHOLE, finish=TITLED, ranked=True, depth=DEEP, sentence=_row,
    ),
)  # fmt: skip
