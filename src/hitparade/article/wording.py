"""How claims and findings are put into few words, and which of them may be shown together."""

from collections.abc import Iterable
from dataclasses import dataclass

from hitparade.article.claims import CHART_ROWS, Claim, Damage
from hitparade.article.findings import Finding, named
from hitparade.article.words import plural

_TOGETHER = 3
_SHORT = 28
_NOUNS = {
    "weekly_peak": "weekly row",
    "year_end": "year-end row",
    "accolade": "accolade row",
    "certification": "certification",
    "sentence": "sentence",
    "infobox": "line of the infobox",
    "credit": "credit",
    "event": "dated event",
    "link": "list",
}
_PLURALS = {"infobox": "lines of the infobox"}


def brief(claim: Claim) -> str:
    """Return a claim in a few words."""
    if claim.kind in CHART_ROWS:
        at, year = claim.whole("position"), claim.whole("year")
        return f"{claim.subject}{f' {at}' if at else ''}{f' under {year}' if year else ''}"
    if claim.kind == "accolade":
        parts = (claim.subject, str(claim.whole("year") or ""), claim.said("category"))
        return ", ".join(part for part in parts if part)
    if claim.kind == "infobox":
        return f"{claim.subject}: {claim.said('said')}"
    if claim.kind in ("release", "row"):
        return ", ".join(str(value) for value in claim.values.values())
    return claim.text


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one verdict that say the same, or a single one; ``lines`` and ``what`` as words."""

    findings: tuple[Finding, ...]
    lines: str
    what: str
    reason: str

    @property
    def single(self) -> Finding | None:
        """The finding, when the group is one."""
        return self.findings[0] if len(self.findings) == 1 else None


def groups(findings: Iterable[Finding], *, every: bool = False) -> tuple[Group, ...]:
    """Return findings of one verdict in groups, those with something of their own to say first.

    Three or more that say the same without evidence of their own are one group; with ``every`` none are.
    """
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_likeness(finding, every=every), []).append(finding)
    split = [[one] for many in alike.values() if len(many) < _TOGETHER for one in many]
    many = [each for each in alike.values() if len(each) >= _TOGETHER]
    ordered = [
        *sorted(split, key=lambda g: _place(g[0].claim)),
        *sorted(many, key=lambda g: _place(g[0].claim)),
    ]
    return tuple(_group(each) for each in ordered)


def _likeness(finding: Finding, *, every: bool) -> tuple[str, ...]:
    if finding.verdict == "same_source" and not every:
        return ("same_source",)
    alone = every or finding.hint or speaks(finding)
    return (finding.claim.id,) if alone else (finding.reason, _noun(finding.claim))


def speaks(finding: Finding) -> bool:
    """Return whether a finding has evidence of its own; that a chart is known is none for what stood on it."""
    known_only = finding.verdict == "outside" and {one.kind for one in finding.evidence} <= {"book", "register"}
    return bool(finding.evidence) and not known_only


def _place(claim: Claim) -> tuple[int, int]:
    return claim.line, int(claim.id.split(".")[1])


def _noun(claim: Claim) -> str:
    return "chart row" if claim.kind in CHART_ROWS and not claim.damaged else _NOUNS.get(claim.kind, "fact")


def _group(findings: list[Finding]) -> Group:
    lines = named(sorted({finding.claim.line for finding in findings}))
    if len(findings) == 1:
        return Group(tuple(findings), lines, brief(findings[0].claim), findings[0].reason)
    kinds = {finding.claim.kind for finding in findings}
    noun = _noun(findings[0].claim) if len({_noun(f.claim) for f in findings}) == 1 else "fact"
    what = plural(len(findings), noun, _PLURALS.get(kinds.pop(), "") if len(kinds) == 1 and noun != "chart row" else "")
    reason = findings[0].reason.split("; ")[0]
    return Group(
        tuple(findings),
        lines if len(lines) <= _SHORT else plural(len({f.claim.line for f in findings}), "line"),
        what,
        reason,
    )


def damaged_lines(damages: Iterable[Damage], claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Return damages of lines that are no claims, as (lines, sentence), equal sentences together."""
    claimed = {claim.line for claim in claims}
    alike: dict[str, list[int]] = {}
    for damage in damages:
        if damage.line not in claimed:
            alike.setdefault(damage.sentence, []).append(damage.line)
    return tuple((named(lines), sentence) for sentence, lines in alike.items())
