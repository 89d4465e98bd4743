"""Sentences are correct English: ordinals, plurals, possessives, pronouns, and titles with quotation marks inside."""

from pathlib import Path
from typing import Any

import pytest

from hitparade.catalog.who import load_all, shipped
from hitparade.errors import BookError
from hitparade.house import House
from hitparade.records.sentence import listed, marked, number, ordinal, plural, possessive, top, whose
from mirror_maker import hold
from records_maker import CHART, lines

ANN_AND_BO = """format = 1
[[artists]]
name = "Ann Lee"
source = "her own page"
spoken_of = { pronoun = "she", source = "her own page" }
[[artists]]
name = "Bo Finn"
source = "his own page"
spoken_of = { pronoun = "%s", source = "his own page" }
"""


@pytest.fixture
def charts(house: House) -> House:
    """A house that holds the small chart."""
    hold(house, CHART, lines(), title="Top Four", territory="XK", size=4)
    return house


def say(house: House, who: str) -> None:
    (house.paths.books / "who").mkdir(parents=True, exist_ok=True)
    (house.paths.books / "who" / "own.toml").write_text(who, "utf-8")


def first(house: House, name: str, **said: Any) -> str:  # noqa: ANN401 - the fields of an ask
    return house.records.ask(name, chart=CHART, **said).sentences[0]


@pytest.mark.parametrize(
    ("n", "word"),
    [(1, "first"), (10, "tenth"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (22, "22nd"), (23, "23rd"),
     (101, "101st"), (111, "111th"), (1000, "1,000th")],
)  # fmt: skip
def test_ordinals_are_words_to_tenth(n: int, word: str) -> None:
    assert ordinal(n) == word


def test_numbers_and_plurals() -> None:
    assert [plural(n, "week") for n in (1, 2, 10, 11, 1234)] == [
        "one week", "two weeks", "ten weeks", "11 weeks", "1,234 weeks",
    ]  # fmt: skip
    assert (plural(1, "entry", "entries"), plural(12, "entry", "entries")) == ("one entry", "12 entries")
    assert (number(0), top(1), top(5), top(40)) == ("zero", "number one", "top five", "top 40")
    assert (listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])) == ("a", "a and b", "a, b and c")


@pytest.mark.parametrize(
    ("name", "said"),
    [("Charlie Puth", "Charlie Puth's"), ("James", "James'"), ("The Beatles", "The Beatles'"), ("BTS", "BTS'"),
     ("Jay-Z", "Jay-Z's"), ("will.i.am", "will.i.am's"), ("P!nk", "P!nk's"), ("Björk", "Björk's")],
)  # fmt: skip
def test_a_name_that_ends_in_s_takes_an_apostrophe_alone(name: str, said: str) -> None:
    assert possessive(name) == said


def test_quotation_marks_within_a_title_become_single_ones() -> None:
    assert marked('Theme (From "Batman")') == "\"Theme (From 'Batman')\""
    assert marked("“Heroes”") == "\"'Heroes'\""
    assert marked("Don't") == '"Don\'t"'


def test_pronouns_stand_where_all_are_known_and_differ() -> None:
    assert whose(["Ann", "Bo"], ["she", "he"]) == ["her", "his"]
    assert whose(["Ann", "The Hills"], ["she", "they"]) == ["her", "their"]
    assert whose(["Ann", "Bo"], ["she", ""]) == ["Ann's", "Bo's"]
    assert whose(["Ann", "Cara"], ["she", "she"]) == ["Ann's", "Cara's"]
    assert whose(["Ann"], ["she"]) == ["her"]


