"""The simulated world: what it holds, all books compiled over it at once, and the oracle's word on every issue."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import hitparade
import oracle
from hitparade.compile.compiled import Compiled
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
    ("recurrent", "weeks"): lambda n: n // 4,
    ("recurrent", "below"): lambda n: max(1, n // 5),
    ("recurrent", "within"): lambda n: n // 5,
    ("release_age", "within"): lambda n: n // 3,
    ("release_age", "weeks"): lambda n: n // 3,
    ("accelerated", "after_weeks"): lambda n: n // 3,
    ("chart_age", "months"): lambda n: n // 6,
    ("inherits", "months"): lambda n: n // 6,
}
"""What is made smaller in a copy of the books, so that a small market of a few months meets every threshold."""


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
    assert smaller(book) == book.replace("value = 100", "value = 12", 1).replace("26", "6").replace("50", "10")


def thin(folder: Path, days: Callable[[date], bool]) -> None:
    """Keep only the rows of some days, and tell those of Britain once more as sums of the whole world."""
    for file in folder.glob("*.parquet"):
        table = pq.read_table(file)
        said = [row["day"] or row["at"].date() for row in table.select(["day", "at"]).to_pylist()]
        pq.write_table(table.filter(pa.array([days(day) for day in said])), file)
        file.with_name(f"{file.name}.control.toml").unlink()  # its totals are those of all days
    table = pq.read_table(folder / "gb.parquet")
    plays = table.filter(pc.equal(table["measure"], "on_demand.premium")).to_pylist()
    told = [{**row, "territory": "GLOBAL", "measure": "on_demand"} for row in plays if row["day"]]
    pq.write_table(pa.Table.from_pylist(told, table.schema), folder / "global.parquet")


def books_of(house: House, more: Mapping[str, str]) -> None:
    """Give a house the smaller books, some with more written in them."""
    copytree(BOOKS / "panels", house.paths.books / "panels")
    for book in BOOKS.glob("*.toml"):
        text = smaller(book.read_text("utf-8"))
        if book.stem in more:
            text = re.sub(r"(?m)^\[versions\].*\n(values.*\n)+", "", text) + more[book.stem]
        (house.paths.books / book.name).write_text(text, "utf-8")


def told_whole(made: Compiled) -> dict[str, Any]:
    """A compiled issue as the oracle tells it: places and history, names, signs, and who was left out and why."""
    return {
        **told(made),
        "names": {entry.song: (entry.title, entry.credit) for entry in made.chart.entries},
        "signs": {entry.song: list(entry.markers) for entry in made.chart.entries if entry.markers},
        "left_out": [(out.song, out.rule, out.would_be) for out in made.chart.left_out],
    }


def without_unproven(expected: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """What the oracle tells, without the places of songs so far below that a chart does not vouch for them."""
    vouched = {song for song, _, place in made["left_out"] if place}
    lines = [(song, rule, place if song in vouched else 0) for song, rule, place in expected["left_out"]]
    signs = {song: signs for song, signs in expected["signs"].items() if signs}
    return {**expected, "left_out": lines, "signs": signs}


def reasons(made: Compiled) -> list[str]:
    """The sentences of all lines of an issue."""
    return [said for entry in made.chart.entries for _, said in entry.reasons]


def agree(house: House, rows: list[dict[str, Any]], rulings: Mapping[str, list[dict[str, Any]]]) -> Counter[str]:
    """Compile every chart of a house, read each issue a second time, and count what has happened in them."""
    again, seen = World(rows, house.paths.books), Counter[str]()
    for run in house.compile_all():
        drafts = [house.draft(run.chart, row.issue_date) for row in house.drafts(run.chart)]
        expected = again.chart(run.chart, rulings.get(run.chart, []))
        assert [each.chart.issue_date for each in drafts if each] == list(expected), run.chart
        for each in filter(None, drafts):
            made, place = told_whole(each), f"{run.chart} {each.chart.issue_date}"
            assert made == without_unproven(expected[each.chart.issue_date], made), place
            assert sum(out.would_be == 0 for out in each.chart.left_out[:20]) == 0, place
            seen.update(out.rule for out in (*each.chart.left_out, *each.chart.drop_outs))
            seen.update(sign for entry in each.chart.entries for sign in entry.markers)
            seen["another credit"] += sum(said.startswith("credited") and "before," in said for said in reasons(each))
            seen["readmitted"] += sum("readmitted, issue 1" in said for said in reasons(each))
            seen["over again"] += sum("issues are over" in out.sentence for out in each.chart.left_out)
            seen["back in season"] += sum(said.startswith("returns, recurrent") for said in reasons(each))
            seen.update(f"accelerated in {run.chart}" for _, since, _ in made["ratios"] if since)
        seen[run.chart] = run.issues
    return seen


@pytest.mark.slow
def test_the_oracle_agrees_on_every_issue_of_every_book_of_december_2020(tmp_path: Path, house: House) -> None:
    """Two weeks and their edges, every day: received, summed, compiled in order; then once more, the slow way."""
    market.write(tmp_path / "tiny", 5, date(2020, 12, 21), date(2021, 1, 3), NEEDED, TINY)
    books_of(house, {})
    house.receive([tmp_path / "tiny"])
    seen = agree(house, world(tmp_path / "tiny"), {})
    assert set(FIFTEEN) <= {name for name, number in seen.items() if number}
    assert set(seen) >= {"size", "release_age", "elsewhere", "distribution"}


LONG = date(2025, 6, 20), date(2026, 1, 29)
"""A Friday and a Thursday: 32 weeks, with Australia's two years, America's tiers, Christmas, and January."""
SKIPPED = {
    "de-singles": ("skip", date(2025, 12, 26)),
    "ch-singles": ("together", date(2025, 12, 28)),
    "nl-top-40": ("repeat", date(2026, 1, 2)),
}


def leaders(rows: list[dict[str, Any]], territory: str) -> list[str]:
    """The songs of a territory by paid streams, most first."""
    songs, sums = oracle.identities(rows), Counter[str]()
    for row in rows:
        if row["territory"] == territory and row["measure"] == "on_demand.premium":
            sums[songs[oracle.spelling(row)]["key"]] += row["quantity"]
    return [key for key, _ in sums.most_common()]


def older(rows: list[dict[str, Any]], territory: str) -> list[str]:
    """Its leaders that were released before July 2023: too old for Australia's chart from September 2025 on."""
    released = {song["key"]: song["released"] for song in oracle.identities(rows).values()}
    return [key for key in leaders(rows, territory) if (released[key] or date.max) < date(2023, 7, 1)]


