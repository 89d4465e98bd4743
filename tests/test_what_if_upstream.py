"""What-ifs that reach the charts that a chart reads: those are folded again as well, or said to be as published.

Every week Alpha has 9 downloads, Beta 8, Gamma 7 and Delta 1. ``first`` has one position, and two from 18 January
on; ``waiting`` has two for songs that are not on ``first``; ``lobby`` has two for songs on neither.

    week          first           waiting         lobby
    0 and 1       Alpha           Beta, Gamma     Delta
    2             Alpha, Beta     Gamma, Delta    nobody

With two positions of ``first`` all along, weeks 0 and 1 are as week 2 is, though no rule of ``waiting`` or ``lobby``
differs.
"""

import importlib
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete
from typer.testing import CliRunner

from hitparade import database as db
from hitparade.errors import BookError
from hitparade.house import House
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver
from test_year_end import BOOK

MONDAY = date(2016, 1, 4)
PLAYS = {"Alpha": 9, "Beta": 8, "Gamma": 7, "Delta": 1}
TWO = '{ value = 2, source = "made" }'
TWO_ALL_ALONG = "[charts.first.size]\nevery = { value = 2 }\n"


def issue(n: int) -> date:
    return MONDAY + timedelta(7 * n + 6)


def add_book(house: House, name: str, reads: tuple[str, ...] = (), size: str = f"values.2016-01-04 = {TWO}") -> None:
    """A chart of all downloads; with ``reads`` only of songs that are on none of those charts."""
    charts = ", ".join(f'{{ chart = "{each}", when = "on" }}' for each in reads)
    block = f'\n[elsewhere]\nvalues.2016-01-04 = {{ charts = [{charts}], source = "made" }}\n' if reads else ""
    text = (
        BOOK.partition("[year_end]")[0].replace("two-lines", name).replace("STEPS", '["elsewhere"]' if reads else "[]")
    )
    house.paths.books.joinpath(f"{name}.toml").write_text(
        text.replace(f"values.2016-01-04 = {TWO}", size, 1) + block, "utf-8"
    )


@pytest.fixture
def stocked(house: House) -> House:
    """A house with three weeks of the three charts, drafted."""
    add_book(house, "first", size=f'values.2016-01-04 = {{ value = 1, source = "made" }}\nvalues.2016-01-18 = {TWO}')
    add_book(house, "waiting", ("first",))
    add_book(house, "lobby", ("first", "waiting"))
    for n in range(3):
        day = MONDAY + timedelta(7 * n)
        rows = [Row(title, f"{title} Band", day=day, measure="download", quantity=m) for title, m in PLAYS.items()]
        deliver(house, rows, name=f"week{n}.csv")
    house.compile("lobby", every=True)
    return house


def laid(house: House, text: str) -> Path:
    path = house.paths.root / "what-if.toml"
    path.write_text(text, "utf-8")
    return path


def titles(found: object, side: str = "after") -> list[list[str]]:
    """The songs of each week of a supposition."""
    return [[entry.title for entry in getattr(week, side).entries] for week in found.weeks]  # type: ignore[attr-defined]


def test_a_file_that_speaks_of_the_chart_that_is_read_changes_its_reader(stocked: House) -> None:
    found = stocked.what_if("waiting", file=laid(stocked, TWO_ALL_ALONG))
    assert titles(found, "before") == [["Beta", "Gamma"], ["Beta", "Gamma"], ["Gamma", "Delta"]]
    assert titles(found) == [["Gamma", "Delta"]] * 3
    assert [week.unproved for week in found.weeks] == ["", "", ""]
    (read,) = found.upstream
    assert (read.chart, read.why, read.days, read.changed) == ("first", "", (issue(0), issue(1), issue(2)), 2)


def test_the_rules_of_a_day_hold_for_the_chart_that_is_read_as_well(stocked: House) -> None:
    """The rules of waiting have never changed; those of first on 1 February give it two positions."""
    found = stocked.what_if("waiting", rules_of=date(2016, 2, 1))
    assert titles(found) == [["Gamma", "Delta"]] * 3
    assert [(read.chart, read.why, read.changed) for read in found.upstream] == [("first", "", 2)]


