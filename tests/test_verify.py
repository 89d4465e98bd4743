"""Verify: a flipped byte is found and named, so is a chart that does not follow, and what changed since."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from edition_maker import ANNA, compiled, life
from fold_maker import issue, song, week
from hitparade.archive import index, publish, seal, today
from hitparade.archive.edition import Imprint, content_digest, folder_of, make, seal_of, text_of
from hitparade.archive.verify import FOLLOWS, SEAL, TODAY, Verification, verify_copy, verify_house
from hitparade.compile.decision import Decision
from hitparade.errors import ArchiveError
from hitparade.house import House
from hitparade.rulebook.rules import Value


@pytest.fixture
def copied(house: House, tmp_path: Path) -> Path:
    """A copy of a house's editions: three issues, the first with a correction."""
    first, second, third = life()
    for each in (first, second, third):
        publish.publish(house.paths, house.database, each, ANNA)
    late = compiled(0, {"a": 9, "b": 5, "c": 3})
    publish.correct(house.paths, house.database, late, ANNA, reason="late file")
    copy = tmp_path / "copy"
    shutil.copytree(house.paths.editions, copy)
    return copy


def answers(found: Verification) -> dict[str, bool | None]:
    return {answer.question: answer.holds for answer in found.answers}


def told(found: Verification) -> str:
    return "\n".join(line for answer in found.answers for line in answer.findings)


def test_a_copy_stands_alone(copied: Path) -> None:
    found = list(verify_copy(copied))
    assert [each.name for each in found] == [
        "test 2016-01-08 ed1",
        "test 2016-01-08 ed2",
        "test 2016-01-15 ed1",
        "test 2016-01-22 ed1",
    ]
    assert all(answers(each) == {SEAL: True, FOLLOWS: True} for each in found)
    [alone] = verify_copy(copied / "test" / "2016-01-15" / "ed1")
    assert alone.sound


def test_every_flipped_byte_is_found_and_named(copied: Path) -> None:
    """Each byte of each file of one edition, one bit of it turned over, one at a time."""
    folder = copied / "test" / "2016-01-08" / "ed2"
    for place in sorted(folder.iterdir()):
        sound = place.read_bytes()
        for at in range(len(sound)):
            place.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << at % 8]) + sound[at + 1 :])
            breaks = list(seal.breaks(folder, lambda *_: None))
            assert any(str(place) in line for line in breaks), f"byte {at} of {place.name}"
        place.write_bytes(sound)
    assert not list(seal.breaks(folder, lambda *_: None))


