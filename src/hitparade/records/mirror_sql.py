"""The statements that make the mirror of one series: its issues, its lines with their songs, and its runs.

They run in one database that holds ``given`` (printed lines), ``prints`` (which song a print is), ``parted`` (lines
that are of another song than their print) and ``held`` (issues without a line).
"""

from hitparade.digest import digest_of

ISSUES = """
create or replace temp table issues as
select issue, (row_number() over (order by issue))::integer as ordinal, lines, source,
    lag(issue) over (order by issue) as previous, lead(issue) over (order by issue) as next
from (
    select issue, sum(n)::integer as lines, min(source) as source
    from (select issue, count(*) as n, min(source) as source from given group by issue
          union all select issue, 0, source from held)
    group by issue
)
"""

LINES = """
create or replace temp table lines as
select g.issue, i.ordinal, g.position, {song} as song, g.title, g.credit, p.credit_id,
    g.last as printed_last, g.peak as printed_peak, g.weeks as printed_weeks, g.points, g.place, g.source
from given g
join issues i on i.issue = g.issue
join prints p on p.title = g.title and p.credit = g.credit and p.own_key = g.own_key
    and g.issue between p.first and p.last
{parted}
"""

SORTED = "select * from lines {where} order by song, ordinal, position, title, credit, place"

PARTED = """
left join parted q
    on q.issue = g.issue and q.position = g.position and q.title = g.title and q.credit = g.credit
"""
"""Joined where a series has lines that are not of the song of their print key."""

RUNS = """
with printed as (
    select song, title, credit, count(*) as n,
        count(*) filter (last > position) as climbs, max(last - position) as climb,
        count(*) filter (last < position) as falls, max(position - last) as fall
    from entries group by song, title, credit
),
named as (
    select song, arg_min(title, (-n, title, credit)) as title, arg_min(credit, (-n, title, credit)) as credit,
        sum(climbs)::integer as climbs, greatest(0, max(climb))::integer as climb,
        sum(falls)::integer as falls, greatest(0, max(fall))::integer as fall
    from printed group by song
)
select song, any_value(n.title) as title, any_value(n.credit) as credit,
    min(issue) as first_issue, arg_min(position, ordinal) as first_position,
    max(issue) as last_issue, arg_max(position, ordinal) as last_position,
    count(*)::integer as weeks, min(peak) as peak, arg_max(peak_issue, ordinal) as peak_issue,
    arg_max(peak_weeks, ordinal) as peak_weeks, max(spell) as spells,
    (count(*) filter (position = 1))::integer as at_one, min(issue) filter (position = 1) as at_one_first,
    min(issue) filter (position <= 10) as top_ten_first,
    (count(*) filter (position <= 10))::integer as top_ten_weeks,
    sum(position)::bigint as positions, max(position) as deepest,
    any_value(climbs) as climbs, any_value(climb) as climb, any_value(falls) as falls, any_value(fall) as fall
from best join named n using (song)
group by song
order by song
"""
"""Over ``entries`` with their history, and ``best``, of which a song has one row an issue. ``positions`` is the sum of
them, ``climb`` and ``fall`` the most places that the song moved at once."""

TOPS = "select * from entries where position <= 10"
"""The lines that most records read."""

SUNG = """
select song, credit_id, min(issue) as first_issue from sung group by song, credit_id order by song, credit_id
"""
"""Over ``sung``: since when a song has a credit."""

PRINTS = """
select title, credit, own_key, count(*) as lines, min(issue) as first_issue, max(issue) as last_issue
from given group by title, credit, own_key order by title, credit, own_key
"""

SERIES_ISSUES = "select * from issues order by issue"

GIVEN = """
create or replace temp table given as
select issue, position, title, credit, own_key, last, peak, weeks, points, place, source
from ours where position is not null
union all
select issue, position, title, credit, '', last, peak, weeks, points, place, source
from theirs where issue not in (select issue from ours)
"""

HELD = "create or replace temp table held as select distinct issue, source from ours where position is null"

GAPS = """
with steps as (select series, previous, issue, issue - previous as days from issues where previous is not null),
usual as (select series, mode(days) as step from steps group by series)
select series, previous, issue, (days // step - 1)::integer
from steps join usual using (series) where days >= 2 * step order by series, issue
"""
"""Steps over issues that are not held: two usual steps or more; the day of a week may move without one missing."""

SHORT = """
select series, issue from (
    select series, issue, lines, max(lines) over w as most, quantile_disc(lines, 0.2) over w as usual from issues
    window w as (partition by series order by issue rows between 60 preceding and 60 following)
) where lines < usual and usual = most order by series, issue
"""
"""Issues with fewer lines than four in five around them have, which all have the same number."""

DIGEST = digest_of([GIVEN, HELD, ISSUES, LINES, SORTED, PARTED, RUNS, TOPS, SUNG, SERIES_ISSUES])
"""The digest of the statements, so that a new one makes new files."""
