"""One thing the doctor found."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and what to do about it: None when only a person can bring back what is missing."""

    sentence: str
    remedy: Callable[[], None] | None = None
