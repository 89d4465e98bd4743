"""The shipped books once more, over a small world: slow and obvious, from the TOML and Parquet files themselves.

It imports nothing of hitparade. What single rows and lines become is told by ``oracle``; here is what a book adds to
that: sets of territories, windows and panels of their own, audience and money, and the charts that charts read.
"""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

import oracle

Row = dict[str, Any]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
JUST_SAID = {
    "format", "id", "title", "publisher", "territory", "dated_by", "about", "steps", "sources", "life", "names",
    "publishers", "label", "restatement", "year_end", "half_year", "decade", "all_time",
}  # fmt: skip
"""What does not decide a week's chart once its dates are known."""
READ = {
    "size", "week", "units", "panel", "minimum_play", "cap_per_consumer", "repeats", "ties", "territories",
    "component_week", "price_floor", "uplift", "release_age", "recurrent", "artist_cap", "accelerated", "distribution",
    "chart_age", "inherits", "elsewhere", "growth",
}  # fmt: skip
WITHOUT_EFFECT = {
    "events": "the world tells of no sale in several events",
    "bulk": "nobody in the world is named as a buyer",
    "imputation": "every channel of the world reports every day",
    "outage": "every channel of the world reports every day",
    "album_cap": "nobody in the world says on which album a song is",
    "markers": "signs beside a line change no place",
    "duration": "nobody in the world says how long a song lasts",
    "holidays": "they move only the date, and the dates are given",
    "credited": "under which name a song is printed changes no place",
    "versions": "the world has none of the songs that they name",
}


def world(folder: Path) -> list[Row]:
    """Return the rows of every file of a world."""
    rows = [row for file in sorted(folder.glob("*.parquet")) for row in pq.read_table(file).to_pylist()]
    return [
        {**row, "isrc": row["isrc"] or "", "title": row["title"] or "", "artist": row["artist"] or ""} for row in rows
    ]


def in_force(block: Row | None, book: Row, first_day: date, issue_date: date) -> Row | None:
    """Return the dated value that holds for an issue; None before the first and where it is off."""
    if block is None:
        return None
    day = issue_date if block.get("dated_by", book["dated_by"]) == "issue_date" else first_day
    started = [since for since in sorted(block["values"]) if since <= day.isoformat()]
    found = block["values"][started[-1]] if started else None
    return None if found is None or found.get("off") else found


