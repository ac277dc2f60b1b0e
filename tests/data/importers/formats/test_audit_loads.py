"""Audit files in a store: the books they make tie out to the balances and the turnover they state."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from data.importers.formats import datev, sie, xaf
from data.importers.formats.registry import FORMATS, Format, FormatPreset
from data.store.load import load
from queries import Books, open_books
from tests.data.importers.formats import audit_files, test_datev, test_sie, test_xaf_documents, xaf_books
from tests.data.importers.formats.audit_files import needs_samples
from tests.paths import SAMPLES

pytestmark = pytest.mark.slow
D = Decimal


@pytest.fixture
def books_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Load a file with a reader of audit files, and open the books."""

    def load_file(module: ModuleType, content: bytes, **options: str) -> Books:
        file = tmp_path / "audit.csv"
        file.write_bytes(content)
        monkeypatch.setitem(FORMATS, "audit", Format("audit", module.recognises, module.extract))
        preset = FormatPreset("audit", "Audit file", "", "audit", options, "0" * 64, b"")
        load(tmp_path / "store", [file], preset=preset)
        return open_books(tmp_path / "store")

    return load_file


def is_tied(books: Books, day: date) -> bool:
    """Return whether every balance and every month of the file is that of the documents it gave."""
    ledger = books.ask("ledger_reconciliation", as_of=day)
    months = books.ask("turnover_reconciliation", as_of=day)
    assert ledger.height + months.height > 0
    assert books.ask("tie_out", as_of=day)["is_tied"].all()
    return not (ledger["ledger_difference"] != 0).any() and not (months["turnover_difference"] != 0).any()


def test_documents_of_an_auditfile_come_to_its_balances_and_turnover(books_of) -> None:
    content = audit_files.xaf(
        xaf_books.SALES, xaf_books.BANK, xaf_books.MEMO,
        opening=audit_files.opening(("1300", "90.00"), ("0500", "-90.00"), items=test_xaf_documents.ITEMS),
    )  # fmt: skip
    with books_of(xaf, content.encode()) as books:
        assert is_tied(books, date(2025, 12, 31))
        # 90 carried, 1,210 + 605 - 121 invoiced, 1,000 paid, 96.80 written off.
        [row] = books.ask("tie_out", as_of=date(2025, 12, 31)).iter_rows(named=True)
        assert (row["opening"], row["invoiced"], row["credited"], row["received"], row["written_off"]) == (
            D("90.00"), D("1815.00"), D("121.00"), D("1000.00"), D("96.80"),
        )  # fmt: skip
        assert books.ask("ledger_reconciliation", as_of=date(2025, 12, 31)).height == 13
        assert books.ask("turnover_reconciliation", as_of=date(2025, 12, 31)).height == 12


def test_totals_alone_differ_from_empty_books_and_say_by_how_much(books_of) -> None:
    with books_of(sie, (test_sie.HEAD + test_sie.YEAR).encode("cp437")) as books:
        months = books.ask("turnover_reconciliation", as_of=date(2025, 12, 31))
        assert months["turnover_difference"].sum() == D("-1000.00")
        assert books.ask("findings", as_of=date(2025, 12, 31)).select(
            "finding", "count", "amount"
        ).rows() == [("turnover_differs", 2, D("1500.00"))]


def test_documents_of_a_batch_of_datev_come_to_its_turnover(books_of) -> None:
    with books_of(datev, test_datev.stack(*test_datev.BOOKINGS)) as books:
        assert is_tied(books, date(2025, 3, 31))
        # 1,190 - 119 - 1,000 - 80 of one debtor; the other one paid 59.50 with a discount.
        ageing = books.ask("ageing", as_of=date(2025, 3, 31))
        assert ageing.select("customer_id", "total").rows() == [("10000", D("-9.00"))]


def test_a_file_of_suppliers_is_loaded_without_a_row(books_of) -> None:
    bought = audit_files.entry("1", "2025-01-09", audit_files.line("1600", "-10.00", custSupID="S1"))
    text = audit_files.xaf(
        audit_files.journal("INK", "P", bought), opening="", customers=(("S1", "Drukker", "S"),),
        accounts=(("1600", "Crediteuren", "B", ""),),
    )  # fmt: skip
    with books_of(xaf, text.encode()) as books:
        [batch] = books.ask("batches").iter_rows(named=True)
        assert (batch["rows_read"], batch["accepted"], batch["sum_accepted"]) == (0, 0, D("0.00"))


@needs_samples
@pytest.mark.parametrize(
    "name", ["pyxaf_3_2", "pyxaf_3_2_opening_journal_O", "pyxaf_4_0", "pyxaf_4_0_unbalanced"]
)
def test_documents_of_published_files_come_to_their_balances_and_turnover(books_of, name: str) -> None:
    with books_of(xaf, (SAMPLES / "xaf" / f"{name}.xaf").read_bytes()) as books:
        assert is_tied(books, date(2024, 12, 31))
        assert books.ask("ledger_reconciliation", as_of=date(2024, 12, 31)).height == 13


def test_what_a_file_says_nothing_of_stays_as_other_files_said_it(books_of, tmp_path: Path) -> None:
    rows = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount,entity,po_number\n"
    (tmp_path / "invoices.csv").write_text(f"{rows}F1,D1,invoice,2025-01-31,2025-03-03,EUR,1210.00,,PO7\n")
    names = "customer_id,customer_name,segment,country,payment_terms_days,credit_limit,email\n"
    (tmp_path / "customers.csv").write_text(f"{names}D1,Bakker,retail,NL,14,,a@b.nl\n")
    load(tmp_path / "store", [tmp_path / "invoices.csv", tmp_path / "customers.csv"])
    content = audit_files.xaf(xaf_books.SALES, xaf_books.BANK, opening=xaf_books.NIL)
    with books_of(xaf, content.encode()) as books, books.session() as cursor:
        kept = "select due_date, po_number, vat_amount from invoice_at(null) where invoice_id = 'F1'"
        assert cursor.execute(kept).fetchall() == [(date(2025, 3, 3), "PO7", D("210.00"))]
        kept = "select customer_name, email, segment from customer_at(null) where customer_id = 'D1'"
        assert cursor.execute(kept).fetchall() == [("Bakker & Zn", "a@b.nl", "retail")]
