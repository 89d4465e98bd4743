"""History columns and records over seven million simulated entries, against hand-written window SQL in the same run.

Run ``python benchmarks/records.py [SERIES] [ISSUES] [RUNS]``; 60 charts of 1,167 issues of 100 lines are 7 million
entries. The aims are at most 1.2 times the best hand-written DuckDB SQL over the same Parquet, for the history columns
and for each record; a song's full history in under 20 ms; the heaviest all-time record in under 300 ms. Ours is the
whole answer: rows, how many more, shared places, sentences, and what the archive cannot prove; the hand-written
statement gives the same ten rows and nothing else. Each build runs in a process of its own, whose peak memory is told.
Nothing of it is real.
"""

import multiprocessing
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hitparade.catalog.spelling import text_id
from hitparade.digest import canonical
from hitparade.engine.duck import Duck, file_list, literal
from hitparade.house import House, new, open_house
from hitparade.records import finding, lists, mirror_build, mirror_keys, song
from hitparade.records.mirror import Mirror
from hitparade.records.mirror_build import PARTS
from hitparade.records.mirror_own import SCHEMA
from hitparade.records.query import Ask

SIZE, FIRST, NEW = 100, date(1995, 1, 7), 9
NEAR = 130
"""Issues that a song may still come back after, but for the seasonal ones."""


def positions(series: int, issues: int, size: int) -> Iterator["np.ndarray[Any, np.dtype[np.int64]]"]:
    """Give for each issue the songs from position 1 down: they rise, fade, come back, some return every Christmas."""
    dice, new_ones = np.random.default_rng(series), NEW * size // SIZE
    number = new_ones * (issues + NEAR)
    start = np.repeat(np.arange(-NEAR, issues), new_ones)
    liked = dice.pareto(1.3, number) * 100 + 20
    rise, fade = dice.integers(1, 12, number), dice.integers(4, 60, number)
    seasonal = np.flatnonzero(dice.random(number) < 0.01)
    for issue in range(issues):
        low = issue * new_ones
        near = np.arange(low, low + new_ones * (NEAR + 1))
        if issue % 52 >= 47:
            past = seasonal[seasonal < low]
            near = np.concatenate([past, near])
        age = issue - start[near]
        shape = np.where(age < rise[near], (age + 1) / (rise[near] + 1), np.exp(-(age - rise[near]) / fade[near]))
        shape = np.where(age > NEAR, 0.3, shape)
        score = liked[near] * shape * dice.uniform(0.7, 1.3, len(near))
        best = np.argpartition(-score, size)[:size]
        yield near[best[np.argsort(-score[best], kind="stable")]]


def write_lines(folder: Path, series: int, issues: int, size: int = SIZE) -> int:
    """Write the printed lines of one chart and its prints; every second song is on all charts."""
    found = np.concatenate(list(positions(series, issues, size)))
    songs = np.where(found % 2 == 0, found, found + 1_000_000 * (series + 1))
    distinct, at = np.unique(songs, return_inverse=True)
    titles = pa.array([f"Song {number}" for number in distinct.tolist()])
    artists = pa.array([f"Artist {number % 9_973}" for number in distinct.tolist()])
    days = np.array([FIRST + timedelta(7 * issue) for issue in range(issues)], dtype="datetime64[D]")
    rows = len(found)
    columns = {
        "issue": pa.array(np.repeat(days, size)),
        "position": pa.array(np.tile(np.arange(1, size + 1), issues), pa.int32()),
        "title": titles.take(pa.array(at)),
        "credit": artists.take(pa.array(at)),
        "own_key": pa.array([""]).take(pa.array(np.zeros(rows, np.int64))),
        "place": pa.array([f"line {number}" for number in range(1, size + 1)]).take(
            pa.array(np.tile(np.arange(size), issues))
        ),
        "source": pa.array(["a-000000000000"]).take(pa.array(np.zeros(rows, np.int64))),
    }
    nothing = {field.name: pa.nulls(rows, field.type) for field in SCHEMA if field.name not in columns}
    table = pa.table({**columns, **nothing}).select([field.name for field in SCHEMA if field.name in LINE])
    table = table.append_column("series", pa.array([name_of(series)]).take(pa.array(np.zeros(rows, np.int64))))
    pq.write_table(table, folder / f"lines-{name_of(series)}.parquet", compression="zstd", row_group_size=122_880)
    numbers = [text_id(f"song {number} / artist {number % 9_973}") for number in distinct.tolist()]
    prints = {
        "title": titles, "credit": artists, "own_key": pa.array([""] * len(distinct)),
        "first": pa.array([date(1, 1, 1)] * len(distinct)), "last": pa.array([date(9999, 12, 31)] * len(distinct)),
        "song": pa.array(numbers, pa.int64()),
        "credit_id": pa.array([text_id("credit:" + text) for text in artists.to_pylist()], pa.int64()),
    }  # fmt: skip
    pq.write_table(pa.table(prints), folder / f"prints-{name_of(series)}.parquet", compression="zstd")
    return rows


