"""From staged rows to the files of a delivery: rows by territory and day, spellings, cells, repeats, problems."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.engine.duck import Duck, file_list, literal
from hitparade.engine.reading import STAGED_PARQUET, Staged

SPELLINGS = "intake_spellings"
"""The temporary table of a delivery's spellings, while it is made."""

_SORTED = (
    "consumer", "at", "day", "channel", "measure", "quantity", "audience", "ms_played", "revenue", "currency",
    "product", "event", "titles", "tracks", "lead_track",
)  # fmt: skip
_SALES = ("product", "event", "titles", "tracks", "lead_track")
"""Columns that only the files of a delivery have that says anything in them."""
_PARQUET = "(format parquet, compression zstd, parquet_version v2)"


def number_spellings(duck: Duck, staged: Staged, spelling: str) -> None:
    """Leave each accepted spelling once in :data:`SPELLINGS`; ``spelling`` is the SQL of its number."""
    # What nobody says need not be looked for in every row.
    each = "coalesce(string_agg(distinct nullif(traits, ''), ';' order by nullif(traits, '')), '')"
    said = staged.constants.get("traits", each)
    duck.run(
        f"create or replace temp table {SPELLINGS} as select {spelling} as spelling, * from ("
        f"select isrc, title, artist, min(released) as released, {said} as traits, count(*) as rows, "
        f"sum(quantity)::bigint as quantity from {staged.relation()} where reason = 0 group by isrc, title, artist)"
    )


def spelling_batches(duck: Duck, size: int = 100_000) -> Iterator[pa.RecordBatch]:
    """Give the spellings ordered by their number, ``size`` at a time."""
    wanted = (
        f"select spelling, isrc, title, artist, released, rows, quantity, traits from {SPELLINGS} order by spelling"
    )
    yield from duck.connection.sql(wanted).to_arrow_reader(size)


class Part(NamedTuple):
    """The accepted rows of one territory and UTC day, with a number for a song's words: the files they lie in."""

    territory: str
    day: str
    files: tuple[Path, ...]


def split(duck: Duck, staged: Staged, folder: Path) -> tuple[Part, ...]:
    """Return the accepted rows by territory and UTC day, in ``folder``, in that order."""
    columns = "".join(f', s."{name}"' for name in (*_SORTED, "territory", "utc_day") if name not in staged.constants)
    duck.run(
        f"copy (select spelling{columns} from {staged.relation()} as s join {SPELLINGS} using (isrc, title, artist) "
        f"where reason = 0) to {literal(folder)} {STAGED_PARQUET}, partition_by (territory, utc_day), overwrite)"
    )
    places = sorted(folder.glob("territory=*/utc_day=*"))
    named = ((place.parent.name.partition("=")[2], place.name.partition("=")[2], place) for place in places)
    return tuple(Part(territory, day, tuple(sorted(place.glob("*.parquet")))) for territory, day, place in named)


