"""Words about one customer: master data, payment behaviour, events."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.codes import label, segment
from reports.formats import day, days, money, number
from reports.translation import _, _n, _p, mark, mark_p

_NOTICE = re.compile(r"(?P<kind>notice_14_days)/(?P<received>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_CHANNELS = {
    "e-mail": mark_p("channel", "e-mail"),
    "email": mark_p("channel", "e-mail"),
    "letter": mark_p("channel", "letter"),
    "post": mark_p("channel", "letter"),
    "phone": mark_p("channel", "phone"),
}
_CONTACTS = {
    "pre_due_reminder": mark_p("contact", "Reminder before the due date"),
    "friendly_reminder": mark_p("contact", "Friendly reminder"),
    "formal_reminder": mark_p("contact", "Formal reminder"),
    "final_demand": mark_p("contact", "Final demand"),
    "notice_14_days": mark_p("contact", "14-day notice"),
    "call": mark_p("contact", "Call"),
    "reply": mark_p("contact", "Reply"),
    "question": mark_p("contact", "Question"),
}
_LATEST = 8
_LONGEST_NOTE = 80
# What an event takes off the account of a customer; the timeline states it as a positive number.
_TAKES = ("payment", "credit", "discount", "write_off", "listed", "exchange", "recovered")


def summary(customer: Mapping[str, Any], currency: str) -> str:
    """Return the grey line under a customer's name; text from data is not escaped."""
    parts = [_("Customer {number}", number=customer["customer_id"]), segment(customer["segment"])]
    if customer["payment_terms_days"] is not None:
        parts.append(_("term {days}", days=days(customer["payment_terms_days"])))
    is_open, overdue = customer["open_amount"], customer["overdue_amount"]
    owed, late = customer["owed_amount"], customer["owed_overdue_amount"]
    if (owed, late) == (is_open, overdue):
        parts.append(
            _(
                "open {open}, of which {overdue} overdue",
                open=money(is_open, currency),
                overdue=money(overdue, currency),
            )
        )
    else:
        parts.append(_("in the books {open} open", open=money(is_open, currency)))
        parts.append(
            _(
                "owed after set-off {owed}, of which {overdue} overdue",
                owed=money(owed, currency),
                overdue=money(late, currency),
            )
        )
    return " · ".join(parts)


def limit_badge(customer: Mapping[str, Any], currency: str) -> str:
    """Return the credit limit of a customer that has one, in two words."""
    return _("limit {limit}", limit=money(customer["credit_limit"], currency, 0))


def breach(customer: Mapping[str, Any], currency: str) -> str | None:
    """Return by how much a customer exceeds its credit limit; None if it does not, or has no limit."""
    limit = customer["credit_limit"]
    over = customer["owed_amount"] - limit if limit is not None else Decimal(0)
    if over <= 0:
        return None
    return _(
        "Over the credit limit: {owed} owed, the limit is {limit}, {over} too much.",
        owed=money(customer["owed_amount"], currency),
        limit=money(limit, currency, 0),
        over=money(over, currency),
    )


def without_rate(amount: Decimal, currency: str) -> str:
    """Return the amount of a customer that its figures leave out because there is no rate."""
    return _(
        "{amount} of this customer is not in the figures: there is no exchange rate on the document date.",
        amount=money(amount, currency),
    )


def documents_without_rate(currency: str) -> Finding:
    """Return the words of the open documents in a currency without a rate."""
    return Finding(
        _("Open documents in {currency}", currency=currency),
        _("In their own currency, not in the figures of this page."),
    )


def facts(customer: Mapping[str, Any], currency: str) -> list[tuple[str, str]]:
    """Return the master data of a customer as words and values."""
    limit = customer["credit_limit"]
    rows = [
        (_("Payment term"), days(customer["payment_terms_days"])),
        (_("Credit limit"), _p("word", "none") if limit is None else money(limit, currency, 0)),
        (_("Billed, 365 days"), money(customer["billings_365"], currency, 0)),
        (_("Days to pay, by amount"), number(customer["days_to_pay"], 1)),
        (_("Days late, by amount"), number(customer["days_late"], 1)),
        (_("Last payment"), day(customer["last_payment_date"])),
        (_("Payments that came back, 365 days"), str(customer["bounces_365"] or "")),
        (_p("fact", "Disputed"), money(customer["disputed_amount"], currency, 0)),
        (_p("fact", "Kind"), label("kind", customer["customer_type"] or "business")),
        (_("Account manager"), customer["account_manager"] or ""),
        (_p("fact", "E-mail"), customer["email"] or ""),
    ]
    return [(word, value) for word, value in rows if value]