def test_a_chart_that_the_file_does_not_speak_of_is_taken_as_published_and_that_is_said(stocked: House) -> None:
    """With one position instead of two, waiting loses the second song of each week, and first stays."""
    found = stocked.what_if("waiting", file=laid(stocked, "[size]\nevery = { value = 1 }\n"))
    assert titles(found) == [["Beta"], ["Beta"], ["Gamma"]]
    assert [(read.chart, read.why, read.days) for read in found.upstream] == [
        ("first", "the what-if does not speak of it", ())
    ]


def test_what_is_read_by_a_chart_that_is_read_reaches_through(stocked: House) -> None:
    """Delta is on waiting once first has Alpha and Beta, so that lobby has nobody. The file names first only."""
    found = stocked.what_if("lobby", file=laid(stocked, TWO_ALL_ALONG))
    assert titles(found, "before") == [["Delta"], ["Delta"], []]
    assert titles(found) == [[], [], []]
    assert [(read.chart, read.why, read.changed) for read in found.upstream] == [("first", "", 2), ("waiting", "", 2)]


def test_a_stretch_begins_with_the_issue_that_its_first_one_read(stocked: House) -> None:
    found = stocked.what_if("waiting", issue(1), issue(1), file=laid(stocked, TWO_ALL_ALONG))
    assert titles(found) == [["Gamma", "Delta"]]
    assert [read.days for read in found.upstream] == [(issue(1),)]


def test_weeks_are_named_whose_other_chart_is_not_proved(stocked: House) -> None:
    """A panel is a rule on rows, which the sums sealed with first do not know. Totals do: nobody is on that panel.

    First has no song then, and waiting Alpha and Beta.
    """
    panel = laid(stocked, '[charts.first.panel]\nvalues.2016-01-04 = { channels = ["elsewhere"] }\n')
    found = stocked.what_if("waiting", file=panel)
    why = "rows count otherwise (panel); that needs totals"
    assert [week.unproved for week in found.weeks] == [f"first {issue(n)} is not proved: {why}" for n in range(3)]
    assert found.upstream[0].unproved == tuple((issue(n), why) for n in range(3))
    found = stocked.what_if("waiting", file=panel, totals=True)
    assert [week.unproved for week in found.weeks] == ["", "", ""]
    assert titles(found) == [["Alpha", "Beta"]] * 3


def test_an_issue_of_the_other_chart_that_is_gone_is_read_as_it_was_sealed_and_that_is_said(stocked: House) -> None:
    with db.writing(stocked.database) as transaction:
        table = db.drafts
        gone = (table.c.chart == "first") & (table.c.issue_date == issue(0).isoformat())
        transaction.execute(delete(table).where(gone))
    found = stocked.what_if("waiting", file=laid(stocked, TWO_ALL_ALONG))
    assert titles(found) == [["Beta", "Gamma"], ["Gamma", "Delta"], ["Gamma", "Delta"]]
    assert [week.unproved for week in found.weeks] == [
        f"first {issue(0)} is not here to be folded again, so it is read as it was sealed", "", ""
    ]  # fmt: skip


def test_a_chart_that_only_the_other_rules_read_is_taken_from_the_house(stocked: House) -> None:
    """Plain reads nobody: Alpha and Beta. Without songs of first it has Beta and Gamma, then Gamma and Delta."""
    add_book(stocked, "plain")
    stocked.compile("plain", every=True)
    reads = 'charts = [{ chart = "first", when = "on" }]'
    text = f'steps = ["elsewhere"]\n[elsewhere]\nvalues.2016-01-04 = {{ {reads} }}\n'
    found = stocked.what_if("plain", file=laid(stocked, text))
    assert titles(found, "before") == [["Alpha", "Beta"]] * 3
    assert titles(found) == [["Beta", "Gamma"], ["Beta", "Gamma"], ["Gamma", "Delta"]]
    assert [week.unproved for week in found.weeks] == ["", "", ""]


