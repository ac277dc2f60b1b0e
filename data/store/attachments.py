"""The PDFs of a load: which belong to which of our invoices, and how they are kept.

A PDF is kept as any other file, under raw/ by its hash. What it belongs to stands in the preset beside it, so
that it belongs there in a store made anew too.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - not only in annotations of arguments
from pathlib import Path, PurePath

from data.errors import RefusedFileError
from data.importers import DataFile, collection_reasons
from data.importers.files import display_name, read_bytes
from data.importers.formats.attachment import READER
from data.importers.formats.extract import ExtractedFile
from data.importers.formats.invoice_pdf import MOST_BYTES, MOST_NAMED, Numbers, numbers_in
from data.importers.formats.registry import extracted
from data.message_templates import Message
from data.progress import Progress
from data.store.batch_writer import SourceFile
from data.store.e_invoices import EInvoice, Presets

# Texts of PDFs are taken as long as this; a folder of PDFs made to last takes no longer.
_MOST_SECONDS = 300.0
_MOST_OF_STEM = 20


@dataclass
class Attachments:
    """What is kept of the PDFs of a load.

    Attributes:
        files: each PDF with what it says, to be typed with others.
        passed_over: those that belong to no invoice, each with a word why.
    """

    files: list[tuple[SourceFile, ExtractedFile]]
    passed_over: list[tuple[Path, Message]]


def attachments(
    e_invoices: Sequence[EInvoice], beside: Sequence[DataFile], progress: Progress
) -> Attachments:
    """Return the PDFs inside and beside e-invoices, with the invoices they belong to.

    One beside them belongs to the e-invoice of its own name in its folder; else to the invoices of its folder
    that its text names, if these are no more than five.

    Args:
        e_invoices: those of the load.
        beside: the PDFs that were found with them.
        progress: told the name of the PDF beside them that is looked at, and the share done, 0-1.
    """
    presets = Presets(READER)
    kept = Attachments([], [])
    for each in e_invoices:
        ids = dict(each.invoices)
        for inside in each.pdfs:
            if inside.number in ids:
                source = SourceFile(inside.path, inside.file_name, None, each.file.source_date)
                kept.files.append(_kept(source, [ids[inside.number]], presets))
    folders = _folders(e_invoices)
    until = time.monotonic() + _MOST_SECONDS
    for place, pdf in enumerate(beside):
        progress(pdf.label, place / len(beside))
        folder = folders.get(pdf.folder)
        owners = folder.invoices_of(pdf, until) if folder else collection_reasons.PDF_OF_NONE()
        if isinstance(owners, Message):
            kept.passed_over.append((pdf.place or pdf.path.with_name(pdf.label), owners))
        else:
            source = SourceFile(pdf.path, pdf.label, None, folder.source_date if folder else None)
            kept.files.append(_kept(source, owners, presets))
    return kept


def _kept(source: SourceFile, invoices: Sequence[str], presets: Presets) -> tuple[SourceFile, ExtractedFile]:
    name = display_name(source.name or source.path.name)
    numbered = {f"invoice/{place}": number for place, number in enumerate(sorted(set(invoices)), 1)}
    preset = presets.of({"file_name": name, **numbered})
    content = read_bytes(source.path, name)
    return SourceFile(source.path, name, preset, source.source_date), extracted(content, name, preset)


class _Folder:
    """The e-invoices of a folder: by the name of their file, and by the number they bear."""

    def __init__(self) -> None:
        self.source_date: date | None = None
        self._by_stem: dict[str, list[str]] = {}
        self._by_number: dict[str, set[str]] = {}
        self._numbers: Numbers | None = None

    def add(self, e_invoice: EInvoice, name: str) -> None:
        """Add an e-invoice."""
        self.source_date = e_invoice.file.source_date
        for number, invoice_id in e_invoice.invoices:
            self._by_stem.setdefault(_stem(name), []).append(invoice_id)
            self._by_number.setdefault(number, set()).add(invoice_id)

    def invoices_of(self, pdf: DataFile, until: float) -> list[str] | Message:
        """Return the invoices a PDF belongs to, or a word why it belongs to none."""
        try:
            size = pdf.path.stat().st_size
        except OSError:
            return collection_reasons.PDF_OF_NONE()
        if size > MOST_BYTES:
            return collection_reasons.PDF_TOO_LARGE(most=MOST_BYTES // 10**6)
        of_stem = self._by_stem.get(_stem(pdf.label), [])
        if 0 < len(of_stem) <= _MOST_OF_STEM:
            return of_stem
        if time.monotonic() > until:
            return collection_reasons.PDFS_TAKE_TOO_LONG()
        if self._numbers is None:
            self._numbers = Numbers(self._by_number)
        try:
            named = numbers_in(read_bytes(pdf.path, pdf.label), self._numbers)
        except RefusedFileError:
            named = []
        if len(named) > MOST_NAMED:
            return collection_reasons.PDF_OF_MANY(most=MOST_NAMED)
        ids = sorted({invoice_id for number in named for invoice_id in self._by_number[number]})
        return ids or collection_reasons.PDF_OF_NONE()


def _folders(e_invoices: Sequence[EInvoice]) -> dict[Path, _Folder]:
    folders: dict[Path, _Folder] = {}
    for each in e_invoices:
        folders.setdefault(each.file.path.parent, _Folder()).add(each, each.file.name or each.file.path.name)
    return folders


def _stem(name: str) -> str:
    return PurePath(display_name(name)).stem.casefold()
