"""Dossiers: what an article said of one song. They repeat the article and prove nothing."""

from pathlib import Path

import pytest

from article_maker import EXAMPLE, checking, song
from hitparade.article import check, dossier, read, resting_on
from hitparade.article.known import Known
from hitparade.errors import BookError

SHIPPED = Path(dossier.__file__).parents[1] / "books" / "dossiers" / "we-dont-talk-anymore.toml"


def test_the_dossier_says_what_the_example_says() -> None:
    """No value of the example differs, and every readable position of its tables is there."""
    report = check(EXAMPLE)
    assert [f.claim.line for f in report.findings if "the dossier, made from" in f.reason] == []
    (only,) = dossier.shipped()
    rows = [claim for claim in read(EXAMPLE).of("weekly_peak", "year_end") if claim.whole("position")]
    held = {c.id: only.position(c.kind, c.whole("year") or 0, c.subject) for c in rows}
    assert held == {c.id: c.whole("position") for c in rows}
    assert sum(len(charts) for years in only.positions.values() for charts in years.values()) == len(rows)


def test_a_dossier_alone_confirms_and_contradicts_nothing(tmp_path: Path) -> None:
    alone = Known((), (), resting_on().dossiers)
    text = EXAMPLE.read_text("utf-8").replace("number nine", "number eight").replace("| 8 |", "| 7 |")
    counts = checking(tmp_path, text, alone).counts
    assert counts["confirmed"] == counts["contradicted"] == counts["impossible"] == 0
    assert counts["same_source"] > 0


def test_a_position_unlike_the_dossiers_is_pointed_out(tmp_path: Path) -> None:
    report = checking(tmp_path, EXAMPLE.read_text("utf-8").replace("| France (SNEP) | 8 |", "| France (SNEP) | 7 |"))
    (row,) = [finding for finding in report.findings if finding.claim.line == 69]
    assert (row.verdict, row.evidence[0].kind) == ("outside", "dossier")
    assert row.reason == "the dossier, made from an earlier text of the article, has position 8"


def test_a_dossier_is_not_that_of_another_song_of_the_same_title(tmp_path: Path) -> None:
    other = checking(tmp_path, song("A song.", box="- Artist: Cliff Richard"))
    assert other.counts["same_source"] == 0
    assert not any("dossier" in each for each in other.rests_on)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("format = 1", "format = 9", "format: found 9; allowed: 1"),
        ('id = "we-dont-talk-anymore"', 'id = "other"', "allowed: the file's own name"),
        (
            "date = 2015-12-10",
            'date = "2015-12-10"',
            'events, 1.date: found "2015-12-10"; allowed: a date without quotes',
        ),
        (
            '"Argentina (Monitor Latino)" = 15',
            '"Argentina (Monitor Latino)" = 0',
            "found 0; allowed: a whole number, 1",
        ),
        ('result = "lost"', 'result = "robbed"', 'found "robbed"; allowed: "won", "lost", "nominated"'),
        ('source = "an', 'sauce = "an', 'unknown key "sauce"'),
    ],
)
def test_a_mistake_in_a_dossier_is_named(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    broken = tmp_path / SHIPPED.name
    text = SHIPPED.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(BookError) as caught:
        dossier.load(broken)
    assert sentence in str(caught.value)
    assert str(caught.value).startswith(str(broken))