LINE = ("issue", "position", "title", "credit", "own_key", "last", "peak", "weeks", "points", "place", "source")


def name_of(series: int) -> str:
    """Return a chart's id."""
    return f"sim-{series:02}"


def ours(folder: Path, out: Path) -> None:
    """Make the parts of each series as the mirror does: entries with their history, runs, issues."""
    engine = Duck(2, "4GB", out / "spill")
    works = [
        partial(_series, folder, out, file.stem.removeprefix("prints-")) for file in sorted(folder.glob("prints-*"))
    ]
    list(mirror_build.side_by_side(engine, works))


def _series(folder: Path, out: Path, name: str, duck: Duck) -> None:
    for view, file in (("given", f"lines-{name}"), ("prints", f"prints-{name}")):
        duck.run(f"create temp view {view} as select * from read_parquet({literal(folder / file)} || '.parquet')")
    duck.run("create temp table held (issue date, source varchar)")
    duck.run("create temp table parted as select 1 where false")
    place = out / f"series={name}"
    place.mkdir()
    parts = {part: partial(nullcontext, place / f"{part}.parquet") for part in PARTS}
    mirror_build.write_parts(duck, parts)


BY_HAND = """
copy (
    with numbered as (
        select l.*, i.ordinal, p.song, p.credit_id from read_parquet({lines}) l
        join (select series, issue, row_number() over (partition by series order by issue) as ordinal
            from (select distinct series, issue from read_parquet({lines}))) i using (series, issue)
        join (select distinct title, credit, song, credit_id from read_parquet({prints})) p using (title, credit)
    ),
    one as (
        select *, lag(ordinal) over w as seen, lag(position) over w as seen_at, row_number() over w as weeks,
            min(position) over (partition by series, song order by ordinal
                rows between unbounded preceding and 1 preceding) as best
        from numbered window w as (partition by series, song order by ordinal)
    ),
    two as (
        select *, case when seen = ordinal - 1 then seen_at end as last, least(position, best) as peak,
            count(*) filter (seen is distinct from ordinal - 1) over w as spell,
            max(weeks) filter (seen is distinct from ordinal - 1) over w as opened,
            max(issue) filter (best is null or position < best) over w as peak_issue,
            count(*) filter (best is null or position <= best) over w as hits
        from one window w as (partition by series, song order by ordinal rows unbounded preceding)
    )
    select series, issue, ordinal::integer as ordinal, position, song, title, credit, credit_id, place, source, last,
        peak, peak_issue,
        (hits - max(hits) filter (best is null or position < best) over w + 1)::integer as peak_weeks,
        weeks::integer as weeks, spell::integer as spell, (weeks - opened + 1)::integer as spell_weeks
    from two window w as (partition by series, song order by ordinal rows unbounded preceding)
    order by series, song, issue
) to {entries} (format parquet, compression zstd, parquet_version v2);
copy (
    select series, song, any_value(title), any_value(credit), min(issue), arg_min(position, issue), max(issue),
        arg_max(position, issue), count(*), min(position), arg_max(peak_issue, issue), arg_max(peak_weeks, issue),
        max(spell), count(*) filter (position = 1), min(issue) filter (position = 1),
        min(issue) filter (position <= 10), count(*) filter (position <= 10)
    from read_parquet({entries}) group by series, song order by series, song
) to {runs} (format parquet, compression zstd, parquet_version v2)
"""