class World:
    """The charts of a world, one book after the other; those that others read come first."""

    def __init__(self, rows: list[Row], books: Path) -> None:
        self.rows, self.books = rows, books
        self.songs = oracle.identities(rows)
        self.issues: dict[str, list[tuple[date, Row]]] = {}
        self.known: dict[str, list[tuple[date, Row]]] = {}
        self.firsts: dict[str, dict[str, date]] = {}

    def chart(self, name: str, weeks: list[tuple[date, date]]) -> list[Row]:
        """Return every issue of a chart, and remember what other charts may read of it."""
        book = tomllib.loads((self.books / f"{name}.toml").read_text("utf-8"))
        unknown = set(book) - JUST_SAID - READ - set(WITHOUT_EFFECT)
        assert not unknown, f"{name}: the oracle does not know {', '.join(sorted(unknown))}"
        counting = Counting(self, book)
        memory: dict[str, Row] = {}
        self.issues[name], self.known[name], self.firsts[name] = [], [], {}
        last_issue = None
        for first_day, issue_date in weeks:
            rules = self.rules(book, first_day, issue_date)
            weeks_back = [counting.tally(rules, first_day - timedelta(7 * n)) for n in range(5)]
            rules["more"] = self.more(name, counting.channels(rules, first_day), first_day, issue_date)
            made = oracle.one_issue(weeks_back, self.songs, rules, memory, last_issue, first_day, issue_date, [])
            self.issues[name].append((issue_date, made))
            self.known[name].append((issue_date, deepcopy(memory)))
            for entry in made["entries"]:
                self.firsts[name].setdefault(entry[1], issue_date)
            last_issue = issue_date
        return [made for _, made in self.issues[name]]

    def rules(self, book: Row, first_day: date, issue_date: date) -> Row:
        """Return what holds for an issue, as ``oracle`` wants it."""

        def held(block: str) -> Row | None:
            return in_force(book.get(block), book, first_day, issue_date)

        def measured(block: str) -> dict[str, Row]:
            found = {m: in_force(each, book, first_day, issue_date) for m, each in book.get(block, {}).items()}
            return {measure: value for measure, value in found.items() if value}

        week, ties, panel = held("week"), held("ties"), held("panel")
        assert week
        assert ties
        weekday, at = week["starts"].split()
        uplift = {measure: Fraction(*each["value"]) for measure, each in measured("uplift").items()}
        amounts = measured("units")
        return {
            "zone": week["zone"],
            "weekday": WEEKDAYS.index(weekday),
            "at": at,
            "territory": "X",
            "steps": book.get("steps", []),
            "size": held("size")["value"],
            "amounts": amounts,
            "units": {m: pair(each["value"], uplift.get(m, Fraction(1))) for m, each in amounts.items()},
            "windows": measured("component_week"),
            "floors": measured("price_floor"),
            "minimum_play": {m: each["value"] for m, each in measured("minimum_play").items()},
            "cap": {m: each["value"] for m, each in measured("cap_per_consumer").items()},
            "repeats": (held("repeats") or {"value": "count"})["value"],
            "members": self.members(panel),
            "paneled": (panel or {}).get("measures"),
            "territories": held("territories") or {"of": [book["territory"]], "minus": []},
            "ties": (ties["order"], ties.get("shared", "no")),
            **{step: params(held(step), uplift) for step in book.get("steps", [])},
        }

    def members(self, panel: Row | None) -> dict[str, int] | None:
        """Return the weight of each channel of a panel; None without one."""
        if panel is None:
            return None
        if "channels" in panel:
            said = panel["channels"]
            return said if isinstance(said, dict) else dict.fromkeys(said, 1)
        with (self.books / "panels" / panel["file"]).open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        return {line["channel"]: int(line["weight"]) for line in lines if line.get("format") == panel.get("format")}

    def more(
        self, name: str, channels: dict[str, int], first_day: date, issue_date: date
    ) -> dict[str, Callable[..., list[Row]]]:
        """Return the kinds of rules that ``oracle`` does not know, each giving the lines that leave."""

        def newest(kept: dict[str, list[tuple[date, Row]]], chart: str) -> Row | None:
            found = [made for day, made in kept.get(chart, []) if day <= issue_date]
            return found[-1] if found else None

        def distribution(lines: list[Row], terms: Row) -> list[Row]:
            return [line for line in lines if channels.get(line["key"], 0) < terms["channels"]]

        def release_age(lines: list[Row], terms: Row) -> list[Row]:
            young = [line for line in lines if not oracle.is_older(line["released"], terms, first_day)]
            return young if terms.get("keep") == "older" else [line for line in lines if line not in young]

        def chart_age(lines: list[Row], terms: Row) -> list[Row]:
            return [x for x in lines if oracle.is_older(self.firsts[name].get(x["key"]), terms, issue_date)]

        def inherits(lines: list[Row], terms: Row) -> list[Row]:
            firsts = self.firsts.get(terms["chart"], {})
            assert not any(oracle.is_older(first, terms, issue_date) for first in firsts.values()), "a longer world"
            return lines if terms["only"] else []

        def elsewhere(lines: list[Row], terms: Row) -> list[Row]:
            return [x for x in lines if any(says(x["key"], each) for each in terms["charts"])]

        def says(key: str, terms: Row) -> bool:
            made, known = newest(self.issues, terms["chart"]), newest(self.known, terms["chart"])
            if made is None or known is None:
                return False
            if terms["when"] == "on":
                return any(entry[1] == key for entry in made["entries"])
            return key in known and (terms["when"] == "ever" or known[key]["recurrent"])

        return {
            "distribution": distribution, "release_age": release_age, "chart_age": chart_age, "inherits": inherits,
            "elsewhere": elsewhere, "artist_cap": capped, **dict.fromkeys(WITHOUT_EFFECT, nobody),
        }  # fmt: skip


def nobody(_lines: list[Row], _terms: Row) -> list[Row]:
    """Return no line at all."""
    return []


def pair(said: Any, uplift: Fraction) -> tuple[int, int]:  # noqa: ANN401 - a number or a list of two
    """Return how many make one unit as a fraction in two numbers, less when the measure is raised."""
    ratio = Fraction(*said) if isinstance(said, list) else Fraction(said)
    return (ratio / uplift).as_integer_ratio()


def params(said: Row | None, uplift: dict[str, Fraction]) -> Row | None:
    """Return the parameters of a step with its own ratios in two numbers."""
    if said is None or "units" not in said:
        return said
    return {**said, "units": {m: pair(each, uplift.get(m, Fraction(1))) for m, each in said["units"].items()}}


def capped(lines: list[Row], terms: Row) -> list[Row]:
    """Return the lines of each lead artist after his first few that are still in."""
    if terms.get("by", "credit") == "credit":
        return oracle.beyond_cap(lines, terms["entries"])
    seen: dict[str, int] = defaultdict(int)
    off = []
    for line in lines:
        if line["off"]:
            continue
        leads = re.split(r"[\s(]+(?:featuring|feat\.?|ft\.?)\s", line["credit"].casefold())[0]
        names = {oracle.folded(name) for name in re.split(r"\s*,\s*|\s(?:&|\+|and|with|vs\.?|x)\s", leads)}
        if any(seen[name] >= terms["entries"] for name in names):
            off.append(line)
            most = max(seen[name] for name in names)
            assert len([name for name in names if seen[name] == most]) == 1 or len(names) == 1, "say who is counted"
        else:
            for name in names:
                seen[name] += 1
    return off


