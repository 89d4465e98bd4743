"""The territories of the world market: how much each consumes, how deep its charts go, and what is on the air."""

from collections.abc import Mapping
from dataclasses import dataclass

from hitparade.errors import UsageError


@dataclass(frozen=True, slots=True)
class Place:
    """One territory of the world.

    Attributes:
        people: in millions; sales, streams and audiences grow with it.
        depth: how many hundredths of the scale's usual number of songs its services report each day.
        stations: how many stations there are of each format, at the usual scale.
    """

    code: str
    people: int
    depth: int
    stations: Mapping[str, int]


def _hits(number: int) -> dict[str, int]:
    return {"pop": number}


_PLACES = (
    Place("GB", 65, 120, _hits(6)),
    Place("US", 323, 120, {"pop": 10, "ac": 8, "adult": 6, "rhythmic": 4, "country": 4}),
    Place("CA", 36, 120, {"pop": 4, "ac": 3, "rock": 3, "country": 3}),
    Place("AU", 24, 100, _hits(3)),
    Place("NZ", 5, 100, _hits(3)),
    Place("FR", 67, 190, _hits(3)),
    Place("IT", 60, 110, _hits(3)),
    Place("CH", 8, 100, _hits(3)),
    Place("NL", 17, 110, _hits(6)),
    Place("RO", 20, 60, {"pop": 9, "tv": 3}),
    Place("DE", 82, 110, _hits(4)),
    Place("ES", 46, 60, _hits(1)),
    Place("SE", 10, 60, _hits(1)),
    Place("BR", 206, 60, _hits(1)),
    Place("MX", 125, 60, _hits(1)),
    Place("JP", 127, 60, _hits(1)),
)
PLACES = {place.code: place for place in _PLACES}
"""The territories of the world market, in the order in which they are written."""
FORMATS = ("pop", "ac", "adult", "rhythmic", "country", "rock", "tv")
"""The formats of stations; a song has one that suits it best."""


def places(codes: tuple[str, ...]) -> tuple[Place, ...]:
    """Return the territories of these codes; an unknown one is refused with those that are known."""
    if len(set(codes)) != len(codes):
        raise UsageError(f"--territories {','.join(codes)}: name each territory once")
    for code in codes:
        if code not in PLACES:
            raise UsageError(f"--territories: {code!r} is not in the simulated world; known: {', '.join(PLACES)}")
    return tuple(PLACES[code] for code in codes)


def stations(place: Place, share: int) -> dict[str, str]:
    """Return the stations of a territory and their formats; ``share`` hundredths of the usual number, at least one."""
    return {
        f"{place.code.lower()}-{kind}-{n:02}": kind
        for kind, number in place.stations.items()
        for n in range(1, max(1, number * share // 100) + 1)
    }
