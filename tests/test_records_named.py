"""Named records on a chart that fits on a page: every figure can be counted in ``records_maker``."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hitparade.errors import AmbiguousError, ArchiveError, UsageError
from hitparade.house import House
from hitparade.records.lists import Answer, known
from hitparade.records.query import Ask
from mirror_maker import hold
from records_maker import CHART, lines, listed


@pytest.fixture
def charts(house: House) -> House:
    """A house that holds the small chart."""
    hold(house, CHART, lines(), title="Top Four", territory="XK", size=4)
    return house


def ask(house: House, name: str, **said: Any) -> Answer:  # noqa: ANN401 - the fields of an ask
    return house.records.ask(name, chart=CHART, **said)


def cells(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(str(row[name]) if isinstance(row[name], date) else row[name] for name in columns)
            for row in answer.dicts()]  # fmt: skip


def test_most_weeks_counts_all_runs_of_a_song(charts: House) -> None:
    # Amber is on seven of the eight issues (not 8 Feb), Cedar on all but the last: both have 7 and share the place.
    found = ask(charts, "most-weeks")
    assert cells(found, "title", "weeks") == [
        ("Amber", 7), ("Cedar", 7), ("Birch", 5), ("Dune", 5), ("Ember", 4), ("Fern", 4),
    ]  # fmt: skip
    assert found.places == (1, 1, 3, 3, 5, 5)


def test_as_of_a_day_nothing_later_is_known(charts: House) -> None:
    # Up to 25 January there are four issues: Amber and Cedar on all of them, Birch and Fern on three.
    found = ask(charts, "most-weeks", as_of=date(2020, 1, 31))
    assert cells(found, "title", "weeks")[:4] == [("Amber", 4), ("Cedar", 4), ("Fern", 3), ("Birch", 3)]
    assert found.as_of == date(2020, 1, 31)


def test_a_span_counts_only_the_issues_in_it(charts: House) -> None:
    found = ask(charts, "most-weeks-at-one", first=date(2020, 2, 1), last=date(2020, 2, 29))
    assert cells(found, "title", "weeks") == [("Amber", 2), ("Dune", 1), ("Ember", 1)]


def test_weeks_at_one_in_all_and_in_a_row(charts: House) -> None:
    assert cells(ask(charts, "most-weeks-at-one"), "title", "weeks")[0] == ("Amber", 4)
    in_a_row = ask(charts, "longest-at-one-in-a-row", top=2)
    assert cells(in_a_row, "title", "weeks", "first_issue") == [
        ("Amber", 2, "2020-01-04"),
        ("Amber", 2, "2020-02-15"),
    ]


def test_a_spell_ends_with_a_week_off(charts: House) -> None:
    # Cedar: seven in a row. Amber: five, then two; Birch and Dune were five in a row as well.
    assert cells(ask(charts, "longest-in-a-row", top=2), "title", "weeks") == [
        ("Cedar", 7), ("Amber", 5), ("Birch", 5), ("Dune", 5),
    ]  # fmt: skip


def test_slowest_and_farthest_to_number_one(charts: House) -> None:
    assert cells(ask(charts, "slowest-to-one"), "title", "weeks", "reached") == [
        ("Cedar", 3, "2020-01-18"),
        ("Birch", 3, "2020-01-25"),
        ("Dune", 2, "2020-02-01"),
        ("Ember", 2, "2020-02-08"),
        ("Amber", 1, "2020-01-04"),
    ]
    # Ember was not on the issue before its number one, so it jumped from nowhere and not from 3.
    jumps = ask(charts, "biggest-jump-to-one")
    assert cells(jumps, "title", "last", "position", "moved") == [
        ("Dune", 4, 1, 3),
        ("Birch", 3, 1, 2),
        ("Cedar", 2, 1, 1),
    ]


def test_climbs_and_falls_are_within_two_issues(charts: House) -> None:
    assert cells(ask(charts, "biggest-climb", top=2), "title", "moved") == [("Dune", 3), ("Birch", 2)]
    assert cells(ask(charts, "biggest-fall", top=1), "title", "last", "position") == [("Birch", 1, 3)]


def test_debuts_leave_out_the_first_issue_held(charts: House) -> None:
    assert cells(ask(charts, "debuts"), "title", "position") == [("Birch", 4), ("Dune", 4)]
    assert ask(charts, "debuts-at-one").rows == ()


def test_the_longest_way_back(charts: House) -> None:
    # Ember: off on 11, 18, 25 January and 1 February. Fern: off on 25 January, 1, 8, 15 February. Amber: one week.
    assert cells(ask(charts, "longest-gap-between-runs"), "title", "issues_out", "days") == [
        ("Ember", 4, 35),
        ("Fern", 4, 35),
        ("Amber", 1, 14),
    ]


def test_number_one_in_two_runs(charts: House) -> None:
    found = ask(charts, "number-one-in-two-runs")
    assert cells(found, "title", "issues") == [("Amber", "2020-01-04, 2020-01-11, 2020-02-15, 2020-02-22")]


def test_number_ones_in_order_and_by_decade(charts: House) -> None:
    assert cells(ask(charts, "number-ones"), "title", "weeks") == [
        ("Amber", 4), ("Cedar", 1), ("Birch", 1), ("Dune", 1), ("Ember", 1),
    ]  # fmt: skip
    assert cells(ask(charts, "number-ones-by-decade"), "decade", "songs", "issues", "longest") == [
        ("2020s", 5, 8, "Amber - Ann Lee")
    ]


def test_an_artist_replaces_herself_as_credited_and_not_as_lead(charts: House) -> None:
    # On 1 February Dune (Ann Lee) follows Birch, on which she is featured.
    found = ask(charts, "self-replacements")
    assert cells(found, "artist", "replaced", "with_title", "issue") == [("Ann Lee", "Birch", "Dune", "2020-02-01")]
    assert ask(charts, "self-replacements", role="lead").rows == ()
    assert cells(found, "credited_as") == [(None,)]


def test_a_self_replacement_names_the_alias_it_rests_on(house: House) -> None:
    # Two songs of one man: on 11 January "Ann" follows "Ann Lee", whose other name she is said to be.
    hold(house, CHART, [("2020-01-04", 1, "Amber", "Ann Lee"), ("2020-01-11", 1, "Birch", "Ann")], title="Top Four")
    (house.paths.books / "who").mkdir(parents=True)
    (house.paths.books / "who" / "own.toml").write_text(
        "format = 1\n[[artists]]\nname = 'Ann Lee'\nsource = 's'\naliases = [{ name = 'Ann', source = 's' }]\n", "utf-8"
    )
    found = ask(house, "self-replacements")
    assert cells(found, "artist", "replaced", "with_title", "credited_as") == [("Ann Lee", "Amber", "Birch", "Ann")]
    assert found.sentences[0].startswith('Ann Lee (credited as Ann) followed "Amber" with "Birch" at number one')


def test_a_misspelt_artist_gets_the_nearest_names(charts: House) -> None:
    with pytest.raises(
        ArchiveError, match=r"'An Leee': no artist of that name is credited here; did you mean Ann Lee\?"
    ):
        ask(charts, "top-tens", artist="An Leee")
    with pytest.raises(ArchiveError, match=r"'Zzyzx': no artist of that name is credited here$"):
        ask(charts, "top-tens", artist="Zzyzx")


def test_options_that_would_be_passed_over_are_refused(charts: House) -> None:
    with pytest.raises(UsageError, match="most-weeks reads --role of an artist only; say which with --artist"):
        ask(charts, "most-weeks", role="lead")
    for name in ("calendar", "short-issues", "drop-outs", "issue-moves"):
        with pytest.raises(UsageError, match=f"{name} does not read --artist: it looks at whole issues"):
            ask(charts, name, artist="Ann Lee")


def test_artists_by_number_ones_with_their_roles(charts: House) -> None:
    found = ask(charts, "most-number-ones")
    assert cells(found, "artist", "songs", "as_lead", "as_featured") == [
        ("Ann Lee", 3, 2, 1), ("Bo Finn", 1, 1, 0), ("Cara", 1, 1, 0), ("Dex", 1, 1, 0),
    ]  # fmt: skip
    assert cells(ask(charts, "most-number-ones", role="lead", top=1), "artist", "songs") == [("Ann Lee", 2)]
    assert cells(ask(charts, "most-number-ones", role="solo", top=1), "artist", "songs") == [("Ann Lee", 2)]


def test_the_nth_of_an_artist_as_credited_and_as_lead(charts: House) -> None:
    said: dict[str, Any] = {"artist": "ann lee", "song": "dune", "depth": 1}
    third = ask(charts, "nth-top-ten", **said)
    assert third.facts["nth"] == 3
    assert third.sentences == (
        '"Dune" by Ann Lee became Ann Lee\'s third number one on the Top Four on 1 February 2020.',
    )
    assert cells(third, "nth", "title", "role", "reached") == [
        (1, "Amber", "lead", "2020-01-04"),
        (2, "Birch", "featured", "2020-01-25"),
        (3, "Dune", "lead", "2020-02-01"),
    ]
    assert ask(charts, "nth-top-ten", role="lead", **said).facts["nth"] == 2
    early = ask(charts, "nth-top-ten", as_of=date(2020, 1, 31), **said)
    assert (early.rows, early.notes[0]) == ((), "not among them as of 2020-01-31")


def test_entries_at_once_and_a_whole_top(charts: House) -> None:
    found = ask(charts, "simultaneous-entries", top=2)
    assert cells(found, "artist", "entries", "issue") == [("Ann Lee", 3, "2020-01-25"), ("Ann Lee", 3, "2020-02-01")]
    assert found.dicts()[0]["titles"] == "1 Birch; 3 Amber; 4 Dune"
    assert ask(charts, "whole-top-n", depth=2).rows == ()


def test_what_moved_in_an_issue_and_who_left(charts: House) -> None:
    found = ask(charts, "issue-moves", issue=date(2020, 2, 8))
    assert cells(found, "kind", "title", "last", "position") == [
        ("re-entry", "Ember", None, 1),
        ("biggest fall", "Dune", 1, 2),
        ("biggest fall", "Cedar", 2, 3),
        ("biggest fall", "Birch", 3, 4),
        ("drop-out", "Amber", 4, None),
    ]
    gone = ask(charts, "drop-outs", issue=date(2020, 2, 8))
    assert cells(gone, "title", "position", "weeks", "peak") == [("Amber", 4, 5, 1)]


def test_an_issue_that_is_not_held_is_refused_with_its_neighbours(charts: House) -> None:
    with pytest.raises(ArchiveError, match="no issue of 2020-02-09 here; the nearest are 2020-02-08 and 2020-02-15"):
        ask(charts, "drop-outs", issue=date(2020, 2, 9))


def test_a_run_as_a_line(charts: House) -> None:
    found = ask(charts, "run", song="amber")
    assert found.facts["run"] == "1-1-2-3-4 - (one issue out) - RE 1-1"
    assert [row["mark"] for row in found.dicts()] == ["NEW", "", "", "", "", "RE", ""]


def test_the_peak_in_a_sentence_with_the_ordinals_of_its_artists(charts: House) -> None:
    (said,) = ask(charts, "peak", song="Birch").sentences
    number_ones = "Bo Finn's first number one and Ann Lee's second"
    assert said == f'"Birch" peaked at number one on the Top Four in January 2020, {number_ones}.'


def test_a_year_by_inverse_positions_against_a_published_list(charts: House) -> None:
    # 5 minus position. Amber 4+4+3+2+1+4+4 = 22, Cedar 3+3+4+3+3+2+1 = 19, Dune 1+4+3+2+1 = 11, Ember 2+4+3+2 = 11,
    # Birch 1+2+4+2+1 = 10, Fern 1+2+1+3 = 7; Dune before Ember: both peak at 1 for one week, and Dune has more weeks.
    hold(charts, "xx-four-year-end", listed("2020-12-31", "Amber", "Dune", "Cedar", "Ember", "Fern", "Birch"),
         kind="year-end", title="Top Four of the year")  # fmt: skip
    found = ask(charts, "year-end", against="xx-four-year-end")
    assert cells(found, "position", "title", "points", "published") == [
        (1, "Amber", 22, 1), (2, "Cedar", 19, 3), (3, "Dune", 11, 2), (4, "Ember", 11, 4),
        (5, "Birch", 10, 6), (6, "Fern", 7, 5),
    ]  # fmt: skip
    # Places differ by 0, 1, 1, 0, 1, 1: 1 - 6 x 4 / (6 x 35) = 186/210 = 31/35.
    assert found.facts["spearman"] == "0.8857 over 6 songs (31/35)"
    assert (found.facts["on_both_lists"], found.facts["of_published"]) == (6, 6)
    assert found.method.startswith("inverse positions, 5 minus position, added over eight issues")


def test_a_year_by_a_table_of_points(charts: House) -> None:
    # Ten points for a number one, nothing below: Amber had four, the others one each; Cedar has most weeks of these.
    found = ask(charts, "year-end", table=(10,))
    assert cells(found, "title", "points")[:2] == [("Amber", 40), ("Cedar", 10)]
    assert found.method.startswith("the points 10 from position 1 down")


def test_filters_are_bound_and_only_name_columns(charts: House) -> None:
    found = ask(charts, "", where=("peak<=1", "weeks>4"), order="-weeks")
    assert cells(found, "title", "weeks") == [("Amber", 7), ("Cedar", 7), ("Birch", 5), ("Dune", 5)]
    with pytest.raises(UsageError, match="allowed: a comparison"):
        ask(charts, "", where=("1=1; drop table songs",))
    with pytest.raises(UsageError, match="--order: found 'points'"):
        ask(charts, "", order="points")
    with pytest.raises(UsageError, match="--role: found 'boss'"):
        ask(charts, "", role="boss")
    assert ask(charts, "", where=("title=x' or '1'='1",)).rows == ()


def test_songs_of_an_artist_by_the_safe_form(charts: House) -> None:
    found = ask(charts, "", artist="Ann Lee", order="-first_number_one")
    assert cells(found, "title", "first_number_one") == [
        ("Dune", "2020-02-01"), ("Birch", "2020-01-25"), ("Amber", "2020-01-04"),
    ]  # fmt: skip


def test_proof_names_the_printed_lines(charts: House) -> None:
    said = Ask(chart=CHART, top=1)
    ((lines_),) = charts.records.proof(charts.records.ask("most-weeks-at-one", said), said)
    assert [(str(line.issue), line.position, line.title) for line in lines_] == [
        ("2020-01-04", 1, "Amber"), ("2020-01-11", 1, "Amber"), ("2020-02-15", 1, "Amber"), ("2020-02-22", 1, "Amber"),
    ]  # fmt: skip
    assert all(line.place.startswith("made.csv record") and line.source.startswith("a-") for line in lines_)


def test_proof_of_an_artist_lists_every_title(charts: House) -> None:
    said = Ask(chart=CHART, top=1)
    ((first, second, third),) = charts.records.proof(charts.records.ask("most-number-ones", said), said)
    assert [(one.title, one.role) for one in (first, second, third)] == [
        ("Amber", "lead"), ("Birch", "featured"), ("Dune", "lead"),
    ]  # fmt: skip


def test_songs_of_the_first_issue_held_have_an_unknown_past(charts: House) -> None:
    notes = ask(charts, "most-weeks", top=1).notes
    assert "Amber, Cedar: on the first issue held, 2020-01-04; what came before it is not known here" in notes


def test_a_missing_issue_is_said(house: House) -> None:
    hold(house, CHART, lines(without=("2020-01-18",)), size=4)
    notes = ask(house, "most-weeks", top=1).notes
    assert "no issue is held between 2020-01-11 and 2020-01-25" in notes


def test_a_missing_line_is_said(house: House) -> None:
    hold(house, CHART, [line for line in lines() if line[:2] != ("2020-01-18", 4)], size=4)
    notes = ask(house, "most-weeks-at-one", top=1).notes
    assert "the archive lacks a line in 2020-01-18: positions below the hole stand too high there" in notes
    assert cells(ask(house, "short-issues"), "issue", "lines", "missing") == [("2020-01-18", 3, 1)]


def test_two_songs_of_one_title_are_listed_and_not_merged(house: House) -> None:
    other = [("2020-03-07", 1, "Amber", "Zed"), ("2020-03-07", 2, "Cedar", "Cara")]
    hold(house, CHART, [*lines(), *other], size=4)
    with pytest.raises(AmbiguousError, match="2 songs have that title: Amber - Ann Lee; Amber - Zed"):
        ask(house, "run", song="Amber")
    found = ask(house, "same-title", song="AMBER")
    assert cells(found, "credit", "weeks", "peak") == [("Ann Lee", 7, 1), ("Zed", 1, 1)]
    assert "2 songs have this title; they are not one song" in found.notes
    assert ask(house, "run", song="Amber - Zed").facts["run"] == "1"


def test_a_title_on_several_charts_is_told_by_chart(charts: House) -> None:
    hold(charts, "yy-two", [("2020-01-04", 1, "Cedar", "Cara"), ("2020-01-04", 2, "Amber", "Ann Lee")])
    found = charts.records.ask("same-title", song="amber")
    assert cells(found, "series", "peak", "peak_weeks") == [("xx-four", 1, 4), ("yy-two", 2, 1)]
    assert found.notes == ()


def test_one_song_on_all_charts(charts: House) -> None:
    hold(charts, "yy-two", [("2020-01-04", 1, "Fern", "Cara"), ("2020-01-04", 2, "Amber", "ANN LEE")], territory="YE")
    found = charts.records.ask("charts", song="amber")
    assert cells(found, "territory", "peak") == [("XK", 1), ("YE", 2)]
    assert found.facts["territories"] == 2
    assert charts.records.ask("charts", song="amber", depth=1).facts["territories"] == 1


def test_every_record_is_listed_once_with_a_line_of_its_own() -> None:
    assert len({record.says for record in known().values()}) == len(known())
    assert all(record.columns and (record.sql or record.work) for record in known().values())


def test_a_record_that_needs_more_says_so(charts: House) -> None:
    with pytest.raises(UsageError, match="top-tens needs --artist"):
        ask(charts, "top-tens")
    with pytest.raises(UsageError, match="did you mean most-weeks"):
        ask(charts, "most-week")
    with pytest.raises(ArchiveError, match="no artist of that name is credited here; there are Ann Lee"):
        ask(charts, "top-tens", artist="Lee")


def test_a_house_without_issues_says_how_to_get_some(house: House) -> None:
    with pytest.raises(ArchiveError, match="no issue of any chart is held here"):
        house.records.ask("most-weeks")


def test_awards_held_on_a_day(house: House, tmp_path: Path) -> None:
    # 24 May to 31 August 2016: 7 + 30 + 31 + 31 = 99 days.
    head = "Artist,Title,Certification_Date,Release_Date,Certification_Type\n"
    rows = (
        'ANN LEE,AMBER (FEAT. BO FINN),"August 31, 2016","MAY 24, 2016",Gold\n'
        'ANN LEE,AMBER (FEAT. BO FINN),"November 11, 2016","MAY 24, 2016",Platinum\n'
        'ANN LEE,AMBER (FEAT. BO FINN),"July 21, 2017","MAY 24, 2016",2x Multi-Platinum\n'
    )
    file = tmp_path / "awards.csv"
    file.write_text(head + rows, "utf-8")
    house.archives.import_("xx-awards", file)
    found = house.records.ask("certification", song="Amber", as_of=date(2016, 12, 31))
    assert found.facts == {"held": "Platinum", "since": date(2016, 11, 11)}
    assert cells(found, "level", "days", "on_the_day") == [
        ("Gold", 99, "before"), ("Platinum", 171, "held"),
    ]  # fmt: skip
    assert found.as_of == date(2016, 12, 31)
    assert not any("Multi" in sentence for sentence in found.sentences)
    none = house.records.ask("certification", song="Amber", as_of=date(2016, 8, 30))
    assert (none.rows, none.facts, none.notes) == ((), {"held": None}, ("no award is listed up to 2016-08-30",))
    # The list ends in 2017; of 2020 it can only say what it held then.
    later = house.records.ask("certification", song="Amber", as_of=date(2020, 1, 1))
    assert (later.as_of, later.facts["held"]) == (date(2020, 1, 1), "2x Multi-Platinum")
    assert "the list ends on 2017-07-21; what was awarded after it is not known" in later.notes