class Counting:
    """What a book counts of a world's rows."""

    def __init__(self, world: World, book: Row) -> None:
        self.world, self.book = world, book
        self.counted: dict[str, list[tuple[Row, int]]] = {}
        self.done: dict[str, dict[str, dict[str, int]]] = {}

    def rows(self, rules: Row) -> list[tuple[Row, int]]:
        """Return the rows of the territories that count by the rules that see single rows."""
        said = repr([rules[key] for key in ("territories", "zone", "minimum_play", "cap", "repeats", "at", "weekday")])
        if said not in self.counted:
            of, minus = rules["territories"]["of"], rules["territories"].get("minus", [])
            here = [
                {**row, "territory": "X"}
                for row in self.world.rows
                if (row["territory"] in of or "GLOBAL" in of) and row["territory"] not in minus
            ]
            self.counted[said] = oracle.counting(here, self.world.songs, rules, ZoneInfo(rules["zone"]))
        return self.counted[said]

    def within(self, rules: Row, first_day: date) -> list[tuple[Row, int, int]]:
        """Return the rows of the week that begins on a day, each with how much of it counts and its weight."""
        shift, found = timedelta(hours=int(rules["at"][:2]), minutes=int(rules["at"][3:])), []
        for row, quantity in self.rows(rules):
            measure = row["measure"]
            if measure not in rules["units"]:
                continue
            first = first_day + timedelta(rules["windows"].get(measure, {}).get("after_days", 0))
            day = row["day"] or civil_day(row["at"], rules["zone"], shift)
            if not row["at"] and oracle.is_cut(day, rules):
                continue
            weight = weight_of(row, rules)
            if first <= day < first + timedelta(7) and weight and not is_cheap(row, rules):
                found.append((row, quantity, weight))
        return found

    def tally(self, rules: Row, first_day: date) -> dict[str, dict[str, int]]:
        """Return for each song what counts of each measure in a week: pieces, people reached or money."""
        said = repr([rules[key] for key in ("amounts", "windows", "floors", "members", "minimum_play", "cap")])
        key = f"{first_day} {said}"
        if key not in self.done:
            sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
            for row, quantity, weight in self.within(rules, first_day):
                song = self.world.songs[oracle.spelling(row)]["key"]
                sums[song][row["measure"]] += amount(row, quantity, rules["amounts"][row["measure"]]) * weight
            self.done[key] = {song: rounded(each, rules["amounts"]) for song, each in sums.items()}
        return self.done[key]

    def channels(self, rules: Row, first_day: date) -> dict[str, int]:
        """Return how many channels reported each song in a week."""
        told: dict[str, set[str]] = defaultdict(set)
        for row, quantity, _ in self.within(rules, first_day):
            if quantity > 0:
                told[self.world.songs[oracle.spelling(row)]["key"]].add(row["channel"])
        return {song: len(each) for song, each in told.items()}


def civil_day(instant: datetime, zone: str, shift: timedelta) -> date:
    """Return the day of a zone, begun so much after midnight, on which a naive UTC instant lies."""
    return (instant.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) - shift).date()


def weight_of(row: Row, rules: Row) -> int:
    """Return the weight of a row's channel: one without a panel or outside of what the panel is for."""
    uses = rules["paneled"]
    if rules["members"] is None or (uses is not None and row["measure"] not in uses):
        return 1
    return int(rules["members"].get(row["channel"], 0))


def is_cheap(row: Row, rules: Row) -> bool:
    """Return whether a sale costs less than the least price."""
    floor = rules["floors"].get(row["measure"])
    return bool(
        floor and row["price"] and row["currency"] == floor["currency"] and minor(row["price"]) < floor["value"]
    )


def minor(price: str) -> int:
    """Return a price in hundredths."""
    return int(Fraction(price) * 100)


def amount(row: Row, quantity: int, unit: Row) -> int:
    """Return how much a row adds: pieces, people or money of one currency."""
    of = unit.get("of", "quantity")
    if of == "audience":
        return row["audience"] or 0
    if of == "revenue":
        return minor(row["price"]) * quantity if row["price"] and row["currency"] == unit["currency"] else 0
    return quantity


def rounded(sums: dict[str, int], amounts: dict[str, Row]) -> dict[str, int]:
    """Return a song's sums of a week, each down to a multiple where the book says so."""
    assert all(each.get("rounding", "down") == "down" for each in amounts.values())
    return {m: n // amounts[m].get("rounded_to", 1) * amounts[m].get("rounded_to", 1) for m, n in sums.items()}
