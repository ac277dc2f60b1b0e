"""One customer in words: who it is, how it pays and since when, and what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.money import total
from reports.codes import label, segment
from reports.formats import NO_BREAK_SPACE, day, day_words, days, money, month, number
from reports.translation import _, _n, _p, marked, marked_p

_CHANNELS = {
    "e-mail": marked_p("channel", "e-mail"),
    "email": marked_p("channel", "e-mail"),
    "letter": marked_p("channel", "letter"),
    "post": marked_p("channel", "letter"),
    "phone": marked_p("channel", "phone"),
}
_CONTACTS = {
    "pre_due_reminder": marked_p("contact", "Reminder before the due date"),
    "friendly_reminder": marked_p("contact", "Friendly reminder"),
    "formal_reminder": marked_p("contact", "Formal reminder"),
    "final_demand": marked_p("contact", "Final demand"),
    "notice_14_days": marked_p("contact", "14-day notice"),
    "call": marked_p("contact", "Call"),
    "reply": marked_p("contact", "Reply"),
    "question": marked_p("contact", "Question"),
}
_LATEST = 8


def summary(customer: Mapping[str, Any], currency: str) -> str:
    """Return the grey line under a customer's name; text from data is not made plain here."""
    parts = [_("Customer {number}", number=customer["customer_id"]), segment(customer["segment"])]
    if customer["payment_terms_days"] is not None:
        parts.append(_("term {days}", days=days(customer["payment_terms_days"])))
    parts.append(
        _(
            "open {open}, of which {overdue} overdue",
            open=money(customer["open_amount"], currency),
            overdue=money(customer["overdue_amount"], currency),
        )
    )
    return " · ".join(parts)


def breach(customer: Mapping[str, Any], currency: str) -> str | None:
    """Say by how much a customer is over its credit limit; None where it is not, or has none."""
    limit = customer["credit_limit"]
    over = customer["open_amount"] - limit if limit is not None else Decimal(0)
    if over <= 0:
        return None
    return _(
        "Over the credit limit: {open} open, the limit is {limit}, {over} too much.",
        open=money(customer["open_amount"], currency),
        limit=money(limit, currency, 0),
        over=money(over, currency),
    )


def not_converted(amount: Decimal, currency: str) -> str:
    """Say what of a customer is left out of its figures for want of a rate."""
    return _(
        "{amount} of this customer is not in the figures: there is no exchange rate on the document date.",
        amount=money(amount, currency),
    )


def facts(customer: Mapping[str, Any], currency: str) -> list[tuple[str, str]]:
    """Return what is known of a customer as words and values."""
    limit = customer["credit_limit"]
    rows = [
        (_("Payment term"), days(customer["payment_terms_days"])),
        (_("Credit limit"), _p("word", "none") if limit is None else money(limit, currency, 0)),
        (_("Billed, 365 days"), money(customer["billings_365"], currency, 0)),
        (_("Days to pay, by amount"), number(customer["days_to_pay"], 1)),
        (_("Days late, by amount"), number(customer["days_late"], 1)),
        (_("Last payment"), day(customer["last_payment_date"])),
        (_p("fact", "Disputed"), money(customer["disputed_amount"], currency, 0)),
        (_p("fact", "Kind"), label("kind", customer["customer_type"] or "business")),
        (_("Account manager"), customer["account_manager"] or ""),
        (_p("fact", "E-mail"), customer["email"] or ""),
    ]
    return [(word, value) for word, value in rows if value]


def behaviour_found(step: date | None, before: float | None, since: float | None) -> str:
    """Say how a customer pays and since when; `before` and `since` are median days late."""
    if before is None and since is None:
        return _("No payments in the last two years")
    if step is None or before is None or since is None:
        return level(before if since is None else since)
    when = month(step, long=True)
    apart = days(abs(since - before))
    if since > before:
        return _("Pays {days} later since {month}", days=apart, month=when)
    return _("Pays {days} sooner since {month}", days=apart, month=when)


def level(late: float | None) -> str:
    """Say how late somebody usually pays."""
    if late is None:
        return _("No payments in the last two years")
    if round(late) == 0:
        return _("Usually pays on the due date")
    if late > 0:
        return _("Usually pays {days} late", days=days(late))
    return _("Usually pays {days} early", days=days(-late))


def behaviour_method(payments: int, days_to_pay: float | None) -> str:
    """Say what the dots are."""
    return _n(
        "Days late per payment, {count} payment",
        "Days late per payment, the latest {count}; line: the median",
        payments,
    ) + (
        ""
        if days_to_pay is None
        else " · " + _("{days} from invoice to payment, by amount", days=days(days_to_pay))
    )


def latest(timeline: pl.DataFrame, currency: str, most: int = _LATEST) -> list[tuple[str, str, str]]:
    """Return the latest events, oldest of them first: day, what, amount; text from data is not made plain."""
    rows = timeline.head(most).reverse().iter_rows(named=True)
    return [
        (
            day_words(row["event_date"]).replace(" ", NO_BREAK_SPACE),
            event(row["event"], row["document_id"], row["detail"]),
            "" if row["amount"] is None else money(row["amount"], currency),
        )
        for row in rows
    ]


