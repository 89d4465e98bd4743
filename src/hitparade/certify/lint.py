"""Sense checks of a programme whose layout is right: ladders that are none, sources that are not there."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from hitparade.certify.programme import Programme

Found = Iterator[tuple[str, str, str]]

_KEY = re.compile(r"^[\w.-]+$")


def lint(programme: Programme, cited: Mapping[str, str], sources: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return place, what was found and what is allowed of everything that makes no sense."""
    checks = (_money(programme), _sources(cited, sources), _ranges(programme), _ladders(programme), _grace(programme))
    return [found for check in checks for found in check]


def _money(programme: Programme) -> Found:
    if (programme.unit == "money") is not bool(programme.currency):
        found = f'found with unit = "{programme.unit}"' if programme.currency else 'is missing with unit = "money"'
        yield "currency", found, 'a currency together with unit = "money"'


def _sources(cited: Mapping[str, str], sources: Sequence[tuple[str, str]]) -> Found:
    for place, source in sources:
        if source not in cited and _KEY.match(source):
            known = ", ".join(cited) or "nothing"
            found = f'found "{source}", which [sources] does not define'
            yield f"{place}, source", found, f"a citation in words, or a key of [sources]: {known}"
    for key in sorted(set(cited) - {source for _, source in sources}):
        yield f"sources.{key}", "is never used", "a key that a value names as its source"


def _ranges(programme: Programme) -> Found:
    for key, series in programme.series.items():
        for dated in series.values:
            if dated.confidence == "undisclosed" and dated.between is None and key != "ladder":
                yield f"{key} {dated.since}", "is undisclosed and has no range", "between = [lowest, highest]"


def _ladders(programme: Programme) -> Found:
    for dated in programme.series["ladder"].values:
        for scale in ("levels", "foreign"):
            yield from _levels(dated.since, scale, dated.value.get(scale, []))
        yield from _repeats(dated.since, dated.value)
        yield from _combined(dated.since, dated.value)


def _levels(since: date, scale: str, levels: Sequence[Mapping[str, Any]]) -> Found:
    place = f"ladder {since}, {scale}"
    for name, times in Counter(each["name"] for each in levels).items():
        if times > 1:
            yield place, f'found "{name}" {times} times', "each level once"
    steps = [each for each in levels if not each["once"]]
    for before, after in pairwise(steps):
        if after["at"] <= before["at"]:
            found = f"found {after['name']} at {after['at']:,} after {before['name']} at {before['at']:,}"
            yield place, found, "the smallest level first"
    if levels and not steps:
        yield place, "has nothing but awards that are given once", "one level at least without once"
    for each in levels:
        low, high = each.get("between", (each["at"], each["at"]))
        if each.get("confidence") == "undisclosed" and "between" not in each:
            yield place, f"{each['name']} is undisclosed and has no range", "between = [lowest, highest]"
        if not low <= each["at"] <= high:
            yield (
                place,
                f"{each['name']} at {each['at']:,} lies outside of {low:,} to {high:,}",
                "a range that holds it",
            )


def _repeats(since: date, said: Mapping[str, Any]) -> Found:
    levels = {each["name"]: each for each in said["levels"]}
    listed = {each["at"]: each["name"] for each in said["levels"] if not each["once"]}
    for n, each in enumerate(said["repeat"], 1):
        place = f"ladder {since}, repeat.{n}"
        base = levels.get(each["level"])
        if base is None:
            yield f"{place}.level", f'found "{each["level"]}"', f"a level of this ladder: {', '.join(levels)}"
            continue
        if "to" in each and each["to"] < each["from"]:
            yield f"{place}.to", f"found {each['to']}", f"{each['from']} or more, where it begins"
        for at, name in listed.items():
            times, rest = divmod(at, base["at"])
            held = each["from"] <= times <= each.get("to", times) and (times - each["from"]) % each["by"] == 0
            if held and not rest and name != base["name"]:
                yield place, f"{times}x {base['name']} is made by {at:,}, and so is {name}", "one name for one level"


def _combined(since: date, said: Mapping[str, Any]) -> Found:
    least = said["levels"][0]
    for each in said["levels"] if said["combined"] else ():
        if each["at"] % least["at"]:
            found = f"{each['name']} at {each['at']:,} is no multiple of {least['name']} at {least['at']:,}"
            yield f"ladder {since}, combined", found, "levels that are multiples of the smallest one"


def _grace(programme: Programme) -> Found:
    first, *_ = programme.series["ladder"].values
    if "grace_months" in first.value:
        yield f"ladder {first.since}, grace_months", "has no levels before it", "grace where a change of levels is"
