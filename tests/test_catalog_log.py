"""The catalog's log: lines are only ever added, an undo takes one back, and the later of two decisions holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import MOMENT
from hitparade.catalog import log
from hitparade.catalog.decisions import Decisions, Ruling, apply, span, span_of
from hitparade.catalog.log import LogLine, in_force, standing
from hitparade.errors import CatalogError, UsageError
from hitparade.house import House


def line(serial: int, ruling: Ruling | None = None, undoes: str = "") -> LogLine:
    return LogLine(serial, f"c-{serial}", ruling.action if ruling else "undo", ruling, "why", "", undoes, "Ann", "then")


def merge(*names: str) -> Ruling:
    return Ruling("merge", names)


def split(*names: str) -> Ruling:
    return Ruling("split", names)


def groups(said: str, *rulings: Ruling) -> str:
    """Groups as text, ``"ab c"``, once those rulings are followed."""
    made = apply(said.split(), Decisions(rulings))
    return " ".join("".join(group) for group in made)


def test_a_merge_joins_whole_songs() -> None:
    assert groups("ab cd e", merge("a", "c")) == "abcd e"


def test_a_split_leaves_the_rest_together() -> None:
    assert groups("abcd", split("b")) == "acd b"
    assert groups("abcd", split("b", "c")) == "ad bc"


def test_prints_that_leave_several_songs_stay_with_those_they_left_with() -> None:
    assert groups("abc def", split("a", "b", "d")) == "ab c d ef"


def test_a_move_leaves_one_song_and_joins_another() -> None:
    assert groups("abc de", Ruling("move", ("a",), "d")) == "ade bc"


def test_of_two_that_contradict_the_later_holds() -> None:
    assert groups("a b", merge("a", "b"), split("a")) == "a b"
    assert groups("ab", split("a"), merge("a", "b")) == "ab"
    assert groups("a b", Ruling("accept", ("a",), "b"), Ruling("reject", ("a",), "b")) == "a b"
    assert groups("a b", Ruling("reject", ("a",), "b"), Ruling("accept", ("a",), "b")) == "ab"


def test_a_rejection_of_what_is_apart_changes_nothing() -> None:
    assert groups("ab c", Ruling("reject", ("a",), "c")) == "ab c"


def test_a_print_that_nobody_has_any_more_still_joins_what_was_joined_through_it() -> None:
    """A is B and B is C, so A is C, though the file with B has been replaced since."""
    assert groups("a c", merge("a", "b"), merge("b", "c")) == "abc"


def test_the_last_word_on_a_pair_is_what_a_queue_reads() -> None:
    said = [Ruling("accept", ("x",), "b"), Ruling("reject", ("x",), "a"), Ruling("reject", ("x",), "b")]
    assert Decisions(tuple(said)).rejected == {("a", "x"), ("b", "x")}
    assert Decisions((*said, Ruling("accept", ("x",), "a"))).rejected == {("b", "x")}


def test_aliases_of_artists_lead_to_the_last_of_a_chain() -> None:
    said = [Ruling("merge", ("a",), "b", artists=True), Ruling("merge", ("b",), "c", artists=True)]
    assert Decisions(tuple(said)).aliases == {"a": "c", "b": "c"}
    assert Decisions((*said, Ruling("split", ("a",), artists=True))).aliases == {"b": "c"}
    assert Decisions((*said, Ruling("merge", ("c",), "a", artists=True))).aliases.keys() <= {"a", "b", "c"}


def test_an_undo_takes_back_and_can_be_taken_back() -> None:
    lines = [line(1, merge("a", "b")), line(2, undoes="c-1"), line(3, undoes="c-2"), line(4, undoes="c-3")]
    assert [standing(lines[:n]) for n in (1, 2, 3, 4)] == [
        {"c-1"},
        {"c-2"},
        {"c-1", "c-3"},
        {"c-2", "c-4"},
    ]
    assert [len(in_force(lines[:n]).rulings) for n in (1, 2, 3, 4)] == [1, 0, 1, 0]


def test_a_line_that_comes_back_stands_where_it_stood() -> None:
    """The merge is older than the split; taking it back and bringing it back does not make it the later one."""
    lines = [line(1, merge("a", "b")), line(2, split("a")), line(3, undoes="c-1"), line(4, undoes="c-3")]
    assert in_force(lines) == in_force(lines[:2])
    assert in_force(lines).digest == in_force(lines[:2]).digest


names = st.sampled_from("abcdefgh")
rulings = st.one_of(
    st.builds(merge, names, names),
    st.builds(split, names),
    st.builds(lambda name, to: Ruling("move", (name,), to), names, names),
    st.builds(lambda name, to: Ruling("reject", (name,), to), names, names),
)


@given(st.lists(rulings, max_size=8), st.sampled_from(["abcdefgh", "ab cd ef gh", "a b c d e f g h"]))
def test_songs_are_always_a_partition(said: list[Ruling], evidence: str) -> None:
    made = apply(evidence.split(), Decisions(tuple(said)))
    assert sorted("".join("".join(group) for group in made)) == sorted("abcdefgh")


@given(st.lists(rulings, min_size=1, max_size=6), st.data())
def test_a_log_with_lines_taken_back_is_the_log_without_them(said: list[Ruling], data: st.DataObject) -> None:
    lines = [line(n, ruling) for n, ruling in enumerate(said, 1)]
    gone = data.draw(st.lists(st.sampled_from(range(1, len(said) + 1)), unique=True))
    undone = [line(len(said) + n, undoes=f"c-{serial}") for n, serial in enumerate(gone, 1)]
    rest = [each for each in lines if each.serial not in gone]
    assert in_force([*lines, *undone]) == in_force(rest)
    assert in_force([*reversed(undone), *reversed(lines)]) == in_force(rest)


def test_a_span_says_its_print_and_its_days() -> None:
    name = span("hello / x [y]", date(1979, 7, 1), None)
    assert name == "hello / x [y] [1979-07-01..]"
    told = span_of(name)
    assert told is not None
    assert (told.key, told.first, told.last) == ("hello / x [y]", date(1979, 7, 1), None)
    assert told.holds(date(1979, 7, 1))
    assert not told.holds(date(1979, 6, 30))
    assert span_of("hello / x [y]") is None
    assert span_of("hello / x") is None


def enter(house: House, ruling: Ruling, why: str = "seen on the label") -> LogLine:
    return log.enter(house.paths, house.database, ruling, why=why, source="a label", by="Ann", at=MOMENT)


def test_a_line_is_read_as_it_was_entered(house: House) -> None:
    ruling = Ruling("rename", ("a / x",), "", "A!", None)
    made = enter(house, ruling)
    assert log.lines(house.database) == (made,)
    assert (made.serial, made.ruling, made.by, made.at, made.source) == (
        1,
        ruling,
        "Ann",
        MOMENT.isoformat(),
        "a label",
    )


def test_the_log_only_grows(house: House) -> None:
    first = enter(house, merge("a / x", "b / x"))
    second = log.undo(house.paths, house.database, first.id, why="no", by="Bob", at=MOMENT)
    assert [each.id for each in log.lines(house.database)] == [first.id, second.id]
    assert second.undoes == first.id
    assert log.decisions(house.database) == Decisions()


def test_what_is_taken_back_is_not_taken_back_again(house: House) -> None:
    first = enter(house, merge("a / x", "b / x"))
    second = log.undo(house.paths, house.database, first.id, why="no", by="Bob", at=MOMENT)
    with pytest.raises(CatalogError, match=f"{first.id}: this line is taken back already, by {second.id}"):
        log.undo(house.paths, house.database, first.id, why="no", by="Bob", at=MOMENT)
    with pytest.raises(CatalogError, match="no line of the log begins so"):
        log.undo(house.paths, house.database, "c-zzz", why="no", by="Bob", at=MOMENT)
    assert len(log.lines(house.database)) == 2


def test_a_line_needs_a_reason_and_a_known_action(house: House) -> None:
    with pytest.raises(UsageError, match="needs a reason"):
        enter(house, merge("a / x", "b / x"), why="  ")
    with pytest.raises(UsageError, match="'erase' is no action of the log; allowed: merge, split"):
        enter(house, Ruling("erase", ("a / x",)))
    assert not log.lines(house.database)


def test_the_same_decision_twice_is_two_lines_of_two_names(house: House) -> None:
    first, second = enter(house, merge("a / x", "b / x")), enter(house, merge("a / x", "b / x"))
    assert first.id != second.id
