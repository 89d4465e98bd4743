"""Why a song stands where it stands, told from the same fold that put it there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hitparade.chart import Candidate, ChartState, Received, SongState
from hitparade.compile.compiled import Compiled
from hitparade.compile.decision import ruled
from hitparade.compile.estimates import estimated
from hitparade.compile.explain_scope import Scope, in_force
from hitparade.compile.find import the_song
from hitparade.compile.grown import gained
from hitparade.compile.history import after, movement, rename
from hitparade.compile.issue import say, why_out
from hitparade.compile.line import Line
from hitparade.compile.outcome import Outcome
from hitparade.compile.proof import bound
from hitparade.compile.ranking import places
from hitparade.compile.rules import floor
from hitparade.compile.settling import settled
from hitparade.compile.story import Effect, Needed, Neighbour, NotCounted, Part, Past, Story
from hitparade.compile.words import ordinal
from hitparade.counting import PLAIN
from hitparade.rulebook.rules import Rules, Value

_NOT_COUNTED = {
    "short_play": ("minimum_play", "shorter than the minimum play"),
    "over_cap": ("cap_per_consumer", "beyond what one consumer may count in a day"),
    "repeat": ("repeats", "a repeat of the same row"),
    "day_not_cut": ("week", "delivered by the day, but the week begins inside a day"),
    "no_units": ("units", "of a measure that this chart does not count"),
    "off_panel": ("panel", "from a channel that is not on the panel"),
    "off_hours": ("hours", "at a time of the week that does not count"),
    "other_currency": ("units", "paid in another currency"),
    "other_event": ("events", "another event of a sale than the one that counts"),
    "returned": ("returns", "pieces that came back"),
    "under_price": ("price_floor", "sold below the least price"),
    "too_many_titles": ("products", "of a product of too many titles"),
    "not_lead": ("products", "of a product of several titles, of which another song is the lead track"),
    "struck": ("decision", "taken out of the count by decision"),
    "bulk": ("bulk", "beyond what one customer may buy of a product"),
}


def explain(compiled: Compiled, song_or_position: str | int, sources: Iterable[Received] = ()) -> Story:
    """Return the story of one song on one issue.

    Args:
        compiled: the issue with its inputs.
        song_or_position: a position on the chart, or a song's name in any spelling.
        sources: what was received of the song, as the ledger tells it.

    Raises:
        AmbiguousError: several songs answer to the name.
        CompileError: none does.
    """
    song = the_song(compiled, str(song_or_position))
    state, _ = rename(compiled.state_in, compiled.renamed)
    held = ruled(compiled.decisions, compiled.chart.issue_date, compiled.renamed)
    whole = settled(compiled.candidates, state, held, compiled.rules, upstream=compiled.upstream, whole=True)
    outcome = _as_deep_as_proven(whole, compiled)
    return _tell(_Case(compiled, state, outcome, song), tuple(sorted(sources, key=_by_day)))


def _as_deep_as_proven(outcome: Outcome, compiled: Compiled) -> Outcome:
    """Return the outcome with every place that holds: no song left out has as many points as the line there."""
    most, least = bound(compiled.candidates, compiled.rules), floor(compiled.rules)
    if least:
        depth = sum(bool(line.ahead) for line in outcome.lines) if most < least else 0
    else:
        depth = sum(line.points > most for line in outcome.lines)
    if depth <= outcome.depth:
        return outcome
    read = places(outcome.lines[:depth], compiled.rules.shared)
    below = tuple((line, place) for line, place in read if not line.offs and place > compiled.rules.size)
    return replace(outcome, depth=depth, below=below)


@dataclass(slots=True, frozen=True)
class _Case:
    """A song, and the issue settled once more."""

    compiled: Compiled
    state: ChartState
    outcome: Outcome
    song: str

    @property
    def rules(self) -> Rules:
        return self.compiled.rules

    @property
    def index(self) -> int | None:
        """Where its line is; None for a song without points."""
        lines = enumerate(self.outcome.lines)
        return next((at for at, line in lines if line.candidate.song == self.song), None)

    @property
    def candidate(self) -> Candidate:
        """Its sums; none for a song that the chart remembers and nobody reported."""
        found = next((each for each in self.compiled.candidates.candidates if each.song == self.song), None)
        known = self.compiled.state_out.songs.get(self.song)
        return found or Candidate(self.song, known.title if known else "", known.credit if known else "")


def _by_day(each: Received) -> tuple[object, ...]:
    return each.day, each.channel, each.measure, each.why_out, each.rows, each.quantity


def _tell(case: _Case, received: Sequence[Received]) -> Story:
    chart, index, candidate = case.compiled.chart, case.index, case.candidate
    line = None if index is None else case.outcome.lines[index]
    position = next((place for each, place in case.outcome.placed if each is line), None)
    old = case.state.songs.get(case.song)
    now = after(line, position, chart.issue_date, case.state.next_number) if line and position else old
    rule, sentence = _kept_off(case, index) if position is None else ("", "")
    parts = _parts(line.candidate if line else candidate, case.rules, line)
    place = position or _place(case.outcome, line, case.rules.shared)
    previous = old.last_position if old and old.last_issue == case.state.issue_date else None
    above, below = _neighbours(case.outcome, line, position, rule)
    return Story(
        chart=chart.chart,
        title=chart.title,
        issue_date=chart.issue_date,
        tracking_start=chart.tracking_start,
        tracking_end=chart.tracking_end,
        zone=chart.zone,
        simulated=chart.simulated,
        song=case.song,
        song_title=(line.candidate if line else candidate).title,
        credit=(line.candidate if line else candidate).credit,
        headline=_headline(case, position, previous, old, rule, sentence),
        position=position,
        movement=movement(line, position) if line and position else "",
        previous_position=previous,
        last_issue=case.state.issue_date,
        peak=now.peak if now else None,
        peak_weeks=now.peak_weeks if now else None,
        weeks_on_chart=now.weeks_on_chart if now else None,
        rule=rule,
        place=place,
        points=line.points if line else sum(part.points for part in parts),
        points_per_unit=chart.points_per_unit,
        market_points=_market(case, 0),
        parts=parts,
        effects=tuple(_effects(case.rules, line, proven=index is not None and index < case.outcome.depth)),
        above=above,
        below=below,
        needed=_needed(above, parts) if rule in {"", "size"} and not (line and line.ahead) else None,
        history=tuple(_history(case)),
        received=tuple(received),
        not_counted=tuple(_not_counted(received, case.rules, case.song)),
        rows=sum(each.rows for each in received),
        counted=sum(each.rows for each in received if not each.why_out),
        recordings=candidate.recordings,
        decisions=len(case.compiled.decisions),
        notes=chart.notes,
        in_force=tuple(in_force(Scope(case.rules, candidate, received, case.state.issue_date))),
        growth=gained(line) if line else "",
    )


def _kept_off(case: _Case, index: int | None) -> tuple[str, str]:
    return ("no_points", "no points in this window") if index is None else why_out(case.outcome, index)


def _headline(
    case: _Case, position: int | None, previous: int | None, old: SongState | None, rule: str, sentence: str
) -> str:
    """Return where the song stands, in one sentence."""
    if position is None:
        where = f"left on {case.compiled.chart.issue_date}" if previous else "not on the chart"
        return f"{where} ({rule}): {sentence}" if rule not in {"size", "no_points"} else f"{where}: {sentence}"
    if previous is None:
        return f"{ordinal(position)}, {'a re-entry' if old else 'new'}"
    if previous == position:
        return f"{ordinal(position)}, as on the issue before"
    gained = previous - position
    return f"{ordinal(position)}, {'up' if gained > 0 else 'down'} {abs(gained)} from {ordinal(previous)}"


def _parts(candidate: Candidate, rules: Rules, line: Line | None) -> tuple[Part, ...]:
    """Return what each measure that counts gives, largest first; they add up to the points that order the chart.

    On a chart that is ordered by something else, such as growth, they add up to the points of this window.
    """
    made, own = [], line.weights if line and line.weights else rules.weights
    for measure, weight in own.items():
        quantity = next(iter(candidate.sums.get(measure, ())), 0)
        block = "units" if weight == rules.weights[measure] else "accelerated"
        value, amount = value_of(rules, block, measure), rules.counting.amounts.get(measure, PLAIN)
        made.append(Part(measure, quantity, weight, quantity * weight, value, amount.of, amount.currency))
    return tuple(sorted(made, key=lambda part: (-part.points, part.measure)))


def value_of(rules: Rules, block: str, measure: str = "") -> Value | None:
    """Return the dated value of a block, or of one of its measures: its own, or that of its whole use."""
    keys = {value.key.replace('"', ""): value for value in rules.values}
    use = measure.split(".", maxsplit=1)[0]
    names = (f"{block}.{measure}", f"{block}.{use}.*", block)
    return next((keys[name] for name in names if name in keys), None)


def _effects(rules: Rules, line: Line | None, *, proven: bool) -> Iterator[Effect]:
    """Give what each decision and each step in force said of the line, in the order they looked."""
    notes = line.notes if line else []
    offs = line.offs if line else ()
    for rule, facts in notes:
        value = None if rule == "decision" else value_of(rules, rule, getattr(facts, "measure", ""))
        yield Effect(rule, say(rule, facts, proven=proven), rule in offs, value)
    for block, measure, said in estimated(line.candidate, rules) if line else ():
        yield Effect(block, said, off=False, value=value_of(rules, block, measure))
    looked = {rule for rule, _ in notes}
    for rule in rules.steps if line else ():
        if rule in rules.params and rule not in looked:
            yield Effect(rule, "does not concern this song", off=False, value=value_of(rules, rule))


def _place(outcome: Outcome, line: Line | None, shared: str) -> int:
    """Return the place of a line that no rule keeps off, if it is proven, else 0."""
    if line is None or line.offs:
        return 0
    proven = places(outcome.lines[: outcome.depth], shared)
    return next((place for each, place in proven if each is line), 0)


def _neighbours(
    outcome: Outcome, line: Line | None, position: int | None, rule: str
) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the lines above and below; for a song that is too low the last position is above."""
    placed = outcome.placed
    if line is None or rule not in {"", "size"}:
        return None, None
    if position is None:
        return _neighbour(placed[-1], line) if placed else None, None
    at = next(index for index, (each, _) in enumerate(placed) if each is line)
    following = [*placed[at + 1 : at + 2], *outcome.below[:1]]
    above = _neighbour(placed[at - 1], line) if at else None
    return above, _neighbour(following[0], line) if following else None


