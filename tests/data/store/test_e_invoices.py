"""Electronic invoices of a load: which side of them we are, and a number of its own for every document."""

from decimal import Decimal
from pathlib import Path

import pytest

from data.errors import RefusedFileError
from data.store.load import load
from data.store.load_report import LoadReport
from queries import open_books
from tests.data.importers.formats.ubl_texts import BUYER, SELLER, reference, ubl

pytestmark = pytest.mark.slow

OURS = "key,value\ncompany_vat_id,NL123456789B01\n"


def load_files(home: Path, files: dict[str, bytes], settings: str = OURS) -> LoadReport:
    """Load files beside one with settings into the store of a folder."""
    folder = home / "files"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    if settings:
        (folder / "settings.csv").write_text(settings, encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return load(home / "store", [folder])


def open_amounts(home: Path, store: str = "store") -> dict[str, Decimal]:
    with open_books(home / store) as books:
        return dict(books.ask("open_items").select("invoice_id", "open_amount").iter_rows())


def test_a_document_we_sell_is_an_invoice_and_one_we_buy_a_bill(tmp_path):
    bought = ubl("9", seller=BUYER, buyer=SELLER)
    load_files(tmp_path, {"1.xml": ubl("1"), "9.xml": bought})
    assert open_amounts(tmp_path) == {"1": Decimal("121.00")}
    with open_books(tmp_path / "store") as books:
        assert books.ask("bill_terms").height == 1


def test_without_a_word_who_we_are_nothing_goes_in(tmp_path):
    with pytest.raises(RefusedFileError, match=r"1\.xml"):
        load_files(tmp_path, {"1.xml": ubl("1")}, settings="")
    assert not (tmp_path / "store" / "CURRENT").exists()


def test_an_invoice_and_the_credit_note_of_its_number_are_two_documents(tmp_path):
    credit = ubl("1", root="CreditNote", code="381", due="", more=reference("1"))
    load_files(tmp_path, {"a.xml": ubl("1"), "b.xml": credit})
    assert open_amounts(tmp_path) == {"1": Decimal("121.00"), "1-C": Decimal("-121.00")}


def test_a_credit_note_that_comes_later_gets_the_number_it_would_have_got_at_once(tmp_path):
    credit = ubl("1", root="CreditNote", code="381", due="", more=reference("1"))
    load_files(tmp_path, {"a.xml": ubl("1")})
    load_files(tmp_path, {"b.xml": credit}, settings="")
    assert open_amounts(tmp_path) == {"1": Decimal("121.00"), "1-C": Decimal("-121.00")}
    again = load_files(tmp_path, {"a.xml": ubl("1"), "b.xml": credit}, settings="")
    assert again.snapshot is None
    assert [file.already_loaded for file in again.files] == [True, True]


def test_a_store_made_anew_from_its_raw_files_is_the_same(tmp_path):
    credit = ubl("1", root="CreditNote", code="381", due="", more=reference("1"))
    load_files(tmp_path, {"a.xml": ubl("1"), "b.xml": credit, "c.xml": ubl("2")})
    # Whoever we are now: the files are read as they were read then.
    load_files(tmp_path, {}, settings="key,value\ncompany_vat_id,NL999999999B99\n")
    load(tmp_path / "anew", [tmp_path / "store" / "raw"])
    assert open_amounts(tmp_path, "anew") == open_amounts(tmp_path)
    assert len(open_amounts(tmp_path)) == 3


def test_each_administration_has_the_documents_of_its_own_number(tmp_path):
    settings = "key,value\ncompany_vat_id@North,NL123456789B01\ncompany_vat_id@South,NL555555555B01\n"
    south = SELLER.replace("NL1234.56.789.B01", "NL555555555B01").replace("12345678", "55555555")
    load_files(tmp_path, {"1.xml": ubl("1"), "2.xml": ubl("2", seller=south)}, settings=settings)
    with open_books(tmp_path / "store") as books:
        rows = books.ask("open_items").select("invoice_id", "entity").sort("invoice_id").rows()
    assert rows == [("1", "North"), ("2", "South")]
