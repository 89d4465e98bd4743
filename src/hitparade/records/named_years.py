"""Years added up from weekly positions, and set against the list that was published."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from hitparade.errors import ArchiveError
from hitparade.records.lists import Named, Rest, Work
from hitparade.records.named_weeks import DEEP, chart
from hitparade.records.query import Asked, Row, Views, run
from hitparade.records.query_names import series_called
from hitparade.records.sentence import day, ordinal, plural, quoted

YEAR_END = "year-end"
_SHOWN = 10
"""How many songs are shown when nobody says."""

_LINES = """
select series, song, sum(points)::bigint as points, count(*) as weeks, min(position) as peak,
    count(*) filter (position = best) as peak_weeks, min(issue) as first_issue, max(issue) as last_issue
from (
    select series, song, issue, position, {worth} as points,
        min(position) over (partition by series, song) as best
    from (select series, song, issue, min(position) as position from {lines} group by series, song, issue)
)
group by series, song
"""
_ADDED = """
select t.title, t.credit, n.points, n.weeks, n.peak, n.song, n.first_issue, n.last_issue, count(*) over ()
from ({points}) n join runs t on t.series = n.series and t.song = n.song
where n.points > 0
order by n.points desc, n.peak, n.peak_weeks desc, n.weeks desc, n.first_issue, t.title, t.credit, n.song
"""
_DEEPER = """(
    select * from {lines} where song in (select song from {runs} where deepest > $positions and peak <= $positions)
)"""
_WHOLE = f"""
select series, song, weeks * ($positions + 1) - positions as points, weeks, peak, peak_weeks, first_issue, last_issue
from {{runs}} where deepest <= $positions
union all
{_LINES.replace("{lines}", _DEEPER)}
"""
"""Over all issues: only songs that were below the last position that has points must be added up line by line."""
_INVERSE = "greatest(0, $positions + 1 - position)"
_TABLE = "coalesce(list_extract($table, position), 0)"
_LIST = "select song, min(position) from entries where series = $series and issue = $day group by song"
_LISTED = "select count(*), max(position), max(place) from entries where series = $series and issue = $day"


def _added(views: Views, asked: Asked) -> tuple[list[Row], int, str]:
    """Return the songs by points, how many there are, and how it was done; no more songs than are needed."""
    ask, size = asked.ask, asked.series.size if asked.series else None
    positions = ask.depth or size or 100
    extra = {"positions": positions, "table": list(ask.table)}
    alone = replace(asked, song=None, artist=None)
    points = _WHOLE if asked.everything and not ask.table else _LINES
    sql = _ADDED.replace("{points}", points.replace("{worth}", _TABLE if ask.table else _INVERSE))
    top = _SHOWN if ask.top is None else ask.top
    limit = f" limit {top}" if top and not ask.against and not asked.song else ""
    rows = run(views, sql + limit, alone, extra)
    what = f"the points {', '.join(map(str, ask.table))} from position 1 down" if ask.table else (
        f"inverse positions, {positions + 1} minus position"
    )  # fmt: skip
    held = views.outline(asked.series.id).issues if asked.series else ()
    issues = [day for day in held if asked.first <= day <= asked.last]
    when = f"{plural(len(issues), 'issue')} of {issues[0]} to {issues[-1]}" if issues else "0 issues of None to None"
    method = f"{what}, added over {when}; ties by peak, weeks there, weeks, first issue, title"
    return rows, rows[0][8] if rows else 0, method


def _year(views: Views, asked: Asked) -> Work:
    rows, total, method = _added(views, asked)
    published, against = _published(views, asked)
    shown = [
        (place, row[0], row[1], row[2], row[3], row[4], published.get(row[5])) for place, row in enumerate(rows, 1)
    ]
    facts = {"rows": total, "songs": total, **_agreement([row[5] for row in rows], published), **against}
    top = _SHOWN if asked.ask.top is None else asked.ask.top
    picked = [n for n, row in enumerate(rows) if not top or n < top or (asked.song and row[5] == asked.song.id)]
    rests = tuple(Rest("song", rows[n][5], rows[n][6], rows[n][7], DEEP) for n in picked)
    notes = ("a year-end list by positions is not the publisher's, which adds up units or points that are not printed",)
    return Work(tuple(shown[n] for n in picked), rests, notes, method, facts)


def _published(views: Views, asked: Asked) -> tuple[dict[int, int], dict[str, Any]]:
    if not asked.ask.against:
        return {}, {}
    series = series_called(views, asked.ask.against, kinds=(YEAR_END, "archive", "both", "compiled"))
    day_ = _list_of(views, series.id, asked.last)
    values = {"series": series.id, "day": day_}
    count, deepest, _ = views.rows(_LISTED, values)[0]
    facts: dict[str, Any] = {"published": series.id, "published_issue": day_, "published_lines": count}
    if deepest > count:
        facts["published_missing"] = deepest - count
    return {row[0]: row[1] for row in views.rows(_LIST, values)}, facts


def _list_of(views: Views, series: str, last: date) -> date:
    """Return the issue of a year-end series that is of the year that the window ends in."""
    days = [row[0] for row in views.rows("select issue from issues where series = $s order by issue", {"s": series})]
    found = [one for one in days if one.year == last.year] or (days if len(days) == 1 else [])
    if not found:
        raise ArchiveError(f"{series}: no list of {last.year} is held here; there are {', '.join(map(str, days))}")
    return date.fromisoformat(str(found[-1]))


def _agreement(computed: list[int], published: dict[int, int]) -> dict[str, Any]:
    if not published:
        return {}
    places = {song: place for place, song in enumerate(computed, 1)}
    depth = max(published.values())
    charted = [song for song in published if song in places]
    both = [song for song in charted if places[song] <= depth]
    facts: dict[str, Any] = {"on_both_lists": len(both), "of_published": len(published), "depth": depth}
    for name, songs in (("spearman", both), ("spearman_wherever_computed", charted)):
        rho = spearman([published[song] for song in songs], [places[song] for song in songs])
        if rho is not None:
            facts |= {name: f"{decimal(rho)} over {len(songs)} songs ({rho})"}
    return facts


def spearman(one: list[int], other: list[int]) -> Fraction | None:
    """Return the exact rank correlation of two lists of places without ties; None for fewer than two songs."""
    n = len(one)
    if n < 2:  # noqa: PLR2004 - one song has no order
        return None
    first, second = _ranks(one), _ranks(other)
    apart = sum((a - b) ** 2 for a, b in zip(first, second, strict=True))
    return 1 - Fraction(6 * apart, n * (n * n - 1))


def _ranks(values: list[int]) -> list[int]:
    order = {value: place for place, value in enumerate(sorted(values), 1)}
    return [order[value] for value in values]


def decimal(value: Fraction, digits: int = 4) -> str:
    """Return a fraction in decimal digits, rounded half up by whole numbers."""
    scaled = (2 * abs(value.numerator) * 10**digits + value.denominator) // (2 * value.denominator)
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{scaled // 10**digits}.{scaled % 10**digits:0{digits}d}"


def _placed(row: dict[str, Any], asked: Asked, _: Views) -> str:
    published = f"; the published list has it {ordinal(row['published'])}" if row["published"] else ""
    how = "the points of the table" if asked.ask.table else "inverse positions"
    span = f"from {day(asked.first)} to {day(asked.last)}"
    return (
        f"By {how} on the {chart(asked)} {span}, {quoted(row)} is {ordinal(row['position'])} with "
        f"{row['points']:,} points{published}."
    )


RECORDS = (
    Named("year-end", "A year added up from positions",
          "inverse positions over --from and --to (or --table of points); --against a published list",
          ("position", "title", "credit", "points", "weeks", "peak", "published"), work=_year, every=True, cuts=True,
          depth=DEEP, sentence=_placed),
)  # fmt: skip
