"""Findings that reject no row, but that somebody should know."""

from collections.abc import Iterator, Sequence

from hitparade.counting import SALES
from hitparade.engine.duck import Duck
from hitparade.engine.reading import Staged
from hitparade.engine.reading_files import Repeats, Unsaid, batches, repeats, unsaid_products
from hitparade.intake.layout import Layout
from hitparade.problems import Problem


def findings(duck: Duck, layout: Layout, name: str, staged: Staged) -> tuple[Problem, ...]:
    """Return the notes on a file: repeats and batches of a play log, a week summed up in one day."""
    notes: list[Problem] = []
    if layout.batch:
        repeated = repeats(duck, staged)
        notes += _repeated(name, repeated)
        notes += _batches(duck, name, staged, layout.batch)
        notes += _repeated_at(name, repeated)
    notes += _products(duck, name, staged)
    if layout.days:
        first, last = layout.days
        notes.append(
            Problem(name, "note", "week-in-one-day", f"{first} to {last}",
                    f"sums of single days; the week's sum stands on its last day, {last}")
        )  # fmt: skip
    return tuple(notes)


def _products(duck: Duck, name: str, staged: Staged) -> Iterator[Problem]:
    """Give what a file that tells of products leaves open of some of them."""
    told = {"titles", "tracks", "lead_track"} - staged.constants.keys()
    found = unsaid_products(duck, staged, SALES) if told else Unsaid(0, 0, 0)
    if found.size:
        yield Problem(
            name, "note", "product-size-unknown", f"{found.size} of {found.sales} rows of sales",
            "titles or tracks of the product that was sold; where they are not known, no limit on them holds",
        )  # fmt: skip
    if found.lead:
        yield Problem(
            name, "note", "lead-track-unknown", f"{found.lead} of {found.sales} rows of sales, of more than one title",
            "lead_track yes or no; where it is not known, the sale counts for the song of its row",
        )  # fmt: skip


def _repeated(name: str, repeated: Sequence[Repeats]) -> Iterator[Problem]:
    if repeated:
        keys, surplus = sum(each.keys for each in repeated), sum(each.surplus for each in repeated)
        yield Problem(
            name, "note", "repeat", f"{surplus} surplus rows of {keys} plays",
            "one row for each station, time, title and artist; repeats are kept, and a book says whether they count",
        )  # fmt: skip


def _repeated_at(name: str, repeated: Sequence[Repeats]) -> Iterator[Problem]:
    for each in repeated:
        yield Problem(
            name, "note", "repeat-at-channel", f"{each.channel}: {each.surplus} surplus rows of {each.keys} plays",
            "one row for each station, time, title and artist",
        )  # fmt: skip


def _batches(duck: Duck, name: str, staged: Staged, least: int) -> Iterator[Problem]:
    for each in batches(duck, staged, least):
        found = f"{each.channel}: {each.plays} plays under {each.stamps} stamps, up to {each.largest} under one"
        yield Problem(
            name, "note", "batch-of-equal-stamps", found,
            f"fewer than {least} plays under one stamp at one station; the plays are kept",
        )  # fmt: skip
