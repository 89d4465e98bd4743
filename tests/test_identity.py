"""Who is who: equal ISRC, or equal words once folded, and so on transitively."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hitparade.catalog.folding import fold
from hitparade.catalog.recordings import SeenSpelling, identify
from hitparade.catalog.spelling import spelling_id, text_id
from hitparade.chart import ChartState, SongState
from hitparade.house import House
from ledger_maker import Row, deliver


def seen(title: str, artist: str, isrc: str = "", rows: int = 1, released: date | None = None) -> SeenSpelling:
    return SeenSpelling(
        spelling_id(isrc, title, artist), isrc, title, artist, fold(title), fold(artist), released, rows
    )


def keys(*spellings: SeenSpelling) -> list[str]:
    return [recording.key for recording in identify(spellings)[1]]


def test_spellings_that_fold_alike_are_one_recording() -> None:
    assert keys(seen("Closer", "The Chainsmokers"), seen("CLOSER!", "the chainsmokers")) == [
        "closer / the chainsmokers"
    ]


def test_equal_words_of_another_artist_stay_apart() -> None:
    assert keys(seen("Closer", "Ne-Yo"), seen("Closer", "The Chainsmokers")) == [
        "closer / ne yo",
        "closer / the chainsmokers",
    ]


def test_an_isrc_joins_two_titles_and_the_smallest_key_names_them() -> None:
    """The titles fold alike, so the shorter credit makes the smaller key."""
    one = seen("We Dont Talk Anymore", "Charlie Puth", "USAT21600001")
    other = seen("We Don't Talk Anymore", "Charlie Puth feat. Selena Gomez", "USAT21600001")
    assert keys(one, other) == ["we dont talk anymore / charlie puth"]


def test_an_apostrophe_of_any_kind_or_none_is_the_same_word() -> None:
    spelled = [seen(title, "Charlie Puth") for title in ("We Don't Talk", "We Don\u2019t Talk", "WE DONT TALK")]
    assert keys(*spelled) == ["we dont talk / charlie puth"]


def test_joining_is_transitive() -> None:
    """A and B share an ISRC, B and C share their words, so A and C are one though they share nothing."""
    a = seen("Alpha", "X", "GBAAA0000001")
    b = seen("Beta", "X", "GBAAA0000001")
    c = seen("beta", "x", "GBAAA0000002")
    numbers, recordings = identify([a, b, c])
    assert [recording.isrcs for recording in recordings] == [("GBAAA0000001", "GBAAA0000002")]
    assert set(numbers.values()) == {text_id("alpha / x")}


def test_without_a_title_the_isrc_names_the_recording() -> None:
    (recording,) = identify([seen("", "", "GBAAA0000001")])[1]
    assert (recording.key, recording.title, recording.credit) == ("isrc:GBAAA0000001", "GBAAA0000001", "")


def test_a_title_counts_for_more_than_an_isrc_alone() -> None:
    """The bare ISRC has more rows, but a recording that anyone gave a title is printed with it."""
    (recording,) = identify([seen("", "", "GBAAA0000001", rows=9), seen("Alpha", "X", "GBAAA0000001")])[1]
    assert (recording.key, recording.title) == ("alpha / x", "Alpha")


def test_the_most_used_spelling_is_printed_and_of_equals_the_first() -> None:
    (recording,) = identify([seen("CLOSER", "X", rows=2), seen("Closer", "X", rows=3), seen("closer", "X", rows=3)])[1]
    assert recording.title == "Closer"


def test_the_earliest_release_date_is_kept() -> None:
    early, late = seen("A", "X", released=date(2016, 5, 24)), seen("a", "X", released=date(2016, 6, 1))
    assert identify([late, early, seen("A!", "X")])[1][0].released == date(2016, 5, 24)


words = st.sampled_from(["a", "A", "b", "c!", ""])
spellings = st.builds(
    seen,
    title=words,
    artist=words,
    isrc=st.sampled_from(["", "I1", "I2", "I3"]),
    rows=st.integers(1, 3),
).filter(lambda spelling: bool(spelling.title or spelling.isrc))


@given(st.lists(spellings, unique_by=lambda spelling: spelling.spelling), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_recordings(said: list[SeenSpelling], chance: random.Random) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert identify(said) == identify(shuffled)


@given(st.lists(spellings, unique_by=lambda spelling: spelling.spelling))
def test_recordings_are_the_finest_that_join_all_marks(said: list[SeenSpelling]) -> None:
    """Spelt out slowly: join groups that share an ISRC or folded words until nothing changes."""
    groups = [{spelling} for spelling in said]

    def marks(group: set[SeenSpelling]) -> set[object]:
        isrcs: set[object] = {s.isrc for s in group if s.isrc}
        return isrcs | {(s.folded_title, s.folded_artist) for s in group if s.title}

    changed = True
    while changed:
        changed = False
        for one in groups:
            other = next((g for g in groups if g is not one and marks(g) & marks(one)), None)
            if other is not None:
                one.update(other)
                groups.remove(other)
                changed = True
                break
    numbers, recordings = identify(said)
    assert {frozenset(s.spelling for s in group) for group in groups} == {
        frozenset(n for n, r in numbers.items() if r == recording.id) for recording in recordings
    }


def test_a_key_of_an_earlier_state_still_leads_to_its_song(house: House) -> None:
    """First only "zeta" is known; then an ISRC says that "Alpha" is the same, and the key becomes alpha's."""
    deliver(house, [Row("Zeta", "X", "GBAAA0000001", day=date(2016, 9, 2))], name="first.csv")
    before = house.ledger.identity.resolve("zeta / x")
    deliver(house, [Row("Alpha", "X", "GBAAA0000001", day=date(2016, 9, 3))], name="second.csv")
    after = house.ledger.identity.resolve("zeta / x")
    assert before is not None
    assert after is not None
    assert (before.key, after.key) == ("zeta / x", "alpha / x")
    day = date(2016, 9, 9)
    state = ChartState(day, {"zeta / x": SongState("zeta / x", "Zeta", "X", day, day, 1, 1, day, 1, 1)})
    assert house.renamed(state) == {"zeta / x": "alpha / x"}


