"""One song on all charts: found by any spelling, told with its drop-outs, drawn, and compared."""

import importlib
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from hitparade.cataloguing import Reason
from hitparade.errors import AmbiguousError, ArchiveError, UsageError
from hitparade.house import House
from hitparade.serve.cli.app import app
from mirror_maker import Line, hold, lines_table

DAYS = tuple(date.fromordinal(date(2020, 1, 4).toordinal() + 7 * week).isoformat() for week in range(12))
"""Twelve Saturdays, from 4 January to 21 March 2020."""
SVG = "{http://www.w3.org/2000/svg}"


def run(title: str, positions: Iterable[int], credit: str = "Ann", days: Iterable[str] = DAYS) -> list[Line]:
    """Lines of one song from the first of the days on; position 0 is an issue without it."""
    return [(day, at, title, credit) for day, at in zip(days, positions, strict=False) if at]


FILLER = run("Filler", [50] * 12, "Zoe")


@pytest.fixture
def charts(house: House) -> House:
    """Two charts, and two songs called "Hello"."""
    us = [
        *run("Hello", [8, 0, 0, 20, 5, 6, 0, 9], "Ann Featuring Bob"),
        *run("Hello", [0, 3, 2, 2, 4], "Cat & The Dogs"),
        *run("Goodbye (Live)", [0, 0, 11], "Ann"),
        *run("The Sign", [0, 0, 0, 10, 10], "Bob"),
        *FILLER,
    ]
    hold(house, "us", us, title="American singles", territory="US", size=50)
    hold(house, "gb", [*run("HELLO", [0, 4, 4, 7], "ANN FT BOB"), *FILLER], title="British singles", territory="GB")
    return house


def cli(house: House, *words: str) -> tuple[int, str]:
    for name in ("song", "song_compare", "song_artist", "song_week"):
        importlib.import_module(f"hitparade.serve.cli.{name}")
    made = CliRunner(env={"COLUMNS": "120"}).invoke(app, ["-C", str(house.paths.root), *words])
    if made.exception and not isinstance(made.exception, SystemExit):
        raise made.exception
    return made.exit_code, made.output


def test_a_run_marks_drop_outs_and_re_entries(charts: House) -> None:
    said = charts.records.song("hello - ann")
    us, gb = said.charts
    # On at 8, two issues out, back at 20-5-6, one issue out, back at 9.
    assert us.run == "8 - (2 issues out) - RE 20-5-6 - (1 issue out) - RE 9"
    assert gb.run == "4-4-7"
    assert [(line.issue.isoformat(), line.position) for line in us.re_entries] == [(DAYS[3], 20), (DAYS[7], 9)]
    last = us.last
    assert (us.debut.position, last.peak, str(last.peak_issue), last.peak_weeks, last.weeks) == (8, 5, DAYS[4], 1, 5)
    # 8, 5, 6 and 9 are top tens, 20 is none.
    assert (us.top_ten_weeks, str(us.top_ten_first), us.at_one, us.still_on) == (4, DAYS[0], 0, False)
    assert [line.movement for line in us.lines] == ["new", "re", "+15", "-1", "re"]


def test_other_songs_of_the_title_are_named_and_not_merged(charts: House) -> None:
    (other,) = charts.records.song("hello - ann").others
    assert (other.credit, other.years, other.peak, other.series, other.lines) == ("Cat & The Dogs", "2020", 2, "us", 4)


def test_a_bare_title_of_two_songs_lists_both(charts: House) -> None:
    with pytest.raises(AmbiguousError) as refused:
        charts.records.song("Hello")
    assert str(refused.value) == (
        '2 songs answer to "Hello"; say which, as "title - artist":\n'
        "  Hello - Ann Featuring Bob (2020, peak 4 on gb)\n"
        "  Hello - Cat & The Dogs (2020, peak 2 on us)"
    )


@pytest.mark.parametrize(
    "said",
    ["hello - ann", "HELLO — Ann feat. Bob", "ann hello", "Bob - Hello", "hello by ann", "hello / ann featuring bob"],
)
def test_any_spelling_with_the_artist_finds_it(charts: House, said: str) -> None:
    assert charts.records.one_song(said).credit == "Ann Featuring Bob"


