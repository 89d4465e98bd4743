"""Where lines stood by the publisher's own numbers: the next issue's last week, and a peak reached in the issue itself.

Both say it independently of the position that the archive gives. Lines in a row that all stand one off show where
a line is missing, or where the archive counts otherwise than the publisher.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hitparade.archive.continuity_lines import Lines

_MOST = 10


@dataclass(frozen=True, slots=True)
class Hole:
    """A line that is missing from an issue whose positions count straight through.

    Attributes:
        issue: its number.
        first, last: the missing line stood at one of these positions.
        unsure, sure: positions in the archive; lines from ``sure`` on stand too high, and of those from ``unsure`` to
            there nothing tells.
        above, below: lines above it that stand where the publisher has them, and lines below it that stand too high.
        twice: of those below, how many both numbers say it of.
    """

    issue: int
    first: int
    last: int
    unsure: int
    sure: int
    above: int
    below: int
    twice: int


@dataclass(frozen=True, slots=True)
class Shift:
    """Lines in a row that by the publisher's numbers stood ``offset`` lower, or a single line that stood elsewhere.

    Attributes:
        first, last: their positions in the archive.
        base: how many lines are missing above them, so that ``first + base + offset`` is where the first one stood.
        rival: whether a number speaks of the line that stands where they end, and lets it stand there.
        told: how many of them a number of the publisher's speaks of, and ``twice`` of how many both do.
        kind: ``shifted-lines``, ``exchanged-lines``, ``moved-line`` or ``shifted-positions``.
    """

    issue: int
    first: int
    last: int
    offset: int
    told: int
    twice: int
    kind: str
    lines: tuple[int, ...]
    base: int = 0
    rival: bool = False

    @property
    def there(self) -> tuple[int, int]:
        """Where the first and the last of them stood by the publisher's numbers."""
        return self.first + self.base + self.offset, self.last + self.base + self.offset


@dataclass(frozen=True)
class Places:
    """Holes and shifts in order, and by line where it stood by the publisher's numbers, where that differs."""

    holes: tuple[Hole, ...]
    shifts: tuple[Shift, ...]
    stood: dict[int, int]
    cause: dict[int, Hole | Shift]


@dataclass(frozen=True, slots=True)
class _Told:
    line: int
    position: int
    offset: int
    twice: bool
    least: bool = False
    """Whether it stood at least so much lower: that is all that a peak worse than its position says."""

    def against(self, above: int) -> "_Told":
        """Return it as seen when so many lines are known to be missing above it."""
        less = self.offset - above
        return replace(self, offset=max(less, 0) if self.least else less)


def places(lines: Lines, runs: Sequence[Sequence[int]], short: dict[int, int], apart: frozenset[int]) -> Places:
    """Return where lines stood by the publisher's numbers.

    ``short`` says by number of issue how many lines it lacks. The last weeks and new peaks of the issues in ``apart``
    speak of another issue than the one held before them.
    """
    told = _told(lines, runs, short, apart)
    holes: list[Hole] = []
    shifts: list[Shift] = []
    stood: dict[int, int] = {}
    cause: dict[int, Hole | Shift] = {}
    issues = sorted({*short, *(issue for issue, said in told.items() if any(each.offset for each in said))})
    for issue in issues:
        said = told.get(issue, [])
        size = len(lines.spans[issue])
        found = list(_holes(issue, said, short.get(issue, 0), size))
        for hole in found:
            below = [line for line in lines.spans[issue] if lines.position[line] >= hole.sure]
            stood.update({line: stood.get(line, lines.position[line]) + 1 for line in below})
            cause.update(dict.fromkeys(below, hole))
        sure = [each for each in said if not any(hole.unsure <= each.position < hole.sure for hole in found)]
        rest = [each.against(stood.get(each.line, each.position) - each.position) for each in sure]
        for bare in _shifts(lines, issue, rest):
            shift = _based(bare, lines, stood, rest)
            shifts.append(shift)
            for line in shift.lines:
                stood[line] = stood.get(line, lines.position[line]) + shift.offset
                cause[line] = shift
        holes += found
    return Places(tuple(holes), tuple(shifts), stood, cause)


def _based(shift: Shift, lines: Lines, stood: dict[int, int], told: Sequence[_Told]) -> Shift:
    """Return a shift with what is known of the lines around it."""
    line = shift.lines[0]
    end = shift.last + 1 if shift.offset > 0 else shift.first - 1
    rival = any(each.position == end and not each.offset for each in told)
    return replace(shift, base=stood.get(line, lines.position[line]) - lines.position[line], rival=rival)


