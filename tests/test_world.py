"""The simulated world: what it holds, all books compiled over it at once, and the oracle's word on every issue."""

import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import hitparade
import oracle
from hitparade.errors import UsageError
from hitparade.house import House
from hitparade.rulebook.books import shipped
from hitparade.serve.cli import compile as _registered
from hitparade.serve.cli.app import app
from hitparade.simulate.world import market
from hitparade.simulate.world.places import PLACES
from hitparade.simulate.world.plan import SCALES, Scale
from hitparade.simulate.writing import digest_of_file
from oracle_maker import told
from oracle_world import World, world

assert _registered

BOOKS = Path(hitparade.__file__).parent / "books" / "charts"
TINY = Scale("tiny", songs=40, reported=10, stations=10, listed=7, people=2)
FIFTEEN = (
    "au-singles", "ca-hot-100", "ch-singles", "de-singles", "fr-singles", "gb-singles", "global-excl-us", "it-singles",
    "nl-single-top-100", "nl-top-40", "nz-singles", "ro-airplay-100", "us-adult-contemporary", "us-hot-100",
    "us-mainstream-top-40",
)  # fmt: skip
NEEDED = ("GB", "US", "CA", "AU", "NZ", "FR", "IT", "CH", "NL", "RO", "DE")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world") / "tiny"
    market.write(folder, 3, date(2016, 12, 2), date(2016, 12, 15), scale=TINY)
    return folder


def test_the_same_seed_gives_the_same_world_whatever_other_territories_there_are(tmp_path: Path) -> None:
    span = date(2016, 12, 2), date(2016, 12, 8)
    one = market.write(tmp_path / "one", 3, *span, NEEDED, TINY)
    again = market.write(tmp_path / "again", 3, *span, NEEDED, TINY)
    other = market.write(tmp_path / "other", 4, *span, NEEDED, TINY)
    assert one == again
    assert one.digest != other.digest
    assert {note.path: note.digest for note in one.files} == {
        note.path: digest_of_file(tmp_path / "one" / note.path) for note in one.files
    }


def test_every_measure_that_a_book_counts_is_there_in_its_territory(tiny: Path) -> None:
    held = defaultdict(set)
    for row in world(tiny):
        held[row["territory"]].add(row["measure"])
    for name in FIFTEEN:
        book = shipped()[name]
        places = [code for code in PLACES if book.counts(code)]
        assert places, name
        for code in places:
            assert set(book.family("units")) <= held[code] or name == "global-excl-us", (name, code)


def test_the_panels_of_the_books_are_stations_of_the_usual_world(tmp_path: Path) -> None:
    made = market.write(tmp_path / "us", 1, date(2016, 12, 2), date(2016, 12, 8), ("US",), SCALES["demo"])
    pop, ac = made.stations["US"]["pop"], made.stations["US"]["ac"]
    lines = (BOOKS / "panels" / "us-stations.csv").read_text("utf-8").splitlines()
    panel = {line.split(",")[0]: line.split(",")[2] for line in lines[1:]}
    assert {panel.get(name) for name in pop} == {"top 40"}
    assert {panel.get(name) for name in ac} == {"adult contemporary"}


def test_sums_are_compact_and_only_the_sample_tells_single_plays(tiny: Path) -> None:
    rows = world(tiny)
    single = [row for row in rows if row["at"]]
    assert {row["channel"] for row in single} == {"stream-e"}
    assert all(row["consumer"] and row["ms_played"] and row["quantity"] == 1 for row in single)
    assert any(row["ms_played"] < 30_000 for row in single)
    most: dict[tuple[object, ...], int] = defaultdict(int)
    for row in single:
        most[row["territory"], row["consumer"], row["title"], row["artist"], row["at"].date()] += 1
    assert max(most.values()) > 10  # one person a day plays one song fourteen times, so that a cap of ten bites
    sums = [row for row in rows if not row["at"]]
    keys = {
        tuple(row[k] for k in ("territory", "day", "channel", "measure", "isrc", "title", "artist")) for row in sums
    }
    assert len(keys) == len(sums)


