"""The public names are one sorted list, and the sign of each room is there."""

import ast
from pathlib import Path

import pytest

import hitparade

SOURCE = Path(hitparade.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted(path.parent for path in SOURCE.rglob("__init__.py") if path.parent != SOURCE)


def test_the_list_of_public_names_is_sorted_and_complete() -> None:
    assert sorted(hitparade.__all__) == hitparade.__all__
    for name in hitparade.__all__:
        assert getattr(hitparade, name) is not None


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'charts'"):
        _ = hitparade.charts  # type: ignore[attr-defined]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_room_has_its_sign(package: Path) -> None:
    """A room says what comes in, what goes out and what never happens there; a folder inside a room says what it is."""
    sign = ast.get_docstring(ast.parse((package / "__init__.py").read_text("utf-8"))) or ""
    is_room = package.parent == SOURCE and package.name != "books"
    wanted = ("In: ", "Out: ", "Never here: ") if is_room else (".",)
    assert all(word in sign for word in wanted), f"{package.name}: {sign!r}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_outgrows_its_room(module: Path) -> None:
    lines = len(module.read_text("utf-8").splitlines())
    assert lines <= 500, f"{lines} lines: split it by what it does"


def test_modules_are_small_in_the_middle() -> None:
    sizes = sorted(len(module.read_text("utf-8").splitlines()) for module in MODULES)
    assert sizes[len(sizes) // 2] <= 120
