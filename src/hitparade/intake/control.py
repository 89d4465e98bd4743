"""The control file beside a received file: whose it is, what it is about, and what it should add up to."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from hitparade.digest import digest_of
from hitparade.engine.reading_files import Extent
from hitparade.errors import BalanceError, IntakeError
from hitparade.intake.landing import CONTROL

_KEYS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "": {"supplier": str, "part": str, "simulated": bool, "scope": dict, "balance": dict},
    "scope": {"territory": str, "channels": list, "measures": list, "from": (date, str), "to": (date, str)},
    "balance": {"rows": int, "quantity": int},
}


@dataclass(frozen=True, slots=True)
class Control:
    """What a sender declares beside the file."""

    supplier: str = ""
    part: str = ""
    simulated: bool = False
    scope: dict[str, Any] = field(default_factory=dict)
    balance: dict[str, int] = field(default_factory=dict)


def control_of(file: Path | None) -> Control:
    """Return what ``<file name>.control.toml`` beside ``file`` declares, or nothing.

    Raises:
        IntakeError: it cannot be read or says something that no control file may say.
    """
    beside = file.with_name(file.name + CONTROL) if file else None
    if beside is None or not beside.is_file():
        return Control()
    try:
        said = tomllib.loads(beside.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise IntakeError(f"{beside.name}: this control file is not readable as TOML: {error}") from error
    for table, keys in _KEYS.items():
        for key, value in (said if not table else said.get(table, {})).items():
            _check(beside.name, f"{table}.{key}" if table else key, value, keys.get(key), keys)
    scope = {key: _plain(value) for key, value in sorted(said.get("scope", {}).items())}
    return Control(
        said.get("supplier", ""),
        said.get("part", ""),
        said.get("simulated", False),
        scope,
        said.get("balance", {}),
    )


def _check(name: str, place: str, value: object, kind: type | tuple[type, ...] | None, keys: Mapping[str, Any]) -> None:
    if kind is None:
        raise IntakeError(f"{name}: unknown key {place!r}; allowed here: {', '.join(sorted(keys))}")
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise IntakeError(f"{name}: {place} is {value!r}, which is not of the kind that is allowed here")


def _plain(value: object) -> object:
    if isinstance(value, list):
        return sorted(str(each) for each in value)
    return str(value)


def scope_digest(supplier: str, format_: str, part: str, declared: Mapping[str, Any] | None) -> str:
    """Return the digest of a declared scope, or empty when none was declared."""
    if not declared:
        return ""
    listed = {key: [value] if key in ("channels", "measures") and isinstance(value, str) else value
              for key, value in declared.items()}  # fmt: skip
    return digest_of({"supplier": supplier, "format": format_, "part": part} | listed)


def check_scope(name: str, declared: Mapping[str, Any], extent: Extent) -> None:
    """Refuse a file that holds something outside of its declared scope.

    Raises:
        IntakeError: it does; the sentence says what.
    """
    listed = {"territory": extent.territories, "channels": extent.channels, "measures": extent.measures}
    for key, there in listed.items():
        allowed = declared.get(key, there)
        strange = sorted(set(there) - set([allowed] if isinstance(allowed, str) else allowed))
        if strange:
            raise IntakeError(f"{name}: holds {key} {', '.join(strange)}, outside of its declared scope: {allowed}")
    first, last = str(declared.get("from", "")), str(declared.get("to", ""))
    if first and extent.first_day and extent.first_day < first:
        raise IntakeError(f"{name}: holds {extent.first_day}, outside of its declared scope: from {first}")
    if last and extent.last_day and extent.last_day > last:
        raise IntakeError(f"{name}: holds {extent.last_day}, outside of its declared scope: to {last}")


def check_balance(name: str, balance: Mapping[str, int], received: int, quantity: int) -> None:
    """Refuse a file that does not add up to the sender's control totals.

    Raises:
        BalanceError: the sentence gives both numbers.
    """
    for key, found in (("rows", received), ("quantity", quantity)):
        if key in balance and balance[key] != found:
            what = "rows received" if key == "rows" else "quantity of the accepted rows"
            raise BalanceError(
                f"{name}: the sender's control total {key} is {balance[key]:,}, and {what} come to {found:,}"
            )
