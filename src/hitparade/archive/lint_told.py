"""What lint says of holes, shifted lines, and numbers that disagree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hitparade.archive.lint_finding import ERROR, NOTE, WARNING, About, Finding, listed, many
from hitparade.archive.lint_known import UNEXPLAINED, Difference, Known
from hitparade.archive.lint_places import Hole, Shift

_ELSEWHERE = frozenset(
    {"missing-line", "gap", "repeated-issue", "duplicate-line", "weeks-begin-again"}
    | {"shifted-lines", "shifted-positions", "exchanged-lines", "moved-line"}
)
"""Kinds of reasons that have a finding of their own already."""

_TOGETHER = frozenset({"before-archive", "no-last-week", "last-on-chart"})
"""Kinds of reasons that are told once for the whole series."""

_SAID = {
    "before-archive": ("numbers count a time before the archive", "the song charted before the first issue held", NOTE),
    "no-last-week": ("no last week though the song stands in the issue before", "the publisher left it out", WARNING),
    "last-on-chart": ("last weeks that are older than a week", "the column says where a song last stood", NOTE),
    "wrong-once": ("a number that its neighbours contradict", "wrong once, by the publisher or the archive", WARNING),
    "wrong-from-here": ("a count that leaves its own history", "the publisher counts otherwise from here on", WARNING),
    "not-brought-up": ("a peak that is worse than the position", "the peak was not brought up to date", WARNING),
    "other-text": ("a run without a beginning", "the song stands in the issue before under another text", WARNING),
    UNEXPLAINED: ("a number that nothing explains", "not known", ERROR),
}  # fmt: skip


def too_good(known: Known, found: Sequence[Difference]) -> Counter[int]:
    """Return by number of issue how many of its lines stood better, so far, than their published peak allows."""
    peaks = (each for each in found if each.column == "peak" and each.derived is not None)
    lines = known.lines
    return Counter(lines.at[each.line] for each in peaks if (each.derived or 0) < (lines.peak[each.line] or 0))


def holes(known: Known, about: About, runs: Sequence[Sequence[int]], good: Mapping[int, int]) -> Iterator[Finding]:
    """Give a finding for each issue that lacks lines, and one for each title that is likely what is missing."""
    for hole in known.places.holes:
        yield _hole(known, about, hole, runs, good.get(hole.issue, 0))
    for issue, positions in known.absent.items():
        yield _absent(known, about, issue, positions)
    titles: dict[int, list[Hole]] = {}
    for hole, missing in known.hidden.items():
        titles.setdefault(missing.run, []).append(hole)
    for number, found in sorted(titles.items(), key=lambda each: (each[1][0].issue, each[0])):
        if number >= 0:
            yield _title(known, about, sorted(found, key=lambda each: each.issue), runs[number])


def _where(hole: Hole) -> str:
    return f"{hole.first}" if hole.first == hole.last else f"{hole.first} to {hole.last}"


def _hole(known: Known, about: About, hole: Hole, runs: Sequence[Sequence[int]], good: int) -> Finding:
    lines, day = known.lines, known.lines.issues[hole.issue]
    span = lines.spans[hole.issue]
    size = len(span) + known.short[hole.issue]
    title = known.hidden.get(hole)
    line = next((each for each in span if lines.position[each] >= hole.unsure), span[-1])
    below = sum(lines.position[each] >= hole.sure for each in span)
    sayers = f"{many(hole.below, 'line')} from {hole.sure} on stand one lower by the publisher's own numbers"
    evidence = (
        f"{sayers} ({hole.twice} by both), {hole.above} above stand right" if hole.below else "no column tells where"
    )
    if hole.below and hole.first != hole.last:
        evidence += f"; nothing is told of the lines from {hole.unsure} to {hole.sure - 1}"
    if good:
        evidence += f"; {many(good, 'line')} stood better than their published peak allows"
    name = lines.print(runs[title.run][0]) if title else ""
    likely = f"; likely {name}" if title else ""
    if title:
        evidence += f"; {name}: {title.evidence}"
    moved = f"; the lines from {hole.sure} on one position lower" if below else ""
    return Finding(
        "missing-line", ERROR, about.series, (day,), lines.place[line],
        f"{many(len(span), 'line')} where {size} are usual, counted straight through",
        f"a line is missing at {_where(hole)}, and the lines below closed up{likely}", evidence,
        f"a line at {_where(hole)}{moved}", below, name, tuple(range(hole.first, hole.last + 1)),
    )  # fmt: skip


def _absent(known: Known, about: About, issue: int, positions: tuple[int, ...]) -> Finding:
    lines, day = known.lines, known.lines.issues[issue]
    span = lines.spans[issue]
    line = max((each for each in span if lines.position[each] < positions[0]), default=span[0])
    said = listed([str(each) for each in positions])
    names = _named(known, issue, positions)
    return Finding(
        "missing-line", ERROR, about.series, (day,), lines.place[line],
        f"no line at {said}; {many(len(span), 'line')}", f"the archive lacks {many(len(positions), 'line')}"
        + (f"; likely {listed(names)}" if names else ""),
        "the positions around it are there" + ("; the next issue names last weeks there" if names else ""),
        f"a line at {said}", len(positions), names[0] if len(names) == 1 else "", positions,
    )  # fmt: skip


def _named(known: Known, issue: int, positions: tuple[int, ...]) -> list[str]:
    """Return the prints that the next issue says stood there."""
    lines = known.lines
    if issue + 1 == len(lines.issues):
        return []
    return [lines.print(line) for line in lines.spans[issue + 1] if lines.last[line] in positions]


def _title(known: Known, about: About, found: Sequence[Hole], run: Sequence[int]) -> Finding:
    lines = known.lines
    sure = [hole for hole in found if known.hidden[hole].sure]
    exact = [hole.first for hole in found if hole.first == hole.last]
    peak = min((lines.peak[line] or lines.position[line] for line in run), default=0)
    best = f"{peak} is its peak as printed"
    consistent = f"{many(len(found), 'line')} more of it: {len(run) + len(found)} weeks in all"
    if exact and min(exact) < peak:
        best = f"by the holes it stood at {min(exact)}, and {peak} is its peak as printed"
        consistent += f", and a peak of {min(exact)}, not {peak}"
    likely = [hole for hole in found if hole not in sure]
    reasons = [known.hidden[lot[0]].evidence for lot in (sure, likely) if lot]
    name = lines.print(run[0])
    at = [(lines.issues[hole.issue], _where(hole)) for hole in found]
    return Finding(
        "missing-title", ERROR, about.series, tuple(day for day, _ in at), lines.place[run[0]],
        f"{name} has {many(len(run), 'line')}; holes at {listed([f'{where} on {day}' for day, where in at], 20)}",
        f"it is likely what is missing in {many(len(found), 'issue')}"
        + (f", {'all' if len(sure) == len(found) else len(sure)} of them by its own weeks" if sure else ""),
        f"{'; '.join(reasons)}; {best}", consistent, len(found), name, tuple(exact),
    )  # fmt: skip


def shifts(known: Known, about: About) -> Iterator[Finding]:
    """Give a finding for each stretch of lines that the publisher's own numbers put elsewhere."""
    lines = known.lines
    for shift in known.places.shifts:
        line = shift.lines[0]
        yield Finding(
            shift.kind, ERROR if shift.kind == "shifted-positions" else WARNING, about.series,
            (lines.issues[shift.issue],), lines.place[line], *_shift(known, shift), len(shift.lines),
            lines.print(line) if len(shift.lines) == 1 else "", tuple(range(shift.first, shift.last + 1)),
        )  # fmt: skip


