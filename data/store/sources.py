"""Where the books come from: the file `sources.toml` in the store's folder, which names them."""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data import system_errors
from data.errors import KasstroomError, TomlError
from data.store import source_sentences as sentences
from data.toml_text import parse_toml

FILE = "sources.toml"
USUAL_DAYS = 7
_ENVIRONMENT = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_KEYS = ("name", "path", "odoo", "preset", "source_date", "every_days", "full")
_DAY_IN_NAME = re.compile(r"((?:19|20)[0-9]{2})[-_.]?([01][0-9])[-_.]?([0-3][0-9])")
_MOST_DAYS = 366


@dataclass(frozen=True)
class Source:
    """One source of the books.

    Attributes:
        name: what it is called on screen.
        paths: its files, folders or patterns (`exports/*.csv`), absolute; empty for a database.
        odoo: name of the environment variable with the address of an Odoo database; empty for files.
        preset: how its files are read; empty: as their content shows.
        is_dated_by_name: a file speaks of the day in its name (`open_2026-11-30.csv`).
        every_days: after how many days without anything new it is late.
        is_full: its files are all there is of their kinds; what vanished is cancelled or settled, up to the
            share that a run without a person may.
    """

    name: str
    paths: tuple[str, ...] = ()
    odoo: str = ""
    preset: str = ""
    is_dated_by_name: bool = False
    every_days: int = USUAL_DAYS
    is_full: bool = False

    def address(self) -> str:
        """Return the address of its database.

        Raises:
            KasstroomError: the environment does not hold it.
        """
        address = os.environ.get(self.odoo, "")
        if not address:
            raise KasstroomError(sentences.NO_VARIABLE(source=self.name, variable=self.odoo))
        return address

    def files(self) -> list[Path]:
        """Return the files and folders there are of its paths now.

        Raises:
            KasstroomError: there are none.
        """
        found = [path for pattern in self.paths for path in _matching(pattern)]
        if not found:
            raise KasstroomError(sentences.NO_FILES(source=self.name, paths=", ".join(self.paths)))
        return found

    def day_of(self, path: Path) -> date | None:
        """Return the day a file speaks of by its name; None if it is not dated so, or has no day in it."""
        if not self.is_dated_by_name:
            return None
        for year, month, day in _DAY_IN_NAME.findall(path.name):
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                continue
        return None


def sources(folder: Path) -> list[Source]:
    """Return the sources of a store in the order of its file; none if it has no such file.

    Args:
        folder: the store.

    Raises:
        KasstroomError: the file cannot be read, or does not say what it must.
    """
    file = folder / FILE
    if not file.exists():
        return []
    try:
        stated = parse_toml(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise KasstroomError(sentences.UNREADABLE(cause=system_errors.cause(error))) from error
    except UnicodeDecodeError as error:
        raise KasstroomError(sentences.NOT_UTF_8()) from error
    except TomlError as error:
        raise KasstroomError(sentences.NOT_TOML(fault=error.message)) from error
    tables = stated.get("source", [])
    are_tables = isinstance(tables, list) and all(isinstance(table, dict) for table in tables)
    if set(stated) - {"source"} or not are_tables:
        raise KasstroomError(sentences.NO_TABLES())
    found = [_source(table, folder) for table in tables]
    names = [source.name for source in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise KasstroomError(sentences.NAME_TWICE(source=twice))
    return found


def _source(stated: dict[str, Any], folder: Path) -> Source:
    name = stated.get("name")
    if not isinstance(name, str) or not name.strip():
        raise KasstroomError(sentences.NAMELESS())
    if unknown := next((key for key in stated if key not in _KEYS), None):
        raise KasstroomError(sentences.NOT_A_KEY(source=name, key=unknown, keys=", ".join(_KEYS)))
    paths = stated.get("path", [])
    paths = [paths] if isinstance(paths, str) else paths
    odoo = stated.get("odoo", "")
    if bool(paths) == bool(odoo):
        raise KasstroomError(sentences.PATH_OR_DATABASE(source=name))
    if not isinstance(paths, list) or not all(isinstance(path, str) and path for path in paths):
        raise KasstroomError(sentences.NOT_PATHS(source=name))
    if odoo and not (isinstance(odoo, str) and _ENVIRONMENT.fullmatch(odoo)):
        raise KasstroomError(sentences.NOT_A_VARIABLE(source=name))
    every_days, full = stated.get("every_days", USUAL_DAYS), stated.get("full", False)
    if type(every_days) is not int or not 1 <= every_days <= _MOST_DAYS:
        raise KasstroomError(sentences.NOT_DAYS(source=name, most=_MOST_DAYS))
    if type(full) is not bool:
        raise KasstroomError(sentences.NOT_TRUE_OR_FALSE(source=name, key="full"))
    if stated.get("source_date", "") not in {"", "name"}:
        raise KasstroomError(sentences.NOT_BY_NAME(source=name))
    if not isinstance(stated.get("preset", ""), str):
        raise KasstroomError(sentences.NOT_A_PRESET(source=name))
    return Source(
        name=name.strip(),
        paths=tuple(str(folder.resolve() / Path(path).expanduser()) for path in paths),
        odoo=odoo.removeprefix("env:"),
        preset=stated.get("preset", ""),
        is_dated_by_name=stated.get("source_date") == "name",
        every_days=every_days,
        is_full=full,
    )


def _matching(pattern: str) -> list[Path]:
    path = Path(pattern)
    if not any(sign in pattern for sign in "*?["):
        return [path] if path.exists() else []
    root = Path(path.anchor)
    return sorted(root.glob(str(path.relative_to(root))))
