"""What programmes say of songs: how they judge, what the ledger can know, what is due and what was granted."""

import csv
import io
import json
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hitparade.catalog import log
from hitparade.cataloguing import Reason
from hitparade.certify import load
from hitparade.certify.heard import Heard
from hitparade.certify.programme import Programme
from hitparade.certify.reckon import Certification, Granted, reckon
from hitparade.errors import AmbiguousError, CompileError, NotInForceError, UsageError
from hitparade.house import House
from hitparade.serve.cli import certify as _registers  # noqa: F401 - the command is registered when imported
from hitparade.serve.cli.app import app
from ledger_maker import Row, deliver

MADE = """
format = 1
id = "made"
title = "Made"
publisher = "nobody"
territory = "GB"
zone = "Europe/London"
unit = "units"
ladder.values.2015-01-01 = { levels = [{ name = "Gold", at = 10 }, { name = "Platinum", at = 20 }], source = "made up" }
ladder.values.2016-01-01 = { levels = [{ name = "Gold", at = 100 }], repeat = [{ level = "Gold" }], source = "made up" }
judged_by.values.2015-01-01 = { value = "certification", source = "made up" }
trigger.values.2015-01-01 = { value = "automatic", source = "made up" }
units.download.values.2015-01-01 = { value = 1, source = "made up" }
units.physical.values.2015-01-01 = { value = 1, source = "made up" }
"""
DAY = date(2015, 6, 1)


def made(*changes: tuple[str, str], more: str = "") -> Programme:
    """The programme above with other words in it."""
    text = MADE + more
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    found, complaints = load.make(tomllib.loads(text), "made.toml")
    assert found is not None, complaints
    assert not complaints
    return found


def answer(programme: Programme, *amounts: tuple[date, str, int], as_of: date, **song: Any) -> Certification:  # noqa: ANN401
    """What it says of a song of which this much was counted."""
    spans = tuple(programme.spans(date(2015, 1, 1), as_of))
    told = [[each for each in amounts if span.first <= each[0] <= span.last] for span in spans]
    granted = song.pop("granted", ())
    said = {"released": DAY, "traits": {}, **song}
    return reckon(programme, Heard("s", "S", "A", said["released"], said["traits"], told), spans, as_of, granted)


# How levels are judged


def test_an_automatic_level_stays_when_more_is_asked() -> None:
    found = answer(made(), (DAY, "download", 25), as_of=date(2016, 6, 1))
    assert (found.level, found.level_on) == ("Platinum", DAY)
    assert [each.level for each in found.reached] == ["Gold", "Platinum"]


def test_for_all_the_newest_levels_take_it_away() -> None:
    programme = made(('"certification"', '"all"'))
    assert answer(programme, (DAY, "download", 25), as_of=date(2015, 12, 31)).level == "Platinum"
    later = answer(programme, (DAY, "download", 25), as_of=date(2016, 1, 1))
    assert (later.level, later.next_level, later.missing) == ("", "Gold", 75)


def test_by_application_the_levels_of_the_day_hold_and_what_was_granted_stays() -> None:
    programme = made(('"automatic"', '"application"'))
    song = ((DAY, "download", 100),)
    assert answer(programme, *song, as_of=date(2015, 12, 31)).level == "Platinum"
    found = answer(programme, *song, as_of=date(2016, 1, 1), granted=[Granted("Platinum", DAY)])
    # Platinum is no level today; it stood above Gold, so Gold is reached and not due.
    assert (found.level, found.level_on, found.due) == ("Gold", date(2016, 1, 1), ())


def test_by_release_the_levels_of_that_day_hold_for_ever() -> None:
    programme = made(('"certification"', '"release"'))
    old = answer(programme, (date(2016, 2, 1), "download", 10), as_of=date(2016, 2, 1), released=date(2015, 12, 31))
    new = answer(programme, (date(2016, 2, 1), "download", 10), as_of=date(2016, 2, 1), released=date(2016, 1, 1))
    unknown = answer(programme, (date(2016, 2, 1), "download", 10), as_of=date(2016, 2, 1), released=None)
    assert (old.level, new.level, unknown.level) == ("Gold", "", "")
    assert unknown.notes == ("no release day is known, and the programme judges by it; --released DATE says one",)


def test_before_its_first_levels_a_programme_says_nothing() -> None:
    with pytest.raises(NotInForceError) as told:
        answer(made(), as_of=date(2014, 12, 31))
    assert (
        str(told.value)
        == "made: no ladder is known for 2014-12-31, the first is of 2015-01-01; --as-of says a later day"
    )


