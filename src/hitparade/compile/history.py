"""What a chart remembers: of a song that is on an issue, and after it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hitparade.chart import ChartState, SongState
from hitparade.compile.line import Line


def movement(line: Line, position: int) -> str:
    """Return ``new``, ``re``, ``=``, or the places gained or lost as ``+3`` and ``-2``."""
    if line.previous:
        return f"{line.previous - position:+d}" if line.previous != position else "="
    return "re" if line.state and not line.inherited else "new"


def after(line: Line, position: int, issue_date: date) -> SongState:
    """Return the song's state once it stands at ``position`` on that issue; it is not recurrent then."""
    song, old = line.candidate, line.state
    if old is None or position < old.peak:
        peak, peak_issue, peak_weeks = position, issue_date, 1
    else:
        peak, peak_issue, peak_weeks = old.peak, old.peak_issue, old.peak_weeks + (position == old.peak)
    first, weeks = (old.first_issue, old.weeks_on_chart + 1) if old else (issue_date, 1)
    return SongState(
        song=song.song,
        title=song.title,
        credit=song.credit,
        first_issue=first,
        last_issue=issue_date,
        last_position=position,
        peak=peak,
        peak_issue=peak_issue,
        peak_weeks=peak_weeks,
        weeks_on_chart=weeks,
        memory=memory(line),
    )


def memory(line: Line) -> dict[str, int]:
    """Return what is remembered of the song after this issue: what was, and what rules noted; 0 is forgotten."""
    known = {**(line.state.memory if line.state else {}), **line.memory}
    return {key: known[key] for key in sorted(known) if known[key]}


def rename(state: ChartState, renamed: Mapping[str, str]) -> tuple[ChartState, tuple[str, ...]]:
    """Return the state under today's song keys, and a note for every two runs that became one.

    How many issues two runs share cannot be known from their states, so the weeks of the longer run are kept.
    """
    if not any(old in state.songs for old in renamed):
        return state, ()
    songs: dict[str, SongState] = {}
    notes = []
    for key in sorted(state.songs):
        old = state.songs[key]
        name = renamed.get(key, key)
        met = songs.get(name)
        if met:
            longer = max(met.weeks_on_chart, old.weeks_on_chart)
            notes.append(
                f"{old.title} - {old.credit}: two runs became one song; its weeks on chart are "
                f"those of the longer run ({longer}); the issues they share are not known"
            )
        songs[name] = _merge(met, old, name) if met else replace(old, song=name)
    return replace(state, songs=songs), tuple(notes)


def _merge(one: SongState, other: SongState, song: str) -> SongState:
    """Return one state for two runs: the later position, the better peak, the longer run."""
    last = min(one, other, key=lambda each: (-each.last_issue.toordinal(), each.last_position, each.song))
    best = min(one, other, key=lambda each: (each.peak, each.peak_issue, -each.peak_weeks))
    return replace(
        last,
        song=song,
        first_issue=min(one.first_issue, other.first_issue),
        peak=best.peak,
        peak_issue=best.peak_issue,
        peak_weeks=best.peak_weeks,
        weeks_on_chart=max(one.weeks_on_chart, other.weeks_on_chart),
        memory={**(other if last is one else one).memory, **last.memory},
    )