def latest_events(timeline: pl.DataFrame, most: int = _LATEST) -> pl.DataFrame:
    """Return the latest events, oldest of them first; text from data is not escaped.

    Args:
        timeline: rows of `timeline`.
        most: number of events.

    Returns:
        `event_date`, `event_said` in words, and `amount`: what it adds to the account, so that a payment is
        negative; null for an event that books nothing.
    """
    rows = timeline.head(most).reverse()
    words = [event(row["event"], row["document_id"], row["detail"]) for row in rows.iter_rows(named=True)]
    booked = pl.col("amount")
    return rows.select(
        "event_date",
        event_said=pl.Series(words, dtype=pl.String),
        amount=pl.when(event="invoice").then(booked).when(pl.col("event").is_in(_TAKES)).then(-booked),
    )


def events_of(invoice: str) -> Finding:
    """Return the heading over the events of one invoice; its number is from data."""
    return Finding(_("What happened with {invoice}", invoice=invoice))


def event(code: str, document: str | None, detail: str | None) -> str:
    """Return an event in words: `Invoice F-260918`, `Formal reminder, by e-mail · F-260918`."""
    if code == "contact":
        return " · ".join(part for part in (contact_event(detail or ""), document) if part)
    words = f"{label('event', code)} {document or ''}".strip()
    if not detail or code in {"invoice", "due"}:
        return words
    if code.startswith("promise"):
        return f"{words} · {_promised_day(detail)}"
    return f"{words} · {detail}"


def contact_line(row: Mapping[str, Any]) -> str:
    """Return a contact or note of the timeline on one line; text from data is not escaped."""
    note = " ".join((row["note"] or "").split())
    parts = (
        day(row["event_date"]),
        event(row["event"], None, row["detail"]),
        label("outcome", row["outcome"]) if row["outcome"] else "",
        note if len(note) <= _LONGEST_NOTE else f"{note[:_LONGEST_NOTE].rstrip()}…",
    )
    return " · ".join(part for part in parts if part)


def contact_event(detail: str) -> str:
    """Return a contact in words, from `direction/channel/kind`; an unknown word is kept, made readable.

    A 14-day notice also has the day it counts as received: `out/letter/notice_14_days/2026-02-03`.
    """
    direction, _slash, rest = detail.partition("/")
    channel, _slash, kind = rest.partition("/")
    notice = _NOTICE.fullmatch(kind)
    kind = kind if notice is None else notice["kind"]
    what = (
        _p("contact", _CONTACTS[kind])
        if kind in _CONTACTS
        else kind.replace("_", " ").capitalize() or _p("contact", "Contact")
    )
    by = _p("channel", _CHANNELS[channel]) if channel in _CHANNELS else channel
    if direction == "in":
        return _("{what} from the customer, by {channel}", what=what, channel=by)
    if notice is not None:
        received_on = day(date.fromisoformat(notice["received"]))
        return _("{what}, by {channel}, received {day}", what=what, channel=by, day=received_on)
    return _("{what}, by {channel}", what=what, channel=by)


def _promised_day(detail: str) -> str:
    try:
        return _("for {day}", day=day(date.fromisoformat(detail)))
    except ValueError:
        return detail


def table_events(timeline: pl.DataFrame, table: str) -> pl.DataFrame:
    """Return the events of a table of the page: all of them, promises, or contacts."""
    if table == "promises":
        return timeline.filter(pl.col("event").str.starts_with("promise"))
    return timeline.filter(event="contact") if table == "contacts" else timeline


