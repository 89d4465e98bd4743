"""Deliveries: what is here already, what takes whose place, what is refused, and what a crash leaves."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hitparade import storage
from hitparade.errors import BalanceError, HouseError, IntakeError, OverlapError, UsageError
from hitparade.house import House, open_house
from intake_files import ENTRIES, files_of, rows_of, write

MONDAY = "2026-01-05,GB,shop,download,,A,B,1"
TUESDAY = "2026-01-06,GB,shop,download,,A,B,2"
SPOTIFY = 'Position,"Track Name",Artist,Streams,URL'


def in_force(house: House) -> list[str]:
    return [delivery.id for delivery in house.deliveries()]


def test_the_same_bytes_change_nothing(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY)
    (first,) = house.receive(file)
    before = files_of(house, first.delivery)
    (second,) = house.receive(file)
    assert (second.status, second.delivery) == ("already here", first.delivery)
    assert (second.received, second.accepted) == (1, 1)
    assert files_of(house, first.delivery) == before
    assert in_force(house) == [first.delivery]


def test_again_reads_a_kept_original_and_comes_to_the_same(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY)
    (first,) = house.receive(file)
    before = files_of(house, first.delivery)
    file.unlink()
    (second,) = house.receive(first.delivery, again=True)
    assert (second.status, second.delivery) == ("received", first.delivery)
    assert files_of(house, first.delivery) == before
    with pytest.raises(UsageError, match="say --again to read its kept original again"):
        house.receive(first.delivery)


def test_a_newer_reader_takes_the_place_of_the_older_one_only_when_asked(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hitparade.intake.formats import entries

    file = write(tmp_path, "e.csv", ENTRIES, MONDAY)
    (old,) = house.receive(file)
    monkeypatch.setattr(entries, "VERSION", entries.VERSION + 1)
    (same,) = house.receive(file)
    assert (same.status, same.delivery) == ("already here", old.delivery)
    assert "--again reads it" in same.why
    (new,) = house.receive(file, again=True)
    assert (new.status, new.replaces) == ("received", old.delivery)
    assert in_force(house) == [new.delivery]


def test_an_undeclared_overlap_is_refused_with_both_names(house: House, tmp_path: Path) -> None:
    (first,) = house.receive(write(tmp_path, "one.csv", ENTRIES, MONDAY))
    other = write(tmp_path, "two.csv", ENTRIES, MONDAY, TUESDAY)
    with pytest.raises(OverlapError) as caught:
        house.receive(other)
    assert str(caught.value) == (
        f"two.csv: delivery {first.delivery} (one.csv) already holds territory GB, channel shop, measure download, "
        f"day 2026-01-05; say --replaces {first.delivery} if this file takes its place, or --part NAME if it is "
        "another part of it"
    )
    (second,) = house.receive(other, replaces=first.delivery)
    assert second.replaces == first.delivery
    assert in_force(house) == [second.delivery]
    assert [(each.id, each.replaced_by) for each in house.deliveries(all=True)] == [
        (first.delivery, second.delivery), (second.delivery, None),
    ]  # fmt: skip
    assert rows_of(house, first.delivery), "a replaced delivery's files stay"


def test_parts_add_up(house: House, tmp_path: Path) -> None:
    house.receive(write(tmp_path, "one.csv", ENTRIES, MONDAY), part="1")
    house.receive(write(tmp_path, "two.csv", ENTRIES, MONDAY, MONDAY), part="2")
    assert [each.accepted for each in house.deliveries()] == [1, 2]


def test_a_corrected_file_of_the_same_declared_day_takes_its_place_by_itself(house: House, tmp_path: Path) -> None:
    name = "regional-gb-daily-2017-06-17.csv"
    (old,) = house.receive(write(tmp_path, name, SPOTIFY, "1,A,B,5,u"))
    (new,) = house.receive(write(tmp_path, name, SPOTIFY, "1,A,B,6,u"))
    assert (new.replaces, in_force(house)) == (old.delivery, [new.delivery])
    write(tmp_path, name, SPOTIFY, "1,A,B,5,u")
    (here,) = house.receive(tmp_path / name)
    assert here.status == "already here"
    assert here.why == f"delivery {new.delivery} has taken its place; --again puts it back in force"
    (back,) = house.receive(tmp_path / name, again=True)
    assert (back.status, in_force(house)) == ("back in force", [old.delivery])


def test_a_control_file_declares_scope_supplier_part_and_balance(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY)
    control = tmp_path / "e.csv.control.toml"
    control.write_text('supplier = "Shops"\npart = "north"\n[scope]\nterritory = "GB"\nchannels = ["shop"]\n'
                       "from = 2026-01-05\nto = 2026-01-05\n[balance]\nrows = 1\nquantity = 1\n")  # fmt: skip
    (old,) = house.receive(tmp_path)
    assert (old.file, old.supplier, old.part) == ("e.csv", "Shops", "north")
    control.write_text(control.read_text().replace("quantity = 1", "quantity = 4"))
    write(tmp_path, "e.csv", ENTRIES, MONDAY.replace(",B,1", ",B,4"))
    (new,) = house.receive(file)
    assert new.replaces == old.delivery
    write(tmp_path, "e.csv", ENTRIES, TUESDAY)
    control.write_text(control.read_text().replace("quantity = 4", "quantity = 2"))
    with pytest.raises(IntakeError, match=r"holds 2026-01-06, outside of its declared scope: to 2026-01-05"):
        house.receive(file)


def test_a_control_total_that_does_not_hold_refuses_the_file(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY, TUESDAY)
    with pytest.raises(BalanceError, match="control total rows is 3, and rows received come to 2"):
        house.receive(file, balance={"rows": 3})
    with pytest.raises(BalanceError, match="control total quantity is 4, and quantity of the accepted rows come to 3"):
        house.receive(file, balance={"quantity": 4})
    assert house.receive(file, balance={"rows": 2, "quantity": 3})[0].status == "received"


def test_a_control_file_makes_a_delivery_simulated(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY)
    (tmp_path / "e.csv.control.toml").write_text("simulated = true\n")
    house.receive(file)
    assert [each.simulated for each in house.deliveries()] == [True]


def test_a_dry_run_says_what_would_happen_and_changes_nothing(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY, "2026-01-05,GB,shop,download,,,B,1")
    before = sorted(house.paths.root.rglob("*"))
    (receipt,) = house.receive(file, dry_run=True)
    assert (receipt.status, receipt.accepted, receipt.rejected) == ("would be received", 1, 1)
    assert receipt.refusals[0].place == "e.csv:record 2"
    assert sorted(path for path in house.paths.root.rglob("*") if "house." not in path.name) == [
        path for path in before if "house." not in path.name
    ]
    assert in_force(house) == []


def test_one_refused_file_does_not_stop_the_others(house: House, tmp_path: Path) -> None:
    write(tmp_path, "1.csv", ENTRIES, MONDAY)
    write(tmp_path, "2.csv", "x,y", "1,2")
    write(tmp_path, "3.csv", ENTRIES, TUESDAY)
    receipts = house.receive(tmp_path)
    assert [(each.file, each.status) for each in receipts] == [
        ("1.csv", "received"), ("2.csv", "refused"), ("3.csv", "received"),
    ]  # fmt: skip
    assert "no known format has these columns" in receipts[1].why


def test_originals_are_kept_byte_for_byte_unless_the_house_says_no(house: House, tmp_path: Path) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY, ends="\r\n")
    house.receive(file)
    (kept,) = house.paths.originals.glob("*/e.csv")
    assert kept.read_bytes() == file.read_bytes()
    text = house.paths.config.read_text()
    house.paths.config.write_text(text.replace("keep_originals = true", "keep_originals = false"))
    (other,) = open_house(house.paths.root).receive(write(tmp_path, "f.csv", ENTRIES, TUESDAY))
    assert len(list(house.paths.originals.glob("*/*"))) == 1
    with pytest.raises(IntakeError, match=r"the original f\.csv was not kept"):
        house.receive(other.delivery, again=True)


def test_problems_are_exported(house: House, tmp_path: Path) -> None:
    house.receive(write(tmp_path, "e.csv", ENTRIES, MONDAY, "2026-01-05,GB,shop,download,,,B,1"))
    assert house.export_problems(tmp_path / "p.csv") == 1
    assert (tmp_path / "p.csv").read_text().splitlines()[0] == "delivery,place,severity,reason,found,allowed,raw"
    with pytest.raises(UsageError, match=r"allowed are .csv and .parquet"):
        house.export_problems(tmp_path / "p.xls")
    with pytest.raises(UsageError, match="d-000000000000: there is no such delivery"):
        house.problems("d-000000000000")


class _Stopped(BaseException):
    """Somebody pressed Ctrl-C."""


@pytest.mark.parametrize("point", ["receive:written", "receive:moved"])
def test_stopped_half_way_nothing_is_left(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    def stop(name: str) -> None:
        if name == point:
            raise _Stopped

    file = write(tmp_path, "e.csv", ENTRIES, MONDAY)
    monkeypatch.setattr(storage, "commit_point", stop)
    with pytest.raises(_Stopped):
        house.receive(file)
    kept = [path for path in house.paths.root.rglob("*") if path.is_file() and "house." not in path.name]
    assert kept == []
    assert in_force(house) == []


_KILLED = """
    import os, signal, sys
    from hitparade import storage
    from hitparade.house import open_house
    def stop(name):
        if name == sys.argv[3]:
            os.kill(os.getpid(), signal.SIGKILL)
    storage.commit_point = stop
    open_house(sys.argv[1]).receive(sys.argv[2])
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("point", "there"), [("receive:written", False), ("receive:moved", False), ("receive:committed", True)]
)
def test_killed_at_a_commit_point_the_old_or_the_new_state_is_there(
    house: House,
    tmp_path: Path,
    point: str,
    there: bool,  # noqa: FBT001 - what a table row says
) -> None:
    file = write(tmp_path, "e.csv", ENTRIES, MONDAY, TUESDAY)
    command = [sys.executable, "-c", textwrap.dedent(_KILLED), str(house.paths.root), str(file), point]
    killed = subprocess.run(command, check=False, env=os.environ | {"PYTHONWARNINGS": "default"})
    assert killed.returncode == -signal.SIGKILL
    assert bool(in_force(house)) is there
    (receipt,) = house.receive(file)
    assert receipt.status == ("already here" if there else "received")
    assert sum(len(rows) for rows in rows_of(house, receipt.delivery).values()) == 2


