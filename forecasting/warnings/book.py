"""Documents with the balance of each at the end of any past day, exact to the cent.

Only rows dated by that day count, so that the result is the same whatever was loaded or happened later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import polars as pl

from forecasting.arrays import Bools, Floats, Ints, number
from forecasting.payments.documents import FAR

_CASH_SHARE = 2  # money makes up at least one half of the settlements that closed a document
# A reminder before the due date asks for no reply.
_NO_REPLY_EXPECTED = "pre_due_reminder"


@dataclass(frozen=True)
class BookSources:
    """The rows of named queries from which a book is made, all of one as-of day.

    Attributes:
        documents: `timing_documents`.
        documents_before: `timing_documents` as of an earlier day, with what was owed then; None: not asked.
        settled: `settled_days`.
        receipts: `pay_days`.
        arrangements: `arrangements`.
        contacts: `contacts`.
        orders: `order_numbers`.
        customers: `customers`.
        bounces: `bounces`.
    """

    documents: pl.DataFrame
    settled: pl.DataFrame
    receipts: pl.DataFrame
    arrangements: pl.DataFrame
    contacts: pl.DataFrame
    orders: pl.DataFrame
    customers: pl.DataFrame
    bounces: pl.DataFrame
    documents_before: tuple[date, pl.DataFrame] | None = None


@dataclass(frozen=True)
class DatedEvents:
    """Events of customers or documents, each from one day to another; FAR: not over.

    Attributes:
        code: of the customer, or of the document.
        start, end: day numbers.
        is_good: promises: kept; contacts: from the customer.
    """

    code: Ints
    start: Ints
    end: Ints
    is_good: Bools


@dataclass(frozen=True)
class Book:
    """Documents with their settlements and events; days are numbers since 1970, amounts whole cents.

    Attributes:
        as_of: last day known.
        ids: of the customers, by code.
        segment: code per customer.
        credit_limit: cents per customer, NaN where none is agreed.
        frame: `customer_id`, `document_id` of every entry below.
        customer, document, issued, due, amount: per document and day it falls due, shape (n,).
        owed: cents open after set-off of the customer's credit, shape (n,), on the days it was asked for:
            `as_of`, and one before. On other days what is open in the books stands for it.
        is_invoice: not a credit note.
        in_parts: an instalment of a schedule of its own.
        has_order: the document names the customer's order.
        row, day, settled, received: per settlement, by entry and day; the amounts are cumulated per entry.
        first_row: position of each entry's first settlement, shape (n,).
        runs: days on which money came in, by customer, until the day it had all come back.
        promises, disputes: by document. contacts: by customer.
        bounces: payments that came back, by customer.
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
    owed: Mapping[int, Ints]
    is_invoice: Bools
    in_parts: Bools
    has_order: Bools
    row: Ints
    day: Ints
    settled: Ints
    received: Ints
    first_row: Ints
    runs: DatedEvents
    promises: DatedEvents
    disputes: DatedEvents
    contacts: DatedEvents
    bounces: DatedEvents
    _days: dict[int, "BookDay"] = field(default_factory=dict)

    @cached_property
    def by_due(self) -> Ints:
        """Positions of the entries by customer and due date."""
        return np.lexsort((self.due, self.customer))

    @property
    def customers(self) -> int:
        """How many customers there are."""
        return len(self.ids)

    def at(self, day: int) -> "BookDay":
        """Return the balances at the end of a day; the last few days are kept."""
        if day not in self._days:
            if len(self._days) > 8:  # noqa: PLR2004 - a day and the quarters before it
                self._days.pop(next(iter(self._days)))
            self._days[day] = _book_day(self, day)
        return self._days[day]

    def only(self, customers: Bools) -> "Book":
        """Return the same book with the documents and settlements of some customers; codes stay."""
        is_chosen = customers[self.customer]
        place = np.cumsum(is_chosen) - 1
        is_own_settlement = is_chosen[self.row]
        row = place[self.row[is_own_settlement]]
        rows = (
            "customer",
            "document",
            "issued",
            "due",
            "amount",
            "is_invoice",
            "in_parts",
            "has_order",
        )
        return replace(
            self,
            frame=self.frame.filter(pl.Series(is_chosen)),
            **{name: getattr(self, name)[is_chosen] for name in rows},
            **{name: getattr(self, name)[is_own_settlement] for name in ("day", "settled", "received")},
            owed={day: owed[is_chosen] for day, owed in self.owed.items()},
            row=row,
            first_row=np.searchsorted(row, np.arange(int(is_chosen.sum()))),
            _days={},
        )

    def by_customer(self, which: Bools, weight: Ints | Floats | None = None) -> Floats:
        """Return the number of chosen documents per customer, or the sum of their weights."""
        own = None if weight is None else weight[which].astype(np.float64)
        return np.bincount(self.customer[which], own, self.customers).astype(np.float64)


