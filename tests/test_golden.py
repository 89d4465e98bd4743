"""The ready-made golden cases of the methodologies (section 8.11), by name: each on the oracle and on DuckDB.

Their rows are invented. Most are case files with their arithmetic; two versions of one issue are told here, since a
case compiles and does not publish, and so is the year's list until 1991, of years whose weekly rules no book has.
"""

import re
import tomllib
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import hitparade
import test_certify_cases
from hitparade.casework import compile_case
from hitparade.house import House
from hitparade.rulebook.ask import rules_on
from hitparade.rulebook.books import shipped
from hitparade.rulebook.cases import load_case, run
from hitparade.rulebook.load import make
from ledger_maker import Row, deliver
from oracle_cases import Cases
from oracle_maker import told
from oracle_versions import Desk, Version
from test_oracle_cases import CASES, differences

BOOKS = Path(hitparade.__file__).parent / "books" / "charts"
PROGRAMMES = CASES.parent / "programmes"
GOLDEN = {
    "UK: 9,000 paid and 6,000 free streams are 100 units, and 50 at the accelerated ratio": [
        "gb-singles/tiers-from-2018-06-29", "gb-singles/half-from-week-ten",
    ],
    "US bulk rule: purchases of 4 count 4, of 5 to 9 count 4, of 10 count none": ["us-hot-100/bulk-from-2020-10-09"],
    "UK: declines may begin in week 7, and the accelerated ratio in week 10 at the earliest": [
        "gb-singles/half-from-week-ten", "gb-singles/declines-from-week-seven",
    ],
    "Hot 100 of 2025-10-25: ten titles leave under the tiers, and four stay by logged decisions": [
        "us-hot-100/ten-titles-leave-2025-10-25",
    ],
    "Dutch year list: ties by five keys": ["nl-top-40/year-list-with-five-keys"],
    "NZ: first on the chart of 2021-10-16, off after 18 months with that of 2023-04-22, its weeks kept": [
        "nz-singles/eighteen-months-from-2023-04-22", "nz-catalogue/history-goes-along",
    ],
    "SNEP: a download is 150 streams, seven free ones are one": [
        "fr-singles/streams-from-2014-09-29", "fr-singles/seven-free-for-one-from-2024-07-01",
    ],
    "Switzerland: 161 paid and 1,185 free streams a unit, as exact ratios": ["ch-singles/161-and-1185-from-2023"],
}  # fmt: skip
LADDERS = {
    "BVMI ladder: 300,000 gold, 600,000 platinum, 900,000 triple gold, 1.2 million double platinum": [
        "de-bvmi/ladder-of-2023",
    ],
    "ZPAV ladder in money: 125, 250, 500, 750 and 1,000 thousand": ["pl-zpav/ladder-of-2025"],
    "AMPROFON: a title of 2003 certified in 2021 by the column of 2003": ["mx-amprofon/a-title-of-2003-in-2021"],
    "Norway: the column of 2018 for all titles": ["no-ifpi/new-levels-hold-for-all"],
    "Music Canada: 160 paid and 240 free streams a unit, exactly": ["ca-music-canada/exact-parts"],
}
EACH = [pytest.param(name, id=f"{line}: {name}") for line, names in GOLDEN.items() for name in names]


@pytest.mark.parametrize("name", EACH)
def test_a_golden_case_holds_on_the_oracle_and_on_duckdb(name: str) -> None:
    case = load_case(CASES / f"{name}.toml")
    assert differences(case, shipped()[case.chart]) == []
    assert run(case, partial(compile_case, None)) == ()


@pytest.mark.parametrize(
    "name", [pytest.param(name, id=f"{line}: {name}") for line, names in LADDERS.items() for name in names]
)
def test_a_golden_ladder_holds_on_the_oracle_and_on_duckdb(name: str) -> None:
    test_certify_cases.test_a_case_holds_and_the_oracle_agrees(PROGRAMMES / f"{name}.toml")


def test_swiss_ratios_are_exact_fractions() -> None:
    """A paid stream is 1/161 of a unit and a free one 1/1,185, as whole numbers over a common multiple."""
    rules = rules_on(shipped()["ch-singles"], date(2023, 1, 8))
    for measure, ratio in {"on_demand.premium": 161, "on_demand.ad_funded": 1185, "download": 1}.items():
        assert rules.weights[measure] * ratio == rules.points_per_unit


# Two versions of one issue

WEEKS = [(date(2016, 5, 27), date(2016, 6, 3)), (date(2016, 6, 3), date(2016, 6, 10))]
"""First tracking days and issue dates of two weeks of the British chart."""


