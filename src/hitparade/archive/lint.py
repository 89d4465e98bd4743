"""Lint of an archive: what in a series contradicts its calendar, its own positions, or the publisher's own columns.

It reports each with its place, the likely cause and what would be consistent. It invents nothing and changes nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyarrow as pa

from hitparade.archive.continuity import continuity_of
from hitparade.archive.continuity_lines import Lines, lines_of
from hitparade.archive.continuity_runs import Walk, walk
from hitparade.archive.lint_calendar import calendar
from hitparade.archive.lint_columns import agreements, derive
from hitparade.archive.lint_finding import ERROR, SEVERITIES, About, Agreement, Disagreement, Finding
from hitparade.archive.lint_hidden import hidden
from hitparade.archive.lint_known import UNEXPLAINED, Difference, Known
from hitparade.archive.lint_places import places
from hitparade.archive.lint_positions import from_zero, positions
from hitparade.archive.lint_reasons import differences
from hitparade.archive.lint_songs import songs
from hitparade.archive.lint_told import disagreements, holes, shifts, too_good
from hitparade.catalog.decisions import NO_DECISIONS, Decisions

KINDS = {
    "gap": "issues are missing",
    "skipped-issue": "a longer step in which no issue is missing",
    "changed-weekday": "the weekday of the chart changes",
    "changed-step": "the chart appears more or less often",
    "stray-issue": "an issue off the pattern of dates",
    "repeated-issue": "an issue that copies another",
    "unchanged-issue": "an issue equal to another that counts as a week",
    "from-zero": "positions are counted from zero",
    "shifted-positions": "all positions of an issue are off by a number",
    "missing-line": "an issue lacks a line",
    "missing-title": "a title that is likely what is missing",
    "short-issue": "an issue breaks off",
    "long-issue": "an issue has more lines than usual",
    "doubled-position": "a position has more than one line",
    "shared-position": "a position shared by the publisher",
    "duplicate-line": "a title stands on an issue twice",
    "shifted-lines": "lines in a row that the publisher's numbers put one off",
    "exchanged-lines": "two lines that changed places",
    "moved-line": "a line out of its place, and the others closed up",
    "changed-text": "a song goes on under another text",
    "same-text": "one text that is two songs",
    "weeks-begin-again": "weeks begin again though the song is the same",
    "doubtful-run": "a run that may go on with one of several",
    "before-archive": "numbers that count a time before the archive",
    "last-on-chart": "last weeks that are older than a week",
    "no-last-week": "a last week is not printed",
    "not-brought-up": "a peak worse than the position",
    "other-text": "a run whose beginning stands under another text",
    "wrong-once": "a number that its neighbours contradict",
    "wrong-from-here": "a count that leaves its own history",
    UNEXPLAINED: "a number that nothing explains",
}
"""Every kind of finding in the order of reports, with what it says."""


@dataclass(frozen=True)
class Report:
    """What lint found in a series.

    Attributes:
        agreement: for each published column, on how many lines it agrees with what the issues held say.
        disagreements: every number that does not agree by songs, with its class.
        too_good: lines of issues with a missing line that stood better, so far, than their published peak allows.
    """

    series: str
    issues: int
    lines: int
    first: date | None
    last: date | None
    findings: tuple[Finding, ...]
    agreement: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    too_good: int

    @property
    def counts(self) -> dict[str, tuple[int, int]]:
        """By kind in the order of reports, how many findings, and how many lines they touch."""
        found = Counter(each.kind for each in self.findings)
        touched = Counter[str]()
        for each in self.findings:
            touched[each.kind] += each.lines
        return {kind: (found[kind], touched[kind]) for kind in KINDS if kind in found}

    @property
    def classes(self) -> dict[tuple[str, str], int]:
        """By column and class, how many numbers disagree."""
        found = Counter((each.column, each.kind) for each in self.disagreements)
        order = list(KINDS)
        return dict(sorted(found.items(), key=lambda each: (each[0][0], order.index(each[0][1]))))

    @property
    def sound(self) -> bool:
        """Whether nothing is an error."""
        return not any(each.severity == ERROR for each in self.findings)


def lint(table: pa.Table, about: About, decisions: Decisions = NO_DECISIONS) -> Report:
    """Return what is wrong with a series, whose lines are a table with the columns of ``archive.series``."""
    lines = lines_of(table, decisions)
    if not len(lines):
        return Report(about.series, 0, 0, None, None, (), (), (), 0)
    found: list[Finding] = []
    if from_zero(lines):
        found.append(_zero(lines, about))
        lines = replace(lines, position=[position + 1 for position in lines.position])
    walked = walk(lines)
    runs = [run.lines for run in walked.runs]
    known, told = _known(lines, walked, runs, about)
    apart = differences(known, runs)
    found += told
    found += songs(lines, walked, continuity_of(lines, walked), about)
    good = too_good(known, apart)
    found += [*holes(known, about, runs, good), *shifts(known, about), *disagreements(known, about, apart)]
    return Report(
        about.series, len(lines.issues), len(lines), lines.issues[0], lines.issues[-1], _ordered(found),
        agreements(lines, derive(lines, list(zip(lines.title, lines.credit, strict=True))), derive(lines, walked.of)),
        tuple(_disagreement(lines, each) for each in apart), sum(good[issue] for issue in known.short),
    )  # fmt: skip


def _known(lines: Lines, walked: Walk, runs: Sequence[Sequence[int]], about: About) -> tuple[Known, list[Finding]]:
    """Return what dates and positions say, for the columns to be judged by."""
    of = _places_of(walked, runs)
    dates, at = calendar(lines, of, about), positions(lines, of, about)
    stood = places(lines, runs, at.short, frozenset({*dates.missing, *at.repeated}))
    likely = hidden(lines, runs, stood.holes)
    known = Known(lines, stood, at.short, at.absent, dates.missing, at.repeated, walked.restarts, likely, of)
    return known, [*dates.findings, *at.findings]


def _places_of(walked: Walk, runs: Sequence[Sequence[int]]) -> list[int]:
    """Return by line the place of its run in ``runs``."""
    of = [-1] * len(walked.of)
    for number, run in enumerate(runs):
        for line in run:
            of[line] = number
    return of


def _zero(lines: Lines, about: About) -> Finding:
    tops = max(lines.position)
    return Finding(
        "from-zero", ERROR, about.series, (lines.issues[0], lines.issues[-1]), lines.place[0],
        f"positions 0 to {tops}", "positions are counted from zero", "the first line of most issues is at 0",
        f"positions 1 to {tops + 1}: every position one more; what follows counts them so", len(lines),
    )  # fmt: skip


def _ordered(found: Sequence[Finding]) -> tuple[Finding, ...]:
    order = {kind: place for place, kind in enumerate(KINDS)}
    return tuple(
        sorted(
            found,
            key=lambda each: (
                order[each.kind],
                SEVERITIES.index(each.severity),
                each.issues,
                each.positions,
                each.place,
            ),
        )
    )


def _disagreement(lines: Lines, each: Difference) -> Disagreement:
    line, since = each.line, each.reason.issue
    return Disagreement(
        lines.issues[lines.at[line]], lines.position[line], lines.title[line], lines.credit[line], lines.place[line],
        each.column, getattr(lines, each.column)[line], each.derived, each.reason.kind,
        None if since is None else lines.issues[since], each.reason.why,
    )  # fmt: skip
