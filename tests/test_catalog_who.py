"""Who-is-who files: every fact has a source, mistakes are named, and a house corrects what is shipped."""

import re
from datetime import date
from pathlib import Path

import pytest

from conftest import ROOT
from hitparade.catalog import identifiers
from hitparade.catalog.who import SHIPPED, load_all, shipped
from hitparade.errors import BookError

ANN = "[[artists]]\nname = 'Ann'\nsource = 's'\n"
BO = "[[artists]]\nname = 'Bo'\nsource = 's'\n"
ALSO_A = "aliases = [{ name = 'A', source = 's' }]\n"


def written(folder: Path, text: str, name: str = "own.toml") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text(f"format = 1\n{text}", "utf-8")
    return folder


def refused(folder: Path, text: str) -> str:
    with pytest.raises(BookError) as stopped:
        load_all([written(folder, text)])
    return str(stopped.value)


def test_the_shipped_files_say_whose_the_aliases_are_with_a_public_source() -> None:
    who = shipped()
    for alias, artist in [
        ("janet", "janet jackson"),
        ("little stevie wonder", "stevie wonder"),
        ("the elton john band", "elton john"),
        ("坂本九", "kyu sakamoto"),
    ]:
        assert who.aliases[alias].artist == artist
        assert "https://" in who.aliases[alias].source
    assert "sister janet mead" not in who.aliases
    assert frozenset({"sister janet mead", "janet jackson"}) in who.not_same
    assert {"tyler the creator", "bob marley and the wailers", "hall and oates"} <= who.decided.whole


def test_the_example_song_has_its_work_recording_label_and_releases() -> None:
    who = shipped()
    (work,), (recording,) = who.works, who.recordings
    assert [writer.name for writer in work.writers] == ["Charlie Puth", "Selena Gomez", "Jacob Kasher Hindlin"]
    assert (recording.work, recording.producers) == (work.title, ("Charlie Puth",))
    assert [(group.title, group.kind) for group in who.release_groups] == [
        ("Nine Track Mind", "album"),
        ("We Don't Talk Anymore", "single"),
    ]
    (release,) = who.releases
    assert (release.label, release.territory, release.released) == (who.labels[0].name, "US", date(2016, 5, 24))
    assert {(each.group, each.artist) for each in who.members} == {("Selena Gomez & The Scene", "Selena Gomez")}


def test_an_alias_may_hold_for_some_time_only(tmp_path: Path) -> None:
    text = """
    [[artists]]
    name = "Ann Lee"
    source = "her own page"
    aliases = [{ name = "Ann", source = "her own page", begins = 1993-05-18, ends = 1999-12-31 }]
    """
    who = load_all([written(tmp_path, text)])
    assert who.artist_of("ANN", date(1995, 1, 1)) == ("ann lee", "her own page")
    assert who.artist_of("Ann", date(1974, 4, 13)) == ("ann", "")
    assert who.artist_of("Ann") == ("ann lee", "her own page")


