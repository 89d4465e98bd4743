"""Candidates: the songs that could matter to an issue, and the K-th values that prove it of all others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from hitparade.catalog.recordings import Recording
from hitparade.chart import Candidate, CandidateSet
from hitparade.engine.candidates import Column, WindowSums
from hitparade.ledger.identity import Identity


def candidates(
    identity: Identity, sums: Sequence[WindowSums], measures: Sequence[str], k: int, named: Iterable[str]
) -> CandidateSet:
    """Return the ``k`` largest songs of each measure in the first of ``sums`` and the named songs.

    ``sums`` are this window, the one before and so on. A named song without rows has sums of nothing; a key
    that no spelling in force leads to is left out. A song left out has, in each measure, at most ``kth``.
    """
    now, kth = sums[0], {}
    wanted = {song.id for key in named if (song := identity.resolve(key))}
    for measure in measures:
        largest, kth[measure] = head(now.recordings, now.quantity[measure], k)
        wanted.update(largest.tolist())
    found = sorted(identity.recordings(wanted).values(), key=lambda recording: recording.key)
    market = {measure: tuple(int(window.quantity[measure].sum()) for window in sums) for measure in measures}
    return CandidateSet(_lines(found, sums, measures), k, kth, market)


def head(recordings: Column, quantity: Column, k: int) -> tuple[Column, int]:
    """Return the recordings with the ``k`` largest quantities above nothing, and the k-th quantity.

    Of equal quantities at the end the smaller recording number goes first. The k-th quantity is 0 when there
    are no more than ``k``: then none with a quantity is left out.
    """
    above = np.flatnonzero(quantity > 0)
    if len(above) <= k:
        return recordings[above], 0
    values = quantity[above]
    if k < 1:
        return recordings[:0], int(values.max())
    least = int(np.partition(values, len(values) - k)[len(values) - k])
    larger, equal = above[values > least], above[values == least]
    return recordings[np.concatenate([larger, equal[: k - len(larger)]])], least


def _lines(found: Sequence[Recording], sums: Sequence[WindowSums], measures: Sequence[str]) -> tuple[Candidate, ...]:
    ids = np.array([recording.id for recording in found], np.int64)
    places = [window.places(ids) for window in sums]
    quantity = _by_song([window.quantity for window in sums], places, measures, len(found))
    audience = _by_song([window.audience for window in sums], places, measures, len(found))
    channels = _gather(sums[0].channels, *places[0])
    guessed = {measure: _gather(column, *places[0]) for measure, column in sums[0].estimated.items()}
    prices = _prices(sums, places, len(found))
    lines = zip(found, quantity, audience, channels, strict=True)
    return tuple(
        Candidate(
            song.key, song.title, song.credit, (song.key,), song.released, one, heard, reported, song.traits,
            {measure: numbers[n] for measure, numbers in guessed.items() if numbers[n]}, prices=prices[n],
        )
        for n, (song, one, heard, reported) in enumerate(lines)
    )  # fmt: skip


def _prices(
    sums: Sequence[WindowSums], places: Sequence[tuple[Column, Any]], songs: int
) -> list[dict[str, tuple[tuple[int, int], ...]]]:
    """Return for each song the pieces with a price and what they brought, by measure, this window's first."""
    made: list[dict[str, tuple[tuple[int, int], ...]]] = [{} for _ in range(songs)]
    for measure in sums[0].priced:
        windows = [
            list(zip(_gather(window.priced[measure], *place), _gather(window.paid[measure], *place), strict=True))
            for window, place in zip(sums, places, strict=True)
        ]
        for song, pairs in zip(made, zip(*windows, strict=True), strict=True):
            if any(pieces for pieces, _ in pairs):
                song[measure] = tuple(pairs)
    return made


def _by_song(
    columns: Sequence[Mapping[str, Column]],
    places: Sequence[tuple[Column, Any]],
    measures: Sequence[str],
    songs: int,
) -> list[dict[str, tuple[int, ...]]]:
    """Return for each song its numbers by measure, this window's first."""
    by_measure = [
        list(
            zip(
                *(_gather(window[measure], *place) for window, place in zip(columns, places, strict=True)),
                strict=True,
            )
        )
        for measure in measures
    ]
    return [dict(zip(measures, numbers, strict=True)) for numbers in zip(*by_measure, strict=True)] or [{}] * songs


def _gather(column: Column, lines: Column, there: "np.ndarray[Any, np.dtype[np.bool_]]") -> list[int]:
    if not len(column):
        return [0] * len(lines)
    numbers: list[int] = np.where(there, column[lines], 0).tolist()
    return numbers
