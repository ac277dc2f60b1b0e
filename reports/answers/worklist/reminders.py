"""Reminders in the customer's language: open items and ways to pay, in the tone of the step."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

import polars as pl

from reports.answers.settings.sender import Sender, sender_of
from reports.answers.shared.forms import text
from reports.answers.worklist import reminder_text as words
from reports.answers.worklist import reminder_tone
from reports.answers.worklist.reminder_text import Credits
from reports.answers.worklist.reminder_tone import NoticeEnds
from reports.answers.worklist.worklist import Worklist, contact_items, split_letter
from reports.formats import day, money
from reports.translation import Language, _, current, use


@dataclass(frozen=True)
class Reminder:
    """One reminder, ready to be copied; no text from data holds line breaks or control characters.

    Attributes:
        customer_id, customer_name, email: of the customer; text from data.
        entity: the administration that writes; empty where there is none.
        sender: its name and address.
        as_of: day of the figures.
        written_on: date of the letter.
        language: of the text.
        step: code of the step.
        subject, body: the text.
        invoices: numbers of its invoices.
        totals: amount to pay per currency, formatted; without `fee`.
        links: the payment link of each invoice; empty without a template.
        fee: fixed costs that the letter names, formatted; empty without any.
    """

    customer_id: str
    customer_name: str
    email: str
    entity: str
    sender: Sender
    as_of: date
    written_on: date
    language: Language
    step: str
    subject: str
    body: str
    invoices: tuple[str, ...]
    totals: str
    links: tuple[str, ...]
    fee: str = ""


def notice_ends_of(rows: pl.DataFrame) -> NoticeEnds:
    """Return the last days of a notice in the rows of `notice_ends`."""
    days = {row["channel"]: row["notice_end"] for row in rows.iter_rows(named=True)}
    return NoticeEnds(days["e-mail"], days["letter"])


def reminder(
    line: Mapping[str, Any],
    items: pl.DataFrame,
    sender: Sender,
    as_of: date,
    *,
    written_on: date | None = None,
    ends: NoticeEnds | None = None,
    set_off_credit: Credits | None = None,
) -> Reminder:
    """Write the reminder of a line.

    Args:
        line: of `Worklist.lines`; its `step` sets the tone, its `fee_amount` is named besides the total.
        items: its invoices, of `worklist.contact_items`.
        sender: the company that writes.
        as_of: day of the figures, which the letter names.
        written_on: date of the letter; None: that day too.
        ends: last days of a 14-day notice sent on the date of the letter; None leaves them out of it.
        set_off_credit: of `reminder_text.credits_of`; None names credit by its numbers alone.
    """
    letter = split_letter(line["step"], items.sort("due_date", "invoice_id"))
    return letter_about(
        line,
        letter.filter("is_in_letter").to_dicts(),
        letter.filter(~pl.col("is_in_letter")).to_dicts(),
        sender,
        as_of,
        written_on=written_on,
        ends=ends,
        set_off_credit=set_off_credit,
    )


def letter_about(
    line: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    others: Sequence[Mapping[str, Any]],
    sender: Sender,
    as_of: date,
    *,
    written_on: date | None = None,
    ends: NoticeEnds | None = None,
    set_off_credit: Credits | None = None,
) -> Reminder:
    """Write a letter about invoices, as `reminder` does, which chooses them.

    Args:
        line: customer, language, step and costs of the letter, as in `Worklist.lines`.
        rows: the invoices it asks for, of `worklist_items`.
        others: late invoices it names besides them.
        sender: the company that writes.
        as_of: day of the figures, which the letter names.
        written_on: date of the letter; None: that day too.
        ends: last days of a 14-day notice sent on the date of the letter.
        set_off_credit: of `reminder_text.credits_of`.
    """
    with _speaking(_language(line["language"] or sender.language)):
        written_on, set_off_credit = written_on or as_of, set_off_credit or {}
        subject, opening, closing = reminder_tone.tone(line["step"], rows, sender, written_on, ends)
        links = tuple(payment_link(sender.link, row) for row in rows) if sender.link else ()
        parts = [
            _("Date: {day}", day=day(written_on)),
            _("Dear {name},", name=text(line["customer_name"])),
            opening,
            words.as_it_stands(as_of) + "\n" + words.invoice_lines(rows, as_of, written_on, set_off_credit),
            words.total_lines(rows),
            words.fee_lines(rows, line["fee_amount"]),
            words.other_invoices(others, as_of, written_on, set_off_credit),
            *words.how_to_pay(line, rows, sender, links),
            closing,
            words.signature(sender),
        ]
        return Reminder(
            customer_id=line["customer_id"],
            customer_name=text(line["customer_name"]),
            email=text(line["email"]),
            entity=line["entity"],
            sender=sender,
            as_of=as_of,
            written_on=written_on,
            language=current(),
            step=line["step"],
            subject=subject,
            body="\n\n".join(part for part in parts if part) + "\n",
            invoices=tuple(dict.fromkeys(text(row["invoice_id"]) for row in rows)),
            totals=", ".join(money(amount, name) for name, amount in words.totals(rows).items()),
            links=links,
            fee="" if line["fee_amount"] is None else money(line["fee_amount"], rows[0]["currency"]),
        )


def reminders(
    day_list: Worklist,
    lines: pl.DataFrame,
    settings: pl.DataFrame,
    *,
    written_on: date | None = None,
    ends: NoticeEnds | None = None,
    set_off_credit: Credits | None = None,
) -> list[Reminder]:
    """Write the reminders of lines of a worklist, each by the administration of its line.

    Args:
        day_list: the worklist.
        lines: those of its lines to write to.
        settings: rows of `settings`.
        written_on: date of the letters; None: the day of the worklist.
        ends: last days of a 14-day notice sent on the date of the letters.
        set_off_credit: of `reminder_text.credits_of`.
    """
    senders = {entity: sender_of(settings, entity) for entity in lines["entity"].unique()}
    return [
        reminder(
            line,
            contact_items(day_list.items, line["customer_id"], line["entity"]),
            senders[line["entity"]],
            day_list.as_of,
            written_on=written_on,
            ends=ends,
            set_off_credit=set_off_credit,
        )
        for line in lines.iter_rows(named=True)
    ]


def payment_link(template: str, row: Mapping[str, Any]) -> str:
    """Fill the fields of a link, quoted so that no value can end or change the address."""
    values = {
        "invoice": row["invoice_id"],
        "amount": f"{row['document_asked_amount']:.2f}",
        "currency": row["currency"],
        "customer": row["customer_id"],
    }
    return re.sub(r"\{(\w+)\}", lambda field: quote(str(values.get(field[1], "")), safe=""), template)


@contextmanager
def _speaking(language: Language) -> Iterator[None]:
    before = current()
    use(language)
    try:
        yield
    finally:
        use(before)


def _language(of_customer: str | None) -> Language:
    code = (of_customer or "nl").strip().lower()
    return "nl" if code.startswith(("nl", "dut", "ned")) else "en"
