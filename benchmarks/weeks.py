"""What a week costs: the half-year of the demo chart, compiled from totals that are built, reading included.

Run: python benchmarks/weeks.py
"""

import statistics
import tempfile
import time
from pathlib import Path

import hitparade
from hitparade.simulate import market

CHART = "demo-singles"
RUNS = 5


def compiled(folder: Path, issues: int | None = None) -> tuple[float, int]:
    """Return the seconds of compiling all issues in a house opened anew, and how many issues that are."""
    house = hitparade.open(folder)
    started = time.perf_counter()
    made = house.compile(CHART, every=True)
    return time.perf_counter() - started, issues or len(made)


def main() -> None:
    """Print milliseconds a week, in full and from the second compile of a process on."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        market.write(folder / "market", seed=1)
        house = hitparade.new(folder / "house")
        house.receive([folder / "market"])
        started = time.perf_counter()
        house.compile(CHART, every=True)
        print(f"first compile, totals built on the way   {time.perf_counter() - started:.1f} s")
        runs = [compiled(folder / "house") for _ in range(RUNS)]
        weeks = runs[0][1]
        per_week = sorted(seconds * 1000 / weeks for seconds, _ in runs)
        print(f"from built totals, {weeks} issues            {statistics.median(per_week):.1f} ms a week (at most 40)")
        print(f"fastest and slowest of {RUNS} runs            {per_week[0]:.1f} and {per_week[-1]:.1f} ms a week")


if __name__ == "__main__":
    main()