def test_identifiers_are_kept_normal(tmp_path: Path) -> None:
    text = """
    [[artists]]
    name = "Ann"
    source = "s"
    isni = "0000 0001 2281 955X"
    ipis = ["250165006"]
    mbid = "B1A9C0E9-D987-4042-AE91-78D6A3267D69"
    [[recordings]]
    title = "T"
    credit = "Ann"
    isrcs = ["US-SKG-19-12345"]
    source = "s"
    [[works]]
    title = "T"
    iswc = "T-034.524.680-1"
    writers = [{ name = "Bo" }]
    source = "s"
    [[releases]]
    title = "T"
    credit = "Ann"
    barcode = "036000291452"
    source = "s"
    """
    who = load_all([written(tmp_path, text)])
    ann = who.artists["ann"]
    assert (ann.isni, ann.ipis, ann.mbid[:8]) == ("000000012281955X", ("00250165006",), "b1a9c0e9")
    assert who.recordings[0].isrcs == ("USSKG1912345",)
    assert who.works[0].iswc == "T0345246801"
    assert who.releases[0].barcode == "0036000291452"


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (identifiers.isrc, "US-SKG-19-1234"),
        (identifiers.isni, "0000 0001 2281 9551"),
        (identifiers.barcode, "036000291453"),
        # T-034.524.680: 1 + 0*1+3*2+4*3+5*4+2*5+4*6+6*7+8*8+0*9 = 179, so the check digit is 1.
        (identifiers.iswc, "T-034.524.680-2"),
        # 00250165006: 2*8+5*7+1*5+6*4+5*3 = 95 and 101 - 95 = 06.
        (identifiers.ipi, "00250165007"),
        (identifiers.mbid, "b1a9c0e9-d987-4042-ae91"),
        (identifiers.iswc, "034"),
        (identifiers.ipi, "abc"),
    ],
)
def test_a_code_with_a_wrong_check_digit_is_refused(check: type[str], wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^(is|has) "):
        check(wrong)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[artists]]\nname = "Ann"', "own.toml, artists 1, source: is missing"),
        ('[[artists]]\nname = "Ann"\nsource = "s"\nborn = 1966', "own.toml, artists 1, born: there is no such key"),
        (
            '[[artists]]\nname = ""\nsource = "s"',
            'own.toml, artists 1, name: "" string should have at least 1 character',
        ),
        ('[[artists]]\nname = "Ann"\nsource = "s"\nisni = "12"', 'artists 1, isni: "12" is too short or too long'),
        (
            f"{ANN}aliases = [{{ name = 'A', source = 's', begins = 2001-01-01, ends = 2000-01-01 }}]",
            "aliases 1: ends on 2000-01-01, before it begins on 2001-01-01",
        ),
        (f"{ANN}{ALSO_A}{BO}{ALSO_A}", '"A" is an alias of "Ann" and of "Bo"'),
        (
            f"{ANN}aliases = [{{ name = 'Bo', source = 's' }}]\n{BO}",
            '"Bo" is an alias of "Ann" and an artist of its own',
        ),
        (
            f"{ANN}{ALSO_A}[[not_same]]\nname = 'A'\nis_not = 'Ann'\nsource = 's'",
            '"A" is an alias of "Ann" and said not to be the same',
        ),
        (
            "[[one_artist]]\nnames = ['A & B']\nsource = 's'\n[[several_artists]]\nnames = ['A and B']\nsource = 's'",
            '"a and b" is said to be one artist and to be several',
        ),
        (
            "[[several_artists]]\nnames = ['Ann Bo']\nparts = ['Ann', 'Cy']\nsource = 's'",
            'own.toml, several_artists 1: "Ann Bo" is not its parts one after another, which are "Ann Cy"',
        ),
        (
            "[[several_artists]]\nnames = ['Ann']\nparts = ['Ann']\nsource = 's'",
            'own.toml, several_artists 1: parts has one name, "Ann"; several artists are two or more',
        ),
        ("[[artists", "cannot be read as TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    assert sentence in refused(tmp_path, text)


def test_a_house_corrects_what_is_shipped(tmp_path: Path) -> None:
    text = """
    [[not_same]]
    name = "Janet"
    is_not = "Janet Jackson"
    source = "a letter of her label"
    [[several_artists]]
    names = ["Tyler, The Creator"]
    source = "made up"
    [[artists]]
    name = "Stevie Wonder"
    source = "his own page"
    aliases = [{ name = "Wonder Boy", source = "his own page" }]
    [[artists]]
    name = "Utada"
    source = "made up"
    """
    who = load_all([SHIPPED, written(tmp_path / "books" / "who", text)])
    assert "janet" not in who.aliases
    assert "tyler the creator" not in who.decided.whole
    assert {who.aliases[key].artist for key in ("wonder boy", "little stevie wonder")} == {"stevie wonder"}
    assert who.artist_of("Utada") == ("utada", "")  # an artist of its own here


def test_several_artists_without_a_joining_word_are_said_by_their_parts_and_taken_back(tmp_path: Path) -> None:
    who = shipped()
    assert who.decided.parts["jay z kanye west"] == ("jay z", "kanye west")
    assert "https://" in who.sources["jay z kanye west"]
    one = "[[one_artist]]\nnames = ['Jay Z Kanye West']\nsource = 'made up'"
    decided = load_all([SHIPPED, written(tmp_path, one)]).decided
    assert "jay z kanye west" in decided.whole
    assert "jay z kanye west" not in decided.parts | dict.fromkeys(decided.split)
    assert "kanye west jay z" in decided.parts


def test_a_house_without_such_a_folder_says_nothing_more(tmp_path: Path) -> None:
    assert load_all([SHIPPED, tmp_path / "books" / "who"]) == shipped()


def test_the_how_to_page_shows_files_that_can_be_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "how-to" / "say-who-is-who.md").read_text("utf-8")
    shown = "\n".join(re.findall(r"```toml\n(.*?)```", page, re.DOTALL)).removeprefix("format = 1\n")
    who = load_all([written(tmp_path, shown)])
    assert who.aliases["janet"].source == "letter of the label, 2016-11-02"
    said = refused(tmp_path / "wrong", "[[artists]]\nname = 'A'\nsource = 's'\nisni = '0000 0001 2281 9551'")
    assert said.partition("own.toml, ")[2] in page