def test_a_weekly_look_finds_a_level_at_the_end_of_the_week() -> None:
    programme = made(('"automatic"', '"automatic", week_ends = "thursday"'))
    # 1 June 2015 is a Monday; the week ends on Thursday, 4 June.
    assert answer(programme, (DAY, "download", 10), as_of=date(2015, 6, 3)).level == ""
    assert answer(programme, (DAY, "download", 10), as_of=date(2015, 6, 4)).level_on == date(2015, 6, 4)


def test_domestic_and_foreign_songs_have_their_own_levels() -> None:
    levels = '{ levels = [{ name = "Gold", at = 10 }, { name = "Platinum", at = 20 }]'
    programme = made((levels, f'{levels}, domestic = "lang=pl", foreign = [{{ name = "Gold", at = 15 }}]'))
    sold = (DAY, "download", 14)
    domestic = answer(programme, sold, as_of=DAY, traits={"lang": "pl"})
    foreign = answer(programme, sold, as_of=DAY, traits={"lang": "en"})
    assert (domestic.level, domestic.scale) == ("Gold", "domestic")
    assert (foreign.level, foreign.scale, foreign.missing) == ("", "foreign", 1)
    assert answer(programme, (DAY, "download", 15), as_of=DAY).level == "Gold"


def test_an_uplift_is_an_exact_ratio_and_shown_in_the_proof() -> None:
    programme = made(more='uplift.physical.values.2015-01-01 = { value = [119, 100], source = "made up" }\n')
    # 8 x 119/100 = 9.52, and one download more 10.52: Gold at 10.
    found = answer(programme, (DAY, "physical", 8), (DAY, "download", 1), as_of=DAY)
    assert Fraction(found.total, found.per_unit) == Fraction(1052, 100)
    assert [(line.measure, line.raised, Fraction(line.total, found.per_unit)) for line in found.proof] == [
        ("download", (1, 1), Fraction(1)),
        ("physical", (119, 100), Fraction(952, 100)),
    ]
    # 7 x 1.19 + 1 = 9.33
    assert answer(programme, (DAY, "physical", 7), (DAY, "download", 1), as_of=DAY).level == ""


def test_sums_are_taken_between_changes_and_not_rounded_by_the_day() -> None:
    programme = made(
        ("units.download.values.2015-01-01 = { value = 1,", "units.download.values.2015-01-01 = { value = 3,")
    )
    # A third of a unit a day: 29 days are 9 and 2/3, 30 days are ten.
    days = [(date(2015, 6, n), "download", 1) for n in range(1, 31)]
    assert answer(programme, *days, as_of=date(2015, 6, 29)).level == ""
    assert answer(programme, *days, as_of=date(2015, 6, 30)).level_on == date(2015, 6, 30)


def test_what_came_back_takes_an_automatic_level_not_away_but_one_by_application() -> None:
    sold = ((DAY, "download", 10), (date(2015, 6, 2), "download", -1))
    assert answer(made(), *sold, as_of=date(2015, 6, 2)).level_on == DAY
    assert answer(made(('"automatic"', '"application"')), *sold, as_of=date(2015, 6, 2)).level == ""


@pytest.mark.parametrize(
    ("programme", "said", "level"),
    [
        ("us-riaa", "9\N{MULTIPLICATION SIGN} platinum", "9x Platinum"),
        ("us-riaa", "10x Platinum", None),
        ("de-bvmi", "2x Gold", None),
        ("de-bvmi", "3x gold", "3x Gold"),
        ("de-bvmi", "4x Gold", None),
        ("mx-amprofon", "Diamond + 2x Platinum + Gold", "Diamond + 2x Platinum + Gold"),
        ("mx-amprofon", "Gold + Gold", None),
        ("pl-zpav", "3x diamond", "3x Diamond"),
        ("pl-zpav", "4x Platinum", None),
    ],
)
def test_only_levels_of_the_ladder_are_levels(programme: str, said: str, level: str | None) -> None:
    rung = load.shipped()[programme].ladders()[-1].find(said)
    assert (rung.name if rung else None) == level


# What the ledger can know


def sold(quantity: int, day: date = date(2016, 2, 5), **other: Any) -> Row:  # noqa: ANN401 - fields of a row
    row: dict[str, Any] = {
        "title": "Song",
        "artist": "Ann",
        "channel": "shop",
        "measure": "download",
        "territory": "US",
    }
    return Row(**{**row, "day": day, "quantity": quantity, **other})


