"""Chance and whole shares: the same seed and keys give the same numbers, whatever else was drawn before.

Everything is done in whole numbers, because the last digit of an exponential or of a sum of floats differs
between machines, and then the content digest would.
"""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
_ROOM = 1 << 42


def dice(seed: int, *keys: int | str) -> np.random.Generator:
    """Return the generator that belongs to a seed and some keys, independent of every other one."""
    words = [key if isinstance(key, int) else int.from_bytes(key.encode(), "big") for key in keys]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def allot(weights: Ints, total: int, phase: int) -> Ints:
    """Return ``total`` shared out by weight in whole numbers, each share within one of its exact size.

    ``phase`` (any whole number) decides which shares are rounded up, so that it is not always the same ones.
    """
    edges = np.cumsum(weights)
    whole = int(edges[-1]) if len(edges) else 0
    if whole <= 0 or total <= 0:
        return np.zeros(len(weights), np.int64)
    excess = max(0, whole.bit_length() - _ROOM.bit_length(), whole.bit_length() + total.bit_length() - 62)
    edges = edges >> excess
    whole = int(edges[-1])
    marks = (edges * total + phase % whole) // whole
    return np.diff(marks, prepend=0)


def skewed(chance: np.random.Generator, below: int, size: int) -> Ints:
    """Return numbers from 0 up to ``below``, small ones far more often than large ones."""
    one, two = chance.integers(0, 1 << 20, size), chance.integers(0, 1 << 20, size)
    return ((one * two >> 20) * below) >> 20
