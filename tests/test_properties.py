"""Nothing but the rows decides a chart: not their order, not the files they came in, not threads, not K."""

import random
from pathlib import Path

import pytest

from hitparade import config
from hitparade.archive.sealed import to_json
from hitparade.chart import ChartState
from hitparade.compile.decision import Decision
from hitparade.compile.proof import compile_issue
from hitparade.digest import digest_of
from hitparade.house import House, new, open_house
from hitparade.rulebook.rules import Rules
from ledger_maker import Row, deliver
from oracle_maker import CHANGE, FIRST, WEEKS, rules_of

BOOK = {
    "territory": "GB",
    "zone": "Europe/London",
    "weekday": 4,
    "at": "06:00",
    "steps": ["release_age", "recurrent", "artist_cap"],
    "size": [(FIRST, 10)],
    "units": {"download": [(FIRST, (1, 1))], "on_demand.premium": [(FIRST, (5, 2)), (CHANGE, (3, 1))]},
    "minimum_play": {"on_demand.*": [(FIRST, 30_000)]},
    "cap": {"on_demand.*": [(FIRST, 3)]},
    "repeats": [(FIRST, "once")],
    "panel": [(FIRST, {"A": 1, "B": 2})],
    "release_age": [(FIRST, {"years": 2})],
    "recurrent": [(FIRST, {"tiers": [{"weeks": 2, "below": 5}], "passes": "fixpoint"})],
    "artist_cap": [(FIRST, {"entries": 2})],
    "ties": [(FIRST, (["points", "gain", "previous_position"], "competition"))],
}
"""Every rule kind at once, with a week that begins at six and a clock that changes inside."""


def rows() -> list[Row]:
    """Four thousand rows of sixty songs in three spellings, drawn once and for all."""
    from datetime import date, datetime, timedelta

    dice = random.Random(20160311)
    made = []
    for _ in range(4000):
        n = int(dice.paretovariate(0.7)) % 60
        minute = dice.randrange(7 * WEEKS * 24 * 60)
        made.append(
            Row(
                title=(f"Song {n}", f"SONG {n}!", f"Song {n}")[dice.randrange(3)],
                artist=f"Artist {n % 17}" + (" feat. Guest" if n % 5 == 0 else ""),
                isrc=f"GBAAA16{n:05}" if dice.random() < 0.5 else "",
                at=datetime(2016, 3, 11) + timedelta(minutes=minute // 30 * 30),
                channel=dice.choice("ABC"),
                measure=dice.choice(["download", "on_demand.premium"]),
                quantity=dice.randrange(1, 4),
                ms_played=dice.choice([None, 20_000, 200_000]),
                consumer=dice.choice([None, *(letter * 16 for letter in "abcdef")]),
                released=date(2014, 1, 1) if n % 13 == 0 else None,
            )
        )
    return made


def digests(house: House, rules: list[Rules]) -> list[str]:
    """The digests of a chart's life: charts with all their inputs."""
    state, made = ChartState(), []
    ruling = Decision("d-1", FIRST, CHANGE, "song 3 / artist 3", "fraud", "exclude", "why")
    for each in rules:
        compiled = compile_issue(lambda k, named, each=each: house.candidates(each, k, named), state, [ruling], each)  # type: ignore[misc]
        made.append(digest_of(to_json(compiled)))
        state = compiled.state_out
    return made


@pytest.fixture(scope="module")
def rules() -> list[Rules]:
    return rules_of(BOOK)


@pytest.fixture(scope="module")
def expected(rules: list[Rules], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The digests when all rows come in one file, in order."""
    house = a_house(tmp_path_factory.mktemp("one"))
    deliver(house, rows())
    made = digests(house, rules)
    house.database.dispose()
    assert len(set(made)) == WEEKS
    return made


def a_house(folder: Path, threads: int = 2) -> House:
    new(folder / "house", name="Test house")
    place = folder / "house" / "house.toml"
    text = place.read_text("utf-8")
    place.write_text(text.replace("threads = 0", f"threads = {threads}"), "utf-8")
    assert config.read(place).threads == threads
    return open_house(folder / "house")


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_rows_give_the_same_charts(seed: int, rules: list[Rules], expected: list[str], tmp_path: Path) -> None:
    house, shuffled = a_house(tmp_path), rows()
    random.Random(seed).shuffle(shuffled)
    deliver(house, shuffled)
    assert digests(house, rules) == expected


@pytest.mark.parametrize("backwards", [False, True])
def test_rows_split_into_files_in_any_order_give_the_same_charts(
    backwards: object, rules: list[Rules], expected: list[str], tmp_path: Path
) -> None:
    house, parts = a_house(tmp_path), rows()
    for n in reversed(range(5)) if backwards else range(5):
        deliver(house, parts[n::5], name=f"part{n}.csv")
    assert digests(house, rules) == expected


@pytest.mark.parametrize("threads", [1, 4])
def test_any_number_of_threads_gives_the_same_charts(
    threads: int, rules: list[Rules], expected: list[str], tmp_path: Path
) -> None:
    house = a_house(tmp_path, threads)
    deliver(house, rows())
    assert digests(house, rules) == expected


def test_a_rule_added_later_leaves_earlier_issues_as_they_were(
    rules: list[Rules], expected: list[str], tmp_path: Path
) -> None:
    """A cap of one song an artist from the third week on: the first two issues keep their digests."""
    house = a_house(tmp_path)
    deliver(house, rows())
    changed = rules_of({**BOOK, "artist_cap": [(FIRST, {"entries": 2}), (CHANGE, {"entries": 1})]})
    made = digests(house, changed)
    assert made[:2] == expected[:2]
    assert made[2] != expected[2]
