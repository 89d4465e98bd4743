"""The shipped books once more, over a small world: slow and obvious, from the TOML and Parquet files themselves.

It imports nothing of hitparade. What single rows and lines become is told by ``oracle``; here is what a book adds to
that: sets of territories, windows and panels of their own, audience and money, and the charts that charts read.
"""

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq

import oracle
import oracle_signs

Row = dict[str, Any]
Week = tuple[date, int, date, str]
"""The first day of a window, how many days it has, the date of its issue, and ``repeat`` or nothing."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
JUST_SAID = {
    "format", "id", "title", "publisher", "territory", "dated_by", "about", "steps", "sources", "life", "names",
    "publishers", "label", "restatement", "year_end", "half_year", "decade", "all_time", "series_break",
}  # fmt: skip
"""What does not decide a week's chart once its dates are known."""
READ = {
    "size", "week", "units", "panel", "minimum_play", "cap_per_consumer", "repeats", "ties", "territories",
    "component_week", "price_floor", "uplift", "release_age", "recurrent", "artist_cap", "accelerated", "distribution",
    "chart_age", "inherits", "elsewhere", "growth", "markers", "credited", "versions", "skipped", "holidays",
}  # fmt: skip
WITHOUT_EFFECT = {
    "events": "the world tells of no sale in several events",
    "bulk": "nobody in the world is named as a buyer",
    "products": "nobody in the world says what a product holds",
    "imputation": "every channel of the world reports every day",
    "outage": "every channel of the world reports every day",
    "album_cap": "nobody in the world says on which album a song is",
    "duration": "nobody in the world says how long a song lasts",
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
        self.admitted: dict[str, dict[str, int]] = defaultdict(dict)

    def book(self, name: str) -> Row:
        """Return a book as it is written."""
        book = tomllib.loads((self.books / f"{name}.toml").read_text("utf-8"))
        unknown = set(book) - JUST_SAID - READ - set(WITHOUT_EFFECT)
        assert not unknown, f"{name}: the oracle does not know {', '.join(sorted(unknown))}"
        return book

    def chart(self, name: str, rulings: list[Row]) -> dict[date, Row]:
        """Return every issue of a chart by its date, and remember what other charts may read of it."""
        book = self.book(name)
        counting = Counting(self, book)
        memory: dict[str, Row] = {}
        printed: dict[str, tuple[str, str]] = {}
        self.issues[name], self.known[name], self.firsts[name] = [], [], {}
        last_issue = None
        for first_day, days, issue_date, how in self.weeks(book, counting):
            rules = self.rules(book, first_day, issue_date)
            held = [each for each in rulings if each["first"] <= issue_date <= each["last"]]
            alone = [counting.tally(rules, first_day - timedelta(days * n), days) for n in range(5)]
            weeks_back = [oracle_signs.in_one(sums, rules["versions"]) for sums in alone]
            self.ask_others(rules, name, (counting.channels(rules, first_day, days), first_day, issue_date), held)
            rules["weighs"] = self.weighs(rules, issue_date, oracle_signs.Credits(self.songs, alone[0], rules, printed))
            seen: list[Row] = []
            if how == "repeat":
                made = oracle_signs.again(weeks_back[0], self.songs, rules, memory, last_issue, issue_date)
            else:
                made = oracle.one_issue(
                    weeks_back, self.songs, rules, memory, last_issue, first_day, issue_date, held, seen=seen
                )
                made |= oracle_signs.beside(made, seen, weeks_back, rules)
            printed |= made["names"]
            self.keep(name, issue_date, made, memory)
            last_issue = issue_date
        return dict(self.issues[name])

    def keep(self, name: str, issue_date: date, made: Row, memory: dict[str, Row]) -> None:
        """Remember an issue for the charts that read it."""
        self.issues[name].append((issue_date, made))
        self.known[name].append((issue_date, deepcopy(memory)))
        for entry in made["entries"]:
            self.firsts[name].setdefault(entry[1], issue_date)

    def weeks(self, book: Row, counting: "Counting") -> Iterator[Week]:
        """Give the weeks of a chart in which anything counts and that are an issue, the dates worked out by hand."""
        sets = [each for each in book.get("territories", {"values": {}})["values"].values() if "of" in each]
        mine = [row for row in self.rows if any(is_in(row["territory"], each) for each in sets or [book["territory"]])]
        told = [row["day"] or row["at"].date() for row in mine]
        if not told:
            return
        eras = [date.fromisoformat(day) for day in book["week"]["values"] if day <= max(told).isoformat()]
        if not eras:
            return
        assert len(eras) == 1 or max(eras) <= min(told), "weeks that begin on another day from some day on"
        week = book["week"]["values"][max(eras).isoformat()]
        weekday = WEEKDAYS.index(week["starts"].split()[0])
        begins = max(eras) + timedelta((weekday - max(eras).weekday()) % 7)
        while begins + timedelta(14) < min(told):
            begins += timedelta(7)
        days = 7
        while begins <= max(told):
            last_day = begins + timedelta(days - 1)
            issue_date = self.dated(book, begins, last_day)
            how = self.skipped(book, begins, issue_date)
            if how == "together":
                days += 7
                continue
            lives = any(
                span.get("covered_from", span["begins"]) <= issue_date <= span.get("ends", date.max)
                for span in book["life"]
            )
            exact = 1 if week["starts"].endswith("00:00") and week["zone"] == "UTC" else 0
            touched = last_day + timedelta(not week["starts"].endswith("00:00"))
            inside = begins < max(told) + timedelta(exact) and touched > min(told) - timedelta(exact)
            if how != "skip" and lives and (inside or self.counts_any(book, counting, begins, days, issue_date)):
                yield begins, days, issue_date, how
            begins, days = begins + timedelta(days), 7

    def counts_any(self, book: Row, counting: "Counting", begins: date, days: int, issue_date: date) -> bool:
        """Return whether anything counts in a window."""
        return bool(counting.tally(self.rules(book, begins, issue_date), begins, days))

    def dated(self, book: Row, begins: date, last_day: date) -> date:
        """Return the date of an issue: so many days after its window, and no holiday or weekend when it is moved."""
        days = [day for day in sorted(book["label"]["values"]) if day <= begins.isoformat()]
        issue_date = last_day + timedelta(book["label"]["values"][days[-1]]["days_after_end"])
        holidays = (in_force(book.get("holidays"), book, begins, issue_date) or {"days": []})["days"]
        moved = issue_date
        while issue_date in holidays and (moved in holidays or moved.weekday() >= WEEKDAYS.index("saturday")):
            moved -= timedelta(1)
        return moved

    def skipped(self, book: Row, begins: date, issue_date: date) -> str:
        """Return what becomes of an issue that the book names: ``skip``, ``together`` or ``repeat``."""
        terms = in_force(book.get("skipped"), book, begins, issue_date)
        return str(terms["how"]) if terms and issue_date in terms["issues"] else ""

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
            "territories": held("territories") or book["territory"],
            "ties": (ties["order"], ties.get("shared", "no")),
            "versions": {each["song"]: each["versions"] for each in (held("versions") or {"songs": []})["songs"]},
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

    def newest(self, kept: dict[str, list[tuple[date, Row]]], chart: str, issue_date: date) -> Row | None:
        """Return what is kept of the newest issue of a chart up to a date."""
        found = [made for day, made in kept.get(chart, []) if day <= issue_date]
        return found[-1] if found else None

    def ask_others(self, rules: Row, name: str, week: tuple[dict[str, int], date, date], held: list[Row]) -> None:
        """Put into the rules the steps that ``oracle`` does not know, each giving the lines that leave."""
        rules["more"] = self.more(name, *week, {each["song"] for each in held if each["action"] == "admit"})
        season = (rules.get("recurrent") or {}).get("season")
        if season and season["from"] > season["to"]:
            today = week[2].isoformat()[5:]
            titles = [each["song"] for each in held if each["action"] == "seasonal"]
            rules["recurrent"]["titles"] = (
                dict.fromkeys(titles, season["within"]) if today >= season["from"] or today <= season["to"] else {}
            )

    def more(
        self, name: str, channels: dict[str, int], first_day: date, issue_date: date, asked: set[str]
    ) -> dict[str, Callable[..., list[Row]]]:
        """Return the kinds of rules that ``oracle`` does not know, each giving the lines that leave."""

        def distribution(lines: list[Row], terms: Row) -> list[Row]:
            return [line for line in lines if channels.get(line["key"], 0) < terms["channels"]]

        def release_age(lines: list[Row], terms: Row) -> list[Row]:
            return of_wrong_age(lines, terms, first_day, issue_date, asked, self.admitted[name])

        def chart_age(lines: list[Row], terms: Row) -> list[Row]:
            return [x for x in lines if oracle.is_older(self.firsts[name].get(x["key"]), terms, issue_date)]

        def elsewhere(lines: list[Row], terms: Row) -> list[Row]:
            return [x for x in lines if any(says(x["key"], each) for each in terms["charts"])]

        def says(key: str, terms: Row) -> bool:
            made = self.newest(self.issues, terms["chart"], issue_date)
            known = self.newest(self.known, terms["chart"], issue_date)
            if made is None or known is None:
                return False
            if terms["when"] == "on":
                return any(entry[1] == key for entry in made["entries"])
            return key in known and (terms["when"] == "ever" or known[key]["recurrent"])

        return {
            "distribution": distribution, "release_age": release_age, "chart_age": chart_age, "elsewhere": elsewhere,
            "artist_cap": capped, **dict.fromkeys((*WITHOUT_EFFECT, "markers"), nobody),
        }  # fmt: skip

    def weighs(
        self, rules: Row, issue_date: date, credits_of: Callable[[list[Row]], list[Row]]
    ) -> dict[str, Callable[[list[Row]], list[Row]]]:
        """Return the steps that look at lines before they are in order, each giving the lines that leave."""
        return {
            step: look
            for step, look in (
                ("credited", credits_of),
                ("inherits", lambda lines: self.heirs(lines, rules["inherits"], issue_date)),
            )
            if rules.get(step)
        }

    def heirs(self, lines: list[Row], terms: Row, issue_date: date) -> list[Row]:
        """Give songs that another chart has let go their history there, and return those that may not be here."""
        made = self.newest(self.issues, terms["chart"], issue_date) or {"entries": []}
        known = self.newest(self.known, terms["chart"], issue_date) or {}
        there, firsts, off = {entry[1] for entry in made["entries"]}, self.firsts.get(terms["chart"], {}), []
        for line in lines:
            key = line["key"]
            old_enough = key in known and ("months" not in terms or oracle.is_older(firsts[key], terms, issue_date))
            if key in there or (terms.get("only") and not old_enough):
                off.append(line)
            elif old_enough and not line["old"]:
                line["old"] = {**known[key], "recurrent": False, "fast": None, "reset": None}
                line["heir"] = True
        return off


def of_wrong_age(
    lines: list[Row], terms: Row, first_day: date, issue_date: date, asked: set[str], admitted: dict[str, int]
) -> list[Row]:
    """Return the lines that are too old, or too young where older ones are kept.

    ``admitted`` are the weeks that songs had when they were let in again.
    """
    young = [line for line in lines if not oracle.is_older(line["released"], terms, first_day)]
    if terms.get("keep") == "older":
        return young
    off: list[Row] = []
    for line in lines:
        above = [x for x in lines[: lines.index(line)] if not x["off"] and x not in off]
        if line not in young and not is_let_in(line, len(above) + 1, terms.get("readmit"), issue_date, asked, admitted):
            off.append(line)
    return off


def is_let_in(
    line: Row, would_be: int, terms: Row | None, issue_date: date, asked: set[str], admitted: dict[str, int]
) -> bool:
    """Return whether an older song is let in, for so many weeks, or still within them; note the weeks that it had."""
    key, old = line["key"], line["old"]
    weeks = old["weeks"] if old else 0
    if not terms:
        return False
    if key in admitted and weeks - admitted[key] < terms["weeks"]:
        return True
    if key in asked and oracle.was_away(old, terms["absent_years"], issue_date) and would_be <= terms["within"]:
        admitted[key] = weeks
        return True
    return False


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
        self.counted: dict[str, dict[date, list[tuple[Row, int]]]] = {}
        self.done: dict[str, dict[str, dict[str, int]]] = {}

    def rows(self, rules: Row) -> dict[date, list[tuple[Row, int]]]:
        """Return by civil day the rows of the territories that count by the rules that see single rows."""
        said = repr([rules[key] for key in ("territories", "zone", "minimum_play", "cap", "repeats", "at", "weekday")])
        if said not in self.counted:
            here = [
                {**row, "territory": "X"} for row in self.world.rows if is_in(row["territory"], rules["territories"])
            ]
            shift = timedelta(hours=int(rules["at"][:2]), minutes=int(rules["at"][3:]))
            by_day: dict[date, list[tuple[Row, int]]] = defaultdict(list)
            for row, quantity in oracle.counting(here, self.world.songs, rules, ZoneInfo(rules["zone"])):
                if row["at"] or not oracle.is_cut(row["day"], rules):
                    by_day[row["day"] or civil_day(row["at"], rules["zone"], shift)].append((row, quantity))
            self.counted[said] = by_day
        return self.counted[said]

    def within(self, rules: Row, first_day: date, days: int = 7) -> list[tuple[Row, int, int]]:
        """Return the rows of the window that begins on a day, each with how much of it counts and its weight."""
        by_day, found = self.rows(rules), []
        shifts = {rules["windows"].get(measure, {}).get("after_days", 0) for measure in rules["units"]}
        for shift in shifts:
            for number in range(days):
                for row, quantity in by_day.get(first_day + timedelta(shift + number), []):
                    measure = row["measure"]
                    weight = weight_of(row, rules)
                    own = rules["windows"].get(measure, {}).get("after_days", 0)
                    if measure in rules["units"] and own == shift and weight and not is_cheap(row, rules):
                        found.append((row, quantity, weight))
        return found

    def tally(self, rules: Row, first_day: date, days: int = 7) -> dict[str, dict[str, int]]:
        """Return for each song what counts of each measure in a window: pieces, people reached or money."""
        said = repr([rules[key] for key in ("amounts", "windows", "floors", "members", "minimum_play", "cap")])
        key = f"{first_day} {days} {said}"
        if key not in self.done:
            sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
            for row, quantity, weight in self.within(rules, first_day, days):
                song = self.world.songs[oracle.spelling(row)]["key"]
                sums[song][row["measure"]] += amount(row, quantity, rules["amounts"][row["measure"]]) * weight
            self.done[key] = {song: rounded(each, rules["amounts"]) for song, each in sums.items()}
        return self.done[key]

    def channels(self, rules: Row, first_day: date, days: int = 7) -> dict[str, int]:
        """Return how many channels reported each song in a window."""
        told: dict[str, set[str]] = defaultdict(set)
        for row, quantity, _ in self.within(rules, first_day, days):
            if quantity > 0:
                told[self.world.songs[oracle.spelling(row)]["key"]].add(row["channel"])
        return {song: len(each) for song, each in told.items()}


def is_in(code: str, said: str | Row) -> bool:
    """Return whether rows of a territory count for a territory or a set; sums of the whole world are in no set."""
    if isinstance(said, str):
        return code == said
    return code != "GLOBAL" and (code in said["of"] or "GLOBAL" in said["of"]) and code not in said.get("minus", [])


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
