"""Reminders as files: one as a mail draft, many as a ZIP with a table for a mail merge. Nothing is sent."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from types import MappingProxyType

import polars as pl

from reports.answers.settings import outgoing
from reports.answers.worklist.reminders import Reminder
from reports.packs.cell_text import file_name
from reports.packs.invoice_pdfs import InvoicePdf, entries
from reports.packs.plain_text import csv_text

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_EARLIEST = date(1980, 1, 1)  # of a file in a ZIP


def eml_bytes(reminder: Reminder) -> bytes:
    """Return a reminder as an `.eml` draft that a mail program opens to be sent from there.

    A text that is no address is left out, never guessed; a line break in a name cannot add a header.

    Raises:
        OutgoingRefusedError: without a sender, or from figures that are too old.
    """
    outgoing.require(reminder.sender, reminder.as_of, reminder.written_on)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _one_line(reminder.subject)
    if (address := _address(reminder.customer_name, reminder.email)) is not None:
        message["To"] = address
    sender = reminder.sender
    if (address := _address(sender.name, sender.email)) is not None:
        message["From"] = address
    message["X-Unsent"] = "1"  # opens as a draft
    message.set_content(reminder.body, cte="base64")
    message["Content-Language"] = reminder.language  # set_content() removes headers about the content
    return message.as_bytes()


def batch_bytes(reminders: Sequence[Reminder], pdfs: Sequence[InvoicePdf] = ()) -> bytes:
    """Return a ZIP: a mail draft per letter, the PDFs of their invoices, and `mail-merge.csv` of all letters.

    Raises:
        OutgoingRefusedError: one of the letters has no sender, or is made from figures that are too old.
    """
    written_on = max((reminder.written_on for reminder in reminders), default=_EARLIEST)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        names: list[str] = []
        for number, reminder in enumerate(reminders, start=1):
            # Customers whose numbers differ only in signs that a file name drops get files of their own.
            names.append(file_name(f"{number:04d}", reminder.customer_id, reminder.step, ending="eml"))
            archive.writestr(_entry(names[-1], written_on), eml_bytes(reminder))
        invoices = {invoice for reminder in reminders for invoice in reminder.invoices}
        paths: dict[str, list[str]] = {}
        for pdf, path, content in entries([pdf for pdf in pdfs if pdf.invoice_id in invoices]):
            archive.writestr(_entry(path, written_on), content)
            paths.setdefault(pdf.invoice_id, []).append(path)
        archive.writestr(
            _entry("mail-merge.csv", written_on), merge_csv(reminders, names, paths).encode("utf-8-sig")
        )
    return file.getvalue()


def merge_csv(
    reminders: Sequence[Reminder],
    names: Sequence[str],
    pdfs: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """Return the table of a mail merge; a text that a spreadsheet would run gets a leading `'`.

    Args:
        reminders: the letters.
        names: of their files.
        pdfs: number of an invoice -> its PDFs beside them.
    """
    rows = [
        {
            "customer_id": reminder.customer_id,
            "customer_name": reminder.customer_name,
            "email": reminder.email,
            "entity": reminder.entity,
            "sender": reminder.sender.name,
            "iban": reminder.sender.iban,
            "language": reminder.language,
            "step": reminder.step,
            "subject": reminder.subject,
            "total": reminder.totals,
            "fee_amount": reminder.fee,
            "invoices": " ".join(reminder.invoices),
            "payment_links": " ".join(reminder.links),
            "body": reminder.body,
            "file": name,
            "attachments": " ".join(path for invoice in reminder.invoices for path in pdfs.get(invoice, ())),
        }
        for reminder, name in zip(reminders, names, strict=True)
    ]
    columns = (
        "customer_id", "customer_name", "email", "entity", "sender", "iban", "language", "step", "subject",
        "total", "fee_amount", "invoices", "payment_links", "body", "file",
        "attachments",
    )  # fmt: skip
    return csv_text(pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String())))


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    """Return an entry that bears the day of the letters, so that the same letters are the same bytes."""
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _address(name: str, address: str) -> Address | None:
    if not _ADDRESS.fullmatch(address):
        return None
    return Address(display_name=_one_line(name), addr_spec=address)


def _one_line(words: str) -> str:
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", words).strip()
