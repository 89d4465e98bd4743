"""Records of one song: its run, its peak, the charts it was on, and the songs that share its title."""

from itertools import pairwise
from typing import Any

from hitparade.catalog.folding import fold
from hitparade.records.lists import CHARTS, TITLED, Named, Rest, Work
from hitparade.records.named_weeks import DEEP, chart
from hitparade.records.query import Asked, Known, Row, Views, run
from hitparade.records.query_names import songs_called
from hitparade.records.sentence import day, number, plural, quoted
from hitparade.records.sentence_song import peaked

_RUNS = """
select series, song as _id, first_issue, first_position, last_issue, last_position, weeks, runs, peak, peak_issue,
    peak_weeks, at_one, first_top_ten, first_number_one, first_issue as _first, last_issue as _last, 1000000 as _depth
from (
    select series, song, min(issue) as first_issue, arg_min(position, issue) as first_position,
        max(issue) as last_issue, arg_max(position, issue) as last_position, max(weeks) as weeks, max(spell) as runs,
        min(peak) as peak, arg_max(peak_issue, issue) as peak_issue, arg_max(peak_weeks, issue) as peak_weeks,
        count(distinct issue) filter (position = 1) as at_one, min(issue) filter (position <= 10) as first_top_ten,
        min(issue) filter (position = 1) as first_number_one
    from {lines} group by series, song
)
"""

_RUNS_WHOLE = """
select series, song as _id, first_issue, first_position, last_issue, last_position, weeks, spells as runs, peak,
    peak_issue, peak_weeks, at_one, top_ten_first as first_top_ten, at_one_first as first_number_one,
    first_issue as _first, last_issue as _last, 1000000 as _depth
from {runs}
"""

_RUN = """
select n.issue, n.ordinal, n.position, n.last, n.peak, n.weeks, n.title, n.credit, n.song, i.previous
from {lines} n join issues i on i.series = n.series and i.issue = n.issue order by n.issue, n.position
"""

_ONE = """
select s.title, s.credit from entries n join runs s on s.series = n.series and s.song = n.song
where n.series = $series and n.issue = $day and n.position = 1 order by s.title limit 1
"""

_TITLE = "select title, credit from runs where series = $series and song = $song"

_CHARTS = """
select s.title as chart, s.territory, n.peak, n.peak_issue, n.weeks, n.first_issue, n.last_issue, s.series,
    $song as _id, n.first_issue as _first, n.last_issue as _last, 1000000 as _depth
from (
    select series, min(position) as peak, arg_min(issue, (position, issue)) as peak_issue, max(weeks) as weeks,
        min(issue) as first_issue, max(issue) as last_issue
    from {lines} group by series
) n join series s on s.series = n.series
where s.kind <> 'year-end' and not s.simulated
"""


def run_string(rows: list[Row]) -> str:
    """Return positions in order, with the issues out between runs: ``78 - (18 issues out) - RE 86-61``."""
    parts = [str(rows[0][2])] if rows else []
    for before, row in pairwise(rows):
        out = row[1] - before[1] - 1
        parts.append(f" - ({plural(out, 'issue')} out) - RE {row[2]}" if out > 0 else f"-{row[2]}")
    return "".join(parts)


def _run(views: Views, asked: Asked) -> Work:
    rows = run(views, _RUN, asked)
    shown = tuple((r[0], r[2], r[3], r[4], r[5], _mark(r), r[6], r[7]) for r in rows)
    rests = tuple(Rest("song", r[8], r[0], r[0], DEEP) for r in rows)
    facts = {"run": run_string(rows), "weeks": rows[-1][5] if rows else 0}
    names = sorted({f"{r[6]} - {r[7]}" for r in rows})
    notes = (f"printed in {len(names)} ways: {'; '.join(names)}",) if len(names) > 1 else ()
    return Work(shown, rests, notes, facts=facts)


def _mark(row: Row) -> str:
    if row[5] == 1:
        return "NEW"
    return "RE" if row[3] is None else ""


def _peak(views: Views, asked: Asked) -> Work:
    """Return how high a song got as of a day, and what was number one in that issue."""
    found = run(views, _RUNS.replace("{lines}", "{past}"), asked)
    if not found or not asked.series:
        return Work((), ())
    _, song, first, _, final, _, weeks, _, peak, when, held, *_ = found[0]
    title, credit = views.rows(_TITLE, {"series": asked.series.id, "song": song})[0]
    values = {"series": asked.series.id, "day": when, "song": song}
    one = views.rows(_ONE, {"series": asked.series.id, "day": when})
    last = views.rows(
        "select last from entries where series = $series and song = $song and issue = $day order by position limit 1",
        values,
    )
    led = f"{one[0][0]} - {one[0][1]}" if one else None
    shown = (title, credit, peak, when, held, last[0][0], led, weeks, first, final)
    return Work((shown,), (Rest("song", song, when, when, DEEP),))


