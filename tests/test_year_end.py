"""Charts over many issues through the front door: from drafts, editions and the ledger."""

import importlib
import json
from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from hitparade.archive import years
from hitparade.errors import ArchiveError, CompileError, NotInForceError
from hitparade.house import House
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver

MONDAY = date(2016, 1, 4)
BOOK = """
format = 1
id = "two-lines"
title = "Two Lines"
publisher = "nobody"
territory = "GB"
dated_by = "tracking_start"
steps = STEPS

[sources]
made = "made for a test"

[[life]]
begins = 2016-01-10
source = "made"

[size]
values.2016-01-04 = { value = 2, source = "made" }

[week]
values.2016-01-04 = { starts = "monday 00:00", zone = "UTC", source = "made" }

[label]
values.2016-01-04 = { days_after_end = 0, source = "made" }

[units.download]
values.2016-01-04 = { value = 1, source = "made" }

[units.on_demand]
values.2016-01-04 = { value = 2, source = "made" }
values.2016-01-18 = { value = 3, source = "made" }

[ties]
values.2016-01-04 = { order = ["points", "id"], source = "made" }

[year_end]
values.2016-01-04 = { method = "units", source = "made" }

[half_year]
values.2016-01-04 = { method = "units", weeks = "all", size = 3, source = "made" }

[decade]
values.2016-01-04 = { method = "units", weeks = "all", songs = "charted", size = 9, source = "made" }
"""
WEEKS = (
    {"Alpha": (9, 0), "Beta": (5, 6), "Gamma": (7, 0)},
    {"Alpha": (4, 0), "Beta": (6, 0), "Gamma": (3, 4)},
    {"Alpha": (0, 30), "Beta": (9, 3), "Gamma": (8, 0)},
)
"""Downloads and streams by title. A stream is half a unit in weeks 0 and 1, a third in week 2.

Units: week 0 Alpha 9, Beta 8, Gamma 7; week 1 Beta 6, Gamma 5, Alpha 4; week 2 Alpha 10, Beta 10, Gamma 8.
On the chart, of two lines: Alpha and Beta; Beta and Gamma; Alpha and Beta.
"""


def issue(n: int) -> date:
    return MONDAY + timedelta(7 * n + 6)


@pytest.fixture
def stocked(house: House) -> House:
    (house.paths.books / "two-lines.toml").write_text(BOOK.replace("STEPS", "[]"), "utf-8")
    for n, songs in enumerate(WEEKS):
        day = MONDAY + timedelta(7 * n)
        deliver(
            house,
            [
                Row(title, f"{title} Band", day=day, measure=measure, quantity=quantity)
                for title, pair in songs.items()
                for measure, quantity in zip(("download", "on_demand"), pair, strict=True)
                if quantity
            ],
            name=f"week{n}.csv",
        )
    house.compile("two-lines", every=True)
    return house


def lines(house: House, span: str | None = None) -> list[tuple[int, str, int, int]]:
    found = house.year_end("two-lines", span)
    return [(line.position, line.title, line.total, line.weeks) for line in found.lines]


def test_counted_weeks_are_those_on_the_chart(stocked: House) -> None:
    """In sixths of a unit: Alpha 9 + 10 = 19 -> 114, Beta 8 + 6 + 10 = 24 -> 144, Gamma 5 -> 30."""
    assert stocked.year_end("two-lines").per_unit == 6
    assert lines(stocked) == [(1, "Beta", 144, 3), (2, "Alpha", 114, 2), (3, "Gamma", 30, 1)]


def test_all_weeks_are_added_across_the_change_of_the_ratio(stocked: House) -> None:
    """In sixths: Alpha 9 + 4 + 10 = 23 -> 138, Beta 24 -> 144, Gamma 7 + 5 + 8 = 20 -> 120; weeks are on the chart."""
    assert lines(stocked, "2016-1") == [(1, "Beta", 144, 3), (2, "Alpha", 138, 2), (3, "Gamma", 120, 1)]


