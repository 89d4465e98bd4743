"""What a world costs: fifteen weekly charts over two years, every rule kind that their books have.

Run ``python benchmarks/world.py [FOLDER]``: with a folder, the market and the house in it are made once and used
again, without the totals of the last time. The whole command is measured twice: as a user runs it after ``receive``,
which builds totals on the way, and from built totals. The aim is at most 45 s on two cores. All books with data in
these years are compiled, the demo charts too; what is counted in the line is the weekly charts below.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import hitparade
from hitparade import database
from hitparade.simulate.world import market

FIRST, LAST = date(2016, 1, 1), date(2017, 12, 31)
"""Issue dates; two years of weekly charts have 104 or 105 of them."""
CHARTS = (
    "au-singles", "ca-hot-100", "ch-singles", "de-singles", "fr-singles", "gb-singles", "it-singles",
    "nl-single-top-100", "nl-tipparade", "nl-top-40", "nz-singles", "ro-airplay-100", "us-adult-contemporary",
    "us-hot-100", "us-mainstream-top-40",
)  # fmt: skip
"""The weekly charts of the fourteen books that live in these years, and one that reads another chart."""


def made(folder: Path) -> Path:
    """Return the house of the default world; market and house are made unless they are there."""
    if not (folder / "market").exists():
        began = time.perf_counter()
        told = market.write(folder / "market")
        print(
            f"simulate   {time.perf_counter() - began:6.1f} s   {told.rows:,} rows, {len(told.territories)} territories"
        )
    if not (folder / "house").exists():
        began = time.perf_counter()
        hitparade.new(folder / "house").receive([folder / "market"])
        print(f"receive    {time.perf_counter() - began:6.1f} s")
    return folder / "house"


def compile_all(folder: Path) -> tuple[float, int, int, int]:
    """Return the seconds of compiling all charts in a house opened anew, weekly charts, their issues and entries."""
    house = hitparade.open(folder)
    began = time.perf_counter()
    runs = [run for run in house.compile_all(FIRST, LAST, workers=os.cpu_count() or 1) if run.chart in CHARTS]
    seconds = time.perf_counter() - began
    house.close()
    return seconds, len(runs), sum(run.issues for run in runs), sum(run.entries for run in runs)


def without_totals(folder: Path) -> None:
    """Take the totals out of a house, as if its deliveries had just come in."""
    house = hitparade.open(folder)
    with database.writing(house.database) as transaction:
        transaction.execute(database.totals_days.delete())
    house.close()
    shutil.rmtree(house.paths.totals, ignore_errors=True)


def main() -> None:
    """Print the seconds of the first compile, which builds totals, and of the second, which reads them."""
    with tempfile.TemporaryDirectory() as place:
        folder = made(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(place))
        without_totals(folder)
        for what in ("whole, totals built on the way (at most 45 s)", "from built totals (at most 45 s)"):
            seconds, charts, issues, entries = compile_all(folder)
            print(f"{what}: {seconds:.1f} s, {issues:,} issues, {entries:,} entries, {charts} charts", flush=True)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak of one process: {peak // 1024} MB")


if __name__ == "__main__":
    main()
