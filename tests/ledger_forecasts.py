"""Forecasts and histories of a desk's ledger."""

from datetime import date

from forecasting.receipts.history import LedgerHistory
from reports.answers.forecast import cash_forecast
from reports.packs.plain_text import json_text
from tests.books import AS_OF, Desk


def forecast(desk: Desk, as_of: date = AS_OF, weeks: int = 13) -> cash_forecast.CashForecast:
    return cash_forecast.cash_forecast(desk.books(), as_of=as_of, weeks=weeks)


def forecast_text(desk: Desk, as_of: date = AS_OF) -> str:
    return json_text(cash_forecast.as_json(forecast(desk, as_of)))


def history(desk: Desk, weeks: int = 13) -> LedgerHistory:
    return cash_forecast.history(desk.books(), as_of=AS_OF, weeks=weeks)
