"""Why published last weeks differ from the positions in the issue before."""

from collections.abc import Iterator, Sequence

from hitparade.archive.lint_known import UNEXPLAINED, Difference, Known, Reason


def last(known: Known, run: Sequence[int]) -> Iterator[Difference]:
    """Give the differences in last weeks of a run, each issue once."""
    lines = known.lines
    for place, line in enumerate(run):
        before = run[place - 1] if place and lines.at[run[place - 1]] == lines.at[line] - 1 else None
        derived = lines.position[before] if before is not None else None
        published = lines.last[line]
        if published == derived:
            continue
        if lines.at[line] in known.repeated:
            reason = _of_copy(known, lines.at[line])
        elif lines.at[line] in known.missing:
            reason = _of_gap(known, lines.at[line])
        elif published is None:
            reason = _none(known, line, before)
        elif before is not None:
            reason = _other(known, line, before, published)
        else:
            reason = _absent(known, line, run[place - 1] if place else None, published)
        yield Difference(line, "last", derived, reason)


def _none(known: Known, line: int, before: int | None) -> Reason:
    lines, at = known.lines, known.lines.at[line]
    on = before is not None and lines.weeks[before] is not None and lines.weeks[line] == (lines.weeks[before] or 0) + 1
    why = "no last week is printed though it stands in the issue before"
    return Reason("no-last-week", at, f"{why}, and its weeks count on" if on else why)


def _other(known: Known, line: int, before: int, published: int) -> Reason:
    """Return why a last week is not the position in the issue before."""
    lines, at = known.lines, known.lines.at[line]
    if known.stood(before) == published:
        return known.shift_of(before)
    said = f"{published} instead of {lines.position[before]}"
    twin = next((each for each in lines.spans[at] if lines.last[each] == published and each != line), None)
    if twin is not None:
        return Reason("wrong-once", at, f"{said}; {lines.print(twin)} has the same last week")
    best = lines.peak[line]
    if best is not None and best > published:
        return Reason("wrong-once", at, f"{said}; that would be better than its peak of {best}")
    there = next((each for each in lines.spans[at - 1] if lines.position[each] == published), None)
    if there is not None:
        left = known.runs_of[there] not in {known.runs_of[each] for each in lines.spans[at]}
        maybe = ", which left: the two may have changed places there" if left else ""
        return Reason("wrong-once", at, f"{said}; in the issue before that is the place of {lines.print(there)}{maybe}")
    return Reason(UNEXPLAINED, at, said)


def _absent(known: Known, line: int, before: int | None, published: int) -> Reason:
    """Return why there is a last week though the song is not in the issue before."""
    lines, at, issues = known.lines, known.lines.at[line], known.lines.issues
    if not at and lines.weeks[line] == 1:
        return Reason("wrong-once", 0, f"a last week of {published} in its first week")
    if not at:
        return Reason("before-archive", 0, "the issue before it is not in the archive")
    hole = any(each.issue == at - 1 and each.first <= published <= each.last for each in known.places.holes)
    if hole or published in known.absent.get(at - 1, ()):
        return Reason("missing-line", at - 1, f"it is the line missing at {published} on {issues[at - 1]}")
    if before is not None and published == lines.position[before]:
        seen = issues[lines.at[before]]
        return Reason("last-on-chart", at, f"{published} is where it last stood, on {seen}, not a week ago")
    return known.elsewhere(line)


def _of_copy(known: Known, at: int) -> Reason:
    issues = known.lines.issues
    return Reason("repeated-issue", at, f"{issues[at]} is a copy of {issues[known.repeated[at]]}, last weeks and all")


def _of_gap(known: Known, at: int) -> Reason:
    return Reason("gap", at, f"it is the position in an issue missing before {known.lines.issues[at]}")
