"""Hand-over files as tests read them: their parts, the files in the ZIP, and the pages of the PDF."""

import io
import zipfile
from collections.abc import Iterable
from datetime import date

import pdfplumber
import polars as pl

from reports.answers.claims.hand_over import HandOver, gather
from reports.answers.worklist import sent_letters
from reports.packs import handover_bytes, pdf_bytes

DAY = date(2026, 3, 31)
SENDER = [
    ("company_name", "Wij BV"), ("company_street", "Kade 1"), ("company_postcode", "3511 AB"),
    ("company_city", "Utrecht"), ("company_kvk", "12345678"), ("company_iban", "NL91ABNA0417164300"),
    ("company_phone", "030-1"),
]  # fmt: skip


def content(
    books, customer: str = "C1", invoices: Iterable[str] | None = None, day: date = DAY, **more
) -> HandOver:
    """Return the file about all overdue invoices unless some are ticked."""
    values = {"as_of": day, "known_on": None, "entity": None, "customer": customer}
    claims = books.ask("claims", **values)
    ticked = claims["invoice_id"].to_list() if invoices is None else list(invoices)
    letters = sent_letters.sent_letters(books, claims.filter(pl.col("invoice_id").is_in(ticked)), values)
    return gather(
        books, customer, day, invoices=ticked, letters=letters, display_currency="EUR",
        **{"written_on": day, **more},
    )  # fmt: skip


def packed(books, customer: str = "C1", invoices: Iterable[str] | None = None) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(handover_bytes(content(books, customer, invoices)))) as files:
        names = [name for name in files.namelist() if not name.endswith(".pdf")]
        return {name: files.read(name).decode("utf-8-sig") for name in names}


def paper(found: HandOver) -> list[str]:
    """Return the text of each page of the PDF, without the signs at which a long number may break."""
    with pdfplumber.open(io.BytesIO(pdf_bytes(found))) as pdf:
        return [
            (page.extract_text() or "").replace("\u200b", "").replace("\u00a0", " ") for page in pdf.pages
        ]
