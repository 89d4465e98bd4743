"""The story of a song that an issue did not have to look at: where it stands, and what keeps it off."""

from datetime import date
from pathlib import Path

import pytest

from hitparade.errors import AmbiguousError, CompileError
from hitparade.house import House
from intake_files import write

HEADER = "day,territory,channel,measure,title,artist,quantity"
ISSUE = date(2016, 1, 10)


@pytest.fixture
def compiled(house: House, tmp_path: Path) -> House:
    """A week of 403 songs, of which an issue of 40 positions looks at 300, and a song of the week after.

    Song N of 400 has 401 - N plays; below are Deep with Ann's 60, Deep with Bob's 59 and Last with 1, so that Ann's
    Deep follows the song with 61 plays, the 340th, and stands above the one with 60 by its key.
    """
    first = [f"2016-01-05,GLOBAL,radio,detection,Song {n},The Many,{401 - n}" for n in range(1, 401)]
    more = [("Deep", "Ann", 60), ("Deep", "Bob", 59), ("Zélie’s Last", "Zoe", 1)]
    first += [f"2016-01-05,GLOBAL,radio,detection,{title},{artist},{plays}" for title, artist, plays in more]
    later = ["2016-01-12,GLOBAL,radio,detection,Tomorrow,Ann,7"]
    house.receive([write(tmp_path, "first.csv", HEADER, *first), write(tmp_path, "later.csv", HEADER, *later)])
    house.compile("my-top-40", ISSUE)
    return house


def test_a_song_far_below_is_found_and_placed(compiled: House) -> None:
    """400 songs and the two called Deep are above: 403rd. The 40th has 361 plays, 360 more."""
    told = compiled.explain("my-top-40", ISSUE, "zelies last")
    assert told.story.headline == "not on the chart: would be 403rd: 360 points below 40th"
    assert (told.story.rule, told.story.place, told.story.points, told.story.rows) == ("size", 403, 1, 1)
    assert told.story.needed is not None
    assert told.story.needed.points == 361


def test_a_song_between_others_that_were_not_looked_at_has_its_place(compiled: House) -> None:
    """Songs 1 to 340 have 400 down to 61 plays; of the two with 60, "deep / ann" comes before "song 341"."""
    assert compiled.explain("my-top-40", ISSUE, "Deep / Ann").story.place == 341
    assert compiled.explain("my-top-40", ISSUE, "Deep - Bob").story.place == 343
    assert compiled.explain("my-top-40", ISSUE, "ann deep").story.song == "deep / ann"


def test_two_songs_of_one_title_are_both_named(compiled: House) -> None:
    with pytest.raises(AmbiguousError, match="'deep' may be any of: deep / ann; deep / bob"):
        compiled.explain("my-top-40", ISSUE, "deep")


def test_a_song_of_another_week_has_no_points_in_this_one(compiled: House) -> None:
    told = compiled.explain("my-top-40", ISSUE, "Tomorrow")
    assert told.story.headline == "not on the chart: no points in this window"


@pytest.mark.parametrize("text", ["nonsense", "", "  "])
def test_a_name_that_nobody_has_is_said_to_be_unknown(compiled: House, text: str) -> None:
    with pytest.raises(CompileError, match=r"no song answers to .*, neither on this issue nor anywhere in the ledger"):
        compiled.explain("my-top-40", ISSUE, text)


def test_a_position_below_the_last_is_said_to_be_none(compiled: House) -> None:
    with pytest.raises(CompileError, match=r"there is no position 41, .*its positions are 1 to 40"):
        compiled.explain("my-top-40", ISSUE, "#41")


def test_a_song_that_a_late_file_made_large_is_not_placed_on_an_old_issue(compiled: House, tmp_path: Path) -> None:
    """Late had nothing when the issue was made and has 1,000 now; the issue's inputs cannot say where it stands."""
    late = "2016-01-06,GLOBAL,late radio,detection,Late,Lou,1000"
    compiled.receive([write(tmp_path, "late.csv", HEADER, late)])
    with pytest.raises(CompileError, match="'late / lou' has 1,000 points in today's ledger, and at most 101 when"):
        compiled.explain("my-top-40", ISSUE, "Late")
