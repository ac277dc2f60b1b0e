"""Rows of small ledgers for the key figures, and the rows of native files."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

LAST_DAY = date(2026, 11, 22)


CUSTOMERS = [("C1", "One", "retail", "NL", 30, None), ("C2", "Two", "public", "NL", 30, None)]


def invoice(name: str, issued: str, due: str, amount: str, customer: str = "C1", **more: object) -> dict:
    kind = "credit_note" if amount.startswith("-") else "invoice"
    return {
        "invoice_id": name, "customer_id": customer, "invoice_type": kind, "invoice_date": issued,
        "due_date": due, "currency": "EUR", "amount": amount, **more,
    }  # fmt: skip


def payment(
    name: str, document: str | None, day: str, amount: str, customer: str = "C1", **more: object
) -> dict:
    return {
        "payment_id": name, "customer_id": customer, "invoice_id": document, "payment_date": day,
        "currency": "EUR", "amount": amount, **more,
    }  # fmt: skip


def same(found: dict, expected: dict) -> None:
    """Compare figures: money to the cent, days and shares to the ninth place."""
    for name, value in expected.items():
        if isinstance(value, float):
            assert found[name] == pytest.approx(value, abs=1e-9), name
        else:
            assert found[name] == value, name


def rows_of(folder: Path, grain: str) -> list[dict]:
    """Read a native file with the csv module alone."""

    def cell(name: str, text: str) -> object:
        if text == "":
            return None
        if name.endswith("_date"):
            return date.fromisoformat(text)
        return Decimal(text) if name == "amount" else text

    with (folder / f"{grain}.csv").open(encoding="utf-8", newline="") as file:
        return [{name: cell(name, text) for name, text in row.items()} for row in csv.DictReader(file)]


def month_after(day: date) -> date:
    return (day + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def cents(rows: list[dict]) -> dict[tuple[str, str], Decimal]:
    return {(row["from_bucket"], row["to_bucket"]): row["amount"] for row in rows}
