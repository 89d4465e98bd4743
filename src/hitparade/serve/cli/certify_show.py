"""How certifications look in a terminal: the answer, its proof, lists of what is due and what was granted."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hitparade.compile.words import plural
from hitparade.serve.cli.output import foot, number, out, print_json, table
from hitparade.serve.cli.show import marked

if TYPE_CHECKING:
    from hitparade.certify.grants import Grant
    from hitparade.certify.heard import Line
    from hitparade.certify.programme import Programme
    from hitparade.certify.ratios import RatioSince
    from hitparade.certify.reckon import Certification
    from hitparade.certifying import State

_JUDGED = {
    "certification": "by the levels of the day of certification",
    "release": "by the levels of the day of release",
    "all": "by the newest levels, which hold for all songs",
}
_CENTS = 100


def plain(made: "Certification") -> dict[str, Any]:
    """Return a certification as JSON has it: units as a whole number and a rest beside the exact parts."""
    units, rest = divmod(made.total, made.per_unit)
    return {**asdict(made), "units": units, "units_rest": str(Fraction(rest, made.per_unit))}


def exact(total: int, per_unit: int, unit: str = "", currency: str = "") -> str:
    """Return an amount in words: whole units and the rest as a fraction, or money."""
    if unit == "money":
        minor = Fraction(total, per_unit)
        whole, cents = divmod(int(minor), _CENTS)
        rest = f" and {minor - int(minor)} of a minor unit" if minor != int(minor) else ""
        return f"{number(whole)}.{cents:02} {currency}{rest}"
    whole, left = divmod(total, per_unit)
    parts = [number(whole)] if whole or not left else []
    parts += [str(Fraction(left, per_unit))] if left else []
    one = unit.removesuffix("s") if total == per_unit else unit
    return " ".join([*parts, *([one] if unit else [])])


def print_certification(made: "Certification") -> None:
    """Print the answer on one song: level, units, the next level, and the proof."""
    name = f"{made.song_title} - {made.credit}"
    out.print(marked(name, simulated=made.simulated), style="bold", markup=False, soft_wrap=True)
    out.print(f"{made.title}, as of {made.as_of}", markup=False, soft_wrap=True)
    for sentence in _told(made):
        out.print(sentence, markup=False, soft_wrap=True)
    if made.reached:
        rows = [(each.level + (" (once)" if each.once else ""), _at(made, each.at), each.on) for each in made.reached]
        out.print()
        out.print(table(["level", ("at", "right"), "reached"], rows))
    _print_proof(made)
    for note in made.notes:
        out.print(f"note: {note}", markup=False, soft_wrap=True)
    sure = "" if made.ladder_confidence in {"", "published"} else f" ({made.ladder_confidence})"
    since = f"levels since {made.ladder}: {made.ladder_source}{sure}" if made.ladder else ""
    out.print("; ".join(filter(None, (f"rules: {made.programme}", since))), markup=False, soft_wrap=True)


def _told(made: "Certification") -> Iterator[str]:
    more = "at least " if made.lower_bound else ""
    units = exact(made.total, made.per_unit, made.unit, made.currency)
    yield f"{more}{units} to date: {made.level or 'no level'}{f' since {made.level_on}' if made.level_on else ''}"
    if made.next_at is not None and made.missing is not None:
        missing = exact(made.missing, made.per_unit, made.unit, made.currency)
        yield f"next: {made.next_level} at {_at(made, made.next_at)}; {missing} missing"
    judged = _JUDGED[made.judged_by] + (f", {made.released}" if made.judged_by == "release" and made.released else "")
    scale = f", {made.scale} songs" if made.scale else ""
    yield f"judged {judged}{scale}; {made.trigger}"
    lists = [f" (list {each.source})" if each.source else "" for each in made.granted]
    granted = ", ".join(f"{each.level} on {each.on}{said}" for each, said in zip(made.granted, lists, strict=True))
    due = f"; due: {', '.join(made.due)}" if made.due else ""
    yield f"granted: {granted or 'nothing'}{due}"


def _at(made: "Certification", at: int) -> str:
    return exact(at, 1, made.unit, made.currency) if made.unit == "money" else number(at)


def _print_proof(made: "Certification") -> None:
    if not made.proof:
        return
    sources = list(dict.fromkeys(line.source for line in made.proof))
    rows = [(*_row(made, line), sources.index(line.source) + 1) for line in made.proof]
    columns = ("days", "measure", ("amount", "right"), "makes one", (made.unit, "right"), "", ("source", "right"))
    out.print()
    out.print(table(columns, rows))
    for n, source in enumerate(sources, 1):
        out.print(f"{n}. {source}", markup=False, soft_wrap=True)


def _row(made: "Certification", line: "Line") -> tuple[object, ...]:
    raised = f", raised {line.raised[0]}:{line.raised[1]}" if line.raised != (1, 1) else ""
    ratio = "/".join(map(number, line.ratio if line.ratio[1] != 1 else line.ratio[:1]))
    sure = "" if line.confidence == "published" else line.confidence
    units = exact(line.total, made.per_unit, made.unit if made.unit == "money" else "", made.currency)
    days = f"{line.first} to {line.last}"
    return days, line.measure, number(line.amount), f"{ratio}{raised}", units, line.why_out or sure


def print_due(programme: "Programme", found: "Sequence[Certification]") -> None:
    """Print the songs whose level is above the one granted."""
    simulated = any(each.simulated for each in found)
    out.print(marked(f"{programme.title}: due", simulated=simulated), style="bold", markup=False, soft_wrap=True)
    rows = [
        (
            each.song_title, each.credit, exact(each.total, each.per_unit, "money" if each.unit == "money" else "",
            each.currency), ", ".join(each.due), each.level_on, each.granted[-1].level if each.granted else "",
        )
        for each in found
    ]  # fmt: skip
    if not rows:
        out.print("nothing: no song has a level above the one granted")
        return
    out.print(table(["song", "artist", (programme.unit, "right"), "due", "reached", "granted"], rows))
    bound = "; units are lower bounds where the ledger begins after the release" if _any_bound(found) else ""
    foot(f"{plural(len(rows), 'song')} as of {found[0].as_of}", f"rules: {programme.id}{bound}")


def _any_bound(found: "Iterable[Certification]") -> bool:
    return any(each.lower_bound for each in found)


def print_overview(states: "Sequence[State]") -> None:
    """Print the programmes and what is due."""
    rows = [
        (
            each.programme, each.territory,
            f"{each.first} to {each.last}" if each.first else "-", each.granted,
            "-" if each.due is None else each.due, "SIMULATED" if each.simulated else "",
        )
        for each in states
    ]  # fmt: skip
    columns = ("programme", "where", "days held", ("granted", "right"), ("due", "right"), "")
    out.print(table(columns, rows))
    for each in states:
        if each.first and each.due is None:
            out.print(f"{each.programme}: {each.why}", markup=False, soft_wrap=True)
    out.print("modelled on published rules; not affiliated. hitparade certify PROGRAMME prints its levels.")


def print_log(lines: "Sequence[Grant]") -> None:
    """Print the log of grants."""
    rows = [
        (
            each.serial, each.programme, f"{each.title} - {each.credit}", each.level, each.granted_on,
            f"takes back {each.revokes}: {each.why}" if each.revokes is not None else each.why, each.by,
        )
        for each in lines
    ]  # fmt: skip
    out.print(table([("line", "right"), "programme", "song", "level", "on", "why", "by"], rows))


def print_levels(programme: "Programme", as_of: date | None, *, json: bool) -> None:
    """Print the levels of a programme and their history, each with its source."""
    from hitparade.certify.eras import needed
    from hitparade.certify.ratios import ranges_of, ratios_of

    ladders = programme.ladders()
    if json:
        told = [asdict(each) for each in ratios_of(programme)]
        print_json({"programme": programme.id, "title": programme.title, "ladders": ladders, "ratios": told})
        return
    out.print(programme.title, style="bold", markup=False, soft_wrap=True)
    day = as_of or max(each.values[-1].since for each in programme.series.values())
    by, trigger = needed(programme, "judged_by", day), needed(programme, "trigger", day)
    out.print(f"{programme.publisher} · {programme.territory} · {_JUDGED[by]}; {trigger['value']}", markup=False)
    if programme.about:
        out.print(" ".join(programme.about.split()), markup=False)
    rows, ratios = [], ratios_of(programme)
    sources = list(dict.fromkeys([*(each.source for each in ladders), *(each.source for each in ratios)]))
    for each in ladders:
        at = [exact(rung.at, 1, programme.unit, programme.currency) for rung in each.levels]
        levels = ", ".join(f"{rung.name} {size}" for rung, size in zip(each.levels, at, strict=True))
        more = str(each) if each.multiples or each.combined else ""
        sure = "; ".join((each.confidence, *ranges_of(programme, each.since)))
        rows.append((each.since, levels, more, sure, sources.index(each.source) + 1))
    key = "released since" if by == "release" else "since"
    out.print(table([key, "levels", "in all", "confidence", ("source", "right")], rows))
    _print_ratios(programme, ratios, sources)
    for n, source in enumerate(sources, 1):
        out.print(f"{n}. {source}", markup=False, soft_wrap=True)


def _print_ratios(programme: "Programme", ratios: "Sequence[RatioSince]", sources: Sequence[str]) -> None:
    """Print how many of each measure make one unit, since when and by which source."""
    rows = [
        (
            each.measure, each.since, each.makes_one, each.but,
            "; ".join(filter(None, (each.confidence, each.between))), sources.index(each.source) + 1,
        )
        for each in ratios
    ]  # fmt: skip
    one = f"minor unit of {programme.currency}" if programme.unit == "money" else programme.unit.removesuffix("s")
    out.print(f"\nHow many of a measure make one {one}:", markup=False)
    out.print(table(["measure", "since", ("makes one", "right"), "", "confidence", ("source", "right")], rows))


def csv_of(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> None:
    """Print rows as CSV with a header."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
