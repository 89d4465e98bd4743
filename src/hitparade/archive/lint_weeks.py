"""Why published weeks on chart differ from the issues held: walked along one run, with what is counted so far."""

from collections.abc import Iterator, Sequence

from hitparade.archive.lint_finding import many
from hitparade.archive.lint_known import UNEXPLAINED, Difference, Known, Reason


def weeks(known: Known, run: Sequence[int]) -> Iterator[Difference]:
    """Give the differences in weeks on chart of a run, each issue once."""
    offset, why = 0, None
    for place, line in enumerate(run):
        published = known.lines.weeks[line]
        if published is None:
            continue
        off = published - place - 1
        reason = why
        if off != offset:
            reason, lasts = _event(known, run, place, offset)
            if lasts:
                offset, why = off, reason
        if off and reason:
            yield Difference(line, "weeks", place + 1, reason)


def _event(known: Known, run: Sequence[int], place: int, offset: int) -> tuple[Reason, bool]:
    """Return why the publisher's count parts from ours at a line, and whether it does so from here on."""
    lines, line = known.lines, run[place]
    more = (lines.weeks[line] or 0) - place - 1 - offset
    if not place:
        return history(known, line, more), True
    before, at = lines.at[run[place - 1]], lines.at[line]
    reason = _again(known, line, away=at > before + 1)
    if reason is None and more > 0:
        reason = known.unseen(before, at, more)
    if reason is None and more < 0:
        reason = _copied(known, before, at)
    return (reason, True) if reason else _wrong(known, run, place, offset)


def history(known: Known, line: int, more: int) -> Reason:
    """Return why a run does not begin with its first week."""
    lines, at = known.lines, known.lines.at[line]
    if not at:
        return Reason("before-archive", 0, f"{many(more, 'week')} before the archive's first issue")
    if more < 0:
        return Reason("wrong-from-here", at, f"it begins with {lines.weeks[line]} weeks")
    if reason := known.unseen(max(at - more - 1, 0), at, more):
        return reason
    if lines.last[line] is None and known.begins:
        return known.unseen(0, at, more) or Reason(UNEXPLAINED, at, "no issue is missing that it may have been in")
    if lines.last[line] is None:
        day, first = lines.issues[at], lines.issues[0]
        why = f"it comes on {day} with {many(more, 'week')} that no issue held has; they are older than {first}"
        return Reason("before-archive", at, why)
    return known.elsewhere(line)


def _again(known: Known, line: int, *, away: bool) -> Reason | None:
    """Return that weeks begin again at 1, if they do."""
    at, day = known.lines.at[line], known.lines.issues[known.lines.at[line]]
    if line in known.restarts:
        return Reason("weeks-begin-again", at, f"weeks begin again at 1 on {day}, and {known.restarts[line]}")
    if known.lines.weeks[line] == 1 and away:
        return Reason("weeks-begin-again", at, f"weeks begin again at 1 with the return on {day}")
    return None


def _copied(known: Known, before: int, at: int) -> Reason | None:
    """Return that an issue since is a copy, which we count and the publisher does not."""
    copies = [issue for issue in range(before + 1, at + 1) if issue in known.repeated]
    if not copies:
        return None
    why = f"the issue of {known.lines.issues[copies[0]]} is a copy, and we count it as a week"
    return Reason("repeated-issue", copies[0], why)


def _wrong(known: Known, run: Sequence[int], place: int, offset: int) -> tuple[Reason, bool]:
    """Return that the count is wrong for a line, or leaves its own history."""
    lines, line = known.lines, run[place]
    at, away = lines.at[line], lines.at[line] - lines.at[run[place - 1]] - 1
    after = run[place + 1] if place + 1 < len(run) else None
    said = f"from {lines.weeks[run[place - 1]]} to {lines.weeks[line]} weeks"
    if away:
        said += f" over {many(away, 'complete issue')} without it"
    if after is not None and (lines.weeks[after] or 0) - (place + 2) == offset:
        return Reason("wrong-once", at, f"{said}, and back on the next line: one wrong number"), False
    if after is None and not away:
        return Reason("wrong-once", at, f"{said} on its last line"), False
    return Reason("wrong-from-here", at, f"{said}; it counts on from there"), True
