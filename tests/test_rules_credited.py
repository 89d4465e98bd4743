"""Versions that count for one song, printed under the one that leads; one download is one point."""

from datetime import date, timedelta

import pytest

from fold_maker import fold, issue, remembered, song, state
from hitparade.chart import Candidate, CandidateSet, Version
from hitparade.compile.decision import Decision
from hitparade.compile.fold import Step
from hitparade.compile.versions import roll_up, with_versions
from hitparade.house import House
from ledger_maker import Row, deliver

PLAIN, REMIX = Version("Road", "Nas", {"download": 5}), Version("Road (Remix)", "Nas feat. Billy", {"download": 6})


def made(*versions: Version, known: tuple[str, str] = ("", ""), said: tuple[Decision, ...] = ()) -> Step:
    """Issue 0 of a song of those versions, printed last as ``known``."""
    total = sum(each.sums["download"] for each in versions)
    old = [remembered("road", 9, 1, title=known[0], credit=known[1])] if known[0] else []
    road = song("road", total, title="Road", credit="Nas", versions=versions)
    return fold([road], state(*old), params={"credited": {"by": "points"}}, decisions=said)


def test_the_version_with_most_points_is_printed_and_the_run_goes_on() -> None:
    """Six downloads of the remix, five of the plain version: 11 points, week 10."""
    done = made(PLAIN, REMIX, known=("Road", "Nas"))
    (entry,) = done.chart.entries
    assert (entry.title, entry.credit, entry.points) == ("Road (Remix)", "Nas feat. Billy", 11)
    assert (entry.song, entry.movement, entry.weeks_on_chart) == ("road", "=", 10)
    assert entry.reasons[0][1] == (
        "credited as Road (Remix) - Nas feat. Billy, which leads its 2 versions with 6 points; before, Road - Nas"
    )


@pytest.mark.parametrize(("known", "credit"), [(("Road (Remix)", "Nas feat. Billy"), "Nas feat. Billy"),
                                               (("Road", "Nas"), "Nas"), (("", ""), "Nas")])  # fmt: skip
def test_of_equals_the_one_printed_last_stays(known: tuple[str, str], credit: str) -> None:
    """Six downloads each; without a last one, the text that sorts first."""
    equal = Version("Road", "Nas", {"download": 6})
    assert made(equal, REMIX, known=known).chart.entries[0].credit == credit


def test_an_exempt_song_is_printed_as_the_book_names_it() -> None:
    said = (Decision("r-1", issue(0), issue(0), "road", "credited", "exempt", "as the label asks"),)
    assert made(PLAIN, REMIX, said=said).chart.entries[0].credit == "Nas"


def test_versions_become_one_candidate() -> None:
    """5 and 6 now, 1 and none before; the song takes its own words, the earliest release, both recordings."""
    parts = (
        Candidate("remix", "Road (Remix)", "Nas feat. Billy", ("remix",), date(2019, 4, 5), {"download": (6, 0)}),
        Candidate("road", "Road", "Nas", ("road",), date(2018, 12, 3), {"download": (5, 1), "view": (7, 7)}),
        Candidate("zoo", "Zoo", "Ann", ("zoo",)),
    )
    versions = {"road": ("remix", "unknown")}
    rolled = roll_up(CandidateSet(parts, 300, {}, {}), versions)
    road, zoo = rolled.candidates
    assert (road.title, road.credit, road.recordings, road.released) == (
        "Road",
        "Nas",
        ("remix", "road"),
        date(2018, 12, 3),
    )
    assert road.sums == {"download": (11, 1), "view": (7, 7)}
    assert [(each.title, each.sums) for each in road.versions] == [
        ("Road", {"download": 5, "view": 7}),
        ("Road (Remix)", {"download": 6}),
    ]
    assert zoo == parts[2]
    assert with_versions(["zoo"], versions) == ("remix", "road", "unknown", "zoo")


MONDAY, CHART = date(2016, 1, 4), "my-top-40"
BLOCKS = """
[versions]
values.2016-01-11 = { source = "made for a test", songs = [
  { song = "road / nas", versions = ["road remix / nas feat billy"] },
] }

[credited]
values.2000-01-01 = { by = "points", source = "made for a test" }
"""


def test_a_house_rolls_up_from_the_day_the_book_says(house: House) -> None:
    """Week 0: Road 5, remix 3, Zoo 4, three songs. Week 1: Road 2 + remix 3 = 5 against Zoo 4, printed as the remix."""
    text = house.books().paths[CHART].read_text("utf-8")
    changed = (
        text.replace("steps = [", 'steps = ["credited", ')
        if "steps = [" in text
        else text.replace("\n[sources]", '\nsteps = ["credited"]\n\n[sources]', 1)
    )
    house.paths.books.joinpath(f"{CHART}.toml").write_text(
        changed + BLOCKS.replace('"made"', '"made for a test"'), "utf-8"
    )
    weeks = ({"Road": 5, "Road Remix": 3, "Zoo": 4}, {"Road": 2, "Road Remix": 3, "Zoo": 4})
    artists = {"Road": "Nas", "Road Remix": "Nas feat. Billy", "Zoo": "Ann"}
    for n, songs in enumerate(weeks):
        day = MONDAY + timedelta(7 * n)
        rows = [
            Row(key, artists[key], day=day, measure="on_demand", quantity=many, territory="GLOBAL")
            for key, many in songs.items()
        ]
        deliver(house, rows, name=f"week{n}.csv")
    house.compile(CHART, every=True)
    drafts = [house.draft(CHART, MONDAY + timedelta(7 * n + 6)) for n in range(2)]
    charts = [draft.chart for draft in drafts if draft]
    assert [(e.position, e.title) for e in charts[0].entries] == [(1, "Road"), (2, "Zoo"), (3, "Road Remix")]
    assert [(e.position, e.title, e.movement) for e in charts[1].entries] == [(1, "Road Remix", "="), (2, "Zoo", "=")]
    assert charts[1].entries[0].song == "road / nas"
    assert charts[1].drop_outs == ()
    assert any("two runs became one song" in note for note in charts[1].notes)
    for n in range(2):
        house.publish(CHART, MONDAY + timedelta(7 * n + 6), by="anna")
    assert all(answer.holds for found in house.verify() for answer in found.answers)