def test_units_are_a_lower_bound_where_the_ledger_begins_after_the_release(house: House) -> None:
    deliver(
        house,
        [sold(5, released=date(2016, 2, 5)), sold(5, title="Older", released=date(2016, 2, 4)), sold(5, title="X")],
    )
    said = house.certifications
    assert not said.of("us-riaa", "Song").lower_bound
    older = said.of("us-riaa", "Older")
    assert older.lower_bound
    assert older.notes == ("released 2016-02-04; the ledger begins 2016-02-05: units since 2016-02-05, a lower bound",)
    assert said.of("us-riaa", "X").lower_bound
    assert not said.of("us-riaa", "X", released=date(2016, 2, 5)).lower_bound


def test_a_day_that_a_shop_did_not_report_makes_units_a_lower_bound(house: House) -> None:
    rows = [sold(5, date(2016, 2, day), released=date(2016, 2, 5)) for day in (5, 7)]
    deliver(house, rows)
    found = house.certifications.of("us-riaa", "Song")
    assert found.lower_bound
    assert found.notes == ("1 day of channels not reported in between: units are a lower bound",)


def test_simulated_data_says_so(house: House) -> None:
    deliver(house, [sold(5)], simulated=True)
    deliver(house, [sold(5, territory="AU")], name="other.csv")
    assert house.certifications.of("us-riaa", "Song").simulated
    assert not house.certifications.of("au-aria", "Song").simulated
    marked = {each.programme: each.simulated for each in house.certifications.overview()}
    assert marked["us-riaa"]
    assert not marked["au-aria"]


def test_several_songs_of_one_name_are_listed(house: House) -> None:
    deliver(house, [sold(5), sold(5, artist="Bob")])
    with pytest.raises(AmbiguousError) as told:
        house.certifications.of("us-riaa", "Song")
    assert str(told.value) == '2 songs answer to "Song"; say which, as "title artist":\n  Song - Ann\n  Song - Bob'


def test_a_territory_without_a_delivery_is_said(house: House) -> None:
    deliver(house, [sold(5)])
    with pytest.raises(CompileError, match="de-bvmi: no delivery of territory DE is in this house"):
        house.certifications.of("de-bvmi", "Song")


def test_due_finds_songs_however_many_are_smaller(house: House) -> None:
    """Songs that are small by every measure and large together are among them: bounds are added up over measures."""
    small = [sold(1, title=f"Small {n}") for n in range(1200)]
    both = [sold(250_000, title="Both"), sold(37_500_000, title="Both", measure="on_demand.premium")]
    deliver(house, [*small, *both, sold(499_999, title="Short"), sold(500_000, title="Gold")])
    found = house.certifications.due("us-riaa")
    # 250,000 + 37,500,000 / 150 = 500,000
    assert [(each.song_title, each.due) for each in found] == [("Both", ("Gold",)), ("Gold", ("Gold",))]


# Grants


def granted(house: House, level: str, on: date = date(2016, 3, 1), song: str = "Song") -> None:
    house.certifications.grant("us-riaa", song, level, on, why="letter", by="anna")


def test_what_is_granted_is_not_due_and_what_is_taken_back_is(house: House) -> None:
    deliver(house, [sold(1_000_000)])
    said = house.certifications
    assert [each.due for each in said.due("us-riaa")] == [("Platinum",)]
    granted(house, "gold", date(2016, 2, 5))
    assert [each.due for each in said.due("us-riaa")] == [("Platinum",)]
    granted(house, "platinum", date(2016, 2, 5))
    assert said.due("us-riaa") == []
    taken = said.revoke(2, why="wrong song", by="anna")
    assert [each.due for each in said.due("us-riaa")] == [("Platinum",)]
    assert [(each.level, each.revokes) for each in said.log("us-riaa")] == [
        ("Gold", None),
        ("Platinum", None),
        ("Platinum", 2),
    ]
    assert (taken.why, taken.by) == ("wrong song", "anna")


def test_a_grant_after_the_last_delivery_counts_where_no_day_is_said(house: House) -> None:
    # The ledger ends on 5 February, the letter is of 1 March: Platinum is due as of any day before it, and not today.
    deliver(house, [sold(1_000_000)])
    granted(house, "Platinum", date(2016, 3, 1))
    said = house.certifications
    assert said.due("us-riaa") == []
    assert said.of("us-riaa", "Song").due == ()
    assert [each.due for each in said.due("us-riaa", date(2016, 2, 29))] == [("Platinum",)]
    assert said.due("us-riaa", date(2016, 3, 1)) == []


