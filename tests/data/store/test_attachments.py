"""PDFs of invoices: kept with the invoice they belong to, from inside and beside e-invoices."""

import hashlib
import zipfile
from base64 import b64encode
from functools import cache
from pathlib import Path

import pytest
import typst

from data.importers.formats import invoice_pdf
from data.store import sync
from data.store.load import load
from data.store.load_report import LoadReport
from queries import open_books
from reports.answers.data_quality import imports
from reports.answers.data_quality.unpacking import unpack
from tests.data.importers.formats.ubl_texts import BUYER, SELLER, reference, ubl

# Stores of their own.
pytestmark = pytest.mark.slow

OURS = b"key,value\ncompany_vat_id,NL123456789B01\n"


@cache
def pdf(text: str) -> bytes:
    return bytes(typst.compile(f'#text("{text}")'.encode(), format="pdf"))


def embedded(content: bytes, name: str = "factuur.pdf") -> str:
    return (
        "<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="{name}">'
        f"{b64encode(content).decode()}</cbc:EmbeddedDocumentBinaryObject>"
        "</cac:Attachment></cac:AdditionalDocumentReference>"
    )


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in {"settings.csv": OURS, **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def attached(store: Path) -> list[tuple[str, str, str, int]]:
    """Return number of the invoice, name, hash and bytes of all PDFs that are kept."""
    with open_books(store) as books:
        rows = books.ask("attachments").select("invoice_id", "file_name", "sha256", "size").rows()
    return sorted(rows)


def row(number: str, name: str, content: bytes) -> tuple[str, str, str, int]:
    return number, name, hashlib.sha256(content).hexdigest(), len(content)


def left(report: LoadReport) -> dict[str, str]:
    return {path.name: str(why) for path, why in report.passed_over}


def test_a_pdf_called_as_its_invoice_or_naming_its_number_is_kept_and_another_passed_over(tmp_path):
    stem, text, other = pdf("Zie bijlage"), pdf("Factuur 2026-0002"), pdf("Algemene voorwaarden")
    files = {
        "a.xml": ubl("2026-0001"), "A.pdf": stem, "b.xml": ubl("2026-0002"), "scan.pdf": text,
        "voorwaarden.pdf": other,
    }  # fmt: skip
    report = load(tmp_path / "store", [write(tmp_path / "in", files)])
    assert attached(tmp_path / "store") == [
        row("2026-0001", "A.pdf", stem), row("2026-0002", "scan.pdf", text),
    ]  # fmt: skip
    assert left(report) == {"voorwaarden.pdf": "a PDF that belongs to no invoice here"}
    taken = {file.file_name: (file.kind, file.rows_read, file.accepted) for file in report.files}
    assert taken["scan.pdf"] == ("attachments", 1, 1)
    assert (tmp_path / "store" / "raw" / hashlib.sha256(text).hexdigest()).read_bytes() == text


def test_a_pdf_inside_an_invoice_is_kept_under_the_number_the_document_got(tmp_path):
    inside = pdf("Creditnota")
    credit = ubl("1", root="CreditNote", code="381", due="", more=reference("1") + embedded(inside))
    load(tmp_path / "store", [write(tmp_path / "in", {"a.xml": ubl("1"), "b.xml": credit})])
    assert attached(tmp_path / "store") == [row("1-C", "factuur.pdf", inside)]


def test_the_same_files_again_change_nothing_and_a_store_made_anew_has_them_too(tmp_path):
    files = {"a.xml": ubl("2026-0001", more=embedded(pdf("x"))), "a.pdf": pdf("y")}
    folder, store = write(tmp_path / "in", files), tmp_path / "store"
    load(store, [folder])
    assert load(store, [folder]).snapshot is None
    load(tmp_path / "anew", [store / "raw"])
    assert attached(tmp_path / "anew") == attached(store)
    assert len(attached(store)) == 2


def test_a_pdf_that_comes_later_finds_the_invoice_it_came_without(tmp_path):
    load(tmp_path / "store", [write(tmp_path / "in", {"a.xml": ubl("2026-0001")})])
    load(tmp_path / "store", [write(tmp_path / "in", {"a.pdf": pdf("y")})])
    assert attached(tmp_path / "store") == [row("2026-0001", "a.pdf", pdf("y"))]


def test_folders_of_a_zip_file_do_not_share_their_pdfs(tmp_path):
    files = {"een/a.xml": ubl("2026-0001"), "twee/a.pdf": pdf("2026-0001"), "twee/b.xml": ubl("2026-0002")}
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for name, content in {"settings.csv": OURS, **files}.items():
            archive.writestr(name, content)
    report = load(tmp_path / "store", [tmp_path / "in.zip"])
    assert attached(tmp_path / "store") == []
    assert left(report) == {"a.pdf": "a PDF that belongs to no invoice here"}


def test_a_source_and_an_upload_keep_the_pdfs_of_their_invoices_too(tmp_path):
    write(tmp_path / "in", {"a.xml": ubl("2026-0001"), "a.pdf": pdf("y"), "b.pdf": pdf("z")})
    store = tmp_path / "store"
    store.mkdir()
    (store / "sources.toml").write_text(f'[[source]]\nname = "E"\npath = "{tmp_path / "in"}"\n')
    (result,) = sync.load_all(store)
    assert attached(store) == [row("2026-0001", "a.pdf", pdf("y"))]
    assert list(left(result.reports[0])) == ["b.pdf"]
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for name in ("settings.csv", "a.xml", "a.pdf"):
            archive.write(tmp_path / "in" / name, name)
    held = unpack("in.zip", (tmp_path / "in.zip").read_bytes())
    uploads = [file.upload for file in held.files]
    imports.publish(tmp_path / "other", uploads, None, pdfs=held.pdfs)
    assert attached(tmp_path / "other") == attached(store)


def test_a_pdf_beside_a_bill_belongs_to_no_invoice(tmp_path):
    files = {"a.xml": ubl("9", seller=BUYER, buyer=SELLER, more=embedded(pdf("x"))), "a.pdf": pdf("y")}
    report = load(tmp_path / "store", [write(tmp_path / "in", files)])
    assert attached(tmp_path / "store") == []
    assert list(left(report)) == ["a.pdf"]


def test_a_pdf_that_names_six_invoices_is_the_document_of_none(tmp_path):
    numbers = [f"2026-000{place}" for place in range(1, 7)]
    files = {f"{number}.xml": ubl(number) for number in numbers}
    six, five = pdf(" ".join(numbers)), pdf(" ".join(numbers[:5]))
    report = load(tmp_path / "store", [write(tmp_path / "in", {**files, "6.pdf": six, "5.pdf": five})])
    assert left(report) == {"6.pdf": "a PDF that names more than 5 invoices, and is the document of none"}
    assert [number for number, *_rest in attached(tmp_path / "store")] == numbers[:5]


def test_the_text_of_each_pdf_is_taken_once(tmp_path, monkeypatch):
    taken: list[int] = []
    page_texts = invoice_pdf._page_texts
    monkeypatch.setattr(invoice_pdf, "_page_texts", lambda pdf: taken.append(len(pdf)) or page_texts(pdf))
    files = {f"{place}.xml": ubl(f"2026-00{place}") for place in range(10, 40)}
    load(
        tmp_path / "store", [write(tmp_path / "in", {**files, "x.pdf": pdf("2026-0012"), "y.pdf": pdf("-")})]
    )
    assert len(taken) == 2


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing", b"no pdf at all"])
def test_a_damaged_pdf_beside_an_invoice_refuses_nothing(tmp_path, content):
    report = load(tmp_path / "store", [write(tmp_path / "in", {"a.xml": ubl("1"), "b.pdf": content})])
    assert list(left(report)) == ["b.pdf"]
    assert attached(tmp_path / "store") == []