def test_a_file_that_speaks_of_a_chart_that_is_not_read_is_refused(stocked: House) -> None:
    file = laid(stocked, "[charts.lobby.size]\nevery = { value = 1 }\n")
    wanted = f'{file}, charts: found "lobby"; allowed: charts that waiting reads: first'
    for ask in (lambda: stocked.what_if("waiting", file=file), lambda: stocked.compile("waiting", what_if=file)):
        with pytest.raises(BookError) as error:
            ask()
        assert str(error.value) == wanted


def test_mistakes_in_what_is_said_of_another_chart_are_named_with_it(stocked: House) -> None:
    file = laid(stocked, "[charts.first.sise]\nevery = { value = 1 }\n")
    with pytest.raises(BookError, match=r"what-if.toml, charts.first: .*sise"):
        stocked.what_if("waiting", file=file)
    file = laid(stocked, "[charts]\nfirst = 2\n")
    with pytest.raises(BookError) as error:
        stocked.what_if("waiting", file=file)
    allowed = "a table of rules for each chart, such as [charts.us-radio-songs.size]"
    assert str(error.value) == f"{file}, charts: found 2; allowed: {allowed}"
    file = laid(stocked, "[charts.first.charts.lobby.size]\nevery = { value = 1 }\n")
    with pytest.raises(BookError) as error:
        stocked.what_if("waiting", file=file)
    assert str(error.value) == f"{file}, charts.first: found charts; allowed: [charts.ID] at the beginning only"


# Compiling under a what-if.


def test_compiling_under_the_same_file_gives_the_same_and_keeps_nothing(stocked: House) -> None:
    file, kept = laid(stocked, TWO_ALL_ALONG), {row.digest for row in stocked.drafts()}
    for chart in ("waiting", "lobby"):
        made = stocked.compile(chart, every=True, what_if=file)
        supposed = stocked.what_if(chart, file=file)
        assert [[entry.title for entry in each.chart.entries] for each in made] == titles(supposed)
    (_of_coverage, *said) = made[0].chart.notes
    assert tuple(said) == (
        "first, which it reads, is compiled under the what-if too",
        "waiting, which it reads, is compiled under the what-if too",
    )
    assert {row.digest for row in stocked.drafts()} == kept


def test_compiling_reads_a_chart_that_the_file_does_not_speak_of_as_it_stands(stocked: House) -> None:
    made = stocked.compile("waiting", every=True, what_if=laid(stocked, "[size]\nevery = { value = 1 }\n"))
    assert [[entry.title for entry in each.chart.entries] for each in made] == [["Beta"], ["Beta"], ["Gamma"]]
    assert not any("what-if" in note for each in made for note in each.chart.notes)


# The command line.


def run(house: House, *words: str) -> str:
    importlib.import_module("hitparade.serve.cli.what_if")
    made = CliRunner().invoke(app, ["-C", str(house.paths.root), *words])
    assert made.exception is None, made.output
    return made.output


def test_the_command_says_which_charts_were_folded_again_and_which_taken_as_published(stocked: House) -> None:
    text = run(stocked, "what-if", "waiting", "--rules-of", "2016-02-01")
    assert "compared by positions; weeks and peaks are those within these issues" in text
    assert "first, which is read: folded again as well, 3 issues, 2016-01-10 to 2016-01-24; 2 would differ" in text
    file = laid(stocked, "[size]\nevery = { value = 1 }\n")
    text = run(stocked, "what-if", "waiting", "--with", str(file))
    assert "first, which is read: taken as published (the what-if does not speak of it)" in text
    said = json.loads(run(stocked, "what-if", "waiting", "--rules-of", "2016-02-01", "--json"))
    assert [(each["chart"], each["why"], each["changed"]) for each in said["upstream"]] == [("first", "", 2)]
