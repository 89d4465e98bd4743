"""A helper process for tests of crashes: it does a chart house's work in children, which may be killed.

It reads jobs as JSON lines, ``{"house": DIR, "files": [...]}``. With ``"point": NAME, "nth": N`` the child
stops with SIGKILL when it comes to the n-th commit point of that name, with ``"after": SECONDS`` after that
time, and else it ends by itself. Each job is answered with a JSON line: whether the child was killed, its
exit code, how long it took, and (where it ended by itself) which commit points it passed. Everything is
imported once, so that a child costs only its work.
"""

import importlib
import json
import os
import pkgutil
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hitparade
from hitparade.house import House, open_house

CHART = "my-top-40"
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def work(house: House, files: list[str]) -> None:
    """Receive the files, compile every issue, publish those that are not out: done twice it is done once."""
    for file in files:
        house.receive([Path(file)], territory="GLOBAL")
    house.compile(CHART, every=True)
    out = {row.issue_date for row in house.editions(CHART)}
    for row in house.drafts(CHART):
        if row.issue_date not in out:
            house.publish(CHART, row.issue_date, by="anna")


def watch(pass_by: Callable[[str], None]) -> None:
    """Let ``pass_by`` see every commit point, also in modules that know it by its bare name."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("hitparade") and hasattr(module, "commit_point"):
            module.commit_point = pass_by  # type: ignore[attr-defined]


def child(job: dict[str, Any], report: int) -> None:
    """Do the work, and write which commit points it passed."""
    passed: Counter[str] = Counter()

    def pass_by(name: str) -> None:
        passed[name] += 1
        if (name, passed[name]) == (job.get("point"), job.get("nth", 1)):
            os.kill(os.getpid(), signal.SIGKILL)

    watch(pass_by)
    work(open_house(job["house"], clock=lambda: MOMENT), job["files"])
    os.write(report, json.dumps(passed).encode())


def attempt(job: dict[str, Any]) -> dict[str, Any]:
    """Run one job in a child and return how it ended."""
    read, write = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        try:
            child(job, write)
        except BaseException:  # noqa: BLE001 - the test prints what went wrong in the child
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(write)
    if "after" in job:
        time.sleep(job["after"])
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    took = time.monotonic() - began
    with os.fdopen(read) as said:
        passed = json.loads(said.read() or "{}")
    code = os.waitstatus_to_exitcode(status)
    return {"killed": code == -signal.SIGKILL, "code": code, "seconds": took, "passed": passed}


def main() -> None:
    """Answer jobs until there are no more."""
    for module in pkgutil.walk_packages(hitparade.__path__, "hitparade."):
        if not module.name.startswith(("hitparade.serve", "hitparade.__main__")):
            importlib.import_module(module.name)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(attempt(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
