"""Positions within each issue: from zero, missing, doubled, shifted, too few or many; and issues that repeat."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.lint_finding import ERROR, NOTE, WARNING, About, Finding, listed, many
from hitparade.archive.lint_usual import usual

_LONG, _SOME = 26, 8
_FEW, _SURE = 5, 10


@dataclass(frozen=True, slots=True)
class Positions:
    """What is wrong with positions.

    Attributes:
        short: by number of issue, how many lines it lacks while its positions count straight through.
        absent: by number of issue, the positions that no line has.
        repeated: by number of issue, the number of the issue that it repeats, weeks and all.
    """

    findings: tuple[Finding, ...]
    short: dict[int, int]
    absent: dict[int, tuple[int, ...]]
    repeated: dict[int, int]


def from_zero(lines: Lines) -> bool:
    """Return whether the series numbers its positions from zero."""
    zeros = sum(lines.position[span[0]] == 0 for span in lines.spans)
    return zeros * 2 > len(lines.spans)


def positions(lines: Lines, of: list[int], about: About) -> Positions:
    """Return what is wrong with the positions of a series whose first position is 1."""
    return _Issues(lines, of, about).read()


class _Issues:
    def __init__(self, lines: Lines, of: list[int], about: About) -> None:
        self.lines, self.of, self.about = lines, of, about
        tops = [lines.position[span[-1]] for span in lines.spans]
        long = min(_LONG, max(_SOME, len(tops) // 4))
        self.sizes = [frozenset({about.size})] * len(tops) if about.size else usual(tops, long, larger=True)
        self.found: list[Finding] = []
        self.short: dict[int, int] = {}
        self.absent: dict[int, tuple[int, ...]] = {}

    def read(self) -> Positions:
        for issue, span in enumerate(self.lines.spans):
            self._issue(issue, span)
        repeated = dict(self._repeats())
        return Positions(tuple(self.found), self.short, self.absent, repeated)

    def _issue(self, issue: int, span: range) -> None:
        at = [self.lines.position[line] for line in span]
        size = max(self.sizes[issue], default=0)
        if at == list(range(1, len(at) + 1)) and len(at) in self.sizes[issue]:
            return
        counted = Counter(at)
        doubled = {position: number for position, number in counted.items() if number > 1}
        lacking = [position for position in range(1, max(size, at[-1]) + 1) if position not in counted]
        if doubled and self._shared(doubled, lacking):
            self._say("shared-position", NOTE, issue, self._shares(doubled), sorted(doubled))
            lacking = [each for each in lacking if not _follows(each, doubled)]
            doubled = {}
        offset = at[0] - 1
        if offset and len(at) in self.sizes[issue] and not doubled and at == list(range(at[0], at[0] + len(at))):
            self._say("shifted-positions", ERROR, issue, self._shifted(offset, at), at)
            return
        if doubled:
            self._say("doubled-position", ERROR, issue, self._doubles(issue, doubled), sorted(doubled))
        self._lacking(issue, at, lacking, size, straight=not doubled)
        if len(at) > size and not doubled:
            said = f"{many(len(at), 'line')} where {size} are usual"
            causes = (
                said,
                "lines of another chart, or the publisher printed more",
                "the lines below the usual last",
                "",
            )
            self._say("long-issue", WARNING, issue, (*causes[:3], f"{many(size, 'line')}"), at[size:])

    def _lacking(self, issue: int, at: list[int], lacking: list[int], size: int, *, straight: bool) -> None:
        if not lacking:
            return
        tail = lacking[0] > at[-1]
        if tail and straight and len(lacking) <= max(_FEW, size // 10):
            self.short[issue] = len(lacking)
            return
        if tail:
            said = (
                f"{many(len(at), 'line')} where {size} are usual",
                "the lines from there on are missing in the archive",
                "the positions count straight through",
                f"{many(size, 'line')}",
            )
            self._say("short-issue", ERROR, issue, said, lacking)
            return
        self.absent[issue] = tuple(lacking)

    def _shared(self, doubled: dict[int, int], lacking: list[int]) -> bool:
        """Return whether each doubled position is followed by as many that nobody has."""
        return all(position + each in lacking for position, times in doubled.items() for each in range(1, times))

    def _shares(self, doubled: dict[int, int]) -> tuple[str, str, str, str]:
        said = listed([f"{times} lines at {position}" for position, times in sorted(doubled.items())])
        return (
            said,
            "a position that the publisher shared",
            "the position after it has no line",
            "nothing: shared positions skip the next",
        )

    def _shifted(self, offset: int, at: list[int]) -> tuple[str, str, str, str]:
        return (
            f"positions {at[0]} to {at[-1]}",
            "the positions of this issue are counted from another number",
            f"{many(len(at), 'line')}, as usual, and none at 1" if offset > 0 else "a position below 1",
            f"positions 1 to {len(at)}, so each {abs(offset)} {'less' if offset > 0 else 'more'}",
        )

    def _doubles(self, issue: int, doubled: dict[int, int]) -> tuple[str, str, str, str]:
        lines, told = self.lines, []
        same = 0
        for position in sorted(doubled):
            prints = [lines.print(line) for line in lines.spans[issue] if lines.position[line] == position]
            same += len(set(prints)) == 1
            told.append(f"{position}: {' | '.join(dict.fromkeys(prints))}")
        cause = "lines taken in twice" if same == len(doubled) else "two versions of this issue in one"
        return (
            f"{many(len(doubled), 'position')} with more than one line",
            cause,
            listed(told, 4),
            "one line a position",
        )

    def _say(
        self, kind: str, severity: str, issue: int, said: tuple[str, str, str, str], positions_: list[int]
    ) -> None:
        first = self.lines.spans[issue]
        line = next((each for each in first if self.lines.position[each] in positions_), first[-1])
        self.found.append(
            Finding(
                kind,
                severity,
                self.about.series,
                (self.lines.issues[issue],),
                self.lines.place[line],
                *said,
                sum(self.lines.position[each] in set(positions_) for each in first),
                positions=tuple(positions_),
            )
        )

    def _repeats(self) -> Iterator[tuple[int, int]]:
        """Give the issues that repeat another, weeks and all, and say so; a chart that stood still is only noted."""
        lines, counts = self.lines, "weeks" in self.lines.columns
        seen: dict[tuple[tuple[int, str], ...], int] = {}
        for issue, span in enumerate(lines.spans):
            mark = tuple((lines.position[line], lines.key[line]) for line in span)
            first = seen.get(mark)
            seen[mark] = issue
            if first is None or len(mark) < (_FEW if counts else _SURE):
                continue
            copied = counts and all(
                lines.weeks[before] == lines.weeks[after]
                for before, after in zip(lines.spans[first], span, strict=True)
            )
            if copied:
                yield issue, first
            if copied or first == issue - 1 or not counts:
                self._repeat(issue, first, copied=copied)

    def _repeat(self, issue: int, first: int, *, copied: bool) -> None:
        lines = self.lines
        before = lines.issues[first]
        counted = "weeks" in lines.columns and not copied
        said = (
            f"the same titles at the same positions as {before}",
            "the publisher kept the chart for another week" if counted else "a copy of that issue under another date",
            "weeks on chart count on"
            if counted
            else "weeks on chart are the same too"
            if copied
            else "no weeks to tell",
            "nothing: the weeks agree" if counted else "the chart of that date",
        )
        severity = NOTE if counted else ERROR if copied else WARNING
        kind = "unchanged-issue" if counted else "repeated-issue"
        self._say(kind, severity, issue, said, [lines.position[line] for line in lines.spans[issue]])


def _follows(position: int, doubled: dict[int, int]) -> bool:
    return any(shared < position < shared + times for shared, times in doubled.items())
