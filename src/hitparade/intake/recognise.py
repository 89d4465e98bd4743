"""Which format a file is of: said by the person, or found from its head."""

from collections.abc import Callable
from pathlib import Path

from hitparade.errors import IntakeError, UsageError
from hitparade.intake.formats import entries, radio_log, spotify_charts
from hitparade.intake.layout import Head, Layout, Wish
from hitparade.intake.mapping import Mapping, known, read

FORMATS = (entries.NAME, radio_log.NAME, spotify_charts.NAME)


def recognise(head: Head, wish: Wish, format_: str | None, own: Path) -> Layout:
    """Return how to read a file.

    Args:
        head: the beginning of the file.
        wish: what the person who hands it in says of it.
        format_: ``NAME``, or ``radio-log:MAPPING`` with a mapping's name or file; none to find out.
        own: the folder of the house's own mappings.

    Raises:
        UsageError: there is no such format or mapping.
        IntakeError: the file is of another layout, of none that is known, or of several.
    """
    if format_:
        return _told(head, wish, format_, own)
    mappings = known(own)
    readers: list[Callable[[], Layout | None]] = [
        lambda: spotify_charts.recognise(head, wish, told=False),
        *(_reader(head, wish, mapping) for mapping in mappings),
        lambda: entries.recognise(head, wish, told=False),
    ]
    found = [layout for look in readers if (layout := look()) is not None]
    found = _closest(found)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(_name(layout) for layout in found)
        raise IntakeError(f"{head.name}: the file could be {names}; say which with --format")
    raise IntakeError(
        f"{head.name}: no known format has these columns; known are {', '.join(FORMATS)}, and --format "
        "radio-log:FILE.toml binds the columns of any play log"
    )


def _reader(head: Head, wish: Wish, mapping: Mapping) -> Callable[[], Layout | None]:
    return lambda: radio_log.recognise(head, wish, mapping, told=False)


def _name(layout: Layout) -> str:
    return f"radio-log:{layout.mapping}" if layout.format == radio_log.NAME else layout.format


def _closest(found: list[Layout]) -> list[Layout]:
    """Keep the layouts whose header stands first in the file: later lines that fit are rows by chance."""
    first = min((layout.skip for layout in found), default=0)
    return [layout for layout in found if layout.skip == first]


def _told(head: Head, wish: Wish, format_: str, own: Path) -> Layout:
    name, _, mapping = format_.partition(":")
    if name == entries.NAME and not mapping:
        layout = entries.recognise(head, wish, told=True)
    elif name == spotify_charts.NAME and not mapping:
        layout = spotify_charts.recognise(head, wish, told=True)
    elif name == radio_log.NAME:
        layout = _by_mapping(head, wish, mapping, own)
    else:
        raise UsageError(f"--format {format_}: there is no such format; known are {', '.join(FORMATS)}")
    if layout is None:  # a format that was named answers with a layout or a complaint
        raise IntakeError(f"{head.name}: this is not {format_}")
    return layout


def _by_mapping(head: Head, wish: Wish, mapping: str, own: Path) -> Layout:
    if mapping.endswith(".toml"):
        chosen: tuple[Mapping, ...] = (read(Path(mapping)),)
    else:
        every = known(own)
        chosen = tuple(each for each in every if not mapping or each.name == mapping)
        if not chosen:
            names = ", ".join(each.name for each in every)
            raise UsageError(
                f"--format radio-log:{mapping}: there is no such mapping; known are {names}, or a .toml file"
            )
    found = [layout for each in chosen if (layout := radio_log.recognise(head, wish, each, told=len(chosen) == 1))]
    if len(found) == 1:
        return found[0]
    names = ", ".join(each.name for each in chosen)
    what = "several mappings have" if found else "no mapping has"
    raise IntakeError(
        f"{head.name}: {what} these columns; say which with --format radio-log:NAME ({names} or a .toml file)"
    )
