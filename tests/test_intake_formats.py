"""What each format makes of a file: rows by hand, arithmetic in the test."""

import gzip
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hitparade.catalog.spelling import spelling_id
from hitparade.errors import HouseError, IntakeError
from hitparade.house import House
from intake_files import ENTRIES, reasons, rows_of, write


def test_a_row_of_entries_becomes_a_row_of_the_ledger(house: House, tmp_path: Path) -> None:
    file = write(
        tmp_path, "sales.csv",
        "at,territory,channel,measure,isrc,title,artist,quantity,ms_played,audience,consumer,price,currency,released",
        "2026-01-31T23:30:00-05:00,us,shop,download,gb-aye-06-01498, Help! ,The Beatles,3,,,anna,0.99,usd,1965-07-19",
    )  # fmt: skip
    (receipt,) = house.receive(file)
    # half past eleven at night in New York is half past four next morning in UTC
    assert rows_of(house, receipt.delivery).keys() == {("US", "2026-02-01")}
    (row,) = rows_of(house, receipt.delivery)["US", "2026-02-01"]
    consumer = row.pop("consumer")
    assert len(consumer) == 16
    assert "anna" not in consumer
    assert row == {
        "spelling": spelling_id("GBAYE0601498", "Help!", "The Beatles"), "at": datetime(2026, 2, 1, 4, 30),
        "day": None, "channel": "shop", "measure": "download", "quantity": 3, "audience": None, "ms_played": None,
        "revenue": 3 * 99, "currency": "USD", "record": None,
    }  # fmt: skip


def test_the_same_consumer_has_another_number_in_another_house(house: House, tmp_path: Path) -> None:
    from hitparade.house import new

    line = "2026-01-31,GB,shop,download,A,B,anna"
    file = write(tmp_path, "c.csv", "day,territory,channel,measure,title,artist,consumer", line)
    seen = set()
    for each in (house, new(tmp_path / "other")):
        (receipt,) = each.receive(file)
        seen.add(rows_of(each, receipt.delivery)["GB", "2026-01-31"][0]["consumer"])
    assert len(seen) == 2


