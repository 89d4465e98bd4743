"""Titles are read into base, version words, guests and sides, and prints of one song get one mark."""

import pytest

from hitparade.catalog.names import learn
from hitparade.catalog.titles import Title, kind_of, parse_title, song_mark


@pytest.mark.parametrize(
    ("title", "base", "version", "kind"),
    [
        ("Macarena (Bayside Boys Mix)", "Macarena", "bayside boys mix", "remix"),
        ("Karate Chop (Remix)", "Karate Chop", "remix", "remix"),
        ("Coming Up (Live At Glasgow)", "Coming Up", "live at glasgow", "live"),
        ("Hello [Live]", "Hello", "live", "live"),
        ("As Long As You Love Me (Acoustic)", "As Long As You Love Me", "acoustic", "acoustic"),
        ("Freak On A Leash (Unplugged)", "Freak On A Leash", "unplugged", "live"),
        ("Escapism (Sped Up)", "Escapism", "sped up", "sped up"),
        ("Escapism (Slowed + Reverb)", "Escapism", "slowed reverb", "slowed"),
        ("Bohemian Rhapsody - Remastered 2011", "Bohemian Rhapsody", "remastered 2011", "remaster"),
        ("Bohemian Rhapsody - 2011 Remaster", "Bohemian Rhapsody", "2011 remaster", "remaster"),
        ("Love Story (Taylor’s Version)", "Love Story", "taylors version", "re-recording"),
        ("Video Killed The Radio Star (Re-Recorded)", "Video Killed The Radio Star", "re recorded", "re-recording"),
        ("Closer - Radio Edit", "Closer", "radio edit", "edit"),
        ("A Passion Play (Edit #8)", "A Passion Play", "edit 8", "edit"),
        ("St. Elmo's Fire (Instrumental)", "St. Elmo's Fire", "instrumental", "instrumental"),
        (
            "Don't Cry For Me Argentina (Lea Michele Version)",
            "Don't Cry For Me Argentina",
            "lea michele version",
            "version",
        ),
        ('Kiss From A Rose (From "Batman Forever")', "Kiss From A Rose", "from batman forever", "from"),
        ('Ask Of You (From The Motion Picture "X")', "Ask Of You", "from the motion picture x", "from"),
    ],
)
def test_version_words_become_attributes(title: str, base: str, version: str, kind: str) -> None:
    read = parse_title(title)
    assert (read.base, read.versions) == (base, (version,))
    assert kind_of(version) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Live",
        "Remix",
        "(Remix)",
        "Instrumental",
        "Feat. Us",
        "Live And Let Die",
        "Ignition (Where They From)",
        "The Little Old Lady (From Pasadena)",
        "Hum A Song (From Your Heart)",
        "Everybody (In The Mix)",
        "Overnight Sensation (Hit Record)",
        "Game Over (Flip)",
        'Take My Breath Away (Love Theme From "Top Gun")',
        "Shout - Part 1",
        "Billy - Don't Be A Hero",
        "(Dance With The) Guitar Man",
        "I Wanna Dance With Somebody (Who Loves Me)",
    ],
)
def test_a_title_that_only_looks_so_stays_whole(title: str) -> None:
    assert parse_title(title) == Title(title)


def test_guests_in_a_title_move_to_featured() -> None:
    assert parse_title("Good For You (feat. A$AP Rocky)") == Title("Good For You", featured=("A$AP Rocky",))
    assert parse_title("Cheap Thrills {Ft. Sean Paul}").featured == ("Sean Paul",)
    assert parse_title("Work ft. Drake & Future [Remix]") == Title("Work", ("remix",), ("Drake", "Future"))
    assert parse_title("Happy Songs (f/ Ann, Bo & Cy)").featured == ("Ann", "Bo", "Cy")


def test_with_names_a_guest_only_where_credits_know_the_name() -> None:
    names = learn([("Selena Gomez", 10)])
    assert parse_title("Calm Down (with Selena Gomez)", names) == Title("Calm Down", featured=("Selena Gomez",))
    assert parse_title("Calm Down (with Selena Gomez)").base == "Calm Down (with Selena Gomez)"
    assert parse_title("Shoot Me (With Your Love)", names).base == "Shoot Me (With Your Love)"


def test_remixers_are_named() -> None:
    assert parse_title("I Took A Pill In Ibiza (Seeb Remix)").remixers == ("Seeb",)
    assert parse_title("Roxanne '97 - Puff Daddy Remix").remixers == ("Puff Daddy",)
    assert parse_title("Titanium (David Guetta & Alesso Extended Remix)").remixers == ("David Guetta", "Alesso")
    assert parse_title("Titanium (Extended Club Mix)").remixers == ()


@pytest.mark.parametrize(
    ("title", "sides"),
    [
        (
            "Candle In The Wind 1997/Something About The Way You Look Tonight",
            ("Candle In The Wind 1997", "Something About The Way You Look Tonight"),
        ),
        ("Come Together/Something", ("Come Together", "Something")),
        ("Where Do I Go/Be-In/Hare Krishna", ("Where Do I Go", "Be-In", "Hare Krishna")),
        ("0 To 100 / The Catch Up", ("0 To 100", "The Catch Up")),
        ("Turn It Up [Remix]/Fire It Up", ("Turn It Up", "Fire It Up")),
        ("AC/DC", ()),
        ("24/7", ()),
        ("867-5309/Jenny", ()),
        ("I Do What I Do... (Theme For 9 1/2 Weeks)", ()),
        ("Something Real (Inside Me/Inside You)", ()),
        ("Scarborough Fair (/Canticle)", ()),
    ],
)
def test_double_sided_titles_are_split_and_words_with_a_slash_are_not(title: str, sides: tuple[str, ...]) -> None:
    assert parse_title(title).sides == sides


def test_prints_of_one_song_share_a_mark() -> None:
    mark = song_mark("We Don't Talk Anymore", "Charlie Puth Featuring Selena Gomez")
    for title, credit in [
        ("We Don’t Talk Anymore", "CHARLIE PUTH FT SELENA GOMEZ"),
        ("We Don't Talk Anymore", "Charlie Puth feat. Selena Gomez"),
        ("We Don't Talk Anymore (feat. Selena Gomez)", "Charlie Puth"),
        ("We Don't Talk Anymore [ft. Selena Gomez]", "Charlie Puth"),
        ("We Don't Talk Anymore (feat. Selena Gomez)", "Charlie Puth & Selena Gomez"),
    ]:
        assert song_mark(title, credit) == mark, (title, credit)
    assert song_mark('Exhale (From "Waiting To Exhale")', "Ann") == song_mark("Exhale", "Ann")


def test_other_versions_and_other_artists_have_other_marks() -> None:
    mark = song_mark("We Don't Talk Anymore", "Charlie Puth Featuring Selena Gomez")
    assert song_mark("We Don't Talk Anymore (Remix)", "Charlie Puth Featuring Selena Gomez") != mark
    assert song_mark("We Don't Talk Anymore", "Cliff Richard") != mark  # the song of 1979
    assert song_mark("We Don't Talk Anymore", "Charlie Puth") != mark
