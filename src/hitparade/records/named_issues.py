"""Records of issues: what moved in one of them, who left, this week in other years, and the calendar itself."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from hitparade.records.lists import Named, Rest, Work
from hitparade.records.named_weeks import DEEP, chart
from hitparade.records.query import Asked, Row, Views, run
from hitparade.records.sentence import day, number, plural, quoted

_GONE = """
select t.title, t.credit, b.position, b.weeks, b.peak, b.song, b.issue
from issues i
join entries b on b.series = i.series and b.issue = i.previous
join runs t on t.series = b.series and t.song = b.song
where i.series = $series and i.issue = $issue
    and b.song not in (select song from entries where series = $series and issue = $issue)
order by b.position, t.title, b.song
"""

_THERE = """
select t.title, t.credit, n.position, n.last, n.weeks, n.peak, n.song
from entries n join runs t on t.series = n.series and t.song = n.song
where n.series = $series and n.issue = $issue order by n.position, t.title, n.song
"""

_WEEK = """
select n.issue, t.title, t.credit, n.weeks, count(*) over (partition by n.song order by n.issue) as weeks_at_one,
    n.song as _id, n.issue as _first, n.issue as _last, 1 as _depth
from {ones} n join runs t on t.series = n.series and t.song = n.song
"""

_STEPS = """
select previous, issue, issue - previous as days, ordinal from issues
where series = $series and previous is not null and issue between $first and $last order by issue
"""

_MOVED_BY_ONE = """
select count(*), count(*) filter (b.printed_weeks = a.printed_weeks + 1) from entries a
join entries b on b.series = a.series and b.song = a.song and b.issue = $after
where a.series = $series and a.issue = $before and a.printed_weeks is not null and b.printed_weeks is not null
"""

_SHORT = """
select i.issue, i.lines, s.size, s.size - i.lines as missing,
    0 as _id, i.issue as _first, i.issue as _last, 1000000 as _depth
from issues i join series s on s.series = i.series
where i.series = $series and i.lines < s.size and i.issue between $first and $last
"""


def _gone(views: Views, asked: Asked) -> Work:
    rows = run(views, _GONE, asked)
    rests = tuple(Rest("song", row[5], row[6], asked.issue, DEEP) for row in rows)
    facts = {"issue": asked.issue, "drop_outs": len(rows)}
    notes = (*_unseen(asked), *_why_gone(views, asked, rows))
    return Work(tuple(row[:5] for row in rows), rests, notes, facts=facts)


def _unseen(asked: Asked) -> Iterator[str]:
    """Yield what cannot be seen of the first issue that is held: who was there before it."""
    if asked.series and asked.issue == asked.series.first:
        yield f"{asked.issue} is the first issue held: what was new on it, and what had left, cannot be seen"


def _why_gone(views: Views, asked: Asked, rows: list[Row]) -> Iterator[str]:
    """Yield the book's rule that a fall to nothing is consistent with; no archive prints where a song would be."""
    term = views.term(asked.series.id, "recurrent", asked.issue) if asked.series else None
    for tier in term.value.get("tiers", ()) if term else ():
        weeks, below = tier["weeks"], tier["below"]
        found = [row for row in rows if row[3] > weeks and row[2] <= below]
        if found and term:
            yield (
                f"{', '.join(row[0] for row in found)}: at {below} or above after more than {weeks} weeks; consistent "
                f"with the rule that such a song leaves (recurrent) once it would rank below {below} [{term.source}, "
                f"{term.confidence}]; the archive cannot prove it"
            )


def _moves(views: Views, asked: Asked) -> Work:
    there, first = run(views, _THERE, asked), asked.series.first if asked.series else asked.issue
    gained = [row for row in there if row[3]]
    up = max((row[3] - row[2] for row in gained), default=0)
    down = max((row[2] - row[3] for row in gained), default=0)
    shown: list[tuple[Row, int]] = []
    for kind, rows in (
        ("new", [row for row in there if row[4] == 1 and asked.issue > first]),
        ("re-entry", [row for row in there if row[4] > 1 and row[3] is None]),
        ("biggest climb", [row for row in gained if row[3] - row[2] == up > 0]),
        ("biggest fall", [row for row in gained if row[2] - row[3] == down > 0]),
    ):
        shown += [((kind, row[2], row[3], row[0], row[1], row[4], row[5]), row[6]) for row in rows]
    gone = run(views, _GONE, asked)
    shown += [(("drop-out", None, row[2], row[0], row[1], row[3], row[4]), row[5]) for row in gone]
    before = gone[0][6] if gone else asked.issue
    rests = tuple(Rest("song", song, before, asked.issue, DEEP) for _, song in shown)
    counts = Counter(row[0] for row, _ in shown)
    return Work(tuple(row for row, _ in shown), rests, tuple(_unseen(asked)), facts={"issue": asked.issue, **counts})


