"""Checking an article: what a chart editor would say of each of its lines."""

from pathlib import Path

import pytest

from article_maker import BOTH, checking, one, song, text_of, verdicts
from hitparade.article import resting_on
from hitparade.article.findings import VERDICTS, Report
from hitparade.article.known import Known
from hitparade.records.facts import ChartFacts


@pytest.fixture(params=BOTH)
def text(request: pytest.FixtureRequest) -> str:
    return text_of(request)


@pytest.fixture
def report(text: str, tmp_path: Path) -> Report:
    return checking(tmp_path, text)


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def flips(text: str, old: str, new: str, folder: Path) -> dict[str, tuple[str, str]]:
    """Return, by claim id, the verdicts before and after a change, where they differ."""
    before, after = (verdicts(checking(folder, each)) for each in (text, changed(text, old, new)))
    assert before.keys() == after.keys()
    return {claim: (before[claim], after[claim]) for claim in before if before[claim] != after[claim]}


def test_every_claim_gets_one_verdict_that_is_explained(report: Report) -> None:
    assert [finding.claim for finding in report.findings] == list(report.article.claims)
    assert {finding.verdict for finding in report.findings} <= set(VERDICTS)
    assert all(finding.reason for finding in report.findings)
    assert sum(report.counts.values()) == len(report.article.claims)


def test_nothing_in_the_article_is_contradicted_or_at_odds_with_itself(report: Report) -> None:
    assert report.counts["contradicted"] == report.counts["inconsistent"] == 0


def test_number_nine_is_confirmed_by_the_issue(report: Report) -> None:
    verdict, reason = one(report, 23, "peak")
    assert verdict == "confirmed"
    assert reason == "its peak is 9, in the issue of 2016-10-08; October is the month of the issue"


def test_second_and_sixth_are_confirmed_with_the_issues_that_prove_them(report: Report) -> None:
    second, sixth = (f for f in report.findings if f.claim.kind == "nth_top_ten")
    assert (second.verdict, sixth.verdict) == ("confirmed", "confirmed")
    assert [evidence.name for evidence in second.evidence] == [
        "us-top-tens/see-you-again",
        "us-top-tens/we-dont-talk-anymore",
    ]
    assert [evidence.sentence[:10] for evidence in sixth.evidence] == [
        *("2013-05-25", "2014-12-13", "2015-07-11"),
        *("2015-12-19", "2016-02-13", "2016-09-24"),
    ]


def test_number_eight_flips_exactly_that_verdict(text: str, tmp_path: Path) -> None:
    assert flips(text, "number nine", "number eight", tmp_path) == {"23.1": ("confirmed", "contradicted")}


def test_seventh_flips_exactly_that_verdict(text: str, tmp_path: Path) -> None:
    assert flips(text, "sixth", "seventh", tmp_path) == {"23.3": ("confirmed", "contradicted")}


def test_third_top_ten_flips_exactly_that_verdict(text: str, tmp_path: Path) -> None:
    word = "second top-10 single" if "second top-10 single" in text else "second top-ten hit"
    new = word.replace("second", "3rd")
    assert flips(text, word, new, tmp_path) == {"23.2": ("confirmed", "contradicted")}


def test_another_month_flips_exactly_that_verdict(text: str, tmp_path: Path) -> None:
    # In November 2016 it stood at 21 and lower; the two ordinals were settled in September.
    assert flips(text, "October 2016", "November 2016", tmp_path) == {"23.1": ("confirmed", "contradicted")}


def test_a_chart_that_began_in_2020_has_no_position_in_2016(report: Report) -> None:
    (finding,) = report.of("impossible")
    assert finding.claim.line == 70
    assert finding.reason == ("the chart began with the issue of 2020-09-19, so nothing has a position on it in 2016")
    assert [(evidence.kind, evidence.name) for evidence in finding.evidence] == [("book", "global-excl-us")]


def test_the_same_row_in_a_table_of_2021_is_only_outside(text: str, tmp_path: Path) -> None:
    moved = text.replace("| Chart (2025) |", "| Chart (2021) |")
    row = "| Global Excl. US (Billboard) | 187 |\n"
    moved = changed(moved, row, "").replace("| Romania Airplay (TopHit) |", row + "| Romania Airplay (TopHit) |")
    report = checking(tmp_path, moved)
    assert one(report, 82, "weekly_peak") == (
        "outside",
        "the chart is known here, but no edition or archive of it",
    )


