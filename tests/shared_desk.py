"""One store for the tests of a file: each has customers of its own and is answered about them alone."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl
import pytest

from queries import Books, catalogue
from tests.books import NEEDED, Desk

# What tells the rows of one test from another's; a grain without any of these is of the whole store.
OWN = ("customer_id", "parent_id", "invoice_id", "original_invoice_id", "payment_id")
NUMBERS = (*OWN, "document_id")  # in answers
Rows = Mapping[str, Sequence[tuple | Mapping]]


class SharedBooks:
    """Books of which a test sees its own rows alone; every question is asked once for all tests.

    Rows are told apart by a prefix to their numbers, which the test neither writes nor sees. A question whose
    rows have no numbers is of the whole store.
    """

    def __init__(self, case: "Case", desk: Desk, answers: dict[str, pl.DataFrame]) -> None:
        self._case = case
        self._desk = desk
        self._answers = answers

    def ask(self, name: str, **values: object) -> pl.DataFrame:
        query = catalogue()[name]
        numbers = [column.name for column in query.returns if column.name in NUMBERS]
        asked = dict(values)
        if values.get("customer"):
            asked["customer"] = f"{self._case.prefix}{values['customer']}"
        parameters = {parameter.name for parameter in query.parameters}
        is_total = not numbers and "entity" in parameters and not asked.get("customer")
        if is_total:
            assert self._case.has_entity, "Its total is of all tests: this one needs a desk of its own."
            asked["entity"] = self._case.prefix
        question = f"{name} {asked!r}"
        if question not in self._answers:
            self._answers[question] = self._desk.books().ask(name, **asked)
        rows = self._answers[question]
        if numbers and not asked.get("customer"):
            first = pl.coalesce(numbers)
            assert rows.filter(first.is_null()).is_empty(), "Some rows are of no test: it needs its own desk."
            rows = rows.filter(first.str.starts_with(self._case.prefix))
        return rows.with_columns(pl.col(pl.String).str.replace_all(self._case.prefix, "", literal=True))


class SharedDesk:
    """What a test sees of the store: a desk that holds the rows of this test and no others.

    Attributes:
        case: what the test loads, and the prefix.
    """

    def __init__(self, case: "Case", desk: Desk, answers: dict[str, pl.DataFrame]) -> None:
        self.case = case
        self._books = SharedBooks(case, desk, answers)

    def load(self, **rows: Sequence[tuple | Mapping]) -> None:
        """Take it that the rows are loaded: they were with those of the other tests."""
        assert repr(rows) == repr(self.case.rows), "A test loads once, and the same rows every time."

    def books(self) -> Books:
        return cast("Books", self._books)

    def ask(self, name: str, **values: object) -> list[dict]:
        return self._books.ask(name, **values).to_dicts()


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
        self._desks: dict[str, tuple[Desk, dict[str, pl.DataFrame]]] = {}

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
