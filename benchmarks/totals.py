"""Totals from plays with a cap of ten a day: the house, and a statement written by hand for the same output.

    python benchmarks/totals.py --rows 6000000 --days 3

Prints ours, theirs, the ratio, a bare scan of the same columns, peak memory and the size of the work.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from hitparade import database
from hitparade.engine.duck import Duck
from hitparade.house import House, new
from hitparade.ledger.ledger import Ledger
from hitparade.ledger.totals import TotalsSet
from hitparade.rulebook.rules import Profile

FIRST = date(2016, 9, 2)
PROFILE = Profile(minimum_play={"on_demand.*": 30_000}, cap={"on_demand.*": 10})
SPELLING = "(md5_number_lower(chr(31) || title || chr(31) || artist) >> 1)::bigint"

# A long tail of songs, and a few listeners who play the same song all day.
PLAYS = """
copy (
  with dice as (
    select cast(hash(n, {day}) >> 1 as bigint) as h from range({rows}) t(n)
  ), drawn as (
    select h, ((h % 1000003) / 1000003.0) as u, ((h >> 20) % 1000003) / 1000003.0 as v from dice
  ), plays as (
    select 'Song ' || cast(power(u, 3) * {songs} as bigint) as title, v, h from drawn
  )
  select (md5_number_lower(chr(31) || title || chr(31) || 'Artist') >> 1)::bigint as spelling,
    timestamp '{date} 00:00:00' + to_seconds(cast((h >> 8) % 86400 as bigint)) as "at", null::date as day,
    ['tune', 'wave', 'stream', 'radio one'][1 + (h >> 5) % 4] as channel,
    ['on_demand.premium', 'on_demand.ad_funded', 'on_demand.trial'][1 + (h >> 11) % 3] as measure,
    1::bigint as quantity, null::bigint as audience, cast(1000 * ((h >> 13) % 240) as bigint) as ms_played,
    md5(cast(cast(power(v, 2) * {consumers} as bigint) as varchar)) as consumer,
    null::bigint as revenue, null::varchar as currency, null::bigint as record
  from plays order by all
) to '{file}' (format parquet, compression zstd, parquet_version v2)
"""

THEIRS = """
copy (
  with capped as (
    select i.recording, r.channel, r.measure, coalesce(r.ms_played < 30000, false) as short,
      case when r.ms_played < 30000 then null else r.consumer end as consumer,
      count(*) as n, sum(r.quantity) as q, sum(coalesce(r.audience, 0)) as a, sum(coalesce(r.revenue, 0)) as v
    from read_parquet('{file}') r join identity i on i.spelling = r.spelling group by all
  ), sums as (
    select recording, channel, measure, short,
      sum(case when consumer is not null then least(n, 10) else n end) as n,
      sum(case when consumer is not null then least(q, 10) else q end) as q,
      sum(case when consumer is not null then greatest(n - 10, 0) else 0 end) as n_over,
      sum(case when consumer is not null then greatest(q - 10, 0) else 0 end) as q_over,
      sum(a) as a, sum(v) as v
    from capped group by all
  )
  select timestamp '{date} 00:00:00' as slot, date '{date}' as day, channel, measure, recording,
    '' as currency, case when short then 'short_play' else '' end as why_out,
    n::bigint as rows, q::bigint as quantity, a::bigint as audience, v::bigint as revenue from sums
  union all
  select timestamp '{date} 00:00:00', date '{date}', channel, measure, recording, '', 'over_cap',
    n_over::bigint, q_over::bigint, 0, 0 from sums where q_over > 0
  order by all
) to '{out}' (format parquet, compression zstd, parquet_version v2)
"""

SCAN = """select sum(spelling), max(channel), max(measure), sum(quantity), sum(audience), sum(ms_played),
  max(consumer), sum(revenue), max(currency) from read_parquet('{file}')"""


def make(house: House, rows: int, days: int) -> list[Path]:
    """Write a delivery of ``rows`` plays over ``days`` and return its row files."""
    link, files = duckdb.connect(), []
    for n in range(days):
        folder = house.paths.rows / "territory=GB" / f"day={FIRST + timedelta(n)}"
        folder.mkdir(parents=True)
        file = folder / "d-000000000001.parquet"
        say = {"day": n, "rows": rows // days, "songs": max(rows // 30, 10), "consumers": max(rows // 60, 10)}
        link.execute(PLAYS.format(**say, date=FIRST + timedelta(n), file=file))
        files.append(file)
    folder, every = house.paths.deliveries / "d-000000000001", f"'{house.paths.rows}/*/*/*.parquet'"
    folder.mkdir(parents=True)
    link.execute(
        f"""copy (select {SPELLING} as spelling, '' as isrc, title, artist, lower(title) as folded_title,
          lower(artist) as folded_artist, null::date as released, 1::bigint as rows, 1::bigint as quantity
        from (select 'Song ' || n as title, 'Artist' as artist from range({max(rows // 30, 10) + 1}) t(n))
        order by 1) to '{folder}/spellings.parquet' (format parquet)"""
    )
    link.execute(
        f"""copy (select territory, channel, measure, cast("at" as date) as day, count(*) as rows,
          sum(quantity)::bigint as quantity from read_parquet({every}, hive_types = {{'territory': varchar}})
        group by 1, 2, 3, 4 order by all) to '{folder}/cells.parquet' (format parquet)"""
    )
    said = dict.fromkeys((column.name for column in database.deliveries.columns), "")
    numbers = {"serial": 1, "bytes": 0, "received": rows, "accepted": rows, "rejected": 0, "notes": 0}
    said |= {**numbers, "quantity": rows, "simulated": 1, "id": "d-000000000001", "replaced_by": None}
    with database.writing(house.database) as transaction:
        transaction.execute(database.deliveries.insert().values(**said))
    return files


def timed(work: Callable[[], object], times: int) -> float:
    """Return the median seconds of ``work``."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    """Make the plays, time both, compare what they wrote and print it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=6_000_000)
    options.add_argument("--days", type=int, default=3)
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--memory", default="1GB")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), asked)


def run(folder: Path, asked: argparse.Namespace) -> None:
    """Run one comparison in ``folder``."""
    house = new(folder / "house")
    files = make(house, asked.rows, asked.days)
    days = [FIRST + timedelta(n) for n in range(asked.days)]
    totals_set = TotalsSet(PROFILE, "UTC")
    ledger = Ledger(house.paths, house.database, Duck(0, asked.memory, house.paths.scratch))
    began = time.perf_counter()
    identity = ledger.identity
    known = time.perf_counter() - began

    def ours() -> None:
        with database.writing(house.database) as transaction:
            transaction.execute(database.totals_days.delete())
        assert ledger.build(totals_set, "GB", days) == len(days)

    link = duckdb.connect(config={"memory_limit": asked.memory, "temp_directory": str(folder / "spill")})
    link.register("identity", identity.join)

    def theirs() -> None:
        for day, file in zip(days, files, strict=True):
            link.execute(THEIRS.format(file=file, date=day, out=folder / f"{day}.parquet"))

    def scan() -> None:
        for file in files:
            link.execute(SCAN.format(file=file)).fetchall()

    mine, other, bare = timed(ours, asked.times), timed(theirs, asked.times), timed(scan, asked.times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    mine_at = house.paths.totals / totals_set.id / "GB" / "*.parquet"
    different = link.execute(
        f"""select count(*) from ((select * from '{mine_at}' except all select * from '{folder}/20*.parquet')
        union all (select * from '{folder}/20*.parquet' except all select * from '{mine_at}'))"""
    ).fetchall()[0][0]
    lines = link.execute(f"select count(*) from '{mine_at}'").fetchall()[0][0]
    songs = len(identity.table)
    print(f"{asked.rows:,} plays over {asked.days} days, {songs:,} songs -> {lines:,} lines of totals")
    print(f"ours {mine:.2f} s   by hand {other:.2f} s   ratio {mine / other:.2f} (at most 1.10)")
    print(f"bare scan {bare:.2f} s   ours / scan {mine / bare:.1f} (at most 8)   peak {peak:,} MB, both together")
    print(f"who is who, once: {known:.2f} s   lines that differ: {different}")


if __name__ == "__main__":
    main()
