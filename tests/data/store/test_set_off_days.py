"""The set-off kept in memory: each day has its own, also when many are asked for at the same time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data.store import set_off_days
from queries import Books, catalogue
from tests.books import Desk

FIRST = date(2026, 3, 1)
# More days than are kept.
DAYS = [FIRST + timedelta(days=number) for number in range(18)]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """One invoice of 1,000.00, and 10.00 on account more each day."""
    desk = Desk(tmp_path_factory.mktemp("set-off-days"))
    desk.load(
        customers=[("C1", "C1", "", "NL", "14", "")],
        invoices=[("F1", "C1", "invoice", "2026-01-05", "", "EUR", "1000.00")],
        payments=[
            (f"P{number:02d}", "C1", "", day.isoformat(), "EUR", "10.00") for number, day in enumerate(DAYS)
        ],
    )
    yield desk.books()
    desk.close()


def _owed(books: Books, day: date) -> Decimal:
    return books.ask("set_off_documents", as_of=day)["owed_amount"].sum()


@pytest.mark.slow
def test_each_day_has_its_own_set_off_however_often_and_in_whatever_order_days_are_asked_for(
    books: Books,
) -> None:
    for day in [*DAYS, *reversed(DAYS), *DAYS[::3]]:
        assert _owed(books, day) == 1000 - 10 * ((day - FIRST).days + 1)


@pytest.mark.slow
def test_days_asked_for_at_the_same_time_are_not_mixed(books: Books) -> None:
    days = DAYS * 2
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda day: _owed(books, day), days))

    assert answers == [1000 - 10 * ((day - FIRST).days + 1) for day in days]


@pytest.mark.slow
def test_no_more_than_some_days_are_kept(books: Books) -> None:
    for day in DAYS:
        _owed(books, day)

    with books.session() as cursor:
        kept = cursor.execute("select count(*), count(distinct as_of) from in_memory.set_off_day").fetchone()
        days = cursor.execute("select count(distinct as_of) from in_memory.set_off").fetchone()
    assert kept == (16, 16)
    assert days == (16,)


@pytest.mark.slow
def test_as_known_before_a_load_is_not_as_known_now(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C1", "C1", "", "NL", "14", "")],
        invoices=[("F1", "C1", "invoice", "2026-01-05", "", "EUR", "1000.00")],
    )
    desk.load(payments=[("P1", "C1", "", "2026-02-01", "EUR", "10.00")])
    known = desk.books().ask("batches")["recorded_at"].max()
    desk.load(payments=[("P2", "C1", "", "2026-02-01", "EUR", "7.00")])

    books = desk.books()
    owed = [
        books.ask("set_off_documents", as_of=FIRST, known_on=moment)["owed_amount"].sum()
        for moment in (known, None, known)
    ]
    assert owed == [990, 983, 990]


def test_a_day_that_was_not_worked_out_is_refused_and_not_taken_for_one_without_set_off(books: Books) -> None:
    with books.session() as cursor, pytest.raises(duckdb.Error, match="has not been worked out"):
        cursor.execute("select count(*) from set_off_at(date '1999-01-01', null)").fetchone()


def test_queries_that_read_set_off_through_macros_are_known() -> None:
    needing = {name for name, query in catalogue().items() if set_off_days.is_needed(query.sql)}

    assert {"set_offs", "open_items", "customers", "claims", "worklist_items"} <= needing
    assert not {"ageing", "tie_out", "batches", "dso_methods"} & needing