def test_only_songs_that_charted_may_be_asked_for(stocked: House) -> None:
    """Omega has a download and was never on the chart."""
    day = MONDAY + timedelta(15)
    deliver(stocked, [Row("Omega", "Omega Band", day=day, measure="download", quantity=1)], name="late.csv")
    decade = lines(stocked, "2010s")
    assert [title for _, title, _, _ in decade] == ["Beta", "Alpha", "Gamma"]
    assert [total for _, _, total, _ in decade] == [144, 138, 120]


def test_a_corrected_issue_counts_as_corrected(stocked: House) -> None:
    """Gamma's late 20 downloads of week 0 put it on that chart with 27 units: 27 + 5 = 32 -> 192."""
    for n in range(3):
        stocked.publish("two-lines", issue(n), by="anna")
    deliver(stocked, [Row("Gamma", "Gamma Band", day=MONDAY, measure="download", quantity=20)], name="late.csv")
    assert lines(stocked)[2] == (3, "Gamma", 30, 1)
    stocked.correct("two-lines", issue(0), reason="late file", by="anna")
    assert lines(stocked)[0] == (1, "Gamma", 192, 2)


def test_what_is_missing_is_said(stocked: House) -> None:
    found = stocked.year_end("two-lines")
    assert (found.issues, found.drafts, found.expected) == (3, 3, 51)
    assert found.notes == (
        "not complete: the newest issue of the span here is of 2016-01-24, and 48 issues would follow",
    )
    stocked.publish("two-lines", issue(0), by="anna")
    assert stocked.year_end("two-lines").drafts == 2


def test_a_year_without_issues_and_a_span_without_a_rule_are_refused(stocked: House) -> None:
    with pytest.raises(CompileError, match=r"two-lines 2017: none of its issues, 2017-01-01 to 2017-12-31, is"):
        stocked.year_end("two-lines", "2017")
    with pytest.raises(NotInForceError, match=r"no block \[all_time\]"):
        stocked.year_end("two-lines", "all-time")


def test_the_digest_is_that_of_the_content(stocked: House) -> None:
    one, other = stocked.year_end("two-lines"), stocked.year_end("two-lines", "2016")
    assert one.digest == other.digest
    assert one.digest != stocked.year_end("two-lines", "2016-1").digest


def test_the_command_prints_the_table_and_json(stocked: House) -> None:
    importlib.import_module("hitparade.serve.cli.year_end")
    words = ["-C", str(stocked.paths.root), "year-end", "two-lines"]
    text = CliRunner().invoke(app, words).output
    assert "2016-01-01 to 2016-12-31: 3 of 51 issues, 3 of them drafts" in text
    assert "a total of 6 is one unit" in text
    said = json.loads(CliRunner().invoke(app, [*words, "--json"]).output)
    assert said["table"]["lines"][0]["total"] == 144


def test_all_weeks_cannot_be_had_where_history_weighs_a_song(stocked: House) -> None:
    """A song's weight would depend on the chart, so a sum of what was bought and played has no units."""
    book = stocked.paths.books / "two-lines.toml"
    slower = (
        "\n[accelerated]\nvalues.2016-01-11 = "
        '{ units = { on_demand = 9 }, after_weeks = 9, declines = 3, source = "made" }\n'
    )
    text = book.read_text("utf-8").replace("steps = []", 'steps = ["accelerated"]')
    book.write_text(text + slower, "utf-8")
    said = "two-lines 2016-1: half_year adds all weeks, but since 2016-01-11 accelerated weighs songs by their history"
    with pytest.raises(CompileError, match=said):
        stocked.year_end("two-lines", "2016-1")
    assert stocked.year_end("two-lines").lines


