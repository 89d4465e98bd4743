"""Records of artists: the n-th top ten, most number ones, entries at once, a whole top five."""

from dataclasses import replace
from typing import Any

from hitparade.records.at_once import crowds
from hitparade.records.lists import Finish, Named, Rest, Work
from hitparade.records.named_weeks import DEEP, chart
from hitparade.records.query import Asked, Row, Views, run
from hitparade.records.sentence import day, number, ordinal, plural, possessive, quoted, top

TITLES = """
with mine as (
    select credit_id, bool_or(role = 'lead') as led, bool_or(how = 'parsed') as parsed, min(printed) as printed
    from {credits} where artist = $artist group by credit_id
),
life as (
    select e.series, e.song, min(e.issue) filter (e.position <= $depth) as reached, min(e.position) as peak,
        arg_min(e.issue, (e.position, e.issue)) as peak_issue, max(e.weeks) as weeks, min(e.issue) as first_issue,
        bool_or(m.led) as led, bool_or(m.parsed) as parsed, min(m.printed) as printed
    from {past} e left join mine m on m.credit_id = e.credit_id
    group by e.series, e.song
    having bool_or(m.credit_id is not null) and min(e.position) <= $depth
)
select rank() over (order by l.reached) as nth, l.reached, t.title, t.credit,
    case when l.led then 'lead' else 'featured' end as role, l.peak, l.peak_issue, l.weeks,
    case when l.parsed then null else l.printed end as credited_as,
    l.song as _id, l.reached as _first, l.reached as _last, $depth as _depth
from life l join runs t on t.series = l.series and t.song = l.song
"""
"""The titles of an artist that reached a depth, in the order of reaching it."""

_COLUMNS = ("nth", "reached", "title", "credit", "role", "peak", "peak_issue", "weeks", "credited_as")

_MOST = """
with hit as (
    select song, min(issue) as reached from {high} group by song
),
told as (select song, credit_id from {sung} where song in (select song from hit)),
part as (
    select c.artist, s.song, any_value(h.reached) as reached, bool_or(c.role = 'lead') as led,
        bool_or(c.how = 'parsed') as parsed, min(c.printed) filter (c.how <> 'parsed') as alias
    from told s join {credits} c using (credit_id) join hit h using (song)
    where $artist = 0 or c.artist = $artist
    group by c.artist, s.song
),
said as (
    select artist, string_agg(n || ' as ' || alias, ', ' order by n desc, alias) as by_alias, sum(n)::integer as aliased
    from (select artist, alias, count(*) as n from part where not parsed group by artist, alias) group by artist
)
select a.name as artist, n.songs, n.as_lead, n.as_featured, n.songs - coalesce(s.aliased, 0) as by_name, s.by_alias,
    n.first_reached, n.artist as _id, n.first_reached as _first, n.last_reached as _last, $depth as _depth
from (
    select artist, count(*) as songs, count(*) filter (led) as as_lead, count(*) filter (not led) as as_featured,
        min(reached) as first_reached, max(reached) as last_reached
    from part group by artist
) n join artists a on a.artist = n.artist left join said s on s.artist = n.artist
"""

_ENTRIES_WHOLE = _MOST.replace(
    "select song, min(issue) as reached from {high} group by song",
    "select song, first_issue as reached from {runs}",
).replace(" where song in (select song from hit)", "")

_MOST_COLUMNS = ("artist", "songs", "as_lead", "as_featured", "by_name", "by_alias", "first_reached")
_MOST_ORDER = "songs desc, artist, _id"

_TOGETHER = """
select e.series, p.artist as _id, count(*) as entries, e.issue, e.issue as _first, e.issue as _last, $depth as _depth
from (select series, issue, credit_id from {lines} where position <= $depth) e
join (select distinct credit_id, artist from {credits} where $artist = 0 or artist = $artist) p using (credit_id)
group by e.series, e.issue, p.artist
"""

_AHEAD = """
select $series as series, _id, entries, issue, issue as _first, issue as _last, $depth as _depth, _rows, _same
from (values {rows}) as v(_id, entries, issue, _rows, _same)
"""


def _first_at_once(views: Views, asked: Asked, most: int) -> str:
    """Return the statement of the most entries at once, which are counted by another way than by groups."""
    found = crowds(views, asked, most)
    rows = (f"({who}, {n}, date '{issue}', {found.pairs}, {found.same[n]})" for who, n, issue in found.first)
    return _AHEAD.replace("{rows}", ", ".join(rows)) if found.first else ""


_TITLES_AT_ONCE = Finish(
    """select n.*, a.name as artist, (
            select string_agg(e.position || ' ' || e.title, '; ' order by e.position, e.title) from entries e
            where e.series = n.series and e.issue = n.issue and e.position <= n._depth and e.credit_id in (
                select c.credit_id from {{credits}} c where c.artist = n._id
            )
        ) as titles
    from ({}) n join artists a on a.artist = n._id""",
    ("artist", "titles"),
)

