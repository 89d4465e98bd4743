"""What is asked of all issues is answered from what runs and spells keep, and is what the lines themselves say."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hitparade.house import House, new, open_house
from hitparade.records.lists import Answer, known
from hitparade.records.query import Ask
from mirror_maker import Line, hold

CHART = "xx-many"
FIRST = date(2020, 1, 4)
CREDITS = ("Ann", "Bo", "Cara", "Ann & Bo", "Dex Featuring Ann", "Cara Featuring Bo")


def drawn() -> list[Line]:
    """Return sixty issues of fifteen lines: songs come, leave and come back, some with two prints on one issue."""
    dice = random.Random(7)
    lines: list[Line] = []
    for week in range(60):
        if week in (20, 21):
            continue
        songs = dice.sample(range(week // 2, week // 2 + 18), 14)
        titles = [(f"Song {number}", CREDITS[number % len(CREDITS)]) for number in songs]
        # The same song in another spelling is one song, and both lines stay.
        twice = [(titles[3][0].upper(), titles[3][1])]
        for position, (title, credit) in enumerate([*titles, *twice], 1):
            lines.append((str(FIRST + timedelta(7 * week)), position, title, credit))
    return lines


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> House:
    folder: Path = tmp_path_factory.mktemp("short") / "house"
    new(folder)
    house = open_house(folder)
    hold(house, CHART, drawn(), size=12)
    return house


def line_by_line(house: House, name: str, ask: Ask) -> Answer:
    """Return the answer for all issues since the first, which is read from the lines because a day is named."""
    return house.records.ask(name, replace(ask, first=FIRST))


SHORT = [name for name, record in known().items() if (record.whole or record.first or record.ahead)]


@pytest.mark.parametrize("top", [1, 3, 10, 25])
@pytest.mark.parametrize("name", [*SHORT, "most-weeks-at-one", "most-top-tens", "year-end"])
def test_all_issues_give_what_their_lines_give(held: House, name: str, top: int) -> None:
    short = held.records.ask(name, Ask(chart=CHART, top=top))
    assert short.rows == line_by_line(held, name, Ask(chart=CHART, top=top)).rows
    assert len(short.rows) >= min(top, 1)


@pytest.mark.parametrize("top", [1, 3, 10])
@pytest.mark.parametrize("name", [*SHORT, "year-end"])
def test_they_count_and_rest_on_the_same(held: House, name: str, top: int) -> None:
    short = held.records.ask(name, Ask(chart=CHART, top=top))
    lines = line_by_line(held, name, Ask(chart=CHART, top=top))
    assert (short.more, short.tied, short.places) == (lines.more, lines.tied, lines.places)
    assert (short.rests, short.notes) == (lines.rests, lines.notes)


@pytest.mark.parametrize("role", ["credited", "lead", "featured", "solo"])
def test_entries_at_once_are_counted_in_every_role(held: House, role: str) -> None:
    short = held.records.ask("simultaneous-entries", Ask(chart=CHART, role=role))
    lines = line_by_line(held, "simultaneous-entries", Ask(chart=CHART, role=role))
    assert (short.rows, short.more, short.tied) == (lines.rows, lines.more, lines.tied)


def test_the_climbs_of_a_few_songs_are_all_found(held: House) -> None:
    # One song has fewer climbs than are shown, so that no climb may be left out for being short.
    ask = Ask(chart=CHART, song="Song 12")
    assert held.records.ask("biggest-climb", ask).rows == line_by_line(held, "biggest-climb", ask).rows


def test_what_is_asked_as_of_a_day_counts_only_up_to_it(held: House) -> None:
    early = held.records.ask("biggest-climb", Ask(chart=CHART, as_of=date(2020, 3, 7), top=1))
    late = held.records.ask("biggest-climb", Ask(chart=CHART, top=1))
    assert len(early.rows) + early.more < len(late.rows) + late.more
