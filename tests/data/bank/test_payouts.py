"""Payouts of payment providers, split over the invoices that their settlement files name."""

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.bank.application import apply_cash
from tests.data.bank.small_books import MONEY, Row, books, frame, invoice, receipt

PAYOUT = {
    "provider": pl.String, "line_id": pl.String, "payout_id": pl.String, "payout_date": pl.Date,
    "kind": pl.String, "created_date": pl.Date, "currency": pl.String, "gross": MONEY, "fee": MONEY,
    "net": MONEY, "reference": pl.String, "invoice_number": pl.String, "order_number": pl.String,
}  # fmt: skip
A = invoice("2026-101", "C1", "121.00")
B = invoice("2026-110", "C2", "60.50", po_number="W-88123")
STRIPE = {"counterparty": "Stripe Payments Europe Ltd"}


def moved(line: str, kind: str, gross: str, fee: str = "0.00", **more: Any) -> Row:
    return {
        "provider": "Stripe", "line_id": line, "payout_id": "po_7", "payout_date": date(2026, 2, 27),
        "kind": kind, "created_date": date(2026, 2, 20), "currency": "EUR", "gross": gross, "fee": fee,
        "net": str(Decimal(gross) + Decimal(fee)), **more,
    }  # fmt: skip


def answer(
    entries: list[Row], lines: list[Row], documents: list[Row] | None = None
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    made = apply_cash(books(entries, documents or [A, B], payouts=frame(PAYOUT, lines)))
    rows = made.rows.select("entry_id", "kind", "invoice_id", "applied_amount", "status").rows()
    settled = made.settlements.select("document_id", "kind", "amount").rows()
    return [(*row[:3], str(row[3]), row[4]) for row in rows], [(*one[:2], str(one[2])) for one in settled]


def test_a_payout_pays_the_invoices_that_its_file_names_and_the_fee_is_settled_beside() -> None:
    """121.00 - 2.00 and 60.50 - 1.50, by invoice number and by order number: 178.00 comes in."""
    lines = [
        moved("1", "charge", "121.00", "-2.00", invoice_number="2026-101"),
        moved("2", "charge", "60.50", "-1.50", order_number="W-88123"),
        moved("3", "payout", "-178.00"),
    ]
    rows, settled = answer([receipt("1", "178.00", "STRIPE", **STRIPE)], lines)
    assert rows == [
        ("1", "invoice", "2026-101", "119.00", "applied"),
        ("1", "invoice", "2026-110", "59.00", "applied"),
    ]
    assert settled == [("2026-101", "write_off", "2.00"), ("2026-110", "write_off", "1.50")]


def test_an_invoice_may_be_named_in_the_words_of_the_file() -> None:
    lines = [moved("1", "charge", "121.00", "-2.00", reference="Betaling factuur 2026-101")]
    rows, _settled = answer([receipt("1", "119.00", "STRIPE", **STRIPE)], lines)
    assert rows == [("1", "invoice", "2026-101", "119.00", "applied")]


def test_what_no_document_is_known_of_is_left_and_a_fee_of_its_own_is_a_charge() -> None:
    """119.00 for the invoice, 30.00 of nobody known, 5.00 kept: 144.00 comes in."""
    lines = [
        moved("1", "charge", "121.00", "-2.00", invoice_number="2026-101"),
        moved("2", "charge", "30.00"),
        moved("3", "fee", "-5.00"),
    ]
    rows, _settled = answer([receipt("1", "144.00", "STRIPE", **STRIPE)], lines)
    assert rows == [
        ("1", "invoice", "2026-101", "119.00", "applied"),
        ("1", "charge", None, "-5.00", "applied"),
        ("1", "other", None, "30.00", "unmatched"),
    ]


def test_a_chargeback_opens_the_invoice_again() -> None:
    """60.50 - 1.50 for another less 121.00 and 15.00 for the dispute is below 0, so 200.00 is paid beside."""
    first = [moved("1", "charge", "121.00", "-2.00", invoice_number="2026-101")]
    second = [
        moved("2", "charge", "200.00", invoice_number="2026-120", payout_id="po_8"),
        moved("3", "chargeback", "-121.00", "-15.00", invoice_number="2026-101", payout_id="po_8"),
    ]
    entries = [
        receipt("1", "119.00", "STRIPE", **STRIPE),
        receipt("2", "64.00", "STRIPE", entry_date=date(2026, 3, 2), **STRIPE),
        receipt("3", "121.00", "2026-101", entry_date=date(2026, 3, 3)),
    ]
    rows, _settled = answer(entries, first + second, [A, invoice("2026-120", "C2", "200.00")])
    assert rows[1:] == [
        ("2", "invoice", "2026-120", "200.00", "applied"),
        ("2", "return", "2026-101", "-121.00", "applied"),
        ("2", "charge", None, "-15.00", "applied"),
        ("3", "invoice", "2026-101", "121.00", "applied"),
    ]


def test_a_file_that_does_not_come_to_its_payout_explains_nothing() -> None:
    lines = [
        moved("1", "charge", "121.00", "-2.00", invoice_number="2026-101"),
        moved("2", "payout", "-150.00"),
    ]
    rows, _settled = answer([receipt("1", "150.00", "STRIPE", **STRIPE)], lines)
    assert rows == [("1", "other", None, "150.00", "unmatched")]


def test_a_payment_of_another_amount_than_is_open_is_not_put_over_the_invoice() -> None:
    lines = [moved("1", "charge", "125.00", "-2.00", invoice_number="2026-101")]
    rows, _settled = answer([receipt("1", "123.00", "STRIPE", **STRIPE)], lines)
    assert rows == [("1", "other", None, "123.00", "unmatched")]


def test_two_payouts_of_one_amount_and_day_are_told_by_their_number_only() -> None:
    lines = [
        moved("1", "charge", "121.00", invoice_number="2026-101"),
        moved("2", "charge", "121.00", invoice_number="2026-111", payout_id="po_8"),
    ]
    documents = [A, invoice("2026-111", "C2", "121.00")]
    [row], _settled = answer([receipt("1", "121.00", "STRIPE", **STRIPE)], lines, documents)
    assert row == ("1", "other", None, "121.00", "unmatched")
    [row], _settled = answer([receipt("1", "121.00", "STRIPE po_8", **STRIPE)], lines, documents)
    assert row == ("1", "invoice", "2026-111", "121.00", "applied")
