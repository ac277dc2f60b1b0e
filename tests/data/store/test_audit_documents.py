"""An audit file and another source of the same administration: every document counts once, in any order."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from data.importers import load_preset
from data.store.load import load
from data.store.missing import FullLoad
from queries import open_books
from tests.data.importers.formats import audit_files
from tests.data.importers.formats.xaf_books import BANK, MEMO, NIL, SALES

pytestmark = pytest.mark.slow
DAY = date(2025, 12, 31)
# 1,210 + 605 - 121 invoiced, 1,000 paid, 96.80 written off.
OF_AUDIT_FILE = Decimal("597.20")
# 1,210 + 605 invoiced, 1,000 paid, under numbers of their own.
OF_LISTS = Decimal("815.00")
INVOICES = (
    "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount,entity\n"
    "V1,D1,invoice,2025-01-31,2025-03-02,EUR,1210.00,{entity}\n"
    "V2,D2,invoice,2025-02-01,2025-03-03,EUR,605.00,{entity}\n"
)
PAYMENTS = "payment_id,customer_id,invoice_id,payment_date,currency,amount\nP1,D1,V1,2025-02-20,EUR,1000.00\n"
PRESET = 'name = "own"\ntitle = "Own"\nreader = "xaf"\n[options]\n{options}\n'


@pytest.fixture
def files(tmp_path):
    return {
        "audit": written(tmp_path / "audit.xaf", audit_files.xaf(SALES, BANK, MEMO, opening=NIL)),
        "invoices": written(tmp_path / "invoices.csv", INVOICES.format(entity="")),
        "payments": written(tmp_path / "payments.csv", PAYMENTS),
    }


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def receivables(store: Path, known_on: datetime | None = None) -> Decimal:
    with open_books(store) as books:
        return books.ask("ageing", as_of=DAY, known_on=known_on)["total"].sum()


def notes(report) -> str:
    return " ".join(str(note) for file in report.files for note in file.notes)


def answers(store: Path) -> list[list[tuple]]:
    with open_books(store) as books:
        return [
            books.ask(name, as_of=DAY).rows()
            for name in ("open_items", "ageing", "turnover_reconciliation", "ledger_reconciliation", "kpi")
        ]


def test_an_audit_file_alone_brings_its_documents(tmp_path, files):
    load(tmp_path / "store", [files["audit"]])
    assert receivables(tmp_path / "store") == OF_AUDIT_FILE


def test_beside_a_list_it_is_a_check_whichever_comes_first_or_both_at_once(tmp_path, files):
    of_lists = [files["invoices"], files["payments"]]
    orders = {
        "last": [of_lists, [files["audit"]]],
        "first": [[files["audit"]], of_lists],
        "at once": [[files["audit"], *of_lists]],
        "between": [of_lists[:1], [files["audit"]], of_lists[1:]],
    }
    stores = {}
    for name, loads in orders.items():
        reports = [load(tmp_path / name, paths) for paths in loads]
        stores[name] = answers(tmp_path / name)
        said = " ".join(map(notes, reports))
        words = (
            "Invoices 3 and settlements 2 of audit files" if name == "first" else "come from another source"
        )
        assert words in said
        assert receivables(tmp_path / name) == OF_LISTS
    assert stores["first"] == stores["last"] == stores["at once"] == stores["between"]


def test_what_was_known_before_the_list_came_is_as_it_was_and_a_store_made_anew_is_the_same(tmp_path, files):
    store = tmp_path / "store"
    load(store, [files["audit"]])
    with open_books(store) as books:
        before = max(books.ask("batches")["recorded_at"])
    load(store, [files["invoices"], files["payments"]])
    assert receivables(store, before) == OF_AUDIT_FILE
    load(tmp_path / "anew", [store / "raw"])
    assert answers(tmp_path / "anew") == answers(store)
    assert receivables(tmp_path / "anew", before) == OF_AUDIT_FILE


def test_another_administration_changes_nothing(tmp_path, files):
    store = tmp_path / "store"

    preset = load_preset(str(written(tmp_path / "own.toml", PRESET.format(options='entity = "North BV"'))))
    load(store, [files["audit"]], preset=preset)
    written(files["invoices"], INVOICES.format(entity="South BV"))
    load(store, [files["invoices"]])
    assert receivables(store) == OF_AUDIT_FILE + Decimal("1815.00")


@pytest.mark.parametrize("order", [("audit", "invoices"), ("invoices", "audit")])
def test_a_preset_may_ask_for_the_documents_all_the_same(tmp_path, files, order):

    preset = load_preset(str(written(tmp_path / "own.toml", PRESET.format(options='rows = "open_items"'))))
    for name in order:
        load(tmp_path / "store", [files[name]], preset=preset if name == "audit" else None)
    assert receivables(tmp_path / "store") == OF_AUDIT_FILE + Decimal("1815.00")


def test_a_full_list_does_not_count_the_documents_that_give_way_as_missing(tmp_path, files):

    load(tmp_path / "store", [files["audit"]])
    report = load(tmp_path / "store", [files["invoices"], files["payments"]], full=FullLoad())
    assert report.missing.is_empty()
    assert receivables(tmp_path / "store") == OF_LISTS


def test_the_next_year_of_the_same_audit_file_stays_beside_the_first(tmp_path, files):
    load(tmp_path / "store", [files["audit"]])
    text = (
        files["audit"].read_text(encoding="utf-8").replace("F1", "G1").replace("F2", "G2").replace("C1", "H1")
    )
    other = written(tmp_path / "other.xaf", text.replace("2025 BNK", "x"))
    load(tmp_path / "store", [other])
    with open_books(tmp_path / "store") as books:
        assert books.ask("open_items", as_of=DAY)["invoice_id"].is_in(["F1", "G1"]).sum() == 2
