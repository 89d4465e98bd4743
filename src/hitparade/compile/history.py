"""What a chart remembers: of a song that is on an issue, and after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hitparade.chart import Candidate, ChartState, Joined, SongState
from hitparade.compile.issues_of import how_many, union, with_issue
from hitparade.compile.line import Line


def movement(line: Line, position: int) -> str:
    """Return ``new``, ``re``, ``=``, or the places gained or lost as ``+3`` and ``-2``."""
    if line.previous:
        return f"{line.previous - position:+d}" if line.previous != position else "="
    return "re" if line.state and not line.inherited else "new"


def after(line: Line, position: int, issue_date: date, number: int) -> SongState:
    """Return the song's state once it stands at ``position`` on that issue; it is not recurrent then."""
    return _went_on(line.state, line.candidate, position, issue_date, number, memory(line))


def _went_on(
    old: SongState | None, song: Candidate | SongState, position: int, issue_date: date, number: int,
    noted: Mapping[str, int],
) -> SongState:  # fmt: skip
    peak_issue: date | None
    peak_weeks: int | None
    if old is None or position < old.peak:
        peak, peak_issue, peak_weeks = position, issue_date, 1
    else:
        peak, peak_issue, peak_weeks = old.peak, old.peak_issue, _added(old.peak_weeks, position == old.peak)
    first, weeks, issues = (old.first_issue, old.weeks_on_chart + 1, old.issues) if old else (issue_date, 1, ())
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
        memory=noted,
        issues=with_issue(issues, number) if number else issues,
    )


def _added(one: int | None, other: int | None) -> int | None:
    """Return the sum of two numbers of weeks; None when an archive leaves one of them open."""
    return None if one is None or other is None else one + other


def memory(line: Line) -> dict[str, int]:
    """Return what is remembered of the song after this issue: what was, and what rules noted; 0 is forgotten."""
    known = {**(line.state.memory if line.state else {}), **line.memory}
    return {key: known[key] for key in sorted(known) if known[key]}


def rename(state: ChartState, renamed: Mapping[str, str]) -> tuple[ChartState, tuple[str, ...]]:
    """Return the state under today's song keys, and a note for every run that became part of a song or left one.

    ``renamed`` says where a key leads today, for every run that is ``joined`` too: one that it does not name is a
    song of its own. Runs are laid over each other from what each is by itself.
    """
    homes = {each.home for each in state.joined.values()}
    runs = {key: each.run for key, each in state.joined.items()}
    alone = (key for key in renamed if key in state.songs and key not in homes and key not in state.joined)
    runs.update({key: state.songs[key] for key in alone})
    was = {key: state.joined[key].home if key in state.joined else key for key in runs}
    changed = [key for key in runs if renamed.get(key, key) != was[key]]
    if not changed:
        return state, ()
    touched = {home for key in changed for home in (was[key], renamed.get(key, key))}
    runs.update((home, state.songs[home]) for home in touched - homes - runs.keys() if home in state.songs)
    groups: dict[str, list[SongState]] = {}
    for key in sorted(runs):
        home = renamed.get(key, key)
        if home in touched or was.get(key, key) in touched:
            groups.setdefault(home, []).append(runs[key])
    songs = {key: song for key, song in state.songs.items() if key not in touched}
    joined = {key: each for key, each in state.joined.items() if each.home not in touched}
    notes: list[str] = []
    for home in sorted(groups):
        songs[home] = _together(groups[home], home, state.songs.get(home))
        if groups[home] != [songs[home]]:
            joined.update((run.song, Joined(home, run)) for run in groups[home])
        notes += _notes(groups[home], songs[home], {key: was.get(key, key) for key in runs})
    return replace(state, songs=dict(sorted(songs.items())), joined=dict(sorted(joined.items()))), tuple(notes)


def _together(runs: Sequence[SongState], home: str, before: SongState | None) -> SongState:
    """Return one state for the runs of a song; what rules noted of the song of that key goes on."""
    made = replace(runs[0], song=home)
    for run in runs[1:]:
        made = _merge(made, run, home)
    if before is None or (len(runs) > 1 and before.last_issue < made.last_issue):
        return made
    return replace(made, memory={**made.memory, **before.memory}, recurrent_since=before.recurrent_since)


def _notes(runs: Sequence[SongState], song: SongState, was: Mapping[str, str]) -> Iterator[str]:
    """Give what is to be said of runs that came together, or went apart."""
    name = f"{song.title} - {song.credit}"
    if len(runs) == 1 and was[runs[0].song] != runs[0].song == song.song:
        yield f"{name}: its run left another song and goes on from its own {song.weeks_on_chart} weeks"
    if len({was[run.song] for run in runs}) == 1:
        return
    if all(map(_is_whole, runs)):
        shared = sum(run.weeks_on_chart for run in runs) - song.weeks_on_chart
        said = f"it was on {song.weeks_on_chart} issues in all, on {shared} of them by both names"
    else:
        said = (
            f"its weeks on chart are those of the longer run ({song.weeks_on_chart}); "
            "the issues they share are not known"
        )
    yield f"{name}: two runs became one song; {said}"


def _is_whole(run: SongState) -> bool:
    """Return whether it is known which issues a run was on."""
    return how_many(run.issues) == run.weeks_on_chart


def _merge(one: SongState, other: SongState, song: str) -> SongState:
    """Return one state for two runs: the later position, the better peak, the issues of both."""
    last = min(one, other, key=lambda each: (-each.last_issue.toordinal(), each.last_position, each.song))
    best = min(one, other, key=lambda each: (each.peak, each.peak_issue or date.min, -(each.peak_weeks or 0)))
    first = min(one.first_issue, other.first_issue) if one.first_issue and other.first_issue else None
    least = max(one.weeks_on_chart, other.weeks_on_chart)
    issues = union((one.issues, other.issues)) if _is_whole(one) and _is_whole(other) else ()
    return replace(
        last,
        song=song,
        first_issue=first,
        peak=best.peak,
        peak_issue=best.peak_issue,
        peak_weeks=_added(one.peak_weeks, other.peak_weeks) if issues and one.peak == other.peak else best.peak_weeks,
        weeks_on_chart=how_many(issues) or least,
        memory={**(other if last is one else one).memory, **last.memory},
        issues=issues,
    )


def going_on(state: ChartState, states: Sequence[SongState]) -> Mapping[str, Joined]:
    """Return the joined runs after an issue: a song's line there belongs to the run of the song's own key."""
    homes = {each.home for each in state.joined.values()}
    gone_on = {}
    for made in states:
        if made.song in homes:
            old = state.joined[made.song].run if made.song in state.joined else None
            run = _went_on(old, made, made.last_position, made.last_issue, state.next_number, made.memory)
            gone_on[made.song] = Joined(made.song, run)
    return dict(sorted({**state.joined, **gone_on}.items())) if gone_on else state.joined
