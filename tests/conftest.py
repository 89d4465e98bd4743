"""Fixtures that every test may use."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from hitparade.house import House, new, open_house

ROOT = Path(__file__).parents[1]
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


# On CI the made-up examples are the same each time, so that red means a change; elsewhere they are new each time.
settings.register_profile("ci", derandomize=True, database=None)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A new, empty house whose clock stands still."""
    new(tmp_path / "house", name="Test house")
    return open_house(tmp_path / "house", clock=lambda: MOMENT)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that are not in the repository; the test is skipped where it is absent."""
    place = Path(os.environ.get("HITPARADE_SHARED", ROOT.parent / "shared")) / "data"
    if not place.is_dir():
        pytest.skip("the real files are not in the repository and not beside it (set HITPARADE_SHARED to their folder)")
    return place
