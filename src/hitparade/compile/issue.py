"""The frozen issue: entries, drop-outs and lines left out, each with its sentences.

Sentences are made here, for the few hundred lines that are printed, and not while the rules run.
"""

from collections.abc import Iterator

from hitparade.chart import Chart, ChartState, DropOut, Entry, LeftOut, SongState
from hitparade.compile.decision import NOT_NAMED, WITHHELD
from hitparade.compile.estimates import estimated
from hitparade.compile.history import movement
from hitparade.compile.line import Line
from hitparade.compile.outcome import Outcome
from hitparade.compile.repeating import REPEATED
from hitparade.compile.rules import KINDS
from hitparade.compile.words import ordinal, plural
from hitparade.rulebook.rules import Rules


def issue(outcome: Outcome, state: ChartState, rules: Rules, *, simulated: bool, notes: tuple[str, ...]) -> Chart:
    """Return the issue that the settled lines make."""
    window = rules.issue.window
    return Chart(
        chart=rules.chart,
        title=rules.title,
        issue_date=rules.issue.issue_date,
        tracking_start=window.first_day,
        tracking_end=window.last_day,
        zone=window.zone,
        points_per_unit=rules.points_per_unit,
        previous_issue=state.issue_date,
        entries=tuple(
            _entry(line, position, made, rules)
            for (line, position), made in zip(outcome.placed, outcome.states, strict=True)
        ),
        drop_outs=tuple(_drop_outs(outcome, state)),
        left_out=tuple(_left_out(outcome)),
        notes=notes,
        simulated=simulated,
    )


def _entry(line: Line, position: int, made: SongState, rules: Rules) -> Entry:
    sums = line.candidate.sums
    withheld = WITHHELD in line.markers
    return Entry(
        position=position,
        song=made.song,
        title=NOT_NAMED if withheld else made.title,
        credit="" if withheld else made.credit,
        points=line.points,
        previous_position=line.previous or None,
        movement=movement(line, position),
        peak=made.peak,
        peak_issue=made.peak_issue,
        peak_weeks=made.peak_weeks,
        weeks_on_chart=made.weeks_on_chart,
        sums={measure: sums[measure][0] for measure in rules.weights if sums.get(measure)},
        reasons=(
            *((rule, say(rule, facts)) for rule, facts in line.notes),
            *((block, said) for block, _, said in estimated(line.candidate, rules)),
        ),
        markers=line.markers,
    )


def say(rule: str, facts: object, *, proven: bool = True) -> str:
    """Return what a rule or a decision noted about a line, as a sentence."""
    return str(facts) if rule in {"decision", REPEATED} else KINDS[rule].sentence(facts, proven=proven)


def _drop_outs(outcome: Outcome, state: ChartState) -> Iterator[DropOut]:
    """Give the songs of the last issue that are not on this one, by the position they had."""
    on = {made.song for made in outcome.states}
    at = {line.candidate.song: index for index, line in enumerate(outcome.lines) if line.previous}
    gone = [each for each in state.standing.values() if each.song not in on]
    for old in sorted(gone, key=lambda each: (each.last_position, each.song)):
        rule, sentence = "no_points", "no points in this window"
        title, credit = old.title, old.credit
        if old.song in at:
            rule, sentence = why_out(outcome, at[old.song])
            song = outcome.lines[at[old.song]].candidate
            title, credit = song.title, song.credit
        yield DropOut(old.song, title, credit, old.last_position, old.weeks_on_chart, old.peak, rule, sentence)


def _left_out(outcome: Outcome) -> Iterator[LeftOut]:
    """Give, in order, lines kept off above the last position, the next below, others of the last issue."""
    below = {id(line) for line, _ in outcome.below}
    for index, line in enumerate(outcome.lines):
        kept_off = index < outcome.last and line.offs
        if kept_off or id(line) in below or (index >= outcome.last and line.previous):
            song = line.candidate
            rule, sentence = why_out(outcome, index)
            would_be = line.would_be if index < outcome.depth else 0
            yield LeftOut(song.song, song.title, song.credit, line.points, would_be, rule, sentence)


def why_out(outcome: Outcome, index: int) -> tuple[str, str]:
    """Return the rule that keeps the line at ``index`` off the chart, or ``size``, and the sentence.

    Below the last position only a rule whose mark holds there is named; otherwise the song is simply too low.
    """
    line = outcome.lines[index]
    for rule in line.offs:
        if index < outcome.last or rule == "decision" or KINDS[rule].holds_below:
            facts = next(said for name, said in line.notes if name == rule)
            return rule, say(rule, facts, proven=index < outcome.depth)
    return "size", _too_low(outcome, line)


def _too_low(outcome: Outcome, line: Line) -> str:
    if not outcome.placed:
        return "the chart has no positions"
    last, position = outcome.placed[-1]
    place = next((place for each, place in outcome.below if each is line), 0)
    if line.ahead:  # points do not order this chart
        return f"would be {ordinal(place)}" if place else f"below {ordinal(position)}"
    short = f"{plural(last.points - line.points, 'point')} below {ordinal(position)}"
    return f"would be {ordinal(place)}: {short}" if place else short
