"""A house of an older format: looking at it changes no format, writing does."""

from sqlalchemy import Engine, select

from hitparade import database
from hitparade.database import FORMAT, connect, deliveries, house_facts
from hitparade.house import House, open_house


def said(engine: Engine) -> str | None:
    """Return the format that a house says it has."""
    with engine.connect() as connection:
        return connection.scalar(select(house_facts.c.said).where(house_facts.c.name == "format"))


def older(house: House) -> Engine:
    """Return the database of the house as the hitparade before this one left it: without the newest table."""
    engine = connect(house.paths.database)
    with engine.begin() as transaction:
        transaction.execute(house_facts.update().where(house_facts.c.name == "format").values(said=str(FORMAT - 1)))
        transaction.exec_driver_sql(f"drop table {database.grants.name}")
    return engine


def test_a_command_that_only_reads_leaves_the_format_to_an_older_program(house: House) -> None:
    engine = older(house)
    newer = open_house(house.paths.root)
    assert newer.archives.series() == ()
    assert engine.dialect.has_table(engine.connect(), database.grants.name)
    assert said(engine) == str(FORMAT - 1)


def test_the_first_thing_that_is_written_raises_the_format(house: House) -> None:
    engine = older(house)
    newer = open_house(house.paths.root)
    with database.writing(newer.database) as transaction:
        assert transaction.execute(select(deliveries)).all() == []
    assert said(engine) == str(FORMAT)
