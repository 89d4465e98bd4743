"""Who is who: sourced facts about artists, works and releases, read from TOML files that anybody can correct."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hitparade.catalog.entities import (
    Alias,
    Artist,
    Label,
    Membership,
    RecordingFacts,
    Release,
    ReleaseGroup,
    SpokenOf,
    Work,
    Writer,
)
from hitparade.catalog.folding import fold
from hitparade.catalog.names import NOTHING_DECIDED, Decided
from hitparade.errors import BookError

SHIPPED = Path(__file__).parent.parent / "books" / "who"
"""The who-is-who files that come with hitparade; a house keeps its own in ``books/who``."""


class SameAs(NamedTuple):
    """Whose name an alias is, as a folded artist key, and the source that says so."""

    artist: str
    source: str


@dataclass(frozen=True, slots=True)
class Who:
    """What the files say.

    Attributes:
        decided: which joined names are one artist, as names of artists and aliases are, and which are several.
        aliases: by folded alias, the artist's key and the source.
        artists: by key.
        members: who belongs to which group.
        not_same: pairs of folded names that are two artists however alike they look, with the source.
        works, recordings, labels, release_groups, releases: as the files say, in their order.
        sources: by folded name of a decision, the source that says it.
    """

    decided: Decided = NOTHING_DECIDED
    aliases: Mapping[str, SameAs] = field(default_factory=dict)
    artists: Mapping[str, Artist] = field(default_factory=dict)
    members: tuple[Membership, ...] = ()
    not_same: Mapping[frozenset[str], str] = field(default_factory=dict)
    works: tuple[Work, ...] = ()
    recordings: tuple[RecordingFacts, ...] = ()
    labels: tuple[Label, ...] = ()
    release_groups: tuple[ReleaseGroup, ...] = ()
    releases: tuple[Release, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def artist_of(self, name: str, on: date | None = None) -> tuple[str, str]:
        """Return the key of the artist that a name stands for, and the source where an alias says so, else nothing.

        An alias that begins or ends counts ``on`` that day only within its days; without a day it always counts.
        """
        key = fold(name)
        same = self.aliases.get(key)
        if same is None or (on is not None and not self._in_force(same.artist, key, on)):
            return key, ""
        return same.artist, same.source

    def _in_force(self, artist: str, key: str, on: date) -> bool:
        return any(
            (alias.begins or on) <= on <= (alias.ends or on)
            for alias in self.artists[artist].aliases
            if fold(alias.name) == key
        )


NOBODY = Who()
"""Nothing is known of anybody."""


def load_all(paths: Iterable[Path]) -> Who:
    """Return what all files, and all TOML files of folders, in ``paths`` say together; a folder may be absent.

    A later path stands above an earlier one: a house corrects a shipped fact by saying otherwise in a file of its own.

    Raises:
        BookError: with one line for each mistake.
    """
    said = [[(file, *_read(file)) for file in _files(path)] for path in paths]
    mistakes = [mistake for files in said for _, _, found in files for mistake in found]
    if mistakes:
        raise BookError("\n".join(mistakes))
    who = NOBODY
    for files in said:
        who = _above(_merged([(file, tables) for file, tables, _ in files]), who)
    return who


@cache
def shipped() -> Who:
    """Return what the shipped files say."""
    return load_all([SHIPPED])


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path] if path.suffix == ".toml" and path.exists() else []


def _read(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return the tables of a file with their sources written out, and what is wrong with it."""
    from pydantic import ValidationError  # noqa: PLC0415 - heavy, and needed only when there is a file

    from hitparade.catalog.who_file import WhoFile, complaints  # noqa: PLC0415 - as above

    try:
        file = WhoFile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        return {}, list(complaints(str(path), error))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [f"{path}: cannot be read as TOML: {error}"]
    return {name: _cited(value, file.sources) for name, value in file.model_dump().items()}, []


def _cited(value: Any, sources: Mapping[str, str]) -> Any:  # noqa: ANN401 - tables of tables
    if isinstance(value, dict):
        return {
            key: sources.get(each, each) if key == "source" else _cited(each, sources) for key, each in value.items()
        }
    return [_cited(each, sources) for each in value] if isinstance(value, list) else value


def _above(later: Who, earlier: Who) -> Who:
    """Return what both say, and where they differ what the later says."""
    undone = later.artists.keys() | {
        name for name, same in earlier.aliases.items() if frozenset((name, same.artist)) in later.not_same
    }
    kept = {name: same for name, same in earlier.aliases.items() if name not in undone}
    joined = {frozenset((name, same.artist)) for name, same in later.aliases.items()}
    both = earlier.artists.keys() & later.artists.keys()
    return Who(
        decided=_decided_above(later.decided, earlier.decided),
        aliases={**kept, **later.aliases},
        artists={
            **earlier.artists,
            **later.artists,
            **{key: _together(later.artists[key], earlier.artists[key]) for key in sorted(both)},
        },
        members=(*earlier.members, *later.members),
        not_same={**{pair: why for pair, why in earlier.not_same.items() if pair not in joined}, **later.not_same},
        works=(*earlier.works, *later.works),
        recordings=(*earlier.recordings, *later.recordings),
        labels=(*earlier.labels, *later.labels),
        release_groups=(*earlier.release_groups, *later.release_groups),
        releases=(*earlier.releases, *later.releases),
        sources={**earlier.sources, **later.sources},
    )