def test_a_position_beyond_the_charts_size_is_impossible(tmp_path: Path) -> None:
    table = ("| Chart (2021) | Peak position |", "| Global Excl. US (Billboard) | 201 |")
    assert one(checking(tmp_path, song(*table)), 7, "weekly_peak") == (
        "impossible",
        "the chart has 200 positions in 2021",
    )


def test_second_highest_behind_a_later_single_is_later_and_not_contradicted(report: Report) -> None:
    verdict, reason = one(report, 23, "nth_highest")
    assert verdict == "later"
    assert reason.startswith("as of 2016-12-31 it is Charlie Puth's highest as lead")
    assert reason.endswith("the facts here know no 'Attention' by then")


def test_more_than_twenty_countries_are_not_shown_by_the_articles_own_tables(report: Report) -> None:
    # France 8, Italy 1, Lebanon 1, Mexico 4, Norway 10: five. Romania's row is damaged, but line 23 says 1.
    verdict, reason = one(report, 23, "top_ten_countries")
    assert verdict == "outside"
    assert reason == (
        "not shown by this article: its tables show 5 (France, Italy, Lebanon, Mexico and Norway; "
        "Mexico only on a chart of one component or format), "
        "6 with what line 23 says of Romania, 7 with what line 23 says of US"
    )


def test_as_many_countries_as_the_tables_show_are_the_same_source(text: str, tmp_path: Path) -> None:
    report = checking(tmp_path, changed(text, "more than 20 countries", "at least seven countries"))
    assert one(report, 23, "top_ten_countries")[0] == "same_source"


def test_number_ones_rest_on_the_rows_and_romanias_row_lost_its_position(report: Report) -> None:
    found = {f.claim.subject: (f.verdict, f.reason) for f in report.findings if f.claim.kind == "place_peak"}
    assert found == {
        "Italy": ("same_source", "only the article itself says so; line 72 agrees"),
        "Lebanon": ("same_source", "only the article itself says so; line 73 agrees"),
        "Romania": (
            "outside",
            "not shown by this article: line 76, which should say so, lost its position",
        ),
    }


def test_number_two_in_three_countries_is_set_against_the_row_of_each(text: str, tmp_path: Path) -> None:
    # Lines 72 and 73 say 1 for Italy and Lebanon, so four facts disagree; line 76 lost what it says of Romania.
    assert flips(text, "number one in", "number two in", tmp_path) == {
        "23.6": ("same_source", "inconsistent"),
        "23.7": ("same_source", "inconsistent"),
        "72.1": ("outside", "inconsistent"),
        "73.1": ("outside", "inconsistent"),
    }
    report = checking(tmp_path, changed(text, "number one in", "number two in"))
    found = {f.claim.subject: f.reason for f in report.findings if f.claim.kind == "place_peak"}
    assert found == {
        "Italy": "line 72 says otherwise: Italy (FIMI): 1",
        "Lebanon": "line 73 says otherwise: Lebanon (Lebanese Top 20): 1",
        "Romania": "not shown by this article: line 76, which should say so, lost its position",
    }
    (row,) = [finding for finding in report.findings if finding.claim.line == 76]
    assert row.hint == "line 23 suggests 2; line 126 suggests 1"


NATIONAL = (
    "| Chart (2016) | Peak position |",  # line 8
    "| Italy (FIMI) | 5 |",
    "| Mexico Ingles Airplay (Billboard) | 5 |",
    "| Hungary (Single Top 40) | 1 |",
    "| Hungary (Stream Top 40) | 5 |",
    "| Norway (VG-lista) | 10 |",
)


