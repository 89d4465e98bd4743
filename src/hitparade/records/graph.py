"""A song's run as a picture: position 1 on top, gaps as gaps, one panel for each chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hitparade.records.graph_frame import BOTTOM, HEIGHT, LEFT, TOP, Frame, line, lowest_of, mark, page, text
from hitparade.records.runs import Break, RunLine
from hitparade.records.song import ChartRun, SongHistory

_WIDEST_GAP = 8
"""Steps that a longer absence is drawn with; how long it was is written into it."""
_DATES = 6
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


def _panel(run: ChartRun, top: int) -> Iterator[str]:
    placed = _place(run.lines, run.breaks)
    lowest = lowest_of((line.position for line in run.lines), run.size)
    frame = Frame(top + TOP, placed.steps[-1], lowest)
    simulated = "   SIMULATED" if run.simulated else ""
    yield text(str(LEFT), str(top + TOP - 14), f"{run.title}{simulated}, as of {run.as_of}", "small")
    yield from frame.grid()
    for each, first, last in placed.breaks:
        yield from _gap(frame, each, first, last)
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
    left, right = frame.x(first), frame.x(last)
    if each.out:
        width = f"{float(right) - float(left):.2f}"
        yield f'<rect class="away" x="{left}" y="{frame.top}" width="{width}" height="{HEIGHT}"/>'
    else:
        height = f"{(frame.top + frame.bottom) // 2}"
        yield f'<line class="unheld" x1="{left}" x2="{right}" y1="{height}" y2="{height}"/>'
    middle = f"{(float(left) + float(right)) / 2:.2f}"
    said = [f"{each.out} out"] if each.out else []
    said += [f"{each.not_held} not held"] if each.not_held else []
    for number, words in enumerate(said):
        yield text(middle, str(frame.top + 14 + number * 14), words, "small", anchor="middle")


def _peak(frame: Frame, lines: Sequence[RunLine], steps: Sequence[int]) -> Iterator[str]:
    best = lines[-1].peak
    at = next(number for number, each in enumerate(lines) if each.position == best)
    below = float(frame.y(best)) + (16 if best < frame.lowest // 2 else -8)
    end = steps[at] * 10 > frame.steps * 9
    yield text(frame.x(steps[at]), f"{below:.2f}", f"peak {best}", "small", anchor="end" if end else "middle")


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
        anchor = "start" if step == 0 else "end" if step == frame.steps else "middle"
        yield text(frame.x(step), str(frame.bottom + 20), f"{issue:%-d %b %Y}", "small", anchor=anchor)
