"""Charts over many issues: what is added up, which issues belong to a span, and how equal totals are ordered."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from edition_maker import life
from fold_maker import issue
from hitparade.chart import Chart
from hitparade.compile.accumulate import Part, Sums, accumulate
from hitparade.errors import NotInForceError, UsageError
from hitparade.rulebook.book import Book
from hitparade.rulebook.books import shipped
from hitparade.rulebook.load import make
from hitparade.rulebook.spans import Terms, issues_in, span_of

NL_KEYS = ("total", "peak", "weeks", "first_issue", "entry_position", "id")
UNITS = Terms("units", "counted", "all", (), None, (), "split", None, ("total", "id"), "no")
INVERSE = replace(UNITS, method="positions")


def parts(*weeks: Mapping[str, int], inside: Sequence[int] | None = None, size: int = 3) -> list[Part]:
    """The issues of a chart of three positions, with songs and their downloads by week."""
    charts = [each.chart for each in life(*weeks, size=size)]
    return [Part(chart, size, inside is None or n in inside) for n, chart in enumerate(charts)]


def lines(found: list[Part], terms: Terms, **more: Any) -> list[tuple[int, str, int]]:  # noqa: ANN401 - arguments
    return [(line.position, line.song, line.total) for line in accumulate(found, terms, **more).lines]


def test_units_of_the_weeks_on_the_chart_are_added() -> None:
    """Song a 9 + 4 = 13, b 5 + 6 = 11, d 5; c stood at 3 in the first week only, with 2."""
    two = parts({"a": 9, "b": 5, "c": 2}, {"b": 6, "d": 5, "a": 4, "c": 3})
    assert lines(two, UNITS) == [(1, "a", 13), (2, "b", 11), (3, "d", 5), (4, "c", 2)]


def test_weeks_in_which_a_unit_was_worth_other_points_add_exactly() -> None:
    """100 points, then 150, make one unit, so 300 do: a has 3 x 50 + 2 x 60 = 270, b 3 x 40 + 2 x 90 = 300."""
    one, other = parts({"a": 50, "b": 40}, {"b": 90, "a": 60})
    mixed = [_worth(one, 100), _worth(other, 150)]
    table = accumulate(mixed, UNITS)
    assert table.per_unit == 300
    assert [(line.song, line.total) for line in table.lines] == [("b", 300), ("a", 270)]


def _worth(part: Part, points_per_unit: int) -> Part:
    return replace(part, chart=replace(part.chart, points_per_unit=points_per_unit))


def test_points_are_units_of_a_chart_that_speaks_of_points() -> None:
    """How many whole numbers a point is cut into when weights change is no matter of the year's list."""
    one, other = parts({"a": 50, "b": 40}, {"b": 90, "a": 60})
    mixed = [_worth(one, 100), _worth(other, 150)]
    assert accumulate(mixed, replace(UNITS, method="points")) == accumulate(mixed, UNITS)


def test_inverse_positions_count_down_from_the_size_of_the_issue() -> None:
    """Three positions give 3, 2, 1: a 3 + 1, b 2 + 3, c 1, d 2."""
    two = parts({"a": 9, "b": 5, "c": 2}, {"b": 6, "d": 5, "a": 4})
    assert lines(two, INVERSE) == [(1, "b", 5), (2, "a", 4), (3, "d", 2), (4, "c", 1)]


def test_a_table_gives_the_first_positions_their_own_points() -> None:
    """10 and 5 for positions 1 and 2, the third counts down from 3, so 1: a 10 + 1, b 5 + 10, c 1, d 5."""
    two = parts({"a": 9, "b": 5, "c": 2}, {"b": 6, "d": 5, "a": 4})
    table = replace(INVERSE, table=(10, 5))
    assert lines(two, table) == [(1, "b", 15), (2, "a", 11), (3, "d", 5), (4, "c", 1)]


def test_a_table_alone_leaves_the_rest_without_points() -> None:
    """Position 3 gives nothing, so c, which was never higher, is not on the list."""
    two = parts({"a": 9, "b": 5, "c": 2}, {"b": 6, "d": 5, "a": 4})
    assert lines(two, replace(INVERSE, table=(10, 5), inverse_of=0)) == [(1, "b", 15), (2, "a", 10), (3, "d", 5)]


def test_a_position_at_the_end_of_the_count_gives_one_and_the_next_below_none() -> None:
    """Counting down from 2: positions 1, 2 and 3 give 2, 1 and 0."""
    assert lines(parts({"a": 9, "b": 5, "c": 2}), replace(INVERSE, inverse_of=2)) == [(1, "a", 2), (2, "b", 1)]