def facts_frame(facts: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Return the facts as rows to take away."""
    return pl.DataFrame(facts, schema={"fact": pl.String, "value": pl.String}, orient="row")


def with_details(timeline: pl.DataFrame) -> pl.DataFrame:
    """Return the timeline with its column `detail` in words."""
    details = [
        event(row["event"], None, row["detail"]) if row["event"] == "contact" else _detail(row)
        for row in timeline.iter_rows(named=True)
    ]
    return timeline.with_columns(pl.Series("detail", details, dtype=pl.String))


def _detail(row: Mapping[str, Any]) -> str:
    detail = row["detail"] or ""
    return _promised_day(detail) if detail and row["event"].startswith("promise") else detail


@dataclass(frozen=True)
class Amount:
    """A leading figure of a customer.

    Attributes:
        key: fixed word.
        label: heading of the tile.
        value: formatted.
        method: how it is worked out.
        rows: code of the table of the page that holds its rows.
    """

    key: str
    label: str
    value: str
    method: str
    rows: str


def amounts(customer: Mapping[str, Any], currency: str) -> list[Amount]:
    """Return the leading figures."""
    return [
        Amount(
            "open",
            _p("tile", "Open"),
            money(customer["open_amount"], currency),
            _("Open documents, incl. VAT, without money on account."),
            "open",
        ),
        Amount(
            "late",
            _p("tile", "Overdue"),
            money(customer["overdue_amount"], currency),
            _("Open amounts past their due date; the due day itself is not overdue."),
            "open",
        ),
        Amount(
            "account",
            _("On account"),
            money(customer["unapplied"], currency),
            _("Money received that is not on a document yet; negative, for it is not owed."),
            "ledger",
        ),
        Amount(
            "documents",
            _p("tile", "Documents"),
            number(customer["open_invoices"]),
            _("Documents with an open amount; one in instalments counts once."),
            "open",
        ),
    ]


def customers(rows: pl.DataFrame, search: str, currency: str) -> Finding:
    """Return how many customers there are, or match a search, and their overdue amount."""
    count = _n("{count} customer", "{count} customers", rows.height)
    late = money(total(rows["overdue_amount"]), currency, 0)
    title = _("{customers}, {late} overdue", customers=count, late=late)
    if search:
        title = _("{customers} with “{search}”, {late} overdue", customers=count, search=search, late=late)
    return Finding(title, _("Largest overdue first. Pick a row to open it."))


def customers_export(rows: pl.DataFrame, search: str, currency: str) -> Finding:
    """Return title and method of the exported customers."""
    method = _("Open and overdue amounts per customer on the day.")
    return Finding(customers(rows, search, currency).title, method)


def customers_footer(customers: pl.DataFrame, currency: str) -> str:
    """Return the total of the customers."""
    return _(
        "together {open} open, of which {overdue} overdue",
        open=money(total(customers["open_amount"]), currency),
        overdue=money(total(customers["overdue_amount"]), currency),
    )


_TABLES = {
    "open": (
        mark_p("title", "Open documents"),
        mark("Open on the day, largest first; instalments apart."),
        mark("Nothing is open."),
    ),
    "timeline": (
        mark_p("title", "Timeline"),
        mark("Everything that happened, newest first."),
        mark("Nothing happened up to this day."),
    ),
    "ledger": (
        mark_p("title", "Debtor ledger"),
        mark("Every booking with the balance after it, newest first."),
        mark("Nothing was booked up to this day."),
    ),
    "statement": (
        mark_p("title", "Statement of account"),
        mark("Opening balance, every booking of the period with the balance after it, closing balance."),
        mark("Nothing was booked up to this day."),
    ),
    "promises": (
        mark_p("title", "Promises"),
        mark("Promises to pay and what came of them, newest first."),
        mark("No promise is recorded."),
    ),
    "contacts": (
        mark_p("title", "Contacts"),
        mark("Reminders, calls and replies, newest first."),
        mark("No contact is recorded."),
    ),
    "set_offs": (
        mark_p("title", "Set off"),
        mark("What is set off against open invoices on the day; nothing of it is posted in the books."),
        mark("Nothing is set off."),
    ),
    "disputes": (
        mark_p("title", "Disputes"),
        mark("Open ones first."),
        mark("No dispute is recorded."),
    ),
}


def table_names() -> dict[str, str]:
    """Return code and name of the tables of a customer; the first opens by itself."""
    return {code: _p("title", words[0]) for code, words in _TABLES.items()}


def table(code: str) -> Finding:
    """Return the words of a table of a customer: its name, its rows and their order."""
    name, method, _empty = _TABLES[code]
    return Finding(_p("title", name), _(method))


def empty_table(code: str) -> str:
    """Return the sentence in place of a table without rows."""
    return _(_TABLES[code][2])
