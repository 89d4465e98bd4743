"""What a check finds: one verdict a claim, with its reason and what it rests on."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hitparade.article.claims import Article, Claim

VERDICTS: Mapping[str, str] = {
    "contradicted": "a source other than the article says otherwise",
    "inconsistent": "another line of the article says otherwise",
    "impossible": "the rules of the chart do not allow it",
    "damaged": "the line lost what it should say",
    "confirmed": "a source other than the article says the same",
    "later": "it speaks of a time after the data here",
    "outside": "nothing here can settle it",
    "same_source": "the dossier made from the article says the same, and nothing else does",
    "not_checkable": "an opinion or a quotation",
}
"""Every verdict and what it means, the most interesting first."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that a verdict rests on.

    Attributes:
        kind: ``fact``, ``book``, ``register``, ``dossier`` or ``line``.
        name: the fact's id, the book's id, the dossier's id, or the line number.
        sentence: what it says, with issue date and source.
    """

    kind: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one claim.

    Attributes:
        reason: one sentence.
        evidence: what it rests on; empty when nothing here speaks for or against the claim.
        hint: what other lines suggest for a damaged claim; never more than a hint.
    """

    claim: Claim
    verdict: str
    reason: str
    evidence: tuple[Evidence, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something an editor should know that is no verdict on one claim."""

    lines: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article's findings, one for each claim and in the claims' order, and notes on the whole.

    ``rests_on`` names what was at hand: files of facts with the last issue they reach, books, the dossier.
    """

    article: Article
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    rests_on: tuple[str, ...]

    def of(self, verdict: str) -> tuple[Finding, ...]:
        """Return the findings with a verdict, in order."""
        return tuple(finding for finding in self.findings if finding.verdict == verdict)

    @property
    def counts(self) -> dict[str, int]:
        """How many claims got each verdict, every verdict named."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in VERDICTS}


def line(claim: Claim, sentence: str) -> Evidence:
    """Return another claim of the article as evidence."""
    return Evidence("line", str(claim.line), sentence)


def lines_named(claims: tuple[Claim, ...] | list[Claim]) -> str:
    """Return the lines of claims as words: ``line 7``, ``lines 57-59``, ``lines 23 and 126``."""
    numbers = sorted({claim.line for claim in claims})
    return named(numbers)


def named(numbers: list[int]) -> str:
    """Return line numbers as words, neighbours as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}-{run[-1]}" if run[1:] else str(run[0]) for run in runs]
    joined = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return f"{'line' if len(numbers) == 1 else 'lines'} {joined}"
