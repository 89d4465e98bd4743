"""The queue of matches of a house: what is asked, what is accepted by itself, and what the answers do."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hitparade.cataloguing import Reason
from hitparade.errors import CatalogError, UsageError
from hitparade.house import House, new, open_house

HEAD = "territory,day,channel,measure,isrc,title,artist,quantity,traits"
WEEK = (
    ("shop", ("Run The River,Ann Lee,9", "Winter Road,Bo Dun,8", "Nova,The Lanterns,7")),
    ("radio", ("Run The Rievr (Official Video),Ann Lee,2", "Winter Roads,Bo Dun,3", "NOVA,Lanterns feat. Cy,1")),
)


def filled(house: House, folder: Path, files: Sequence[tuple[str, Sequence[str]]] = WEEK) -> House:
    for name, rows in files:
        lines = []
        for row in rows:
            title, artist, rows_of_it = row.rsplit(",", 2)
            lines += [f"GB,2016-01-04,{name},download,,{title},{artist},1,"] * int(rows_of_it)
        file = folder / f"{name}.csv"
        # Rows that repeat each other to the letter are told apart by their quantities.
        told = [line.replace(",1,", f",{number},") for number, line in enumerate(lines, 1)]
        file.write_text("\n".join([HEAD, *told, ""]), "utf-8")
        house.receive([file])
    return house


def songs(house: House) -> set[str]:
    return set(house.ledger.identity.table.column("key").to_pylist())


WHY = Reason("heard both", "Ada")


def test_the_certain_are_accepted_and_the_doubtful_are_asked(house: House, tmp_path: Path) -> None:
    desk = filled(house, tmp_path).catalog.matching
    queue = desk.queue
    # A guest who is missing costs 40 of 1000; one slip in 11 letters costs 90 of the title's 1000, half of that in all.
    assert [(each.score, each.name, each.to) for each in queue.certain] == [
        (960, "nova / lanterns feat cy", "nova / the lanterns"),
        (955, "run the rievr official video / ann lee", "run the river / ann lee"),
    ]
    (question,) = queue.doubtful
    assert (question.title, question.to_title, question.rows, question.to_rows) == ("Winter Roads", "Winter Road", 3, 8)
    assert question.doubts == ("a word of the title is spelled otherwise: roads, road",)
    assert len(desk.run()) == 2
    assert songs(house) == {"nova / lanterns feat cy", "run the rievr official video / ann lee", "winter road / bo dun",
                            "winter roads / bo dun"}  # fmt: skip
    line = house.catalog.log[0]
    assert (line.action, line.by) == ("accept", "matching")
    assert "matched at" in line.why
    house.catalog.undo(line.id, WHY)
    assert len(songs(house)) == 5


@pytest.mark.parametrize(
    ("action", "left", "count"),
    [("accept", 0, 4 + 1), ("reject", 0, 6), ("new", 0, 6)],
    ids=["accept", "reject", "new"],
)
def test_an_answer_settles_its_question(house: House, tmp_path: Path, action: str, left: int, count: int) -> None:
    desk = filled(house, tmp_path).catalog.matching
    (question,) = desk.queue.doubtful
    (done,) = desk.answer(action, [question.id[:6]], WHY)
    assert done.line is not None
    assert done.line.why.startswith("heard both (matched at ")
    assert (len(desk.queue.doubtful), len(songs(house))) == (left, count)


def test_what_was_accepted_can_be_split_off_and_is_not_asked_again(house: House, tmp_path: Path) -> None:
    desk = filled(house, tmp_path).catalog.matching
    (question,) = desk.queue.doubtful
    desk.answer("accept", [question.id], WHY)
    assert len(songs(house)) == 5
    desk.answer("split", [question.id], Reason("two songs after all", "Ada"))
    assert (len(songs(house)), desk.queue.doubtful) == (6, ())


def test_the_queue_does_not_depend_on_the_order_of_receipt(tmp_path: Path) -> None:
    queues = []
    for place, files in (("one", WEEK), ("two", WEEK[::-1])):
        (tmp_path / f"{place}-files").mkdir()
        new(tmp_path / place)
        house = filled(open_house(tmp_path / place), tmp_path / f"{place}-files", files)
        queues.append(house.catalog.matching.queue)
    assert queues[0] == queues[1]


def test_the_larger_song_is_never_asked_about_so_that_no_answer_leads_in_a_circle(house: House, tmp_path: Path) -> None:
    rows = ["Wintre Road,Bo Dun,3", "Winter Rroad,Bo Dun,5", "Winter Road,Bo Dun,9"]
    queue = filled(house, tmp_path, [("shop", rows)]).catalog.matching.queue
    sizes = [(each.rows, each.to_rows) for each in queue.all]
    assert sizes
    assert all(mine < theirs for mine, theirs in sizes)


def test_a_question_that_is_not_there_is_said(house: House, tmp_path: Path) -> None:
    desk = filled(house, tmp_path).catalog.matching
    with pytest.raises(CatalogError, match="'m-zzz': there is no such question; `hitparade match` lists them"):
        desk.answer("accept", ["m-zzz"], WHY)
    with pytest.raises(CatalogError, match="several ids begin so"):
        desk.answer("accept", ["m-"], WHY)
    with pytest.raises(UsageError, match="no question is named"):
        desk.answer("accept", [], WHY)


def test_the_command_line_lists_accepts_and_answers(house: House, tmp_path: Path) -> None:
    from hitparade.serve.cli import identity, match  # noqa: F401
    from hitparade.serve.cli.app import app

    filled(house, tmp_path)

    def said(*words: str) -> str:
        done = CliRunner().invoke(app, ["-C", str(house.paths.root), "match", *words], catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    assert "2 matches are certain: `hitparade match run` accepts them" in said()
    listed = json.loads(said("--json"))
    assert [len(listed[outcome]) for outcome in ("certain", "doubtful")] == [2, 1]
    assert "would be accepted; nothing was written" in said("run", "--dry-run")
    assert "2 matches accepted" in said("run")
    id_ = listed["doubtful"][0]["id"]
    assert "accept winter roads / bo dun > winter road / bo dun" in said(
        "accept", id_, "--why", "a misprint", "--by", "Ada"
    )
    assert "0 questions among 3 songs" in said()
    assert "split winter roads / bo dun" in said("split", id_, "--why", "two songs", "--by", "Ada")


def test_a_spelling_of_the_ledger_meets_a_song_that_only_an_archive_has(house: House, tmp_path: Path) -> None:
    issue = ["chart_week,current_week,title,performer", *(f"1999-05-0{day},1,Winter Road,Bo Dun" for day in (1, 8))]
    issue += [f"1999-05-0{day},2,Run The River,Ann Lee" for day in (1, 8)]
    (tmp_path / "old.csv").write_text("\n".join([*issue, ""]), "utf-8")
    house.archives.import_("old-chart", tmp_path / "old.csv", title="Old", publisher="Us", territory="GB")
    desk = filled(house, tmp_path, [("shop", ["Winter Raods,Bo Dun,1", "Run The Rievr,Ann Lee,1"])]).catalog.matching
    assert [(each.title, each.to_title, each.to_rows) for each in desk.run()] == [("Run The Rievr", "Run The River", 2)]
    (question,) = desk.queue.doubtful
    assert (question.name, question.to) == ("winter raods / bo dun", "winter road / bo dun")
    desk.answer("accept", [question.id], WHY)
    assert desk.queue.doubtful == ()
    (done,) = desk.answer("split", [question.id], WHY)
    assert done.line is not None
    assert desk.queue.all == ()