@pytest.mark.parametrize(("said", "title"), [
    ("goodbye", "Goodbye (Live)"), ("goodbye (live)", "Goodbye (Live)"), ("sign", "The Sign"), ("sign bob", "The Sign"),
    ("dogs hello cat", "Hello"), ("filler zoe", "Filler"),
])  # fmt: skip
def test_version_words_articles_and_order_do_not_matter(charts: House, said: str, title: str) -> None:
    assert charts.records.one_song(said).title == title


def test_a_chart_narrows_the_search(charts: House) -> None:
    assert charts.records.one_song("hello", "gb").credit == "Ann Featuring Bob"
    assert [run.series for run in charts.records.song("hello", "British singles").charts] == ["gb"]


def test_a_day_narrows_what_is_known(charts: House) -> None:
    # By 4 January only one of the two was on a chart, and it stood at 8.
    said = charts.records.song("hello", on=date(2020, 1, 4))
    assert [run.run for run in said.charts] == ["8"]
    assert said.charts[0].still_on
    # By 1 February it had come back once and peaked at 5.
    us = charts.records.song("hello - ann", "us", date(2020, 2, 1)).charts[0]
    assert (us.run, us.last.peak, us.as_of) == ("8 - (2 issues out) - RE 20-5", 5, date(2020, 2, 1))


def test_a_name_that_nothing_answers_to_names_the_nearest(charts: House) -> None:
    with pytest.raises(ArchiveError, match=r'no song answers to "hallo ann"; did you mean .*"Hello - Ann Featuring'):
        charts.records.song("hallo ann")
    with pytest.raises(ArchiveError, match="no song answers to"):
        charts.records.song("zzzz qqqq xxxx")


def test_issues_that_are_not_held_are_no_absence(house: House) -> None:
    # The fourth issue is not held at all; the song is on both sides of it, and out on the sixth.
    days = [day for day in DAYS[:8] if day != DAYS[3]]
    hold(house, "us", [*run("Song", [9, 8, 7, 6, 0, 5, 4], days=days), *run("Other", [0, 0, 0, 0, 1], "Zoe", days)])
    said = house.records.song("song").charts[0]
    assert said.run == "9-8-7 - (1 issue not held) - 6 - (1 issue out) - RE 5-4"
    assert [(each.out, each.not_held) for each in said.breaks] == [(0, 1), (1, 0)]
    assert len(said.re_entries) == 1


def test_an_absence_over_issues_that_are_not_held_says_so(house: House) -> None:
    days = [day for day in DAYS[:6] if day != DAYS[2]]
    hold(house, "us", [*run("Song", [9, 0, 0, 8], days=days), *run("Filler", [50] * 5, "Zoe", days)])
    assert house.records.song("song").charts[0].run == "9 - (2 issues out, 1 issue not held) - RE 8"


def test_what_an_archive_cannot_show_is_said(house: House) -> None:
    # The archive begins in the song's seventh week, and of twelve issues of three lines the second has only two.
    lines = [*run("Song", [3, 0, *[3] * 10]), *run("One", [1] * 12), *run("Two", [2] * 12)]
    count = [*range(1, 13)]
    weeks = [7, *range(9, 19), *count, *count]  # 7, then 9 to 18 once it is back
    peaks = [2] * 11 + [1] * 12 + [2] * 12
    hold(house, "us", lines_table(lines, {"weeks": weeks, "peak": peaks}))
    *others, short = house.records.song("song").charts[0].notes
    assert others == [
        f"the archive begins on {DAYS[0]}, in the song's week 7 as printed; its debut is earlier and not held",
        f"the chart prints peak 2 on {DAYS[11]}; the issues held show 3",
        f"the chart prints 18 weeks on {DAYS[11]}; 11 weeks are held",
    ]
    when = f"between {DAYS[0]} and {DAYS[2]}"
    assert short == f"the issue {when} holds fewer lines than it should: the song may have been on us then"


def test_two_prints_on_one_issue_are_told(house: House) -> None:
    lines = [*run("Song", [5, 4], "Ann feat. Bob"), *run("Song (feat. Bob)", [9], "Ann"), *FILLER]
    hold(house, "us", lines)
    said = house.records.song("song - ann").charts[0]
    assert (said.run, said.lines[0].also) == ("5-4", (9,))
    assert said.notes[0] == (
        f"two prints of it stand on 1 of its issues ({DAYS[0]} first, at 5 and 9); the better position counts, and "
        "both lines are kept"
    )


