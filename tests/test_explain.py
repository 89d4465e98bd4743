"""One song's story: where it stands and why, with every number exact."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fold_maker import issue, remembered, rules, song, state, week
from hitparade.chart import Candidate, ChartState, Received
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.explain import explain
from hitparade.compile.find import find
from hitparade.compile.proof import compile_issue
from hitparade.errors import AmbiguousError, CompileError
from hitparade.rulebook.rules import Value

UNITS = {"download": 3, "stream": 1}
VALUES = (
    Value("units.download", date(2014, 7, 1), "tracking_start", 1, "rules 2014"),
    Value('units."stream"', date(2015, 7, 1), "tracking_start", 3, "rules 2015", confidence="estimated"),
    Value('minimum_play."stream"', date(2014, 7, 1), "tracking_start", 30000, "rules 2014, 4.1"),
    Value("recurrent", date(2014, 12, 12), "issue_date", {}, "rules 2014, 4.2"),
)
SONGS = [
    song("top / ann", 0, "Ann", title="Top", sums={"download": (100, 80), "stream": (9, 0)}),
    song("talk / bob", 0, "Bob feat. Ann", title="Talk", sums={"download": (90, 100), "stream": (40, 10)}),
    song("talk / cid", 0, "Cid", title="Talk!", sums={"download": (50,), "stream": (160,)}),
    song("old / eve", 0, "Eve", title="Old", sums={"download": (70,)}),
    song("low / dan", 0, "Dan", title="Low", sums={"download": (20,), "stream": (0,)}),
]
"""309, 310, 310, 210 and 60 points: ties go to the key, so Bob's Talk is first, Cid's second, Top third."""


def compiled(before: ChartState | None = None, songs: list[Candidate] = SONGS, **changes: Any) -> Compiled:  # noqa: ANN401 - any rule
    lines = replace(week(songs), market={"download": (330, 180), "stream": (209, 10)})
    decisions = changes.pop("decisions", ())
    book = rules(weights=UNITS, points_per_unit=3, values=VALUES, **changes)
    return compile_issue(lambda _k, _named: lines, before or ChartState(), decisions, book)


def test_the_parts_add_up_to_the_points() -> None:
    """90 x 3 + 40 x 1 = 310."""
    story = explain(compiled(), "talk / bob")
    assert [(part.measure, part.quantity, part.weight, part.points) for part in story.parts] == [
        ("download", 90, 3, 270),
        ("stream", 40, 1, 40),
    ]
    assert story.points == 310
    assert [part.value.source for part in story.parts if part.value] == ["rules 2014", "rules 2015"]
    assert story.market_points == 330 * 3 + 209


def test_the_neighbours_and_what_the_next_position_would_have_taken() -> None:
    """Top has 309 and Cid 310: 2 more points are enough whatever ties say; one download gives 3."""
    story = explain(compiled(), 3)
    assert (story.song_title, story.headline) == ("Top", "3rd, new")
    assert story.above is not None
    assert story.below is not None
    assert (story.above.song, story.above.gap) == ("talk / cid", 1)
    assert (story.below.song, story.below.position, story.below.gap) == ("old / eve", 4, -99)
    assert story.needed is not None
    assert (story.needed.position, story.needed.points) == (2, 2)
    assert (story.needed.measure, story.needed.quantity) == ("download", 1)


def test_the_quantity_needed_is_rounded_up() -> None:
    """Cid's streams and downloads give 160 and 150; it needs 1 point to pass Bob, one stream."""
    needed = explain(compiled(), "2").needed
    assert needed is not None
    assert (needed.points, needed.measure, needed.quantity) == (1, "stream", 1)


def test_number_one_needs_nothing() -> None:
    story = explain(compiled(), "#1")
    assert (story.above, story.needed) == (None, None)


def test_a_song_that_is_too_low_says_how_far_below_it_is() -> None:
    """60 points, fifth; the third position has 309: 249 short, so 250 points or 84 downloads would do."""
    story = explain(compiled(), "low")
    assert story.headline == "not on the chart: would be 5th: 249 points below 3rd"
    assert (story.position, story.rule, story.place) == (None, "size", 5)
    assert story.needed is not None
    assert (story.needed.position, story.needed.points, story.needed.quantity) == (3, 250, 84)


