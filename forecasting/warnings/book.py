"""A book of documents as it stood at the end of any past day, exact to the cent.

Only what was dated by a day is looked at: the answer is the same whatever was loaded or happened later.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints, number
from forecasting.payments.documents import FAR

_CASH_SHARE = 2  # money is at least one part in two of what closed a document
# A reminder of what is not due yet asks for no answer.
_NO_QUESTION = "pre_due_reminder"


@dataclass(frozen=True)
class Facts:
    """What a book is made of: the rows of named queries, all of one as-of day.

    Attributes:
        documents: `timing_documents`.
        settled: `settled_days`.
        receipts: `receipt_days`.
        arrangements: `arrangements`.
        contacts: `contacts`.
        orders: `order_numbers`.
        customers: `customers`.
    """

    documents: pl.DataFrame
    settled: pl.DataFrame
    receipts: pl.DataFrame
    arrangements: pl.DataFrame
    contacts: pl.DataFrame
    orders: pl.DataFrame
    customers: pl.DataFrame


@dataclass(frozen=True)
class Happened:
    """Something that lasts from a day to another, about a customer or a document; FAR: not over.

    Attributes:
        who: code of the customer, or of the document.
        start, end: day numbers.
        is_good: promises: kept; contacts: from the customer.
    """

    who: Ints
    start: Ints
    end: Ints
    is_good: Bools


@dataclass(frozen=True)
class Book:
    """Documents and what was done about them; days are numbers since 1970, amounts whole cents.

    Attributes:
        as_of: last day known.
        ids: of the customers, by code.
        segment: code per customer.
        credit_limit: cents per customer, NaN where none is agreed.
        frame: `customer_id`, `document_id` of every entry below.
        customer, document, issued, due, amount: per document and day it falls due, shape (n,).
        is_invoice: not a credit note.
        in_parts: an instalment of a schedule of its own.
        has_order: the document names the customer's order.
        row, day, settled, received: per settlement, by entry and day; the amounts run up per entry.
        first_row: where the settlements of each entry begin, shape (n,).
        runs: days on which money came in, as customer and day.
        promises, disputes: by document. contacts: by customer.
    """

    as_of: int
    ids: pl.Series
    segment: Ints
    credit_limit: Floats
    frame: pl.DataFrame
    customer: Ints
    document: Ints
    issued: Ints
    due: Ints
    amount: Ints
    is_invoice: Bools
    in_parts: Bools
    has_order: Bools
    row: Ints
    day: Ints
    settled: Ints
    received: Ints
    first_row: Ints
    runs: Happened
    promises: Happened
    disputes: Happened
    contacts: Happened
    _days: dict[int, "Standing"] = field(default_factory=dict)

    @cached_property
    def by_due(self) -> Ints:
        """Positions of the entries by customer and due date."""
        return np.lexsort((self.due, self.customer))

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.ids)

    def at(self, day: int) -> "Standing":
        """Return how the book stood at the end of a day; the last few are kept."""
        if day not in self._days:
            if len(self._days) > 8:  # noqa: PLR2004 - a day and the quarters before it
                self._days.pop(next(iter(self._days)))
            self._days[day] = _standing(self, day)
        return self._days[day]

    def only(self, customers: Bools) -> "Book":
        """Return the same book with the documents and settlements of some customers; codes stay."""
        kept = customers[self.customer]
        place = np.cumsum(kept) - 1
        own = kept[self.row]
        row = place[self.row[own]]
        rows = ("customer", "document", "issued", "due", "amount", "is_invoice", "in_parts", "has_order")
        return replace(
            self,
            frame=self.frame.filter(pl.Series(kept)),
            **{name: getattr(self, name)[kept] for name in rows},
            **{name: getattr(self, name)[own] for name in ("day", "settled", "received")},
            row=row,
            first_row=np.searchsorted(row, np.arange(int(kept.sum()))),
            _days={},
        )

    def by_customer(self, which: Bools, weight: Ints | Floats | None = None) -> Floats:
        """Return how many of some documents each customer has, or the sum of their weights."""
        own = None if weight is None else weight[which].astype(np.float64)
        return np.bincount(self.customer[which], own, self.customers).astype(np.float64)


@dataclass(frozen=True)
class Standing:
    """The end of one day, per document and day it falls due.

    Attributes:
        open: cents still to come; 0 where closed or not there yet.
        closed: day it was closed, as seen from this day; FAR while open or not there yet.
        by_cash: closed, and at least half of it by money.
        received: cents of money that came in on it.
        moved: day of the last settlement; -FAR without one.
    """

    book: Book
    today: int
    known: Bools
    open: Ints
    closed: Ints
    by_cash: Bools
    received: Ints
    moved: Ints

    @property
    def owed(self) -> Bools:
        """Which invoices have something to be received."""
        return np.asarray((self.open > 0) & self.book.is_invoice)

    @property
    def late(self) -> Bools:
        """Which invoices are past due."""
        return np.asarray(self.owed & (self.book.due < self.today))

    def money(self, which: Bools | None = None) -> Floats:
        """Return what each customer has open on invoices, cents."""
        return self.book.by_customer(self.owed if which is None else which & self.owed, self.open)


def _standing(book: Book, today: int) -> Standing:
    count = np.bincount(book.row[book.day <= today], minlength=len(book.amount))
    has = count > 0
    place = np.where(has, book.first_row + count - 1, 0)

    def last(values: Ints, other: int) -> Ints:
        return np.where(has, values[place], other) if len(values) else np.full(len(count), other)

    known = book.issued <= today
    settled, received = last(book.settled, 0), last(book.received, 0)
    is_open = np.where(known, book.amount - settled, 0)
    is_closed = known & (is_open == 0)
    moved = last(book.day, -FAR)
    by_cash = is_closed & (_CASH_SHARE * np.abs(received) >= np.abs(book.amount))
    closed = np.where(is_closed, np.maximum(moved, book.issued), FAR)
    return Standing(book, today, known, is_open, closed, by_cash, received, moved)


def book_of(facts: Facts, as_of: date) -> Book:
    """Turn the rows of the queries into arrays."""
    rows = facts.documents
    ids = rows["customer_id"].unique(maintain_order=True)
    codes = pl.DataFrame({"customer_id": ids}).with_row_index("who")
    places = rows.select("document_id", "instalment").with_row_index("row")
    settled = (
        facts.settled.join(places, on=["document_id", "instalment"])
        .sort("row", "post_date")
        .with_columns(pl.col("amount", "received_amount").cum_sum().over("row"))
    )
    row = _ints(settled["row"])
    first_of = rows["document_id"].rle_id()
    documents = pl.DataFrame({"document_id": rows["document_id"], "who": first_of}).unique("document_id")
    known = codes.join(facts.customers, on="customer_id", how="left", maintain_order="left")
    segments = rows.select("customer_id", "segment").unique("customer_id", keep="last", maintain_order=True)
    runs = facts.receipts.filter(pl.col("amount") > 0).join(codes, on="customer_id")
    about = facts.arrangements.join(documents, on="document_id").sort("who", "made_date", "pay_date")
    said = facts.contacts.filter(pl.col("kind") != _NO_QUESTION).join(codes, on="customer_id")
    limit = (known["credit_limit"].cast(pl.Float64) * 100).fill_null(np.nan).to_numpy()
    return Book(
        as_of=number(as_of),
        ids=ids,
        segment=_ints(segments["segment"].rank("dense")),
        credit_limit=limit,
        frame=rows.select("customer_id", "document_id"),
        customer=_ints(rows["customer_id"].rle_id()),
        document=_ints(first_of),
        issued=_days_of(rows["invoice_date"]),
        due=_days_of(rows["due_date"]),
        amount=_cents(rows["amount"]),
        is_invoice=(rows["invoice_type"] == "invoice").to_numpy(),
        in_parts=(rows["instalment"] > 0).to_numpy(),
        has_order=rows["document_id"].is_in(facts.orders["invoice_id"].implode()).to_numpy(),
        row=row,
        day=_days_of(settled["post_date"]),
        settled=_cents(settled["amount"]),
        received=_cents(settled["received_amount"]),
        first_row=np.searchsorted(row, np.arange(rows.height)),
        runs=_happened(runs, "payment_date", "payment_date", pl.col("amount") > 0),
        promises=_happened(about.filter(kind="promise"), "made_date", "pay_date", pl.col("is_kept")),
        disputes=_happened(about.filter(kind="dispute"), "made_date", "pay_date", pl.col("is_kept")),
        contacts=_happened(said, "contact_date", "contact_date", pl.col("direction") == "in"),
    )


def _happened(frame: pl.DataFrame, start: str, end: str, is_good: pl.Expr) -> Happened:
    good = frame.select(is_good.alias("is_good"))["is_good"].to_numpy()
    return Happened(_ints(frame["who"]), _days_of(frame[start]), _days_of(frame[end]), good)


def _ints(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy().astype(np.int64)


def _days_of(column: pl.Series) -> Ints:
    return _ints(column.to_physical().cast(pl.Int64).fill_null(FAR))


def _cents(column: pl.Series) -> Ints:
    return _ints((column * 100).cast(pl.Int64))
