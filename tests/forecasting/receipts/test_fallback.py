"""The forecast of ledgers with too little history for the payment model."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from data.errors import NotEnoughHistoryError
from forecasting.receipts import backtest as rolling_origins
from reports.answers.forecast import cash_forecast
from tests.books import AS_OF, Desk
from tests.ledger_forecasts import forecast, history


@pytest.mark.slow
def test_too_little_history_says_how_much_is_needed_and_still_forecasts(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "130.00"),
                  ("F2", "C", "invoice", date(2026, 6, 20), "", "EUR", "70.00")],
        payments=[("P1", "C", "F1", date(2026, 6, 25), "EUR", "130.00"),
                  ("P2", "C", "", AS_OF, "EUR", "12.50")],
    )  # fmt: skip
    found = forecast(desk)
    assert found.on_account == Decimal("12.50")
    assert str(found.short_of) == (
        "The payment model needs at least 30 paid invoices dated eight weeks or more before this day; "
        "there are 0."
    )
    # Four whole weeks of history (1 to 28 June) bill 50.00 a week. Paid 6 days early once, and five assumed
    # payments 0, 7, 14, 30 and 60 days late: a sixth each of the 57.50 that are owed of F2 after the 12.50
    # on account. F2, due 22 days from now, comes after 16, 22, 29,
    # 36, 52 and 82 days. Of 100 billed in a week, 65 on its Monday and 35 on its Saturday, all at 30 days,
    # 65/6 come 24, 30, 37, 44, 60 and 90 days after the Monday and 35/6 each five days later.
    assert found.weeks["from_open_invoices"].to_list() == [
        Decimal(text) for text in ("0", "0", *["9.58"] * 4, "0", "9.58", "0", "0", "0", "9.58", "0")
    ]
    assert found.weeks["from_future_invoices"].to_list() == [
        Decimal(text)
        for text in (
            *["0"] * 3,
            "5.42",
            "13.75",
            "22.08",
            "30.42",
            "33.33",
            "38.75",
            "41.67",
            "41.67",
            "41.67",
            "47.08",
        )
    ]
    (f2,) = cash_forecast.as_json(found)["invoices"]
    assert (f2["invoice_id"], f2["expected_date"]) == ("F2", date(2026, 7, 27))
    assert f2["probability_paid_by_due"] is f2["probability_30_days_late"] is f2["probability_never"] is None
    bands = found.weeks.filter(pl.col("receipts") > 0)
    assert (bands["receipts_p97_5"] > bands["receipts_p2_5"]).all()
    assert not found.opening_known
    with pytest.raises(NotEnoughHistoryError, match="at least 30 paid invoices"):
        rolling_origins.backtest(history(desk), origins=4)
    desk.close()


@pytest.mark.slow
def test_what_is_agreed_counts_where_history_is_short_too(tmp_path):
    desk = Desk(tmp_path)
    desk.load(
        customers=[("C", "Klant", "", "NL", 30, "")],
        invoices=[("F1", "C", "invoice", date(2026, 6, 1), "", "EUR", "100.00"),
                  ("F2", "C", "invoice", date(2026, 6, 2), "", "EUR", "70.00"),
                  ("F3", "C", "invoice", date(2025, 6, 2), "", "EUR", "60.00")],
        expected_dates=[("F1", AS_OF, date(2026, 7, 15)), ("F3", AS_OF, date(2027, 3, 1))],
        payment_plans=[("F2", date(2026, 6, 20), date(2026, 7, 1), "28.00"),
                       ("F2", date(2026, 6, 20), date(2026, 9, 30), "42.00")],
    )  # fmt: skip
    rows = {row["document_id"]: row for row in forecast(desk).invoices.to_dicts()}
    weeks = {name: [float(row[f"week_{week}"]) for week in range(1, 14)] for name, row in rows.items()}
    assert weeks["F1"] == [0, 0, 100, *[0] * 10]
    assert rows["F1"]["expected_date"] == date(2026, 7, 15)
    assert rows["F3"]["expected_date"] == date(2027, 3, 1)
    assert sum(weeks["F3"]) == 0
    # Half of such plans are kept before any was due: half of 28.00 on 1 July beside half of the usual curve.
    assert weeks["F2"][0] >= 14.0
    desk.close()


def test_an_empty_store_of_customers_forecasts_nothing(tmp_path):
    desk = Desk(tmp_path)
    desk.load(customers=[("C", "Klant", "", "NL", 30, "")])
    found = forecast(desk)
    assert found.weeks["receipts"].to_list() == [Decimal("0.00")] * 13
    desk.close()
