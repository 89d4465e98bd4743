"""The calendar of a series: missing issues, changed weekdays, stray and wrongly dated issues, changed steps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.lint_finding import ERROR, NOTE, WARNING, About, Finding, listed, many
from hitparade.archive.lint_usual import usual

_LONG = 8
_FEW = 4
_MONTH, _YEAR = (25, 35), 300
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is wrong with the dates, and before which issues (by number) how many issues are missing."""

    findings: tuple[Finding, ...]
    missing: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Both:
    """What the titles on two issues in a row say of the time between."""

    titles: int
    gained: Counter[int]
    follow: int
    lasts: int

    def says(self, missing: int) -> str:
        """Return ``whole``, ``missing`` or nothing: whether ``missing`` issues lie between."""
        if self.titles and sum(self.gained.values()) > self.titles // 2:
            most = max(self.gained, key=lambda gain: (self.gained[gain], -gain))
            if self.gained[most] * 10 >= self.titles * 9:
                return "whole" if most == 1 else "missing" if most == missing + 1 else ""
        if self.lasts > _FEW and not self.gained:
            return "whole" if self.follow * 10 >= self.lasts * 9 else "missing" if self.follow * 2 < self.lasts else ""
        return ""

    @property
    def sentence(self) -> str:
        """Return it as a sentence."""
        if self.gained:
            most = max(self.gained, key=lambda gain: (self.gained[gain], -gain))
            share = "all" if self.gained[most] == self.titles else f"{self.gained[most]} of"
            weeks = "week" if most == 1 else "weeks"
            return f"{share} {self.titles} titles in both issues go up by exactly {most} {weeks} on chart"
        if self.lasts:
            return f"{self.follow} of {self.lasts} last weeks are the positions in the issue before"
        return "no column says whether an issue lies between"


def calendar(lines: Lines, of: list[int], about: About) -> Calendar:
    """Return what is wrong with the dates of a series; ``of`` gives each line's run by number."""
    return _Dates(lines, of, about).read()


