"""Amounts without an exchange rate."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.data_quality import without_rate

pytestmark = pytest.mark.usefixtures("english")
MONEY = pl.Decimal(38, 2)


def test_what_is_left_out_counts_money_on_account_and_lists_documents_only() -> None:
    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)]
    ledger = pl.DataFrame(
        {
            "post_date": days,
            "document_id": ["F1", None, "F2"],
            "payment_id": [None, "P1", None],
            "kind": ["invoice", "payment", "invoice"],
            "due_date": [days[0], None, days[2]],
            "amount": pl.Series([Decimal("250.00"), Decimal("-40.00"), Decimal("10.00")], dtype=MONEY),
        }
    )
    converted = ledger.with_columns(
        amount=pl.Series([None, None, Decimal("12.00")], dtype=MONEY)  # F2 has a rate
    )
    own_items = pl.DataFrame({"invoice_id": ["F1", "F2"], "due_date": [days[0], days[2]]})
    unconverted = without_rate.in_currency(
        without_rate.bookings(converted), ledger, own_items, own_items.filter(invoice_id="F2")
    )
    assert unconverted.amount == Decimal("210.00")
    assert unconverted.documents["invoice_id"].to_list() == ["F1"]
