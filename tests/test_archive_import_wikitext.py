"""Tables as encyclopedias write them become lines: spans, references, templates and links as a reader sees them."""

from pathlib import Path

import pytest

import archive_files as files
from hitparade.archive.formats.wikicell import plain, unquoted
from hitparade.errors import ArchiveError
from hitparade.house import House

SERIES = "my-archive"

NUMBER_ONES = """
'''List of number-one singles of 2016'''
== Chart history ==
{| class="wikitable plainrowheaders"
|+ Number ones of {{nowrap|2016}}
! No. !! Issue date !! Song !! Artist(s) !! Ref.
|-
| rowspan="2" | 1 || January 2 || rowspan=2 | "[[Alpha (song)|Alpha]]"{{dagger}} || rowspan="2" | [[Ann]]
| <ref>x</ref>
|-
| {{dts|2016|January|9}} || <ref name="y" />
|-
| 2 || 16 January || {{sort|Beta|"Beta {{'}}n Go"}} || [[Bob (singer)|Bob]] featuring [[Cleo]]<br />&amp; Dora ||
|-
| colspan="5" | No chart was published
|-
! No. !! Issue date !! Song !! Artist(s) !! Ref.
|-
| 3 || January 30, 2016 || "Gamma" / "Delta" || {{sortname|Eva|Fay}} ||
|}
{| class="wikitable"
! Key
|-
| {{dagger}} best of the year
|}
"""

YEAR_END = """
== 2013 ==
{| class="wikitable sortable"
! № !! Title !! Artist(s)
|-
! scope="row" | 1
| "[[Alpha]]" || {{sortname|Ann|Ant}} ''featuring'' [[Bob]]
|-
! scope="row" | 2
| "Beta" || [[Cleo]]
|}
== 2014 ==
{| class=wikitable
! Rank !! Artist !! Song
|-
| 1 || Dora || Gamma
|}
"""


def rows(house: House) -> list[tuple[str, int, str, str]]:
    columns = ("position", "title", "credit")
    return [
        (str(row["issue"]), *(row[name] for name in columns))  # type: ignore[misc]
        for row in house.archives.lines(SERIES).to_pylist()
    ]


def test_a_list_of_number_ones(house: House, tmp_path: Path) -> None:
    """Five rows below the header, one of them a remark; the header that comes again is no row."""
    made = house.archives.import_(SERIES, files.text(tmp_path, "list.wiki", NUMBER_ONES))
    assert (made.format, made.kind, made.received, made.accepted, made.rejected) == ("wikitext", "chart", 5, 4, 1)
    assert rows(house) == [
        ("2016-01-02", 1, "Alpha", "Ann"),
        ("2016-01-09", 1, "Alpha", "Ann"),
        ("2016-01-16", 1, "Beta 'n Go", "Bob featuring Cleo & Dora"),
        ("2016-01-30", 1, "Gamma / Delta", "Eva Fay"),
    ]
    found = [(each.place, each.reason, each.found) for each in house.archives.problems(SERIES)]
    assert found == [
        ("list.wiki", "table-left-out", "1 tables"),
        ("list.wiki", "number-one-list", "table 1"),
        ("list.wiki table 1 row 4", "row-of-one-cell", "No chart was published"),
    ]
    assert house.archives.lines(SERIES).column("place")[3].as_py() == "list.wiki table 1 row 5"


def test_year_end_lists_take_their_year_from_the_heading_above(house: House, tmp_path: Path) -> None:
    made = house.archives.import_(SERIES, files.text(tmp_path, "lists.wiki", YEAR_END))
    assert (made.kind, made.issues) == ("year-end", 2)
    assert rows(house) == [
        ("2013-12-31", 1, "Alpha", "Ann Ant featuring Bob"),
        ("2013-12-31", 2, "Beta", "Cleo"),
        ("2014-12-31", 1, "Gamma", "Dora"),
    ]


def test_weeks_that_are_not_spelled_out_are_not_invented(house: House, tmp_path: Path) -> None:
    """Three weeks at number one in one row are one issue here, and a note says so."""
    content = (
        "{| class=wikitable\n|+ Number-one singles of the 2010s\n"
        "! Artist !! Single !! Week ending date !! Weeks at number one\n"
        "|-\n| Ann || Alpha || 2 January 2016 || 3\n|-\n| Bob || Beta || 23 January 2016 || 1\n|}\n"
    )
    house.archives.import_(SERIES, files.text(tmp_path, "a.wiki", content))
    assert [each[0] for each in rows(house)] == ["2016-01-02", "2016-01-23"]
    assert [each.reason for each in house.archives.problems(SERIES)] == ["number-one-list", "weeks-not-spelled-out"]
    assert house.archives.lines(SERIES).column("weeks").to_pylist() == [None, None]


def test_a_table_that_says_neither_position_nor_number_one_is_refused(house: House, tmp_path: Path) -> None:
    content = "{| class=wikitable\n! Date !! Song !! Artist\n|-\n| 2 January 2016 || Alpha || Ann\n|}\n"
    with pytest.raises(ArchiveError, match=r"a\.wiki table 1: no column says the position"):
        house.archives.import_(SERIES, files.text(tmp_path, "a.wiki", content))


def test_a_year_end_table_without_a_year_is_refused(house: House, tmp_path: Path) -> None:
    content = "{| class=wikitable\n! No. !! Song !! Artist\n|-\n| 1 || Alpha || Ann\n|}\n"
    with pytest.raises(ArchiveError, match="says its one year"):
        house.archives.import_(SERIES, files.text(tmp_path, "a.wiki", content))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("[[Hello (song)|Hello]]", "Hello"),
        ("''[[Hello]]''", "Hello"),
        ("Hello<ref>a [[b]]</ref>", "Hello"),
        ("{{nowrap|[[A]] & B}}", "A & B"),
        ("{{sort|Zz|Shown}}", "Shown"),
        ("{{lang|fr|Été}}", "Été"),
        ("{{abbr|N/A|not available}}", "N/A"),
        ("{{dts|2016|January|9}}", "2016-01-09"),
        ("{{start date|2016|1|9}}", "2016-01-09"),
        ("{{hs|1}}One", "One"),
        ('<span style="display:none">1</span>One', "One"),
        ("A<br>B", "A B"),
        ("A &nbsp; B", "A B"),
        ("[[File:x.svg|20px]] A", "A"),
        ("A†", "A"),
        ("A{{efn|why}}{{cite web|url=x}}", "A"),
        ("[https://example.org shown]", "shown"),
        ("<small>A</small>", "A"),
    ],
)
def test_a_cell_is_what_a_reader_sees(cell: str, shown: str) -> None:
    assert plain(cell) == shown


@pytest.mark.parametrize(
    ("title", "bare"),
    [('"Hello"', "Hello"), ("“Hello”", "Hello"), ('"A" / "B"', "A / B"), ('12" Mix', '12" Mix'), ("Hello", "Hello")],
)
def test_quotation_marks_around_titles_go(title: str, bare: str) -> None:
    assert unquoted(title) == bare
