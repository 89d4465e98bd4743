"""The layout of a who-is-who file: a model for each table of the TOML; every fact has a source."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from hitparade.catalog import identifiers
from hitparade.catalog.entities import MANY
from hitparade.catalog.folding import fold

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


def _identifier(check: Callable[[str], str]) -> AfterValidator:
    return AfterValidator(lambda text: check(text) if text else "")


Isrc = Annotated[str, _identifier(identifiers.isrc)]
Isni = Annotated[str, _identifier(identifiers.isni)]
Ipi = Annotated[str, _identifier(identifiers.ipi)]
Iswc = Annotated[str, _identifier(identifiers.iswc)]
Barcode = Annotated[str, _identifier(identifiers.barcode)]
Mbid = Annotated[str, _identifier(identifiers.mbid)]


class Table(BaseModel):
    """Any table of a file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Fact(Table):
    """Anything a file says, with its source: a citation, or a key of ``[sources]``."""

    source: Text


class Between(Fact):
    """A fact that holds between two days, each left out where it is not known."""

    begins: date | None = None
    ends: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Between":
        if self.begins and self.ends and self.ends < self.begins:
            raise ValueError(f"ends on {self.ends}, before it begins on {self.begins}")
        return self


class AliasTable(Between):
    """Another name of an artist."""

    name: Text
    script: Annotated[str, StringConstraints(pattern=r"^([A-Z][a-z]{3})?$")] = ""
    language: Annotated[str, StringConstraints(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]+)*)?$")] = ""


class SpokenOfTable(Fact):
    """How an artist is spoken of in a sentence."""

    pronoun: Literal["he", "she", "they"]


class ArtistTable(Fact):
    """An artist by the name under which all credits are counted."""

    name: Text
    kind: Literal["", "person", "group", "orchestra", "choir", "character", "other"] = ""
    aliases: list[AliasTable] = Field([])
    isni: Isni = ""
    ipis: list[Ipi] = Field([])
    mbid: Mbid = ""
    spoken_of: SpokenOfTable | None = None

    @model_validator(mode="after")
    def _groups_are_they(self) -> "ArtistTable":
        if self.kind in MANY and self.spoken_of and self.spoken_of.pronoun != "they":
            raise ValueError(f'a {self.kind} is spoken of as "they", not as "{self.spoken_of.pronoun}"')
        return self


class MemberTable(Between):
    """Who belongs to a group."""

    group: Text
    artist: Text


class NamesTable(Fact):
    """Printed names that are one artist."""

    names: Annotated[list[Text], Field(min_length=1)]


class SeveralTable(NamesTable):
    """Printed names that are several artists; ``parts`` says who where no joining word stands between them."""

    parts: list[Text] = Field([])

    @model_validator(mode="after")
    def _made_of_its_parts(self) -> "SeveralTable":
        if len(self.parts) == 1:
            raise ValueError(f'parts has one name, "{self.parts[0]}"; several artists are two or more')
        wanted = fold(" ".join(self.parts))
        for name in self.names if self.parts else ():
            if fold(name) != wanted:
                raise ValueError(f'"{name}" is not its parts one after another, which are "{" ".join(self.parts)}"')
        return self


class PairTable(Fact):
    """Two names that look alike and are two artists."""

    name: Text
    is_not: Text


class WriterTable(Table):
    """Who wrote a work."""

    name: Text
    ipi: Ipi = ""


class WorkTable(Fact):
    """A composition."""

    title: Text
    writers: Annotated[list[WriterTable], Field(min_length=1)]
    iswc: Iswc = ""


class RecordingTable(Fact):
    """A recording by the print that names it."""

    title: Text
    credit: Text
    isrcs: list[Isrc] = Field([])
    mbid: Mbid = ""
    work: str = ""
    producers: list[Text] = Field([])


class LabelTable(Fact):
    """A record label."""

    name: Text
    part_of: str = ""
    mbid: Mbid = ""


class ReleaseGroupTable(Fact):
    """An album or a single."""

    title: Text
    credit: Text
    kind: Literal["album", "single", "ep", "soundtrack", "other"]
    mbid: Mbid = ""


class ReleaseTable(Fact):
    """One issued product."""

    title: Text
    credit: Text
    group: str = ""
    label: str = ""
    barcode: Barcode = ""
    territory: Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}(-[A-Z0-9]{1,3})?|GLOBAL)?$")] = ""
    format: str = ""
    released: date | None = None


class WhoFile(Table):
    """A whole file."""

    format: Literal[1]
    sources: dict[str, Text] = Field({})
    artists: list[ArtistTable] = Field([])
    members: list[MemberTable] = Field([])
    one_artist: list[NamesTable] = Field([])
    several_artists: list[SeveralTable] = Field([])
    not_same: list[PairTable] = Field([])
    works: list[WorkTable] = Field([])
    recordings: list[RecordingTable] = Field([])
    labels: list[LabelTable] = Field([])
    release_groups: list[ReleaseGroupTable] = Field([])
    releases: list[ReleaseTable] = Field([])


def complaints(where: str, error: ValidationError) -> Iterator[str]:
    """Return each mistake of a file as a sentence: file, place, what was found, what is allowed."""
    for mistake in error.errors():
        place = _place(mistake["loc"])
        found = _shown(mistake["input"])
        if mistake["type"] == "extra_forbidden":
            yield f"{where}, {place}: there is no such key"
        elif mistake["type"] == "missing":
            yield f"{where}, {place}: is missing"
        elif mistake["type"] == "value_error":
            yield f"{where}, {place}: {found}{str(mistake['msg']).removeprefix('Value error, ')}"
        else:
            yield f"{where}, {place}: {found}{_small(mistake['msg'])}"


def _place(loc: tuple[int | str, ...]) -> str:
    """Return a place as ``artists 2, aliases 1, name``."""
    words: list[str] = []
    for part in loc:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words) or "the file"


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    return f'"{value}" ' if isinstance(value, str) else f"{value} " if isinstance(value, int | date) else ""


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
