"""Ledgers that later files correct: terms, segments, dates, currencies, customers, what was settled."""

from collections.abc import Sequence
from datetime import date

Row = dict[str, str]
File = tuple[str, date, Sequence[Row | tuple[str, ...]]]


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


FILES: dict[str, File] = {
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


def _settlement(number: str, document: str, day: str, amount: str, kind: str) -> Row:
    waived = "no" if kind == "write_off" else ""
    return _payment(number, "C1", document, day, amount, kind=kind, waived=waived)


# The same for what is owed: C1 is credited, written off, discounted and pays back, each corrected later.
CREDIT_FILES: dict[str, File] = {
    "customers of January": ("customers", date(2026, 1, 31), [_customer("C1", "retail", "14")]),
    "invoices of January": ("invoices", date(2026, 1, 31), [
        _invoice("F1", "C1", "2026-01-05", "500.00"),
        _invoice("F2", "C1", "2026-01-06", "300.00"),
        _invoice("F3", "C1", "2026-01-07", "200.00", discount_percent="2", discount_days="10"),
        _invoice("F4", "C1", "2026-01-08", "120.00"),
        _invoice("F5", "C1", "2026-01-09", "80.00"),
        _invoice("F6", "C1", "2026-01-10", "70.00"),
        _invoice("F7", "C1", "2024-12-10", "60.00"),
        _invoice("N1", "C1", "2026-01-20", "-50.00", invoice_type="credit_note", original_invoice_id="F2"),
        _invoice("N2", "C1", "2026-02-05", "-40.00", invoice_type="credit_note"),
    ]),
    "invoices of May": ("invoices", date(2026, 5, 31), [
        _invoice("F3", "C1", "2026-01-09", "200.00", discount_percent="2", discount_days="10"),
        _invoice("F5", "C1", "2026-01-12", "85.00"),
        _invoice("N1", "C1", "2026-01-25", "-55.00", invoice_type="credit_note", original_invoice_id="F2"),
        _invoice("N2", "C1", "2026-03-05", "-40.00", invoice_type="credit_note"),
    ]),
    "payments of March": ("payments", date(2026, 3, 31), [
        _settlement("P1", "F1", "2026-02-10", "450.00", "write_off"),
        _settlement("P2", "F1", "2026-03-10", "60.00", "payment"),
        _settlement("P3", "F3", "2026-01-15", "196.00", "payment"),
        _settlement("P4", "F4", "2026-02-20", "150.00", "payment"),
        _settlement("P5", "F5", "2026-02-21", "80.00", "payment"),
        _settlement("P6", "F6", "2026-02-01", "70.00", "payment"),
        _settlement("P7", "F6", "2026-02-08", "-70.00", "reversal"),
        _settlement("P8", "F7", "2025-06-01", "60.00", "write_off"),
        _settlement("P9", "F7", "2026-03-01", "20.00", "payment"),
        _settlement("P10", "", "2026-03-02", "15.00", "payment"),
    ]),
    "payments of May": ("payments", date(2026, 5, 31), [
        _settlement("P1", "F1", "2026-02-12", "400.00", "write_off"),
        _settlement("P3", "F3", "2026-01-18", "196.00", "payment"),
        _settlement("P4", "F4", "2026-02-25", "150.00", "payment"),
        _settlement("P5", "F5", "2026-02-26", "85.00", "payment"),
        _settlement("P7", "F6", "2026-02-09", "-70.00", "reversal"),
        _settlement("P9", "F7", "2026-03-04", "25.00", "payment"),
        _settlement("P10", "", "2026-03-05", "15.00", "payment"),
    ]),
    "customers of May": ("customers", date(2026, 5, 31), [_customer("C1", "retail", "30")]),
}  # fmt: skip
