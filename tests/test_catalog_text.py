"""Text as it arrives is set right, every repair is said in words, and no text is slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitparade.catalog.credits import parse
from hitparade.catalog.text import clean, decode
from hitparade.catalog.titles import parse_title, song_mark


@pytest.mark.parametrize(
    ("received", "meant", "note"),
    [
        ("Beyonc&eacute; &amp; Jay-Z", "Beyoncé & Jay-Z", "HTML entities"),
        ("Simon &amp;amp; Garfunkel", "Simon & Garfunkel", "HTML entities"),
        ("Don&#39;t", "Don't", "HTML entities"),
        ("BeyoncÃ©", "Beyoncé", "wrong encoding"),
        ("ÃÂ©toile", "étoile", "wrong encoding"),  # twice over
        ("Iâ€™m Yours", "I’m Yours", "wrong encoding"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет", "wrong encoding"),
        ("MotÃ¶rhead 愛", "Motörhead 愛", "wrong encoding"),  # beside letters that were right
        ("Adele\r", "Adele", "line ends"),
        ("Send My Love\r\n(To Your New Lover)", "Send My Love (To Your New Lover)", "line ends"),
        ("A\x00de\x1fle", "Adele", "control signs"),
        ("\ufeffAd\u200bele", "Adele", "without width"),
        ("Cafe\u0301", "Café", "accents"),
        ("Wonderful\u00a0  World", "Wonderful World", "blanks"),
        ("Cheap Thrills {Ft. Sean Paul}", "Cheap Thrills (Ft. Sean Paul)", "curly brackets"),
        ("Maggie May (WEA 123)", "Maggie May", "catalogue number"),
        ("Respect [Atlantic 4321]", "Respect", "catalogue number"),
        ("Like A Rolling Stone (Columbia 4-43346)", "Like A Rolling Stone", "catalogue number"),
    ],
)
def test_damage_is_repaired_and_said(received: str, meant: str, note: str) -> None:
    cleaned = clean(received)
    assert cleaned.text == meant
    assert any(note in each for each in cleaned.notes), cleaned.notes


@pytest.mark.parametrize(
    "text",
    [
        "BEYONCÉ’S",  # two signs that are the bytes of another letter in UTF-8
        "Summer Of '69 (Live 1985)",
        "December, 1963 (Oh, What A Night)",
        "867-5309/Jenny",
        "Something (Part 12)",
        "Song (Summer 1969)",
        "Deja Vu (WEA 1999)",  # may be a year
        "Liquid Cool (Apollo 440)",
        "(WEA 123)",  # nothing would be left
        "AT&T; R&B",
        "می\u200cخواهم",  # a joiner without width that its script needs
        "",
    ],
)
def test_what_may_be_meant_is_left_alone(text: str) -> None:
    assert clean(text) == (text, ())


def test_letters_that_were_lost_are_not_invented_but_said() -> None:
    cleaned = clean("Beyonc\ufffd")
    assert cleaned.text == "Beyonc\ufffd"
    assert "lost" in cleaned.notes[0]


@given(st.text())
def test_a_note_stands_where_something_changed_and_only_there(text: str) -> None:
    cleaned = clean(text)
    assert bool(cleaned.notes) == (cleaned.text != text or "\ufffd" in text)


def test_a_file_of_two_encodings_is_read_line_by_line() -> None:
    # Three lines; the second comes from another program: é is the one byte E9 there.
    raw = "Beyoncé\n".encode() + "Céline\n".encode("cp1252") + "Zoé\n".encode()
    assert decode(raw) == ("Beyoncé\nCéline\nZoé\n", ("1 line was not UTF-8 and read as Windows-1252",))


@pytest.mark.parametrize(
    "text",
    [
        *(sign * 10_000 for sign in ("a", " ", "(", '"')),
        *(
            word * (10_000 // len(word))
            for word in ("[a", "a (feat. ", "a, ", "a/", "Ã©", "&amp;", "{ft. ", "a & the ")
        ),
        "x - " + "live " * 2000,
        "con y e " * 1250,
    ],
    ids=lambda text: text[:8],
)
def test_ten_thousand_letters_are_kept_and_quick(text: str) -> None:
    begun = time.process_time()
    assert clean(text).text or not text.strip()
    title, credit = parse_title(text), parse(text)
    song_mark(text, text)
    assert time.process_time() - begun < 5  # what goes back and forth over ten thousand letters takes far longer
    assert title.base or not text.strip()
    assert sum(len(part.join) + len(part.name) + len(part.tail) for part in credit) in {0, len(text)}


def test_an_empty_artist_is_nobody_and_still_marks_the_song() -> None:
    assert parse("") == ()
    assert parse("   ") == ()
    assert song_mark("Hello", "") == "hello / "
    assert song_mark("Hello", "") != song_mark("Hello", "Adele")