def test_his_first_and_her_second_where_files_say_how_they_are_spoken_of(charts: House) -> None:
    # Birch is Bo Finn's first number one; Ann Lee, who is featured, had one before it, Amber.
    names = "\"Birch\" peaked at number one on the Top Four in January 2020, Bo Finn's first number one and Ann Lee's "
    assert first(charts, "peak", song="Birch") == f"{names}second."
    say(charts, ANN_AND_BO % "he")
    assert first(charts, "peak", song="Birch") == (
        '"Birch" by Bo Finn Featuring Ann Lee peaked at number one on the Top Four in January 2020, '
        "his first number one and her second."
    )
    # Amber was there in January and in February, four weeks in all.
    assert first(charts, "peak", song="Amber") == (
        '"Amber" by Ann Lee peaked at number one on the Top Four in January 2020 and spent four weeks there, '
        "her first number one."
    )
    say(charts, ANN_AND_BO % "she")
    assert first(charts, "peak", song="Birch") == f"{names}second."


def test_artists_are_called_as_the_chart_that_is_asked_spells_them(charts: House) -> None:
    # The loud chart prints the same songs ten times as often, and all in capitals.
    loud = [
        (f"{day[:3]}{n}{day[4:]}", at, title, credit.upper()) for n in range(1, 9) for day, at, title, credit in lines()
    ]
    hold(charts, "yy-loud", loud, title="Loud Four", territory="YY", size=4)
    assert first(charts, "peak", song="Birch").endswith("Bo Finn's first number one and Ann Lee's second.")
    (said,) = charts.records.ask("peak", chart="yy-loud", song="Birch").sentences
    assert "BO FINN's first number one and ANN LEE's " in said
    # Where no chart is asked, the spelling that is not all capitals is shown.
    (row,) = charts.records.ask("most-number-ones", chart="yy-loud", artist="ann lee").dicts()
    assert row["artist"] == "Ann Lee"


def test_other_sentences_read_well(charts: House) -> None:
    assert (
        first(charts, "most-top-tens", depth=2, top=1)
        == "Ann Lee had three top twos on the Top Four as of 22 February 2020."
    )
    assert first(charts, "most-entries", role="lead", where=("artist=Dex",)) == (
        "Dex had one entry on the Top Four as of 22 February 2020."
    )
    assert first(charts, "number-one-in-two-runs") == (
        '"Amber" by Ann Lee was number one of the Top Four in two separate runs: on 4 January 2020, 11 January 2020, '
        "15 February 2020 and 22 February 2020."
    )
    assert first(charts, "drop-outs") == (
        '"Cedar" by Cara left the Top Four with the issue of 22 February 2020, from number four after seven weeks.'
    )
    (said,) = charts.records.ask("same-title", song="Cedar").sentences
    assert said == (
        '"Cedar" by Cara was on the Top Four for seven weeks, from 4 January 2020 to 15 February 2020, '
        "and peaked at number one."
    )


def test_a_step_that_nothing_shows_is_not_counted(house: House) -> None:
    hold(house, CHART, lines(without=("2020-01-25",)), title="The Top Four", size=4)
    assert first(house, "calendar") == (
        "The Top Four went from Saturday, 18 January 2020, to Saturday, 1 February 2020, 14 days: "
        "nothing shows what lay between."
    )


def test_the_artists_of_the_example_song_are_spoken_of_with_a_source() -> None:
    for key, pronoun in (("charlie puth", "he"), ("selena gomez", "she"), ("selena gomez and the scene", "they")):
        assert shipped().artists[key].pronoun == pronoun
    spoken_of = shipped().artists["selena gomez"].spoken_of
    assert spoken_of is not None
    assert "https://" in spoken_of.source
    assert shipped().artists["janet jackson"].pronoun == ""  # nobody said it, so nothing is guessed


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('spoken_of = { pronoun = "he" }', "artists 1, spoken_of, source: is missing"),
        ('spoken_of = { pronoun = "it", source = "s" }', "artists 1, spoken_of, pronoun: \"it\" input should be 'he'"),
        ('kind = "group"\nspoken_of = { pronoun = "he", source = "s" }', 'a group is spoken of as "they", not as "he"'),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "own.toml").write_text(f'format = 1\n[[artists]]\nname = "Ann"\nsource = "s"\n{text}\n', "utf-8")
    with pytest.raises(BookError) as stopped:
        load_all([tmp_path])
    assert sentence in str(stopped.value)
