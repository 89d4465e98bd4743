"""The rule kinds, one module each, under the names that books call them."""

from collections.abc import Mapping

from hitparade.compile.context import Kind
from hitparade.compile.rules import (
    artist_cap,
    distribution,
    nomination,
    recurrent,
    release_age,
)

KINDS: Mapping[str, Kind] = {
    "artist_cap": artist_cap,
    "distribution": distribution,
    "nomination": nomination,
    "recurrent": recurrent,
    "release_age": release_age,
}