def test_after_the_last_delivery_units_are_a_lower_bound(house: House) -> None:
    deliver(house, [sold(7, released=date(2016, 2, 5))])
    assert not house.certifications.of("us-riaa", "Song").lower_bound
    later = house.certifications.of("us-riaa", "Song", date(2016, 2, 6))
    assert (later.lower_bound, later.notes) == (
        True,
        ("the ledger ends 2016-02-05: units until 2016-02-05, a lower bound",),
    )


AWARDS = """Artist,Title,Certification_Date,Certification_Type
ANN,SONG (FEAT. BO),"March 1, 2016",Gold
ANN,SONG (FEAT. BO),"May 1, 2016",2x Multi-Platinum
ANN,SONG (FEAT. BO),"May 2, 2016",12x Multi-Platinum
SOMEBODY,SONG,"May 3, 2016",3x Multi-Platinum
"""


@pytest.mark.parametrize(("series", "counts"), [("us-awards", True), ("us-riaa", True), ("gb-awards", False)])
def test_imported_awards_are_levels_granted_with_their_source(
    house: House, tmp_path: Path, series: str, *, counts: bool
) -> None:
    (tmp_path / "awards.csv").write_text(AWARDS, "utf-8")
    house.archives.import_(series, tmp_path / "awards.csv")
    deliver(house, [sold(2_500_000)])
    found = house.certifications.of("us-riaa", "Song")
    assert found.level == "2x Platinum"
    assert found.due == (() if counts else ("2x Platinum",))
    if counts:
        assert [(each.level, each.on, each.source) for each in found.granted] == [
            ("Gold", date(2016, 3, 1), f"{series}, awards.csv record 1"),
            ("2x Platinum", date(2016, 5, 1), f"{series}, awards.csv record 2"),
        ]
        assert found.notes[-1] == f"{series} lists what is no level of us-riaa and not counted: 12x Multi-Platinum"
        assert house.certifications.due("us-riaa") == []
        assert house.certifications.of("us-riaa", "Song", date(2016, 4, 30)).due == ("2x Platinum",)


def test_a_level_that_the_log_has_is_not_told_again_from_a_list(house: House, tmp_path: Path) -> None:
    (tmp_path / "awards.csv").write_text(AWARDS, "utf-8")
    house.archives.import_("us-awards", tmp_path / "awards.csv")
    deliver(house, [sold(500_000)])
    granted(house, "Gold", date(2016, 2, 29))
    assert [(each.level, each.source != "") for each in house.certifications.of("us-riaa", "Song").granted] == [
        ("Gold", False),
        ("2x Platinum", True),
    ]


def test_a_release_day_can_be_said_with_a_grant(house: House) -> None:
    deliver(house, [sold(1, territory="DE")])
    said = ("de-bvmi", "Song", "Gold", date(2016, 3, 1))
    with pytest.raises(UsageError, match="no release day is known"):
        house.certifications.grant(*said, why="letter", by="anna")
    line = house.certifications.grant(*said, why="letter", by="anna", released=date(2015, 1, 1))
    assert (line.level, line.title) == ("Gold", "Song")


def test_a_level_that_was_none_on_that_day_is_refused(house: House) -> None:
    deliver(house, [sold(1)])
    with pytest.raises(UsageError) as told:
        granted(house, "Diamond", date(1988, 12, 31))
    assert str(told.value) == (
        'us-riaa: there is no level "Diamond" among the levels in force on 1988-12-31, known since 1976-01-01; '
        "allowed: Gold, Platinum"
    )
    granted(house, "Diamond", date(1989, 1, 1))


def test_a_grant_needs_a_reason_and_is_given_once(house: House) -> None:
    deliver(house, [sold(1)])
    with pytest.raises(UsageError, match="a grant needs a reason"):
        house.certifications.grant("us-riaa", "Song", "Gold", date(2016, 3, 1), why=" ", by="anna")
    granted(house, "Gold")
    with pytest.raises(UsageError, match="Gold is granted to Song - Ann since 2016-03-01, by line 1; --revoke 1"):
        granted(house, "Gold")
    with pytest.raises(UsageError, match="--revoke 7: no grant of that number is in force"):
        house.certifications.revoke(7, why="x", by="anna")