def test_eras_weigh_issues_by_their_date() -> None:
    """From the second issue on points count twice: a 3 + 2 x 1 = 5, b 2 + 2 x 3 = 8."""
    two = parts({"a": 9, "b": 5, "c": 2}, {"b": 6, "d": 5, "a": 4})
    weighed = replace(INVERSE, eras=((issue(1), 2),))
    assert lines(two, weighed) == [(1, "b", 8), (2, "a", 5), (3, "d", 4), (4, "c", 1)]


RUN = ({"a": 9, "b": 5}, {"b": 9, "a": 5}, {"a": 9}, {"b": 7, "a": 5})
"""a stands at 1 2 1 2, b at 2 1 - 1; weeks 0 and 1 are one year, 2 and 3 the next."""


def test_a_run_that_is_split_counts_in_the_years_its_weeks_fall_into() -> None:
    """3 and 2 for positions 1 and 2. First year: a 3 + 2, b 2 + 3. Second year: a 3 + 2, b 3."""
    assert {(song, total) for _, song, total in lines(parts(*RUN, inside=(0, 1)), INVERSE)} == {("a", 5), ("b", 5)}
    assert lines(parts(*RUN, inside=(2, 3)), INVERSE) == [(1, "a", 5), (2, "b", 3)]


@pytest.mark.parametrize(
    ("runs", "first", "second"),
    [
        ("peak", {"a": 10, "b": 8}, {}),  # both were at 1 first in the first year: a 3+2+3+2, b 2+3+3
        ("entry", {"a": 10, "b": 8}, {}),
        ("exit", {}, {"a": 10, "b": 8}),  # both end in the second year
    ],
)
def test_a_run_that_is_credited_whole_counts_in_one_year(
    runs: str, first: dict[str, int], second: dict[str, int]
) -> None:
    for inside, expected in (((0, 1), first), ((2, 3), second)):
        found = lines(parts(*RUN, inside=inside), replace(INVERSE, runs=runs))
        assert {song: total for _, song, total in found} == expected


def test_a_run_that_peaks_in_the_next_year_counts_there() -> None:
    """Song b stands at 2, 2, 1: its peak is in week 2, so all of 2 + 2 + 3 counts in the second year."""
    weeks = ({"a": 9, "b": 5}, {"a": 9, "b": 5}, {"b": 9, "a": 5})
    peak = replace(INVERSE, runs="peak")
    assert lines(parts(*weeks, inside=(2,)), peak) == [(1, "b", 7)]
    assert lines(parts(*weeks, inside=(0, 1)), peak) == [(1, "a", 8)]


# The Dutch year list: total, higher peak, more weeks, earlier entry, higher entry position.


def keyed(weeks: Sequence[Mapping[str, int]], table: tuple[int, ...]) -> list[str]:
    terms = replace(INVERSE, table=table, inverse_of=0, ties=NL_KEYS)
    return [song for _, song, _ in lines(parts(*weeks, size=4), terms)]


def test_of_equal_totals_the_higher_peak_goes_first() -> None:
    """Positions 1 to 4 give 4, 3, 2, 1. z and later b have 4, at 1; a has 3 + 1, its peak is 2."""
    assert keyed([{"z": 9, "a": 8}, {"b": 9, "c": 8, "d": 7, "a": 6}], (4, 3, 2, 1))[:3] == ["z", "b", "a"]


def test_of_equal_peaks_the_more_weeks_go_first() -> None:
    """Positions give 4, 2, 2, 2. Both peak at 2: z is there for two weeks, a for one at 2 that counts twice."""
    weeks = [{"x": 9, "z": 8}, {"x": 9, "z": 8}, {"x": 9, "a": 8}]
    terms = replace(INVERSE, table=(4, 2), inverse_of=0, ties=NL_KEYS, eras=((issue(2), 2),))
    # z 2 + 2 = 4; a 2 x 2 = 4.
    assert [line[1] for line in lines(parts(*weeks, size=4), terms)] == ["x", "z", "a"]


def test_of_equal_weeks_the_earlier_entry_goes_first() -> None:
    """Both are at 2 for one week; z entered a week before a."""
    assert keyed([{"x": 9, "z": 8}, {"x": 9, "a": 8}], (4, 2)) == ["x", "z", "a"]


def test_of_equal_entry_dates_the_higher_entry_position_goes_first() -> None:
    """Positions give 4, 2, 2. z enters at 2 and falls to 3, a enters at 3 and rises to 2: all else is equal."""
    assert keyed([{"x": 9, "z": 8, "a": 7}, {"x": 9, "a": 8, "z": 7}], (4, 2, 2)) == ["x", "z", "a"]


