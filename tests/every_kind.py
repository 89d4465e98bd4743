"""Small worlds, one for each rule kind: a chart with the rule and without it, read from ``tests/kinds/*.toml``.

A world says the block of its kind, the rows that were received, which song the rule touches and what is said of it,
the lines of the chart, and the lines without the rule. Books of worlds are weekly charts of downloads in Great Britain,
from Monday 4 January 2016 on, unless ``also`` says otherwise.
"""

import json
import re
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from hitparade.archive import decisions
from hitparade.catalog.folding import fold
from hitparade.chart import Chart
from hitparade.compile.story import Story
from hitparade.house import House
from hitparade.rulebook.book import MEASURED
from hitparade.rulebook.cases import CaseRow, every_week, rows_as_csv
from hitparade.rulebook.model import STEPS

KINDS = Path(__file__).parent / "kinds"
SINCE = "2016-01-04"
FIRST = date(2016, 1, 10)
"""The first issue; it tracks 4 to 10 January."""
_HEAD = {"format": 1, "publisher": "Nobody", "territory": "GB", "dated_by": "tracking_start"}
_USUAL: dict[str, Any] = {
    "size": {"value": 10},
    "week": {"starts": "monday 00:00", "zone": "UTC"},
    "label": {"days_after_end": 0},
    "units": {"download": {"value": 1}},
    "ties": {"order": ["points", "id"]},
}
World = dict[str, Any]


@cache
def worlds() -> dict[str, World]:
    """Every world by its name, which is that of its kind unless it says another one."""
    found: dict[str, World] = {}
    for path in sorted(KINDS.glob("*.toml")):
        for name, world in tomllib.loads(path.read_text("utf-8")).items():
            assert name not in found, f"{name} stands twice"
            found[name] = {"kind": name, "issue": FIRST, **world}
    return found


def book_text(name: str, steps: list[str], blocks: dict[str, Any]) -> str:
    """A book as TOML; each block has one value, from the first day on."""
    head = {**_HEAD, "id": name, "title": name.title(), "steps": steps}
    lines = [f"{key} = {_inline(value)}" for key, value in head.items()]
    lines += ["[[life]]", f"begins = {FIRST}", 'source = "made for a test"']
    for block, said in {**_USUAL, **blocks}.items():
        for key, value in (
            {f'{block}."{m}"': v for m, v in said.items()} if block in MEASURED else {block: said}
        ).items():
            lines += [f"[{key}]", f"values.{SINCE} = {_inline({**value, 'source': 'made for a test'})}"]
    return "\n".join(lines) + "\n"


def _inline(value: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_inline(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return str(value) if isinstance(value, date) else json.dumps(value)


def steps_of(world: World) -> list[str]:
    """The steps of a world's book: those it says, or its kind alone."""
    return list(world.get("steps", [world["kind"]] if world["kind"] in STEPS else []))


def fill(house: House, world: World) -> None:
    """Give the house the books, the rows and the decisions of a world, and compile its chart."""
    for name, said in world.get("others", {}).items():
        text = book_text(name, said.get("steps", []), said.get("blocks", {}))
        house.paths.books.joinpath(f"{name}.toml").write_text(text, "utf-8")
    block = {world["kind"]: world["block"]} if "block" in world else {}
    blocks = {**world.get("also", {}), **block}
    house.paths.books.joinpath("made.toml").write_text(book_text("made", steps_of(world), blocks), "utf-8")
    rows = every_week([CaseRow.model_validate({"measure": "download", **row}) for row in world["rows"]])
    file = house.paths.root / "rows.csv"
    file.write_text(rows_as_csv(rows, "GB"), "utf-8")
    house.receive([file])
    for each in world.get("decisions", ()):
        _decide(house, each, {row.title: row.artist for row in rows})
    house.compile("made", every=True)


def _decide(house: House, said: dict[str, Any], credit: dict[str, str]) -> None:
    key = f"{fold(said['song'])} / {fold(credit[said['song']])}"
    span = {"first_issue": FIRST, "last_issue": date(2020, 1, 1), "why": "somebody asked"}
    ruling = decisions.ruling("made", **{**span, **said, "song": key}, by="anna", at=datetime(2026, 1, 1))
    decisions.enter(house.paths, house.database, ruling)


def what_if(house: House, world: World) -> Path:
    """The what-if that switches the rule of a world off, or another value of it on where it cannot be off."""
    said = world.get("what_if", {"off": [world["kind"]]})
    file = house.paths.root / "what-if.toml"
    file.write_text("\n".join(f"{key} = {_inline(value)}" for key, value in said.items()) + "\n", "utf-8")
    return file


def lines(chart: Chart, world: World) -> list[str]:
    """The lines of a chart as a world writes them: position, title and points, then what is asked for besides."""
    found = []
    for each in chart.entries:
        beside = {"credit": each.credit, "weeks": f"week {each.weeks_on_chart}"}
        more = [beside[word] for word in world.get("beside", ())]
        found.append(
            " ".join([f"{each.position} {each.title} {each.points}", *more, *(f"[{m}]" for m in each.markers)])
        )
    return found


def sentences(story: Story) -> list[str]:
    """All that a story says of a song, each after the word that it stands under; `r` is the id of any decision."""
    said = [
        f"title: {story.title}",
        f"headline: {story.headline}",
        f"issue: {story.issue_date}",
        *(f"made of: {part.measure} {part.quantity} x {part.weight} = {part.points}" for part in story.parts),
        *(f"{each.rule}: {each.sentence}" for each in (*story.effects, *story.in_force)),
        *(f"not counted: {each.sentence}" for each in story.not_counted),
        *(f"note: {each}" for each in story.notes),
    ]
    return [re.sub(r"r-[0-9a-f]{12}", "r", each) for each in said]