def test_an_isrc_key_leads_to_the_song_once_it_has_a_title(house: House) -> None:
    deliver(
        house,
        [Row(isrc="GBAAA0000001", day=date(2016, 9, 2)), Row("A", "X", "GBAAA0000001", day=date(2016, 9, 2))],
    )
    found = house.ledger.identity.resolve("isrc:GBAAA0000001")
    assert found is not None
    assert found.key == "a / x"
    assert house.ledger.identity.resolve("nobody / knows") is None


def test_a_replaced_delivery_no_longer_says_who_is_who(house: House) -> None:
    old = deliver(house, [Row("Alpha", "X", day=date(2016, 9, 2))], name="old.csv")
    assert house.ledger.identity.resolve("alpha / x") is not None
    deliver(house, [Row("Beta", "X", day=date(2016, 9, 2))], name="new.csv", replaces=old)
    assert house.ledger.identity.resolve("alpha / x") is None


def test_the_kept_identity_equals_the_one_just_made(house: House) -> None:
    """The second ledger reads the file that the first one wrote."""
    from hitparade.ledger.ledger import Ledger

    rows = [
        Row("Alpha", "X", "GBAAA0000001", day=date(2016, 9, 2), released=date(2016, 1, 1)),
        Row("B", "Y", day=date(2016, 9, 2)),
    ]
    deliver(house, rows)
    made = house.ledger.identity
    kept = Ledger(house.paths, house.database, house.engine).identity
    assert made.table.equals(kept.table)
    assert kept.resolve("alpha / x") == made.resolve("alpha / x")
    assert len(list(house.paths.totals.glob("identity-*.parquet"))) == 1


def test_an_altered_kept_file_is_made_again(house: House) -> None:
    from hitparade.ledger.ledger import Ledger

    deliver(house, [Row("Alpha", "X", day=date(2016, 9, 2))])
    made = house.ledger.identity
    (file,) = house.paths.totals.glob("identity-*.parquet")
    file.write_bytes(b"nonsense")
    assert Ledger(house.paths, house.database, house.engine).identity.table.equals(made.table)
