"""Certification programmes once more in slow and obvious Python, straight from raw entries and the file's own words.

It imports nothing of hitparade. Every day is counted by itself, from all rows up to it, again and again; a level is
looked for by trying every whole number of every multiple.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from oracle_songs import folded, identities, spelling

Row = dict[str, Any]
WEEK = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
FAR = date(9999, 1, 1)


def newest(block: Row | None, day: date) -> Row | None:
    """Return what a block says on a day: the newest value that has begun, or None, or None where it is off."""
    begun = {since: value for since, value in (block or {}).get("values", {}).items() if since <= str(day)}
    value = begun[max(begun)] if begun else None
    return None if value is None or value.get("off") else value


def of_measure(table: Row, measure: str) -> Row | None:
    """Return the block of the measure itself, or of its use with ``.*``."""
    return table.get(measure, table.get(measure.split(".", maxsplit=1)[0] + ".*"))


class Programme:
    """A programme's file and the rows of a ledger, each with its day."""

    def __init__(self, said: Row, rows: list[Row]) -> None:
        self.said = said
        self.songs = identities(rows)
        self.rows = [row for row in rows if row["territory"] == said["territory"]]

    def song(self, text: str) -> Row:
        """Return the song of that title, or key."""
        keys = {one["key"]: one for one in self.songs.values()}
        return keys.get(text) or next(one for one in keys.values() if folded(one["title"]) == folded(text))

    def units(self, song: Row, day: date) -> Fraction:
        """Return the units of a song at the end of a day: what each row that counts is worth."""
        used: dict[Any, int] = defaultdict(int)
        filled = newest(self.said.get("back_fill"), self.as_of)
        total = Fraction(0)
        for row in self.rows:
            if self.songs[spelling(row)]["key"] == song["key"] and row["day"] <= day:
                if filled and row["day"] < filled["since"]:
                    continue
                total += self.amount(row, used) * self.worth(row, song)
        return total

    def amount(self, row: Row, used: dict[Any, int]) -> int:
        """Return how much of a row counts, in pieces or in minor units of money."""
        day, measure = row["day"], row["measure"]
        channels = newest(self.said.get("channels"), day)
        least = newest(of_measure(self.said.get("minimum_play", {}), measure), day)
        cap = newest(of_measure(self.said.get("cap_per_consumer", {}), measure), day)
        returns = newest(self.said.get("returns"), day)
        if self.said.get("channels") and (channels is None or row["channel"] not in channels["names"]):
            return 0
        if least and row["ms_played"] is not None and row["ms_played"] < least["value"]:
            return 0
        if row["event"] == "returned":
            return -row["quantity"] if returns and returns["value"] == "net" else 0
        if self.said["unit"] == "money":
            paid = row["currency"] == self.said["currency"]
            return int(Decimal(row["price"]) * 100) * row["quantity"] if paid else 0
        if cap is None or not row["consumer"]:
            return row["quantity"]
        place = row["consumer"], row["channel"], measure, day
        counted = min(row["quantity"], cap["value"] - used[place])
        used[place] += counted
        return counted

    def worth(self, row: Row, song: Row) -> Fraction:
        """Return which part of a unit one of a row is."""
        held = newest(self.said["units"].get(row["measure"]), row["day"])
        if held is None:
            return Fraction(0)
        since = held.get("available_from")
        if since and (song["released"] is None or song["released"] < since):
            return Fraction(0)
        ratio = held["value"] if isinstance(held["value"], list) else [held["value"], 1]
        raised = newest(of_measure(self.said.get("uplift", {}), row["measure"]), row["day"])
        more = raised["value"] if raised else [1, 1]
        return Fraction(ratio[1], ratio[0]) * Fraction(more[0], more[1])

    def answer(self, text: str, as_of: date, granted: list[Row]) -> Row:
        """Return units, level, since, beside, next, missing and due of a song as of a day."""
        self.as_of = as_of
        song = self.song(text)
        units = self.units(song, as_of)
        by = newest(self.said["judged_by"], as_of)["value"]  # type: ignore[index]
        day = song["released"] if by == "release" else as_of
        ladder = newest(self.said["ladder"], day) if day else None
        if ladder is None or not self.may(song):
            return {"units": units, "level": "", "since": None, "beside": [], "next": "", "missing": None, "due": []}
        reached = self.reached(song, by, day)
        steps = {name: since for name, (since, once) in reached.items() if not once}
        level = max(steps, key=lambda name: self.rank(name, ladder), default="")
        beside = [name for name, (_, once) in reached.items() if once]
        stands = max(units, Fraction(self.rank(level, ladder))) if level else units
        after = next_above(ladder, stands)
        names = [each["level"] for each in granted if each["on"] <= as_of]
        had = max((self.rank(name, ladder) for name in names), default=0)
        due = [level] if level and level not in names and self.rank(level, ladder) > had else []
        return {
            "units": units, "level": level, "since": steps.get(level), "beside": beside,
            "next": after[1] if after else "", "missing": after[0] - units if after else None,
            "due": due + [name for name in beside if name not in names],
        }  # fmt: skip

    def may(self, song: Row) -> bool:
        """Return whether a song may be certified at all."""
        held = newest(self.said.get("eligible"), self.as_of)
        return held is None or (song["released"] is not None and song["released"] >= held["released_from"])

    def rank(self, name: str, ladder: Row) -> int:
        """Return what a level takes by a ladder, or by any ladder that knows it."""
        for said in (ladder, *self.said["ladder"]["values"].values()):
            found = [at for at, each, _ in levels(said, 10**12) if each == name]
            if found:
                return int(found[0])
        raise KeyError(name)

    def reached(self, song: Row, by: str, day: date) -> dict[str, tuple[date, bool]]:
        """Return every level with the day on which it was reached, by looking at the end of each day."""
        trigger = newest(self.said["trigger"], self.as_of) or {}
        automatic, ends = trigger["value"] == "automatic", trigger.get("week_ends")
        days = sorted(
            {row["day"] for row in self.rows} | {date.fromisoformat(s) for s in self.said["ladder"]["values"]}
        )
        looked = sorted({weekly(each, ends) for each in [*days, self.as_of]})
        found: dict[str, tuple[date, bool]] = {}
        for look in looked if automatic else [self.as_of]:
            began = min(s for s, said in self.said["trigger"]["values"].items() if said["value"] == trigger["value"])
            if look > self.as_of or (automatic and (str(look) < began)):
                continue
            ladder = newest(self.said["ladder"], look if by == "certification" else day)
            for _, name, once in levels(ladder or {}, self.units(song, look)):
                found.setdefault(name, (look, once))
        if not automatic:
            found = {name: (self.since(song, name, by, day, days), once) for name, (_, once) in found.items()}
            found = self.with_grace(song, found, by, days)
        return found

    def since(self, song: Row, name: str, by: str, day: date, days: list[date]) -> date:
        """Return the first day from which on there always were the units of a level, and the level itself."""
        ladder = newest(self.said["ladder"], day) or {}
        at = next(at for at, each, _ in levels(ladder, 10**12) if each == name)
        counted = [each for each in days if each <= self.as_of]
        late = next(each for n, each in enumerate(counted) if all(self.units(song, d) >= at for d in counted[n:]))
        begun = date.fromisoformat(max(s for s in self.said["ladder"]["values"] if s <= str(day)))
        return late if by == "release" else max(late, begun)

    def with_grace(
        self, song: Row, found: dict[str, tuple[date, bool]], by: str, days: list[date]
    ) -> dict[str, tuple[date, bool]]:
        """Return the levels with those that the ladder before still gives during its grace."""
        began = sorted(s for s in self.said["ladder"]["values"] if s <= str(self.as_of))
        months = self.said["ladder"]["values"][began[-1]].get("grace_months", 0) if began else 0
        if by != "certification" or not months or len(began) == 1:
            return found
        first = date.fromisoformat(began[-1])
        month = first.month - 1 + months
        if self.as_of >= date(first.year + month // 12, month % 12 + 1, first.day):
            return found
        last = first - timedelta(1)
        old = levels(self.said["ladder"]["values"][began[-2]], self.units(song, last))
        when = {name: next(d for d in days if d <= last and self.units(song, d) >= at) for at, name, _ in old}
        begun = date.fromisoformat(began[-2])
        for _, name, once in old:
            earlier = max(when[name], begun)
            found[name] = (min(earlier, found[name][0]) if name in found else earlier, once)
        return found


def weekly(day: date, ends: str | None) -> date:
    """Return the day, or the last day of its week."""
    while ends and day.weekday() != WEEK.index(ends):
        day += timedelta(1)
    return day


def levels(ladder: Row, most: Fraction | int) -> list[tuple[int, str, bool]]:
    """Return every level that so many units make, the smallest first."""
    listed = {each["name"]: each["at"] for each in ladder.get("levels", [])}
    if ladder.get("combined"):
        least = min(listed.values())
        return [(n * least, in_words(n * least, listed), False) for n in range(1, min(int(most // least), 500) + 1)]
    found = [(each["at"], each["name"], each.get("once", False)) for each in ladder.get("levels", [])]
    for each in ladder.get("repeat", []):
        times = range(each.get("from", 2), min(each.get("to", 500), 500) + 1, each.get("by", 1))
        found += [(n * listed[each["level"]], f"{n}x {each['level']}", False) for n in times]
    return sorted(each for each in found if each[0] <= most)


def next_above(ladder: Row, stands: Fraction) -> tuple[int, str] | None:
    """Return the next level above, awards given once aside."""
    above = [(at, name) for at, name, once in levels(ladder, 10**15) if at > stands and not once]
    return min(above, default=None)


def in_words(total: int, listed: dict[str, int]) -> str:
    """Return a sum of levels, the largest first."""
    parts = []
    for name, at in sorted(listed.items(), key=lambda each: -each[1]):
        times, total = total // at, total % at
        if times:
            parts.append(name if times == 1 else f"{times}x {name}")
    return " + ".join(parts)
