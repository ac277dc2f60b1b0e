"""One store for the tests of a file: each has customers of its own and is answered about them alone."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.books import NEEDED, Desk

# What tells the rows of one test from another's; a grain without any of these is of the whole store.
OWN = ("customer_id", "parent_id", "invoice_id", "original_invoice_id", "payment_id")
Rows = Mapping[str, Sequence[tuple | Mapping]]


class SharedDesk:
    """What a test sees of the store: a desk that holds the rows of this test and no others.

    Rows are told apart by a prefix to their numbers, which the test neither writes nor sees.

    Attributes:
        prefix: of the numbers of this test.
        rows: what this test loads.
        desk: the desk of all tests that share the store.
    """

    def __init__(self, prefix: str, rows: Rows, desk: Desk, answers: dict[str, list[dict]]) -> None:
        self.prefix = prefix
        self.rows = rows
        self.desk = desk
        self._answers = answers

    def load(self, **rows: Sequence[tuple | Mapping]) -> None:
        """Take it that the rows are loaded: they were with those of the other tests."""
        assert repr(rows) == repr(self.rows), "A test loads once, and the same rows every time."

    def ask(self, name: str, **values: object) -> list[dict]:
        """Ask the store and return the rows of this test."""
        own = {key: f"{self.prefix}{value}" if key == "customer" else value for key, value in values.items()}
        question = f"{name} {own!r}"
        if question not in self._answers:
            self._answers[question] = self.desk.ask(name, **own)
        rows = self._answers[question]
        return [self._as_written(row) for row in rows if "customer" in own or self._is_own(row)]

    def _is_own(self, row: dict) -> bool:
        numbers = [row[name] for name in OWN if row.get(name)]
        assert numbers, "Of this question no row is of one test: it needs a desk of its own."
        return any(number.startswith(self.prefix) for number in numbers)

    def _as_written(self, row: dict) -> dict:
        return {
            name: value.replace(self.prefix, "") if isinstance(value, str) else value
            for name, value in row.items()
        }


class SharedDesks:
    """The desks of a file's tests, by test; tests whose rows of the whole store differ have stores apart."""

    def __init__(self, home: Path, tests: Iterable[pytest.Function]) -> None:
        self._home = home
        self._rows = {test.nodeid: _rows_of(test) for test in tests}
        self._desks: dict[str, tuple[Desk, dict[str, list[dict]]]] = {}

    def desk(self, test: str) -> SharedDesk:
        """Return the desk of a test, by its node id."""
        common = _common(self._rows[test])
        if common not in self._desks:
            self._desks[common] = (self._loaded(common), {})
        return SharedDesk(self._prefix(test), self._rows[test], *self._desks[common])

    def close(self) -> None:
        for desk, _answers in self._desks.values():
            desk.close()

    def _prefix(self, test: str) -> str:
        return f"case{list(self._rows).index(test):03d}."

    def _loaded(self, common: str) -> Desk:
        desk = Desk(self._home / f"{len(self._desks)}")
        together: dict[str, list[tuple | Mapping]] = {}
        for test, rows in self._rows.items():
            if _common(rows) != common:
                continue
            for grain, some in rows.items():
                if _is_common(grain):
                    together[grain] = list(some)
                else:
                    named = (_with_prefix(grain, row, self._prefix(test)) for row in some)
                    together.setdefault(grain, []).extend(named)
        report = desk.load(**together)
        assert [file.rejects.rows() for file in report.files if file.rejected] == []
        return desk


class _Recorder:
    """Takes note of the rows that a test loads, and goes no further."""

    class Loaded(Exception):  # noqa: N818 - what a test is left with, and no error
        """What a test loads is known."""

        def __init__(self, rows: Rows) -> None:
            self.rows = rows

    def load(self, **rows: Sequence[tuple | Mapping]) -> None:
        raise self.Loaded(rows)


def _rows_of(test: pytest.Function) -> Rows:
    """Run a test up to its load, and return what it loads."""
    parameters: dict[str, Any] = test.callspec.params if hasattr(test, "callspec") else {}
    names = inspect.signature(test.function).parameters
    try:
        test.function(**{name: parameters.get(name, _Recorder()) for name in names})
    except _Recorder.Loaded as loaded:
        return loaded.rows
    raise AssertionError(f"{test.nodeid} loads nothing.")


def _is_common(grain: str) -> bool:
    return not set(OWN) & set(NEEDED[grain])


def _common(rows: Rows) -> str:
    return repr({grain: some for grain, some in sorted(rows.items()) if _is_common(grain)})


def _with_prefix(grain: str, row: tuple | Mapping, prefix: str) -> dict:
    full = dict(row) if isinstance(row, Mapping) else dict(zip(NEEDED[grain], row, strict=True))
    return {**full, **{name: f"{prefix}{full[name]}" for name in OWN if full.get(name)}}
