"""A list that is known to hold nothing for the books: refused alone, passed over in a folder or zip file."""

import zipfile
from pathlib import Path

import pytest

from data.errors import NoReceivablesError, RefusedFileError
from data.store.load import load
from data.store.snapshot import store_exists
from data.store.sync import load_all

INVOICES = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
INVOICE = INVOICES + "F1,C1,invoice,2026-11-02,2026-12-02,EUR,100.00\n"
DEALS = "Opportunity Name,Stage,Amount,Close Date\nNew oven,Proposal,5000.00,2026-12-31\n"
WHAT = "a list of sales opportunities: nobody owes them yet"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "deals.csv").write_text(DEALS, encoding="utf-8")
    (tmp_path / "exports" / "invoices.csv").write_text(INVOICE, encoding="utf-8")
    return tmp_path / "exports"


def zipped(folder: Path) -> Path:
    path = folder.parent / "exports.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, f"crm/{file.name}")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("pack", [lambda folder: folder, zipped], ids=["folder", "zip file"])
def test_it_is_passed_over_by_name_and_the_other_files_go_in(tmp_path, folder, pack):
    report = load(tmp_path / "store", [pack(folder)])
    assert [(path.name, str(why)[: len(WHAT)]) for path, why in report.passed_over] == [("deals.csv", WHAT)]
    assert [(file.file_name, file.accepted) for file in report.files] == [("invoices.csv", 1)]


def test_given_by_name_it_is_refused_in_one_sentence(tmp_path, folder):
    with pytest.raises(RefusedFileError, match=rf"^deals\.csv: {WHAT}.*billing_plan\.csv\.$"):
        load(tmp_path / "store", [folder / "deals.csv", folder / "invoices.csv"])
    assert not store_exists(tmp_path / "store")


def test_a_folder_with_nothing_else_is_refused_with_the_same_sentence(tmp_path, folder):
    (folder / "invoices.csv").unlink()
    with pytest.raises(NoReceivablesError, match=WHAT):
        load(tmp_path / "store", [folder])


def test_a_list_that_nothing_knows_refuses_the_folder_as_before(tmp_path, folder):
    (folder / "other.csv").write_text("Foo;Bar;Baz\n1;2;3\n", encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"other\.csv: nothing here knows its headings"):
        load(tmp_path / "store", [folder])


@pytest.mark.slow
def test_a_source_with_such_a_list_has_nothing_new_the_next_night(tmp_path, folder):
    store = tmp_path / "store"
    store.mkdir()
    (store / "sources.toml").write_text('[[source]]\nname = "CRM"\npath = "../exports"\n', encoding="utf-8")
    assert [result.outcome for result in load_all(store)] == ["loaded"]
    again = load_all(store)
    assert [(result.outcome, result.message) for result in again] == [("nothing_new", None)]
    assert [path.name for path, _why in again[0].reports[0].passed_over] == ["deals.csv"]
