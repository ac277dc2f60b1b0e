"""The payment-timing model: disputes."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.forecast.cash_forecast import cash_forecast
from tests.books import AS_OF, Desk
from tests.ledger_forecasts import load_regular_ledger


@pytest.mark.slow
def test_an_invoice_in_dispute_is_expected_later(tmp_path):
    desk = Desk(tmp_path)
    load_regular_ledger(desk)
    before = cash_forecast(desk.books(), as_of=AS_OF)
    soon = pl.col("week_1") + pl.col("week_2")
    chosen = before.invoices.sort(soon, descending=True).row(0, named=True)
    disputed = (chosen["document_id"], AS_OF - timedelta(days=1), "", "price", str(chosen["open_amount"]))
    desk.load(disputes=[disputed])
    after = cash_forecast(desk.books(), as_of=AS_OF)
    row = after.invoices.filter(pl.col("document_id") == chosen["document_id"]).row(0, named=True)
    weeks = [f"week_{week}" for week in range(1, 3)]
    assert sum(row[name] for name in weeks) < Decimal("0.8") * sum(chosen[name] for name in weeks)
    assert row["probability_30_days_late"] > chosen["probability_30_days_late"]
    desk.close()
