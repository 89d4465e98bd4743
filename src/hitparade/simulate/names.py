"""Invented names: artists, titles and stations. None is meant to be anybody's."""

import numpy as np

_FIRST = (
    "Amber Birch Cobalt Copper Coral Crystal Dusty Early Electric Ember Feral Gentle Golden Hollow Indigo Ivory Little "
    "Lunar Marble Midnight Neon Northern Opal Paper Patient Quiet Rapid Rusty Saffron Scarlet Silver Slow Southern Sudden "
    "Tender Tidal Velvet Violet Wandering Winter"
).split()
_SECOND = (
    "Anchors Arcades Avenues Beacons Bicycles Canyons Cathedrals Compass Cousins Dials Embers Engines Fables Foxes Gardens "
    "Harbours Horizons Islands Junctions Kites Ladders Lanterns Magnets Meadows Mirrors Orchards Parades Pilots Pioneers "
    "Planets Ravens Rivers Satellites Seasons Signals Sparrows Telegrams Tides Trams Windows"
).split()
_GIVEN = (
    "Adra Bexley Caro Dovie Elan Fenna Gable Hollis Imre Jory Kestrel Lior Maren Nell Orrin Petra Quill Runa Sorrel Tavi "
    "Una Vesper Wren Xanthe Yara Zeno"
).split()
_FAMILY = (
    "Alder Brackwell Cindermoor Dunmarrow Eastlake Farrowgate Greenholm Hartwick Inglemere Jessop-Vale Kingsmead Larkfield "
    "Mossbridge Nettleby Oakhollow Pennyfield Quarrington Ravensby Stonewater Thistledown Underhill Valebrook Westerly "
    "Yarrowby"
).split()
_VERB = (
    "Call Carry Catch Change Chase Dance Drive Fall Find Follow Forget Hold Keep Leave Lose Love Meet Miss Need Paint Read "
    "Run Save Send Shake Sing Stay Take Tell Wait Wake Want Watch Write"
).split()
_TAIL = (
    "Again|Anyway|Before Dawn|by the Water|for a While|Home|in Colour|in Slow Motion|Into the Night|It Over|Me Back|"
    "Me Gently|My Name|No More|on Repeat|Out Loud|Something New|the Lights|the Long Way|the Sky|the Tide|This Town|"
    "Through the Static|Till Monday|Tomorrow|Under Neon|With You|You Twice"
).split("|")
_THING = (
    "Afterglow Ballroom Bluebird Boulevard Candlelight Carousel Daydream Echo Fever Firefly Gravity Heartbeat Holiday "
    "Kaleidoscope Lullaby Masquerade Melody Mirage Moonlight Paradise Postcard Radio Rainfall Runaway Shadow Skyline "
    "Starlight Summer Sunrise Thunder Wildfire"
).split()
_OF = (
    "in August|in the Rain|on the Wire|at Midnight|for Two|of Glass|of Yesterday|Season|Avenue|Machine|Weather|(Part Two)|& Gold|"
    "Don't Lie|Won't Wait"
).split("|")

STATIONS = {
    "GB": (
        "Harbour FM", "Lantern Radio", "Kestrel 100", "Tideway", "Northgate Sound", "Pennine Wave", "Radio Thistle", "Meridian One",
        "Fenland FM", "Copper Coast", "Abbey Sound", "Riverside Gold", "Castle 105", "Saltmarsh Radio", "Orchard FM", "Viaduct",
        "Moorland FM", "Signal Box", "Quayside", "Bluebell Radio", "Foundry FM", "Beacon North", "Isle Sound", "Market Square",
        "Nightjar",
    ),
    "US": tuple(f"{'W' if n < 15 else 'K'}AA{chr(65 + n)}" for n in range(25)),
}  # fmt: skip
"""The stations that exist, by territory; a market uses the first so many. They do not depend on the seed."""


def stations(territory: str, number: int) -> tuple[str, ...]:
    """Return the names of a territory's first ``number`` stations."""
    known = STATIONS.get(territory) or tuple(f"Radio {territory} {n:02}" for n in range(1, 26))
    return known[:number]


def _shuffled(chance: np.random.Generator, names: list[str], number: int) -> list[str]:
    order = np.argsort(chance.integers(0, 1 << 40, len(names)), kind="stable")
    made = [names[n] for n in order[:number]]
    return made + [f"{made[n % len(made)]} {n // len(made) + 1}" for n in range(len(made), number)]


def artists(chance: np.random.Generator, number: int) -> list[str]:
    """Return distinct names of invented groups and singers."""
    groups = [f"{first} {second}" for first in _FIRST for second in _SECOND]
    singers = [f"{given} {family}" for given in _GIVEN for family in _FAMILY]
    return _shuffled(chance, groups[::2] + singers, number)


def titles(chance: np.random.Generator, number: int) -> list[str]:
    """Return distinct invented song titles."""
    said = [f"{verb} {tail}" for verb in _VERB for tail in _TAIL]
    things = [f"{thing} {of}" for thing in _THING for of in _OF]
    return _shuffled(chance, said + things + list(_THING), number)
