"""Citations: an issue, or a line of it, with the edition or the archive import that shows it."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hitparade.catalog.folding import fold
from hitparade.errors import ArchiveError, UsageError
from hitparade.records.query import Ask, Asked, Views
from hitparade.records.query_names import asked_of, song_called
from hitparade.records.sentence import day

FORMATS = ("text", "wikitext", "bibtex", "csl-json")


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited.

    Attributes:
        position, title, credit: the line; empty when the whole issue is cited.
        source: the edition with the beginning of its digest, or the import's id.
        place: where the line stands in the imported file.
        origin: where the archive comes from, as its importer said, or that it is an edition of this house.
    """

    series: str
    chart: str
    publisher: str
    issue: date
    position: int | None
    title: str
    credit: str
    source: str
    place: str
    origin: str
    simulated: bool

    @property
    def key(self) -> str:
        """A name for the citation, the same each time."""
        line = f"-{self.position}" if self.position else ""
        return f"{self.series}-{self.issue}{line}"

    @property
    def shown_by(self) -> str:
        """The edition or the archive import in words."""
        kind = "archive import" if self.source.startswith("a-") else "edition"
        origin = f" ({self.origin})" if self.origin and kind == "archive import" else ""
        return f"{kind} {self.source}{origin}{f', {self.place}' if self.place else ''}"


def cite(views: Views, chart: str, issue: date, what: str = "") -> tuple[Citation, ...]:
    """Return the citation of an issue, of a position on it (several lines may share one), or of a song.

    Raises:
        ArchiveError: there is no such series, issue, position or song.
        AmbiguousError: several songs of the issue have that title.
    """
    asked = asked_of(views, Ask(chart=chart, issue=issue), depth=1)
    if not what:
        return (_whole(views, asked),)
    rows = _lines(views, asked, what)
    return tuple(_citation(asked, *row) for row in rows)


_LINE = "select position, title, credit, source, place from entries where series = $series and issue = $issue"


def _lines(views: Views, asked: Asked, what: str) -> list[tuple[Any, ...]]:
    series = asked.series.id if asked.series else ""
    values = {"series": series, "issue": asked.issue}
    said = what.strip().removeprefix("#")
    if said.isascii() and said.isdecimal():
        rows = views.rows(f"{_LINE} and position = $position order by title", {**values, "position": int(said)})
        if not rows:
            raise ArchiveError(f"{series} {asked.issue}: there is no position {said}")
        return rows
    there = [row for row in views.rows(f"{_LINE} order by position, title", values) if _is(row, what)]
    if len(there) == 1:
        return there
    song = song_called(views, what, series, None, asked.issue)
    rows = views.rows(f"{_LINE} and song = $song order by position", {**values, "song": song.id})
    if not rows:
        raise ArchiveError(f"{song.name} - {song.credit}: not on {series} of {asked.issue}")
    return rows


def _is(row: tuple[Any, ...], what: str) -> bool:
    return fold(what) in (fold(row[1]), fold(f"{row[1]} {row[2]}"))


def _whole(views: Views, asked: Asked) -> Citation:
    sql = "select source from issues where series = $series and issue = $issue"
    row = views.rows(sql, {"series": asked.series.id if asked.series else "", "issue": asked.issue})[0]
    return _citation(asked, None, "", "", row[0], "")


def _citation(asked: Asked, position: int | None, title: str, credit: str, source: str, place: str) -> Citation:
    series = asked.series
    if series is None:
        raise UsageError("a citation needs a chart")
    return Citation(
        series.id, series.title, series.publisher, asked.issue, position, title, credit, source, place or "",
        series.source, series.simulated,
    )  # fmt: skip


def written(citation: Citation, layout: str) -> str:
    """Return a citation as text, wikitext, BibTeX or CSL-JSON.

    Raises:
        UsageError: another layout.
    """
    if layout not in FORMATS:
        raise UsageError(f"--format: found {layout!r}; allowed: {', '.join(FORMATS)}")
    made = {"text": _text, "wikitext": _wikitext, "bibtex": _bibtex, "csl-json": _csl}[layout]
    return made(citation)


def _work(one: Citation) -> str:
    line = f", number {one.position}: {one.title} - {one.credit}" if one.position else ""
    mark = " (SIMULATED)" if one.simulated else ""
    return f"{one.chart}{mark}, issue of {one.issue}{line}"


def _text(one: Citation) -> str:
    publisher = f"{one.publisher.rstrip('.')}. " if one.publisher else ""
    line = f', number {one.position}: "{one.title}" by {one.credit}' if one.position else ""
    mark = " (SIMULATED)" if one.simulated else ""
    return f"{publisher}{one.chart}{mark}, issue of {day(one.issue)}{line}. Shown by {one.shown_by}."


def _wikitext(one: Citation) -> str:
    fields = {
        "title": _work(one),
        "publisher": one.publisher,
        "date": str(one.issue),
        "id": one.shown_by,
    }
    # A bar or a brace of a title would end the field or the template.
    safe = {name: re.sub(r"[|{}\[\]<>=]", lambda at: f"&#{ord(at[0])};", text) for name, text in fields.items() if text}
    inside = " ".join(f"|{name}={text}" for name, text in safe.items())
    return f'<ref name="{one.key}">{{{{Citation {inside}}}}}</ref>'


def _bibtex(one: Citation) -> str:
    fields = {
        "title": _work(one),
        "howpublished": one.publisher,
        "year": str(one.issue.year),
        "month": f"{one.issue:%b}".lower(),
        "date": str(one.issue),
        "note": one.shown_by,
    }
    lines = [f"  {name} = {{{_tex(text)}}}" for name, text in fields.items() if text]
    return f"@misc{{{one.key},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text.replace("\\", r"\textbackslash ")).replace("~", r"\textasciitilde ")


def _csl(one: Citation) -> str:
    said = {
        "id": one.key,
        "type": "dataset",
        "title": _work(one),
        "publisher": one.publisher,
        "issued": {"date-parts": [[one.issue.year, one.issue.month, one.issue.day]]},
        "note": one.shown_by,
    }
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)


def as_json(citation: Citation) -> dict[str, Any]:
    """Return a citation as a table of its parts."""
    return asdict(citation)
