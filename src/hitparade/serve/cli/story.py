"""How a song's story looks in a terminal: received, made of, rules, place, history, what is in force, inputs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from hitparade.chart import Received
from hitparade.compile.story import Effect, Neighbour, Story
from hitparade.compile.words import plural
from hitparade.rulebook.rules import Value
from hitparade.serve.cli.output import number, out, table
from hitparade.serve.cli.show import marked, tracking
from hitparade.showing import Told

_CHANNELS = 8


def print_story(told: Told, *, short: bool = False) -> None:
    """Print the story of one song on one issue; ``short`` leaves out days, channels and deliveries."""
    story, cited = told.story, list[str]()
    simulated = story.simulated
    above = f"{story.chart}   issue {story.issue_date}   {tracking(story)}"
    out.print(marked(above, simulated=simulated), markup=False)
    headline = f"{story.song_title} - {story.credit}: {story.headline}"
    out.print(marked(headline, simulated=simulated), style="bold", markup=False)
    out.print()
    for title, lines in _parts(told, cited, short=short):
        shown = list(lines)
        if shown:
            out.print(table(["", ""], [(title if at == 0 else "", line) for at, line in enumerate(shown)], narrow=11))


def _parts(told: Told, cited: list[str], *, short: bool) -> Iterator[tuple[str, Iterable[str]]]:
    story = told.story
    yield "received", islice(_received(story), 1 if short else None)
    yield "not counted", _not_counted(story, cited)
    yield "made of", _made_of(story, cited)
    yield "rules", (_effect(effect, cited) for effect in story.effects)
    yield "place", _place(story)
    yield "history", _history(story)
    if not short:
        yield "in force", (_effect(effect, cited) for effect in story.in_force)
        yield "inputs", _inputs(told)
        yield "notes", story.notes
    yield "sources", (f"{n}  {source}" for n, source in enumerate(cited, 1))


def _received(story: Story) -> Iterator[str]:
    if not story.received:
        return
    refused = story.rows - story.counted
    rows = plural(story.rows, "row")
    yield f"{rows} -> {number(story.counted)} counted, {number(refused)} not counted"
    counted = [each for each in story.received if not each.why_out]
    if counted:
        yield "counted quantity by day: " + _sums(counted, "day")
        yield "counted quantity by channel: " + _sums(counted, "channel")


def _sums(received: Sequence[Received], by: str) -> str:
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in received:
        key = f"{each.day:%a %-d %b}" if by == "day" else each.channel
        sums[each.measure][key] += each.quantity
    return "; ".join(f"{measure}: {_listed(sums[measure], ranked=by == 'channel')}" for measure in sorted(sums))


def _listed(sums: dict[str, int], *, ranked: bool) -> str:
    found = sorted(sums.items(), key=lambda each: (-each[1], each[0])) if ranked else list(sums.items())
    more = f" and {len(found) - _CHANNELS} more" if len(found) > _CHANNELS else ""
    return ", ".join(f"{name} {number(quantity)}" for name, quantity in found[:_CHANNELS]) + more


def _not_counted(story: Story, cited: list[str]) -> Iterator[str]:
    for each in story.not_counted:
        rows = f"{plural(each.rows, 'row')}, quantity {number(each.quantity)}"
        yield f"{rows}: {each.measure}: {each.sentence}{_source(each.value, cited)}"


def _made_of(story: Story, cited: list[str]) -> Iterator[str]:
    for part in story.parts:
        money = f" ({part.currency}, minor units)" if part.currency else ""
        what = f"{_measure(part.measure, part.of)}{money}"
        arithmetic = f"{what} {number(part.quantity)} x {number(part.weight)} = {number(part.points)}"
        yield f"{arithmetic} points{_source(part.value, cited)}"
    unit = "" if story.points_per_unit == 1 else f"; {number(story.points_per_unit)} points make one unit"
    yield marked(f"together {number(story.points)} points{unit}", simulated=story.simulated)


def _measure(measure: str, of: str) -> str:
    """Return a measure, with what of it is added up where that is not the quantity: ``detection audience``."""
    return measure if of == "quantity" else f"{measure} {of}"


def _effect(effect: Effect, cited: list[str]) -> str:
    return f"{effect.rule}: {effect.sentence}{' -> off' if effect.off else ''}{_source(effect.value, cited)}"


def _source(value: Value | None, cited: list[str]) -> str:
    """Return since when a value is in force and the number of its source, which is added to ``cited`` when new."""
    if value is None:
        return ""
    sure = "" if value.confidence == "published" else f", {value.confidence}"
    origin = f"{'what-if' if value.what_if else value.source}{sure}"
    if origin not in cited:
        cited.append(origin)
    return f"  [since {value.since}, source {cited.index(origin) + 1}]"


def _place(story: Story) -> Iterator[str]:
    if story.above:
        yield marked(_neighbour(story.above), simulated=story.simulated)
    if story.position:
        yield marked(f"{story.position}  this song  {_with(story.growth, story.points)}", simulated=story.simulated)
    if story.below:
        yield marked(_neighbour(story.below), simulated=story.simulated)
    if story.needed:
        measure = _measure(story.needed.measure, story.needed.of)
        points = "point" if story.needed.points == 1 else "points"
        more = f"{number(story.needed.points)} more {points}, {number(story.needed.quantity)} of {measure}"
        yield f"position {story.needed.position} would have taken {more}"


def _neighbour(line: Neighbour) -> str:
    gap = "" if line.gap is None else f" ({line.gap:+,})"
    return f"{line.position}  {line.title} - {line.credit}  {_with(line.growth, line.points)}{gap}"


def _with(growth: str, points: int) -> str:
    """Return the points of a line, and before them its growth where growth orders the chart."""
    return f"{growth}  {plural(points, 'point')}" if growth else number(points)


def _history(story: Story) -> Iterator[str]:
    if story.last_issue:
        before = f"position {story.previous_position}" if story.previous_position else "not on the chart"
        yield f"issue {story.last_issue}: {before}"
    if story.peak:
        weeks = plural(story.weeks_on_chart or 0, "week")
        there = "weeks there not known" if story.peak_weeks is None else f"{story.peak_weeks} wk"
        yield f"peak {story.peak} ({there}), {weeks} on the chart, as of this issue"
    for past in story.history:
        yield f"{past.ago} window before: {number(past.points)} points of {number(past.market)} in the market"


def _inputs(told: Told) -> Iterator[str]:
    yield f"song {told.story.song!r}; decisions that hold for this issue: {told.story.decisions}"
    for held in told.deliveries[:_CHANNELS]:
        yield f"{held.name} ({held.delivery}): {plural(held.rows, 'row')} as {held.title!r} by {held.artist!r}"
    if len(told.deliveries) > _CHANNELS:
        yield f"and {len(told.deliveries) - _CHANNELS} more deliveries"
