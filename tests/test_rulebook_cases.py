"""Cases beside books: each small ledger gives the chart that its case works out by hand."""

from functools import partial
from pathlib import Path

import pytest

from hitparade.casework import compile_case
from hitparade.rulebook.cases import load_case, run

CASES = Path(__file__).parent / "cases" / "charts"


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_holds(path: Path) -> None:
    """The ledger of the case gives the chart that the case expects."""
    case = load_case(path)
    assert run(case, partial(compile_case, None)) == ()
