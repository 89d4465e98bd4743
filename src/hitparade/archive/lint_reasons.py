"""Why a published number differs from what the issues held say: each difference has a cause, or is unexplained.

A cause is a finding elsewhere in the archive (a hole, shifted lines, a gap, a repeated issue), or a change in the
publisher's own count that holds from one line to the next. A number that no cause makes agree is unexplained.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.lint_finding import many
from hitparade.archive.lint_hidden import Missing
from hitparade.archive.lint_places import Hole, Places, Shift

UNEXPLAINED = "unexplained"


class Reason(NamedTuple):
    """Why a number differs: a kind, the number of the issue in which the cause lies, and a sentence."""

    kind: str
    issue: int | None
    why: str


class Difference(NamedTuple):
    """A line, a column, the number that the issues held give, and why the published one differs."""

    line: int
    column: str
    derived: int | None
    reason: Reason


@dataclass(frozen=True)
class Known:
    """What is known of the archive when its columns are judged."""

    lines: Lines
    places: Places
    short: dict[int, int]
    missing: dict[int, int]
    """By issue, how many issues are missing before it."""
    repeated: dict[int, int]
    restarts: dict[int, str]
    hidden: dict[Hole, Missing]
    runs_of: Sequence[int]
    absent: dict[int, tuple[int, ...]] = field(default_factory=dict)


def differences(known: Known, runs: Sequence[Sequence[int]]) -> list[Difference]:
    """Return every difference in the order of lines and columns, each with its reason."""
    found: list[Difference] = []
    for run in runs:
        found += _Story(known, run).tell()
    return sorted(found, key=lambda each: (each.line, each.column))


class _Story:
    """One run from its first line to its last, with what is counted so far and why that may differ."""

    def __init__(self, known: Known, run: Sequence[int]) -> None:
        self.known, self.lines = known, known.lines
        self.run = [
            line for place, line in enumerate(run) if not place or self.lines.at[line] != self.lines.at[run[place - 1]]
        ]
        self.twins = [line for line in run if line not in set(self.run)] if len(self.run) != len(run) else []
        self.offset, self.why_weeks = 0, Reason(UNEXPLAINED, None, "")
        self.plain = self.best = 0
        self.plain_line = self.best_line = -1
        self.opening: Reason | None = None

    def tell(self) -> Iterator[Difference]:
        columns = self.lines.columns
        for place, line in enumerate(self.run):
            if "weeks" in columns and self.lines.weeks[line] is not None:
                yield from self._weeks(place, line)
            self._reach(place, line)
            if "peak" in columns and self.lines.peak[line] is not None:
                yield from self._peak(place, line)
            if "last" in columns:
                yield from self._last(place, line)
        for line in self.twins:
            why = Reason("duplicate-line", self.lines.at[line], "the same title stands on this issue twice")
            yield from (
                Difference(line, name, None, why)
                for name in sorted(columns)
                if getattr(self.lines, name)[line] is not None
            )

    # weeks

    def _weeks(self, place: int, line: int) -> Iterator[Difference]:
        counted, weeks = place + 1, self.lines.weeks[line] or 0
        off = weeks - counted
        if off != self.offset:
            reason, lasts = self._event(place, line, off - self.offset)
            if lasts:
                self.offset, self.why_weeks = off, reason
            elif off:
                yield Difference(line, "weeks", counted, reason)
                return
            else:
                return
        if off:
            yield Difference(line, "weeks", counted, self.why_weeks)

    def _event(self, place: int, line: int, more: int) -> tuple[Reason, bool]:
        """Return why the publisher's count of weeks parts from ours here, and whether it does so from here on."""
        if not place:
            return self._history(line, more), True
        before = self.lines.at[self.run[place - 1]]
        steps, away = range(before + 1, self.lines.at[line] + 1), range(before + 1, self.lines.at[line])
        reason = self._again(line, away)
        if reason is None and more > 0:
            reason = self._through_gap(steps, away, more)
        if reason is None and more < 0:
            reason = self._copied(steps)
        return (reason, True) if reason else self._wrong_weeks(place, line, len(away))

    def _again(self, line: int, away: range) -> Reason | None:
        """Return that weeks begin again at 1, if they do."""
        day, at = self.lines.issues[self.lines.at[line]], self.lines.at[line]
        if line in self.known.restarts:
            why = f"weeks begin again at 1 on {day}, and {self.known.restarts[line]}"
            return Reason("weeks-begin-again", at, why)
        if self.lines.weeks[line] == 1 and away:
            return Reason("weeks-begin-again", at, f"weeks begin again at 1 with the return on {day}")
        return None

    def _copied(self, steps: range) -> Reason | None:
        copies = [issue for issue in steps if issue in self.known.repeated]
        if not copies:
            return None
        why = f"the issue of {self.lines.issues[copies[0]]} is a copy, and we count it as a week"
        return Reason("repeated-issue", copies[0], why)

    def _wrong_weeks(self, place: int, line: int, away: int) -> tuple[Reason, bool]:
        lines, at = self.lines, self.lines.at[line]
        after = self.run[place + 1] if place + 1 < len(self.run) else None
        said = f"from {lines.weeks[self.run[place - 1]]} to {lines.weeks[line]} weeks"
        if away:
            said += f" over {many(away, 'complete issue')} without it"
        if after is not None and (lines.weeks[after] or 0) - (place + 2) == self.offset:
            return Reason("wrong-once", at, f"{said}, and back on the next line: one wrong number"), False
        if after is None and not away:
            return Reason("wrong-once", at, f"{said} on its last line"), False
        return Reason("wrong-from-here", at, f"{said}; it counts on from there"), True

    def _history(self, line: int, more: int) -> Reason:
        """Return why a run begins with more than a week."""
        lines, at = self.lines, self.lines.at[line]
        if not at:
            return Reason("before-archive", 0, f"{many(more, 'week')} before the archive's first issue")
        if reason := self._through_gap(range(at, at + 1), range(max(at - more, 0), at), more):
            return reason
        if more < 0:
            return Reason("wrong-from-here", at, f"it begins with {lines.weeks[line]} weeks")
        if lines.last[line] is None:
            first = lines.issues[0]
            why = f"it returns on {lines.issues[at]} with {many(more, 'week')} that no issue held has: earlier than {first}"
            return Reason("before-archive", at, why)
        return self._elsewhere(line)

    def _elsewhere(self, line: int) -> Reason:
        """Return what stood where a line without a past says that it stood."""
        lines, at = self.lines, self.lines.at[line]
        last, weeks = lines.last[line], lines.weeks[line]
        for other in lines.spans[at - 1]:
            if lines.position[other] == last and (weeks is None or lines.weeks[other] == weeks - 1):
                gone = not any(self.known.runs_of[each] == self.known.runs_of[other] for each in lines.spans[at])
                if gone:
                    why = f"{lines.print(other)} stood at {last} the issue before and is gone: another text of the same song?"
                    return Reason("other-text", at, why)
        return Reason(UNEXPLAINED, at, f"nothing at {last} in the issue before has left")

    def _through_gap(self, steps: range, away: range, more: int) -> Reason | None:
        """Return the missing issues or lines that make up for ``more`` weeks."""
        known, issues = self.known, self.lines.issues
        short = [issue for issue in away if issue in known.short or issue in known.absent]
        lost = sum(known.missing.get(issue, 0) for issue in steps)
        if lost and more <= lost + len(short):
            issue = next(issue for issue in steps if issue in known.missing)
            return Reason("gap", issue, f"{many(lost, 'issue')} missing before {issues[issue]}")
        if short and more <= len(short):
            named = f"it is what is missing in {many(len(short), 'short issue')} from {issues[short[0]]} on"
            return Reason("missing-line", short[0], named)
        return None

    # peak

    def _stood(self, line: int) -> int:
        return self.known.places.stood.get(line, self.lines.position[line])

    def _reach(self, place: int, line: int) -> None:
        position, stood = self.lines.position[line], self._stood(line)
        if not place or position < self.plain:
            self.plain, self.plain_line = position, line
        if not place or stood < self.best:
            self.best, self.best_line, self.opening = stood, line, None

    def _peak(self, place: int, line: int) -> Iterator[Difference]:
        peak = self.lines.peak[line] or 0
        if peak == self.plain:
            self.best, self.best_line, self.opening = peak, self.plain_line, None
            return
        if peak != self.best:
            reason, lasts = self._peak_event(place, line, peak)
            if not lasts:
                yield Difference(line, "peak", self.plain, reason)
                return
            self.best, self.best_line, self.opening = peak, line, reason
        yield Difference(line, "peak", self.plain, self._why_peak())

    def _why_peak(self) -> Reason:
        """Return why the best place by the publisher's numbers is not the best position in the archive."""
        if self.opening:
            return self.opening
        line = self.plain_line if self.plain < self.best else self.best_line
        return self._because(self.known.places.cause.get(line))

    def _peak_event(self, place: int, line: int, peak: int) -> tuple[Reason, bool]:
        """Return why a peak is none of the places so far, and whether it stays."""
        lines, at, day = self.lines, self.lines.at[line], self.lines.issues[self.lines.at[line]]
        before = self.run[place - 1] if place else None
        if peak < self.best and (reason := self._reached_unseen(line, peak, before)):
            return reason, True
        if before is not None and (line in self.known.restarts or lines.weeks[line] == 1):
            return Reason("weeks-begin-again", at, f"its peak begins again on {day}"), True
        stays = self._stays(place, peak)
        if peak > self.best and before is not None and peak == lines.peak[before]:
            why = f"the peak stays {peak} though it stands at {lines.position[line]} on {day}"
            return Reason("not-brought-up", at, why), stays
        said = f"a peak of {peak} on {day}, where {self.best} is the best so far"
        return Reason("wrong-from-here" if stays else "wrong-once", at, said), stays

    def _reached_unseen(self, line: int, peak: int, before: int | None) -> Reason | None:
        """Return in which time that no issue held covers a peak was reached, if there is one."""
        lines, at = self.lines, self.lines.at[line]
        if before is None:
            weeks = lines.weeks[line]
            earlier = weeks > 1 if weeks is not None else not at
            return (
                Reason("before-archive", at, f"its peak of {peak} is older than the issues held") if earlier else None
            )
        away = range(lines.at[before] + 1, at)
        return self._through_gap(range(lines.at[before] + 1, at + 1), away, 1)

    def _stays(self, place: int, peak: int) -> bool:
        """Return whether the next line keeps a peak, or betters it."""
        if place + 1 == len(self.run):
            return False
        after = self.run[place + 1]
        said = self.lines.peak[after]
        return said is not None and said == min(peak, self._stood(after))

    # last week

    def _last(self, place: int, line: int) -> Iterator[Difference]:
        lines, at = self.lines, self.lines.at[line]
        before = self.run[place - 1] if place else None
        follows = before is not None and lines.at[before] == at - 1
        derived = lines.position[before] if follows and before is not None else None
        last = lines.last[line]
        if last != derived:
            yield Difference(line, "last", derived, self._last_reason(line, before if follows else None, place))

    def _last_reason(self, line: int, before: int | None, place: int) -> Reason:
        lines, at, issues = self.lines, self.lines.at[line], self.lines.issues
        last = lines.last[line]
        if before is not None and last is not None and self._stood(before) == last:
            return self._because(self.known.places.cause.get(before))
        if not at and lines.weeks[line] != 1:
            return Reason("before-archive", 0, "the issue before it is not in the archive")
        if not at:
            return Reason("wrong-once", 0, f"a last week of {last} in its first week")
        if at in self.known.missing and last is not None:
            return Reason("gap", at, f"it is the position in an issue missing before {issues[at]}")
        if last is None:
            count_on = before is not None and self.lines.weeks[line] == (self.lines.weeks[before] or -1) + 1
            why = "no last week is printed though it stands in the issue before"
            return Reason("no-last-week", at, f"{why}{', and its weeks count on' if count_on else ''}")
        if before is None:
            return self._last_of_absent(line, last, place)
        return self._wrong_last(line, before, last)

    def _last_of_absent(self, line: int, last: int, place: int) -> Reason:
        lines, at, issues = self.lines, self.lines.at[line], self.lines.issues
        for hole in self.known.places.holes:
            if hole.issue == at - 1 and hole.first <= last <= hole.last:
                return Reason("missing-line", at - 1, f"it is the line missing at {last} on {issues[at - 1]}")
        if last in self.known.absent.get(at - 1, ()):
            return Reason("missing-line", at - 1, f"no line stands at {last} on {issues[at - 1]}")
        if place and last == lines.position[self.run[place - 1]]:
            seen = issues[lines.at[self.run[place - 1]]]
            return Reason("last-on-chart", at, f"{last} is where it last stood, on {seen}, not a week ago")
        return self._elsewhere(line)

    def _wrong_last(self, line: int, before: int, last: int) -> Reason:
        """Return why a last week is not the position a week ago when no shift explains it."""
        lines, at = self.lines, self.lines.at[line]
        others = [each for each in lines.spans[at] if lines.last[each] == last and each != line]
        there = [each for each in lines.spans[at - 1] if lines.position[each] == last]
        if others:
            why = f"{lines.print(others[0])} has the same last week"
            return Reason("wrong-once", at, f"{last} instead of {lines.position[before]}; {why}")
        if there and (lines.peak[line] or last) > last:
            return Reason("wrong-once", at, f"{last} would be better than its peak of {lines.peak[line]}")
        if there:
            why = f"{lines.print(there[0])} stands at {last} in the issue before"
            return Reason("wrong-once", at, f"{last} instead of {lines.position[before]}; {why}")
        return Reason(UNEXPLAINED, at, f"{last} instead of {lines.position[before]}")

    def _because(self, cause: Hole | Shift | None) -> Reason:
        if cause is None:
            return Reason(UNEXPLAINED, None, "no shifted line explains it")
        day = self.lines.issues[cause.issue]
        if isinstance(cause, Hole):
            return Reason("missing-line", cause.issue, f"a line is missing above it on {day}")
        return Reason(
            cause.kind,
            cause.issue,
            f"positions {cause.first} to {cause.last} of {day} stand {cause.offset:+} by the publisher",
        )
