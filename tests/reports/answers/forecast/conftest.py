"""A regular ledger that is loaded once, and its forecast."""

from collections.abc import Iterator
from datetime import timedelta

import polars as pl
import pytest

from reports.answers.forecast.cash_forecast import CashForecast, cash_forecast
from tests.books import AS_OF, Desk, weekly_book


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("liquidity"))
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[
            ("B1", "Supplier", AS_OF - timedelta(days=3), AS_OF + timedelta(days=9), "EUR", "1200.50", "")
        ],
    )
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def made(book) -> CashForecast:
    return cash_forecast(book.books(), as_of=AS_OF)


@pytest.fixture(scope="session")
def names(book) -> pl.DataFrame:
    return book.books().ask("customers", as_of=AS_OF)
