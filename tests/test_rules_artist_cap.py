"""The best few songs of each lead artist stay, and the chart is refilled from below."""

import pytest

from fold_maker import fold, issue, printed, remembered, song, state
from hitparade.catalog.credits import roles
from hitparade.compile.decision import Decision
from hitparade.compile.rules.artist_cap import lead

CAP = {"artist_cap": {"entries": 3, "by": "credit"}}


def songs(of_ann: int, credit: str = "Ann") -> list[object]:
    """Ann's songs with 100, 99 ... points, and ten songs of others below."""
    return [
        *(song(f"ann{n}", 101 - n, credit) for n in range(1, of_ann + 1)),
        *(song(f"other{n}", 50 - n) for n in range(1, 11)),
    ]


@pytest.mark.parametrize(("of_ann", "on"), [(2, 2), (3, 3), (4, 3), (9, 3)])
def test_three_songs_are_the_edge(of_ann: int, on: int) -> None:
    made = fold(songs(of_ann), size=5, params=CAP)
    assert [key for _, key in printed(made)] == [
        *(f"ann{n}" for n in range(1, on + 1)),
        *(f"other{n}" for n in range(1, 6 - on)),
    ]


def test_the_reason_counts_the_songs_of_the_lead_artist() -> None:
    made = fold(songs(4), size=5, params=CAP)
    assert made.chart.entries[2].reasons == (("artist_cap", "song 3 of 3 that the lead artist 'ann' may have"),)
    assert made.chart.left_out[0].sentence == "song 4 of the lead artist 'ann'; the best 3 count"
    assert made.chart.left_out[0].would_be == 4


def test_featured_artists_are_not_capped() -> None:
    made = fold([*songs(3), song("guest", 60, "Bob featuring Ann")], size=5, params=CAP)
    assert (4, "guest") in printed(made)


def test_a_song_that_a_decision_exempts_takes_no_place_of_the_three() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "ann1", "artist_cap", "exempt", "charity single")
    made = fold(songs(5), size=5, params=CAP, decisions=[ruling])
    assert [key for _, key in printed(made)] == ["ann1", "ann2", "ann3", "ann4", "other1"]


def test_an_excluded_song_takes_no_place_of_the_three() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "ann1", "fraud", "exclude", "why")
    made = fold(songs(4), size=4, params=CAP, decisions=[ruling])
    assert [key for _, key in printed(made)] == ["ann2", "ann3", "ann4", "other1"]


def test_far_below_the_chart_a_song_is_simply_too_low() -> None:
    """Ann's fourth song has one point and was on the chart: without the cap it would not be on either."""
    low = song("low", 1, "Ann")
    made = fold([*songs(3), low], state(remembered("low", 2, 5)), size=5, params=CAP)
    assert [(out.song, out.rule) for out in made.chart.drop_outs] == [("low", "size")]


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("Charlie Puth featuring Selena Gomez", "charlie puth"),
        ("Charlie Puth feat. Selena Gomez", "charlie puth"),
        ("CHARLIE PUTH (ft. Selena Gomez)", "charlie puth"),
        ("Beyoncé", "beyonce"),
        ("Featherstone", "featherstone"),
        ("Ft. Lauderdale", "ft lauderdale"),
        ("Dead Can Dance with the Stars", "dead can dance with the stars"),
        ("Simon & Garfunkel", "simon and garfunkel"),
    ],
)
def test_the_lead_artist_is_named_before_the_featuring_join(credit: str, name: str) -> None:
    assert lead(credit) == name


# By each artist and his role


def capped(by: str, songs: dict[str, str], entries: int = 1, **more: object) -> list[str]:
    """The songs that stay, of songs with their credits in the order of the chart."""
    made = fold(
        [song(key, 100 - n, credit) for n, (key, credit) in enumerate(songs.items())],
        size=9,
        params={"artist_cap": {"entries": entries, "by": by, **more}},
    )
    return [key for _, key in printed(made)]


DUETS = {"solo": "Ann", "duet": "Ann & Bob", "bob": "Bob", "guest": "Cid feat. Ann", "cid": "Cid"}


def test_by_credit_a_duet_is_a_lead_of_its_own() -> None:
    assert capped("credit", DUETS) == ["solo", "duet", "bob", "guest"]


def test_by_lead_a_duet_counts_for_both_and_features_for_nobody() -> None:
    """The duet goes because of Ann, and so takes nothing from Bob."""
    assert capped("lead", DUETS) == ["solo", "bob", "guest"]


def test_by_any_a_featured_artist_counts_as_well() -> None:
    assert capped("any", DUETS) == ["solo", "bob", "cid"]


@pytest.mark.parametrize(("entries", "on"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_two_per_artist_in_whatever_role(entries: int, on: int) -> None:
    songs = {"a": "Ann", "b": "Bob ft. Ann", "c": "Ann, Cid & Dan"}
    assert len(capped("any", songs, entries)) == on


def test_names_that_hold_a_joining_word_are_one_artist() -> None:
    songs = {"one": "Simon & Garfunkel", "two": "Paul and Simon", "three": "Simon & Garfunkel"}
    assert capped("lead", songs) == ["one"]
    assert capped("lead", songs, names=["Simon & Garfunkel"]) == ["one", "two"]


def test_the_reason_names_the_artist_who_has_his_songs_already() -> None:
    songs = [song("a", 9, "Ann"), song("b", 8, "Bob & Ann"), song("c", 7, "Cid feat. Ann")]
    made = fold(songs, params={"artist_cap": {"entries": 1, "by": "any"}})
    assert [out.sentence for out in made.chart.left_out] == [
        "song 2 of the artist 'ann'; only the best counts",
        "song 3 of the artist 'ann'; only the best counts",
    ]


@pytest.mark.parametrize(
    ("credit", "leads", "featured"),
    [
        ("Charlie Puth featuring Selena Gomez", ("charlie puth",), ("selena gomez",)),
        ("CHARLIE PUTH (ft. Selena Gomez & Big Sean)", ("charlie puth",), ("selena gomez", "big sean")),
        ("A, B & C feat. D", ("a", "b", "c"), ("d",)),
        ("A x B vs. C", ("a", "b", "c"), ()),
        ("Ann with Bob", ("ann", "bob"), ()),
        ("Ann feat. Ann", ("ann",), ()),
        ("Lil Nas X", ("lil nas x",), ()),
        ("Ft. Lauderdale", ("ft lauderdale",), ()),
        ("Featherstone", ("featherstone",), ()),
        ("!!!", ("!!!",), ()),
        ("", (), ()),
    ],
)
def test_roles_are_read_from_the_credit(credit: str, leads: tuple[str, ...], featured: tuple[str, ...]) -> None:
    assert roles(credit) == (leads, featured)
