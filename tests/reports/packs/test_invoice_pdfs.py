"""The PDFs of invoices in the ZIP of letters and in the hand-over, and what cannot get in."""

import csv
import hashlib
import io
import zipfile

import pytest

from data.store import raw_files
from data.store.load import load
from queries import open_books
from reports.answers.worklist import reminders
from reports.packs import invoice_pdfs, letters
from reports.packs.invoice_pdfs import entries, pdfs_of
from tests.data.importers.formats.ubl_texts import ubl
from tests.worklist_ledger import DAY, SENDER

pytestmark = pytest.mark.usefixtures("english")

ONE, TWO = b"%PDF-1.7 of one", b"%PDF-1.7 of two"
SETTINGS = "key,value\ncompany_vat_id,NL123456789B01\n"


@pytest.fixture
def books(tmp_path):
    """Invoice `A/1` with one PDF and `A-1` with another, each called as its e-invoice."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "settings.csv").write_text(SETTINGS, encoding="utf-8")
    for stem, number, content in (("een", "A/1", ONE), ("twee", "A-1", TWO)):
        (folder / f"{stem}.xml").write_bytes(ubl(number))
        (folder / f"{stem}.pdf").write_bytes(content)
    load(tmp_path / "store", [folder])
    with open_books(tmp_path / "store") as opened:
        yield opened


def letter(*invoices: str) -> reminders.Reminder:
    return reminders.Reminder(
        customer_id="K-17", customer_name="Klant", email="a@example.org", entity="", sender=SENDER,
        as_of=DAY, written_on=DAY, language="nl", step="call", subject="S", body="B", invoices=invoices,
        totals="", links=(),
    )  # fmt: skip


def test_the_letters_carry_the_pdfs_of_the_invoices_they_name_and_no_others(books):
    pdfs = pdfs_of(books, books.ask("attachments"), ["A/1", "A-1"])
    # Both numbers give the same letters for a file name.
    assert [(pdf.invoice_id, pdf.name, pdf.size) for pdf in pdfs] == [
        ("A-1", "A-1.pdf", 15), ("A/1", "A-1-2.pdf", 15),
    ]  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(letters.batch_bytes([letter("A/1")], pdfs))) as archive:
        assert archive.namelist() == ["kasstroom-0001-K-17-call.eml", "invoices/A-1-2.pdf", "mail-merge.csv"]
        assert archive.read("invoices/A-1-2.pdf") == ONE
        (row,) = csv.DictReader(io.StringIO(archive.read("mail-merge.csv").decode("utf-8-sig")))
    assert row["attachments"] == "invoices/A-1-2.pdf"


def test_a_pdf_that_is_gone_or_was_changed_is_left_out(books):
    one, two = pdfs_of(books, books.ask("attachments"), ["A/1", "A-1"])
    (one.raw / one.sha256).unlink()
    assert [pdf.invoice_id for pdf in pdfs_of(books, books.ask("attachments"), ["A/1", "A-1"])] == ["A/1"]
    (two.raw / two.sha256).write_bytes(b"%PDF-1.7 of three")
    assert list(entries([one, two])) == []


def test_more_than_fits_a_zip_is_left_out(books, monkeypatch):
    monkeypatch.setattr(invoice_pdfs, "_MOST_BYTES", 29)
    pdfs = pdfs_of(books, books.ask("attachments"), ["A/1", "A-1"])
    assert [(pdf.invoice_id, path) for pdf, path, _content in entries(pdfs)] == [("A-1", "invoices/A-1.pdf")]


@pytest.mark.parametrize("digest", ["../settings.csv", "0" * 64, ""])
def test_a_hash_that_is_none_of_a_pdf_leads_to_no_file(books, digest):
    assert raw_files.pdf(books.snapshot.raw, digest) is None


def test_a_hash_of_another_file_in_raw_gives_nothing(books):
    digest = hashlib.sha256(SETTINGS.encode()).hexdigest()
    assert (books.snapshot.raw / digest).exists()
    assert raw_files.pdf(books.snapshot.raw, digest) is None
    assert raw_files.pdf(books.snapshot.raw, hashlib.sha256(ONE).hexdigest()) == ONE


def test_the_query_gives_the_pdfs_of_one_invoice_or_customer(books):
    size = len(TWO)
    assert books.ask("attachments", invoice="A-1").rows() == [
        ("A-1", "twee.pdf", hashlib.sha256(TWO).hexdigest(), size)
    ]
    assert books.ask("attachments", customer="K-17").height == 2
    assert books.ask("attachments", customer="K-18").is_empty()