def event(code: str, document: str | None, detail: str | None) -> str:
    """Say what happened: `Invoice F-260918`, `Formal reminder, by e-mail · F-260918`."""
    if code == "contact":
        return " · ".join(part for part in (contact_said(detail or ""), document) if part)
    words = f"{label('event', code)} {document or ''}".strip()
    if not detail or code in {"invoice", "due"}:
        return words
    if code.startswith("promise"):
        return f"{words} · {_promised(detail)}"
    return f"{words} · {detail}"


def contact_said(detail: str) -> str:
    """Say what a contact was, from `direction/channel/kind`; an unknown word comes back readable."""
    direction, _slash, rest = detail.partition("/")
    channel, _slash, kind = rest.partition("/")
    what = (
        _p("contact", _CONTACTS[kind])
        if kind in _CONTACTS
        else kind.replace("_", " ").capitalize() or _p("contact", "Contact")
    )
    by = _p("channel", _CHANNELS[channel]) if channel in _CHANNELS else channel
    if direction == "in":
        return _("{what} from the customer, by {channel}", what=what, channel=by)
    return _("{what}, by {channel}", what=what, channel=by)


def _promised(detail: str) -> str:
    try:
        return _("for {day}", day=day(date.fromisoformat(detail)))
    except ValueError:
        return detail


def of_table(timeline: pl.DataFrame, table: str) -> pl.DataFrame:
    """Return the events a table of the page holds: all of them, promises, or contacts."""
    if table == "promises":
        return timeline.filter(pl.col("event").str.starts_with("promise"))
    return timeline.filter(event="contact") if table == "contacts" else timeline


def facts_frame(facts: Sequence[tuple[str, str]]) -> pl.DataFrame:
    """Return the facts as rows to take away."""
    return pl.DataFrame(facts, schema={"fact": pl.String, "value": pl.String}, orient="row")


def worded(timeline: pl.DataFrame) -> pl.DataFrame:
    """Return the timeline with one column `detail` that says what happened, for a table."""
    said = [
        event(row["event"], None, row["detail"]) if row["event"] == "contact" else _detail(row)
        for row in timeline.iter_rows(named=True)
    ]
    return timeline.with_columns(pl.Series("detail", said, dtype=pl.String))


def _detail(row: Mapping[str, Any]) -> str:
    detail = row["detail"] or ""
    return _promised(detail) if detail and row["event"].startswith("promise") else detail


@dataclass(frozen=True)
class Amount:
    """A leading figure of a customer.

    Attributes:
        key: fixed word.
        label: what it is.
        value: as it is read.
        method: how it is worked out.
        rows: the table of the page that holds its rows.
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


def customers_found(customers: pl.DataFrame, search: str, currency: str) -> str:
    """Say how many customers there are, or a search found, and what they owe too late."""
    count = _n("{count} customer", "{count} customers", customers.height)
    late = money(total(customers["overdue_amount"]), currency, 0)
    if search:
        return _("{customers} with “{search}”, {late} overdue", customers=count, search=search, late=late)
    return _("{customers}, {late} overdue", customers=count, late=late)


def customers_footer(customers: pl.DataFrame, currency: str) -> str:
    """Say what the customers owe together."""
    return _(
        "together {open} open, of which {overdue} overdue",
        open=money(total(customers["open_amount"]), currency),
        overdue=money(total(customers["overdue_amount"]), currency),
    )


_TABLES = {
    "open": (
        marked_p("title", "Open documents"),
        marked("Open on the day, largest first; instalments apart."),
        marked("Nothing is open."),
    ),
    "timeline": (
        marked_p("title", "Timeline"),
        marked("Everything that happened, newest first."),
        marked("Nothing happened up to this day."),
    ),
    "ledger": (
        marked_p("title", "Debtor ledger"),
        marked("Every booking with the balance after it, newest first."),
        marked("Nothing was booked up to this day."),
    ),
    "promises": (
        marked_p("title", "Promises"),
        marked("Promises to pay and what came of them, newest first."),
        marked("No promise is recorded."),
    ),
    "contacts": (
        marked_p("title", "Contacts"),
        marked("Reminders, calls and replies, newest first."),
        marked("No contact is recorded."),
    ),
    "disputes": (
        marked_p("title", "Disputes"),
        marked("Open ones first."),
        marked("No dispute is recorded."),
    ),
}


def table_names() -> dict[str, str]:
    """Return the tables of a customer: code and name, the first opens by itself."""
    return {code: _p("title", words[0]) for code, words in _TABLES.items()}


def table_method(code: str) -> str:
    """Say what a table holds and in which order."""
    return _(_TABLES[code][1])


def table_empty(code: str) -> str:
    """Say that a table holds nothing."""
    return _(_TABLES[code][2])