_WHOLE = """
with top as (
    select distinct e.series, e.issue, e.position, e.title, c.artist
    from {high} e join {credits} c using (credit_id)
)
select a.name as artist, n.issue, n.titles, n.artist as _id, n.issue as _first, n.issue as _last, $depth as _depth
from (
    select series, issue, artist, string_agg(position || ' ' || title, '; ' order by position) as titles
    from top group by series, issue, artist having count(distinct position) = $depth
) n join artists a on a.artist = n.artist
where $artist = 0 or n.artist = $artist
"""


def titles(views: Views, asked: Asked, order: str = "reached, peak, title, _id") -> list[Row]:
    """Return the titles of the asked artist that reached the asked depth, as :data:`TITLES` gives them."""
    alone = replace(asked, song=None)
    return run(views, f"select * from ({TITLES}) where reached between $first and $last order by {order}", alone)


def _nth(views: Views, asked: Asked) -> Work:
    found = titles(views, asked)
    song = asked.song.id if asked.song else 0
    at = next((n for n, row in enumerate(found) if row[9] == song), None)
    if at is None:
        return Work((), (), (f"not among them as of {asked.as_of}",))
    upto = [row for row in found if row[1] <= found[at][1]]
    rests = tuple(Rest("song", row[9], row[1], row[1], asked.depth) for row in upto)
    return Work(tuple(row[:9] for row in upto), rests, facts={"nth": found[at][0], "of": len(found)})


def _reached(row: dict[str, Any], asked: Asked, _: Views) -> str:
    what = "number one" if asked.depth == 1 else f"{top(asked.depth).replace(' ', '-')} single"
    who = asked.artist.name if asked.artist else row["credit"]
    as_what = f" as {asked.ask.role} artist" if asked.ask.role in ("lead", "featured") else ""
    return (
        f"{quoted(row)} became {possessive(who)} {ordinal(row['nth'])} {what}{as_what} on the {chart(asked)} on "
        f"{day(row['reached'])}."
    )


def _which(row: dict[str, Any], asked: Asked, views: Views) -> str:
    is_asked = asked.song and (row["title"], row["credit"]) == (asked.song.name, asked.song.credit)
    return _reached(row, asked, views) if is_asked else ""


def _had(row: dict[str, Any], asked: Asked, _: Views) -> str:
    noun = plural(row["songs"], *(("entry", "entries") if asked.depth >= DEEP else (top(asked.depth),)))
    also = f", {row['by_alias']} among them" if row["by_alias"] else ""
    return f"{row['artist']} had {noun} on the {chart(asked)} as of {day(asked.as_of)}{also}."


def _at_once(row: dict[str, Any], asked: Asked, _: Views) -> str:
    entries = plural(row["entries"], "entry", "entries")
    return f"{row['artist']} had {entries} on the {chart(asked)} of {day(row['issue'])}."


def _held(row: dict[str, Any], asked: Asked, _: Views) -> str:
    return f"{row['artist']} held the whole top {number(asked.depth)} of the {chart(asked)} of {day(row['issue'])}."


def _most(name: str, title: str, says: str, depth: int, whole: str = "") -> Named:
    return Named(name, title, says, _MOST_COLUMNS, _MOST_ORDER, _MOST, whole, rests="artist", depth=depth, ranked=True,
                 credits=True, sentence=_had)  # fmt: skip


RECORDS = (
    _most("most-number-ones", "Artists with the most number ones", "artists by songs that were number one", 1),
    _most("most-top-tens", "Artists with the most top tens",
          "artists by songs in the top ten; what each alias adds; --proof lists every title", 10),
    _most("most-entries", "Artists with the most entries", "artists by songs on the chart", DEEP, _ENTRIES_WHOLE),
    Named("top-tens", "An artist's top tens", "an artist's top tens in the order of reaching it; --depth for others",
          _COLUMNS, "reached, peak, title, _id", TITLES, needs=("artist",), every=True, depth=10, credits=True,
          sentence=_reached),
    Named("nth-top-ten", "Which of an artist's top tens a song is",
          "the number of a song among an artist's top tens as of a day, with those before it",
          _COLUMNS, work=_nth, needs=("artist", "song"), every=True, depth=10, credits=True, sentence=_which),
    Named("highest-singles", "An artist's highest-charting songs", "an artist's songs by peak; --role lead",
          _COLUMNS[2:], "peak, reached, title, _id", TITLES, needs=("artist",), depth=DEEP, ranked=True, credits=True),
    Named("simultaneous-entries", "Most entries at once", "artists by entries on one issue of a span",
          ("artist", "entries", "issue", "titles"), "entries desc, issue, _id", _TOGETHER,
          ahead=_first_at_once, finish=_TITLES_AT_ONCE, rests="artist-issue", depth=DEEP, ranked=True, credits=True,
          sentence=_at_once),
    Named("whole-top-n", "A whole top five by one artist", "issues whose first lines are all one artist's; --depth 5",
          ("artist", "issue", "titles"), "issue, artist, _id", _WHOLE, rests="issue", depth=5, every=True, credits=True,
          sentence=_held),
)  # fmt: skip
