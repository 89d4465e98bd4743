"""Running the cases of books: a small house of its own for each, from received file to compiled chart."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hitparade.chart import Chart
from hitparade.rulebook.cases import Case, as_csv


def compile_case(books: Path | None, case: Case) -> Mapping[date, Chart]:
    """Return every issue that a case's ledger reaches, by issue date.

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
        what_if = Path(case.where) if case.what_if else None
        made = house.compile(case.chart, every=True, what_if=what_if)
        house.close()
        return {each.chart.issue_date: each.chart for each in made}
