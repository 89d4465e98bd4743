"""Dated facts and what follows from them: the n-th top ten, the n-th highest, and their proof."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from hitparade.errors import BookError
from hitparade.records import facts
from hitparade.records.facts import ChartFacts, Hit
from hitparade.records.ordinals import nth_highest, nth_top_ten, top_tens

WEEK_OF_PEAK = date(2016, 10, 8)
SHIPPED = Path(facts.__file__).parents[1] / "books" / "facts" / "us-top-tens.toml"


@pytest.fixture(scope="module")
def us() -> ChartFacts:
    (only,) = facts.shipped()
    return only


@pytest.fixture(scope="module")
def the_song(us: ChartFacts) -> Hit:
    hit = us.of_song("We Don't Talk Anymore", ["Charlie Puth"])
    assert hit is not None
    return hit


def test_the_song_peaked_at_nine_in_the_issue_of_2016_10_08(the_song: Hit) -> None:
    assert (the_song.peak, the_song.peak_issue.issue) == (9, WEEK_OF_PEAK)
    assert the_song.peak_issue.source == "Billboard Hot 100, issue of 2016-10-08"


def test_it_is_the_second_top_ten_of_its_lead_artist_and_the_first_as_lead(us: ChartFacts, the_song: Hit) -> None:
    second = nth_top_ten(us, "Charlie Puth", the_song, WEEK_OF_PEAK)
    assert second is not None
    assert (second.first, second.last) == (2, 2)
    assert [(hit.first_top_ten.issue, hit.title, hit.role_of("Charlie Puth"), hit.peak) for hit in second.proof] == [
        (date(2015, 4, 18), "See You Again", "featured", 1),
        (date(2016, 9, 24), "We Don't Talk Anymore", "lead", 9),
    ]
    as_lead = nth_top_ten(us, "Charlie Puth", the_song, WEEK_OF_PEAK, role="lead")
    assert as_lead is not None
    assert as_lead.holds(1)


def test_it_is_the_sixth_of_its_featured_artist_with_the_five_before_it(us: ChartFacts, the_song: Hit) -> None:
    sixth = nth_top_ten(us, "Selena Gomez", the_song, WEEK_OF_PEAK)
    assert sixth is not None
    assert sixth.holds(6)
    assert [(str(hit.first_top_ten.issue), hit.title, hit.peak) for hit in sixth.proof] == [
        ("2013-05-25", "Come & Get It", 6),
        ("2014-12-13", "The Heart Wants What It Wants", 6),
        ("2015-07-11", "Good For You", 5),
        ("2015-12-19", "Same Old Love", 5),
        ("2016-02-13", "Hands To Myself", 7),
        ("2016-09-24", "We Don't Talk Anymore", 9),
    ]


def test_before_it_reached_the_top_ten_it_is_no_top_ten_at_all(us: ChartFacts, the_song: Hit) -> None:
    the_day_before = the_song.first_top_ten.issue - timedelta(1)
    assert nth_top_ten(us, "Selena Gomez", the_song, the_day_before) is None
    assert len(top_tens(us, "Selena Gomez", the_day_before)) == 5


def test_an_ordinal_does_not_change_when_time_goes_on(us: ChartFacts, the_song: Hit) -> None:
    later = nth_top_ten(us, "Selena Gomez", the_song, date(2030, 1, 1))
    assert later is not None
    assert (later.first, later.as_of) == (6, date(2016, 12, 31))


def test_as_lead_it_is_his_highest_and_with_features_his_second(us: ChartFacts, the_song: Hit) -> None:
    # As credited: See You Again 1, this 9. As lead: this alone.
    as_lead, any_role = (nth_highest(us, "Charlie Puth", the_song, role=role) for role in ("lead", ""))
    assert as_lead is not None
    assert any_role is not None
    assert (as_lead.first, any_role.first) == (1, 2)


def test_an_artist_who_was_not_looked_through_has_no_ordinal(us: ChartFacts) -> None:
    song = us.of_song("See You Again", ["Wiz Khalifa"])
    assert song is not None
    assert nth_top_ten(us, "Wiz Khalifa", song, WEEK_OF_PEAK) is None


def test_songs_that_arrive_in_one_issue_share_their_ordinal(us: ChartFacts, the_song: Hit) -> None:
    # Two songs reach the top ten in one issue after five others: each is the sixth or the seventh.
    twin = Hit("x/twin", "Twin", the_song.credit, the_song.roles, the_song.first_top_ten, 8, the_song.peak_issue)
    both = ChartFacts(us.id, us.chart, us.names, us.looked_through, (twin, *us.hits))
    found = nth_top_ten(both, "Selena Gomez", the_song, WEEK_OF_PEAK)
    assert found is not None
    assert (found.first, found.last, found.holds(6), found.holds(7), found.holds(8)) == (
        6,
        7,
        True,
        True,
        False,
    )


def test_a_song_of_the_same_title_by_somebody_else_is_another_song(us: ChartFacts) -> None:
    assert us.of_song("We Don't Talk Anymore", ["Cliff Richard"]) is None


def test_every_fact_names_the_issue_that_shows_it(us: ChartFacts) -> None:
    for hit in us.hits:
        for shown in (hit.first_top_ten, hit.peak_issue):
            assert shown.source == f"Billboard Hot 100, issue of {shown.issue}"


@pytest.mark.real
def test_the_shipped_facts_are_those_of_the_archive(us: ChartFacts, shared_data: Path) -> None:
    """First top-ten issue, peak and its first issue agree, and no top ten of the two artists is missing."""
    import duckdb

    archive = shared_data / "hot100_1958_2016" / "hot100_1958_2016.parquet"
    rows = duckdb.execute(
        "select title, artist, min(date) filter (rank <= 10), min(rank), arg_min(date, (rank, date)), "
        "min(date) from read_parquet(?) where artist ilike '%charlie puth%' or artist ilike '%selena gomez%' "
        "group by all having min(rank) <= 10",
        [str(archive)],
    ).fetchall()
    shipped = {(h.title, h.credit, h.first_top_ten.issue, h.peak, h.peak_issue.issue) for h in us.hits}
    assert {row[:5] for row in rows} == shipped
    debuts = {row[0]: row[5] for row in rows}
    assert all(debuts[h.title] == h.debut.issue for h in us.hits if h.debut)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("format = 1", "format = 2", "format: found 2; allowed: 1"),
        ('id = "us-top-tens"', 'id = "us"', 'id: found "us"; allowed: the file\'s own name, "us-top-tens"'),
        (
            "issue = 2013-05-25, source",
            'issue = "May", source',
            'first_top_ten.issue: found "May"; allowed: a date',
        ),
        ("position = 9,", "position = 19,", "songs, 7: found a peak of 19; allowed: 1 to 10"),
        (
            "position = 9,",
            "position = 0,",
            "songs, 7.peak.position: found 0; allowed: a whole number, 1 or more",
        ),
        (
            '"Selena Gomez" = "featured"',
            '"Selena Gomez" = "guest"',
            'found "guest"; allowed: "lead", "featured"',
        ),
        (
            '"Wiz Khalifa" = "lead"',
            '"Wiz Kalifa" = "lead"',
            'found a role of "Wiz Kalifa"; allowed: artists of the credit',
        ),
        (
            'id = "hands-to-myself"',
            'id = "same-old-love"',
            'songs: found the song id "same-old-love" twice; allowed: each id once',
        ),
        (
            "issue = 2016-10-08, source",
            "issue = 2016-09-17, source",
            "allowed: an issue not before the first top ten, 2016-09-24",
        ),
        ("issue = 2016-10-08, source", "issue = 2017-01-07, source", "allowed: issues up to 2016-12-31"),
        (
            'source = "Billboard Hot 100, issue of 2016-02-20"',
            'source = ""',
            "allowed: where the value comes from",
        ),
        ('title = "See You Again"', 'titel = "See You Again"', 'unknown key "titel" (did you mean title?)'),
    ],
)
def test_a_mistake_in_a_file_of_facts_is_named(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    broken = tmp_path / "us-top-tens.toml"
    text = SHIPPED.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BookError) as caught:
        facts.load(broken)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(str(broken))


def test_a_file_that_is_no_toml_is_named_with_the_line(tmp_path: Path) -> None:
    broken = tmp_path / "facts.toml"
    broken.write_text("format = = 1\n")
    with pytest.raises(BookError, match="line 1"):
        facts.load(broken)
