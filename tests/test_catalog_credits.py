"""Credits as printed are read into names, roles and join phrases, and can be printed again from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitparade.catalog.artists import artist_id, parts, shown_names
from hitparade.catalog.credits import Credited, parse, printed
from hitparade.catalog.names import NO_NAMES, Decided, learn
from hitparade.catalog.spelling import text_id
from hitparade.catalog.who import Who, shipped


def read(credit: str) -> list[tuple[str, str]]:
    return [(part.name, part.role) for part in parse(credit)]


LEAD, FEATURED, WITH = "lead", "featured", "with"


@pytest.mark.parametrize(
    "credit",
    [
        "A Featuring B",
        "A feat. B",
        "A ft. B",
        "A Feat B",
        "A FT B",
        "A f/ B",
        "A f/B",
        "A ft.B",
        "A (feat. B)",
        "A [Featuring B]",
        "A {Ft. B}",
        "A Starring B",
        "A Co-Starring B",
        "A (Vocal By B)",
        "A Featuring Special Guest B",
    ],
)
def test_a_featured_artist_is_found_however_it_is_written(credit: str) -> None:
    assert read(credit) == [("A", LEAD), ("B", FEATURED)]


@pytest.mark.parametrize(
    "credit", ["A & B", "A and B", "A And B", "A + B", "A x B", "A X B", "A, B", "A vs. B", "A Vs B", "A/B"]
)
def test_two_leads_are_found_however_they_are_joined(credit: str) -> None:
    assert read(credit) == [("A", LEAD), ("B", LEAD)]


@pytest.mark.parametrize(
    "credit", ["P with B", "P With B", "P W/ B", "P Duet With B", "P (Duet With B)", "P A Duet With B", "P [With B]"]
)
def test_a_duet_partner_is_with_the_lead(credit: str) -> None:
    assert read(credit) == [("P", LEAD), ("B", WITH)]


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        ("A, B & C", [("A", LEAD), ("B", LEAD), ("C", LEAD)]),
        ("A Feat. B & C", [("A", LEAD), ("B", FEATURED), ("C", FEATURED)]),
        ("A Featuring B, C, & D", [("A", LEAD), ("B", FEATURED), ("C", FEATURED), ("D", FEATURED)]),
        ("A & B With C & D Feat. E", [("A", LEAD), ("B", LEAD), ("C", WITH), ("D", WITH), ("E", FEATURED)]),
        ("A Presents B", [("A", "presents"), ("B", LEAD)]),
        ("A Presents B Featuring C", [("A", "presents"), ("B", LEAD), ("C", FEATURED)]),
        ("A Introducing B", [("A", LEAD), ("B", "introduced")]),
        ("A Feat. B & Introducing C", [("A", LEAD), ("B", FEATURED), ("C", "introduced")]),
        ("A (Featuring B) & C", [("A", LEAD), ("B", FEATURED), ("C", LEAD)]),
        ("A (& B)", [("A", LEAD), ("B", LEAD)]),
        ("Mia X & Mystikal", [("Mia X", LEAD), ("Mystikal", LEAD)]),
        ("Lil Nas X Featuring B", [("Lil Nas X", LEAD), ("B", FEATURED)]),
        ("X Ambassadors", [("X Ambassadors", LEAD)]),
        ("Sadat X", [("Sadat X", LEAD)]),
        ("10,000 Maniacs", [("10,000 Maniacs", LEAD)]),
        ("Ray Parker, Jr. & Helen Terry", [("Ray Parker, Jr.", LEAD), ("Helen Terry", LEAD)]),
        ("Lipps, Inc.", [("Lipps, Inc.", LEAD)]),
        ("C+C Music Factory", [("C+C Music Factory", LEAD)]),
        ('Evelyn "Champagne & Wine" King', [('Evelyn "Champagne & Wine" King', LEAD)]),
        ("F.L.Y. (Fast, Life & Yungstaz) (Featuring B)", [("F.L.Y. (Fast, Life & Yungstaz)", LEAD), ("B", FEATURED)]),
        ("A＆B、C", [("A", LEAD), ("B", LEAD), ("C", LEAD)]),
    ],
)
def test_order_and_roles(credit: str, expected: list[tuple[str, str]]) -> None:
    assert read(credit) == expected


def test_the_join_phrase_is_kept_as_printed() -> None:
    assert parse("A (Featuring B) ") == (Credited("A", LEAD, ""), Credited("B", FEATURED, " (Featuring ", ") "))


WORDS = st.sampled_from(
    [
        "A",
        "Bo",
        "The Cs",
        "Featuring",
        "feat.",
        "ft.",
        "&",
        "and",
        "x",
        "X",
        ",",
        "/",
        "with",
        "(",
        ")",
        "Jr.",
        "con",
        "y",
        "Presents",
        "vs.",
        '"',
        "Or",
        " ",
        "\t",
        "{",
        "}",
        "Duet With",
        "和",
        "F/",
        "W/",
        "Introducing",
        "[",
        "]",
        "+",
    ]
)
CREDITS = st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join))
LEARNT = learn([("A", 3), ("Bo", 2), ("A & Bo", 90), ("The Cs", 1), ("A & The Cs", 20)])


@given(CREDITS)
def test_joining_everything_again_gives_the_printed_text(credit: str) -> None:
    for names in (NO_NAMES, LEARNT):
        found = parse(credit, names)
        assert printed(found) == (credit if credit.strip() else "")
        assert all(part.name == part.name.strip() and part.name for part in found)


def test_joiners_of_other_languages_part_only_artists_that_are_known() -> None:
    names = learn(
        [("Shakira", 9), ("Alejandro Sanz", 4), ("Rihanna", 9), ("宇多田ヒカル", 3), ("Кино", 2), ("Zemfira", 1)]
    )

    def both(credit: str) -> list[str]:
        return [part.name for part in parse(credit, names)]

    for word in ("y", "e", "et", "und", "och", "en", "or", "meets"):
        assert both(f"Shakira {word} Rihanna") == ["Shakira", "Rihanna"]
    for word in ("con", "avec", "mit", "med", "met", "com"):
        parsed = parse(f"Shakira {word} Alejandro Sanz", names)
        assert [(part.name, part.role) for part in parsed] == [("Shakira", LEAD), ("Alejandro Sanz", WITH)]
    assert both("Кино и Zemfira") == ["Кино", "Zemfira"]
    assert both("Shakira和宇多田ヒカル") == ["Shakira", "宇多田ヒカル"]
    assert both("Rihanna or Shakira or Zemfira") == ["Rihanna", "Shakira", "Zemfira"]
    for whole in ("Dead Or Alive", "Vivir y Soñar", "Ojos de Brujo con Nadie", "Shakira y Los Otros"):
        assert both(whole) == [whole]


def test_the_remaining_names_of_a_credit_with_a_role_word_keep_their_role() -> None:
    names = learn([("Wisin", 9), ("Tinashe", 4)])
    parsed = parse("A Feat. Wisin or Tinashe & B", names)
    assert [(p.name, p.role) for p in parsed] == [
        ("A", LEAD),
        ("Wisin", FEATURED),
        ("Tinashe", FEATURED),
        ("B", FEATURED),
    ]


def test_artists_take_part_under_their_keys_and_aliases_say_their_source() -> None:
    names = learn([("Janet Featuring Ann", 5), ("Ann", 2)])
    first, second = parts("Janet Featuring Ann", names, shipped())
    assert (first.key, first.name, first.printed, first.how, first.place) == (
        "janet jackson",
        "Janet Jackson",
        "Janet",
        "alias",
        1,
    )
    assert first.artist == artist_id("janet jackson") == text_id("artist:janet jackson")
    assert "wikipedia.org" in first.source
    assert (second.key, second.role, second.how, second.source) == ("ann", FEATURED, "parsed", "")


def test_an_artist_with_an_orchestra_is_that_artist_where_credits_show_the_artist_alone() -> None:
    names = learn([("B.B. King", 200), ("B.B. King And His Orchestra", 9), ("Perez Prado And His Orchestra", 50)])
    (king,) = parts("B.B. King And His Orchestra", names)
    assert (king.key, king.name, king.printed) == ("b b king", "B.B. King", "B.B. King And His Orchestra")
    (prado,) = parts("Perez Prado And His Orchestra", names)
    assert prado.key == "perez prado and his orchestra"


def test_an_artist_is_shown_as_most_lines_print_the_name() -> None:
    names = learn([])
    seen = [(parts(credit, names)[0], lines) for credit, lines in [("JAY-Z", 3), ("Jay-Z", 5), ("Jay Z", 3)]]
    assert shown_names(seen) == {"jay z": "Jay-Z"}
    # A chart that prints everything in capitals does not name artists for the others; who has no other name keeps it.
    shouted = [(parts(credit, names)[0], lines) for credit, lines in [("KYLA", 60), ("Kyla", 20), ("ABBA", 9)]]
    assert shown_names(shouted) == {"abba": "ABBA", "kyla": "Kyla"}


def test_a_credit_that_changes_overnight_names_the_same_artists() -> None:
    names = learn([("A Featuring B", 3), ("A & B", 4), ("A", 2), ("B", 1)], Decided())
    before, after = parts("A Featuring B", names, Who()), parts("A & B", names, Who())
    assert [part.artist for part in before] == [part.artist for part in after]