def _same_title(views: Views, asked: Asked) -> Work:
    """Return the songs of a title with their runs; they are different songs."""
    series = asked.series.id if asked.series else ""
    found = songs_called(views, asked.ask.song, series, asked.artist, asked.last)
    rows = [each for one in found for each in _life(views, asked, one)]
    rows.sort(key=lambda pair: (pair[0][2], pair[0][0], pair[0][1]))
    rests = tuple(Rest("song", song, row[2], row[3], DEEP) for row, song in rows)
    names = {fold(row[0]) for row, _ in rows}
    songs = len({song for _, song in rows})
    note = f"{songs} songs have this title; they are not one song" if len(names) == 1 < songs else ""
    return Work(tuple(row for row, _ in rows), rests, tuple(filter(None, [note])))


_LIFE = """
select any_value(t.title), any_value(t.credit), min(n.issue), max(n.issue), max(n.weeks), min(n.position),
    count(distinct n.issue) filter (n.position = n.best),
    string_agg(distinct n.issue::varchar, ', ' order by n.issue::varchar) filter (n.position = n.best),
    n.series
from (select *, min(position) over (partition by series) as best from {lines} where song = $one
    and series in (select series from series where kind <> 'year-end')) n
join runs t on t.series = n.series and t.song = n.song
group by n.series order by n.series
"""


def _life(views: Views, asked: Asked, song: Known) -> list[tuple[Row, int]]:
    return [(row, song.id) for row in run(views, _LIFE, asked, {"one": song.id})]


def _charts(views: Views, asked: Asked) -> Work:
    rows = run(views, f"select * from ({_CHARTS}) order by peak, territory, series", asked)
    rests = tuple(Rest("song", row[8], row[9], row[10], DEEP) for row in rows)
    territories = sorted({row[1] for row in rows if row[2] <= asked.depth and row[1] not in ("", "GLOBAL")})
    top = f"in the top {number(asked.depth)}" if asked.depth > 1 else "number one"
    facts = {"territories": len(territories), "which": ", ".join(territories), "depth": asked.depth}
    note = f"{top} in {plural(len(territories), 'territory', 'territories')} of the charts held here"
    return Work(
        tuple(row[:8] for row in rows), rests, (note, "charts that are not held here show nothing"), facts=facts
    )


def _title_sentence(row: dict[str, Any], asked: Asked, views: Views) -> str:
    span = f"from {day(row['first_issue'])} to {day(row['last_issue'])}"
    names = {one.id: one.title.removeprefix("The ") for one in views.all_series()} if not asked.series else {}
    weeks, where = plural(row["weeks"], "week"), f"the {names[row['series']] if names else chart(asked)}"
    return f"{quoted(row)} was on {where} for {weeks}, {span}, and peaked at number {number(row['peak'])}."


def _runs_sentence(row: dict[str, Any], asked: Asked, views: Views) -> str:
    return _title_sentence(row, asked, views)


RECORDS = (
    Named("runs", "Songs", "songs with their run, peak and weeks; filter with --where, choose with --order",
          ("title", "credit", "first_issue", "first_position", "last_issue", "last_position", "weeks", "runs", "peak",
           "peak_issue", "peak_weeks", "at_one", "first_top_ten", "first_number_one"),
          "first_issue, first_position, _id", _RUNS, whole=_RUNS_WHOLE, finish=TITLED, depth=DEEP,
          sentence=_runs_sentence),
    Named("run", "The run of a song", "every issue of one song, drop-outs and re-entries marked",
          ("issue", "position", "last", "peak", "weeks", "mark", "title", "credit"), work=_run, needs=("song",),
          every=True, depth=DEEP),
    Named("peak", "The peak of a song", "how high a song got, when, for how long, and what was number one then",
          ("title", "credit", "peak", "peak_issue", "peak_weeks", "last", "number_one", "weeks", "first_issue",
           "last_issue"), work=_peak, needs=("song",), every=True, depth=DEEP, sentence=peaked),
    Named("same-title", "Songs of one title", "all songs of a title: another artist's song is another song",
          ("title", "credit", "first_issue", "last_issue", "weeks", "peak", "peak_weeks", "peak_issues", "series"),
          work=_same_title, needs=("song",), over_all=True, by_title=True, every=True, depth=DEEP,
          sentence=_title_sentence),
    Named("charts", "One song on all charts", "one song's peak on every chart held; counts territories in the top ten",
          ("chart", "territory", "peak", "peak_issue", "weeks", "first_issue", "last_issue", "series"), work=_charts,
          needs=("song",), over_all=True, every=True, depth=10, kinds=CHARTS),
)  # fmt: skip
