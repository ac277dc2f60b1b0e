"""The tables of the hand-over file: the claim on the ticked invoices, what it rests on, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from queries import Books
from reports.answers.claims import text as claims_text
from reports.answers.customer import text as customer_text
from reports.formats import in_sentence
from reports.translation import _, _p

_CLAIM = (
    "invoice_id", "invoice_date", "due_date", "days_overdue", "amount", "open_amount", "written_off_amount",
    "set_off_amount", "set_off_with", "principal", "interest", "collection_costs", "total",
)  # fmt: skip
_TERMS = (
    "invoice_id", "rate_kind", "rate_percent", "interest_from", "notice_date", "notice_received_date",
    "costs_from", "limitation_date", "is_time_barred", "is_disputed", "disputed_amount", "entity",
)  # fmt: skip
_PERIODS = ("invoice_id", *claims_text.PERIODS)
_PAYMENTS = ("invoice_id", *claims_text.PAYMENTS)
_SET_OFFS = ("invoice_id", "credit", "credit_id", "set_off_date", "amount")
_BOOKINGS = ("document_id", "post_date", "kind", "payment_id", "due_date", "amount")
_EVENTS = ("event_date", "document_id", "event", "detail", "amount")
_CONTACTS = ("contact_date", "invoice_id", "detail", "person", "outcome")
_DISPUTES = ("invoice_id", "opened_date", "closed_date", "is_open", "reason", "amount", "days_open")


@dataclass(frozen=True)
class Table:
    """One table of the file.

    Attributes:
        name: of its CSV file, without ending, in the language spoken.
        heading: above the table.
        method: one sentence about its rows.
        rows: in the order to print.
        on_paper: columns that a page has room for; the CSV has all.
        sums: columns with a total below the rows.
    """

    name: str
    heading: str
    method: str
    rows: pl.DataFrame
    on_paper: tuple[str, ...]
    sums: tuple[str, ...] = ()


def tables(books: Books, values: Mapping[str, Any], claims: pl.DataFrame) -> tuple[Table, ...]:
    """Return the tables about the ticked invoices and no others.

    Args:
        books: open for questions.
        values: parameters of the queries, with the customer.
        claims: the ticked rows of `claims`.
    """
    is_ticked = pl.col("invoice_id").is_in(claims["invoice_id"].to_list())
    of_document = pl.col("document_id").is_in(claims["invoice_id"].to_list())
    events = customer_text.with_details(books.ask("timeline", **values).reverse())
    return (
        Table(
            _p("file", "claim"), _("Claim per invoice"),
            _("What can be claimed on {day}, largest first.", day=in_sentence(values["as_of"])),
            claims.select(_CLAIM), (*_CLAIM[:4], *_CLAIM[9:]),
            ("principal", "interest", "collection_costs", "total"),
        ),
        Table(
            _p("file", "grounds"), _("What it rests on"),
            _("Interest, 14-day notice, limitation and dispute per invoice."), claims.select(_TERMS),
            (*_TERMS[:4], "notice_date", "costs_from", "limitation_date"),
        ),
        Table(
            _p("file", "interest"), _("Interest by period"),
            _("Per invoice, rate and base; both days count."),
            books.ask("claim_periods", **values).filter(is_ticked).select(_PERIODS), _PERIODS, ("interest",),
        ),
        Table(
            _p("file", "payments-applied"), _("Payments by 6:44"), claims_text.payments_method(),
            books.ask("claim_payments", **values).filter(is_ticked).select(_PAYMENTS), _PAYMENTS,
        ),
        Table(
            _p("file", "set-off"), _("Credit set off"),
            _("Credit notes, overpayments and money on account that lowered the claim (art. 6:127 BW)."),
            books.ask("set_offs", **values).filter(is_ticked).select(_SET_OFFS), _SET_OFFS, ("amount",),
        ),
        Table(
            _p("file", "bookings"), _("Invoices and payments"),
            _("Everything booked on these invoices, by day; payments are negative."),
            books.ask("customer_ledger", **values).filter(of_document).select(_BOOKINGS),
            _BOOKINGS,
        ),
        Table(
            _p("file", "contacts"), _p("title", "Contacts"),
            _("Reminders, calls, notices and replies about these invoices, oldest first."),
            _contacts(books, values, claims), _CONTACTS,
        ),
        Table(
            _p("file", "promises"), _p("title", "Promises"),
            _("Promises to pay and what came of them, oldest first."),
            customer_text.table_events(events, "promises").filter(of_document).select(_EVENTS), _EVENTS,
        ),
        Table(
            _p("file", "disputes"), _p("title", "Disputes"), _("Open ones first."),
            books.ask("disputes", **values).filter(is_ticked).select(_DISPUTES), _DISPUTES[:-1],
        ),
    )  # fmt: skip


def contacts_about(contacts: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Return the contacts about ticked invoices, and those about no invoice since the first was issued.

    Args:
        contacts: of the query `contacts`, of the customer.
        claims: the ticked rows of `claims`.
    """
    first = claims["invoice_date"].min()
    is_general = pl.col("invoice_id").is_null() & (pl.col("contact_date") >= first)
    return contacts.filter(is_general | pl.col("invoice_id").is_in(claims["invoice_id"].to_list()))


def _contacts(books: Books, values: Mapping[str, Any], claims: pl.DataFrame) -> pl.DataFrame:
    """Return the contacts in words; what was noted for ourselves stays with us."""
    asked = {name: values[name] for name in ("as_of", "known_on", "customer")}
    rows = contacts_about(books.ask("contacts", **asked), claims)
    details = [_contact_in_words(row) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("detail", details, dtype=pl.String)).select(_CONTACTS)


def _contact_in_words(row: Mapping[str, Any]) -> str:
    detail = "/".join((row["direction"], row["channel"] or "", row["kind"] or ""))
    if row["kind"] == "notice_14_days" and row["direction"] == "out":
        detail = f"{detail}/{row['received_date']}"
    return customer_text.contact_event(detail)
