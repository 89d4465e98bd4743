"""``house.toml``: what a house says of itself."""

import secrets
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from hitparade.errors import HouseError

_TEMPLATE = """# A house of hitparade. Change what you like; `hitparade` alone shows the state of the house.
name = {name!r}

[engine]
threads = 0                 # 0: as many as the machine has
memory_limit = "1GB"        # what the engine may hold before it uses the disk

[zones]                     # the civil day of a territory, when a file or a book does not say
GLOBAL = "UTC"

[privacy]
consumer_salt = {salt!r}    # consumer ids are stored only as salted digests; keep this line to yourself
keep_originals = true       # keep received files, so that they can be read again
"""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a house."""

    name: str
    threads: int = 0
    memory_limit: str = "1GB"
    zones: dict[str, str] = field(default_factory=dict)
    consumer_salt: str = ""
    keep_originals: bool = True


def template(name: str) -> str:
    """Return the text of a new ``house.toml`` with a salt of its own."""
    return _TEMPLATE.format(name=name, salt=secrets.token_hex(16))


def read(path: Path) -> Config:
    """Return the settings in ``path``; an unknown key or a wrong kind is a :class:`HouseError` that names it."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HouseError(f"{path}: not readable as TOML: {error}") from error
    allowed = {"": {"name", "engine", "zones", "privacy"}, "engine": {"threads", "memory_limit"}}
    allowed["privacy"] = {"consumer_salt", "keep_originals"}
    for table, keys in allowed.items():
        for key in said if not table else said.get(table, {}):
            if key not in keys:
                where = f"{table}.{key}" if table else key
                raise HouseError(f"{path}: unknown key {where!r}; allowed here: {', '.join(sorted(keys))}")
    engine, privacy = said.get("engine", {}), said.get("privacy", {})
    return Config(
        name=str(said.get("name", path.parent.name)),
        threads=int(engine.get("threads", 0)),
        memory_limit=str(engine.get("memory_limit", "1GB")),
        zones={str(k): str(v) for k, v in said.get("zones", {}).items()},
        consumer_salt=str(privacy.get("consumer_salt", "")),
        keep_originals=bool(privacy.get("keep_originals", True)),
    )