@dataclass(frozen=True)
class BookDay:
    """The balances at the end of one day, per document and day it falls due.

    Attributes:
        open: cents still to come, after set-off on the days it is known of; 0 where closed or not issued yet.
        closed: day it was closed, as known on this day; FAR while open or not issued yet.
        by_cash: closed, and at least half of it by money.
        received: cents of money received on it.
        last_settled: day of the last settlement; -FAR without one.
    """

    book: Book
    today: int
    known: Bools
    open: Ints
    closed: Ints
    by_cash: Bools
    received: Ints
    last_settled: Ints

    @property
    def is_owed(self) -> Bools:
        """Invoices with an open amount, shape (n,)."""
        return np.asarray((self.open > 0) & self.book.is_invoice)

    @property
    def is_late(self) -> Bools:
        """Invoices past due, shape (n,)."""
        return np.asarray(self.is_owed & (self.book.due < self.today))

    def open_amounts(self, which: Bools | None = None) -> Floats:
        """Return the open amount of each customer's invoices, cents."""
        return self.book.by_customer(self.is_owed if which is None else which & self.is_owed, self.open)


def _book_day(book: Book, today: int) -> BookDay:
    count = np.bincount(book.row[book.day <= today], minlength=len(book.amount))
    has_settlement = count > 0
    place = np.where(has_settlement, book.first_row + count - 1, 0)

    def last(values: Ints, other: int) -> Ints:
        return np.where(has_settlement, values[place], other) if len(values) else np.full(len(count), other)

    known = book.issued <= today
    settled, received = last(book.settled, 0), last(book.received, 0)
    is_open = np.where(known, book.amount - settled, 0)
    is_closed = known & (is_open == 0)
    last_settled = last(book.day, -FAR)
    by_cash = is_closed & (_CASH_SHARE * np.abs(received) >= np.abs(book.amount))
    closed = np.where(is_closed, np.maximum(last_settled, book.issued), FAR)
    if today in book.owed:
        is_open = np.where(is_open == 0, 0, book.owed[today])
    return BookDay(book, today, known, is_open, closed, by_cash, received, last_settled)


def book_of(sources: BookSources, as_of: date) -> Book:
    """Return the book made from the rows of the queries."""
    # Of a document that only a list shows as settled nobody knows when it was paid.
    sources = replace(sources, documents=sources.documents.filter(~pl.col("is_by_list")))
    rows = sources.documents
    ids = rows["customer_id"].unique(maintain_order=True)
    codes = pl.DataFrame({"customer_id": ids}).with_row_index("code")
    places = rows.select("document_id", "instalment").with_row_index("row")
    settled = (
        sources.settled.join(places, on=["document_id", "instalment"])
        .sort("row", "post_date")
        .with_columns(pl.col("amount", "received_amount").cum_sum().over("row"))
    )
    row = _ints(settled["row"])
    first_of = rows["document_id"].rle_id()
    documents = pl.DataFrame({"document_id": rows["document_id"], "code": first_of}).unique("document_id")
    known = codes.join(sources.customers, on="customer_id", how="left", maintain_order="left")
    segments = rows.select("customer_id", "segment").unique("customer_id", keep="last", maintain_order=True)
    runs = sources.receipts.join(codes, on="customer_id")
    arrangements = sources.arrangements.join(documents, on="document_id").sort(
        "code", "made_date", "pay_date"
    )
    contacts = sources.contacts.filter(pl.col("kind") != _NO_REPLY_EXPECTED).join(codes, on="customer_id")
    bounces = sources.bounces.join(codes, on="customer_id")
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
        owed=_owed(sources, as_of),
        is_invoice=(rows["invoice_type"] == "invoice").to_numpy(),
        in_parts=(rows["instalment"] > 0).to_numpy(),
        has_order=rows["document_id"].is_in(sources.orders["invoice_id"].implode()).to_numpy(),
        row=row,
        day=_days_of(settled["post_date"]),
        settled=_cents(settled["amount"]),
        received=_cents(settled["received_amount"]),
        first_row=np.searchsorted(row, np.arange(rows.height)),
        runs=_events(runs, "payment_date", "returned_date", pl.lit(value=True)),
        promises=_events(arrangements.filter(kind="promise"), "made_date", "pay_date", pl.col("is_kept")),
        disputes=_events(arrangements.filter(kind="dispute"), "made_date", "pay_date", pl.col("is_kept")),
        contacts=_events(contacts, "contact_date", "contact_date", pl.col("direction") == "in"),
        bounces=_events(bounces, "bounce_date", "bounce_date", pl.lit(value=False)),
    )


def _owed(sources: BookSources, as_of: date) -> dict[int, Ints]:
    owed = {number(as_of): _cents(sources.documents["owed_amount"])}
    if sources.documents_before is not None:
        day, before = sources.documents_before
        keys = ["document_id", "instalment"]
        amounts = sources.documents.select(keys).join(
            before.select(*keys, "owed_amount"), on=keys, how="left", maintain_order="left"
        )
        owed[number(day)] = _cents(amounts["owed_amount"].fill_null(0))
    return owed


def _events(frame: pl.DataFrame, start: str, end: str, is_good: pl.Expr) -> DatedEvents:
    is_good_event = frame.with_columns(is_good.alias("is_good"))["is_good"].to_numpy()
    return DatedEvents(_ints(frame["code"]), _days_of(frame[start]), _days_of(frame[end]), is_good_event)


def _ints(column: pl.Series) -> Ints:
    return column.cast(pl.Int64).to_numpy().astype(np.int64)


def _days_of(column: pl.Series) -> Ints:
    return _ints(column.to_physical().cast(pl.Int64).fill_null(FAR))


def _cents(column: pl.Series) -> Ints:
    return _ints((column * 100).cast(pl.Int64))
