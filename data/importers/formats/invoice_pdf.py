"""PDFs of invoices: those attached to an electronic invoice, and whether one is of a certain invoice."""

import binascii
import logging
import re
import time
import unicodedata
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from pypdf import Configuration, PdfReader, apply_configuration

from data.importers.files import display_name
from data.importers.formats.ubl_document import documents, first_text, nodes
from data.importers.formats.xml import Element, parse

_PDF = b"%PDF"
# An invoice names its number on its first pages; a hostile file is left before it costs seconds.
MOST_BYTES, _MOST_PAGES, _MOST_SECONDS = 20_000_000, 10, 3.0
_MOST_TEXT = 1_000_000
MOST_NAMED = 5
_SHORTEST, _LONGEST = 4, 60
_STREAM_BYTES = 10_000_000
_LIMITS = Configuration(
    maximum_declared_stream_length=MOST_BYTES,
    array_based_stream_maximum_output_length=_STREAM_BYTES,
    lzw_maximum_output_length=_STREAM_BYTES,
    run_length_maximum_output_length=_STREAM_BYTES,
    zlib_maximum_output_length=_STREAM_BYTES,
    brotli_maximum_output_length=_STREAM_BYTES,
    stream_decoding_work_maximum_length=2 * _STREAM_BYTES,
    stream_parsing_work_maximum_count=300_000,
    xform_maximum_invocations_per_extraction=200,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_page_entries=50_000,
    jbig2dec_binary=None,
    disable_legacy_handling=True,
)
# It would otherwise write what it thinks of a damaged file to the screen of whoever loads it.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


class _TooLongError(Exception):
    """A file took more time, or gave more text, than an invoice would."""


@dataclass(frozen=True)
class AttachedPdf:
    """A PDF inside an electronic invoice.

    Attributes:
        number: of the invoice that it is attached to.
        file_name: as the invoice calls it, printable and without folders.
        content: its bytes.
    """

    number: str
    file_name: str
    content: bytes


class Numbers:
    """Numbers of invoices, to be looked for in texts; shorter ones than four signs stand in any text."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._by_signs: dict[str, str] = {}
        for number in numbers:
            signs = "".join(_plain(number).split())
            if _SHORTEST <= len(signs) <= _LONGEST and any(sign.isdigit() for sign in signs):
                self._by_signs.setdefault(signs, number)
        self._lengths = sorted(set(map(len, self._by_signs)))

    def in_text(self, signs: str) -> Iterator[str]:
        """Yield the numbers that stand in a text without white space, each once."""
        seen: set[str] = set()
        for length in self._lengths:
            for start in range(len(signs) - length + 1):
                part = signs[start : start + length]
                if part in self._by_signs and part not in seen:
                    seen.add(part)
                    yield self._by_signs[part]


def belongs_to(pdf: bytes, invoice_number: str) -> bool:
    """Return whether the text of a PDF names an invoice by its number, as a word of its own.

    White space within the number counts for nothing, as PDFs often place letters one by one. A picture
    without text, an encrypted or damaged file, and one that is larger than an invoice would be, name nothing.
    No content makes it fail.

    Args:
        pdf: the bytes of the file; no more than 20 MB and 10 pages are looked at.
        invoice_number: as the invoice states it.
    """
    wanted = _pattern(invoice_number)
    if wanted is None or len(pdf) > MOST_BYTES or not pdf[:1024].lstrip().startswith(_PDF):
        return False
    try:
        with apply_configuration(_LIMITS):
            return any(wanted.search(_plain(text)) for text in _page_texts(pdf))
    except Exception:  # noqa: BLE001 - whatever a hostile file makes the library raise: it names nothing
        return False


def numbers_in(pdf: bytes, numbers: Numbers) -> list[str]:
    """Return those of many numbers that the text of a PDF names, each as `belongs_to` tells.

    The text is taken once, and looked through once per length of a number, however many there are. It stops
    at the sixth: a list of invoices is the document of none of them.
    """
    if len(pdf) > MOST_BYTES or not pdf[:1024].lstrip().startswith(_PDF):
        return []
    try:
        with apply_configuration(_LIMITS):
            pages = list(map(_plain, _page_texts(pdf)))
    except Exception:  # noqa: BLE001 - whatever a hostile file makes the library raise: it names nothing
        return []
    named: dict[str, None] = {}
    for page in pages:
        for number in numbers.in_text("".join(page.split())):
            wanted = _pattern(number)
            if wanted is not None and wanted.search(page):
                named[number] = None
            if len(named) > MOST_NAMED:
                return list(named)
    return list(named)


def attached_pdfs(content: bytes, name: str = "e-invoice") -> Iterator[AttachedPdf]:
    """Yield the PDFs inside the documents of an electronic invoice, in their order.

    Raises:
        RefusedFileError: the file is no XML that is safe to read.
    """
    yield from attached_to(parse(content, name))


def attached_to(root: Element) -> Iterator[AttachedPdf]:
    """Yield the PDFs inside the documents under a root, in their order."""
    path = "cac:AdditionalDocumentReference/cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
    for _line, document in documents(root):
        for element in nodes(document, path):
            try:
                pdf = b64decode("".join((element.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                continue
            if pdf.startswith(_PDF):
                file_name = display_name(element.get("filename", ""))
                yield AttachedPdf(first_text(document, "cbc:ID"), file_name, pdf)


def _page_texts(pdf: bytes) -> Iterator[str]:
    """Yield the text of the first pages."""
    deadline, length = time.monotonic() + _MOST_SECONDS, 0

    def look_at_the_clock(*_operation: object) -> None:
        if time.monotonic() > deadline:
            raise _TooLongError

    for page in PdfReader(BytesIO(pdf)).pages[:_MOST_PAGES]:
        text = page.extract_text(visitor_operand_before=look_at_the_clock)
        length += len(text)
        if length > _MOST_TEXT:
            raise _TooLongError
        yield text


def _plain(text: str) -> str:
    """Return a text with ligatures and widths resolved, in small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def _pattern(number: str) -> re.Pattern[str] | None:
    """Return what finds a number as a word of its own: 12 is not in 12-11-2026, nor in 12.50 or A12."""
    signs = "".join(_plain(number).split())
    if not signs:
        return None
    spaced = r"\s*".join(map(re.escape, signs))
    return re.compile(rf"(?<!\w)(?<![0-9][.,/-]){spaced}(?!\w)(?![.,/-][0-9])")