@pytest.mark.parametrize(
    ("words", "verdict", "reason"),
    [
        ("peaked at number five in Italy", "same_source", "line 9 agrees"),
        ("was a No. 5 hit in Italy", "same_source", "line 9 agrees"),
        ("topped the charts in Italy", "inconsistent", "line 9 says otherwise: Italy (FIMI): 5"),
        ("reached number 6 in Italy", "inconsistent", "line 9 says otherwise: Italy (FIMI): 5"),
        # Mexico has a row of one format only, which says nothing of the country's own chart.
        ("reached number five in Mexico", "outside", "only line 10, on a chart of one component or format"),
        # One of two national charts agrees; for 3 none does, and the better row is named.
        ("reached number five in Hungary", "same_source", "line 12 agrees"),
        ("reached number three in Hungary", "inconsistent", "line 11 says otherwise: Hungary (Single Top 40): 1"),
        ("reached number five in Chile", "outside", "it has no row of Chile, and no chart of it is known here"),
        ("reached number 0 in Italy", "damaged", "'0' is not a position (a whole number from 1)"),
    ],
)
def test_a_position_in_a_country_is_set_against_the_rows_of_its_own_charts(
    words: str, verdict: str, reason: str, tmp_path: Path
) -> None:
    found = one(checking(tmp_path, song(f"The song {words}.", "", *NATIONAL)), 6, "place_peak")
    assert found[0] == verdict
    assert found[1].endswith(reason)


def test_a_top_five_is_counted_by_the_rows_and_measured_by_no_facts_of_top_tens(tmp_path: Path) -> None:
    # Of the five rows Italy 5, Mexico 5 and Hungary 1 and 5 are in a top five: three countries, Norway's 10 is not.
    told = (
        "It reached number nine on the Hot 100, Puth's second top-five hit, and the top five in more than 20 countries."
    )
    report = checking(tmp_path, song(told, "", *NATIONAL))
    assert one(report, 6, "nth_top_ten") == ("outside", "the facts here list top tens; nothing lists a top 5")
    assert one(report, 6, "top_ten_countries")[1].startswith(
        "not shown by this article: its tables show 3 (Hungary, Italy and Mexico;"
    )


def test_a_day_no_calendar_has_is_damaged_and_does_not_vanish(text: str, tmp_path: Path) -> None:
    # The prose of line 21 has the day first; the table of line 122 keeps its own.
    report = checking(tmp_path, text.replace("May 24, 2016", "May 34, 2016", 1))
    assert one(report, 21, "event") == ("damaged", "'May 34, 2016' is not a day of the calendar")


def test_a_day_of_the_box_or_of_a_row_that_no_calendar_has_is_damaged(text: str, tmp_path: Path) -> None:
    report = checking(tmp_path, text.replace("- Released: 2016-05-24", "- Released: 2016-13-24", 1))
    assert one(report, 7, "infobox") == ("damaged", "'2016-13-24' is not a day of the calendar")
    report = checking(tmp_path, song("| Country | Date | Label |", "| US | 2016-02-30 | Atlantic |"))
    assert one(report, 7, "release") == ("damaged", "'2016-02-30' is not a day of the calendar")
    assert [damage.reason for damage in report.article.damages] == ["cell-not-a-day"]


def test_a_chart_given_twice_with_other_peaks_is_inconsistent_and_names_every_other_line(tmp_path: Path) -> None:
    head, rows = "| Chart (2016) | Peak position |", [("France (SNEP)", 8), ("France (SNEP)", 8), ("France (SNEP)", 12)]
    report = checking(tmp_path, song(head, *(f"| {chart} | {at} |" for chart, at in rows)))
    assert one(report, 7, "weekly_peak") == ("inconsistent", "line 9 says otherwise: France (SNEP): 12")
    assert one(report, 8, "weekly_peak") == ("inconsistent", "line 9 says otherwise: France (SNEP): 12")
    assert one(report, 9, "weekly_peak") == ("inconsistent", "lines 7-8 say otherwise: France (SNEP): 8")
    # Another name of the same chart is the same chart; another year is another peak.
    two = ["| Canadian Hot 100 (Billboard) | 14 |", "| Canada (Canadian Hot 100) | 13 |"]
    report = checking(tmp_path, song(head, *two, "", "| Chart (2017) | Peak position |", two[1]))
    assert one(report, 7, "weekly_peak") == ("inconsistent", "line 8 says otherwise: Canada (Canadian Hot 100): 13")
    assert one(report, 11, "weekly_peak")[0] == "outside"


def test_what_a_source_settles_names_the_lines_that_say_otherwise_too(tmp_path: Path) -> None:
    head = "| Chart (2016) | Peak position |"
    report = checking(tmp_path, song(head, "| US Billboard Hot 100 | 9 |", "| US Hot 100 (Billboard) | 8 |"))
    (right, wrong) = (one(report, line, "weekly_peak") for line in (7, 8))
    assert right[0] == "confirmed"
    assert right[1].endswith("; line 8 says otherwise: US Hot 100 (Billboard): 8")
    assert wrong[0] == "contradicted"
    assert wrong[1].endswith("; line 7 says otherwise: US Billboard Hot 100: 9")