def test_a_song_that_a_rule_took_off_names_rule_numbers_since_and_source() -> None:
    before = state(remembered("old / eve", 24, 2))
    made = compiled(before, size=4, params={"recurrent": {"tiers": [{"weeks": 20, "below": 3}]}})
    story = explain(made, "Old - Eve")
    sentence = "week 25 and would be 4th: below 3 after 20 weeks"
    assert story.headline == f"left on 2016-01-08 (recurrent): {sentence}"
    (effect,) = story.effects
    assert effect.off
    assert effect.cited == f"{sentence}; in force since 2014-12-12 (rules 2014, 4.2)"
    assert (story.weeks_on_chart, story.previous_position, story.needed) == (24, 2, None)


def test_a_rule_that_does_not_concern_the_song_says_so() -> None:
    made = compiled(params={"recurrent": {"tiers": [{"weeks": 20, "below": 3}]}})
    assert [(effect.rule, effect.sentence) for effect in explain(made, 1).effects] == [
        ("recurrent", "does not concern this song")
    ]


def test_an_estimated_value_says_that_it_is() -> None:
    value = explain(compiled(), 1).parts[1].value
    assert value is not None
    assert value.confidence == "estimated"


def test_a_decision_is_the_reason() -> None:
    ruling = Decision("d-1", issue(0), issue(0), "top / ann", "fraud", "exclude", "plays of one household")
    story = explain(compiled(decisions=[ruling]), "top")
    assert story.headline == "not on the chart (decision): excluded by decision d-1: plays of one household"
    assert story.decisions == 1


def test_movement_and_history() -> None:
    """It was second and is first; the window before gave 100 x 3 + 10 = 310 points of 180 x 3 + 10 = 550."""
    made = compiled(state(remembered("talk / bob", 3, 2, peak=2)), look_back=1)
    story = explain(made, 1)
    assert (story.headline, story.movement) == ("1st, up 1 from 2nd", "+1")
    assert (story.peak, story.peak_weeks, story.weeks_on_chart) == (1, 1, 4)
    assert [(past.ago, past.points, past.market) for past in story.history] == [(1, 310, 550)]


def test_a_song_that_nobody_reported_this_week_has_a_story_too() -> None:
    story = explain(compiled(state(remembered("gone / flo", 3, 2, title="Gone"))), "gone")
    assert story.headline == "left on 2016-01-08: no points in this window"
    assert (story.points, story.weeks_on_chart, story.rule) == (0, 3, "no_points")


def test_what_was_received_and_what_did_not_count() -> None:
    """Five rows and two streams of 3 and 2 rows that were too short: 10 received, 5 counted."""
    sources = [
        Received(date(2016, 1, 2), "shop", "stream", "short_play", 2, 2),
        Received(date(2016, 1, 1), "shop", "stream", "", 5, 40),
        Received(date(2016, 1, 1), "shop", "stream", "short_play", 3, 3),
    ]
    story = explain(compiled(), 1, sources)
    assert (story.rows, story.counted) == (10, 5)
    assert [each.day.day for each in story.received] == [1, 1, 2]
    (out,) = story.not_counted
    assert (out.why_out, out.sentence, out.rows, out.quantity) == (
        "short_play",
        "shorter than the minimum play",
        5,
        5,
    )
    assert out.value is not None
    assert out.value.source == "rules 2014, 4.1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TOP", ("top / ann",)),
        ("top / ann", ("top / ann",)),
        ("Tōp - Ann", ("top / ann",)),
        ("talk", ("talk / bob", "talk / cid")),
        ("Talk / Cid", ("talk / cid",)),
        ("bob talk", ("talk / bob",)),
        ("nothing", ()),
    ],
)
def test_songs_are_found_in_any_spelling(text: str, found: tuple[str, ...]) -> None:
    assert find(compiled(), text) == found


def test_a_name_that_several_songs_share_lists_them() -> None:
    with pytest.raises(AmbiguousError, match="'talk' may be any of: talk / bob; talk / cid"):
        explain(compiled(), "talk")


def test_a_shared_position_lists_its_songs() -> None:
    made = compiled(ties=("id",), shared="competition")
    with pytest.raises(AmbiguousError, match="'1' may be any of"):
        explain(made, 1)


def test_an_unknown_name_is_a_sentence() -> None:
    with pytest.raises(
        CompileError, match="no song answers to 'nothing'; every song that has points here was looked at"
    ):
        explain(compiled(), "nothing")
