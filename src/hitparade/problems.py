"""Complaints about delivered data, as values: the rest of the file still counts."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong, or worth knowing, in a delivered file.

    Attributes:
        place: ``file:line N`` (physical line) for what could not be parsed, else ``file:record N`` (from 1,
            header not counted); the bare file name when it is about the whole file.
        severity: ``rejected`` (the row is not in the ledger) or ``note`` (it is, but somebody should know).
        reason: a short fixed word such as ``title-missing``, ``quantity-not-whole``, ``repeat``.
        found: what was there, verbatim.
        allowed: what would have been right, as a sentence part.
    """

    place: str
    severity: str
    reason: str
    found: str
    allowed: str
