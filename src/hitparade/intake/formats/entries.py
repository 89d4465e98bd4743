"""``entries``: hitparade's own layout, as CSV or Parquet; docs/formats.md describes it column by column."""

from collections.abc import Callable

from hitparade.catalog.text import clipped
from hitparade.catalog.traits import PATTERN, TRAITS_RULE
from hitparade.engine import reading_cells as sql
from hitparade.engine.reading import Check
from hitparade.errors import IntakeError
from hitparade.intake.codes import decimals_sql
from hitparade.intake.heads import fields_of
from hitparade.intake.layout import EMPTY_CELLS, Head, Layout, Wish, identity_checks, place_checks

NAME = "entries"
VERSION = 1
ALLOWED = (
    "day", "at", "territory", "channel", "measure", "isrc", "title", "artist", "quantity", "ms_played", "audience",
    "consumer", "customer", "price", "currency", "product", "event", "released", "traits",
    "titles", "tracks", "lead_track",
)  # fmt: skip
EVENTS = ("sold", "ordered", "shipped", "delivered", "redeemed", "returned")
"""What a row of a sale may tell of; where nothing is said, of the sale itself."""
_WHOLE = ("quantity", "audience", "ms_played", "titles", "tracks")
LARGEST = 10**12
"""No row may hold more than this, so that sums stay whole numbers of 63 bits."""


def recognise(head: Head, wish: Wish, *, told: bool) -> Layout | None:
    """Return how to read the file if it is of this layout.

    Args:
        head: the beginning of the file.
        wish: what the person who hands it in says.
        told: whether that person named this format.

    Raises:
        IntakeError: it is meant to be of this layout, and a column is unknown, missing or there twice.
    """
    if head.columns:
        names, kinds = zip(*head.columns, strict=True)
        delimiter = ""
    else:
        names, delimiter = fields_of(head.lines[0] if head.lines else "", ALLOWED)
        kinds = (sql.CELL,) * len(names)
    if not told and not _looks_like(names):
        return None
    _complain(head.name, names, wish)
    kind = dict(zip(names, kinds, strict=True))
    column = {name: f"c{n}" for n, name in enumerate(names)}
    return Layout(
        format=NAME,
        version=VERSION,
        mapping="parquet" if head.columns else "csv",
        mapping_digest="",
        recognised="by its columns",
        columns=tuple(names),
        kinds=kinds,
        delimiter=delimiter,
        skip=0 if head.columns else 1,
        cells=_cells(column, kind, wish),
        checks=_checks(column),
    )


def _looks_like(names: tuple[str, ...]) -> bool:
    known = set(names) & set(ALLOWED)
    timed, named = known & {"day", "at"}, known & {"isrc", "title"}
    return bool(timed and named and known & {"territory", "channel", "measure"})


def _complain(name: str, names: tuple[str, ...], wish: Wish) -> None:
    allowed = ", ".join(ALLOWED)
    for column in names:
        if column not in ALLOWED:
            raise IntakeError(f"{name}: unknown column {clipped(column)!r}; allowed in entries are {allowed}")
        if names.count(column) > 1:
            raise IntakeError(f"{name}: column {column!r} stands there {names.count(column)} times; once is allowed")
    there = set(names)
    wanted = (
        ("day or at", there & {"day", "at"}),
        ("isrc, or title and artist", "isrc" in there or {"title", "artist"} <= there),
        ("territory (or say --territory)", "territory" in there or wish.territory),
        ("channel", "channel" in there),
        ("measure", "measure" in there),
        ("price together with currency", ("price" in there) == ("currency" in there)),
    )
    for what, holds in wanted:
        if not holds:
            raise IntakeError(f"{name}: entries need the column {what}; found {', '.join(names) or 'none'}")


def _cells(column: dict[str, str], kind: dict[str, str], wish: Wish) -> dict[str, str]:
    def text(name: str) -> str:
        return sql.said(column[name])

    cells = dict(EMPTY_CELLS)
    cells |= {name: text(name) for name in ("title", "artist", "channel", "measure", "traits") if name in column}
    cells["territory"] = f"upper({text('territory')})" if "territory" in column else f"'{wish.territory}'"
    cells |= {name: sql.whole(column[name], kind[name]) for name in _WHOLE if name in column}
    readers = {"day": sql.day, "at": sql.instant, "released": sql.day}
    cells |= {name: read(column[name], kind[name]) for name, read in readers.items() if name in column}
    if "isrc" in column:
        cells["isrc"] = sql.isrc(column["isrc"])
    # Who listens and who buys are one column of the ledger; a row says one of them.
    who = [text(name) for name in ("consumer", "customer") if name in column]
    if who:
        said = who[0] if len(who) == 1 else f"case when {who[0]} <> '' then {who[0]} else {who[1]} end"
        cells["consumer"] = sql.hashed(f"({said})", wish.salt)
    if "product" in column:
        cells["product"] = f"nullif({text('product')}, '')"
    if "lead_track" in column:
        cells["lead_track"] = sql.yes_or_no(text("lead_track"))
    if "event" in column:
        cells["event"] = f"nullif(lower({text('event')}), '')"
    if "price" in column:
        currency = f"upper({text('currency')})"
        cells["currency"] = f"case when {text('price')} <> '' then {currency} end"
        minor = sql.minor_units(text("price"), decimals_sql(currency))
        cells["revenue"] = f"try_cast(({minor})::hugeint * {cells['quantity']} as bigint)"
    return cells


