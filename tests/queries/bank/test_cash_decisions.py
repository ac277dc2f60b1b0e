"""What people decided of the entries of the bank, where payments come from, and gaps between statements."""

from datetime import date
from decimal import Decimal

import pytest

pytestmark = pytest.mark.slow

ENTRY = {
    "entry_id": "E1", "account": "A", "currency": "EUR", "entry_date": date(2026, 2, 2), "amount": "75.00",
    "counterparty": "Smit", "description": "dank", "counterparty_account": "NL99X",
}  # fmt: skip
CUSTOMERS = [("C2", "Smederij Smit", "retail", "NL", 30, "")]


def test_a_decision_stands_with_the_account_it_teaches_until_it_is_withdrawn(desk):
    desk.load(customers=CUSTOMERS, bank_entries=[ENTRY])
    desk.load(cash_decisions=[("A", "E1", "confirmed", "C2", "", "75.00")])
    [row] = desk.ask("cash_decisions")
    assert (row["customer_name"], row["counterparty_account"], row["amount"]) == (
        "Smederij Smit", "NL99X", Decimal("75.00"),
    )  # fmt: skip
    [texts] = desk.ask("bank_entry", account="A", entry="E1")
    assert (texts["description"], texts["counterparty_account"], texts["reference"]) == (
        "dank",
        "NL99X",
        None,
    )
    assert desk.ask("bank_entry", account="B", entry="E1") == []
    desk.load(cash_decisions=[("A", "E1", "withdrawn", "C2", "", "75.00")])
    assert desk.ask("cash_decisions") == []


def test_sources_are_the_administrations_with_payments_and_those_a_setting_names(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[{
            "invoice_id": "F1", "customer_id": "C2", "invoice_type": "invoice", "invoice_date": "2026-01-05",
            "due_date": "2026-02-04", "currency": "EUR", "amount": "50.00", "entity": "N",
        }],
        payments=[
            ("P1", "C2", "F1", "2026-02-01", "EUR", "20.00"),
            ("P2", "C2", "F1", "2026-02-02", "EUR", "30.00"),
        ],
        settings=[("cash_source", "bookkeeping"), ("cash_source@Z", "bank")],
    )  # fmt: skip
    assert [tuple(row.values()) for row in desk.ask("cash_sources")] == [
        ("", 0, "bookkeeping"), ("N", 2, None), ("Z", 0, "bank"),
    ]  # fmt: skip


def test_a_gap_is_the_opening_less_the_closing_before_it(desk):
    def statement(number, day, opening, closing):
        return {
            "statement_id": number, "account": "A", "currency": "EUR", "number": number, "from_date": day,
            "to_date": day, "opening": opening, "closing": closing, "entries": 0, "credits": "0.00",
            "debits": "0.00",
        }  # fmt: skip

    desk.load(bank_statements=[
        statement("1", date(2026, 3, 1), "10.00", "10.00"),
        statement("2", date(2026, 3, 2), "10.00", "10.00"),
        statement("3", date(2026, 3, 3), "12.50", "12.50"),
    ])  # fmt: skip
    [row] = desk.ask("statement_gaps", as_of="2026-03-31")
    assert (row["number"], row["previous_to_date"], row["gap"]) == ("3", date(2026, 3, 2), Decimal("2.50"))
    assert desk.ask("statement_gaps", as_of="2026-03-02") == []
