"""The demo tells its story, and every number in it is computed."""

import json
import re
import subprocess
import sys

import pytest


@pytest.fixture(scope="module")
def story() -> str:
    """What `hitparade demo` prints, as a person runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "hitparade", "demo"], capture_output=True, text=True, check=False, env={"COLUMNS": "140"}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def screen(story: str, number: int) -> str:
    return re.split(rf"^{number}  ", story, flags=re.MULTILINE)[1].split(f"\n{number + 1}  ")[0]


def test_the_article_comes_first_with_its_damage_and_its_proofs(story: str) -> None:
    first = screen(story, 1)
    assert re.search(r"\d+ facts read, \d+ cells and \d+ lines damaged", first)
    assert "impossible" in first
    for words in ("2nd top ten", "6th top ten"):
        assert words in first


def test_accepted_and_rejected_make_received(story: str) -> None:
    found = re.search(r"([\d,]+) rows received = ([\d,]+) accepted \+ ([\d,]+) rejected", screen(story, 2))
    assert found
    received, accepted, rejected = (int(each.replace(",", "")) for each in found.groups())
    assert received == accepted + rejected
    assert rejected > 0


def test_the_chart_shows_the_song_with_new_entries_re_entries_and_drop_outs(story: str) -> None:
    third = screen(story, 3)
    assert "We Don't Talk Anymore" in third
    assert "Left this week" in third
    assert re.search(r"The run of We Don't Talk Anymore.*NEW.*RE", third)


def test_every_line_of_a_simulated_chart_says_so(story: str) -> None:
    lines = [line for line in screen(story, 3).splitlines() if re.match(r"\s*\d+\s+(NEW|RE|=|▲|▼)", line)]
    assert len(lines) == 15
    assert all("SIMULATED" in line for line in lines)


def test_every_line_that_moves_a_simulated_song_says_so(story: str) -> None:
    """What other rules and a late file would change, and the neighbours of an explained song."""
    moved = [line for n in (5, 6) for line in screen(story, n).splitlines() if re.match(r"\s+\S+ -> \S+  ", line)]
    assert moved
    beside = [line for line in screen(story, 4).splitlines() if re.search(r"\([+-][\d,]+\)|  this song  ", line)]
    assert beside
    assert [line for line in moved + beside if "SIMULATED" not in line] == []


def test_a_song_that_is_not_on_the_chart_is_explained_with_the_rule_that_keeps_it_off(story: str) -> None:
    assert story.count("$ hitparade -C house explain") == 2
    assert "-> off" in screen(story, 4)


def test_other_rules_move_lines(story: str) -> None:
    found = re.search(r"(\d+) enter, (\d+) leave, (\d+) move.* stay as they are   SIMULATED", screen(story, 5))
    assert found
    assert all(int(number) > 0 for number in found.groups())


def test_the_late_file_leads_to_edition_2_and_the_next_lw_comes_from_it(story: str) -> None:
    sixth = screen(story, 6)
    told = re.findall(r"ed1 (\d+|off), ed2 (\d+|off); \S+ now says LW (\d+|-)", sixth)
    assert told
    for before, after, last_week in told:
        assert before != after
        assert last_week == after.replace("off", "-")


def test_the_flipped_byte_is_named_and_the_house_itself_is_sound(story: str) -> None:
    seventh = screen(story, 7)
    assert "edition.csv: altered" in seventh
    assert "1 edition, 1 sound, 0 with a NO." in seventh


def test_the_story_as_json_has_every_screen() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hitparade", "demo", "--json"],
        capture_output=True, text=True, check=False, env={"COLUMNS": "140"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [each["screen"] for each in told["screens"]] == [1, 2, 3, 4, 5, 6, 7]
    assert all("$ hitparade" in each["text"] for each in told["screens"])
    assert told["house"] is None
