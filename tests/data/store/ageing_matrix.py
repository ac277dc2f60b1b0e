"""Rows of one invoice and its payments, and a matrix of ageings over days and states of knowledge."""

from datetime import datetime
from decimal import Decimal

from tests.books import Desk
from tests.cases import Case

Matrix = dict[tuple[str, datetime | None], dict[str, dict[str, str]]]


def holds(desk: Desk | Case, expected: Matrix, **values: object) -> None:
    """Compare the ageing on each (as-of day, known-on moment) with the balances given."""
    for (as_of, known_on), books in expected.items():
        wanted = {who: {name: Decimal(text) for name, text in mine.items()} for who, mine in books.items()}
        assert desk.ageing(as_of, known_on, **values) == wanted, (as_of, known_on)


def invoice(amount: str = "100.00", **changes: str) -> dict[str, str]:
    row = {
        "invoice_id": "F1", "customer_id": "C1", "invoice_type": "invoice", "invoice_date": "2026-01-01",
        "due_date": "2026-01-31", "currency": "EUR", "amount": amount,
    }  # fmt: skip
    return {**row, **changes}


def payment(amount: str, day: str, **changes: str) -> dict[str, str]:
    row = {
        "payment_id": "P1", "customer_id": "C1", "invoice_id": "F1", "payment_date": day, "currency": "EUR",
        "amount": amount,
    }  # fmt: skip
    return {**row, **changes}