def test_a_song_that_no_week_names_is_looked_for_deeper(stocked: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked for one song a measure first, Gamma is found all the same, because three lines are not proven by that."""
    known = lines(stocked, "2016-1")
    monkeypatch.setattr("hitparade.adding_weeks._FIRST_K", 1)
    assert lines(stocked, "2016-1") == known
    for name in ("Nadir", "Zenith"):
        rows = [Row(name, name, day=MONDAY + timedelta(7 * n), measure="download", quantity=3) for n in range(3)]
        deliver(stocked, rows, name=f"{name}.csv")
    assert [title for _, title, _, _ in lines(stocked, "2016-1")] == ["Beta", "Alpha", "Gamma"]


# Published


def published(house: House) -> House:
    """The three issues are out."""
    for n in range(3):
        house.publish("two-lines", issue(n), by="anna")
    return house


def of_the_doctor(house: House) -> list[str]:
    """What the doctor says of year-ends."""
    report = house.doctor(deep=True)
    return [line for line in (*report.leftovers, *report.missing) if "year-end" in line]


@pytest.mark.parametrize("point", ["year:written", "year:moved", "year:committed"])
def test_a_crash_leaves_the_year_end_out_or_not(stocked: House, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    """Stopped at a commit point, the doctor removes what has no row, and publishing goes on from there."""

    def stop(name: str) -> None:
        if name == point:
            raise KeyboardInterrupt

    published(stocked)
    with monkeypatch.context() as patch:
        patch.setattr("hitparade.storage.commit_point", stop)
        with pytest.raises(KeyboardInterrupt):
            stocked.years.publish("two-lines", "2016", by="anna", so_far=True)
    stocked.doctor()
    assert not of_the_doctor(stocked)
    out = [row.name for row in years.rows(stocked.database)]
    assert out == (["two-lines 2016 ed1"] if point == "year:committed" else [])
    if not out:
        assert stocked.years.publish("two-lines", "2016", by="anna", so_far=True).number == 1


def test_a_year_end_is_sealed_with_what_it_was_added_up_from(stocked: House) -> None:
    row = published(stocked).years.publish("two-lines", "2016", by="anna", so_far=True)
    assert (row.name, row.published_by) == ("two-lines 2016 ed1", "anna")
    folder = stocked.paths.year_ends / "two-lines" / "2016" / "ed1"
    assert sorted(each.name for each in folder.iterdir()) == ["inputs.json.gz", "year-end.csv", "year-end.json"]
    lines = (folder / "year-end.csv").read_text("utf-8").splitlines()
    assert lines[1] == "1,Beta,Beta Band,beta / beta band,144,3,1,1,2016-01-10,2,2016-01-24,6,two-lines,2016,1,"
    said = json.loads((folder / "year-end.json").read_text("utf-8"))
    assert [each["issue_date"] for each in said["editions"]] == ["2016-01-10", "2016-01-17", "2016-01-24"]
    (found,) = stocked.years.verify()
    assert [answer.holds for answer in found.answers] == [True, True, True]
    assert not of_the_doctor(stocked)


def test_all_weeks_are_sealed_with_the_sums_of_the_ledger(stocked: House) -> None:
    """Songs of the half year have their sums in the workings, so they are added up again without a ledger."""
    published(stocked).years.publish("two-lines", "2016-1", by="anna", so_far=True)
    (found,) = stocked.years.verify("two-lines")
    assert [answer.holds for answer in found.answers] == [True, True, True]


def test_only_published_issues_make_a_year_end_and_only_whole_ones_unless_said(stocked: House) -> None:
    with pytest.raises(ArchiveError, match="3 issues of the 3 counted are not published; a year-end is made of"):
        stocked.years.publish("two-lines", "2016", by="anna")
    published(stocked)
    with pytest.raises(ArchiveError, match="3 of its 51 issues are published; --so-far seals what there is"):
        stocked.years.publish("two-lines", "2016", by="anna")


def test_another_edition_needs_a_change_and_a_reason(stocked: House) -> None:
    """After the correction Gamma has 27 + 5 = 32 units, 192 sixths, and Beta keeps 6 + 10 = 16, 96."""
    published(stocked).years.publish("two-lines", "2016", by="anna", so_far=True)
    with pytest.raises(ArchiveError, match="two-lines 2016 ed1: it adds up to the same, so there is nothing to bring"):
        stocked.years.publish("two-lines", "2016", by="anna", so_far=True, reason="again")
    deliver(stocked, [Row("Gamma", "Gamma Band", day=MONDAY, measure="download", quantity=20)], name="late.csv")
    stocked.correct("two-lines", issue(0), reason="late file", by="anna")
    (found,) = stocked.years.verify()
    assert [answer.holds for answer in found.answers] == [True, True, False]
    said = found.answers[2].findings
    assert "Gamma was 3 with 30, and is 1 with 192" in said
    assert said[-1] == "other editions are in force since: two-lines 2016-01-10 ed2"
    with pytest.raises(ArchiveError, match="two-lines 2016 ed1 is out; another edition needs a reason"):
        stocked.years.publish("two-lines", "2016", by="anna", so_far=True)
    row = stocked.years.publish("two-lines", "2016", by="anna", so_far=True, reason="a late file")
    assert row.number == 2
    assert [each.sound for each in stocked.years.verify()] == [True, True]


@pytest.mark.parametrize("name", ["year-end.json", "year-end.csv", "inputs.json.gz"])
def test_one_altered_byte_is_found(stocked: House, name: str) -> None:
    published(stocked).years.publish("two-lines", "2016", by="anna", so_far=True)
    place = stocked.paths.year_ends / "two-lines" / "2016" / "ed1" / name
    place.write_bytes(place.read_bytes().replace(b"Beta", b"Bata") if name != "inputs.json.gz" else b"nothing")
    (found,) = stocked.years.verify()
    assert found.answers[0].holds is False
    assert of_the_doctor(stocked)


def test_a_frozen_chart_keeps_its_year_end(stocked: House) -> None:
    published(stocked).years.publish("two-lines", "2016", by="anna", so_far=True)
    deliver(stocked, [Row("Gamma", "Gamma Band", day=MONDAY, measure="download", quantity=20)], name="late.csv")
    stocked.correct("two-lines", issue(0), reason="late file", by="anna")
    book = stocked.paths.books / "two-lines.toml"
    freeze = '\n[restatement]\nvalues.2016-01-04 = { policy = "freeze", source = "made" }\n'
    book.write_text(book.read_text("utf-8") + freeze, "utf-8")
    with pytest.raises(ArchiveError, match="two-lines 2016 ed1: the book freezes what is published"):
        stocked.years.publish("two-lines", "2016", by="anna", so_far=True, reason="a late file")


def test_the_commands_publish_show_and_verify_a_year_end(stocked: House) -> None:
    published(stocked)
    for name in ("year_end", "verify"):
        importlib.import_module(f"hitparade.serve.cli.{name}")

    def run(*words: str, ok: bool = True) -> str:
        done = CliRunner().invoke(app, ["-C", str(stocked.paths.root), *words])
        assert (done.exit_code == 0) == ok, done.output
        return done.output.replace("\n", " ")

    said = run("year-end", "two-lines", "2016", "--publish", "--by", "anna", "--so-far")
    assert "Published: two-lines 2016 ed1 by anna" in said
    assert "published as two-lines 2016 ed1 by anna" in run("year-end", "two-lines", "2016")
    assert "it adds up to the same today" in run("year-end", "two-lines", "2016")
    assert "4 editions, 4 sound, 0 with a NO" in run("verify")
    assert "1 edition, 1 sound" in run("verify", "--copy", str(stocked.paths.year_ends))
    run("year-end", "two-lines", "2016", "--publish", ok=False)
    run("year-end", "two-lines", "2016", "--by", "anna", ok=False)
