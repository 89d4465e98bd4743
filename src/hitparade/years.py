"""Publishing charts over many issues for a house: what is not whole is refused, and what is out can be looked up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hitparade import adding
from hitparade.archive import years
from hitparade.archive.index import EditionRow
from hitparade.archive.policy import policy_of
from hitparade.archive.verify import Verification
from hitparade.archive.years import YearRow
from hitparade.compile.words import plural
from hitparade.compile.years import YearEnd
from hitparade.errors import ArchiveError

if TYPE_CHECKING:
    from hitparade.house import House


@dataclass(frozen=True, slots=True)
class Published:
    """A published chart over many issues: its row, its table, and how today's sum differs from it."""

    row: YearRow
    table: YearEnd
    differs: tuple[str, ...]


class Years:
    """The published year-ends of a house."""

    def __init__(self, house: "House") -> None:
        self.house = house

    def publish(
        self, chart: str, span: str | None = None, *, by: str, reason: str = "", so_far: bool = False
    ) -> YearRow:
        """Seal the chart over a span as it adds up from published issues, and return its row.

        Raises:
            ArchiveError: issues of it are drafts, are missing or follow later, nothing would change, or the book
                freezes what is published.
        """
        made, workings, editions = adding.worked(self.house, chart, span)
        if made.drafts:
            found = f"{plural(made.drafts, 'issue')} of the {made.issues} counted {_are(made.drafts)} not published"
            raise ArchiveError(f"{made.chart} {made.label}: {found}; a year-end is made of published issues")
        if made.issues < made.expected and not so_far and made.block != "all_time":
            found = f"{made.issues} of its {plural(made.expected, 'issue')} are published"
            raise ArchiveError(f"{made.chart} {made.label}: {found}; --so-far seals what there is")
        last = years.in_force(self.house.database, made.chart, made.label)
        if last and policy_of(self.house.rules(made.chart, made.as_of)).name == "freeze":
            raise ArchiveError(f"{last.name}: the book freezes what is published, so no other edition comes out")
        house = self.house
        return years.publish(
            house.paths, house.database, made, workings, editions, by=by, at=house.clock(), reason=reason
        )

    def published(self, chart: str, span: str) -> Published | None:
        """Return the edition in force of a chart over a span, beside what adds up today; None when there is none."""
        row = years.in_force(self.house.database, self.house.book(chart).id, span)
        if row is None:
            return None
        _, table = years.read(years.place_of(self.house.paths, row))
        return Published(row, table, tuple(years.differences(table, adding.year_end(self.house, chart, span))))

    def verify(self, chart: str | None = None) -> Iterator[Verification]:
        """Return three answers for each published year-end: seal, sum from its inputs, the same today."""

        def again(chart: str, span: str) -> tuple[YearEnd, Sequence[EditionRow]]:
            made, _, editions = adding.worked(self.house, chart, span)
            return made, editions

        return years.verify(self.house.paths, self.house.database, again, chart)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
