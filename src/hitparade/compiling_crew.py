"""Several charts compiled at once, each in a process of its own that opens the house for itself.

The fold is plain Python, so one process uses one core however many there are.
"""

import signal
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from functools import cache
from graphlib import TopologicalSorter
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from hitparade.compiling_all import Run, run_of
from hitparade.errors import CompileError

if TYPE_CHECKING:
    from hitparade.house import House


def compile_at_once(
    house: "House",
    reads: Mapping[str, Sequence[str]],
    first: date | None,
    last: date | None,
    advance: Callable[..., None] | None,
    workers: int,
) -> dict[str, Run]:
    """Return what became of each chart of ``reads``, which says which charts it waits for.

    Raises:
        CompileError: a process was ended from outside; what is not yet a draft is compiled by the next call.
    """
    waiting = TopologicalSorter({name: [other for other in others if other in reads] for name, others in reads.items()})
    waiting.prepare()
    waited_for = Counter(other for others in reads.values() for other in others)
    made, running, ready = dict[str, Run](), dict[Future[Run], str](), list[str]()
    # A process that is copied in the middle of an engine's threads may never wake; a new one is safe.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    with pool:
        while waiting.is_active():
            # What could only now begin goes first, then what others wait for: at the end none should work alone.
            ready = [*sorted(waiting.get_ready(), key=lambda name: (-waited_for[name], name)), *ready]
            while ready and len(running) < workers:
                name = ready.pop(0)
                running[pool.submit(_compile, house.paths.root, name, first, last)] = name
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                name = running.pop(future)
                made[name] = _result(future, name)
                waiting.done(name)
                if advance:
                    advance(made[name].issues, name)
    return made


def _result(future: "Future[Run]", name: str) -> Run:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise CompileError(
            f"{name}: a process that compiled was ended from outside, perhaps for want of memory; "
            "compile again, with --workers 1 if it happens again"
        ) from error


def _begin() -> None:
    """Let Ctrl-C end the process at once and in silence; a house bears that at any moment."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@cache
def _opened(folder: Path) -> "House":
    from hitparade.house import open_house  # noqa: PLC0415 - the front door opens rooms when first used

    house = open_house(folder)
    return replace(house, config=replace(house.config, threads=1))


def _compile(folder: Path, chart: str, first: date | None, last: date | None) -> Run:
    return run_of(_opened(folder), chart, first, last, None)
