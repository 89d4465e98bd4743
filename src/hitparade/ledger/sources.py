"""The deliveries that stand behind one song's sums in one window."""

from typing import NamedTuple


class HeldBy(NamedTuple):
    """The rows of one spelling of a song that a delivery holds within a window, whether they count or not."""

    delivery: str
    name: str
    digest: str
    simulated: bool
    isrc: str
    title: str
    artist: str
    rows: int
    quantity: int