def _neighbour(placed: tuple[Line, int], line: Line) -> Neighbour:
    other, place = placed
    song = other.candidate
    gap = None if line.ahead or other.ahead else other.points - line.points
    return Neighbour(place, song.song, song.title, song.credit, other.points, gap, gained(other))


def _needed(above: Neighbour | None, parts: Sequence[Part]) -> Needed | None:
    """Return what would have been enough: one point more than the gap, and the quantity that gives it."""
    if above is None or not parts:
        return None
    points = (above.gap or 0) + 1
    return Needed(above.position, points, parts[0].measure, -(-points // parts[0].weight), parts[0].of)


def _history(case: _Case) -> Iterator[Past]:
    sums = case.candidate.sums
    for ago in range(1, max((len(sums.get(measure, ())) for measure in case.rules.weights), default=0)):
        windows = ((sums.get(measure, ())[ago : ago + 1], weight) for measure, weight in case.rules.weights.items())
        yield Past(ago, sum(window[0] * weight for window, weight in windows if window), _market(case, ago))


def _market(case: _Case, ago: int) -> int:
    market = case.compiled.candidates.market
    windows = ((market.get(measure, ())[ago : ago + 1], weight) for measure, weight in case.rules.weights.items())
    return sum(window[0] * weight for window, weight in windows if window)


def _not_counted(received: Iterable[Received], rules: Rules, song: str) -> Iterator[NotCounted]:
    """Give what did not count, added up by reason and measure."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for each in received:
        if each.why_out:
            rows, quantity = sums.get((each.why_out, each.measure), (0, 0))
            sums[each.why_out, each.measure] = rows + each.rows, quantity + each.quantity
    for (why, measure), (rows, quantity) in sorted(sums.items()):
        block, sentence = _NOT_COUNTED.get(why, (why, why.replace("_", " ")))
        if why == "struck":
            held = (each for each in rules.profile.struck if each.song in {"", song})
            sentence += f" {' and '.join(f'{each.id}: {each.why}' for each in held)}"
        yield NotCounted(why, sentence, measure, rows, quantity, value_of(rules, block, measure))
