"""What lint finds, as values: nothing here changes a line."""

from dataclasses import dataclass
from datetime import date

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an archive contradicts itself in, or that its reader should know.

    Attributes:
        kind: a fixed word such as ``missing-line``; see ``lint.KINDS``.
        severity: ``error`` (something is missing or cannot be so), ``warning`` (numbers disagree) or ``note``.
        issues: the issues that it is about, in order.
        place: file and record of its first line, or of the last line before what is missing.
        found: what the archive says.
        cause: the likely cause.
        evidence: what in the archive speaks for that cause.
        consistent: what would agree with the rest of the archive; lint never puts it there.
        lines: how many lines it touches.
        title: the print that it is about, or that is likely missing; empty when it is about none.
        positions: the positions that it is about: where the hole is, or which lines are moved.
    """

    kind: str
    severity: str
    series: str
    issues: tuple[date, ...]
    place: str
    found: str
    cause: str
    evidence: str
    consistent: str
    lines: int
    title: str = ""
    positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One printed number that differs from what the issues held say.

    Attributes:
        column: ``last``, ``peak`` or ``weeks``.
        published, derived: the numbers; None is an empty cell.
        kind: why, as a kind of finding; ``unexplained`` when nothing explains it.
        since: the issue in which the cause lies, if it is one.
        why: the explanation with its evidence.
    """

    issue: date
    position: int
    title: str
    credit: str
    place: str
    column: str
    published: int | None
    derived: int | None
    kind: str
    since: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a published column agrees with what the issues held say: by exact text, and by songs."""

    column: str
    lines: int
    exact: int
    songs: int


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a series: its id, ``chart`` or ``year-end``, and how many lines an issue should have."""

    series: str
    kind: str = "chart"
    size: int | None = None


def listed(words: list[str], shown: int = 6) -> str:
    """Return words as "a, b and c", the rest as a number."""
    if len(words) > shown:
        words = [*words[: shown - 1], f"{len(words) - shown + 1:,} more"]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def many(number: int, word: str, plural: str = "") -> str:
    """Return a number with its noun: "1 line", "2,000 lines"."""
    return f"{number:,} {word if number == 1 else plural or word + 's'}"
