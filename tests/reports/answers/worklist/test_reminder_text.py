"""Amounts in the text of a reminder."""

from datetime import date
from decimal import Decimal

import pytest

from reports.answers.worklist import reminder_text


@pytest.mark.parametrize(
    ("principal", "costs"),
    [("300", "45.00"), ("100", "40.00"), ("1000", "150.00"), ("5000", "625.00"), ("10000", "875.00"),
     ("200000", "2775.00"), ("3000000", "6775.00")],
)  # fmt: skip
def test_collection_costs_are_those_of_the_decree(principal, costs):
    assert reminder_text.notice_costs(Decimal(principal)) == Decimal(costs)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("credits_of", "clause"),
    [
        ("K1, P2", "of the €500.00 open, €200.00 is set off against your credit (K1, P2)"),
        ("F1", "of the €500.00 open, €200.00 is set off against what this invoice gives back"),
    ],
)
def test_a_line_declares_what_is_set_off_against_it(credits_of, clause):
    row = {
        "invoice_id": "F1", "invoice_date": date(2026, 8, 3), "due_date": date(2026, 10, 2),
        "overdue_since": date(2026, 10, 2), "days_overdue": 51, "currency": "EUR",
        "document_open_amount": Decimal("500.00"), "document_owed_amount": Decimal("300.00"),
        "document_asked_amount": Decimal("300.00"), "set_off_with": credits_of,
        "discount_until": None, "promised_date": None, "plan_date": None,
    }  # fmt: skip
    line = reminder_text.invoice_lines([row], date(2026, 11, 22))
    assert line.endswith(f"; {clause}")
    assert "€300.00" in line