def _calendar(views: Views, asked: Asked) -> Work:
    """Return the steps between issues that are not the usual one, and whether an issue is missing in each."""
    steps = run(views, _STEPS, asked)
    usual = Counter(row[2] for row in steps).most_common(1)[0][0] if steps else 0
    shown = tuple(_step(views, asked, row) for row in steps if row[2] != usual)
    rests = tuple(Rest("issue", 0, row[0], row[2], 3) for row in shown)
    issues = [row[1] for row in steps] + [row[0] for row in steps[:1]]
    days = Counter(f"{issue:%A}" for issue in issues)
    facts = {"usual_days": usual, "issues": len(issues), **{name.casefold(): n for name, n in days.most_common()}}
    return Work(shown, rests, facts=facts)


def _step(views: Views, asked: Asked, row: Row) -> Row:
    values = {"series": asked.series.id if asked.series else "", "before": row[0], "after": row[1]}
    both, moved = views.rows(_MOVED_BY_ONE, values)[0]
    missing = None if not both else "no" if moved * 10 > both * 9 else "yes"
    return (row[0], f"{row[0]:%A}", row[1], f"{row[1]:%A}", row[2], both, moved, missing)


def _same_week(views: Views, asked: Asked) -> Work:
    """Return the number one of the issue of the same week in every year."""
    rows = run(views, f"select * from ({_WEEK}) order by issue, title", asked)
    spot = (asked.issue.month, min(asked.issue.day, 28))
    found: dict[int, Row] = {}
    for row in rows:
        if (row[0].month, row[0].day) <= spot or row[0] == asked.issue:
            found[row[0].year] = row
    rests = tuple(Rest("issue", 0, row[0], row[0], 1) for row in found.values())
    return Work(tuple((row[0], *row[1:5]) for row in found.values()), rests)


def _left(row: dict[str, Any], asked: Asked, _: Views) -> str:
    weeks, place = plural(row["weeks"], "week"), number(row["position"])
    when = f"with the issue of {day(asked.issue)}"
    return f"{quoted(row)} left the {chart(asked)} {when}, from number {place} after {weeks}."


def _led(row: dict[str, Any], asked: Asked, _: Views) -> str:
    return f"{quoted(row)} was number one of the {chart(asked)} of {day(row['issue'])}."


def _stepped(row: dict[str, Any], asked: Asked, _: Views) -> str:
    seen = f"{number(row['one_week_more'])} of the {plural(row['in_both'], 'song')} in both issues"
    proof = f"{seen} {'counts' if row['one_week_more'] == 1 else 'count'} one week more"
    missing = {
        "no": f"{proof}, so no issue is missing",
        "yes": f"only {proof}, so an issue is missing",
        None: "nothing shows what lay between",
    }
    return (
        f"The {chart(asked)} went from {row['from_day']}, {day(row['from'])}, to {row['to_day']}, {day(row['to'])}, "
        f"{plural(row['days'], 'day')}: {missing[row['missing']]}."
    )


RECORDS = (
    Named("issue-moves", "What moved in one issue", "new entries, re-entries, drop-outs, biggest climb and fall",
          ("kind", "position", "last", "title", "credit", "weeks", "peak"), work=_moves, every=True, depth=DEEP),
    Named("drop-outs", "Songs that left", "songs of the issue before that are not on the issue",
          ("title", "credit", "position", "weeks", "peak"), work=_gone, every=True, depth=DEEP, sentence=_left),
    Named("this-week", "This week in history", "the number one of the same week in every year",
          ("issue", "title", "credit", "weeks", "weeks_at_one"), work=_same_week, every=True, sentence=_led),
    Named("calendar", "Steps between issues", "where issues are not the usual step apart, and whether one is missing",
          ("from", "from_day", "to", "to_day", "days", "in_both", "one_week_more", "missing"), work=_calendar,
          every=True, depth=DEEP, of_holes=True, sentence=_stepped),
    Named("short-issues", "Issues that lack lines", "issues with fewer lines than the chart has positions",
          ("issue", "lines", "size", "missing"), "issue", _SHORT, rests="issue", every=True, depth=DEEP,
          of_holes=True),
)  # fmt: skip
