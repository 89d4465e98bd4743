"""Running the cases of books: a small house of its own for each, from received file to compiled chart."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hitparade.rulebook.cases import Case, Made, as_csv

if TYPE_CHECKING:
    from hitparade.house import House

_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def _rule(house: "House", case: Case) -> None:
    """Log the decisions of a case before anything is compiled; a song is named by its title."""
    from hitparade.archive import decisions  # noqa: PLC0415 - few cases have any
    from hitparade.catalog.folding import fold  # noqa: PLC0415 - as above

    credit = {row.title: row.artist for row in case.rows}
    for each in case.decisions:
        key = f"{fold(each.song)} / {fold(credit[each.song])}"
        said = each.model_dump(exclude={"song"})
        decisions.enter(house.paths, house.database, decisions.ruling(case.chart, key, **said, by="case", at=_WHEN))


def compile_case(books: Path | None, case: Case) -> Made:
    """Return every issue that a case's ledger reaches, by issue date, and the charts over many issues it asks for.

    The file takes the way of any other: it is received, summed and compiled. ``books`` is the folder of a
    house's own rulebooks, or None for those that ship.
    """
    from hitparade.house import new  # noqa: PLC0415 - the front door imports this room when a case is run

    with tempfile.TemporaryDirectory(prefix="hitparade-case-") as place:
        folder = Path(place)
        house = new(folder / "house")
        if books is not None:
            shutil.copytree(books, house.paths.books, dirs_exist_ok=True)
        rows = folder / "case.csv"
        rows.write_text(as_csv(case, house.book(case.chart).territory), "utf-8")
        house.receive([rows])
        _rule(house, case)
        what_if = Path(case.where) if case.what_if else None
        made = house.compile(case.chart, every=True, what_if=what_if)
        years = {each.span: house.year_end(case.chart, each.span).lines for each in case.years}
        house.close()
        return Made({each.chart.issue_date: each.chart for each in made}, years)
