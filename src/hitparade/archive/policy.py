"""What a chart does with a published issue that turns out wrong: its restatement policy (V2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from hitparade.archive import index
from hitparade.archive.index import EditionRow
from hitparade.archive.publish import edition_at
from hitparade.errors import ArchiveError
from hitparade.rulebook.rules import Rules
from hitparade.storage import HousePaths

FREEZE, REPLACE, PROPAGATE = "freeze", "replace", "replace_and_propagate"
_WORDS = {
    FREEZE: "what is published stays",
    REPLACE: "a correction brings out that issue alone",
    PROPAGATE: "later published issues that change follow a correction",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """A chart's policy and its source; a book that says nothing replaces single issues."""

    name: str = REPLACE
    source: str = ""

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')}: {_WORDS[self.name]}"


def policy_of(rules: Rules) -> Policy:
    """Return the policy in force for an issue."""
    said = next((value for value in rules.values if value.key == "restatement"), None)
    return Policy(said.value["policy"], said.source) if said and said.value else Policy()


def refuse_frozen(rules: Rules, in_force: EditionRow | None) -> None:
    """Refuse to correct what the book freezes; an issue that was withdrawn may come out again.

    Raises:
        ArchiveError: the issue stays as it was published.
    """
    policy = policy_of(rules)
    if policy.name == FREEZE and in_force is not None:
        raise ArchiveError(
            f"{in_force.name}: the book freezes what is published ({policy.source}), so it is not corrected; "
            "`hitparade withdraw` takes an issue back"
        )


def readers(paths: HousePaths, database: Engine, chart: str, issue_date: date) -> Iterator[EditionRow]:
    """Give the editions in force of other charts that were made from an issue of this one, in order."""
    rows = [row for row in index.editions(database) if row.chart != chart and row.issue_date >= issue_date]
    for other in sorted({row.chart for row in rows}):
        for row in index.chain(database, other):
            if row.issue_date >= issue_date and _reads(paths, row, chart, issue_date):
                yield row


def _reads(paths: HousePaths, row: EditionRow, chart: str, issue_date: date) -> bool:
    read = edition_at(paths, row).said.get("upstream", {}).get(chart)
    return bool(read) and str(read["issue_date"]) == issue_date.isoformat()
