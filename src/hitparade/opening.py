"""A house folder: made new, or checked before it is opened."""

from sqlalchemy import Engine as Database

from hitparade import config, database
from hitparade.errors import HouseError, NoHouseError
from hitparade.storage import HousePaths, write_whole, writer_lock


def prepare(paths: HousePaths, name: str | None) -> None:
    """Make a house in an empty or a new folder.

    Raises:
        HouseError: the folder exists and is not empty.
    """
    if paths.root.exists() and (not paths.root.is_dir() or any(paths.root.iterdir())):
        raise HouseError(f"{paths.root}: this folder is not empty; a new house needs an empty or a new folder")
    for place in (paths.books, paths.rows, paths.totals, paths.editions, paths.scratch):
        place.mkdir(parents=True, exist_ok=True)
    with writer_lock(paths):
        database.create(paths.database).dispose()
        write_whole(paths.config, config.template(name or paths.root.resolve().name).encode())


def checked(paths: HousePaths) -> tuple[config.Config, Database]:
    """Return the settings and the database of a house.

    Raises:
        NoHouseError: there is no house.
        NewerFormatError: a newer hitparade wrote it.
    """
    if not paths.config.is_file() or not paths.database.is_file():
        raise NoHouseError(
            f"{paths.root.resolve()}: there is no house here; `hitparade new DIR` makes one, -C DIR chooses one"
        )
    engine = database.connect(paths.database)
    database.check_format(engine, paths.database)
    return config.read(paths.config), engine