THURSDAY = 3
NORTH = ("us-hot-100", "ca-hot-100")


def long_world(folder: Path, house: House) -> None:
    """Write a world of 32 weeks, of which only Thursdays are told, and books with versions and issues left out."""
    market.write(folder, 5, *LONG, NEEDED, TINY)
    thin(folder, lambda day: day.weekday() == THURSDAY)
    rows = world(folder)
    early = leaders([row for row in rows if row["day"] and row["day"] < date(2025, 8, 1)], "US")
    late = leaders([row for row in rows if row["day"] and row["day"] > date(2025, 12, 1)], "US")
    versions = [key for key in late if key != early[0]][:2]
    rolled = f'{{ song = "{early[0]}", versions = ["{versions[0]}", "{versions[1]}"] }}'
    more = dict.fromkeys(NORTH, f'\n[versions]\nvalues.2025-05-30 = {{ songs = [{rolled}], source = "choice" }}\n')
    for name, (how, day) in SKIPPED.items():
        more[name] = f'\n[skipped]\nvalues.2025-05-30 = {{ issues = [{day}], how = "{how}", source = "choice" }}\n'
    books_of(house, more)


def decided(house: House, rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Take every kind of decision that these books can hear, and return them as the oracle reads them."""
    british, american, kiwi = (leaders(rows, code) for code in ("GB", "US", "NZ"))
    aged = older(rows, "AU")[:3]  # kept off until the limit holds, so that they come as if after ten years
    august = leaders([row for row in rows if row["day"] and date(2025, 8, 1) <= row["day"] <= date(2025, 8, 31)], "GB")
    autumn, winter, end = date(2025, 10, 1), date(2025, 11, 15), date(2026, 3, 1)
    wanted = [
        ("gb-singles", august[0], "decision", "exclude", date(2025, 8, 1), date(2025, 8, 29)),
        ("gb-singles", british[1], "accelerated", "exempt", date(2025, 7, 4), end),
        *(
            ("gb-singles", key, "accelerated", "reset", date(2025, 9, 12), date(2025, 9, 12))
            for key in british[2:6]
            if key != august[0]
        ),
        *(("au-singles", key, "decision", "exclude", LONG[0], date(2025, 9, 30)) for key in aged),
        *(("au-singles", key, "release_age", "admit", autumn, end) for key in aged),
        ("nz-singles", kiwi[0], "chart_age", "exempt", autumn, end),
        *(("us-hot-100", key, "recurrent", "exempt", date(2025, 10, 25), end) for key in american[2:4]),
        *(("us-hot-100", key, "recurrent", "seasonal", winter, end) for key in american[5:15]),
    ]
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for chart, song, rule, action, first, last in wanted:
        if chart not in told:
            house.compile(chart)
        said = {"rule": rule, "action": action, "first_issue": first, "last_issue": last}
        house.decide(chart, song, **said, why="as an example", by="A. Person")
        told[chart].append({"song": song, "rule": rule, "action": action, "first": first, "last": last})
    return told


@pytest.mark.slow
def test_the_oracle_agrees_on_every_issue_of_every_book_over_thirty_two_weeks(tmp_path: Path, house: House) -> None:
    """One day of each week, so that every rule that looks back acts and the time stays short."""
    long_world(tmp_path / "tiny", house)
    house.receive([tmp_path / "tiny"])
    rows = world(tmp_path / "tiny")
    seen = agree(house, rows, decided(house, rows))
    assert {book.stem for book in BOOKS.glob("*.toml")} - {"ro-airplay-100"} <= set(seen)
    assert min(seen[name] for name in FIFTEEN if name != "ro-airplay-100") >= 31
    assert set(seen) >= {
        "recurrent", "release_age", "chart_age", "elsewhere", "inherits", "growth", "distribution", "artist_cap",
        "decision", "accelerated in gb-singles", "bullet", "stip", "superstip", "sales gainer", "streaming gainer",
        "airplay gainer", "hot shot debut", "transferred",
    }  # fmt: skip
    assert seen["another credit"] > 0
    assert seen["back in season"] > 0
    assert seen["readmitted"] > 0
    assert seen["over again"] > 0


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
