"""One store for the tests of a file: each has customers of its own and is answered about them alone."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from queries import catalogue
from tests.books import NEEDED, Desk

# What tells the rows of one test from another's; a grain without any of these is of the whole store.
OWN = ("customer_id", "parent_id", "invoice_id", "original_invoice_id", "payment_id")
Rows = Mapping[str, Sequence[tuple | Mapping]]


class SharedDesk:
    """What a test sees of the store: a desk that holds the rows of this test and no others.

    Rows are told apart by a prefix to their numbers, which the test neither writes nor sees.

    Attributes:
        case: what the test loads, and the prefix.
        desk: the desk of all tests that share the store.
    """

    def __init__(self, case: "Case", desk: Desk, answers: dict[str, list[dict]]) -> None:
        self.case = case
        self.desk = desk
        self._answers = answers

    def load(self, **rows: Sequence[tuple | Mapping]) -> None:
        """Take it that the rows are loaded: they were with those of the other tests."""
        assert repr(rows) == repr(self.case.rows), "A test loads once, and the same rows every time."

    def ask(self, name: str, **values: object) -> list[dict]:
        """Ask the store, once for all tests, and return the rows of this test."""
        own = dict(values)
        if values.get("customer"):
            own["customer"] = f"{self.case.prefix}{values['customer']}"
        is_of_customers = bool(set(OWN) & {column.name for column in catalogue()[name].returns})
        if self.case.has_entity and not is_of_customers:
            own["entity"] = self.case.prefix
        question = f"{name} {own!r}"
        if question not in self._answers:
            self._answers[question] = self.desk.ask(name, **own)
        rows = self._answers[question]
        if not own.get("customer") and own.get("entity") != self.case.prefix:
            rows = [row for row in rows if self._is_own(row)]
        return [self._as_written(row) for row in rows]

    def _is_own(self, row: dict) -> bool:
        numbers = [row[name] for name in OWN if row.get(name)]
        assert numbers, "Of this question no row is of one test: it needs a desk of its own."
        return any(number.startswith(self.case.prefix) for number in numbers)

    def _as_written(self, row: dict) -> dict:
        return {
            name: value.replace(self.case.prefix, "") if isinstance(value, str) else value
            for name, value in row.items()
        }


@dataclass(frozen=True)
class Case:
    """A test's rows in the store.

    Attributes:
        prefix: of its numbers.
        rows: by grain, as the test writes them.
        has_entity: whether they are of an administration of their own, by which all of them are asked for.
    """

    prefix: str
    rows: Rows
    has_entity: bool

    @property
    def common(self) -> str:
        """Its rows that hold for a whole store; tests share a store where these are the same."""
        return repr({grain: rows for grain, rows in sorted(self.rows.items()) if _is_common(grain)})

    def named(self, grain: str, row: tuple | Mapping) -> dict:
        """Return a row with the prefix."""
        full = dict(row) if isinstance(row, Mapping) else dict(zip(NEEDED[grain], row, strict=True))
        numbers = {name: f"{self.prefix}{full[name]}" for name in OWN if full.get(name)}
        if self.has_entity and grain in {"invoices", "payments"}:
            assert not full.get("entity"), "Its administration tells the test from others."
            return {**full, **numbers, "entity": self.prefix}
        return {**full, **numbers}


class SharedDesks:
    """The desks of a file's tests, by test; tests whose rows of the whole store differ have stores apart."""

    def __init__(self, home: Path, tests: Iterable[pytest.Function]) -> None:
        self._home = home
        self._cases = {
            test.nodeid: Case(f"case{number:03d}.", _rows_of(test), "entity_desk" in test.fixturenames)
            for number, test in enumerate(tests)
        }
        self._desks: dict[str, tuple[Desk, dict[str, list[dict]]]] = {}

    def desk(self, test: str) -> SharedDesk:
        """Return the desk of a test, by its node id."""
        case = self._cases[test]
        if case.common not in self._desks:
            self._desks[case.common] = (self._loaded(case.common), {})
        return SharedDesk(case, *self._desks[case.common])

    def close(self) -> None:
        for desk, _answers in self._desks.values():
            desk.close()

    def _loaded(self, common: str) -> Desk:
        desk = Desk(self._home / f"{len(self._desks)}")
        together: dict[str, list[tuple | Mapping]] = {}
        for case in self._cases.values():
            for grain, rows in case.rows.items() if case.common == common else ():
                if _is_common(grain):
                    together[grain] = list(rows)
                else:
                    together.setdefault(grain, []).extend(case.named(grain, row) for row in rows)
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
