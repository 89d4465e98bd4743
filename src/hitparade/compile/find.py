"""Songs by name, in any spelling."""

from collections.abc import Iterable, Iterator

from hitparade.catalog.folding import fold
from hitparade.compile.compiled import Compiled
from hitparade.compile.proof import bound
from hitparade.errors import AmbiguousError, CompileError

_LISTED = 20

Name = tuple[str, str, str]
"""Key, title and credit."""


def find(compiled: Compiled, text: str) -> tuple[str, ...]:
    """Return the keys of the songs that answer to ``text``, in order of their keys; none when no song does.

    A song answers to its key, to its title, and to title and credit with ``/`` or `` - `` between them; case,
    accents and punctuation do not matter. Where none does, all songs answer that have all the words.
    """
    return among(_names(compiled), text)


def among(known: Iterable[Name], text: str) -> tuple[str, ...]:
    """Return the keys of those of the known songs that answer to ``text``, as :func:`find` says."""
    wanted = text.strip()
    if not wanted:
        return ()
    names = list(known)
    keyed = [name for name in names if name[0] == wanted]
    folded = fold(wanted)
    exact = keyed or [name for name in names if folded in _spelled(name)]
    words = set(folded.split())
    found = exact or [name for name in names if words <= set(fold(f"{name[1]} {name[2]}").split())]
    return tuple(sorted({key for key, _, _ in found}))


def the_song(compiled: Compiled, text: str) -> str:
    """Return the key of the one song that ``text`` means: a position on the chart, or a name in any spelling.

    Raises:
        AmbiguousError: several songs answer to it; all are listed.
        CompileError: none does.
    """
    return one_of(compiled, text, at_position(compiled, text) or find(compiled, text))


def at_position(compiled: Compiled, text: str) -> tuple[str, ...]:
    """Return the keys of the songs at the position that ``text`` is; none when it is no position of the chart."""
    at = text.strip().removeprefix("#")
    if not (at.isascii() and at.isdecimal()):
        return ()
    return tuple(entry.song for entry in compiled.chart.entries if entry.position == int(at))


def one_of(compiled: Compiled, text: str, found: tuple[str, ...]) -> str:
    """Return the only one of the songs that answer to ``text``.

    Raises:
        AmbiguousError: there are several; all are listed.
        CompileError: there is none.
    """
    if len(found) == 1:
        return found[0]
    chart = f"{compiled.chart.chart} {compiled.chart.issue_date}"
    if not found:
        raise CompileError(f"{chart}: no song answers to {text!r}; {_smallest(compiled)}")
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    raise AmbiguousError(f"{chart}: {text!r} may be any of: {'; '.join(found[:_LISTED])}{more}")


def _spelled(name: Name) -> tuple[str, str, str]:
    key, title, credit = name
    return fold(title), fold(f"{title} {credit}"), fold(key)


def _names(compiled: Compiled) -> Iterator[Name]:
    """Give every song that the issue knows of: its candidates, and what the chart remembers."""
    known = {each.song for each in compiled.candidates.candidates}
    for candidate in compiled.candidates.candidates:
        yield candidate.song, candidate.title, candidate.credit
    for song in compiled.state_out.songs.values():
        if song.song not in known:
            yield song.song, song.title, song.credit


def _smallest(compiled: Compiled) -> str:
    most = bound(compiled.candidates, compiled.rules)
    if not most:
        return "every song that has points here was looked at"
    return f"a song that was not looked at has at most {most:,} points"