class _Dates:
    def __init__(self, lines: Lines, of: list[int], about: About) -> None:
        self.lines, self.about, self.issues = lines, about, lines.issues
        self.unit = _unit(lines.issues, about)
        self.numbers = [_number(day, self.unit) for day in lines.issues]
        self.steps = [after - before for before, after in pairwise(self.numbers)]
        self.usual = [frozenset({1})] * len(self.steps) if self.unit == "year" else usual(self.steps, _LONG)
        self.of = of
        self.missing: dict[int, int] = {}

    def read(self) -> Calendar:
        found: list[Finding] = []
        place = 0
        while place < len(self.steps):
            if self.steps[place] in self.usual[place]:
                place += 1
                continue
            finding, taken = self._odd(place)
            found.append(finding)
            place += taken
        return Calendar((*found, *self._changes()), self.missing)

    def _odd(self, place: int) -> tuple[Finding, int]:
        """Return what an unusual step is, and how many steps that takes."""
        step, usual_step = self.steps[place], min(self.usual[place])
        if step % usual_step == 0:
            return self._gap(place, step // usual_step - 1), 1
        both = step + (self.steps[place + 1] if place + 1 < len(self.steps) else 0)
        if self.unit == "day" and place + 1 < len(self.steps):
            if both == usual_step:
                return self._stray(place + 1), 2
            if both % usual_step == 0 and both // usual_step <= 3:  # noqa: PLR2004 - a gap beside it at most
                return self._misdated(place + 1, usual_step, both // usual_step - 2), 2
        return self._weekday(place, step, usual_step), 1

    def _both(self, after: int) -> _Both:
        lines, gained, follow, lasts, titles = self.lines, Counter[int](), 0, 0, 0
        before = {}
        for line in lines.spans[after - 1]:
            before[self.of[line]] = line
        for line in lines.spans[after]:
            earlier = before.get(self.of[line])
            if lines.last[line] is not None and earlier is not None:
                lasts += 1
                follow += lines.last[line] == lines.position[earlier]
            if earlier is None:
                continue
            titles += 1
            weeks = lines.weeks[line], lines.weeks[earlier]
            if weeks[0] is not None and weeks[1] is not None:
                gained[weeks[0] - weeks[1]] += 1
        return _Both(titles, gained, follow, lasts)

    def _place(self, issue: int) -> str:
        return self.lines.place[self.lines.spans[issue][0]]

    def _finding(self, kind: str, severity: str, ends: tuple[int, ...], said: tuple[str, str, str, str]) -> Finding:
        issues = tuple(self.issues[end] for end in ends)
        found, cause, evidence, consistent = said
        lines = len(self.lines.spans[ends[-1]])
        return Finding(
            kind, severity, self.about.series, issues, self._place(ends[-1]), found, cause, evidence, consistent, lines
        )

    def _gap(self, place: int, missing: int) -> Finding:
        both = self._both(place + 1)
        answer = both.says(missing)
        first, last = self.issues[place], self.issues[place + 1]
        days = (last - first).days
        if answer == "whole":
            found = f"{days} days from {first} to {last}, where {self._every(place)} is usual"
            cause = "no issue is missing: the publisher left one out, or one issue stood for two"
            return self._finding(
                "skipped-issue", NOTE, (place, place + 1), (found, cause, both.sentence, "the dates as they are")
            )
        self.missing[place + 1] = missing
        dates = self._between(place, missing)
        found = f"no issue between {first} and {last}, {days} days apart"
        what = many(missing, "issue is", "issues are")
        cause = f"{what} missing in the archive" + ("" if answer else ", or the publisher left out as many")
        consistent = f"an issue of {listed(dates)}" if missing == 1 else f"issues of {listed(dates)}"
        return self._finding("gap", ERROR, (place, place + 1), (found, cause, both.sentence, consistent))

    def _every(self, place: int) -> str:
        step = min(self.usual[place])
        return f"a step of {many(step, self.unit)}"

    def _between(self, place: int, missing: int) -> list[str]:
        step = min(self.usual[place])
        if self.unit != "day":
            numbers = (self.numbers[place] + step * each for each in range(1, missing + 1))
            return [str(each) if self.unit == "year" else f"{each // 12}-{each % 12 + 1:02}" for each in numbers]
        return [str(self.issues[place] + timedelta(step * each)) for each in range(1, missing + 1)]

    def _stray(self, issue: int) -> Finding:
        before, after = self.issues[issue - 1], self.issues[issue + 1]
        found = f"{_named(self.issues[issue])} between {_named(before)} and {_named(after)}, which are one step apart"
        cause = "an issue that does not belong to this series, or a copy of a neighbour under another date"
        said = (found, cause, self._both(issue).sentence, f"no issue between {before} and {after}")
        return self._finding("stray-issue", ERROR, (issue,), said)

    def _misdated(self, issue: int, step: int, missing: int) -> Finding:
        right = self.issues[issue - 1] + timedelta(step)
        if missing:
            self.missing[issue + 1] = missing
        days = (self.issues[issue] - right).days
        found = (
            f"{_named(self.issues[issue])} is {many(abs(days), 'day')} {'late' if days > 0 else 'early'};"
            f" the issues before and after it keep their {_DAYS[right.weekday()]}"
        )
        said = (found, "its date is written wrongly", self._both(issue).sentence, f"dated {right}")
        return self._finding("stray-issue", ERROR, (issue,), said)

    def _weekday(self, place: int, step: int, usual_step: int) -> Finding:
        first, last = self.issues[place], self.issues[place + 1]
        both = self._both(place + 1)
        before, after = self._stretch(place, -1), self._stretch(place + 1, 1)
        missing = max(step // usual_step - 1, 1)
        answer = both.says(missing)
        if answer == "missing":
            self.missing[place + 1] = missing
        whole = answer == "whole"
        found = f"{many(step, 'day')} from {_named(first)} to {_named(last)}; {many(usual_step, 'day')} are usual"
        cause = (
            f"the chart changed its day from {_DAYS[first.weekday()]} (the {many(before, 'issue')} before) to"
            f" {_DAYS[last.weekday()]} (the {many(after, 'issue')} after), and"
            f" {'no issue is' if whole else 'an issue may be'} missing"
        )
        said = (found, cause, both.sentence, "the dates as they are" if whole else f"an issue after {first}")
        return self._finding("changed-weekday", NOTE if whole else WARNING, (place, place + 1), said)

    def _stretch(self, place: int, way: int) -> int:
        """Return how many issues from a place on, that one included, keep its weekday."""
        day, length = self.issues[place].weekday(), 0
        while 0 <= place < len(self.issues) and self.issues[place].weekday() == day:
            place, length = place + way, length + 1
        return length

    def _changes(self) -> Iterator[Finding]:
        """Give the places where the usual step changes."""
        before = None
        for place, step in enumerate(self.steps):
            if {step} != set(self.usual[place]):
                continue
            if before is not None and step != before:
                found = (
                    f"every {many(before, self.unit)} until {self.issues[place]}, every {many(step, self.unit)} after"
                )
                cause = "the publisher changed how often the chart appears"
                said = (found, cause, self._both(place + 1).sentence, "the dates as they are")
                yield self._finding("changed-step", NOTE, (place, place + 1), said)
            before = step


def _named(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day}"


def _unit(issues: tuple[date, ...], about: About) -> str:
    """Return what the series steps by: years, months or days."""
    if about.kind == "year-end":
        return "year"
    steps = sorted((after - before).days for before, after in pairwise(issues))
    if not steps:
        return "day"
    middle = steps[len(steps) // 2]
    if middle >= _YEAR:
        return "year"
    return "month" if _MONTH[0] <= middle <= _MONTH[1] and len(set(steps)) > 1 else "day"


def _number(day: date, unit: str) -> int:
    if unit == "year":
        return day.year
    return day.year * 12 + day.month - 1 if unit == "month" else day.toordinal()
