"""Walking through a series issue by issue: each line goes on a run, by its text and by what the columns say of it.

Weeks that count on keep a run; weeks that begin again at 1, with a peak that begins again too, open another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.continuity_texts import likeness

LONG = 26
"""An absence of more issues than this is long."""


@dataclass(slots=True)
class Run:
    """The lines of one song, as far as it is known, and the publisher's numbers on its last line."""

    number: int
    lines: list[int]
    at: int
    position: int
    weeks: int | None
    peak: int | None
    why: str = ""

    def take(self, lines: Lines, line: int) -> None:
        """Put a line at the end."""
        self.lines.append(line)
        self.at, self.position = lines.at[line], lines.position[line]
        self.weeks, peak = lines.weeks[line], lines.peak[line]
        self.peak = peak if peak is not None else self.peak


class Join(NamedTuple):
    """The last line of one text, the first of another that goes on with its run, and why."""

    before: int
    line: int
    why: str


@dataclass
class Walk:
    """The runs of a series in the order of their first lines, and by line the number of its run."""

    of: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    joins: list[Join] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
    restarts: dict[int, str] = field(default_factory=dict)
    """By line on which weeks begin again though the run goes on: what speaks for its going on."""


def walk(lines: Lines, *, per_spell: bool | None = None) -> Walk:
    """Return the runs of a series; ``per_spell`` says that its weeks begin again at every return, if that is known."""
    return _Walker(lines, _per_spell(lines) if per_spell is None else per_spell).walk()