def write_rows(duck: Duck, staged: Staged, part: Part, target: Path) -> None:
    """Write one partition of the ledger, sorted by everything that it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    order = ", ".join(("spelling", *(f'"{name}"' for name in _SORTED if name not in staged.constants)))
    sales = "".join(f", {name}" for name in _SALES if name not in staged.constants)
    duck.run(
        'copy (select spelling, "at", day, channel, measure, quantity, audience, ms_played, consumer, revenue, '
        f"currency, null::bigint as record{sales} from {staged.relation(part.files)} order by {order}) "
        f"to {literal(target)} {_PARQUET}"
    )


def write_cells(duck: Duck, staged: Staged, target: Path) -> None:
    """Write how many rows and what quantity each territory, channel, measure and day holds."""
    cells = duck.arrow(
        "select territory, channel, measure, utc_day as day, count(*) as rows, sum(quantity)::bigint as quantity "
        f"from {staged.relation()} where reason = 0 group by territory, channel, measure, utc_day "
        "order by territory, channel, measure, day"
    )
    # DuckDB's own bytes of a column without nulls depend on whether one thread of several met a null before.
    pq.write_table(cells, target, compression="zstd", version="2.6")


class Repeats(NamedTuple):
    """Plays at one channel that share instant and spelling: keys, and rows beyond the first of each."""

    channel: str
    keys: int
    surplus: int


def repeats(duck: Duck, staged: Staged) -> tuple[Repeats, ...]:
    """Return the repeated plays of each channel that has some."""
    rows = duck.rows(
        "select channel, count(*), sum(n - 1)::bigint from ("
        f"select channel, count(*) as n from {staged.relation()} where reason = 0 "
        'group by channel, "at", isrc, title, artist having n > 1) group by channel order by channel'
    )
    return tuple(Repeats(*row) for row in rows)


class Batches(NamedTuple):
    """Stamps at one channel that stand on many plays: how many stamps, plays under them, the largest."""

    channel: str
    stamps: int
    plays: int
    largest: int


def batches(duck: Duck, staged: Staged, least: int) -> tuple[Batches, ...]:
    """Return, for each channel that has some, the instants at which ``least`` plays or more are said to start."""
    rows = duck.rows(
        "select channel, count(*), sum(n)::bigint, max(n) from ("
        f'select channel, count(*) as n from {staged.relation()} where reason = 0 and "at" is not null '
        'group by channel, "at" having n >= ?) group by channel order by channel',
        [least],
    )
    return tuple(Batches(*row) for row in rows)


class Unsaid(NamedTuple):
    """Accepted rows of sales: all, those whose product has no stated size, those of several titles without a lead."""

    sales: int
    size: int
    lead: int


def unsaid_products(duck: Duck, staged: Staged, uses: tuple[str, ...]) -> Unsaid:
    """Return how many sales leave open what their product holds."""
    sold = ", ".join(literal(use) for use in uses)
    size = "coalesce(titles, tracks)"
    row = duck.rows(
        f"select count(*), count(*) filter (where {size} is null), "
        f"count(*) filter (where {size} > 1 and lead_track is null) "
        f"from {staged.relation()} where reason = 0 and split_part(measure, '.', 1) in ({sold})"
    )[0]
    return Unsaid(*row)


def overlapping(duck: Duck, theirs: list[Path], ours: Path, days: tuple[str, str] | None) -> list[tuple[str, ...]]:
    """Return cells that are both in ``ours`` and in ``theirs``: file, territory, channel, measure, day, sorted.

    Args:
        duck: the engine.
        theirs: cells of the deliveries in force.
        ours: cells of the new one.
        days: for a sum over several days its first and last day; all days between are taken as ours.
    """
    same_day = "a.day = b.day" if days is None else "a.day between ?::date and ?::date"
    rows = duck.rows(
        f"select distinct a.filename, a.territory, a.channel, a.measure, a.day::varchar "
        f"from read_parquet({file_list(theirs)}, filename=true) a join read_parquet({literal(ours)}) b "
        f"on a.territory = b.territory and a.channel = b.channel and a.measure = b.measure and {same_day} "
        "order by all limit 1000",
        list(days or ()),
    )
    return [tuple(str(cell) for cell in row) for row in rows]


class Extent(NamedTuple):
    """What a delivery's cells span."""

    first_day: str | None
    last_day: str | None
    territories: tuple[str, ...]
    channels: tuple[str, ...]
    measures: tuple[str, ...]


def extent(duck: Duck, cells: Path) -> Extent:
    """Return the days, territories, channels and measures of a cells file."""
    row = duck.rows(
        "select min(day)::varchar, max(day)::varchar, coalesce(list_sort(list(distinct territory)), []), "
        "coalesce(list_sort(list(distinct channel)), []), coalesce(list_sort(list(distinct measure)), []) "
        f"from read_parquet({literal(cells)})"
    )[0]
    return Extent(row[0], row[1], tuple(row[2]), tuple(row[3]), tuple(row[4]))


def write_problems(duck: Duck, name: str, table: str | None, others: pa.Table, target: Path) -> None:
    """Write a delivery's problems: unparsable lines, then rejected records of ``table``, then notes.

    Args:
        duck: the engine.
        name: the file's name, for the places.
        table: records that failed a check, or none.
        others: rows of (part 0 or 2, number, place, severity, reason, found, allowed, raw).
        target: the file to write.
    """
    records = (
        f"union all by name select 1 as part, record as number, ? || ':record ' || record as place, "
        f"'rejected' as severity, reason, found, allowed, raw from {table}"
        if table
        else ""
    )
    with duck.table("intake_others", others):
        duck.run(
            "copy (select row_number() over (order by part, number) as ordinal, place, severity, reason, found, "
            f"allowed, raw from (select * from intake_others {records}) order by ordinal) "
            f"to {literal(target)} {_PARQUET}",
            [name] if table else None,
        )


def problem_rows(duck: Duck, file: Path, where: str, limit: int) -> list[tuple[str, str, str, str, str]]:
    """Return the first problems of a file of which ``where`` holds: place, severity, reason, found, allowed."""
    wanted = f"select place, severity, reason, found, allowed from read_parquet({literal(file)})"
    return [tuple(row) for row in duck.rows(f"{wanted} where {where} order by ordinal limit {limit}")]
