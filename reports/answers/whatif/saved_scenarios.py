"""Scenarios somebody saved in the store: the same text as a scenario file holds."""

from datetime import datetime
from pathlib import Path

import polars as pl

from data.errors import ScenarioError
from data.store import typed_rows
from data.store.load import LoadReport
from queries import Books
from reports.answers.whatif.scenario_file import Scenario, parse, read, to_toml
from reports.translation import _

_SHOWN = 5


def named(books: Books, asked: str) -> Scenario:
    """Return the scenario of a file, or else the one saved under a name.

    Raises:
        ScenarioError: there is neither, or what is there is refused.
    """
    path = Path(asked)
    try:
        if path.is_file():
            return read(path)
    except ValueError:  # no name of a file at all
        pass
    saved = dict(books.ask("scenarios").select("name", "toml").iter_rows())
    if asked in saved:
        return parse(saved[asked])
    if not saved:
        raise ScenarioError(
            _(
                "There is no scenario file {name}, and none is saved: name a file like scenario.toml.",
                name=repr(asked),
            )
        )
    names = ", ".join(repr(name) for name in list(saved)[:_SHOWN])
    raise ScenarioError(
        _(
            "There is no scenario file {name}, and none saved under that name; saved are {names}.",
            name=repr(asked),
            names=names if len(saved) <= _SHOWN else f"{names}, …",
        )
    )


def save(folder: Path, scenario: Scenario, *, seen: datetime | None = None) -> LoadReport:
    """Save a scenario under its name, in the place of an earlier one of that name.

    Raises:
        ChangedMeanwhileError: somebody else changed it after `seen`.
    """
    return _add(folder, scenario.name, to_toml(scenario), seen)


def delete(folder: Path, name: str, *, seen: datetime | None = None) -> LoadReport:
    """Throw a saved scenario away.

    Raises:
        ChangedMeanwhileError: somebody else changed it after `seen`.
    """
    return _add(folder, name, None, seen)


def _add(folder: Path, name: str, toml: str | None, seen: datetime | None) -> LoadReport:
    return typed_rows.add(folder, {"scenarios": row(name, toml)}, seen=seen)


def row(name: str, toml: str | None) -> pl.DataFrame:
    """Return what is to be written of a scenario; without text it is thrown away."""
    return pl.DataFrame({"name": [name], "toml": [toml]}, schema={"name": pl.String, "toml": pl.String})