def test_romanias_lost_position_is_hinted_at_and_not_repaired(report: Report) -> None:
    (romania,) = [finding for finding in report.findings if finding.claim.line == 76]
    assert (romania.verdict, romania.hint) == ("damaged", "lines 23 and 126 suggest 1")
    assert romania.claim.whole("position") is None


def test_the_lost_award_result_is_hinted_at_by_the_sentence_that_has_it(report: Report) -> None:
    (award,) = [finding for finding in report.findings if finding.claim.line == 49]
    assert (award.verdict, award.reason, award.hint) == ("damaged", "Result is empty", "line 40 says: lost")


def test_certifications_are_outside_and_the_missing_section_is_named(report: Report) -> None:
    found = [f for f in report.findings if f.claim.kind == "certification"]
    assert [f.verdict for f in found] == ["outside"] * 5
    assert {f.reason for f in found} == {"the article has no table of certifications, and no award of it is held here"}


def test_box_credits_and_release_are_the_same_source_and_agree_with_each_other(report: Report) -> None:
    assert one(report, 13, "infobox") == ("same_source", "only the article itself says so; lines 57-59 agree")
    assert one(report, 7, "infobox") == (
        "same_source",
        "only the article itself says so; lines 21 and 122 agree",
    )
    assert one(report, 122, "release")[0] == "same_source"
    assert one(report, 21, "nth_single") == ("same_source", "only the article itself says so; line 6 agrees")


def test_critics_are_not_checkable(report: Report) -> None:
    critics = [finding for finding in report.findings if finding.claim.line == 32]
    assert len(critics) == 8
    assert {finding.verdict for finding in critics} == {"not_checkable"}


def test_notes_name_what_no_single_verdict_can(report: Report) -> None:
    notes = {note.lines: note.sentence for note in report.notes}
    assert notes[7,].startswith("released 2016-05-24, but it was on the chart us-hot-100 in the issue of 2016-02-20")
    assert "recorded in Puth's closet" in notes[9, 26]
    assert notes[23,] == "5 certifications claimed, and the article has no table of certifications"
    # Of the 23 rows only Argentina, Brazil, France and Italy have a weekly row: 23 - 4 = 19.
    assert notes[90, 112].startswith("19 of the 23 year-end rows of 2016 have no weekly row of their country")


def test_a_writer_the_credits_do_not_name_makes_both_lines_inconsistent(text: str, tmp_path: Path) -> None:
    assert flips(text, "Hindlin \u2013 songwriter", "Hindlin \u2013 engineer", tmp_path) == {
        "13.1": ("same_source", "inconsistent"),
        "59.1": ("same_source", "outside"),
    }
    report = checking(tmp_path, changed(text, "- Producer: Charlie Puth", "- Producer: Selena Gomez"))
    assert one(report, 14, "infobox")[0] == "inconsistent"
    assert one(report, 57, "credit") == (
        "inconsistent",
        "line 14 says otherwise: Producer is Selena Gomez",
    )


def test_a_number_one_whose_row_says_two_makes_both_lines_inconsistent(text: str, tmp_path: Path) -> None:
    assert flips(text, "| Italy (FIMI) | 1 |", "| Italy (FIMI) | 2 |", tmp_path) == {
        "23.6": ("same_source", "inconsistent"),
        "72.1": ("outside", "inconsistent"),
    }


def test_three_dates_of_release_must_agree(text: str, tmp_path: Path) -> None:
    report = checking(tmp_path, changed(text, "- Released: 2016-05-24", "- Released: 2016-05-25"))
    assert one(report, 7, "infobox") == ("inconsistent", "lines 21 and 122 say otherwise: 2016-05-24")
    assert verdicts(report)["21.2"] == verdicts(report)["122.1"] == "inconsistent"


def test_a_value_unlike_the_dossiers_is_outside_and_points_at_it(text: str, tmp_path: Path) -> None:
    report = checking(tmp_path, changed(text, "- Length: 3:37", "- Length: 3:38"))
    (finding,) = [f for f in report.findings if f.claim.line == 11]
    assert finding.verdict == "outside"
    assert finding.reason == "the dossier, made from an earlier text of the article, has 3:37"


