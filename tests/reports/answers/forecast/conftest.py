"""A regular ledger that is loaded once, and its forecast."""

from collections.abc import Iterator

import polars as pl
import pytest

from reports.answers.forecast.cash_forecast import CashForecast, cash_forecast
from tests.books import AS_OF, Desk
from tests.ledger_forecasts import load_regular_ledger


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("liquidity"))
    load_regular_ledger(desk)
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def made(book) -> CashForecast:
    return cash_forecast(book.books(), as_of=AS_OF)


@pytest.fixture(scope="session")
def names(book) -> pl.DataFrame:
    return book.books().ask("customers", as_of=AS_OF)