def test_a_credit_that_changes_is_told(house: House) -> None:
    hold(house, "us", [*run("Song", [5, 4], "Ann feat. Bob"), *run("Song", [0, 0, 3], "Ann ft. Bob"), *FILLER])
    said = house.records.song("song - ann").charts[0]
    told = f'credited "Ann feat. Bob" {DAYS[0]} to {DAYS[1]}; "Ann ft. Bob" on {DAYS[2]}'
    assert (said.run, said.notes) == ("5-4-3", (told,))


def test_a_credit_that_changes_back_is_told_with_its_spans(house: House) -> None:
    """With the guest on issues 1, 2 and 5, without on 3 and 4: "before" and "from" would both be wrong."""
    with_guest, alone = "Ann feat. Bob", "Ann ft. Bob"
    hold(house, "us", [*run("Song", [5, 4, 0, 0, 2], with_guest), *run("Song", [0, 0, 3, 2], alone), *FILLER])
    said = house.records.song("song - ann").charts[0]
    assert said.notes == (
        f'credited "{with_guest}" {DAYS[0]} to {DAYS[1]} and on {DAYS[4]}; "{alone}" {DAYS[2]} to {DAYS[3]}',
    )


def test_halves_of_one_title_and_artist_are_told_apart_by_days_and_key(house: House) -> None:
    """From the third issue on "Song" is another song; in a pipe its key chooses it."""
    hold(house, "us", [*run("Song", [5, 4, 3, 2]), *FILLER])
    house.catalog.split(["Song"], Reason("years apart", "Ann"), first=date.fromisoformat(DAYS[2]))
    half = f"song / ann [{DAYS[2]}..]"
    with pytest.raises(AmbiguousError) as refused:
        house.records.song("song")
    assert str(refused.value) == (
        '2 songs answer to "song"; say which, by its key, which ends its line:\n'
        f"  Song - Ann ({DAYS[0]} to {DAYS[1]}, peak 4 on us)   song / ann\n"
        f"  Song - Ann ({DAYS[2]} to {DAYS[3]}, peak 2 on us)   {half}"
    )
    code, said = cli(house, "song", half)
    assert code == 0
    assert f"debut 3 on {DAYS[2]}" in said
    assert f"Not Song - Ann ({DAYS[0]} to {DAYS[1]}, peak 4 on us)   song / ann" in said
    assert f"last 4 on {DAYS[1]}" in cli(house, "song", "song / ann")[1]


def test_a_year_end_list_is_no_chart_run(charts: House) -> None:
    hold(charts, "us-years", [("2020-12-31", 7, "Hello", "Ann Featuring Bob")], kind="year-end", title="US year end")
    said = charts.records.song("hello - ann")
    assert [run.series for run in said.charts] == ["us", "gb"]
    assert [(year.title, year.position, year.dated.year) for year in said.years] == [("US year end", 7, 2020)]


def test_the_command_shows_runs_facts_and_where_they_come_from(charts: House) -> None:
    code, said = cli(charts, "song", "hello", "ann")
    assert code == 0
    assert "Ann (lead), Bob (featured)" in said
    assert "\n8 - (2 issues out) - RE 20-5-6 - (1 issue out) - RE 9\n" in said
    assert f"debut 8 on {DAYS[0]}; peak 5 on {DAYS[4]} (1 week there); 5 weeks on chart" in said
    assert "Not the song by Cat & The Dogs (2020, peak 2 on us)" in said
    assert f"as of {DAYS[11]}; from a-" in said


def test_in_a_pipe_several_songs_of_a_name_end_with_3(charts: House) -> None:
    for name in ("song", "song_compare"):
        importlib.import_module(f"hitparade.serve.cli.{name}")
    made = CliRunner().invoke(app, ["-C", str(charts.paths.root), "song", "hello"])
    assert isinstance(made.exception, AmbiguousError)
    assert made.exception.exit_code == 3


