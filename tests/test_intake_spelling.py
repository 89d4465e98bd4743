"""A spelling has one number, in SQL and in Python, and folding sets spelling habits aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitparade.catalog.folding import fold
from hitparade.catalog.spelling import SPELLING_SQL, normal_isrc, spelling_id
from hitparade.engine.duck import Duck

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=30)


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Duck:
    return Duck(1, "200MB", tmp_path_factory.mktemp("scratch"))


@given(title=TEXT, artist=TEXT)
def test_sql_and_python_number_a_spelling_alike(duck: Duck, title: str, artist: str) -> None:
    row = duck.rows(f"select {SPELLING_SQL} from (select ? as isrc, ? as title, ? as artist)", ["GB1", title, artist])
    assert row == [(spelling_id("GB1", title, artist),)]


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("Beyoncé & JAY‐Z", "beyonce and jay z"),
        ("AC/DC", "ac dc"),
        ("Straße", "strasse"),
        ("２ Pac", "2 pac"),
        ("!!!", "!!!"),
        ("÷", "÷"),
        ("हिन्दी", "हिन्दी"),
        ("が", "が"),
        ("", ""),
    ],
)
def test_folding(said: str, folded: str) -> None:
    assert fold(said) == folded


@given(TEXT)
def test_folding_twice_changes_nothing(said: str) -> None:
    assert fold(fold(said)) == fold(said)


def test_an_isrc_is_normalised() -> None:
    assert normal_isrc("gb-aye-06-01498") == "GBAYE0601498"
