"""Editions: sealed with their inputs, corrected without rewriting, withdrawn in the open."""

import csv
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from conftest import ROOT
from edition_maker import ANNA, AT, compiled, life
from fold_maker import issue, remembered, rules, song, state, week
from hitparade.archive import decisions, drafts, index, publish, sealed
from hitparade.archive.edition import OLDER_COLUMNS, folder_of, read, seal_of, table_of, text_of
from hitparade.archive.publish import Signature
from hitparade.archive.seal import breaks
from hitparade.chart import ChartState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import Decision
from hitparade.compile.proof import compile_issue
from hitparade.errors import AlreadyPublishedError, ArchiveError, UsageError
from hitparade.house import House
from hitparade.rulebook.rules import Panel, Profile, Value


def out(house: House, *issues: Compiled) -> list[index.EditionRow]:
    """Publish issues in order."""
    return [publish.publish(house.paths, house.database, each, ANNA) for each in issues]


def folder(house: House, n: int, number: int = 1) -> Path:
    return folder_of(house.paths.editions, "test", issue(n), number)


def rich_issue() -> Compiled:
    """An issue with a value of every type that the fold and the rules know."""
    before = state(remembered("a", 3, 2), remembered("gone", 2, 1, recurrent_since=issue(-2)))
    values = (
        Value(
            "size",
            date(2016, 1, 1),
            "tracking_start",
            3,
            "the publisher's page",
            between=(2, 4),
            what_if=True,
        ),
        Value("week", date(2016, 1, 1), "issue_date", {"starts": "friday 00:00", "ratio": [1, 150]}, "a book"),
        Value("loose", date(2016, 1, 1), "issue_date", (1, ["x", date(2016, 1, 1), None, True]), "a letter"),
    )
    made = rules(
        weights={"download": 3, "on_demand.premium": 1},
        profile=Profile({"on_demand.*": 30000}, {"on_demand.premium": 10}, "once"),
        panel=Panel({"station a": 2}),
        cuts=frozenset({(4, "06:00"), (0, "00:00")}),
        values=values,
        look_back=1,
    )
    sums = {"download": (4, 2), "on_demand.premium": (7, 0)}
    songs = [
        song("a", 0, sums=sums, audience={"download": (9, 9)}, recordings=("r1", "r2"), channels=2),
        song("é / ünï", 5, released=date(2015, 12, 24)),
        song("left", 1),
        song("more", 1),
    ]
    ruling = Decision("r-1", issue(0), issue(1), "left", "manipulation", "exclude", "bought in bulk")
    return compile_issue(
        lambda _k, _named: week(songs),
        before,
        [ruling],
        made,
        notes=("1 day missing",),
        renamed={"gone": "a2"},
    )


def test_every_value_comes_back_exactly() -> None:
    made = rich_issue()
    said = json.loads(json.dumps(sealed.to_json(made)))
    assert sealed.from_json(said) == made
    assert type(sealed.from_json(said).rules.cuts) is frozenset


@pytest.mark.parametrize("value", [0.5, object(), {"deep": [1.0]}])
def test_what_is_not_exact_is_not_sealed(value: object) -> None:
    rules_with = rules(values=(Value("x", date(2016, 1, 1), "issue_date", value, "s"),))
    with pytest.raises(ArchiveError, match="cannot be sealed; only whole numbers"):
        sealed.rules_digest(rules_with)


def test_an_edition_is_read_by_the_standard_library(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines printed in docs/editions.md are run as they stand there, inside an edition's folder."""
    out(house, *life()[:2])
    page = (ROOT / "docs" / "editions.md").read_text("utf-8")
    [lines] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(lines.replace('Path(".")', f"Path({str(folder(house, 1))!r})"), "docs", "exec"), {})  # noqa: S102 - ours
    # week 1 by hand: b 6 (was 2nd), d 5 (new), a 4 (was 1st)
    assert capsys.readouterr().out.splitlines() == ["1 B", "2 D", "3 A", "2016-01-15 is as it was sealed"]


def test_the_three_files_say_the_same(house: House) -> None:
    [row] = out(house, compiled(0))
    place = folder(house, 0)
    assert sorted(each.name for each in place.iterdir()) == ["edition.csv", "edition.json", "inputs.json.gz"]
    said = json.loads((place / "edition.json").read_text("utf-8"))
    with (place / "edition.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(each["position"], each["song"], each["points"]) for each in rows] == [
        ("1", "a", "9"),
        ("2", "b", "5"),
        ("3", "c", "2"),
    ]
    assert [each["song"] for each in said["body"]["entries"]] == ["a", "b", "c"]
    assert said["digest"] == row.digest
    assert said["published_by"] == "anna"
    assert said["replaces"] is None
    assert said["last_week_from"] is None
    inputs = gzip.decompress((place / "inputs.json.gz").read_bytes())
    assert hashlib.sha256(inputs).hexdigest() == said["inputs_digest"]


