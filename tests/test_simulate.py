"""The simulated market: the same seed gives the same content, and every file says that it is simulated."""

import json
import re
import tomllib
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from hitparade.errors import HouseError, UsageError
from hitparade.serve.cli import simulate as _registered
from hitparade.serve.cli.app import app
from hitparade.simulate import lives, market
from hitparade.simulate.dice import allot, dice
from hitparade.simulate.manifest import Manifest
from hitparade.simulate.mistakes import MISTAKES
from hitparade.simulate.parts import late_day
from hitparade.simulate.territories import by_hour, local_hours
from hitparade.simulate.writing import COLUMNS, digest_of_file

assert _registered

FIRST, LAST = date(2016, 5, 27), date(2016, 6, 23)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    folder = tmp_path_factory.mktemp("market") / "small"
    return folder, market.write(folder, seed=7, scale="small")


def _tables(folder: Path, pattern: str) -> pa.Table:
    return pa.concat_tables([pq.read_table(file) for file in sorted(folder.glob(pattern))])


def test_the_same_seed_gives_the_same_digest_and_another_seed_another(
    made: tuple[Path, Manifest], tmp_path: Path
) -> None:
    again = market.write(tmp_path / "again", seed=7, scale="small")
    other = market.write(tmp_path / "other", seed=8, scale="small")
    assert made[1] == again
    assert made[1].digest != other.digest


def test_the_digests_of_the_manifest_can_be_read_back_from_the_files(made: tuple[Path, Manifest]) -> None:
    folder, manifest = made
    parquet = [note for note in (*manifest.files, *manifest.late) if note.path.endswith(".parquet")]
    assert {note.path: note.digest for note in parquet} == {
        note.path: digest_of_file(folder / note.path) for note in parquet
    }


def test_chance_belongs_to_its_seed_and_keys_whatever_was_drawn_before() -> None:
    def drawn(*keys: int | str) -> list[int]:
        return [int(n) for n in dice(7, *keys).integers(0, 1000, 5)]

    assert drawn("listening", "GB", 736111) == drawn("listening", "GB", 736111)
    assert drawn("listening", "GB", 736111) != drawn("listening", "US", 736111)


def test_every_file_says_that_it_is_simulated_and_its_control_file_balances(
    made: tuple[Path, Manifest],
) -> None:
    folder, manifest = made
    for note in (*manifest.files, *manifest.late):
        control = tomllib.loads((folder / f"{note.path}.control.toml").read_text("utf-8"))
        assert control["simulated"] is True
        assert control["supplier"].startswith("SIMULATED ")
        if not note.path.endswith(".parquet"):
            continue
        source = pq.ParquetFile(folder / note.path)
        assert source.metadata.metadata[b"hitparade.simulated"] == b"true"
        assert source.metadata.metadata[b"hitparade.seed"] == b"7"
        quantity = sum(source.read(["quantity"])["quantity"].to_pylist())
        assert control["balance"] == {"rows": source.metadata.num_rows, "quantity": quantity}


