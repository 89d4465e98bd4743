"""Real charts' cases on the oracle: weeks that change, decisions, and rules that see buyers, albums and lengths.

What ``oracle_world`` says of a book over a world without such things is told further here, as slow and as obvious. It
imports nothing of hitparade.
"""

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import oracle
import oracle_signs
from oracle_world import Counting, Row, World, in_force

Weeks = list[tuple[date, date]]


class Cases(World):
    """The charts of a case's ledger."""

    def __init__(self, rows: list[Row], books: Path) -> None:
        super().__init__(rows, books)
        self.counting: dict[str, Selling] = {}

    def told(self, name: str, weeks: Weeks, rulings: list[Row]) -> dict[date, Row]:
        """Return the chart of every week by its issue date, and remember what other charts may read of it."""
        book = tomllib.loads((self.books / f"{name}.toml").read_text("utf-8"))
        memory: dict[str, Row] = {}
        printed: dict[str, tuple[str, str]] = {}
        self.issues[name], self.known[name], self.firsts[name] = [], [], {}
        for number, (_, issue_date) in enumerate(weeks):
            made = self.week(book, weeks, number, memory, printed, rulings)
            self.keep(name, issue_date, made, memory)
        return dict(self.issues[name])

    def week(
        self, book: Row, weeks: Weeks, number: int, memory: dict[str, Row], printed: dict[str, tuple[str, str]],
        rulings: list[Row],
    ) -> Row:  # fmt: skip
        """Return one of the weeks, and bring ``memory`` and the names that were ``printed`` up to date."""
        name, (first_day, issue_date) = book["id"], weeks[number]
        counting = self.counting.setdefault(name, Selling(self, book, weeks))
        rules = self.rules(book, first_day, issue_date)
        before = [counting.begins(number - n) for n in range(5)]
        alone = [counting.tally(rules, each) for each in before]
        weeks_back = [oracle_signs.in_one(sums, rules["versions"]) for sums in alone]
        held = [each for each in rulings if each["first"] <= issue_date <= each["last"]]
        self.ask_others(rules, name, (counting.channels(rules, first_day), first_day, issue_date), held)
        rules["weighs"] = self.weighs(rules, issue_date, oracle_signs.Credits(self.songs, alone[0], rules, printed))
        rules["more"] |= {
            "duration": lambda lines, terms: [x for x in lines if self.seconds(x) > terms["at_most_seconds"]],
            "album_cap": self.of_an_album,
        }
        seen: list[Row] = []
        last_issue = weeks[number - 1][1] if number else None
        made = oracle.one_issue(
            weeks_back, self.songs, rules, memory, last_issue, first_day, issue_date, held, seen=seen
        )
        made |= oracle_signs.beside(made, seen, weeks_back, rules)
        printed |= made["names"]
        untold = {each["song"] for each in held if each["action"] == "withhold"} & set(made["names"])
        made["names"] = made["names"] | dict.fromkeys(untold, ("position withheld", ""))
        return made

    def trait(self, line: Row, name: str) -> str:
        """Return what the senders say of a song by that name, or nothing."""
        said = [row["traits"] or "" for row in self.rows if self.songs[oracle.spelling(row)]["key"] == line["key"]]
        values = [part.partition("=")[2] for text in said for part in text.split(";") if part.startswith(f"{name}=")]
        return values[0] if values else ""

    def seconds(self, line: Row) -> int:
        """Return how long a song lasts, nothing when nobody says."""
        return int(self.trait(line, "seconds") or 0)

    def of_an_album(self, lines: list[Row], terms: Row) -> list[Row]:
        """Return the songs of each album after its first few."""
        seen: dict[str, int] = defaultdict(int)
        off = []
        for line in lines:
            album = self.trait(line, "album")
            if album and not line["off"]:
                seen[album] += 1
                off += [line] if seen[album] > terms["entries"] else []
        return off


