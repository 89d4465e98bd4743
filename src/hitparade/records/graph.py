"""A song's run as a picture: position 1 on top, gaps as gaps, one panel for each chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hitparade.records.compare import Comparison
from hitparade.records.graph_frame import BOTTOM, HEIGHT, LEFT, TOP, Frame, line, lowest_of, mark, page, text
from hitparade.records.runs import Break, RunLine
from hitparade.records.song import ChartRun, SongHistory

_WIDEST_GAP = 8
"""Steps that a longer absence is drawn with; how long it was is written into it."""
_DATES = 5
_ROOM = HEIGHT + TOP + BOTTOM


@dataclass(frozen=True, slots=True)
class _Placed:
    """Lines with their steps, and the breaks between them with the steps of both sides."""

    steps: tuple[int, ...]
    breaks: tuple[tuple[Break, int, int], ...]


def of_song(said: SongHistory) -> str:
    """Return the graph of a song on all of its charts, with the runs as its text alternative."""
    title = f"{said.title} - {said.credit}"
    parts = [text(str(LEFT), "24", title, "head")]
    for number, run in enumerate(said.charts):
        parts += _panel(run, 36 + number * _ROOM)
    told = ". ".join(f"{run.title}, as of {run.as_of}: {run.run}" for run in said.charts)
    return page(f"Chart run of {title}", f"{told}.", 44 + len(said.charts) * _ROOM, parts)


def of_comparison(said: Comparison) -> str:
    """Return the graph of songs side by side: week 1 is each song's entry."""
    positions = [row[number] for number in range(len(said.songs)) for row in said.weeks if row[number]]
    frame = Frame(30 + TOP, max(len(said.weeks) - 1, 1), lowest_of(filter(None, positions), said.songs[0].run.size))
    title = f"{said.title}: {said.name}"
    simulated = "   SIMULATED" if said.simulated else ""
    parts = [text(str(LEFT), "24", f"{said.title}{simulated}, weeks since entry", "head"), *frame.grid()]
    for number, side in enumerate(said.songs):
        parts += _side(frame, number, [row[number] for row in said.weeks])
        parts += _key(frame.bottom + 48 + number * 20, number, f"{side.title} - {side.credit}")
    for week in range(0, len(said.weeks), max(1, len(said.weeks) // 8)):
        parts.append(text(frame.x(week), str(frame.bottom + 20), str(week + 1), "small", anchor="middle"))
    told = ". ".join(f"{side.title} - {side.credit}: {side.run.run}" for side in said.songs)
    return page(title, f"{told}.", frame.bottom + 48 + len(said.songs) * 20, parts)


def _side(frame: Frame, number: int, positions: Sequence[int | None]) -> Iterator[str]:
    spell: list[tuple[str, str]] = []
    for week, position in enumerate([*positions, None]):
        if position is not None:
            spell.append((frame.x(week), frame.y(position)))
            yield mark(number, *spell[-1], f"week {week + 1}: {position}")
        elif spell:
            yield line(number, spell)
            spell = []


def _key(at: int, number: int, said: str) -> Iterator[str]:
    yield line(number, [(str(LEFT), str(at - 4)), (str(LEFT + 36), str(at - 4))])
    yield mark(number, str(LEFT + 18), str(at - 4))
    yield text(str(LEFT + 44), str(at), said)


def _panel(run: ChartRun, top: int) -> Iterator[str]:
    placed = _place(run.lines, run.breaks)
    lowest = lowest_of((line.position for line in run.lines), run.size)
    frame = Frame(top + TOP, placed.steps[-1], lowest)
    simulated = "   SIMULATED" if run.simulated else ""
    short = "; long absences are drawn short" if any(each.out > _WIDEST_GAP for each in run.breaks) else ""
    yield text(str(LEFT), str(top + TOP - 26), f"{run.title}{simulated}, as of {run.as_of}{short}", "small")
    yield from frame.grid()
    for broken, first, last in placed.breaks:
        yield from _gap(frame, broken, first, last)
    for spell in _unbroken(run.lines, placed):
        yield line(0, [(frame.x(step), frame.y(each.position)) for step, each in spell])
    for step, each in zip(placed.steps, run.lines, strict=True):
        yield mark(0, frame.x(step), frame.y(each.position), f"{each.issue}: {each.position}")
    yield from _peak(frame, run.lines, placed.steps)
    yield from _dates(frame, run.lines, placed.steps)


def _place(lines: Sequence[RunLine], breaks: Sequence[Break]) -> _Placed:
    between = {each.before: each for each in breaks}
    steps, found = [0], []
    for each in lines[1:]:
        broken = between.get(each.issue)
        width = 1 + min(_WIDEST_GAP, max(2, broken.out + broken.not_held)) if broken else 1
        if broken:
            found.append((broken, steps[-1], steps[-1] + width))
        steps.append(steps[-1] + width)
    return _Placed(tuple(steps), tuple(found))


def _unbroken(lines: Sequence[RunLine], placed: _Placed) -> Iterator[list[tuple[int, RunLine]]]:
    ends = {last for _, _, last in placed.breaks}
    spell: list[tuple[int, RunLine]] = []
    for step, each in zip(placed.steps, lines, strict=True):
        if step in ends:
            yield spell
            spell = []
        spell.append((step, each))
    yield spell


def _gap(frame: Frame, each: Break, first: int, last: int) -> Iterator[str]:
    left, right = (frame.x(2 * step + side, 2) for step, side in ((first, 1), (last, -1)))
    if each.out:
        width = f"{float(right) - float(left):.2f}"
        yield f'<rect class="away" x="{left}" y="{frame.top}" width="{width}" height="{HEIGHT}"/>'
    else:
        height = f"{(frame.top + frame.bottom) // 2}"
        yield f'<line class="unheld" x1="{left}" x2="{right}" y1="{height}" y2="{height}"/>'
    middle = f"{(float(left) + float(right)) / 2:.2f}"
    said = [f"{each.out} issue{'s' * (each.out > 1)} out"] if each.out else []
    said += [f"{each.not_held} not held"] if each.not_held else []
    for number, words in enumerate(said):
        yield text(middle, str(frame.bottom - 10 - number * 14), words, "small", anchor="middle")


def _peak(frame: Frame, lines: Sequence[RunLine], steps: Sequence[int]) -> Iterator[str]:
    best = lines[-1].peak
    step = next(steps[number] for number, each in enumerate(lines) if each.position == best)
    above = f"{float(frame.y(best)) - 8:.2f}"
    yield text(frame.x(step), above, f"peak {best}", "small", anchor=_anchor(frame, step))


def _anchor(frame: Frame, step: int) -> str:
    return "start" if step * 20 <= frame.steps else "end" if step * 20 >= frame.steps * 19 else "middle"


def _dates(frame: Frame, lines: Sequence[RunLine], steps: Sequence[int]) -> Iterator[str]:
    """Give dates under the first, the last and some issues between, none upon another."""
    room = max(1, frame.steps // _DATES)
    shown: list[tuple[int, date]] = []
    starts = {at for at, (one, other) in enumerate(pairwise(lines), 1) if other.spell > one.spell}
    wanted = sorted(range(len(lines)), key=lambda at: (at not in (0, len(lines) - 1), at not in starts, at))
    for at in wanted:
        if all(abs(steps[at] - step) >= room for step, _ in shown):
            shown.append((steps[at], lines[at].issue))
    for step, issue in sorted(shown):
        said = f"{issue:%-d %b %Y}"
        yield text(frame.x(step), str(frame.bottom + 20), said, "small", anchor=_anchor(frame, step))
