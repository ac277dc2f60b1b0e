"""PDFs of invoices: whether one names a number, and those inside electronic invoices."""

import time
from base64 import b64encode
from functools import cache
from random import Random

import pytest
import typst

from data.importers.formats.invoice_pdf import attached_pdfs, belongs_to
from tests.data.importers.formats.ubl_texts import ubl

# A tree of pages whose only branch is itself.
CIRCLE = b"%PDF-1.7\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]/Type/Pages>>endobj\n"
CIRCLE += b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"


@cache
def pdf(text: str) -> bytes:
    """Return a PDF with a text; `\\` begins a new page."""
    pages = "#pagebreak()".join(f'#text("{page}")' for page in text.split("\\"))
    return bytes(typst.compile(pages.encode(), format="pdf"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Factuurnummer: 2026-001", "2026-001"),
        ("Factuur 2026-001.", "2026-001"),
        ("Nr.2026-001 van 2 maart 2026", "2026-001"),
        ("FACTUUR inv/2020/11/0001", "INV/2020/11/0001"),
        ("Kenmerk 018304 / 28865", "018304 / 28865"),
        ("Kenmerk 018304/28865", "018304 / 28865"),
        ("Voorblad\\Factuur 2026-001", "2026-001"),
    ],
)
def test_a_pdf_that_names_the_number_is_of_that_invoice(text: str, number: str) -> None:
    assert belongs_to(pdf(text), number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Factuurnummer: 2026-0010", "2026-001"),
        ("Factuurnummer: A2026-001", "2026-001"),
        ("Utrecht, 12-11-2026", "12"),
        ("Totaal 12.50", "12"),
        ("Factuur 2026-002", "2026-001"),
        ("Factuur", ""),
        ("Factuur", "  "),
        (" ", "1"),
    ],
)
def test_a_pdf_that_names_another_number_is_not(text: str, number: str) -> None:
    assert not belongs_to(pdf(text), number)


def test_only_the_first_pages_are_looked_at() -> None:
    assert belongs_to(pdf("x\\" * 9 + "Factuur 2026-001"), "2026-001")
    assert not belongs_to(pdf("x\\" * 10 + "Factuur 2026-001"), "2026-001")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"2026-001",
        b"%PDF-1.7\n2026-001",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\n" + b"<<" * 100_000 + b"2026-001",
        CIRCLE,
        b"%PDF" + b" " * 20_000_001,
        b"<html>2026-001</html>",
    ],
    ids=["empty", "text", "no body", "nesting", "dictionaries", "circle", "too large", "html"],
)
def test_a_hostile_file_names_nothing(content: bytes) -> None:
    assert not belongs_to(content, "2026-001")


def test_a_damaged_file_raises_nothing_and_takes_no_time() -> None:
    good, random = pdf("Factuur 2026-001"), Random(13)
    started = time.monotonic()
    for _attempt in range(60):
        damaged = bytearray(good)
        for _change in range(random.randint(1, 30)):
            damaged[random.randrange(len(damaged))] = random.randrange(256)
        assert belongs_to(bytes(damaged[: random.randint(1, len(damaged))]), "2026-001") in {True, False}
    assert time.monotonic() - started < 30


def attachment(content: str, name: str = "factuur.pdf") -> str:
    return (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="{name}">{content}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )


def test_a_pdf_inside_an_invoice_comes_out_whole() -> None:
    good = pdf("Factuur 2026-001")
    encoded = b64encode(good).decode()
    lines = "\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76))
    (attached,) = attached_pdfs(ubl(more=attachment(lines, "../../geheim/factuur.pdf")))
    assert (attached.number, attached.file_name, attached.content) == ("2026-001", "factuur.pdf", good)
    assert belongs_to(attached.content, attached.number)


@pytest.mark.parametrize("content", ["", "VGVzdGluZw==", "%PDF", "not base64!", "é"])
def test_an_attachment_that_is_no_pdf_is_passed_over(content: str) -> None:
    assert list(attached_pdfs(ubl(more=attachment(content)))) == []