def by_hand(folder: Path, out: Path) -> None:
    """Make the same by one statement over all charts."""
    duck = Duck(2, "4GB", out / "spill")
    files = {"lines": sorted(folder.glob("lines-*.parquet")), "prints": sorted(folder.glob("prints-*.parquet"))}
    places = {part: literal(out / f"{part}.parquet") for part in ("entries", "runs")}
    duck.run(BY_HAND.format(**{name: file_list(each) for name, each in files.items()}, **places))


def by_hand_in_turn(folder: Path, out: Path) -> None:
    """Make the same by the same statement, one chart after another."""
    duck = Duck(2, "4GB", out / "spill")
    for prints in sorted(folder.glob("prints-*.parquet")):
        name = prints.stem.removeprefix("prints-")
        places = {part: literal(out / f"{part}-{name}.parquet") for part in ("entries", "runs")}
        lines = folder / f"lines-{name}.parquet"
        duck.run(BY_HAND.format(lines=literal(lines), prints=literal(prints), **places))


def _child(work: str, folder: str, out: str, pipe: Any) -> None:  # noqa: ANN401 - a pipe's end
    Path(out).mkdir(parents=True, exist_ok=True)
    before = perf_counter()
    {"ours": ours, "by hand": by_hand, "by hand, chart by chart": by_hand_in_turn}[work](Path(folder), Path(out))
    pipe.send((perf_counter() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def measured(work: str, folder: Path, out: Path) -> tuple[float, int]:
    """Return seconds and peak megabytes of a piece of work in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_child, args=(work, str(folder), str(out), there))
    process.start()
    found = here.recv()
    process.join()
    return float(found[0]), int(found[1])


def mebibytes(folder: Path) -> float:
    """Return the size of a folder's files."""
    return sum(file.stat().st_size for file in folder.rglob("*.parquet")) / 2**20


def build(folder: Path, runs: int) -> Path:
    """Print what the history columns cost, ours and by hand, and return where ours lie."""
    works = ("ours", "by hand", "by hand, chart by chart")
    taken: dict[str, list[tuple[float, int]]] = {work: [] for work in works}
    for _ in range(runs):
        for work in works:
            taken[work].append(measured(work, folder, folder / work.replace(" ", "-").replace(",", "")))
    medians = {work: statistics.median(seconds for seconds, _ in each) for work, each in taken.items()}
    for work in works:
        peak = max(memory for _, memory in taken[work])
        size = mebibytes(folder / work.replace(" ", "-").replace(",", ""))
        print(f"  {work:24} {medians[work]:6.2f} s   peak {peak:5,} MB   writes {size:6.1f} MiB")
    best = min(medians[work] for work in works[1:])
    print(f"  history columns: ours / best by hand = {medians['ours'] / best:.2f} (aim 1.2)")
    return folder / "ours"


def mirror_of(folder: Path, made: Path, house: House) -> Mirror:
    """Return a mirror of what :func:`ours` made, with a catalog for it."""
    into, duck = house.paths.mirror, house.engine
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(made, into)
    names = sorted(each.name.removeprefix("series=") for each in into.glob("series=*"))
    runs, prints = (
        file_list([into / f"series={name}" / "runs.parquet" for name in names]),
        file_list(sorted(folder.glob("prints-*"))),
    )
    (into / "catalog").mkdir()
    for part, sql in CATALOG.items():
        text = sql.format(runs=runs, prints=prints)
        duck.run(f"copy ({text}) to {literal(into / 'catalog' / (part + '.parquet'))} (format parquet)")
    told = {
        "key": mirror_keys.evidence(house.paths, house.database).key,
        "series": {name: {part: f"series={name}/{part}.parquet" for part in PARTS} for name in names},
        "catalog": {part: f"catalog/{part}.parquet" for part in CATALOG},
    }
    (into / "mirror.json").write_bytes(canonical(told))
    return house.records.mirror


CATALOG = {
    "series": """select series, series as title, 'Nobody' as publisher, 'GB' as territory, 'archive' as kind,
        max(deepest)::integer as size, min(first_issue) as first_issue, max(last_issue) as last_issue,
        (max(last_issue) - min(first_issue) + 7)::integer // 7 as issues, true as simulated, 'simulated' as source
        from read_parquet({runs}, hive_partitioning = true) group by series""",
    "songs": """select distinct song, lower(title) || ' / ' || lower(credit) as key, title, credit
        from read_parquet({prints})""",
    "names": """select distinct song, lower(title) as name_key, lower(title) as base_key, lower(credit) as credit_key
        from read_parquet({prints}) order by name_key""",
    "credits": """select distinct credit_id, credit, credit_id as artist, 'lead' as role, 1::integer as place,
        'parsed' as how, credit as printed from read_parquet({prints})""",
    "artists": "select distinct credit_id as artist, lower(credit) as key, credit as name from read_parquet({prints})",
}

TOP = "select s.title, s.credit, x.* from ({}) x join songs s using (song) order by {}"
BY_HAND_RECORDS = {
    "most-weeks": TOP.format(
        """select song, count(*) as n, min(issue) as first, max(issue) as last from {e} group by song
        order by n desc, first, song limit 10""", "n desc, first, song"),
    "most-weeks-at-one": TOP.format(
        """select song, count(*) as n, min(issue) as first, max(issue) as last from {e} where position = 1 group by song
        order by n desc, first, song limit 10""", "n desc, first, song"),
    "longest-at-one-in-a-row": TOP.format(
        """select song, count(*) as n, min(issue) as first, max(issue) as last from (
            select song, issue, ordinal - row_number() over (partition by song order by ordinal) as island
            from {e} where position = 1) group by song, island order by n desc, first, song limit 10""",
        "n desc, first, song"),
    "longest-in-a-row": TOP.format(
        """select song, count(*) as n, min(issue) as first, max(issue) as last from (
            select song, issue, ordinal - row_number() over (partition by song order by ordinal) as island
            from {e}) group by song, island order by n desc, first, song limit 10""", "n desc, first, song"),
    "slowest-to-one": TOP.format(
        """select song, arg_min(weeks, issue) as n, min(issue) as first from {e} where position = 1 group by song
        order by n desc, first, song limit 10""", "n desc, first, song"),
    "biggest-climb": TOP.format(
        """select song, last - position as n, last, position, issue from {e} where last > position
        order by n desc, issue, position, song limit 10""", "n desc, issue, position, song"),
    "biggest-fall": TOP.format(
        """select song, position - last as n, last, position, issue from {e} where last < position
        order by n desc, issue, position, song limit 10""", "n desc, issue, position, song"),
    "longest-wait": TOP.format(
        """select song, first - debut as n, first from (
            select song, min(issue) as debut, min(issue) filter (position <= 10) as first from {e} group by song)
        where first is not null order by n desc, first, song limit 10""", "n desc, first, song"),
    "longest-gap-between-runs": TOP.format(
        """select song, issue - away as n, issue from (
            select song, issue, ordinal, lag(issue) over w as away, lag(ordinal) over w as before from {e}
            window w as (partition by song order by ordinal)) where before < ordinal - 1
        order by n desc, issue, song limit 10""", "n desc, issue, song"),
    "highest-debuts": TOP.format(
        """select song, position as n, issue from {e} where weeks = 1 and ordinal > 1
        order by n, issue, song limit 10""",
        "n, issue, song"),
    "most-top-tens": """select a.name, count(distinct song) as n from {e} join credits c using (credit_id)
        join artists a using (artist) where position <= 10 group by a.name order by n desc, a.name limit 10""",
    "most-entries": """select a.name, count(distinct song) as n from {e} join credits c using (credit_id)
        join artists a using (artist) group by a.name order by n desc, a.name limit 10""",
    "year-end": TOP.format(
        """select song, sum((select size from series where series = 'sim-00') + 1 - position)::bigint as n,
            min(position) as best, count(*) as weeks, min(issue) as first from {e} group by song
        order by n desc, best, weeks desc, first, song limit 10""", "n desc, best, weeks desc, first, song"),
    "simultaneous-entries": """select any_value(a.name), count(distinct song) as n, issue from {e}
        join credits c using (credit_id) join artists a using (artist) group by artist, issue
        order by n desc, issue, artist limit 10""",
}  # fmt: skip
"""The same questions, each asked in the best SQL that we can write over the entries of the one chart."""


def records(house: House, chart: str, runs: int) -> None:
    """Print what each record takes, ours from asking to answer, and by hand over the same Parquet."""
    place = next((house.paths.mirror / f"series={chart}").glob("entries*.parquet"))
    taken, total = {}, [0.0, 0.0]
    for name, record in lists.known().items():
        if record.needs or "awards" in record.kinds:
            continue
        work, note = partial(house.records.ask, name, Ask(chart=chart, top=10)), ""
        if name in BY_HAND_RECORDS:
            text = BY_HAND_RECORDS[name].replace("{e}", f"read_parquet({literal(place)})")
            by_hand = partial(house.records.mirror.rows, text)
            note = "" if _told(record, work().rows) == _told(None, by_hand()) else "   NOT THE SAME"
            hand = timed(by_hand, runs)
        taken[name] = timed(work, runs)
        if name in BY_HAND_RECORDS:
            total = [total[0] + taken[name], total[1] + hand]
            note = f"   by hand {hand:7.1f} ms   ratio {taken[name] / hand:5.2f}{note}"
        print(f"  {name:26} {taken[name]:7.1f} ms{note}")
    worst = max(taken, key=lambda name: taken[name])
    print(f"  those with a hand-written statement: {total[0]:.0f} ms against {total[1]:.0f} ms, ", end="")
    print(f"ratio {total[0] / total[1]:.2f} (aim 1.2); of all, heaviest {worst}, {taken[worst]:.0f} ms (aim 300)")


def _told(record: lists.Named | None, rows: Sequence[Sequence[object]]) -> list[tuple[object, object]]:
    """Return the ten first names with their numbers: of ours the column that ranks, by hand the first small number."""
    if record is None:
        return [(row[0], _numbers(row)[0]) for row in rows]
    ranks = record.columns.index(record.order.split()[0].strip(",")) if record.order else _POINTS
    named = next(at for at, column in enumerate(record.columns) if column in ("title", "artist"))
    return [(row[named], row[ranks]) for row in rows[:10]]


_POINTS = 3
"""The column of a year-end that ranks it."""


def _numbers(row: Sequence[object]) -> list[int]:
    return [cell for cell in row if isinstance(cell, int) and abs(cell) < 2**40]


def histories(house: House, runs: int) -> None:
    """Print how long a song's full history takes when the mirror is open."""
    mirror = house.records.mirror
    longest = mirror.rows(
        "select title, credit, sum(weeks), count(*) from runs group by all order by 3 desc, 1 limit 1"
    )[0]
    name = f"{longest[0]} - {longest[1]}"
    taken = timed(lambda: song.history(house.records.mirror, finding.one(mirror, name)), runs * 5)
    print(f"  full history of {name}: {longest[2]:,} lines on {longest[3]} charts: {taken:.1f} ms (aim 20)")
    before = perf_counter()
    Mirror.open(house.paths, house.database, house.engine).close()
    print(f"  opening the mirror, nothing changed: {(perf_counter() - before) * 1000:.1f} ms")


def timed(work: Callable[[], object], runs: int) -> float:
    """Return the median milliseconds of a piece of work, warm."""
    work()
    taken = []
    for _ in range(runs):
        before = perf_counter()
        work()
        taken.append((perf_counter() - before) * 1000)
    return statistics.median(taken)


def opened(folder: Path, made: Path) -> House:
    """Return a house with that mirror."""
    place = folder / "house"
    shutil.rmtree(place, ignore_errors=True)
    new(place).close()
    house = open_house(place)
    mirror_of(folder, made, house)
    return house


def main(words: Sequence[str]) -> None:
    """Make the lines, measure, print."""
    charts, issues, runs = (int(word) for word in (*words, *("60", "1167", "3")[len(words) :]))
    with tempfile.TemporaryDirectory(prefix="hitparade-records-") as scratch:
        folder = Path(scratch)
        entries = sum(write_lines(folder, series, issues) for series in range(charts))
        print(f"{charts} simulated charts, {issues:,} issues each, {entries:,} entries, median of {runs}")
        made = build(folder, runs)
        house = opened(folder, made)
        histories(house, runs)
        records(house, name_of(0), runs)
        house.close()
    with tempfile.TemporaryDirectory(prefix="hitparade-records-") as scratch:
        folder, deep = Path(scratch), charts * 100
        entries = write_lines(folder, 0, issues, deep)
        print(f"one simulated chart of {deep:,} lines, {issues:,} issues, {entries:,} entries, median of {runs}")
        measured("ours", folder, folder / "ours")
        house = opened(folder, folder / "ours")
        histories(house, runs)
        records(house, name_of(0), runs)
        house.close()


if __name__ == "__main__":
    main(sys.argv[1:])
