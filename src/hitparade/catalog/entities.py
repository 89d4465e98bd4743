"""What the catalog knows of artists, works, recordings and releases, as frozen values; each says where it is from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an artist, in force between two days where they are known."""

    name: str
    source: str
    script: str = ""
    language: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """How an artist is spoken of: ``he``, ``she`` or ``they``."""

    pronoun: str
    source: str


MANY = ("group", "orchestra", "choir")
"""Kinds of artists that are several people, and spoken of as ``they``."""


@dataclass(frozen=True, slots=True)
class Artist:
    """A person, a group or a character who makes music."""

    name: str
    source: str
    kind: str = ""
    aliases: tuple[Alias, ...] = ()
    isni: str = ""
    ipis: tuple[str, ...] = ()
    mbid: str = ""
    spoken_of: SpokenOf | None = None

    @property
    def pronoun(self) -> str:
        """``he``, ``she`` or ``they`` where a file says so; ``they`` for groups; else nothing."""
        return self.spoken_of.pronoun if self.spoken_of else "they" if self.kind in MANY else ""


@dataclass(frozen=True, slots=True)
class Membership:
    """An artist belongs to a group, between two days where they are known."""

    group: str
    artist: str
    source: str
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a work."""

    name: str
    ipi: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A composition; covers share it."""

    title: str
    writers: tuple[Writer, ...]
    source: str
    iswc: str = ""


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What is known of a recording besides its print: its identifiers and the work that it is of."""

    title: str
    credit: str
    source: str
    isrcs: tuple[str, ...] = ()
    mbid: str = ""
    work: str = ""
    producers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A record label, and the company that it belongs to."""

    name: str
    source: str
    part_of: str = ""
    mbid: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseGroup:
    """An album or a single whatever its edition."""

    title: str
    credit: str
    kind: str
    source: str
    mbid: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One issued product: where, when, in which format and on which label."""

    title: str
    credit: str
    source: str
    group: str = ""
    label: str = ""
    barcode: str = ""
    territory: str = ""
    format: str = ""
    released: date | None = None
