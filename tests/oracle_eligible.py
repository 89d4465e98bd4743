"""Who may be on a chart, once more in slow and obvious Python: songs and their sums in, positions out.

It imports nothing of hitparade. A song is a dict (points, released, channels, traits, whole, leads, featured), rules
are ``size`` and ``steps``, a list of (name, parameters). ``other`` is another chart: its newest day, the positions
on it, what it remembers, and what it remembered before that day.
"""

from datetime import date
from typing import Any

Row = dict[str, Any]
NOWHERE = 10**9


def one_issue(
    songs: dict[str, Row], memory: dict[str, Row], last: date | None, day: date, rules: Row, rulings: list[Row],
    other: Row | None,
) -> Row:  # fmt: skip
    """Return positions by song, and change ``memory`` to what is remembered after the issue of that day."""
    lines = []
    for key, song in songs.items():
        old = memory.get(key)
        previous = old["position"] if old and old["last"] == last else None
        if song["points"]:
            lines.append(
                {**song, "key": key, "old": old, "previous": previous, "off": False, "ahead": 0, "heir": False}
            )
    for line in lines:
        line["off"] = any(each["song"] == line["key"] and each["action"] == "exclude" for each in rulings)
    steps = rules["steps"]
    for name, params in [each for each in steps if each[0] in {"inherits", "rerank"}]:
        for line in lines:
            if not line["off"] and (name == "rerank" or not told(rulings, line["key"], name, "exempt")):
                (inherit if name == "inherits" else rerank)(line, params, other, day)
    lines = sorted((line for line in lines if not line["off"]), key=order)
    for name, params in steps:
        if name not in {"inherits", "rerank"}:
            touched = [line for line in lines if not told(rulings, line["key"], name, "exempt")]
            STEPS[name](touched, lines, params, {"day": day, "rulings": rulings, "other": other, "size": rules["size"]})
    return remember(lines, memory, last, day, rules["size"])


def order(line: Row) -> Any:  # noqa: ANN401 - a key
    return line["ahead"], -line["points"], line["previous"] or NOWHERE, line["key"]


def told(rulings: list[Row], song: str, rule: str, action: str) -> bool:
    return any((each["song"], each["rule"], each["action"]) == (song, rule, action) for each in rulings)


def place(line: Row, lines: list[Row]) -> int:
    return 1 + sum(1 for each in lines if not each["off"] and order(each) < order(line))


