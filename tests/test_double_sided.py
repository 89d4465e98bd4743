"""A disc with two sides that chart as one line: what is sold and what is streamed of either side, on both readings."""

from datetime import timedelta
from typing import Any

import oracle
import oracle_signs
from hitparade.house import House
from ledger_maker import Row, deliver
from oracle_maker import told
from test_year_end import BOOK, MONDAY, issue

SIDES = """
[versions]
values.2016-01-11 = { songs = [{ song = "DISC", versions = ["SIDE A", "SIDE B"] }], source = "made" }

[ties]"""
NAMES = {"DISC": "alpha beta / the sides", "SIDE A": "alpha / the sides", "SIDE B": "beta / the sides"}
TOGETHER = {NAMES["DISC"]: [NAMES["SIDE A"], NAMES["SIDE B"]]}
RULES: dict[str, Any] = {
    "territory": "GB", "zone": "UTC", "weekday": 0, "at": "00:00", "steps": [], "size": 2,
    "units": {"download": (1, 1), "on_demand": (2, 1)}, "ties": (["points", "id"], "no"),
}  # fmt: skip


def week(n: int) -> list[Row]:
    """The disc sells 10, its sides are streamed 6 and 4 times; another song sells 12. Two streams make a unit."""
    day = MONDAY + timedelta(7 * n)
    return [
        Row("Alpha / Beta", "The Sides", day=day, measure="download", quantity=10),
        Row("Alpha", "The Sides", day=day, measure="on_demand", quantity=6),
        Row("Beta", "The Sides", day=day, measure="on_demand", quantity=4),
        Row("Other", "Mo", day=day, measure="download", quantity=12),
    ]


def test_both_sides_and_the_disc_are_one_line_from_a_day_on(house: House) -> None:
    """Week 0, each by itself: Other 12, the disc 10. Week 1, together: 10 + 6/2 + 4/2 = 15, above Other's 12.

    The disc was at 2 and goes on in its second week; its sides are no lines any more.
    """
    book = BOOK.replace("STEPS", "[]").replace("[ties]", SIDES, 1)
    for word, key in NAMES.items():
        book = book.replace(word, key)
    (house.paths.books / "two-lines.toml").write_text(book, "utf-8")
    rows = [*week(0), *week(1)]
    deliver(house, rows)
    house.compile("two-lines", every=True)
    one, two = (made for n in range(2) if (made := house.draft("two-lines", issue(n))))
    lines = [
        [(e.title, e.position, e.previous_position, e.weeks_on_chart) for e in made.chart.entries]
        for made in (one, two)
    ]
    assert lines[0] == [("Other", 1, None, 1), ("Alpha / Beta", 2, None, 1)]
    assert lines[1] == [("Alpha / Beta", 1, 2, 2), ("Other", 2, 1, 2)]
    said = [row._asdict() for row in rows]
    songs, memory = oracle.identities(said), {}  # type: ignore[var-annotated]
    for n, made in enumerate((one, two)):
        first, last = MONDAY + timedelta(7 * n), issue(n - 1) if n else None
        sums = [oracle.tally(said, songs, RULES, day, day + timedelta(7)) for day in (first, first - timedelta(7))]
        together = [oracle_signs.in_one(each, TOGETHER if n else {}) for each in sums]
        assert told(made) == oracle.one_issue(together, songs, RULES, memory, last, first, issue(n), [])