@pytest.mark.parametrize("name", ["edition.json", "edition.csv", "inputs.json.gz"])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "nonsense", "list"])
def test_what_cannot_be_read_is_told_and_not_a_traceback(copied: Path, name: str, damage: str) -> None:
    place = copied / "test" / "2016-01-15" / "ed1" / name
    data = place.read_bytes()
    place.write_bytes(
        {"empty": b"", "cut": data[: len(data) // 2], "nonsense": b"\xff\x00{", "list": b"[1]"}.get(damage, b"")
    )
    if damage == "missing":
        place.unlink()
    found = {each.folder: each for each in verify_copy(copied)}
    broken = found.pop(str(place.parent))
    assert answers(broken)[SEAL] is False
    assert str(place) in told(broken)
    assert "2016-01-15" in broken.name
    assert all(each.sound for each in found.values())


def test_a_copied_edition_sealed_anew_does_not_fit_the_one_that_links_to_it(copied: Path) -> None:
    """Whoever changes an edition and seals it again breaks the next one's link."""
    place = copied / "test" / "2016-01-08" / "ed1" / "edition.json"
    said = json.loads(place.read_bytes())
    said["reason"] = "nothing to see"
    said["digest"] = content_digest(said)
    said["seal"] = seal_of(said)
    place.write_bytes(text_of(said))
    found = {each.name: each for each in verify_copy(copied)}
    assert found["test 2016-01-08 ed1"].sound
    assert "replaces test 2016-01-08 ed1 of digest" in told(found["test 2016-01-08 ed2"])
    assert "takes last week from test 2016-01-08 ed1 of digest" in told(found["test 2016-01-15 ed1"])


def test_a_chart_that_does_not_follow_is_found_though_its_seal_is_whole(tmp_path: Path) -> None:
    """Somebody swapped the first two titles, then sealed the edition properly."""
    made = compiled(0)
    one, two, three = made.chart.entries
    swapped = (replace(one, title=two.title), replace(two, title=one.title), three)
    forged = replace(made, chart=replace(made.chart, entries=swapped))
    _, files = make(forged, Imprint(1, "eve", ANNA.at))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    [found] = verify_copy(tmp_path)
    assert answers(found) == {SEAL: True, FOLLOWS: False}
    assert told(found).startswith("test 2016-01-08 ed1: its entries ")


def test_a_folder_without_editions_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no edition here"):
        list(verify_copy(tmp_path))


def in_house(house: House, *found_today: str) -> list[Verification]:
    return list(
        verify_house(house.paths, house.database, chart="test", issue_date=None, today=lambda _: iter(found_today))
    )


def test_the_third_answer_is_apart_from_the_others_and_asked_of_editions_in_force(house: House, copied: Path) -> None:
    found = in_house(house, "delivery d-1 came in late")
    assert [answers(each) for each in found] == [
        {SEAL: True, FOLLOWS: True, TODAY: None},
        *[{SEAL: True, FOLLOWS: True, TODAY: False}] * 3,
    ]
    assert all(each.sound for each in in_house(house))


def test_the_house_knows_the_digest_it_published(house: House, copied: Path) -> None:
    """An edition swapped for another that is whole in itself is found by the row."""
    place = folder_of(house.paths.editions, "test", issue(2), 1)
    shutil.rmtree(place)
    shutil.copytree(folder_of(house.paths.editions, "test", issue(1), 1), place)
    found = in_house(house)[-1]
    assert answers(found)[SEAL] is False
    assert "says it is test 2016-01-15 ed1, and lies in the place of test 2016-01-22 ed1" in told(found)


def test_a_missing_edition_is_told(house: House, copied: Path) -> None:
    shutil.rmtree(folder_of(house.paths.editions, "test", issue(2), 1))
    assert "edition.json: the file is missing" in told(in_house(house)[-1])


def test_a_withdrawal_is_sealed_too(house: House) -> None:
    publish.publish(house.paths, house.database, compiled(0), ANNA)
    [row] = index.editions(house.database)
    publish.withdraw(house.paths, house.database, row, reason="wrong", by="carl", at=ANNA.at)
    [found] = in_house(house)
    assert found.sound
    assert found.withdrawn
    place = folder_of(house.paths.editions, "test", issue(0), 1) / "withdrawal.json"
    place.write_bytes(place.read_bytes().replace(b"carl", b"karl"))
    assert f"{place}: what it says does not fit its seal" in told(in_house(house)[0])
    place.unlink()
    assert f"{place}: the file is missing" in told(in_house(house)[0])


def test_nothing_published_under_that_name_is_told(house: House) -> None:
    assert not list(verify_house(house.paths, house.database, chart=None, issue_date=None, today=lambda _: iter(())))
    with pytest.raises(ArchiveError, match="nothing is published"):
        in_house(house)


def test_candidates_of_today_are_compared_song_by_song() -> None:
    then = week([song("a", 9, recordings=("r1",)), song("b", 5, recordings=("r2",)), song("c", 2, recordings=("r3",))])
    now = week(
        [
            song("a", 10, recordings=("r1",)),
            song("b", 5, recordings=("r2", "r3")),
            song("d", 1, recordings=("r4",)),
        ]
    )
    assert list(today.candidate_changes(then, now, {})) == [
        "identity changed: B by Artist of b is made of other recordings",
        "identity changed: C by Artist of c is now part of 'b'",
        "identity changed: D by Artist of d is new among the candidates",
        "sums differ: A by Artist of a: download 9 then, 10 now",
    ]
    assert list(today.candidate_changes(then, then, {})) == []


def test_many_differences_are_counted() -> None:
    then, now = week({f"s{n}": n + 1 for n in range(9)}), week({f"s{n}": n + 2 for n in range(9)})
    lines = [line for line in today.candidate_changes(then, now, {}) if line.startswith("sums")]
    assert len(lines) == 6
    assert lines[-1] == "sums differ: 4 more songs"


def test_rules_and_decisions_of_today_are_compared() -> None:
    value = Value("size", issue(0), "issue_date", 3, "a page")
    rules = replace(compiled(0).rules, values=(value,))
    other = replace(rules, size=4, values=(replace(value, value=4),))
    assert list(today.rule_changes(rules, other)) == ["the book's size was 3, and is 4 now"]
    assert list(today.rule_changes(rules, replace(rules, size=4))) == ["the book's rules in force differ"]
    ruling = Decision("r-1", issue(0), issue(0), "a", "manipulation", "exclude", "bulk")
    assert list(today.decision_changes([], [ruling])) == ["decision r-1 (exclude 'a', bulk) was taken since"]
    assert list(today.decision_changes([ruling], [])) == ["decision r-1 (exclude 'a') is no longer in the house"]