def test_json_and_csv_hold_every_line(charts: House, tmp_path: Path) -> None:
    code, said = cli(charts, "song", "hello - ann", "--json", "--csv", str(tmp_path / "run.csv"))
    told = json.loads(said)
    assert code == 0
    assert [told["charts"][0][name] for name in ("peak", "peak_issue", "peak_weeks")] == [5, DAYS[4], 1]
    assert told["charts"][0]["debut"] == {"issue_date": DAYS[0], "position": 8}
    assert [line["position"] for line in told["charts"][0]["lines"]] == [8, 20, 5, 6, 9]
    rows = (tmp_path / "run.csv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + 5 + 3
    assert rows[1].startswith(f"us,{DAYS[0]},8,,new,8,{DAYS[0]},1,1,1,Hello,Ann Featuring Bob,a-")


def test_the_graph_has_position_one_on_top_and_gaps_as_gaps(charts: House, tmp_path: Path) -> None:
    place = tmp_path / "run.svg"
    code, said = cli(charts, "song", "hello - ann", "--chart", "us", "--graph", str(place))
    assert code == 0
    assert "run.csv" in said
    assert (tmp_path / "run.csv").is_file()
    picture = ET.parse(place).getroot()  # noqa: S314 - our own file
    # Three spells: a lone point, three joined points, a lone point. No line crosses an absence.
    lines = [line.attrib["points"].split() for line in picture.iter(f"{SVG}polyline")]
    assert [len(points) for points in lines] == [1, 3, 1]
    heights = [float(point.split(",")[1]) for point in lines[1]]
    assert heights[1] < heights[2] < heights[0]  # 5 above 6 above 20
    assert len([each for each in picture.iter(f"{SVG}rect") if each.get("class") == "away"]) == 2
    told = picture.find(f"{SVG}desc")
    assert told is not None
    assert "8 - (2 issues out) - RE 20-5-6" in (told.text or "")
    assert picture.attrib["role"] == "img"


def test_a_title_with_signs_of_markup_is_drawn_as_text(house: House, tmp_path: Path) -> None:
    hold(house, "us", run('<b>&amp; "Song"', [1, 2]))
    cli(house, "song", "b amp song", "--graph", str(tmp_path / "run.svg"))
    picture = ET.parse(tmp_path / "run.svg").getroot()  # noqa: S314 - our own file
    assert any('<b>&amp; "Song"' in (each.text or "") for each in picture.iter(f"{SVG}text"))


def test_songs_are_compared_from_their_entries(charts: House) -> None:
    said = charts.records.compare(["hello - ann", "hello - cat"])
    # Ann enters on the first issue, Cat on the second.
    assert said.series == "us"
    assert said.weeks == ((8, 3), (None, 2), (None, 2), (20, 4), (5, None), (6, None), (None, None), (9, None))
    # Both are on the fourth and fifth issues: 20 against 2, and 5 against 4.
    assert (said.together, [side.ahead for side in said.songs]) == (2, [0, 2])


def test_a_shared_position_puts_nobody_ahead(house: House) -> None:
    hold(house, "us", [*run("One", [3, 1]), *run("Two", [3, 2], "Bea")])
    said = house.records.compare(["one", "two"])
    assert (said.together, [side.ahead for side in said.songs]) == (2, [1, 0])


def test_songs_without_a_common_chart_are_refused(charts: House) -> None:
    hold(charts, "fr", run("Bonjour", [1], "Eve"))
    with pytest.raises(
        ArchiveError, match="no chart that is held has all of these songs: Bonjour - Eve was on fr; The"
    ):
        charts.records.compare(["bonjour", "the sign"])
    with pytest.raises(UsageError, match="two songs or more"):
        charts.records.compare(["the sign", "sign bob"])


def test_the_comparison_is_printed_and_drawn(charts: House, tmp_path: Path) -> None:
    code, said = cli(charts, "compare", "hello - ann", "hello - cat", "--graph", str(tmp_path / "two.svg"))
    assert code == 0
    assert "2 issues have them all; highest: A on 0, B on 2" in said
    picture = ET.parse(tmp_path / "two.svg").getroot()  # noqa: S314 - our own file
    lines = [line.attrib for line in picture.iter(f"{SVG}polyline")]
    # Three spells of A and its key, one spell of B and its key.
    assert [line["class"] for line in lines] == ["run c0"] * 4 + ["run c1"] * 2
    assert (tmp_path / "two.csv").read_text("utf-8").splitlines()[4] == "4,20,4"


def test_an_artist_has_songs_with_role_and_number_of_the_top_ten(charts: House) -> None:
    said = charts.records.artist("bob", "us")
    (chart,) = said.charts
    # As featured first in the top ten on the first issue, then on his own on the fourth.
    assert [(song.title, song.role, song.nth_top_ten, song.peak, song.weeks) for song in chart.songs] == [
        ("Hello", "featured", 1, 5, 5), ("The Sign", "lead", 2, 10, 2),
    ]  # fmt: skip
    assert (chart.top_tens, chart.number_ones) == (2, 0)
    assert [song.title for song in charts.records.artist("Bob", "us", role="lead").charts[0].songs] == ["The Sign"]
    assert charts.records.artist("Bob", "us", role="lead").charts[0].songs[0].nth_top_ten == 1


def test_an_artist_as_of_a_day(charts: House) -> None:
    said = charts.records.artist("bob", "us", date(2020, 1, 11))
    assert [(song.title, song.peak, song.weeks) for song in said.charts[0].songs] == [("Hello", 8, 1)]
    assert said.charts[0].as_of == date(2020, 1, 11)


def test_groups_and_members_count_apart(charts: House) -> None:
    who = charts.paths.books / "who"
    who.mkdir(parents=True)
    (who / "dogs.toml").write_text(
        'format = 1\n[sources]\nmade = "made for a test"\n'
        '[[members]]\ngroup = "Cat & The Dogs"\nartist = "Ann"\nsource = "made"\n',
        encoding="utf-8",
    )
    said = charts.records.artist("ann", "us")
    assert "Cat & The Dogs" not in {song.credit for song in said.charts[0].songs}
    assert [(each.name, each.what, each.songs, each.top_tens, each.source) for each in said.related] == [
        ("Cat & The Dogs", "group", 1, 1, "made for a test"),
    ]


def test_the_artist_command(charts: House) -> None:
    code, said = cli(charts, "artist", "BOB", "--chart", "us")
    assert code == 0
    assert "American singles (us): 2 songs, 2 in the top ten, 0 number one" in said
    assert "no. 2" in said
    with pytest.raises(UsageError, match="--role: found 'singer'"):
        cli(charts, "artist", "bob", "--role", "singer")


def test_this_week_in_earlier_years(house: House) -> None:
    lines = [
        *[(day, 1, "Old One", "Ann") for day in ("2017-01-07", "2018-01-06", "2018-01-13")],
        *[(day, 2, "Debut", "Bob") for day in ("2018-01-13",)],
        *[(day, 3, "Filler", "Zoe") for day in ("2017-01-07", "2018-01-06", "2018-01-13", "2018-01-20", "2019-01-12")],
        *[("2018-01-20", 1, "Debut", "Bob"), ("2019-01-12", 1, "New One", "Cat")],
    ]
    hold(house, "us", lines)
    said = house.records.this_week("us", date(2020, 1, 12))
    # Nearest to 12 January: the 12th in 2019, the 13th in 2018; in 2017 the 7th is five days off, over half a week.
    assert [(str(issue.issue), issue.years_ago) for issue in said.issues] == [("2019-01-12", 1), ("2018-01-13", 2)]
    last, before = said.issues
    assert [(line.title, line.weeks) for line in last.ones] == [("New One", 1)]
    assert [line.title for line in before.ones] == ["Old One"]
    assert [(line.title, line.position) for line in before.debuts] == [("Debut", 2)]
    assert before.peaks == ()  # it peaked a week later; the old one had peaked a year before
    with pytest.raises(ArchiveError, match="no issue of the week of 1 July before 2020"):
        house.records.this_week("us", date(2020, 7, 1))


def test_the_archives_first_issue_has_no_debuts(house: House) -> None:
    hold(house, "us", run("Song", [1, 2]))
    assert house.records.this_week("us", date(2021, 1, 4)).issues[0].debuts == ()


def test_the_this_week_command(house: House) -> None:
    hold(house, "us", run("Song", [1, 2]))
    code, said = cli(house, "this-week", "01-04", "--chart", "us")  # the clock stands in 2026
    assert code == 0
    assert "number one, debut" in said
    with pytest.raises(UsageError, match="found '13-40'"):
        cli(house, "this-week", "13-40", "--chart", "us")


def test_a_day_that_is_none_is_refused(charts: House) -> None:
    with pytest.raises(UsageError, match="--on: found 'soon'"):
        cli(charts, "song", "hello", "--on", "soon")
