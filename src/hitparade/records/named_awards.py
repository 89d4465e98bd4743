"""Records of certifications: the level that a song held on a day, since when, and how long it took."""

from typing import Any

from hitparade.catalog.folding import fold
from hitparade.catalog.titles import parse_title
from hitparade.errors import AmbiguousError, ArchiveError
from hitparade.records.awards_held import in_order
from hitparade.records.lists import Named, Rest, Work
from hitparade.records.query import Asked, Award, Views
from hitparade.records.sentence import day, marked, plural

AWARDS = "awards"


def _held(views: Views, asked: Asked) -> Work:
    """Return the awards of a song up to the day in order, and which of them it held on the day."""
    every = _of_song(views.awards(asked.series.id) if asked.series else (), asked)
    found = [one for one in every if one.given <= asked.as_of]
    rows = tuple(
        (
            one.title,
            one.artist,
            one.level,
            one.given,
            one.released,
            _days(one),
            "held" if one == found[-1] else "before",
        )
        for one in found
    )
    facts: dict[str, Any] = {"held": found[-1].level, "since": found[-1].given} if found else {"held": None}
    rests = tuple(Rest("award", n, one.given, one.given, 0) for n, one in enumerate(found))
    notes = () if found else (f"no award is listed up to {asked.as_of}",)
    if asked.series and asked.series.last < asked.as_of:
        notes = (*notes, f"the list ends on {asked.series.last}; what was awarded after it is not known")
    return Work(rows, rests, notes, facts=facts)


def _of_song(awards: tuple[Award, ...], asked: Asked) -> list[Award]:
    """Return the awards of the one song of that title; :class:`AmbiguousError` when artists share it."""
    title = fold(parse_title(asked.ask.song).base)
    found = [one for one in awards if title in (fold(one.title), fold(parse_title(one.title).base))]
    if asked.ask.artist:
        found = [one for one in found if fold(asked.ask.artist) in f"{fold(one.artist)} {fold(one.title)}"]
    names = sorted({(fold(one.title), fold(one.artist)): f"{one.title} - {one.artist}" for one in found}.values())
    if len(names) > 1:
        raise AmbiguousError(
            f"{asked.ask.song!r}: {len(names)} songs have that title: {'; '.join(names)}; add --artist"
        )
    if not found:
        where = asked.series.id if asked.series else "any list"
        raise ArchiveError(f"{asked.ask.song!r}: no award of that title on {where}")
    return list(in_order(found))


def _days(one: Award) -> int | None:
    return (one.given - one.released).days if one.released else None


def _sentence(row: dict[str, Any], asked: Asked, _: Views) -> str:
    after = f", {plural(row['days'], 'day')} after its release" if row["days"] is not None else ""
    name, given = f"{marked(row['title'])} by {row['artist']}", f"{day(row['date'])}{after}"
    if row["on_the_day"] == "held":
        return f"{name} was certified {row['level']} on {given}, its highest level as of {day(asked.as_of)}."
    return f"{name} was certified {row['level']} on {given}."


RECORDS = (
    Named("certification", "Certifications of a song", "the level a song held on a day, since when, days from release",
          ("title", "artist", "level", "date", "released", "days", "on_the_day"), work=_held, needs=("song",),
          by_title=True, every=True, kinds=(AWARDS,), sentence=_sentence),
)  # fmt: skip
