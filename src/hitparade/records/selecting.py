"""The rows of a record that is a statement: read by the shortest way, titled and cut where the ranking says."""

from dataclasses import dataclass
from typing import Any

from hitparade.records.lists import TITLED, Finish, Named, Rest, Work, shown
from hitparade.records.query import Ask, Asked, Row, Views, compared, ordered, run, typed
from hitparade.records.ties import MOST, kept, ranked_by, sharing

RESTS = ("_id", "_first", "_last", "_depth")


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows of a record are read.

    Attributes:
        core: the statement of all rows; ``tests`` are what they must pass.
        picked: the statement of the rows that are needed, in order.
        counted: whether each of these says how many rows there are, and how many share its place.
        count: what counts all rows otherwise.
        finish: what is looked up for the rows that are shown.
    """

    core: str
    tests: tuple[str, ...]
    order: str
    picked: str
    counted: bool
    count: str
    finish: Finish | None
    values: dict[str, Any]

    def number(self, views: Views, asked: Asked, *tests: str, **values: Any) -> int:  # noqa: ANN401 - what SQL may bind
        """Return how many rows there are that pass further tests as well."""
        all_tests = " and ".join((*self.tests, *tests))
        sql = self.count if self.count and not all_tests else f"select count(*) from ({self.core}){_where(all_tests)}"
        return int(run(views, sql, asked, {**self.values, **values})[0][0])


def selected(views: Views, record: Named, asked: Asked) -> Work:
    """Return the rows of a statement; titles are looked up for the rows that are shown, not for all."""
    way = _way(views, record, asked)
    late = way.finish is TITLED and bool(shown(record, asked.ask))
    sql = way.finish.sql.format(way.picked) if way.finish and not late else way.picked
    more = ("_rows", "_same") if way.counted else ()
    names = ("null" if late and name in TITLED.adds else f'"{name}"' for name in (*record.columns, *RESTS, *more))
    found = run(views, f"select {', '.join(names)} from ({sql}) order by {way.order}", asked, way.values)
    return _ranked(views, record, asked, _titled(views, record, asked, found) if late else found, way)


def _way(views: Views, record: Named, asked: Asked) -> Way:
    """Return the shortest way to the rows of a record: what is asked of all issues is partly worked out already."""
    ask, top = asked.ask, shown(record, asked.ask)
    order = ", ".join(filter(None, [ordered(ask.order, record.columns), record.order]))
    wholly = asked.everything and ask.depth in (0, record.depth)
    core, finish = record.whole if record.whole and wholly else record.sql, record.finish
    whole = finish.sql.format(core) if finish else core
    tests, values = _tests(views, record, asked, whole)
    # Where rows are credited artists, counting them apart would group them twice.
    counted = not record.plain and not (core is record.whole and not record.credits)
    if finish and any(column in f"{ask.order} {' '.join(tests)}" for column in finish.adds):
        core, finish = whole, None
    plainly = wholly and top > 0 and not tests and not ask.order
    values["most"] = most = top + MOST + 1
    if plainly and record.ahead and not (asked.artist or asked.song) and (ahead := record.ahead(views, asked, most)):
        return Way(core, (), order, ahead, counted, "", finish, values)
    same = f'count(*) over (partition by "{record.columns[place]}")' if (place := _place(record, ask)) >= 0 else "0"
    columns = f"*, count(*) over () as _rows, {same} as _same" if counted else "*"
    least = record.first if plainly and record.first else core
    limit = f" limit {most}" if top else ""
    picked = f"select {columns} from ({least}){_where(' and '.join(tests))} order by {order}{limit}"
    return Way(core, tuple(tests), order, picked, counted, record.count if plainly else "", finish, values)


def _place(record: Named, ask: Ask) -> int:
    """Return the column of a record's own ranking; -1 where there is none, or another order is asked for."""
    found = None if ask.order else ranked_by(record, ask, ())
    return -1 if found is None else found


def _where(tests: str) -> str:
    return f" where {tests}" if tests else ""


def _titled(views: Views, record: Named, asked: Asked, found: list[Row]) -> list[Row]:
    """Return rows with what :data:`TITLED` adds, looked up by the numbers of their songs."""
    at = {name: place for place, name in enumerate((*record.columns, *RESTS))}
    ids = sorted({row[at["_id"]] for row in found})
    sql = f"select song, title, credit from runs where song in ({', '.join(map(str, ids)) or 'null'})"
    names = {song: name for song, *name in run(views, sql, asked)}
    full = []
    for row in map(list, found):
        row[at["title"]], row[at["credit"]] = names[row[at["_id"]]]
        if row[at["_first"]] is None and asked.series:
            row[at["_first"]] = views.outline(asked.series.id).before(row[at["_last"]])
        full.append(tuple(row))
    return full


def _ranked(views: Views, record: Named, asked: Asked, found: list[Row], way: Way) -> Work:
    """Return the rows that are shown: as many as asked for, and those that share the last place."""
    top, column = shown(record, asked.ask), ranked_by(record, asked.ask, found)
    rows = found[: kept(found, top, column)]
    tied = 0
    if column is not None and 0 < top == len(rows) < len(found) and sharing(found, top, column):
        value = rows[-1][column]
        tied = _same(views, record, asked, way, rows[-1], column) - sum(1 for row in rows if row[column] == value)
    total = int(found[0][-2]) if found and way.counted else len(found)
    if not way.counted and top and len(found) > top + MOST:
        total = way.number(views, asked)
    width = len(record.columns)
    rests = tuple(Rest(record.rests, *row[width : width + 4]) for row in rows)
    return Work(tuple(row[:width] for row in rows), rests, facts={"rows": total}, tied=tied)


def _same(views: Views, record: Named, asked: Asked, way: Way, last: Row, column: int) -> int:
    """Return how many rows share the place of the last one that is shown."""
    if way.counted and column == _place(record, asked.ask):
        return int(last[-1])
    name = record.columns[column]
    return way.number(views, asked, f'"{name}" is not distinct from $shared', shared=last[column])


def _tests(views: Views, record: Named, asked: Asked, core: str) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions of the filters, their values read as what the columns hold."""
    filters = tuple(compared(asked.ask.where, record.columns))
    kinds = {row[0]: row[1] for row in run(views, f"describe {core}", asked)} if filters else {}
    tests, values = [], {}
    for number, one in enumerate(filters):
        tests.append(f'"{one.column}" {one.sign.replace("!=", "<>")} $where_{number}')
        values[f"where_{number}"] = typed(one, kinds[one.column])
    return tests, values