def _shift(known: Known, shift: Shift) -> tuple[str, str, str, str]:
    here, there = _range(shift.first, shift.last), _range(*shift.there)
    word = "position" if shift.first == shift.last else "positions"
    found = f"by the publisher's own numbers, {word} {here} stood at {there}"
    if shift.base:
        straight = _range(shift.first + shift.base, shift.last + shift.base)
        found += f", not at {straight} as the line missing above them would have it"
    told = (
        f"{shift.told} of {many(len(shift.lines), 'line')} by the next last week or a peak of that week,"
        f" {shift.twice} by both"
    )
    if shift.kind == "shifted-positions":
        return found, "every position of this issue is counted from another number", told, there
    if shift.kind in {"exchanged-lines", "moved-line"}:
        return found, "lines of this issue changed places in the archive", told, there
    return found, *_shared(known, shift, told)


def _shared(known: Known, shift: Shift, told: str) -> tuple[str, str, str]:
    """Return cause, evidence and what would be consistent of lines that end where another line stands."""
    lines, below = known.lines, shift.offset > 0
    shared = shift.there[1] if below else shift.there[0]
    free = (shift.first if below else shift.last) + shift.base
    end = shift.last + 1 if below else shift.first - 1
    rivals = [lines.print(line) for line in lines.spans[shift.issue] if lines.position[line] == end]
    cause = f"the publisher's numbers give {shared} twice and {free} to nobody; the archive counts straight through"
    consistent = f"{_range(*shift.there)}: two lines at {shared}, none at {free}"
    if rivals and shift.rival:
        told += f"; {shared} is the position of {rivals[0]} too, by a number of its own"
    elif rivals:
        cause = f"{rivals[0]} stood at {free} and the rest closed up; or {cause}"
        told += f"; no number says where {rivals[0]} stood"
        consistent += f", or that title at {free}"
    return cause, told, consistent


def _range(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def disagreements(known: Known, about: About, found: Sequence[Difference]) -> Iterator[Finding]:
    """Give findings on numbers that disagree for a reason that no other finding tells."""
    told: dict[tuple[str, int], list[Difference]] = {}
    for each in found:
        if each.reason.kind not in _ELSEWHERE:
            run = -1 if each.reason.kind in _TOGETHER else known.runs_of[each.line]
            told.setdefault((each.reason.kind, run), []).append(each)
    for (kind, _), lot in told.items():
        yield _disagreement(known, about, kind, lot)


def _disagreement(known: Known, about: About, kind: str, lot: Sequence[Difference]) -> Finding:
    lines, first = known.lines, lot[0]
    what, cause, severity = _SAID[kind]
    touched = {each.line for each in lot}
    songs = {known.runs_of[line] for line in touched}
    columns = listed(sorted({each.column for each in lot}))
    together = kind in _TOGETHER
    if together:
        first = max(lot, key=lambda each: (each.column, -each.line))
    of = f"of {many(len(songs), 'song')}" if together else f"of {lines.print(first.line)}"
    published = getattr(lines, first.column)[first.line]
    issues = tuple(lines.issues[each] for each in sorted({lines.at[line] for line in touched}))
    return Finding(
        kind, severity, about.series, issues if not together else (issues[0], issues[-1]), lines.place[first.line],
        f"{what}: {columns} on {many(len(touched), 'line')} {of}; first {first.column} {published}, by the issues"
        f" {first.derived if first.derived is not None else 'none'}", cause, first.reason.why,
        "the numbers that the issues held give" if not together else "nothing: the issues held cannot say more",
        len(touched), "" if together else lines.print(first.line),
    )  # fmt: skip
