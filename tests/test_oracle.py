"""Fold, proof and engine agree with the oracle to the digit, over several weeks and changing rules."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import oracle
import oracle_signs
from hitparade.chart import ChartState
from hitparade.compile import outcome, proof, settling
from hitparade.compile.compiled import Compiled
from hitparade.house import House, new, open_house
from hitparade.rulebook.rules import Rules
from ledger_maker import deliver
from oracle_maker import (
    books,
    decisions_of,
    fetch_of,
    ledger_rows,
    ledgers,
    rules_of,
    rulings,
    told,
    weeks_of,
)

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

Fetch = Callable[[Rules], Any]


def with_signs(made: Compiled) -> dict[str, Any]:
    """A compiled issue as the oracle tells it, with the signs beside its lines."""
    return {**told(made), "signs": {each.song: list(each.markers) for each in made.chart.entries if each.markers}}


def signs_of(*issue: Any) -> dict[str, Any]:  # noqa: ANN401 - as the oracle has it
    """The signs that lines earn, without lines that have none."""
    return {"signs": {song: signs for song, signs in oracle_signs.beside(*issue)["signs"].items() if signs}}


def life(rules: Sequence[Rules], fetch: Fetch, said: Sequence[dict[str, Any]]) -> list[Compiled]:
    """Compile issue after issue, each from the state that the one before left."""
    made: list[Compiled] = []
    for each in rules:
        state = made[-1].state_out if made else ChartState()
        made.append(proof.compile_issue(fetch(each), state, decisions_of(said), each))
    return made


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for few candidates and look at few lines, so that small markets put the proof to the test."""
    monkeypatch.setattr(proof, "FIRST_K", 1)
    monkeypatch.setattr(outcome, "NEXT_BELOW", 1)
    monkeypatch.setattr(settling, "NEXT_BELOW", 0)


@pytest.mark.usefixtures("narrow")
@given(entries=ledgers, book=books, said=rulings)
@settings(SLOW, max_examples=120)
def test_the_fold_agrees_with_the_oracle(entries: list[Any], book: dict[str, Any], said: list[Any]) -> None:
    rules = rules_of(book)
    expected = oracle.charts(entries, book, weeks_of(rules), said, signs_of)
    made = life(rules, lambda each: fetch_of(entries, book, each), said)
    assert expected == [with_signs(each) for each in made]
    assert all(proof.follows(each) for each in made)


@given(entries=ledgers, book=books, said=rulings)
@settings(SLOW, max_examples=12)
def test_the_whole_path_agrees_with_the_oracle(entries: list[Any], book: dict[str, Any], said: list[Any]) -> None:
    """Rows in a ledger, row rules and sums in the engine, identities, candidates, proof and fold."""
    rules = rules_of(book)
    expected = oracle.charts(entries, book, weeks_of(rules), said, signs_of)
    with TemporaryDirectory() as folder:
        house = a_house(Path(folder))
        deliver(house, ledger_rows(entries))
        made = life(rules, lambda each: lambda k, named: house.candidates(each, k, named), said)
        house.database.dispose()
    assert expected == [with_signs(each) for each in made]


def a_house(folder: Path) -> House:
    """A new house in a folder."""
    new(folder / "house", name="Test house")
    return open_house(folder / "house")
