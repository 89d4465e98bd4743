"""Doctor: rows and files agree, what a crash left is removed, what is lost is named."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import insert

from edition_maker import ANNA, life
from fold_maker import issue
from hitparade import database as db
from hitparade import storage
from hitparade.archive import drafts, index, publish
from hitparade.archive.doctor import Report, doctor
from hitparade.archive.edition import folder_of
from hitparade.digest import digest_file
from hitparade.errors import LockedError
from hitparade.house import House
from hitparade.storage import writer_lock


def examine(house: House, **how: object) -> Report:
    return doctor(house.paths, house.database, **how)


def deliver(house: House, name: str = "d-1") -> Path:
    """A delivery as intake leaves it: words, cells, problems, the original; its file of rows is given."""
    folder = house.paths.deliveries / name
    folder.mkdir(parents=True)
    for each in ("spellings", "problems"):
        pq.write_table(pa.table({"spelling": [1]}), folder / f"{each}.parquet")
    pq.write_table(pa.table({"territory": ["GB"], "day": ["2016-01-01"]}), folder / "cells.parquet")
    rows = house.paths.rows / "territory=GB" / "day=2016-01-01" / f"{name}.parquet"
    rows.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"spelling": [1]}), rows)
    received = house.paths.scratch / "plays.csv"
    received.write_text("a,1\n", "utf-8")
    digest = digest_file(received)
    original = house.paths.originals / digest / "plays.csv"
    original.parent.mkdir(parents=True, exist_ok=True)
    received.rename(original)
    text = dict.fromkeys(("format", "reader", "mapping", "supplier", "territory", "part", "scope"), "")
    lists = dict.fromkeys(("channels", "measures", "territories"), "[]")
    numbers = dict.fromkeys(("bytes", "received", "accepted", "rejected", "notes", "quantity", "simulated"), 0)
    said = {"id": name, "serial": 1, "name": "plays.csv", "digest": digest, "original": f"{digest}/plays.csv"}
    with db.writing(house.database) as transaction:
        transaction.execute(insert(db.deliveries).values(**said, **text, **lists, **numbers, received_at="now"))
    return rows


def total(house: House, day: str = "2016-01-01") -> Path:
    """Totals of a day, with their row."""
    place = house.paths.totals / "set" / "GB" / f"{day}-{'c' * 16}.parquet"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"totals")
    with db.writing(house.database) as transaction:
        said = {
            "totals_set": "set",
            "territory": "GB",
            "day": day,
            "inputs": "i",
            "content": "c" * 64,
            "rows": 1,
        }
        transaction.execute(insert(db.totals_days).values(**said))
    return place


@pytest.fixture
def full(house: House) -> House:
    """A house with one of everything."""
    deliver(house)
    total(house)
    issues = life()[:2]
    drafts.store(house.paths, house.database, issues)
    for each in issues:
        publish.publish(house.paths, house.database, each, ANNA)
    return house


def files(house: House) -> set[Path]:
    return {each for each in house.paths.root.rglob("*") if each.is_file() and not each.name.startswith("house.")}


def test_an_empty_and_a_full_house_are_clean(house: House) -> None:
    assert examine(house) == Report((), (), removed=True)
    assert examine(house).clean


def test_a_full_house_loses_nothing(full: House) -> None:
    before = files(full)
    assert examine(full, deep=True, content_of=lambda _: "c" * 64) == Report((), (), removed=True)
    assert files(full) == before


ORPHANS: dict[str, tuple[str, str]] = {
    "delivery": ("ledger/deliveries/d-2/cells.parquet", "ledger/deliveries/d-2: a delivery without a row"),
    "rows": (
        "ledger/rows/territory=GB/day=2016-01-01/d-2.parquet",
        "ledger/rows/territory=GB/day=2016-01-01/d-2.parquet: rows of a delivery without a row",
    ),
    "original": ("ledger/originals/abc/plays.csv", "ledger/originals/abc: a received file without a row"),
    "totals": (
        "totals/set/GB/2016-01-02-d.parquet",
        "totals/set/GB/2016-01-02-d.parquet: totals without a row",
    ),
    "half totals": (
        "totals/set/GB/.2016-01-01-d.parquet.77.part",
        "totals/set/GB/.2016-01-01-d.parquet.77.part: totals without a row",
    ),
    "draft": ("drafts/test/2017-01-01.json.gz", "drafts/test/2017-01-01.json.gz: a draft without a row"),
    "edition": (
        "editions/test/2016-01-08/ed2/edition.json",
        "editions/test/2016-01-08/ed2: an edition without a row",
    ),
    "withdrawal": (
        "editions/test/2016-01-08/ed1/withdrawal.json",
        "editions/test/2016-01-08/ed1/withdrawal.json: a withdrawal without a row",
    ),
    "scratch": (
        "scratch/d-2-999999999/rows.parquet",
        "scratch/d-2-999999999: left over from a process that is gone",
    ),
    "spill": ("scratch/duckdb_temp.tmp", "scratch/duckdb_temp.tmp: left over from a process that is gone"),
    "half file": (
        ".house.toml.999999999.part",
        ".house.toml.999999999.part: left over from a process that is gone",
    ),
}


@pytest.mark.parametrize("kind", ORPHANS)
def test_a_file_without_a_row_is_removed(full: House, kind: str) -> None:
    name, sentence = ORPHANS[kind]
    before = files(full)
    place = full.paths.root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("left over", "utf-8")
    only_named = examine(full, dry_run=True)
    assert only_named.leftovers == (sentence,)
    assert not only_named.clean
    assert place.exists()
    found = examine(full)
    assert (found.leftovers, found.missing, found.clean) == ((sentence,), (), True)
    assert files(full) == before
    assert examine(full).leftovers == ()


LOST: dict[str, tuple[str, str]] = {
    "rows": (
        "ledger/rows/territory=GB/day=2016-01-01/d-1.parquet",
        "delivery d-1 (plays.csv): {} is missing",
    ),
    "words": ("ledger/deliveries/d-1/spellings.parquet", "delivery d-1 (plays.csv): {} is missing"),
    "edition": ("editions/test/2016-01-15/ed1/inputs.json.gz", "test 2016-01-15 ed1: {} is missing"),
    "chart": ("editions/test/2016-01-15/ed1/edition.json", "test 2016-01-15 ed1: {} is missing"),
}


@pytest.mark.parametrize("kind", LOST)
def test_what_is_lost_is_named_and_not_clean(full: House, kind: str) -> None:
    name, sentence = LOST[kind]
    (full.paths.root / name).unlink()
    found = examine(full)
    assert found.missing == (sentence.format(name),)
    assert not found.clean


def test_a_lost_original_is_named(full: House) -> None:
    [original] = full.paths.originals.rglob("plays.csv")
    original.write_text("b,1\n", "utf-8")
    assert examine(full).clean
    [sentence] = examine(full, deep=True).missing
    assert sentence.endswith("is not the one that was received")
    original.unlink()
    [sentence] = examine(full).missing
    assert "its received file ledger/originals/" in sentence


@pytest.mark.parametrize("damage", [Path.unlink, lambda place: place.write_bytes(b"x")])
def test_lost_drafts_are_no_loss(full: House, damage: Callable[[Path], None]) -> None:
    damage(drafts.place_of(full.paths, "test", issue(0)))
    found = examine(full)
    assert found.clean
    assert found.leftovers == (
        "drafts/test/2016-01-08.json.gz: missing or not as it was; the issue can be compiled again",
    )
    assert [row.issue_date for row in drafts.drafts(full.database)] == [issue(1)]
    assert examine(full).leftovers == ()


def test_lost_totals_are_no_loss(full: House) -> None:
    name = f"totals/set/GB/2016-01-01-{'c' * 16}.parquet"
    assert examine(full, content_of=lambda _: "other").leftovers == ()
    found = examine(full, deep=True, dry_run=True, content_of=lambda _: "other")
    assert found.leftovers == (f"{name}: does not hold what it held; these totals will be built again",)
    (full.paths.root / name).unlink()
    found = examine(full)
    assert found.clean
    assert found.leftovers == (f"{name}: is missing; these totals will be built again",)
    assert examine(full).leftovers == ()


def test_deep_finds_an_altered_edition(full: House) -> None:
    place = folder_of(full.paths.editions, "test", issue(0), 1) / "edition.csv"
    place.write_bytes(place.read_bytes().replace(b"a", b"b", 1))
    assert examine(full).clean
    assert any("edition.csv: altered" in line for line in examine(full, deep=True).missing)


def test_a_withdrawal_that_is_lost_is_named(full: House) -> None:
    row = index.in_force(full.database, "test", issue(1))
    assert row is not None
    publish.withdraw(full.paths, full.database, row, reason="wrong", by="carl", at=ANNA.at)
    assert examine(full).clean
    (folder_of(full.paths.editions, "test", issue(1), 1) / "withdrawal.json").unlink()
    assert examine(full).missing == ("test 2016-01-15 ed1: editions/test/2016-01-15/ed1/withdrawal.json is missing",)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody can ask whether a process runs")
def test_what_a_running_process_writes_is_left_alone(house: House) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        mine = house.paths.scratch / f"d-3-{other.pid}"
        mine.mkdir()
        spill = house.paths.scratch / f"duckdb_temp_{other.pid}_0_owner"
        spill.touch()
        assert examine(house).leftovers == ()
        other.communicate(b"\n")
    gone = [f"scratch/{each.name}: left over from a process that is gone" for each in (mine, spill)]
    assert examine(house).leftovers == tuple(gone)


def test_nothing_is_removed_while_somebody_writes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(house.paths.books, house.paths.editions / "test" / "2016-01-01" / "ed1")
    monkeypatch.setattr(writer_lock.__wrapped__, "__kwdefaults__", {"wait": 0.01})
    with writer_lock(house.paths), pytest.raises(LockedError):
        examine(house)
    assert (house.paths.editions / "test" / "2016-01-01" / "ed1").exists()


class Killed(BaseException):
    """What stands for the end of the process."""


@pytest.mark.parametrize(("point", "left"), [("withdraw:written", 1), ("withdraw:committed", 0)])
def test_a_withdrawal_cut_short_is_not_one(full: House, monkeypatch: pytest.MonkeyPatch, point: str, left: int) -> None:
    """Before its row is committed the edition is in force; the doctor takes the note away."""

    def stop(name: str) -> None:
        if name == point:
            raise Killed

    row = index.in_force(full.database, "test", issue(1))
    assert row is not None
    monkeypatch.setattr(storage, "commit_point", stop)
    with pytest.raises(Killed):
        publish.withdraw(full.paths, full.database, row, reason="wrong", by="carl", at=ANNA.at)
    monkeypatch.undo()
    found = examine(full)
    assert (len(found.leftovers), found.missing) == (left, ())
    assert (index.in_force(full.database, "test", issue(1)) is None) == (left == 0)
