"""The register: every chart that hitparade knows of, also without a book, so that a claim can be placed in time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from hitparade.catalog.folding import fold
from hitparade.errors import BookError
from hitparade.rulebook.book import Book
from hitparade.rulebook.complaints import from_validation
from hitparade.rulebook.fields import ChartId, CivilDay, Positive, Source, Territory, Text, refuse
from hitparade.rulebook.load import read_toml
from hitparade.rulebook.parts import Confidence, Table

_SHIPPED = Path(__file__).parent.parent / "books" / "register.toml"
_YEARS = (1850, 2100)


def _year(value: object) -> object:
    if not isinstance(value, int) or isinstance(value, bool) or not _YEARS[0] <= value <= _YEARS[1]:
        refuse(f"found {value}", f"a year from {_YEARS[0]} to {_YEARS[1]}")
    return value


Year = Annotated[int, BeforeValidator(_year)]


class Said(Table):
    """Anything the register says, with its source."""

    source: Source
    confidence: Confidence = "published"


class Named(Said):
    """A name of the chart, and how articles write it."""

    value: Text
    aliases: list[Text] = Field([])


class Numbered(Said):
    """How many positions; ``least`` when the list reached at least so far."""

    value: Positive
    since: Year | None = Field(None, alias="from")
    least: bool = False


class Lived(Said):
    """A span of the chart's life by issue date; an end that is not known is left out."""

    begins: CivilDay | None = None
    ends: CivilDay | None = None

    @model_validator(mode="after")
    def _says_something(self) -> "Lived":
        if self.begins is None and self.ends is None:
            refuse("found neither begins nor ends", "one of them, or no life where nothing is known")
        return self

    def __str__(self) -> str:
        """Return the span as words."""
        if self.begins and self.ends:
            return f"from {self.begins} to {self.ends}"
        return f"since {self.begins}" if self.begins else f"until {self.ends}"


class Entry(Table):
    """One chart of the register as written."""

    id: ChartId
    status: Literal["complete", "partial", "line"]
    publisher: Text | None = None
    territory: Territory | None = None
    years: tuple[Year, Year] | None = Field(None, strict=False)
    undisclosed: Text | None = None
    names: list[Named] = Field([])
    life: list[Lived] = Field([])
    sizes: list[Numbered] = Field([])
    year_end_sizes: list[Numbered] = Field([])
    note: Text | None = None

    @model_validator(mode="after")
    def _fits_its_status(self) -> "Entry":
        told = self.publisher and self.territory and self.names
        own = bool(self.publisher or self.names or self.life or self.sizes)
        if self.status == "line" and not told:
            refuse("found a line that lacks publisher, territory or names", "all three where there is no book")
        if self.status != "line" and (own or self.years is None):
            refuse(
                f"found status {self.status} with {'values of its own' if own else 'no years'}",
                "the years that the book covers; names, life and sizes are in the book",
            )
        if (self.status == "partial") is (self.undisclosed is None):
            refuse(f"found status {self.status}", "undisclosed when the book is partial, and only then")
        return self


SaidT = TypeVar("SaidT", bound=Said)


class RegisterFile(Table):
    """The register as written."""

    format: Literal[1]
    sources: dict[str, Source] = Field({})
    charts: list[Entry]


