"""Which title is likely what is missing: its weeks count on through the holes, or it left from too high."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hitparade.archive.continuity_lines import Lines
from hitparade.archive.lint_finding import listed, many
from hitparade.archive.lint_places import Hole

_FAR = 2


@dataclass(frozen=True, slots=True)
class Missing:
    """A title that is likely what is missing at a hole.

    Attributes:
        run: number of its run.
        sure: whether its own numbers say so; else it is the likeliest of the titles that left.
        evidence: what speaks for it.
    """

    run: int
    sure: bool
    evidence: str


def hidden(lines: Lines, runs: Sequence[Sequence[int]], holes: Sequence[Hole]) -> dict[Hole, Missing]:
    """Return for each hole the title that is likely missing there, where one can be told."""
    found: dict[Hole, Missing] = {}
    by_issue = {hole.issue: hole for hole in holes}
    for number, run in enumerate(runs):
        for hole, missing in _counted_on(lines, number, run, by_issue):
            found.setdefault(hole, missing)
    for hole in holes:
        likely = found.get(hole) or _named_after(lines, runs, hole) or _left(lines, runs, hole, found)
        if likely:
            found[hole] = likely
    return found


def _counted_on(lines: Lines, number: int, run: Sequence[int], holes: dict[int, Hole]) -> list[tuple[Hole, Missing]]:
    """Return the holes that a run passes through while its weeks count on."""
    made = []
    for before, after in pairwise(run):
        away = range(lines.at[before] + 1, lines.at[after])
        weeks = lines.weeks[before], lines.weeks[after]
        if not away or weeks[0] is None or weeks[1] is None:
            continue
        passed = [issue for issue in away if issue in holes]
        counted = weeks[1] - weeks[0] - 1
        if counted and counted == len(passed):
            why = (
                f"it has {many(weeks[0], 'week')} on {lines.issues[lines.at[before]]} at {lines.position[before]} and"
                f" {many(weeks[1], 'week')} on {lines.issues[lines.at[after]]} at {lines.position[after]}: exactly the"
                f" {many(counted, 'short issue')} between more"
            )
            made += [(holes[issue], Missing(number, sure=True, evidence=why)) for issue in passed]
    return made


def _named_after(lines: Lines, runs: Sequence[Sequence[int]], hole: Hole) -> Missing | None:
    """Return the run that the next issue says stood at the hole."""
    for number, run in enumerate(runs):
        for place, line in enumerate(run):
            last = lines.last[line]
            if lines.at[line] == hole.issue + 1 and last is not None and hole.first <= last <= hole.last:
                if place and lines.at[run[place - 1]] == hole.issue:
                    break
                why = f"its last week on {lines.issues[hole.issue + 1]} is {last}, where no line stands"
                return Missing(number, sure=True, evidence=why)
    return None


def _left(lines: Lines, runs: Sequence[Sequence[int]], hole: Hole, found: dict[Hole, Missing]) -> Missing | None:
    """Return the title that left at a hole though it stood high, or that was missing at the hole before."""
    known = {missing.run for missing in found.values()}
    gone = []
    for number, run in enumerate(runs):
        before = [line for line in run if lines.at[line] < hole.issue]
        if before and len(before) == len(run) and (lines.at[before[-1]] == hole.issue - 1 or number in known):
            gone.append((lines.position[before[-1]], number, before[-1]))
    gone.sort()
    leaving = [each for each in gone if lines.at[each[2]] == hole.issue - 1]
    for position, number, line in gone:
        since = sum(missing.run == number and each.issue > lines.at[line] for each, missing in found.items())
        if number in known and since == hole.issue - lines.at[line] - 1:
            why = f"it stood at {position} on {lines.issues[lines.at[line]]} and is never seen again"
            rest = [each[0] for each in leaving if each[1] != number]
            high = (
                f", while the best of the {many(len(rest), 'other title')} that left stood at {rest[0]}" if rest else ""
            )
            return Missing(number, sure=False, evidence=f"{why}{high}")
    high_enough = leaving and max(leaving[0][0], hole.last) * _FAR <= len(lines.spans[hole.issue - 1])
    if high_enough and (len(leaving) == 1 or leaving[0][0] * _FAR < leaving[1][0]):
        position, number, line = leaving[0]
        why = f"it stood at {position} the issue before and is never seen again"
        others = [str(each[0]) for each in leaving[1:4]]
        high = f"; the others that left stood at {listed(others)}" if others else ""
        return Missing(number, sure=False, evidence=why + high)
    return None