class Selling(Counting):
    """What a book counts of a case's rows: weeks end where the next one begins, sales have buyers and events."""

    def __init__(self, world: World, book: Row, weeks: Weeks) -> None:
        super().__init__(world, book)
        self.weeks = weeks

    def begins(self, number: int) -> date:
        """Return the first day of a week; before the first one all have seven days."""
        return self.weeks[max(number, 0)][0] + timedelta(7 * min(number, 0))

    def within(self, rules: Row, first_day: date, days: int = 7) -> list[tuple[Row, int, int]]:
        """Return the rows of a week, each with how much of it counts and its weight."""
        issue_date = next((day for first, day in self.weeks if first == first_day), first_day)
        silent = self.silent(first_day, issue_date)
        found = [
            each
            for each in super().within(rules, first_day, days)
            if each[0]["day"] not in silent
            and (each[0]["day"] < self.ends(rules, each[0]["measure"], first_day))
            and self.event(each[0], first_day, issue_date)
            and self.of_product(each[0], first_day, issue_date)
        ]
        bought: dict[Any, int] = defaultdict(int)
        for row, quantity, _ in found:
            bought[self.buyer(row)] += quantity
        return [self.in_bulk(each, bought, first_day, issue_date) for each in found]

    def silent(self, first_day: date, issue_date: date) -> list[date]:
        """Return the last days of a week that do not count, because too few of its channels told of them."""
        terms = in_force(self.book.get("outage"), self.book, first_day, issue_date)
        after = next((first for first, _ in self.weeks if first > first_day), first_day + timedelta(7))
        told = [row for row in self.world.rows if first_day <= row["day"] < after]
        days: list[date] = []
        while terms and len(days) < terms["days"]:
            last = after - timedelta(1 + len(days))
            here = {row["channel"] for row in told if row["day"] == last}
            top, bottom = terms["reporters"]
            if len(here) * bottom >= len({row["channel"] for row in told}) * top:
                break
            days.append(last)
        return days

    def ends(self, rules: Row, measure: str, first_day: date) -> date:
        """Return the day on which the next window of a measure begins."""
        later = [(first, day) for first, day in self.weeks if first > first_day]
        if not later or first_day < self.weeks[0][0]:
            return first_day + timedelta(7 + rules["windows"].get(measure, {}).get("after_days", 0))
        following = self.world.rules(self.book, *later[0])["windows"].get(measure, {})
        return later[0][0] + timedelta(following.get("after_days", 0))

    def held(self, block: str, measure: str, first_day: date, issue_date: date) -> Row | None:
        """Return the value of a measure's block in force for a week."""
        return in_force(self.book.get(block, {}).get(measure), self.book, first_day, issue_date)

    def event(self, row: Row, first_day: date, issue_date: date) -> bool:
        """Return whether what happened of a sale counts; a plain one always does."""
        terms = self.held("events", row["measure"], first_day, issue_date)
        return row["event"] in {None, "", "sold", (terms or {}).get("count")}

    def of_product(self, row: Row, first_day: date, issue_date: date) -> bool:
        """Return whether a sale of such a product counts; of what is not known of it, nothing is held against it."""
        terms = self.held("products", row["measure"], first_day, issue_date) or {}
        large = any(terms.get(name) and (row[name] or 0) > terms[name] for name in ("titles", "tracks"))
        several = (row["titles"] or row["tracks"] or 2) > 1
        return not large and not (terms.get("counts_for") == "lead" and row["lead_track"] == "no" and several)

    def buyer(self, row: Row) -> tuple[str, ...]:
        """Return who bought what."""
        return row["customer"] or "", row["product"] or "", row["title"], row["artist"], row["measure"]

    def in_bulk(
        self, each: tuple[Row, int, int], bought: dict[Any, int], first_day: date, issue_date: date
    ) -> tuple[Row, int, int]:
        """Return a row with what counts of it when one customer buys many; in a case each has one row only."""
        row, quantity, weight = each
        terms = self.held("bulk", row["measure"], first_day, issue_date)
        if not terms or not row["customer"]:
            return each
        assert bought[self.buyer(row)] == quantity, "one row for each customer and product"
        void = terms.get("void_from")
        return row, 0 if void and quantity >= void else min(quantity, terms["counts"]), weight