def later(day: date, months: int) -> date:
    """The day so many months later, or the last of a month that lacks it."""
    month = day.month - 1 + months
    for number in (day.day, 30, 29, 28):
        try:
            return date(day.year + month // 12, month % 12 + 1, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError


def months_of(params: Row) -> int:
    return params.get("months") or 12 * params.get("years", 0)


# Before lines are in order


def inherit(line: Row, params: Row, other: Row | None, day: date) -> None:
    known = other["memory"].get(line["key"]) if other else None
    aged = known and (not months_of(params) or later(known["first"], months_of(params)) < day)
    if other and line["key"] in other["on"] and params.get("takes") != "all":
        line["off"] = True
    elif other and aged and not line["old"]:
        if params.get("takes") == "all" and other["day"] == day and line["key"] in other["on"]:
            known = other["before"].get(line["key"])  # the same week must not count twice
            if not known:
                return
        line["old"], line["heir"] = {**known, "recurrent": False, "base": None}, True
    elif params.get("only") and not aged:
        line["off"] = True


def rerank(line: Row, _params: Row, other: Row | None, _day: date) -> None:
    line["ahead"] = other["on"].get(line["key"], 0) if other else 0
    line["off"] = not line["ahead"]


# On lines in order


def release_age(touched: list[Row], lines: list[Row], params: Row, about: Row) -> None:
    for line in touched:
        older = line["released"] is not None and later(line["released"], months_of(params)) < about["day"]
        if params.get("keep") == "older":
            line["off"] = line["off"] or not older
        elif older and not (params.get("readmit") and readmitted(line, lines, params["readmit"], about)):
            line["off"] = True


def readmitted(line: Row, lines: list[Row], terms: Row, about: Row) -> bool:
    old = line["old"]
    weeks = old["weeks"] if old else 0
    base = old["base"] if old else None
    if base is not None and weeks - base < terms["weeks"]:
        return True
    away = not old or later(old["last"], 12 * terms["absent_years"]) <= about["day"]
    asked = told(about["rulings"], line["key"], "release_age", "admit")
    if asked and away and place(line, lines) <= terms["within"]:
        line["base"] = weeks
        return True
    return False


def chart_age(touched: list[Row], _lines: list[Row], params: Row, about: Row) -> None:
    for line in touched:
        if line["old"] and later(line["old"]["first"], months_of(params)) < about["day"]:
            line["off"] = True


def distribution(touched: list[Row], _lines: list[Row], params: Row, _about: Row) -> None:
    for line in touched:
        line["off"] = line["off"] or line["channels"] < params["channels"]


def nomination(touched: list[Row], _lines: list[Row], params: Row, about: Row) -> None:
    for line in touched:
        if not told(about["rulings"], line["key"], "nomination", "admit") and not (line["old"] and params["once"]):
            line["off"] = True


def duration(touched: list[Row], _lines: list[Row], params: Row, _about: Row) -> None:
    for line in touched:
        lasts = int(line["traits"].get("seconds", 0))
        if lasts and not params.get("at_least_seconds", 0) <= lasts <= params.get("at_most_seconds", NOWHERE):
            line["off"] = True


def repertoire(touched: list[Row], _lines: list[Row], params: Row, _about: Row) -> None:
    for line in touched:
        has = set(line["traits"]) | {f"{name}={value}" for name, value in line["traits"].items()}
        if has & set(params.get("without", [])) or (params.get("only") and not has & set(params["only"])):
            line["off"] = True


def artist_cap(touched: list[Row], _lines: list[Row], params: Row, _about: Row) -> None:
    kept: list[str] = []
    for line in touched:
        names = {"credit": [line["whole"]], "lead": line["leads"], "any": line["leads"] + line["featured"]}[
            params["by"]
        ]
        if not line["off"] and any(kept.count(name) >= params["entries"] for name in names):
            line["off"] = True
        elif not line["off"]:
            kept += names


def album_cap(touched: list[Row], _lines: list[Row], params: Row, _about: Row) -> None:
    kept: list[str] = []
    for line in touched:
        album, artist = line["traits"].get("album"), line["traits"].get("album_artist", "").lower()
        guest = artist and params["guests"] == "exempt" and artist not in line["leads"]
        if not line["off"] and album and not guest:
            line["off"] = kept.count(f"{album}{artist}") >= params["entries"]
            kept += [] if line["off"] else [f"{album}{artist}"]


def elsewhere(touched: list[Row], _lines: list[Row], params: Row, about: Row) -> None:
    on, known = (about["other"]["on"], about["other"]["memory"]) if about["other"] else ({}, {})
    for line in touched:
        there = known.get(line["key"])
        for each in params["charts"]:
            speaks = {
                "on": line["key"] in on,
                "ever": there is not None,
                "recurrent": there is not None and there["recurrent"],
                "peaked": there is not None and there["peak"] <= each.get("within", 0),
            }[each["when"]]
            line["off"] = line["off"] or speaks


def recurrent(touched: list[Row], lines: list[Row], params: Row, about: Row) -> None:
    places = {line["key"]: place(line, lines) for line in lines}
    for line in touched:
        old, here = line["old"], places[line["key"]]
        if not old:
            continue
        hit = any(old["weeks"] >= tier["weeks"] and here > tier["below"] for tier in params["tiers"])
        if params.get("descending_only") and here <= old["position"]:
            hit = False
        season, today = params.get("season"), f"{about['day']:%m-%d}"
        if old["recurrent"]:
            back = not hit and here <= params.get("return_within", 0)
            if season and (today >= season["from"] or today <= season["to"]):
                back = back or (
                    told(about["rulings"], line["key"], "recurrent", "seasonal") and here <= season["within"]
                )
            hit = not back
        if hit:
            line["off"] = True
            line["for good"] = bool(line["previous"]) or here <= about["size"]


STEPS = {
    "release_age": release_age, "chart_age": chart_age, "distribution": distribution, "nomination": nomination,
    "duration": duration, "repertoire": repertoire, "artist_cap": artist_cap, "album_cap": album_cap,
    "elsewhere": elsewhere, "recurrent": recurrent,
}  # fmt: skip


def remember(lines: list[Row], memory: dict[str, Row], last: date | None, day: date, size: int) -> Row:
    """Return the issue, and bring ``memory`` up to date."""
    was_on = sorted(key for key, old in memory.items() if last and old["last"] == last)
    printed = []
    for line in lines:
        known = memory.get(line["key"])
        if known and line.get("for good"):
            known["recurrent"] = True
        if known and "base" in line:
            known["base"] = line["base"]
    places = {line["key"]: place(line, lines) for line in lines if not line["off"]}
    for line in lines:
        where, old = places.get(line["key"], NOWHERE), line["old"]
        if where > size:
            continue
        weeks, peak = (old["weeks"] + 1, min(old["peak"], where)) if old else (1, where)
        moved = "new" if not old or line["heir"] else "re" if not line["previous"] else f"{line['previous'] - where:+d}"
        printed.append((where, line["key"], "=" if moved == "+0" else moved, weeks, peak))
        base = line.get("base", old["base"] if old else None)
        memory[line["key"]] = {"first": old["first"] if old else day, "last": day, "position": where, "peak": peak,
                               "weeks": weeks, "recurrent": False, "base": base}  # fmt: skip
    on = {key: where for where, key, *_ in printed}
    return {"entries": sorted(printed), "on": on, "out": [key for key in was_on if key not in on]}
