"""Dated, sourced facts: what may be said of a chart without its archive, each with the issue that shows it.

A file holds the top tens of some artists on one chart, looked through up to a day. The day matters: nothing
is known after it, and an artist who is not listed as looked through is not known at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from hitparade.catalog.folding import fold
from hitparade.errors import BookError
from hitparade.rulebook.complaints import from_validation
from hitparade.rulebook.fields import ChartId, CivilDay, Positive, Source, Text, refuse
from hitparade.rulebook.load import read_toml

Role = Literal["lead", "featured"]
TOP_TEN = 10


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Reached(_Table):
    issue: CivilDay = Field(description="The issue that shows it.")
    source: Source = Field(description="Where the fact comes from.")


class _TopTen(_Reached):
    position: Positive = Field(description="The position, from 1 to 10.")


class _Song(_Table):
    id: ChartId = Field(description="A short name of the song in this file.")
    title: Text = Field(description="The title as printed on the chart.")
    credit: Text = Field(description="The artist credit as printed on the chart.")
    roles: dict[Text, Role] = Field(description="For each credited artist, lead or featured.", min_length=1)
    debut: _Reached | None = Field(None, description="The first issue of the song on the chart.")
    first_top_ten: _Reached = Field(description="The first issue in which the song was in the top ten.")
    peak: _TopTen = Field(description="The best position as of the file's day, and its first issue.")

    @model_validator(mode="after")
    def _in_order(self) -> "_Song":
        if self.peak.position > TOP_TEN:
            refuse(f"found a peak of {self.peak.position}", "1 to 10, for the file lists top tens")
        if self.peak.issue < self.first_top_ten.issue:
            refuse(
                f"found a peak in {self.peak.issue}",
                f"an issue not before the first top ten, {self.first_top_ten.issue}",
            )
        if strange := [name for name in self.roles if fold(name) not in fold(self.credit)]:
            refuse(f'found a role of "{strange[0]}"', f'artists of the credit "{self.credit}"')
        return self


class _LookedThrough(_Table):
    artist: Text = Field(description="An artist whose top tens are all listed.")
    to: CivilDay = Field(description="The last issue that was looked through.")


class _FactsFile(_Table):
    format: Literal[1] = Field(description="The version of this layout.")
    id: ChartId = Field(description="The file's name without .toml.")
    title: Text = Field(description="What the facts are of.")
    chart: ChartId = Field(description="The chart's id.")
    names: list[Text] = Field(description="Names under which articles know the chart.", min_length=1)
    looked_through: list[_LookedThrough] = Field(
        description="The artists whose top tens are all listed, and up to when.", min_length=1
    )
    songs: list[_Song] = Field(description="The songs.", min_length=1)

    @field_validator("songs")
    @classmethod
    def _known_once_and_in_time(cls, songs: list[_Song], info: ValidationInfo) -> list[_Song]:
        ids = [song.id for song in songs]
        if repeated := [one for n, one in enumerate(ids) if one in ids[:n]]:
            refuse(f'found the song id "{repeated[0]}" twice', "each id once")
        last = max((looked.to for looked in info.data.get("looked_through", ())), default=date.max)
        if late := [song for song in songs if song.peak.issue > last]:
            found = f'found a peak of "{late[0].title}" in {late[0].peak.issue}'
            refuse(found, f"issues up to {last}, the last one looked through")
        return songs


@dataclass(frozen=True, slots=True)
class Shown:
    """One issue that shows something, and where that issue is cited."""

    issue: date
    source: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One song on one chart. ``fact`` names it: the file and the song's id in it, or the archive and the title.

    ``first_top_ten`` is None for a song that never was in the top ten, which only archives and editions tell of.
    ``climb`` is each better position with the issue that first shows it; empty in files, which tell of top tens only.
    """

    fact: str
    title: str
    credit: str
    roles: tuple[tuple[str, str], ...]
    first_top_ten: Shown | None
    peak: int
    peak_issue: Shown
    debut: Shown | None = None
    climb: tuple[tuple[int, Shown], ...] = ()

    def reached(self, depth: int) -> Shown | None:
        """Return the first issue in which it stood at a depth or above, or None."""
        if depth == TOP_TEN:
            return self.first_top_ten
        return next((shown for position, shown in self.climb if position <= depth), None)

    def since(self, depth: int) -> date:
        """Return the day of :meth:`reached`; the last day there is when it never was."""
        shown = self.reached(depth)
        return shown.issue if shown else date.max

    @property
    def top_ten_since(self) -> date:
        """The first issue in which it was in the top ten; the last day there is when it never was."""
        return self.first_top_ten.issue if self.first_top_ten else date.max

    def role_of(self, artist: str) -> str:
        """Return ``lead`` or ``featured``, or an empty text when the artist is not credited."""
        return next((role for name, role in self.roles if fold(name) == fold(artist)), "")


