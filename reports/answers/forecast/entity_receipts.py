"""The receipts expected from one administration's open invoices, out of the forecast of the whole company."""

from datetime import datetime
from typing import Any

import polars as pl

from queries import Books
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.shared.money import total
from reports.formats import about
from reports.translation import _

_MONEY = pl.Decimal(38, 2)


def entity_invoices(
    forecast: CashForecast, books: Books, entity: str, known_on: datetime | None = None
) -> pl.DataFrame:
    """Return the rows of `CashForecast.invoices` that are of one administration."""
    documents = books.ask("open_items", as_of=forecast.as_of, known_on=known_on, entity=entity)
    return forecast.invoices.filter(pl.col("document_id").is_in(documents["invoice_id"].to_list()))


def entity_weeks(forecast: CashForecast, invoices: pl.DataFrame) -> pl.DataFrame:
    """Return per week the receipts expected from invoices: `week_start` and `from_open_invoices`."""
    sums = [total(invoices[f"week_{number}"]) for number in range(1, forecast.weeks.height + 1)]
    return forecast.weeks.select("week_start").with_columns(
        pl.Series("from_open_invoices", sums, dtype=_MONEY, strict=False)
    )


def sentence(forecast: CashForecast, weeks: pl.DataFrame, entity: str) -> str:
    """Return what is expected together, and what of the forecast is not of the administration."""
    return _(
        "{amount} is expected from the open invoices of {entity}. Invoices still to be issued, payments and "
        "the bank balance are of the whole company, and left out here.",
        amount=about(total(weeks["from_open_invoices"]), forecast.currency),
        entity=entity,
    )


def as_json(
    forecast: CashForecast, invoices: pl.DataFrame, weeks: pl.DataFrame, entity: str
) -> dict[str, Any]:
    """Return the receipts in the form the command line prints."""
    rows = invoices.select(
        pl.col("document_id").alias("invoice_id"), "customer_id", "expected_amount", "expected_date"
    )
    return {
        "as_of": forecast.as_of,
        "currency": forecast.currency,
        "entity": entity,
        "weeks": weeks.to_dicts(),
        "invoices": rows.to_dicts(),
    }
