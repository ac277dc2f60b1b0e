"""Lines of the worklist, in the order of the money a contact may bring."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from tests.worklist_ledger import DAY, ago, contact, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


def test_lines_stand_in_the_order_of_what_acting_is_worth(desk):
    desk.load(
        customers=[customer("C1"), customer("C2"), customer("C3")],
        invoices=[
            invoice("F1", "C1", 5, "1000.00"), invoice("F2", "C1", 20, "50.00"),
            invoice("F3", "C1", 1, "7.00"),
            invoice("G1", "C2", 5, "400.00"), invoice("K1", "C3", 5, "300.00"),
        ],
        disputes=[("K1", ago(1), "", "price", "300.00")],
        contacts=[contact("F2", "C1", 15, "friendly_reminder")],
    )  # fmt: skip
    with_none = worklist.worklist(desk.books(), as_of=DAY)
    assert with_none.lines.select("customer_id", "amount", "value").rows() == [
        ("C2", Decimal("400.00"), None), ("C1", Decimal("50.00"), None),
    ]  # fmt: skip
    assert with_none.lines["chance"].to_list() == [None, None]
    invoices = pl.DataFrame(
        {
            "document_id": ["F1", "F2", "G1"],
            "due_date": [DAY - timedelta(5), DAY - timedelta(20), DAY - timedelta(5)],
            "expected_amount": [Decimal("1000.00"), Decimal("50.00"), Decimal("400.00")],
            "probability_30_days_late": [0.1, 0.1, 0.9],
            "week_1": [Decimal("500.00"), Decimal("0.00"), Decimal("10.00")],
            "week_2": [Decimal("300.00"), Decimal("25.00"), Decimal("10.00")],
        }
    )  # fmt: skip
    unpaid = worklist.of_forecast(invoices, DAY)
    day_list = worklist.worklist(desk.books(), as_of=DAY, unpaid=unpaid)
    rows = day_list.lines.to_dicts()
    # G1: 400 * (1 - 20/400) = 380; F2: 50 * 0.5 = 25, for C1's letter is no demand of F1 and F3.
    assert [(row["customer_id"], row["value"]) for row in rows] == [
        ("C2", Decimal("380.00")), ("C1", Decimal("25.00")),
    ]  # fmt: skip
    assert rows[1]["chance"] == pytest.approx(0.5)
    assert (rows[1]["step"], rows[1]["invoices"], rows[1]["days_overdue"]) == ("formal_reminder", 1, 20)
    assert (rows[1]["besides_invoices"], rows[1]["besides_amount"]) == (2, Decimal("1007.00"))
    assert worklist_text.reasons(rows[1], "EUR").startswith(
        "1 invoice, €50.00, 20 days overdue; besides 2 invoices, €1,007.00; chance"
    )
    # F3 is late by a day: no step yet, but overdue all the same.
    assert rows[1]["overdue_amount"] == Decimal("1057.00")
    assert day_list.waits.rows() == [
        ("disputed", 1, 1, Decimal("300.00")), ("done", 1, 1, Decimal("7.00")),
    ]  # fmt: skip
    assert worklist.of_forecast(invoices.drop("week_2"), DAY) is None
    contacted = worklist.contact_items(day_list.items, "C1")
    assert dict(contacted.select("invoice_id", "has_step_due").iter_rows()) == {
        "F1": True,
        "F2": True,
        "F3": False,
    }
    assert worklist.contact_items(day_list.items, "C3").is_empty()
