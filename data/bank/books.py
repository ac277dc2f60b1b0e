"""The books that cash is applied in, and their rows as plain values.

Amounts are whole cents; a credit note is below 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

import polars as pl

Cents: TypeAlias = int
Position: TypeAlias = int
"""Place of a document in the list of documents, the oldest first."""

_ENTRY_TEXTS = (
    "counterparty", "description", "counterparty_account", "reference", "end_to_end_id", "bank_reference",
    "bank_code", "return_reason",
)  # fmt: skip
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class BankBooks:
    """What there is to apply, and what to apply it on. All amounts are Decimal(18, 2).

    Attributes:
        entries: account, entry_id, entry_date, currency, amount (below 0: money out), counterparty,
            description, counterparty_account, reference, end_to_end_id, bank_reference, bank_code,
            return_reason (texts, null where there is none).
        documents: document_id, customer_id, entity ('' none), currency, invoice_type, invoice_date, due_date,
            amount (a credit note below 0), discount_percent, discount_days, original_invoice_id, po_number,
            cancelled_date.
        settled: document_id, day, amount: what others than the bank settled; open = amount of the document -
            settled, so that it is above 0 for an invoice and below 0 for a credit note.
        customers: customer_id, customer_name, group ('' none: customers of one group pay for each other).
        accounts: counterparty_account, customer_id.
        bills: bill_id, supplier, bill_date, currency, amount.
        decisions: account, entry_id, invoice_id (null: on account, or not ours), customer_id, kind, amount,
            status (confirmed, rejected), decided_by, decided_at; settles (discount, write_off, credit; null:
            what is short stays open) and settled_amount (below 0 for a credit note).
        own_accounts: accounts of the company, as the entries write them.
        closed_until: per entity, '' all of them: the last day of the closed period.
        charges: what banks are known to keep of a payment.
        payouts: provider, line_id, payout_id, payout_date, kind, created_date, currency, gross, fee, net,
            reference, invoice_number, order_number: what the settlement files of payment providers say.
        past_numbers: of documents that are not among `documents`, since they cannot matter.
    """

    entries: pl.DataFrame
    documents: pl.DataFrame
    settled: pl.DataFrame
    customers: pl.DataFrame
    accounts: pl.DataFrame
    bills: pl.DataFrame
    decisions: pl.DataFrame
    own_accounts: frozenset[str] = frozenset()
    closed_until: Mapping[str, date] = field(default_factory=dict)
    charges: frozenset[Decimal] = frozenset()
    payouts: pl.DataFrame | None = None
    past_numbers: pl.Series | None = None


@dataclass(frozen=True, slots=True)
class LedgerDocument:
    """An invoice or a credit note; the last day of its discount is null where none is agreed."""

    document_id: str
    customer: str
    entity: str
    currency: str
    day: date
    amount: Cents
    discount: Cents
    discount_until: date | None
    original: str | None
    po_number: str | None
    cancelled: date | None


@dataclass(frozen=True, slots=True)
class BankEntry:
    """An entry of the bank; its texts are '' where the bank says nothing."""

    account: str
    entry_id: str
    day: date
    currency: str
    amount: Cents
    counterparty: str
    description: str
    counterparty_account: str
    reference: str
    end_to_end_id: str
    bank_reference: str
    bank_code: str
    return_reason: str

    @property
    def key(self) -> tuple[str, str]:
        """What the entry is known by."""
        return self.account, self.entry_id


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a part of an entry, and what the document is settled with beside the money."""

    entry: tuple[str, str]
    document_id: str | None
    customer: str | None
    kind: str
    amount: Cents
    status: str
    decided_by: str | None
    decided_at: Any
    settles: str | None = None
    settled: Cents = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill of a supplier, above 0."""

    bill_id: str
    supplier: str
    day: date
    currency: str
    amount: Cents


def entry_rows(books: BankBooks) -> list[BankEntry]:
    """Return the entries in the order in which they are gone through: day, account, id."""
    frame = books.entries.sort("entry_date", "account", "entry_id")
    columns = [_texts(frame, name) for name in _ENTRY_TEXTS]
    fixed = [frame[name].to_list() for name in ("account", "entry_id", "entry_date", "currency")]
    return [BankEntry(*row) for row in zip(*fixed, cents(frame["amount"]), *columns, strict=True)]


def document_rows(books: BankBooks) -> list[LedgerDocument]:
    """Return the documents, the oldest first."""
    frame = books.documents.sort(
        "invoice_date", pl.coalesce("due_date", "invoice_date"), "document_id", nulls_last=True
    )
    return [
        LedgerDocument(
            document_id=row["document_id"],
            customer=row["customer_id"],
            entity=row["entity"] or "",
            currency=row["currency"],
            day=row["invoice_date"],
            amount=amount,
            discount=_discount(amount, row["discount_percent"]),
            discount_until=_discount_until(row),
            original=row["original_invoice_id"],
            po_number=row["po_number"],
            cancelled=row["cancelled_date"],
        )
        for row, amount in zip(frame.iter_rows(named=True), cents(frame["amount"]), strict=True)
    ]


def decision_rows(books: BankBooks) -> dict[tuple[str, str], list[Decision]]:
    """Return what people decided per entry; of two on one document the later counts."""
    frame = books.decisions.sort("decided_at", "status", "invoice_id", nulls_last=True)
    settled = cents(frame["settled_amount"])
    last: dict[tuple[object, ...], Decision] = {}
    for row, amount, beside in zip(frame.iter_rows(named=True), cents(frame["amount"]), settled, strict=True):
        entry = (row["account"], row["entry_id"])
        decision = Decision(
            entry,
            row["invoice_id"],
            row["customer_id"],
            row["kind"] or "invoice",
            amount,
            row["status"],
            row["decided_by"],
            row["decided_at"],
            row["settles"],
            beside if row["settles"] else 0,
        )
        which = row["invoice_id"] or (None, row["kind"], row["status"])
        last.pop((*entry, which), None)
        last[(*entry, which)] = decision
    by_entry: dict[tuple[str, str], list[Decision]] = {}
    for decision in last.values():
        by_entry.setdefault(decision.entry, []).append(decision)
    return by_entry


def bill_rows(books: BankBooks) -> list[Bill]:
    """Return the bills, the oldest first."""
    frame = books.bills.sort("bill_date", "bill_id")
    columns = [frame[name].to_list() for name in ("bill_id", "supplier", "bill_date", "currency")]
    return [Bill(*row) for row in zip(*columns, cents(frame["amount"]), strict=True)]


def cents(amounts: pl.Series) -> list[Cents]:
    """Return amounts as whole cents; what is not known is 0."""
    return amounts.cast(pl.Decimal(18, 2)).to_physical().cast(pl.Int64).fill_null(0).to_list()


def _texts(frame: pl.DataFrame, name: str) -> list[str]:
    return frame[name].cast(pl.String).fill_null("").to_list()


def _discount(amount: Cents, percent: object) -> Cents:
    if percent is None or amount <= 0:
        return 0
    share = Decimal(str(percent)) / _HUNDRED
    return int((amount * share).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _discount_until(row: Mapping[str, Any]) -> date | None:
    if row["discount_percent"] is None or row["discount_days"] is None or row["discount_percent"] <= 0:
        return None
    until: date = row["invoice_date"] + timedelta(days=int(row["discount_days"]))
    return until
