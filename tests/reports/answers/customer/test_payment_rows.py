"""A point of the days-late chart opens the bookings on its invoice."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.answers.customer import payment_rows
from reports.answers.shared.rows_behind import RowSource
from reports.codes import point_code
from reports.colours import LIGHT
from tests.books import BOOKS, Desk

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 22)
# Of F3, due on 3 November, 40 came on the 20th and 25 on the 21st; F9 was paid in full a day early.
LATER = {
    **BOOKS,
    "invoices": [*BOOKS["invoices"], ("F9", "C2", "invoice", "2026-09-01", "2026-09-15", "EUR", "200.00")],
    "payments": [
        *BOOKS["payments"],
        ("P2", "C2", "F3", "2026-11-21", "EUR", "25.00"),
        ("P9", "C2", "F9", "2026-09-14", "EUR", "200.00"),
    ],
}


def test_each_point_opens_what_was_booked_on_its_invoice_once(desk: Desk) -> None:
    desk.load(**LATER)
    books = desk.books()
    source = RowSource(ask=lambda name, **own: books.ask(name, as_of=DAY, **own), as_of=DAY, currency="EUR")
    payments = books.ask("payment_behaviour", as_of=DAY, customer="C2")
    still_open = pl.DataFrame({"invoice_id": ["F3"], "days_overdue": [19], "as_of": [DAY]})

    parts = payment_rows.of_payments(payments, still_open, "C2", source)

    assert [part.label for part in parts] == ["F3 · 19 days late", "F9 · 1 day early"]
    part_paid = payment_rows.of_payments(payments, still_open.clear(), "C2", source)[0]
    assert part_paid.label == "F3 · 18 days late"  # the later of its two payments
    drawn = {
        code
        for trace in figures.days_late(payments, theme=LIGHT, still_open=still_open).data
        for code in trace.ids or ()
    }
    assert drawn == {part.code for part in parts} == {point_code("F3"), point_code("F9")}
    partly, whole = (part.rows() for part in parts)
    # 100.00 billed less 40.00 and 25.00.
    assert sorted(partly.rows["amount"]) == [Decimal("-40.00"), Decimal("-25.00"), Decimal("100.00")]
    assert "€35.00" in partly.finding.title
    assert partly.footer == "together €35.00 open"
    assert "€0.00" in whole.finding.title
