"""Countries in the names of charts: which one a chart is of, and whether it shows a part of a market only."""

import re
from functools import cache

_ALSO = {
    "US": "US",
    "U.S.": "US",
    "USA": "US",
    "UK": "GB",
    "U.K.": "GB",
    "Czech Republic": "CZ",
    "Turkey": "TR",
    "Bosnia and Herzegovina": "BA",
}
_PARTS = (
    "airplay radio adult mainstream rhythmic dance digital streaming download sales ingl[eé]s rock latin "
    "ac alternative bubbling chr club country pop rap urban"
)
_PART = re.compile(rf"\b(?:{'|'.join(_PARTS.split())})\b", re.IGNORECASE)
_CHART = re.compile(r"\b(?:charts?|hot|top|singles|songs|albums|billboard|airplay)\b", re.IGNORECASE)

_PROGRAMMES = {
    "RIAA": "US", "Recording Industry Association of America": "US", "BPI": "GB", "British Phonographic Industry": "GB",
    "ARIA": "AU", "Music Canada": "CA", "SNEP": "FR", "FIMI": "IT", "BVMI": "DE", "RMNZ": "NZ", "GLF": "SE",
}  # fmt: skip
"""Bodies that certify, and the country that they do it for."""


@cache
def countries() -> dict[str, str]:
    """Return English names of countries, and short forms that charts use, with their ISO 3166 codes."""
    from babel import Locale  # noqa: PLC0415 - takes longer to import than an article to read

    known = {
        str(name): str(code)
        for code, name in Locale("en").territories.items()
        if code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ")
    }
    return known | {name.replace("&", "and"): code for name, code in known.items()} | _ALSO


def country_of(chart: str) -> tuple[str, str] | None:
    """Return (code, name as written) of the country that a chart's name begins with, or None.

    A chart of a region or of the world is of no country.
    """
    words = chart.replace("(", " (").split()
    for n in range(min(len(words), 5), 0, -1):
        name = " ".join(words[:n]).removeprefix("the ")
        if name in countries():
            return countries()[name], name
    return None


def code_of(place: str) -> str:
    """Return the code of a country, or of the one that a body certifies for (``United States (RIAA)``, ``RIAA``)."""
    country = country_of(place)
    return country[0] if country else _PROGRAMMES.get(place, "")


def covers_a_part(chart: str) -> bool:
    """Return whether a chart's name says that it covers one component or format only, such as airplay."""
    return bool(_PART.search(chart))


def is_national(chart: str) -> bool:
    """Return whether a chart is of a whole country: ``Romania (Airplay 100)``, not ``Romania Airplay (TopHit)``."""
    # What stands in brackets is the chart's own name or its maker; a part is named before them.
    return country_of(chart) is not None and not covers_a_part(chart.split(" (", maxsplit=1)[0])


def names_a_chart(text: str) -> bool:
    """Return whether a name in prose is that of a chart, such as ``Hot 100``, and not that of a place."""
    return bool(_CHART.search(text))


def listed(text: str) -> tuple[str, ...]:
    """Return the places of a list in prose such as ``the US, Italy and Lebanon``, as written."""
    parts = [part.removeprefix("the ").strip() for part in re.split(r",? and |, ", text)]
    parts = [part if part in countries() else part.rstrip(".") for part in parts]
    joined: list[str] = []
    for part in filter(None, parts):
        pair = f"{joined[-1]} and {part}" if joined else ""
        if pair in countries():
            joined[-1] = pair
        else:
            joined.append(part)
    return tuple(joined)
