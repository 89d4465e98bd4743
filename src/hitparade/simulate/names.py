"""Invented names: artists, titles and stations. None is meant to be anybody's."""

import tomllib
from functools import cache
from importlib import resources

import numpy as np

MOST_STATIONS = 25


@cache
def _words(key: str, *, lines: bool = False) -> tuple[str, ...]:
    said = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))[key]
    return tuple(said.splitlines() if lines else said.split())


def stations(territory: str, number: int) -> tuple[str, ...]:
    """Return the names of a territory's first ``number`` stations; they do not depend on the seed."""
    if territory == "GB":
        return _words("stations_gb", lines=True)[:number]
    if territory == "US":
        return tuple(f"{'W' if n < 15 else 'K'}AA{chr(65 + n)}" for n in range(number))  # noqa: PLR2004
    return tuple(f"Radio {territory} {n:02}" for n in range(1, number + 1))


def _shuffled(chance: np.random.Generator, names: list[str], number: int) -> list[str]:
    order = np.argsort(chance.integers(0, 1 << 40, len(names)), kind="stable")
    made = [names[n] for n in order[:number]]
    return made + [f"{made[n % len(made)]} {n // len(made) + 1}" for n in range(len(made), number)]


def artists(chance: np.random.Generator, number: int) -> list[str]:
    """Return distinct names of invented groups and singers."""
    groups = [f"{first} {second}" for first in _words("first") for second in _words("second")]
    singers = [f"{given} {family}" for given in _words("given") for family in _words("family")]
    return _shuffled(chance, groups[::2] + singers, number)


def titles(chance: np.random.Generator, number: int) -> list[str]:
    """Return distinct invented song titles."""
    said = [f"{verb} {tail}" for verb in _words("verb") for tail in _words("tail", lines=True)]
    things = [f"{thing} {of}" for thing in _words("thing") for of in _words("of", lines=True)]
    return _shuffled(chance, said + things + list(_words("thing")), number)
