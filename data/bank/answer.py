"""What was decided, as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from data.bank.books import Document
from data.bank.outcome import Outcome

MONEY = pl.Decimal(18, 2)


@dataclass(frozen=True)
class CashAnswer:
    """What the money of the bank is.

    Attributes:
        rows: one per entry and invoice, and one with `invoice_id` null for money on none: account, entry_id,
            entry_date, amount, counterparty, description, customer_id, kind, invoice_id, applied_amount (sign of
            the entry), status, score, reason (a message as JSON), decided_by, decided_at, applied_date (the day on
            which it counts: not before its invoice, not in a closed period), currency. What is left of an entry
            has a row of its own, so that its rows add up to its amount.
        settlements: account, entry_id, document_id, day, kind (discount, write_off, credit), amount (above 0 lowers
            what is open of an invoice), status: what the rows settle beside the money.
        bill_payments: account, entry_id, bill_id, day.
    """

    rows: pl.DataFrame
    settlements: pl.DataFrame
    bill_payments: pl.DataFrame


def cash_answer(
    outcomes: Sequence[Outcome], documents: Sequence[Document], decided_at: pl.DataType | Any
) -> CashAnswer:
    """Return the tables of what was decided, in the order of the entries.

    Args:
        outcomes: one per entry.
        documents: the documents by position.
        decided_at: the type of the instants at which people decided.
    """
    lines = [(outcome.entry, line) for outcome in outcomes for line in outcome.lines]
    columns = {
        "account": (pl.String, [entry.account for entry, _line in lines]),
        "entry_id": (pl.String, [entry.entry_id for entry, _line in lines]),
        "entry_date": (pl.Date, [entry.day for entry, _line in lines]),
        "amount": (MONEY, [entry.amount for entry, _line in lines]),
        "counterparty": (pl.String, [entry.counterparty or None for entry, _line in lines]),
        "description": (pl.String, [entry.description or None for entry, _line in lines]),
        "customer_id": (pl.String, [line.customer for _entry, line in lines]),
        "kind": (pl.String, [line.kind for _entry, line in lines]),
        "invoice_id": (pl.String, [_number(documents, line.document) for _entry, line in lines]),
        "applied_amount": (MONEY, [line.amount for _entry, line in lines]),
        "status": (pl.String, [line.status for _entry, line in lines]),
        "score": (pl.Float64, [line.score for _entry, line in lines]),
        "reason": (pl.String, [line.reason.to_json() for _entry, line in lines]),
        "decided_by": (pl.String, [line.decided_by for _entry, line in lines]),
        "decided_at": (decided_at, [line.decided_at for _entry, line in lines]),
        "applied_date": (pl.Date, [line.day for _entry, line in lines]),
        "currency": (pl.String, [entry.currency for entry, _line in lines]),
    }
    beside = [(outcome.entry, one) for outcome in outcomes for one in outcome.settles]
    settlements = {
        "account": (pl.String, [entry.account for entry, _one in beside]),
        "entry_id": (pl.String, [entry.entry_id for entry, _one in beside]),
        "document_id": (pl.String, [documents[one.document].document_id for _entry, one in beside]),
        "day": (pl.Date, [one.day for _entry, one in beside]),
        "kind": (pl.String, [one.kind for _entry, one in beside]),
        "amount": (MONEY, [one.amount for _entry, one in beside]),
        "status": (pl.String, [one.status for _entry, one in beside]),
    }
    pays = [(outcome.entry, bill) for outcome in outcomes for bill in outcome.bills]
    bills = {
        "account": (pl.String, [entry.account for entry, _bill in pays]),
        "entry_id": (pl.String, [entry.entry_id for entry, _bill in pays]),
        "bill_id": (pl.String, [bill for _entry, bill in pays]),
        "day": (pl.Date, [entry.day for entry, _bill in pays]),
    }
    return CashAnswer(_frame(columns), _frame(settlements), _frame(bills))


def _number(documents: Sequence[Document], position: int | None) -> str | None:
    return None if position is None else documents[position].document_id


def _frame(columns: dict[str, tuple[Any, list[Any]]]) -> pl.DataFrame:
    return pl.DataFrame([_series(name, dtype, values) for name, (dtype, values) in columns.items()])


def _series(name: str, dtype: Any, values: list[Any]) -> pl.Series:
    if dtype != MONEY:
        return pl.Series(name, values, dtype=dtype)
    hundredth = pl.Series("hundredth", ["0.01"]).cast(MONEY)
    whole = pl.Series(name, values, dtype=pl.Int64).cast(pl.Decimal(20, 0))
    return (whole * hundredth).cast(MONEY).alias(name)