def _checks(column: dict[str, str]) -> tuple[Check, ...]:
    def text(name: str) -> str:
        return sql.said(column[name])

    checks = [
        *identity_checks(text("isrc") if "isrc" in column else "''"),
        *place_checks(territory="territory" in column, measure=True),
    ]
    if "at" in column:
        checks += _time_checks(text("at"), text("day") if "day" in column else "''")
    if "day" in column:
        missing = "" if "at" in column else f"{text('day')} = '' or "
        unread = f"{text('day')} <> '' and (day is null or day < date '1900-01-01' or day >= date '2100-01-01')"
        checks.append(Check("day-unreadable", missing + unread, text("day"), "a day such as 2026-01-31"))
    if "quantity" in column:
        checks += _quantity_checks(text("quantity"))
    for name in ("audience", "ms_played"):
        if name in column:
            unread = f"{text(name)} <> '' and ({name} is null or {name} < 0)"
            checks.append(Check(f"{name.replace('_', '-')}-not-whole", unread, text(name), "a whole number, 0 or more"))
    if "price" in column:
        checks += _price_checks(text("price"), text("currency"))
    checks += (made(text(name)) for name, made in _MORE.items() if name in column)
    if {"titles", "tracks"} <= column.keys():
        checks.append(_SIZE)
    return tuple(checks)


def _event_check(event: str) -> Check:
    known = ", ".join(f"'{name}'" for name in EVENTS)
    return Check("event-unknown", f"event not in ({known})", event, f"one of {', '.join(EVENTS)}")


def _released_check(released: str) -> Check:
    unread = f"{released} <> '' and released is null"
    return Check("released-unreadable", unread, released, "a day such as 2026-01-31")


def _traits_check(said: str) -> Check:
    return Check("traits-unreadable", f"not regexp_full_match({said}, '{PATTERN}')", said, TRAITS_RULE)


def _size_check(name: str) -> Callable[[str], Check]:
    rule = "a whole number, 1 or more"
    return lambda said: Check(f"{name}-not-whole", f"{said} <> '' and ({name} is null or {name} < 1)", said, rule)


def _lead_check(said: str) -> Check:
    return Check("lead-track-unreadable", f"{said} <> '' and lead_track is null", said, "yes or no")


_MORE = {
    "event": _event_check,
    "released": _released_check,
    "traits": _traits_check,
    "titles": _size_check("titles"),
    "tracks": _size_check("tracks"),
    "lead_track": _lead_check,
}
_SIZE = Check(
    "more-titles-than-tracks",
    "titles > tracks",
    "titles::varchar || ' titles on ' || tracks::varchar || ' tracks'",
    "no more titles than tracks",
)


def _time_checks(at: str, day: str) -> list[Check]:
    outside = f'"at" < {sql.FIRST_INSTANT} or "at" >= {sql.LAST_INSTANT}'
    return [
        Check("time-missing", f"\"at\" is null and {at} = '' and {day} = ''", at,
              "a time with Z or an offset, or a day"),
        Check("time-unreadable", f"\"at\" is null and {at} <> ''", at,
              "a time with Z or an offset, such as 2026-01-31T18:30:00Z"),
        Check("time-out-of-range", outside, at, "a time from 1900 to 2099"),
    ]  # fmt: skip


def _quantity_checks(quantity: str) -> list[Check]:
    return [
        Check("quantity-missing", f"{quantity} = ''", quantity, "a whole number, 0 or more"),
        Check("quantity-not-whole", "quantity is null or quantity < 0", quantity, "a whole number, 0 or more"),
        Check("quantity-too-large", f"quantity > {LARGEST}", quantity, f"at most {LARGEST:,} in a row"),
    ]


def _price_checks(price: str, currency: str) -> list[Check]:
    priced = f"{price} <> ''"
    return [
        Check("price-unreadable", f"{priced} and not regexp_full_match({price}, '[0-9]{{1,12}}([.][0-9]{{1,4}})?')",
              price, "a decimal number such as 0.99, with a point and no sign"),
        Check("currency-unknown", f"{priced} and {decimals_sql(f'upper({currency})')} is null", currency,
              "an ISO 4217 code such as GBP"),
        Check("price-too-fine", f"{priced} and revenue is null", price,
              "no more decimals than the currency has"),
    ]  # fmt: skip
