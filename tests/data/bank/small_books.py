"""Books of a few rows for the tests of cash application, with what most rows have in common left out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from data.bank.books import BankBooks

TEXT, DAY, MONEY = pl.String, pl.Date, pl.Decimal(18, 2)
ENTRY = {
    "account": TEXT, "entry_id": TEXT, "entry_date": DAY, "currency": TEXT, "amount": MONEY,
    "counterparty": TEXT, "description": TEXT, "counterparty_account": TEXT,
    "reference": TEXT, "end_to_end_id": TEXT,
    "bank_reference": TEXT, "bank_code": TEXT, "return_reason": TEXT,
}  # fmt: skip
DOCUMENT = {
    "document_id": TEXT, "customer_id": TEXT, "entity": TEXT, "currency": TEXT, "invoice_type": TEXT,
    "invoice_date": DAY, "due_date": DAY, "amount": MONEY, "discount_percent": pl.Decimal(18, 4),
    "discount_days": pl.Int64, "original_invoice_id": TEXT, "po_number": TEXT, "cancelled_date": DAY,
}  # fmt: skip
SETTLED = {"document_id": TEXT, "day": DAY, "amount": MONEY}
CUSTOMER = {"customer_id": TEXT, "customer_name": TEXT, "group": TEXT}
ACCOUNT = {"counterparty_account": TEXT, "customer_id": TEXT}
BILL = {"bill_id": TEXT, "supplier": TEXT, "bill_date": DAY, "currency": TEXT, "amount": MONEY}
DECISION = {
    "account": TEXT, "entry_id": TEXT, "invoice_id": TEXT, "customer_id": TEXT, "kind": TEXT, "amount": MONEY,
    "status": TEXT, "decided_by": TEXT, "decided_at": pl.Datetime("us"), "settles": TEXT,
    "settled_amount": MONEY,
}  # fmt: skip
Row = dict[str, Any]
OURS = "NL00KASS0000000001"


def frame(schema: dict[str, Any], rows: Sequence[Row]) -> pl.DataFrame:
    columns = [
        pl.Series(name, [_value(row.get(name), dtype) for row in rows], dtype=dtype)
        for name, dtype in schema.items()
    ]
    return pl.DataFrame(columns)


def _value(value: Any, dtype: Any) -> Any:
    return Decimal(value) if dtype.is_decimal() and value is not None else value


def receipt(entry_id: str, amount: str, description: str = "", **more: Any) -> Row:
    return {
        "account": OURS, "entry_id": entry_id, "entry_date": date(2026, 3, 1), "currency": "EUR",
        "amount": amount, "description": description, **more,
    }  # fmt: skip


def invoice(document_id: str, customer: str, amount: str, day: date = date(2026, 1, 10), **more: Any) -> Row:
    return {
        "document_id": document_id, "customer_id": customer, "entity": "", "currency": "EUR",
        "invoice_type": "credit_note" if amount.startswith("-") else "invoice", "invoice_date": day,
        "due_date": day, "amount": amount, **more,
    }  # fmt: skip


def books(entries: Sequence[Row], documents: Sequence[Row], **more: Any) -> BankBooks:
    customers = more.pop("customers", [("C1", "Bakker Techniek B.V.", ""), ("C2", "Visser Bouw BV", "")])
    rows = [dict(zip(CUSTOMER, customer, strict=True)) for customer in customers]
    accounts = [dict(zip(ACCOUNT, pair, strict=True)) for pair in more.pop("accounts", [])]
    return BankBooks(
        entries=frame(ENTRY, entries),
        documents=frame(DOCUMENT, documents),
        settled=frame(SETTLED, more.pop("settled", [])),
        customers=frame(CUSTOMER, rows),
        accounts=frame(ACCOUNT, accounts),
        bills=frame(BILL, more.pop("bills", [])),
        decisions=frame(DECISION, more.pop("decisions", [])),
        **more,
    )
