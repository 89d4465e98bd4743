"""Every rule kind that a book can state: cases at its thresholds, a sentence in stories, and a what-if without it.

The kinds are those of the layout of books. Each has a world in ``tests/kinds``; see ``every_kind``.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from every_kind import FIRST, World, fill, lines, sentences, what_if, worlds
from hitparade.adding_story import tell
from hitparade.archive.decisions import rulings
from hitparade.compile.decision import ACTIONS
from hitparade.errors import HouseError
from hitparade.house import House
from hitparade.rulebook.model import BLOCKS, BookFile
from hitparade.rulebook.spans import ACCUMULATIONS

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "charts"
WORLDS = worlds()
WEEKLY = [block for block in BLOCKS if block not in ACCUMULATIONS]


def test_every_kind_and_every_action_of_decisions_has_a_world() -> None:
    assert {world["kind"] for world in WORLDS.values()} == {*WEEKLY, *(f"decision_{action}" for action in ACTIONS)}


# Thresholds.


def numbers(said: Any, defs: dict[str, Any], path: str = "") -> Iterator[str]:  # noqa: ANN401 - of a JSON Schema
    """The keys of a schema that hold whole numbers, alone, in pairs or by name."""
    if "$ref" in said:
        yield from numbers(defs[said["$ref"].rpartition("/")[2]], defs, path)
    for each in (*said.get("anyOf", ()), *said.get("oneOf", ()), *said.get("prefixItems", ())):
        yield from numbers(each, defs, path)
    if said.get("type") == "integer":
        yield path
    inner = (said.get("items"), said.get("additionalProperties"), *said.get("patternProperties", {}).values())
    for each in inner:
        yield from numbers(each, defs, path) if isinstance(each, dict) else ()
    for key, each in said.get("properties", {}).items():
        if key not in {"between", "off", "source", "confidence"}:
            yield from numbers(each, defs, f"{path}.{key}".lstrip("."))


@cache
def thresholds(block: str) -> frozenset[str]:
    """The parameters of a kind that are whole numbers, by their place under its values."""
    schema = BookFile.model_json_schema(by_alias=True)
    found = numbers(schema["properties"][block], schema["$defs"])
    return frozenset(key.removeprefix("values").lstrip(".") for key in found)


def edges() -> dict[str, dict[str, str]]:
    """What the worlds of each kind name as the proof of each threshold."""
    found: dict[str, dict[str, str]] = {block: {} for block in WEEKLY}
    for world in WORLDS.values():
        found.setdefault(world["kind"], {}).update(world.get("edges", {}))
    return found


@pytest.mark.parametrize("block", WEEKLY)
def test_each_threshold_names_what_shows_it_just_below_at_and_just_above(block: str) -> None:
    assert set(edges()[block]) == thresholds(block)


@pytest.mark.parametrize(
    ("place", "proof"),
    [(f"{kind} {key}", proof) for kind, said in edges().items() for key, all_of in said.items() for proof in [all_of]],
)
def test_what_shows_a_threshold_is_there(place: str, proof: str) -> None:
    """A test function by file and name, or a case by chart and name."""
    for each in proof.split(", "):
        if "::" in each:
            file, _, name = each.partition("::")
            tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
            assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, place
        else:
            assert (CASES / f"{each}.toml").is_file(), place


# Sentences and what-ifs.


@pytest.mark.parametrize("name", WORLDS)
def test_the_chart_is_told_and_is_another_one_without_the_rule(house: House, name: str) -> None:
    """Compiled, explained, folded again from sealed inputs, and compiled from the ledger under the what-if."""
    world = WORLDS[name]
    fill(house, world)
    issue = world["issue"]
    shown = house.chart("made", issue).chart
    assert lines(shown, world) == world["chart"]
    said = sentences(house.explain("made", issue, world["song"]).story)
    assert world["says"] in said, "\n".join(said)
    file = what_if(house, world)
    assert_sealed(house, world, file)
    laid = {each.chart.issue_date: each.chart for each in house.compile("made", every=True, what_if=file)}
    found = laid[world.get("issue_without", issue)]
    assert lines(found, world) == world["without"]
    assert shown.chart == found.chart
    assert world["chart"] != world["without"] or is_told_otherwise(house, world, file)


def assert_sealed(house: House, world: World, file: Path) -> None:
    """From what was sealed the answer is that of the ledger, or what it would need is named; totals then give it."""
    issue: date = world["issue"]
    if "refused" in world:
        with pytest.raises(HouseError, match=re.escape(world["refused"])):
            house.what_if("made", file=file)
        return
    sealed = next(week for week in house.what_if("made", file=file).weeks if week.issue_date == issue)
    assert sealed.unproved == world.get("needs", "")
    if not sealed.unproved:
        assert lines(sealed.after, world) == world["without"]
    with_totals = house.what_if("made", file=file, totals=True).weeks
    [made] = [week for week in with_totals if week.issue_date == issue]
    assert (lines(made.after, world), made.unproved) == (world["without"], "")


def is_told_otherwise(house: House, world: World, file: Path) -> bool:
    """Whether a rule that moves no line is in the rules of the issue, and not or otherwise under the what-if."""
    issue, later = world["issue"], world.get("issue_without", world["issue"])
    mine, other = house.rules("made", issue), house.rules("made", later, what_if=file)
    return mine.values != other.values


# Charts over many issues.


SPANS = {"year_end": "2016", "half_year": "2016-1", "decade": "2010s", "all_time": "all-time"}


@pytest.mark.parametrize("block", ACCUMULATIONS)
def test_a_chart_over_many_issues_is_told_and_is_another_one_under_other_terms(house: House, block: str) -> None:
    """A sells 5 and 1, B 2 and 3: by units 6 and 5; by positions of two, 2 + 1 and 1 + 2."""
    terms, span = {"method": "units"}, SPANS[block]
    rows = [
        {"title": title, "artist": "X", "day": date(2016, 1, day), "quantity": quantity}
        for title, day, quantity in (("A", 4, 5), ("A", 11, 1), ("B", 4, 2), ("B", 11, 3))
    ]
    world: World = {"kind": block, "block": terms, "rows": rows, "also": {"size": {"value": 2}}}
    fill(house, world)
    assert [(line.title, line.total) for line in house.year_end("made", span).lines] == [("A", 6), ("B", 5)]
    assert [(each.position, each.adds) for each in tell(house, "made", span, "A").shares] == [(1, 5), (2, 1)]
    other = what_if(house, {**world, "what_if": {block: {"every": {"method": "positions"}}}})
    assert [line.total for line in house.year_end("made", span, other).lines] == [3, 3]
    off = what_if(house, world)
    with pytest.raises(HouseError, match=block.replace("_", ".")):
        house.year_end("made", span, off)


# Decisions that a what-if names and nobody took.


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"off": ["withold"]}, 'made: decisions, off names "withold"; decisions of this chart: r (withhold)'),
        ({"off": "withhold"}, 'decisions: found a table; allowed: off = ["withhold"], a list of actions or of ids'),
        ({"of": ["withhold"]}, 'decisions: found a table; allowed: off = ["withhold"], a list of actions or of ids'),
    ],
)
def test_a_what_if_that_names_no_decision_of_the_chart_is_refused(
    house: House, said: dict[str, Any], message: str
) -> None:
    world = WORLDS["decision_withhold"]
    fill(house, world)
    file = what_if(house, {**world, "what_if": {"decisions": said}})
    for ask in (lambda: house.what_if("made", file=file), lambda: house.compile("made", FIRST, what_if=file)):
        with pytest.raises(HouseError) as refused:
            ask()
        assert message in re.sub(r"r-[0-9a-f]{12}", "r", str(refused.value))


def test_one_decision_is_left_out_by_its_id_and_the_others_hold(house: House) -> None:
    """A and B are excluded; without the first decision A is back, with 2."""
    rows = [
        {"title": title, "artist": "X", "day": date(2016, 1, 4), "quantity": quantity}
        for title, quantity in (("A", 2), ("B", 1))
    ]
    ruled = [{"song": title, "rule": "fraud", "action": "exclude"} for title in "AB"]
    world: World = {"kind": "size", "rows": rows, "decisions": ruled}
    fill(house, world)
    [first] = [each.decision.id for each in rulings(house.database, "made") if each.decision.song.startswith("a ")]
    file = what_if(house, {**world, "what_if": {"decisions": {"off": [first]}}})
    assert lines(house.chart("made", FIRST).chart, world) == []
    [week] = house.what_if("made", file=file).weeks
    assert (lines(week.after, world), week.unproved) == (["1 A 2"], "")
