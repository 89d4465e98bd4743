"""Identity as the ledger uses it: what ``catalog`` decides of all spellings in force.

It is kept as one Parquet file, a cache named by the digests of the deliveries and decisions in force; throwing it
away loses nothing.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hitparade.catalog.decisions import NO_DECISIONS, Decisions
from hitparade.catalog.groups import ISRC_KEY
from hitparade.catalog.recordings import Recording, SeenSpelling, identify
from hitparade.catalog.spelling import SEPARATOR, Spelling, text_id
from hitparade.catalog.traits import merged, traits, written
from hitparade.digest import digest_columns, digest_of
from hitparade.ledger.force import InForce
from hitparade.ledger.kept import kept

COLUMNS: dict[str, pa.DataType] = {
    "spelling": pa.int64(),
    "recording": pa.int64(),
    "isrc": pa.string(),
    "said_title": pa.string(),
    "said_artist": pa.string(),
    "own_key": pa.string(),
    "key": pa.string(),
    "title": pa.string(),
    "credit": pa.string(),
    "released": pa.date32(),
    "traits": pa.string(),
    "rows": pa.int64(),
}
SCHEMA = pa.schema(COLUMNS)
_DIGESTS, _WORDS = b"hitparade.deliveries", b"hitparade.words"


@dataclass(frozen=True)
class Identity:
    """Who is who among the spellings in force; ``table`` is in the order of recording, then spelling."""

    table: pa.Table
    _known: dict[int, Recording] = field(default_factory=dict, repr=False)
    _led: dict[str, Recording | None] = field(default_factory=dict, repr=False)

    @cached_property
    def join(self) -> pa.Table:
        """The two columns that an engine joins rows with: spelling and recording."""
        return self.table.select(["spelling", "recording"])

    @cached_property
    def _numbers(self) -> "np.ndarray[Any, np.dtype[np.int64]]":
        return self.table.column("recording").to_numpy()

    def recordings(self, ids: Iterable[int]) -> dict[int, Recording]:
        """Return the recordings with those numbers; unknown numbers are left out."""
        wanted = list(ids)
        self._learn([id_ for id_ in wanted if id_ not in self._known])
        return {id_: self._known[id_] for id_ in wanted if id_ in self._known}

    def resolve(self, key: str) -> Recording | None:
        """Return the recording that a song key leads to, or None.

        A key that an earlier state holds may no longer be the smallest of its recording; any key that one of
        the recording's spellings would give leads to it.
        """
        if key not in self._led:
            self._led[key] = self._lead(key)
        return self._led[key]

    def _lead(self, key: str) -> Recording | None:
        id_ = text_id(key)
        if found := self.recordings([id_]):
            return found[id_]
        column, said = ("isrc", key[len(ISRC_KEY) :]) if key.startswith(ISRC_KEY) else ("own_key", key)
        place = pc.index(self.table.column(column), pa.scalar(said)).as_py() if said else -1
        return None if place < 0 else next(iter(self.recordings([int(self._numbers[place])]).values()))

    def _learn(self, ids: Sequence[int]) -> None:
        firsts = np.searchsorted(self._numbers, ids, "left")
        lasts = np.searchsorted(self._numbers, ids, "right")
        there = firsts < lasts
        if not there.any():  # a chart that goes on from an archive asks for many songs that nobody delivers
            return
        columns = ["recording", "key", "title", "credit", "released", "isrc", "traits"]
        found = self.table.select(columns).take(firsts[there]).to_pylist()
        for told, first, last in zip(found, firsts[there].tolist(), lasts[there].tolist(), strict=True):
            isrcs = [told["isrc"]] if last - first == 1 else self.table.column("isrc")[first:last].to_pylist()
            given = tuple(sorted({isrc for isrc in isrcs if isrc}))
            number, words = told["recording"], (told["key"], told["title"], told["credit"])
            self._known[number] = Recording(number, *words, given, told["released"], traits(told["traits"]))

    def spellings(self, recording: int) -> dict[int, Spelling]:
        """Return the spellings of a recording by their numbers."""
        rows = self._rows(recording).select(["spelling", "isrc", "said_title", "said_artist"]).to_pylist()
        return {row["spelling"]: Spelling(row["isrc"], row["said_title"], row["said_artist"]) for row in rows}

    def names(self, key: str, spoken: Collection[str]) -> set[str]:
        """Return the names of a song's spellings: ISRCs that decisions have ``spoken`` of, else their own keys."""
        found = self._rows(text_id(key)).select(["isrc", "own_key"]).to_pylist()
        coded = ((f"{ISRC_KEY}{row['isrc']}", row["own_key"]) for row in found)
        return {isrc if isrc in spoken else own for isrc, own in coded}

    def numbers(self, names: Collection[str]) -> list[int]:
        """Return the numbers of all spellings of the songs that have one of these keys or ISRC keys among theirs."""
        codes = sorted(name.removeprefix(ISRC_KEY) for name in names if name.startswith(ISRC_KEY))
        columns = (("own_key", sorted(names)), ("isrc", codes))
        held: Any = [pc.is_in(self.table.column(name), pa.array(said, pa.string())) for name, said in columns]
        there = pc.or_(*held)
        recordings = self.table.column("recording").filter(there).unique()
        found = self.table.filter(pc.is_in(self.table.column("recording"), recordings))
        return [int(number) for number in found.column("spelling").to_numpy()]

    def prints(self, own_keys: Iterable[str]) -> list[tuple[str, str, str, str, int]]:
        """Return own key, title, artist, ISRC and rows of the spellings that have one of these keys by themselves."""
        there = pc.is_in(self.table.column("own_key"), pa.array(sorted(own_keys), pa.string()))
        found = self.table.select(["own_key", "said_title", "said_artist", "isrc", "rows"]).filter(there)
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def digest_in(self, delivery: str) -> str:
        """Return the digest of what this identity makes of the spellings of one delivery in force."""
        return self._digests[delivery]

    def words_in(self, delivery: str) -> str:
        """Return the digest of the names and release days that the songs of one delivery in force have here."""
        return self._words[delivery]

    @cached_property
    def _digests(self) -> dict[str, str]:
        return self._told(_DIGESTS)

    @cached_property
    def _words(self) -> dict[str, str]:
        return self._told(_WORDS)

    def _told(self, name: bytes) -> dict[str, str]:
        told: dict[str, str] = json.loads((self.table.schema.metadata or {}).get(name, b"{}"))
        return told

    def _rows(self, recording: int) -> pa.Table:
        first = int(np.searchsorted(self._numbers, recording, "left"))
        last = int(np.searchsorted(self._numbers, recording, "right"))
        return self.table.slice(first, last - first)


