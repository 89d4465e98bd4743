"""Which column is what: two that may be one field, names without end, keys that come twice, letters of two bytes."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import archive_files as files
from hitparade.errors import ArchiveError, IntakeError
from hitparade.house import House

SERIES = "my-archive"


def refused(house: House, place: Path, **said: str) -> str:
    with pytest.raises(ArchiveError) as found:
        house.archives.import_(SERIES, place, **said)
    assert "\n" not in str(found.value)
    return str(found.value)


def test_two_columns_that_may_be_the_position_are_refused_until_a_mapping_says_which(
    house: House, tmp_path: Path
) -> None:
    """Position is where a song stands, rank may be where it stood among new ones: nobody can know but the sender."""
    table = files.text(tmp_path, "a.csv", "date,rank,position,song,artist\n2016-01-02,7,1,Alpha,Ann\n")
    assert refused(house, table) == (
        "a.csv: 2 columns may be the position, 'rank' and 'position'; a mapping says which one is, --mapping FILE with "
        '[columns] position = "rank"'
    )
    mapping = files.text(tmp_path, "m.toml", 'format = 1\n[columns]\nposition = "position"\n')
    made = house.archives.import_(SERIES, table, mapping=str(mapping))
    assert made.accepted == 1
    assert house.records.mirror.rows("select position from entries") == [(1,)]


def test_the_same_holds_of_keys_in_json_and_of_parquet(house: House, tmp_path: Path) -> None:
    line = {"song": "Alpha", "artist": "Ann", "this_week": 1, "rank": 7}
    issue = files.text(tmp_path, "a.json", json.dumps({"date": "2016-01-02", "data": [line]}))
    said = "2 columns may be the position, 'this_week' and 'rank'; a mapping"
    assert refused(house, issue).startswith(f"a.json: {said}")
    line |= {"date": "2016-01-02"}
    pq.write_table(pa.Table.from_pylist([line]), tmp_path / "a.parquet")
    assert refused(house, tmp_path / "a.parquet").startswith(f"a.parquet: {said}")


def test_a_column_that_stands_twice_is_refused(house: House, tmp_path: Path) -> None:
    table = files.text(tmp_path, "a.csv", "date,position,song,song,artist\n2016-01-02,1,Alpha,Alfa,Ann\n")
    assert refused(house, table) == "a.csv: 2 columns are called 'song', the title; allowed is one"


def test_very_long_names_of_columns_are_cut_in_complaints(house: House, tmp_path: Path) -> None:
    """Forty signs of each name, twenty names, and how many more there are: 20 + 30 + 2 columns, 20 shown, 32 not."""
    long = "x" * 500
    names = [f"{long}{n}" for n in range(50)]
    table = files.text(tmp_path, "a.csv", ",".join(["date", "position", *names]) + "\n")
    said = refused(house, table)
    assert f"date, position, {'x' * 39}…, " in said
    assert "… and 32 more; a mapping" in said
    assert len(said) < 1200


def test_a_key_that_stands_twice_rejects_its_line(house: House, tmp_path: Path) -> None:
    raw = '{"song": "Alpha", "artist": "Ann", "this_week": 1, "artist": "Bob"}'
    rest = '{"song": "Beta", "artist": "Bob", "this_week": 2}'
    place = files.text(tmp_path, "a.json", f'{{"date": "2016-01-02", "data": [{raw}, {rest}]}}')
    made = house.archives.import_(SERIES, place)
    assert (made.received, made.accepted, made.rejected) == (2, 1, 1)
    (problem,) = house.archives.problems(SERIES)
    assert (problem.place, problem.reason) == ("a.json record 1", "key-twice")
    assert problem.found == "the key 'artist' twice"
    assert problem.raw == raw


def test_an_issue_that_says_its_date_twice_is_refused(house: House, tmp_path: Path) -> None:
    line = '{"song": "Alpha", "artist": "Ann", "this_week": 1}'
    issue = f'{{"date": "2016-01-02", "date": "2016-01-09", "data": [{line}]}}'
    place = files.text(tmp_path, "a.json", issue)
    assert refused(house, place) == "a.json: issue 1: the key 'date' stands there twice; allowed is once"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_with_a_note(house: House, tmp_path: Path, encoding: str) -> None:
    made = house.archives.import_(SERIES, files.text(tmp_path, "a.csv", files.HOT_CSV.encode(encoding)))
    assert (made.received, made.accepted) == (4, 4)
    (note,) = [each for each in house.archives.problems(SERIES) if each.reason == "encoding"]
    assert note.found == f"UTF-16 without a mark, it seems ({encoding})"
    assert note.allowed == f"UTF-8; it is read as {encoding}"


def test_bytes_that_are_no_text_are_still_refused(house: House, tmp_path: Path) -> None:
    place = files.text(tmp_path, "a.csv", bytes(range(256)) * 8)
    assert "neither text nor Parquet" in refused(house, place)


def test_received_files_name_the_encoding_that_they_seem_to_be(house: House, tmp_path: Path) -> None:
    place = files.text(tmp_path, "a.csv", "day,territory,channel,measure,title,artist\n".encode("utf-16-le"))
    with pytest.raises(IntakeError, match=r"a\.csv: the file seems to be text in UTF-16 without a mark \(utf-16-le\)"):
        house.receive(place)


def test_a_stray_zero_makes_no_utf_16(house: House, tmp_path: Path) -> None:
    """In UTF-16 about every second byte of these would be zero; one in a whole file is damage in a file of UTF-8."""
    rows = "day,territory,channel,measure,title,artist,quantity\n2016-01-01,GB,shop,download,A,B,1\n2016-01-0\0\n"
    (receipt,) = house.receive(files.text(tmp_path, "a.csv", rows.encode()), dry_run=True)
    assert (receipt.accepted, receipt.rejected) == (1, 1)


def test_a_received_log_with_a_column_twice_is_refused(house: House, tmp_path: Path) -> None:
    """Of two columns called artist nobody knows which is meant; those that the mapping does not read may repeat."""
    mapping = files.text(
        tmp_path, "m.toml",
        'format = 1\n[columns]\ntitle = "song"\nartist = "artist"\nchannel = "station"\n'
        '[time]\ncolumns = ["at"]\nkind = "iso"\n',
    )  # fmt: skip
    row = "Alpha,Ann,Bob,Q1,2026-01-05T10:00:00Z,x,y\n"
    twice = files.text(tmp_path, "a.csv", f"song,artist,artist,station,at,note,note\n{row}")
    with pytest.raises(IntakeError, match=r"column 'artist' of the mapping m stands there 2 times; once is allowed"):
        house.receive(twice, format=f"radio-log:{mapping}", territory="GB")
    once = files.text(tmp_path, "b.csv", f"song,artist,guest,station,at,note,note\n{row}")
    (receipt,) = house.receive(once, format=f"radio-log:{mapping}", territory="GB")
    assert receipt.accepted == 1
