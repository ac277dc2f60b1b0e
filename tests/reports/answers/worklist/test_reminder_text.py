"""Amounts in the text of a reminder."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.worklist import reminder_text, reminder_tone


@pytest.mark.parametrize(
    ("principal", "costs"),
    [("300", "45.00"), ("100", "40.00"), ("1000", "150.00"), ("5000", "625.00"), ("10000", "875.00"),
     ("200000", "2775.00"), ("3000000", "6775.00")],
)  # fmt: skip
def test_collection_costs_are_those_of_the_decree(principal, costs):
    assert reminder_tone.notice_costs(Decimal(principal)) == Decimal(costs)


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("set_off_with", "clause"),
    [
        (
            "F9, K1, P2",
            (
                "with your credit: credit note K1, your payment P2 that named no invoice, what you paid too "
                "much on invoice F9"
            ),
        ),
        ("F1", "against what this invoice gives back"),
    ],
)
def test_a_line_declares_what_is_set_off_against_it(set_off_with, clause):
    row = {
        "customer_id": "C1", "invoice_id": "F1", "invoice_date": date(2026, 8, 3),
        "due_date": date(2026, 10, 2),
        "overdue_since": date(2026, 10, 2), "days_overdue": 51, "currency": "EUR",
        "document_open_amount": Decimal("500.00"), "document_owed_amount": Decimal("300.00"),
        "document_asked_amount": Decimal("300.00"), "set_off_with": set_off_with,
        "discount_until": None, "promised_date": None, "plan_date": None,
    }  # fmt: skip
    kinds = (("credit_note", "K1"), ("on_account", "P2"), ("overpayment", "F9"))
    set_offs = pl.DataFrame(
        [
            {"customer_id": "C1", "invoice_id": "F1", "credit": kind, "credit_id": number}
            for kind, number in kinds
        ]
    )
    day = date(2026, 11, 22)
    line = reminder_text.invoice_lines([row], day, day, reminder_text.credits_of(set_offs))
    assert line.endswith(f"; of the €500.00 open, €200.00 is set off {clause}")
    assert "€300.00" in line


@pytest.mark.usefixtures("english")
def test_a_discount_that_ran_out_between_the_figures_and_the_letter_is_not_offered():
    """Figures of the 22nd, discount until the 25th: offered in a letter of the 25th, not of the 26th."""
    row = {
        "customer_id": "C1", "invoice_id": "F1", "invoice_date": date(2026, 11, 15),
        "overdue_since": date(2026, 12, 15), "currency": "EUR", "document_asked_amount": Decimal("100.00"),
        "document_discount_amount": Decimal("2.00"), "set_off_with": None, "promised_date": None,
        "discount_until": date(2026, 11, 25), "plan_date": None,
    }  # fmt: skip

    def line(day: int) -> str:
        return reminder_text.invoice_lines([row], date(2026, 11, 22), date(2026, 11, day), {})

    assert "paid by 25 Nov 2026 it is €98.00, with €2.00 discount" in line(25)
    assert "discount" not in line(26)
