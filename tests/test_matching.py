"""Which known song a spelling means: what is certain, what a person must see, and what is another song."""

from datetime import date
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest

from hitparade.catalog.folding import fold
from hitparade.catalog.matching import CERTAIN, DOUBTFUL, NEW, Finding, match
from hitparade.catalog.matching_index import KEPT, Index
from hitparade.catalog.matching_reading import read, sound
from hitparade.catalog.matching_scores import Spelled, weigh
from hitparade.catalog.matching_words import likeness, slip
from matching_maker import labelled


def nothing_known(_: str) -> bool:
    return False


def spelled(title: str, credit: str, **more: object) -> Spelled:
    return Spelled(f"{fold(title)} / {fold(credit)}", title, credit, **more)  # type: ignore[arg-type]


def asked(one: Spelled, *known: Spelled) -> Finding:
    (found,) = match([one], known, lambda _, __: True)
    return found


@pytest.mark.parametrize(
    ("title", "credit", "words", "versions", "names"),
    [
        ("Nova (Official Video) [HD]", "The Lanterns", "nova", "", "lanterns"),
        ("Nova - Single", "Ann Lee & Bo", "nova", "", "ann lee, bo"),
        ("Nova (feat. Bo)", "Ann Lee", "nova", "", "ann lee, bo"),
        ("Nova", "Ann Lee ft. Bo & Cy", "nova", "", "ann lee, bo, cy"),
        ("Nova (Live at Ostend)", "Ann Lee", "nova", "at live ostend", "ann lee"),
        ("Nova - Remix", "Ann Lee", "nova", "remix", "ann lee"),
        ("Nova (Ann Lee vs. Bo)", "Ann Lee", "nova", "ann bo lee vs", "ann lee"),
        ("Nova - Radio Edit", "Ann Lee", "nova", "", "ann lee"),
        ("Nova [XYL 41207]", "Ann Lee", "nova", "", "ann lee"),
        ("(Just) A Nova", "P!nk $un w/ Bo", "just a nova", "", "pink sun, bo"),
        ("Дорога", "Катя", "doroga", "", "katya"),
    ],
)
def test_what_a_sender_adds_to_a_title_is_told_apart_from_it(
    title: str, credit: str, words: str, versions: str, names: str
) -> None:
    form = read(title, credit)
    assert " ".join(form.title) == words
    assert " ".join(form.versions) == versions
    assert ", ".join(" ".join(name) for name in form.names) == names


def test_likeness_counts_letters_and_a_swap_once() -> None:
    assert likeness("winter", "wintre") == 1000 - 1000 // 6 == 834
    assert likeness("winter", "winer") == 1000 - 1000 // 6
    assert likeness("ab", "cd") == 0


@pytest.mark.parametrize(
    ("word", "meant", "yes"),
    [
        ("wintre", "winter", True),  # swapped
        ("wnter", "winter", True),  # left out
        ("winnter", "winter", True),  # twice
        ("wunter", "winter", True),  # u lies beside i
        ("wanter", "winter", False),  # a does not
        ("winters", "winter", False),  # an ending
        ("wintr", "winter", True),
        ("1984", "1985", False),
        ("remembrnace", "rememberance", True),  # two slips in a long word
        ("lvoes", "loved", False),
    ],
)
def test_a_slip_is_what_fingers_do(word: str, meant: str, yes: bool) -> None:  # noqa: FBT001
    assert slip(word, meant) is yes


def test_other_scripts_meet_by_sound() -> None:
    assert sound("katya") == sound("katia")
    assert asked(spelled("Дорога домой", "Катя Жукова"), spelled("Doroga Domoi", "Katia Zhukova")).outcome == CERTAIN
    assert asked(spelled("サクラ", "タケミノラス"), spelled("Sakura", "Takemi Norasu")).outcome == CERTAIN


SONG = spelled("Run The River", "Ann Lee feat. Bo Dun", isrcs=("GBAAA0000001",), released=date(1999, 5, 1), seconds=200)


@pytest.mark.parametrize(
    ("one", "outcome", "doubt"),
    [
        (spelled("RUN THE RIVER", "Ann Lee Featuring Bo Dun"), CERTAIN, ""),
        (spelled("Run The Rievr (Official Audio)", "Ann Lee ft Bo Dun"), CERTAIN, ""),
        (spelled("Run The River (feat. Bo Dun)", "Ann Leee"), CERTAIN, ""),
        (spelled("Run The River", "Ann Lee"), CERTAIN, ""),
        (spelled("Runn The River", "Ann Lee"), DOUBTFUL, "a name is missing"),
        (spelled("Run The River", "Ann Lee feat. Cy Fox"), DOUBTFUL, "other names: cy fox, bo dun"),
        (spelled("Run The Rivers", "Ann Lee feat. Bo Dun"), DOUBTFUL, "spelled otherwise: rivers, river"),
        (spelled("Run The River 2", "Ann Lee feat. Bo Dun"), DOUBTFUL, "another number"),
        (spelled("Run The River (Remix)", "Ann Lee feat. Bo Dun"), NEW, "another version"),
        (spelled("Run The River (Remxi)", "Ann Lee feat. Bo Dun"), DOUBTFUL, "perhaps another version"),
        (spelled("Run The River", "Zed Quill"), NEW, ""),
        (spelled("Nothing Like It", "Zed Quill", isrcs=SONG.isrcs), DOUBTFUL, "the same ISRC under other words"),
        (spelled("Run The River", "A. Lee", isrcs=SONG.isrcs), CERTAIN, ""),
    ],
)
def test_what_is_certain_and_what_is_not(one: Spelled, outcome: str, doubt: str) -> None:
    found = asked(one, SONG, spelled("Walk The Line Home", "Ann Lee"))
    assert (found.outcome, doubt in "; ".join(found.doubts)) == (outcome, True)