def test_the_files_have_the_columns_of_the_entries_layout_and_no_float(made: tuple[Path, Manifest]) -> None:
    table = _tables(made[0], "*.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert not any(pa.types.is_floating(kind) for kind in table.schema.types)
    assert table.schema.field("at").type == pa.timestamp("us")
    assert table.schema.field("day").type == pa.date32()
    assert table.schema.field("released").type == pa.date32()


def test_every_row_has_a_day_or_an_instant_and_a_song_and_a_whole_quantity(
    made: tuple[Path, Manifest],
) -> None:
    rows = _tables(made[0], "*.parquet").to_pylist()
    assert all((row["day"] is None) != (row["at"] is None) for row in rows)
    assert all(row["title"] and row["artist"] for row in rows)
    assert all(row["quantity"] > 0 for row in rows)
    said = {row["isrc"].replace("-", "") for row in rows if row["isrc"]}
    assert all(re.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}\d{7}", isrc) for isrc in said)


def test_stream_a_reports_events_and_stream_b_sums(made: tuple[Path, Manifest]) -> None:
    rows = _tables(made[0], "*streams*.parquet").to_pylist()
    events = [row for row in rows if row["channel"] == "stream-a"]
    sums = [row for row in rows if row["channel"] == "stream-b"]
    assert all(row["quantity"] == 1 and row["consumer"] and row["ms_played"] > 0 for row in events)
    assert all(row["consumer"] is None and row["ms_played"] is None for row in sums)
    skipped = sum(row["ms_played"] < 30_000 for row in events)
    assert 0 < skipped < len(events) // 2


def test_all_instants_lie_in_the_civil_days_of_their_territory(made: tuple[Path, Manifest]) -> None:
    # New York is four hours behind UTC in summer: its market begins at 04:00 UTC and ends at 04:00 UTC.
    rows = [row for row in _tables(made[0], "*.parquet").to_pylist() if row["at"]]
    spans = {
        "GB": (datetime(2016, 5, 26, 23), datetime(2016, 6, 23, 23)),
        "US": (datetime(2016, 5, 27, 4), datetime(2016, 6, 24, 4)),
    }
    assert all(spans[row["territory"]][0] <= row["at"] < spans[row["territory"]][1] for row in rows)
    assert any(row["at"] >= datetime(2016, 6, 24) for row in rows if row["territory"] == "US")


def test_no_two_files_speak_of_the_same_channel_measure_and_utc_day(made: tuple[Path, Manifest]) -> None:
    folder, manifest = made
    seen: dict[tuple[object, ...], str] = {}
    for note in (*manifest.files, *manifest.late):
        if note.path.endswith(".csv"):
            continue
        rows = pq.read_table(folder / note.path, columns=["territory", "channel", "measure", "day", "at"])
        for row in rows.to_pylist():
            key = (row["territory"], row["channel"], row["measure"], row["day"] or row["at"].date())
            assert seen.setdefault(key, note.path) == note.path


def test_the_late_day_of_stream_b_is_only_in_the_late_folder(made: tuple[Path, Manifest]) -> None:
    # The market ends on Thursday 23 June; 15 days before is Wednesday 8 June.
    folder, manifest = made
    assert manifest.late_day == late_day(FIRST, LAST) == date(2016, 6, 8)
    late = _tables(folder / "late", "*.parquet").to_pylist()
    assert {(row["territory"], row["channel"], row["day"]) for row in late} == {("GB", "stream-b", date(2016, 6, 8))}
    early = _tables(folder, "gb-streams*.parquet").to_pylist()
    days = {row["day"] for row in early if row["channel"] == "stream-b"}
    assert len(days) == 27
    assert date(2016, 6, 8) not in days


def test_one_station_is_silent_for_a_day_and_one_logs_three_plays_twice(made: tuple[Path, Manifest]) -> None:
    rows = _tables(made[0], "us-airplay*.parquet").to_pylist()
    days = {(row["channel"], row["at"].date()) for row in rows}
    assert ("WAAC", date(2016, 6, 10)) not in days
    assert ("WAAC", date(2016, 6, 11)) in days
    twice = [(row["channel"], row["at"], row["title"]) for row in rows]
    assert len(twice) - len(set(twice)) == 3


def test_the_small_shop_sends_good_rows_and_one_bad_row_of_each_kind(made: tuple[Path, Manifest]) -> None:
    folder, manifest = made
    lines = (folder / "gb-shop-c.csv").read_text("utf-8").splitlines()
    assert len(MISTAKES) == manifest.bad_rows == 6
    assert len(lines) - 1 == 6 * 8 + 6
    assert sum(",downlaod," in line for line in lines) == 1
    assert sum("2016-02-30" in line for line in lines) == 1


def test_two_artists_have_a_song_of_the_same_title_and_the_song_is_there(
    made: tuple[Path, Manifest],
) -> None:
    parts = made[1].parts
    assert (parts[0].title, parts[0].credit) == (
        "We Don't Talk Anymore",
        "Charlie Puth featuring Selena Gomez",
    )
    one, other = (part for part in parts if part.part == "shares its title with another artist's song")
    assert one.title == other.title
    assert one.credit != other.credit


def test_shares_are_whole_add_up_and_depend_on_the_phase_only_in_rounding() -> None:
    # Weights 1, 1, 2 of 8 are 2, 2, 4. Of 3: edges 3/4, 6/4, 12/4, floored 0, 1, 3, so 0, 1, 2.
    assert allot(np.array([1, 1, 2]), 8, 0).tolist() == [2, 2, 4]
    assert allot(np.array([1, 1, 2]), 3, 0).tolist() == [0, 1, 2]
    assert allot(np.array([1, 1, 2]), 3, 3).tolist() == [1, 1, 1]  # (3+3)/4=1, (6+3)/4=2, (12+3)/4=3
    assert allot(np.array([0, 0]), 3, 0).tolist() == [0, 0]
    huge = allot(np.full(1000, 1 << 50), 1_000_000, 12345)
    assert huge.sum() == 1_000_000
    assert set(huge.tolist()) <= {999, 1000, 1001}


def test_a_part_is_steered_evenly_between_its_knots_and_free_outside() -> None:
    knots = ((100, 10), (110, 20))
    assert lives._place(knots, 105) == 15_000
    assert lives._place(knots, 99) is None
    assert lives._place(knots, 111) is None


def test_people_listen_by_their_own_clock() -> None:
    # In June London is one hour ahead of UTC, New York four behind.
    assert local_hours("Europe/London", date(2016, 6, 1))[0] == 1
    assert local_hours("America/New_York", date(2016, 6, 1))[0] == 20
    assert local_hours("Europe/London", date(2016, 2, 1))[0] == 0
    summer, winter = (by_hour("Europe/London", date(2016, month, 1)) for month in (6, 2))
    assert summer.sum() == winter.sum()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"seed": -1}, "--seed: -1 is below nought; allowed: 0, 1, 2 …"),
        ({"territories": ("XX",)}, "--territories: 'XX' has no simulated market; known: GB, US, "),
        ({"territories": ()}, "name one territory or several different ones"),
        ({"territories": ("GB", "GB")}, "name one territory or several different ones"),
        ({"scale": "huge"}, "--scale: 'huge' is not a size; allowed: small, demo, large"),
        ({"first": LAST, "last": FIRST}, "a market lasts from 14 days to ten years"),
    ],
)
def test_a_wrong_wish_is_refused_in_one_sentence(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    wish: dict[str, object] = {"scale": "small"} | change
    with pytest.raises(UsageError, match=re.escape(sentence)):
        market.write(tmp_path / "new", **wish)  # type: ignore[arg-type]
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(HouseError, match="is not empty"):
        market.write(tmp_path, scale="small")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_other_territories_have_their_own_money_and_stations(tmp_path: Path) -> None:
    made = market.write(tmp_path / "market", scale="small", territories=("NO",))
    rows = _tables(tmp_path / "market", "*.parquet").to_pylist()
    assert made.territories == ("NO",)
    assert {row["territory"] for row in rows} == {"NO"}
    assert {row["currency"] for row in rows if row["currency"]} == {"NOK"}


def test_numbers_of_songs_and_consumers_may_be_chosen() -> None:
    size = market.sized("small", 400, 99)
    assert (size.songs, size.consumers, size.stations) == (400, 99, (4, 5))
    with pytest.raises(UsageError, match="--songs: 5 is not possible; allowed: 60 to 99999"):
        market.sized("small", 5, None)
    with pytest.raises(UsageError, match="--consumers: 2 is not possible; allowed: 20 to 1000000"):
        market.sized("small", None, 2)


def test_the_command_says_simulated_on_its_first_line_and_prints_the_digest(
    made: tuple[Path, Manifest], tmp_path: Path
) -> None:
    call = ["simulate", str(tmp_path / "market"), "--seed", "7", "--scale", "small"]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("SIMULATED market")
    assert f"SIMULATED content digest {made[1].digest}" in result.output.replace("\n", "")
    kept = json.loads((tmp_path / "market" / "manifest.json").read_text("utf-8"))
    assert kept["simulated"] is True
    assert kept["digest"] == made[1].digest


def test_the_command_prints_json_on_request(tmp_path: Path) -> None:
    call = ["simulate", str(tmp_path / "market"), "--scale", "small", "--territories", "gb", "--json"]
    call += ["--from", "2016-06-01", "--to", "2016-06-14"]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    assert (said["simulated"], said["first"], said["last"]) == (True, "2016-06-01", "2016-06-14")
