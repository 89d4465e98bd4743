"""Dossiers: the facts of one song whose only source is an article on it.

A dossier can say that a claim is the same as before; it never says that the claim is true.
"""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hitparade.catalog.folding import fold
from hitparade.errors import BookError
from hitparade.rulebook.complaints import from_validation
from hitparade.rulebook.fields import ChartId, CivilDay, Positive, Source, Text
from hitparade.rulebook.load import read_toml

Kind = Literal["weekly_peak", "year_end"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Single(_Table):
    """A single's place among the singles of an album."""

    album: Text = Field(description="The album.")
    number: Positive = Field(description="1 for the first single from it.")


class Credit(_Table):
    """A person and what the person did."""

    name: Text = Field(description="The person.")
    roles: list[Text] = Field(description="What the person did.", min_length=1)


class Release(_Table):
    """One release in one country."""

    country: Text = Field(description="The country.")
    date: CivilDay = Field(description="The day.")
    format: Text = Field(description="The format.")
    label: Text = Field(description="The label.")


class Event(_Table):
    """Something that happened on a day."""

    date: CivilDay = Field(description="The day.")
    what: Text = Field(description="What happened, in our own words.")


class Accolade(_Table):
    """A nomination for a prize, or a win."""

    organization: Text = Field(description="Who gives the prize.")
    year: Positive = Field(description="The year.")
    category: Text = Field(description="The category.")
    result: Literal["won", "lost", "nominated"] | None = Field(
        None, description="won, lost or nominated; absent when unknown."
    )


class Certification(_Table):
    """One level in one country."""

    place: Text = Field(description="The country.")
    level: Literal["gold", "platinum", "diamond"] = Field(description="gold, platinum or diamond.")
    times: Positive = Field(description="How many times.")


class Dossier(_Table):
    """The facts of one song, and where they come from."""

    format: Literal[1] = Field(description="The version of this layout.")
    id: ChartId = Field(description="The file's name without .toml.")
    title: Text = Field(description="The song's title.")
    artists: list[Text] = Field(description="Its credited artists.", min_length=1)
    source: Source = Field(description="Where the facts come from.")
    lists: list[Text] = Field([], description="Lists that the song belongs to.")
    box: dict[Text, Text] = Field({}, description="Key and value of each line of the infobox.")
    singles: list[Single] = Field([], description="Its number among the singles of an album.")
    credits: list[Credit] = Field([], description="The credits.")
    releases: list[Release] = Field([], description="The releases.")
    events: list[Event] = Field([], description="Dated events.")
    nominations: list[Accolade] = Field([], description="Prizes with a known result.")
    accolades: list[Accolade] = Field([], description="Rows of the table of prizes.")
    certifications: list[Certification] = Field([], description="Levels.")
    positions: dict[Kind, dict[str, dict[Text, Positive]]] = Field({}, description="Positions by kind, year and chart.")

    def is_of(self, title: str, artists: Iterable[str]) -> bool:
        """Return whether the dossier is of this song: the title and at least one artist agree."""
        return fold(self.title) == fold(title) and bool({*map(fold, self.artists)} & {*map(fold, artists)})

    def position(self, kind: str, year: int, chart: str) -> int | None:
        """Return the position that the dossier has for a row, or None."""
        years = next((years for named, years in self.positions.items() if named == kind), {})
        return next((at for name, at in years.get(str(year), {}).items() if fold(name) == fold(chart)), None)


def load(path: Path) -> Dossier:
    """Return the dossier in ``path``.

    Raises:
        BookError: one line for each mistake: file, key, what was found, what is allowed.
    """
    said, complaints = read_toml(path)
    if said is None:
        raise BookError("\n".join(map(str, complaints)))
    try:
        dossier = Dossier.model_validate(said)
    except ValidationError as error:
        raise BookError("\n".join(map(str, from_validation(str(path), Dossier, error)))) from None
    if dossier.id != path.stem:
        raise BookError(f'{path}, id: found "{dossier.id}"; allowed: the file\'s own name, "{path.stem}"')
    return dossier


def shipped() -> tuple[Dossier, ...]:
    """Return the dossiers that ship with hitparade, in the order of their file names."""
    place = Path(str(files("hitparade") / "books" / "dossiers"))
    return tuple(load(path) for path in sorted(place.glob("*.toml")))