@dataclass(frozen=True, slots=True)
class Registered:
    """One chart of the register; sources stand as words, whatever the book says is not repeated."""

    id: str
    status: str
    publisher: str
    territory: str
    years: tuple[int, int] | None
    undisclosed: str
    names: tuple[Named, ...]
    life: tuple[Lived, ...]
    sizes: tuple[Numbered, ...]
    year_end_sizes: tuple[Numbered, ...]
    note: str

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name and alias, each once."""
        return tuple(dict.fromkeys(name for named in self.names for name in (named.value, *named.aliases)))

    @property
    def lifetime(self) -> str:
        """The spans of its life as words, empty when nothing is known of it."""
        return " and ".join(map(str, self.life))

    def lived_in(self, year: int) -> bool:
        """Return whether it can have had an issue in a year; what is not published rules nothing out."""
        spans = [span for span in self.life if span.confidence == "published"]
        return len(spans) < len(self.life) or not spans or any(_holds(span, year) for span in spans)

    def size_in(self, year: int) -> int | None:
        """Return how many positions it had at most in a year, or None when that is not published."""
        said = [one for one in self.sizes if one.since is None or one.since <= year]
        sure = said and said[-1].confidence == "published" and not said[-1].least
        return said[-1].value if sure else None


def _holds(span: Lived, year: int) -> bool:
    return (span.begins is None or span.begins.year <= year) and (span.ends is None or year <= span.ends.year)


class Register(Mapping[str, Registered]):
    """The charts of the register by id, in the order of the file."""

    def __init__(self, charts: Sequence[Registered]) -> None:
        self._charts = {chart.id: chart for chart in charts}

    def __getitem__(self, name: str) -> Registered:
        return self._charts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts)

    def __len__(self) -> int:
        return len(self._charts)

    def called(self, name: str, year: int | None = None) -> tuple[Registered, ...]:
        """Return the charts without a book of that name; of several, those that can have lived in the year."""
        found = tuple(chart for chart in self.values() if fold(name) in map(fold, chart.all_names))
        living = tuple(chart for chart in found if year is None or chart.lived_in(year))
        return living if len(found) > 1 and living else found


def load_register(path: Path) -> Register:
    """Return the register in ``path``; a :class:`BookError` names each mistake."""
    said, complaints = read_toml(path)
    if said is None:
        raise BookError("\n".join(map(str, complaints)))
    try:
        file = RegisterFile.model_validate(said)
    except ValidationError as error:
        raise BookError("\n".join(map(str, from_validation(str(path), RegisterFile, error)))) from error
    _sense(file, path)
    return Register([_registered(entry, file.sources) for entry in file.charts])


@dataclass(frozen=True, slots=True)
class Row:
    """What is printed of one chart, with a book or without."""

    id: str
    name: str
    names: tuple[str, ...]
    publisher: str
    territory: str
    status: str
    lifetime: str
    years: tuple[int, int] | None
    undisclosed: str
    note: str


def registered(shelf: Mapping[str, Book]) -> tuple[Row, ...]:
    """Return a row for each chart of the shipped register, those with a book told by their books."""
    return tuple(_row(chart, shelf) for chart in shipped_register().values())


def _row(chart: Registered, shelf: Mapping[str, Book]) -> Row:
    rest = chart.status, chart.years, chart.undisclosed, chart.note
    if chart.status == "line":
        told = (chart.all_names, chart.publisher, chart.territory, chart.lifetime)
    else:
        book = shelf[chart.id]
        told = (book.names[1:] or book.names, book.publisher, book.territory, book.lifetime)
    names, publisher, territory, lifetime = told
    status, years, undisclosed, note = rest
    return Row(chart.id, names[0], names, publisher, territory, status, lifetime, years, undisclosed, note)


@cache
def shipped_register() -> Register:
    """Return the register that comes with hitparade."""
    return load_register(_SHIPPED)


def _sense(file: RegisterFile, path: Path) -> None:
    ids = [entry.id for entry in file.charts]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise BookError(f'{path}, charts: found "{twice[0]}" {ids.count(twice[0])} times; allowed: each chart once')
    used = {said.source for entry in file.charts for said in _all(entry)}
    unknown = sorted(source for source in used if source not in file.sources)
    if unknown:
        known = ", ".join(file.sources)
        raise BookError(f'{path}, sources: found "{unknown[0]}", which is not defined; allowed: one of {known}')
    idle = sorted(set(file.sources) - used)
    if idle:
        raise BookError(f"{path}, sources.{idle[0]}: is never used; allowed: a key that something names as its source")


def _all(entry: Entry) -> tuple[Said, ...]:
    return (*entry.names, *entry.life, *entry.sizes, *entry.year_end_sizes)


def _cited(said: Sequence[SaidT], sources: Mapping[str, str]) -> tuple[SaidT, ...]:
    return tuple(one.model_copy(update={"source": sources[one.source]}) for one in said)


def _registered(entry: Entry, sources: Mapping[str, str]) -> Registered:
    return Registered(
        id=entry.id,
        status=entry.status,
        publisher=entry.publisher or "",
        territory=entry.territory or "",
        years=entry.years,
        undisclosed=entry.undisclosed or "",
        names=_cited(entry.names, sources),
        life=_cited(entry.life, sources),
        sizes=_cited(entry.sizes, sources),
        year_end_sizes=_cited(entry.year_end_sizes, sources),
        note=entry.note or "",
    )
