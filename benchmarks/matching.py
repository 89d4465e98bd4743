"""Matching: many distinct spellings against many known recordings, all invented and labelled.

    python benchmarks/matching.py --known 1000000 --asked 1000000 [--seed 1] [--folder DIR]

The set is made first by tests/matching_maker.py, which takes longer than matching and is not measured; with --folder it
is kept there, and used again when it is there already. Then one process reads it and matches. Prints seconds, spellings
a second and peak memory of that process, and how many of the accepted links are right.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1] / "tests"
_MAKE = """
import csv, sys
sys.path.insert(0, sys.argv[1])
from matching_maker import labelled
world = labelled(int(sys.argv[5]), int(sys.argv[3]), int(sys.argv[4]))
def row(one, meant=""):
    return [one.key, one.title, one.credit, " ".join(one.isrcs), one.released or "", one.seconds, one.rows, meant]
for name, rows in (("known", map(row, world.known)), ("asked", (row(a.spelled, a.key or "") for a in world.asked))):
    with open(f"{sys.argv[2]}/{name}.csv", "w", newline="") as stream:
        csv.writer(stream).writerows(rows)
"""
_MATCH = """
import csv, json, resource, sys, time
from datetime import date
from hitparade.catalog.matching import match
from hitparade.catalog.matching_index import Index
from hitparade.catalog.matching_scores import Spelled
truth = []
def read(name):
    with open(f"{sys.argv[1]}/{name}.csv", newline="") as stream:
        for key, title, credit, isrcs, released, seconds, rows, meant in csv.reader(stream):
            if name == "asked":
                truth.append(meant)
            day = date.fromisoformat(released) if released else None
            yield Spelled(key, title, credit, tuple(isrcs.split()), day, int(seconds), int(rows))
started = time.perf_counter()
index = Index(read("known"))
filed = time.perf_counter() - started
tally = {"certain": 0, "doubtful": 0, "new": 0, "right": 0, "asked": 0}
for found, place in zip(match(read("asked"), index), range(1 << 40)):
    tally["asked"] += 1
    tally[found.outcome] += 1
    tally["right"] += found.outcome == "certain" and found.best.song.key == truth[place]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
tally |= {"known": len(index.known), "meant": sum(map(bool, truth)), "filed": filed, "peak": peak // 1024}
print(json.dumps(tally | {"seconds": time.perf_counter() - started}))
"""


def main() -> None:
    """Make the set where it is missing, match it, print what came of it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--known", type=int, default=50_000)
    ask.add_argument("--asked", type=int, default=50_000)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--folder", type=Path, help="where to keep the set")
    ask.add_argument("--make-only", action="store_true", help="make the set and stop")
    said = ask.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.folder or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "asked.csv").exists():
            sizes = [str(said.known), str(said.asked), str(said.seed)]
            subprocess.run([sys.executable, "-c", _MAKE, str(TESTS), str(folder), *sizes], check=True)
        if said.make_only:
            return
        done = subprocess.run([sys.executable, "-c", _MATCH, str(folder)], check=True, capture_output=True, text=True)
        with (folder / "asked.csv").open(newline="") as stream:
            distinct = len({(row[1], row[2], row[3]) for row in csv.reader(stream)})
    told = json.loads(done.stdout)
    print(f"work       {told['asked']:,} spellings, {distinct:,} distinct, against {told['known']:,} recordings")
    rate = told["asked"] / told["seconds"]
    seconds = f"{told['seconds']:.0f} s, {told['filed']:.0f} of them to file the known"
    print(f"time       {seconds} (at most 600); {rate:,.0f} spellings a second")
    print(f"peak       {told['peak']:,} MB (at most 4,000)")
    print(f"outcomes   {told['certain']:,} certain, {told['doubtful']:,} doubtful, {told['new']:,} new")
    print(f"precision  {told['right'] / told['certain']:.4f} (at least .995)")
    print(f"recall     {told['right'] / told['meant']:.4f} (at least .95)")


if __name__ == "__main__":
    main()