def identity_of(force: InForce, decisions: Decisions = NO_DECISIONS) -> Identity:
    """Return who is who among the deliveries in force, from the kept file or made and kept."""
    digest = digest_of([force.digest, decisions.digest]) if decisions.songs else force.digest
    return Identity(kept(force.paths.totals, "identity", digest, lambda: _made(force, decisions)).combine_chunks())


def identity_if(force: InForce, decisions: Decisions) -> Identity:
    """Return who would be who among the deliveries in force; made anew, and not kept."""
    return Identity(_made(force, decisions).combine_chunks())


def _made(force: InForce, decisions: Decisions) -> pa.Table:
    """Return the table of an identity; its metadata says what it makes of each delivery."""
    merged: dict[int, SeenSpelling] = {}
    used: dict[str, list[int]] = {}
    for delivered in force.deliveries:
        said = _read(force.paths.deliveries / delivered.id / "spellings.parquet")
        used[delivered.id] = [spelling.spelling for spelling in said]
        for spelling in said:
            known = merged.get(spelling.spelling)
            merged[spelling.spelling] = spelling if known is None else _both(known, spelling)
    numbers, recordings = identify(merged.values(), decisions)
    words = {recording.id: _words_of(recording) for recording in recordings}
    digests, worded = {}, {}
    for id_, places in used.items():
        found = [numbers[place] for place in places]
        digests[id_] = _digest(found)
        worded[id_] = digest_of(sorted({words[number] for number in found}))
    table = _table(merged.values(), numbers, recordings)
    metadata = {_DIGESTS: json.dumps(digests, sort_keys=True), _WORDS: json.dumps(worded, sort_keys=True)}
    return table.replace_schema_metadata(metadata)


def _words_of(recording: Recording) -> int:
    """Return a number of what is printed and known of a recording beside its sums."""
    said = (recording.key, recording.title, recording.credit, str(recording.released))
    return text_id(SEPARATOR.join(said))


def _digest(recordings: Sequence[int]) -> str:
    return digest_columns([("recording", np.array(recordings, "<i8").tobytes())])


def _read(file: Path) -> list[SeenSpelling]:
    parquet = pq.ParquetFile(file)
    # Traits came later than the first deliveries.
    there = [name for name in SeenSpelling._fields if name in parquet.schema_arrow.names]
    columns = (column.to_pylist() for column in parquet.read(there).select(there).columns)
    return [SeenSpelling(*values) for values in zip(*columns, strict=True)]


def _both(one: SeenSpelling, other: SeenSpelling) -> SeenSpelling:
    released = min((day for day in (one.released, other.released) if day), default=None)
    return one._replace(rows=one.rows + other.rows, released=released, traits=merged([one.traits, other.traits]))


def _table(seen: Iterable[SeenSpelling], numbers: Mapping[int, int], recordings: Iterable[Recording]) -> pa.Table:
    by_id = {recording.id: recording for recording in recordings}
    spellings = sorted(seen, key=lambda spelling: (numbers[spelling.spelling], spelling.spelling))
    rows = [_row(spelling, by_id[numbers[spelling.spelling]]) for spelling in spellings]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(SCHEMA)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def _row(spelling: SeenSpelling, recording: Recording) -> tuple[object, ...]:
    told = (spelling.spelling, recording.id, spelling.isrc, spelling.title, spelling.artist, spelling.key)
    called = (recording.key, recording.title, recording.credit, recording.released, written(recording.traits))
    return (*told, *called, spelling.rows)