def sold(title: str, day: date, quantity: int) -> Row:
    return Row(title, f"{title} Band", day=day, measure="download", quantity=quantity, territory="GB")


def british(rows: list[Any], number: int, memory: dict[str, Any], _last: date | None) -> Any:  # noqa: ANN401
    """One issue of the British chart by the oracle's reading of the shipped book."""
    said = [{**row, "traits": None, "customer": None, "price": None} for row in rows]
    book = tomllib.loads((BOOKS / "gb-singles.toml").read_text("utf-8"))
    return Cases(said, BOOKS).week(book, WEEKS, number, memory, {}, [])


class Newsroom:
    """A house and a desk of the oracle that publish the British chart, to which the same happens."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.desk = Desk(WEEKS, ["replace", "replace"], british)

    def receive(self, name: str, *rows: Row) -> None:
        """Take in a file."""
        deliver(self.house, rows, name=name)
        self.desk.receive([row._asdict() for row in rows])

    def publish(self, number: int) -> None:
        """Bring out an issue."""
        self.house.compile("gb-singles", issue_date=WEEKS[number][1])
        self.house.publish("gb-singles", WEEKS[number][1], by="anna")
        self.desk.publish()

    def rerun(self, why: str, *, internal: bool = False) -> None:
        """Bring out the first issue again."""
        self.house.correct("gb-singles", WEEKS[0][1], reason=why, by="anna", internal=internal)
        self.desk.correct(0, internal=internal)

    def agreed(self, number: int, version: int) -> Version:
        """Return a version as the oracle has it, once the house has the same to the digit."""
        held = self.house.edition("gb-singles", WEEKS[number][1], version)
        assert held is not None
        mine = self.desk.versions[number][version - 1]
        fed = held.said["last_week_from"]
        one = told(held.compiled)
        assert (one, fed and fed["edition"]) == ({key: mine.issue[key] for key in one}, mine.fed_by)
        return mine

    def agreed_on_all(self) -> None:
        """Hold every version, and which one is shown, to the oracle."""
        for number, versions in enumerate(self.desk.versions):
            for version in versions:
                self.agreed(number, version.number)
            shown, mine = self.house.edition("gb-singles", WEEKS[number][1]), self.desk.shown(number)
            assert shown is not None
            assert mine is not None
            assert shown.said["edition"] == mine.number


def lines(version: Version) -> list[tuple[str, int, int | None, int]]:
    """Song, position, last week and peak of each line."""
    return [(key.split(" / ")[0], place, last, peak) for place, key, _, last, _, peak, _, _ in version.issue["entries"]]


def test_uk_rerun_of_26_december_2010(house: House) -> None:
    """Two versions of one week; next week's last week is version 2. The book says so: ``replace``, from that rerun.

    First Alpha 10 and Beta 8. Five late downloads make Beta 13, so version 2 says Beta, Alpha. The week after Beta has
    9 and Alpha 7: Beta stays at 1. Had version 1 fed it, Beta would have come from 2 and Alpha from 1, its peak.
    """
    room, day = Newsroom(house), timedelta(1)
    room.receive("first.csv", sold("Alpha", WEEKS[0][0], 10), sold("Beta", WEEKS[0][0], 8))
    room.publish(0)
    room.receive("late.csv", sold("Beta", WEEKS[0][0] + day, 5))
    room.rerun("a shop was weighted twice")
    room.receive("next.csv", sold("Beta", WEEKS[1][0], 9), sold("Alpha", WEEKS[1][0], 7))
    room.publish(1)
    assert lines(room.agreed(0, 1)) == [("alpha", 1, None, 1), ("beta", 2, None, 2)]
    assert lines(room.agreed(0, 2)) == [("beta", 1, None, 1), ("alpha", 2, None, 2)]
    assert lines(room.agreed(1, 1)) == [("beta", 1, 1, 1), ("alpha", 2, 2, 2)]
    assert room.desk.shown(0) is room.desk.versions[0][1]
    room.agreed_on_all()


def test_uk_december_1994(house: House) -> None:
    """Version 2 is never published, and next week's last week is version 2 all the same (``correct --internal``).

    The same sales as above, but the public goes on seeing Alpha, Beta; next week Beta "stays" at 1 where it was seen
    at 2, with a peak week that nobody saw.
    """
    room, day = Newsroom(house), timedelta(1)
    room.receive("first.csv", sold("Alpha", WEEKS[0][0], 10), sold("Beta", WEEKS[0][0], 8))
    room.publish(0)
    room.receive("late.csv", sold("Beta", WEEKS[0][0] + day, 5))
    room.rerun("a shop was counted twice; not announced", internal=True)
    room.receive("next.csv", sold("Beta", WEEKS[1][0], 9), sold("Alpha", WEEKS[1][0], 7))
    room.publish(1)
    assert room.desk.shown(0) is room.desk.versions[0][0]
    assert lines(room.agreed(0, 1)) == [("alpha", 1, None, 1), ("beta", 2, None, 2)]
    assert lines(room.agreed(1, 1)) == [("beta", 1, 1, 1), ("alpha", 2, 2, 2)]
    assert room.agreed(1, 1).fed_by == 2
    room.agreed_on_all()


# A hundred points for a week at 1, as until 1991

EARLY = {
    "covered_from = 2014-01-04": "covered_from = 1990-01-06",
    "values.2013-12-16": "values.1989-12-18",
    "values.2014-01-04": "values.1990-01-06",
}
"""No book has the weekly rules of 1990. These are those of 2014, put earlier; the terms of year lists stay."""
INVERSE = """
chart = "us-hot-100"
title = "A hundred points for a week at 1, one for a week at 100: the list of 1990"
why = '''
Positions of Early: 1, 1, 3: 100 + 100 + 98 = 298. Steady: 2, 2, 2: 3 x 99 = 297. Late: 3, 3, 1: 98 + 98 + 100 = 296.
By units it would be the other way round: Late sold 10,006, Steady 27, Early 26. The issue of 1990-12-08 is of 1991.
'''
entries = [
    { day = 1990-11-01, title = "Early", artist = "Ann Vale", quantity = 6 },
    { day = 1990-10-18, title = "Early", artist = "Ann Vale", quantity = 10 },
    { day = 1990-10-25, title = "Early", artist = "Ann Vale", quantity = 10 },
    { day = 1990-10-18, title = "Steady", artist = "The Kites", quantity = 9, weeks = 3 },
    { day = 1990-10-18, title = "Late", artist = "Mo", quantity = 3, weeks = 2 },
    { day = 1990-11-01, title = "Late", artist = "Mo", quantity = 10000 },
    { day = 1990-11-22, title = "Too late", artist = "Bo", quantity = 5 },
]