def test_a_row_that_confirms_nothing_stays_outside_even_when_the_dossier_has_it(report: Report) -> None:
    assert one(report, 69, "weekly_peak") == ("outside", "the chart is known here, but no edition or archive of it")
    assert one(report, 109, "year_end")[0] == "outside"


def test_the_other_song_of_this_title_is_never_measured_by_these_facts(tmp_path: Path) -> None:
    """Cliff Richard's reached 7 in January 1980; nothing here knows it, and Puth's 9 says nothing of it."""
    body = "It peaked at number seven on the Hot 100 in January 1980, earning Richard his third top-10 single."
    report = checking(tmp_path, song(body, box="- Artist: Cliff Richard"))
    assert {f.verdict for f in report.findings if f.claim.line == 6} == {"outside"}
    assert report.counts["same_source"] == report.counts["contradicted"] == 0


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("peaked at number nine on the Billboard Hot 100", "confirmed"),
        ("peaked at No. 9 on the Hot 100 in 2016", "confirmed"),
        ("peaked at number ten on the Hot 100", "contradicted"),
        ("peaked at number eight on the Hot 100", "later"),
        ("peaked at number eight on the Hot 100 in 2016", "contradicted"),
        ("peaked at number nine on the Hot 100 in 2015", "contradicted"),
        ("peaked at number eight on the Hot 100 in May 2017", "later"),
        ("peaked at number nine on the UK Singles Chart in October 2016", "outside"),
    ],
)
def test_a_peak_is_judged_as_far_as_the_facts_reach(words: str, verdict: str, tmp_path: Path) -> None:
    # Without a date a better peak than 9 could have come after 2016-12-31; a worse one could not be the peak.
    assert one(checking(tmp_path, song(f"The song {words}.")), 6, "peak")[0] == verdict


def test_an_ordinal_on_another_chart_is_not_measured_by_this_one(tmp_path: Path) -> None:
    text = song("It reached number nine on the UK Singles Chart, earning Puth his third top-10 single.")
    assert one(checking(tmp_path, text), 6, "nth_top_ten")[0] == "outside"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Puth's highest-charting single as a lead artist", "confirmed"),
        ("Puth's second highest-charting single", "confirmed"),
        ('Puth\'s second highest-charting single, behind "See You Again"', "confirmed"),
        ("Puth's highest-charting single", "contradicted"),
        ("Puth's third highest-charting single", "later"),
    ],
)
def test_a_place_among_the_highest_can_only_be_lost_with_time(claim: str, verdict: str, tmp_path: Path) -> None:
    # As credited See You Again (1) is above this (9): second. A third place may have come after 2016.
    text = song(f"It peaked at number nine on the Hot 100 and is {claim}.")
    assert one(checking(tmp_path, text), 6, "nth_highest")[0] == verdict


def test_a_weekly_row_of_the_chart_is_judged_by_the_same_facts(tmp_path: Path) -> None:
    rows = (
        "| Chart (2016) | Peak position |",
        "| US Billboard Hot 100 | 9 |",
        "| US Hot 100 (Billboard) | 8 |",
    )
    report = checking(tmp_path, song(*rows))
    assert [f.verdict for f in report.findings if f.claim.kind == "weekly_peak"] == [
        "confirmed",
        "contradicted",
    ]


def test_simulated_facts_never_confirm(text: str, tmp_path: Path) -> None:
    real = resting_on()
    invented = tuple(
        ChartFacts(one.id, one.chart, one.names, one.looked_through, one.hits, simulated=True) for one in real.facts
    )
    report = checking(tmp_path, text, Known(invented, real.books, real.dossiers))
    assert report.counts["confirmed"] == report.counts["contradicted"] == 0
    assert "us-top-tens is SIMULATED and confirms nothing" in report.rests_on


def test_with_nothing_at_hand_nothing_is_confirmed(text: str, tmp_path: Path) -> None:
    report = checking(tmp_path, text, Known())
    assert report.counts["confirmed"] == report.counts["impossible"] == 0
    assert report.counts["damaged"] == 11


def test_the_same_article_gives_the_same_report(text: str, tmp_path: Path) -> None:
    assert checking(tmp_path, text) == checking(tmp_path, text)
