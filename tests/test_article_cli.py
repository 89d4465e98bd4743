"""``hitparade article`` at the terminal: what is shown first, in any width, with and without a house."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from article_maker import EXAMPLE, reading, song
from hitparade.article import check
from hitparade.article.findings import VERDICTS
from hitparade.errors import ArticleError, NoHouseError, UsageError
from hitparade.house import House
from hitparade.serve.cli import article as commands
from hitparade.serve.cli.app import app
from hitparade.serve.cli.output import out


def said(*words: str, width: int = 120, code: int = 0) -> str:
    """Return what a command prints at a terminal of that width."""
    before, out.width = out.width, width
    try:
        result = CliRunner().invoke(app, ["article", *words], catch_exceptions=False)
    finally:
        out.width = before
    assert result.exit_code == code
    return result.output


def rows(text: str) -> list[str]:
    """Return the lines that carry a mark."""
    marks = [*(mark for mark, _ in commands.MARKS.values()), commands.OPEN[0]]
    return [line for line in text.splitlines() if line[:2] in marks]


def test_the_headline_counts_what_was_read_and_what_is_damaged() -> None:
    report = check(EXAMPLE)
    facts = f"{len(report.article.claims)} facts read, 9 cells and 9 lines damaged"
    counts = "1 impossible, 11 damaged, 3 confirmed, 1 later"
    lines = said("check", str(EXAMPLE)).splitlines()
    assert lines[1] == facts
    assert lines[2].startswith(counts)


def test_the_interesting_verdicts_come_first_and_the_rest_is_summed_up() -> None:
    text = said("check", str(EXAMPLE))
    starts = [line.split(":")[0].replace(" ", "_") for line in text.splitlines()]
    shown = [start for start in starts if start in VERDICTS]
    assert shown == ["impossible", "damaged", "confirmed", "later", "outside", "same_source", "not_checkable"]
    marks = [line[:2] for line in rows(text)]
    assert marks[0] == "!!"
    assert marks.count("ok") == 3
    assert marks.count("??") == 2
    assert [line.split()[3] for line in rows(text) if line.startswith("==")] == ["33"]


def test_short_shows_what_needs_a_look_in_one_screen_and_counts_the_rest() -> None:
    lines = said("check", "--short", str(EXAMPLE), width=100).splitlines()
    assert len(lines) <= 32
    assert max(map(len, lines)) <= 100
    headings = [line.split(":")[0] for line in lines if line.split(":")[0] in VERDICTS]
    assert headings == ["impossible", "damaged", "confirmed", "later"]
    # Damaged: lines 49, 51, 76 and 77, seven accolades in one row, captions in one, headers in one: 4 + 3 = 7.
    marks = [line[:2] for line in rows("\n".join(lines))]
    assert marks == ["!!", *["xx"] * 7, *["ok"] * 3, ">>"]
    # Of 117 facts 1 + 11 + 3 + 1 = 16 are shown: 101 are left out.
    report = check(EXAMPLE)
    left = [report.counts[verdict] for verdict in ("outside", "same_source", "not_checkable")]
    assert sum(left) == 117 - 16
    assert lines[-1] == (
        f"left out: {left[0]} outside, {left[1]} same source, {left[2]} not checkable and 4 notes; "
        "without --short they are listed"
    )


def test_short_shows_both_lines_of_a_disagreement(tmp_path: Path) -> None:
    table = ("| Chart (2016) | Peak position |", "| Italy (FIMI) | 1 |")
    path = reading(tmp_path, song("It was number two in Italy.", "", *table)).path
    text = said("check", "--short", str(path))
    assert "<>  line 6  number two in Italy: line 9 says otherwise: Italy (FIMI): 1" in text
    assert "<>  line 9  Italy (FIMI) 1 under 2016: line 6 says otherwise: number two in Italy" in text


@pytest.mark.parametrize("other", ["--all", "--proof"])
def test_short_and_a_longer_form_are_refused_together(other: str) -> None:
    with pytest.raises(UsageError, match="--short leaves out what --all and --proof list"):
        said("check", "--short", other, str(EXAMPLE))


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(width: int) -> None:
    text = said("check", "--all", "--proof", str(EXAMPLE), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    for sentence in ("catchy chorus would stay in every head.", "Wiz Khalifa Featuring Charlie Puth"):
        assert all(word in text for word in sentence.split())


def test_all_lists_every_fact_once() -> None:
    report = check(EXAMPLE)
    # Lines that are damaged and state no fact stand in two rows of their own: the captions and the headers.
    verdicts = rows(said("check", "--all", str(EXAMPLE)).split("notes:")[0])
    assert len(verdicts) == len(report.findings) + 2


def test_proof_lists_the_issues_behind_second_and_sixth() -> None:
    text = said("check", "--proof", str(EXAMPLE))
    assert text.count("Billboard Hot 100, issue of") >= 1 + 2 + 6
    for issue in ("2015-04-18: See You Again", "2013-05-25: Come & Get It", "2016-02-13: Hands To Myself"):
        assert issue in text


def test_marks_tell_verdicts_apart_without_colour() -> None:
    marks = [mark for mark, _ in commands.MARKS.values()]
    assert len(set(marks)) == len(marks)
    assert "\x1b[" not in said("check", str(EXAMPLE))


def test_read_lists_facts_by_section_with_their_lines() -> None:
    text = said("read", str(EXAMPLE))
    assert text.splitlines()[1].endswith("facts read, 9 cells and 9 lines damaged")
    assert "\nCharts / Weekly charts\n" in text
    (row,) = [line for line in text.splitlines() if "VG-lista" in line]
    assert row.split() == ["line", "75", "weekly", "peak", "Norway", "(VG-lista)", "10", "under", "2016"]
    assert "xx  line 76" in text


def test_json_carries_every_finding_with_line_and_evidence() -> None:
    report = json.loads(said("check", "--json", str(EXAMPLE)))
    assert report["facts"] == len(report["findings"]) == sum(report["counts"].values())
    (peak,) = [f for f in report["findings"] if f["claim"]["kind"] == "peak"]
    assert (peak["claim"]["line"], peak["verdict"]) == (23, "confirmed")
    assert peak["evidence"][0]["name"] == "us-top-tens/we-dont-talk-anymore"
    article = json.loads(said("read", "--json", str(EXAMPLE)))
    assert article["damages"][0] == {
        "line": 43,
        "column": "",
        "reason": "caption-broken",
        "found": '- Awards and nominations for "We Don\'t Talk Anymore"**',
        "sentence": "the caption ends in '\"**'; what opened it is lost",
    }


def test_brackets_and_control_characters_of_a_file_do_nothing_to_the_terminal(tmp_path: Path) -> None:
    path = reading(tmp_path, song("It is \x1b[31mred[/] and [bold]loud[/bold].")).path
    text = said("check", "--all", str(path))
    assert "[bold]loud[/bold]" in text
    assert "\x1b" not in text


def test_a_house_adds_its_own_books(house: House, tmp_path: Path) -> None:
    book = Path(commands.__file__).parents[2] / "books" / "charts" / "global-excl-us.toml"
    own = (
        book.read_text("utf-8")
        .replace('"global-excl-us"', '"world"')
        .replace("Excl. US", "Without")
        .replace("Excl. U.S.", "Without It")
    )
    (house.paths.books / "world.toml").write_text(own, "utf-8")
    rows = ("| Chart (2016) | Peak position |", "| Global Without (Billboard) | 5 |")
    path = reading(tmp_path, song(*rows)).path
    assert check(path).counts["impossible"] == 0
    assert house.article_check(path).counts["impossible"] == 1
    assert house.article_read(path).of("weekly_peak")[0].whole("position") == 5


def test_a_folder_named_as_house_must_be_one(tmp_path: Path) -> None:
    with pytest.raises(NoHouseError):
        CliRunner().invoke(app, ["-C", str(tmp_path), "article", "check", str(EXAMPLE)], catch_exceptions=False)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="there is no such file"):
        said("check", str(tmp_path / "none.txt"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["check", "none.txt"], 1, "hitparade: none.txt: there is no such file"),
        (["read", "."], 1, "hitparade: .: this is a folder; an article is one text file"),
        (["check"], 2, "Missing argument 'FILE'"),
        (["check", str(EXAMPLE)], 0, ""),
    ],
)
def test_the_process_ends_as_a_shell_expects(words: list[str], code: int, sentence: str, tmp_path: Path) -> None:
    """In a folder that is no house: 0, 1 for a file that cannot be read, 2 for usage, never a traceback."""
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "hitparade", "article", *words],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr
    assert sentence in ran.stderr
    assert "Traceback" not in ran.stderr