[each]
channel = "shop-a"
measure = "download"

[[expected]]
issue = 1990-11-17
lines = [{ position = 1, title = "Late" }, { position = 2, title = "Steady" }, { position = 3, title = "Early" }]

[[expected]]
issue = 1990-12-08
lines = [{ position = 1, title = "Too late" }]
"""


def early_book(folder: Path) -> str:
    """The shipped book with the weekly rules of 2014 put earlier, in a folder of books; its place."""
    head, block, tail = (BOOKS / "us-hot-100.toml").read_text("utf-8").partition("[year_end]")
    for then, earlier in EARLY.items():
        assert then in head, then
        head = head.replace(then, earlier)
    place = folder / "books" / "us-hot-100.toml"
    place.parent.mkdir()
    place.write_text(head + block + tail, "utf-8")
    return str(place)


LISTS = {
    "1990": "by positions: Early 298, Steady 297, Late 296",
    "1991": "by positions: Early 298, Steady 297, Late 296",
    "1992": "by what was sold: Late 10006, Steady 27, Early 26",
}


@pytest.mark.parametrize("year", LISTS)
def test_billboard_before_1992_a_hundred_to_one(tmp_path: Path, year: str) -> None:
    """Lists up to 1991 add inverse positions, that of 1992 what was counted: the shipped terms, on both readings.

    The same sales 52 or 104 weeks later are those of 1991 and 1992.
    """
    text, how = INVERSE, LISTS[year]
    for day in set(re.findall(r"1990-\d\d-\d\d", text)):
        text = text.replace(day, str(date.fromisoformat(day) + timedelta(364 * (int(year) - 1990))))
    place = early_book(tmp_path)
    book, complaints = make(tomllib.loads(Path(place).read_text("utf-8")), place)
    assert book is not None, complaints
    text += f'[[year]]\nspan = "{year}"\nlines = [\n'
    for n, (title, total) in enumerate(re.findall(r"(\w+) (\d+)", how), 1):
        told_too = f", total = {total}" if "positions" in how else ""  # a unit is not one point
        text += f'    {{ position = {n}, title = "{title}"{told_too} }},\n'
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "early.toml").write_text(f"{text}]\n", "utf-8")
    case = load_case(tmp_path / "case" / "early.toml")
    assert differences(case, book) == []
    assert run(case, partial(compile_case, Path(place).parent)) == ()
