"""Cases beside books: each small ledger gives the chart that its case works out by hand."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from hitparade.chart import Chart
from hitparade.house import House
from hitparade.rulebook.cases import Case, load_case, run
from ledger_maker import Row, deliver

CASES = Path(__file__).parent / "cases" / "charts"


def compile_case(house: House, case: Case) -> Mapping[date, Chart]:
    """Compile every issue that the case's ledger reaches."""
    territory = house.book(case.chart).territory
    rows = [
        Row(
            title=row.title,
            artist=row.artist,
            isrc=row.isrc or "",
            at=datetime.fromisoformat(row.at).replace(tzinfo=None) if row.at else None,
            day=row.day,
            channel=row.channel,
            measure=row.measure,
            quantity=row.quantity,
            ms_played=row.ms_played,
            consumer=row.consumer,
            territory=territory,
            released=row.released,
        )
        for row in case.rows
    ]
    deliver(house, rows)
    what_if = Path(case.where) if case.what_if else None
    return {made.chart.issue_date: made.chart for made in house.compile(case.chart, every=True, what_if=what_if)}


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_holds(house: House, path: Path) -> None:
    """The ledger of the case gives the chart that the case expects."""
    case = load_case(path)
    assert run(case, lambda each: compile_case(house, each)) == ()
