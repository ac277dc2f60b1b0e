"""A ledger that later files correct: terms, segments, dates, currencies and customers change."""

from collections.abc import Sequence
from datetime import date

Row = dict[str, str]


def _customer(number: str, segment: str, terms: str) -> Row:
    return {
        "customer_id": number, "customer_name": number, "segment": segment, "country": "NL",
        "payment_terms_days": terms, "credit_limit": "",
    }  # fmt: skip


def _invoice(number: str, customer: str, day: str, amount: str, **changes: str) -> Row:
    row = {
        "invoice_id": number, "customer_id": customer, "invoice_type": "invoice", "invoice_date": day,
        "due_date": "", "currency": "EUR", "amount": amount, "entity": "NL",
    }  # fmt: skip
    return {**row, **changes}


def _payment(number: str, customer: str, document: str, day: str, amount: str, **changes: str) -> Row:
    row = {
        "payment_id": number, "customer_id": customer, "invoice_id": document, "payment_date": day,
        "currency": "EUR", "amount": amount,
    }  # fmt: skip
    return {**row, **changes}


FILES: dict[str, tuple[str, date, Sequence[Row | tuple[str, ...]]]] = {
    "customers of January": ("customers", date(2026, 1, 31), [
        _customer("C1", "retail", "14"), _customer("C2", "food", "30"), _customer("C3", "health", "30"),
    ]),
    # C1 has other terms, C3 another segment: what they had stays behind in the item ledger, reversed.
    "customers of May": ("customers", date(2026, 5, 31), [
        _customer("C1", "retail", "60"), _customer("C3", "food", "30"),
    ]),
    "invoices of January": ("invoices", date(2026, 1, 31), [
        _invoice("F1", "C1", "2026-01-05", "100.00"),
        _invoice("F2", "C2", "2026-01-10", "333.33"),
        _invoice("F3", "C3", "2026-01-12", "77.70"),
        _invoice("F4", "C2", "2026-01-15", "50.00"),
        _invoice("F5", "C2", "2026-04-15", "61.10"),
        _invoice("F6", "C9", "2026-01-20", "20.00"),
        _invoice("F7", "C1", "2026-01-25", "30.00", entity="DE"),
        _invoice("F8", "C1", "2026-02-10", "90.00", currency="USD"),
        _invoice("F9", "C1", "2026-01-08", "40.00"),
    ]),
    # F1 and F9, paid too much, are dated later; F4 was in pounds, which have no rate; F6 was not C9's, F7 not
    # Germany's.
    "invoices of May": ("invoices", date(2026, 5, 31), [
        _invoice("F1", "C1", "2026-04-05", "100.00"),
        _invoice("F4", "C2", "2026-01-15", "50.00", currency="GBP"),
        _invoice("F6", "C1", "2026-01-20", "20.00"),
        _invoice("F7", "C1", "2026-01-25", "30.00"),
        _invoice("F8", "C1", "2026-02-10", "95.00", currency="USD"),
        _invoice("F9", "C1", "2026-03-08", "40.00"),
    ]),
    "payments": ("payments", date(2026, 5, 31), [
        _payment("P1", "C1", "F1", "2026-03-01", "60.00"),
        _payment("P2", "C2", "F2", "2026-02-20", "111.11"),
        _payment("P3", "C3", "F3", "2026-02-20", "80.00"),
        _payment("P4", "C2", "F4", "2026-03-05", "10.00", currency="GBP"),
        _payment("P5", "C2", "", "2026-03-06", "5.00"),
        _payment("P6", "C1", "F9", "2026-03-05", "45.00"),
    ]),
    "rates": ("fx_rates", date(2026, 5, 31), [("2026-02-01", "USD", "0.9123")]),
}  # fmt: skip
