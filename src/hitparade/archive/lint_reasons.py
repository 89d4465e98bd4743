"""Why a published number differs from what the issues held say: each difference has a cause, or is unexplained.

A cause is a finding elsewhere in the archive (a hole, shifted lines, a gap, a repeated issue), or a change in the
publisher's own count that holds from one line to the next. A number that no cause makes agree is unexplained.
"""

from collections.abc import Iterator, Sequence

from hitparade.archive.lint_known import Difference, Known, Reason
from hitparade.archive.lint_last import last
from hitparade.archive.lint_peak import peak
from hitparade.archive.lint_weeks import weeks

_COLUMNS = {"last": last, "peak": peak, "weeks": weeks}


def differences(known: Known, runs: Sequence[Sequence[int]]) -> list[Difference]:
    """Return every difference in the order of lines and columns, each with its reason."""
    found: list[Difference] = []
    asked = [tell for name, tell in _COLUMNS.items() if name in known.lines.columns]
    for run in runs:
        once = _once(known, run)
        for tell in asked:
            found += tell(known, once)
        if len(once) < len(run):
            found += _twice(known, set(run) - set(once))
    return sorted(found, key=lambda each: (each.line, each.column))


def _once(known: Known, run: Sequence[int]) -> list[int]:
    """Return the lines of a run without a second one on the same issue."""
    at = known.lines.at
    return [line for place, line in enumerate(run) if not place or at[line] != at[run[place - 1]]]


def _twice(known: Known, lines: set[int]) -> Iterator[Difference]:
    for line in lines:
        why = Reason("duplicate-line", known.lines.at[line], "the same title stands on this issue twice")
        for name in known.lines.columns:
            if getattr(known.lines, name)[line] is not None:
                yield Difference(line, name, None, why)
