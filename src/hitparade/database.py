"""The house database: the rows that make files true, in SQLite (WAL) through SQLAlchemy Core.

Dates are ISO text, digests hexadecimal text, lists and small values JSON text, so that every database sorts and
compares them alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    select,
)

from hitparade.errors import NewerFormatError, NoHouseError

FORMAT = 6
"""The format of a house folder that this hitparade writes; log and archives are of 2, the rest of 3 to 6."""

metadata = MetaData()

house_facts = Table(
    "house_facts", metadata, Column("name", String, primary_key=True), Column("said", Text, nullable=False)
)

deliveries = Table(
    "deliveries",
    metadata,
    Column(
        "id",
        String,
        primary_key=True,
        doc="d- and 12 digits of the digest of bytes, reader, mapping, territory, supplier",
    ),
    Column("serial", Integer, nullable=False, doc="order of receipt in this house; never ranks anything"),
    Column("name", Text, nullable=False, doc="file name as received"),
    Column("digest", String, nullable=False, doc="SHA-256 of the received bytes"),
    Column("bytes", BigInteger, nullable=False),
    Column("format", String, nullable=False),
    Column("reader", String, nullable=False, doc="format and version of the reader"),
    Column("mapping", String, nullable=False, doc="name of the column mapping, or empty"),
    Column("supplier", String, nullable=False),
    Column("territory", String, nullable=False, doc="the one territory, or empty when rows name theirs"),
    Column("part", String, nullable=False, doc="part of its scope, or empty"),
    Column("scope", String, nullable=False, doc="digest of the declared scope, or empty when none was declared"),
    Column("first_day", String),
    Column("last_day", String),
    Column("channels", Text, nullable=False, doc="JSON list, sorted"),
    Column("measures", Text, nullable=False, doc="JSON list, sorted"),
    Column("territories", Text, nullable=False, doc="JSON list, sorted"),
    Column("received", BigInteger, nullable=False, doc="rows"),
    Column("accepted", BigInteger, nullable=False, doc="rows"),
    Column("rejected", BigInteger, nullable=False, doc="rows; accepted + rejected = received"),
    Column("notes", BigInteger, nullable=False, doc="problems that did not reject a row"),
    Column("quantity", BigInteger, nullable=False, doc="sum over accepted rows"),
    Column("simulated", Integer, nullable=False, doc="1 when the file says it comes from a simulated market"),
    Column("original", Text, doc="place of the kept original below ledger/originals, or null"),
    Column("replaced_by", String, doc="the delivery that took its place; null while in force"),
    Column("received_at", String, nullable=False),
)

totals_days = Table(
    "totals_days",
    metadata,
    Column("totals_set", String, primary_key=True, doc="digest of counting profile, zone and cuts"),
    Column("territory", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("inputs", String, nullable=False, doc="digest of deliveries and identities that went in"),
    Column("content", String, nullable=False, doc="content digest of the rows"),
    Column("rows", BigInteger, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("chart", String, primary_key=True),
    Column("issue_date", String, primary_key=True),
    Column("digest", String, nullable=False, doc="content digest of the compiled issue"),
    Column("inputs", String, nullable=False, doc="digest of what it was compiled from"),
)

editions = Table(
    "editions",
    metadata,
    Column("chart", String, primary_key=True),
    Column("issue_date", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("reason", Text, nullable=False, doc="empty for ed1"),
    Column("published_at", String, nullable=False),
    Column("published_by", String, nullable=False),
    Column("withdrawn_at", String),
    Column("withdrawn_by", String),
    Column("withdrawn_reason", Text),
)

internal_editions = Table(
    "internal_editions",
    metadata,
    Column("chart", String, primary_key=True),
    Column("issue_date", String, primary_key=True),
    Column("number", Integer, primary_key=True, doc="an edition that later issues rest on and that is not shown"),
)

strikes = Table(
    "strikes",
    metadata,
    Column("id", String, primary_key=True, doc="x- and 12 digits of the digest of chart and what is taken out"),
    Column("chart", String, nullable=False),
    Column("first_day", String, nullable=False),
    Column("last_day", String, nullable=False),
    Column("song", Text, nullable=False, doc="a song's key, or empty; so are the four that follow"),
    Column("channel", String, nullable=False),
    Column("measure", String, nullable=False),
    Column("consumer", String, nullable=False, doc="as stored with rows: a salted digest"),
    Column("delivery", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_at", String, nullable=False),
    Column("lifted_why", Text, doc="null while it holds"),
    Column("lifted_by", String),
    Column("lifted_at", String),
)

year_ends = Table(
    "year_ends",
    metadata,
    Column("chart", String, primary_key=True),
    Column("span", String, primary_key=True, doc="2016, 2016-1, 2010s or all-time"),
    Column("number", Integer, primary_key=True),
    Column("digest", String, nullable=False),
    Column("reason", Text, nullable=False, doc="empty for ed1"),
    Column("published_at", String, nullable=False),
    Column("published_by", String, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", String, primary_key=True),
    Column("chart", String, nullable=False),
    Column("first_issue", String, nullable=False),
    Column("last_issue", String, nullable=False),
    Column("song", Text, nullable=False),
    Column("rule", String, nullable=False),
    Column("action", String, nullable=False, doc="exclude, exempt, admit, reset, seasonal or withhold"),
    Column("why", Text, nullable=False),
    Column("decided_by", String, nullable=False),
    Column("decided_at", String, nullable=False),
)

catalog_log = Table(
    "catalog_log",
    metadata,
    Column("serial", Integer, primary_key=True, doc="order of entry; the log is only ever added to"),
    Column("id", String, nullable=False, doc="c- and 12 digits of the digest of serial, action and what was said"),
    Column("action", String, nullable=False, doc="merge, split, move, rename, accept, reject, new, undo"),
    Column("said", Text, nullable=False, doc="JSON: the keys and names that the action is about"),
    Column("why", Text, nullable=False),
    Column("source", Text, nullable=False, doc="where the fact can be looked up, or empty"),
    Column("undoes", String, doc="the id of the line that an undo takes back"),
    Column("entered_by", String, nullable=False),
    Column("entered_at", String, nullable=False),
)

archive_series = Table(
    "archive_series",
    metadata,
    Column("id", String, primary_key=True),
    Column("title", Text, nullable=False),
    Column("publisher", Text, nullable=False),
    Column("territory", String, nullable=False),
    Column("kind", String, nullable=False, doc="chart, year-end or awards"),
    Column("size", Integer, doc="lines that an issue should have; null when not declared"),
    Column("source", Text, nullable=False, doc="where the archive comes from, as the importer said"),
)

archive_imports = Table(
    "archive_imports",
    metadata,
    Column("id", String, primary_key=True, doc="a- and 12 digits of the digest of bytes, format, mapping, series"),
    Column("serial", Integer, nullable=False, doc="order of import in this house; never ranks anything"),
    Column("series", String, nullable=False),
    Column("name", Text, nullable=False, doc="file or folder name as given"),
    Column("digest", String, nullable=False, doc="digest of the received bytes of all its files"),
    Column("format", String, nullable=False),
    Column("mapping", String, nullable=False, doc="name of the column mapping, or empty"),
    Column("received", BigInteger, nullable=False, doc="rows"),
    Column("accepted", BigInteger, nullable=False, doc="rows"),
    Column("rejected", BigInteger, nullable=False, doc="rows; accepted + rejected = received"),
    Column("notes", BigInteger, nullable=False, doc="problems that did not reject a row"),
    Column("first_issue", String),
    Column("last_issue", String),
    Column("simulated", Integer, nullable=False),
    Column("originals", Text, nullable=False, doc="JSON list: places of kept originals below ledger/originals"),
    Column("replaced_by", String, doc="the import that took its place; null while in force"),
    Column("imported_at", String, nullable=False),
)

openings = Table(
    "openings",
    metadata,
    Column("serial", Integer, primary_key=True, doc="order of entry; the last line of a chart holds"),
    Column("chart", String, nullable=False),
    Column("series", String, nullable=False, doc="the archive that the chart goes on from; empty takes it back"),
    Column("issue", String, doc="the last issue that is read of it"),
    Column("why", Text, nullable=False),
    Column("entered_by", String, nullable=False),
    Column("entered_at", String, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("serial", Integer, primary_key=True, doc="order of entry; the log is only ever added to"),
    Column("programme", String, nullable=False),
    Column("song", Text, nullable=False, doc="the song's key"),
    Column("title", Text, nullable=False, doc="as printed on the day of entry"),
    Column("credit", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("granted_on", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("revokes", Integer, doc="the line that this one takes back; null for a grant"),
    Column("entered_by", String, nullable=False),
    Column("entered_at", String, nullable=False),
)


def connect(path: Path) -> Engine:
    """Return the engine of the database at ``path``, with WAL, full sync and foreign keys on."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401 - a driver's connection
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")

    return engine


