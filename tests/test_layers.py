"""What import-linter cannot see of the one-way rule: app.py and kasstroom.py are modules, not packages."""

import ast
from pathlib import Path

import pytest

from tests.paths import ROOT

PACKAGES = ("pages", "cli", "reports", "queries", "forecasting", "data")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_imports_the_two_entry_points(path: Path) -> None:
    assert not imported(path) & {"app", "kasstroom"}


def test_the_entry_points_only_start_what_is_below_them() -> None:
    assert imported(ROOT / "app.py") == {"pages.parts.context"}
    assert imported(ROOT / "kasstroom.py") == {"sys", "cli"}


def test_the_rule_would_notice_an_import_of_an_entry_point(tmp_path: Path) -> None:
    page = tmp_path / "page.py"
    page.write_text("from app import main\nimport kasstroom\n", encoding="utf-8")
    assert imported(page) == {"app", "kasstroom"}


def test_no_file_of_tests_imports_another() -> None:
    """What tests share is a module of its own: a test that is imported runs twice, or not where it stands."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    assert len(files) > 100
    taken = {
        str(path.relative_to(ROOT)): {name for name in imported(path) if ".test_" in name} for path in files
    }
    assert {name: names for name, names in taken.items() if names} == {}