def run(house: House, *words: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "hitparade", "-C", str(house.paths.root), *words]
    done = subprocess.run(command, check=False, capture_output=True, input=stdin)
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.slow
def test_the_command_line(house: House, tmp_path: Path) -> None:
    bad = "2026-01-05,GB,shop,download,,,B,1"
    done = run(house, "receive", "-", "--json", stdin=f"{ENTRIES}\n{MONDAY}\n{bad}\n".encode())
    (receipt,) = json.loads(done.stdout)
    assert (done.returncode, receipt["file"], receipt["accepted"], receipt["rejected"]) == (0, "stdin", 1, 1)
    shown = run(house, "problems").stdout
    assert "stdin:record 2  title-missing: found nothing; allowed: a title" in shown
    assert receipt["delivery"] in run(house, "deliveries").stdout
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, "2.csv", ENTRIES, TUESDAY)
    write(folder, "3.csv", "x,y", "1,2")
    many = run(house, "receive", str(folder))
    assert many.returncode == 1
    assert "2 files: 1 received, 1 refused. 1 rows received = 1 accepted + 0 rejected." in many.stdout
    wrong = run(house, "receive", str(folder), "--balance", "rows=x")
    assert (wrong.returncode, wrong.stderr) == (
        2, "hitparade: --balance rows=x: allowed are rows=NUMBER and quantity=NUMBER\n",
    )  # fmt: skip


def test_a_territory_that_is_none_is_refused(house: House, tmp_path: Path) -> None:
    with pytest.raises(HouseError, match="--territory: 'UK' is no territory"):
        house.receive(write(tmp_path, "e.csv", ENTRIES, MONDAY), territory="UK")