@dataclass(frozen=True, slots=True)
class ChartFacts:
    """The facts of one file, or of a house's own editions.

    Attributes:
        looked_through: artists whose top tens are all here, each with the last issue looked through.
        simulated: True when they come from a simulated market; such facts never confirm anything.
        territory: where the chart is of; empty in files, which do not say it.
        held_to: the last issue of an archive or of editions; None in files.
    """

    id: str
    chart: str
    names: tuple[str, ...]
    looked_through: tuple[tuple[str, date], ...]
    hits: tuple[Hit, ...]
    simulated: bool = field(default=False)
    territory: str = ""
    held_to: date | None = None

    @property
    def reach(self) -> date:
        """The last issue that any of it rests on."""
        return self.held_to or max(to for _, to in self.looked_through)

    def tells_of(self, depth: int) -> bool:
        """Return whether it is known when songs first stood at a depth: files tell of top tens only."""
        return depth == TOP_TEN or self.held_to is not None

    def known_to(self, artist: str) -> date | None:
        """Return the last issue looked through for an artist, or None when the artist was not."""
        return next((to for name, to in self.looked_through if fold(name) == fold(artist)), None)

    def of_song(self, title: str, artists: Iterable[str]) -> Hit | None:
        """Return the hit with this title that credits one of the artists; others may have the same title."""
        names = tuple(artists)
        same = (hit for hit in self.hits if fold(hit.title) == fold(title))
        return next((hit for hit in same if any(hit.role_of(name) for name in names)), None)


def load(path: Path) -> ChartFacts:
    """Return the facts in ``path``.

    Raises:
        BookError: one line for each mistake: file, key, what was found, what is allowed.
    """
    said, complaints = read_toml(path)
    if said is None:
        raise BookError("\n".join(map(str, complaints)))
    try:
        file = _FactsFile.model_validate(said)
    except ValidationError as error:
        raise BookError("\n".join(map(str, from_validation(str(path), _FactsFile, error)))) from None
    if file.id != path.stem:
        raise BookError(f'{path}, id: found "{file.id}"; allowed: the file\'s own name, "{path.stem}"')
    looked = tuple((looked.artist, looked.to) for looked in file.looked_through)
    return ChartFacts(file.id, file.chart, tuple(file.names), looked, tuple(_hit(file.id, song) for song in file.songs))


def _hit(file: str, song: _Song) -> Hit:
    return Hit(
        fact=f"{file}/{song.id}",
        title=song.title,
        credit=song.credit,
        roles=tuple(sorted(song.roles.items())),
        first_top_ten=Shown(song.first_top_ten.issue, song.first_top_ten.source),
        peak=song.peak.position,
        peak_issue=Shown(song.peak.issue, song.peak.source),
        debut=Shown(song.debut.issue, song.debut.source) if song.debut else None,
    )


def shipped() -> tuple[ChartFacts, ...]:
    """Return the facts that ship with hitparade, in the order of their file names."""
    place = Path(str(files("hitparade") / "books" / "facts"))
    return tuple(load(path) for path in sorted(place.glob("*.toml")))
