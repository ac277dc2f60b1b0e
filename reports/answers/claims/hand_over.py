"""The hand-over file for a collection agency: the claim on one customer with its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from queries import Books
from reports.answers.claims import text as claims_text
from reports.answers.customer import text as customer_text
from reports.codes import label
from reports.formats import day, in_sentence
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
_BOOKINGS = ("document_id", "post_date", "kind", "payment_id", "due_date", "amount")
_EVENTS = ("event_date", "document_id", "event", "detail", "amount")
_CONTACTS = ("event_date", "document_id", "detail")
_DISPUTES = ("invoice_id", "opened_date", "closed_date", "is_open", "reason", "amount", "days_open")


@dataclass(frozen=True)
class Table:
    """One table of the file.

    Attributes:
        name: of its CSV file, without ending.
        heading: above the table.
        method: one sentence about its rows.
        rows: in the order to print.
    """

    name: str
    heading: str
    method: str
    rows: pl.DataFrame


@dataclass(frozen=True)
class HandOver:
    """The content of the hand-over file.

    Attributes:
        title: with the customer's name in it; text from data is not escaped.
        finding: the claim in one sentence.
        currency: of the amounts.
        facts: word and value; values from data are not escaped.
        notices: warnings for the agency, above the figures.
        tables: in the order to print.
        methods: how the claim is worked out, and that it is no legal advice.
    """

    title: str
    finding: str
    currency: str
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    tables: tuple[Table, ...]
    methods: tuple[str, ...]


def gather(
    books: Books,
    customer: str,
    as_of: date,
    *,
    known_on: datetime | None = None,
    currency: str | None = None,
    entity: str | None = None,
    display_currency: str,
) -> HandOver:
    """Return the hand-over file of a customer as its parts.

    Args:
        books: open for questions.
        customer: number of the debtor.
        as_of: last day of interest and of all other rows.
        known_on: only what was recorded by then; None: everything known now.
        currency: only documents in this currency; None: all, in the reporting currency.
        entity: only this administration; None: all.
        display_currency: what the amounts are in.
    """
    values: dict[str, Any] = {
        "as_of": as_of, "known_on": known_on, "currency": currency, "entity": entity, "customer": customer,
    }  # fmt: skip
    row = books.ask("customer", **values).row(0, named=True)
    claims = books.ask("claims", **values)
    events = books.ask("timeline", **values).reverse()
    claim = claims_text.claim(claims, display_currency, as_of)
    rates_notice = claims_text.rates_notice(as_of)
    return HandOver(
        _("Hand-over for collection: {customer}", customer=row["customer_name"]),
        claim.title,
        display_currency,
        _facts(row, claims, as_of, entity),
        (*([rates_notice] if rates_notice else []), *claims_text.notices(claims, as_of)),
        _tables(books, values, claims, events),
        (
            claim.method, claims_text.rate(claims), claims_text.principal_note(),
            claims_text.costs_with_vat(claims, display_currency), claims_text.limits(),
        ),
    )  # fmt: skip


def _facts(
    row: Mapping[str, Any], claims: pl.DataFrame, as_of: date, entity: str | None
) -> tuple[tuple[str, str], ...]:
    notice_dates = claims["notice_date"].drop_nulls().unique().sort().to_list()
    disputed = claims.filter("is_disputed").height
    facts = (
        (_("Customer number"), row["customer_id"]),
        (_p("fact", "Kind"), label("kind", row["customer_type"] or "business")),
        (_p("fact", "Country"), row["country"] or ""),
        (_p("fact", "E-mail"), row["email"] or ""),
        (_p("fact", "Entity"), entity or ""),
        (_("As of"), day(as_of)),
        (_("14-day notice"), ", ".join(day(notice) for notice in notice_dates) or _p("word", "none")),
        (_p("fact", "Dispute"), _("yes, see the disputes") if disputed else _("none open")),
    )
    return tuple((word, value) for word, value in facts if value)


def _tables(
    books: Books, values: Mapping[str, Any], claims: pl.DataFrame, events: pl.DataFrame
) -> tuple[Table, ...]:
    claimed_invoices = claims["invoice_id"].to_list()
    bookings = books.ask("customer_ledger", **values).filter(pl.col("document_id").is_in(claimed_invoices))
    detailed = customer_text.with_details(events)
    contacts, promises = (customer_text.table_events(detailed, name) for name in ("contacts", "promises"))
    as_of = in_sentence(values["as_of"])
    return (
        Table(
            "claim", _("Claim per invoice"), _("What can be claimed on {day}, largest first.", day=as_of),
            claims.select(_CLAIM),
        ),
        Table(
            "terms", _("What it rests on"), _("Interest, 14-day notice, limitation and dispute per invoice."),
            claims.select(_TERMS),
        ),
        Table(
            "interest", _("Interest by period"), _("Per invoice, rate and base; both days count."),
            books.ask("claim_periods", **values).select(_PERIODS),
        ),
        Table(
            "applied", _("Payments by 6:44"), claims_text.payments_method(),
            books.ask("claim_payments", **values).select(_PAYMENTS),
        ),
        Table(
            "bookings", _("Invoices and payments"),
            _("Everything booked on these invoices, by day; payments are negative."),
            bookings.select(_BOOKINGS),
        ),
        Table(
            "contacts", _p("title", "Contacts"), _("Reminders, calls, notices and replies, oldest first."),
            contacts.select(_CONTACTS),
        ),
        Table(
            "promises", _p("title", "Promises"), _("Promises to pay and what came of them, oldest first."),
            promises.select(_EVENTS),
        ),
        Table(
            "disputes", _p("title", "Disputes"), _("Open ones first."),
            books.ask("disputes", **values).select(_DISPUTES),
        ),
    )  # fmt: skip
