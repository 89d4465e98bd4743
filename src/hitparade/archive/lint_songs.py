"""What lint says of songs: texts that change, one text that is two songs, counts that begin again, lines twice."""

from collections.abc import Iterator
from itertools import pairwise

from hitparade.archive.continuity import Continuity
from hitparade.archive.continuity_lines import Lines
from hitparade.archive.continuity_runs import Walk
from hitparade.archive.continuity_texts import changed
from hitparade.archive.lint_finding import ERROR, NOTE, WARNING, About, Finding, many

_CHANGED = {
    "spelling": "only the spelling changed",
    "credit": "the credit changed", "title": "the title changed", "both": "title and credit changed",
    "sides": "the sides of the single are named otherwise",
}  # fmt: skip


def songs(lines: Lines, walked: Walk, told: Continuity, about: About) -> Iterator[Finding]:
    """Give the findings on songs."""
    yield from _changes(lines, walked, about)
    yield from _same_text(lines, told, about)
    yield from _doubts(lines, walked, about)
    yield from _twice(lines, walked, about)


def _finding(
    lines: Lines, about: About, line: int, kind: str, severity: str, said: tuple[str, str, str, str], touched: int
) -> Finding:
    return Finding(
        kind, severity, about.series, (lines.issues[lines.at[line]],), lines.place[line], *said, touched,
        lines.print(line), (lines.position[line],),
    )  # fmt: skip


def _changes(lines: Lines, walked: Walk, about: About) -> Iterator[Finding]:
    """Give the lines on which a run goes on under another text."""
    why = {join.line: join.why for join in walked.joins}
    for run in walked.runs:
        for before, after in pairwise(run.lines):
            words = [(lines.title[line], lines.credit[line]) for line in (before, after)]
            if words[0] == words[1] or lines.at[before] == lines.at[after]:
                continue
            seen = lines.issues[lines.at[before]]
            said = (
                f"printed as {lines.print(before)} until {seen}, as {lines.print(after)} from then on",
                f"{_CHANGED[changed(*words)]}; the song is the same",
                why.get(after, "both texts have the same words"), "one song with two texts",
            )  # fmt: skip
            rest = len(run.lines) - run.lines.index(after)
            yield _finding(lines, about, after, "changed-text", NOTE, said, rest)


def _same_text(lines: Lines, told: Continuity, about: About) -> Iterator[Finding]:
    at = {(lines.issues[lines.at[line]], lines.position[line]): line for line in range(len(lines))}
    for each in told.separated:
        line = at[each.lines[0].issue, each.lines[0].position]
        said = (
            f"{lines.print(line)} begins again on {each.first}",
            "another recording or song of the same text, or a new release that the publisher counts afresh",
            each.evidence, f"two songs: the publisher's numbers from {each.first} to {each.last} are of the second",
        )  # fmt: skip
        yield _finding(lines, about, line, "same-text", NOTE, said, len(each.lines))


def _doubts(lines: Lines, walked: Walk, about: About) -> Iterator[Finding]:
    runs = {run.number: run for run in walked.runs}
    for line, why in walked.doubts:
        run = runs.get(walked.of[line])
        rest = sum(each >= line for each in run.lines) if run else 1
        again = line in walked.restarts
        said = (
            f"{lines.print(line)} has {many(lines.weeks[line] or 0, 'week')} on {lines.issues[lines.at[line]]}",
            "the publisher began its count of weeks again for the same song" if again else "the columns cannot tell",
            why, "left as one song; weeks count on" if again else "left as its text says",
        )  # fmt: skip
        yield _finding(lines, about, line, "weeks-begin-again" if again else "doubtful-run", WARNING, said, rest)


def _twice(lines: Lines, walked: Walk, about: About) -> Iterator[Finding]:
    for run in walked.runs:
        for before, after in pairwise(run.lines):
            if lines.at[before] == lines.at[after]:
                said = (
                    f"{lines.print(after)} stands at {lines.position[before]} and at {lines.position[after]}",
                    "a line taken in twice, or two songs of one text that no column tells apart",
                    f"first at {lines.place[before]}", "one line a title, or two songs named in the catalog",
                )  # fmt: skip
                yield _finding(lines, about, after, "duplicate-line", ERROR, said, 1)
