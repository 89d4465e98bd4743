"""hitparade: a chart house in a box.

``hitparade.open("my-house")`` opens a house; its verbs are those of the command line and return frozen values.
"""

from typing import TYPE_CHECKING

from hitparade._version import __version__

if TYPE_CHECKING:
    from hitparade.errors import HouseError
    from hitparade.house import House, new
    from hitparade.house import open_house as open  # noqa: A004 - reads as hitparade.open

__all__ = ["House", "HouseError", "__version__", "new", "open"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that ``hitparade --version`` pays for nothing."""
    from importlib import import_module  # noqa: PLC0415 - as above

    homes = {
        "House": ("house", "House"),
        "HouseError": ("errors", "HouseError"),
        "new": ("house", "new"),
        "open": ("house", "open_house"),
    }
    if name not in homes:
        raise AttributeError(f"module 'hitparade' has no attribute {name!r}")
    module, attribute = homes[name]
    return getattr(import_module(f"hitparade.{module}"), attribute)
