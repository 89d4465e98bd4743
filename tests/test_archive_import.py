"""Published archives come in whatever layout people hold them, and every row is accounted for."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

import archive_files as files
from hitparade import database as db
from hitparade.archive.series import SeriesProblem
from hitparade.errors import ArchiveError, OverlapError, UsageError
from hitparade.house import House

SERIES = "my-archive"
Line = tuple[str, int, str, str, int | None, int | None, int | None]


def lines(house: House, series: str = SERIES) -> list[Line]:
    columns = ("issue", "position", "title", "credit", "last", "peak", "weeks")
    return [
        (str(row["issue"]), *(row[name] for name in columns[1:]))  # type: ignore[misc]
        for row in house.archives.lines(series).to_pylist()
    ]


def problems(house: House, series: str = SERIES) -> list[tuple[str, str, str, str]]:
    return [(it.place, it.severity, it.reason, it.found) for it in house.archives.problems(series)]


def said(house: House, reason: str) -> SeriesProblem:
    return next(each for each in house.archives.problems(SERIES) if each.reason == reason)


@pytest.mark.parametrize("name", ["hot.csv", "hot.csv.gz"])
def test_the_hot_100_as_csv(house: House, tmp_path: Path, name: str) -> None:
    made = house.archives.import_(SERIES, files.text(tmp_path, name, files.HOT_CSV))
    assert (made.status, made.format, made.kind, made.received, made.accepted) == (
        "imported", "hot100-csv", "chart", 4, 4,
    )  # fmt: skip
    assert lines(house) == files.LINES


def test_the_hot_100_as_json_by_date(house: House, tmp_path: Path) -> None:
    made = house.archives.import_(SERIES, files.by_date(tmp_path / "json"))
    assert (made.format, made.files, made.issues) == ("hot100-json", 2, 2)
    assert lines(house) == files.LINES
    places = house.archives.lines(SERIES).column("place").to_pylist()
    assert places[2] == "2016-01-09.json record 1"


def test_the_hot_100_as_one_json_list(house: House, tmp_path: Path) -> None:
    house.archives.import_(SERIES, files.text(tmp_path, "all.json", json.dumps(files.ISSUES)))
    assert lines(house) == files.LINES


def test_parquet_by_common_names(house: House, tmp_path: Path) -> None:
    made = house.archives.import_(SERIES, files.parquet(tmp_path / "hot.parquet"))
    assert (made.format, made.first_issue, made.last_issue) == ("parquet", date(2016, 1, 2), date(2016, 1, 9))
    assert lines(house) == files.LINES


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_delimiter_and_names(house: House, tmp_path: Path, sign: str) -> None:
    content = "Chart Date,Pos,Song,Performer,LW,Peak,WOC,Points\n2016-01-02,1,Alpha,Ann,-,1,1,7\n".replace(",", sign)
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))
    assert lines(house) == [("2016-01-02", 1, "Alpha", "Ann", None, 1, 1)]
    assert house.archives.lines(SERIES).column("points").to_pylist() == [7]
    assert problems(house) == []


def test_a_mapping_says_which_column_is_what_and_how_days_are_written(house: House, tmp_path: Path) -> None:
    files.text(
        house.archives.mappings,
        "odd.toml",
        'format = 1\ndates = "%d/%m/%Y"\ndelimiter = ";"\nencoding = "cp1252"\n'
        '[columns]\nissue = "Semaine"\nposition = "Place"\ntitle = "Titre"\ncredit = "Interprete"\n',
    )
    content = "Semaine;Place;Titre;Interprete\n02/01/2016;1;Été;Zoé\n".encode("cp1252")
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content), mapping="odd")
    assert made.mapping == "odd"
    assert lines(house)[0][:4] == ("2016-01-02", 1, "Été", "Zoé")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("format = 2", "format is 2"),
        ("format = 1\nname = 3", "name is 3; allowed is a text"),
        ("format = 1\ncolour = 'red'", "unknown key 'colour'"),
        ("format = 1\n[columns]\nwhat = 'x'", "unknown key 'columns.what'"),
        ("format = 1\n[columns]\ntitle = 1", "columns.title is 1"),
        ("format = 1\ndelimiter = '-'", "delimiter is '-'"),
        ("format = 1\ndates = '%H'", "dates is '%H'"),
        ("format = ", "not readable as TOML"),
        ("format = 1\n[columns]\ntitle = 'Chanson'", "there is no column 'Chanson'"),
    ],
)
def test_a_mapping_that_cannot_be_used(house: House, tmp_path: Path, content: str, complaint: str) -> None:
    mapping = files.text(tmp_path, "m.toml", content)
    with pytest.raises(ArchiveError, match=complaint):
        house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV), mapping=str(mapping))


def test_a_mapping_that_is_not_there(house: House, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="--mapping odd: there is no such file"):
        house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV), mapping="odd")


def test_american_and_european_days(house: House, tmp_path: Path) -> None:
    """9/20 cannot be the ninth of a twentieth month, so the month comes first; 20/9 the other way round."""
    house.archives.import_(
        "us", files.text(tmp_path, "a.csv", "date,pos,song,artist\n9/6/1958,1,A,X\n9/20/1958,1,A,X\n")
    )
    house.archives.import_(
        "eu", files.text(tmp_path, "b.csv", "date,pos,song,artist\n6/9/1958,1,A,X\n20.9.1958,1,A,X\n")
    )
    for series in ("us", "eu"):
        assert [line[0] for line in lines(house, series)] == ["1958-09-06", "1958-09-20"]
    assert [each.reason for each in house.archives.problems("us")] == ["order-of-days"]


def test_days_that_can_be_two_are_not_guessed(house: House, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"'9/6/1958' can be two days; a mapping with dates"):
        house.archives.import_(SERIES, files.text(tmp_path, "a.csv", "date,pos,song,artist\n9/6/1958,1,A,X\n"))
    with pytest.raises(ArchiveError, match="one order in a file"):
        house.archives.import_(
            SERIES, files.text(tmp_path, "b.csv", "date,pos,song,artist\n9/20/1958,1,A,X\n20/9/1958,1,A,X\n")
        )


def test_each_row_is_accepted_or_rejected_with_its_reason(house: House, tmp_path: Path) -> None:
    """Of nine rows two can be read, one with a note; the blank line is no row."""
    content = (
        "date,position,title,artist,last,peak,weeks\n"
        "2016-01-02,1,Alpha,Ann,new,1,1\n"
        "2016-02-30,2,Beta,Bob,,,\n"
        "2016-01-02,-,Gamma,Cleo,,,\n"
        "2016-01-02,4,,Dora,,,\n"
        "\n"
        "2016-01-02,5,Epsilon\n"
        ",6,Zeta,Fay,,,\n"
        "2016-01-02,7,Eta,,x,,\n"
        "2016-01-02,-1,Theta,Gus,,,\n"
        "2016-01-02,99999999999,Iota,Hal,,,\n"
    )
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))
    assert (made.received, made.accepted, made.rejected, made.notes) == (9, 2, 7, 2)
    assert problems(house) == [
        ("a.csv record 2", "rejected", "issue-not-a-day", "2016-02-30"),
        ("a.csv record 3", "rejected", "position-not-whole", "-"),
        ("a.csv record 4", "rejected", "title-missing", ""),
        ("a.csv record 5", "rejected", "row-of-wrong-length", "3 cells"),
        ("a.csv record 6", "rejected", "issue-missing", ""),
        ("a.csv record 7", "note", "credit-missing", ""),
        ("a.csv record 7", "note", "last-not-read", "x"),
        ("a.csv record 8", "rejected", "position-not-whole", "-1"),
        ("a.csv record 9", "rejected", "position-not-whole", "99999999999"),
    ]
    raw = said(house, "position-not-whole").raw
    assert json.loads(raw) == {
        "issue": "2016-01-02", "position": "-", "title": "Gamma", "credit": "Cleo", "last": "", "peak": "", "weeks": "",
    }  # fmt: skip
    assert lines(house) == [
        ("2016-01-02", 1, "Alpha", "Ann", None, 1, 1),
        ("2016-01-02", 7, "Eta", "", None, None, None),
    ]


def test_nothing_is_repaired(house: House, tmp_path: Path) -> None:
    """Positions from zero, twice the same one, a hole, a last week of zero: all stay as they stand."""
    content = "date,pos,song,artist,lw\n2016-01-02,0,A,X,0\n2016-01-02,0,B,Y,\n2016-01-02,7,C,Z,3\n"
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))
    assert [(line[1], line[4]) for line in lines(house)] == [(0, 0), (0, None), (7, 3)]


def test_dirty_text_is_cleaned_and_said(house: House, tmp_path: Path) -> None:
    content = "date,pos,song,artist\n2016-01-02,1,Rock &amp; Roll,Ann {Ft. Sia}\n2016-01-02,2,Caf\u00c3\u00a9,Bob\n"
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))
    rows = house.archives.lines(SERIES).to_pylist()
    assert [(row["title"], row["printed_title"]) for row in rows] == [
        ("Rock & Roll", "Rock &amp; Roll"),
        ("Caf\u00e9", "Caf\u00c3\u00a9"),
    ]
    assert rows[0]["printed_credit"] == "Ann {Ft. Sia}"
    assert rows[1]["printed_credit"] is None
    assert [each[2] for each in problems(house)] == ["credit-cleaned", "title-cleaned", "title-cleaned"]


def test_mixed_encodings(house: House, tmp_path: Path) -> None:
    """One line in UTF-8 and one in Windows-1252, as when two archives are laid one behind the other."""
    head, one, two = "date,pos,song,artist\n", "2016-01-02,1,Été,Zoé\n", "2016-01-02,2,Ça,Noël\n"
    data = head.encode() + one.encode() + two.encode("cp1252")
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", data))
    assert [line[2:4] for line in lines(house)] == [("Été", "Zoé"), ("Ça", "Noël")]
    assert problems(house) == [("a.csv", "note", "encoding", "1 lines, the first is line 3")]
    assert said(house, "encoding").allowed == "UTF-8; these lines are read as Windows-1252"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks(house: House, tmp_path: Path, end: str, mark: bytes) -> None:
    data = mark + files.HOT_CSV.replace("\n", end).encode()
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", data))
    assert lines(house) == files.LINES
    assert problems(house) == []


def test_utf_16(house: House, tmp_path: Path) -> None:
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV.encode("utf-16")))
    assert lines(house) == files.LINES


def test_a_carriage_return_in_a_cell_and_a_very_long_title(house: House, tmp_path: Path) -> None:
    long = "La" * 5000
    content = f'date,pos,song,artist\n2016-01-02,1,"Al\rpha",Ann\n2016-01-02,2,{long},Bob\n'
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", content))
    assert [line[2] for line in lines(house)] == ["Al pha", long]
    assert [each[2] for each in problems(house)] == ["title-cleaned", "title-long"]
    assert said(house, "title-long").found.startswith("10,000 characters: LaLa")


def test_a_year_end_list_takes_its_year_from_the_files_name(house: House, tmp_path: Path) -> None:
    for year in (2013, 2014):
        files.text(tmp_path / "lists", f"{year}.csv", f"rank,artist,song\n1,Ann,Alpha {year}\n2,Bob,Beta\n")
    made = house.archives.import_(SERIES, tmp_path / "lists")
    assert (made.kind, made.issues) == ("year-end", 2)
    assert [line[:4] for line in lines(house)][::2] == [
        ("2013-12-31", 1, "Alpha 2013", "Ann"),
        ("2014-12-31", 1, "Alpha 2014", "Ann"),
    ]
    with pytest.raises(ArchiveError, match="a year-end list needs its year"):
        house.archives.import_("other", files.text(tmp_path, "list.csv", "rank,artist,song\n1,Ann,Alpha\n"))


def test_a_file_named_by_a_day_is_the_issue_of_that_day_and_one_named_by_a_week_of_its_last(
    house: House, tmp_path: Path
) -> None:
    for name in ("2017-01-01", "regional-global-weekly-2017-01-06--2017-01-12"):
        files.text(tmp_path / "days", f"{name}.csv", "Position,Track Name,Artist\n1,Alpha,Ann\n2,Beta,Bob\n")
    made = house.archives.import_(SERIES, tmp_path / "days")
    assert (made.kind, made.issues) == ("chart", 2)
    assert [str(line[0]) for line in lines(house)] == ["2017-01-01"] * 2 + ["2017-01-12"] * 2


def test_awards(house: House, tmp_path: Path) -> None:
    content = (
        ",Artist,Title,Certification_Date,Label,Release_Date,Certification_Type\n"
        '27,ANN,ALPHA,"October 13, 2017",L,"SEPTEMBER 30, 2016",Gold\n'
        '28,ANN,ALPHA,"November 3, 2017",L,"SEPTEMBER 30, 2016",Platinum\n'
        "29,BOB,BETA,soon,L,,Gold\n"
    )
    made = house.archives.import_(SERIES, files.text(tmp_path, "awards.csv", content))
    assert (made.kind, made.received, made.accepted, made.rejected) == ("awards", 3, 2, 1)
    rows = house.archives.awards(SERIES).to_pylist()
    assert [(row["title"], row["artist"], row["level"], str(row["date"]), str(row["released"])) for row in rows] == [
        ("ALPHA", "ANN", "Gold", "2017-10-13", "2016-09-30"),
        ("ALPHA", "ANN", "Platinum", "2017-11-03", "2016-09-30"),
    ]
    assert house.archives.lines(SERIES).num_rows == 0
    with pytest.raises(OverlapError, match="both hold ALPHA by ANN, Gold of 2017-10-13 and 1 more"):
        house.archives.import_(SERIES, files.text(tmp_path, "again.csv", content + "30,CLEO,C,2017-12-01,L,,Gold\n"))


def test_the_same_bytes_again_change_nothing(house: House, tmp_path: Path) -> None:
    file = files.text(tmp_path, "a.csv", files.HOT_CSV)
    first = house.archives.import_(SERIES, file)
    again = house.archives.import_(SERIES, file)
    assert (first.status, again.status, again.id) == ("imported", "already here", first.id)
    assert len(house.archives.series()[0].imports) == 1


def test_an_overlap_is_refused_unless_it_replaces(house: House, tmp_path: Path) -> None:
    first = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV))
    better = files.text(tmp_path, "b.csv", files.HOT_CSV.replace("Alpha", "Alfa"))
    sentence = rf"b\.csv and import {first.id} \(a\.csv\) both hold issue 2016-01-02 and 1 more of my-archive"
    with pytest.raises(OverlapError, match=sentence):
        house.archives.import_(SERIES, better)
    made = house.archives.import_(SERIES, better, replaces=first.id)
    assert [line[2] for line in lines(house)] == ["Alfa", "Beta", "Beta", "Alfa"]
    assert [each.id for each in house.archives.series()[0].imports] == [made.id]
    assert house.doctor(deep=True).clean
    with pytest.raises(UsageError, match=f"not an import in force of my-archive; those are {made.id}"):
        house.archives.import_(SERIES, files.text(tmp_path, "c.csv", files.HOT_CSV + " "), replaces=first.id)


def test_other_issues_of_a_series_are_added(house: House, tmp_path: Path) -> None:
    house.archives.import_(SERIES, files.text(tmp_path, "b.csv", files.HOT_CSV))
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", "date,pos,song,artist\n2015-12-26,1,Old,Ann\n"))
    assert [line[0] for line in lines(house)] == ["2015-12-26", *(line[0] for line in files.LINES)]
    info = house.archives.find(SERIES)
    assert (info.lines, info.first_issue, info.last_issue) == (5, date(2015, 12, 26), date(2016, 1, 9))


def test_a_dry_run_writes_nothing(house: House, tmp_path: Path) -> None:
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV), dry_run=True)
    assert (made.status, made.accepted) == ("would be imported", 4)
    assert house.archives.series() == ()
    assert not house.paths.archives.exists()
    assert not list(house.paths.scratch.glob("*"))


def test_an_import_can_be_taken_out_of_force_and_put_back(house: House, tmp_path: Path) -> None:
    file = files.text(tmp_path, "a.csv", files.HOT_CSV)
    made = house.archives.import_(SERIES, file)
    house.archives.remove(made.id)
    assert house.archives.series() == ()
    assert lines(house) == []
    with pytest.raises(UsageError, match="no such import is in force"):
        house.archives.remove(made.id)
    assert house.archives.import_(SERIES, file).status == "imported"
    assert lines(house) == files.LINES
    assert house.doctor(deep=True).clean


def test_a_series_of_a_chart_with_a_book_takes_its_name(house: House, tmp_path: Path) -> None:
    house.archives.import_("UK Singles Chart", files.text(tmp_path, "a.csv", files.HOT_CSV), source="a shelf")
    info = house.archives.find("gb-singles")
    assert (info.id, info.publisher, info.territory, info.size, info.source) == (
        "gb-singles", "Official Charts Company", "GB", 100, "a shelf",
    )  # fmt: skip
    house.archives.import_("gb-singles", files.text(tmp_path, "b.csv", "date,pos,song,artist\n2017-01-06,1,A,X\n"))
    assert house.archives.find("gb-singles").source == "a shelf"


def test_what_is_said_of_a_series_must_make_sense(house: House, tmp_path: Path) -> None:
    file = files.text(tmp_path, "a.csv", files.HOT_CSV)
    for wrong, sentence in (
        ({"kind": "album"}, "--kind album"),
        ({"territory": "england"}, "--territory ENGLAND"),
        ({"size": 0}, "--size 0"),
        ({"format": "xml"}, "--format xml: there is no such format"),
    ):
        with pytest.raises(UsageError, match=sentence):
            house.archives.import_(SERIES, file, **wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no id of a series"):
        house.archives.import_("My archive!", file)
    with pytest.raises(ArchiveError, match="found the layout hot100-csv; asked for was --format parquet"):
        house.archives.import_(SERIES, file, format="parquet")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "", "the file is empty"),
        ("a.csv", "song,artist\nA,X\n", "year-end list needs its year|no column says the"),
        ("a.csv", "date,pos,song\n2016-01-02,1,A\n", "no column says the credit"),
        ("a.csv", "date,pos,song,artist\nx,1,A,X\n", "none of its 1 rows can be read; the first: a.csv record 1"),
        ("a.json", '{"date": ', "line 1, column 10: not readable as JSON"),
        ("a.json", "[1, 2]", "allowed are objects"),
        ("a.json", '{"date": "2016-01-02", "data": [{"song": "A"}]}', "no key of its lines says the position"),
        ("a.parquet", "PAR1 and then nothing", "the Parquet file cannot be read"),
        ("a.csv.gz", b"\x1f\x8bno", "the gzip file is damaged"),
        ("a.csv", b"\x00\x01\x02", "neither text nor Parquet"),
        ("a.wiki", '{| class="wikitable"\n! Key\n|-\n| x\n|}', "none of its 1 tables has a column of songs"),
    ],
)
def test_what_cannot_be_read_says_so_in_one_sentence(
    house: House, tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ArchiveError, match=sentence):
        house.archives.import_(SERIES, tmp_path / name)
    assert house.archives.series() == ()


def test_paths_that_name_nothing(house: House, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        house.archives.import_(SERIES, tmp_path / "gone.csv")
    with pytest.raises(UsageError, match="no file in this folder"):
        house.archives.import_(SERIES, tmp_path / "house")


def test_files_of_two_layouts_are_refused_together(house: House, tmp_path: Path) -> None:
    one, two = files.text(tmp_path, "a.csv", files.HOT_CSV), files.parquet(tmp_path / "b.parquet")
    with pytest.raises(ArchiveError, match="allowed is one layout in an import"):
        house.archives.import_(SERIES, [one, two])


def test_a_series_has_one_kind(house: House, tmp_path: Path) -> None:
    house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV))
    with pytest.raises(ArchiveError, match="is of kind year-end, and series my-archive is of kind chart"):
        house.archives.import_(SERIES, files.text(tmp_path, "2015.csv", "rank,artist,song\n1,Ann,A\n"), kind="year-end")


def test_row_order_does_not_matter_to_what_is_stored(house: House, tmp_path: Path) -> None:
    """The same rows in another order are another file, but the same lines but for their places."""
    head, *rows = files.HOT_CSV.splitlines()
    house.archives.import_("one", files.text(tmp_path, "a.csv", files.HOT_CSV))
    house.archives.import_("two", files.text(tmp_path, "b.csv", "\n".join([head, *reversed(rows)])))
    assert lines(house, "one") == lines(house, "two") == files.LINES


def test_a_missing_file_of_an_import_is_found_by_the_doctor(house: House, tmp_path: Path) -> None:
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV))
    assert house.doctor(deep=True).clean
    (house.paths.archives / "stray" / "a-000000000000").mkdir(parents=True)
    assert house.doctor().leftovers == ("archives/stray/a-000000000000: an import without a row",)
    with house.database.connect() as connection:
        original = connection.scalar(select(db.archive_imports.c.originals))
    shutil.rmtree(house.paths.originals / json.loads(str(original))[0].split("/")[0])
    (house.paths.archives / SERIES / made.id / "lines.parquet").unlink()
    assert len(house.doctor().missing) == 2
