"""What it costs to start: ``hitparade --version`` beside a bare ``import duckdb``, whole processes in turn.

Run: python benchmarks/start.py
"""

import statistics
import subprocess
import sys
import time

RUNS = 15
OURS = (sys.executable, "-m", "hitparade", "--version")
THEIRS = (sys.executable, "-c", "import duckdb")


def seconds(command: tuple[str, ...]) -> float:
    """Return the wall seconds of one whole process."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Print ours, theirs and the ratio, medians over runs in turn."""
    seconds(OURS)
    seconds(THEIRS)
    pairs = [(seconds(OURS), seconds(THEIRS)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"hitparade --version   {ours * 1000:.0f} ms (median of {RUNS})")
    print(f"import duckdb         {theirs * 1000:.0f} ms")
    print(f"ratio                 {ratio:.2f} (at most 1)")


if __name__ == "__main__":
    main()
