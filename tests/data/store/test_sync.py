"""All sources in one go: what is new goes in, what was there is left, one that fails holds back no other."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from data.store.sync import load_all
from queries import open_books

# Stores of their own.
pytestmark = pytest.mark.slow

INVOICES = "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
BALANCES = "account,currency,balance_date,balance\n"


@pytest.fixture
def home(tmp_path):
    """A store with two sources: a folder of invoices, and a bank export that is not there yet."""
    store = tmp_path / "store"
    store.mkdir()
    (tmp_path / "invoices").mkdir()
    (store / "sources.toml").write_text(
        '[[source]]\nname = "Bank"\npath = "../bank/*.csv"\nevery_days = 1\n'
        '[[source]]\nname = "Invoices"\npath = "../invoices"\n',
        encoding="utf-8",
    )
    add(tmp_path, "invoices/one.csv", INVOICES + "F1,C1,invoice,2026-11-02,2026-12-02,EUR,100.00\n")
    return tmp_path


def add(home: Path, name: str, text: str) -> None:
    (home / name).parent.mkdir(exist_ok=True)
    (home / name).write_text(text, encoding="utf-8")


def outcomes(home: Path) -> dict[str, str]:
    return {result.source.name: result.outcome for result in load_all(home / "store")}


def receivables(home: Path) -> Decimal:
    with open_books(home / "store") as books:
        return books.ask("ageing", as_of=dt.date(2026, 11, 30))["total"].sum()


def test_a_source_that_fails_holds_back_no_other(home):
    assert outcomes(home) == {"Bank": "failed", "Invoices": "loaded"}
    assert receivables(home) == Decimal("100.00")


def test_what_was_loaded_is_not_loaded_again_and_what_is_new_is(home):
    outcomes(home)
    assert outcomes(home)["Invoices"] == "nothing_new"
    add(home, "invoices/two.csv", INVOICES + "F2,C1,invoice,2026-11-09,2026-12-09,EUR,50.00\n")
    results = {result.source.name: result for result in load_all(home / "store")}
    assert [file.file_name for file in results["Invoices"].files] == ["two.csv"]
    assert receivables(home) == Decimal("150.00")


def test_a_file_that_cannot_be_read_fails_its_source_with_the_sentence(home):
    outcomes(home)
    add(home, "invoices/three.csv", "Wat,Is,Dit\n1,2,3\n")
    failed = next(result for result in load_all(home / "store") if result.source.name == "Invoices")
    assert failed.outcome == "failed"
    assert str(failed.message).startswith("three.csv: nothing here knows its headings (Wat, Is, Dit)")
    assert receivables(home) == Decimal("100.00")


def test_each_run_is_kept_with_the_last_day_a_source_ever_brought(home):
    outcomes(home)
    add(home, "bank/a.csv", BALANCES + "NL1,EUR,2026-11-29,10.00\n")
    assert outcomes(home) == {"Bank": "loaded", "Invoices": "nothing_new"}
    with open_books(home / "store") as books:
        runs = {row["source_name"]: row for row in books.ask("source_runs").iter_rows(named=True)}
    assert (runs["Bank"]["run_outcome"], runs["Bank"]["last_date"]) == ("loaded", dt.date(2026, 11, 29))
    assert (runs["Invoices"]["run_outcome"], runs["Invoices"]["last_date"]) == (
        "nothing_new",
        dt.date(2026, 11, 2),
    )
    assert runs["Bank"]["message"] is None
    assert runs["Invoices"]["new_at"] < runs["Invoices"]["recorded_at"]


def test_a_dry_run_leaves_nothing_behind(home):
    results = load_all(home / "store", dry_run=True)
    assert [result.outcome for result in results] == ["failed", "loaded"]
    assert sorted(path.name for path in (home / "store").iterdir()) == ["sources.toml"]


def test_files_dated_by_their_name_are_publications_in_the_order_of_their_days(home):
    (home / "store" / "sources.toml").write_text(
        '[[source]]\nname = "Customers"\npath = "../c"\nsource_date = "name"\n', encoding="utf-8"
    )
    header = "customer_id,customer_name,segment,country,payment_terms_days,credit_limit\n"
    add(home, "c/customers_2026-11-02.csv", header + "C1,New,,,,\n")
    add(home, "c/customers_2026-11-01.csv", header + "C1,Old,,,,\n")
    (result,) = load_all(home / "store")
    assert [report.files[0].file_name for report in result.reports] == [
        "customers_2026-11-01.csv",
        "customers_2026-11-02.csv",
    ]
    with open_books(home / "store") as books:
        assert books.ask("customers")["customer_name"].to_list() == ["New"]
