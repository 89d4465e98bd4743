"""What is printed beside places, once more in slow and obvious Python: signs, names, and who was left out.

An issue that repeats the one before is told here as well. It imports nothing of hitparade. Lines are those of
``oracle``: in order, with what took them ``off``.
"""

from collections import defaultdict
from datetime import date
from typing import Any

import oracle

Row = dict[str, Any]
Sums = dict[str, dict[str, int]]
ONLY_ON_THE_CHART = {"artist_cap", "album_cap"}
"""What takes off a song that would be on the chart without it; one below the last place is too low anyway."""
SHOWN_BELOW = 20


# Versions of a song


def in_one(sums: Sums, versions: dict[str, list[str]]) -> Sums:
    """Return sums with those of a song's versions under the song."""
    main = {each: song for song, others in versions.items() for each in others}
    made: Sums = defaultdict(lambda: defaultdict(int))
    for key, said in sums.items():
        for measure, number in said.items():
            made[main.get(key, key)][measure] += number
    return made


class Credits:
    """Under which version each song is printed: the one with most units, of equal ones that of the last time."""

    def __init__(self, songs: dict[Any, Row], alone: Sums, rules: Row, printed: dict[str, tuple[str, str]]) -> None:
        self.words = {song["key"]: (song["title"], song["credit"]) for song in songs.values()}
        self.alone, self.rules, self.printed = alone, rules, printed

    def __call__(self, lines: list[Row]) -> list[Row]:
        """Print each line under its leading version; nobody leaves for that."""
        for line in lines:
            keys = [line["key"], *self.rules["versions"].get(line["key"], [])]
            names = [key for key in keys if key in self.words]
            if len(names) > 1:
                best = min(names, key=lambda key: self.worse(key, self.printed.get(line["key"])))
                line["title"], line["credit"] = self.words[best]
        return []

    def worse(self, key: str, last: tuple[str, str] | None) -> Any:  # noqa: ANN401 - compared only
        """Return what makes a version the worse one."""
        units = oracle.in_units(self.alone.get(key, {}), self.rules)
        return -units, self.words[key] != last, self.words[key]


# Beside the lines


def beside(made: Row, lines: list[Row], weeks_back: list[Sums], rules: Row) -> Row:
    """Return what is printed of an issue besides places: names, signs, and the songs that were left out."""
    on = {key: position for position, key, *_ in made["entries"]}
    by_key = {line["key"]: line for line in lines}
    names = {key: (by_key[key]["title"], by_key[key]["credit"]) for key in on}
    terms = rules.get("markers") if "markers" in rules["steps"] else None
    signs: dict[str, list[str]] = defaultdict(list)
    for key in on:
        if by_key[key].get("heir"):
            signs[key].append("transferred")
    for said in (terms or {"signs": []})["signs"]:
        for key in earns(said, made["entries"], by_key, weeks_back, rules, signs):
            if said["sign"] not in signs[key]:
                signs[key].append(said["sign"])
    return {"names": names, "signs": dict(signs), "left_out": left_out(made, lines)}


def earns(
    said: Row,
    entries: list[Any],
    by_key: dict[str, Row],
    weeks_back: list[Sums],
    rules: Row,
    given: dict[str, list[str]],
) -> list[str]:
    """Return the songs that earn a sign."""
    here = [
        entry
        for entry in entries
        if entry[0] <= said.get("within", rules["size"]) and not set(said.get("not_with", [])) & set(given[entry[1]])
    ]
    new = [entry[1] for entry in here if entry[4] == "new" and not by_key[entry[1]].get("heir")]
    if said["when"] == "debut":
        return new
    if said["when"] == "highest_debut":
        return new[:1]
    if said["when"] == "climb":
        return [key for position, key, _, last, *_ in here if last and last - position >= said["places"]]
    units = {m: ratio for m, ratio in rules["units"].items() if m in said.get("measures", rules["units"])}

    def had(key: str, back: int) -> Any:  # noqa: ANN401 - a fraction
        sums = weeks_back[back].get(key, {})
        return oracle.in_units({m: n for m, n in sums.items() if m in units}, {"units": units})

    looked_at = [key for _, key, _, last, *_ in here if last or said.get("debuts", True)]
    gains = {key: had(key, 0) - had(key, 1) for key in looked_at}
    if said["when"] == "greatest_gain":
        most = max(gains.values(), default=0)
        return [key for key in looked_at if most > 0 and gains[key] == most][:1]
    lost, of = said.get("down_time", (0, 1))
    return [key for key in looked_at if had(key, 0) > 0 and -gains[key] * of <= lost * had(key, 1)]


def left_out(made: Row, lines: list[Row]) -> list[tuple[str, str, int | None]]:
    """Return the songs that an issue says are not on it: why, and where they would have stood if that is known.

    They are those taken off above the last place, the next twenty below, and those of the last issue.
    """
    on = {entry[1] for entry in made["entries"]}
    places = [n for n, line in enumerate(lines) if line["key"] in on]
    waiting = [n for n, line in enumerate(lines) if not line["off"] and n not in places]
    above = max(places, default=-1) if waiting else len(lines)
    shown = waiting[:SHOWN_BELOW]
    found = []
    for n, line in enumerate(lines):
        if (n <= above and line["off"]) or n in shown or (n > above and line["previous"] and n not in places):
            hold = [rule for rule in line["off"] if n <= above or rule not in ONLY_ON_THE_CHART]
            found.append((line["key"], hold[0] if hold else "size", line["would_be"]))
    return found


# The same once more


def again(
    sums: Sums, songs: dict[Any, Row], rules: Row, memory: dict[str, Row], last_issue: date | None, issue_date: date
) -> Row:
    """Return an issue with the songs and positions of the one before, and remember that they were on it once more."""
    words = {song["key"]: (song["title"], song["credit"]) for song in songs.values()}
    printed = []
    was_on = [(old["last_position"], key) for key, old in memory.items() if old["last_issue"] == last_issue]
    for position, key in sorted(was_on):
        old = memory[key]
        at_peak = old["peak_weeks"] + (position == old["peak"])
        units = oracle.in_units(sums.get(key, {}), rules)
        printed.append((position, key, units, position, "=", old["peak"], at_peak, old["weeks"] + 1))
        memory[key] = {
            **old, "last_issue": issue_date, "peak_weeks": at_peak, "weeks": old["weeks"] + 1, "recurrent": False,
        }  # fmt: skip
    gone = sorted(key for key, old in memory.items() if old["recurrent"])
    ratios = sorted((key, old["fast"], old["reset"]) for key, old in memory.items() if old["fast"] or old["reset"])
    names = {key: words[key] for _, key, *_ in printed}
    return {
        "entries": printed, "drop_outs": [], "recurrent": gone, "ratios": ratios,
        "names": names, "signs": {}, "left_out": [],
    }  # fmt: skip