def _told(
    lines: Lines, runs: Sequence[Sequence[int]], short: dict[int, int], apart: frozenset[int]
) -> dict[int, list[_Told]]:
    """Return by issue what the publisher's numbers say of its lines, in the order of positions."""
    found: dict[int, list[_Told]] = {}
    for run in runs:
        for place, line in enumerate(run):
            after = run[place + 1] if place + 1 < len(run) else None
            at = lines.at[line]
            next_ = after is not None and lines.at[after] == at + 1 and at + 1 not in apart
            last = lines.last[after] if after is not None and next_ else None
            peak = None if at in apart else _own_peak(lines, line, run[place - 1] if place else None)
            position = lines.position[line]
            said = last if last is not None else peak
            if last is not None and peak is not None and last != peak:
                said = None
            twice = last is not None and peak is not None
            worst = lines.peak[line]
            least = said is None and at in short and worst is not None and worst > position
            if least and worst is not None:
                said = min(worst, position + short[at])
            if said is not None:
                found.setdefault(at, []).append(_Told(line, position, said - position, twice and not least, least))
    for told in found.values():
        told.sort(key=lambda each: (each.position, each.line))
    return found


def _own_peak(lines: Lines, line: int, before: int | None) -> int | None:
    """Return the peak of a line if it was reached on that very issue, so that it is a position."""
    peak = lines.peak[line]
    if before is None:
        return peak if lines.weeks[line] == 1 else None
    earlier = lines.peak[before]
    if peak is None or earlier is None or lines.at[before] != lines.at[line] - 1:
        return None
    return peak if peak < earlier else None


def _holes(issue: int, told: Sequence[_Told], lacking: int, size: int) -> Iterator[Hole]:
    """Give the holes of an issue: where what is told of its lines begins to be one more."""
    for number in range(1, lacking + 1):
        clear = [each for each in told if each.offset >= number or not each.least]
        first, last = _between(clear, number, size)
        above = [each for each in clear if each.position < first]
        right = [each for each in clear if each.position >= last and each.offset >= number]
        yield Hole(
            issue, first + number - 1, last + number - 1, first, last, sum(each.offset < number for each in above),
            len(right), sum(each.twice for each in right),
        )  # fmt: skip


def _between(told: Sequence[_Told], number: int, size: int) -> tuple[int, int]:
    """Return the first and last position that parts lines told to stand less than ``number`` lower from the rest."""
    wrong = sum(each.offset < number for each in told)
    best, cuts = wrong, [(1, told[0].position if told else size + 1)]
    for place, each in enumerate(told):
        wrong += 1 if each.offset >= number else -1
        until = told[place + 1].position if place + 1 < len(told) else size + 1
        if wrong < best:
            best, cuts = wrong, []
        if wrong == best:
            cuts.append((each.position + 1, until))
    return cuts[0][0], cuts[-1][1]


def _shifts(lines: Lines, issue: int, told: Sequence[_Told]) -> Iterator[Shift]:
    """Give the stretches of lines that by what is told stood elsewhere; one number far off says nothing of places."""
    if not told:
        return
    offsets = {each.offset for each in told}
    if len(offsets) == 1 and len(told) >= _MOST and offsets != {0}:
        yield _shift(lines, issue, told, "shifted-positions")
        return
    stretches: list[list[_Told]] = []
    for each in told:
        if stretches and stretches[-1][-1].offset == each.offset:
            stretches[-1].append(each)
        else:
            stretches.append([each])
    moved = [stretch for stretch in stretches if stretch[0].offset]
    taken: set[int] = set()
    for one, other in pairwise(moved):
        if one[0].line not in taken and _exchange(one, other):
            kind = "exchanged-lines" if len(one) == len(other) == 1 else "moved-line"
            for stretch in (one, other):
                taken.add(stretch[0].line)
                yield _shift(lines, issue, stretch, kind)
    for stretch in moved:
        alone = len(stretch) == 1 and abs(stretch[0].offset) > 1 and not stretch[0].twice
        if stretch[0].line not in taken and not alone:
            yield _shift(lines, issue, stretch, "shifted-lines")


def _exchange(one: Sequence[_Told], other: Sequence[_Told]) -> bool:
    """Return whether two neighbouring stretches trade places: one line jumps over all lines of the other stretch."""
    if len(one) > 1 and len(other) > 1:
        return False
    single, rest = (one, other) if len(one) == 1 else (other, one)
    goes = single[0].position + single[0].offset
    ends = {rest[0].position, rest[-1].position}
    gone = {each.position + each.offset for each in rest}
    return goes in ends and single[0].position in gone


def _shift(lines: Lines, issue: int, told: Sequence[_Told], kind: str) -> Shift:
    first, last = told[0].position, told[-1].position
    within = tuple(line for line in lines.spans[issue] if first <= lines.position[line] <= last)
    return Shift(
        issue, first, last, told[0].offset, len(told), sum(each.twice for each in told), kind, within,
    )  # fmt: skip
