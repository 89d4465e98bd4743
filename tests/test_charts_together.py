"""Charts of one house that read each other: received rows in, a chart and the one that goes on with its songs out."""

import importlib
from datetime import date, timedelta
from pathlib import Path

from typer.testing import CliRunner

from hitparade.archive import sealed
from hitparade.compile.proof import follows
from hitparade.house import House
from hitparade.serve.cli.app import app

BOOK = """
format = 1
id = "{id}"
title = "{id}"
publisher = "nobody"
territory = "NZ"
dated_by = "issue_date"
steps = {steps}
life = [{{ begins = 2016-01-09, source = "made for a test" }}]
size.values.2016-01-01 = {{ value = 2, source = "made for a test" }}
week.values.2016-01-01 = {{ starts = "friday 00:00", zone = "Pacific/Auckland", source = "made for a test" }}
label.values.2016-01-01 = {{ days_after_end = 2, source = "made for a test" }}
units.download.values.2016-01-01 = {{ value = 1, source = "made for a test" }}
ties.values.2016-01-01 = {{ order = ["points", "previous_position"], source = "made for a test" }}
{blocks}
"""
MAIN = '[chart_age]\nvalues.2016-02-01 = { months = 1, to = "catalogue", source = "made for a test" }'
CATALOGUE = '[inherits]\nvalues.2016-01-01 = { chart = "main", months = 1, only = true, source = "made for a test" }'
FEEDER = '[elsewhere]\nvalues.2016-01-01 = { charts = [{ chart = "main", when = "ever" }], source = "made for a test" }'
WEEKS = [("One", 9, range(8)), ("Two", 5, range(2, 8)), ("Three", 3, range(8))]
"""Songs, their downloads a week, and the weeks in which they have them."""


def a_house(house: House, folder: Path) -> House:
    house.paths.books.mkdir(exist_ok=True)
    for id_, steps, blocks in (
        ("main", '["chart_age"]', MAIN),
        ("catalogue", '["inherits"]', CATALOGUE),
        ("feeder", '["elsewhere"]', FEEDER),
    ):
        text = BOOK.format(id=id_, steps=steps, blocks=blocks)
        (house.paths.books / f"{id_}.toml").write_text(text, "utf-8")
    rows = ["territory,day,channel,measure,title,artist,quantity"]
    for title, downloads, weeks in WEEKS:
        rows += [f"NZ,{date(2016, 1, 1) + timedelta(7 * n)},shop,download,{title},Ann,{downloads}" for n in weeks]
    file = folder / "rows.csv"
    file.write_text("\n".join([*rows, ""]), "utf-8")
    house.receive([file])
    return house


def test_a_song_leaves_one_chart_and_goes_on_on_the_other_with_its_weeks(house: House, tmp_path: Path) -> None:
    """One and Three are on main from 2016-01-09, so a month ends on 2016-02-09; they leave on 2016-02-13, week 6.

    They have 5 and 2 weeks then (Three was third from the third week on), so these are week 6 and 3 of the runs.
    """
    it = a_house(house, tmp_path)
    found = {
        each.chart.issue_date: [(e.title, e.weeks_on_chart, e.movement) for e in each.chart.entries]
        for each in it.compile("catalogue", every=True)
    }
    assert found[date(2016, 2, 6)] == []
    assert found[date(2016, 2, 13)] == [("One", 6, "new"), ("Three", 3, "new")]
    assert found[date(2016, 2, 20)] == [("One", 7, "="), ("Three", 4, "=")]
    main = {each.chart.issue_date: each.chart for each in it.compile("main", every=True)}
    assert [e.title for e in main[date(2016, 2, 6)].entries] == ["One", "Two"]
    assert [e.title for e in main[date(2016, 2, 13)].entries] == ["Two"]
    assert [(out.title, out.rule) for out in main[date(2016, 2, 13)].drop_outs] == [("One", "chart_age")]


def test_what_has_been_on_the_chart_is_not_on_its_feeder(house: House, tmp_path: Path) -> None:
    """Main has two positions: One and Three at first, so nothing is left below; from week 3 on Two is there as well."""
    made = a_house(house, tmp_path).compile("feeder", every=True)
    assert [len(each.chart.entries) for each in made] == [0] * 8
    assert {out.rule for each in made for out in each.chart.left_out} == {"elsewhere"}


BEGINS = "begins = 2016-01-23"
SPLIT = """
[upstream]
values.2016-01-01 = { charts = ["main"], source = "made for a test" }

[inherits]
values.2016-01-01 = { chart = "main", takes = "all", source = "made for a test" }
"""


def test_a_week_that_both_charts_print_counts_once_and_its_position_there_is_no_peak_here(
    house: House, tmp_path: Path
) -> None:
    """One is first on both in week 1, so it is NEW with 1 week.

    Two comes in week 3, second on both (9 > 5 > 3 downloads): NEW, 1 week, peak 2. With the other chart read after
    its issue they would have 2 weeks. What was sealed with the issue gives the same issue again.
    """
    it = a_house(house, tmp_path)
    text = BOOK.format(id="split", steps='["inherits"]', blocks=SPLIT)
    (house.paths.books / "split.toml").write_text(text, "utf-8")
    made = {each.chart.issue_date: each.chart for each in it.compile("split", every=True)}
    lines = {day: [(e.title, e.movement, e.weeks_on_chart, e.peak) for e in each.entries] for day, each in made.items()}
    assert lines[date(2016, 1, 9)] == [("One", "new", 1, 1), ("Three", "new", 1, 2)]
    assert lines[date(2016, 1, 23)] == [("One", "=", 3, 1), ("Two", "new", 1, 2)]
    kept = it.draft("split", date(2016, 1, 23))
    assert kept is not None
    assert follows(kept)
    assert kept.upstream["main"].before is not None


def test_a_chart_that_takes_only_what_left_is_sealed_as_it_always_was(house: House, tmp_path: Path) -> None:
    it = a_house(house, tmp_path)
    it.compile("catalogue", every=True)
    kept = it.draft("catalogue", date(2016, 2, 13))
    assert kept is not None
    assert "before" not in sealed.to_json(kept)["inputs"]["upstream"]["main"]


def test_a_what_if_without_inheriting_names_the_printed_weeks_that_change(house: House, tmp_path: Path) -> None:
    """Split begins on 2016-01-23, main on 2016-01-09: two earlier weeks come from there.

    One stands first in both versions, with 3 weeks or 1 on its first issue: no position differs. Two, new in that week
    on both charts, is printed alike. One's weeks differ on each of the six issues that it is on (9 > 5 downloads).
    """
    it = a_house(house, tmp_path)
    text = BOOK.format(id="split", steps='["inherits"]', blocks=SPLIT).replace("begins = 2016-01-09", BEGINS)
    (house.paths.books / "split.toml").write_text(text, "utf-8")
    it.compile("split", every=True)
    off = tmp_path / "off.toml"
    off.write_text('off = ["inherits"]\n', "utf-8")
    importlib.import_module("hitparade.serve.cli.what_if")
    words = ["-C", str(house.paths.root), "what-if", "split", "--with", str(off)]
    made = CliRunner().invoke(app, words)
    assert "0 positions would differ, 6 printed last positions, peaks or weeks" in made.output, made.output
    assert "weeks 3 -> 1" in made.output
