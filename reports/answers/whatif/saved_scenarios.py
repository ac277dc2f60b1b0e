"""Scenarios saved in the store, each as the text of a scenario file."""

from datetime import datetime
from pathlib import Path

import polars as pl

from data.errors import ScenarioError
from data.store import typed_rows
from data.store.load_report import LoadReport
from queries import Books
from reports.answers import sentences
from reports.answers.whatif.lever import Scenario
from reports.answers.whatif.scenario_file import parse, read, to_toml

_MOST_NAMES = 5


def find_scenario(books: Books, name: str) -> Scenario:
    """Return the scenario of a file, or else the one saved under a name.

    Raises:
        ScenarioError: there is neither, or its text is refused.
    """
    path = Path(name)
    try:
        if path.is_file():
            return read(path)
    except ValueError:  # not the name of any file
        pass
    saved = dict(books.ask("scenarios").select("name", "toml").iter_rows())
    if name in saved:
        return parse(saved[name])
    if not saved:
        raise ScenarioError(sentences.NO_SCENARIO_SAVED(name=repr(name)))
    names = ", ".join(repr(name) for name in list(saved)[:_MOST_NAMES])
    raise ScenarioError(
        sentences.NO_SUCH_SCENARIO(
            name=repr(name),
            names=names if len(saved) <= _MOST_NAMES else f"{names}, …",
        )
    )


def save(folder: Path, scenario: Scenario, *, seen: datetime | None = None) -> LoadReport:
    """Save a scenario under its name, in the place of an earlier one of that name.

    Raises:
        ChangedMeanwhileError: somebody else changed it after `seen`.
    """
    return _add(folder, scenario.name, to_toml(scenario), seen)


def delete(folder: Path, name: str, *, seen: datetime | None = None) -> LoadReport:
    """Delete a saved scenario.

    Raises:
        ChangedMeanwhileError: somebody else changed it after `seen`.
    """
    return _add(folder, name, None, seen)


def _add(folder: Path, name: str, toml: str | None, seen: datetime | None) -> LoadReport:
    return typed_rows.add(folder, {"scenarios": scenario_row(name, toml)}, seen=seen)


def scenario_row(name: str, toml: str | None) -> pl.DataFrame:
    """Return the row to store for a scenario; without text the scenario is deleted."""
    return pl.DataFrame({"name": [name], "toml": [toml]}, schema={"name": pl.String, "toml": pl.String})
