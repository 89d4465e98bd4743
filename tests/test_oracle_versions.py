"""Whatever is received, published and corrected in whatever order, every version is the one that the oracle tells."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle
from hitparade.errors import ArchiveError
from hitparade.house import House, new
from ledger_maker import Row, deliver
from oracle_maker import told
from oracle_versions import Desk, RefusedError
from test_year_end import BOOK, MONDAY, issue

ISSUES = 4
WEEKS = [(MONDAY + timedelta(7 * n), issue(n)) for n in range(ISSUES)]
CHART = "two-lines"
RECURRENT = """
[recurrent]
values.2016-01-04 = { tiers = [{ weeks = 2, below = 1 }], return_within = 1, source = "made" }

[restatement]
values.2016-01-04 = { policy = "FIRST", source = "made" }
values.2016-01-18 = { policy = "THEN", source = "made" }
"""
AS_THE_ORACLE_READS: dict[str, Any] = {
    "territory": "GB", "zone": "UTC", "weekday": 0, "at": "00:00", "steps": ["recurrent"], "size": 2,
    "units": {"download": (1, 1)}, "recurrent": {"tiers": [{"weeks": 2, "below": 1}], "return_within": 1},
    "ties": (["points", "id"], "no"),
}  # fmt: skip
"""Two positions; a song with two weeks leaves below 1, and comes back at 1."""

songs = st.sampled_from(["Alpha", "Beta", "Gamma", "Delta"])
weekly = st.fixed_dictionaries(dict.fromkeys(["Alpha", "Beta", "Gamma", "Delta"], st.integers(0, 6)))
what_happens = st.lists(
    st.fixed_dictionaries(
        {
            "weeks_back": st.integers(0, 2),
            "title": songs,
            "quantity": st.integers(3, 12),
            "then": st.sampled_from(["nothing", "correct", "correct", "internal", "withdraw"]),
            "publish": st.booleans(),
        }
    ),
    min_size=3,
    max_size=5,
)
"""A file comes in late for a published issue, something is done about it, and the next issue may come out."""
policies = st.sampled_from(["freeze", "replace", "replace_and_propagate", "replace_and_propagate"])


def sold(title: str, day: date, quantity: int) -> Row:
    return Row(title, f"{title} Band", day=day, measure="download", quantity=quantity)


def compile_one(rows: list[Any], number: int, memory: dict[str, Any], last: date | None) -> Any:  # noqa: ANN401
    """One issue of the chart by the oracle's rules."""
    known, (first_day, day) = oracle.identities(rows), WEEKS[number]
    weeks_back = [
        oracle.tally(rows, known, AS_THE_ORACLE_READS, *oracle.span(WEEKS, number - back)) for back in range(2)
    ]
    return oracle.one_issue(weeks_back, known, AS_THE_ORACLE_READS, memory, last, first_day, day, [])


class Both:
    """A house and a desk of the oracle, to which the same happens."""

    def __init__(self, house: House, first: str, then: str) -> None:
        self.house, self.files = house, 0
        text = BOOK.replace("STEPS", '["recurrent"]').replace("[year_end]", f"{RECURRENT}\n[year_end]")
        text = text.replace("FIRST", first).replace("THEN", then)
        (house.paths.books / f"{CHART}.toml").write_text(text, "utf-8")
        self.desk = Desk(WEEKS, [first, first, then, then], compile_one)

    def receive(self, rows: list[Row]) -> None:
        """Take in a file."""
        self.files += 1
        deliver(self.house, rows, name=f"{self.files}.csv")
        self.desk.receive([row._asdict() for row in rows])

    def publish(self) -> None:
        """Bring out the next issue, while there is one."""
        number = len(self.desk.versions)
        if number < ISSUES:
            self.desk.publish()
            self.house.compile(CHART, issue_date=issue(number))
            self.house.publish(CHART, issue(number), by="anna")

    def late(self, weeks_back: int, title: str, quantity: int, then: str, *, publish: bool) -> None:
        """Receive a late file for a published issue, do something about it, and perhaps publish the next one."""
        number = max(0, len(self.desk.versions) - 1 - weeks_back)
        self.receive([sold(title, WEEKS[number][0], quantity)])
        if then in {"correct", "internal"}:
            self.correct(number, internal=then == "internal")
        elif then == "withdraw":
            self.withdraw(number)
        if publish:
            self.publish()

    def correct(self, number: int, *, internal: bool) -> None:
        """Bring out an issue again, or be refused by both."""
        ask = partial(self.house.correct, CHART, issue(number), reason="why", by="anna", even_if_same=True)
        try:
            self.desk.correct(number, internal=internal)
        except RefusedError:
            with pytest.raises(ArchiveError, match="freezes what is published"):
                ask(internal=internal)
            return
        ask(internal=internal)

    def withdraw(self, number: int) -> None:
        """Take an issue back and bring it out anew, as a frozen one may be."""
        if not self.desk.basis(number).internal:
            self.desk.withdraw(number)
            self.house.withdraw(CHART, issue(number), reason="wrong", by="anna")
            self.correct(number, internal=False)


def as_the_house_has_it(house: House, number: int) -> list[Any]:
    """Each version of an issue: its number, what it says, whether it is shown, and which one fed its last week."""
    made = []
    for row in house.editions(CHART):
        if row.issue_date == issue(number):
            edition = house.edition(CHART, row.issue_date, row.number)
            assert edition is not None
            fed = edition.said["last_week_from"]
            status = row.internal, row.withdrawn_at is not None
            made.append((row.number, told(edition.compiled), *status, fed and fed["edition"]))
    return made


@given(first=policies, then=policies, start=st.lists(weekly, min_size=ISSUES, max_size=ISSUES), what=what_happens)
@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
def test_every_version_of_every_issue_is_the_oracles(
    first: str, then: str, start: list[dict[str, int]], what: list[Any]
) -> None:
    with TemporaryDirectory() as folder:
        both = Both(new(Path(folder) / "house"), first, then)
        rows = [sold(t, WEEKS[n][0], quantity) for n, week in enumerate(start) for t, quantity in week.items()]
        both.receive([row for row in rows if row.quantity] + [sold("Omega", each, 1) for each, _ in WEEKS])
        both.publish()
        both.publish()
        for each in what:
            both.late(**each)
        for number, versions in enumerate(both.desk.versions):
            expected = [(v.number, v.issue, v.internal, v.withdrawn, v.fed_by) for v in versions]
            assert as_the_house_has_it(both.house, number) == expected, number
        both.house.close()
