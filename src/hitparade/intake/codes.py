"""The codes that rows may use: territories, measures, currencies."""

from functools import cache

import pycountry
from babel.core import get_global

from hitparade.errors import UsageError

USES = ("on_demand", "programmed", "video", "ugc", "download", "physical", "detection", "view")
TIERS = ("premium", "ad_funded", "trial")
MEASURES = (*USES, *(f"{use}.{tier}" for use in USES for tier in TIERS))
TERRITORIES = (*sorted(country.alpha_2 for country in pycountry.countries), "GLOBAL")
_SUBDIVISIONS = frozenset(place.code for place in pycountry.subdivisions)
CHANNEL_RULE = "the name of a store, service or station"
TERRITORY_RULE = "an ISO 3166-1 code such as GB, an ISO 3166-2 code such as GB-SCT, or GLOBAL"


def is_territory(code: str) -> bool:
    """Return whether there is such a territory."""
    return code in TERRITORIES or code in _SUBDIVISIONS


def check_territory(code: str, where: str) -> str:
    """Return a territory code in upper case; ``where`` says who gave it.

    Raises:
        UsageError: there is no such territory.
    """
    upper = code.upper()
    if is_territory(upper):
        return upper
    raise UsageError(
        f"{where}: {code!r} is no territory; allowed are ISO 3166-1 codes such as GB, ISO 3166-2 codes such as "
        "GB-SCT, and GLOBAL"
    )


@cache
def currencies() -> dict[int, tuple[str, ...]]:
    """Return the currency codes by their number of decimals (0, 2, 3, 4)."""
    fractions = get_global("currency_fractions")
    default = fractions["DEFAULT"][0]
    by: dict[int, list[str]] = {}
    for currency in pycountry.currencies:
        by.setdefault(fractions.get(currency.alpha_3, (default,))[0], []).append(currency.alpha_3)
    return {digits: tuple(sorted(codes)) for digits, codes in sorted(by.items())}


def decimals_sql(currency: str) -> str:
    """Return SQL for the number of decimals of the currency in ``currency``, null where it is unknown."""
    branches = " ".join(
        f"when {currency} in ({', '.join(repr(code) for code in codes)}) then {digits}"
        for digits, codes in currencies().items()
    )
    return f"(case {branches} end)"