class _Walker:
    def __init__(self, lines: Lines, per_spell: bool) -> None:  # noqa: FBT001 - one caller
        self.lines = lines
        self.found = Walk(of=[-1] * len(lines))
        self.known: dict[int, list[Run]] = {}
        self.columns = lines.columns
        self.afresh = "weeks" in self.columns and not per_spell

    def walk(self) -> Walk:
        for number, span in enumerate(self.lines.spans):
            late = [line for line in span if not self._goes_on(line)]
            opened = []
            for line in late:
                if not self._placed(line):
                    self._open(line, "")
                    opened.append(line)
            if number and "weeks" in self.columns:
                self._join(number, opened)
        self.found.runs = [run for run in self.found.runs if run.lines]
        return self.found

    def _goes_on(self, line: int) -> bool:
        """Put a line on the run of its text that its weeks count on."""
        runs = self.known.get(self.lines.song[line])
        if not runs:
            return False
        weeks = self.lines.weeks[line]
        free = [run for run in runs if run.at < self.lines.at[line]]
        fits = [run for run in free if weeks is None or run.weeks is None or run.weeks + 1 == weeks]
        if not fits:
            return False
        self._take(fits[0] if len(fits) == 1 else max(fits, key=lambda run: self._nearness(run, line)), line)
        return True

    def _nearness(self, run: Run, line: int) -> tuple[bool, bool, int]:
        follows = run.at == self.lines.at[line] - 1
        last, peak = self.lines.last[line], self.lines.peak[line]
        return (last == run.position if follows else last is None), peak is None or peak == run.peak, run.at

    def _placed(self, line: int) -> bool:
        """Put a line whose weeks do not count on where it belongs; give False when a run begins with it."""
        runs = self.known.get(self.lines.song[line])
        if not runs:
            return False
        free = [run for run in runs if run.at < self.lines.at[line]]
        if not free:
            return self._twin(line, runs)
        best = max(free, key=lambda run: (self.lines.peak[line] == run.peak, self._nearness(run, line)))
        if self.lines.weeks[line] == 1 and self._begins_again(line, best):
            return True
        self._take(best, line)
        return True

    def _begins_again(self, line: int, run: Run) -> bool:
        """Open another run for a line of one week, unless something says that it is the old one."""
        lines, peak, position = self.lines, self.lines.peak[line], self.lines.position[line]
        if not self.afresh or self._copied(line, run.lines[-1]):
            return False
        if run.at == lines.at[line] - 1 and lines.last[line] is not None:
            self.found.restarts[line] = f"last week is {lines.last[line]}"
        elif peak is None or run.peak is None:
            self.found.doubts.append((line, "weeks begin again at 1, and there is no peak to tell whether it is new"))
            self.found.restarts[line] = "there is no peak to tell"
        elif peak < position - 1 and peak <= run.peak:
            why = f"weeks begin again at 1 at position {position}, but its peak is already {peak}"
            self.found.doubts.append((line, f"{why}: the same song counted again, or a number kept by mistake"))
            self.found.restarts[line] = f"peak {peak} is kept"
        else:
            self._open(line, self._afresh(line, run))
            return True
        return False

    def _copied(self, line: int, before: int) -> bool:
        """Return whether a line is that of the issue before with all its numbers: somebody has an issue twice."""
        lines = self.lines
        columns = (lines.position, lines.last, lines.peak, lines.weeks)
        return lines.at[before] == lines.at[line] - 1 and all(each[before] == each[line] for each in columns)

    def _afresh(self, line: int, run: Run) -> str:
        lines = self.lines
        ended, gap = lines.issues[run.at], lines.at[line] - run.at - 1
        peak = (
            f"its peak begins again at {lines.peak[line]} though the earlier one had {run.peak}"
            if (lines.peak[line] or 0) > (run.peak or 0)
            else f"its peak of {lines.peak[line]} does not speak against it"
        )
        away = f"{gap} {'issue' if gap == 1 else 'issues'} after the run that ended on {ended}" if gap else "at once"
        if run.at == lines.at[line]:
            away = f"beside the one at {run.position}"
        return f"weeks begin again at 1 {away}, and {peak}"

    def _twin(self, line: int, runs: list[Run]) -> bool:
        """Deal with a text that stands on the issue a second time: another song if its columns say so."""
        if self.afresh and self.lines.weeks[line] == 1 and self.lines.peak[line] is not None:
            self._open(line, self._afresh(line, runs[-1]))
        else:
            run = runs[-1]
            run.lines.append(line)
            self.found.of[line] = run.number
        return True

    def _open(self, line: int, why: str) -> Run:
        lines = self.lines
        run = Run(
            len(self.found.runs), [line], lines.at[line], lines.position[line], lines.weeks[line], lines.peak[line], why
        )
        self.found.runs.append(run)
        self.known.setdefault(lines.song[line], []).append(run)
        self.found.of[line] = run.number
        return run

    def _take(self, run: Run, line: int) -> None:
        run.take(self.lines, line)
        self.found.of[line] = run.number

    def _join(self, number: int, opened: Iterable[int]) -> None:
        """Look for the run that a text new to the archive goes on with, where its weeks say that it is not new."""
        wanted = [line for line in opened if (self.lines.weeks[line] or 0) > 1]
        if not wanted:
            return
        gone = [run for run in self._ended() if run.at < number]
        for line in wanted:
            fits = [(why, run) for run in gone if run.at < number and (why := self._follows(run, line))]
            if len(fits) == 1:
                why, run = fits[0]
                self._unite(run, why, line)
            elif fits:
                said = " or ".join(self.lines.print(run.lines[-1]) for _, run in fits[:3])
                self.found.doubts.append((line, f"it goes on with the run of {said}: the columns cannot tell which"))

    def _ended(self) -> Iterator[Run]:
        return (run for run in self.found.runs if run.lines)

    def _follows(self, run: Run, line: int) -> str:
        """Return why a line goes on with a run of another text; empty when it does not."""
        lines = self.lines
        weeks, last, peak = lines.weeks[line], lines.last[line], lines.peak[line]
        if run.weeks is None or weeks != run.weeks + 1:
            return ""
        best = min(run.peak or lines.position[line], lines.position[line])
        if peak is not None and run.peak is not None and abs(peak - best) > 1:
            return ""
        overnight = run.at == lines.at[line] - 1
        if overnight and "last" in self.columns and (last is None or last - run.position not in {0, 1}):
            return ""
        if not overnight and (last is not None or peak != run.peak):
            return ""
        before = run.lines[-1]
        alike = likeness((lines.title[before], lines.credit[before]), (lines.title[line], lines.credit[line]))
        if not alike or (not overnight and not alike.startswith("the same title")):
            return ""
        gone = f"{lines.print(before)} ended on {lines.issues[run.at]} at {run.position} with {run.weeks} weeks"
        came = f"this begins with last week {last}" if last else "this begins"
        return f"{gone}, {came} and {weeks} weeks; {alike}"

    def _unite(self, run: Run, why: str, line: int) -> None:
        """Give the run that opened with a line to the run it goes on with."""
        opened = self.found.runs[self.found.of[line]]
        self.found.joins.append(Join(run.lines[-1], line, why))
        opened.lines.clear()
        self._take(run, line)
        homes = self.known[self.lines.song[line]]
        homes[homes.index(opened)] = run


def _per_spell(lines: Lines) -> bool:
    """Return whether the publisher counts weeks anew at every return, so that a 1 says nothing."""
    seen: dict[int, tuple[int, int]] = {}
    on = again = 0
    for line, song in enumerate(lines.song):
        weeks, at = lines.weeks[line], lines.at[line]
        if weeks is None:
            continue
        before = seen.get(song)
        if before and 1 < at - before[0] <= LONG:
            on += weeks == before[1] + 1
            again += weeks == 1
        seen[song] = (at, weeks)
    return counts_spells(on, again)


def counts_spells(on: int, again: int) -> bool:
    """Return whether of the returns after a short absence too many begin with a week to be other songs."""
    return again > 2 * on and again > 1
