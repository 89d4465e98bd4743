"""What senders say of a song besides its name comes through intake and identity to the candidate, in any order."""

from datetime import date
from pathlib import Path

import pytest

from hitparade.catalog.traits import merged, traits, written
from hitparade.house import House


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", {}),
        ("exclusive", {"exclusive": ""}),
        (" seconds = 217 ;album=Nine  Track Mind;", {"album": "Nine Track Mind", "seconds": "217"}),
        ("seconds=1000; seconds=217; seconds=90", {"seconds": "90"}),
        ("album=B; album=A", {"album": "A"}),
    ],
)
def test_traits_are_read_from_one_text(text: str, said: dict[str, str]) -> None:
    assert traits(text) == said


def test_the_same_comes_out_in_any_order_of_senders() -> None:
    texts = ["seconds=217; lang=en", "lang=de", "album=A; seconds=90"]
    assert merged(texts) == merged(reversed(texts)) == "album=A;lang=de;seconds=90"
    assert written(traits("b; a=1")) == "a=1;b"


def received(house: House, folder: Path, rows: list[str]) -> House:
    file = folder / "week.csv"
    head = "territory,day,channel,measure,title,artist,quantity,traits"
    file.write_text("\n".join([head, *rows, ""]), "utf-8")
    house.receive([file])
    return house


def test_a_candidate_knows_what_two_rows_of_a_song_say(house: House, tmp_path: Path) -> None:
    rows = [
        "GB,2016-01-04,shop-a,download,One,Ann,3,album=First; seconds=217",
        "GB,2016-01-05,shop-b,download,ONE,ANN,2,explicit",
        "GB,2016-01-05,shop-b,download,Two,Bob,1,",
    ]
    rules = received(house, tmp_path, rows).rules("demo-singles", date(2016, 1, 8))
    found = {each.song: dict(each.traits) for each in house.candidates(rules, 10, ()).candidates}
    assert found == {"one / ann": {"album": "First", "explicit": "", "seconds": "217"}, "two / bob": {}}


def test_traits_that_cannot_be_read_reject_the_row(house: House, tmp_path: Path) -> None:
    rows = ["GB,2016-01-04,shop-a,download,One,Ann,3,Album?", "GB,2016-01-05,shop-b,download,Two,Bob,1,live"]
    received(house, tmp_path, rows)
    (problem,) = house.problems()
    assert (problem.reason, problem.found) == ("traits-unreadable", "Album?")


def test_a_compiled_issue_with_traits_is_sealed_and_read_back(house: House, tmp_path: Path) -> None:
    received(house, tmp_path, ["GB,2016-01-04,shop-a,download,One,Ann,3,album=First; exclusive"])
    (made,) = house.compile("demo-singles", every=True)
    assert [entry.title for entry in made.chart.entries] == ["One"]
    assert house.explain("demo-singles", date(2016, 1, 8), "1").story.song == "one / ann"
