"""The text of a reminder in the customer's language: what is open, how to pay it, in the tone of the step."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import polars as pl

from reports.answers.shared.forms import text
from reports.answers.worklist import reminder_text as words
from reports.answers.worklist.reminder_text import Company
from reports.answers.worklist.worklist import Worklist, covered, parted
from reports.formats import day, money
from reports.translation import Language, _, current, use


@dataclass(frozen=True)
class Reminder:
    """One reminder, ready to be copied; every text is on its lines only, without control characters.

    Attributes:
        customer_id, customer_name, email: to whom; data.
        language: it is written in.
        step: code of the step.
        subject, body: the text.
        invoices: numbers of the invoices in it.
        totals: what is asked for per currency, as written.
        links: the payment link of each invoice; empty without a template.
    """

    customer_id: str
    customer_name: str
    email: str
    language: Language
    step: str
    subject: str
    body: str
    invoices: tuple[str, ...]
    totals: str
    links: tuple[str, ...]


def company(settings: pl.DataFrame) -> Company:
    """Return who writes; the rows are of `settings`."""
    chosen = dict(settings.iter_rows())
    names = ("company_name", "company_email", "company_phone", "company_iban", "payment_link")
    return Company(*(text(chosen.get(name)) for name in names))


def reminder(line: Mapping[str, Any], items: pl.DataFrame, sender: Company, as_of: date) -> Reminder:
    """Write the reminder of a line.

    Args:
        line: of `Worklist.lines`; its `step` sets the tone.
        items: the invoices it is about, of `covered`.
        sender: who writes.
        as_of: the day it is dated.
    """
    told = parted(line["step"], items.sort("due_date", "invoice_id"))
    rows, others = told.filter("is_told").to_dicts(), told.filter(~pl.col("is_told")).to_dicts()
    with _speaking(_language(line["language"])):
        subject, opening, closing = words.tone(line["step"], rows, sender)
        links = tuple(payment_link(sender.link, row) for row in rows) if sender.link else ()
        parts = [
            _("Date: {day}", day=day(as_of)),
            _("Dear {name},", name=text(line["customer_name"])),
            opening,
            words.listed(rows, as_of),
            words.together(rows),
            words.besides(others, as_of),
            *words.how_to_pay(line, rows, sender, links),
            closing,
            words.signed(sender),
        ]
        return Reminder(
            customer_id=line["customer_id"],
            customer_name=text(line["customer_name"]),
            email=text(line["email"]),
            language=current(),
            step=line["step"],
            subject=subject,
            body="\n\n".join(part for part in parts if part) + "\n",
            invoices=tuple(dict.fromkeys(text(row["invoice_id"]) for row in rows)),
            totals=", ".join(money(amount, name) for name, amount in words.totals(rows).items()),
            links=links,
        )


def all_of(listed: Worklist, lines: pl.DataFrame, sender: Company) -> list[Reminder]:
    """Write the reminders of some lines."""
    return [
        reminder(line, covered(listed.items, line["customer_id"]), sender, listed.as_of)
        for line in lines.iter_rows(named=True)
    ]


def payment_link(template: str, row: Mapping[str, Any]) -> str:
    """Fill a link's places with what belongs there, written so that none can end or change the address."""
    values = {
        "invoice": row["invoice_id"],
        "amount": f"{row['document_asked_amount']:.2f}",
        "currency": row["currency"],
        "customer": row["customer_id"],
    }
    return re.sub(r"\{(\w+)\}", lambda found: quote(str(values.get(found[1], "")), safe=""), template)


@contextmanager
def _speaking(language: Language) -> Iterator[None]:
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def _language(of_customer: str | None) -> Language:
    said = (of_customer or "nl").strip().lower()
    return "nl" if said.startswith(("nl", "dut", "ned")) else "en"
