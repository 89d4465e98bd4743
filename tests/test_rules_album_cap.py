"""Of one album the best few songs stay; guests on it are not counted."""

import pytest

from fold_maker import fold, issue, printed, song
from hitparade.chart import Candidate
from hitparade.compile.decision import Decision

THREE = {"album_cap": {"entries": 3}}


def tracks(of_ann: int, artist: str = "Ann", credit: str = "Ann") -> list[Candidate]:
    """Songs of the album First with 100, 99 ... points, and five others below."""
    said = {"album": "First", "album_artist": artist} if artist else {"album": "First"}
    return [
        *(song(f"t{n}", 101 - n, credit, traits=said) for n in range(1, of_ann + 1)),
        *(song(f"other{n}", 50 - n) for n in range(1, 6)),
    ]


def on(songs: list[Candidate], **more: object) -> list[str]:
    params = {"album_cap": {"entries": 3, **more}}
    return [key for _, key in printed(fold(songs, size=5, params=params))]


@pytest.mark.parametrize(("of_ann", "stay"), [(2, 2), (3, 3), (4, 3), (9, 3)])
def test_three_songs_are_the_edge(of_ann: int, stay: int) -> None:
    assert on(tracks(of_ann)) == [*(f"t{n}" for n in range(1, stay + 1)), *(f"other{n}" for n in range(1, 6 - stay))]


def test_the_reason_names_the_album() -> None:
    made = fold(tracks(4), size=5, params=THREE)
    assert made.chart.left_out[0].sentence == "song 4 of the album 'First' by Ann; the best 3 count"
    assert made.chart.entries[2].reasons == (("album_cap", "song 3 of 3 that the album 'First' by Ann may have"),)
    assert made.chart.entries[3].reasons == ()


def test_a_guest_on_the_album_is_neither_counted_nor_capped() -> None:
    """Bob's own hit with Ann as a guest is on her album too: it takes no place, and would not go."""
    guest = song("guest", 200, "Bob feat. Ann", traits={"album": "First", "album_artist": "Ann"})
    low = song("low", 60, "Bob feat. Ann", traits={"album": "FIRST!", "album_artist": "ann"})
    made = fold([guest, *tracks(4), low], size=9, params=THREE)
    assert [key for _, key in printed(made)][:5] == ["guest", "t1", "t2", "t3", "low"]
    assert made.chart.entries[0].reasons == (
        ("album_cap", "Ann does not lead it, so it is not counted for the album 'First' by Ann"),
    )
    assert on([guest, *tracks(4)], guests="count")[:3] == ["guest", "t1", "t2"]


def test_a_duet_that_the_album_artist_leads_is_counted() -> None:
    duet = song("duet", 200, "Bob & Ann", traits={"album": "First", "album_artist": "Ann"})
    assert on([duet, *tracks(4)])[:3] == ["duet", "t1", "t2"]


def test_the_same_title_by_another_artist_is_another_album() -> None:
    songs = [*tracks(3), song("bob", 80, "Bob", traits={"album": "First", "album_artist": "Bob"})]
    assert on(songs)[:4] == ["t1", "t2", "t3", "bob"]


def test_without_a_stated_artist_every_song_of_the_album_counts() -> None:
    assert on(tracks(4, artist="", credit="Anybody"))[3] == "other1"


def test_a_decision_can_exempt_a_song() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "t1", "album_cap", "exempt", "a charity single")
    made = fold(tracks(5), size=5, params=THREE, decisions=[ruling])
    assert [key for _, key in printed(made)] == ["t1", "t2", "t3", "t4", "other1"]
