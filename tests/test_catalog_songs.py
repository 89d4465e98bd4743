"""Which prints are one song: certain evidence, then what people decided; any order gives the same."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hitparade.catalog.decisions import Decisions, Ruling, span
from hitparade.catalog.songs import Print, Songs, print_key, songs_of
from hitparade.catalog.spelling import text_id


def keys(made: Songs) -> list[str]:
    return [song.key for song in made.songs]


def decided(*rulings: Ruling) -> Decisions:
    return Decisions(rulings)


def test_three_ways_to_name_a_featured_artist_are_one_song_called_by_its_most_used_print() -> None:
    """Lines: 5 + 2 for the words with Featuring, 6 for the bracket; no one print has more than 6."""
    made = songs_of(
        [
            Print("Airplanes", "B.o.B Featuring Hayley Williams", 5),
            Print("Airplanes", "B.o.B feat. Hayley Williams", 2),
            Print("Airplanes (feat. Hayley Williams)", "B.o.B", 6),
        ]
    )
    [song] = made.songs
    assert song.key == "airplanes / b o b feat hayley williams"
    assert song.id == text_id(song.key)
    assert (song.title, song.credit) == ("Airplanes (feat. Hayley Williams)", "B.o.B")
    assert len(song.names) == 3


def test_lines_of_one_print_add_up() -> None:
    made = songs_of([Print("Hello", "X", 2), Print("HELLO", "X", 3), Print("Hello", "X", 2)])
    assert made.songs[0].title == "Hello"


def test_a_remix_and_another_artist_stay_apart() -> None:
    prints = [Print("Hello", "Adele"), Print("Hello (Remix)", "Adele"), Print("Hello", "Lionel Richie")]
    assert keys(songs_of(prints)) == ["hello / adele", "hello / lionel richie", "hello remix / adele"]


def test_an_isrc_and_continuity_join_what_words_do_not() -> None:
    prints = [Print("Alpha", "X", 1, "GB1"), Print("Beta", "Y", 1, "GB1"), Print("Gamma", "Z")]
    assert keys(songs_of(prints)) == ["alpha / x", "gamma / z"]
    joined = songs_of(prints, continuity=[("beta / y", "gamma / z"), ("beta / y", "nobody / knows")])
    assert [song.names for song in joined.songs] == [("alpha / x", "beta / y", "gamma / z")]


def test_a_decision_comes_after_all_evidence() -> None:
    prints = [Print("Alpha", "X", 1, "GB1"), Print("Beta", "Y", 1, "GB1"), Print("Gamma", "Z")]
    made = songs_of(prints, decided(Ruling("split", ("beta / y",)), Ruling("merge", ("beta / y", "gamma / z"))))
    assert [song.names for song in made.songs] == [("alpha / x",), ("beta / y", "gamma / z")]
    assert made.of("beta / y") == made.of("gamma / z")


def test_a_name_that_no_print_has_is_in_no_song() -> None:
    made = songs_of([Print("A", "X"), Print("C", "X")], decided(Ruling("merge", ("a / x", "b / x", "c / x"))))
    assert [song.names for song in made.songs] == [("a / x", "c / x")]
    assert made.of("b / x") is None


def test_two_songs_of_one_title_and_artist_are_parted_in_time() -> None:
    """The lines from 1980 on are a song of their own; its key is the span, as no print is its alone."""
    later = span("hello / x", date(1980, 1, 1), None)
    made = songs_of([Print("Hello", "X", 9)], decided(Ruling("split", (later,))))
    first, second = made.of("hello / x", date(1979, 12, 31)), made.of("hello / x", date(1980, 1, 1))
    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("hello / x", "hello / x [1980-01-01..]")
    assert (second.title, second.credit) == ("Hello", "X")
    assert made.of("hello / x") == first
    assert [song for _, song in made.spans["hello / x"]] == [second]


def test_a_span_can_be_part_of_another_song() -> None:
    later = span("hello / x", date(1980, 1, 1), date(1981, 1, 1))
    rulings = decided(Ruling("split", (later,)), Ruling("merge", (later, "hello again / x")))
    made = songs_of([Print("Hello", "X"), Print("Hello Again", "X")], rulings)
    song = made.of("hello / x", date(1980, 6, 1))
    assert song is not None
    assert song.key == "hello again / x"
    assert made.of("hello / x", date(1982, 1, 1)) == made.of("hello / x")


def test_the_last_rename_of_each_word_is_printed() -> None:
    rulings = decided(
        Ruling("rename", ("hello / x",), "", "Hullo", "Mr X"), Ruling("rename", ("hello / x",), "", None, "Ms X")
    )
    [song] = songs_of([Print("Hello", "X")], rulings).songs
    assert (song.key, song.title, song.credit) == ("hello / x", "Hullo", "Ms X")


def test_without_a_title_the_isrc_is_the_name() -> None:
    [song] = songs_of([Print("", "", 3, "GB1"), Print("Alpha", "X", 1, "GB1")]).songs
    assert (song.key, song.names) == ("alpha / x", ("alpha / x", "isrc:GB1"))
    assert songs_of([Print("", "", 3, "GB2")]).songs[0].title == "GB2"


prints = st.builds(
    Print,
    st.sampled_from(["A", "a", "B (feat. Z)", "B", "C"]),
    st.sampled_from(["X", "X feat. Z", "Y & X", ""]),
    st.integers(1, 3),
    st.sampled_from(["", "I1", "I2"]),
)
said = st.sampled_from(
    ["a / x", "b / x", "c / x", "b feat z / x", "a / y and x", span("a / x", date(2000, 1, 1), None)]
)
rulings = st.one_of(
    st.builds(lambda one, other: Ruling("merge", (one, other)), said, said),
    st.builds(lambda name: Ruling("split", (name,)), said),
    st.builds(lambda name, to: Ruling("move", (name,), to), said, said),
    st.builds(lambda name, title: Ruling("rename", (name,), "", title), said, st.sampled_from(["N", "M"])),
)


@given(st.lists(prints), st.lists(rulings, max_size=5), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_songs(given_: list[Print], held: list[Ruling], chance: random.Random) -> None:
    shuffled = list(given_)
    chance.shuffle(shuffled)
    pairs = [("a / x", "c / x"), ("b / x", "a / ")]
    one, other = songs_of(given_, decided(*held), pairs), songs_of(shuffled, decided(*held), pairs[::-1])
    assert one.songs == other.songs
    assert one.spans == other.spans


@given(st.lists(prints), st.lists(rulings, max_size=5))
def test_every_print_is_in_one_song_whose_key_is_its_own(given_: list[Print], held: list[Ruling]) -> None:
    made = songs_of(given_, decided(*held))
    assert len({song.key for song in made.songs}) == len(made.songs)
    for each in given_:
        song = made.of(print_key(each.title, each.credit, each.isrc))
        assert song in made.songs
    listed = [name for song in made.songs for name in song.names]
    assert len(listed) == len(set(listed))
    assert all(song.key in song.names for song in made.songs)