def test_signs_stand_in_the_table_and_older_tables_without_them_stay_good(house: House) -> None:
    """All three songs are new: two signs for the first, one for the others; then the file as it was once written."""
    signs = [{"sign": "debut", "when": "debut"}, {"sign": "hot shot", "when": "highest_debut"}]
    out(house, compiled(0, params={"markers": {"signs": signs}}))
    table = folder(house, 0) / "edition.csv"
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [each["markers"] for each in rows] == ["debut, hot shot", "debut", "debut"]
    assert list(breaks(folder(house, 0), lambda *_: None)) == []
    said = read(folder(house, 0)).said
    without = table_of(said, OLDER_COLUMNS)
    table.write_bytes(without)
    said["files"]["edition.csv"] = hashlib.sha256(without).hexdigest()
    said["seal"] = seal_of(said)
    (folder(house, 0) / "edition.json").write_bytes(text_of(said))
    assert list(breaks(folder(house, 0), lambda *_: None)) == []


def test_an_edition_reads_back_as_what_was_compiled(house: House) -> None:
    made = rich_issue()
    made = replace(made, state_in=ChartState(), rules=made.rules)
    whole = compile_issue(lambda _k, _n: made.candidates, ChartState(), made.decisions, made.rules)
    out(house, whole)
    assert read(folder(house, 0)).compiled == whole


def test_time_and_person_stand_outside_the_digest(house: House, tmp_path: Path) -> None:
    from hitparade.house import new

    other = new(tmp_path / "other")
    bert = Signature("bert", datetime.fromisoformat("2020-02-02T02:02:02+00:00"), [{"id": "d-1"}])
    [one] = out(house, compiled(0))
    two = publish.publish(other.paths, other.database, compiled(0), bert)
    assert one.digest == two.digest
    assert read(folder(house, 0)).said["seal"] != read(folder(other, 0)).said["seal"]


def test_simulated_charts_say_so_in_every_row(house: House) -> None:
    out(house, compiled(0, simulated=True))
    rows = list(csv.DictReader((folder(house, 0) / "edition.csv").read_text("utf-8").splitlines()))
    assert {each["simulated"] for each in rows} == {"SIMULATED"}
    assert read(folder(house, 0)).said["simulated"] is True


def test_the_next_issue_names_the_edition_that_fed_its_last_week(house: House) -> None:
    first, second = out(house, *life()[:2])
    said = read(folder(house, 1)).said
    assert said["last_week_from"] == {"issue_date": "2016-01-08", "edition": 1, "digest": first.digest}
    assert [each["previous_position"] for each in said["body"]["entries"]] == [2, None, 1]
    assert second.number == 1


def test_an_issue_is_published_once(house: House) -> None:
    out(house, compiled(0))
    with pytest.raises(AlreadyPublishedError) as told:
        out(house, compiled(0))
    assert str(told.value) == (
        "test 2016-01-08 was published as ed1 by anna at 2016-01-09T12:00:00+00:00; "
        "`hitparade correct --why` brings out the next edition"
    )


def test_issues_come_out_in_order(house: House) -> None:
    issues = life()
    with pytest.raises(ArchiveError, match="the issue before, 2016-01-08, is not published; publish in order"):
        out(house, issues[1])
    out(house, issues[0])
    with pytest.raises(
        ArchiveError, match="the issue before, 2016-01-15, is not published; the last one out is 2016-01-08"
    ):
        out(house, issues[2])
    with pytest.raises(ArchiveError, match="issues before it are not published; the last one out is 2016-01-08"):
        out(house, compiled(2))
    assert len(index.editions(house.database)) == 1


def test_an_issue_compiled_from_another_last_week_is_refused(house: House) -> None:
    """Somebody corrected issue 0 between compiling and publishing issue 1."""
    out(house, compiled(0))
    other = compiled(1, before=compiled(0, {"a": 1}))
    with pytest.raises(ArchiveError, match="was compiled from another state than test 2016-01-08 ed1 left; compile it"):
        out(house, other)


def correct(house: House, made: Compiled, reason: str = "late file", **how: bool) -> index.EditionRow:
    return publish.correct(house.paths, house.database, made, replace(ANNA, by="bert"), reason=reason, **how)


def test_a_correction_is_a_new_edition_that_names_the_old_one(house: House) -> None:
    [old] = out(house, compiled(0))
    before = (folder(house, 0) / "edition.json").read_bytes()
    new = correct(house, compiled(0, {"a": 9, "b": 5, "c": 20}))
    assert (new.number, new.reason, new.published_by) == (2, "late file", "bert")
    said = read(folder(house, 0, 2)).said
    assert said["replaces"] == {"issue_date": "2016-01-08", "edition": 1, "digest": old.digest}
    assert [each["song"] for each in said["body"]["entries"]] == ["c", "a", "b"]
    assert (folder(house, 0) / "edition.json").read_bytes() == before
    assert index.in_force(house.database, "test", issue(0)) == new