def test_at_last_the_song_key_decides() -> None:
    """With shared positions in each week a and b are equal in all five keys."""
    equal = [each.chart for each in life({"b": 9, "a": 9}, shared="competition", ties=("points", "id"))]
    found = accumulate([Part(chart, 3, inside=True) for chart in equal], replace(INVERSE, ties=NL_KEYS))
    assert [(line.position, line.song) for line in found.lines] == [(1, "a"), (2, "b")]


def test_equal_songs_may_share_a_position() -> None:
    equal = [each.chart for each in life({"b": 9, "a": 9, "c": 1}, shared="competition", ties=("points", "id"))]
    year = [Part(chart, 3, inside=True) for chart in equal]
    for shared, positions in (("no", [1, 2, 3]), ("competition", [1, 1, 3]), ("dense", [1, 1, 2])):
        table = accumulate(year, replace(UNITS, shared=shared))
        assert [line.position for line in table.lines] == positions


def test_most_weeks_at_one_then_at_two_may_break_ties() -> None:
    """Positions 1 to 3 all give 1. a: 1, 3; b: 1, 2; c: 2, 1 - so b and c are equal and a is behind."""
    weeks = ({"a": 9, "c": 8}, {"c": 9, "b": 8, "a": 7}, {"b": 9})
    terms = replace(INVERSE, table=(1, 1, 1), ties=("total", "best", "id"))
    assert [song for _, song, _ in lines(parts(*weeks), terms)] == ["b", "c", "a"]


def test_the_size_cuts_the_list_and_may_be_more_than_an_issue_has() -> None:
    weeks = ({"a": 9, "b": 8, "c": 7}, {"d": 9, "e": 8, "f": 7})
    assert len(lines(parts(*weeks), replace(UNITS, size=5))) == 5
    assert len(lines(parts(*weeks), replace(UNITS, size=4))) == 4


def test_what_the_line_says_is_of_the_counted_weeks() -> None:
    """In the second year a stands at 1 and 2: peak 1 for a week, entered at 1 in week 2."""
    [line] = [each for each in accumulate(parts(*RUN, inside=(2, 3)), INVERSE).lines if each.song == "a"]
    assert (line.weeks, line.peak, line.peak_weeks, line.entry_position) == (2, 1, 1, 1)
    assert (line.first_issue, line.last_issue) == (issue(2), issue(3))


def test_sums_over_all_weeks_take_the_place_of_printed_points() -> None:
    """Song x was never on the chart and has 20 all the same; of songs on the chart only a and b are wanted."""
    sums = Sums({"a": 30, "b": 10, "x": 20}, 1, {"a": ("A", "aa"), "b": ("B", "bb"), "x": ("X", "xx")})
    one = parts({"a": 9, "b": 5})
    every = replace(UNITS, weeks="all")
    assert lines(one, every, sums=sums) == [(1, "a", 30), (2, "x", 20), (3, "b", 10)]
    assert lines(one, replace(every, songs="charted"), sums=sums) == [(1, "a", 30), (2, "b", 10)]
    [_, x, _] = accumulate(one, every, sums).lines
    assert (x.title, x.weeks, x.peak, x.first_issue) == ("X", 0, None, None)


def test_a_song_that_was_merged_since_is_one_line() -> None:
    """Song b is part of a today: 9 + 5 in the first week, 6 in the second."""
    two = parts({"a": 9, "b": 5}, {"b": 6})
    [line] = accumulate(two, UNITS, renamed={"b": "a"}).lines
    assert (line.song, line.total, line.weeks, line.peak) == ("a", 20, 2, 1)


# Which issues belong to a span.


def book(text: str) -> Book:
    """The demo's book with other blocks for charts over many issues."""
    said = tomllib.loads(shipped().paths["demo-singles"].read_text("utf-8"))
    for block in ("year_end", "half_year", "decade", "all_time"):
        said.pop(block, None)
    said.update(tomllib.loads(text))
    made_book, complaints = make(said, "demo-singles.toml")
    assert made_book is not None, complaints
    assert not complaints, complaints
    return made_book


def days(text: str, label: str) -> tuple[date, date, int]:
    made_book = book(text)
    span = span_of(made_book, label, date(2026, 1, 2))
    found = issues_in(made_book, span)
    return found[0].issue_date, found[-1].issue_date, len(found)


CALENDAR = '[year_end]\nvalues.2016-01-01 = { method = "units", source = "demo" }\n'


def test_a_calendar_year_has_the_issues_dated_in_it() -> None:
    """The chart is dated on Fridays: 6 January to 29 December 2017, 52 of them."""
    assert days(CALENDAR, "2017") == (date(2017, 1, 6), date(2017, 12, 29), 52)


