"""The rows of a payment provider as movements on its balance, each with the payout it goes with."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from data.grains import BY_NAME
from data.importers import bank_reasons
from data.importers.cells import DTYPES
from data.message_templates import Message

_SEPARATOR = "\x1f"
_DIGITS = 16
_NONE = Decimal("0.00")
_PAYOUT = "payout"
# What tells lines without a number apart.
_CONTENT = (
    "payout_id", "payout_date", "kind", "created_date", "currency", "gross", "fee", "net", "customer",
    "reference", "invoice_number", "order_number",
)  # fmt: skip


def books_of_provider(rows: pl.DataFrame) -> tuple[dict[str, pl.DataFrame], list[Message]]:
    """Return movements, and what is to be said of their payouts.

    Args:
        rows: columns of `bank_grains.SETTLEMENT_LIST` and `line`, in the order of the file.
    """
    payments = [payment for row in rows.iter_rows(named=True) for payment in _with_refund(row)]
    for payment in payments:
        if payment["kind"] == _PAYOUT:
            payment["payout_id"] = payment["payout_id"] or payment["payout_source"]
    alike: Counter[str] = Counter()
    orders = Counter(row["order_number"] for row in rows.iter_rows(named=True))
    is_of_orders = orders[None] == 0 and max(orders.values(), default=0) == 1
    for payment in payments:
        number = payment["order_number"] if is_of_orders else None
        suffix = "/refund" if payment["is_refund"] else ""
        named = payment["line_id"] or number
        payment["line_id"] = f"{named}{suffix}" if named else _made_number(payment, alike)
    if not any(payment["payout_id"] for payment in payments if payment["kind"] != _PAYOUT):
        _assign_payouts(payments)
    types = {column.name: DTYPES[column.type] for column in BY_NAME["provider_payments"].columns}
    types["line"] = pl.Int64()
    columns = {name: [payment[name] for payment in payments] for name in types}
    return {"provider_payments": pl.DataFrame(columns, schema=types)}, _notes(payments)


def _with_refund(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a row, and what was paid back of it as a refund of its own."""
    refunded = row["refunded"]
    paid = {**row, "is_refund": False}
    if not refunded:
        return [paid]
    amounts = {"gross": -abs(refunded), "fee": _NONE, "net": -abs(refunded)}
    return [paid, {**row, **amounts, "kind": "refund", "is_refund": True}]


def _made_number(payment: dict[str, Any], alike: Counter[str]) -> str:
    """Return a number that depends on nothing but the line; equal ones of a file are numbered."""
    text = _SEPARATOR.join("" if payment[name] is None else str(payment[name]) for name in _CONTENT)
    digest = hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
    alike[digest] += 1
    return digest if alike[digest] == 1 else f"{digest}-{alike[digest]}"


def _assign_payouts(payments: Sequence[dict[str, Any]]) -> None:
    """Give each movement the payout after it, in a file that has the payouts among its rows and no number.

    The file is in the order of its days, forwards or backwards; movements after the last payout have none.
    """
    is_newest_first = bool(payments) and payments[0]["created_date"] > payments[-1]["created_date"]
    waiting: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for payment in reversed(payments) if is_newest_first else payments:
        waiting[payment["currency"]].append(payment)
        if payment["kind"] != _PAYOUT:
            continue
        day = payment["payout_date"] or payment["created_date"]
        for each in waiting.pop(payment["currency"]):
            each["payout_id"], each["payout_date"] = payment["payout_id"] or payment["line_id"], day


def _notes(payments: Sequence[dict[str, Any]]) -> list[Message]:
    """Name the payouts of the file that its lines do not come to."""
    nets: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    stated: set[tuple[str, str]] = set()
    for payment in payments:
        if payment["payout_id"]:
            key = (payment["payout_id"], payment["currency"])
            nets[key] += payment["net"]
            if payment["kind"] == _PAYOUT:
                stated.add(key)
    apart = sorted(key for key in stated if nets[key])
    return [
        bank_reasons.PAYOUT_APART(payout=payout, difference=-nets[payout, currency], currency=currency)
        for payout, currency in apart
    ]
