"""The words of versions are one list: what is printed as a version is matched as one."""

import pytest

from hitparade.catalog.matching_reading import read
from hitparade.catalog.titles import parse_title
from hitparade.catalog.version_words import KINDS

NOTES = {
    "remix": "David Guetta Remix", "live": "Live at Wembley", "acoustic": "Acoustic Version", "sped up": "Sped Up",
    "slowed": "Slowed and Reverb", "remaster": "2011 Remaster", "re-recording": "Re-Recorded",
    "instrumental": "Instrumental", "demo": "Original Demo", "wording": "Extended",
}  # fmt: skip


@pytest.mark.parametrize("kind", NOTES)
def test_a_version_that_is_printed_is_one_that_is_matched(kind: str) -> None:
    """Only "Radio edit", "Album version" and "From the film" say how a recording is sold, and make no other one."""
    title = f"Some Song ({NOTES[kind]})"
    assert parse_title(title).versions
    assert read(title, "Ann").versions
    assert read(title, "Ann").title == ("some", "song")


@pytest.mark.parametrize(("note", "words"), [("Re-Recorded", "rerecorded"), ("Mash-Up", "mashup"), ("Re mix", "remix")])
def test_a_version_word_in_two_is_one(note: str, words: str) -> None:
    assert read(f"Some Song ({note})", "Ann").versions == (words,)


def test_every_kind_is_in_the_list_once_and_its_words_belong_to_it_alone() -> None:
    names = [kind.name for kind in KINDS]
    words = [word for kind in KINDS for word in kind.words]
    assert set(NOTES) | {"edit", "version", "from"} == set(names)
    assert len(names) == len(set(names))
    assert len(words) == len(set(words))