def test_a_grant_follows_its_song_through_a_merge(house: House) -> None:
    deliver(house, [sold(400_000), sold(600_000, title="Another")])
    granted(house, "Platinum", date(2016, 2, 5), song="Song")
    house.catalog.merge(["Song", "Another"], Reason("one song", by="anna"))
    assert log.length(house.database) == 1
    found = house.certifications.of("us-riaa", "Another")
    assert (found.total, found.level) == (1_000_000 * found.per_unit, "Platinum")
    assert ([each.level for each in found.granted], found.due) == (["Platinum"], ())


# The command


def run(house: House, *words: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, ["-C", str(house.paths.root), "certify", *words])
    return told.exit_code, told.output


def test_the_command_says_level_proof_and_what_is_missing(house: House) -> None:
    deliver(house, [sold(499_999, released=date(2016, 2, 5)), sold(149, measure="on_demand.premium")], simulated=True)
    code, text = run(house, "us-riaa", "Song")
    assert code == 0
    for line in (
        "Song - Ann   SIMULATED",
        "499,999 149/150 units to date: no level",
        "next: Gold at 500,000; 1/150 units missing",
        "judged by the levels of the day of certification; application",
        "granted: nothing",
    ):
        assert line in text
    _, text = run(house, "us-riaa", "Song", "--json")
    told = json.loads(text)
    assert (told["units"], told["units_rest"], told["missing"], told["per_unit"]) == (499_999, "149/150", 1, 150)
    assert [(line["measure"], line["amount"], line["ratio"]) for line in told["proof"]] == [
        ("download", 499_999, [1, 1]),
        ("on_demand.premium", 149, [150, 1]),
    ]


def test_lists_as_csv(house: House) -> None:
    deliver(house, [sold(500_000)])
    _, text = run(house, "us-riaa", "--due", "--csv")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["song"], row["units"], row["level"], row["reached"]) == ("Song", "500000", "Gold", "2016-02-05")
    code, text = run(
        house, "us-riaa", "--grant", "Song", "Gold", "--on", "2016-03-01", "--why", "letter", "--by", "anna"
    )
    assert (code, text) == (0, "Granted: Gold to Song - Ann, us-riaa, 2016-03-01 · line 1 by anna\n")
    _, text = run(house, "--log", "--csv")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["serial"], row["level"], row["why"], row["by"]) == ("1", "Gold", "letter", "anna")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--due",), "--due needs PROGRAMME"),
        (("us-riaa", "Song", "--due"), "SONG stands alone with PROGRAMME, without --due"),
        (("--as-of", "2016-03-01"), "--as-of needs PROGRAMME"),
        (("us-riaa", "--released", "2016-03-01"), "--released needs SONG or --grant"),
        (("us-riaa", "--on", "2016-03-01"), "--on needs --grant"),
        (("us-riaa", "Song", "--csv"), "--csv needs --due or --log"),
        (("us-riaa", "Song", "--why", "so"), "--why needs --grant or --revoke"),
    ],
)
def test_a_word_that_would_do_nothing_is_refused(house: House, words: tuple[str, ...], told: str) -> None:
    found = CliRunner().invoke(app, ["-C", str(house.paths.root), "certify", *words])
    assert isinstance(found.exception, UsageError)
    assert str(found.exception).startswith(told)


def test_one_unit_is_said_in_the_singular_and_what_is_due_as_a_list(house: House) -> None:
    deliver(house, [sold(499_999)])
    assert "; 1 unit missing" in run(house, "us-riaa", "Song")[1]
    # Releases of 2010: 3x Platinum at 900,000, and Diamond beside it at 1,000,000.
    deliver(house, [sold(1_000_000, territory="DE", released=date(2010, 1, 1))])
    assert "due: 3x Platinum, Diamond\n" in run(house, "de-bvmi", "Song")[1]


def test_without_a_word_the_programmes_and_what_is_due(house: House) -> None:
    deliver(house, [sold(500_000)])
    _, text = run(house, "--json")
    told = {each["programme"]: each for each in json.loads(text)}
    assert set(told) == set(load.shipped())
    assert (told["us-riaa"]["due"], told["us-riaa"]["first"], told["de-bvmi"]["due"]) == (1, "2016-02-05", None)


def test_a_house_may_have_a_programme_of_its_own(house: House) -> None:
    folder = house.paths.books / "programmes"
    folder.mkdir(parents=True)
    (folder / "made.toml").write_text(MADE, "utf-8")
    deliver(house, [sold(10, territory="GB")])
    assert house.certifications.of("made", "Song").level == ""
    assert house.certifications.of("made", "Song", released=DAY).next_level == "Gold"
    assert any(each.name == "Made" and each.state == "good" for each in house.check([Path(folder)]))