@pytest.mark.parametrize(
    ("cells", "reason", "found"),
    [
        ({"title": ""}, "title-missing", ""),
        ({"artist": ""}, "artist-missing", ""),
        ({"isrc": "GBAYE06"}, "isrc-malformed", "GBAYE06"),
        ({"channel": " "}, "channel-missing", ""),
        ({"territory": "UK"}, "territory-unknown", "UK"),
        ({"measure": "downlaod"}, "measure-unknown", "downlaod"),
        ({"day": "2026-02-30"}, "day-unreadable", "2026-02-30"),
        ({"day": "31.01.2026"}, "day-unreadable", "31.01.2026"),
        ({"day": ""}, "day-unreadable", ""),
        ({"quantity": ""}, "quantity-missing", ""),
        ({"quantity": "1.5"}, "quantity-not-whole", "1.5"),
        ({"quantity": "-1"}, "quantity-not-whole", "-1"),
        ({"quantity": "1_000"}, "quantity-not-whole", "1_000"),
        ({"quantity": "9999999999999"}, "quantity-too-large", "9999999999999"),
        ({"ms_played": "x"}, "ms-played-not-whole", "x"),
        ({"price": "1,99"}, "price-unreadable", "1,99"),
        ({"price": "0.999"}, "price-too-fine", "0.999"),
        ({"currency": "XYZ"}, "currency-unknown", "XYZ"),
        ({"released": "1965"}, "released-unreadable", "1965"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    house: House, tmp_path: Path, cells: dict[str, str], reason: str, found: str
) -> None:
    good = {
        "day": "2026-01-31", "territory": "GB", "channel": "shop", "measure": "download", "isrc": "",
        "title": "Help!", "artist": "The Beatles", "quantity": "1", "ms_played": "", "price": "0.99",
        "currency": "GBP", "released": "",
    }  # fmt: skip
    lines = [";".join(good), ";".join(good.values()), ";".join((good | cells).values())]
    (receipt,) = house.receive(write(tmp_path, "e.csv", *lines))
    assert (receipt.received, receipt.accepted, receipt.rejected) == (2, 1, 1)
    assert reasons(house) == [("e.csv:record 2", reason, found)]
    assert house.problems()[0].raw == lines[2]


def test_price_keeps_to_the_decimals_of_its_currency(house: House, tmp_path: Path) -> None:
    file = write(
        tmp_path, "p.csv", "day,territory,channel,measure,title,artist,quantity,price,currency",
        "2026-01-31,JP,shop,download,A,B,2,250,JPY",
        "2026-01-31,KW,shop,download,A,B,2,0.125,KWD",
        "2026-01-31,GB,shop,download,A,B,2,0.990,GBP",
    )  # fmt: skip
    (receipt,) = house.receive(file)
    revenue = {place[0]: rows[0]["revenue"] for place, rows in rows_of(house, receipt.delivery).items()}
    assert revenue == {"JP": 500, "KW": 250, "GB": 198}


def test_lines_that_do_not_split_into_fields_are_named_by_their_physical_line(house: House, tmp_path: Path) -> None:
    file = write(
        tmp_path, "broken.csv", ENTRIES,
        '2026-01-31,GB,shop,download,,"Two',      # line 2
        'lines",B,1',                             # line 3, the same record
        "2026-01-31,GB,shop,download,,A",         # line 4
        "",
        "2026-01-31,GB,shop,download,,A,B,1,2,3",  # line 6
        '2026-01-31,GB,shop,download,,"A"x,B,1',  # line 7
        "2026-01-31,GB,shop,download,,,B,1",      # line 8, record 2 of those that split
    )  # fmt: skip
    with file.open("ab") as stream:
        stream.write(b"2026-01-31,GB,shop,download,,\xff\xfe,B,1\n")  # line 9
    (receipt,) = house.receive(file)
    assert (receipt.received, receipt.accepted, receipt.rejected) == (6, 1, 5)
    assert [(place, reason) for place, reason, _ in reasons(house)] == [
        ("broken.csv:line 4", "fields-missing"),
        ("broken.csv:line 6", "fields-too-many"),
        ("broken.csv:line 7", "quote-broken"),
        ("broken.csv:line 9", "not-utf-8"),
        ("broken.csv:record 2", "title-missing"),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(house: House, tmp_path: Path, ends: str) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, "2026-01-31,GB,shop,download,,A,B,1", "short", ends=ends)
    (receipt,) = house.receive(file)
    assert (receipt.accepted, reasons(house)[0][0]) == (1, "e.csv:line 3")


def test_gzip_and_byte_order_mark(house: House, tmp_path: Path) -> None:
    text = f"\ufeff{ENTRIES}\r\n2026-01-31,GB,shop,download,,A,B,1\r\n"
    (tmp_path / "e.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    (receipt,) = house.receive(tmp_path / "e.csv.gz")
    assert (receipt.format, receipt.accepted) == ("entries", 1)


def test_entries_in_parquet_keep_their_types(house: House, tmp_path: Path) -> None:
    table = pa.table(
        {
            "at": pa.array([datetime(2026, 1, 31, 23, 59), None]), "day": pa.array([None, date(2026, 1, 30)]),
            "territory": ["GB", "GB"], "channel": ["radio", "radio"], "measure": ["detection"] * 2,
            "title": ["A", "A"], "artist": ["B", "B"], "quantity": [2, 3], "ms_played": [None, 1000],
        }
    ).replace_schema_metadata({"hitparade.simulated": "true"})  # fmt: skip
    pq.write_table(table, tmp_path / "e.parquet")
    (receipt,) = house.receive(tmp_path / "e.parquet")
    assert (receipt.accepted, receipt.quantity, receipt.simulated) == (2, 5, True)
    held = rows_of(house, receipt.delivery)
    assert {place: (rows[0]["at"], rows[0]["day"]) for place, rows in held.items()} == {
        ("GB", "2026-01-31"): (datetime(2026, 1, 31, 23, 59), None),
        ("GB", "2026-01-30"): (None, date(2026, 1, 30)),
    }


def test_an_unknown_column_is_refused_by_name(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES + ",colour", "2026-01-31,GB,shop,download,,A,B,1,red")
    with pytest.raises(IntakeError, match=r"e\.csv: unknown column 'colour'; allowed in entries are day, at, "):
        house.receive(file)


def test_spotify_of_2017_with_a_note_above_its_header(house: House, tmp_path: Path) -> None:
    file = write(
        tmp_path, "regional-gb-daily-2017-06-17.csv",
        ',,,"Note that these figures are generated using a formula",',
        'Position,"Track Name",Artist,Streams,URL',
        '1,"Don\'t, Stop",Someone,1200,https://example.org/1',
    )  # fmt: skip
    (receipt,) = house.receive(file)
    assert (receipt.territories, receipt.channels, receipt.measures) == (("GB",), ("spotify",), ("on_demand",))
    assert (receipt.first_day, receipt.quantity, receipt.supplier) == ("2017-06-17", 1200, "spotify")


TODAY = "\ufeffrank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams"


def test_spotify_of_today_weekly_stands_on_its_last_day(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "regional-global-weekly-2023-01-05.csv", TODAY, "1,spotify:track:1,A,B,Label,1,2,3,700")
    (receipt,) = house.receive(file)
    assert (receipt.territories, receipt.first_day, receipt.last_day) == (("GLOBAL",), "2023-01-05", "2023-01-05")
    assert [note.found for note in receipt.findings] == ["2022-12-30 to 2023-01-05"]
    daily = write(tmp_path, "regional-global-daily-2023-01-01.csv", TODAY.replace("weeks_", "days_"),
                  "1,spotify:track:1,A,B,Label,1,2,3,100")  # fmt: skip
    with pytest.raises(HouseError, match="summed up in one week"):
        house.receive(daily)


def test_spotify_with_a_day_only_needs_a_territory(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "2017-06-17.csv", 'Position,"Track Name",Artist,Streams,URL', "1,A,B,5,u")
    with pytest.raises(IntakeError, match="the name says no territory; say it with --territory"):
        house.receive(file)
    assert house.receive(file, territory="global")[0].territories == ("GLOBAL",)


def test_the_same_bytes_on_another_day_are_another_delivery(house: House, tmp_path: Path) -> None:
    lines = 'Position,"Track Name",Artist,Streams,URL', "1,A,B,5,u"
    files = [write(tmp_path, f"regional-gb-daily-2017-06-{day}.csv", *lines) for day in (17, 18)]
    assert [receipt.status for receipt in house.receive(files)] == ["received", "received"]


def _zone(house: House, territory: str, zone: str) -> House:
    from hitparade.house import open_house

    text = house.paths.config.read_text()
    house.paths.config.write_text(text.replace("[zones]", f'[zones]\n{territory} = "{zone}"\n#'))
    return open_house(house.paths.root)


def test_azuracast_says_civil_times_and_its_name_the_station(house: House, tmp_path: Path) -> None:
    house = _zone(house, "US", "America/New_York")
    file = write(
        tmp_path, "wxyz_timeline_2026-03-08_to_2026-03-09.csv",
        "Date,Time,Listeners,Delta,Track,Artist,Playlist,Streamer",
        "2026-03-08,1:30am,5,0,A,B,,",  # still winter: five hours behind UTC, 06:30
        "2026-03-08,3:30am,5,0,A,B,,",  # clocks went from two to three: four hours behind, 07:30
        "2026-03-08,9:00pm,5,0,A,B,,",  # 01:00 of the next day in UTC
    )  # fmt: skip
    (receipt,) = house.receive(file, territory="US")
    held = rows_of(house, receipt.delivery)
    assert [(row["at"], row["day"], row["channel"]) for rows in held.values() for row in rows] == [
        (datetime(2026, 3, 8, 6, 30), date(2026, 3, 8), "wxyz"),
        (datetime(2026, 3, 8, 7, 30), date(2026, 3, 8), "wxyz"),
        (datetime(2026, 3, 9, 1, 0), date(2026, 3, 8), "wxyz"),
    ]


def test_civil_times_without_a_zone_are_refused(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "WABC-log.csv", "Playlist of Monday", "", "Date-time,Artist,Song,Release,Label",
                 "2026-01-05 10:00:00,B,A,R,L")  # fmt: skip
    with pytest.raises(IntakeError, match=r"no zone is known; write \[zones\] US ="):
        house.receive(file, territory="US")
    (receipt,) = _zone(house, "US", "America/Chicago").receive(file, territory="US")
    assert (receipt.mapping, receipt.channels, receipt.accepted) == ("spinitron", ("WABC",), 1)


MAPPING = """
format = 1
name = "mine"
empty = ["NA"]
[columns]
title = "t"
artist = "a"
isrc = "i"
channel = "c"
[time]
columns = ["at"]
kind = "unix"
[defaults]
territory = "DE"
"""


def test_a_mapping_of_ones_own(house: House, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(MAPPING)
    file = write(tmp_path, "log.csv", "at|t|a|i|c", "1767225600|A|B||FM4", "1767225600|NA|B||FM4", "later|A|B||FM4")
    (receipt,) = house.receive(file, format=f"radio-log:{tmp_path / 'my.toml'}")
    assert (receipt.accepted, receipt.territories, receipt.first_day) == (1, ("DE",), "2026-01-01")
    assert reasons(house) == [
        ("log.csv:record 2", "title-missing", ""),
        ("log.csv:record 3", "time-unreadable", "later"),
    ]


@pytest.mark.parametrize(
    ("was", "now", "complaint"),
    [
        ('title = "t"', 'titel = "t"', "unknown key 'columns.titel'; allowed here: "),
        ('kind = "unix"', 'kind = "epoch"', "time.kind is 'epoch'; allowed are unix, "),
        ("format = 1", "format = 2", "format is 2; this hitparade reads mappings of format 1"),
        ('empty = ["NA"]', "empty = 3", "empty is 3; allowed is a list of texts"),
        ('channel = "c"', "", "columns.channel, defaults.channel or defaults.channel_from_name is needed"),
    ],
)
def test_a_broken_mapping_is_named(house: House, tmp_path: Path, was: str, now: str, complaint: str) -> None:
    (tmp_path / "my.toml").write_text(MAPPING.replace(was, now))
    file = write(tmp_path, "log.csv", "at|t|a|i|c", "1767225600|A|B||FM4")
    with pytest.raises(IntakeError) as caught:
        house.receive(file, format=f"radio-log:{tmp_path / 'my.toml'}")
    assert complaint in str(caught.value)


def test_repeats_and_batches_are_noted_and_kept(house: House, tmp_path: Path) -> None:
    lines = [f"Song {n},Band,KXYZ,1402943314" for n in range(60)] + ["Song 1,Band,KXYZ,1402943314"] * 2
    (receipt,) = house.receive(write(tmp_path, "log.csv", "song,artist,callsign,time", *lines))
    assert (receipt.accepted, receipt.rejected) == (62, 0)
    assert [(note.reason, note.found) for note in receipt.findings] == [
        ("repeat", "2 surplus rows of 1 plays"),
        ("batch-of-equal-stamps", "KXYZ: 62 plays under 1 stamps, up to 62 under one"),
        ("repeat-at-channel", "KXYZ: 2 surplus rows of 1 plays"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.csv", b"", "a.csv: the file is empty"),
        ("a.csv", "title\n".encode("utf-16"), "a.csv: the file is text in UTF-16; allowed is UTF-8"),
        ("a.csv", b"\0\1\2", "a.csv: the file is neither text nor Parquet"),
        ("a.csv", b"x,y\n1,2\n", "a.csv: no known format has these columns; known are entries, radio-log, spotify-"),
        ("a.csv", ENTRIES.encode(), "a.csv: the file has a header and no rows"),
        ("a.csv", f"{ENTRIES}\nx,y\n".encode(), "a.csv: none of the 1 rows can be read; the first: a.csv:line 2, "),
        ("a.csv.gz", gzip.compress(ENTRIES.encode(), mtime=0)[:-9], "a.csv.gz: the gzip file is damaged"),
        ("a.parquet", b"PAR1 and no more", "a.parquet: the Parquet file cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(
    house: House, tmp_path: Path, name: str, data: bytes, complaint: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(IntakeError) as caught:
        house.receive(tmp_path / name)
    assert str(caught.value).startswith(complaint)
    assert not list(house.paths.scratch.iterdir())


def test_a_file_of_two_formats_asks_which(house: House, tmp_path: Path) -> None:
    mappings = house.paths.root / "mappings"
    mappings.mkdir()
    (mappings / "twin.toml").write_text(MAPPING.replace('"mine"', '"twin"'))
    (mappings / "mine.toml").write_text(MAPPING)
    file = write(tmp_path, "log.csv", "at|t|a|i|c", "1767225600|A|B||FM4")
    with pytest.raises(IntakeError, match="the file could be radio-log:mine, radio-log:twin; say which with --format"):
        house.receive(file)
    assert house.receive(file, format="radio-log:twin")[0].mapping == "twin"


def test_a_weekly_list_meets_the_daily_ones_of_its_week(house: House, tmp_path: Path) -> None:
    daily = write(tmp_path, "regional-gb-daily-2022-12-31.csv", TODAY, "1,spotify:track:1,A,B,Label,1,2,3,100")
    house.receive(daily)
    weekly = write(tmp_path, "regional-gb-weekly-2023-01-05.csv", TODAY, "1,spotify:track:1,A,B,Label,1,2,3,700")
    with pytest.raises(
        HouseError, match="already holds territory GB, channel spotify, measure on_demand, day 2022-12-31"
    ):
        house.receive(weekly)


def test_a_territory_of_good_shape_that_does_not_exist_is_rejected_beside_good_ones(
    house: House, tmp_path: Path
) -> None:
    codes = ["GB", "GB-SCT", "GLOBAL", "ZZ", "GB-ZZZ", "gb"]
    file = write(tmp_path, "e.csv", ENTRIES, *(f"2026-01-31,{code},shop,download,,A,B,1" for code in codes))
    (receipt,) = house.receive(file)
    assert receipt.territories == ("GB", "GB-SCT", "GLOBAL")
    assert reasons(house) == [
        ("e.csv:record 4", "territory-unknown", "ZZ"),
        ("e.csv:record 5", "territory-unknown", "GB-ZZZ"),
    ]
