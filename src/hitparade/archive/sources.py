"""Which deliveries an issue rests on, and what became of them since."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, select

from hitparade import database as db
from hitparade.rulebook.rules import Rules

_KEPT = ("id", "name", "digest", "format", "reader", "mapping", "supplier")


def span(rules: Rules) -> tuple[date, date]:
    """Return the first and last day that an issue reads, its look-back included.

    A delivery may know civil days or UTC instants, so both kinds of the window's days count.
    """
    scope = rules.counting
    windows = (rules.issue.window, *scope.windows.values(), *scope.earlier)
    first = min(min(window.first_day, window.starts.date()) for window in windows)
    last = max(max(window.last_day, (window.ends - timedelta(microseconds=1)).date()) for window in windows)
    weeks = max((said.weeks for said in scope.imputation.values()), default=0)
    back = 0 if scope.earlier else len((scope.nominal or rules.issue.window).days) * rules.look_back
    return first - timedelta(back + 7 * weeks), last


def deliveries_of(database: Engine, rules: Rules) -> tuple[dict[str, str], ...]:
    """Return the deliveries in force that reach into an issue's days, by id, as an edition lists them."""
    first, last = span(rules)
    wanted, found = rules.counting.territories, []
    counts = wanted.holds if wanted else rules.territory.__eq__
    for row in _deliveries(database):
        if row["replaced_by"] is not None or not any(counts(code) for code in json.loads(row["territories"])):
            continue
        if row["first_day"] and row["first_day"] <= last.isoformat() and row["last_day"] >= first.isoformat():
            found.append({key: str(row[key]) for key in _KEPT})
    return tuple(sorted(found, key=lambda each: each["id"]))


def _deliveries(database: Engine) -> Sequence[Mapping[str, Any]]:
    with database.connect() as connection:
        return [dict(row) for row in connection.execute(select(db.deliveries)).mappings()]


def changes(database: Engine, rules: Rules, then: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Return a sentence for each delivery that came, went or was replaced since ``then`` was listed."""
    rows = {row["id"]: row for row in _deliveries(database)}
    now = {each["id"]: each for each in deliveries_of(database, rules)}
    before = {each["id"]: each for each in then}
    for name in sorted(before.keys() - now.keys()):
        row, file = rows.get(name), before[name]["name"]
        if row is None:
            yield f"delivery {name} ({file}) is no longer in the house"
        elif row["replaced_by"]:
            other = rows.get(row["replaced_by"], {"name": "?"})["name"]
            yield f"delivery {name} ({file}) was replaced by {row['replaced_by']} ({other}) after publication"
        else:
            yield f"delivery {name} ({file}) no longer reaches into these days"
    taken = {row["replaced_by"] for row in rows.values() if row["id"] in before}
    for name in sorted(now.keys() - before.keys() - taken):
        yield f"delivery {name} ({now[name]['name']}) came in late, at {rows[name]['received_at']}"
