"""A house folder: made, opened, refused."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

import hitparade
from hitparade import database
from hitparade.errors import HouseError, LockedError, NewerFormatError, NoHouseError, UsageError
from hitparade.house import House
from hitparade.storage import writer_lock


def test_a_new_house_opens_and_is_in_wal_mode(tmp_path: Path) -> None:
    house = hitparade.new(tmp_path / "charts", name="Charts of ours")
    assert hitparade.open(tmp_path / "charts").config.name == "Charts of ours"
    with house.database.connect() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"


def test_two_houses_never_share_the_salt_that_hides_consumers(tmp_path: Path) -> None:
    one, two = hitparade.new(tmp_path / "one"), hitparade.new(tmp_path / "two")
    assert one.config.consumer_salt != two.config.consumer_salt


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(HouseError, match="not empty"):
        hitparade.new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_is_no_house_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoHouseError, match="there is no house here"):
        hitparade.open(tmp_path)


def test_a_newer_house_is_refused_in_plain_words(house: House) -> None:
    with house.database.begin() as change:
        change.execute(update(database.house_facts).values(said=str(database.FORMAT + 1)))
    with pytest.raises(
        NewerFormatError,
        match=r"has format (\d+), and this hitparade reads formats up to \d+; use a newer hitparade",
    ):
        hitparade.open(house.paths.root)


def test_a_house_of_format_1_is_given_the_tables_that_came_later(house: House) -> None:
    with house.database.begin() as change:
        database.catalog_log.drop(change)
        change.execute(update(database.house_facts).values(said="1"))
    opened = hitparade.open(house.paths.root)
    with opened.database.connect() as connection:
        assert connection.execute(select(database.catalog_log)).all() == []
        # Older programs read on until something is written (test_house_format.py).
        assert connection.scalar(select(database.house_facts.c.said)) == "1"


def test_an_unknown_setting_is_named_with_what_is_allowed(house: House) -> None:
    house.paths.config.write_text('name = "x"\n[engine]\nthread = 2\n')
    with pytest.raises(HouseError, match=r"unknown key 'engine.thread'; allowed here: memory_limit, threads"):
        hitparade.open(house.paths.root)


def test_a_second_writer_is_told_to_wait(house: House) -> None:
    with (
        writer_lock(house.paths),
        pytest.raises(LockedError, match="another hitparade is writing"),
        writer_lock(house.paths, wait=0.05),
    ):
        pass


def test_an_exemption_from_a_rule_that_the_book_does_not_have_is_refused(house: House) -> None:
    """Misspelled, it would do nothing, and nobody would notice."""
    with pytest.raises(HouseError, match=r"'recurent': demo-singles has no such step .* recurrent, artist_cap"):
        house.decide(
            "demo-singles", "Any", rule="recurent", action="exempt", first_issue=date(2016, 1, 8),
            last_issue=date(2016, 1, 8), why="a slip", by="test",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("action", "rule"),
    [("admit", "artist_cap"), ("reset", "recurrent"), ("seasonal", "accelerated"), ("admit", "taste")],
)
def test_telling_a_rule_what_it_does_not_heed_is_refused(house: House, action: str, rule: str) -> None:
    """The steps of demo-singles are recurrent and artist_cap: nothing there is admitted or reset."""
    with pytest.raises(HouseError, match=f"--action {action} --rule '{rule}' does nothing: .* heed it; steps of demo"):
        house.decide(
            "demo-singles", "Any", rule=rule, action=action, first_issue=date(2016, 1, 8),
            last_issue=date(2016, 1, 8), why="a slip", by="test",
        )  # fmt: skip


def told(*words: object) -> tuple[int, str]:
    """Return the exit code and all that the command line says, run as a person runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "hitparade", *map(str, words)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A file stands where a folder is wanted."""
    (tmp_path / "letter.txt").write_text("dear")
    code, said = told("new", tmp_path / "letter.txt" / "house")
    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(f"hitparade: {tmp_path / 'letter.txt'}")


def test_an_export_into_a_folder_that_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(UsageError, match=r"there is no folder .*nowhere to write it into"):
        house.export_problems(house.paths.root / "nowhere" / "problems.csv")


def test_fewer_lines_than_none_are_not_printed(house: House) -> None:
    code, said = told("-C", house.paths.root, "chart", "my-top-40", "--top", "-3")
    assert code == 2
    assert "--top" in said


def test_the_state_of_a_house_names_its_archives_and_what_can_be_asked(house: House, tmp_path: Path) -> None:
    file = tmp_path / "weekly.csv"
    file.write_text("date,rank,title,artist\n2016-01-02,1,Salt,Ada\n2016-01-02,2,Rust,Ben\n2016-01-09,1,Rust,Ben\n")
    house.archives.import_("weekly", [file])
    now = house.status()
    (held,) = now.archives
    assert (held.series, held.lines, str(held.first_issue), str(held.last_issue)) == (
        "weekly", 3, "2016-01-02", "2016-01-09",
    )  # fmt: skip
    assert now.next_step.startswith("hitparade song TITLE")
