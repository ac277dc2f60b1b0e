"""Forecasts and histories of a desk's ledger."""

from datetime import date, timedelta

from forecasting.receipts.history import LedgerHistory
from reports.answers.forecast import cash_forecast
from reports.packs.plain_text import json_text
from tests.books import AS_OF, Desk, weekly_book


def forecast(desk: Desk, as_of: date = AS_OF, weeks: int = 13) -> cash_forecast.CashForecast:
    return cash_forecast.cash_forecast(desk.books(), as_of=as_of, weeks=weeks)


def forecast_text(desk: Desk, as_of: date = AS_OF) -> str:
    return json_text(cash_forecast.as_json(forecast(desk, as_of)))


def history(desk: Desk, weeks: int = 13) -> LedgerHistory:
    return cash_forecast.history(desk.books(), as_of=AS_OF, weeks=weeks)


def load_regular_ledger(desk: Desk) -> None:
    """Load customers that pay every week, 50,000.00 in the bank, and one bill that is not paid yet."""
    issued, due = AS_OF - timedelta(days=3), AS_OF + timedelta(days=9)
    desk.load(
        **weekly_book(until=AS_OF),
        bank_balances=[("NL1", "EUR", AS_OF, "50000.00")],
        bills=[("B1", "Supplier", issued, due, "EUR", "1200.50", "")],
    )
