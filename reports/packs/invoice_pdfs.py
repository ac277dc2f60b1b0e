"""The PDFs of invoices as files: what each is called, and what goes into a ZIP of letters or a hand-over."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.store import raw_files
from queries import Books
from reports.packs.cell_text import file_name

FOLDER = "invoices"
# Of all PDFs in one ZIP, in bytes: it is made in memory.
_MOST_BYTES = 250_000_000


@dataclass(frozen=True)
class InvoicePdf:
    """A PDF that is kept for an invoice.

    Attributes:
        invoice_id: the invoice.
        name: a name for the file, made of the number of the invoice; no text of the PDF's own name.
        size: in bytes.
        raw: the folder raw/ of the store.
        sha256: hash of its bytes.
    """

    invoice_id: str
    name: str
    size: int
    raw: Path
    sha256: str

    def content(self) -> bytes | None:
        """Return its bytes; None if the file is gone, or is not the one that was kept."""
        return raw_files.pdf(self.raw, self.sha256)


def pdfs_of(books: Books, rows: pl.DataFrame, invoices: Collection[str]) -> list[InvoicePdf]:
    """Return the PDFs of invoices, each under a name of its own; one that was taken out of raw/ is left out.

    Args:
        books: whose store has the files.
        rows: of `attachments`.
        invoices: numbers of the invoices.
    """
    pdfs: list[InvoicePdf] = []
    names: set[str] = set()
    for invoice, digest, size in (
        rows.filter(pl.col("invoice_id").is_in(list(invoices))).select("invoice_id", "sha256", "size").rows()
    ):
        if not raw_files.has_pdf(books.snapshot.raw, digest):
            continue
        # Invoices whose numbers differ only in signs that a file name drops get files of their own.
        stem = file_name(invoice, owner="") or "pdf"
        name, count = f"{stem}.pdf", 1
        while name.casefold() in names:
            count += 1
            name = f"{stem}-{count}.pdf"
        names.add(name.casefold())
        pdfs.append(InvoicePdf(invoice, name, size, books.snapshot.raw, digest))
    return pdfs


def entries(pdfs: Collection[InvoicePdf]) -> Iterator[tuple[InvoicePdf, str, bytes]]:
    """Yield the PDFs that go into a ZIP, each with its path there and its bytes, up to 250 MB of them."""
    room = _MOST_BYTES
    for pdf in pdfs:
        content = pdf.content() if pdf.size <= room else None
        if content is not None and len(content) <= room:
            room -= len(content)
            yield pdf, f"{FOLDER}/{pdf.name}", content