def test_a_year_may_be_that_of_the_tracked_days() -> None:
    """By first tracking day the issue of 6 January 2017, tracked from 30 December, belongs to 2016."""
    by_tracking = CALENDAR.replace('"units"', '"units", by = "tracking_start"')
    assert days(by_tracking, "2016")[1] == date(2017, 1, 6)
    assert days(by_tracking, "2017")[0] == date(2017, 1, 13)


def test_a_chart_year_may_begin_in_the_year_before() -> None:
    """From 1 December 2016 to 30 November 2017: Fridays 2 December to 24 November."""
    december = CALENDAR.replace('"units"', '"units", begins = "12-01", begins_in = "previous"')
    assert days(december, "2017") == (date(2016, 12, 2), date(2017, 11, 24), 52)


def test_a_single_year_may_have_its_own_dates() -> None:
    exact = CALENDAR.replace('"units"', '"units", exact = { 2017 = ["2017-02-03", "2017-02-10"] }')
    assert days(exact, "2017") == (date(2017, 2, 3), date(2017, 2, 10), 2)
    assert days(exact, "2018")[2] == 52


def test_halves_decades_and_all_time_have_their_spans() -> None:
    halves = '[half_year]\nvalues.2016-01-01 = { method = "units", source = "demo" }\n'
    assert days(halves, "2017-1")[:2] == (date(2017, 1, 6), date(2017, 6, 30))
    assert days(halves, "2017-2")[:2] == (date(2017, 7, 7), date(2017, 12, 29))
    decade = '[decade]\nvalues.2016-01-01 = { method = "units", source = "demo" }\n'
    assert days(decade, "2020s")[:2] == (date(2020, 1, 3), date(2029, 12, 28))
    every = '[all_time]\nvalues.2016-01-01 = { method = "units", source = "demo" }\n'
    assert days(every, "all-time")[:2] == (date(2016, 1, 8), date(2026, 1, 2))


def test_the_terms_in_force_at_the_end_of_a_year_hold_for_it() -> None:
    """A method from the last issue of 2017 on holds for 2017; one from a week later for 2018."""
    for since, method in (("2017-12-22", "points"), ("2017-12-29", "units")):
        later = f'{CALENDAR}values.{since} = {{ method = "points", source = "demo" }}\n'
        # Dated by tracking: the last issue of 2017, of 29 December, is tracked from the 22nd.
        assert span_of(book(later), "2017", date(2026, 1, 2)).terms.method == method
        assert span_of(book(later), "2018", date(2026, 1, 2)).terms.method == "points"


def test_what_no_book_has_and_what_is_no_span_is_said() -> None:
    with pytest.raises(NotInForceError, match=r"no block \[decade\]; charts over many issues that it has: year_end"):
        span_of(book(CALENDAR), "2010s", date(2026, 1, 2))
    with pytest.raises(NotInForceError, match="not in force for 2014"):
        span_of(book(CALENDAR), "2014", date(2026, 1, 2))
    with pytest.raises(UsageError, match="201: not a span"):
        span_of(book(CALENDAR), "201", date(2026, 1, 2))


def charts(*weeks: Mapping[str, int]) -> list[Chart]:
    return [each.chart for each in life(*weeks)]


def test_the_order_in_which_issues_are_given_does_not_matter() -> None:
    found = parts(*RUN)
    assert accumulate(found, UNITS) == accumulate(found[::-1], UNITS)
    assert found[0].chart.issue_date == issue(0) == found[1].chart.issue_date - timedelta(7)


def test_a_year_between_old_and_new_terms_follows_the_old_ones() -> None:
    """From the tracking week of 10 November 2017 on a year begins on 22 October.

    The year 2017 would end on 20 October by the new terms, before they are in force; by the old ones in November.
    """
    begins = 'begins = "12-01", begins_in = "previous"'
    moved = CALENDAR.replace('"units"', f'"units", {begins}')
    moved += 'values.2017-11-10 = { method = "units", begins = "10-22", begins_in = "previous", source = "demo" }\n'
    assert days(moved, "2017")[:2] == (date(2016, 12, 2), date(2017, 11, 24))
    assert days(moved, "2018")[:2] == (date(2017, 10, 27), date(2018, 10, 19))


def test_terms_that_are_switched_off_hold_for_no_later_year() -> None:
    ended = CALENDAR + 'values.2018-06-01 = { off = true, source = "demo" }\n'
    assert days(ended, "2017")[2] == 52
    with pytest.raises(NotInForceError, match="not in force for 2018"):
        span_of(book(ended), "2018", date(2026, 1, 2))