def _decided_above(later: Decided, earlier: Decided) -> Decided:
    """Return what both decide of joined names, and where they differ what the later does."""
    return Decided(
        (earlier.whole - later.split) | later.whole,
        (earlier.split - later.whole) | later.split,
        {name: parts for name, parts in {**earlier.parts, **later.parts}.items() if name not in later.whole},
    )


def _merged(files: list[tuple[Path, dict[str, Any]]]) -> Who:
    """Return what the files of one path say together; they may not contradict each other.

    Raises:
        BookError: they do.
    """
    artists: dict[str, Artist] = {}
    for _, table in _each(files, "artists"):
        artist = _artist(table)
        held = artists.get(fold(artist.name))
        artists[fold(artist.name)] = _together(held, artist) if held else artist
    not_same = {frozenset((fold(t["name"]), fold(t["is_not"]))): t["source"] for _, t in _each(files, "not_same")}
    aliases, mistakes = _aliases(artists, not_same)
    whole, split = _named(files, "one_artist"), _named(files, "several_artists")
    mistakes += [f'"{name}" is said to be one artist and to be several' for name in sorted(whole.keys() & split.keys())]
    if mistakes:
        where = ", ".join(sorted({str(file.parent) for file, _ in files}))
        raise BookError("\n".join(f"{where}: {mistake}" for mistake in mistakes))
    return Who(
        decided=Decided(frozenset(whole) | aliases.keys() | artists.keys(), frozenset(split), _parts(files)),
        aliases=aliases,
        artists=artists,
        members=tuple(Membership(**table) for _, table in _each(files, "members")),
        not_same=not_same,
        works=tuple(_work(table) for _, table in _each(files, "works")),
        recordings=tuple(RecordingFacts(**_frozen(table)) for _, table in _each(files, "recordings")),
        labels=tuple(Label(**table) for _, table in _each(files, "labels")),
        release_groups=tuple(ReleaseGroup(**table) for _, table in _each(files, "release_groups")),
        releases=tuple(Release(**table) for _, table in _each(files, "releases")),
        sources={**whole, **split},
    )


def _each(files: list[tuple[Path, dict[str, Any]]], name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    return ((where, table) for where, tables in files for table in tables[name])


def _artist(table: dict[str, Any]) -> Artist:
    aliases = tuple(Alias(**alias) for alias in table["aliases"])
    spoken_of = SpokenOf(**table["spoken_of"]) if table["spoken_of"] else None
    return Artist(**{**table, "aliases": aliases, "ipis": tuple(table["ipis"]), "spoken_of": spoken_of})


def _together(one: Artist, other: Artist) -> Artist:
    """Return what two files say of one artist; the first says the name and, where it has them, the rest."""
    return Artist(
        one.name,
        one.source,
        one.kind or other.kind,
        tuple(dict.fromkeys((*one.aliases, *other.aliases))),
        one.isni or other.isni,
        tuple(dict.fromkeys((*one.ipis, *other.ipis))),
        one.mbid or other.mbid,
        one.spoken_of or other.spoken_of,
    )


def _work(table: dict[str, Any]) -> Work:
    return Work(**{**table, "writers": tuple(Writer(**writer) for writer in table["writers"])})


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _named(files: list[tuple[Path, dict[str, Any]]], name: str) -> dict[str, str]:
    return {fold(text): table["source"] for _, table in _each(files, name) for text in table["names"]}


def _parts(files: list[tuple[Path, dict[str, Any]]]) -> dict[str, tuple[str, ...]]:
    """Return the folded names of the artists that a name is, where no joining word stands between them."""
    return {
        fold(text): tuple(fold(part) for part in table["parts"])
        for _, table in _each(files, "several_artists")
        if table["parts"]
        for text in table["names"]
    }


def _aliases(
    artists: Mapping[str, Artist], not_same: Mapping[frozenset[str], str]
) -> tuple[dict[str, SameAs], list[str]]:
    """Return whose every alias is, and what is wrong with them."""
    found: dict[str, SameAs] = {}
    mistakes: list[str] = []
    for key in sorted(artists):
        for alias in artists[key].aliases:
            named = fold(alias.name)
            if named == key:
                continue
            if named in artists:
                mistakes.append(f'"{alias.name}" is an alias of "{artists[key].name}" and an artist of its own')
            elif frozenset((named, key)) in not_same:
                mistakes.append(f'"{alias.name}" is an alias of "{artists[key].name}" and said not to be the same')
            elif found.setdefault(named, SameAs(key, alias.source)).artist != key:
                other = artists[found[named].artist].name
                mistakes.append(f'"{alias.name}" is an alias of "{other}" and of "{artists[key].name}"')
    return found, mistakes