def create(path: Path) -> Engine:
    """Return the engine of a new, empty house database."""
    engine = connect(path)
    with engine.begin() as transaction:
        metadata.create_all(transaction)
        transaction.execute(house_facts.insert().values(name="format", said=str(FORMAT)))
    return engine


def check_format(engine: Engine, path: Path) -> None:
    """Refuse a database that is not ours or newer than this hitparade.

    Raises:
        NoHouseError: the file is no house database.
        NewerFormatError: its format is above :data:`FORMAT`.
    """
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, "house_facts"):
            raise NoHouseError(f"{path}: this is not a house database; `hitparade new DIR` makes a house")
        said = connection.scalar(select(house_facts.c.said).where(house_facts.c.name == "format"))
    if int(said or 0) > FORMAT:
        raise NewerFormatError(
            f"{path}: this house has format {said}, and this hitparade reads formats up to {FORMAT}; "
            "use a newer hitparade"
        )
    if int(said or 0) < FORMAT:
        _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    """Add the tables that came after the house was made; every format so far only added some.

    An older hitparade does not see them, and reads on while a newer one only looked: the number of the format rises
    with the first thing that is written.
    """
    with engine.begin() as transaction:
        metadata.create_all(transaction)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give one transaction that is committed at the end or not at all."""
    with engine.begin() as transaction:
        older = (house_facts.c.name == "format") & (house_facts.c.said != str(FORMAT))
        transaction.execute(house_facts.update().where(older).values(said=str(FORMAT)))
        yield transaction
