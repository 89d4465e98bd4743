"""Intake of a plays CSV into the ledger, beside a bare DuckDB copy to Parquet sorted and partitioned alike.

    python benchmarks/intake.py --rows 10000000 --runs 3 [--consumers]

Prints ours, theirs, the ratio, rows a second and peak memory of whole processes, several runs in turn, median
first. The file is made by a seeded generator: 60,000 songs, 7 days, 2 territories, 200 channels. The copy keeps
the texts of each row; the house numbers and folds them, checks every cell, keeps the original and the digest.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

LIMIT = "1GB"
_MAKE = """
copy (
  select strftime(timestamp '2026-01-02' + to_seconds((hash(i * 7 + 1) % 604800)::bigint), '%Y-%m-%dT%H:%M:%SZ')
      as "at",
    case when hash(i * 3) % 3 = 0 then 'GB' else 'US' end as territory, 'channel ' || (hash(i * 5) % 200) as channel,
    'on_demand.premium' as measure,
    'GBAYE' || lpad(song::varchar, 7, '0') as isrc, 'Title of song ' || song as title,
    'Artist ' || (song % 9000) as artist, 1 as quantity, 30000 + hash(i) % 200000 as ms_played {consumer}
  from (select i, (pow(hash(i * 11) % 1000000 / 1000000.0, 3) * 60000)::int as song from range({rows}) t(i))
) to '{file}' (format csv, header)
"""
_OURS = """
import json, resource, sys, time
from pathlib import Path
from hitparade.house import new, open_house
house = new(sys.argv[1])
text = house.paths.config.read_text().replace('memory_limit = "1GB"', 'memory_limit = "{limit}"')
house.paths.config.write_text(text)
house = open_house(sys.argv[1])
started = time.perf_counter()
(receipt,) = house.receive(sys.argv[2])
seconds = time.perf_counter() - started
assert receipt.accepted == receipt.received == int(sys.argv[3]), receipt
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, peak // 1024]))
"""
_THEIRS = """
import json, resource, sys, time
import duckdb
con = duckdb.connect(config={{"memory_limit": "{limit}", "temp_directory": sys.argv[1] + ".spill"}})
con.execute("set TimeZone = 'UTC'")
con.execute("set enable_progress_bar = false")
started = time.perf_counter()
con.execute(f'''
copy (select "at"::timestamp as "at", ("at"::timestamp)::date as day, territory, channel, measure, isrc, title, artist,
  quantity::bigint as quantity, ms_played::bigint as ms_played {consumer}
  from read_csv('{{sys.argv[2]}}', header=true, all_varchar=true)
  order by territory, day, isrc, title, artist {consumer}, "at", channel, measure, quantity, ms_played)
to '{{sys.argv[1]}}' (format parquet, compression zstd, parquet_version v2, partition_by (territory, day))''')
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([seconds, peak // 1024]))
"""


def _run(code: str, target: Path, file: Path, rows: int) -> tuple[float, int]:
    """Return seconds and peak megabytes of one run in a process of its own."""
    shutil.rmtree(target, ignore_errors=True)
    command = [sys.executable, "-c", code, str(target), str(file), str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    shutil.rmtree(target, ignore_errors=True)
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def main() -> None:
    """Make the file, run both in turn, print the medians."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--rows", type=int, default=2_000_000)
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--consumers", action="store_true", help="rows name a consumer, who is hashed")
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plays.csv"
        column = ", 'c' || (hash(i * 13) % 5000000) as consumer" if said.consumers else ""
        duckdb.execute(_MAKE.format(rows=said.rows, file=file, consumer=column))
        named = ", consumer" if said.consumers else ""
        theirs_code, ours_code = _THEIRS.format(limit=LIMIT, consumer=named), _OURS.format(limit=LIMIT)
        started, ours, theirs = time.perf_counter(), [], []
        for _ in range(said.runs):
            theirs.append(_run(theirs_code, Path(folder) / "bare", file, said.rows))
            ours.append(_run(ours_code, Path(folder) / "house", file, said.rows))
        size = file.stat().st_size // 1_000_000
    ours_seconds, theirs_seconds = (statistics.median(run[0] for run in runs) for runs in (ours, theirs))
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, theirs, strict=True))
    print(f"work     {said.rows:,} rows, {size:,} MB of CSV, memory_limit {LIMIT}, {said.runs} runs in turn")
    print(f"ours     {ours_seconds:.2f} s, {said.rows / ours_seconds:,.0f} rows/s (at least 500,000)")
    print(f"theirs   {theirs_seconds:.2f} s, {said.rows / theirs_seconds:,.0f} rows/s")
    print(f"ratio    {ratio:.2f} (at most 2)")
    print(f"peak     ours {max(r[1] for r in ours):,} MB (at most 1,300), theirs {max(r[1] for r in theirs):,} MB")
    print(f"all runs {[round(r[0], 2) for r in ours]} against {[round(r[0], 2) for r in theirs]}, "
          f"{time.perf_counter() - started:.0f} s in all")  # fmt: skip


if __name__ == "__main__":
    main()