def test_the_same_words_years_apart_under_another_isrc_are_not_taken_for_one() -> None:
    later = spelled(SONG.title, SONG.credit, isrcs=("GBAAA0000002",), released=date(2009, 5, 1))
    found = asked(later, SONG)
    assert found.outcome != CERTAIN
    # 3,653 days are 10 years of 365 days.
    assert found.doubts == ("another ISRC and released 10 years apart",)
    assert asked(later._replace(released=date(1999, 6, 1)), SONG).outcome == CERTAIN
    longer = spelled(SONG.title, SONG.credit, seconds=260)
    assert asked(longer, SONG).doubts == ("60 seconds longer or shorter",)


def test_between_two_songs_that_are_as_near_a_person_decides() -> None:
    guests = [spelled("Nova Scotia", f"Ann Lee feat. {name}") for name in ("Bo Dun", "Cy Fox")]
    found = asked(spelled("Nova Scotia", "Ann Lee"), *guests)
    assert (found.outcome, found.margin, found.doubts) == (DOUBTFUL, 0, ("another song is as near",))


def test_one_chart_that_prints_both_knows_them_apart() -> None:
    one, two = (
        spelled("Nova Scotia", credit, charts=frozenset({"us-hot-100"})) for credit in ("Ann Lee", "Ann Lee & Bo")
    )
    assert asked(one, two).doubts == ("one chart prints both: us-hot-100",)
    assert asked(one._replace(charts=frozenset({"gb-singles"})), two).outcome == CERTAIN


def test_names_of_nothing_but_signs_are_names() -> None:
    assert asked(spelled("!!!", "Ann Lee"), spelled("???", "Ann Lee")).outcome == NEW
    assert asked(spelled("Nova", "!!!"), spelled("NOVA", "!!!")).outcome == CERTAIN
    assert asked(spelled("Nova", ""), spelled("Nova", "")).outcome != CERTAIN


def test_a_side_of_a_record_is_asked_about() -> None:
    found = asked(spelled("Winter Road", "Ann Lee"), spelled("Summer House/Winter Road", "Ann Lee"))
    assert (found.outcome, found.doubts) == (DOUBTFUL, ("one is a side of the other",))


def test_a_word_that_many_songs_have_is_no_slip_of_another() -> None:
    known, other = spelled("Lost River", "Ann Lee"), spelled("New Rivet", "Bo Dun")
    found = asked(spelled("Lost Rivet", "Ann Lee"), known, other)
    assert (found.outcome, found.doubts) == (DOUBTFUL, ("another word, if by one slip, in the title: rivet, river",))
    # t lies beside r, and nobody has a song with that word.
    assert asked(spelled("Lost Rivet", "Ann Lee"), known).outcome == CERTAIN


def test_scores_are_worked_out_by_hand() -> None:
    found = weigh(spelled("Rnu The River", "Ann Lee"), SONG, nothing_known)
    # 1 slip in "runtheriver" of 11 letters: 1000 - 90; the lead is equal and the guest is missing: 1000, less 40.
    assert (found.title, found.artist, found.total) == (910, 1000, (910 + 1000) // 2 - 40)


@pytest.mark.parametrize("seed", [11, 12])
def test_the_labelled_set_is_matched_as_precisely_and_fully_as_promised(seed: int) -> None:
    world = labelled(seed, 5_000, 6_000)
    found = match((each.spelled for each in world.asked), world.known)
    said = [
        (meant.key, each.best.song.key if each.best else "", each.outcome)
        for meant, each in zip(world.asked, found, strict=True)
    ]
    accepted = [key == best for key, best, outcome in said if outcome == CERTAIN]
    meant = sum(key is not None for key, _, _ in said)
    assert sum(accepted) >= 0.995 * len(accepted)
    assert sum(accepted) >= 0.95 * meant


def test_no_order_of_anything_changes_a_finding() -> None:
    world = labelled(5, 600, 600)
    asking = [each.spelled for each in world.asked]
    one = {each.spelled: each for each in match(asking, world.known)}
    chance = Random(5)
    chance.shuffle(asking)
    other = {each.spelled: each for each in match(asking, chance.sample(world.known, len(world.known)))}
    assert one == other


def test_however_many_songs_share_a_name_few_are_looked_at() -> None:
    crowd = [spelled("Love", f"Band {number}") for number in range(3_000)]
    index = Index(crowd)
    asking = [spelled("Love", "Band 7"), spelled("Lvoe", "Bnad 7")]
    places, _ = index.look(asking, [read(each.title, each.credit) for each in asking])
    assert 1 <= len(places) <= 2 * KEPT
    assert asked(spelled("LOVE", "The Band 7"), *crowd).best is not None


@pytest.mark.real
def test_real_spellings_of_one_year_meet(shared_data: Path) -> None:
    hot = pq.read_table(shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet", columns=["title", "artist"])
    known = {
        spelled(row["title"], row["artist"]) for row in hot.group_by(["title", "artist"]).aggregate([]).to_pylist()
    }
    asking = [
        ("WE DON'T TALK ANYMORE", "CHARLIE PUTH FT SELENA GOMEZ", "Charlie Puth Featuring Selena Gomez"),
        ("COLD WATER", "MAJOR LAZER/JUSTIN BIEBER/MO", "Major Lazer Featuring Justin Bieber & MO"),
        ("STARBOY", "WEEKND FT DAFT PUNK", "The Weeknd Featuring Daft Punk"),
    ]
    found = match([spelled(title, credit) for title, credit, _ in asking], known)
    for (title, _, credit), one in zip(asking, found, strict=True):
        assert one.best is not None
        assert (one.outcome, one.best.song.title.upper(), one.best.song.credit) == (CERTAIN, title, credit)
