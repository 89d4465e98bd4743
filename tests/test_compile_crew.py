"""Charts compiled at once in several processes: the same drafts, and one sentence when a process is ended."""

import os
import shutil
import signal
from datetime import date
from pathlib import Path

import pytest

import hitparade
from hitparade import compiling_crew, database
from hitparade.errors import CompileError
from hitparade.house import House
from hitparade.ledger import building, windows
from hitparade.simulate.world import market
from test_world import TINY


@pytest.fixture
def dutch(tmp_path: Path) -> House:
    """A house with two weeks of the Netherlands, where one chart is made without the songs of another."""
    market.write(tmp_path / "nl", 1, date(2016, 12, 2), date(2016, 12, 15), ("NL",), TINY)
    house = hitparade.new(tmp_path / "house")
    house.receive([tmp_path / "nl"])
    return house


def test_two_processes_make_the_drafts_that_one_makes(dutch: House) -> None:
    told: list[str] = []
    at_once = dutch.compile_all(workers=2, advance=lambda _, name: told.append(name))
    made = dutch.drafts()
    assert {row.chart for row in made} == {"nl-single-top-100", "nl-tipparade", "nl-top-40"}
    assert told.index("nl-top-40") < told.index("nl-tipparade")
    one_by_one = dutch.compile_all()
    assert at_once == one_by_one
    assert dutch.drafts() == made


def test_drafts_are_the_same_whatever_is_summed_together(dutch: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals of many days and windows of many weeks in one statement, then each day and each week by itself."""
    dutch.compile_all()
    made = dutch.drafts()
    with database.writing(dutch.database) as transaction:
        transaction.execute(database.totals_days.delete())
    shutil.rmtree(dutch.paths.totals)
    monkeypatch.setattr(building, "_DAYS", 1)
    monkeypatch.setattr(windows, "_TOGETHER", 1)
    alone = hitparade.open(dutch.paths.root)
    alone.compile_all()
    assert alone.drafts() == made
    alone.close()


def _ended(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_is_told_in_one_sentence(dutch: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling_crew, "_compile", _ended)
    with pytest.raises(CompileError, match="a process that compiled was ended from outside") as told:
        dutch.compile_all(workers=2)
    assert "\n" not in str(told.value)
