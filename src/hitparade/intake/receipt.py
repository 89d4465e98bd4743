"""What the receiver of a file gets back."""

from dataclasses import dataclass
from typing import Literal

from hitparade.problems import Problem

Status = Literal["received", "already here", "back in force", "would be received", "refused"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one file.

    Attributes:
        file: its name.
        status: what happened; ``would be received`` after a dry run.
        delivery: its id; empty when it was refused before it had one.
        format, mapping: how it was read.
        recognised: how the format was found.
        supplier, part: whose it is, and which part of it.
        received, accepted, rejected: rows; accepted + rejected = received.
        notes: findings that rejected no row.
        quantity: sum over the accepted rows.
        first_day, last_day: what the rows span (UTC days where a row has an instant); empty without rows.
        territories, channels, measures: what the rows name, sorted.
        simulated: whether it comes from a simulated market.
        replaces: the delivery that it takes the place of, or empty.
        refusals: the first rejected rows.
        findings: the notes.
        why: one sentence when it was refused or was already here, else empty.
    """

    file: str
    status: Status
    delivery: str = ""
    format: str = ""
    mapping: str = ""
    recognised: str = ""
    supplier: str = ""
    part: str = ""
    received: int = 0
    accepted: int = 0
    rejected: int = 0
    notes: int = 0
    quantity: int = 0
    first_day: str = ""
    last_day: str = ""
    territories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    simulated: bool = False
    replaces: str = ""
    refusals: tuple[Problem, ...] = ()
    findings: tuple[Problem, ...] = ()
    why: str = ""