def test_a_correction_that_changes_nothing_is_refused_unless_wanted(house: House) -> None:
    out(house, compiled(0))
    with pytest.raises(ArchiveError, match="test 2016-01-08 ed1: nothing would change"):
        correct(house, compiled(0))
    assert correct(house, compiled(0), even_if_same=True).number == 2


def test_a_correction_needs_a_reason_and_an_edition(house: House) -> None:
    with pytest.raises(ArchiveError, match="not published, so there is nothing to correct"):
        correct(house, compiled(0))
    with pytest.raises(ArchiveError, match="needs a reason"):
        correct(house, compiled(0), reason="  ")


def test_a_withdrawn_edition_leaves_none_in_force(house: House) -> None:
    """Edition 1 was replaced for a reason; withdrawing edition 2 does not bring it back."""
    out(house, compiled(0))
    new = correct(house, compiled(0, {"c": 1}))
    gone = publish.withdraw(house.paths, house.database, new, reason="wrong file", by="carl", at=AT)
    assert (gone.withdrawn_by, gone.withdrawn_reason) == ("carl", "wrong file")
    note = json.loads((folder(house, 0, 2) / "withdrawal.json").read_text("utf-8"))
    assert (note["reason"], note["digest"]) == ("wrong file", new.digest)
    assert index.in_force(house.database, "test", issue(0)) is None
    with pytest.raises(AlreadyPublishedError, match="ed2 was withdrawn by carl"):
        out(house, compiled(0))
    with pytest.raises(ArchiveError, match="the issue before, 2016-01-08, is not published"):
        out(house, life()[1])
    again = correct(house, compiled(0))
    assert again.number == 3
    assert index.chain(house.database, "test") == (again,)


def test_only_the_edition_in_force_is_withdrawn(house: House) -> None:
    [old] = out(house, compiled(0))
    correct(house, compiled(0, {"c": 1}))
    with pytest.raises(ArchiveError, match="no longer the edition in force"):
        publish.withdraw(house.paths, house.database, old, reason="x", by="carl", at=AT)
    with pytest.raises(ArchiveError, match="needs a reason"):
        publish.withdraw(house.paths, house.database, old, reason="", by="carl", at=AT)


def test_drafts_are_kept_and_replaced(house: House) -> None:
    issues = life()
    rows = drafts.store(house.paths, house.database, issues)
    assert [row.issue_date for row in drafts.drafts(house.database, "test")] == [issue(0), issue(1), issue(2)]
    assert drafts.read(house.paths, house.database, "test", issue(1)) == issues[1]
    other = compiled(0, {"c": 1})
    [row] = drafts.store(house.paths, house.database, [other], ["what it rests on"])
    assert row.inputs == "what it rests on"
    assert row.digest != rows[0].digest
    assert drafts.read(house.paths, house.database, "test", issue(0)) == other
    assert len(drafts.drafts(house.database)) == 3
    assert drafts.read(house.paths, house.database, "test", issue(9)) is None


def test_equal_issues_give_equal_drafts_in_any_order_of_songs(house: House) -> None:
    one, two = compiled(0, {"a": 9, "b": 5}), compiled(0, {"b": 5, "a": 9})
    assert drafts.draft_digest(one) == drafts.draft_digest(two)
    assert drafts.inputs_digest(one) != drafts.inputs_digest(compiled(0, {"a": 9, "b": 4}))


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda _: b"", lambda data: data[:60] + b"x" + data[61:]])
def test_a_damaged_draft_counts_as_not_there(house: House, damage: Callable[[bytes], bytes]) -> None:
    drafts.store(house.paths, house.database, [compiled(0)])
    place = drafts.place_of(house.paths, "test", issue(0))
    place.write_bytes(damage(place.read_bytes()))
    assert drafts.read(house.paths, house.database, "test", issue(0)) is None


def ruled(**changes: object) -> decisions.Ruling:
    said = {"rule": "manipulation", "action": "exclude", "why": "bulk", "by": "dora", "at": AT}
    said |= {"first_issue": issue(0), "last_issue": issue(1)} | changes
    return decisions.ruling("test", "a", **said)


def test_a_decision_is_logged_once_with_its_first_person(house: House) -> None:
    first = decisions.enter(house.paths, house.database, ruled())
    again = decisions.enter(house.paths, house.database, ruled(by="emil"))
    assert again == first
    assert again.by == "dora"
    other = decisions.enter(house.paths, house.database, ruled(why="and for another reason"))
    assert len(decisions.rulings(house.database, "test")) == 2
    assert set(decisions.for_issue(house.database, "test", issue(1))) == {first.decision, other.decision}
    assert decisions.for_issue(house.database, "test", issue(2)) == ()
    assert decisions.for_issue(house.database, "other", issue(1)) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"action": "promote"}, "--action 'promote' is not known; allowed: exclude, exempt"),
        (
            {"last_issue": issue(-1)},
            "--from 2016-01-08 is after --to 2016-01-01; the earlier issue comes first",
        ),
        ({"why": " "}, "a decision needs a reason; say it with --why"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)):
        ruled(**changes)
