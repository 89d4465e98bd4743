"""Lists of number ones: of a year or any span, by decade, and artists who replaced themselves."""

from typing import Any

from hitparade.records.lists import TITLED, Named
from hitparade.records.named_weeks import AT, chart
from hitparade.records.query import Asked, Views
from hitparade.records.sentence import day, marked, plural, quoted

_DECADES = """
select decade, count(*) as songs, sum(weeks)::bigint as issues, max(weeks) as most_weeks,
    string_agg(title || ' - ' || credit, '; ' order by title, credit) filter (weeks = most) as longest,
    0 as _id, min(first_issue) as _first, max(last_issue) as _last, $depth as _depth
from (
    select n.*, t.title, t.credit, max(n.weeks) over (partition by n.decade) as most
    from (
        select year(issue) // 10 * 10 || 's' as decade, series, song, count(distinct issue) as weeks,
            min(issue) as first_issue, max(issue) as last_issue
        from {high} group by 1, series, song
    ) n join runs t on t.series = n.series and t.song = n.song
)
group by decade
"""

_SELF = """
with one as (
    select distinct series, ordinal, issue, song, credit_id from {ones}
)
select a.name as artist, s.title as replaced, t.title as with_title, b.issue, (
        select string_agg(distinct n.printed, ', ' order by n.printed) from {credits} n
        where n.artist = a.artist and n.credit_id in (o.credit_id, b.credit_id) and n.how = 'alias'
    ) as credited_as,
    b.song as _id, o.issue as _first, b.issue as _last, 1 as _depth
from one o
join one b on b.series = o.series and b.ordinal = o.ordinal + 1 and b.song <> o.song
join (select distinct credit_id, artist from {credits}) c on c.credit_id = o.credit_id
join (select distinct credit_id, artist from {credits}) d on d.credit_id = b.credit_id and d.artist = c.artist
join artists a on a.artist = c.artist
join runs s on s.series = o.series and s.song = o.song
join runs t on t.series = b.series and t.song = b.song
"""


def _led(row: dict[str, Any], asked: Asked, _: Views) -> str:
    since = f"first on {day(row['first_issue'])}"
    return f"{quoted(row)} was number one of the {chart(asked)} for {plural(row['weeks'], 'week')}, {since}."


def _replaced(row: dict[str, Any], asked: Asked, _: Views) -> str:
    also = f" (credited as {row['credited_as']})" if row["credited_as"] else ""
    return (
        f"{row['artist']}{also} followed {marked(row['replaced'])} with {marked(row['with_title'])} at number one "
        f"of the {chart(asked)} on {day(row['issue'])}."
    )


RECORDS = (
    Named("number-ones", "Number ones", "every number one with its weeks there, in order; --from and --to for a year",
          ("title", "credit", "weeks", "first_issue", "last_issue"), "first_issue, _id", AT, finish=TITLED, every=True,
          sentence=_led),
    Named("number-ones-by-decade", "Number ones by decade", "how many songs led in each decade, and which the longest",
          ("decade", "songs", "issues", "most_weeks", "longest"), "decade", _DECADES, rests="issue", every=True),
    Named("self-replacements", "Artists who replaced themselves at number one",
          "an artist's song that followed another of the same artist at number one; --role lead for lead artists",
          ("artist", "replaced", "with_title", "issue", "credited_as"), "issue, artist, _id", _SELF, rests="issue",
          every=True, credits=True, sentence=_replaced),
)  # fmt: skip
