"""The history columns against window functions: the same facts, asked in the slow and obvious way."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitparade.engine.duck import Duck
from hitparade.records.mirror_life import HISTORY, told

BY_WINDOWS = """
with best as (select song, ordinal, issue, min(position) as position from lines group by song, ordinal, issue),
one as (
    select *, lag(ordinal) over w as seen, lag(position) over w as seen_at, row_number() over w as weeks,
        min(position) over (partition by song order by ordinal rows unbounded preceding) as peak
    from best window w as (partition by song order by ordinal)
),
two as (
    select *, sum((seen is distinct from ordinal - 1)::int) over (partition by song order by ordinal) as spell from one
),
three as (
    select *, case when seen = ordinal - 1 then seen_at end as last,
        row_number() over (partition by song, spell order by ordinal) as spell_weeks from two
)
select l.song, l.ordinal, l.position, t.last, t.peak,
    (select min(issue) from best b where b.song = t.song and b.position = t.peak) as peak_issue,
    (select count(*) from best b where b.song = t.song and b.position = t.peak and b.ordinal <= t.ordinal) as there,
    t.weeks, t.spell, t.spell_weeks
from lines l join three t on t.song = l.song and t.ordinal = l.ordinal order by l.song, l.ordinal, l.position
"""
FIRST = date(2020, 1, 4)


@pytest.fixture(scope="module")
def duck(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Duck]:
    engine = Duck(1, "512MB", tmp_path_factory.mktemp("spill"))
    yield engine
    engine.close()


def table(lines: list[tuple[int, int, int]]) -> pa.Table:
    """Lines of song, issue number and position, sorted as the mirror sorts them."""
    rows = sorted(set(lines))
    kinds = {"song": pa.int64(), "ordinal": pa.int32(), "position": pa.int32()}
    columns = [pa.array([row[at] for row in rows], kind) for at, kind in enumerate(kinds.values())]
    issue = pa.array([FIRST + timedelta(7 * row[1]) for row in rows], pa.date32())
    return pa.table([*columns, issue], names=[*kinds, "issue"])


LINES = st.lists(
    st.tuples(st.integers(1, 4) | st.just(2**62), st.integers(1, 9), st.integers(1, 5) | st.just(2_000)), max_size=60
)


@given(lines=LINES)
def test_one_walk_gives_what_windows_give(duck: Duck, lines: list[tuple[int, int, int]]) -> None:
    """Absences, ties with the own peak and two prints on one issue included."""
    made = table(lines)
    found = told(made).entries.select(["song", "ordinal", "position", *HISTORY])
    with duck.table("lines", made):
        wanted = duck.rows(BY_WINDOWS)
    assert [tuple(row.values()) for row in found.to_pylist()] == wanted


@given(lines=LINES)
def test_the_better_lines_are_one_an_issue(lines: list[tuple[int, int, int]]) -> None:
    best = told(table(lines)).best
    kept: dict[tuple[int, int], int] = {}
    for song, ordinal, position in lines:
        kept[song, ordinal] = min(position, kept.get((song, ordinal), position))
    rows = zip(*(best.column(name).to_pylist() for name in ("song", "ordinal", "position")), strict=True)
    assert {(song, ordinal): position for song, ordinal, position in rows} == kept
    assert best.num_rows == len(kept)


def test_no_lines_have_no_history() -> None:
    assert told(table([])).entries.column_names == ["song", "ordinal", "position", "issue", *HISTORY]


def test_songs_may_be_written_a_share_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A series of more lines than are sorted at once gives the same rows."""
    from contextlib import nullcontext
    from functools import partial

    from hitparade.engine.duck import literal
    from hitparade.records import mirror_build

    def written(folder: Path) -> list[tuple[object, ...]]:
        folder.mkdir()
        engine = Duck(1, "512MB", tmp_path / "spill")
        engine.run(
            """create temp table given as select date '2020-01-04' + 7 * (n // 40)::integer as issue,
            (n % 40 + 1)::integer as position, 'Song ' || (n * 7 % 90) as title, 'Ann' as credit, '' as own_key,
            null::integer as last, null::integer as peak, null::integer as weeks, null::bigint as points,
            'line ' || n as place, 'a-1' as source from range(400) t(n)"""
        )
        engine.run("create temp table held (issue date, source varchar)")
        engine.run("create temp table parted as select 1 where false")
        engine.run(
            """create temp table prints as select distinct title, credit, '' as own_key, date '0001-01-01' as first,
            date '9999-12-31' as last, (md5_number_lower(title) >> 1)::bigint as song, 1::bigint as credit_id
            from given"""
        )
        parts = {part: partial(nullcontext, folder / part) for part in mirror_build.PARTS}
        mirror_build.write_parts(engine, parts)
        rows = [
            engine.rows(f"select * from read_parquet({literal(folder / part)}) order by all")
            for part in mirror_build.PARTS
        ]
        engine.close()
        return [row for part in rows for row in part]

    whole = written(tmp_path / "whole")
    monkeypatch.setattr(mirror_build, "LINES_AT_ONCE", 50)
    assert written(tmp_path / "shares") == whole
    assert len(whole) > 400