def test_every_file_says_that_it_is_simulated(tiny: Path) -> None:
    for file in tiny.glob("*.parquet"):
        assert pq.read_metadata(file).metadata[b"hitparade.simulated"] == b"true"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"territories": ("XX",)}, "'XX' is not in the simulated world; known: GB, US, "),
        ({"territories": ("GB", "GB")}, "name each territory once"),
        ({"scale": "huge"}, "'huge' is not a size; allowed: small, demo, large"),
        ({"first": date(2016, 1, 1), "last": date(2016, 1, 2)}, "a world lasts from seven days to ten years"),
    ],
)
def test_a_world_that_makes_no_sense_is_refused(tmp_path: Path, said: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        market.write(tmp_path / "world", **said)  # type: ignore[arg-type]


SMALLER = {
    ("size", "value"): lambda n: min(n, 12),
    ("recurrent", "weeks"): lambda n: max(1, n // 12),
    ("recurrent", "below"): lambda n: max(1, n // 10),
    ("accelerated", "after_weeks"): lambda _: 1,
}
"""What is made smaller in a copy of the books, so that a small market of five weeks meets every threshold."""


def smaller(text: str) -> str:
    """A book with twelve places at most and thresholds to match."""
    block, lines = "", []
    for line in text.splitlines():
        block = line[1:].partition("]")[0] if line.startswith("[") else block
        changed = line
        for (where, key), change in SMALLER.items():
            if block == where:
                changed = re.sub(rf"\b{key} = (\d+)", lambda m, f=change, k=key: f"{k} = {f(int(m[1]))}", changed)
        lines.append(changed)
    return "\n".join(lines)


def test_a_smaller_book_differs_in_its_thresholds_only() -> None:
    book = """steps = ["recurrent"]
[size]                # places
values.2016-01-01 = { value = 100 }
[units.download]
values.2016-01-01 = { value = 100 }
[recurrent]
values.2016-01-01 = { tiers = [{ weeks = 26, below = 50 }] }"""
    assert smaller(book) == book.replace("value = 100", "value = 12", 1).replace("26", "2").replace("50", "5")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "last", "ended"),
    [
        (date(2020, 12, 11), date(2021, 1, 14), set()),
        (date(2025, 10, 3), date(2025, 11, 6), {"ro-airplay-100"}),
    ],
    ids=["december-2020", "october-2025"],
)
def test_the_oracle_agrees_on_every_issue_of_every_book(
    tmp_path: Path, house: House, monkeypatch: pytest.MonkeyPatch, first: date, last: date, ended: set[str]
) -> None:
    """Five weeks of a world: received, summed, compiled in order; then once more from the files, the slow way."""
    monkeypatch.setattr(oracle, "folded", cache(oracle.folded))
    market.write(tmp_path / "tiny", 5, first, last, NEEDED, TINY)
    copytree(BOOKS / "panels", house.paths.books / "panels")
    for book in BOOKS.glob("*.toml"):
        (house.paths.books / book.name).write_text(smaller(book.read_text("utf-8")), "utf-8")
    house.receive([tmp_path / "tiny"])
    runs = house.compile_all()
    assert set(FIFTEEN) - ended <= {run.chart for run in runs if run.issues}
    again, why = World(world(tmp_path / "tiny"), house.paths.books), set()
    for run in runs:
        drafts = [house.draft(run.chart, row.issue_date) for row in house.drafts(run.chart)]
        weeks = [(each.rules.issue.window.first_day, each.rules.issue.issue_date) for each in drafts if each]
        for expected, each in zip(again.chart(run.chart, weeks), drafts, strict=True):
            assert each is not None
            assert told(each) == expected, f"{run.chart} {each.rules.issue.issue_date}"
            why.update(out.rule for out in (*each.chart.left_out, *each.chart.drop_outs))
    assert why >= {"size", "recurrent", "release_age", "elsewhere", "distribution"}


def test_all_charts_are_compiled_from_the_command_line(tmp_path: Path) -> None:
    run = CliRunner()
    market.write(tmp_path / "nl", 1, date(2016, 12, 2), date(2016, 12, 15), ("NL",), TINY)
    hitparade.new(tmp_path / "house").receive([tmp_path / "nl"])
    done = run.invoke(app, ["-C", str(tmp_path / "house"), "compile", "--all-charts", "--from", "2016-12-09"])
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert any(line.split()[:4] == ["nl-top-40", "2", "2016-12-09", "2016-12-16"] for line in lines)
    # The Tipparade is without the songs of the Top 40, so it comes after it.
    order = [line.split()[0] for line in lines if line.startswith("nl-")]
    assert order.index("nl-top-40") < order.index("nl-tipparade")
    assert "none: gb-singles: no delivery of territory GB is in this house" in done.output.replace("\n", " ")
    refused = run.invoke(app, ["-C", str(tmp_path / "house"), "compile", "nl-top-40", "--all-charts"])
    assert refused.exit_code != 0
