"""What decides which rows of a song count, and for which issue: the blocks in force beside the steps, as sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hitparade.chart import Candidate, Received
from hitparade.compile.story import Effect
from hitparade.compile.words import plural
from hitparade.counting import OTHER, of_measure
from hitparade.rulebook.rules import Rules, Value
from hitparade.rulebook.wording import ratio, said

_ELSEWHERE = {"life", "names", "units"}
"""What a story says in another place: title, and what it is made of."""


@dataclass(slots=True, frozen=True)
class Scope:
    """A song as it was received for an issue, and the issue before."""

    rules: Rules
    candidate: Candidate
    received: Sequence[Received]
    previous: date | None

    @property
    def measures(self) -> set[str]:
        """What was received of the song, counted or not."""
        return {*self.candidate.sums, *(each.measure for each in self.received)}


def in_force(scope: Scope) -> Iterator[Effect]:
    """Give a sentence for each block in force that concerns the song and is no step, in the order of the book."""
    for value in scope.rules.values:
        block, _, pattern = value.key.partition(".")
        if block in _ELSEWHERE or block in scope.rules.steps or value.value == "off":
            continue
        if pattern and not any(of_measure({pattern.strip('"'): 1}, measure) for measure in scope.measures):
            continue
        if sentence := _SENTENCES.get(block, _plainly)(scope, value):
            yield Effect(value.key, sentence, off=False, value=value)


def _plainly(_: Scope, value: Value) -> str:
    return said(value.value) if not isinstance(value.value, dict | int) else _table(value.value)


def _table(value: Any) -> str:  # noqa: ANN401 - a number or a table of a book
    if isinstance(value, int):
        return f"{value:,}"
    more = {key: ratio(each) if key in {"value", "reporters"} else each for key, each in value.items()}
    return said(more)


def _zones(scope: Scope, value: Value) -> str:
    """Return what was put into days by the clock of its channel, and not by that of the book."""
    own, zone = value.value["zones"], scope.rules.issue.window.zone
    rows: dict[str, int] = {}
    for each in scope.received:
        if own.get(each.channel, zone) != zone:
            rows[each.channel] = rows.get(each.channel, 0) + each.rows
    told = (f"{plural(count, 'row')} of {channel} by {own[channel]}" for channel, count in sorted(rows.items()))
    return f"{', '.join(told)}, not by {zone}: days and weeks of a channel are those of its clock" if rows else ""


def _panel(scope: Scope, _: Value) -> str:
    """Return how much the channels weigh that the song was heard at."""
    panel = scope.rules.panel
    heard = sorted({each.channel for each in scope.received if not each.why_out and _is_paneled(scope, each.measure)})
    if panel.weights is not None:
        on = [channel for channel in heard if channel in panel.weights]
        return ", ".join(f"{channel} weighs {panel.weights[channel]:,}" for channel in on)
    first, last = scope.rules.issue.window.first_day, scope.rules.issue.window.last_day
    rows = [each for each in panel.rows if (each.first_day or last) <= last and first <= (each.last_day or first)]
    weighs = {channel: [row for row in rows if row.channel == channel] for channel in heard}
    parts = {c: ", ".join(f"{row.weight:,}{_when(row.daypart)}" for row in held) for c, held in weighs.items() if held}
    return "; ".join(f"{channel} weighs {told}" for channel, told in parts.items())


def _is_paneled(scope: Scope, measure: str) -> bool:
    measures = scope.rules.panel.measures
    return not measures or of_measure(dict.fromkeys(measures, 1), measure) is not None


def _when(daypart: str) -> str:
    return " at all other hours" if daypart == OTHER else f" in the daypart {daypart}" if daypart else ""


def _versions(scope: Scope, _: Value) -> str:
    """Return which versions count for the song, with what each was given."""
    told = []
    for each in scope.candidate.versions:
        sums = ", ".join(f"{measure} {amount:,}" for measure, amount in sorted(each.sums.items()) if amount)
        told.append(f"{each.title} by {each.credit} ({sums or 'nothing'})")
    return f"counted as one: {'; '.join(told)}" if told else ""


def _products(_: Scope, value: Value) -> str:
    """Return of which products a sale counts, and what becomes of those of which too little is known."""
    most = [f"{value.value[name]:,} {name}" for name in ("titles", "tracks") if value.value.get(name)]
    told = [f"of a product of more than {' or '.join(most)} no sale counts"] if most else []
    if value.value.get("counts_for") == "lead":
        told.append("of a product of several titles only sales of its lead track count")
    return f"{'; '.join(told)}; what nobody states of a product is not held against it"


def _holidays(scope: Scope, _: Value) -> str:
    """Return in place of which day the issue is dated, if it is moved."""
    issue = scope.rules.issue
    whole = scope.rules.counting.nominal or issue.window
    label = next(each for each in scope.rules.values if each.key == "label")
    day = whole.last_day + timedelta(label.value["days_after_end"])
    return f"the issue of {day}, a holiday, is dated {issue.issue_date}" if day != issue.issue_date else ""


def _skipped(scope: Scope, value: Value) -> str:
    """Return which issues since the one before were left out, and where their windows count."""
    days = [day for day in map(date.fromisoformat, value.value["issues"]) if _since(scope, day)]
    if not days or value.value["how"] == "repeat":
        return ""
    where = "its window counts here" if value.value["how"] == "together" else "its window counts nowhere"
    return "; ".join(f"the issue of {day} is left out, {where}" for day in days)


def _since(scope: Scope, day: date) -> bool:
    issue = scope.rules.issue.issue_date
    return (scope.previous or issue - timedelta(len(scope.rules.issue.window.days) + 7)) < day < issue


_SENTENCES: dict[str, Callable[[Scope, Value], str]] = {
    "channel_zones": _zones,
    "panel": _panel,
    "products": _products,
    "versions": _versions,
    "holidays": _holidays,
    "skipped": _skipped,
}
"""Blocks that name many songs, channels or days: only what they say of this song and issue is told."""
