"""A programme as plain frozen values: what the rest of hitparade sees of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from hitparade.certify.ladder import Ladder, ladder
from hitparade.counting import Floor, Territories, of_measure
from hitparade.rulebook.book import DatedValue, Series
from hitparade.rulebook.rules import Profile
from hitparade.rulebook.units import how_many

_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Share:
    """What one of a measure is worth: a part of a unit, from what it follows, and for songs released from when on."""

    worth: Fraction
    ratio: tuple[int, int]
    source: str
    confidence: str
    available_from: date | None = None
    raised: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days of consumption that count alike.

    Attributes:
        channels: those that count; None for all.
        territories: the set that counts, or None for the programme's own alone.
        net: whether returned pieces are taken away.
    """

    first: date
    last: date
    shares: Mapping[str, Share]
    profile: Profile
    channels: tuple[str, ...] | None
    territories: Territories | None
    net: bool


@dataclass(frozen=True)
class Programme:
    """The dated rules of one certification programme.

    Attributes:
        where: the file it was read from, as messages name it.
        unit: what thresholds are counted in: ``units``, ``streams`` or ``money`` in minor units of ``currency``.
        series: every dated key in the order of the layout, such as ``ladder`` or ``units.download``.
    """

    id: str
    title: str
    publisher: str
    territory: str
    zone: str
    unit: str
    currency: str
    where: str
    series: Mapping[str, Series] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    about: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which it is known, its id first."""
        return (self.id, self.title, self.publisher, *self.aliases)

    def family(self, block: str) -> dict[str, Series]:
        """Return the series of one block by measure, for instance those of ``units``."""
        start = f"{block}."
        return {key[len(start) :].strip('"'): series for key, series in self.series.items() if key.startswith(start)}

    def on(self, key: str, day: date) -> DatedValue | None:
        """Return the value of a key in force on a day; None where there is none, or it is switched off."""
        held = self.series[key].on(day) if key in self.series else None
        return None if held is None or held.value is None else held

    def ladders(self, traits: Mapping[str, str] | None = None) -> tuple[Ladder, ...]:
        """Return every ladder there was, oldest first, as a song with these traits is judged by it."""
        return tuple(
            ladder(each.since, each.value, each.source, each.confidence, traits or {})
            for each in self.series["ladder"].values
        )

    def ladder_on(self, day: date, traits: Mapping[str, str] | None = None) -> Ladder | None:
        """Return the ladder whose day has come by ``day``; None before the first one."""
        return next((each for each in reversed(self.ladders(traits)) if each.since <= day), None)

    def every_ladder(self) -> tuple[Ladder, ...]:
        """Return the ladders of all scales."""
        foreign = tuple(
            ladder(each.since, {**each.value, "levels": each.value["foreign"], "domestic": None}, "", "", {})
            for each in self.series["ladder"].values
            if each.value.get("foreign")
        )
        domestic = (
            ladder(each.since, {**each.value, "domestic": None}, "", "", {}) for each in self.series["ladder"].values
        )
        return (*domestic, *foreign)

    def changes(self) -> tuple[date, ...]:
        """Return the days from which anything counts differently, in order."""
        keyed = (series for series in self.series.values() if series.dated_by == "consumption")
        return tuple(sorted({each.since for series in keyed for each in series.values}))

    def spans(self, first: date, last: date) -> Iterator[Span]:
        """Give the spans of days between changes of the rules, from ``first`` to ``last``, in which anything counts."""
        edges = [first, *(day for day in self.changes() if first < day <= last), last + _DAY]
        for begins, ends in pairwise(edges):
            if (made := self._span(begins, ends - _DAY)).shares:
                yield made

    def _span(self, first: date, last: date) -> Span:
        territories, channels = self.on("territories", first), self.on("channels", first)
        returns = self.on("returns", first)
        return Span(
            first,
            last,
            self._shares(first),
            self._profile(first),
            tuple(sorted(channels.value)) if channels else None,
            Territories(tuple(territories.value["of"]), tuple(territories.value["minus"])) if territories else None,
            net=bool(returns and returns.value == "net"),
        )

    def _held(self, block: str, day: date) -> dict[str, DatedValue]:
        said = ((measure, series.on(day)) for measure, series in self.family(block).items())
        return {measure: held for measure, held in said if held is not None and held.value is not None}

    def _shares(self, day: date) -> dict[str, Share]:
        uplift = self._held("uplift", day)
        made = {}
        for measure, held in sorted(self._held("units", day).items()):
            pattern = of_measure(uplift, measure)
            raised = how_many(uplift[pattern].value) if pattern else (1, 1)
            ratio = how_many(held.value)
            since = held.value.get("available_from") if isinstance(held.value, dict) else None
            worth = Fraction(ratio[1], ratio[0]) * Fraction(*raised)
            made[measure] = Share(worth, ratio, held.source, held.confidence, since, raised)
        return made

    def _profile(self, day: date) -> Profile:
        floors = {measure: held.value for measure, held in self._held("price_floor", day).items()}
        return Profile(
            minimum_play={measure: held.value for measure, held in self._held("minimum_play", day).items()},
            cap={measure: held.value for measure, held in self._held("cap_per_consumer", day).items()},
            floor={measure: Floor(said["value"], said["currency"]) for measure, said in floors.items()},
        )
